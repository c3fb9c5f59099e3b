/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The store: SQLite (default) or PostgreSQL, behind one small face.
 *
 * SQL text is written once for both engines with ?1, ?2 … for values (the PostgreSQL driver rewrites them to $1), and
 * is a named constant on top of its noun's _store.c: statements are prepared once a connection and found again by the
 * constant's address. Types are BIGINT, BYTEA and TEXT, also of every column a query gives (SUM and the like need a
 * CAST). A statement that may meet a row that is already there says ON CONFLICT DO NOTHING and looks at the count of
 * changed rows: a failed statement spoils its job, which is rolled back whatever its run() returns.
 *
 * Reading happens on connections of one's own (one thread at a time each). Writing happens in the writer: jobs are
 * queued, many run inside one transaction, each in a savepoint of its own; one commit makes all of them durable; only
 * then is each told. A job whose run() fails is rolled back to its savepoint and told why, the others are not touched.
 * What stops the whole transaction (full disk, lost connection) is told to every job of the batch.
 *
 * Isolation: SQLite has one writer. PostgreSQL runs READ COMMITTED: what a job read may have been changed by another lane
 * before it writes. So a rule about a row is judged by the UPDATE … RETURNING that takes the row's lock, not by a SELECT.
 *
 * Errors: ERR_STORE (failed, nothing was done), ERR_STORE_FULL, ERR_BUSY, ERR_EXISTS (a unique rule was broken),
 * ERR_UNKNOWN_FATE (the connection broke during commit: done or not, nobody knows). */
#ifndef BESIDE_STORE_STORE_H
#define BESIDE_STORE_STORE_H

#include "lib/arena.h"

struct store;        /* the place; shared by all threads */
struct store_conn;   /* one connection; used by one thread at a time */
struct store_rows;   /* a running query */

/* WHERE is a folder (SQLite: WHERE/beside.db) or a postgres:// URL. Makes the folder (0700) if it is not there. */
enum err store_open(const char *where, struct store **ret) MUST_USE;
void store_free(struct store **s);

/* Brings the schema up to this program's version, forward only, in one transaction; a newer store is refused
 * (ERR_STORE, logged with both versions). */
enum err store_migrate(struct store *s) MUST_USE;

/* The migrations' text, for the page the house shows about itself. NUL-terminated, in order, owned by the program. */
size_t store_migration_count(void);
const char *store_migration_text(size_t i);

enum store_mode { STORE_READS, STORE_WRITES };
enum err store_connect(struct store *s, enum store_mode mode, struct store_conn **ret) MUST_USE;
void store_disconnect(struct store_conn **c);

/* Values to bind. */
enum store_type { STORE_NULL, STORE_INT, STORE_BYTES, STORE_TEXT };
struct store_value { enum store_type type; int64_t i; struct bytes b; };
static inline struct store_value store_v_null(void) { return (struct store_value){ STORE_NULL, 0, { 0, 0 } }; }
static inline struct store_value store_v_int(int64_t i) { return (struct store_value){ STORE_INT, i, { 0, 0 } }; }
static inline struct store_value store_v_bytes(struct bytes b) { return (struct store_value){ STORE_BYTES, 0, b }; }
static inline struct store_value store_v_id(const struct id *id) { return store_v_bytes((struct bytes){ id->b, ID_BYTES }); }
static inline struct store_value store_v_text(struct text t)
{
    return (struct store_value){ STORE_TEXT, 0, { (const uint8_t *)t.p, t.n } };
}
#define STORE_VALUES(...) (const struct store_value[]){ __VA_ARGS__ },                                                 \
                          sizeof((const struct store_value[]){ __VA_ARGS__ }) / sizeof(struct store_value)
#define STORE_NO_VALUES NULL, 0

/* Runs a statement that gives no rows. RET_CHANGED may be NULL. */
enum err store_exec(struct store_conn *c, const char *sql, const struct store_value *v, size_t n, int64_t *ret_changed) MUST_USE;

/* Runs one that gives rows (also INSERT … RETURNING, UPDATE … RETURNING). */
enum err store_query(struct store_conn *c, const char *sql, const struct store_value *v, size_t n, struct store_rows **ret) MUST_USE;
/* Runs one that gives one row of one number, like SELECT COUNT(*). ERR_STORE without a row. */
enum err store_query_int(struct store_conn *c, const char *sql, const struct store_value *v, size_t n, int64_t *ret) MUST_USE;
enum err store_next(struct store_rows *r, bool *ret_row) MUST_USE;
/* Columns from 0, of the current row. Views hold until the next store_next() or store_rows_end(). */
bool         store_is_null(const struct store_rows *r, int column);
int64_t      store_int(const struct store_rows *r, int column);
struct bytes store_bytes(const struct store_rows *r, int column);
struct text  store_text(const struct store_rows *r, int column);
enum err     store_id(const struct store_rows *r, int column, struct id *ret) MUST_USE;   /* ERR_STORE unless 16 bytes */
void store_rows_end(struct store_rows **r);                                                /* NULL is fine */
#define STORE_ROWS __attribute__((cleanup(store_rows_end))) struct store_rows *

/* For tests of rules and for `beside check`: a transaction of one's own on a connection. For a reader: one unchanging
 * picture of the store. After a failed statement only the rollback is left: the commit gives the failure again. */
enum err store_begin(struct store_conn *c) MUST_USE;
enum err store_commit(struct store_conn *c) MUST_USE;
void store_rollback(struct store_conn *c);

/* Inside a job: a line of text for the other nodes, sent with the commit, joined over a batch; dropped with a rolled-back
 * job. On SQLite there are no other nodes and it goes nowhere. At most STORE_NOTICE_MAX bytes a job with one for each
 * line's end; what is over makes the other nodes hear LOST instead. */
enum { STORE_NOTICE_MAX = 4096 };
void store_notice(struct store_conn *c, struct text line);

/* The writer. RUN is called in its thread inside the transaction; DONE once after the commit, in the order of submission
 * (on PostgreSQL: in that of its lane), with RUN's error or the commit's. KEY keeps order: jobs of one key run in the order
 * they were submitted, and locks are taken in key order, so that batches rarely wait for each other.
 *
 * RUN must be repeatable: when two batches did wait for each other (a deadlock), one is rolled back and all its jobs run
 * again. So RUN changes nothing but the store and what ARG holds for DONE, and begins by setting that to its start. It does
 * not begin, commit or submit; DONE may submit, and must not block: the next batch waits for it. */
struct store_writer;
struct store_job {
    enum err (*run)(struct store_conn *c, void *arg);
    void (*done)(void *arg, enum err outcome);
    void *arg;
    uint64_t key;
    struct store_job *next;   /* the writer's own */
};
enum { STORE_QUEUE_MAX = 8192, STORE_BATCH_MAX = 512 };
enum err store_writer_start(struct store *s, struct store_writer **ret) MUST_USE;
enum err store_submit(struct store_writer *w, struct store_job *job) MUST_USE;   /* ERR_BUSY: full or stopping, not taken */
void store_writer_stop(struct store_writer **w);                                 /* finishes what it had accepted */

/* Notices of other nodes, not of this store itself (PostgreSQL only; on SQLite it does nothing). HEAR runs in a thread of
 * the store's own, until store_free(); LOST, in the same, when something may have been missed: a broken connection has come
 * back, or a node had more to say than fits. Once a store. */
enum err store_listen(struct store *s, void (*hear)(void *arg, struct text line), void (*lost)(void *arg), void *arg) MUST_USE;

/* A consistent copy of an SQLite store into FILE (not there yet: ERR_EXISTS) while it runs (VACUUM INTO), synced.
 * ERR_BAD_INPUT on PostgreSQL: pg_dump. */
enum err store_backup(struct store *s, const char *file) MUST_USE;

/* The engine's own check of itself ("ok" or a sentence into RET, at most N bytes). */
enum err store_self_check(struct store_conn *c, char *ret, size_t n) MUST_USE;

/* Tests: makes the n-th store call of a kind from now on fail, once (store/fault.c); 0 switches it off. The transaction's
 * own steps count as statements. WITH ERR_STORE_FULL or ERR_BUSY dooms the transaction as a full disk would; a commit WITH
 * ERR_UNKNOWN_FATE does happen and only its answer is lost. */
enum store_fault { STORE_FAULT_STATEMENT, STORE_FAULT_COMMIT, STORE_FAULT_CONNECT };
void store_fault_after(struct store *s, enum store_fault kind, uint64_t n, enum err with);

#endif
