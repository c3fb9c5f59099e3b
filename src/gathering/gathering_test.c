/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Gatherings in the store: scheduling, acts, what is said in turn, who left the circle, fading. (The rules of rounds have
 * a test without a store.) */
#include "gathering/gathering.h"
#include "room/testing.h"
#include "voice/voice.h"

#include <stdlib.h>

#define START_TEXT "2026-11-03T19:00"
static const int64_t START_MS = INT64_C(1793728800) * 1000;   /* date -d 'TZ="Europe/Berlin" 2026-11-03 19:00' +%s */
static const int64_t MINUTE = 60000;

/* ---- a circle of three, and a gathering ---- */

struct circle_known { struct testing_link link; struct bytes change; };

struct scene {
    struct testing *t;
    struct testing_person a, b, c, stranger;
    struct circle_known circle;
    struct id room, id;
};

static int by_id(const void *a, const void *b) { return id_compare(a, b); }

static enum err knock(struct call *c, void *arg)
{
    const struct circle_request *r = arg;
    (void)c;
    return circle_store_put_request(c->db, r);
}

/* P has knocked; the founder's device takes them in. */
static void come_in(struct scene *s, const struct testing_person *p)
{
    struct testing *t = s->t;
    struct circle_request r = { .room = s->room, .person = p->caller.id, .state = CIRCLE_KNOCKING, .body = testing_random(t, 100), .made_ms = t->now_ms };
    assert_int_equal(testing_write(t, &p->caller, knock, &r), ERR_OK);
    struct testing_link l = s->circle.link;
    l.members[l.n++] = p->caller.id;
    qsort(l.members, l.n, sizeof l.members[0], by_id);
    struct bytes change = testing_next_change(t, l, s->circle.change);
    assert_int_equal(testing_call(t, &circle_routes, "POST /api/circles/{room}/change", &s->a.caller, TESTING_PARAMS(s->room), change), ERR_OK);
    l.epoch++;
    s->circle = (struct circle_known){ l, change };
}

static struct scene circle_of_three(struct testing *t)
{
    struct scene s = { .t = t, .a = testing_person(t), .b = testing_person(t), .c = testing_person(t), .stranger = testing_person(t) };
    s.circle.link = testing_first_link(&s.a, ROOM_CIRCLE, NULL);
    s.circle.change = testing_change(t, s.circle.link);
    s.room = s.circle.link.room;
    assert_int_equal(testing_call(t, &circle_routes, "POST /api/circles", &s.a.caller, TESTING_NO_PARAMS, s.circle.change), ERR_OK);
    come_in(&s, &s.b);
    come_in(&s, &s.c);
    return s;
}

static struct bytes new_body(struct testing *t, struct id series, struct id room, const char *start, const char *zone, const char *repeat, int64_t count)
{
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "id", &series);
    json_id(&b, "room", &room);
    json_text(&b, "start", text_of(start));
    json_text(&b, "zone", text_of(zone));
    json_text(&b, "repeat", text_of(repeat));
    json_int(&b, "count", count);
    json_int(&b, "minutes", 60);
    json_int(&b, "turn_s", 180);
    json_close(&b, '}');
    return testing_body(&b);
}

static enum err schedule(struct scene *s, const struct testing_person *p, struct id series, const char *start, const char *zone, const char *repeat, int64_t count)
{
    return testing_call(s->t, &gathering_routes, "POST /api/gatherings", &p->caller, TESTING_NO_PARAMS,
                        new_body(s->t, series, s->room, start, zone, repeat, count));
}

static struct gathering_ids ids_of(struct scene *s, struct id series)
{
    struct gathering_ids ids;
    struct id author, room;
    assert_int_equal(gathering_store_series(s->t->reads, &series, &ids, &author, &room), ERR_OK);
    return ids;
}

static struct gathering stands(struct scene *s)
{
    struct gathering g;
    assert_int_equal(gathering_store_get(s->t->reads, &s->id, &g), ERR_OK);
    return g;
}

/* Scheduled by A, at its start. */
static struct scene at_the_start(struct testing *t)
{
    struct scene s = circle_of_three(t);
    struct id series = crypt_random_id();
    assert_int_equal(schedule(&s, &s.a, series, START_TEXT, "Europe/Berlin", "none", 1), ERR_OK);
    s.id = ids_of(&s, series).all[0];
    t->now_ms = START_MS;
    return s;
}

static enum err act(struct scene *s, const struct testing_person *p, const char *route)
{
    return testing_call(s->t, &gathering_routes, route, &p->caller, TESTING_PARAMS(s->id), TESTING_NO_BODY);
}

#define COME "POST /api/gatherings/{gathering}/come"
#define PRESENT "POST /api/gatherings/{gathering}/present"
#define GO "POST /api/gatherings/{gathering}/go"
#define BEGIN "POST /api/gatherings/{gathering}/begin"
#define ON "POST /api/gatherings/{gathering}/on"
#define BELL "POST /api/gatherings/{gathering}/bell"
#define GET "GET /api/gatherings/{gathering}"

struct handing { struct id id; int64_t turn; const struct id *over; bool open; struct gathering after; };
static enum err hand(struct call *c, void *arg) { struct handing *h = arg; return gathering_hand_on(c, &h->id, h->turn, h->over, &h->after); }
static enum err replies(struct call *c, void *arg) { struct handing *h = arg; return gathering_open_replies(c, &h->id, h->open, &h->after); }
static enum err move_on(struct call *c, void *arg) { struct handing *h = arg; return gathering_on(c, &h->id, h->turn, &h->after); }

static enum err hand_on(struct scene *s, const struct testing_person *p, int64_t turn)
{
    struct handing h = { .id = s->id, .turn = turn };
    return testing_write(s->t, &p->caller, hand, &h);
}

static enum err pass_over(struct scene *s, const struct testing_person *p, const struct testing_person *whom)
{
    struct handing h = { .id = s->id, .turn = stands(s).r.turn, .over = &whom->caller.id };
    return testing_write(s->t, &p->caller, hand, &h);
}

static enum err open_replies(struct scene *s, const struct testing_person *p, bool open)
{
    struct handing h = { .id = s->id, .open = open };
    return testing_write(s->t, &p->caller, replies, &h);
}

static struct scene in_check_in(struct testing *t)
{
    struct scene s = at_the_start(t);
    assert_int_equal(act(&s, &s.a, COME), ERR_OK);
    assert_int_equal(act(&s, &s.b, COME), ERR_OK);
    assert_int_equal(act(&s, &s.c, COME), ERR_OK);
    assert_int_equal(act(&s, &s.a, BEGIN), ERR_OK);
    assert_int_equal(act(&s, &s.a, ON), ERR_OK);
    return s;
}

static void assert_held(struct scene *s, enum rounds_stage stage, const struct testing_person *p)
{
    struct gathering g = stands(s);
    assert_int_equal(g.r.stage, stage);
    assert_memory_equal(&g.r.holder, &p->caller.id, ID_BYTES);
}

static enum err say(struct scene *s, const struct testing_person *p, struct id entry, struct bytes body)
{
    return testing_call(s->t, &gathering_routes, "PUT /api/gatherings/{gathering}/entries/{entry}", &p->caller, TESTING_PARAMS(s->id, entry), body);
}

static struct bytes words(struct scene *s) { return testing_entry(s->t, s->circle.link.epoch, 400); }

static void assert_sound(struct testing *t)
{
    int64_t broken = 0;
    assert_int_equal(gathering_check(t->reads, &broken), ERR_OK);
    assert_int_equal(circle_check(t->reads, &broken), ERR_OK);
    assert_int_equal(room_check(t->reads, &broken), ERR_OK);
    assert_int_equal(voice_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

/* ---- scheduling ---- */

static void a_series_is_scheduled_once_and_the_first_is_hosted_by_its_author(void **state)
{
    struct testing *t = *state;
    struct scene s = circle_of_three(t);
    struct id series = crypt_random_id();
    assert_int_equal(schedule(&s, &s.b, series, START_TEXT, "Europe/Berlin", "weekly", 3), ERR_OK);
    assert_int_equal(t->call.status, 201);
    assert_int_equal(testing_events(t, EVENT_GATHERING, &s.a.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_GATHERING, &s.b.caller.id), 1);
    struct gathering_ids ids = ids_of(&s, series);
    assert_int_equal(ids.n, 3);
    for (size_t i = 0; i < 3; i++) {
        s.id = ids.all[i];
        struct gathering g = stands(&s);
        assert_int_equal(g.r.start_ms, START_MS + (int64_t)i * 7 * CLOCK_DAY_MS);
        assert_int_equal(id_equal(&g.r.host, &s.b.caller.id), i == 0);
        assert_int_equal(g.r.door_minutes, 5);
    }
    assert_int_equal(schedule(&s, &s.b, series, START_TEXT, "Europe/Berlin", "weekly", 3), ERR_OK);
    assert_int_equal(t->call.status, 200);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering"), 3);
    assert_int_equal(schedule(&s, &s.a, series, START_TEXT, "Europe/Berlin", "weekly", 3), ERR_EXISTS);
    assert_sound(t);
}

static void what_cannot_be_is_not_scheduled(void **state)
{
    struct testing *t = *state;
    struct scene s = circle_of_three(t);
    assert_int_equal(schedule(&s, &s.stranger, crypt_random_id(), START_TEXT, "Europe/Berlin", "none", 1), ERR_NOT_FOUND);
    assert_int_equal(schedule(&s, &s.a, crypt_random_id(), START_TEXT, "Middle/Earth", "none", 1), ERR_BAD_INPUT);
    assert_non_null(strstr(t->call.detail, "zone"));
    assert_int_equal(schedule(&s, &s.a, crypt_random_id(), START_TEXT, "Europe/Berlin", "daily", 1), ERR_BAD_INPUT);
    assert_int_equal(schedule(&s, &s.a, crypt_random_id(), START_TEXT, "Europe/Berlin", "weekly", 53), ERR_BAD_INPUT);
    t->now_ms = START_MS;
    assert_int_equal(schedule(&s, &s.a, crypt_random_id(), START_TEXT, "Europe/Berlin", "none", 1), ERR_BAD_INPUT);
    assert_non_null(strstr(t->call.detail, "past"));
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering"), 0);
}

static void a_circle_has_two_hundred_gatherings_ahead_at_most(void **state)
{
    struct testing *t = *state;
    struct scene s = circle_of_three(t);
    for (int i = 0; i < 3; i++) assert_int_equal(schedule(&s, &s.a, crypt_random_id(), START_TEXT, "Etc/UTC", "weekly", 52), ERR_OK);
    assert_int_equal(schedule(&s, &s.a, crypt_random_id(), START_TEXT, "Etc/UTC", "weekly", 45), ERR_TOO_MANY);
    assert_int_equal(schedule(&s, &s.a, crypt_random_id(), START_TEXT, "Etc/UTC", "weekly", 44), ERR_OK);
    assert_int_equal(testing_call(t, &gathering_routes, "GET /api/circles/{room}/gatherings", &s.b.caller, TESTING_PARAMS(s.room), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(testing_call(t, &gathering_routes, "GET /api/circles/{room}/gatherings", &s.stranger.caller, TESTING_PARAMS(s.room), TESTING_NO_BODY), ERR_NOT_FOUND);
}

static struct bytes time_body(struct testing *t, int64_t start_ms, int64_t minutes)
{
    struct build b = build_start(t->scratch, 256);
    json_open(&b, NULL, '{');
    json_int(&b, "start_ms", start_ms);
    json_int(&b, "minutes", minutes);
    json_close(&b, '}');
    return testing_body(&b);
}

static enum err move(struct scene *s, const struct testing_person *p, int64_t start_ms, int64_t minutes)
{
    return testing_call(s->t, &gathering_routes, "PUT /api/gatherings/{gathering}/time", &p->caller, TESTING_PARAMS(s->id), time_body(s->t, start_ms, minutes));
}

struct cancelling { struct id id; bool rest; };
static enum err cancel_it(struct call *c, void *arg) { struct cancelling *k = arg; return gathering_cancel(c, &k->id, k->rest); }
static enum err cancel(struct scene *s, const struct testing_person *p, bool rest)
{
    struct cancelling k = { s->id, rest };
    return testing_write(s->t, &p->caller, cancel_it, &k);
}

static void host_and_keepers_move_and_cancel_what_has_not_begun(void **state)
{
    struct testing *t = *state;
    struct scene s = circle_of_three(t);
    struct id series = crypt_random_id();
    assert_int_equal(schedule(&s, &s.b, series, START_TEXT, "Europe/Berlin", "weekly", 4), ERR_OK);
    struct gathering_ids ids = ids_of(&s, series);
    s.id = ids.all[1];
    assert_int_equal(move(&s, &s.b, START_MS + 8 * CLOCK_DAY_MS, 30), ERR_FORBIDDEN);   /* hosts the first only */
    assert_int_equal(move(&s, &s.a, START_MS + 8 * CLOCK_DAY_MS, 30), ERR_OK);          /* keeps the circle */
    assert_int_equal(testing_events(t, EVENT_GATHERING, &s.c.caller.id), 1);
    assert_int_equal(move(&s, &s.a, START_MS + 8 * CLOCK_DAY_MS, 30), ERR_OK);
    assert_int_equal(t->call.n_events, 0);
    assert_int_equal(stands(&s).r.minutes, 30);
    assert_int_equal(move(&s, &s.a, t->now_ms, 30), ERR_BAD_INPUT);
    assert_int_equal(move(&s, &s.a, START_MS, 91), ERR_BAD_INPUT);
    assert_int_equal(move(&s, &s.stranger, START_MS, 30), ERR_NOT_FOUND);
    assert_int_equal(cancel(&s, &s.c, false), ERR_FORBIDDEN);
    s.id = ids.all[2];
    assert_int_equal(cancel(&s, &s.a, true), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering WHERE stage = 'cancelled'"), 2);
    assert_int_equal(cancel(&s, &s.a, true), ERR_OK);
    assert_int_equal(t->call.n_events, 0);
    assert_int_equal(move(&s, &s.a, START_MS, 30), ERR_FORBIDDEN);
    assert_int_equal(act(&s, &s.a, COME), ERR_DOOR_CLOSED);
    assert_int_equal(act(&s, &s.a, GET), ERR_OK);
    assert_true(testing_reply_has(t, "\"stage\":\"cancelled\""));
    s.id = ids.all[0];
    t->now_ms = START_MS;
    assert_int_equal(act(&s, &s.b, COME), ERR_OK);
    assert_int_equal(act(&s, &s.b, BEGIN), ERR_OK);
    assert_int_equal(cancel(&s, &s.b, false), ERR_FORBIDDEN);
    assert_int_equal(move(&s, &s.b, START_MS + MINUTE, 30), ERR_FORBIDDEN);
    assert_sound(t);
}

static void who_came_before_it_was_moved_comes_again(void **state)
{
    struct testing *t = *state;
    struct scene s = at_the_start(t);
    assert_int_equal(act(&s, &s.b, COME), ERR_OK);
    assert_int_equal(move(&s, &s.a, START_MS + CLOCK_DAY_MS, 60), ERR_OK);
    assert_int_equal(stands(&s).r.n, 0);
    assert_int_equal(act(&s, &s.b, COME), ERR_TOO_EARLY);
    assert_int_equal(t->call.extras[0].value, START_MS + CLOCK_DAY_MS - 10 * MINUTE);
}

/* ---- acts ---- */

static void acts_are_the_circles_and_are_told_to_all_of_it(void **state)
{
    struct testing *t = *state;
    struct scene s = at_the_start(t);
    assert_int_equal(act(&s, &s.stranger, COME), ERR_NOT_FOUND);
    assert_int_equal(act(&s, &s.stranger, GET), ERR_NOT_FOUND);
    assert_int_equal(act(&s, &s.a, COME), ERR_OK);
    int64_t version = stands(&s).version;
    assert_int_equal(testing_events(t, EVENT_GATHERING, &s.c.caller.id), 1);   /* who has not come hears of it too */
    assert_true(testing_reply_has(t, "\"here\":true,\"waits\":false"));
    t->now_ms += 20000;
    assert_int_equal(act(&s, &s.a, PRESENT), ERR_OK);
    assert_int_equal(t->call.n_events, 0);                                     /* nobody's being here has changed */
    assert_int_equal(stands(&s).version, version);
    assert_int_equal(act(&s, &s.b, PRESENT), ERR_FORBIDDEN);
    assert_int_equal(act(&s, &s.b, COME), ERR_OK);
    t->now_ms += 50000;
    assert_int_equal(act(&s, &s.b, PRESENT), ERR_OK);
    t->now_ms += 20000;
    assert_int_equal(act(&s, &s.b, PRESENT), ERR_OK);                          /* now A is away */
    assert_int_equal(testing_events(t, EVENT_GATHERING, &s.a.caller.id), 1);
    assert_sound(t);
}

static void the_piece_goes_round_and_a_hand_over_twice_is_one(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    assert_held(&s, ROUNDS_CHECK_IN, &s.a);
    int64_t turn = stands(&s).r.turn;
    assert_int_equal(hand_on(&s, &s.b, turn), ERR_NOT_YOUR_TURN);
    assert_int_equal(hand_on(&s, &s.a, turn), ERR_OK);
    assert_held(&s, ROUNDS_CHECK_IN, &s.b);
    assert_int_equal(hand_on(&s, &s.a, turn), ERR_OK);
    assert_int_equal(t->call.n_events, 0);
    assert_held(&s, ROUNDS_CHECK_IN, &s.b);
    assert_int_equal(hand_on(&s, &s.b, stands(&s).r.turn), ERR_OK);
    assert_int_equal(hand_on(&s, &s.c, stands(&s).r.turn), ERR_OK);
    assert_held(&s, ROUNDS_MAIN, &s.a);
    struct handing stale = { .id = s.id, .turn = turn };
    assert_int_equal(testing_write(t, &s.a.caller, move_on, &stale), ERR_OK);
    assert_held(&s, ROUNDS_MAIN, &s.a);
    stale.turn = stands(&s).r.turn;
    assert_int_equal(testing_write(t, &s.a.caller, move_on, &stale), ERR_OK);
    assert_held(&s, ROUNDS_CLOSING, &s.a);
    assert_sound(t);
}

static void who_is_away_is_passed_over(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    assert_int_equal(pass_over(&s, &s.b, &s.a), ERR_FORBIDDEN);
    for (int i = 0; i < 4; i++) {
        t->now_ms += 20000;
        assert_int_equal(act(&s, &s.b, PRESENT), ERR_OK);
        assert_int_equal(act(&s, &s.c, PRESENT), ERR_OK);
    }
    assert_int_equal(pass_over(&s, &s.b, &s.a), ERR_OK);
    assert_held(&s, ROUNDS_CHECK_IN, &s.b);
    assert_int_equal(act(&s, &s.a, PRESENT), ERR_OK);   /* A's page was loaded anew */
    assert_int_equal(hand_on(&s, &s.b, stands(&s).r.turn), ERR_OK);
    assert_int_equal(hand_on(&s, &s.c, stands(&s).r.turn), ERR_OK);
    assert_held(&s, ROUNDS_CHECK_IN, &s.a);
}

/* ---- saying ---- */

static void only_the_holder_says_something_and_it_is_marked(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    struct id entry = crypt_random_id();
    struct bytes body = words(&s);
    assert_int_equal(say(&s, &s.b, crypt_random_id(), words(&s)), ERR_NOT_YOUR_TURN);
    assert_int_equal(say(&s, &s.stranger, crypt_random_id(), words(&s)), ERR_NOT_FOUND);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM entry"), 0);
    assert_int_equal(say(&s, &s.a, entry, body), ERR_OK);
    assert_int_equal(t->call.status, 201);
    assert_int_equal(testing_events(t, EVENT_ENTRY, &s.c.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_GATHERING, &s.c.caller.id), 1);
    assert_int_equal(hand_on(&s, &s.a, stands(&s).r.turn), ERR_OK);
    assert_int_equal(say(&s, &s.a, entry, body), ERR_OK);                    /* a repeat, though the turn is over */
    assert_int_equal(t->call.status, 200);
    assert_int_equal(say(&s, &s.a, entry, words(&s)), ERR_ENTRY_EXISTS);
    assert_int_equal(say(&s, &s.a, crypt_random_id(), words(&s)), ERR_NOT_YOUR_TURN);
    assert_int_equal(act(&s, &s.c, GET), ERR_OK);
    assert_true(testing_reply_has(t, "\"stage\":\"check-in\",\"author\":"));
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering_turn"), 1);
    assert_sound(t);
}

static void what_came_into_the_log_by_another_way_is_not_marked(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    struct id entry = crypt_random_id();
    struct bytes body = words(&s);
    assert_int_equal(testing_call(t, &room_routes, "PUT /api/rooms/{room}/entries/{entry}", &s.a.caller, TESTING_PARAMS(s.room, entry), body), ERR_OK);
    assert_int_equal(say(&s, &s.a, entry, body), ERR_ENTRY_EXISTS);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering_turn"), 0);
}

static void nobody_speaks_while_all_pause_and_a_second_bell_changes_nothing(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    assert_int_equal(act(&s, &s.c, BELL), ERR_OK);
    t->now_ms += 10000;
    assert_int_equal(act(&s, &s.b, BELL), ERR_OK);
    assert_int_equal(t->call.n_events, 0);
    assert_int_equal(say(&s, &s.a, crypt_random_id(), words(&s)), ERR_PAUSED);
    assert_int_equal(t->call.retry_after_s, 20);
    assert_int_equal(t->call.extras[0].value, START_MS + 30000);
    t->now_ms += 20000;
    assert_int_equal(say(&s, &s.a, crypt_random_id(), words(&s)), ERR_OK);
}

static void replies_are_said_when_they_are_welcome(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    assert_int_equal(open_replies(&s, &s.b, true), ERR_NOT_YOUR_TURN);
    assert_int_equal(open_replies(&s, &s.a, true), ERR_OK);
    assert_int_equal(open_replies(&s, &s.a, true), ERR_OK);
    assert_int_equal(t->call.n_events, 0);
    assert_int_equal(say(&s, &s.b, crypt_random_id(), words(&s)), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering_turn WHERE reply = 1"), 1);
    assert_int_equal(open_replies(&s, &s.a, false), ERR_OK);
    assert_int_equal(say(&s, &s.b, crypt_random_id(), words(&s)), ERR_NOT_YOUR_TURN);
}

static void a_turn_has_twenty_lines_at_most(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    for (int i = 0; i < GATHERING_SAID_MAX; i++) assert_int_equal(say(&s, &s.a, crypt_random_id(), words(&s)), ERR_OK);
    assert_int_equal(say(&s, &s.a, crypt_random_id(), words(&s)), ERR_TOO_MANY);
    assert_int_equal(hand_on(&s, &s.a, stands(&s).r.turn), ERR_OK);
    assert_int_equal(say(&s, &s.b, crypt_random_id(), words(&s)), ERR_OK);
}

static void a_failure_anywhere_in_saying_leaves_neither_line_nor_mark(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    int64_t version = stands(&s).version;
    enum err e = ERR_STORE;
    for (uint64_t n = 1; e != ERR_OK; n++) {
        assert_true(n < 40);
        t->break_at = n;
        e = say(&s, &s.a, crypt_random_id(), words(&s));
        if (e == ERR_OK) break;
        assert_int_equal(testing_count(t, "SELECT (SELECT COUNT(*) FROM entry) + (SELECT COUNT(*) FROM gathering_turn) + (SELECT COUNT(*) FROM circle_apart)"), 0);
        assert_int_equal(stands(&s).version, version);
    }
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering_turn"), 1);
    assert_sound(t);
}

/* ---- leaving, ending ---- */

static enum err leave(struct call *c, void *arg)
{
    int64_t epoch;
    return room_let_go(c->db, arg, &c->me, &epoch);
}

static void who_leaves_the_circle_loses_the_seat_and_the_piece_goes_on(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    assert_int_equal(testing_write(t, &s.a.caller, leave, &s.room), ERR_OK);
    assert_int_equal(act(&s, &s.a, PRESENT), ERR_NOT_FOUND);
    assert_int_equal(act(&s, &s.b, GET), ERR_OK);
    assert_true(testing_reply_has(t, "\"host\":null"));
    assert_true(testing_reply_has(t, "\"holder\":null"));
    assert_int_equal(act(&s, &s.c, PRESENT), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_GATHERING, &s.b.caller.id), 1);
    assert_held(&s, ROUNDS_CHECK_IN, &s.b);
    assert_int_equal(stands(&s).r.n, 2);
    int64_t broken = 0;
    assert_int_equal(gathering_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

static enum err erase(struct call *c, void *arg) { return gathering_erase_person(c->db, arg); }

static void who_leaves_the_house_leaves_no_seat_and_no_part(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    assert_int_equal(testing_write(t, &s.a.caller, erase, &s.a.caller.id), ERR_OK);
    struct gathering g = stands(&s);
    assert_int_equal(g.r.n, 2);
    assert_true(id_is_zero(&g.r.holder) && id_is_zero(&g.r.host));
    assert_int_equal(act(&s, &s.b, PRESENT), ERR_OK);
    assert_held(&s, ROUNDS_CHECK_IN, &s.b);
    assert_sound(t);
}

static enum err sweep_it(struct call *c, void *arg) { (void)arg; return gathering_sweep(c->db, c->arena, c->now_ms); }
static void sweep(struct testing *t) { assert_int_equal(testing_write(t, NULL, sweep_it, NULL), ERR_OK); }

static void what_was_forgotten_is_over_for_who_looks_and_after_the_sweep(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    sweep(t);
    assert_int_equal(stands(&s).r.stage, ROUNDS_CHECK_IN);
    t->now_ms += 30 * MINUTE;
    assert_int_equal(act(&s, &s.b, GET), ERR_OK);
    assert_true(testing_reply_has(t, "\"stage\":\"over\""));
    assert_int_equal(stands(&s).r.stage, ROUNDS_CHECK_IN);
    sweep(t);
    struct gathering g = stands(&s);
    assert_int_equal(g.r.stage, ROUNDS_OVER);
    assert_int_equal(g.r.ended_ms, START_MS + 30 * MINUTE);
    assert_int_equal(gathering_fades_ms(&g), g.r.ended_ms + 7 * CLOCK_DAY_MS);
    assert_sound(t);
}

struct chunk { struct id room, voice; struct bytes sound; };
static enum err put_chunk(struct call *c, void *arg)
{
    struct chunk *k = arg;
    struct voice v;
    return voice_put(c, &k->room, &k->voice, 0, true, k->sound, &v);
}
struct saying { struct id id, entry, voice; struct bytes body; };
static enum err say_with_voice(struct call *c, void *arg)
{
    struct saying *y = arg;
    struct room_line line;
    bool is_new;
    return gathering_say(c, &y->id, &y->entry, &y->voice, y->body, &line, &is_new);
}

static void a_voice_must_be_ones_own(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    t->house.voice_quota_bytes = 1 << 20;
    struct chunk k = { s.room, crypt_random_id(), testing_random(t, VOICE_CHUNK_PLAIN + 40) };
    assert_int_equal(testing_write(t, &s.b.caller, put_chunk, &k), ERR_OK);
    struct saying y = { s.id, crypt_random_id(), k.voice, words(&s) };
    assert_int_equal(testing_write(t, &s.a.caller, say_with_voice, &y), ERR_BAD_INPUT);
    y.voice = crypt_random_id();
    assert_int_equal(testing_write(t, &s.a.caller, say_with_voice, &y), ERR_BAD_INPUT);
}

static void what_was_said_fades_with_its_voices_and_nothing_else_does(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    t->house.voice_quota_bytes = 1 << 20;
    struct chunk k = { s.room, crypt_random_id(), testing_random(t, VOICE_CHUNK_PLAIN + 40) }, other = k;
    other.voice = crypt_random_id();
    assert_int_equal(testing_write(t, &s.a.caller, put_chunk, &k), ERR_OK);
    assert_int_equal(testing_write(t, &s.a.caller, put_chunk, &other), ERR_OK);
    struct saying y = { s.id, crypt_random_id(), k.voice, words(&s) };
    assert_int_equal(testing_write(t, &s.a.caller, say_with_voice, &y), ERR_OK);
    assert_int_equal(testing_call(t, &room_routes, "PUT /api/rooms/{room}/entries/{entry}", &s.a.caller, TESTING_PARAMS(s.room, crypt_random_id()), words(&s)), ERR_OK);
    assert_int_equal(act(&s, &s.a, "POST /api/gatherings/{gathering}/end"), ERR_OK);
    t->now_ms += 7 * CLOCK_DAY_MS - 1;
    sweep(t);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering_turn"), 1);
    t->now_ms++;
    assert_int_equal(act(&s, &s.b, GET), ERR_NOT_FOUND);                      /* for all at the time that was agreed */
    sweep(t);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM entry WHERE flags = 1 AND length(body) = 0"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM entry WHERE flags = 0"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice"), 1);
    assert_int_equal(testing_count(t, "SELECT (SELECT COUNT(*) FROM gathering_turn) + (SELECT COUNT(*) FROM gathering_seat)"), 0);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering WHERE faded = 1"), 1);
    assert_sound(t);
    t->now_ms = START_MS + GATHERING_KEPT_MS + 1;
    sweep(t);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM gathering"), 0);
}

static void the_days_that_were_agreed_before_it_began_hold(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    struct circle circle;
    assert_int_equal(circle_get(t->reads, t->scratch, &s.room, &circle), ERR_OK);
    circle.gathering_fade_days = 1;
    assert_int_equal(store_begin(t->writes), ERR_OK);
    assert_int_equal(circle_store_set(t->writes, &circle), ERR_OK);
    assert_int_equal(store_commit(t->writes), ERR_OK);
    assert_int_equal(stands(&s).fade_days, 7);
}

static enum err erase_room(struct call *c, void *arg) { TRY(circle_store_erase(c->db, arg)); return room_erase(c->db, arg); }

static void what_belongs_to_a_circle_that_is_gone_is_swept(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    assert_int_equal(say(&s, &s.a, crypt_random_id(), words(&s)), ERR_OK);
    assert_int_equal(testing_write(t, &s.a.caller, erase_room, &s.room), ERR_OK);
    assert_int_equal(act(&s, &s.a, GET), ERR_NOT_FOUND);
    sweep(t);
    assert_int_equal(testing_count(t, "SELECT (SELECT COUNT(*) FROM gathering) + (SELECT COUNT(*) FROM gathering_seat) + (SELECT COUNT(*) FROM gathering_turn)"), 0);
}

static enum err count_one(void *arg, const struct gathering *g) { (void)g; ++*(int *)arg; return ERR_OK; }

static void the_calendar_hears_of_the_gatherings_of_ones_circles(void **state)
{
    struct testing *t = *state;
    struct scene s = at_the_start(t);
    int n = 0;
    assert_int_equal(gathering_each_of(t->reads, &s.b.caller.id, START_MS, 10, count_one, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(gathering_each_of(t->reads, &s.b.caller.id, START_MS + 1, 10, count_one, &n), ERR_OK);
    assert_int_equal(gathering_each_of(t->reads, &s.stranger.caller.id, START_MS, 10, count_one, &n), ERR_OK);
    assert_int_equal(n, 1);
}

static void leaving_and_coming_back_is_silent_to_the_rules(void **state)
{
    struct testing *t = *state;
    struct scene s = in_check_in(t);
    assert_int_equal(act(&s, &s.a, GO), ERR_OK);
    assert_held(&s, ROUNDS_CHECK_IN, &s.b);
    t->now_ms += 20 * MINUTE;
    assert_int_equal(act(&s, &s.a, COME), ERR_OK);   /* the door is closed, the seat was kept */
    assert_int_equal(stands(&s).r.n, 3);
}

static void host_and_guardian_are_taken_and_given_up(void **state)
{
    struct testing *t = *state;
    struct scene s = at_the_start(t);
    assert_int_equal(act(&s, &s.b, "PUT /api/gatherings/{gathering}/host"), ERR_TAKEN);
    assert_int_equal(act(&s, &s.b, "PUT /api/gatherings/{gathering}/guardian"), ERR_OK);
    assert_int_equal(act(&s, &s.c, "PUT /api/gatherings/{gathering}/guardian"), ERR_TAKEN);
    assert_int_equal(act(&s, &s.b, "DELETE /api/gatherings/{gathering}/guardian"), ERR_OK);
    assert_int_equal(act(&s, &s.a, "DELETE /api/gatherings/{gathering}/host"), ERR_OK);
    assert_int_equal(act(&s, &s.c, "PUT /api/gatherings/{gathering}/host"), ERR_OK);
    struct gathering g = stands(&s);
    assert_memory_equal(&g.r.host, &s.c.caller.id, ID_BYTES);
    assert_int_equal(act(&s, &s.c, "PUT /api/gatherings/{gathering}/guardian"), ERR_FORBIDDEN);
    assert_sound(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TESTING(a_series_is_scheduled_once_and_the_first_is_hosted_by_its_author),
        TESTING(what_cannot_be_is_not_scheduled),
        TESTING(a_circle_has_two_hundred_gatherings_ahead_at_most),
        TESTING(host_and_keepers_move_and_cancel_what_has_not_begun),
        TESTING(who_came_before_it_was_moved_comes_again),
        TESTING(acts_are_the_circles_and_are_told_to_all_of_it),
        TESTING(the_piece_goes_round_and_a_hand_over_twice_is_one),
        TESTING(who_is_away_is_passed_over),
        TESTING(only_the_holder_says_something_and_it_is_marked),
        TESTING(what_came_into_the_log_by_another_way_is_not_marked),
        TESTING(nobody_speaks_while_all_pause_and_a_second_bell_changes_nothing),
        TESTING(replies_are_said_when_they_are_welcome),
        TESTING(a_turn_has_twenty_lines_at_most),
        TESTING(a_failure_anywhere_in_saying_leaves_neither_line_nor_mark),
        TESTING(who_leaves_the_circle_loses_the_seat_and_the_piece_goes_on),
        TESTING(who_leaves_the_house_leaves_no_seat_and_no_part),
        TESTING(what_was_forgotten_is_over_for_who_looks_and_after_the_sweep),
        TESTING(a_voice_must_be_ones_own),
        TESTING(what_was_said_fades_with_its_voices_and_nothing_else_does),
        TESTING(the_days_that_were_agreed_before_it_began_hold),
        TESTING(what_belongs_to_a_circle_that_is_gone_is_swept),
        TESTING(the_calendar_hears_of_the_gatherings_of_ones_circles),
        TESTING(leaving_and_coming_back_is_silent_to_the_rules),
        TESTING(host_and_guardian_are_taken_and_given_up),
    };
    return testing_main("gathering", tests, sizeof tests / sizeof tests[0]);
}
