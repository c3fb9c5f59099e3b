/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the store's tests share: a fresh store on either engine, a PostgreSQL of their own, jobs that can be waited for.
 *
 * The PostgreSQL is the one of BESIDE_TEST_PG (the URL of a database that may be emptied); without it one is started in
 * a temporary folder if Debian's package is there, and it ends with the test. Without both, only SQLite is tested. */
#ifndef BESIDE_STORE_TEST_KIT_H
#define BESIDE_STORE_TEST_KIT_H

#include <assert.h>
#include <glob.h>
#include <grp.h>
#include <pthread.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/clock.h"
#include "lib/log.h"
#include "store/store_driver.h"

enum { KIT_PATH = 256 };

static struct kit {
    bool pg;                       /* the engine under test */
    char folder[KIT_PATH];         /* SQLite: new for each test */
    char url[2 * KIT_PATH];        /* PostgreSQL: emptied for each test */
    struct store *store;

    char server_bin[KIT_PATH];     /* a PostgreSQL of our own, or "" */
    char server_folder[KIT_PATH];
    pid_t server;
} kit;

#define ok(EXPR) assert_int_equal((EXPR), ERR_OK)

static inline void kit_shell(const char *command)
{
    assert_int_equal(system(command), 0);
}

static inline void kit_remove(const char *folder)
{
    char command[KIT_PATH + 16];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    kit_shell(command);
}

/* ---- a PostgreSQL of our own ---- */

/* PostgreSQL refuses to be root, so root lends it the user "postgres". In the child. */
static inline void kit_become_postgres(void)
{
    struct passwd *user = geteuid() == 0 ? getpwnam("postgres") : NULL;
    if (user && (setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) _exit(2);
    if (chdir(kit.server_folder) != 0) _exit(2);
    (void)prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (!freopen("log", "a", stderr) || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) _exit(2);
}

static inline pid_t kit_spawn(const char *arguments)
{
    char command[4 * KIT_PATH];
    (void)snprintf(command, sizeof command, "exec %s/%s", kit.server_bin, arguments);
    pid_t pid = fork();
    if (pid != 0) return pid;
    kit_become_postgres();
    (void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(3);
}

static inline void kit_server_start(void)
{
    char arguments[2 * KIT_PATH];
    (void)snprintf(arguments, sizeof arguments, "postgres -D data -h '' -k %s -c max_connections=50 -c deadlock_timeout=100ms -F",
                   kit.server_folder);
    kit.server = kit_spawn(arguments);
}

static inline void kit_server_kill(void)
{
    (void)kill(kit.server, SIGQUIT);   /* at once and without good-bye: what comes back has to recover */
    (void)waitpid(kit.server, NULL, 0);
    kit.server = 0;
}

static inline bool kit_server_make(void)
{
    glob_t found;
    bool there = glob("/usr/lib/postgresql/*/bin", 0, NULL, &found) == 0;
    if (there) (void)snprintf(kit.server_bin, sizeof kit.server_bin, "%s", found.gl_pathv[found.gl_pathc - 1]);
    globfree(&found);
    if (!there) return false;
    (void)snprintf(kit.server_folder, sizeof kit.server_folder, "/tmp/beside-pg-XXXXXX");
    assert_non_null(mkdtemp(kit.server_folder));
    struct passwd *user = geteuid() == 0 ? getpwnam("postgres") : NULL;
    if (user) assert_int_equal(chown(kit.server_folder, user->pw_uid, user->pw_gid), 0);
    int status;
    pid_t pid = kit_spawn("initdb -D data -U beside -A trust -E UTF8 --no-locale --no-sync");
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    (void)snprintf(kit.url, sizeof kit.url, "postgres://beside@/postgres?host=%s", kit.server_folder);
    kit_server_start();
    return true;
}

/* The database that tests may empty: true if there is one. */
static inline bool kit_find_pg(void)
{
    const char *url = getenv("BESIDE_TEST_PG");
    if (!url) return kit_server_make();
    (void)snprintf(kit.url, sizeof kit.url, "%s", url);
    return true;
}

static inline void kit_end(void)
{
    if (!kit.server) return;
    kit_server_kill();
    kit_remove(kit.server_folder);
}

/* ---- a fresh store ---- */

static inline const char *kit_where(void)
{
    return kit.pg ? kit.url : kit.folder;
}

static inline struct store *kit_open(void)
{
    struct store *s;
    ok(store_open(kit_where(), &s));
    return s;
}

static inline struct store_conn *kit_connect(enum store_mode mode)
{
    struct store_conn *c;
    ok(store_connect(kit.store, mode, &c));
    return c;
}

/* Waits for a server that is on its way up. */
static inline struct store_conn *kit_connect_patiently(void)
{
    struct store_conn *c;
    for (int tries = 0; store_connect(kit.store, STORE_WRITES, &c) != ERR_OK; tries++) {
        assert_true(tries < 300);
        (void)usleep(50000);
    }
    return c;
}

static inline void kit_do(const char *sql)
{
    struct store_conn *c = kit_connect(STORE_WRITES);
    ok(store_exec(c, sql, STORE_NO_VALUES, NULL));
    store_disconnect(&c);
}

static inline int64_t kit_count(const char *sql)
{
    struct store_conn *c = kit_connect(STORE_READS);
    struct store_rows *rows;
    bool row;
    ok(store_query(c, sql, STORE_NO_VALUES, &rows));
    ok(store_next(rows, &row));
    assert_true(row);
    int64_t n = store_int(rows, 0);
    store_rows_end(&rows);
    store_disconnect(&c);
    return n;
}

static inline void kit_empty_pg(void)
{
    log_set_level(LOG_LEVEL_QUIET);
    struct store_conn *c = kit_connect_patiently();
    ok(store_exec(c, "DROP SCHEMA IF EXISTS public CASCADE", STORE_NO_VALUES, NULL));
    ok(store_exec(c, "CREATE SCHEMA public", STORE_NO_VALUES, NULL));
    store_disconnect(&c);
}

/* The table that most tests write to: lines of numbered keys. */
static inline void kit_make_line(void)
{
    kit_do("CREATE TABLE line (k BIGINT NOT NULL, n BIGINT NOT NULL, at BIGINT, body BYTEA, PRIMARY KEY (k, n))");
}

static inline int kit_setup(void **state)
{
    (void)state;
    log_set_level(LOG_LEVEL_QUIET);
    (void)snprintf(kit.folder, sizeof kit.folder, "/tmp/beside-store-XXXXXX");
    assert_non_null(mkdtemp(kit.folder));
    kit.store = kit_open();
    if (kit.pg) kit_empty_pg();
    kit_make_line();
    return 0;
}

static inline int kit_teardown(void **state)
{
    (void)state;
    store_free(&kit.store);
    kit_remove(kit.folder);
    return 0;
}

#define kit_test(NAME) cmocka_unit_test_setup_teardown(NAME, kit_setup, kit_teardown)

/* ---- jobs that can be waited for ---- */

struct latch { pthread_mutex_t lock; pthread_cond_t zero; size_t left; };

static inline void latch_start(struct latch *l, size_t n)
{
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->zero, NULL);
    l->left = n;
}

static inline void latch_down(struct latch *l)
{
    pthread_mutex_lock(&l->lock);
    if (--l->left == 0) pthread_cond_broadcast(&l->zero);
    pthread_mutex_unlock(&l->lock);
}

static inline void latch_wait(struct latch *l)
{
    pthread_mutex_lock(&l->lock);
    while (l->left) pthread_cond_wait(&l->zero, &l->lock);
    pthread_mutex_unlock(&l->lock);
}

/* Writes line N of key K, and whatever EXTRA does in the same job. */
struct line_job {
    struct store_job job;
    int64_t k, n;
    struct bytes body;
    enum err (*extra)(struct store_conn *c, struct line_job *j);
    enum err outcome;
    int told;
    struct latch *latch;
};

static inline enum err line_run(struct store_conn *c, void *arg)
{
    static const char sql[] = "INSERT INTO line (k, n, at, body) VALUES (?1, ?2, ?3, ?4)";
    struct line_job *j = arg;
    TRY(store_exec(c, sql, STORE_VALUES(store_v_int(j->k), store_v_int(j->n), store_v_int(clock_mono_ms()),
                                        store_v_bytes(j->body)), NULL));
    return j->extra ? j->extra(c, j) : ERR_OK;
}

static inline void line_done(void *arg, enum err outcome)
{
    struct line_job *j = arg;
    j->outcome = outcome;
    j->told++;
    latch_down(j->latch);
}

static inline struct line_job line_job(int64_t k, int64_t n, struct latch *latch)
{
    return (struct line_job){ .job = { .run = line_run, .done = line_done, .key = (uint64_t)k }, .k = k, .n = n, .latch = latch };
}

static inline enum err line_submit(struct store_writer *w, struct line_job *j)
{
    j->job.arg = j;
    j->told = 0;
    return store_submit(w, &j->job);
}

/* Submits all at once and waits until all have been told. */
static inline void lines_write(struct store_writer *w, struct line_job *jobs, size_t n)
{
    struct latch latch;
    latch_start(&latch, n);
    for (size_t i = 0; i < n; i++) {
        jobs[i].latch = &latch;
        ok(line_submit(w, &jobs[i]));
    }
    latch_wait(&latch);
    for (size_t i = 0; i < n; i++) assert_int_equal(jobs[i].told, 1);
}

/* Is the line there? Asked on C. */
static inline bool line_is_there(struct store_conn *c, int64_t k, int64_t n)
{
    static const char sql[] = "SELECT at FROM line WHERE k = ?1 AND n = ?2";
    struct store_rows *rows;
    bool row;
    ok(store_query(c, sql, STORE_VALUES(store_v_int(k), store_v_int(n)), &rows));
    ok(store_next(rows, &row));
    store_rows_end(&rows);
    return row;
}

#endif
