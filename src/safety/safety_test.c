/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Blocks: once, silent, bounded. (What a block does to lines and invites is tested with those.) */
#include "person/testing.h"
#include "safety/safety.h"

static enum err put(struct testing *t, const struct testing_person *p, struct id whom)
{
    return testing_call(t, &safety_routes, "PUT /api/blocks/{person}", &p->caller, TESTING_PARAMS(whom), TESTING_NO_BODY);
}

static void a_block_stands_between_two_whoever_made_it(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), other = testing_person(t);
    bool stands = true;
    assert_int_equal(safety_stands_between(t->reads, &a.caller.id, &b.caller.id, &stands), ERR_OK);
    assert_false(stands);
    assert_int_equal(put(t, &a, b.caller.id), ERR_OK);
    assert_int_equal(put(t, &a, b.caller.id), ERR_OK);
    assert_int_equal(t->call.n_events, 0);
    assert_int_equal(safety_stands_between(t->reads, &a.caller.id, &b.caller.id, &stands), ERR_OK);
    assert_true(stands);
    assert_int_equal(safety_stands_between(t->reads, &b.caller.id, &a.caller.id, &stands), ERR_OK);
    assert_true(stands);
    assert_int_equal(safety_stands_between(t->reads, &b.caller.id, &other.caller.id, &stands), ERR_OK);
    assert_false(stands);
    const char *take = "DELETE /api/blocks/{person}";
    assert_int_equal(testing_call(t, &safety_routes, take, &a.caller, TESTING_PARAMS(b.caller.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(testing_call(t, &safety_routes, take, &a.caller, TESTING_PARAMS(b.caller.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(safety_stands_between(t->reads, &a.caller.id, &b.caller.id, &stands), ERR_OK);
    assert_false(stands);
}

static void blocks_are_listed_to_their_maker_alone(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    char blocked[ID_TEXT + 1];
    assert_int_equal(put(t, &a, b.caller.id), ERR_OK);
    id_format(&b.caller.id, blocked);
    assert_int_equal(testing_call(t, &safety_routes, "GET /api/blocks", &a.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, blocked));
    assert_int_equal(testing_call(t, &safety_routes, "GET /api/blocks", &b.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "{\"blocks\":[]}"));
}

static void nobody_blocks_themselves(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    assert_int_equal(put(t, &a, a.caller.id), ERR_BAD_INPUT);
}

static enum err fill(struct call *c, void *arg)
{
    (void)arg;
    for (int i = 0; i < HOUSE_BLOCKS_MAX; i++) {
        struct id whom = crypt_random_id();
        TRY(safety_store_add(c->db, &c->me, &whom, c->now_ms));
    }
    return ERR_OK;
}

static void there_is_a_limit_and_what_is_over_it_is_not_kept(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    int64_t n = 0, broken = 0;
    assert_int_equal(testing_write(t, &a.caller, fill, NULL), ERR_OK);
    assert_int_equal(put(t, &a, crypt_random_id()), ERR_TOO_MANY);
    assert_int_equal(safety_store_count(t->reads, &a.caller.id, &n), ERR_OK);
    assert_int_equal(n, HOUSE_BLOCKS_MAX);
    assert_int_equal(testing_call(t, &safety_routes, "GET /api/blocks", &a.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_int_equal(safety_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(a_block_stands_between_two_whoever_made_it),
        TESTING(blocks_are_listed_to_their_maker_alone),
        TESTING(nobody_blocks_themselves),
        TESTING(there_is_a_limit_and_what_is_over_it_is_not_kept),
    };
    return testing_main("safety", tests, sizeof tests / sizeof tests[0]);
}
