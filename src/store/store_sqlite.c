/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The SQLite driver: one file in a folder of its own, write-ahead log, every commit synced before anyone is told.
 *
 * Its one complication is getting erased words out of the files. secure_delete overwrites what a statement removes, but
 * the old page stays in the database until the next checkpoint, and in the log until the log is cut off. So the writer
 * checkpoints itself (SQLite's own automatic is off: it would run before the people waiting are told), cuts the log off
 * in quiet moments, and under steady load at least every LOG_AGE_MS. docs/STORE.md says when what is gone. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/log.h"
#include "store/store_driver.h"

enum {
    PATH_BYTES = 4096,
    BUSY_MS = 5000,               /* another program (beside admin) may hold the write lock for a moment */
    READER_CACHE_KIB = 512,
    WRITER_CACHE_KIB = 4096,
    LOG_PAGES = 4096,             /* checkpoint when the log has grown to 16 MB … */
    LOG_PAGES_LONG = 16384,       /* … and wait for readers when it has grown to 64 MB nevertheless */
    LOG_AGE_MS = 30000,
    CUT_PATIENCE_MS = 50,         /* how long cutting the log off may wait for readers to finish */
    CUT_AGAIN_MS = 1000,
    FREE_PAGES_KEPT = 1024,       /* empty pages kept for new rows (4 MB); more are given back to the disk */
    FREE_PAGES_A_MOMENT = 512,
};

struct sq_store {
    struct store base;
    char file[PATH_BYTES];
    bool fresh;                   /* the file was still empty when it was opened */
};

struct sq_conn {
    struct store_conn base;
    sqlite3 *db;
    struct store_statements statements;
    int log_pages;                /* in the log since it was last begun afresh */
    bool log_dirty;               /* something was committed since the log was last cut off */
    int64_t cut_mono_ms;          /* when to cut it off at the latest */
    bool tidy_failed;             /* already logged */
};

/* A prepared statement; it is also the rows of the query that it runs. */
struct sq_statement {
    struct store_rows rows;
    sqlite3_stmt *st;
    bool busy, kept;
    enum { AT_FIRST, AT_ROW, AT_END } at;
};

/* ---- errors ---- */

/* SQLite knows ENOSPC as SQLITE_FULL, but not a quota, a limit on files, or a wal-index that finds no room. In these cases
 * a system call has just failed and left its errno (sqlite3_system_errno() stays 0 for a step). */
static enum err err_of_io(int rc)
{
    bool writes = rc == SQLITE_IOERR_WRITE || rc == SQLITE_IOERR_SHMSIZE || rc == SQLITE_IOERR_SHMMAP || rc == SQLITE_IOERR_FSYNC;
    return writes && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) ? ERR_STORE_FULL : ERR_STORE;
}

static enum err err_of(int rc)
{
    if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY) return ERR_EXISTS;
    switch (rc & 0xff) {
    case SQLITE_BUSY:   return ERR_BUSY;
    case SQLITE_FULL:   return ERR_STORE_FULL;
    case SQLITE_IOERR:  return err_of_io(rc);
    case SQLITE_NOMEM:  return ERR_MEMORY;
    default:            return ERR_STORE;
    }
}

static bool is_fatal(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_FULL: case SQLITE_IOERR: case SQLITE_NOMEM: case SQLITE_CORRUPT: case SQLITE_NOTADB: case SQLITE_READONLY:
        return true;
    default:
        return false;
    }
}

/* Turns a result code into our error, logs what nobody expected (the statement is a constant of ours and holds no
 * value), and dooms the transaction if SQLite has ended it or soon will. */
static enum err failed(struct sq_conn *c, int rc, const char *sql)
{
    enum err e = err_of(rc);
    if (e != ERR_EXISTS && e != ERR_BUSY) log_error("store-statement", sql, rc);
    if (c->base.in_tx && c->base.doom == ERR_OK && (is_fatal(rc) || sqlite3_get_autocommit(c->db))) c->base.doom = e;
    return e;
}

/* ---- statements ---- */

static enum err prepare(struct sq_conn *c, const char *sql, unsigned flags, struct sq_statement **ret)
{
    struct sq_statement *s = calloc(1, sizeof *s);
    if (!s) return ERR_MEMORY;
    int rc = sqlite3_prepare_v3(c->db, sql, -1, flags, &s->st, NULL);
    if (rc != SQLITE_OK) {
        /* A statement that does not compile is our mistake; the message names our own tables and columns only. */
        if (rc == SQLITE_ERROR) log_error("store-sql", sqlite3_errmsg(c->db), rc);
        free(s);
        return failed(c, rc, sql);
    }
    s->rows.conn = &c->base;
    *ret = s;
    return ERR_OK;
}

static void statement_free(struct sq_statement *s)
{
    (void)sqlite3_finalize(s->st);   /* gives the error of the last run again, which was looked at */
    free(s);
}

/* The statement for SQL, marked busy. One that is already running (a query inside a query), or that no longer fits into
 * the table, is prepared for this once. */
static enum err statement_take(struct sq_conn *c, const char *sql, struct sq_statement **ret)
{
    struct sq_statement *s = store_statements_find(&c->statements, sql);
    if (!s || s->busy) {
        bool first = !s;
        TRY(prepare(c, sql, first ? SQLITE_PREPARE_PERSISTENT : 0, &s));
        s->kept = first && store_statements_put(&c->statements, sql, s);
    }
    assert(strcmp(sqlite3_sql(s->st), sql) == 0 && "SQL must be a constant: it is found again by its address");
    s->busy = true;
    s->at = AT_FIRST;
    *ret = s;
    return ERR_OK;
}

static void statement_give(struct sq_statement *s)
{
    (void)sqlite3_reset(s->st);      /* the same: the step's error was looked at */
    (void)sqlite3_clear_bindings(s->st);
    s->busy = false;
    if (!s->kept) statement_free(s);
}

/* An empty view may have no address, which SQLite would bind as NULL. */
static int bind_one(sqlite3_stmt *st, int at, const struct store_value *v, sqlite3_destructor_type life)
{
    switch (v->type) {
    case STORE_NULL:  return sqlite3_bind_null(st, at);
    case STORE_INT:   return sqlite3_bind_int64(st, at, v->i);
    case STORE_BYTES: return sqlite3_bind_blob64(st, at, v->b.n ? (const void *)v->b.p : "", v->b.n, life);
    case STORE_TEXT:  return sqlite3_bind_text64(st, at, v->b.n ? (const char *)v->b.p : "", v->b.n, life, SQLITE_UTF8);
    }
    return SQLITE_MISUSE;
}

static enum err bind(struct sq_conn *c, struct sq_statement *s, const char *sql, const struct store_value *v, size_t n,
                     sqlite3_destructor_type life)
{
    assert(n == (size_t)sqlite3_bind_parameter_count(s->st) && "as many values as the statement has placeholders");
    for (size_t i = 0; i < n; i++) {
        int rc = bind_one(s->st, (int)i + 1, &v[i], life);
        if (rc != SQLITE_OK) return failed(c, rc, sql);
    }
    return ERR_OK;
}

static enum err step_to_end(struct sq_conn *c, struct sq_statement *s, const char *sql)
{
    int rc;
    do rc = sqlite3_step(s->st);
    while (rc == SQLITE_ROW);
    return rc == SQLITE_DONE ? ERR_OK : failed(c, rc, sql);
}

static enum err sq_exec(struct store_conn *base, const char *sql, const struct store_value *v, size_t n, int64_t *ret_changed)
{
    struct sq_conn *c = (struct sq_conn *)base;
    struct sq_statement *s = NULL;
    TRY(statement_take(c, sql, &s));
    enum err e = bind(c, s, sql, v, n, SQLITE_STATIC);
    if (e == ERR_OK) e = step_to_end(c, s, sql);
    if (e == ERR_OK && ret_changed) *ret_changed = sqlite3_changes64(c->db);
    statement_give(s);
    return e;
}

static enum err step(struct sq_statement *s)
{
    struct sq_conn *c = (struct sq_conn *)s->rows.conn;
    int rc = sqlite3_step(s->st);
    s->at = rc == SQLITE_ROW ? AT_ROW : AT_END;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? ERR_OK : failed(c, rc, sqlite3_sql(s->st));
}

/* Steps to the first row at once, so that INSERT … RETURNING has happened when this returns, as on PostgreSQL. Values
 * are copied: a query may outlive the frame that its values stood in. */
static enum err sq_query(struct store_conn *base, const char *sql, const struct store_value *v, size_t n, struct store_rows **ret)
{
    struct sq_conn *c = (struct sq_conn *)base;
    struct sq_statement *s = NULL;
    TRY(statement_take(c, sql, &s));
    enum err e = bind(c, s, sql, v, n, SQLITE_TRANSIENT);
    if (e == ERR_OK) e = step(s);
    if (e != ERR_OK) {
        statement_give(s);
        return e;
    }
    if (s->at == AT_ROW) s->at = AT_FIRST;
    *ret = &s->rows;
    return ERR_OK;
}

static enum err sq_next(struct store_rows *r, bool *ret_row)
{
    struct sq_statement *s = (struct sq_statement *)r;
    if (s->at == AT_FIRST) s->at = AT_ROW;
    else if (s->at == AT_ROW) TRY(step(s));
    *ret_row = s->at == AT_ROW;
    return ERR_OK;
}

static struct store_value sq_column(const struct store_rows *r, int column)
{
    sqlite3_stmt *st = ((const struct sq_statement *)r)->st;
    switch (sqlite3_column_type(st, column)) {
    case SQLITE_INTEGER: return store_v_int(sqlite3_column_int64(st, column));
    case SQLITE_BLOB: {
        const uint8_t *p = sqlite3_column_blob(st, column);
        return store_v_bytes((struct bytes){ p, (size_t)sqlite3_column_bytes(st, column) });
    }
    case SQLITE_TEXT: {
        const char *p = (const char *)sqlite3_column_text(st, column);
        return store_v_text((struct text){ p, (size_t)sqlite3_column_bytes(st, column) });
    }
    default: return store_v_null();
    }
}

static void sq_rows_end(struct store_rows *r)
{
    statement_give((struct sq_statement *)r);
}

static enum err sq_run_once(struct store_conn *base, struct text sql)
{
    struct sq_conn *c = (struct sq_conn *)base;
    char *copy = strndup(sql.p, sql.n);
    if (!copy) return ERR_MEMORY;
    struct sq_statement *s = NULL;
    enum err e = prepare(c, copy, 0, &s);
    if (e == ERR_OK) {
        e = step_to_end(c, s, copy);
        statement_free(s);
    }
    free(copy);
    return e;
}

/* ---- transactions ---- */

static const char SQL_BEGIN_WRITE[] = "BEGIN IMMEDIATE";
static const char SQL_BEGIN_READ[] = "BEGIN";
static const char SQL_COMMIT[] = "COMMIT";
static const char SQL_ROLLBACK[] = "ROLLBACK";
static const char SQL_SAVEPOINT[] = "SAVEPOINT job";
static const char SQL_RELEASE[] = "RELEASE job";
static const char SQL_ROLLBACK_TO[] = "ROLLBACK TO job";

static enum err plain(struct store_conn *base, const char *sql)
{
    return sq_exec(base, sql, STORE_NO_VALUES, NULL);
}

static enum err sq_begin(struct store_conn *base)
{
    return plain(base, base->mode == STORE_WRITES ? SQL_BEGIN_WRITE : SQL_BEGIN_READ);
}

static void sq_rollback(struct store_conn *base)
{
    struct sq_conn *c = (struct sq_conn *)base;
    if (sqlite3_get_autocommit(c->db)) return;   /* SQLite has done it by itself */
    (void)plain(base, SQL_ROLLBACK);             /* what fails here was logged; the next BEGIN will say so again */
}

/* When the sync of the log fails, the transaction stands in the log with its end mark and may or may not be found by
 * the next start, unless a later commit overwrites it. Any earlier failure leaves no end mark: nothing was done. */
static enum err sq_commit(struct store_conn *base)
{
    struct sq_conn *c = (struct sq_conn *)base;
    enum err e = plain(base, SQL_COMMIT);
    if (e == ERR_OK) return ERR_OK;
    int rc = sqlite3_extended_errcode(c->db);
    sq_rollback(base);
    return rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC ? ERR_UNKNOWN_FATE : e;
}

static enum err sq_savepoint(struct store_conn *base)   { return plain(base, SQL_SAVEPOINT); }
static enum err sq_release(struct store_conn *base)     { return plain(base, SQL_RELEASE); }

/* ROLLBACK TO leaves the savepoint standing; it is released too, so that the next job begins as this one did. */
static enum err sq_rollback_to(struct store_conn *base)
{
    TRY(plain(base, SQL_ROLLBACK_TO));
    return plain(base, SQL_RELEASE);
}

/* BEGIN IMMEDIATE has locked everything. */
static enum err sq_lock_schema(struct store_conn *c)
{
    (void)c;
    return ERR_OK;
}

/* ---- the log ---- */

static int on_commit(void *arg, sqlite3 *db, const char *schema, int pages)
{
    (void)db, (void)schema;
    struct sq_conn *c = arg;
    if (!c->log_dirty) c->cut_mono_ms = clock_mono_ms() + LOG_AGE_MS;
    c->log_dirty = true;
    c->log_pages = pages;
    return SQLITE_OK;
}

static void tidied(struct sq_conn *c, int rc)
{
    bool bad = rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY;
    if (bad && !c->tidy_failed) log_error("store-checkpoint", "the log could not be written back", rc);
    if (!bad && c->tidy_failed) log_info("store-checkpoint", "the log can be written back again", 0);
    c->tidy_failed = bad;
}

/* Writes the log back and cuts it off, so that nothing erased lingers in it. */
static void cut_log(struct sq_conn *c)
{
    (void)sqlite3_busy_timeout(c->db, CUT_PATIENCE_MS);   /* cannot fail on an open connection */
    int rc = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    (void)sqlite3_busy_timeout(c->db, BUSY_MS);
    tidied(c, rc);
    if (rc == SQLITE_OK) {
        c->log_dirty = false;
        c->log_pages = 0;
    } else {
        c->cut_mono_ms = clock_mono_ms() + CUT_AGAIN_MS;
    }
}

static void write_log_back(struct sq_conn *c)
{
    tidied(c, sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL));
    c->log_pages = 0;   /* the next commit tells the real figure */
}

static int64_t free_pages(struct sq_conn *c)
{
    static const char sql[] = "PRAGMA freelist_count";
    STORE_ROWS rows = NULL;
    bool row = false;
    if (sq_query(&c->base, sql, STORE_NO_VALUES, &rows) != ERR_OK || sq_next(rows, &row) != ERR_OK || !row) return 0;
    return sq_column(rows, 0).i;
}

/* Gives back to the disk what deleted accounts have left over, a little at a time. */
static bool give_pages_back(struct sq_conn *c)
{
    static const char sql[] = "PRAGMA incremental_vacuum(512)";
    static_assert(FREE_PAGES_A_MOMENT == 512, "the pragma takes a literal");
    if (free_pages(c) < FREE_PAGES_KEPT + FREE_PAGES_A_MOMENT) return false;
    return plain(&c->base, sql) == ERR_OK;
}

static bool sq_tidy(struct store_conn *base, bool quiet)
{
    struct sq_conn *c = (struct sq_conn *)base;
    bool more = quiet && give_pages_back(c);
    if (!c->log_dirty) return false;
    if (quiet || clock_mono_ms() >= c->cut_mono_ms || c->log_pages > LOG_PAGES_LONG) cut_log(c);
    else if (c->log_pages > LOG_PAGES) write_log_back(c);
    return more || c->log_dirty;
}

/* ---- connections ---- */

/* Only means something before the first table, and writes a page whenever it is said. */
static const char SETUP_FRESH[] =
    "PRAGMA auto_vacuum = INCREMENTAL;";
static const char SETUP_WRITES[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;";
static const char SETUP_READS[] =
    "PRAGMA query_only = ON;";
static const char SETUP_BOTH[] =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA mmap_size = 0;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;";

static enum err script(struct sq_conn *c, const char *sql)
{
    int rc = sqlite3_exec(c->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? ERR_OK : failed(c, rc, sql);
}

static enum err set_up(struct sq_conn *c)
{
    bool writes = c->base.mode == STORE_WRITES;
    (void)sqlite3_busy_timeout(c->db, BUSY_MS);
    if (((struct sq_store *)c->base.store)->fresh) TRY(script(c, SETUP_FRESH));
    TRY(script(c, writes ? SETUP_WRITES : SETUP_READS));
    TRY(script(c, SETUP_BOTH));
    TRY(script(c, writes ? "PRAGMA cache_size = -4096" : "PRAGMA cache_size = -512"));
    static_assert(WRITER_CACHE_KIB == 4096 && READER_CACHE_KIB == 512, "the pragma takes a literal");
    if (writes) (void)sqlite3_wal_hook(c->db, on_commit, c);   /* gives the former hook's argument */
    return ERR_OK;
}

static void sq_disconnect(struct store_conn *base)
{
    struct sq_conn *c = (struct sq_conn *)base;
    for (size_t i = 0; i < STORE_STATEMENT_SLOTS; i++)
        if (c->statements.slots[i].sql) statement_free(c->statements.slots[i].statement);
    if (c->log_dirty) cut_log(c);
    int rc = sqlite3_close(c->db);
    assert(rc == SQLITE_OK && "a query was not ended");
    (void)rc;
    store_conn_end(base);
    free(c);
}

static enum err sq_connect(struct store *base, enum store_mode mode, struct store_conn **ret)
{
    struct sq_store *s = (struct sq_store *)base;
    struct sq_conn *c = calloc(1, sizeof *c);
    if (!c) return ERR_MEMORY;
    store_conn_start(&c->base, base, mode);
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= mode == STORE_WRITES ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    int rc = sqlite3_open_v2(s->file, &c->db, flags, NULL);
    enum err e = rc == SQLITE_OK ? set_up(c) : failed(c, rc, "open");
    if (e != ERR_OK) {
        sq_disconnect(&c->base);
        return e;
    }
    *ret = &c->base;
    return ERR_OK;
}

/* ---- the store ---- */

/* SQLite gives the log the rights of the database, so that it is enough to make an empty one that only we can read. */
static enum err make_file(const char *folder, const char *file, bool *ret_fresh)
{
    struct stat st;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        log_error("store-folder", "cannot be made", errno);
        return ERR_STORE;
    }
    int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        log_error("store-file", "cannot be opened", errno);
        return errno == ENOSPC ? ERR_STORE_FULL : ERR_STORE;
    }
    *ret_fresh = fstat(fd, &st) == 0 && st.st_size == 0;
    (void)close(fd);   /* nothing was written */
    return ERR_OK;
}

/* Statistics of the heap cost SQLite a lock at every allocation, and nobody looks at them. */
static void configure(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);   /* refused if SQLite is already in use: then they stay on */
}

static void sq_close(struct store *s)
{
    free(s);
}

/* Connects once: an unfit file is found now, and the log's mode is set before any reader comes. */
static enum err first_connection(struct sq_store *s)
{
    struct store_conn *c;
    TRY(sq_connect(&s->base, STORE_WRITES, &c));
    sq_disconnect(c);
    s->fresh = false;
    return ERR_OK;
}

static enum err sq_open(const char *where, struct store **ret)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, configure);
    struct sq_store *s = calloc(1, sizeof *s);
    if (!s) return ERR_MEMORY;
    s->base.driver = &store_sqlite_driver;
    int n = snprintf(s->file, sizeof s->file, "%s/beside.db", where);
    enum err e = n > 0 && (size_t)n < sizeof s->file ? make_file(where, s->file, &s->fresh) : ERR_BAD_INPUT;
    if (e == ERR_OK) e = first_connection(s);
    if (e != ERR_OK) {
        free(s);
        return e;
    }
    *ret = &s->base;
    return ERR_OK;
}

/* There are no other nodes. */
static enum err sq_listen(struct store *s, void (*hear)(void *arg, struct text line), void (*lost)(void *arg), void *arg)
{
    (void)s, (void)hear, (void)lost, (void)arg;
    return ERR_OK;
}

static enum err sync_file(const char *file)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return ERR_STORE;
    int bad = fsync(fd);
    (void)close(fd);
    return bad ? ERR_STORE : ERR_OK;
}

static enum err vacuum_into(struct store *s, const char *file)
{
    static const char sql[] = "VACUUM INTO ?1";
    struct store_conn *c;
    TRY(sq_connect(s, STORE_WRITES, &c));
    enum err e = sq_exec(c, sql, STORE_VALUES(store_v_text(text_of(file))), NULL);
    sq_disconnect(c);
    return e == ERR_OK ? sync_file(file) : e;
}

/* FILE must not be there yet; it is made first, empty, so that nobody else can read it at any moment. */
static enum err sq_backup(struct store *s, const char *file)
{
    int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        log_error("store-backup", "the file cannot be made", errno);
        return errno == EEXIST ? ERR_EXISTS : errno == ENOSPC ? ERR_STORE_FULL : ERR_STORE;
    }
    (void)close(fd);
    enum err e = vacuum_into(s, file);
    if (e != ERR_OK) (void)unlink(file);   /* half a copy is worse than none */
    return e;
}

static enum err sq_self_check(struct store_conn *c, char *ret, size_t n)
{
    static const char sql[] = "PRAGMA integrity_check(1)";
    STORE_ROWS rows = NULL;
    bool row;
    TRY(store_query(c, sql, STORE_NO_VALUES, &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    struct text said = store_text(rows, 0);
    (void)snprintf(ret, n, "%.*s", (int)said.n, said.p);   /* shortened if it does not fit */
    return ERR_OK;
}

const struct store_driver store_sqlite_driver = {
    .lanes = 1,
    .batch_max = STORE_BATCH_MAX,
    .open = sq_open,
    .close = sq_close,
    .connect = sq_connect,
    .disconnect = sq_disconnect,
    .exec = sq_exec,
    .query = sq_query,
    .next = sq_next,
    .column = sq_column,
    .rows_end = sq_rows_end,
    .run_once = sq_run_once,
    .lock_schema = sq_lock_schema,
    .begin = sq_begin,
    .commit = sq_commit,
    .rollback = sq_rollback,
    .savepoint = sq_savepoint,
    .release = sq_release,
    .rollback_to = sq_rollback_to,
    .tidy = sq_tidy,
    .listen = sq_listen,
    .backup = sq_backup,
    .self_check = sq_self_check,
};
