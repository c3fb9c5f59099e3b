/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The vault: versions, merging, deletions, limits. */
#include "person/testing.h"
#include "vault/vault.h"

static enum err put(struct testing *t, const struct testing_person *p, struct id key, const char *known, struct bytes body)
{
    t->if_match = text_of(known);
    return testing_call(t, &vault_routes, "PUT /api/vault/{key}", &p->caller, TESTING_PARAMS(key), body);
}

static enum err take(struct testing *t, const struct testing_person *p, struct id key, const char *known)
{
    t->if_match = text_of(known);
    return testing_call(t, &vault_routes, "DELETE /api/vault/{key}", &p->caller, TESTING_PARAMS(key), TESTING_NO_BODY);
}

static enum err get(struct call *c, void *arg)
{
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    TRY(vault_read(c, *(int64_t *)arg, &b));
    return build_done(&b, &c->reply);
}

/* The frames after a version; gives how many, and the last one's version and body. */
static int frames(struct testing *t, const struct testing_person *p, int64_t after, int64_t *ret_version, struct bytes *ret_body)
{
    int n = 0;
    assert_int_equal(testing_write(t, &p->caller, get, &after), ERR_OK);
    for (struct cursor c = cursor_of(t->call.reply); c.left.n > 0; n++) {
        uint32_t rest = cursor_u32(&c);
        (void)cursor_id(&c);
        int64_t version = (int64_t)cursor_u64(&c);
        assert_true(version > after);
        after = *ret_version = version;
        *ret_body = cursor_take(&c, rest - ID_BYTES - 8);
        assert_true(cursor_ok(&c));
    }
    return n;
}

static void versions_ascend_over_all_items(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t), other = testing_person(t);
    struct id a = crypt_random_id(), b = crypt_random_id();
    struct bytes one = testing_random(t, 100), two = testing_random(t, 200), last;
    int64_t version = 0;
    assert_int_equal(put(t, &p, a, "0", one), ERR_OK);
    assert_true(testing_reply_has(t, "{\"version\":1}"));
    assert_int_equal(testing_events(t, EVENT_VAULT, &p.caller.id), 1);
    assert_int_equal(put(t, &p, b, "0", two), ERR_OK);
    assert_int_equal(put(t, &p, a, "\"1\"", two), ERR_OK);
    assert_true(testing_reply_has(t, "{\"version\":3}"));
    assert_int_equal(frames(t, &p, 0, &version, &last), 2);
    assert_int_equal(version, 3);
    assert_true(bytes_equal(last, two));
    assert_int_equal(frames(t, &p, 2, &version, &last), 1);
    assert_int_equal(frames(t, &p, 3, &version, &last), 0);
    assert_int_equal(frames(t, &other, 0, &version, &last), 0);
    assert_int_equal(testing_call(t, &vault_routes, "GET /api/vault", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_int_equal(t->call.reply.n, 2 * (VAULT_FRAME_HEAD + 200));
}

static void a_change_from_an_old_version_is_refused_with_the_new_one(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    struct id a = crypt_random_id();
    struct bytes one = testing_random(t, 10), two = testing_random(t, 10);
    assert_int_equal(put(t, &p, a, "4", one), ERR_VAULT_CHANGED);
    assert_int_equal(t->call.extras[0].value, 0);
    assert_int_equal(put(t, &p, a, "0", one), ERR_OK);
    assert_int_equal(put(t, &p, a, "0", two), ERR_VAULT_CHANGED);
    assert_int_equal(t->call.extras[0].value, 1);
    assert_int_equal(take(t, &p, a, "0"), ERR_VAULT_CHANGED);
    assert_int_equal(put(t, &p, a, "0", one), ERR_OK);   /* a repeat */
    assert_true(testing_reply_has(t, "{\"version\":1}"));
}

static void a_deleted_item_stays_as_a_line_without_a_body(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    struct id a = crypt_random_id();
    struct bytes one = testing_random(t, 10), last;
    int64_t version = 0;
    assert_int_equal(take(t, &p, a, "0"), ERR_NOT_FOUND);
    assert_int_equal(put(t, &p, a, "0", one), ERR_OK);
    assert_int_equal(take(t, &p, a, "1"), ERR_OK);
    assert_true(testing_reply_has(t, "{\"version\":2}"));
    assert_int_equal(take(t, &p, a, "1"), ERR_OK);   /* a repeat */
    assert_true(testing_reply_has(t, "{\"version\":2}"));
    assert_int_equal(frames(t, &p, 1, &version, &last), 1);
    assert_int_equal(last.n, 0);
    assert_int_equal(put(t, &p, a, "2", one), ERR_OK);
}

static void what_is_no_version_is_refused(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    static const char *const bad[] = { "", "*", "-1", "1.0", "\"1", "W/\"1\"", "99999999999999999999", "+1", " 1" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(put(t, &p, crypt_random_id(), bad[i], testing_random(t, 10)), ERR_BAD_INPUT);
    assert_int_equal(put(t, &p, crypt_random_id(), "0", TESTING_NO_BODY), ERR_BAD_INPUT);
}

static enum err fill(struct call *c, void *arg)
{
    int64_t version = 0;
    for (int i = 0; i < HOUSE_VAULT_ITEMS_MAX; i++) {
        struct id key = crypt_random_id();
        TRY(vault_put(c, &key, 0, *(struct bytes *)arg, &version));
    }
    return ERR_OK;
}

static enum err empty(struct call *c, void *arg)
{
    static const char SQL[] = "UPDATE vault_item SET body = ?1";
    (void)arg;
    return store_exec(c->db, SQL, STORE_VALUES(store_v_bytes(TESTING_NO_BODY)), NULL);
}

static void items_are_limited_and_so_are_deleted_ones(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    struct id a = crypt_random_id();
    struct bytes body = testing_random(t, 5);
    int64_t items = 0, gone = 0, broken = 0;
    assert_int_equal(testing_write(t, &p.caller, fill, &body), ERR_OK);
    assert_int_equal(put(t, &p, a, "0", body), ERR_TOO_MANY);
    assert_int_equal(testing_write(t, &p.caller, empty, NULL), ERR_OK);
    assert_int_equal(put(t, &p, a, "0", body), ERR_OK);
    assert_int_equal(take(t, &p, a, "2001"), ERR_OK);
    assert_int_equal(vault_store_count(t->reads, &p.caller.id, &items, &gone), ERR_OK);
    assert_int_equal(items, 0);
    assert_int_equal(gone, VAULT_GONE_MAX);
    assert_int_equal(vault_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

static void a_large_vault_comes_in_pages(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    int64_t version = 0;
    struct bytes last;
    for (int i = 0; i < 20; i++)
        assert_int_equal(put(t, &p, crypt_random_id(), "0", testing_random(t, HOUSE_VAULT_ITEM_MAX)), ERR_OK);
    assert_int_equal(frames(t, &p, 0, &version, &last), 15);
    assert_int_equal(frames(t, &p, version, &version, &last), 5);
    assert_int_equal(version, 20);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(versions_ascend_over_all_items),
        TESTING(a_change_from_an_old_version_is_refused_with_the_new_one),
        TESTING(a_deleted_item_stays_as_a_line_without_a_body),
        TESTING(what_is_no_version_is_refused),
        TESTING(items_are_limited_and_so_are_deleted_ones),
        TESTING(a_large_vault_comes_in_pages),
    };
    return testing_main("vault", tests, sizeof tests / sizeof tests[0]);
}
