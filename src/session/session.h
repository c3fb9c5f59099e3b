/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A session: a device that is signed in.
 *
 * The device holds a cookie of 32 random bytes; we keep a keyed hash of it, so a stolen store opens no session. A
 * session has no time limit; it ends when somebody ends it, or when its person signs in on more than
 * HOUSE_SESSIONS_MAX devices: then the one that has not been seen for longest makes room, since signing in must
 * always work. Of use only the day is kept.
 *
 * For each call the API asks session_find() with the cookie: one statement, on the read connection. When what it gives
 * was last seen before today (session_is_behind()), the API hands the writer a job that calls session_touch(): so a
 * session costs one small write a day, and a read never waits for it. */
#ifndef BESIDE_SESSION_SESSION_H
#define BESIDE_SESSION_SESSION_H

#include "house/house.h"
#include "person/person.h"

enum { SESSION_LABEL_MAX = 768 };

struct session { struct id id, person; bool steward; int64_t seen_day_ms; };

/* Who holds this cookie? ERR_NOT_SIGNED_IN when nobody does, or it is not 32 bytes. */
enum err session_find(struct store_conn *db, const struct house *h, struct bytes token, struct session *ret) MUST_USE;
bool session_is_behind(const struct session *s, int64_t now_ms);
enum err session_touch(struct store_conn *db, const struct id *id, int64_t now_ms) MUST_USE;

/* Signs PERSON in on the calling device: makes the session, sets the cookie, tells the person's other devices. */
enum err session_start(struct call *c, const struct id *person, struct id *ret) MUST_USE;
/* Ends one of c->me's sessions and its streams. ERR_NOT_FOUND when it is not theirs. */
enum err session_end(struct call *c, const struct id *id) MUST_USE;
/* Ends all of c->me's sessions but the one that calls. */
enum err session_end_others(struct call *c) MUST_USE;
enum err session_label(struct call *c, struct bytes label) MUST_USE;

/* Each of PERSON's sessions, the latest first. S and LABEL hold for the call only. */
struct session_line { struct id id; struct bytes label; int64_t made_ms, seen_day_ms; };
enum err session_each(struct store_conn *db, const struct id *person,
                      enum err (*each)(void *arg, const struct session_line *s), void *arg) MUST_USE;

enum err session_erase_person(struct store_conn *db, const struct id *person) MUST_USE;
enum err session_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table session_routes;

/* The store's side. */
enum err session_store_add(struct store_conn *db, const struct id *id, const struct hash *token, const struct id *person,
                           int64_t now_ms) MUST_USE;
enum err session_store_find(struct store_conn *db, const struct hash *token, struct session *ret) MUST_USE;
/* Takes PERSON's session that has not been seen for longest if they have HOUSE_SESSIONS_MAX; *RET zero if not. */
enum err session_store_make_room(struct store_conn *db, const struct id *person, struct id *ret) MUST_USE;
enum err session_store_end(struct store_conn *db, const struct id *person, const struct id *id) MUST_USE;
enum err session_store_end_others(struct store_conn *db, const struct id *person, const struct id *keep) MUST_USE;
enum err session_store_label(struct store_conn *db, const struct id *id, struct bytes label) MUST_USE;

#endif
