/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is done to SQL as text: placeholders turned, quotes and comments left alone, scripts cut into statements, prepared
 * statements found again. No engine is needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "store/store_driver.h"

static void expect_dollars(const char *sql, const char *expected)
{
    char ret[256];
    assert_true(store_sql_dollars(text_of(sql), ret, sizeof ret));
    assert_string_equal(ret, expected);
}

static void placeholders_become_dollars(void **state)
{
    (void)state;
    expect_dollars("", "");
    expect_dollars("SELECT ?1, ?2 FROM t WHERE a=?10", "SELECT $1, $2 FROM t WHERE a=$10");
    expect_dollars("?1", "$1");
    expect_dollars("a ? b ?x ?0 ?", "a ? b ?x ?0 ?");   /* no placeholders of ours */
}

static void quotes_and_comments_are_left_alone(void **state)
{
    (void)state;
    expect_dollars("SELECT '?1', ?1", "SELECT '?1', $1");
    expect_dollars("SELECT 'it''s ?1', ?1", "SELECT 'it''s ?1', $1");
    expect_dollars("SELECT \"?1\"\"?2\", ?1", "SELECT \"?1\"\"?2\", $1");
    expect_dollars("-- ?1\n?1 -- ?2", "-- ?1\n$1 -- ?2");
    expect_dollars("/* ?1 ' */ ?1 /* ?2", "/* ?1 ' */ $1 /* ?2");
    expect_dollars("'open ?1", "'open ?1");
    expect_dollars("1 - ?1 / ?2", "1 - $1 / $2");
    expect_dollars("/*/ ?1 */ ?2", "/*/ ?1 */ $2");
}

static void a_statement_that_does_not_fit_is_refused(void **state)
{
    (void)state;
    char ret[8];
    assert_true(store_sql_dollars(TEXT("SELECT1"), ret, sizeof ret));
    assert_false(store_sql_dollars(TEXT("SELECT 1"), ret, sizeof ret));
}

/* Cuts SCRIPT and compares with EXPECTED, which ends with NULL. */
static void expect_pieces(const char *script, const char *const *expected)
{
    struct text left = text_of(script), piece;
    for (; *expected; expected++) {
        assert_true(store_split(&left, &piece));
        assert_true(text_equal(piece, text_of(*expected)));
    }
    assert_false(store_split(&left, &piece));
    assert_int_equal(left.n, 0);
}

static void a_script_is_cut_at_its_semicolons(void **state)
{
    (void)state;
    expect_pieces("", (const char *const[]){ NULL });
    expect_pieces(" ;; -- nothing\n /* at all; */ \n", (const char *const[]){ NULL });
    expect_pieces("A; B;\nC", (const char *const[]){ "A", "B", "C", NULL });
    expect_pieces("-- one; two\nA -- three; four\n B;", (const char *const[]){ "A -- three; four\n B", NULL });
    expect_pieces("A ';' \";\" /* ; */ B; C", (const char *const[]){ "A ';' \";\" /* ; */ B", "C", NULL });
    expect_pieces("'never closed; A", (const char *const[]){ "'never closed; A", NULL });
}

static void statements_are_found_by_address_until_the_table_is_full(void **state)
{
    (void)state;
    static char sql[STORE_STATEMENTS_MAX + 1][8];
    static struct store_statements t;
    for (size_t i = 0; i < STORE_STATEMENTS_MAX; i++) {
        assert_null(store_statements_find(&t, sql[i]));
        assert_true(store_statements_put(&t, sql[i], sql[i]));
    }
    assert_false(store_statements_put(&t, sql[STORE_STATEMENTS_MAX], sql));
    assert_null(store_statements_find(&t, sql[STORE_STATEMENTS_MAX]));
    for (size_t i = 0; i < STORE_STATEMENTS_MAX; i++) assert_ptr_equal(store_statements_find(&t, sql[i]), sql[i]);
}

/* The page about the house is made from these; what it needs from each of them is tested with house.c. */
static void every_table_and_column_of_the_schema_says_what_it_is(void **state)
{
    (void)state;
    assert_true(store_migration_count() >= 2);
    for (size_t i = 0; i < store_migration_count(); i++) {
        struct text left = text_of(store_migration_text(i)), statement;
        while (store_split(&left, &statement)) {
            bool table = statement.n > 12 && memcmp(statement.p, "CREATE TABLE", 12) == 0;
            if (!table) continue;
            bool says = memmem(statement.p, statement.n, "-- clear: ", 10) || memmem(statement.p, statement.n, "-- sealed: ", 11);
            assert_true(says);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placeholders_become_dollars),
        cmocka_unit_test(quotes_and_comments_are_left_alone),
        cmocka_unit_test(a_statement_that_does_not_fit_is_refused),
        cmocka_unit_test(a_script_is_cut_at_its_semicolons),
        cmocka_unit_test(statements_are_found_by_address_until_the_table_is_full),
        cmocka_unit_test(every_table_and_column_of_the_schema_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
