/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What can go wrong, as one list for the whole program.
 *
 * Every function that can fail returns one of these and must be looked at. A value is the reason as a caller could
 * act on it, not the place where it happened. http/problem.c holds the one table that turns each into an HTTP status,
 * a stable problem code and a sentence for people; a new value here is a new row there (a test compares the two). */
#ifndef BESIDE_LIB_ERR_H
#define BESIDE_LIB_ERR_H

enum err {
    ERR_OK = 0,

    /* what the caller sent */
    ERR_BAD_INPUT,        /* malformed: not the shape the contract gives */
    ERR_TOO_BIG,          /* over a named limit of size */
    ERR_TOO_MANY,         /* over a named limit of count (invites, sessions, vault items …) */
    ERR_BAD_ORIGIN,       /* a write that did not come from the house's own pages */
    ERR_NOT_SIGNED_IN,    /* no session, or one that has ended */
    ERR_SIGN_IN_FAILED,   /* name and passphrase, or card, do not fit; never says which */
    ERR_FORBIDDEN,        /* known to the caller, not theirs to do */
    ERR_NOT_FOUND,        /* is not there, or is none of the caller's business: one answer for both */
    ERR_BAD_METHOD,       /* the path exists, the method does not */
    ERR_BAD_TYPE,         /* not the media type that the contract gives */
    ERR_BAD_SIGNATURE,    /* a signed change whose signature or counter does not hold */
    ERR_SLOW_DOWN,        /* a rate limit; call->retry_after_s says how long */

    /* what the store already holds */
    ERR_NAME_TAKEN,       /* another person has this sign-in name */
    ERR_INVITE_GONE,      /* used, ended, expired, never was: one answer */
    ERR_OWN_INVITE,       /* one's own invite cannot be accepted */
    ERR_ALREADY_BONDED,   /* the two already have a bond that has not ended */
    ERR_EXISTS,           /* an id that is taken by something else */
    ERR_STALE_EPOCH,      /* sealed under an epoch that is not the room's current one */
    ERR_ENTRY_EXISTS,     /* the entry id is there with other bytes */
    ERR_ROOM_ENDED,       /* the room takes no more entries */
    ERR_VAULT_CHANGED,    /* the vault item is not at the version that was named */
    ERR_VOICE_ORDER,      /* not the chunk of the voice note that comes next, nor one that is there already */
    ERR_VOICE_FULL,       /* over what one person may keep of voice notes; nothing was done */
    ERR_ROLL_DUE,         /* somebody left: nothing can be written before the room has a new key */
    ERR_ALREADY_MEMBER,   /* is in the circle already */
    ERR_CIRCLE_FULL,      /* the circle has as many people as it wants, those at the door counted */
    ERR_TWO_KEEPERS,      /* above six people a circle has two keepers at least */
    ERR_LAST_KEEPER,      /* a circle has a keeper at least */
    ERR_NOT_YOUR_TURN,    /* somebody else holds the talking piece */
    ERR_PAUSED,           /* the bell was rung; call->retry_after_s, and until_ms */
    ERR_DOOR_CLOSED,      /* a gathering's door has closed for those who were not in it */
    ERR_TAKEN,            /* somebody else has taken it on */
    ERR_TOO_EARLY,        /* before its time; with from_ms */

    /* the machine */
    ERR_BUSY,             /* a queue is full: come back in a moment; nothing was done */
    ERR_STORE,            /* the store failed; nothing was done */
    ERR_STORE_FULL,       /* no room on the disk; nothing was done */
    ERR_UNKNOWN_FATE,     /* the commit's answer never came: done or not done, repeat with the same id to learn which */
    ERR_MEMORY,           /* an arena or the heap is exhausted; nothing was done */
    ERR_INTERNAL,         /* our own mistake */

    ERR_COUNT             /* how many there are; never returned */
};

/* Put before a function whose enum err must not be ignored. */
#define MUST_USE __attribute__((warn_unused_result))

/* Returns early from the enclosing function when EXPR is not ERR_OK. */
#define TRY(EXPR)                                                                                                      \
    do {                                                                                                               \
        enum err try_err_ = (EXPR);                                                                                    \
        if (try_err_ != ERR_OK) return try_err_;                                                                       \
    } while (0)

#endif
