/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of a gathering under way: who may come, whose turn it is, what ends it. Pure functions over a struct, tried
 * without a store; gathering.c calls them while it holds the gathering's row.
 *
 * A gathering goes through stages: ahead, opening, check-in, main, closing, over. In the opening the host holds the
 * piece. Each round begins with everybody waiting; the piece goes to the first in the order who waits and is here, and
 * from one to the next. When all who are here have had it, it goes to those who were away and are back, else the next
 * round begins by itself. Only a person can move a gathering on: when nobody is here the piece rests.
 *
 * "Here" is who was seen within a minute. When nobody at all was seen for longer, it was the house or the network that was
 * away, and not one of them: then those minutes count for nobody, so a restart costs no one their turn.
 *
 * Whoever leaves, is passed over or loses the connection keeps seat and turn; nothing tells the three apart. */
#ifndef BESIDE_GATHERING_ROUNDS_H
#define BESIDE_GATHERING_ROUNDS_H

#include "lib/bytes.h"

enum {
    ROUNDS_SEATS_MAX = 24,
    ROUNDS_EARLY_MS = 10 * 60000,        /* one may come so long before the start */
    ROUNDS_HERE_MS = 60000,              /* seen within this: here */
    ROUNDS_HOST_MS = 3 * 60000,          /* after this a host who is away can be stood in for */
    ROUNDS_PAUSE_MS = 30000,             /* the bell */
    ROUNDS_SLOW_TURNS = 3,               /* turns that one turn may last before host or guardian may pass over */
    ROUNDS_EMPTY_MS = 30 * 60000,        /* over when nobody was in it for so long */
    ROUNDS_LONG = 3,                     /* over after so many times its length */
};

enum rounds_stage { ROUNDS_AHEAD, ROUNDS_OPENING, ROUNDS_CHECK_IN, ROUNDS_MAIN, ROUNDS_CLOSING, ROUNDS_OVER, ROUNDS_CANCELLED };
const char *rounds_stage_name(enum rounds_stage s);
enum err rounds_stage_parse(struct text name, enum rounds_stage *ret) MUST_USE;

struct rounds_seat {
    struct id person;
    int64_t place, late;                 /* the order of turns is by late, then place; late is this round's only */
    bool waits;                          /* has not had this round's turn */
    bool here;                           /* as it was when others were last told */
    int64_t seen_ms;                     /* 0: left */
};

/* What moves. Nobody is a zero id. The seats stand in the order of turns. */
struct rounds {
    int64_t start_ms, minutes, door_minutes, turn_s;
    struct id host, guardian, holder;
    enum rounds_stage stage;
    int64_t turn, stage_began_ms, turn_began_ms, paused_until_ms, seen_ms, ended_ms;
    bool replies;
    size_t n;
    struct rounds_seat seats[ROUNDS_SEATS_MAX];
};

/* Why not, for who is refused: ERR_FORBIDDEN with a sentence, ERR_TOO_EARLY with from_ms, ERR_PAUSED with until_ms. */
struct rounds_no { const char *why; int64_t from_ms, until_ms; };

bool rounds_goes_on(const struct rounds *r);
bool rounds_has_seat(const struct rounds *r, const struct id *person);
bool rounds_is_here(const struct rounds_seat *s, int64_t now_ms);

/* What time alone has changed: a gathering that nobody is in, or that lasts too long, is over. To be called first. */
void rounds_lapse(struct rounds *r, int64_t now_ms);
/* To be called last: gives the piece to somebody if it rests, and notes who is here. */
void rounds_settle(struct rounds *r, int64_t now_ms);
/* Would others see a difference? */
bool rounds_differ(const struct rounds *a, const struct rounds *b);
/* ME shows that they are here, if they have a seat. Every act begins with it. */
void rounds_see(struct rounds *r, const struct id *me, int64_t now_ms);
/* Who is no longer of the circle has no seat and no part. */
void rounds_drop(struct rounds *r, const struct id *person);

/* Each may be repeated: what has happened already is no error and changes nothing. */
enum err rounds_come(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
enum err rounds_go(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
enum err rounds_present(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
enum err rounds_begin(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
enum err rounds_on(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
enum err rounds_bell(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
enum err rounds_end(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
/* Host and guardian: taken if vacant, else ERR_TAKEN; given up. */
enum err rounds_take_host(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
enum err rounds_give_host(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
enum err rounds_take_guardian(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;
enum err rounds_give_guardian(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no) MUST_USE;

/* Hands the piece on, or with OVER passes over the one who holds it. Nothing happens when TURN is not the turn that goes on. */
enum err rounds_hand_on(struct rounds *r, const struct id *me, int64_t turn, const struct id *over, int64_t now_ms,
                        struct rounds_no *ret_no) MUST_USE;
enum err rounds_open_replies(struct rounds *r, const struct id *me, bool open, struct rounds_no *ret_no) MUST_USE;
/* May ME say something now? *RET_REPLY: into somebody else's turn. ERR_NOT_YOUR_TURN, ERR_PAUSED. */
enum err rounds_may_say(const struct rounds *r, const struct id *me, int64_t now_ms, bool *ret_reply, struct rounds_no *ret_no) MUST_USE;

#endif
