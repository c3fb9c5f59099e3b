/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Signing in and out. */
#include "person/testing.h"
#include "session/session.h"

#include "lib/clock.h"

static struct bytes sign_in_body(struct testing *t, struct bytes login_id, struct bytes secret)
{
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_base64(&b, "login_id", login_id);
    json_base64(&b, "login_secret", secret);
    json_close(&b, '}');
    return testing_body(&b);
}

static enum err sign_in(struct testing *t, const struct testing_person *p)
{
    struct bytes body = sign_in_body(t, p->account.login.login_id, p->account.login.secret);
    return testing_call(t, &session_routes, "POST /api/session", NULL, TESTING_NO_PARAMS, body);
}

/* Signs in, and gives who then calls, with the cookie. */
static struct testing_caller signed_in(struct testing *t, const struct testing_person *p, struct secret *ret_token)
{
    assert_int_equal(sign_in(t, p), ERR_OK);
    struct testing_caller who = { .id = p->caller.id };
    *ret_token = *t->call.set_session;
    struct json_in *in = testing_reply(t);
    who.session = json_get_id(in, "session");
    return who;
}

static enum err find(struct testing *t, const struct secret *token, struct session *ret)
{
    return session_find(t->reads, &t->house, bytes_of(token->b, SECRET_BYTES), ret);
}

static void who_signs_in_gets_a_cookie_that_finds_the_session(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    struct secret token, other;
    struct session s;
    struct testing_caller who = signed_in(t, &p, &token);
    assert_int_equal(t->call.status, 201);
    struct json_in *in = testing_reply(t);
    assert_true(bytes_equal(json_get_base64(in, "wrap", 0, 100), p.account.login.wrap));
    struct json_in *person = json_get_object(in, "person");
    struct id id = json_get_id(person, "id");
    assert_true(id_equal(&id, &p.caller.id));
    assert_true(text_equal(json_get_text(person, "role", 10), TEXT("person")));
    assert_int_equal(find(t, &token, &s), ERR_OK);
    assert_true(id_equal(&s.id, &who.session) && id_equal(&s.person, &p.caller.id) && !s.steward);
    crypt_random(other.b, sizeof other.b);
    assert_int_equal(find(t, &other, &s), ERR_NOT_SIGNED_IN);
    assert_int_equal(session_find(t->reads, &t->house, bytes_of(token.b, 31), &s), ERR_NOT_SIGNED_IN);
    assert_int_equal(testing_events(t, EVENT_SESSION, &p.caller.id), 1);
}

static void a_wrong_name_and_a_wrong_secret_fail_alike(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), other = testing_person(t), nobody = testing_stranger(t);
    struct bytes bodies[] = {
        sign_in_body(t, p.account.login.login_id, nobody.account.login.secret),
        sign_in_body(t, nobody.account.login.login_id, p.account.login.secret),
        sign_in_body(t, p.account.login.login_id, other.account.login.secret),
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        assert_int_equal(testing_call(t, &session_routes, "POST /api/session", NULL, TESTING_NO_PARAMS, bodies[i]), ERR_SIGN_IN_FAILED);
        assert_null(t->call.set_session);
        assert_null(t->call.detail);
        assert_int_equal(t->call.n_extras, 0);
    }
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM session"), 0);
}

/* One statement either way: the second is never asked for. */
static void a_wrong_name_costs_as_many_statements_as_a_wrong_secret(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), nobody = testing_stranger(t);
    struct bytes ids[] = { p.account.login.login_id, nobody.account.login.login_id };
    for (size_t i = 0; i < 2; i++) {
        struct bytes body = sign_in_body(t, ids[i], nobody.account.login.secret);
        t->break_at = 1;
        enum err first = testing_call(t, &session_routes, "POST /api/session", NULL, TESTING_NO_PARAMS, body);
        t->break_at = 2;
        enum err second = testing_call(t, &session_routes, "POST /api/session", NULL, TESTING_NO_PARAMS, body);
        assert_int_equal(first, ERR_STORE);
        assert_int_equal(second, ERR_SIGN_IN_FAILED);
    }
}

static struct bytes card_body(struct testing *t, const struct id *card, struct bytes secret)
{
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "card_id", card);
    json_base64(&b, "card_secret", secret);
    json_close(&b, '}');
    return testing_body(&b);
}

static void a_card_signs_in_with_its_own_wrap(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), nobody = testing_stranger(t);
    const char *route = "POST /api/session/card";
    struct bytes good = card_body(t, &p.account.card.id, p.account.card.secret);
    assert_int_equal(testing_call(t, &session_routes, route, NULL, TESTING_NO_PARAMS, good), ERR_OK);
    struct json_in *in = testing_reply(t);
    assert_true(bytes_equal(json_get_base64(in, "wrap", 0, 100), p.account.card.wrap));
    struct bytes wrong = card_body(t, &p.account.card.id, nobody.account.card.secret);
    assert_int_equal(testing_call(t, &session_routes, route, NULL, TESTING_NO_PARAMS, wrong), ERR_SIGN_IN_FAILED);
    wrong = card_body(t, &nobody.account.card.id, p.account.card.secret);
    assert_int_equal(testing_call(t, &session_routes, route, NULL, TESTING_NO_PARAMS, wrong), ERR_SIGN_IN_FAILED);
}

static void the_session_longest_unseen_makes_room(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    struct secret first, token;
    struct session s;
    struct testing_caller oldest = signed_in(t, &p, &first);
    for (int i = 1; i < HOUSE_SESSIONS_MAX; i++) {
        t->now_ms += CLOCK_DAY_MS;
        (void)signed_in(t, &p, &token);
        assert_false(t->call.end_streams);
    }
    assert_int_equal(find(t, &first, &s), ERR_OK);
    (void)signed_in(t, &p, &token);
    assert_true(t->call.end_streams && id_equal(&t->call.end_session, &oldest.session));
    assert_int_equal(find(t, &first, &s), ERR_NOT_SIGNED_IN);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM session"), HOUSE_SESSIONS_MAX);
}

static enum err touch(struct call *c, void *arg) { return session_touch(c->db, arg, c->now_ms); }

static void a_session_is_touched_once_a_day(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    struct secret token;
    struct session s;
    (void)signed_in(t, &p, &token);
    assert_int_equal(find(t, &token, &s), ERR_OK);
    assert_false(session_is_behind(&s, t->now_ms));
    t->now_ms += CLOCK_DAY_MS;
    assert_true(session_is_behind(&s, t->now_ms));
    assert_int_equal(testing_write(t, NULL, touch, &s.id), ERR_OK);
    assert_int_equal(find(t, &token, &s), ERR_OK);
    assert_false(session_is_behind(&s, t->now_ms));
    assert_int_equal(s.seen_day_ms % CLOCK_DAY_MS, 0);
}

static void sessions_are_listed_named_and_ended(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), other = testing_person(t);
    struct secret token, second_token, others_token;
    struct session s;
    struct testing_caller who = signed_in(t, &p, &token), second = signed_in(t, &p, &second_token);
    struct testing_caller stranger = signed_in(t, &other, &others_token);
    assert_int_equal(testing_call(t, &session_routes, "PUT /api/session", &who, TESTING_NO_PARAMS, bytes_of_text(TEXT("{\"label\":\"AAEC\"}"))), ERR_OK);
    assert_int_equal(testing_call(t, &session_routes, "PUT /api/session", &who, TESTING_NO_PARAMS, bytes_of_text(TEXT("{\"label\":\"\"}"))), ERR_BAD_INPUT);
    assert_int_equal(testing_call(t, &session_routes, "GET /api/sessions", &who, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "\"label\":\"AAEC\",\"created_ms\":1790000000000,\"seen_day\":\"2026-09-21\",\"current\":true"));
    assert_true(testing_reply_has(t, "\"label\":\"\",\"created_ms\":1790000000000,\"seen_day\":\"2026-09-21\",\"current\":false"));
    const char *end = "DELETE /api/sessions/{session}";
    assert_int_equal(testing_call(t, &session_routes, end, &stranger, TESTING_PARAMS(second.session), TESTING_NO_BODY), ERR_NOT_FOUND);
    assert_int_equal(testing_call(t, &session_routes, end, &who, TESTING_PARAMS(second.session), TESTING_NO_BODY), ERR_OK);
    assert_true(t->call.end_streams && id_equal(&t->call.end_session, &second.session) && !t->call.clear_session);
    assert_int_equal(find(t, &second_token, &s), ERR_NOT_SIGNED_IN);
    assert_int_equal(testing_call(t, &session_routes, "DELETE /api/session", &who, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(t->call.clear_session && t->call.end_streams);
    assert_int_equal(find(t, &token, &s), ERR_NOT_SIGNED_IN);
    assert_int_equal(find(t, &others_token, &s), ERR_OK);
}

static struct bytes passphrase_body(struct testing *t, const struct testing_person *p, const struct person_login *login, int64_t counter, bool end)
{
    uint8_t tail[1 + HASH_BYTES] = { 1 };
    struct hash fields = crypt_hash(NULL, NULL, CRYPT_PARTS(login->login_id, login->secret, login->wrap));
    memcpy(tail + 1, fields.b, HASH_BYTES);
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "counter", counter);
    json_base64(&b, "login_id", login->login_id);
    json_base64(&b, "login_secret", login->secret);
    json_base64(&b, "wrap", login->wrap);
    json_base64(&b, "signature", testing_sign_change(t, p, "beside/wraps/1", counter, bytes_of(tail, sizeof tail)));
    json_bool(&b, "end_other_sessions", end);
    json_close(&b, '}');
    return testing_body(&b);
}

static void a_new_passphrase_replaces_the_old_and_can_end_the_others(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), other = testing_person(t), fresh = testing_stranger(t);
    struct secret token, second_token;
    struct session s;
    const char *route = "PUT /api/person/passphrase";
    struct testing_caller who = signed_in(t, &p, &token);
    (void)signed_in(t, &p, &second_token);
    struct bytes forged = passphrase_body(t, &other, &fresh.account.login, 1, true);
    assert_int_equal(testing_call(t, &session_routes, route, &who, TESTING_NO_PARAMS, forged), ERR_BAD_SIGNATURE);
    struct person_login taken = fresh.account.login;
    taken.login_id = other.account.login.login_id;
    assert_int_equal(testing_call(t, &session_routes, route, &who, TESTING_NO_PARAMS, passphrase_body(t, &p, &taken, 1, true)), ERR_NAME_TAKEN);
    struct bytes good = passphrase_body(t, &p, &fresh.account.login, 1, true);
    assert_int_equal(testing_call(t, &session_routes, route, &who, TESTING_NO_PARAMS, good), ERR_OK);
    assert_int_equal(testing_call(t, &session_routes, route, &who, TESTING_NO_PARAMS, good), ERR_BAD_SIGNATURE);
    assert_int_equal(find(t, &token, &s), ERR_OK);
    assert_int_equal(find(t, &second_token, &s), ERR_NOT_SIGNED_IN);
    assert_int_equal(sign_in(t, &p), ERR_SIGN_IN_FAILED);
    p.account.login = fresh.account.login;
    assert_int_equal(sign_in(t, &p), ERR_OK);
    int64_t broken = 0;
    assert_int_equal(session_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(who_signs_in_gets_a_cookie_that_finds_the_session),
        TESTING(a_wrong_name_and_a_wrong_secret_fail_alike),
        TESTING(a_wrong_name_costs_as_many_statements_as_a_wrong_secret),
        TESTING(a_card_signs_in_with_its_own_wrap),
        TESTING(the_session_longest_unseen_makes_room),
        TESTING(a_session_is_touched_once_a_day),
        TESTING(sessions_are_listed_named_and_ended),
        TESTING(a_new_passphrase_replaces_the_old_and_can_end_the_others),
    };
    return testing_main("session", tests, sizeof tests / sizeof tests[0]);
}
