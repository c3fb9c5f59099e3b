/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The face of the model: everything a view may know and everything it may do.
 *
 * A view reads signals and calls methods; it never fetches, never holds a key and never stores. The model is made
 * once by `createHouse(platform)` in house.ts and lives as long as the tab. It is built of nouns, one property each:
 *
 *     house.session     who is signed in here: arrive, sign in, recover, unlock, lock, leave, delete
 *     house.me          the name I am called by, and the words others compare to be sure that I am I
 *     house.people      my bonds, and people outside the house whom I keep in mind
 *     house.invites     links that I gave out; a link that I was given
 *     house.rooms       one Log for each room: what was said, where my own words are on their way
 *     house.checkins    how I am: kept for me, shared only by a step of its own
 *     house.journal     pages I wrote for myself: write, find, edit, open little by little, let go
 *     house.letters     letters never sent: keep, seal until a day, let go; sending is a slow road of its own
 *     house.voices      talking out loud: recordings on this device, voice notes in rooms
 *     house.importing   pages from other journals, looked at before they are kept
 *     house.thoughts    "I thought of you"
 *     house.asks        "can we talk?" and its answers
 *     house.drafts      words not yet sent, kept sealed on this device
 *     house.safety      blocks
 *     house.settings    country, theme, quiet hours, lock, exit site
 *     house.today       what came for me, and one kind thing I could do
 *     house.exporting   everything readable, in one zip
 *     house.circles     three to eight people with agreements of their own      (these six: face_circle.ts)
 *     house.gatherings  their meetings that take turns
 *     house.sittings    sitting together without words
 *     house.carrying    asks for help that one person takes on; plans to do something together
 *     house.giving      lighter, the same, heavier; what I gave and received, in words
 *     house.calendar    the feed for a calendar program
 *     house.about       what the house says about itself
 *     house.connection  whether what I write can leave now
 *
 * Three rules hold everywhere.
 *
 * 1. Signals hold the last thing known, at once; they are never undefined. Lists are in the order to show them.
 *    They are empty while the session is not open, and they are emptied on lock.
 * 2. A method that can fail rejects with a ModelFailure, whose `code` picks the sentence to show. Nothing else is
 *    thrown at a view. A method that takes words resolves as soon as the words are safe on this device (sealed, stored),
 *    not when the house has them; where they are is told by the entry's `place`.
 * 3. What failed a check never appears as somebody's words. It appears as a line of its own (`is: "untrusted"`).
 *
 * Times are milliseconds since 1970. Ids are base64url texts of 22 characters. A bond, its room and its Log have
 * the same id: `bond.room`.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { Afterwards, Calendar, Carrying, Circles, CircleWords, GatheringInfo, Gatherings, GatheringWords, Giving, JustDone, PlanAnswer, Sittings } from "./face_circle";

export type * from "./face_circle";

export type Id = string;
export type Ms = number;

// ---------------------------------------------------------------- failures and waiting

export type FailureCode =
  | "offline" // the house could not be reached; nothing was done; trying again is harmless
  | "busy" // the house asks to wait: see retryAfterMs
  | "limit" // a limit of the house is reached (invites, bonds, sessions, size of the vault)
  | "sign-in-failed" // name and passphrase do not fit together, or nobody is called so: the house does not say which
  | "bad-passphrase" // on this device: the passphrase does not open the account
  | "bad-card" // the recovery card does not read; `detail` holds the number of the group that fails ("3"), if known
  | "bad-name" // a sign-in name has 3–40 characters
  | "name-taken"
  | "invite-gone" // used, ended, run out, or never there: one answer for all
  | "bad-link" // the text is no invite link of any house, or of another house
  | "already-bonded"
  | "own-invite"
  | "room-ended" // the bond has ended; nothing more can be written there
  | "too-long" // the words are too long for one entry; they are kept as a draft
  | "too-many-today" // the day's "I thought of you" for this person are given
  | "untrusted" // an answer of the house failed a check; nothing of it was used
  | "locked" // the session is not open
  | "session-ended" // this session was ended from another device, or the account is gone
  | "storage" // this browser refuses to store (private window, disk full)
  | "gone" // the thing this was about is no more
  | "too-early" // a sealed letter whose day has not come, a letter whose day of waiting is not over; `detail`: the time in ms
  | "voice-full" // the room for voice notes is used up; the recording stays on this device
  | "already-member" // of this circle
  | "circle-full"
  | "two-keepers" // above six people a circle needs two keepers
  | "last-keeper" // a circle cannot be without a keeper
  | "not-your-turn" // somebody else holds the talking piece; the words are kept as a draft
  | "paused" // somebody rang the bell; `detail`: until when, ms
  | "door-closed" // the gathering has begun and its door is closed
  | "taken" // somebody else has taken it on already
  | "recording-waits" // another recording waits under the key already; nothing was done
  | "bad-file" // nothing in the chosen file is a journal that can be read
  | "old-client" // the house speaks a newer protocol: reload the page
  | "unexpected";

/** The one error a view meets. `code` picks the sentence; `retryAfterMs` is set when the house named a time. */
export class ModelFailure extends Error {
  constructor(
    readonly code: FailureCode,
    readonly retryAfterMs: number | null = null,
    readonly detail: string = "",
  ) {
    super(code);
    this.name = "ModelFailure";
  }
}

/** How far something asynchronous is. */
export type Loading =
  | { readonly is: "idle" }
  | { readonly is: "loading" }
  | { readonly is: "ready" }
  | { readonly is: "failed"; readonly failure: ModelFailure };

// ---------------------------------------------------------------- session

export type Role = "person" | "steward";

/** Why nobody is signed in here: picks the sentence on the first screen. */
/** "no-passphrase": it was opened with the recovery card, and locked before it had a new passphrase. */
export type GoneWhy = "never" | "signed-out" | "ended-elsewhere" | "no-passphrase" | "deleted";

export type SessionState =
  | { readonly is: "starting" } // reading what this device remembers: milliseconds
  | { readonly is: "none"; readonly why: GoneWhy }
  | { readonly is: "locked"; readonly why: "by-hand" | "idle" | "restart" } // signed in, keys not in memory: passphrase opens
  | {
      readonly is: "open";
      readonly me: Id;
      readonly role: Role;
      readonly session: Id;
      /** True after recovery by card, until a new passphrase is set: the view leads there first. */
      readonly needsPassphrase: boolean;
    };

/** A recovery card as shown once: the whole text, and its parts (8 groups of 4, then the check character alone). */
export interface Card {
  readonly words: string;
  readonly groups: readonly string[];
}

/** An honest estimate of a passphrase: what an attacker with the whole database would need. */
export interface Strength {
  readonly level: "too-short" | "weak" | "fair" | "strong";
  /** What would help most, if anything. */
  readonly advice: "longer" | "less-common" | "not-your-name" | "less-repeating" | "none";
}

export interface SessionInfo {
  readonly id: Id;
  /** "Firefox on Android", opened from its sealed label; null if it was never set or could not be opened. */
  readonly label: string | null;
  readonly created: Ms;
  /** The day it was last seen, as YYYY-MM-DD; the house keeps no hour. */
  readonly seenDay: string;
  readonly current: boolean;
}

export interface ArriveWith {
  /** The link as opened with `invites.open`. */
  readonly invite: OpenedInvite;
  /** The name to sign in with: 3–40 characters, sealed from the house. */
  readonly signInName: string;
  /** The name to be called by: any. */
  readonly calledName: string;
  /** With a link into a circle: what to be called there, if that is another name. */
  readonly nameThere?: string;
  readonly passphrase: string;
  /** The declaration that the person is an adult; the house refuses without it. */
  readonly adult: true;
}

export interface Session {
  readonly state: ReadonlySignal<SessionState>;
  /** Sign-in name of this account, for the sign-in form after recovery and the settings page; "" when not known. */
  readonly signInName: ReadonlySignal<string>;
  /** All signed-in devices of this person, the current one first. `refresh` is called by itself on events. */
  readonly sessions: ReadonlySignal<readonly SessionInfo[]>;
  readonly sessionsState: ReadonlySignal<Loading>;

  /** Pure and quick: for showing strength while typing. */
  strength(passphrase: string, signInName: string): Strength;
  /**
   * Makes the account, opens it here, founds the self room and, for a bond invite, accepts it (for a circle's: knocks): one flow.
   * Resolves with the card to show once. If the account was made but the acceptance failed (offline, invite just
   * ended), `bond` is null and `bondFailure` says why; the person is in all the same.
   */
  arrive(how: ArriveWith): Promise<{ readonly card: Card; readonly bond: Id | null; readonly bondFailure: ModelFailure | null }>;
  signIn(how: { readonly signInName: string; readonly passphrase: string }): Promise<void>;
  /** Recovery by card. Then the state is open with needsPassphrase; call `changePassphrase` next. */
  recover(cardText: string): Promise<void>;
  /** From locked to open. Works offline. */
  unlock(passphrase: string): Promise<void>;
  /** Keys out of memory, here and in all tabs of this browser. Unsent words stay, sealed. */
  lock(): Promise<void>;
  /** Tell the model that the person is here (key, touch, pointer), so the automatic lock waits. Cheap; call freely. */
  touch(): void;
  /** Ends the session and erases everything this browser holds, unsent words included. Works offline too (then the
      house hears of it only by the session's expiry; `heard` is false). */
  signOutAndWipe(): Promise<{ readonly heard: boolean }>;
  /** For the quick exit: locks at once, keeps sealed bytes. Never rejects. Resolves when a reload would not open any
      more: milliseconds; a page that goes away sooner may be found open. */
  quickLock(): Promise<void>;

  /** Proves the old passphrase unless the account was just recovered (`current` null). Omit signInName to keep it. */
  changePassphrase(how: {
    readonly current: string | null;
    readonly passphrase: string;
    readonly signInName?: string;
    readonly endOtherSessions: boolean;
  }): Promise<void>;
  /** A new card; the old one opens nothing from then on. */
  newCard(): Promise<Card>;
  refreshSessions(): Promise<void>;
  endSession(id: Id): Promise<void>;
  /** For good: the account, all its entries' bodies, all its bonds. Proves the passphrase first. */
  deleteAccount(passphrase: string): Promise<void>;
}

// ---------------------------------------------------------------- me and people

export interface Me {
  /** The name I am called by. Changing it tells each bond by a sealed entry. */
  readonly name: ReadonlySignal<string>;
  setName(name: string): Promise<void>;
}

/** Someone in this house with whom I have a bond. */
export interface Bond {
  readonly room: Id;
  readonly person: Id;
  /** What to show: my own name for them if I gave one, else the name they go by. "" only while `state` is "settling". */
  readonly name: string;
  /** The name they go by, as they said it. */
  readonly theirName: string;
  /** My own name for them; null if none. */
  readonly myNameForThem: string | null;
  readonly started: Ms;
  /**
   * settling: the link was just accepted and keys are being checked; writing is possible in a moment.
   * alive: both can write. ended: both can read, nobody can write. untrusted: a check failed; nothing of it is shown.
   */
  readonly state: "settling" | "alive" | "ended" | "untrusted";
  readonly endedAt: Ms | null;
  readonly endedByMe: boolean;
  readonly blocked: boolean;
  /** When I last wrote to them, and when they last wrote; null for never or not known. Never shown as a count. */
  readonly iWroteAt: Ms | null;
  readonly theyWroteAt: Ms | null;
  /** Something of theirs stands there that I have not opened yet: a dot, never a number. */
  readonly unread: boolean;
}

/** Someone outside the house, kept in the vault: nobody but me knows of it. */
export interface OutsidePerson {
  readonly id: Id;
  readonly name: string;
  /** As typed; used only to open the device's own message, mail or phone. Any may be "". */
  readonly phone: string;
  readonly email: string;
  readonly note: string;
}

/** A link that opens the device's own app: sms:, mailto: or tel:. Nothing is sent by the house. */
export type OutsideRoad = { readonly by: "message" | "mail" | "call"; readonly href: string };

export interface People {
  /** The living ones first, by who was last heard; the ended ones after them. */
  readonly bonds: ReadonlySignal<readonly Bond[]>;
  readonly state: ReadonlySignal<Loading>;
  bond(room: Id): ReadonlySignal<Bond | null>;
  readonly outside: ReadonlySignal<readonly OutsidePerson[]>;
  /** My own name for someone; null takes it away. */
  setMyNameFor(room: Id, name: string | null): Promise<void>;
  /** Ends the bond at once. With words: a goodbye entry goes first; it is waited for, so this needs the house. */
  endBond(room: Id, goodbye?: string): Promise<void>;
  /** Words for comparing by voice: the same on both devices if nobody stands between. */
  compareWords(room: Id): Promise<{ readonly mine: string; readonly theirs: string }>;
  /** Adds (no id) or changes someone outside. */
  keepOutside(person: Omit<OutsidePerson, "id"> & { readonly id?: Id }): Promise<Id>;
  forgetOutside(id: Id): Promise<void>;
  /** The roads that exist for this person, with the words already in them. */
  roadsTo(person: OutsidePerson, words: string): readonly OutsideRoad[];
}

// ---------------------------------------------------------------- invites

export interface MyInvite {
  readonly id: Id;
  readonly kind: "bond" | "circle" | "house" | "steward";
  /** The circle it leads to; null for the other kinds. */
  readonly room: Id | null;
  readonly state: "open" | "used" | "ended" | "expired";
  readonly created: Ms;
  readonly expires: Ms;
  /** The link again, while it is open and was made by this account; null otherwise. */
  readonly link: string | null;
  /** My own note of whom it is for (sealed, in my vault). "" if none. */
  readonly forWhom: string;
}

/** What a link turned out to be, before anything is accepted. */
export interface OpenedInvite {
  readonly id: Id;
  readonly kind: "bond" | "circle" | "house" | "steward";
  /** What a circle says of itself at its door; null for the other kinds. */
  readonly circle: CircleWords | null;
  /** The inviter by their own words; null for kinds house and steward. Authenticated by the link itself. */
  readonly from: { readonly person: Id; readonly name: string; readonly words: string } | null;
  readonly expires: Ms;
  /** Passed back to arrive or accept. Not for showing. */
  readonly secret: string;
}

export interface Invites {
  /** The open ones first, newest first. */
  readonly mine: ReadonlySignal<readonly MyInvite[]>;
  readonly state: ReadonlySignal<Loading>;
  /** A new link. `words` greet the one who opens it; `forWhom` stays with me. */
  create(how: { readonly words: string; readonly forWhom: string; readonly expires: Ms }): Promise<MyInvite & { readonly link: string }>;
  end(id: Id): Promise<void>;
  refresh(): Promise<void>;
  /** Reads a link (the whole address, or what stands after #). Needs no session. */
  open(link: string): Promise<OpenedInvite>;
  /** For someone who has an account: accept. Resolves with the bond's room. */
  accept(invite: OpenedInvite): Promise<Id>;
}

// ---------------------------------------------------------------- entries

export type RoomKind = "self" | "bond" | "circle" | "talk";
export type Wish = "listen" | "ask" | "stay" | "ideas" | "none";
export type ResponseWord = "me-too" | "with-you" | "thank-you";
export type AnswerWord = "yes" | "later" | "not-today";

/** A check-in's content. `weight` null is "rather not say", a full answer. Feelings are keys of the catalogue or free words. */
export interface CheckinWords {
  readonly weight: number | null;
  readonly feelings: readonly string[];
  readonly opening: string;
  readonly text: string;
}

/** A voice note as an entry carries it: which sealed sound, and the key that opens it. docs/CRYPTO.md has the bytes. */
export interface VoiceNote {
  readonly voice: Id;
  /** 32 bytes, base64url. It stands only inside entries: who takes the entry back takes the key along. */
  readonly key: string;
  /** 32 bytes, base64url: of all its sealed chunks. It makes the sound part of what the entry's author said. */
  readonly digest: string;
  readonly ms: number;
  readonly chunks: number;
  /** The sound's media type, as the browser that recorded it says: "audio/webm;codecs=opus". */
  readonly type: string;
}

/** What a page of the journal says. All but `day` may be empty. */
export interface PageWords {
  readonly text: string;
  /** The day it is about, as the writer's calendar had it: YYYY-MM-DD. */
  readonly day: string;
  readonly feelings: readonly string[];
  /** How heavy it was; before writing where `weightAfter` is set too. 0–10; null: not said. */
  readonly weight: number | null;
  readonly weightAfter: number | null;
  /** The catalogue's key of the prompt it answers, "" if none. */
  readonly prompt: string;
  readonly voice: VoiceNote | null;
  /** For an imported page: when it was written elsewhere. */
  readonly written: Ms | null;
}

/** A letter never sent. While it is sealed until a day, `text` is "" and `voice` null: both are inside `sealed`. */
export interface LetterWords {
  /** To whom, in one's own words; stays readable while sealed. */
  readonly to: string;
  readonly text: string;
  readonly voice: VoiceNote | null;
  readonly until: Ms | null;
  /** What crypto's sealUntil gave, base64url; null when open. */
  readonly sealed: string | null;
  /** While it is sealed with a voice: the note's id, which alone says nothing; with it a sealed letter can be let go whole. */
  readonly sealedVoice?: Id;
}

/** `from`: whose link it is; the answers to it are sealed to that person's invite. */
export type CircleDoor = { readonly by: "link"; readonly invite: Id; readonly secret: string; readonly from: Id } | { readonly by: "request"; readonly person: Id; readonly name: string };

/** What is said to one member of a circle alone: a word in answer to a share, kind words without a name (the screen does not say
    whose; the receiver's device knows), parting words of a keeper, the guardian's "all right?". */
export type Aside =
  | { readonly kind: "response"; readonly to: Id; readonly word: ResponseWord }
  | { readonly kind: "kindness"; readonly text: string }
  | { readonly kind: "parting"; readonly text: string }
  | { readonly kind: "thanks"; readonly to: Id; readonly text: string } // for an ask for help that was done
  | { readonly kind: "all-right"; readonly gathering: Id };

/** What an entry says. A kind this client does not know yet reads as `unknown`: the view says that a newer page can show it. */
export type Content =
  /** `note`: what it is about, in a few neutral words, if it is to be folded until one wants to read it; null: not folded. */
  | { readonly kind: "share"; readonly text: string; readonly wish: Wish; readonly checkin: CheckinWords | null; readonly voice: VoiceNote | null; readonly note: string | null }
  | { readonly kind: "reply"; readonly to: Id; readonly text: string; readonly voice: VoiceNote | null }
  | { readonly kind: "response"; readonly to: Id; readonly word: ResponseWord }
  | { readonly kind: "thought"; readonly text: string }
  /** talk: can we talk? sit: will you sit with me? (`minutes` long; null: as long as we like). help: something to take on
      (`taking`), which waits without an end: `until` is 0. */
  | { readonly kind: "ask"; readonly what: "talk" | "sit" | "help"; readonly when: Ms | null; readonly until: Ms; readonly text: string; readonly minutes: number | null }
  | { readonly kind: "answer"; readonly to: Id; readonly answer: AnswerWord; readonly at: Ms | null; readonly text: string }
  /** An ask for help is taken on, handed back, or done. Of two who take it on at once the one with the lower seq has it. */
  | { readonly kind: "taking"; readonly to: Id; readonly step: "take" | "back" | "done" }
  | { readonly kind: "thanks"; readonly to: Id; readonly text: string }
  | { readonly kind: "plan"; readonly text: string; readonly where: string; readonly start: Ms; readonly minutes: number }
  | { readonly kind: "going"; readonly to: Id; readonly answer: PlanAnswer }
  // These stand in a circle's room only.
  /** All that a circle says of itself, anew with each change, and after each coming in, so that who came can read it: the newest
      counts. `names`: what the members are called here. `doors`: what lets people in that are still open. */
  | { readonly kind: "circle"; readonly words: CircleWords; readonly names: Readonly<Record<Id, string>>; readonly doors: readonly CircleDoor[] }
  /** Who may come in: by a link (its secret), or as a person whom a keeper said yes to. */
  | { readonly kind: "door"; readonly door: CircleDoor }
  /** What a gathering is about. The newest counts. */
  | { readonly kind: "gathering"; readonly gathering: Id; readonly words: GatheringWords }
  /** Something said in a gathering; it counts only if the house says that it was said in turn. */
  | { readonly kind: "turn"; readonly gathering: Id; readonly text: string; readonly voice: VoiceNote | null }
  /** Something sealed again to one member alone (crypto's box, base64url). What is in it reads as `aside`, for both of the two;
      for all others it is nothing. */
  | { readonly kind: "box"; readonly box: string }
  | { readonly kind: "aside"; readonly to: Id; readonly said: Aside }
  /** Said by the share's author's device: somebody answered it in a box, so it has been heard. */
  | { readonly kind: "heard"; readonly to: Id }
  // In the self room.
  | { readonly kind: "checkin"; readonly checkin: CheckinWords }
  | { readonly kind: "afterwards"; readonly of: JustDone; readonly feel: Afterwards }
  | { readonly kind: "gift"; readonly way: "gave" | "received"; readonly text: string; readonly day: string }
  // These stand in the self room only.
  | { readonly kind: "page"; readonly page: PageWords }
  | { readonly kind: "letter"; readonly letter: LetterWords }
  /** A newer version of a page or letter of mine. `after`: the versions it was made from; two devices that edit offline
      leave two versions with the same `after`, and an edit after both joins them. */
  | { readonly kind: "edit"; readonly of: Id; readonly after: readonly Id[]; readonly page: PageWords | null; readonly letter: LetterWords | null }
  /** Something of mine (page, check-in, letter) was shared: `entry` in `room` carries it, and the sound `voice` there, which
      must go with it on a device, too, that does not hold that entry. */
  | { readonly kind: "shared"; readonly of: Id; readonly room: Id; readonly entry: Id; readonly voice: Id | null }
  /** I began to send this letter to someone: a day must pass first. */
  | { readonly kind: "sending"; readonly of: Id; readonly room: Id }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "goodbye"; readonly text: string }
  | { readonly kind: "unknown" };

/**
 * Where an entry is.
 *   unsent   on this device, sealed; goes by itself as soon as it can. `why` says what it waits for.
 *   sending  on its way: the house may have it, it has not said so yet. Sent again until it does; it counts once.
 *   sent     the house has it. The other person's device has or will have it; nobody is told whether they looked.
 *            undoUntil: until then `undo` leaves no trace on either side; null afterwards.
 *   refused  the house will not take it, ever. The words are still here: `toDraft` or `discard`.
 */
export type Place =
  | { readonly is: "unsent"; readonly why: "offline" | "busy" | "keys" | "turn" }
  | { readonly is: "sending" }
  | { readonly is: "sent"; readonly undoUntil: Ms | null }
  | { readonly is: "refused"; readonly why: "room-ended" | "too-long" | "limit" | "unexpected" };

/** One line of a Log, in order. `key` is stable across all states of the same line: use it as the list key. */
export type Line =
  | {
      readonly is: "entry";
      readonly key: string;
      readonly id: Id;
      readonly seq: number | null; // null until the house has it
      readonly at: Ms;
      readonly author: Id;
      readonly mine: boolean;
      readonly content: Content;
      readonly place: Place;
      /** The words given to this entry ("me too" …), oldest first; responses are not lines of their own. */
      readonly responses: readonly { readonly id: Id; readonly word: ResponseWord; readonly author: Id; readonly mine: boolean; readonly at: Ms }[];
      /** Only for asks: its answer so far. */
      readonly answer: { readonly answer: AnswerWord; readonly at: Ms | null; readonly text: string } | null;
      /** Only for shares of others in a circle: false while nobody has answered it yet in any way. To the author it is always true. */
      readonly heard: boolean;
    }
  /** It was taken back by its author (who: mine or theirs). What was undone within its 30 seconds leaves no line. */
  | { readonly is: "erased"; readonly key: string; readonly id: Id; readonly at: Ms; readonly mine: boolean }
  /** It came as `author`'s but failed a check. `reason` is for the curious ("details"), not a sentence. */
  | { readonly is: "untrusted"; readonly key: string; readonly at: Ms; readonly author: Id; readonly reason: string }
  /** The next line names a line before it that the house did not give: something is missing here. `author`: whose it
      was, "" when that cannot be known. */
  | { readonly is: "missing"; readonly key: string; readonly author: Id };

export interface Log {
  readonly room: Id;
  readonly kind: RoomKind;
  readonly state: ReadonlySignal<Loading>;
  /** Ascending; my own unsent words stand at the end. */
  readonly lines: ReadonlySignal<readonly Line[]>;
  readonly hasOlder: ReadonlySignal<boolean>;
  /** Whether this room takes words now. False: ended or untrusted. Offline is no reason. */
  readonly writable: ReadonlySignal<boolean>;
  /** The wish that stands over the reply box: the newest share of theirs, not yet replied to by me; null if none. */
  readonly wish: ReadonlySignal<{ readonly share: Id; readonly wish: Wish } | null>;
  /** One page more of what is older. Resolves when `lines` has it. */
  loadOlder(): Promise<void>;
  share(words: { readonly text: string; readonly wish: Wish; readonly checkin?: CheckinWords; readonly voice?: VoiceNote; readonly note?: string }): Promise<Id>;
  reply(to: Id, text: string, voice?: VoiceNote): Promise<Id>;
  respond(to: Id, word: ResponseWord): Promise<Id>;
  /** Within 30 seconds: gone on both sides without a trace; before it left, it never leaves. Rejects "gone" when too late. */
  undo(id: Id): Promise<void>;
  /** Any time later: the words are erased everywhere; a line says that something was taken back. Within the thirty
      seconds it is the same as undo: the house cannot tell them apart, so neither can the other side. */
  takeBack(id: Id): Promise<void>;
  /** For refused or unsent words: the text goes back to the draft `room:<room>`, a voice becomes the recording under that key,
      the entry is gone. Rejects "recording-waits" if a voice would take the place of another recording. */
  toDraft(id: Id): Promise<void>;
  /** For refused or unsent words: throws them away. */
  discard(id: Id): Promise<void>;
  /** The person has looked at this log: clears the dot and what came from it in Today. Seen by nobody else. */
  markRead(): void;
}

export interface Rooms {
  /** The Log of a room; the same object for the same id as long as the session is open. Loads by itself. */
  log(room: Id): Log;
  /** The self room's Log (check-ins, later the journal); null until the session is open. */
  readonly self: ReadonlySignal<Log | null>;
}

// ---------------------------------------------------------------- check-ins, thoughts, asks

export interface Checkin extends CheckinWords {
  readonly id: Id;
  readonly at: Ms;
  readonly place: Place;
  /** The names it was shared with from this account, by bond room. */
  readonly sharedWith: readonly Id[];
}

export interface Checkins {
  /** Newest first: mine alone. */
  readonly list: ReadonlySignal<readonly Checkin[]>;
  readonly latest: ReadonlySignal<Checkin | null>;
  readonly hasOlder: ReadonlySignal<boolean>;
  loadOlder(): Promise<void>;
  /** One of them, however old, and with whom it is shared; null while it is being read, and when it is gone. */
  checkin(id: Id): ReadonlySignal<(Checkin & { readonly shared: readonly SharedWith[] }) | null>;
  /** Saves for me alone. All but weight may be empty. */
  save(words: CheckinWords): Promise<Id>;
  /** The separate step: to these bonds, with this wish. One share in each room. */
  shareWith(checkin: Id, rooms: readonly Id[], how: { readonly wish: Wish; readonly text: string }): Promise<void>;
  takeBack(id: Id): Promise<void>;
}

export interface Thought {
  readonly id: Id;
  readonly room: Id;
  readonly from: Id;
  readonly at: Ms;
  readonly text: string;
  /** True: others of the same day from the same person are folded into this one. */
  readonly more: boolean;
}

export interface Thoughts {
  /** What came for me and may be shown now (quiet hours hold back), newest first, not yet put away. */
  readonly received: ReadonlySignal<readonly Thought[]>;
  /** Whether I may send one more to this person today (three a day). */
  mayThink(room: Id): ReadonlySignal<boolean>;
  /** One touch. `text` may be "". Rejects "too-many-today". */
  send(room: Id, text: string): Promise<Id>;
  putAway(id: Id): void;
}

export type AskState =
  | { readonly is: "waiting" }
  | { readonly is: "answered"; readonly answer: AnswerWord; readonly at: Ms | null; readonly text: string }
  /** Mine: its time is over and nobody answered: next steps are offered, to me alone. Theirs: its time is over. */
  | { readonly is: "unanswered" }
  | { readonly is: "taken-back" };

export interface Ask {
  readonly id: Id;
  readonly room: Id;
  readonly person: Id;
  readonly mine: boolean;
  readonly asked: Ms;
  /** When to talk; null is now. */
  readonly when: Ms | null;
  /** talk, or sit with me; `minutes` for sitting, null: as long as we like. Asks for help are house.carrying's. */
  readonly what: "talk" | "sit";
  readonly minutes: number | null;
  /** By this time the asker wants to know, by the asker's own clock. */
  readonly until: Ms;
  readonly text: string;
  readonly state: AskState;
  readonly place: Place;
}

export interface Asks {
  /** Mine that still matter: waiting, answered or unanswered and not put away. Newest first. */
  readonly mine: ReadonlySignal<readonly Ask[]>;
  /** Asked of me and not answered yet, its time not over. Oldest first. */
  readonly forMe: ReadonlySignal<readonly Ask[]>;
  ask(room: Id, how: { readonly what?: "talk" | "sit"; readonly when: Ms | null; readonly until: Ms; readonly text: string; readonly minutes?: number | null }): Promise<Id>;
  answer(ask: Id, how: { readonly answer: AnswerWord; readonly at: Ms | null; readonly text: string }): Promise<Id>;
  /** Mine: no longer needed. Takes it back so that the other sees no open ask. */
  takeBack(ask: Id): Promise<void>;
  putAway(ask: Id): void;
}

// ---------------------------------------------------------------- journal, letters, voices

/** Somebody who can read something of mine, because I shared it: with which words, and since when. */
export interface SharedWith {
  readonly room: Id;
  readonly entry: Id;
  readonly at: Ms;
}

/** One line of what I keep for myself, as lists and pictures need it; the whole is read with `page` or `letter`. */
export interface Kept {
  readonly id: Id;
  readonly kind: "page" | "checkin" | "letter";
  /** The day it is about (check-ins and letters: the day they were written, by this device's calendar), YYYY-MM-DD. */
  readonly day: string;
  readonly at: Ms;
  /** The first words of its newest version, at most 140 characters on one line; "" when sealed or without words. */
  readonly first: string;
  readonly feelings: readonly string[];
  readonly weight: number | null;
  readonly weightAfter: number | null;
  readonly hasVoice: boolean;
  /** Pages: the catalogue's key of the prompt it answers, "guided:1" … "guided:4" for a sitting; "" else. */
  readonly prompt: string;
  /** Letters: to whom; "" else. */
  readonly to: string;
  /** Letters: sealed until then; null when open. */
  readonly until: Ms | null;
  /** Bond rooms whose people can read it (or a part of it) now. */
  readonly sharedWith: readonly Id[];
  /** Two devices edited it without knowing of one another: both versions wait to be looked at. */
  readonly twoVersions: boolean;
}

export interface Version<Words> {
  readonly id: Id;
  readonly at: Ms;
  readonly after: readonly Id[];
  readonly words: Words;
  readonly place: Place;
}

/** A page or letter as a whole. */
export interface Whole<Words> {
  readonly id: Id;
  readonly at: Ms;
  /** All versions not let go, oldest first. */
  readonly versions: readonly Version<Words>[];
  /** Those that no other was made from: one, or two and more after edits that did not know of one another. */
  readonly newest: readonly Version<Words>[];
  readonly shared: readonly SharedWith[];
}

export interface Journal {
  /** How far the shelf is: "ready" once everything this device holds is on it. Words just written appear at once. */
  readonly state: ReadonlySignal<Loading>;
  /** Pages, check-ins and letters, newest day first (same day: newest first). May hold tens of thousands. */
  readonly kept: ReadonlySignal<readonly Kept[]>;
  /**
   * Words (prefixes, accents folded, any script), month ("2026-11"), feeling; all that are given must fit. Best first if
   * there are words, else newest first. Runs on the device, over everything it can open.
   */
  find(what: { readonly words?: string; readonly month?: string; readonly feeling?: string }): Promise<readonly Kept[]>;
  /** The page; null while it is being read, and when it is gone. The same signal for the same id. */
  page(id: Id): ReadonlySignal<Whole<PageWords> | null>;
  write(words: PageWords): Promise<Id>;
  /** A newer version made from the versions AFTER (the `newest` that the writer saw). */
  edit(id: Id, words: PageWords, after: readonly Id[]): Promise<Id>;
  /** Lets one earlier version go, or all but the newest. For good. */
  letGoVersions(id: Id, versions: readonly Id[]): Promise<void>;
  /** Lets the page go, with all its versions, its voice and its record of sharing; what was shared stays shared (see takeBack). */
  letGo(id: Id): Promise<void>;
  /** Opens it to these bonds: TEXT is what they get (the whole or chosen lines), with the voice only if asked for. */
  share(id: Id, rooms: readonly Id[], how: { readonly text: string; readonly wish: Wish; readonly voice: boolean }): Promise<void>;
  /** Closes it to one again: the words are erased there. What was read cannot be unread; the view says so. */
  takeBack(id: Id, room: Id): Promise<void>;
}

/** A letter on its slow road. It may be sent once `ready` is past, by the house's clock. */
export interface Sending {
  readonly room: Id;
  readonly began: Ms;
  readonly ready: Ms;
}

export interface Letter extends Whole<LetterWords> {
  readonly sending: Sending | null;
}

export interface Letters {
  /** Newest first. */
  readonly list: ReadonlySignal<readonly Kept[]>;
  letter(id: Id): ReadonlySignal<Letter | null>;
  write(words: { readonly to: string; readonly text: string; readonly voice: VoiceNote | null }): Promise<Id>;
  edit(id: Id, words: { readonly to: string; readonly text: string; readonly voice: VoiceNote | null }, after: readonly Id[]): Promise<Id>;
  /** Seals it until a day at least tomorrow; open versions are erased from the house. Rejects "too-early" (detail: the earliest
      time, ms) for a day before that, "too-long" for more than some 40,000 bytes of words, "offline" while the house's time is unknown. */
  sealUntil(id: Id, until: Ms): Promise<void>;
  /**
   * Opens a sealed letter whose day has come, by the house's clock as heard in this sitting (a turned device clock changes
   * nothing). Rejects "too-early" (detail: the time, ms) or "offline" when the house's time is not known.
   */
  open(id: Id): Promise<void>;
  letGo(id: Id): Promise<void>;
  /** Begins the road to someone: nothing is sent. A day must pass. */
  beginSending(id: Id, room: Id): Promise<void>;
  stopSending(id: Id): Promise<void>;
  /** The end of the road: a share in the bond, with the letter's voice if it has one. Rejects "too-early" (detail: the time, ms),
      "offline" when the house's time is not known, "gone" if no road was begun. */
  send(id: Id, how: { readonly wish: Wish; readonly text: string }): Promise<Id>;
}

/** A recording on this device, kept piece by piece as it is made, sealed: a crash loses a second at most. */
export interface Recording {
  readonly id: Id;
  /** When it was begun, by this device's clock: it is how a recording found after a crash is offered. */
  readonly began: Ms;
  readonly ms: number;
  readonly bytes: number;
  readonly type: string;
}

export interface Voices {
  /** What a person may keep at the house, and what is used; null until heard. Known before a recording begins. */
  readonly quota: ReadonlySignal<{ readonly usedBytes: number; readonly quotaBytes: number } | null>;
  readonly longestMs: number;
  /** The recording under KEY (keys as for drafts), if one waits to be kept. The same signal for the same key. */
  recording(key: string): ReadonlySignal<Recording | null>;
  /** Begins one under KEY, in place of what was there. Rejects "voice-full" if the quota is used up. */
  start(key: string, type: string): Promise<void>;
  /** The next piece, in order; MS is the length so far. Resolves when it is safe on this device. Rejects "too-long" beyond
      `longestMs` (nothing of the piece is kept then), "gone" when another recording was begun under KEY in another tab. */
  add(key: string, piece: Uint8Array, ms: number): Promise<void>;
  /** All of it, for listening back. Rejects "gone" if there is none. */
  sound(key: string): Promise<Uint8Array>;
  drop(key: string): Promise<void>;
  /**
   * Seals the recording for a room and gives what its entry is to carry; it is sent before that entry, in pieces, resumably.
   * The recording stays under KEY until `drop`, which is to follow once the entry is put down: so a crash in between never
   * loses the sound, and one after the entry was put down does not leave the recording to be sent a second time. Again before
   * that, for the same room, it gives the same note. Rejects "gone" if there is no sound.
   */
  keep(key: string, room: Id): Promise<VoiceNote>;
  /** The sound of a note, piece by piece as it comes: from this device, else from the house, which lets it be kept here for the
      next time. Throws "untrusted" for what was altered or cut short, "gone" for what was let go, "offline" in the middle of
      it: what came stands here then, and the next try asks for the rest alone. */
  play(room: Id, note: VoiceNote): AsyncIterable<Uint8Array>;
}

export type ImportFormat = "day-one" | "jrnl" | "markdown" | "text";

/** What a file turned out to hold, before anything is kept. */
export interface ImportPreview {
  readonly format: ImportFormat;
  /** Oldest first. `known`: this very page was imported before and is skipped. `key`: the id it has, or will have, here. */
  readonly pages: readonly { readonly key: Id; readonly words: PageWords; readonly known: boolean }[];
  /** What could not be read, by name and why; none of it is kept, and nothing else suffers. */
  readonly unread: readonly { readonly name: string; readonly why: "not-text" | "no-date" | "broken" | "too-long" | "left-out" }[];
}

/** A file as a person picked it; `name` with its folders if a folder was picked. Its bytes are asked for only if they are wanted. */
export interface PickedFile {
  readonly name: string;
  readonly size: number;
  readonly modified: Ms;
  bytes(): Promise<Uint8Array>;
}

export interface Importing {
  readonly state: ReadonlySignal<ExportState>;
  /** Reads the files a person picked (JSON, zip, folder of Markdown, text). Rejects "bad-file" when nothing in them is a
      journal; `detail`: why, as in `unread`, if one reason stands for all. */
  read(files: readonly PickedFile[]): Promise<ImportPreview>;
  /** Keeps the pages that are not known yet. Repeating it makes no doubles. */
  keep(preview: ImportPreview): Promise<void>;
}

// ---------------------------------------------------------------- drafts, safety, settings

/** A draft is kept under a key that the view chooses: "room:<room>", "share:<room>", "checkin", "goodbye:<room>" … */
export interface Draft {
  readonly text: string;
  readonly wish?: Wish;
  readonly to?: Id;
  readonly checkin?: CheckinWords;
  readonly page?: PageWords;
  readonly letter?: LetterWords;
  /** Of an edit: the versions that the writer saw, for `edit`. */
  readonly after?: readonly Id[];
}

export interface Drafts {
  /** The same signal for the same key. Null: none, or the session is not open. */
  read(key: string): ReadonlySignal<Draft | null>;
  /** At once in the signal; sealed and stored within half a second. Empty text without anything else clears. */
  write(key: string, draft: Draft): void;
  clear(key: string): void;
  /** Resolves when everything written so far is stored: before leaving the page, if there is time. */
  settled(): Promise<void>;
}

export interface Safety {
  readonly blocked: ReadonlySignal<readonly Id[]>;
  /** One action, silent: the other is told nothing, and nothing of theirs reaches me any more. */
  block(person: Id): Promise<void>;
  unblock(person: Id): Promise<void>;
}

export type Theme = "auto" | "light" | "dark";

export interface SettingsValues {
  /** ISO 3166 code picked by the person; null until picked. Kept on this device before sign-in, in the vault after. */
  readonly country: string | null;
  readonly theme: Theme;
  /** Hours 0–23 in local time; from = to means none. */
  readonly quietHours: { readonly on: boolean; readonly from: number; readonly to: number };
  /** Minutes without a touch before it locks by itself; 0 is never. */
  readonly autoLockMinutes: number;
  /** Where the quick exit leads: an https address of an ordinary site. */
  readonly quickExitSite: string;
  /** The limits of the quick exit were explained and understood. */
  readonly quickExitKnown: boolean;
  /** Offer, at most once a week, someone I have not written to for long. Off until asked for. */
  readonly suggestPeople: boolean;
  /** From this weight on (0–10), this device offers more support. Null: never; so until the person sets it. */
  readonly supportFrom: number | null;
  /** Offer another way when the same feeling was shared often over weeks. Until the person says never again. */
  readonly offerOtherWays: boolean;
  /** The bell of sittings and gatherings: 0 (silent, until chosen otherwise) to 1, and whether the device may tremble. */
  readonly bell: { readonly volume: number; readonly vibrate: boolean };
}

export interface Settings {
  /** All values. Before sign-in those of this device: theme, country and exit site work without an account. */
  readonly values: ReadonlySignal<SettingsValues>;
  set(change: Partial<SettingsValues>): Promise<void>;
  /** Whether it is quiet now, by the device's clock. */
  readonly quietNow: ReadonlySignal<boolean>;
}

// ---------------------------------------------------------------- today

/** What came for me: newest first. `key` is stable; `seen` puts it away on all my devices. */
export type Came =
  | { readonly kind: "ask"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id; readonly ask: Id }
  | { readonly kind: "answer"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id; readonly ask: Id; readonly answer: AnswerWord }
  | { readonly kind: "unanswered"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id; readonly ask: Id }
  | { readonly kind: "share"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id; readonly entry: Id; readonly wish: Wish }
  | { readonly kind: "reply"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id; readonly entry: Id }
  | { readonly kind: "response"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id; readonly entry: Id; readonly word: ResponseWord }
  | { readonly kind: "thought"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id; readonly thought: Id; readonly text: string; readonly more: boolean }
  | { readonly kind: "bond"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id } // someone accepted my invite
  | { readonly kind: "goodbye"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id; readonly text: string } // the bond ended; text may be ""
  | { readonly kind: "at-the-door"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id } // asks a circle that I keep
  | { readonly kind: "came-in"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id } // into a circle; I myself, too
  | { readonly kind: "untrusted"; readonly key: string; readonly at: Ms; readonly room: Id; readonly person: Id };

/** One kind thing I could do: at most one, the most needed first. Null when all is quiet. */
export type KindThing =
  | { readonly kind: "answer-ask"; readonly room: Id; readonly person: Id; readonly ask: Id }
  | { readonly kind: "reply-to-share"; readonly room: Id; readonly person: Id; readonly entry: Id; readonly wish: Wish }
  | { readonly kind: "think-of"; readonly room: Id; readonly person: Id } // only with settings.suggestPeople
  | { readonly kind: "invite-someone" }; // nobody here yet

/** What this device offers by itself, from what it alone knows. It tells nobody, and it judges nothing. */
export type Care =
  | { readonly kind: "support" } // today's weight is at the level that the person set
  | { readonly kind: "other-way"; readonly feeling: string } // a feeling shared often over the last weeks
  | { readonly kind: "receive" } // of late only giving was noted, and the other way round; each offered once
  | { readonly kind: "give" };

export interface Today {
  /** My check-in of today, if there is one. */
  readonly checkin: ReadonlySignal<Checkin | null>;
  readonly came: ReadonlySignal<readonly Came[]>;
  readonly kindThing: ReadonlySignal<KindThing | null>;
  /** The next gathering of my circles, if it is within a day or going on. */
  readonly soon: ReadonlySignal<GatheringInfo | null>;
  /** Puts one thing away. */
  seen(key: string): void;
  /** Not this one, not today. */
  notNow(): void;
  /** At most one; support comes first. Null: nothing to offer. */
  readonly care: ReadonlySignal<Care | null>;
  /** Closes it: support for what was noted just now, all else for good. */
  closeCare(): void;
}

// ---------------------------------------------------------------- house, connection, exporting

export interface HouseFacts {
  readonly id: Id;
  readonly name: string;
  readonly version: string;
  /** Hash of the client this house serves. */
  readonly client: string;
}

/** The page of the house about itself, generated from its schema. */
export interface AboutHouse {
  readonly tables: readonly {
    readonly name: string;
    readonly about: string;
    readonly columns: readonly { readonly name: string; readonly kind: "clear" | "sealed"; readonly about: string }[];
  }[];
  /** What whoever runs the machine could be made to give, and what they could not: sentences of the house itself. */
  readonly canHandOver: readonly string[];
  readonly cannotHandOver: readonly string[];
}

export interface About {
  readonly facts: ReadonlySignal<HouseFacts | null>;
  readonly factsState: ReadonlySignal<Loading>;
  readonly about: ReadonlySignal<AboutHouse | null>;
  readonly aboutState: ReadonlySignal<Loading>;
  /** Loads both (again, after a failure). */
  load(): Promise<void>;
}

export type ConnectionState =
  | { readonly is: "closed" } // no open session: nothing to connect
  | { readonly is: "offline" } // the device says that it has no network
  | { readonly is: "connecting" }
  | { readonly is: "live" }
  | { readonly is: "waiting"; readonly until: Ms }; // lost; tries again at that time

export interface Connection {
  readonly state: ReadonlySignal<ConnectionState>;
  /** Whether some of my words have not reached the house yet. */
  readonly unsent: ReadonlySignal<boolean>;
  /** Try now instead of waiting. */
  retry(): void;
}

export type ExportState =
  | { readonly is: "idle" }
  | { readonly is: "working"; readonly done: number; readonly of: number }
  | { readonly is: "failed"; readonly failure: ModelFailure };

export interface Exporting {
  readonly state: ReadonlySignal<ExportState>;
  /** Everything readable as a zip: Markdown to read, voices to hear, JSON to keep. The view hands it over as a download. */
  make(words: ExportWords): Promise<{ readonly fileName: string; readonly bytes: Uint8Array<ArrayBuffer> }>;
}

/** The model knows no language: the few words of the Markdown files are given by the view from the catalogue. */
export interface ExportWords {
  readonly title: string;
  readonly me: string;
  /** In a circle: whose name is not known any more, or is not to be said. */
  readonly someone: string;
  readonly erased: string;
  readonly untrusted: string;
  readonly missing: string;
  readonly when: (at: Ms) => string;
  /** One line or paragraph for an entry's content. */
  readonly say: (content: Content) => string;
  readonly checkins: string;
  readonly outside: string;
  /** Over what was given and received. */
  readonly given: string;
  /** The heading of a page, and what stands between it and its words: feelings, weight, the question it answers. */
  readonly day: (page: PageWords) => string;
  readonly about: (page: PageWords) => readonly string[];
  /** The heading of a letter. */
  readonly letterTo: (to: string) => string;
  /** In place of the words of a letter that is sealed. */
  readonly sealed: (letter: LetterWords) => string;
  /** Over the versions before the newest, and over newest ones that did not know of one another. */
  readonly earlier: string;
  readonly twoVersions: string;
  /** The words of a link to a voice file, and what stands there if it could not be had. */
  readonly voice: (ms: number) => string;
  readonly noVoice: (ms: number) => string;
}

// ---------------------------------------------------------------- the whole

export interface House {
  readonly session: Session;
  readonly me: Me;
  readonly people: People;
  readonly invites: Invites;
  readonly rooms: Rooms;
  readonly checkins: Checkins;
  readonly journal: Journal;
  readonly letters: Letters;
  readonly voices: Voices;
  readonly importing: Importing;
  readonly thoughts: Thoughts;
  readonly asks: Asks;
  readonly drafts: Drafts;
  readonly safety: Safety;
  readonly settings: Settings;
  readonly today: Today;
  readonly exporting: Exporting;
  readonly circles: Circles;
  readonly gatherings: Gatherings;
  readonly sittings: Sittings;
  readonly carrying: Carrying;
  readonly giving: Giving;
  readonly calendar: Calendar;
  readonly about: About;
  readonly connection: Connection;
  /** Resolves when what this device remembers has been read (state is no longer "starting"). */
  readonly ready: Promise<void>;
  /** Stops timers and the stream: when the page goes, and at the end of a story. */
  close(): Promise<void>;
}
