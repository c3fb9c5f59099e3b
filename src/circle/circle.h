/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A circle: a few people with a room and rules of their own.
 *
 * One person founds it, alone in its room. Who comes in knocks: with an invite into the circle, or after a request that a
 * keeper answered with welcome. Knocking opens nothing by itself: any member's device makes the change of the room that
 * takes the newcomer in, with the new key sealed to them. So the house never decides who can read; it holds to the size,
 * and to who may take whom in or out.
 *
 * Keepers set the rules, answer requests and can take somebody out. A circle has one at least, two above
 * CIRCLE_KEEPERS_ABOVE people; when the last goes, whoever has been there longest becomes one.
 *
 * Who leaves is out at once, by their own signed statement, and the room owes a new key: nothing is written in it before a
 * member has made the change without them. That they were there is kept (circle_left), so that their words stay theirs
 * to take back, and are erased with their account. The last to leave takes the room and all that is in it along. What stands left
 * of this noun and belongs to the circle is no longer found then, and goes with its own sweep.
 *
 * What was said fades after the days that the circle agreed on: entries and voice notes of the log here, what was said in
 * gatherings by a time of their own (they are set apart).
 *
 * Whatever changes a circle holds its row first, so that size, keepers and the door are judged exactly. Who holds persons too
 * takes them before. */
#ifndef BESIDE_CIRCLE_CIRCLE_H
#define BESIDE_CIRCLE_CIRCLE_H

#include "invite/invite.h"
#include "room/room.h"

enum {
    CIRCLE_SIZE_MIN = 3,
    CIRCLE_SIZE_USUAL = 6,
    CIRCLE_KEEPERS_ABOVE = 6,                   /* above so many people it takes two keepers */
    CIRCLE_LINE_MAX = 160,                      /* characters */
    CIRCLE_LINE_BYTES = 4 * CIRCLE_LINE_MAX,
    CIRCLE_FADE_DAYS_MAX = 3650,
    CIRCLE_GATHERING_FADE_USUAL = 7,            /* days */
    CIRCLE_DOOR_USUAL = 5,                      /* minutes */
    CIRCLE_DOOR_MAX = 60,
    CIRCLE_KNOCK_MIN = 41,                      /* a seal of nothing */
    CIRCLE_KNOCK_MAX = 3 << 10,
    CIRCLE_BOX_MIN = 64,
    CIRCLE_BOX_MAX = 16 << 10,
    CIRCLE_LEAVE_BYTES = 4 + SIGNATURE_BYTES,
    CIRCLE_WAITING_MAX = 5,                     /* requests of one person that wait for a word … */
    CIRCLE_REQUESTS_KEPT = 20,                  /* … and all of theirs, the answered ones included */
    CIRCLE_ASKING_MAX = 20,                     /* requests that wait at one circle */
    CIRCLE_LISTED_MAX = 100,                    /* circles in the directory … */
    CIRCLE_LISTED_KEEPERS = 4,                  /* … and of each the keepers that a request is sealed to */
    CIRCLE_SWEEP_CIRCLES = 50,                  /* circles of which a sweep fades lines … */
    CIRCLE_SWEEP_LINES = 200,                   /* … and how many of each */
    CIRCLE_SWEEP_VOICES = 50,
};

struct circle {
    struct id room;
    int64_t size, fade_days, gathering_fade_days, door_minutes, made_ms, faded_seq;
    bool listed;
    struct text line;                           /* empty unless listed */
};

/* ---- what other nouns ask ---- */

/* The circle, whoever asks; or only for who is in it. ERR_NOT_FOUND. The line lives in the arena. */
enum err circle_get(struct store_conn *db, struct arena *a, const struct id *room, struct circle *ret) MUST_USE;
enum err circle_of(struct call *c, const struct id *room, struct circle *ret) MUST_USE;
enum err circle_is_keeper(struct store_conn *db, const struct id *room, const struct id *person, bool *ret) MUST_USE;
/* Holds the circle's row until the transaction ends. ERR_NOT_FOUND. */
enum err circle_hold(struct store_conn *db, const struct id *room) MUST_USE;
/* An entry or a voice note that was said in a gathering: it does not fade with the log. Repeating is no error. */
enum err circle_set_apart(struct store_conn *db, const struct id *room, const struct id *thing) MUST_USE;
/* All members now, for house_tell(). */
struct circle_people { size_t n; struct id all[ROOM_MEMBERS_MAX + 2]; };
enum err circle_people(struct store_conn *db, const struct id *room, struct circle_people *ret) MUST_USE;

/* ---- founding, rules, keepers ---- */

/* *RET_NEW is false when this very circle stands already. ERR_BAD_INPUT, ERR_TWO_KEEPERS, ERR_TOO_MANY over
 * HOUSE_CIRCLES_MAX, and what room_found() says. */
enum err circle_found(struct call *c, const struct room_change *change, int64_t size, bool *ret_new) MUST_USE;
/* Keepers only (ERR_FORBIDDEN). ERR_BAD_INPUT, ERR_TWO_KEEPERS. Takes of NEW what a keeper can set. */
enum err circle_set_rules(struct call *c, const struct circle *new) MUST_USE;
/* Keepers only. Repeating is no error. ERR_NOT_FOUND for who is not in it, ERR_LAST_KEEPER, ERR_TWO_KEEPERS. */
enum err circle_add_keeper(struct call *c, const struct id *room, const struct id *person) MUST_USE;
enum err circle_drop_keeper(struct call *c, const struct id *room, const struct id *person) MUST_USE;

/* ---- coming and going ---- */

/* Begins an epoch. Who is new must have knocked; only keepers take somebody out. The same change again succeeds again.
 * ERR_CIRCLE_FULL, ERR_FORBIDDEN, ERR_BAD_INPUT, and what room_change_members() says. */
enum err circle_change(struct call *c, const struct room_change *change) MUST_USE;

/* u32 epoch ‖ signature; layout only. */
struct circle_leave { struct bytes bytes; int64_t epoch; const uint8_t *signature; };
enum err circle_leave_parse(struct bytes b, struct circle_leave *ret) MUST_USE;
/* c->me leaves. A repeat is no error. ERR_NOT_FOUND, ERR_BAD_SIGNATURE, ERR_BAD_INPUT for an epoch that they were not in. */
enum err circle_leave(struct call *c, const struct id *room, const struct circle_leave *leave) MUST_USE;

/* Knocks with an invite; *RET_NEW is false for who has knocked already. ERR_INVITE_GONE, ERR_OWN_INVITE,
 * ERR_ALREADY_MEMBER, ERR_CIRCLE_FULL, ERR_TOO_MANY. */
enum err circle_knock(struct call *c, const struct id *invite, struct bytes answer, struct id *ret_room, bool *ret_new) MUST_USE;

enum circle_state { CIRCLE_ASKING, CIRCLE_WELCOMED, CIRCLE_DECLINED, CIRCLE_KNOCKING, CIRCLE_STATES };
struct text circle_state_name(enum circle_state s);
/* Views hold for the call only. WITHHELD: the one who looks blocks who asks. */
struct circle_request {
    struct id room, person, invite, answered_by;   /* zero: none */
    enum circle_state state;
    bool has_answer, listed, withheld;
    struct bytes body, answer;
    struct text line;
    int64_t made_ms;
};
/* A sealed box: as much of its layout as the house looks at. */
bool circle_is_box(struct bytes b);
/* c->me asks a listed circle, or asks anew while nobody has answered. ERR_NOT_FOUND, ERR_ALREADY_MEMBER, ERR_EXISTS after an
 * answer, ERR_TOO_MANY. */
enum err circle_ask(struct call *c, const struct id *room, struct bytes box) MUST_USE;
/* Withdraws c->me's request, or puts an answered one away. Repeating is no error. */
enum err circle_put_away(struct call *c, const struct id *room) MUST_USE;
/* A keeper answers; also once more, until the welcome was accepted. ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_EXISTS. */
enum err circle_answer(struct call *c, const struct id *room, const struct id *person, bool welcome, struct bytes box) MUST_USE;
/* c->me, who was welcomed, knocks. Repeating is no error. ERR_NOT_FOUND, ERR_FORBIDDEN, ERR_CIRCLE_FULL, ERR_TOO_MANY. */
enum err circle_accept(struct call *c, const struct id *room) MUST_USE;

/* May ONE know the public keys of OTHER: they share a room, or meet at a circle's door, or OTHER was in one of ONE's circles? */
enum err circle_may_know(struct store_conn *db, const struct id *one, const struct id *other, bool *ret) MUST_USE;

/* ---- time and erasure ---- */

/* Erases what has to fade, a bounded part of it. */
enum err circle_sweep(struct store_conn *db, struct arena *a, int64_t now_ms) MUST_USE;

/* c->me leaves for good: out of all circles, without a statement, and their words out of those that they ever were in. To be
 * called before voices, rooms and invites go. */
enum err circle_erase_person(struct call *c) MUST_USE;
enum err circle_count(struct store_conn *db, int64_t *ret) MUST_USE;
enum err circle_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table circle_routes;

/* ---- the store's side ---- */

struct circle_ids { size_t n; struct id all[HOUSE_CIRCLES_MAX]; };

enum err circle_store_add(struct store_conn *db, const struct circle *c) MUST_USE;
enum err circle_store_set(struct store_conn *db, const struct circle *c) MUST_USE;
enum err circle_store_erase(struct store_conn *db, const struct id *room) MUST_USE;
enum err circle_store_of(struct store_conn *db, const struct id *person, struct circle_ids *ret) MUST_USE;
/* The circles that PERSON is in or knocks at. */
enum err circle_store_count_of(struct store_conn *db, const struct id *person, int64_t *ret) MUST_USE;

enum err circle_store_add_keeper(struct store_conn *db, const struct id *room, const struct id *person) MUST_USE;
enum err circle_store_drop_keeper(struct store_conn *db, const struct id *room, const struct id *person) MUST_USE;
enum err circle_store_count_keepers(struct store_conn *db, const struct id *room, int64_t *ret) MUST_USE;

/* That PERSON was in it up to EPOCH; STATEMENT empty if they did not say so themselves. */
enum err circle_store_put_left(struct store_conn *db, const struct id *room, const struct id *person, int64_t epoch, struct bytes statement) MUST_USE;
enum err circle_store_drop_left(struct store_conn *db, const struct id *room, const struct id *person) MUST_USE;
/* A new epoch has begun: of those whose account is gone there is nothing left to know. */
enum err circle_store_forget_gone(struct store_conn *db, const struct id *room) MUST_USE;
/* Those that the newest link still names although they left. */
enum err circle_store_each_left(struct store_conn *db, const struct id *room,
                                enum err (*each)(void *arg, const struct id *person, struct bytes statement), void *arg) MUST_USE;

enum err circle_store_put_request(struct store_conn *db, const struct circle_request *r) MUST_USE;
/* Without body and answer. ERR_NOT_FOUND. */
enum err circle_store_request(struct store_conn *db, const struct id *room, const struct id *person, struct circle_request *ret) MUST_USE;
/* Has PERSON knocked with this invite, and is not in yet? */
enum err circle_store_knocked(struct store_conn *db, const struct id *person, const struct id *invite, struct id *ret_room, bool *ret) MUST_USE;
enum err circle_store_set_state(struct store_conn *db, const struct id *room, const struct id *person, enum circle_state state) MUST_USE;
enum err circle_store_set_answer(struct store_conn *db, const struct circle_request *r) MUST_USE;
enum err circle_store_drop_request(struct store_conn *db, const struct id *room, const struct id *person, bool *ret_done) MUST_USE;
enum err circle_store_count_requests(struct store_conn *db, const struct id *person, int64_t *ret_waiting, int64_t *ret_all) MUST_USE;
enum err circle_store_count_asking(struct store_conn *db, const struct id *room, int64_t *ret) MUST_USE;
enum err circle_store_count_knocking(struct store_conn *db, const struct id *room, int64_t *ret) MUST_USE;
/* At a circle, as READER may see them, the declined left out; and those of a person. */
enum err circle_store_each_at(struct store_conn *db, const struct id *room, const struct id *reader,
                              enum err (*each)(void *arg, const struct circle_request *r), void *arg) MUST_USE;
enum err circle_store_each_request_of(struct store_conn *db, const struct id *person,
                                      enum err (*each)(void *arg, const struct circle_request *r), void *arg) MUST_USE;

struct circle_listed { struct id room; struct text line; bool has_place; };
struct circle_list { size_t n; struct circle_listed all[CIRCLE_LISTED_MAX]; };
enum err circle_store_list(struct store_conn *db, struct arena *a, struct circle_list *ret) MUST_USE;
enum err circle_store_each_listed_keeper(struct store_conn *db, const struct id *room,
                                         enum err (*each)(void *arg, const struct id *person, struct bytes identity), void *arg) MUST_USE;

/* Do the two meet at a circle's door, or was OTHER in one of ONE's circles? */
enum err circle_store_meets(struct store_conn *db, const struct id *one, const struct id *other, bool *ret) MUST_USE;

/* What has to fade: circles whose next line is old enough, each from its place on; voice notes. */
struct circle_due { size_t n; struct { struct id room; int64_t from_seq, before_ms; } all[CIRCLE_SWEEP_CIRCLES]; };
enum err circle_store_due(struct store_conn *db, int64_t now_ms, struct circle_due *ret) MUST_USE;
/* Erases the lines behind FROM_SEQ up to the first that is not older than BEFORE_MS, CIRCLE_SWEEP_LINES at most. */
enum err circle_store_fade(struct store_conn *db, const struct id *room, int64_t from_seq, int64_t before_ms) MUST_USE;
struct circle_due_voices { size_t n; struct { struct id room, voice, author; } all[CIRCLE_SWEEP_VOICES]; };
enum err circle_store_due_voices(struct store_conn *db, int64_t now_ms, struct circle_due_voices *ret) MUST_USE;

enum err circle_store_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;
/* Each circle's newest link, with how many it names that have left. */
enum err circle_store_each_newest(struct store_conn *db,
                                  enum err (*each)(void *arg, const struct id *room, struct bytes link, int64_t n_left, bool must_roll),
                                  void *arg) MUST_USE;

/* The end of an account: its requests go, and what is remembered of circles that it left under an older key. */
enum err circle_store_erase_person(struct store_conn *db, const struct id *person) MUST_USE;
/* Erases PERSON's words in the circles that they left. */
enum err circle_store_erase_words(struct store_conn *db, const struct id *person) MUST_USE;

#endif
