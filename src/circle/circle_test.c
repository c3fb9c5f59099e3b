/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Circles: founding, rules, keepers, the door, changes of who is in it, leaving, fading, the end of an account. */
#include "circle/circle.h"
#include "room/testing.h"
#include "safety/safety.h"
#include "voice/voice.h"

#include <stdlib.h>

#include "lib/clock.h"

/* ---- what the tests do over and over ---- */

/* A circle as its members' devices know it: the newest link, and the change that made it. */
struct known { struct testing_link link; struct bytes change; };

static enum err post_circle(struct testing *t, const struct testing_person *p, struct bytes change)
{
    return testing_call(t, &circle_routes, "POST /api/circles", &p->caller, TESTING_NO_PARAMS, change);
}

static struct known found(struct testing *t, const struct testing_person *founder)
{
    struct known k = { .link = testing_first_link(founder, ROOM_CIRCLE, NULL) };
    k.change = testing_change(t, k.link);
    assert_int_equal(post_circle(t, founder, k.change), ERR_OK);
    assert_int_equal(t->call.status, 201);
    return k;
}

static int by_id(const void *a, const void *b) { return id_compare(a, b); }

/* The link of the next epoch by AUTHOR, with IN and without OUT (NULL: nobody). */
static struct testing_link next(const struct known *k, const struct testing_person *author, const struct testing_person *in,
                                const struct testing_person *out)
{
    struct testing_link l = k->link;
    l.author = author;
    l.n = 0;
    for (size_t i = 0; i < k->link.n; i++)
        if (!out || !id_equal(&k->link.members[i], &out->caller.id)) l.members[l.n++] = k->link.members[i];
    if (in) l.members[l.n++] = in->caller.id;
    qsort(l.members, l.n, sizeof l.members[0], by_id);
    return l;
}

static enum err post_change(struct testing *t, const struct testing_person *p, struct id room, struct bytes change)
{
    return testing_call(t, &circle_routes, "POST /api/circles/{room}/change", &p->caller, TESTING_PARAMS(room), change);
}

/* Makes the change; when it was taken, it is what is known. */
static enum err change(struct testing *t, struct known *k, const struct testing_person *author, const struct testing_person *in,
                       const struct testing_person *out)
{
    struct testing_link l = next(k, author, in, out);
    struct bytes body = testing_next_change(t, l, k->change);
    enum err e = post_change(t, author, k->link.room, body);
    if (e != ERR_OK) return e;
    l.epoch++;
    *k = (struct known){ l, body };
    return ERR_OK;
}

static struct invite_new link_into(struct testing *t, struct id room, int64_t uses)
{
    struct invite_new n = { .id = crypt_random_id(), .kind = INVITE_CIRCLE, .room = room, .uses = uses, .expires_ms = t->now_ms + CLOCK_DAY_MS };
    n.greeting = testing_random(t, 300);
    crypt_random(n.auth.b, sizeof n.auth.b);
    return n;
}

static enum err post_invite(struct testing *t, const struct testing_person *p, const struct invite_new *n)
{
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "id", &n->id);
    json_base64(&b, "auth", bytes_of(n->auth.b, SECRET_BYTES));
    json_base64(&b, "greeting", n->greeting);
    json_int(&b, "expires_ms", n->expires_ms);
    json_id(&b, "room", &n->room);
    json_int(&b, "uses", n->uses);
    json_close(&b, '}');
    return testing_call(t, &invite_routes, "POST /api/invites", &p->caller, TESTING_NO_PARAMS, testing_body(&b));
}

static struct invite_new invite_into(struct testing *t, const struct testing_person *p, struct id room, int64_t uses)
{
    struct invite_new n = link_into(t, room, uses);
    assert_int_equal(post_invite(t, p, &n), ERR_OK);
    return n;
}

static enum err knock(struct testing *t, const struct testing_person *p, const struct invite_new *n)
{
    t->invite_auth = bytes_of(n->auth.b, SECRET_BYTES);
    return testing_call(t, &circle_routes, "POST /api/invites/{invite}/knock", &p->caller, TESTING_PARAMS(n->id), testing_random(t, 300));
}

/* INVITER gives a link, P knocks, and INVITER's device takes them in. */
static void come_in(struct testing *t, struct known *k, const struct testing_person *inviter, const struct testing_person *p)
{
    struct invite_new n = invite_into(t, inviter, k->link.room, 1);
    assert_int_equal(knock(t, p, &n), ERR_OK);
    assert_int_equal(change(t, k, inviter, p, NULL), ERR_OK);
}

static struct bytes leave_body(struct testing *t, struct id room, const struct testing_person *p, uint32_t epoch)
{
    struct build said = build_start(t->scratch, 64), b = build_start(t->scratch, 128);
    build_id(&said, &room);
    build_id(&said, &p->caller.id);
    build_u32(&said, epoch);
    build_u32(&b, epoch);
    build_bytes(&b, testing_sign(t, p, "beside/leave/1", testing_body(&said)));
    return testing_body(&b);
}

static enum err post_leave(struct testing *t, const struct testing_person *p, struct id room, struct bytes body)
{
    return testing_call(t, &circle_routes, "POST /api/circles/{room}/leave", &p->caller, TESTING_PARAMS(room), body);
}

static enum err leave(struct testing *t, const struct testing_person *p, const struct known *k)
{
    return post_leave(t, p, k->link.room, leave_body(t, k->link.room, p, k->link.epoch));
}

static enum err look(struct testing *t, const struct testing_person *p, struct id room)
{
    return testing_call(t, &circle_routes, "GET /api/circles/{room}", &p->caller, TESTING_PARAMS(room), TESTING_NO_BODY);
}

static enum err write_entry(struct testing *t, const struct testing_person *p, struct id room, struct id entry, uint32_t epoch)
{
    return testing_call(t, &room_routes, "PUT /api/rooms/{room}/entries/{entry}", &p->caller, TESTING_PARAMS(room, entry),
                        testing_entry(t, epoch, 400));
}

static struct bytes box(struct testing *t, size_t n)
{
    struct build b = build_start(t->scratch, CIRCLE_BOX_MAX + 1);
    build_u8(&b, 1);
    build_bytes(&b, testing_random(t, n - 1));
    return testing_body(&b);
}

static enum err ask(struct testing *t, const struct testing_person *p, struct id room)
{
    return testing_call(t, &circle_routes, "PUT /api/circles/{room}/request", &p->caller, TESTING_PARAMS(room), box(t, 3000));
}

static enum err put_away(struct testing *t, const struct testing_person *p, struct id room)
{
    return testing_call(t, &circle_routes, "DELETE /api/circles/{room}/request", &p->caller, TESTING_PARAMS(room), TESTING_NO_BODY);
}

static enum err accept(struct testing *t, const struct testing_person *p, struct id room)
{
    return testing_call(t, &circle_routes, "POST /api/circles/{room}/request/accept", &p->caller, TESTING_PARAMS(room), TESTING_NO_BODY);
}

struct answering { struct id room, person; bool welcome; struct bytes box; };

static enum err run_answer(struct call *c, void *arg)
{
    struct answering *a = arg;
    return circle_answer(c, &a->room, &a->person, a->welcome, a->box);
}

static enum err answer(struct testing *t, const struct testing_person *p, struct id room, const struct testing_person *whom, bool welcome)
{
    struct answering a = { room, whom->caller.id, welcome, box(t, 2000) };
    return testing_write(t, &p->caller, run_answer, &a);
}

struct rules { int64_t size, fade_days; const char *line; };

static enum err put_rules(struct testing *t, const struct testing_person *p, struct id room, struct rules r)
{
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "size", r.size);
    if (r.line) json_text(&b, "line", text_of(r.line));
    else json_nil(&b, "line");
    json_int(&b, "fade_days", r.fade_days);
    json_int(&b, "gathering_fade_days", 7);
    json_int(&b, "door_minutes", 5);
    json_close(&b, '}');
    return testing_call(t, &circle_routes, "PUT /api/circles/{room}", &p->caller, TESTING_PARAMS(room), testing_body(&b));
}

static enum err keeper(struct testing *t, const struct testing_person *p, struct id room, const struct testing_person *whom, bool on)
{
    return testing_call(t, &circle_routes, on ? "PUT /api/circles/{room}/keepers/{person}" : "DELETE /api/circles/{room}/keepers/{person}",
                        &p->caller, TESTING_PARAMS(room, whom->caller.id), TESTING_NO_BODY);
}

static void assert_store_is_sound(struct testing *t)
{
    int64_t broken = 0;
    assert_int_equal(circle_check(t->reads, &broken), ERR_OK);
    assert_int_equal(room_check(t->reads, &broken), ERR_OK);
    assert_int_equal(invite_check(t->reads, &broken), ERR_OK);
    assert_int_equal(voice_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

/* ---- founding, rules, keepers ---- */

static void a_circle_is_founded_by_one_alone(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct testing_link two = testing_first_link(&a, ROOM_CIRCLE, &b), bond = testing_first_link(&a, ROOM_BOND, NULL);
    assert_int_equal(post_circle(t, &a, testing_change(t, two)), ERR_BAD_INPUT);
    assert_int_equal(post_circle(t, &a, testing_change(t, bond)), ERR_BAD_INPUT);
    assert_int_equal(post_circle(t, &a, testing_random(t, 200)), ERR_BAD_INPUT);
    struct known k = found(t, &a);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &a.caller.id), 1);
    assert_int_equal(post_circle(t, &a, k.change), ERR_OK);   /* a repeat */
    assert_int_equal(t->call.status, 200);
    struct testing_link taken = testing_first_link(&b, ROOM_CIRCLE, NULL);
    taken.room = k.link.room;
    assert_int_equal(post_circle(t, &b, testing_change(t, taken)), ERR_EXISTS);
    assert_int_equal(look(t, &a, k.link.room), ERR_OK);
    assert_true(testing_reply_has(t, "\"size\":6,\"line\":null,\"fade_days\":0,\"gathering_fade_days\":7,\"door_minutes\":5"));
    assert_true(testing_reply_has(t, "\"epoch\":1,\"must_roll\":false"));
    assert_true(testing_reply_has(t, "\"keeper\":true,\"from_epoch\":1}],\"left\":[],\"requests\":[]"));
    assert_int_equal(look(t, &b, k.link.room), ERR_NOT_FOUND);
    assert_store_is_sound(t);
}

struct founding { struct room_change change; int64_t size; bool is_new; };

static enum err run_found(struct call *c, void *arg)
{
    struct founding *f = arg;
    return circle_found(c, &f->change, f->size, &f->is_new);
}

static void a_size_is_what_house_and_keepers_allow(void **state)
{
    static const struct { int64_t size; enum err says; } cases[] = {
        { 0, ERR_BAD_INPUT }, { 2, ERR_BAD_INPUT }, { 9, ERR_BAD_INPUT }, { 7, ERR_TWO_KEEPERS }, { 8, ERR_TWO_KEEPERS }, { 3, ERR_OK }, { 6, ERR_OK },
    };
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct founding f = { .size = cases[i].size };
        assert_int_equal(room_change_parse(testing_change(t, testing_first_link(&a, ROOM_CIRCLE, NULL)), &f.change), ERR_OK);
        assert_int_equal(testing_write(t, &a.caller, run_found, &f), cases[i].says);
    }
}

static void a_person_is_in_twelve_circles_at_most(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct known other = found(t, &b);
    struct invite_new n = invite_into(t, &b, other.link.room, 2);
    for (int i = 0; i < HOUSE_CIRCLES_MAX - 1; i++) (void)found(t, &a);
    assert_int_equal(knock(t, &a, &n), ERR_OK);
    assert_int_equal(post_circle(t, &a, testing_change(t, testing_first_link(&a, ROOM_CIRCLE, NULL))), ERR_TOO_MANY);
    assert_int_equal(t->call.extras[0].value, HOUSE_CIRCLES_MAX);
    assert_int_equal(put_away(t, &a, other.link.room), ERR_OK);
    (void)found(t, &a);
    assert_int_equal(knock(t, &a, &n), ERR_TOO_MANY);
}

static void keepers_set_the_rules(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), other = testing_person(t);
    struct known k = found(t, &a);
    struct id room = k.link.room;
    come_in(t, &k, &a, &b);
    char long_line[CIRCLE_LINE_MAX * 2 + 3];
    for (int i = 0; i < CIRCLE_LINE_MAX; i++) memcpy(long_line + 2 * i, "\xc3\xa4", 2);
    long_line[2 * CIRCLE_LINE_MAX] = '\0';
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 4, 30, long_line }), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &b.caller.id), 1);
    memcpy(long_line + 2 * CIRCLE_LINE_MAX, "a", 2);
    const char *bad[] = { "", "two\nlines", "\x7f", long_line };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(put_rules(t, &a, room, (struct rules){ 4, 30, bad[i] }), ERR_BAD_INPUT);
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 2, 30, NULL }), ERR_BAD_INPUT);
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 9, 30, NULL }), ERR_BAD_INPUT);
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 4, 3651, NULL }), ERR_BAD_INPUT);
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 7, 30, NULL }), ERR_TWO_KEEPERS);
    assert_int_equal(put_rules(t, &b, room, (struct rules){ 4, 30, NULL }), ERR_FORBIDDEN);
    assert_int_equal(put_rules(t, &other, room, (struct rules){ 4, 30, NULL }), ERR_NOT_FOUND);
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 5, 0, NULL }), ERR_OK);
    assert_int_equal(look(t, &b, room), ERR_OK);
    assert_true(testing_reply_has(t, "\"size\":5,\"line\":null,\"fade_days\":0"));
    assert_store_is_sound(t);
}

static void a_circle_has_a_keeper_and_a_large_one_two(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), other = testing_person(t);
    struct known k = found(t, &a);
    struct id room = k.link.room;
    come_in(t, &k, &a, &b);
    assert_int_equal(keeper(t, &b, room, &b, true), ERR_FORBIDDEN);
    assert_int_equal(keeper(t, &a, room, &other, true), ERR_NOT_FOUND);
    assert_int_equal(keeper(t, &a, room, &a, false), ERR_LAST_KEEPER);
    assert_int_equal(keeper(t, &a, room, &b, false), ERR_OK);   /* is none */
    assert_int_equal(keeper(t, &a, room, &b, true), ERR_OK);
    assert_int_equal(keeper(t, &a, room, &b, true), ERR_OK);
    assert_int_equal(put_rules(t, &b, room, (struct rules){ 8, 0, NULL }), ERR_OK);
    assert_int_equal(keeper(t, &b, room, &a, false), ERR_TWO_KEEPERS);
    assert_int_equal(put_rules(t, &b, room, (struct rules){ 6, 0, NULL }), ERR_OK);
    assert_int_equal(keeper(t, &b, room, &a, false), ERR_OK);
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 6, 0, NULL }), ERR_FORBIDDEN);
    assert_store_is_sound(t);
}

/* ---- coming in ---- */

static void an_invite_lets_several_knock_and_any_member_take_them_in(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t), d = testing_person(t);
    struct known k = found(t, &a);
    struct invite_new n = invite_into(t, &a, k.link.room, 2), stray = link_into(t, k.link.room, 1);
    assert_int_equal(post_invite(t, &b, &stray), ERR_NOT_FOUND);
    assert_int_equal(knock(t, &a, &n), ERR_OWN_INVITE);
    assert_int_equal(knock(t, &b, &n), ERR_OK);
    assert_int_equal(t->call.status, 201);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &a.caller.id), 1);
    assert_int_equal(knock(t, &b, &n), ERR_OK);
    assert_int_equal(t->call.status, 200);
    assert_int_equal(look(t, &a, k.link.room), ERR_OK);
    assert_true(testing_reply_has(t, "\"state\":\"knocking\",\"body\":\""));
    assert_int_equal(look(t, &b, k.link.room), ERR_NOT_FOUND);   /* knocking opens nothing */
    assert_int_equal(change(t, &k, &a, &b, NULL), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &b.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_ROOM, &b.caller.id), 1);
    assert_int_equal(knock(t, &b, &n), ERR_ALREADY_MEMBER);
    assert_int_equal(knock(t, &c, &n), ERR_OK);
    assert_int_equal(change(t, &k, &b, &c, NULL), ERR_OK);       /* not the inviter, not a keeper */
    assert_int_equal(knock(t, &d, &n), ERR_INVITE_GONE);
    assert_int_equal(change(t, &k, &a, &d, NULL), ERR_FORBIDDEN);   /* has not knocked */
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM member"), 3);
    assert_store_is_sound(t);
}

static enum err join(struct call *c, void *arg)
{
    struct testing_person *p = arg;
    struct id session;
    return invite_join(c, &p->account.invite, &p->account, &p->caller.id, &session);
}

static void accounts_come_by_an_invite_as_often_as_it_says(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct known k = found(t, &a);
    struct invite_new n = invite_into(t, &a, k.link.room, 2);
    for (int i = 0; i < 3; i++) {
        struct testing_person p = testing_stranger(t);
        p.account.invite = n.id;
        t->invite_auth = bytes_of(n.auth.b, SECRET_BYTES);
        assert_int_equal(testing_write(t, NULL, join, &p), i < 2 ? ERR_OK : ERR_INVITE_GONE);
        if (i == 0) assert_int_equal(knock(t, &p, &n), ERR_OK);
    }
    assert_store_is_sound(t);
}

static void a_circle_that_is_full_lets_nobody_knock(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t), d = testing_person(t);
    struct known k = found(t, &a);
    struct id room = k.link.room;
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 3, 0, "We walk." }), ERR_OK);
    struct invite_new n = invite_into(t, &a, room, 5);
    assert_int_equal(ask(t, &d, room), ERR_OK);
    assert_int_equal(answer(t, &a, room, &d, true), ERR_OK);
    assert_int_equal(knock(t, &b, &n), ERR_OK);
    assert_int_equal(knock(t, &c, &n), ERR_OK);
    assert_int_equal(accept(t, &d, room), ERR_CIRCLE_FULL);
    assert_int_equal(put_away(t, &c, room), ERR_OK);
    assert_int_equal(accept(t, &d, room), ERR_OK);
    assert_int_equal(knock(t, &c, &n), ERR_CIRCLE_FULL);
    assert_int_equal(change(t, &k, &a, &b, NULL), ERR_OK);
    assert_int_equal(change(t, &k, &a, &d, NULL), ERR_OK);
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 3, 0, NULL }), ERR_OK);
    assert_store_is_sound(t);
}

static void a_request_is_answered_in_words_and_accepted(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), p = testing_person(t);
    struct known k = found(t, &a);
    struct id room = k.link.room;
    come_in(t, &k, &a, &b);
    assert_int_equal(ask(t, &p, room), ERR_NOT_FOUND);   /* it is not to be found */
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 6, 0, "For those who \"lost\" someone." }), ERR_OK);
    assert_int_equal(testing_call(t, &circle_routes, "GET /api/directory", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "\"line\":\"For those who \\\"lost\\\" someone.\",\"has_place\":true,\"keepers\":[{\"person\":\""));
    assert_int_equal(ask(t, &b, room), ERR_ALREADY_MEMBER);
    assert_int_equal(testing_call(t, &circle_routes, "PUT /api/circles/{room}/request", &p.caller, TESTING_PARAMS(room), testing_random(t, 63)), ERR_BAD_INPUT);
    assert_int_equal(accept(t, &p, room), ERR_NOT_FOUND);
    assert_int_equal(ask(t, &p, room), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &a.caller.id), 1);
    assert_int_equal(ask(t, &p, room), ERR_OK);          /* in other words */
    assert_int_equal(accept(t, &p, room), ERR_FORBIDDEN);
    assert_int_equal(look(t, &b, room), ERR_OK);
    assert_true(testing_reply_has(t, "\"invite\":null,\"state\":\"asking\",\"body\":\"\""));    /* sealed to keepers */
    assert_int_equal(look(t, &a, room), ERR_OK);
    assert_true(testing_reply_has(t, "\"state\":\"asking\",\"body\":\"A"));
    assert_int_equal(answer(t, &b, room, &p, true), ERR_FORBIDDEN);
    assert_int_equal(answer(t, &a, room, &p, false), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &p.caller.id), 1);
    assert_int_equal(ask(t, &p, room), ERR_EXISTS);
    assert_int_equal(accept(t, &p, room), ERR_FORBIDDEN);
    assert_int_equal(answer(t, &a, room, &p, true), ERR_OK);   /* another keeper thought otherwise */
    assert_int_equal(testing_call(t, &circle_routes, "GET /api/requests", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "\"state\":\"welcomed\",\"answer\":\""));
    assert_int_equal(change(t, &k, &b, &p, NULL), ERR_FORBIDDEN);
    assert_int_equal(accept(t, &p, room), ERR_OK);
    assert_int_equal(accept(t, &p, room), ERR_OK);
    assert_int_equal(answer(t, &a, room, &p, false), ERR_EXISTS);
    assert_int_equal(change(t, &k, &b, &p, NULL), ERR_OK);
    assert_int_equal(testing_call(t, &circle_routes, "GET /api/requests", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "{\"requests\":[]}"));
    assert_store_is_sound(t);
}

static void a_few_requests_wait_and_no_more(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), p = testing_person(t);
    struct id rooms[CIRCLE_WAITING_MAX + 1];
    for (int i = 0; i <= CIRCLE_WAITING_MAX; i++) {
        rooms[i] = found(t, &a).link.room;
        assert_int_equal(put_rules(t, &a, rooms[i], (struct rules){ 6, 0, "We walk." }), ERR_OK);
        assert_int_equal(ask(t, &p, rooms[i]), i < CIRCLE_WAITING_MAX ? ERR_OK : ERR_TOO_MANY);
    }
    assert_int_equal(put_away(t, &p, rooms[0]), ERR_OK);
    assert_int_equal(put_away(t, &p, rooms[0]), ERR_OK);
    assert_int_equal(ask(t, &p, rooms[CIRCLE_WAITING_MAX]), ERR_OK);
    for (int i = 0; i < CIRCLE_ASKING_MAX; i++) {
        struct testing_person more = testing_person(t);
        assert_int_equal(ask(t, &more, rooms[1]), i < CIRCLE_ASKING_MAX - 1 ? ERR_OK : ERR_TOO_MANY);
    }
    assert_store_is_sound(t);
}

static void a_block_hides_the_words_of_who_asks(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), p = testing_person(t);
    struct known k = found(t, &a);
    assert_int_equal(put_rules(t, &a, k.link.room, (struct rules){ 6, 0, "We walk." }), ERR_OK);
    assert_int_equal(testing_call(t, &safety_routes, "PUT /api/blocks/{person}", &a.caller, TESTING_PARAMS(p.caller.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(ask(t, &p, k.link.room), ERR_OK);   /* as ever: they are not told */
    assert_int_equal(look(t, &a, k.link.room), ERR_OK);
    assert_true(testing_reply_has(t, "\"state\":\"asking\",\"body\":\"\""));
}

static enum err identity_of(struct testing *t, const struct testing_person *one, const struct testing_person *other)
{
    return testing_call(t, &circle_routes, "GET /api/people/{person}/identity", &one->caller, TESTING_PARAMS(other->caller.id), TESTING_NO_BODY);
}

static void public_keys_are_for_those_who_meet(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t), p = testing_person(t);
    struct known k = found(t, &a);
    (void)testing_room(t, &p, &c, NULL, NULL);
    assert_int_equal(identity_of(t, &c, &p), ERR_OK);             /* they share a room */
    assert_true(bytes_equal(t->call.reply, p.account.identity));
    assert_int_equal(identity_of(t, &a, &b), ERR_NOT_FOUND);
    assert_int_equal(identity_of(t, &a, &(struct testing_person){ .caller.id = crypt_random_id() }), ERR_NOT_FOUND);
    come_in(t, &k, &a, &b);
    assert_int_equal(identity_of(t, &a, &b), ERR_OK);
    assert_int_equal(put_rules(t, &a, k.link.room, (struct rules){ 6, 0, "We walk." }), ERR_OK);
    assert_int_equal(identity_of(t, &b, &p), ERR_NOT_FOUND);
    assert_int_equal(ask(t, &p, k.link.room), ERR_OK);
    assert_int_equal(identity_of(t, &b, &p), ERR_OK);             /* stands at the door */
    assert_int_equal(identity_of(t, &p, &a), ERR_OK);             /* a keeper */
    assert_int_equal(identity_of(t, &p, &b), ERR_NOT_FOUND);
    assert_int_equal(leave(t, &b, &k), ERR_OK);
    assert_int_equal(identity_of(t, &a, &b), ERR_OK);             /* signed links of the roster perhaps */
    assert_int_equal(identity_of(t, &b, &a), ERR_NOT_FOUND);
}

/* ---- reading, and its bounds ---- */

static size_t frames(struct testing *t, const struct testing_person *p, struct id room, size_t *ret_withheld)
{
    size_t n = 0;
    assert_int_equal(testing_call(t, &room_routes, "GET /api/rooms/{room}/entries", &p->caller, TESTING_PARAMS(room), TESTING_NO_BODY), ERR_OK);
    *ret_withheld = 0;
    for (struct cursor c = cursor_of(t->call.reply); c.left.n > 0; n++) {
        struct cursor frame = cursor_of(cursor_take(&c, cursor_u32(&c)));
        (void)cursor_take(&frame, ROOM_FRAME_HEAD - 5);
        *ret_withheld += cursor_u8(&frame) == ROOM_WITHHELD;
    }
    return n;
}

static void who_comes_reads_from_their_epoch_on(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t);
    struct known k = found(t, &a);
    struct id room = k.link.room, old = crypt_random_id();
    size_t withheld = 0;
    come_in(t, &k, &a, &b);
    assert_int_equal(write_entry(t, &a, room, old, 2), ERR_OK);
    come_in(t, &k, &a, &c);
    assert_int_equal(write_entry(t, &b, room, crypt_random_id(), 2), ERR_STALE_EPOCH);
    assert_int_equal(write_entry(t, &b, room, crypt_random_id(), 3), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_ENTRY, &c.caller.id), 1);
    assert_int_equal(frames(t, &b, room, &withheld), 2);
    assert_int_equal(withheld, 0);
    assert_int_equal(frames(t, &c, room, &withheld), 2);
    assert_int_equal(withheld, 1);
    struct room_audience to;                                      /* as another node hears of the old line late */
    assert_int_equal(room_store_audience(t->reads, &room, &a.caller.id, 2, &to), ERR_OK);
    assert_int_equal(to.n_hear, 2);
    assert_int_equal(to.n_withhold, 1);
    assert_true(id_equal(&to.withhold[0], &c.caller.id));
    assert_store_is_sound(t);
}

/* ---- leaving, and being taken out ---- */

static void who_leaves_is_out_at_once_and_a_new_key_is_owed(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t), late = testing_person(t);
    struct known k = found(t, &a);
    struct id room = k.link.room, mine = crypt_random_id();
    come_in(t, &k, &a, &b);
    come_in(t, &k, &a, &c);
    struct invite_new n = invite_into(t, &b, room, 2);
    assert_int_equal(write_entry(t, &b, room, mine, 3), ERR_OK);
    assert_int_equal(post_leave(t, &b, room, testing_random(t, CIRCLE_LEAVE_BYTES - 1)), ERR_BAD_INPUT);
    assert_int_equal(post_leave(t, &b, room, leave_body(t, room, &b, 1)), ERR_BAD_INPUT);   /* before their time */
    assert_int_equal(post_leave(t, &b, room, leave_body(t, room, &b, 4)), ERR_BAD_INPUT);   /* not begun */
    assert_int_equal(post_leave(t, &b, room, leave_body(t, room, &c, 3)), ERR_BAD_SIGNATURE);
    assert_int_equal(leave(t, &b, &k), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &a.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &b.caller.id), 1);
    assert_int_equal(leave(t, &b, &k), ERR_OK);   /* a repeat */
    assert_int_equal(post_leave(t, &late, room, leave_body(t, room, &late, 3)), ERR_NOT_FOUND);   /* was never in it */
    assert_int_equal(look(t, &b, room), ERR_NOT_FOUND);
    assert_int_equal(knock(t, &late, &n), ERR_INVITE_GONE);
    assert_int_equal(look(t, &a, room), ERR_OK);
    assert_true(testing_reply_has(t, "\"must_roll\":true"));
    assert_true(testing_reply_has(t, "\"leave\":\"AAAAA"));       /* the signed statement, which begins with its epoch */
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), 3), ERR_ROLL_DUE);
    assert_int_equal(write_entry(t, &b, room, crypt_random_id(), 3), ERR_NOT_FOUND);
    struct bytes same = testing_next_change(t, next(&k, &a, NULL, NULL), k.change);
    assert_int_equal(testing_call(t, &room_routes, "POST /api/rooms/{room}/changes", &a.caller, TESTING_PARAMS(room), same), ERR_ROLL_DUE);
    assert_int_equal(post_change(t, &a, room, same), ERR_FORBIDDEN);   /* names who has left */
    assert_store_is_sound(t);
    assert_int_equal(change(t, &k, &c, NULL, &b), ERR_OK);
    assert_int_equal(write_entry(t, &c, room, crypt_random_id(), 4), ERR_OK);
    assert_int_equal(look(t, &a, room), ERR_OK);
    assert_true(testing_reply_has(t, "\"must_roll\":false"));
    assert_true(testing_reply_has(t, "\"left\":[]"));
    assert_int_equal(leave(t, &b, &(struct known){ .link = { .room = room, .epoch = 3 } }), ERR_OK);   /* still a repeat */
    assert_int_equal(testing_call(t, &room_routes, "DELETE /api/rooms/{room}/entries/{entry}", &b.caller, TESTING_PARAMS(room, mine), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_ENTRY, &c.caller.id), 1);
    assert_int_equal(testing_call(t, &room_routes, "GET /api/rooms/{room}/entries", &b.caller, TESTING_PARAMS(room), TESTING_NO_BODY), ERR_NOT_FOUND);
    assert_store_is_sound(t);
}

static void who_left_can_come_back_and_reads_from_then_on(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct known k = found(t, &a);
    size_t withheld = 0;
    come_in(t, &k, &a, &b);
    assert_int_equal(write_entry(t, &b, k.link.room, crypt_random_id(), 2), ERR_OK);
    assert_int_equal(leave(t, &b, &k), ERR_OK);
    assert_int_equal(change(t, &k, &a, NULL, &b), ERR_OK);
    come_in(t, &k, &a, &b);
    assert_int_equal(frames(t, &b, k.link.room, &withheld), 1);
    assert_int_equal(withheld, 1);
    assert_int_equal(post_leave(t, &b, k.link.room, leave_body(t, k.link.room, &b, 2)), ERR_BAD_INPUT);   /* the old statement */
    assert_int_equal(leave(t, &b, &k), ERR_OK);
    assert_store_is_sound(t);
}

static void leaving_and_coming_back_meet_in_one_change(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t);
    struct known k = found(t, &a);
    come_in(t, &k, &a, &b);
    struct invite_new n = invite_into(t, &a, k.link.room, 3);
    assert_int_equal(leave(t, &b, &k), ERR_OK);
    assert_int_equal(knock(t, &c, &n), ERR_OK);
    assert_int_equal(change(t, &k, &a, &c, NULL), ERR_FORBIDDEN);   /* still with who left */
    assert_int_equal(change(t, &k, &a, &c, &b), ERR_OK);
    assert_int_equal(leave(t, &c, &k), ERR_OK);
    assert_int_equal(knock(t, &c, &n), ERR_OK);                     /* thought better of it before the key was changed */
    assert_int_equal(change(t, &k, &a, NULL, NULL), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM member"), 2);
    assert_store_is_sound(t);
}

static void a_keeper_takes_somebody_out(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t);
    struct known k = found(t, &a);
    come_in(t, &k, &a, &b);
    come_in(t, &k, &a, &c);
    assert_int_equal(change(t, &k, &b, NULL, &c), ERR_FORBIDDEN);
    assert_int_equal(change(t, &k, &a, NULL, &c), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &c.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_ROOM, &c.caller.id), 1);
    assert_int_equal(look(t, &c, k.link.room), ERR_NOT_FOUND);
    assert_int_equal(look(t, &a, k.link.room), ERR_OK);
    assert_true(testing_reply_has(t, "\"must_roll\":false"));
    assert_true(testing_reply_has(t, "\"left\":[]"));
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM envelope"), 1 + 2 + 2 + 2);   /* those of c are gone */
    assert_store_is_sound(t);
}

static void of_two_who_change_the_key_at_once_one_is_told_so(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t);
    struct known k = found(t, &a);
    come_in(t, &k, &a, &b);
    come_in(t, &k, &a, &c);
    assert_int_equal(leave(t, &c, &k), ERR_OK);
    struct bytes by_a = testing_next_change(t, next(&k, &a, NULL, &c), k.change), by_b = testing_next_change(t, next(&k, &b, NULL, &c), k.change);
    assert_int_equal(post_change(t, &a, k.link.room, by_a), ERR_OK);
    assert_int_equal(post_change(t, &b, k.link.room, by_b), ERR_STALE_EPOCH);
    assert_int_equal(t->call.extras[0].value, 4);
    assert_int_equal(post_change(t, &a, k.link.room, by_a), ERR_OK);   /* a repeat */
    struct bytes out = testing_next_change(t, next(&k, &b, NULL, &a), k.change);
    assert_int_equal(post_change(t, &b, k.link.room, out), ERR_STALE_EPOCH);   /* old, whatever it says */
    assert_int_equal(testing_count(t, "SELECT epoch FROM room"), 4);
    assert_store_is_sound(t);
}

/* ---- several at once ---- */

enum { AT_ONCE = 8 };
struct job { struct store_job job; struct call call; struct room_change change; enum err outcome; };

static enum err run_job(struct store_conn *db, void *arg)
{
    struct job *j = arg;
    arena_reset(j->call.arena);
    j->call.db = db;
    j->call.n_events = j->call.n_extras = 0;
    return circle_change(&j->call, &j->change);
}

static void job_done(void *arg, enum err outcome) { ((struct job *)arg)->outcome = outcome; }

/* Two writers, as two nodes have them, are given as many changes of the same epoch by different members. */
static void of_many_on_two_nodes_one_begins_the_epoch(void **state)
{
    struct testing *t = *state;
    struct testing_person people[AT_ONCE];
    struct store_writer *writers[2] = { NULL, NULL };
    struct job *jobs = calloc(AT_ONCE, sizeof *jobs);
    assert_non_null(jobs);
    for (int i = 0; i < AT_ONCE; i++) people[i] = testing_person(t);
    struct known k = found(t, &people[0]);
    come_in(t, &k, &people[0], &people[1]);
    assert_int_equal(keeper(t, &people[0], k.link.room, &people[1], true), ERR_OK);
    assert_int_equal(put_rules(t, &people[0], k.link.room, (struct rules){ 8, 0, NULL }), ERR_OK);
    for (int i = 2; i < AT_ONCE; i++) come_in(t, &k, &people[0], &people[i]);
    for (int w = 0; w < 2; w++) assert_int_equal(store_writer_start(t->store, &writers[w]), ERR_OK);
    for (int i = 0; i < AT_ONCE; i++) {
        struct job *j = &jobs[i];
        struct bytes body = testing_next_change(t, next(&k, &people[i], NULL, NULL), k.change);
        assert_int_equal(room_change_parse(body, &j->change), ERR_OK);
        j->call = (struct call){ .arena = arena_new(CALL_ARENA_MAX), .house = &t->house, .now_ms = t->now_ms, .signed_in = true, .me = people[i].caller.id };
        j->job = (struct store_job){ .run = run_job, .done = job_done, .arg = j, .key = (uint64_t)i };
        assert_int_equal(store_submit(writers[i % 2], &j->job), ERR_OK);
    }
    for (int w = 0; w < 2; w++) store_writer_stop(&writers[w]);
    int began = 0;
    for (int i = 0; i < AT_ONCE; i++) {
        assert_true(jobs[i].outcome == ERR_OK || jobs[i].outcome == ERR_STALE_EPOCH);
        began += jobs[i].outcome == ERR_OK;
        arena_free(&jobs[i].call.arena);
    }
    free(jobs);
    assert_int_equal(began, 1);
    assert_int_equal(testing_count(t, "SELECT epoch FROM room"), AT_ONCE + 1);
    assert_store_is_sound(t);
}

static void a_failing_store_leaves_the_circle_as_it_was(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct known k = found(t, &a);
    struct invite_new n = invite_into(t, &a, k.link.room, 1);
    enum err e = ERR_STORE;
    int faults = 0;
    for (uint64_t at = 1; e == ERR_STORE; at++, faults++) {
        t->break_at = at;
        e = knock(t, &b, &n);
        assert_true(e == ERR_STORE || e == ERR_OK);
        assert_store_is_sound(t);
    }
    e = ERR_STORE;
    for (uint64_t at = 1; e == ERR_STORE; at++, faults++) {
        t->break_at = at;
        e = change(t, &k, &a, &b, NULL);
        assert_true(e == ERR_STORE || e == ERR_OK);
        assert_store_is_sound(t);
    }
    e = ERR_STORE;
    for (uint64_t at = 1; e == ERR_STORE; at++, faults++) {
        t->break_at = at;
        e = leave(t, &a, &k);
        assert_true(e == ERR_STORE || e == ERR_OK);
        assert_store_is_sound(t);
    }
    assert_true(faults > 30);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM member"), 1);
}

static void the_longest_there_becomes_keeper_and_the_last_takes_all_along(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t), p = testing_person(t);
    struct known k = found(t, &a);
    struct id room = k.link.room;
    bool keeps = false;
    come_in(t, &k, &a, &b);
    come_in(t, &k, &a, &c);
    assert_int_equal(leave(t, &a, &k), ERR_OK);
    assert_int_equal(circle_is_keeper(t->reads, &room, &b.caller.id, &keeps), ERR_OK);
    assert_true(keeps);
    assert_int_equal(put_rules(t, &b, room, (struct rules){ 5, 0, "We walk." }), ERR_OK);
    assert_int_equal(ask(t, &p, room), ERR_OK);
    (void)invite_into(t, &c, room, 3);
    assert_int_equal(write_entry(t, &c, room, crypt_random_id(), 3), ERR_ROLL_DUE);
    assert_int_equal(leave(t, &b, &k), ERR_OK);
    assert_int_equal(leave(t, &c, &k), ERR_OK);
    assert_int_equal(leave(t, &c, &k), ERR_OK);   /* a repeat, although it is gone */
    assert_int_equal(testing_count(t, "SELECT (SELECT COUNT(*) FROM room) + (SELECT COUNT(*) FROM circle) + (SELECT COUNT(*) FROM circle_keeper)"
                                      " + (SELECT COUNT(*) FROM circle_left) + (SELECT COUNT(*) FROM circle_request) + (SELECT COUNT(*) FROM member)"
                                      " + (SELECT COUNT(*) FROM entry) + (SELECT COUNT(*) FROM envelope)"), 0);
    assert_store_is_sound(t);
}

/* ---- fading ---- */

static enum err sweep(struct call *c, void *arg)
{
    (void)arg;
    return circle_sweep(c->db, c->arena, c->now_ms);
}

struct apart { struct id room, id; };

static enum err set_apart(struct call *c, void *arg)
{
    struct apart *a = arg;
    return circle_set_apart(c->db, &a->room, &a->id);
}

struct voicing { struct id room, voice; struct bytes chunk; };

static enum err run_voice(struct call *c, void *arg)
{
    struct voicing *v = arg;
    struct voice ret;
    return voice_put(c, &v->room, &v->voice, 0, true, v->chunk, &ret);
}

static void put_voice(struct testing *t, const struct testing_person *p, struct id room, struct id voice)
{
    struct voicing v = { room, voice, testing_random(t, VOICE_CHUNK_MAX) };
    t->house.voice_quota_bytes = 1 << 30;
    assert_int_equal(testing_write(t, &p->caller, run_voice, &v), ERR_OK);
}

static int64_t with_words(struct testing *t) { return testing_count(t, "SELECT COUNT(*) FROM entry WHERE flags = 0"); }

static void what_was_said_fades_after_the_days_agreed(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct known k = found(t, &a), never = found(t, &a);
    struct id room = k.link.room;
    struct apart entry = { room, crypt_random_id() }, sound = { room, crypt_random_id() };
    assert_int_equal(put_rules(t, &a, room, (struct rules){ 6, 10, NULL }), ERR_OK);
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), 1), ERR_OK);
    assert_int_equal(write_entry(t, &a, room, entry.id, 1), ERR_OK);
    assert_int_equal(write_entry(t, &a, never.link.room, crypt_random_id(), 1), ERR_OK);
    put_voice(t, &a, room, crypt_random_id());
    put_voice(t, &a, room, sound.id);
    put_voice(t, &a, never.link.room, crypt_random_id());
    assert_int_equal(testing_write(t, NULL, set_apart, &entry), ERR_OK);
    assert_int_equal(testing_write(t, NULL, set_apart, &entry), ERR_OK);
    assert_int_equal(testing_write(t, NULL, set_apart, &sound), ERR_OK);
    t->now_ms += 9 * CLOCK_DAY_MS;
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), 1), ERR_OK);
    assert_int_equal(testing_write(t, NULL, sweep, NULL), ERR_OK);
    assert_int_equal(with_words(t), 4);
    t->now_ms += CLOCK_DAY_MS + 1;
    assert_int_equal(testing_write(t, NULL, sweep, NULL), ERR_OK);
    assert_int_equal(with_words(t), 3);   /* what was set apart, what is young, what never fades */
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice"), 2);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM entry WHERE flags = 1 AND length(body) = 0 AND seq = 1"), 1);
    assert_int_equal(t->call.n_events, 0);
    assert_int_equal(testing_write(t, NULL, sweep, NULL), ERR_OK);   /* nothing more is due */
    assert_int_equal(with_words(t), 3);
    t->now_ms += 10 * CLOCK_DAY_MS;
    assert_int_equal(testing_write(t, NULL, sweep, NULL), ERR_OK);
    assert_int_equal(with_words(t), 2);
    assert_store_is_sound(t);
}

static enum err age(struct call *c, void *arg)
{
    static const char SQL[] = "UPDATE entry SET time_ms = time_ms - 864000000";
    (void)arg;
    return store_exec(c->db, SQL, STORE_NO_VALUES, NULL);
}

static void a_sweep_does_a_bounded_part(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct known k = found(t, &a);
    assert_int_equal(put_rules(t, &a, k.link.room, (struct rules){ 6, 5, NULL }), ERR_OK);
    for (int i = 0; i < CIRCLE_SWEEP_LINES + 30; i++)
        assert_int_equal(write_entry(t, &a, k.link.room, crypt_random_id(), 1), ERR_OK);
    assert_int_equal(testing_write(t, NULL, age, NULL), ERR_OK);
    assert_int_equal(testing_write(t, NULL, sweep, NULL), ERR_OK);
    assert_int_equal(with_words(t), 30);
    assert_int_equal(testing_write(t, NULL, sweep, NULL), ERR_OK);
    assert_int_equal(with_words(t), 0);
    assert_store_is_sound(t);
}

/* ---- the end of an account ---- */

static enum err erase_me(struct call *c, void *arg)
{
    (void)arg;
    TRY(person_hold(c->db, &c->me));
    TRY(circle_erase_person(c));
    TRY(voice_erase_person(c->db, &c->me));
    TRY(room_erase_person(c->db, c->arena, &c->me));
    TRY(invite_erase_person(c->db, &c->me));
    return person_erase_person(c->db, &c->me);
}

static void an_account_that_ends_takes_its_words_out_of_all_circles(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct known now = found(t, &a), before = found(t, &a), asked = found(t, &a);
    struct id alone = found(t, &b).link.room;
    come_in(t, &now, &a, &b);
    come_in(t, &before, &a, &b);
    assert_int_equal(write_entry(t, &b, now.link.room, crypt_random_id(), 2), ERR_OK);
    assert_int_equal(write_entry(t, &b, before.link.room, crypt_random_id(), 2), ERR_OK);
    assert_int_equal(write_entry(t, &b, alone, crypt_random_id(), 1), ERR_OK);
    assert_int_equal(write_entry(t, &a, now.link.room, crypt_random_id(), 2), ERR_OK);
    assert_int_equal(leave(t, &b, &before), ERR_OK);
    assert_int_equal(change(t, &before, &a, NULL, &b), ERR_OK);
    assert_int_equal(put_rules(t, &a, asked.link.room, (struct rules){ 6, 0, "We walk." }), ERR_OK);
    assert_int_equal(ask(t, &b, asked.link.room), ERR_OK);
    assert_int_equal(testing_write(t, &b.caller, erase_me, NULL), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_CIRCLE, &a.caller.id), 1);
    assert_int_equal(with_words(t), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM room"), 3);
    assert_store_is_sound(t);
    assert_int_equal(look(t, &a, now.link.room), ERR_OK);
    assert_true(testing_reply_has(t, "\"leave\":\"\""));            /* without a statement */
    assert_int_equal(write_entry(t, &a, now.link.room, crypt_random_id(), 2), ERR_ROLL_DUE);
    assert_int_equal(change(t, &now, &a, NULL, &b), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM circle_left"), 0);
    assert_store_is_sound(t);
}

static enum err spoil(struct call *c, void *arg) { return store_exec(c->db, arg, STORE_NO_VALUES, NULL); }

static void the_check_finds_what_is_broken(void **state)
{
    static char KEEPER[] = "DELETE FROM circle_keeper";
    static char MEMBER[] = "DELETE FROM member WHERE from_epoch = 2";
    static char SIZE[] = "UPDATE circle SET size = 2";
    static char APART[] = "INSERT INTO circle_apart (room_id, id) SELECT id, id FROM person";
    static char *const spoils[] = { KEEPER, MEMBER, SIZE, APART };
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct known k = found(t, &a);
    int64_t before = 0, circles = 0;
    come_in(t, &k, &a, &b);
    assert_store_is_sound(t);
    assert_int_equal(circle_count(t->reads, &circles), ERR_OK);
    assert_int_equal(circles, 1);
    for (size_t i = 0; i < sizeof spoils / sizeof spoils[0]; i++) {
        int64_t broken = 0;
        assert_int_equal(testing_write(t, NULL, spoil, spoils[i]), ERR_OK);
        assert_int_equal(circle_check(t->reads, &broken), ERR_OK);
        assert_true(broken > before);
        before = broken;
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(a_circle_is_founded_by_one_alone),
        TESTING(a_size_is_what_house_and_keepers_allow),
        TESTING(a_person_is_in_twelve_circles_at_most),
        TESTING(keepers_set_the_rules),
        TESTING(a_circle_has_a_keeper_and_a_large_one_two),
        TESTING(an_invite_lets_several_knock_and_any_member_take_them_in),
        TESTING(accounts_come_by_an_invite_as_often_as_it_says),
        TESTING(a_circle_that_is_full_lets_nobody_knock),
        TESTING(a_request_is_answered_in_words_and_accepted),
        TESTING(a_few_requests_wait_and_no_more),
        TESTING(a_block_hides_the_words_of_who_asks),
        TESTING(public_keys_are_for_those_who_meet),
        TESTING(who_comes_reads_from_their_epoch_on),
        TESTING(who_leaves_is_out_at_once_and_a_new_key_is_owed),
        TESTING(who_left_can_come_back_and_reads_from_then_on),
        TESTING(leaving_and_coming_back_meet_in_one_change),
        TESTING(a_keeper_takes_somebody_out),
        TESTING(of_two_who_change_the_key_at_once_one_is_told_so),
        TESTING(of_many_on_two_nodes_one_begins_the_epoch),
        TESTING(a_failing_store_leaves_the_circle_as_it_was),
        TESTING(the_longest_there_becomes_keeper_and_the_last_takes_all_along),
        TESTING(what_was_said_fades_after_the_days_agreed),
        TESTING(a_sweep_does_a_bounded_part),
        TESTING(an_account_that_ends_takes_its_words_out_of_all_circles),
        TESTING(the_check_finds_what_is_broken),
    };
    return testing_main("circle", tests, sizeof tests / sizeof tests[0]);
}
