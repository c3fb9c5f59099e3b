/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A gathering: a circle meets at a time and takes turns.
 *
 * The house holds the order, the talking piece and the clock, and holds them in the store: a server that ends in
 * mid-round goes on where it was. What is said goes into the circle's own log, sealed like all else, but by a way of its
 * own, which the house lets only the holder use; it remembers which lines were said in turn, and a line and its mark are one
 * transaction. The rules stand in rounds.h, as functions that know no store; whatever changes a gathering holds its row
 * first, then asks them.
 *
 * Who is no longer in the circle has no seat and no part: that is judged when a gathering is looked at, so leaving a circle
 * needs to know nothing of gatherings. What time alone changes (a gathering that nobody is in is over) is judged the same
 * way, and written down by the next act or by the sweep.
 *
 * What was said fades after the days that the circle had agreed on when the gathering began: words and voices are erased,
 * and with them who sat there and which lines they were. Its time stays for a month, for the calendar, then that goes too.
 *
 * Where a series begins at once, one event for its first gathering stands for all: who hears it asks for the circle's list. */
#ifndef BESIDE_GATHERING_GATHERING_H
#define BESIDE_GATHERING_GATHERING_H

#include "circle/circle.h"
#include "gathering/rounds.h"
#include "gathering/series.h"

enum {
    GATHERING_MINUTES_MIN = 15, GATHERING_MINUTES_MAX = 90,
    GATHERING_TURN_MIN_S = 30, GATHERING_TURN_MAX_S = 600,
    GATHERING_AHEAD_MAX = 200,                  /* gatherings ahead of a circle */
    GATHERING_LIST_MAX = 400,                   /* in a list: the latest, those ahead among them */
    GATHERING_SAID_MAX = 20,                    /* lines of one person in one turn … */
    GATHERING_TURNS_MAX = 2000,                 /* … and of all in a gathering */
    GATHERING_SWEEP = 50,                       /* gatherings that a sweep looks at … */
    GATHERING_SWEEP_LINES = 200,                /* … and lines that it fades of each */
};
#define GATHERING_KEPT_MS (INT64_C(30) * 24 * 3600 * 1000)   /* its time stays so long after its start */

struct gathering {
    struct id id, room, series, author;
    int64_t place, version, changed_ms;
    int64_t fade_days;                          /* the circle's, until it begins; 0: never */
    bool faded;
    struct rounds r;
};
/* When its words fade; 0: never, or not known yet. */
int64_t gathering_fades_ms(const struct gathering *g);

struct gathering_new {
    struct id series, room;
    struct text start, zone;
    enum series_repeat repeat;
    int64_t count, minutes, turn_s;
};
struct gathering_ids { size_t n; struct id all[SERIES_MAX]; };
/* Schedules a series; c->me hosts its first. *RET_NEW is false when c->me did so before. ERR_NOT_FOUND, ERR_BAD_INPUT with a
 * sentence, ERR_EXISTS, ERR_TOO_MANY. */
enum err gathering_schedule(struct call *c, const struct gathering_new *new, struct gathering_ids *ret, bool *ret_new) MUST_USE;
/* Another time, or none; the host and keepers, before it has begun (ERR_FORBIDDEN). REST: also all behind it in its series. */
enum err gathering_move(struct call *c, const struct id *id, int64_t start_ms, int64_t minutes) MUST_USE;
enum err gathering_cancel(struct call *c, const struct id *id, bool rest) MUST_USE;

/* As it stands now. ERR_NOT_FOUND for who is not in the circle, and for one that has faded. */
enum err gathering_get(struct call *c, const struct id *id, struct gathering *ret) MUST_USE;
/* Those of a circle that are ahead, going on, or over and not faded, by their start; without seats. */
enum err gathering_each_in(struct call *c, const struct id *room, enum err (*each)(void *arg, const struct gathering *g), void *arg) MUST_USE;
/* For the calendar: those of all of PERSON's circles that start at FROM_MS or later, by their start; without seats. */
enum err gathering_each_of(struct store_conn *db, const struct id *person, int64_t from_ms, int64_t limit,
                           enum err (*each)(void *arg, const struct gathering *g), void *arg) MUST_USE;

/* One of the acts of rounds.h. *RET is how it then stands. ERR_NOT_FOUND, and what the act says. */
typedef enum err gathering_act(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no);
enum err gathering_do(struct call *c, const struct id *id, gathering_act *act, struct gathering *ret) MUST_USE;
enum err gathering_hand_on(struct call *c, const struct id *id, int64_t turn, const struct id *over, struct gathering *ret) MUST_USE;
enum err gathering_open_replies(struct call *c, const struct id *id, bool open, struct gathering *ret) MUST_USE;
/* Moves on only if TURN goes on still; a repeat then skips nothing. */
enum err gathering_on(struct call *c, const struct id *id, int64_t turn, struct gathering *ret) MUST_USE;

/* Says something: an entry in the circle's log, marked as said in turn. VOICE (NULL: none) is the note that it carries, of
 * c->me. ERR_NOT_YOUR_TURN, ERR_PAUSED, ERR_TOO_MANY, and what room_write() says. */
enum err gathering_say(struct call *c, const struct id *id, const struct id *entry, const struct id *voice, struct bytes body,
                       struct room_line *ret, bool *ret_new) MUST_USE;
struct gathering_mark { struct id entry, voice, author; enum rounds_stage stage; int64_t n, turn; bool reply; };
/* What was said, in order. */
enum err gathering_each_mark(struct store_conn *db, const struct id *id, int64_t limit,
                             enum err (*each)(void *arg, const struct gathering_mark *m), void *arg) MUST_USE;

/* Ends what was forgotten, erases what has to fade, forgets what is long past; a bounded part of it. */
enum err gathering_sweep(struct store_conn *db, struct arena *a, int64_t now_ms) MUST_USE;
/* A person leaves for good: their seats and parts. Their words and voices go with the rooms'. */
enum err gathering_erase_person(struct store_conn *db, const struct id *person) MUST_USE;
enum err gathering_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table gathering_routes;

/* ---- the store's side ---- */

/* Without those of its seats whose people have left the circle. HOLD locks it and removes these; *RET_GONE says whether there
 * were any. ERR_NOT_FOUND, also when the circle is gone. */
enum err gathering_store_get(struct store_conn *db, const struct id *id, struct gathering *ret) MUST_USE;
enum err gathering_store_hold(struct store_conn *db, const struct id *id, struct gathering *ret, bool *ret_gone) MUST_USE;
enum err gathering_store_add(struct store_conn *db, const struct gathering *g) MUST_USE;
/* Row and seats. */
enum err gathering_store_save(struct store_conn *db, const struct gathering *g) MUST_USE;
enum err gathering_store_drop_seats(struct store_conn *db, const struct id *id) MUST_USE;
/* Its gatherings in order; none if there is no such series. */
enum err gathering_store_series(struct store_conn *db, const struct id *series, struct gathering_ids *ret, struct id *ret_author, struct id *ret_room) MUST_USE;
enum err gathering_store_count_ahead(struct store_conn *db, const struct id *room, int64_t *ret) MUST_USE;
enum err gathering_store_cancel_rest(struct store_conn *db, const struct gathering *g, int64_t now_ms, bool *ret_any) MUST_USE;
enum err gathering_store_each_in(struct store_conn *db, const struct id *room, enum err (*each)(void *arg, struct gathering *g), void *arg) MUST_USE;

enum err gathering_store_add_mark(struct store_conn *db, const struct gathering *g, const struct gathering_mark *m) MUST_USE;
enum err gathering_store_is_mark_of(struct store_conn *db, const struct id *id, const struct id *entry, const struct id *author, bool *ret) MUST_USE;
/* Lines so far, and those of AUTHOR in this turn. */
enum err gathering_store_count_marks(struct store_conn *db, const struct gathering *g, const struct id *author, int64_t *ret_all, int64_t *ret_theirs) MUST_USE;
enum err gathering_store_drop_marks(struct store_conn *db, const struct id *id, int64_t up_to) MUST_USE;

struct gathering_due { size_t n; struct id all[GATHERING_SWEEP]; };
enum err gathering_store_due_over(struct store_conn *db, int64_t now_ms, struct gathering_due *ret) MUST_USE;
enum err gathering_store_due_fade(struct store_conn *db, int64_t now_ms, struct gathering_due *ret) MUST_USE;
enum err gathering_store_set_faded(struct store_conn *db, const struct id *id) MUST_USE;
/* Those long past, and those whose circle is gone. */
enum err gathering_store_forget(struct store_conn *db, int64_t now_ms) MUST_USE;

#endif
