/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The calendar feed: when one's gatherings and plans are, for the calendar program that a person already looks at.
 *
 * Such a program cannot decrypt, and often runs at a company that reads what it fetches. So a feed is off until its person
 * wants it, and holds times and nothing else: no names, no words, no room; each time bears the one title that the person has
 * chosen, and a UID that is a keyed hash, other for each person, so that two feeds cannot be laid side by side. The house
 * knows the gatherings' times anyway, since it keeps their order. The times of plans it learns for the feed only: they are
 * taken while there is one, and erased with it or when they have long passed.
 *
 * Calendar programs send no cookie, so the address itself is the secret: 16 random bytes made on the device. The house keeps
 * their hash and cannot name the address of anybody. A new address ends the old one, which then answers as any that never was. */
#ifndef BESIDE_CALENDAR_CALENDAR_H
#define BESIDE_CALENDAR_CALENDAR_H

#include "gathering/gathering.h"

enum {
    CALENDAR_TITLE_MAX = 60,             /* characters */
    CALENDAR_PLANS_MAX = 200,            /* a person */
    CALENDAR_TIMES_MAX = 1500,           /* in a feed; a circle has 200 gatherings ahead at most, and one is in few circles */
    CALENDAR_MINUTES_MAX = 7 * 24 * 60,
};
#define CALENDAR_BACK_MS (INT64_C(30) * 24 * 3600 * 1000)           /* how long what has been stays in the feed */
#define CALENDAR_START_MAX INT64_C(253402300799000)                 /* the year 9999: the calendar has no later one */

/* One thing with a time: a gathering or a plan. */
struct calendar_time { struct id id; int64_t start_ms, minutes, made_ms; bool cancelled; };

/* TITLE is one line of 1 … 60 characters. The feed is on from here, at this address alone. ERR_BAD_INPUT, ERR_EXISTS when the
 * address is somebody else's. */
enum err calendar_set(struct call *c, const struct id *feed, struct text title) MUST_USE;
/* Is there one? The title lives in the call. */
enum err calendar_get(struct call *c, bool *ret_on, struct text *ret_title) MUST_USE;
/* Ends it, and erases the times of plans. */
enum err calendar_end(struct call *c) MUST_USE;

/* A plan of c->me, or its new time. ERR_NOT_FOUND when there is no feed, ERR_TOO_MANY. */
enum err calendar_put_plan(struct call *c, const struct id *plan, int64_t start_ms, int64_t minutes) MUST_USE;
enum err calendar_drop_plan(struct call *c, const struct id *plan) MUST_USE;

/* All of a feed as text/calendar (RFC 5545, by libical), in the call's arena. Whoever has the address may; ERR_NOT_FOUND. The
 * same times give the same bytes. */
enum err calendar_feed(struct call *c, const struct id *feed, struct text *ret) MUST_USE;
/* Only the text: times of PERSON, in this order. */
enum err calendar_text(const struct house *house, struct arena *a, const struct id *person, struct text title,
                       const struct calendar_time *times, size_t n, struct text *ret) MUST_USE;

/* Erases plans that have long passed (api/sweep.h). */
enum err calendar_sweep(struct store_conn *db, struct arena *a, int64_t now_ms) MUST_USE;
enum err calendar_erase_person(struct store_conn *db, const struct id *person) MUST_USE;
enum err calendar_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table calendar_routes;

/* ---- the store's side ---- */

enum err calendar_store_set(struct store_conn *db, const struct id *person, const struct hash *feed, struct text title) MUST_USE;
/* The title is a view into the arena. ERR_NOT_FOUND. */
enum err calendar_store_title(struct store_conn *db, struct arena *a, const struct id *person, struct text *ret) MUST_USE;
enum err calendar_store_find(struct store_conn *db, struct arena *a, const struct hash *feed, struct id *ret_person, struct text *ret_title) MUST_USE;
enum err calendar_store_put_plan(struct store_conn *db, const struct id *person, const struct id *plan, int64_t start_ms, int64_t minutes,
                                 int64_t now_ms) MUST_USE;
enum err calendar_store_drop_plan(struct store_conn *db, const struct id *person, const struct id *plan) MUST_USE;
/* Without PLAN itself. */
enum err calendar_store_count_others(struct store_conn *db, const struct id *person, const struct id *plan, int64_t *ret) MUST_USE;
enum err calendar_store_each_plan(struct store_conn *db, const struct id *person, int64_t from_ms,
                                  enum err (*each)(void *arg, const struct calendar_time *plan), void *arg) MUST_USE;
enum err calendar_store_forget(struct store_conn *db, int64_t before_ms) MUST_USE;

#endif
