/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Migrations: the schema's steps, embedded in the program, run forward only and in one transaction.
 *
 * Both engines can change tables inside a transaction, so that a step that fails leaves the store as it was. The number
 * of a step is its place in the list; the table schema_version remembers which have run. */
#include <assert.h>
#include <stdlib.h>

#include "lib/clock.h"
#include "lib/log.h"
#include "store/store_driver.h"

/* Written like a migration, so that the house's page about itself lists this table with the others. */
static const char SCHEMA_VERSION[] =
    "-- table: Which steps of the schema this store has gone through.\n"
    "CREATE TABLE IF NOT EXISTS schema_version (\n"
    "    version        BIGINT PRIMARY KEY,                 -- clear: the number of a step\n"
    "    made_ms        BIGINT NOT NULL                     -- clear: when it was taken\n"
    ");\n";

static const char LATEST[] = "SELECT COALESCE(MAX(version), 0) FROM schema_version";
static const char TAKEN[] = "INSERT INTO schema_version (version, made_ms) VALUES (?1, ?2)";

size_t store_migration_count(void)
{
    return 1 + store_n_migrations;
}

const char *store_migration_text(size_t i)
{
    return i == 0 ? SCHEMA_VERSION : store_migrations[i - 1].text;
}

static void skip(struct text *t, size_t n)
{
    t->p += n;
    t->n -= n;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* Blanks, comments and lone semicolons before a statement. A quote begins a statement, even a wrong one. */
static void skip_idle(struct text *t)
{
    while (t->n) {
        size_t n = *t->p == '\'' || *t->p == '"' ? 0 : store_sql_opaque(t->p, t->p + t->n);
        if (!n && (is_blank(*t->p) || *t->p == ';')) n = 1;
        if (!n) return;
        skip(t, n);
    }
}

bool store_split(struct text *text, struct text *ret_statement)
{
    skip_idle(text);
    if (!text->n) return false;
    size_t n = 0;
    while (n < text->n && text->p[n] != ';') {
        size_t opaque = store_sql_opaque(text->p + n, text->p + text->n);
        n += opaque ? opaque : 1;
    }
    *ret_statement = (struct text){ text->p, n };
    skip(text, n < text->n ? n + 1 : n);
    return true;
}

static enum err run_script(struct store_conn *c, const char *script)
{
    struct text left = text_of(script), statement;
    while (store_split(&left, &statement)) {
        TRY(store_fault_hit(c->store, STORE_FAULT_STATEMENT));
        TRY(c->store->driver->run_once(c, statement));
    }
    return ERR_OK;
}

static enum err latest(struct store_conn *c, int64_t *ret)
{
    STORE_ROWS rows = NULL;
    bool row;
    TRY(store_query(c, LATEST, STORE_NO_VALUES, &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret = store_int(rows, 0);
    return ERR_OK;
}

static enum err take_step(struct store_conn *c, size_t i)
{
    /* A name begins with its number: a list that was put together wrongly must not reach a store. */
    assert(strtoul(store_migrations[i].name, NULL, 10) == i + 1);
    TRY(run_script(c, store_migrations[i].text));
    TRY(store_exec(c, TAKEN, STORE_VALUES(store_v_int((int64_t)i + 1), store_v_int(clock_now_ms())), NULL));
    log_info("store-migrated", store_migrations[i].name, (int64_t)i + 1);
    return ERR_OK;
}

static enum err migrate(struct store_conn *c)
{
    int64_t have;
    TRY(c->store->driver->lock_schema(c));
    TRY(run_script(c, SCHEMA_VERSION));
    TRY(latest(c, &have));
    if (have > (int64_t)store_n_migrations) {
        log_error("store-newer", "the store was made by a newer beside; its schema has version", have);
        log_error("store-newer", "this beside knows versions up to", (int64_t)store_n_migrations);
        return ERR_STORE;
    }
    for (size_t i = (size_t)have; i < store_n_migrations; i++) TRY(take_step(c, i));
    return ERR_OK;
}

enum err store_migrate(struct store *s)
{
    struct store_conn *c;
    TRY(store_connect(s, STORE_WRITES, &c));
    enum err e = store_begin(c);
    if (e == ERR_OK) {
        e = migrate(c);
        if (e == ERR_OK) e = store_commit(c);
        else store_rollback(c);
    }
    store_disconnect(&c);
    return e;
}
