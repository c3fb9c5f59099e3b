/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The store's face: hands each call to the engine's driver, and keeps what is the same for both — the state of the
 * transaction, the faults that tests ask for, the notices of a batch.
 *
 * Its one complication is the order of judgement in a call: a doomed transaction refuses before anything else, then a
 * fault may strike, then the engine speaks; whatever fails inside a transaction spoils the job (store_driver.h). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lib/log.h"
#include "store/store_driver.h"

static bool is_postgres(const char *where)
{
    return strncmp(where, "postgres://", 11) == 0 || strncmp(where, "postgresql://", 13) == 0;
}

enum err store_open(const char *where, struct store **ret)
{
    const struct store_driver *driver = is_postgres(where) ? &store_pg_driver : &store_sqlite_driver;
    struct store *s;
    TRY(driver->open(where, &s));
    s->driver = driver;
    *ret = s;
    return ERR_OK;
}

void store_free(struct store **s)
{
    if (!*s) return;
    (*s)->driver->close(*s);
    *s = NULL;
}

void store_conn_start(struct store_conn *c, struct store *s, enum store_mode mode)
{
    c->store = s;
    c->mode = mode;
}

void store_conn_end(struct store_conn *c)
{
    free(c->notices);
    c->notices = NULL;
}

enum err store_connect(struct store *s, enum store_mode mode, struct store_conn **ret)
{
    TRY(store_fault_hit(s, STORE_FAULT_CONNECT));
    return s->driver->connect(s, mode, ret);
}

void store_disconnect(struct store_conn **c)
{
    if (!*c) return;
    if ((*c)->in_tx) store_rollback(*c);
    (*c)->store->driver->disconnect(*c);
    *c = NULL;
}

/* Remembers a failure inside a transaction. A fault that says the disk is full or the connection gone dooms the whole
 * transaction, as the real thing would; the drivers doom by themselves. */
static enum err fell(struct store_conn *c, enum err e)
{
    if (e != ERR_OK && c->in_tx && c->spoiled == ERR_OK) c->spoiled = e;
    return e;
}

static enum err may_run(struct store_conn *c)
{
    if (c->in_tx && c->doom != ERR_OK) return c->doom;
    enum err e = store_fault_hit(c->store, STORE_FAULT_STATEMENT);
    if (c->in_tx && (e == ERR_STORE_FULL || e == ERR_BUSY || e == ERR_MEMORY)) c->doom = e;
    return e;
}

enum err store_exec(struct store_conn *c, const char *sql, const struct store_value *v, size_t n, int64_t *ret_changed)
{
    enum err e = may_run(c);
    if (e == ERR_OK) e = c->store->driver->exec(c, sql, v, n, ret_changed);
    return fell(c, e);
}

enum err store_query(struct store_conn *c, const char *sql, const struct store_value *v, size_t n, struct store_rows **ret)
{
    enum err e = may_run(c);
    if (e == ERR_OK) e = c->store->driver->query(c, sql, v, n, ret);
    return fell(c, e);
}

enum err store_query_int(struct store_conn *c, const char *sql, const struct store_value *v, size_t n, int64_t *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(c, sql, v, n, &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret = store_int(rows, 0);
    return ERR_OK;
}

enum err store_next(struct store_rows *r, bool *ret_row)
{
    struct store_conn *c = r->conn;
    if (c->in_tx && c->doom != ERR_OK) return c->doom;
    return fell(c, c->store->driver->next(r, ret_row));
}

void store_rows_end(struct store_rows **r)
{
    if (!*r) return;
    (*r)->conn->store->driver->rows_end(*r);
    *r = NULL;
}

static struct store_value column_of(const struct store_rows *r, int column)
{
    return r->conn->store->driver->column(r, column);
}

bool store_is_null(const struct store_rows *r, int column)
{
    return column_of(r, column).type == STORE_NULL;
}

/* A column of another type than was asked for is our own mistake in a statement; NULL reads as zero or empty. */
int64_t store_int(const struct store_rows *r, int column)
{
    struct store_value v = column_of(r, column);
    assert(v.type == STORE_INT || v.type == STORE_NULL);
    return v.i;
}

struct bytes store_bytes(const struct store_rows *r, int column)
{
    struct store_value v = column_of(r, column);
    assert(v.type == STORE_BYTES || v.type == STORE_NULL);
    return v.b;
}

struct text store_text(const struct store_rows *r, int column)
{
    struct store_value v = column_of(r, column);
    assert(v.type == STORE_TEXT || v.type == STORE_NULL);
    return (struct text){ (const char *)v.b.p, v.b.n };
}

enum err store_id(const struct store_rows *r, int column, struct id *ret)
{
    struct store_value v = column_of(r, column);
    if (v.type != STORE_BYTES || v.b.n != ID_BYTES) return ERR_STORE;
    memcpy(ret->b, v.b.p, ID_BYTES);
    return ERR_OK;
}

/* Transactions. */

static void tx_over(struct store_conn *c)
{
    c->in_tx = c->again = c->notices_missed = false;
    c->spoiled = c->doom = ERR_OK;
    c->n_notices = c->job_notices = 0;
}

enum err store_begin(struct store_conn *c)
{
    assert(!c->in_tx);
    TRY(store_fault_hit(c->store, STORE_FAULT_STATEMENT));
    TRY(c->store->driver->begin(c));
    tx_over(c);
    c->in_tx = true;
    return ERR_OK;
}

void store_rollback(struct store_conn *c)
{
    if (c->in_tx) c->store->driver->rollback(c);
    tx_over(c);
}

/* With ERR_UNKNOWN_FATE a fault is the answer that got lost on its way: the commit happens and is not told of. */
static enum err commit_or_fault(struct store_conn *c)
{
    if (c->doom != ERR_OK) return c->doom;
    if (c->spoiled != ERR_OK) return c->spoiled;
    enum err fault = store_fault_hit(c->store, STORE_FAULT_COMMIT);
    if (fault != ERR_OK && fault != ERR_UNKNOWN_FATE) return fault;
    TRY(c->store->driver->commit(c));
    return fault;
}

enum err store_commit(struct store_conn *c)
{
    assert(c->in_tx);
    enum err e = commit_or_fault(c);
    if (e != ERR_OK && e != ERR_UNKNOWN_FATE) c->store->driver->rollback(c);
    tx_over(c);
    return e;
}

/* The savepoint of a job. */

enum err store_savepoint(struct store_conn *c)
{
    TRY(may_run(c));
    TRY(c->store->driver->savepoint(c));
    c->spoiled = ERR_OK;
    c->job_notices = c->n_notices;
    return ERR_OK;
}

enum err store_release(struct store_conn *c)
{
    TRY(may_run(c));
    return c->store->driver->release(c);
}

enum err store_rollback_to(struct store_conn *c)
{
    if (c->doom != ERR_OK) return c->doom;
    TRY(c->store->driver->rollback_to(c));
    c->spoiled = ERR_OK;
    c->n_notices = c->job_notices;
    return ERR_OK;
}

/* Notices. Room is made at once for a whole batch, so that a long batch does not copy them again and again. */

static bool notices_make_room(struct store_conn *c)
{
    if (c->notices) return true;
    size_t cap = STORE_NOTICE_MAX * c->store->driver->batch_max;
    c->notices = malloc(cap);
    if (!c->notices) return false;
    c->cap_notices = cap;
    return true;
}

void store_notice(struct store_conn *c, struct text line)
{
    assert(c->in_tx && !memchr(line.p, '\n', line.n));
    if (!c->store->driver->many_nodes) return;
    size_t job = c->n_notices - c->job_notices;
    if (job + line.n + 1 > STORE_NOTICE_MAX || !notices_make_room(c) || c->n_notices + line.n + 1 > c->cap_notices) {
        c->notices_missed = true;
        return;
    }
    memcpy(c->notices + c->n_notices, line.p, line.n);
    c->n_notices += line.n;
    c->notices[c->n_notices++] = '\n';
}

/* The rest is the engine's alone. */

enum err store_listen(struct store *s, void (*hear)(void *arg, struct text line), void (*lost)(void *arg), void *arg)
{
    return s->driver->listen(s, hear, lost, arg);
}

enum err store_backup(struct store *s, const char *file)
{
    return s->driver->backup(s, file);
}

enum err store_self_check(struct store_conn *c, char *ret, size_t n)
{
    return c->store->driver->self_check(c, ret, n);
}
