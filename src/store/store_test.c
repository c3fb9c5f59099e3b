/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the store's face promises, alike on both engines; and what SQLite promises about its files. */
#include "store/test_kit.h"

#include <fcntl.h>

static uint8_t big[70000];

/* ---- values ---- */

static void values_come_back_as_they_went_in(void **state)
{
    (void)state;
    kit_do("CREATE TABLE v (i BIGINT, j BIGINT, b BYTEA, c BYTEA NOT NULL, t TEXT, u TEXT NOT NULL)");
    memset(big, 0xa5, sizeof big);
    big[3] = 0;
    struct store_conn *c = kit_connect(STORE_WRITES);
    ok(store_exec(c, "INSERT INTO v (i, j, b, c, t, u) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                  STORE_VALUES(store_v_int(INT64_MIN), store_v_int(INT64_MAX), store_v_bytes(bytes_of(big, sizeof big)),
                               store_v_bytes((struct bytes){ NULL, 0 }), store_v_text(TEXT("Grüße, ?1 '")),
                               store_v_text((struct text){ NULL, 0 })), NULL));
    STORE_ROWS rows = NULL;
    bool row;
    ok(store_query(c, "SELECT i, j, b, c, t, u, NULL FROM v WHERE j = ?1", STORE_VALUES(store_v_int(INT64_MAX)), &rows));
    ok(store_next(rows, &row));
    assert_true(row);
    assert_true(store_int(rows, 0) == INT64_MIN);
    assert_true(store_int(rows, 1) == INT64_MAX);
    assert_true(bytes_equal(store_bytes(rows, 2), bytes_of(big, sizeof big)));
    assert_int_equal(store_bytes(rows, 3).n, 0);
    assert_false(store_is_null(rows, 3));
    assert_true(text_equal(store_text(rows, 4), TEXT("Grüße, ?1 '")));
    assert_int_equal(store_text(rows, 5).n, 0);
    assert_true(store_is_null(rows, 6));
    ok(store_next(rows, &row));
    assert_false(row);
    ok(store_next(rows, &row));
    assert_false(row);
    store_rows_end(&rows);
    store_disconnect(&c);
}

static void a_statement_takes_null_first_and_a_number_later(void **state)
{
    (void)state;
    static const char sql[] = "INSERT INTO line (k, n, at) VALUES (?1, ?2, ?3)";
    struct store_conn *c = kit_connect(STORE_WRITES);
    ok(store_exec(c, sql, STORE_VALUES(store_v_int(1), store_v_int(1), store_v_null()), NULL));
    ok(store_exec(c, sql, STORE_VALUES(store_v_int(1), store_v_int(2), store_v_int(-5)), NULL));
    ok(store_exec(c, sql, STORE_VALUES(store_v_int(1), store_v_int(3), store_v_null()), NULL));
    store_disconnect(&c);
    assert_int_equal(kit_count("SELECT COUNT(*) FROM line WHERE at IS NULL"), 2);
    assert_int_equal(kit_count("SELECT at FROM line WHERE n = 2"), -5);
}

static void an_id_of_another_length_is_refused(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_READS);
    struct id id = { "0123456789abcde" }, back;
    STORE_ROWS rows = NULL;
    bool row;
    ok(store_query(c, "SELECT ?1, ?2", STORE_VALUES(store_v_id(&id), store_v_bytes(bytes_of("short", 5))), &rows));
    ok(store_next(rows, &row));
    ok(store_id(rows, 0, &back));
    assert_true(id_equal(&id, &back));
    assert_int_equal(store_id(rows, 1, &back), ERR_STORE);
    store_rows_end(&rows);
    store_disconnect(&c);
}

static void counts_and_comparisons_are_numbers(void **state)
{
    (void)state;
    assert_int_equal(kit_count("SELECT COUNT(*) FROM line"), 0);
    assert_int_equal(kit_count("SELECT 1 = 1"), 1);
    assert_int_equal(kit_count("SELECT -2"), -2);
    assert_int_equal(kit_count("SELECT CAST(COALESCE(SUM(n), 7) AS BIGINT) FROM line"), 7);
}

/* ---- statements ---- */

static void the_same_query_runs_inside_itself(void **state)
{
    (void)state;
    static const char sql[] = "SELECT n FROM line WHERE k = ?1 ORDER BY n";
    kit_do("INSERT INTO line (k, n) VALUES (1, 1), (1, 2), (2, 3)");
    struct store_conn *c = kit_connect(STORE_READS);
    STORE_ROWS outer = NULL;
    STORE_ROWS inner = NULL;
    bool row;
    ok(store_query(c, sql, STORE_VALUES(store_v_int(1)), &outer));
    ok(store_next(outer, &row));
    ok(store_query(c, sql, STORE_VALUES(store_v_int(2)), &inner));
    ok(store_next(inner, &row));
    assert_int_equal(store_int(inner, 0), 3);
    store_rows_end(&inner);
    ok(store_next(outer, &row));
    assert_int_equal(store_int(outer, 0), 2);
    store_rows_end(&outer);
    store_disconnect(&c);
}

static void more_statements_than_are_kept_still_run(void **state)
{
    (void)state;
    static char sql[STORE_STATEMENTS_MAX + 20][32];
    struct store_conn *c = kit_connect(STORE_READS);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < STORE_STATEMENTS_MAX + 20; i++) {
            STORE_ROWS rows = NULL;
            bool row;
            (void)snprintf(sql[i], sizeof sql[i], "SELECT ?1 + %d", i);
            ok(store_query(c, sql[i], STORE_VALUES(store_v_int(1000)), &rows));
            ok(store_next(rows, &row));
            assert_int_equal(store_int(rows, 0), 1000 + i);
        }
    store_disconnect(&c);
}

static void changes_are_counted(void **state)
{
    (void)state;
    static const char insert[] = "INSERT INTO line (k, n) VALUES (?1, 1) ON CONFLICT DO NOTHING";
    struct store_conn *c = kit_connect(STORE_WRITES);
    int64_t changed;
    ok(store_exec(c, insert, STORE_VALUES(store_v_int(1)), &changed));
    assert_int_equal(changed, 1);
    ok(store_exec(c, insert, STORE_VALUES(store_v_int(1)), &changed));
    assert_int_equal(changed, 0);
    ok(store_exec(c, insert, STORE_VALUES(store_v_int(2)), &changed));
    ok(store_exec(c, "UPDATE line SET at = 3", STORE_NO_VALUES, &changed));
    assert_int_equal(changed, 2);
    store_disconnect(&c);
}

static void a_broken_unique_rule_has_its_own_error(void **state)
{
    (void)state;
    static const char insert[] = "INSERT INTO line (k, n) VALUES (1, 1)";
    kit_do(insert);
    struct store_conn *c = kit_connect(STORE_WRITES);
    assert_int_equal(store_exec(c, insert, STORE_NO_VALUES, NULL), ERR_EXISTS);
    assert_int_equal(store_exec(c, "INSERT INTO line (k) VALUES (2)", STORE_NO_VALUES, NULL), ERR_STORE);
    assert_int_equal(store_exec(c, "INSERT INTO nowhere (k) VALUES (2)", STORE_NO_VALUES, NULL), ERR_STORE);
    ok(store_exec(c, "INSERT INTO line (k, n) VALUES (3, 3)", STORE_NO_VALUES, NULL));
    store_disconnect(&c);
}

static void returning_writes_even_if_nobody_reads(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_WRITES);
    struct store_rows *rows;
    bool row;
    ok(store_query(c, "INSERT INTO line (k, n) VALUES (1, 1) RETURNING n", STORE_NO_VALUES, &rows));
    store_rows_end(&rows);
    ok(store_query(c, "UPDATE line SET n = n + 1 WHERE k = ?1 RETURNING n", STORE_VALUES(store_v_int(1)), &rows));
    ok(store_next(rows, &row));
    assert_int_equal(store_int(rows, 0), 2);
    store_rows_end(&rows);
    store_disconnect(&c);
    assert_int_equal(kit_count("SELECT n FROM line"), 2);
}

/* ---- connections and transactions ---- */

static void a_reader_cannot_write(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_READS);
    assert_int_equal(store_exec(c, "INSERT INTO line (k, n) VALUES (1, 1)", STORE_NO_VALUES, NULL), ERR_STORE);
    store_disconnect(&c);
    assert_int_equal(kit_count("SELECT COUNT(*) FROM line"), 0);
}

static int64_t count_on(struct store_conn *c)
{
    STORE_ROWS rows = NULL;
    bool row;
    ok(store_query(c, "SELECT COUNT(*) FROM line", STORE_NO_VALUES, &rows));
    ok(store_next(rows, &row));
    return store_int(rows, 0);
}

static void a_readers_transaction_sees_one_picture(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_READS);
    ok(store_begin(c));
    assert_int_equal(count_on(c), 0);
    kit_do("INSERT INTO line (k, n) VALUES (1, 1)");
    assert_int_equal(count_on(c), 0);
    ok(store_commit(c));
    assert_int_equal(count_on(c), 1);
    store_disconnect(&c);
}

static void a_transaction_with_a_failed_statement_cannot_be_committed(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_WRITES);
    ok(store_begin(c));
    ok(store_exec(c, "INSERT INTO line (k, n) VALUES (1, 1)", STORE_NO_VALUES, NULL));
    assert_int_equal(store_exec(c, "INSERT INTO line (k, n) VALUES (1, 1)", STORE_NO_VALUES, NULL), ERR_EXISTS);
    assert_int_equal(store_commit(c), ERR_EXISTS);
    ok(store_begin(c));
    ok(store_exec(c, "INSERT INTO line (k, n) VALUES (2, 1)", STORE_NO_VALUES, NULL));
    store_rollback(c);
    ok(store_begin(c));
    ok(store_exec(c, "INSERT INTO line (k, n) VALUES (3, 1)", STORE_NO_VALUES, NULL));
    ok(store_commit(c));
    store_disconnect(&c);
    assert_int_equal(kit_count("SELECT k FROM line"), 3);
}

static void a_connection_given_back_in_a_transaction_leaves_nothing(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_WRITES);
    ok(store_begin(c));
    ok(store_exec(c, "INSERT INTO line (k, n) VALUES (1, 1)", STORE_NO_VALUES, NULL));
    store_disconnect(&c);
    assert_null(c);
    assert_int_equal(kit_count("SELECT COUNT(*) FROM line"), 0);
}

static void expect_text(struct store_conn *c, const char *sql, const char *expected)
{
    STORE_ROWS rows = NULL;
    bool row;
    ok(store_query(c, sql, STORE_NO_VALUES, &rows));
    ok(store_next(rows, &row));
    assert_true(row);
    assert_true(text_equal(store_text(rows, 0), text_of(expected)));
}

static void the_store_checks_itself(void **state)
{
    (void)state;
    char said[64];
    struct store_conn *c = kit_connect(STORE_READS);
    ok(store_self_check(c, said, sizeof said));
    assert_string_equal(said, "ok");
    store_disconnect(&c);
}

/* ---- migrations ---- */

static void migrating_twice_changes_nothing(void **state)
{
    (void)state;
    ok(store_migrate(kit.store));
    int64_t version = kit_count("SELECT MAX(version) FROM schema_version");
    assert_int_equal(version, store_n_migrations);
    ok(store_migrate(kit.store));
    assert_int_equal(kit_count("SELECT COUNT(*) FROM schema_version"), version);
    assert_int_equal(kit_count("SELECT COUNT(*) FROM entry"), 0);
}

static void a_newer_store_is_refused(void **state)
{
    (void)state;
    ok(store_migrate(kit.store));
    kit_do("INSERT INTO schema_version (version, made_ms) VALUES (1000, 0)");
    assert_int_equal(store_migrate(kit.store), ERR_STORE);
}

/* Every step of a migration may fail; the next attempt begins where the first did. */
static void a_migration_that_fails_leaves_the_store_as_it_was(void **state)
{
    (void)state;
    static const char probe[] = "SELECT COUNT(*) FROM schema_version";
    uint64_t n = 1;
    for (;; n++) {
        store_fault_after(kit.store, STORE_FAULT_STATEMENT, n, ERR_STORE);
        enum err e = store_migrate(kit.store);
        store_fault_after(kit.store, STORE_FAULT_STATEMENT, 0, ERR_STORE);
        if (e == ERR_OK) break;
        assert_int_equal(e, ERR_STORE);
        struct store_conn *c = kit_connect(STORE_READS);
        struct store_rows *rows;
        assert_int_equal(store_query(c, probe, STORE_NO_VALUES, &rows), ERR_STORE);   /* there is no such table */
        store_disconnect(&c);
    }
    assert_true(n > 15);   /* it did go through all statements */
    assert_int_equal(kit_count("SELECT COUNT(*) FROM entry"), 0);
}

static void a_migration_whose_commit_fails_is_not_there(void **state)
{
    (void)state;
    store_fault_after(kit.store, STORE_FAULT_COMMIT, 1, ERR_STORE_FULL);
    assert_int_equal(store_migrate(kit.store), ERR_STORE_FULL);
    store_fault_after(kit.store, STORE_FAULT_CONNECT, 1, ERR_STORE);
    assert_int_equal(store_migrate(kit.store), ERR_STORE);
    ok(store_migrate(kit.store));
}

static void *migrate_in_a_thread(void *arg)
{
    (void)arg;
    struct store *s = kit_open();
    enum err e = store_migrate(s);
    store_free(&s);
    return (void *)(uintptr_t)e;
}

static void two_programs_migrate_at_the_same_moment(void **state)
{
    (void)state;
    pthread_t threads[3];
    for (size_t i = 0; i < 3; i++) assert_int_equal(pthread_create(&threads[i], NULL, migrate_in_a_thread, NULL), 0);
    for (size_t i = 0; i < 3; i++) {
        void *e;
        pthread_join(threads[i], &e);
        assert_int_equal((uintptr_t)e, ERR_OK);
    }
    assert_int_equal(kit_count("SELECT COUNT(*) FROM schema_version"), (int64_t)store_n_migrations);
}

/* ---- SQLite's files ---- */

static int mode_of(const char *name)
{
    char path[2 * KIT_PATH];
    struct stat st;
    (void)snprintf(path, sizeof path, "%s/%s", kit.folder, name);
    return stat(path, &st) == 0 ? (int)(st.st_mode & 0777) : -1;
}

static void the_files_are_nobody_elses_business(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_WRITES);
    ok(store_exec(c, "INSERT INTO line (k, n) VALUES (1, 1)", STORE_NO_VALUES, NULL));
    assert_int_equal(mode_of("beside.db"), 0600);
    assert_int_equal(mode_of("beside.db-wal"), 0600);
    assert_int_equal(mode_of("."), 0700);
    store_disconnect(&c);
    char inner[2 * KIT_PATH];
    (void)snprintf(inner, sizeof inner, "%s/new", kit.folder);
    struct store *s;
    ok(store_open(inner, &s));
    assert_int_equal(mode_of("new"), 0700);
    store_free(&s);
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    (void)state;
    char path[2 * KIT_PATH];
    (void)snprintf(path, sizeof path, "%s/beside.db", kit.folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    for (int i = 0; i < 1000; i++) (void)fputs("this is not a database\n", f);
    assert_int_equal(fclose(f), 0);
    struct store *s;
    assert_int_equal(store_open(kit.folder, &s), ERR_STORE);
}

static void a_backup_is_a_store(void **state)
{
    (void)state;
    char folder[2 * KIT_PATH], file[3 * KIT_PATH];
    ok(store_migrate(kit.store));
    kit_do("INSERT INTO line (k, n) VALUES (5, 6)");
    (void)snprintf(folder, sizeof folder, "%s/copy", kit.folder);
    (void)snprintf(file, sizeof file, "%s/beside.db", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    ok(store_backup(kit.store, file));
    assert_int_equal(mode_of("copy/beside.db"), 0600);
    assert_int_equal(store_backup(kit.store, file), ERR_EXISTS);
    store_free(&kit.store);
    ok(store_open(folder, &kit.store));
    ok(store_migrate(kit.store));
    assert_int_equal(kit_count("SELECT n FROM line"), 6);
}

/* No test pulls the plug, so it is asked whether every commit waits for the disk. */
static void a_commit_waits_for_the_disk(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_WRITES);
    expect_text(c, "PRAGMA journal_mode", "wal");
    expect_text(c, "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous", "2");
    store_disconnect(&c);
}

/* SQLite may end a transaction by itself; what the job still says after that must not be done outside of it. */
static void nothing_is_written_after_the_engine_ended_the_transaction(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_WRITES);
    ok(store_begin(c));
    ok(store_exec(c, "INSERT INTO line (k, n) VALUES (1, 1)", STORE_NO_VALUES, NULL));
    assert_int_equal(store_exec(c, "INSERT OR ROLLBACK INTO line (k, n) VALUES (1, 1)", STORE_NO_VALUES, NULL), ERR_EXISTS);
    assert_int_equal(store_exec(c, "INSERT INTO line (k, n) VALUES (1, 2)", STORE_NO_VALUES, NULL), ERR_EXISTS);
    assert_int_equal(store_commit(c), ERR_EXISTS);
    ok(store_begin(c));
    ok(store_commit(c));
    store_disconnect(&c);
    assert_int_equal(kit_count("SELECT COUNT(*) FROM line"), 0);
}

/* ---- erased words ---- */

static bool file_holds(const char *path, const char *word)
{
    FILE *f = fopen(path, "r");
    if (!f) return false;
    char *all = malloc(64 << 20);
    assert_non_null(all);
    size_t n = fread(all, 1, 64 << 20, f);
    (void)fclose(f);
    bool held = memmem(all, n, word, strlen(word)) != NULL;
    free(all);
    return held;
}

static bool files_hold(const char *word)
{
    char path[2 * KIT_PATH];
    (void)snprintf(path, sizeof path, "%s/beside.db", kit.folder);
    if (file_holds(path, word)) return true;
    (void)snprintf(path, sizeof path, "%s/beside.db-wal", kit.folder);
    return file_holds(path, word);
}

enum { WORDS = 3000 };

/* Bodies of many lengths, so that pages split and overflow in every way. */
static void body_of(uint8_t *ret, size_t n)
{
    static const char word[] = "Taken-back ";
    for (size_t i = 0; i < n; i++) ret[i] = (uint8_t)word[i % (sizeof word - 1)];
}

static void write_words(struct store_conn *c)
{
    for (int64_t i = 0; i < WORDS; i++) {
        size_t n = 40 + (size_t)(i * 7919 % 1500) + (i % 50 == 0 ? 20000 : 0);
        body_of(big, n);
        ok(store_exec(c, "INSERT INTO line (k, n, body) VALUES (?1, ?2, ?3)",
                      STORE_VALUES(store_v_int(i * 7919 % 97), store_v_int(i), store_v_bytes(bytes_of(big, n))), NULL));
    }
}

static void words_taken_back_leave_the_files(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_WRITES);
    ok(store_begin(c));
    write_words(c);
    ok(store_commit(c));
    assert_true(files_hold("Taken-back"));
    for (int64_t k = 0; k < 97; k++) {   /* half are emptied, half deleted, in many transactions */
        ok(store_exec(c, "UPDATE line SET body = ?2 WHERE k = ?1 AND n % 2 = 0",
                      STORE_VALUES(store_v_int(k), store_v_bytes((struct bytes){ NULL, 0 })), NULL));
        ok(store_exec(c, "DELETE FROM line WHERE k = ?1 AND n % 2 = 1", STORE_VALUES(store_v_int(k)), NULL));
    }
    while (kit.store->driver->tidy(c, true)) continue;
    assert_false(files_hold("Taken-back"));
    store_disconnect(&c);
}

/* Deleting most of a large store gives room back to the disk, in quiet moments. */
static void room_that_is_left_over_goes_back_to_the_disk(void **state)
{
    (void)state;
    char path[2 * KIT_PATH];
    struct stat before, after;
    (void)snprintf(path, sizeof path, "%s/beside.db", kit.folder);
    struct store_conn *c = kit_connect(STORE_WRITES);
    ok(store_begin(c));
    for (int i = 0; i < 4; i++) {
        ok(store_exec(c, "UPDATE line SET k = k + 1000", STORE_NO_VALUES, NULL));
        write_words(c);
    }
    ok(store_commit(c));
    while (kit.store->driver->tidy(c, true)) continue;
    assert_int_equal(stat(path, &before), 0);
    ok(store_exec(c, "DELETE FROM line", STORE_NO_VALUES, NULL));
    while (kit.store->driver->tidy(c, true)) continue;
    assert_int_equal(stat(path, &after), 0);
    assert_true(before.st_size > 10 << 20);
    assert_true(after.st_size < 7 << 20);
    store_disconnect(&c);
}

/* ---- PostgreSQL's own ---- */

static void a_column_of_a_foreign_type_is_refused(void **state)
{
    (void)state;
    struct store_conn *c = kit_connect(STORE_READS);
    struct store_rows *rows;
    assert_int_equal(store_query(c, "SELECT SUM(n) FROM line", STORE_NO_VALUES, &rows), ERR_STORE);
    store_disconnect(&c);
}

static void a_reader_whose_connection_was_cut_asks_again(void **state)
{
    (void)state;
    static const char sql[] = "SELECT COUNT(*) FROM line";
    struct store_conn *c = kit_connect(STORE_READS);
    struct store_rows *rows;
    ok(store_query(c, sql, STORE_NO_VALUES, &rows));
    store_rows_end(&rows);
    kit_count("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    (void)usleep(50000);
    ok(store_query(c, sql, STORE_NO_VALUES, &rows));
    store_rows_end(&rows);
    store_disconnect(&c);
}

static void a_commit_waits_for_the_disk_whatever_the_servers_default(void **state)
{
    (void)state;
    kit_do("DO 'BEGIN EXECUTE ''ALTER ROLE '' || quote_ident(current_user) || '' SET synchronous_commit = off''; END'");
    struct store_conn *c = kit_connect(STORE_WRITES);
    expect_text(c, "SELECT current_setting('synchronous_commit')", "on");
    store_disconnect(&c);
    kit_do("DO 'BEGIN EXECUTE ''ALTER ROLE '' || quote_ident(current_user) || '' RESET synchronous_commit''; END'");
}

static void a_wrong_url_is_refused(void **state)
{
    (void)state;
    struct store *s;
    assert_int_equal(store_open("postgres://host/db?nonsense=1", &s), ERR_BAD_INPUT);
    assert_int_equal(store_backup(kit.store, "/tmp/never"), ERR_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest both[] = {
        kit_test(values_come_back_as_they_went_in),
        kit_test(a_statement_takes_null_first_and_a_number_later),
        kit_test(an_id_of_another_length_is_refused),
        kit_test(counts_and_comparisons_are_numbers),
        kit_test(the_same_query_runs_inside_itself),
        kit_test(more_statements_than_are_kept_still_run),
        kit_test(changes_are_counted),
        kit_test(a_broken_unique_rule_has_its_own_error),
        kit_test(returning_writes_even_if_nobody_reads),
        kit_test(a_reader_cannot_write),
        kit_test(a_readers_transaction_sees_one_picture),
        kit_test(a_transaction_with_a_failed_statement_cannot_be_committed),
        kit_test(a_connection_given_back_in_a_transaction_leaves_nothing),
        kit_test(the_store_checks_itself),
        kit_test(migrating_twice_changes_nothing),
        kit_test(a_newer_store_is_refused),
        kit_test(a_migration_that_fails_leaves_the_store_as_it_was),
        kit_test(a_migration_whose_commit_fails_is_not_there),
        kit_test(two_programs_migrate_at_the_same_moment),
    };
    const struct CMUnitTest sqlite_only[] = {
        kit_test(the_files_are_nobody_elses_business),
        kit_test(a_file_that_is_no_database_is_refused),
        kit_test(a_backup_is_a_store),
        kit_test(a_commit_waits_for_the_disk),
        kit_test(nothing_is_written_after_the_engine_ended_the_transaction),
        kit_test(words_taken_back_leave_the_files),
        kit_test(room_that_is_left_over_goes_back_to_the_disk),
    };
    const struct CMUnitTest pg_only[] = {
        kit_test(a_column_of_a_foreign_type_is_refused),
        kit_test(a_reader_whose_connection_was_cut_asks_again),
        kit_test(a_commit_waits_for_the_disk_whatever_the_servers_default),
        kit_test(a_wrong_url_is_refused),
    };
    int failed = cmocka_run_group_tests_name("sqlite", both, NULL, NULL);
    failed += cmocka_run_group_tests_name("sqlite's files", sqlite_only, NULL, NULL);
    kit.pg = kit_find_pg();
    if (kit.pg) {
        failed += cmocka_run_group_tests_name("postgresql", both, NULL, NULL);
        failed += cmocka_run_group_tests_name("postgresql's own", pg_only, NULL, NULL);
    }
    kit_end();
    return failed;
}
