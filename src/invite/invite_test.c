/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Invites, and the accounts that come in by them. */
#include "invite/invite.h"
#include "person/testing.h"
#include "safety/safety.h"

#include "lib/clock.h"

struct made { struct id id; struct secret auth; };

static struct invite_new fresh(struct testing *t, enum invite_kind kind, int64_t uses)
{
    struct invite_new n = { .id = crypt_random_id(), .kind = kind, .uses = uses, .expires_ms = t->now_ms + CLOCK_DAY_MS };
    crypt_random(n.auth.b, sizeof n.auth.b);
    return n;
}

static enum err add(struct call *c, void *arg) { return invite_add(c->db, arg, c->now_ms); }

static struct bytes invite_body(struct testing *t, const struct invite_new *n)
{
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "id", &n->id);
    json_base64(&b, "auth", bytes_of(n->auth.b, SECRET_BYTES));
    json_base64(&b, "greeting", n->greeting);
    json_int(&b, "expires_ms", n->expires_ms);
    json_close(&b, '}');
    return testing_body(&b);
}

static enum err post(struct testing *t, const struct testing_person *p, const struct invite_new *n)
{
    return testing_call(t, &invite_routes, "POST /api/invites", &p->caller, TESTING_NO_PARAMS, invite_body(t, n));
}

static struct invite_new made_by(struct testing *t, const struct testing_person *p)
{
    struct invite_new n = fresh(t, INVITE_BOND, 1);
    n.greeting = testing_random(t, 300);
    assert_int_equal(post(t, p, &n), ERR_OK);
    return n;
}

static enum err look(struct testing *t, const struct testing_person *who, const struct invite_new *n)
{
    t->invite_auth = bytes_of(n->auth.b, SECRET_BYTES);
    return testing_call(t, &invite_routes, "GET /api/invites/{invite}", who ? &who->caller : NULL, TESTING_PARAMS(n->id), TESTING_NO_BODY);
}

static struct bytes person_body(struct testing *t, const struct id *invite, const struct testing_person *p, bool adult)
{
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "invite", invite);
    json_base64(&b, "login_id", p->account.login.login_id);
    json_base64(&b, "login_secret", p->account.login.secret);
    json_base64(&b, "identity", p->account.identity);
    json_base64(&b, "wrap_passphrase", p->account.login.wrap);
    json_open(&b, "card", '{');
    testing_put_card(&b, &p->account.card);
    json_close(&b, '}');
    json_bool(&b, "adult", adult);
    json_close(&b, '}');
    return testing_body(&b);
}

static enum err join(struct testing *t, const struct invite_new *n, const struct testing_person *p)
{
    t->invite_auth = bytes_of(n->auth.b, SECRET_BYTES);
    return testing_call(t, &invite_routes, "POST /api/person", NULL, TESTING_NO_PARAMS, person_body(t, &n->id, p, true));
}

static void who_holds_the_link_sees_the_greeting(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct invite_new n = made_by(t, &a);
    assert_int_equal(t->call.status, 201);
    assert_int_equal(testing_events(t, EVENT_INVITE, &a.caller.id), 1);
    assert_int_equal(post(t, &a, &n), ERR_OK);   /* the same again */
    assert_int_equal(look(t, NULL, &n), ERR_OK);
    struct json_in *in = testing_reply(t);
    struct id from = json_get_id(in, "from");
    assert_true(id_equal(&from, &a.caller.id));
    assert_true(bytes_equal(json_get_base64(in, "greeting", 0, 1000), n.greeting));
    assert_true(testing_reply_has(t, "\"kind\":\"bond\""));
}

static void whatever_is_wrong_with_an_invite_looks_the_same(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct invite_new good = made_by(t, &a), unknown = fresh(t, INVITE_BOND, 1), wrong = made_by(t, &a), ended = made_by(t, &a);
    wrong.auth = good.auth;
    assert_int_equal(look(t, NULL, &unknown), ERR_INVITE_GONE);
    assert_int_equal(look(t, NULL, &wrong), ERR_INVITE_GONE);
    assert_int_equal(testing_call(t, &invite_routes, "GET /api/invites/{invite}", NULL, TESTING_PARAMS(good.id), TESTING_NO_BODY), ERR_INVITE_GONE);
    const char *end = "DELETE /api/invites/{invite}";
    assert_int_equal(testing_call(t, &invite_routes, end, &b.caller, TESTING_PARAMS(ended.id), TESTING_NO_BODY), ERR_INVITE_GONE);
    assert_int_equal(testing_call(t, &invite_routes, end, &a.caller, TESTING_PARAMS(ended.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(testing_call(t, &invite_routes, end, &a.caller, TESTING_PARAMS(ended.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(look(t, NULL, &ended), ERR_INVITE_GONE);
    assert_int_equal(testing_call(t, &safety_routes, "PUT /api/blocks/{person}", &a.caller, TESTING_PARAMS(b.caller.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(look(t, &b, &good), ERR_INVITE_GONE);
    assert_int_equal(t->call.n_extras, 0);
    assert_null(t->call.detail);
    struct invite_new blocked = made_by(t, &b);
    assert_int_equal(look(t, &a, &blocked), ERR_INVITE_GONE);
    t->now_ms += 2 * CLOCK_DAY_MS;
    assert_int_equal(look(t, NULL, &good), ERR_INVITE_GONE);
}

static void a_steward_invite_makes_one_steward(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_stranger(t), late = testing_stranger(t);
    struct invite_new n = fresh(t, INVITE_STEWARD, 1);
    assert_int_equal(testing_write(t, NULL, add, &n), ERR_OK);
    assert_int_equal(look(t, NULL, &n), ERR_OK);
    assert_true(testing_reply_has(t, "\"from\":null,\"room\":null,\"greeting\":\"\""));
    assert_int_equal(join(t, &n, &p), ERR_OK);
    assert_int_equal(t->call.status, 201);
    assert_non_null(t->call.set_session);
    struct session s;
    struct bytes token = bytes_of(t->call.set_session->b, SECRET_BYTES);
    assert_int_equal(session_find(t->reads, &t->house, token, &s), ERR_OK);
    assert_true(s.steward && id_equal(&s.person, &p.caller.id));
    struct json_in *in = testing_reply(t);
    struct id person = json_get_id(in, "person"), session = json_get_id(in, "session");
    assert_true(id_equal(&person, &p.caller.id) && id_equal(&session, &s.id));
    assert_int_equal(join(t, &n, &late), ERR_INVITE_GONE);
}

static void a_house_invite_lets_in_as_many_as_it_says(void **state)
{
    struct testing *t = *state;
    struct invite_new n = fresh(t, INVITE_HOUSE, 2);
    assert_int_equal(testing_write(t, NULL, add, &n), ERR_OK);
    for (int i = 0; i < 3; i++) {
        struct testing_person p = testing_stranger(t);
        assert_int_equal(join(t, &n, &p), i < 2 ? ERR_OK : ERR_INVITE_GONE);
        assert_false(t->call.steward);
    }
}

static void a_bond_invite_lets_one_account_in_and_stays_open(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_stranger(t), late = testing_stranger(t);
    struct invite_new n = made_by(t, &a);
    assert_int_equal(join(t, &n, &b), ERR_OK);
    assert_int_equal(join(t, &n, &late), ERR_INVITE_GONE);
    assert_int_equal(look(t, NULL, &n), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM person WHERE invite_id IS NOT NULL AND steward = 0"), 2);
}

static void a_failed_account_leaves_the_invite_as_it_was(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_stranger(t), taken = testing_stranger(t);
    struct invite_new n = made_by(t, &a);
    taken.account.login.login_id = a.account.login.login_id;
    assert_int_equal(join(t, &n, &taken), ERR_NAME_TAKEN);
    t->invite_auth = bytes_of(n.auth.b, SECRET_BYTES);
    assert_int_equal(testing_call(t, &invite_routes, "POST /api/person", NULL, TESTING_NO_PARAMS, person_body(t, &n.id, &b, false)), ERR_BAD_INPUT);
    assert_int_equal(testing_call(t, &invite_routes, "POST /api/person", NULL, TESTING_NO_PARAMS, person_body(t, &n.id, &b, true)), ERR_INVITE_GONE);
    for (uint64_t i = 1; i <= 7; i++) {
        t->break_at = i;
        assert_int_equal(join(t, &n, &b), ERR_STORE);
    }
    assert_int_equal(join(t, &n, &b), ERR_OK);
}

static void invites_are_listed_with_their_state(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct invite_new ended = made_by(t, &a);
    (void)made_by(t, &a);
    assert_int_equal(testing_call(t, &invite_routes, "DELETE /api/invites/{invite}", &a.caller, TESTING_PARAMS(ended.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(testing_call(t, &invite_routes, "GET /api/invites", &a.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "\"state\":\"open\"") && testing_reply_has(t, "\"state\":\"ended\""));
    t->now_ms += 2 * CLOCK_DAY_MS;
    assert_int_equal(testing_call(t, &invite_routes, "GET /api/invites", &a.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "\"state\":\"expired\"") && testing_reply_has(t, "\"state\":\"ended\""));
    assert_int_equal(testing_call(t, &invite_routes, "GET /api/invites", &b.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "{\"invites\":[]}"));
}

static void an_invite_has_to_fit_the_limits(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct invite_new n = fresh(t, INVITE_BOND, 1), taken = made_by(t, &b);
    n.greeting = testing_random(t, INVITE_GREETING_MIN - 1);
    assert_int_equal(post(t, &a, &n), ERR_BAD_INPUT);
    n.greeting = testing_random(t, INVITE_GREETING_MAX + 1);
    assert_int_equal(post(t, &a, &n), ERR_BAD_INPUT);
    n.greeting = testing_random(t, INVITE_GREETING_MAX);
    n.expires_ms = t->now_ms;
    assert_int_equal(post(t, &a, &n), ERR_BAD_INPUT);
    n.expires_ms = t->now_ms + (INVITE_DAYS_MAX + 1) * (int64_t)CLOCK_DAY_MS;
    assert_int_equal(post(t, &a, &n), ERR_BAD_INPUT);
    n.expires_ms = t->now_ms + CLOCK_DAY_MS;
    n.id = taken.id;
    assert_int_equal(post(t, &a, &n), ERR_EXISTS);
}

static void open_invites_are_limited_and_old_ones_forgotten(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < HOUSE_INVITES_OPEN_MAX; i++)
            (void)made_by(t, &a);
        struct invite_new over = fresh(t, INVITE_BOND, 1);
        over.greeting = testing_random(t, 100);
        assert_int_equal(post(t, &a, &over), ERR_TOO_MANY);
        assert_int_equal(t->call.extras[0].value, HOUSE_INVITES_OPEN_MAX);
        t->now_ms += 2 * CLOCK_DAY_MS;
    }
    int64_t open = 0, all = 0, broken = 0;
    assert_int_equal(invite_store_count(t->reads, &a.caller.id, t->now_ms, &open, &all), ERR_OK);
    assert_int_equal(open, 0);
    assert_int_equal(all, INVITE_KEPT_MAX);
    assert_int_equal(testing_call(t, &invite_routes, "GET /api/invites", &a.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_int_equal(invite_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

static enum err count_one(void *arg, const struct invite *i)
{
    assert_true(id_is_zero(&i->from));
    ++*(int *)arg;
    return ERR_OK;
}

static enum err end_any(struct call *c, void *arg)
{
    struct id operator = { { 0 } };
    return invite_end(c->db, arg, &operator);
}

static void the_operator_lists_and_ends_invites(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct id operator = { { 0 } }, unknown = crypt_random_id();
    struct invite_new n = fresh(t, INVITE_HOUSE, 5), theirs = made_by(t, &a);
    int listed = 0;
    int64_t open = 0;
    assert_int_equal(testing_write(t, NULL, add, &n), ERR_OK);
    assert_int_equal(invite_each(t->reads, &operator, t->now_ms, count_one, &listed), ERR_OK);
    assert_int_equal(listed, 1);
    assert_int_equal(invite_count_open(t->reads, t->now_ms, &open), ERR_OK);
    assert_int_equal(open, 2);
    assert_int_equal(testing_write(t, NULL, end_any, &theirs.id), ERR_OK);
    assert_int_equal(testing_write(t, NULL, end_any, &n.id), ERR_OK);
    assert_int_equal(testing_write(t, NULL, end_any, &unknown), ERR_INVITE_GONE);
    assert_int_equal(invite_count_open(t->reads, t->now_ms, &open), ERR_OK);
    assert_int_equal(open, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(who_holds_the_link_sees_the_greeting),
        TESTING(whatever_is_wrong_with_an_invite_looks_the_same),
        TESTING(a_steward_invite_makes_one_steward),
        TESTING(a_house_invite_lets_in_as_many_as_it_says),
        TESTING(a_bond_invite_lets_one_account_in_and_stays_open),
        TESTING(a_failed_account_leaves_the_invite_as_it_was),
        TESTING(invites_are_listed_with_their_state),
        TESTING(an_invite_has_to_fit_the_limits),
        TESTING(open_invites_are_limited_and_old_ones_forgotten),
        TESTING(the_operator_lists_and_ends_invites),
    };
    return testing_main("invite", tests, sizeof tests / sizeof tests[0]);
}
