/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Bonds: accepting, refusing, ending. */
#include "bond/bond.h"
#include "room/testing.h"
#include "safety/safety.h"

#include "lib/clock.h"

struct offer { struct invite_new invite; struct testing_link link; struct bytes answer, change; };

static enum err add(struct call *c, void *arg) { return invite_add(c->db, arg, c->now_ms); }

/* A invites, B is about to accept. */
static struct offer make_offer(struct testing *t, const struct testing_person *a, const struct testing_person *b)
{
    struct offer o = { .link = testing_first_link(b, ROOM_BOND, a), .answer = testing_random(t, 300) };
    o.invite = (struct invite_new){ .id = crypt_random_id(), .from = a->caller.id, .kind = INVITE_BOND, .uses = 1,
                                    .greeting = testing_random(t, 300), .expires_ms = t->now_ms + CLOCK_DAY_MS };
    crypt_random(o.invite.auth.b, SECRET_BYTES);
    o.change = testing_change(t, o.link);
    assert_int_equal(testing_write(t, NULL, add, &o.invite), ERR_OK);
    return o;
}

static struct bytes accept_body(struct testing *t, const struct offer *o)
{
    struct build b = build_start(t->scratch, BOND_ACCEPT_MAX + 64);
    build_u16(&b, (uint16_t)o->answer.n);
    build_bytes(&b, o->answer);
    build_id(&b, &o->link.room);
    build_bytes(&b, o->change);
    return testing_body(&b);
}

static enum err accept(struct testing *t, const struct testing_person *p, const struct offer *o)
{
    t->invite_auth = bytes_of(o->invite.auth.b, SECRET_BYTES);
    return testing_call(t, &bond_routes, "POST /api/invites/{invite}/accept", &p->caller, TESTING_PARAMS(o->invite.id), accept_body(t, o));
}

static enum err end(struct testing *t, const struct testing_person *p, struct id room)
{
    return testing_call(t, &bond_routes, "DELETE /api/bonds/{room}", &p->caller, TESTING_PARAMS(room), TESTING_NO_BODY);
}

static enum err list(struct testing *t, const struct testing_person *p)
{
    return testing_call(t, &bond_routes, "GET /api/bonds", &p->caller, TESTING_NO_PARAMS, TESTING_NO_BODY);
}

static enum err block(struct testing *t, const struct testing_person *p, struct id whom)
{
    return testing_call(t, &safety_routes, "PUT /api/blocks/{person}", &p->caller, TESTING_PARAMS(whom), TESTING_NO_BODY);
}

static void assert_store_is_sound(struct testing *t)
{
    int64_t broken = 0;
    assert_int_equal(bond_check(t->reads, &broken), ERR_OK);
    assert_int_equal(room_check(t->reads, &broken), ERR_OK);
    assert_int_equal(invite_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

static void accepting_makes_a_bond_and_its_room(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct offer o = make_offer(t, &a, &b);
    struct room_head head;
    int64_t n = 0;
    assert_int_equal(accept(t, &b, &o), ERR_OK);
    assert_int_equal(t->call.status, 201);
    assert_int_equal(testing_events(t, EVENT_BOND, &a.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_BOND, &b.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_INVITE, &a.caller.id), 1);
    assert_int_equal(room_get(t->reads, t->scratch, &o.link.room, &a.caller.id, &head), ERR_OK);
    assert_int_equal(list(t, &a), ERR_OK);
    assert_true(testing_reply_has(t, "\"answer\":\"") && testing_reply_has(t, "\"invite\":\"") && testing_reply_has(t, "\"ended_ms\":null,\"ended_by_me\":false"));
    assert_int_equal(list(t, &b), ERR_OK);
    assert_false(testing_reply_has(t, "\"answer\":\"") || testing_reply_has(t, "\"invite\":\""));
    assert_int_equal(bond_count(t->reads, &n), ERR_OK);
    assert_int_equal(n, 1);
    assert_store_is_sound(t);
}

static void the_same_acceptance_again_succeeds_and_another_finds_the_invite_gone(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), late = testing_person(t);
    struct offer o = make_offer(t, &a, &b);
    assert_int_equal(accept(t, &b, &o), ERR_OK);
    assert_int_equal(accept(t, &b, &o), ERR_OK);
    assert_int_equal(t->call.n_events, 0);
    o.link = testing_first_link(&late, ROOM_BOND, &a);
    o.change = testing_change(t, o.link);
    assert_int_equal(accept(t, &late, &o), ERR_INVITE_GONE);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM bond"), 1);
}

static void an_invite_that_does_not_hold_is_gone(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct offer o = make_offer(t, &a, &b), wrong = make_offer(t, &a, &b), house = make_offer(t, &a, &b);
    crypt_random(wrong.invite.auth.b, SECRET_BYTES);
    assert_int_equal(accept(t, &b, &wrong), ERR_INVITE_GONE);
    house.invite.id = crypt_random_id();
    house.invite.kind = INVITE_HOUSE;
    house.invite.from = (struct id){ { 0 } };
    assert_int_equal(testing_write(t, NULL, add, &house.invite), ERR_OK);
    assert_int_equal(accept(t, &b, &house), ERR_INVITE_GONE);
    assert_int_equal(block(t, &a, b.caller.id), ERR_OK);
    assert_int_equal(accept(t, &b, &o), ERR_INVITE_GONE);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM bond"), 0);
}

static void nobody_accepts_their_own_or_bonds_twice(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct offer o = make_offer(t, &a, &b), again = make_offer(t, &a, &b), back = make_offer(t, &b, &a);
    assert_int_equal(accept(t, &a, &o), ERR_OWN_INVITE);
    assert_int_equal(accept(t, &b, &o), ERR_OK);
    assert_int_equal(accept(t, &b, &again), ERR_ALREADY_BONDED);
    assert_int_equal(accept(t, &a, &back), ERR_ALREADY_BONDED);
    assert_int_equal(end(t, &a, o.link.room), ERR_OK);
    assert_int_equal(accept(t, &b, &again), ERR_OK);
    assert_store_is_sound(t);
}

static void the_room_is_for_these_two(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), ghost = testing_person(t);
    struct offer o = make_offer(t, &a, &b), bad = o;
    bad.link = testing_first_link(&b, ROOM_BOND, &ghost);
    bad.change = testing_change(t, bad.link);
    assert_int_equal(accept(t, &b, &bad), ERR_BAD_INPUT);
    bad.link = testing_first_link(&b, ROOM_CIRCLE, &a);
    bad.change = testing_change(t, bad.link);
    assert_int_equal(accept(t, &b, &bad), ERR_BAD_INPUT);
    bad.link = testing_first_link(&b, ROOM_BOND, NULL);
    bad.change = testing_change(t, bad.link);
    assert_int_equal(accept(t, &b, &bad), ERR_BAD_INPUT);
    bad.link = testing_first_link(&a, ROOM_BOND, &b);   /* founded in the inviter's name */
    bad.change = testing_change(t, bad.link);
    assert_int_equal(accept(t, &b, &bad), ERR_BAD_INPUT);
    bad = o;
    bad.link.room = crypt_random_id();                  /* the room before the change is another */
    assert_int_equal(accept(t, &b, &bad), ERR_BAD_INPUT);
    bad = o;
    bad.link.room = testing_room(t, &ghost, NULL, NULL, NULL);
    bad.change = testing_change(t, bad.link);
    assert_int_equal(accept(t, &b, &bad), ERR_EXISTS);
    bad = o;
    bad.answer = testing_random(t, BOND_ANSWER_MIN - 1);
    assert_int_equal(accept(t, &b, &bad), ERR_BAD_INPUT);
    bad.answer = testing_random(t, BOND_ANSWER_MAX);
    assert_int_equal(accept(t, &b, &bad), ERR_OK);
}

static void either_ends_a_bond_and_both_keep_reading(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), stranger = testing_person(t);
    struct offer o = make_offer(t, &a, &b);
    struct room_head head;
    assert_int_equal(accept(t, &b, &o), ERR_OK);
    assert_int_equal(end(t, &stranger, o.link.room), ERR_NOT_FOUND);
    assert_int_equal(end(t, &a, crypt_random_id()), ERR_NOT_FOUND);
    t->now_ms += 1000;
    assert_int_equal(end(t, &b, o.link.room), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_BOND, &a.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_ROOM, &a.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_BOND, &b.caller.id), 1);
    assert_int_equal(end(t, &b, o.link.room), ERR_OK);
    assert_int_equal(end(t, &a, o.link.room), ERR_OK);
    assert_int_equal(t->call.n_events, 0);
    assert_int_equal(list(t, &b), ERR_OK);
    assert_true(testing_reply_has(t, "\"ended_ms\":1790000001000,\"ended_by_me\":true"));
    assert_int_equal(list(t, &a), ERR_OK);
    assert_true(testing_reply_has(t, "\"ended_ms\":1790000001000,\"ended_by_me\":false"));
    assert_int_equal(room_get(t->reads, t->scratch, &o.link.room, &a.caller.id, &head), ERR_OK);
    assert_true(head.ended);
    assert_store_is_sound(t);
}

static enum err fill(struct call *c, void *arg)
{
    struct bond b = { .inviter = *(struct id *)arg, .made_ms = c->now_ms };
    uint8_t answer[BOND_ANSWER_MAX] = { 0 };
    b.answer = bytes_of(answer, sizeof answer);
    for (int i = 0; i < HOUSE_BONDS_MAX; i++) {
        b.room = crypt_random_id();
        b.joiner = crypt_random_id();
        TRY(bond_store_add(c->db, &b));
    }
    return ERR_OK;
}

static void bonds_are_limited_for_both_and_all_fit_into_a_reply(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct offer o = make_offer(t, &a, &b), back = make_offer(t, &b, &a);
    assert_int_equal(testing_write(t, NULL, fill, &a.caller.id), ERR_OK);
    assert_int_equal(accept(t, &b, &o), ERR_TOO_MANY);
    assert_int_equal(accept(t, &a, &back), ERR_TOO_MANY);
    assert_int_equal(list(t, &a), ERR_OK);
    assert_true(t->call.reply.n < CALL_REPLY_MAX);
}

static void a_failing_store_leaves_the_invite_open(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct offer o = make_offer(t, &a, &b);
    uint64_t n = 1;
    for (;; n++) {
        t->break_at = n;
        enum err e = accept(t, &b, &o);
        if (e == ERR_OK) break;
        assert_int_equal(e, ERR_STORE);
        assert_int_equal(testing_count(t, "SELECT uses_left FROM invite"), 1);
        assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM room"), 0);
    }
    assert_true(n > 10);
    assert_store_is_sound(t);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(accepting_makes_a_bond_and_its_room),
        TESTING(the_same_acceptance_again_succeeds_and_another_finds_the_invite_gone),
        TESTING(an_invite_that_does_not_hold_is_gone),
        TESTING(nobody_accepts_their_own_or_bonds_twice),
        TESTING(the_room_is_for_these_two),
        TESTING(either_ends_a_bond_and_both_keep_reading),
        TESTING(bonds_are_limited_for_both_and_all_fit_into_a_reply),
        TESTING(a_failing_store_leaves_the_invite_open),
    };
    return testing_main("bond", tests, sizeof tests / sizeof tests[0]);
}
