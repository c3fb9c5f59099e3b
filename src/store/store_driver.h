/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What an engine must be able to do: the table between store.c and the two drivers.
 *
 * Only files of src/store include this. A driver's connection, rows and store begin with the structs below, so that
 * store.c can count faults, keep the state of a transaction and gather notices in one way for both engines.
 *
 * The state of a transaction has two depths of failure. A statement that fails spoils its job (`spoiled`): whatever
 * run() returns, the job is rolled back, since PostgreSQL would refuse the rest anyway. A failure that the engine does
 * not survive within this transaction (full disk, lost connection, deadlock) dooms the batch (`doom`): every further
 * statement is refused, so that none can run by mistake outside the transaction that the engine has already ended. */
#ifndef BESIDE_STORE_STORE_DRIVER_H
#define BESIDE_STORE_STORE_DRIVER_H

#include <stdatomic.h>

#include "store/store.h"

enum { STORE_FAULT_KINDS = STORE_FAULT_CONNECT + 1 };
struct store_faults {
    atomic_uint_least64_t left[STORE_FAULT_KINDS];   /* calls until one fails; 0: switched off */
    atomic_int with[STORE_FAULT_KINDS];
};

struct store_driver;
struct store {
    const struct store_driver *driver;
    struct store_faults faults;
};

struct store_conn {
    struct store *store;
    enum store_mode mode;
    bool in_tx;
    enum err spoiled;        /* of the job under way */
    enum err doom;           /* of the transaction under way */
    bool again;              /* doomed by a deadlock or a serialization failure: the same batch may succeed next time */

    /* notices of the batch, each ending in a line break, and where those of the job under way begin */
    char *notices;
    size_t n_notices, cap_notices, job_notices;
    bool notices_missed;     /* one did not fit: the others are told that they missed something */
};

struct store_rows {
    struct store_conn *conn;
};

struct store_driver {
    size_t lanes;            /* writer connections */
    size_t batch_max;        /* jobs in one transaction */
    bool many_nodes;         /* notices have somewhere to go */

    enum err (*open)(const char *where, struct store **ret);
    void (*close)(struct store *s);

    enum err (*connect)(struct store *s, enum store_mode mode, struct store_conn **ret);
    void (*disconnect)(struct store_conn *c);

    enum err (*exec)(struct store_conn *c, const char *sql, const struct store_value *v, size_t n, int64_t *ret_changed);
    enum err (*query)(struct store_conn *c, const char *sql, const struct store_value *v, size_t n, struct store_rows **ret);
    enum err (*next)(struct store_rows *r, bool *ret_row);
    struct store_value (*column)(const struct store_rows *r, int column);   /* a view */
    void (*rows_end)(struct store_rows *r);

    /* One statement whose text will not be seen again: a piece of a migration. */
    enum err (*run_once)(struct store_conn *c, struct text sql);
    enum err (*lock_schema)(struct store_conn *c);   /* inside a transaction: one migrator at a time */

    enum err (*begin)(struct store_conn *c);
    enum err (*commit)(struct store_conn *c);        /* sends the notices with it */
    void (*rollback)(struct store_conn *c);
    enum err (*savepoint)(struct store_conn *c);
    enum err (*release)(struct store_conn *c);
    enum err (*rollback_to)(struct store_conn *c);

    /* Called by a writer outside transactions: after a batch has been told (QUIET false), and once it has been without
     * work for STORE_QUIET_MS (QUIET true). Gives back whether it wants to be called in another quiet moment. */
    bool (*tidy)(struct store_conn *c, bool quiet);

    enum err (*listen)(struct store *s, void (*hear)(void *arg, struct text line), void (*lost)(void *arg), void *arg);
    enum err (*backup)(struct store *s, const char *file);
    enum err (*self_check)(struct store_conn *c, char *ret, size_t n);
};

extern const struct store_driver store_sqlite_driver, store_pg_driver;

enum { STORE_QUIET_MS = 1000 };

/* store.c: the transaction of the writer, counting faults. */
enum err store_savepoint(struct store_conn *c) MUST_USE;
enum err store_release(struct store_conn *c) MUST_USE;
enum err store_rollback_to(struct store_conn *c) MUST_USE;
/* Fills the common part of a fresh connection; frees what it holds. */
void store_conn_start(struct store_conn *c, struct store *s, enum store_mode mode);
void store_conn_end(struct store_conn *c);

/* fault.c: ERR_OK, or the error that was asked for when this call is the one. */
enum err store_fault_hit(struct store *s, enum store_fault kind);

/* migrate.c. The table is generated from migrations/ when the program is built. */
struct store_migration { const char *name; const char *text; };
extern const struct store_migration store_migrations[];
extern const size_t store_n_migrations;
/* Cuts the first statement off TEXT, without its semicolon; false when only blanks and comments are left. */
bool store_split(struct text *text, struct text *ret_statement);

/* statement.c: SQL text, and prepared statements found again by its address. */
enum { STORE_STATEMENTS_MAX = 384, STORE_STATEMENT_SLOTS = 512 };
struct store_statements {
    size_t n;
    struct { const char *sql; void *statement; } slots[STORE_STATEMENT_SLOTS];
};
void *store_statements_find(const struct store_statements *t, const char *sql);          /* NULL: not there */
bool store_statements_put(struct store_statements *t, const char *sql, void *statement);  /* false: full */

/* Length of the quoted text or comment that begins at P, 0 if none begins there; an unfinished one goes to END. */
size_t store_sql_opaque(const char *p, const char *end);
/* Writes SQL with each ?N as $N, NUL-terminated, into at most CAP bytes. False: does not fit. */
bool store_sql_dollars(struct text sql, char *ret, size_t cap);

#endif
