/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The house: its row, its page about itself, its health. */
#include "house/testing.h"


static enum err count_columns(void *arg, const struct house_column *c)
{
    assert_true(text_equal(c->kind, TEXT("clear")) || text_equal(c->kind, TEXT("sealed")));
    assert_true(c->table.n > 0);
    ++*(int64_t *)arg;
    return ERR_OK;
}

static void the_page_tells_every_column_that_the_engine_has(void **state)
{
    static const char SQLITE[] =
        "SELECT COUNT(*) FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'"
        " AND m.name NOT LIKE 'store%'";
    static const char PG[] =
        "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE 'store%'";
    struct testing *t = *state;
    int64_t told = 0;
    assert_int_equal(house_each_column(count_columns, &told), ERR_OK);
    assert_int_equal(told, testing_count(t, t->schema[0] ? PG : SQLITE));
    assert_int_equal(testing_call(t, &house_routes, "GET /api/house/about", NULL, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "{\"name\":\"wrap_passphrase\",\"kind\":\"sealed\",\"about\":\"the account's root key"));
    assert_true(testing_reply_has(t, "{\"name\":\"schema_version\""));
    assert_true(testing_reply_has(t, "\"can_hand_over\":["));
    assert_true(testing_reply_has(t, "\"cannot_hand_over\":["));
}

static enum err ignore(void *arg, const struct house_column *c)
{
    (void)arg, (void)c;
    return ERR_OK;
}

static void a_column_that_says_nothing_about_itself_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "-- table: A.\nCREATE TABLE a (\n  b BIGINT\n);\n",
        "-- table: A.\nCREATE TABLE a (\n  b BIGINT -- what it is\n);\n",
        "-- table: A.\nCREATE TABLE a (\n  b BIGINT -- clear:\n);\n",
        "-- table: A.\nCREATE TABLE a (\n  b BIGINT -- clear: it\n",
        "CREATE TABLE a (\n  b BIGINT -- clear: it\n);\n",
        "ALTER TABLE a ADD COLUMN c BIGINT;\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(house_read_columns(text_of(bad[i]), ignore, NULL), ERR_INTERNAL);
    assert_int_equal(house_read_columns(TEXT("-- table: A.\nCREATE TABLE a (\n  b BIGINT, -- clear: it\n  PRIMARY KEY (b)\n);\n"
                                             "CREATE INDEX i ON a (b);\nALTER TABLE a ADD COLUMN c BYTEA; -- sealed: that"),
                                        ignore, NULL), ERR_OK);
}

static enum err stop(void *arg, const struct house_column *c)
{
    (void)arg, (void)c;
    return ERR_BUSY;
}

static void the_walk_stops_when_it_is_told_to(void **state)
{
    (void)state;
    assert_int_equal(house_each_column(stop, NULL), ERR_BUSY);
}

static void a_house_keeps_its_id_and_secret(void **state)
{
    struct testing *t = *state;
    struct house again;
    assert_int_equal(house_load(t->store, &again), ERR_OK);
    assert_true(id_equal(&again.id, &t->house.id));
    assert_true(crypt_equal(again.secret.b, t->house.secret.b, SECRET_BYTES));
}

static void anyone_may_ask_for_the_house_and_its_health(void **state)
{
    struct testing *t = *state;
    t->house.voice_quota_bytes = 5000000;
    assert_int_equal(testing_call(t, &house_routes, "GET /api/house", NULL, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "\"entry_bytes\":65536"));
    assert_true(testing_reply_has(t, "\"voice_quota_bytes\":5000000"));
    assert_true(testing_reply_has(t, "\"now_ms\":1790000000000"));
    assert_int_equal(testing_call(t, &house_routes, "GET /api/health", NULL, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "{\"ok\":true}"));
}

static void health_fails_with_the_store(void **state)
{
    struct testing *t = *state;
    t->break_at = 1;
    assert_int_equal(testing_call(t, &house_routes, "GET /api/health", NULL, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_STORE);
    assert_int_equal(testing_call(t, &house_routes, "GET /api/health", NULL, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
}

static void a_broken_rule_is_counted(void **state)
{
    static const struct house_rule rules[] = {
        { "one house", "SELECT COUNT(*) FROM house WHERE one <> 1" },
        { "never", "SELECT COUNT(*) FROM house" },
    };
    struct testing *t = *state;
    int64_t broken = 0;
    assert_int_equal(house_check(t->reads, rules, 2, &broken), ERR_OK);
    assert_int_equal(broken, 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(the_page_tells_every_column_that_the_engine_has),
        TESTING(a_column_that_says_nothing_about_itself_is_refused),
        TESTING(the_walk_stops_when_it_is_told_to),
        TESTING(a_house_keeps_its_id_and_secret),
        TESTING(anyone_may_ask_for_the_house_and_its_health),
        TESTING(health_fails_with_the_store),
        TESTING(a_broken_rule_is_counted),
    };
    return testing_main("house", tests, sizeof tests / sizeof tests[0]);
}
