/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Accounts: made, proved, changed. */
#include "person/testing.h"

static enum err add(struct call *c, void *arg)
{
    struct id id;
    return person_add(c, arg, &id);
}

static struct bytes card_body(struct testing *t, const struct testing_person *signer, const struct id *person,
                              const struct person_card *card, int64_t counter, bool spoil)
{
    uint8_t tail[1 + HASH_BYTES] = { 2 };
    struct hash fields = crypt_hash(NULL, NULL, CRYPT_PARTS(bytes_of_id(&card->id), card->secret, card->wrap));
    memcpy(tail + 1, fields.b, HASH_BYTES);
    struct testing_person as = *signer;
    as.caller.id = *person;
    struct bytes signature = testing_sign_change(t, &as, "beside/wraps/1", counter + spoil, bytes_of(tail, sizeof tail));
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "counter", counter);
    testing_put_card(&b, card);
    json_base64(&b, "signature", signature);
    json_close(&b, '}');
    return testing_body(&b);
}

static enum err put_card(struct testing *t, const struct testing_person *p, struct bytes body)
{
    return testing_call(t, &person_routes, "PUT /api/person/card", &p->caller, TESTING_NO_PARAMS, body);
}

static void a_person_sees_their_own_account(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    assert_int_equal(testing_call(t, &person_routes, "GET /api/person", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    struct json_in *in = testing_reply(t);
    struct id id = json_get_id(in, "id");
    assert_true(id_equal(&id, &p.caller.id));
    assert_true(text_equal(json_get_text(in, "role", 10), TEXT("person")));
    assert_int_equal(json_get_int(in, "created_ms", 0, INT64_MAX) % 86400000, 0);
    assert_true(bytes_equal(json_get_base64(in, "identity", 0, 2000), p.account.identity));
    assert_true(bytes_equal(json_get_base64(in, "wrap_passphrase", 0, 100), p.account.login.wrap));
    assert_int_equal(json_get_int(in, "counter", 0, 10), 0);
    const char *detail;
    assert_int_equal(json_end(in, &detail), ERR_OK);
}

static void an_account_that_is_gone_is_not_found(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_stranger(t);
    assert_int_equal(testing_call(t, &person_routes, "GET /api/person", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_NOT_FOUND);
}

static void a_name_an_identity_and_a_card_belong_to_one_account(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_stranger(t);
    struct person_new n = b.account;
    n.login.login_id = a.account.login.login_id;
    assert_int_equal(testing_write(t, NULL, add, &n), ERR_NAME_TAKEN);
    n = b.account;
    n.identity = a.account.identity;
    assert_int_equal(testing_write(t, NULL, add, &n), ERR_EXISTS);
    n = b.account;
    n.card.id = a.account.card.id;
    assert_int_equal(testing_write(t, NULL, add, &n), ERR_EXISTS);
    assert_int_equal(testing_write(t, NULL, add, &b.account), ERR_OK);
}

static void what_is_no_identity_makes_no_account(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_stranger(t);
    struct person_new n = p.account;
    n.identity.n -= 1;
    assert_int_equal(testing_write(t, NULL, add, &n), ERR_BAD_INPUT);
    uint8_t other[IDENTITY_BYTES];
    memcpy(other, p.account.identity.p, IDENTITY_BYTES);
    other[0] = 2;
    n.identity = bytes_of(other, IDENTITY_BYTES);
    assert_int_equal(testing_write(t, NULL, add, &n), ERR_BAD_INPUT);
}

struct sign_in { struct bytes secret; struct id card; struct person who; };

static enum err with_card(struct call *c, void *arg)
{
    struct sign_in *s = arg;
    return person_sign_in_card(c, &s->card, s->secret, &s->who);
}

static void a_new_card_replaces_the_old_one(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), fresh = testing_stranger(t);
    struct sign_in old = { p.account.card.secret, p.account.card.id, { .steward = false } };
    struct sign_in new = { fresh.account.card.secret, fresh.account.card.id, { .steward = false } };
    assert_int_equal(testing_write(t, NULL, with_card, &old), ERR_OK);
    assert_int_equal(put_card(t, &p, card_body(t, &p, &p.caller.id, &fresh.account.card, 1, false)), ERR_OK);
    assert_int_equal(t->call.status, 204);
    assert_int_equal(testing_write(t, NULL, with_card, &old), ERR_SIGN_IN_FAILED);
    assert_int_equal(testing_write(t, NULL, with_card, &new), ERR_OK);
    assert_true(id_equal(&new.who.id, &p.caller.id));
    new.secret = old.secret;
    assert_int_equal(testing_write(t, NULL, with_card, &new), ERR_SIGN_IN_FAILED);
}

static void a_change_is_signed_by_its_owner_and_cannot_be_played_again(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), other = testing_person(t), fresh = testing_stranger(t);
    struct bytes body = card_body(t, &p, &p.caller.id, &fresh.account.card, 5, false);
    assert_int_equal(put_card(t, &p, card_body(t, &p, &p.caller.id, &fresh.account.card, 5, true)), ERR_BAD_SIGNATURE);
    assert_int_equal(put_card(t, &p, card_body(t, &other, &p.caller.id, &fresh.account.card, 5, false)), ERR_BAD_SIGNATURE);
    assert_int_equal(put_card(t, &other, body), ERR_BAD_SIGNATURE);
    assert_int_equal(put_card(t, &p, body), ERR_OK);
    assert_int_equal(put_card(t, &p, body), ERR_BAD_SIGNATURE);
    assert_int_equal(put_card(t, &p, card_body(t, &p, &p.caller.id, &p.account.card, 4, false)), ERR_BAD_SIGNATURE);
    assert_int_equal(put_card(t, &p, card_body(t, &p, &p.caller.id, &other.account.card, 6, false)), ERR_EXISTS);
    assert_int_equal(put_card(t, &p, card_body(t, &p, &p.caller.id, &p.account.card, 6, false)), ERR_OK);
}

static void a_body_that_does_not_fit_is_refused(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    static const char *const bad[] = { "", "[]", "{}", "{\"counter\":0}", "{\"counter\":1,\"id\":\"x\",\"secret\":\"\",\"wrap\":\"\",\"signature\":\"\"}" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(put_card(t, &p, bytes_of_text(text_of(bad[i]))), ERR_BAD_INPUT);
}

static enum err spoil_identity(struct call *c, void *arg)
{
    static const char SQL[] = "UPDATE person SET identity = ?1";
    return store_exec(c->db, SQL, STORE_VALUES(store_v_bytes(*(struct bytes *)arg)), NULL);
}

static void the_check_finds_an_exchanged_key(void **state)
{
    struct testing *t = *state;
    int64_t broken = 0, n = 0;
    (void)testing_person(t);
    assert_int_equal(person_check(t->reads, &broken), ERR_OK);
    assert_int_equal(person_count(t->reads, &n), ERR_OK);
    assert_int_equal(broken, 0);
    assert_int_equal(n, 1);
    struct bytes other = testing_stranger(t).account.identity;
    assert_int_equal(testing_write(t, NULL, spoil_identity, &other), ERR_OK);
    assert_int_equal(person_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 1);
}

static enum err hold(struct call *c, void *arg) { return person_hold(c->db, arg); }

static void nobody_holds_a_person_who_is_not_there(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), gone = testing_stranger(t);
    assert_int_equal(testing_write(t, NULL, hold, &p.caller.id), ERR_OK);
    assert_int_equal(testing_write(t, NULL, hold, &gone.caller.id), ERR_NOT_FOUND);
}

static void a_failing_store_changes_nothing(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), fresh = testing_stranger(t);
    struct bytes body = card_body(t, &p, &p.caller.id, &fresh.account.card, 1, false);
    for (uint64_t n = 1; n <= 3; n++) {
        t->break_at = n;
        assert_int_equal(put_card(t, &p, body), ERR_STORE);
    }
    assert_int_equal(put_card(t, &p, body), ERR_OK);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(a_person_sees_their_own_account),
        TESTING(an_account_that_is_gone_is_not_found),
        TESTING(a_name_an_identity_and_a_card_belong_to_one_account),
        TESTING(what_is_no_identity_makes_no_account),
        TESTING(a_new_card_replaces_the_old_one),
        TESTING(a_change_is_signed_by_its_owner_and_cannot_be_played_again),
        TESTING(a_body_that_does_not_fit_is_refused),
        TESTING(the_check_finds_an_exchanged_key),
        TESTING(nobody_holds_a_person_who_is_not_there),
        TESTING(a_failing_store_changes_nothing),
    };
    return testing_main("person", tests, sizeof tests / sizeof tests[0]);
}
