/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Made from spec/ by `npm run spec`; do not edit. */
export interface paths {
    "/api/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom I block. */
        get: operations["getBlocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/blocks/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["parameters"]["Person"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Block someone.
         * @description From now on what they write reaches me as a line without a body (flag 4) and their invites do not work for me, nor mine for them. A repeat answers the same.
         */
        put: operations["putBlock"];
        post?: never;
        /** Take a block away. */
        delete: operations["deleteBlock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bonds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My bonds, the ended ones too. */
        get: operations["getBonds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bonds/{room}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a bond. Its room takes no more entries; both keep what they have read.
         * @description A repeat answers 204 again.
         */
        delete: operations["deleteBond"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is there a feed, and under which title?
         * @description The address is not told; the house has only a hash of it.
         */
        get: operations["getCalendar"];
        /**
         * Have a feed at this address, in place of the one before.
         * @description The old address is from then on as one that never was.
         */
        put: operations["putCalendar"];
        post?: never;
        /** End the feed. The times of plans are erased with it. */
        delete: operations["deleteCalendar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendar/{feed}/notes.ics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secret: 16 random bytes that a device has made. */
                feed: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /**
         * The feed, for a calendar program.
         * @description iCalendar (RFC 5545). The gatherings of my circles from 30 days back (those that were cancelled say so), and my plans, each
         *     with its times in UTC, the feed's title, and a UID that stays. No names, no words, no ids. As long as no time changes,
         *     the bytes stay the same.
         */
        get: operations["getFeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calendar/plans/{plan}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * The time of a plan that I said yes to, for my feed.
         * @description At most 200. Taken only while there is a feed; erased 30 days after it.
         */
        put: operations["putPlan"];
        post?: never;
        /** Take the time of a plan out of my feed. */
        delete: operations["deletePlan"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/circles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The circles that I am in.
         * @description Of a request the sealed `body` is left empty where the reply would grow too long; the circle by itself has it.
         */
        get: operations["getCircles"];
        put?: never;
        /** Found a circle, with me alone in it as its keeper. */
        post: operations["postCircle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/circles/{room}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** A circle that I am in. */
        get: operations["getCircle"];
        /** Set its rules; for keepers. */
        put: operations["putCircle"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/circles/{room}/change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin an epoch, with whoever is in it from then on.
         * @description Any member may. Who is new must be knocking, and is in from then on. Who left is no longer named; somebody else is taken out by a keeper alone. The key that was due (`must_roll`) is there with it. A repeat of the same bytes answers 200 again.
         */
        post: operations["postCircleChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/circles/{room}/gatherings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /**
         * The gatherings of a circle of mine: ahead, going on, or over and not faded.
         * @description The latest 400 by their start, without people and turns; the cancelled ones are left out.
         */
        get: operations["getGatherings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/circles/{room}/keepers/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["parameters"]["Person"];
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Make a member a keeper; for keepers.
         * @description A repeat answers 204 again.
         */
        put: operations["putKeeper"];
        post?: never;
        /**
         * Let somebody be a keeper no longer; for keepers.
         * @description A repeat answers 204 again.
         */
        delete: operations["deleteKeeper"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/circles/{room}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave. It holds at once; nothing more is said in the circle before a member has changed the key.
         * @description The last to leave takes the room and all that is in it along. A repeat answers 204 again.
         */
        post: operations["postCircleLeave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/circles/{room}/request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Ask a circle that is in the directory to be let in.
         * @description Again: in other words, while nobody has answered.
         */
        put: operations["putRequest"];
        post?: never;
        /**
         * Withdraw my request, or put it away.
         * @description A repeat answers 204 again.
         */
        delete: operations["deleteRequest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/circles/{room}/request/accept": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept the welcome: from then on I knock.
         * @description A repeat answers 204 again.
         */
        post: operations["postRequestAccept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/circles/{room}/requests/{person}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["parameters"]["Person"];
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer somebody's request; for keepers.
         * @description Again: in other words, or the other way, until the welcome was accepted.
         */
        post: operations["postRequestAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The circles of this house that want to be found. */
        get: operations["getDirectory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Schedule a gathering, or a series of them.
         * @description The hour is one on the wall of `zone`, and stays so in summer and winter. Monthly is the same weekday of the month (the third Tuesday); a fifth is the
         *     last. An hour that is not there because clocks are put forward is taken an hour later on the wall; of one that is there twice, it is the first. The
         *     author hosts the first; the others have no host yet. The same `id` by the same author again answers 200 with how they are now. One event, for the first,
         *     stands for all. A circle has at most 200 gatherings ahead.
         */
        post: operations["postGatherings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        /** A gathering of a circle of mine, as it stands, until it has faded. */
        get: operations["getGathering"];
        put?: never;
        post?: never;
        /**
         * Cancel a gathering that has not begun.
         * @description For its host and the circle's keepers. A repeat answers 204.
         */
        delete: operations["deleteGathering"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/begin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin.
         * @description The host begins. When they are not here three minutes after the start, anybody who is in it does, and is the host from then on.
         */
        post: operations["postBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/bell": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ring the bell: all pause for thirty seconds.
         * @description Anybody who is in it. In a pause it changes nothing.
         */
        post: operations["postBell"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/come": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Come, or come back.
         * @description From ten minutes before the start until the door closes; who has a seat may always come back.
         */
        post: operations["postCome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/end": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End it early.
         * @description Host or guardian.
         */
        post: operations["postEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/entries/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry: components["parameters"]["Entry"];
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Say something in my turn.
         * @description As an entry is put into a room, and with its answers: it goes into the circle's log. The house takes it only from the holder, or from anybody who has a
         *     seat while the holder welcomes replies, and marks it as said here, in one step. At most 20 a person in one turn, and 2000 in a gathering.
         */
        put: operations["putGatheringEntry"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/go": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave, without a word. The seat is kept. */
        post: operations["postGo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/guardian": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Become the guardian, if there is none.
         * @description The guardian is somebody else than the host. While it goes on only who has a seat may.
         */
        put: operations["putGuardian"];
        post?: never;
        /** Give it up to be the guardian. */
        delete: operations["deleteGuardian"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/host": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Become the host, if there is none.
         * @description Vacant is also, while it goes on, the place of a host who has not been seen for three minutes. Then only who has a seat may.
         */
        put: operations["putHost"];
        post?: never;
        /** Give it up to be the host. */
        delete: operations["deleteHost"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/on": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on to the next stage, before all have had their turn.
         * @description Host or guardian.
         */
        post: operations["postOn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/piece": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand the talking piece on, or pass over who has it.
         * @description The holder hands on; having spoken or not is the same. In the opening this begins the first round. Anybody in it passes over a holder who has been away for
         *     a minute; host and guardian also one whose turn has lasted three times its length. Who was passed over comes at the end of the round.
         */
        post: operations["postPiece"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/present": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show that I am still here. A device does so every 20 seconds; after a minute without it one counts as away. */
        post: operations["postPresent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether replies are welcome in my turn. */
        post: operations["postReplies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/gatherings/{gathering}/time": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Move a gathering that has not begun.
         * @description For its host and the circle's keepers. Who had come already comes again.
         */
        put: operations["putGatheringTime"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alive, and the store answers. */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/house": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The house's facts, and its limits. */
        get: operations["getHouse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/house/about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the house stores, column by column, in clear or sealed; made from the schema itself. */
        get: operations["getHouseAbout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The invites that I made. */
        get: operations["getInvites"];
        put?: never;
        /**
         * Make an invite to a bond with me, or into a circle that I am in.
         * @description `id` and `auth` are computed from the link's secret; the house keeps a hash of `auth`. A repeat of the same id and auth answers 201 again. With `room` it leads into that circle, for `uses` people, and ends when I leave it.
         */
        post: operations["postInvite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invites/{invite}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite: components["parameters"]["Invite"];
            };
            cookie?: never;
        };
        /** Look at an invite whose link I hold. */
        get: operations["getInvite"];
        put?: never;
        post?: never;
        /** End an invite of mine. */
        delete: operations["deleteInvite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invites/{invite}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite: components["parameters"]["Invite"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invite to a bond; founds the bond's room.
         * @description A repeat by the same person with the same room answers 201 again.
         */
        post: operations["postInviteAccept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invites/{invite}/knock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite: components["parameters"]["Invite"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Knock at a circle's door with an invite into it.
         * @description It opens nothing by itself: a member's device makes the change that takes me in. Takes one use of the invite.
         */
        post: operations["postInviteKnock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{person}/identity": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["parameters"]["Person"];
            };
            cookie?: never;
        };
        /** The public keys of someone with whom I share a room. */
        get: operations["getPersonIdentity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My account. */
        get: operations["getPerson"];
        put?: never;
        /**
         * Make an account with an invite; signs in.
         * @description Uses up an invite of kind steward or house. An invite of kind bond is used up when it is accepted; it admits one
         *     account only. The person id is computed from the identity by everyone: BLAKE2b-256("beside/identity/1" ‖ 0x00 ‖ identity), first 16 bytes.
         */
        post: operations["postPerson"];
        /**
         * Delete my account for good.
         * @description Everything of the person is erased, their entries' bodies too; their bonds end. Signed, so that a stolen cookie alone cannot do it.
         */
        delete: operations["deletePerson"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/person/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** A new recovery card; the old one opens nothing from then on. */
        put: operations["putPersonCard"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/person/passphrase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set sign-in name and passphrase anew.
         * @description The counter must exceed the stored one; the signature covers it and all fields.
         */
        put: operations["putPersonPassphrase"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My requests, and where I knock. */
        get: operations["getRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The heads: of each of my rooms its epoch and the seq of its last line. */
        get: operations["getRooms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{room}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        /** Found my self room. */
        put: operations["putRoom"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{room}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a new epoch: a roster link and an envelope for each member.
         * @description The same bytes again answer 201 again.
         */
        post: operations["postRoomChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{room}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /**
         * A page of the room's lines.
         * @description Either `after` or `before`, not both; neither is `after=0`. A page may be shorter than `limit` because of its size; it is empty only when there is nothing more on that side.
         */
        get: operations["getEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{room}/entries/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry: components["parameters"]["Entry"];
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Add an entry.
         * @description The id is the caller's. The same bytes again answer 200 with the same seq and time, so a cut request can be repeated.
         */
        put: operations["putEntry"];
        post?: never;
        /**
         * Take back an entry of mine.
         * @description Its body is erased; a line that says so is added. A repeat answers the same.
         */
        delete: operations["deleteEntry"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{room}/envelopes": {
        parameters: {
            query?: {
                /** @description Only those of greater epochs. */
                after?: components["parameters"]["AfterEpoch"];
            };
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** The room's keys, sealed to me, ascending by epoch. */
        get: operations["getEnvelopes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{room}/roster": {
        parameters: {
            query?: {
                /** @description Only those of greater epochs. */
                after?: components["parameters"]["AfterEpoch"];
            };
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** The roster's links, ascending by epoch. */
        get: operations["getRoster"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{room}/signals": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell something to whoever is there now.
         * @description The bytes go to the open streams of the room's members, mine too, as an event `signal`; not to those of members who
         *     block me. They are stored nowhere: a stream that is opened or resumed later does not get them, and nothing tells
         *     whether anybody was there. Only in rooms that others are in too.
         */
        post: operations["postSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{room}/voice/{voice}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
                voice: components["parameters"]["Voice"];
            };
            cookie?: never;
        };
        /** What the house has of a voice note. */
        get: operations["getVoice"];
        /**
         * Add the next chunk of a voice note of mine.
         * @description The note's id is the caller's, and its first chunk makes it. Chunks come in order, from 0. The same chunk again answers 200
         *     and changes nothing, so after a cut the caller repeats, or asks what the house has and goes on from there. A note that
         *     was not ended within seven days may be gone when its author begins another.
         */
        put: operations["putVoiceChunk"];
        post?: never;
        /**
         * Delete a voice note of mine.
         * @description Also in an ended room, and also one that is not there (any more).
         */
        delete: operations["deleteVoice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{room}/voice/{voice}/chunks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
                voice: components["parameters"]["Voice"];
            };
            cookie?: never;
        };
        /** Chunks of a voice note. */
        get: operations["getVoiceChunks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Name this device for myself. */
        put: operations["putSession"];
        /**
         * Sign in with name and passphrase.
         * @description login_id is the hash of the sign-in name and login_secret half of the stretched passphrase; neither name nor
         *     passphrase comes to the house. When the person has 20 sessions, the one longest unseen ends.
         */
        post: operations["postSession"];
        /** Sign out. */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a recovery card. */
        post: operations["postSessionCard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My sessions. */
        get: operations["getSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of my sessions; its stream is closed. */
        delete: operations["deleteOneSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My events, as they happen (server-sent events).
         * @description Each event but a signal has the lines `id: NODE-N`, `event: TYPE` and `data: …`, then an empty line. NODE changes when the
         *     server starts anew. A comment line (`:`) comes every 25 seconds; a reader that sees nothing for longer than a
         *     minute reconnects.
         *
         *     | type | data | meaning |
         *     |---|---|---|
         *     | hello | `{"resumed":true}` or `{"resumed":false}` | first; false: something may have been missed, pull the heads |
         *     | entry | one entry frame (see the room's entries) in base64url | a line was added to a room of mine |
         *     | room | `{"id":ROOM}` | the room's roster changed, or it ended |
         *     | bond | `{"room":ROOM}` | a bond began or ended |
         *     | invite | `{"id":INVITE}` | an invite of mine was used, ended or made |
         *     | vault | `{"version":N}` | my vault changed |
         *     | session | `{}` | my sessions changed |
         *     | circle | `{"room":ROOM}` | something about a circle or its door changed: who is in it, who asks, its settings |
         *     | gathering | `{"gathering":GATHERING,"room":ROOM,"version":N}` | a gathering of a circle of mine changed |
         *     | signal | room 16 ‖ author 16 ‖ body, in base64url | somebody signals, now, in a room of mine; it has no `id:` and is never sent again |
         *
         *     When the session is ended, its stream is closed.
         */
        get: operations["getStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vault": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Items changed after a version. */
        get: operations["getVault"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vault/{key}": {
        parameters: {
            query?: never;
            header: {
                /** @description The version that the caller knows, in decimal, without quotes; `0` for an item that is not there yet. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                key: components["parameters"]["Key"];
            };
            cookie?: never;
        };
        get?: never;
        /** Write an item, if it is still at the version I know. */
        put: operations["putVault"];
        post?: never;
        /** Delete an item, if it is still at the version I know. */
        delete: operations["deleteVault"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/voice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much of my room for voice notes is used. */
        get: operations["getVoiceUse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        About: {
            /** @description What whoever runs the machine could be made to give, in sentences. */
            can_hand_over?: string[];
            /** @description What they could not, and why. */
            cannot_hand_over?: string[];
            /** @description The house's settings that matter to its people, as names and values in words. */
            settings?: {
                [key: string]: string | number | boolean;
            };
            tables: {
                about: string;
                columns: {
                    about: string;
                    /** @enum {unknown} */
                    kind: "clear" | "sealed";
                    name: string;
                }[];
                name: string;
            }[];
        };
        Accepted: {
            room: components["schemas"]["Id"];
        };
        Blocks: {
            blocks: components["schemas"]["Id"][];
        };
        Bond: {
            /** @description Only to the inviter: proves the other's identity by the link's key. */
            answer?: components["schemas"]["Sealed"];
            ended_by_me: boolean;
            ended_ms: components["schemas"]["Time"] | null;
            /** @description Only to the inviter. */
            invite?: components["schemas"]["Id"];
            /** @description The other one. */
            person: components["schemas"]["Id"];
            room: components["schemas"]["Id"];
            started_ms: components["schemas"]["Time"];
        };
        Bonds: {
            bonds: components["schemas"]["Bond"][];
        };
        /** @description Sealed bytes, base64url without padding. The house does not look into them. */
        Box: string;
        /**
         * @description 32 bytes, base64url without padding.
         * @example AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
         */
        Bytes32: string;
        Calendar: {
            on: boolean;
            /** @description null: there is no feed. */
            title: string | null;
        };
        Card: {
            id: components["schemas"]["Id"];
            secret: components["schemas"]["Bytes32"];
            wrap: components["schemas"]["Wrap"];
        };
        CardSignIn: {
            card_id: components["schemas"]["Id"];
            card_secret: components["schemas"]["Bytes32"];
        };
        Circle: {
            door_minutes: number;
            epoch: components["schemas"]["Count"];
            fade_days: number;
            gathering_fade_days: number;
            /** @description Those who left since the newest epoch began. */
            left: {
                /** @description Their signed statement, u32 epoch ‖ signature; empty when their account has ended. */
                leave: components["schemas"]["Box"];
                person: components["schemas"]["Id"];
            }[];
            line: components["schemas"]["Line"];
            made_ms: components["schemas"]["Time"];
            /** @description Whoever has been there longest first. */
            members: {
                /** @description The first epoch that they can read. */
                from_epoch: components["schemas"]["Count"];
                keeper: boolean;
                person: components["schemas"]["Id"];
            }[];
            /** @description Somebody left, and a new key is due: entries are refused with `roll-due`. */
            must_roll: boolean;
            /** @description Who is at the door; the declined are left out. */
            requests: {
                /** @description The answer to the link, or for keepers the box of who asked; empty for who may not open it, and from somebody whom I block. */
                body: components["schemas"]["Box"];
                /** @description The link that they came by; null for who asked. */
                invite: components["schemas"]["Id"] | null;
                made_ms: components["schemas"]["Time"];
                person: components["schemas"]["Id"];
                /** @enum {unknown} */
                state: "asking" | "welcomed" | "knocking";
            }[];
            room: components["schemas"]["Id"];
            size: number;
        };
        Circles: {
            circles: components["schemas"]["Circle"][];
        };
        /** Format: int64 */
        Count: number;
        Deletion: {
            counter: components["schemas"]["Count"];
            signature: components["schemas"]["Signature"];
        };
        Directory: {
            circles: {
                /** @description Fewer are in it or knock than it wants to be. */
                has_place: boolean;
                /** @description Those to whom a request is sealed; four at most. */
                keepers: {
                    identity: components["schemas"]["Identity"];
                    person: components["schemas"]["Id"];
                }[];
                line: string;
                room: components["schemas"]["Id"];
            }[];
        };
        Epoch: {
            epoch: components["schemas"]["Count"];
        };
        Gathering: {
            /** @description The circle's. */
            door_minutes: number;
            ended_ms: components["schemas"]["Time"] | null;
            /** @description When what was said is erased; null: never, or not over yet. */
            fades_ms: components["schemas"]["Time"] | null;
            guardian: components["schemas"]["Id"] | null;
            /** @description Whose turn it is; null when nobody is here, so that it rests. */
            holder: components["schemas"]["Id"] | null;
            host: components["schemas"]["Id"] | null;
            id: components["schemas"]["Id"];
            minutes: number;
            /** @description The house's clock. */
            now_ms: components["schemas"]["Time"];
            paused_until_ms: components["schemas"]["Time"] | null;
            /** @description Who has a seat, in the order of turns. */
            people: components["schemas"]["Seat"][];
            /** @description The holder welcomes replies. */
            replies: boolean;
            room: components["schemas"]["Id"];
            /** @description What the gatherings of one series share. */
            series: components["schemas"]["Id"];
            stage: components["schemas"]["Stage"];
            stage_began_ms: components["schemas"]["Time"];
            start_ms: components["schemas"]["Time"];
            /** @description Goes up each time that somebody is given the piece. */
            turn: components["schemas"]["Count"];
            turn_began_ms: components["schemas"]["Time"];
            /** @description How long a turn is meant to be; nobody is cut off. */
            turn_s: number;
            /** @description What was said in turn, in order. */
            turns: components["schemas"]["SaidTurn"][];
            /** @description Goes up with all that others can see, somebody's being here included. */
            version: components["schemas"]["Count"];
        };
        GatheringFact: {
            /** @description The circle's. */
            door_minutes: number;
            ended_ms: components["schemas"]["Time"] | null;
            /** @description When what was said is erased; null: never, or not over yet. */
            fades_ms: components["schemas"]["Time"] | null;
            guardian: components["schemas"]["Id"] | null;
            /** @description Whose turn it is; null when nobody is here, so that it rests. */
            holder: components["schemas"]["Id"] | null;
            host: components["schemas"]["Id"] | null;
            id: components["schemas"]["Id"];
            minutes: number;
            /** @description The house's clock. */
            now_ms: components["schemas"]["Time"];
            paused_until_ms: components["schemas"]["Time"] | null;
            /** @description The holder welcomes replies. */
            replies: boolean;
            room: components["schemas"]["Id"];
            /** @description What the gatherings of one series share. */
            series: components["schemas"]["Id"];
            stage: components["schemas"]["Stage"];
            stage_began_ms: components["schemas"]["Time"];
            start_ms: components["schemas"]["Time"];
            /** @description Goes up each time that somebody is given the piece. */
            turn: components["schemas"]["Count"];
            turn_began_ms: components["schemas"]["Time"];
            /** @description How long a turn is meant to be; nobody is cut off. */
            turn_s: number;
            /** @description Goes up with all that others can see, somebody's being here included. */
            version: components["schemas"]["Count"];
        };
        GatheringNew: {
            /** @description How many; of `none` it is one, whatever this says. */
            count: number;
            /** @description The series' id, made by the caller. */
            id: components["schemas"]["Id"];
            minutes: number;
            /** @enum {string} */
            repeat: "none" | "weekly" | "fortnightly" | "monthly";
            room: components["schemas"]["Id"];
            /** @example 2027-03-02T19:00 */
            start: string;
            turn_s: number;
            /**
             * @description An IANA name.
             * @example Europe/Berlin
             */
            zone: string;
        };
        Gatherings: {
            gatherings: components["schemas"]["GatheringFact"][];
        };
        GatheringTime: {
            minutes: number;
            start_ms: components["schemas"]["Time"];
        };
        Heads: {
            rooms: {
                ended: boolean;
                epoch: components["schemas"]["Count"];
                id: components["schemas"]["Id"];
                /** @enum {unknown} */
                kind: "self" | "bond" | "circle" | "talk";
                seq: components["schemas"]["Count"];
            }[];
        };
        Health: {
            /** @constant */
            ok: true;
        };
        House: {
            /** @description Hash of the client that this house serves, in hex; empty when it serves none. */
            client: string;
            id: components["schemas"]["Id"];
            limits: components["schemas"]["Limits"];
            name: string;
            now_ms: components["schemas"]["Time"];
            version: string;
        };
        /**
         * @description 16 bytes that nobody can guess, base64url without padding.
         * @example AAECAwQFBgcICQoLDA0ODw
         */
        Id: string;
        /** @description A person's two public keys, 1249 bytes (0x01 ‖ Ed25519 32 ‖ X-Wing 1216), base64url without padding. */
        Identity: string;
        Invite: {
            expires_ms: components["schemas"]["Time"];
            from: components["schemas"]["Id"] | null;
            /** @description Empty for kinds steward and house. */
            greeting: components["schemas"]["Sealed"];
            id: components["schemas"]["Id"];
            kind: components["schemas"]["Kind"];
            room: components["schemas"]["Room"];
        };
        InviteMade: {
            id: components["schemas"]["Id"];
        };
        Invites: {
            invites: {
                created_ms: components["schemas"]["Time"];
                expires_ms: components["schemas"]["Time"];
                id: components["schemas"]["Id"];
                kind: components["schemas"]["Kind"];
                room: components["schemas"]["Room"];
                /** @enum {unknown} */
                state: "open" | "used" | "ended" | "expired";
            }[];
        };
        /** @enum {unknown} */
        Kind: "steward" | "house" | "bond" | "circle";
        Label: {
            label: components["schemas"]["Sealed"];
        };
        /** @description Named limits; a house may name more than these. */
        Limits: {
            /** @description The most people that a circle can want to be. */
            circle_size?: components["schemas"]["Count"];
            entry_bytes: components["schemas"]["Count"];
            vault_bytes: components["schemas"]["Count"];
            /** @description A voice note. */
            voice_bytes?: components["schemas"]["Count"];
            /** @description All voice notes of one person; 0: none are taken. */
            voice_quota_bytes?: components["schemas"]["Count"];
        } & {
            [key: string]: components["schemas"]["Count"];
        };
        /** @description What the circle says of itself in the directory, for everybody in the house to read; null if it is not to be found there. */
        Line: string | null;
        NewCalendar: {
            feed: components["schemas"]["Id"];
            /** @description One line; stands at each time in the calendar. Clear: whoever reads the feed sees it. */
            title: string;
        };
        NewCard: {
            counter: components["schemas"]["Count"];
            id: components["schemas"]["Id"];
            secret: components["schemas"]["Bytes32"];
            signature: components["schemas"]["Signature"];
            wrap: components["schemas"]["Wrap"];
        };
        NewInvite: {
            auth: components["schemas"]["Bytes32"];
            expires_ms: components["schemas"]["Time"];
            greeting: components["schemas"]["Sealed"];
            id: components["schemas"]["Id"];
            /** @description A circle that I am in: the invite leads into it. */
            room?: components["schemas"]["Id"];
            /**
             * @description How many people come in by it; only with `room`.
             * @default 1
             */
            uses: number;
        };
        NewPassphrase: {
            counter: components["schemas"]["Count"];
            end_other_sessions: boolean;
            login_id: components["schemas"]["Bytes32"];
            login_secret: components["schemas"]["Bytes32"];
            signature: components["schemas"]["Signature"];
            wrap: components["schemas"]["Wrap"];
        };
        NewPerson: {
            /**
             * @description The person declares to be an adult.
             * @constant
             */
            adult: true;
            card: components["schemas"]["Card"];
            identity: components["schemas"]["Identity"];
            invite: components["schemas"]["Id"];
            login_id: components["schemas"]["Bytes32"];
            login_secret: components["schemas"]["Bytes32"];
            wrap_passphrase: components["schemas"]["Wrap"];
        };
        NewPersonMade: {
            person: components["schemas"]["Id"];
            session: components["schemas"]["Id"];
        };
        Person: {
            counter: components["schemas"]["Count"];
            created_ms: components["schemas"]["Time"];
            id: components["schemas"]["Id"];
            identity: components["schemas"]["Identity"];
            role: components["schemas"]["Role"];
            wrap_passphrase: components["schemas"]["Wrap"];
        };
        Placed: {
            seq: components["schemas"]["Count"];
            time_ms: components["schemas"]["Time"];
        };
        PlanTime: {
            minutes: number;
            start_ms: components["schemas"]["Time"];
        };
        /**
         * @description A problem document (RFC 9457).
         * @example {
         *       "type": "/problems/stale-epoch",
         *       "title": "The room has a newer key.",
         *       "status": 409,
         *       "code": "stale-epoch",
         *       "epoch": 2
         *     }
         */
        Problem: {
            code: components["schemas"]["ProblemCode"];
            /** @description What exactly, and what to do. */
            detail?: string;
            /** @description With stale-epoch: the room's current epoch. */
            epoch?: components["schemas"]["Count"];
            /** @description With too-early: from when on. */
            from_ms?: components["schemas"]["Time"];
            /** @description With voice-order: how many chunks are here. */
            have?: components["schemas"]["Count"];
            /** @description With too-many and too-big: the limit. */
            limit?: components["schemas"]["Count"];
            /** @description With voice-full: what one person may keep. */
            quota_bytes?: components["schemas"]["Count"];
            /** @description With entry-exists: where the entry stands. */
            seq?: components["schemas"]["Count"];
            status: number;
            /** @description With entry-exists: when the entry came. */
            time_ms?: components["schemas"]["Time"];
            /** @description A sentence that a person can read. */
            title: string;
            /** @description A name for the kind of problem; ends in the code. */
            type: string;
            /** @description With paused: when it goes on. */
            until_ms?: components["schemas"]["Time"];
            /** @description With voice-full: what the person keeps. */
            used_bytes?: components["schemas"]["Count"];
            /** @description With vault-changed: the item's current version. */
            version?: components["schemas"]["Count"];
        };
        /**
         * @description Stable; programs decide by it.
         * @enum {string}
         */
        ProblemCode: "bad-input" | "too-big" | "too-many" | "bad-origin" | "not-signed-in" | "sign-in-failed" | "forbidden" | "not-found" | "bad-method" | "bad-type" | "bad-signature" | "slow-down" | "name-taken" | "invite-gone" | "own-invite" | "already-bonded" | "exists" | "stale-epoch" | "entry-exists" | "room-ended" | "vault-changed" | "voice-order" | "voice-full" | "roll-due" | "already-member" | "circle-full" | "two-keepers" | "last-keeper" | "not-your-turn" | "paused" | "door-closed" | "taken" | "too-early" | "busy" | "store" | "store-full" | "unknown-fate" | "memory" | "internal";
        Requests: {
            requests: {
                answer: components["schemas"]["Box"] | null;
                answered_by: components["schemas"]["Id"] | null;
                line: components["schemas"]["Line"];
                made_ms: components["schemas"]["Time"];
                room: components["schemas"]["Id"];
                /** @enum {unknown} */
                state: "asking" | "welcomed" | "declined" | "knocking";
            }[];
        };
        /** @enum {unknown} */
        Role: "person" | "steward";
        /** @description The circle that it leads into; null for other kinds. */
        Room: components["schemas"]["Id"] | null;
        Rules: {
            /** @description How many minutes after its start a gathering can still be entered. */
            door_minutes: number;
            /** @description After so many days what was said in the log is erased; 0 for never. */
            fade_days: number;
            /** @description The same for what was said in gatherings. */
            gathering_fade_days: number;
            line: components["schemas"]["Line"];
            /** @description Not below the number of members, not above the house's `circle_size`. */
            size: number;
        };
        SaidTurn: {
            author: components["schemas"]["Id"];
            /** @description A line of the circle's log. */
            entry: components["schemas"]["Id"];
            /** @description Said into somebody else's turn. */
            reply: boolean;
            stage: components["schemas"]["Stage"];
        };
        "schemas-Room": {
            room: components["schemas"]["Id"];
        };
        /** @description Sealed bytes, base64url without padding. The house does not look into them. May be empty where said so. */
        Sealed: string;
        Seat: {
            /** @description Was seen within a minute. */
            here: boolean;
            person: components["schemas"]["Id"];
            /** @description Their turn in this round is still to come. */
            waits: boolean;
        };
        Sessions: {
            sessions: {
                created_ms: components["schemas"]["Time"];
                current: boolean;
                id: components["schemas"]["Id"];
                /** @description Empty until the device named itself. */
                label: components["schemas"]["Sealed"];
                /**
                 * Format: date
                 * @description The last day it was used, in UTC.
                 */
                seen_day: string;
            }[];
        };
        /** @description An Ed25519 signature, 64 bytes, base64url without padding. */
        Signature: string;
        SignedIn: {
            person: {
                id: components["schemas"]["Id"];
                role: components["schemas"]["Role"];
            };
            session: components["schemas"]["Id"];
            wrap: components["schemas"]["Wrap"];
        };
        SignIn: {
            login_id: components["schemas"]["Bytes32"];
            login_secret: components["schemas"]["Bytes32"];
        };
        /** @enum {string} */
        Stage: "ahead" | "opening" | "check-in" | "main" | "closing" | "over" | "cancelled";
        /**
         * Format: int64
         * @description Milliseconds since 1970.
         */
        Time: number;
        Version: {
            version: components["schemas"]["Count"];
        };
        Voice: {
            /** @description Of all chunks that are here. */
            bytes: components["schemas"]["Count"];
            done: boolean;
            have: components["schemas"]["Count"];
        };
        VoiceHave: {
            /** @description The last one is among them. */
            done: boolean;
            /** @description How many chunks are here: 0 … have - 1. */
            have: components["schemas"]["Count"];
        };
        VoiceUse: {
            /** @description 0: this house takes no voice notes. */
            quota_bytes: components["schemas"]["Count"];
            used_bytes: components["schemas"]["Count"];
        };
        /** @description The sealed account root, 73 bytes (0x01 ‖ nonce 24 ‖ 48), base64url without padding. Nobody but the holder of the passphrase or the card can open it. */
        Wrap: string;
    };
    responses: {
        /** @description `bad-input` or `bad-signature`: not the shape that this contract gives, or a signed change that does not hold. */
        BadInput: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `bad-type`: not the media type that this contract gives. */
        BadType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description What the house already holds stands against it; the code says what. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Done. */
        Done: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description `bad-origin`: a write that does not come from the house's own pages. `forbidden`: not theirs to do. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invite-gone`: used, ended, run out, never there, or the wrong secret: one answer for all. */
        InviteGone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not-found`: is not there, or is none of the caller's business: one answer for both. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not-signed-in`: no session, or one that has ended. `sign-in-failed`: name and passphrase, or the card, do not fit; which of them is not said, and the answer takes the same time and shape either way. */
        NotSignedIn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description What may come to any route, `bad-method` among it. */
        Other: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `busy`, `store`, `store-full`, `memory`: nothing was done. `unknown-fate`: it may be done; repeat it. `internal`: our mistake. */
        OurFault: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `slow-down`: a limit of rate; `too-many`: a limit of count. */
        SlowDown: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `too-big`: over a limit of size. */
        TooBig: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `vault-changed`: the item is at another version (`version`). */
        VaultChanged: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `voice-full`: the person keeps as much of voice notes as they may (`used_bytes`, `quota_bytes`); nothing was done. Or `store-full`. */
        VoiceFull: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Only those of greater epochs. */
        AfterEpoch: components["schemas"]["Count"];
        Entry: components["schemas"]["Id"];
        Gathering: components["schemas"]["Id"];
        /** @description The version that the caller knows, in decimal, without quotes; `0` for an item that is not there yet. */
        IfMatch: string;
        Invite: components["schemas"]["Id"];
        Key: components["schemas"]["Id"];
        Person: components["schemas"]["Id"];
        Room: components["schemas"]["Id"];
        Session: components["schemas"]["Id"];
        Voice: components["schemas"]["Id"];
    };
    requestBodies: never;
    headers: {
        /** @description Whole seconds to wait. */
        RetryAfter: number;
        /** @description The session: `beside=…; HttpOnly; SameSite=Strict; Path=/` (behind TLS `__Host-beside=…; Secure` as well). */
        SetSession: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getBlocks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Blocks"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    putBlock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["parameters"]["Person"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteBlock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["parameters"]["Person"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["SlowDown"];
        };
    };
    getBonds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bonds"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteBond: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    getCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The feed's state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    putCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCalendar"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            /** @description `exists`: it is somebody else's address. Make another. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["SlowDown"];
        };
    };
    getFeed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secret: 16 random bytes that a device has made. */
                feed: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The feed. */
            200: {
                headers: {
                    "Cache-Control": "private, max-age=300";
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            /** @description As it was (`If-None-Match`). */
            304: {
                headers: {
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadInput"];
            /** @description `not-found`: never was, or is no longer. */
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    putPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanTime"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            /** @description `not-found`: there is no feed. */
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    deletePlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["SlowDown"];
        };
    };
    getCircles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Circles"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    postCircle: {
        parameters: {
            query?: {
                /** @description How many people it wants to be at most; above 6 it takes two keepers, so not yet. */
                size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A room change of kind circle, epoch 1, written by me, with me alone in it. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description It stands already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["schemas-Room"];
                };
            };
            /** @description Founded. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["schemas-Room"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            /** @description `two-keepers`, or `exists`: the id is another room's. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            /** @description `too-many`: I am in twelve circles, or knock at them (`limit`). Or `slow-down`. */
            429: components["responses"]["SlowDown"];
        };
    };
    getCircle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The circle. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Circle"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    putCircle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rules"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `two-keepers`: above 6 people it takes two. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    postCircleChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** @description A room change of the next epoch, written by me. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description It stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Epoch"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            /** @description `forbidden`: it names somebody who has not knocked or who has left, or takes somebody out without being a keeper. Or `bad-origin`. */
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `stale-epoch` (with `epoch`): another change came first. `circle-full`. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    getGatherings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gatherings"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    putKeeper: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["parameters"]["Person"];
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteKeeper: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["parameters"]["Person"];
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `last-keeper`, or `two-keepers` where the size is above 6. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["SlowDown"];
        };
    };
    postCircleLeave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** @description u32 epoch ‖ signature 64 over room ‖ me ‖ epoch (beside/leave/1). The epoch is one that I was in. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    putRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** @description A box (64–16384 bytes) sealed to keepers of the circle. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            /** @description `not-found`: no such circle is in the directory. */
            404: components["responses"]["NotFound"];
            /** @description `already-member`, or `exists`: it was answered. Put that away first. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            /** @description `too-many`: five of mine wait, or twenty at this circle (`limit`). Or `slow-down`. */
            429: components["responses"]["SlowDown"];
        };
    };
    deleteRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["SlowDown"];
        };
    };
    postRequestAccept: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            /** @description `forbidden`: it was not answered with welcome. Or `bad-origin`. */
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `circle-full`. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["SlowDown"];
        };
    };
    postRequestAnswer: {
        parameters: {
            query: {
                welcome: number;
            };
            header?: never;
            path: {
                person: components["parameters"]["Person"];
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** @description A box (64–16384 bytes) sealed to who asked. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `exists`: they are knocking already. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    getDirectory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The latest hundred. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Directory"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    postGatherings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GatheringNew"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description They were scheduled already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gatherings"];
                };
            };
            /** @description Scheduled. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gatherings"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `exists`: the id is another series'. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            /** @description `too-many`: more than 200 would be ahead of the circle (`limit`). Or `slow-down`. */
            429: components["responses"]["SlowDown"];
        };
    };
    getGathering: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteGathering: {
        parameters: {
            query?: {
                /** @description 1 to cancel also all that are ahead behind it in its series. */
                rest?: 0 | 1;
            };
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    postBegin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `too-early` (`from_ms`): the host may still come. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["SlowDown"];
        };
    };
    postBell: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    postCome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `too-early` (`from_ms`) or `door-closed`. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["SlowDown"];
        };
    };
    postEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    putGatheringEntry: {
        parameters: {
            query?: {
                /** @description The voice note that the entry carries; mine, and at the house already. It fades with the entry. */
                voice?: components["schemas"]["Id"];
            };
            header?: never;
            path: {
                entry: components["parameters"]["Entry"];
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        /** @description The entry, at most 65536 bytes. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description It was there already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Placed"];
                };
            };
            /** @description Said. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Placed"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `not-your-turn`, `paused` (`until_ms`, and `Retry-After`), `stale-epoch` (`epoch`), `entry-exists` (`seq`, `time_ms`; also for one that came into the log another way), `roll-due`, `room-ended`. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            /** @description `too-many`: as many lines as a turn or a gathering takes (`limit`). Or `slow-down`. */
            429: components["responses"]["SlowDown"];
        };
    };
    postGo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    putGuardian: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `taken`: somebody else is. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteGuardian: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    putHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `taken`: somebody else is. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteHost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    postOn: {
        parameters: {
            query?: {
                /** @description The turn that the caller sees; when another goes on by now, nothing changes. So a repeat skips no round. */
                turn?: components["schemas"]["Count"];
            };
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    postPiece: {
        parameters: {
            query: {
                /** @description Who is passed over. Absent for the holder. */
                over?: components["schemas"]["Id"];
                /** @description The turn that is to end. When another goes on by now, nothing changes. */
                turn: components["schemas"]["Count"];
            };
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `not-your-turn`: somebody else holds it. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["SlowDown"];
        };
    };
    postPresent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    postReplies: {
        parameters: {
            query: {
                open: 0 | 1;
            };
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description How it stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Gathering"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `not-your-turn`: only the holder can say so. */
            409: components["responses"]["Conflict"];
            429: components["responses"]["SlowDown"];
        };
    };
    putGatheringTime: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gathering: components["parameters"]["Gathering"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GatheringTime"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description Alive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            429: components["responses"]["SlowDown"];
        };
    };
    getHouse: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The facts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "AAECAwQFBgcICQoLDA0ODw",
                     *       "name": "Garden Street",
                     *       "version": "0.1.0",
                     *       "client": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "now_ms": 1790000000000,
                     *       "limits": {
                     *         "entry_bytes": 65536,
                     *         "vault_bytes": 65536,
                     *         "vault_items": 2000,
                     *         "json_bytes": 16384,
                     *         "open_invites": 100,
                     *         "sessions": 20,
                     *         "bonds": 200,
                     *         "circles": 12,
                     *         "blocks": 500,
                     *         "voice_bytes": 17825792,
                     *         "voice_quota_bytes": 209715200,
                     *         "circle_size": 8
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["House"];
                };
            };
            429: components["responses"]["SlowDown"];
        };
    };
    getHouseAbout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The page of the house about itself. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tables": [
                     *         {
                     *           "name": "entry",
                     *           "about": "Entries: the lines of the rooms' logs.",
                     *           "columns": [
                     *             {
                     *               "name": "body",
                     *               "kind": "sealed",
                     *               "about": "the words, padded so that their length tells little"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["About"];
                };
            };
            429: components["responses"]["SlowDown"];
        };
    };
    getInvites: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invites"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    postInvite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvite"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteMade"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            /** @description `not-found`: I am in no such circle. */
            404: components["responses"]["NotFound"];
            /** @description `exists`: the id is taken. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    getInvite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite: components["parameters"]["Invite"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The invite. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invite"];
                };
            };
            400: components["responses"]["BadInput"];
            404: components["responses"]["InviteGone"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteInvite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite: components["parameters"]["Invite"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InviteGone"];
            429: components["responses"]["SlowDown"];
        };
    };
    postInviteAccept: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite: components["parameters"]["Invite"];
            };
            cookie?: never;
        };
        /** @description u16 answer length ‖ answer ‖ room id 16 ‖ room change. The answer is sealed with the link's key for the inviter (41–3072 bytes). The room change founds a room of kind bond at epoch 1, written by me, whose members are the inviter and me. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The bond stands. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InviteGone"];
            /** @description `already-bonded`, `own-invite`, or `exists` (the room's id is taken). */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    postInviteKnock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invite: components["parameters"]["Invite"];
            };
            cookie?: never;
        };
        /** @description My answer, sealed with the link's key (41–3072 bytes). */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description I have knocked already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["schemas-Room"];
                };
            };
            /** @description Knocked. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["schemas-Room"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InviteGone"];
            /** @description `own-invite`, `already-member`, or `circle-full`. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            /** @description `too-many`: I am in twelve circles, or knock at them (`limit`). Or `slow-down`. */
            429: components["responses"]["SlowDown"];
        };
    };
    getPersonIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: components["parameters"]["Person"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description 1249 bytes: 0x01 ‖ Ed25519 public key 32 ‖ X-Wing public key 1216. Their hash must give the person id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    getPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description My account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    postPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPerson"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The account is made and signed in. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SetSession"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewPersonMade"];
                };
            };
            400: components["responses"]["BadInput"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InviteGone"];
            /** @description `name-taken`, or `exists` when this identity has an account already. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    deletePerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Deletion"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    putPersonCard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCard"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            /** @description `exists`: the card's number is taken. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    putPersonPassphrase: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassphrase"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            /** @description `name-taken`. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    getRequests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Requests"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    getRooms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The heads. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Heads"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    putRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** @description A room change of kind self, epoch 1, with me alone: 0x01 ‖ u16 link length ‖ link ‖ u8 n ‖ n × (member 16 ‖ u16 length ‖ envelope). */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description It stands already, with the same bytes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Epoch"];
                };
            };
            /** @description Founded. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Epoch"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            /** @description `exists`: another founding stands, or the id is another room's. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    postRoomChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** @description 0x01 ‖ u16 link length ‖ link ‖ u8 n ‖ n × (member 16 ‖ u16 length ‖ envelope); the link's epoch is the current one plus 1; one envelope a member, in the link's order. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The new epoch began. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Epoch"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `stale-epoch` (`epoch` is the current one), or `room-ended`. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    getEntries: {
        parameters: {
            query?: {
                /** @description Lines with a greater seq, the first ones of them. */
                after?: components["schemas"]["Count"];
                /** @description Lines with a smaller seq, the last ones of them. */
                before?: components["schemas"]["Count"];
                limit?: number;
            };
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /**
             * @description Entry frames, ascending by seq:
             *     u32 length of the rest ‖ room 16 ‖ seq u64 ‖ time_ms i64 ‖ author 16 ‖ id 16 ‖ flags u8 ‖ body.
             *
             *     | flags | meaning | body |
             *     |---|---|---|
             *     | 0 | an entry | sealed |
             *     | 1 | it was taken back | empty |
             *     | 2 | this line takes another back | the id 16 of the other |
             *     | 4 | withheld by my block | empty |
             *
             *     seq has no gaps and begins at 1 in each room.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    putEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry: components["parameters"]["Entry"];
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** @description 0x01 ‖ epoch u32 ‖ commitment 32 ‖ nonce 24 ‖ ciphertext; 77–65536 bytes. The epoch must be the room's current one. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description It was there already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Placed"];
                };
            };
            /** @description Added. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Placed"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `stale-epoch` (`epoch`), `entry-exists` (`seq`, `time_ms`), or `room-ended`. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry: components["parameters"]["Entry"];
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The line that takes it back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Placed"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    getEnvelopes: {
        parameters: {
            query?: {
                /** @description Only those of greater epochs. */
                after?: components["parameters"]["AfterEpoch"];
            };
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description (epoch u32 ‖ author 16 ‖ u16 length ‖ envelope)* */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    getRoster: {
        parameters: {
            query?: {
                /** @description Only those of greater epochs. */
                after?: components["parameters"]["AfterEpoch"];
            };
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description (u16 length ‖ link)* */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    postSignal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
            };
            cookie?: never;
        };
        /** @description 0x01 ‖ epoch u32 ‖ nonce 24 ‖ ciphertext; 45–1024 bytes. The epoch must be the room's current one. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `stale-epoch` (`epoch`), `roll-due`, or `room-ended`. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    getVoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
                voice: components["parameters"]["Voice"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description What it has. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voice"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            /** @description `not-found`: there is no such note, or not for the caller: who is not in the room, who blocks its author. */
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    putVoiceChunk: {
        parameters: {
            query: {
                /** @description 1 when the note ends with this chunk. */
                last?: 0 | 1;
                /** @description Which chunk this is, from 0. */
                n: components["schemas"]["Count"];
            };
            header?: never;
            path: {
                room: components["parameters"]["Room"];
                voice: components["parameters"]["Voice"];
            };
            cookie?: never;
        };
        /** @description One sealed chunk, 32769–32832 bytes (32768 and what the seal adds). A note has at most 17825792 bytes. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description It is here; what the house has of the note now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoiceHave"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description `voice-order` (`have`): not the chunk that comes next, or other bytes than those that are here, or the note is done. `room-ended`. `exists`: the id is another's. */
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
            507: components["responses"]["VoiceFull"];
        };
    };
    deleteVoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room: components["parameters"]["Room"];
                voice: components["parameters"]["Voice"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    getVoiceChunks: {
        parameters: {
            query?: {
                /** @description The first chunk that is wanted; absent is 0. */
                from?: components["schemas"]["Count"];
            };
            header?: never;
            path: {
                room: components["parameters"]["Room"];
                voice: components["parameters"]["Voice"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /**
             * @description (n u32 ‖ length u32 ‖ chunk)*, ascending from `from`, as many as fit: at least one if there is one, so the caller asks again after
             *     the last until it has all or gets none.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            /** @description `not-found`: there is no such note, or not for the caller: who is not in the room, who blocks its author. */
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    putSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Label"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    postSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description Signed in. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SetSession"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description Signed out; the cookie is taken away. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["SetSession"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["SlowDown"];
        };
    };
    postSessionCard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CardSignIn"];
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description Signed in; `wrap` is the card's. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SetSession"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    getSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteOneSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: components["parameters"]["Session"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            204: components["responses"]["Done"];
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["SlowDown"];
        };
    };
    getStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event seen; what came since is sent first if it is still there. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description The stream. It does not end by itself. */
            200: {
                headers: {
                    "Cache-Control"?: "no-store";
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    getVault: {
        parameters: {
            query?: {
                /** @description The highest version that the caller has; 0 or absent for all. */
                after?: components["schemas"]["Count"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /**
             * @description Vault frames ascending by version, as many as fit (the caller asks again after the last one until it gets none):
             *     u32 length of the rest ‖ key 16 ‖ version u64 ‖ body. An empty body: the item was deleted.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
    putVault: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that the caller knows, in decimal, without quotes; `0` for an item that is not there yet. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                key: components["parameters"]["Key"];
            };
            cookie?: never;
        };
        /** @description Sealed bytes, 1–65536. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description Written. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            412: components["responses"]["VaultChanged"];
            413: components["responses"]["TooBig"];
            415: components["responses"]["BadType"];
            429: components["responses"]["SlowDown"];
        };
    };
    deleteVault: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that the caller knows, in decimal, without quotes; `0` for an item that is not there yet. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                key: components["parameters"]["Key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description Deleted; the version of the deletion. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            400: components["responses"]["BadInput"];
            401: components["responses"]["NotSignedIn"];
            403: components["responses"]["Forbidden"];
            412: components["responses"]["VaultChanged"];
            429: components["responses"]["SlowDown"];
        };
    };
    getVoiceUse: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Other"];
            "5XX": components["responses"]["OurFault"];
            /** @description Over all rooms. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VoiceUse"];
                };
            };
            401: components["responses"]["NotSignedIn"];
            429: components["responses"]["SlowDown"];
        };
    };
}
