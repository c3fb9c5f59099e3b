/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The PostgreSQL driver: libpq, prepared statements, values and results in binary.
 *
 * Its one complication is a connection that breaks, and what may then be said of the work under way. Outside a
 * transaction a reader reconnects and asks again: a question can be repeated. Inside a transaction nothing is repeated
 * here: the transaction is doomed and nothing of it was done. During COMMIT nobody knows: ERR_UNKNOWN_FATE. A writer's
 * single statement outside a transaction commits by itself, so a break during it has an unknown fate too.
 *
 * The server's messages quote values of rows, so none is ever logged; what is logged is our own SQL and the SQLSTATE.
 * Only complaints about the SQL itself (class 42), which is a constant of ours, are logged as they are. */
#include <arpa/inet.h>
#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/log.h"
#include "store/store_driver.h"

enum {
    LANES = 4,
    /* PostgreSQL keeps 64 subtransactions of a transaction where other sessions can see them cheaply. */
    BATCH_MAX = 64,
    VALUES_MAX = 64,
    SQL_MAX = 8192,
    NODE_TEXT = 16,
    PAYLOAD_MAX = 7900,           /* NOTIFY takes less than 8,000 bytes */
    RETRY_FIRST_MS = 100,         /* waits between attempts to connect, doubled each time … */
    RETRY_LAST_MS = 5000,
};
static_assert(STORE_NOTICE_MAX + NODE_TEXT + 16 < PAYLOAD_MAX, "every line must fit into a payload");

/* Types of the values that travel, by the server's numbers (pg_type.dat). */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_NAME = 19, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, OID_VARCHAR = 1043 };

struct pg_listener {
    bool running;
    pthread_t thread;
    int stop;                     /* an eventfd that becomes readable when the store closes */
    void (*hear)(void *arg, struct text line);
    void (*lost)(void *arg);
    void *arg;
};

struct pg_store {
    struct store base;
    char *url;
    char node[NODE_TEXT + 1];     /* random: names this process in its notices, so that it can skip its own */
    struct pg_listener listener;
};

struct pg_conn {
    struct store_conn base;
    PGconn *pg;                   /* NULL or broken: to be connected again before the next use */
    struct store_statements statements;
    int64_t retry_mono_ms, retry_wait_ms;
    unsigned payloads;            /* counts them: the server sends equal ones of a transaction only once */
};

/* What is known of a statement: the name under which the server holds it. */
struct pg_statement {
    char name[16];
};

struct pg_rows {
    struct store_rows rows;
    PGresult *result;
    int row;
};

/* Values in the form that libpq takes; integers are turned round into `ints`. */
struct pg_values {
    const char *p[VALUES_MAX];
    int n[VALUES_MAX], binary[VALUES_MAX];
    Oid types[VALUES_MAX];
    int64_t ints[VALUES_MAX];
};

/* ---- errors ---- */

/* The five characters of a SQLSTATE as one number in base 36, for the log. */
static int64_t state_number(const char *state)
{
    return state ? strtoll(state, NULL, 36) : 0;
}

static bool is_state(const char *state, const char *is)
{
    return state && strncmp(state, is, strlen(is)) == 0;
}

static bool is_alive(const struct pg_conn *c)
{
    return c->pg && PQstatus(c->pg) == CONNECTION_OK;
}

static enum err err_of_state(const char *state)
{
    if (is_state(state, "23505")) return ERR_EXISTS;      /* unique_violation */
    if (is_state(state, "53100")) return ERR_STORE_FULL;  /* disk_full */
    if (is_state(state, "53") || is_state(state, "55P03") || is_state(state, "40")) return ERR_BUSY;
    return ERR_STORE;
}

/* Serialization failure and deadlock: our fault and nobody's, the same batch may succeed next time. */
static bool is_worth_again(const char *state)
{
    return is_state(state, "40001") || is_state(state, "40P01");
}

/* What a broken connection means for the call that met it. */
static enum err broke(struct pg_conn *c)
{
    log_error("store-connection", "lost", 0);
    if (c->base.in_tx) return c->base.doom = ERR_STORE;
    return c->base.mode == STORE_READS ? ERR_STORE : ERR_UNKNOWN_FATE;
}

static enum err failed(struct pg_conn *c, const PGresult *r, const char *sql)
{
    if (!is_alive(c)) return broke(c);
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    enum err e = err_of_state(state);
    if (is_state(state, "42")) log_error("store-sql", PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY), state_number(state));
    if (e != ERR_EXISTS && !is_worth_again(state)) log_error("store-statement", sql, state_number(state));
    if (c->base.in_tx && (e == ERR_STORE_FULL || e == ERR_BUSY)) c->base.doom = e;
    if (c->base.in_tx && is_worth_again(state)) c->base.again = true;
    return e;
}

static bool is_good(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static void result_free(PGresult **r)
{
    PQclear(*r);
}
#define RESULT __attribute__((cleanup(result_free))) PGresult *

/* ---- connections ---- */

/* Silence: notices of the server may quote values. */
static void no_notices(void *arg, const PGresult *r)
{
    (void)arg, (void)r;
}

/* The URL stands last, so that what it says wins. A dead peer is noticed within half a minute. */
static PGconn *dial(const char *url)
{
    static const char *const keys[] = { "connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count",
                                        "tcp_user_timeout", "fallback_application_name", "client_encoding", "dbname", NULL };
    const char *const values[] = { "3", "15", "5", "3", "20000", "beside", "UTF8", url, NULL };
    PGconn *pg = PQconnectdbParams(keys, values, 1);
    if (!pg) return NULL;
    (void)PQsetNoticeReceiver(pg, no_notices, NULL);   /* gives the former one */
    if (PQstatus(pg) == CONNECTION_OK) return pg;
    PQfinish(pg);
    return NULL;
}

/* A commit that is told must be on the disk, whatever the server's default; nothing may hang for ever. */
static const char SETUP_BOTH[] =
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';"
    "SET idle_in_transaction_session_timeout = '60s';";
static const char SETUP_WRITES[] = "SET statement_timeout = '30s'";
static const char SETUP_READS[] = "SET statement_timeout = '10s'; SET default_transaction_read_only = on";

static bool set_up(PGconn *pg, enum store_mode mode)
{
    RESULT both = PQexec(pg, SETUP_BOTH);
    RESULT own = PQexec(pg, mode == STORE_WRITES ? SETUP_WRITES : SETUP_READS);
    return is_good(both) && is_good(own);
}

static void forget_statements(struct pg_conn *c)
{
    for (size_t i = 0; i < STORE_STATEMENT_SLOTS; i++) free(c->statements.slots[i].statement);
    c->statements = (struct store_statements){ 0 };
}

static void hang_up(struct pg_conn *c)
{
    PQfinish(c->pg);   /* takes NULL */
    c->pg = NULL;
    forget_statements(c);
}

static enum err reconnect(struct pg_conn *c)
{
    hang_up(c);
    enum err e = store_fault_hit(c->base.store, STORE_FAULT_CONNECT);
    if (e != ERR_OK) return e;
    c->pg = dial(((struct pg_store *)c->base.store)->url);
    if (c->pg && !set_up(c->pg, c->base.mode)) hang_up(c);
    return c->pg ? ERR_OK : ERR_STORE;
}

/* Makes sure of a connection. While the server is away an attempt is made only now and then, and every call in between
 * fails at once: a loop or a lane must not stand still for it. */
static enum err ready(struct pg_conn *c)
{
    if (is_alive(c)) return ERR_OK;
    if (c->base.in_tx) return ERR_STORE;
    if (clock_mono_ms() < c->retry_mono_ms) return ERR_STORE;
    enum err e = reconnect(c);
    if (e == ERR_OK) {
        if (c->retry_wait_ms) log_info("store-connection", "back", 0);
        c->retry_mono_ms = c->retry_wait_ms = 0;
        return ERR_OK;
    }
    if (!c->retry_wait_ms) log_error("store-connection", "the server cannot be reached", 0);
    c->retry_wait_ms = c->retry_wait_ms ? c->retry_wait_ms * 2 : RETRY_FIRST_MS;
    if (c->retry_wait_ms > RETRY_LAST_MS) c->retry_wait_ms = RETRY_LAST_MS;
    c->retry_mono_ms = clock_mono_ms() + c->retry_wait_ms;
    return e;
}

static void pg_disconnect(struct store_conn *base)
{
    struct pg_conn *c = (struct pg_conn *)base;
    hang_up(c);
    store_conn_end(base);
    free(c);
}

static enum err pg_connect(struct store *s, enum store_mode mode, struct store_conn **ret)
{
    struct pg_conn *c = calloc(1, sizeof *c);
    if (!c) return ERR_MEMORY;
    store_conn_start(&c->base, s, mode);
    c->pg = dial(((struct pg_store *)s)->url);
    if (!c->pg || !set_up(c->pg, mode)) {
        log_error("store-connection", "the server cannot be reached", 0);
        pg_disconnect(&c->base);
        return ERR_STORE;
    }
    *ret = &c->base;
    return ERR_OK;
}

/* ---- statements ---- */

static void turn_value(struct pg_values *to, size_t i, const struct store_value *v)
{
    to->binary[i] = 1;
    to->p[i] = NULL;
    to->n[i] = 0;
    to->types[i] = 0;   /* NULL: the server infers it */
    if (v->type == STORE_NULL) return;
    to->types[i] = v->type == STORE_INT ? OID_INT8 : v->type == STORE_BYTES ? OID_BYTEA : OID_TEXT;
    if (v->type == STORE_INT) {
        to->ints[i] = (int64_t)htobe64((uint64_t)v->i);
        to->p[i] = (const char *)&to->ints[i];
        to->n[i] = sizeof to->ints[i];
    } else {
        to->p[i] = v->b.n ? (const char *)v->b.p : "";   /* no address would be NULL */
        to->n[i] = (int)v->b.n;
    }
}

static void turn_values(struct pg_values *to, const struct store_value *v, size_t n)
{
    assert(n <= VALUES_MAX);
    for (size_t i = 0; i < n; i++) turn_value(to, i, &v[i]);
}

/* Finds or prepares SQL on this connection. *RET stays NULL when the table is full: it then runs unprepared. The result
 * of a failed preparation is looked at like that of the statement itself. */
static enum err statement_find(struct pg_conn *c, const char *sql, const char *dollars, const struct pg_values *v, size_t n,
                               struct pg_statement **ret)
{
    if (c->statements.n == STORE_STATEMENTS_MAX) return ERR_OK;
    struct pg_statement *s = calloc(1, sizeof *s);
    if (!s) return ERR_MEMORY;
    (void)snprintf(s->name, sizeof s->name, "s%zu", c->statements.n);   /* fits: there are at most STORE_STATEMENTS_MAX */
    RESULT r = PQprepare(c->pg, s->name, dollars, (int)n, v->types);
    if (!is_good(r)) {
        free(s);
        return failed(c, r, sql);
    }
    (void)store_statements_put(&c->statements, sql, s);   /* there was room */
    *ret = s;
    return ERR_OK;
}

static PGresult *run_prepared(struct pg_conn *c, const struct pg_statement *s, const struct pg_values *v, size_t n)
{
    return PQexecPrepared(c->pg, s->name, (int)n, v->p, v->n, v->binary, 1);
}

static enum err run_once_on(struct pg_conn *c, const char *sql, const struct store_value *values, size_t n, PGresult **ret)
{
    struct pg_values v;
    turn_values(&v, values, n);
    struct pg_statement *s = store_statements_find(&c->statements, sql);
    char dollars[SQL_MAX];
    if (!s) {
        bool fits = store_sql_dollars(text_of(sql), dollars, sizeof dollars);
        assert(fits && "a statement of ours is longer than SQL_MAX");
        if (!fits) return ERR_INTERNAL;
        TRY(statement_find(c, sql, dollars, &v, n, &s));
    }
    PGresult *r = s ? run_prepared(c, s, &v, n) : PQexecParams(c->pg, dollars, (int)n, v.types, v.p, v.n, v.binary, 1);
    if (is_good(r)) {
        *ret = r;
        return ERR_OK;
    }
    enum err e = failed(c, r, sql);
    PQclear(r);
    return e;
}

/* A reader whose connection turns out to be dead asks once more on a new one. */
static enum err run(struct pg_conn *c, const char *sql, const struct store_value *v, size_t n, PGresult **ret)
{
    TRY(ready(c));
    enum err e = run_once_on(c, sql, v, n, ret);
    bool ask_again = e != ERR_OK && !is_alive(c) && !c->base.in_tx && c->base.mode == STORE_READS;
    if (!ask_again) return e;
    TRY(ready(c));
    return run_once_on(c, sql, v, n, ret);
}

static enum err pg_exec(struct store_conn *base, const char *sql, const struct store_value *v, size_t n, int64_t *ret_changed)
{
    RESULT r = NULL;
    TRY(run((struct pg_conn *)base, sql, v, n, &r));
    if (ret_changed) *ret_changed = strtoll(PQcmdTuples(r), NULL, 10);   /* "" for what changes no rows */
    return ERR_OK;
}

static bool is_readable(Oid type)
{
    switch (type) {
    case OID_BOOL: case OID_INT2: case OID_INT4: case OID_INT8: case OID_BYTEA: case OID_TEXT: case OID_VARCHAR: case OID_NAME:
        return true;
    default:
        return false;
    }
}

/* A column of a type outside the common subset (SUM of BIGINT is NUMERIC: say CAST) is our mistake: told at once. */
static enum err check_columns(const PGresult *r, const char *sql)
{
    for (int i = 0; i < PQnfields(r); i++) {
        if (is_readable(PQftype(r, i))) continue;
        log_error("store-column", sql, PQftype(r, i));
        return ERR_STORE;
    }
    return ERR_OK;
}

static enum err pg_query(struct store_conn *base, const char *sql, const struct store_value *v, size_t n, struct store_rows **ret)
{
    struct pg_conn *c = (struct pg_conn *)base;
    PGresult *r;
    TRY(run(c, sql, v, n, &r));
    struct pg_rows *rows = calloc(1, sizeof *rows);
    enum err e = rows ? check_columns(r, sql) : ERR_MEMORY;
    if (e != ERR_OK) {
        free(rows);
        PQclear(r);
        return e;
    }
    *rows = (struct pg_rows){ { base }, r, -1 };
    *ret = &rows->rows;
    return ERR_OK;
}

static enum err pg_next(struct store_rows *r, bool *ret_row)
{
    struct pg_rows *rows = (struct pg_rows *)r;
    if (rows->row < PQntuples(rows->result)) rows->row++;
    *ret_row = rows->row < PQntuples(rows->result);
    return ERR_OK;
}

static int64_t read_int(const char *p, int n)
{
    int64_t v = (int8_t)p[0];   /* the first byte carries the sign */
    for (int i = 1; i < n; i++) v = (int64_t)((uint64_t)v << 8 | (uint8_t)p[i]);
    return v;
}

static struct store_value pg_column(const struct store_rows *r, int column)
{
    const struct pg_rows *rows = (const struct pg_rows *)r;
    const PGresult *res = rows->result;
    if (PQgetisnull(res, rows->row, column)) return store_v_null();
    const char *p = PQgetvalue(res, rows->row, column);
    size_t n = (size_t)PQgetlength(res, rows->row, column);
    switch (PQftype(res, column)) {
    case OID_BYTEA: return store_v_bytes((struct bytes){ (const uint8_t *)p, n });
    case OID_TEXT: case OID_VARCHAR: case OID_NAME: return store_v_text((struct text){ p, n });
    default: return store_v_int(read_int(p, (int)n));
    }
}

static void pg_rows_end(struct store_rows *r)
{
    struct pg_rows *rows = (struct pg_rows *)r;
    PQclear(rows->result);
    free(rows);
}

/* A statement without values or rows, as plain text. */
static enum err plain(struct pg_conn *c, const char *sql)
{
    RESULT r = PQexec(c->pg, sql);
    return is_good(r) ? ERR_OK : failed(c, r, sql);
}

static enum err pg_run_once(struct store_conn *base, struct text sql)
{
    char *copy = strndup(sql.p, sql.n);
    if (!copy) return ERR_MEMORY;
    enum err e = plain((struct pg_conn *)base, copy);
    free(copy);
    return e;
}

/* ---- transactions ---- */

static const char BEGIN_WRITE[] = "BEGIN ISOLATION LEVEL READ COMMITTED";
static const char BEGIN_READ[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";   /* one picture, as on SQLite */

/* A connection that died while it was idle is noticed by its BEGIN; nothing was under way, so another is made. */
static enum err pg_begin(struct store_conn *base)
{
    struct pg_conn *c = (struct pg_conn *)base;
    const char *begin = base->mode == STORE_WRITES ? BEGIN_WRITE : BEGIN_READ;
    TRY(ready(c));
    enum err e = plain(c, begin);
    if (e == ERR_OK) return ERR_OK;
    if (is_alive(c)) return e;
    TRY(ready(c));
    e = plain(c, begin);
    return e == ERR_UNKNOWN_FATE ? ERR_STORE : e;   /* a BEGIN does nothing */
}

static void pg_rollback(struct store_conn *base)
{
    struct pg_conn *c = (struct pg_conn *)base;
    if (!is_alive(c)) return;                  /* the server rolls back what has no connection */
    if (plain(c, "ROLLBACK") != ERR_OK) hang_up(c);
}

/* ---- notices ----
 *
 * A payload is `NODE COUNT\n` and then lines, each with its line break; `NODE COUNT!\n` says that some did not fit. */

static enum err notify(struct pg_conn *c, const char *payload, size_t n)
{
    static const char sql[] = "SELECT pg_notify('beside', ?1)";
    RESULT r = NULL;   /* pg_notify gives void: nothing to read */
    return run(c, sql, STORE_VALUES(store_v_text((struct text){ payload, n })), &r);
}

/* How much of the N bytes of LINES, in whole lines, fits into ROOM. */
static size_t whole_lines(const char *lines, size_t n, size_t room)
{
    if (n <= room) return n;
    const char *last = memrchr(lines, '\n', room);
    assert(last && "a line is shorter than a payload");
    return (size_t)(last - lines) + 1;
}

static enum err send_notices(struct pg_conn *c)
{
    const struct pg_store *s = (const struct pg_store *)c->base.store;
    char payload[PAYLOAD_MAX];
    size_t done = 0;
    do {
        const char *missed = c->base.notices_missed && done == 0 ? "!" : "";
        size_t at = (size_t)snprintf(payload, sizeof payload, "%s %u%s\n", s->node, c->payloads++, missed);
        size_t n = whole_lines(c->base.notices + done, c->base.n_notices - done, sizeof payload - at);
        if (n) memcpy(payload + at, c->base.notices + done, n);
        TRY(notify(c, payload, at + n));
        done += n;
    } while (done < c->base.n_notices);
    return ERR_OK;
}

/* ---- the end of a transaction ---- */

/* A transaction that failed somewhere answers COMMIT with ROLLBACK, and no error. */
static enum err pg_commit(struct store_conn *base)
{
    struct pg_conn *c = (struct pg_conn *)base;
    if (base->n_notices || base->notices_missed) TRY(send_notices(c));
    RESULT r = PQexec(c->pg, "COMMIT");
    if (!is_alive(c)) {
        log_error("store-commit", "the connection broke during it", 0);
        return ERR_UNKNOWN_FATE;
    }
    if (!is_good(r)) return failed(c, r, "COMMIT");
    return strcmp(PQcmdStatus(r), "COMMIT") == 0 ? ERR_OK : ERR_STORE;
}

static enum err pg_savepoint(struct store_conn *c)   { return plain((struct pg_conn *)c, "SAVEPOINT job"); }
static enum err pg_release(struct store_conn *c)     { return plain((struct pg_conn *)c, "RELEASE job"); }
static enum err pg_rollback_to(struct store_conn *c) { return plain((struct pg_conn *)c, "ROLLBACK TO job; RELEASE job"); }

/* Nodes may start at the same moment; the lock ends with the transaction. What the server must be is asked here, once
 * at every start: the statements need version 15, and texts are UTF-8. */
static enum err pg_lock_schema(struct store_conn *base)
{
    struct pg_conn *c = (struct pg_conn *)base;
    const char *encoding = PQparameterStatus(c->pg, "server_encoding");
    if (PQserverVersion(c->pg) < 150000) {
        log_error("store-server", "PostgreSQL 15 or newer is needed; this one is", PQserverVersion(c->pg));
        return ERR_STORE;
    }
    if (!encoding || strcmp(encoding, "UTF8") != 0) {
        log_error("store-server", "the database must be in UTF8: createdb -E UTF8 -T template0", 0);
        return ERR_STORE;
    }
    /* Another node may be migrating, and a step over large tables takes its time. */
    TRY(plain(c, "SET LOCAL statement_timeout = 0"));
    return plain(c, "SELECT pg_advisory_xact_lock(7161337)");
}

/* The server keeps its own house. */
static bool pg_tidy(struct store_conn *c, bool quiet)
{
    (void)c, (void)quiet;
    return false;
}

/* ---- listening ---- */

static PGconn *listen_start(const char *url)
{
    PGconn *pg = dial(url);
    if (!pg) return NULL;
    RESULT r = PQexec(pg, "LISTEN beside");
    if (is_good(r)) return pg;
    PQfinish(pg);
    return NULL;
}

static void hear_lines(struct pg_listener *l, const char *p)
{
    for (const char *end; (end = strchr(p, '\n')); p = end + 1) l->hear(l->arg, (struct text){ p, (size_t)(end - p) });
}

/* Anyone who may connect to the database can NOTIFY: what does not look like a notice of a node is passed over. */
static void hear_payload(struct pg_store *s, const char *payload)
{
    const char *end = strchr(payload, '\n');
    if (!end || end - payload <= NODE_TEXT || payload[NODE_TEXT] != ' ') return;
    if (memcmp(payload, s->node, NODE_TEXT) == 0) return;
    if (end[-1] == '!') s->listener.lost(s->listener.arg);
    hear_lines(&s->listener, end + 1);
}

static void hear_waiting(struct pg_store *s, PGconn *pg)
{
    for (PGnotify *n; (n = PQnotifies(pg)); PQfreemem(n)) hear_payload(s, n->extra);
}

/* Waits until PG has something to read, if there is one; false when the store closes. */
static bool wait_on(const struct pg_listener *l, const PGconn *pg, int timeout_ms)
{
    struct pollfd fds[] = { { l->stop, POLLIN, 0 }, { pg ? PQsocket(pg) : -1, POLLIN, 0 } };
    while (poll(fds, 2, timeout_ms) < 0 && errno == EINTR) continue;
    return fds[0].revents == 0;
}

/* Hears until the connection breaks; false when the store closes. */
static bool hear_until_broken(struct pg_store *s, PGconn *pg)
{
    do hear_waiting(s, pg);
    while (wait_on(&s->listener, pg, -1) && PQconsumeInput(pg));
    return PQstatus(pg) != CONNECTION_OK;
}

/* Connects again, waiting longer each time; NULL when the store closes. */
static PGconn *listen_again(struct pg_store *s)
{
    log_error("store-listen", "the connection is lost", 0);
    for (int wait = RETRY_FIRST_MS; wait_on(&s->listener, NULL, wait); wait = wait * 2 < RETRY_LAST_MS ? wait * 2 : RETRY_LAST_MS) {
        PGconn *pg = listen_start(s->url);
        if (pg) return pg;
    }
    return NULL;
}

struct listener_start { struct pg_store *s; PGconn *pg; };

static void *listener_main(void *arg)
{
    struct listener_start start = *(struct listener_start *)arg;
    struct pg_store *s = start.s;
    PGconn *pg = start.pg;
    free(arg);
    while (hear_until_broken(s, pg)) {
        PQfinish(pg);
        pg = listen_again(s);
        if (!pg) return NULL;
        log_info("store-listen", "back", 0);
        s->listener.lost(s->listener.arg);
    }
    PQfinish(pg);
    return NULL;
}

/* The first connection is made here, so that whoever writes after this returns is heard. */
static enum err pg_listen(struct store *base, void (*hear)(void *arg, struct text line), void (*lost)(void *arg), void *arg)
{
    struct pg_store *s = (struct pg_store *)base;
    assert(!s->listener.running);
    TRY(store_fault_hit(base, STORE_FAULT_CONNECT));
    PGconn *pg = listen_start(s->url);
    struct listener_start *start = malloc(sizeof *start);
    int stop = eventfd(0, EFD_CLOEXEC);
    if (pg && start && stop >= 0) {
        *start = (struct listener_start){ s, pg };
        s->listener = (struct pg_listener){ .stop = stop, .hear = hear, .lost = lost, .arg = arg };
        s->listener.running = pthread_create(&s->listener.thread, NULL, listener_main, start) == 0;
        if (s->listener.running) return ERR_OK;
    }
    if (stop >= 0) (void)close(stop);
    free(start);
    PQfinish(pg);
    return ERR_STORE;
}

static void listener_stop(struct pg_listener *l)
{
    if (!l->running) return;
    (void)eventfd_write(l->stop, 1);   /* cannot fail below 2^64 */
    pthread_join(l->thread, NULL);
    (void)close(l->stop);
}

/* ---- the store ---- */

static bool name_node(struct pg_store *s)
{
    uint64_t random;
    if (getrandom(&random, sizeof random, 0) != sizeof random) return false;
    (void)snprintf(s->node, sizeof s->node, "%016llx", (unsigned long long)random);   /* fits */
    return true;
}

static bool is_url(const char *where)
{
    PQconninfoOption *parts = PQconninfoParse(where, NULL);
    PQconninfoFree(parts);
    return parts != NULL;
}

static void pg_close(struct store *base)
{
    struct pg_store *s = (struct pg_store *)base;
    listener_stop(&s->listener);
    free(s->url);
    free(s);
}

/* Connects nowhere yet: store_migrate() is the first who does. */
static enum err pg_open(const char *where, struct store **ret)
{
    if (!is_url(where)) {
        log_error("store-url", "write postgres://USER@HOST/DATABASE", 0);
        return ERR_BAD_INPUT;
    }
    struct pg_store *s = calloc(1, sizeof *s);
    if (!s) return ERR_MEMORY;
    s->base.driver = &store_pg_driver;
    s->url = strdup(where);
    if (!s->url || !name_node(s)) {
        pg_close(&s->base);
        return ERR_MEMORY;
    }
    *ret = &s->base;
    return ERR_OK;
}

static enum err pg_backup(struct store *s, const char *file)
{
    (void)s, (void)file;
    log_error("store-backup", "this store is PostgreSQL's: use pg_dump", 0);
    return ERR_BAD_INPUT;
}

static enum err pg_self_check(struct store_conn *c, char *ret, size_t n)
{
    static const char sql[] = "SELECT 'ok'::text";
    RESULT r = NULL;
    TRY(run((struct pg_conn *)c, sql, STORE_NO_VALUES, &r));
    (void)snprintf(ret, n, "ok");
    return ERR_OK;
}

const struct store_driver store_pg_driver = {
    .lanes = LANES,
    .batch_max = BATCH_MAX,
    .many_nodes = true,
    .open = pg_open,
    .close = pg_close,
    .connect = pg_connect,
    .disconnect = pg_disconnect,
    .exec = pg_exec,
    .query = pg_query,
    .next = pg_next,
    .column = pg_column,
    .rows_end = pg_rows_end,
    .run_once = pg_run_once,
    .lock_schema = pg_lock_schema,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .savepoint = pg_savepoint,
    .release = pg_release,
    .rollback_to = pg_rollback_to,
    .tidy = pg_tidy,
    .listen = pg_listen,
    .backup = pg_backup,
    .self_check = pg_self_check,
};
