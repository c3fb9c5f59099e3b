/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of rounds. No store, no clock, no JSON. */
#include "gathering/rounds.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = { "ahead", "opening", "check-in", "main", "closing", "over", "cancelled" };
static const struct id nobody;

const char *rounds_stage_name(enum rounds_stage s) { return names[s]; }

enum err rounds_stage_parse(struct text name, enum rounds_stage *ret)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!text_equal(name, text_of(names[i]))) continue;
        *ret = (enum rounds_stage)i;
        return ERR_OK;
    }
    return ERR_BAD_INPUT;
}

static enum err refuse(struct rounds_no *no, const char *why)
{
    no->why = why;
    return ERR_FORBIDDEN;
}

static enum err too_early(struct rounds_no *no, int64_t from_ms)
{
    no->from_ms = from_ms;
    return ERR_TOO_EARLY;
}

/* ---- looking ---- */

bool rounds_goes_on(const struct rounds *r) { return r->stage >= ROUNDS_OPENING && r->stage <= ROUNDS_CLOSING; }

static bool is_round(const struct rounds *r) { return r->stage >= ROUNDS_CHECK_IN && r->stage <= ROUNDS_CLOSING; }

static size_t index_of(const struct rounds *r, const struct id *person)
{
    size_t i = 0;
    while (i < r->n && !id_equal(&r->seats[i].person, person)) i++;
    return i;
}

static struct rounds_seat *seat_of(struct rounds *r, const struct id *person)
{
    size_t i = index_of(r, person);
    return i < r->n ? &r->seats[i] : NULL;
}

bool rounds_has_seat(const struct rounds *r, const struct id *person) { return index_of(r, person) < r->n; }

static bool seen_within(const struct rounds *r, const struct id *person, int64_t now_ms, int64_t within_ms)
{
    size_t i = index_of(r, person);
    return i < r->n && r->seats[i].seen_ms > 0 && now_ms - r->seats[i].seen_ms <= within_ms;
}

bool rounds_is_here(const struct rounds_seat *s, int64_t now_ms) { return s->seen_ms > 0 && now_ms - s->seen_ms <= ROUNDS_HERE_MS; }

static bool anybody_here(const struct rounds *r, int64_t now_ms)
{
    for (size_t i = 0; i < r->n; i++)
        if (rounds_is_here(&r->seats[i], now_ms)) return true;
    return false;
}

static bool leads(const struct rounds *r, const struct id *me) { return id_equal(&r->host, me) || id_equal(&r->guardian, me); }

static int by_order(const void *a, const void *b)
{
    const struct rounds_seat *x = a, *y = b;
    if (x->late != y->late) return x->late < y->late ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static void sort(struct rounds *r) { qsort(r->seats, r->n, sizeof r->seats[0], by_order); }

bool rounds_differ(const struct rounds *a, const struct rounds *b)
{
    if (a->n != b->n || a->stage != b->stage || a->turn != b->turn || a->replies != b->replies || a->start_ms != b->start_ms ||
        a->minutes != b->minutes || a->paused_until_ms != b->paused_until_ms || !id_equal(&a->holder, &b->holder) ||
        !id_equal(&a->host, &b->host) || !id_equal(&a->guardian, &b->guardian)) return true;
    for (size_t i = 0; i < a->n; i++) {
        const struct rounds_seat *x = &a->seats[i], *y = &b->seats[i];
        if (!id_equal(&x->person, &y->person) || x->waits != y->waits || x->here != y->here) return true;
    }
    return false;
}

/* ---- the piece ---- */

static void give(struct rounds *r, const struct id *person, int64_t now_ms)
{
    r->holder = *person;
    r->turn++;
    r->turn_began_ms = now_ms;
    r->replies = false;
}

/* Nobody holds it, until rounds_settle() finds who is next. */
static void lay_down(struct rounds *r)
{
    r->holder = nobody;
    r->replies = false;
}

static void enter(struct rounds *r, enum rounds_stage stage, int64_t now_ms)
{
    r->stage = stage;
    r->stage_began_ms = now_ms;
    lay_down(r);
    for (size_t i = 0; i < r->n; i++) {
        r->seats[i].late = 0;
        r->seats[i].waits = is_round(r);
    }
    sort(r);
    if (stage != ROUNDS_OVER) return;
    r->ended_ms = now_ms;
    r->paused_until_ms = 0;
}

static const struct rounds_seat *next_waiting(const struct rounds *r, int64_t now_ms)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->seats[i].waits && rounds_is_here(&r->seats[i], now_ms)) return &r->seats[i];
    return NULL;
}

/* Ends: somebody is here, and at the beginning of a round everybody waits. */
static void find_holder(struct rounds *r, int64_t now_ms)
{
    while (is_round(r) && anybody_here(r, now_ms)) {
        const struct rounds_seat *next = next_waiting(r, now_ms);
        if (next) {
            give(r, &next->person, now_ms);
            return;
        }
        enter(r, r->stage + 1, now_ms);
    }
    if (r->stage == ROUNDS_OPENING && seen_within(r, &r->host, now_ms, ROUNDS_HERE_MS)) give(r, &r->host, now_ms);
}

void rounds_settle(struct rounds *r, int64_t now_ms)
{
    if (rounds_goes_on(r) && id_is_zero(&r->holder)) find_holder(r, now_ms);
    for (size_t i = 0; i < r->n; i++)
        r->seats[i].here = rounds_is_here(&r->seats[i], now_ms);
}

/* Their turn is still to come, behind all others of this round. */
static void put_last(struct rounds *r, const struct id *person)
{
    int64_t late = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->seats[i].late > late) late = r->seats[i].late;
    struct rounds_seat *s = seat_of(r, person);
    if (s) s->late = late + 1;
    sort(r);
}

static void let_go(struct rounds *r, const struct id *person)
{
    if (!id_equal(&r->holder, person)) return;
    if (is_round(r)) put_last(r, person);
    lay_down(r);
}

/* ---- time, and who is here ---- */

void rounds_lapse(struct rounds *r, int64_t now_ms)
{
    if (r->stage != ROUNDS_AHEAD && !rounds_goes_on(r)) return;
    int64_t empty = (r->seen_ms > r->start_ms ? r->seen_ms : r->start_ms) + ROUNDS_EMPTY_MS;
    int64_t late = r->start_ms + ROUNDS_LONG * r->minutes * 60000;
    int64_t end = empty < late ? empty : late;
    if (now_ms >= end) enter(r, ROUNDS_OVER, end);
}

void rounds_see(struct rounds *r, const struct id *me, int64_t now_ms)
{
    struct rounds_seat *seat = seat_of(r, me);
    int64_t still_ms = now_ms - r->seen_ms;
    if (!seat || now_ms < r->seen_ms) return;
    if (rounds_goes_on(r) && still_ms > ROUNDS_HERE_MS)
        for (size_t i = 0; i < r->n; i++)
            if (r->seats[i].seen_ms > 0) r->seats[i].seen_ms += still_ms;
    seat->seen_ms = r->seen_ms = now_ms;
}

void rounds_drop(struct rounds *r, const struct id *person)
{
    size_t i = index_of(r, person);
    if (id_equal(&r->host, person)) r->host = nobody;
    if (id_equal(&r->guardian, person)) r->guardian = nobody;
    if (id_equal(&r->holder, person)) lay_down(r);
    if (i == r->n) return;
    memmove(&r->seats[i], &r->seats[i + 1], (r->n - i - 1) * sizeof r->seats[0]);
    r->n--;
}

/* ---- coming and going ---- */

static enum err take_seat(struct rounds *r, const struct id *me)
{
    int64_t place = 0;
    if (r->n == ROUNDS_SEATS_MAX) return ERR_TOO_MANY;   /* a circle has no more people than that */
    for (size_t i = 0; i < r->n; i++)
        if (r->seats[i].place > place) place = r->seats[i].place;
    r->seats[r->n++] = (struct rounds_seat){ .person = *me, .place = place + 1, .waits = is_round(r) };
    sort(r);
    return ERR_OK;
}

enum err rounds_come(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    if (r->stage != ROUNDS_AHEAD && !rounds_goes_on(r)) return ERR_DOOR_CLOSED;
    if (rounds_has_seat(r, me)) return ERR_OK;
    if (now_ms < r->start_ms - ROUNDS_EARLY_MS) return too_early(ret_no, r->start_ms - ROUNDS_EARLY_MS);
    if (now_ms > r->start_ms + r->door_minutes * 60000) return ERR_DOOR_CLOSED;
    TRY(take_seat(r, me));
    rounds_see(r, me, now_ms);
    return ERR_OK;
}

enum err rounds_go(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    (void)now_ms, (void)ret_no;   /* one may always go */
    struct rounds_seat *seat = seat_of(r, me);
    if (!seat) return ERR_OK;
    seat->seen_ms = 0;
    if (rounds_goes_on(r)) let_go(r, me);
    return ERR_OK;
}

static enum err must_sit(const struct rounds *r, const struct id *me, struct rounds_no *no)
{
    return rounds_has_seat(r, me) ? ERR_OK : refuse(no, "Only who has come to the gathering can do this.");
}

enum err rounds_present(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    (void)now_ms;   /* rounds_see() has it */
    return must_sit(r, me, ret_no);
}

/* ---- host and guardian ---- */

static const char IT_IS_OVER[] = "This gathering is over.";

/* Nobody's, or of somebody who is away while it goes on. */
static bool host_is_missing(const struct rounds *r, int64_t now_ms)
{
    return id_is_zero(&r->host) || (rounds_goes_on(r) && !seen_within(r, &r->host, now_ms, ROUNDS_HOST_MS));
}

static void become_host(struct rounds *r, const struct id *me)
{
    r->host = *me;
    if (id_equal(&r->guardian, me)) r->guardian = nobody;
    if (r->stage == ROUNDS_OPENING && !id_equal(&r->holder, me)) lay_down(r);
}

enum err rounds_take_host(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    if (r->stage >= ROUNDS_OVER) return refuse(ret_no, IT_IS_OVER);
    if (id_equal(&r->host, me)) return ERR_OK;
    if (!host_is_missing(r, now_ms)) return ERR_TAKEN;
    if (rounds_goes_on(r)) TRY(must_sit(r, me, ret_no));
    become_host(r, me);
    return ERR_OK;
}

enum err rounds_give_host(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    (void)now_ms, (void)ret_no;
    if (r->stage >= ROUNDS_OVER || !id_equal(&r->host, me)) return ERR_OK;
    r->host = nobody;
    if (r->stage == ROUNDS_OPENING) let_go(r, me);
    return ERR_OK;
}

enum err rounds_take_guardian(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    (void)now_ms;
    if (r->stage >= ROUNDS_OVER) return refuse(ret_no, IT_IS_OVER);
    if (id_equal(&r->guardian, me)) return ERR_OK;
    if (!id_is_zero(&r->guardian)) return ERR_TAKEN;
    if (id_equal(&r->host, me)) return refuse(ret_no, "The guardian is somebody else than the host.");
    if (rounds_goes_on(r)) TRY(must_sit(r, me, ret_no));
    r->guardian = *me;
    return ERR_OK;
}

enum err rounds_give_guardian(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    (void)now_ms, (void)ret_no;
    if (r->stage < ROUNDS_OVER && id_equal(&r->guardian, me)) r->guardian = nobody;
    return ERR_OK;
}

/* ---- moving on ---- */

enum err rounds_begin(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    if (rounds_goes_on(r) || r->stage == ROUNDS_OVER) return ERR_OK;
    if (r->stage == ROUNDS_CANCELLED) return refuse(ret_no, IT_IS_OVER);
    TRY(must_sit(r, me, ret_no));
    if (!id_equal(&r->host, me)) {
        if (seen_within(r, &r->host, now_ms, ROUNDS_HERE_MS)) return refuse(ret_no, "The host is here and begins.");
        if (now_ms < r->start_ms + ROUNDS_HOST_MS) return too_early(ret_no, r->start_ms + ROUNDS_HOST_MS);
        become_host(r, me);
    }
    enter(r, ROUNDS_OPENING, now_ms);
    return ERR_OK;
}

static enum err must_lead(const struct rounds *r, const struct id *me, struct rounds_no *no)
{
    if (!leads(r, me)) return refuse(no, "Only the host and the guardian can do this.");
    return rounds_goes_on(r) ? ERR_OK : refuse(no, "This gathering has not begun.");
}

enum err rounds_on(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    if (r->stage == ROUNDS_OVER) return ERR_OK;
    TRY(must_lead(r, me, ret_no));
    enter(r, r->stage + 1, now_ms);
    return ERR_OK;
}

enum err rounds_end(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    if (r->stage == ROUNDS_OVER) return ERR_OK;
    TRY(must_lead(r, me, ret_no));
    enter(r, ROUNDS_OVER, now_ms);
    return ERR_OK;
}

enum err rounds_bell(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no)
{
    if (r->stage == ROUNDS_OVER) return ERR_OK;
    TRY(must_sit(r, me, ret_no));
    if (!rounds_goes_on(r)) return refuse(ret_no, "This gathering has not begun.");
    if (r->paused_until_ms <= now_ms) r->paused_until_ms = now_ms + ROUNDS_PAUSE_MS;
    return ERR_OK;
}

/* ---- turns ---- */

static enum err check_pass_over(const struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *no)
{
    TRY(must_sit(r, me, no));
    if (!seen_within(r, &r->holder, now_ms, ROUNDS_HERE_MS)) return ERR_OK;
    if (leads(r, me) && now_ms - r->turn_began_ms > ROUNDS_SLOW_TURNS * r->turn_s * 1000) return ERR_OK;
    return refuse(no, "Their turn goes on.");
}

enum err rounds_hand_on(struct rounds *r, const struct id *me, int64_t turn, const struct id *over, int64_t now_ms,
                        struct rounds_no *ret_no)
{
    if (turn != r->turn || !rounds_goes_on(r) || id_is_zero(&r->holder)) return ERR_OK;
    if (over && !id_equal(over, &r->holder)) return ERR_OK;
    if (over) TRY(check_pass_over(r, me, now_ms, ret_no));
    else if (!id_equal(&r->holder, me)) return ERR_NOT_YOUR_TURN;
    if (r->stage == ROUNDS_OPENING) {
        enter(r, ROUNDS_CHECK_IN, now_ms);
        return ERR_OK;
    }
    struct rounds_seat *seat = seat_of(r, &r->holder);
    if (seat && !over) seat->waits = false;
    if (over) put_last(r, over);
    lay_down(r);
    return ERR_OK;
}

enum err rounds_open_replies(struct rounds *r, const struct id *me, bool open, struct rounds_no *ret_no)
{
    (void)ret_no;
    if (!rounds_goes_on(r) || !id_equal(&r->holder, me)) return ERR_NOT_YOUR_TURN;
    r->replies = open;
    return ERR_OK;
}

enum err rounds_may_say(const struct rounds *r, const struct id *me, int64_t now_ms, bool *ret_reply, struct rounds_no *ret_no)
{
    bool holds = id_equal(&r->holder, me);
    if (!rounds_goes_on(r) || (!holds && !(r->replies && rounds_has_seat(r, me)))) return ERR_NOT_YOUR_TURN;
    if (now_ms < r->paused_until_ms) {
        ret_no->until_ms = r->paused_until_ms;
        return ERR_PAUSED;
    }
    *ret_reply = !holds;
    return ERR_OK;
}
