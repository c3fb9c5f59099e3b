/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the writer promises: order, durability, and an honest answer to each job whatever breaks — a job, a statement, a
 * commit, the disk, the process, the server, the connection. On both engines where both can break that way. */
#include "store/test_kit.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

static struct store_writer *start_writer(void)
{
    struct store_writer *w;
    ok(store_writer_start(kit.store, &w));
    return w;
}

/* ---- many jobs ---- */

enum { THREADS = 8, JOBS_A_THREAD = 1250, KEYS_A_THREAD = 5 };

/* Fails unless the line before this one is there and none after it: the jobs of a key run in their order. */
static enum err comes_next(struct store_conn *c, struct line_job *j)
{
    static const char sql[] = "SELECT COUNT(*), MAX(n) FROM line WHERE k = ?1";
    STORE_ROWS rows = NULL;
    bool row;
    TRY(store_query(c, sql, STORE_VALUES(store_v_int(j->k)), &rows));
    TRY(store_next(rows, &row));
    return store_int(rows, 0) == j->n && store_int(rows, 1) == j->n ? ERR_OK : ERR_INTERNAL;
}

struct crowd { struct store_writer *writer; int64_t first_key; struct latch latch; struct line_job jobs[JOBS_A_THREAD]; };

static void *submit_many(void *arg)
{
    struct crowd *c = arg;
    for (size_t i = 0; i < JOBS_A_THREAD; i++) {
        int64_t k = c->first_key + (int64_t)(i % KEYS_A_THREAD), n = (int64_t)(i / KEYS_A_THREAD) + 1;
        c->jobs[i] = line_job(k, n, &c->latch);
        c->jobs[i].extra = comes_next;
        while (line_submit(c->writer, &c->jobs[i]) == ERR_BUSY) (void)usleep(1000);
    }
    latch_wait(&c->latch);
    return NULL;
}

static void ten_thousand_jobs_of_eight_threads_are_all_there_in_order(void **state)
{
    (void)state;
    struct store_writer *w = start_writer();
    struct crowd *crowds = calloc(THREADS, sizeof *crowds);
    pthread_t threads[THREADS];
    assert_non_null(crowds);
    for (size_t t = 0; t < THREADS; t++) {
        crowds[t].writer = w;
        crowds[t].first_key = (int64_t)t * 100;
        latch_start(&crowds[t].latch, JOBS_A_THREAD);
        assert_int_equal(pthread_create(&threads[t], NULL, submit_many, &crowds[t]), 0);
    }
    for (size_t t = 0; t < THREADS; t++) pthread_join(threads[t], NULL);
    for (size_t t = 0; t < THREADS; t++)
        for (size_t i = 0; i < JOBS_A_THREAD; i++) {
            assert_int_equal(crowds[t].jobs[i].outcome, ERR_OK);
            assert_int_equal(crowds[t].jobs[i].told, 1);
        }
    assert_int_equal(kit_count("SELECT COUNT(*) FROM line"), THREADS * JOBS_A_THREAD);
    store_writer_stop(&w);
    assert_null(w);
    free(crowds);
}

/* ---- order of telling, stopping, limits ---- */

static struct { int64_t n[512]; size_t count; } told;

static void note_done(void *arg, enum err outcome)
{
    struct line_job *j = arg;
    told.n[told.count++] = j->n;
    line_done(arg, outcome);
}

static void jobs_are_told_in_the_order_of_submission(void **state)
{
    (void)state;
    enum { N = 300 };
    static struct line_job jobs[N];
    struct store_writer *w = start_writer();
    told.count = 0;
    for (int i = 0; i < N; i++) {   /* PostgreSQL: of one lane, so one key there; SQLite: of all */
        jobs[i] = line_job(kit.pg ? 1 : N - i, i, NULL);
        jobs[i].job.done = note_done;
    }
    lines_write(w, jobs, N);
    store_writer_stop(&w);
    for (int i = 0; i < N; i++) assert_int_equal(told.n[i], i);
}

static void stopping_finishes_what_was_accepted(void **state)
{
    (void)state;
    enum { N = 700 };
    static struct line_job jobs[N];
    struct latch latch;
    latch_start(&latch, N);
    struct store_writer *w = start_writer();
    for (int i = 0; i < N; i++) {
        jobs[i] = line_job(i % 9, i, &latch);
        ok(line_submit(w, &jobs[i]));
    }
    store_writer_stop(&w);
    assert_int_equal(latch.left, 0);
    assert_int_equal(kit_count("SELECT COUNT(*) FROM line"), N);
}

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static enum err wait_at_the_gate(struct store_conn *c, struct line_job *j)
{
    (void)c, (void)j;
    pthread_mutex_lock(&gate);
    pthread_mutex_unlock(&gate);
    return ERR_OK;
}

static void a_full_queue_says_busy_and_keeps_what_it_accepted(void **state)
{
    (void)state;
    struct line_job *jobs = calloc(STORE_QUEUE_MAX + STORE_BATCH_MAX + 1, sizeof *jobs);
    assert_non_null(jobs);
    struct latch latch;
    latch_start(&latch, 1);   /* so that it is not zero while jobs are still being submitted */
    struct store_writer *w = start_writer();
    pthread_mutex_lock(&gate);
    size_t n = 0;
    for (;; n++) {
        assert_true(n <= STORE_QUEUE_MAX + STORE_BATCH_MAX);
        jobs[n] = line_job(1, (int64_t)n, &latch);
        if (n == 0) jobs[n].extra = wait_at_the_gate;
        pthread_mutex_lock(&latch.lock);
        latch.left++;
        pthread_mutex_unlock(&latch.lock);
        if (line_submit(w, &jobs[n]) != ERR_OK) break;
    }
    assert_true(n >= STORE_QUEUE_MAX);
    latch_down(&latch);   /* the refused one … */
    pthread_mutex_unlock(&gate);
    latch_down(&latch);   /* … and the first */
    latch_wait(&latch);
    store_writer_stop(&w);
    assert_int_equal(kit_count("SELECT COUNT(*) FROM line"), (int64_t)n);
    free(jobs);
}

/* ---- jobs that fail ---- */

static enum err change_of_mind(struct store_conn *c, struct line_job *j)
{
    (void)c, (void)j;
    return ERR_STALE_EPOCH;
}

/* Writes a line that is there, and does not mind. */
static enum err careless(struct store_conn *c, struct line_job *j)
{
    static const char sql[] = "INSERT INTO line (k, n) VALUES (?1, ?2)";
    assert(store_exec(c, sql, STORE_VALUES(store_v_int(j->k), store_v_int(j->n)), NULL) == ERR_EXISTS);
    return ERR_OK;
}

static enum err broken_sql(struct store_conn *c, struct line_job *j)
{
    (void)j;
    return store_exec(c, "UPDATE nothing_like_this SET x = 1", STORE_NO_VALUES, NULL);
}

static void a_failing_job_among_good_ones_takes_back_only_itself(void **state)
{
    (void)state;
    enum { N = 60 };
    static struct line_job jobs[N];
    struct store_writer *w = start_writer();
    for (int i = 0; i < N; i++) {
        jobs[i] = line_job(i % 4, i, NULL);
        if (i % 7 == 1) jobs[i].extra = change_of_mind;
        if (i % 7 == 2) jobs[i].extra = careless;
        if (i % 7 == 3) jobs[i].extra = broken_sql;
    }
    lines_write(w, jobs, N);
    store_writer_stop(&w);
    struct store_conn *c = kit_connect(STORE_READS);
    for (int i = 0; i < N; i++) {
        const enum err expected[] = { ERR_OK, ERR_STALE_EPOCH, ERR_EXISTS, ERR_STORE, ERR_OK, ERR_OK, ERR_OK };
        assert_int_equal(jobs[i].outcome, expected[i % 7]);
        assert_int_equal(line_is_there(c, jobs[i].k, jobs[i].n), jobs[i].outcome == ERR_OK);
    }
    store_disconnect(&c);
}

/* ---- faults at every step ---- */

/* What was told holds: done is there, not done is not; of an unknown fate nothing is claimed. */
static void check_told(const struct line_job *jobs, size_t n)
{
    struct store_conn *c = kit_connect(STORE_READS);
    for (size_t i = 0; i < n; i++)
        if (jobs[i].outcome != ERR_UNKNOWN_FATE)
            assert_int_equal(line_is_there(c, jobs[i].k, jobs[i].n), jobs[i].outcome == ERR_OK);
    store_disconnect(&c);
}

enum { SCRIPT = 9 };

/* Three times three jobs, so that there are several batches; gives how many were not told ERR_OK. */
static size_t run_script(struct store_writer *w, struct line_job jobs[SCRIPT])
{
    size_t failed = 0;
    for (int i = 0; i < SCRIPT; i++) jobs[i] = line_job(i % 2, i, NULL);
    for (int i = 0; i < SCRIPT; i += 3) lines_write(w, jobs + i, 3);
    for (int i = 0; i < SCRIPT; i++) failed += jobs[i].outcome != ERR_OK;
    return failed;
}

/* Fails the first, second, third … call of a kind in a run of the script, until a run needs fewer calls than that. */
static void strike_everywhere(enum store_fault kind, enum err with, uint64_t at_least)
{
    struct line_job jobs[SCRIPT];
    struct store_writer *w = start_writer();
    for (uint64_t n = 1;; n++) {
        kit_do("DELETE FROM line");
        store_fault_after(kit.store, kind, n, with);
        size_t failed = run_script(w, jobs);
        store_fault_after(kit.store, kind, 0, with);
        check_told(jobs, SCRIPT);
        if (failed == 0) {
            assert_true(n > at_least);
            break;
        }
        for (int i = 0; i < SCRIPT; i++)
            if (jobs[i].outcome != ERR_OK) assert_int_equal(jobs[i].outcome, with);
    }
    store_writer_stop(&w);
}

static void a_fault_at_any_statement_is_told_and_nothing_else_is_lost(void **state)
{
    (void)state;
    strike_everywhere(STORE_FAULT_STATEMENT, ERR_STORE, 3 * SCRIPT);
    strike_everywhere(STORE_FAULT_STATEMENT, ERR_STORE_FULL, 3 * SCRIPT);
}

static void a_fault_at_any_commit_is_told_and_nothing_else_is_lost(void **state)
{
    (void)state;
    strike_everywhere(STORE_FAULT_COMMIT, ERR_STORE, 3);
    strike_everywhere(STORE_FAULT_COMMIT, ERR_STORE_FULL, 3);
    strike_everywhere(STORE_FAULT_COMMIT, ERR_UNKNOWN_FATE, 3);
}

static void a_commit_whose_answer_is_lost_has_happened_or_not_and_repeating_tells(void **state)
{
    (void)state;
    struct store_writer *w = start_writer();
    struct line_job job = line_job(1, 1, NULL);
    store_fault_after(kit.store, STORE_FAULT_COMMIT, 1, ERR_UNKNOWN_FATE);
    lines_write(w, &job, 1);
    assert_int_equal(job.outcome, ERR_UNKNOWN_FATE);
    lines_write(w, &job, 1);
    assert_int_equal(job.outcome, ERR_EXISTS);
    store_writer_stop(&w);
}

static void a_writer_that_cannot_connect_does_not_start(void **state)
{
    (void)state;
    for (uint64_t n = 1; n <= kit.store->driver->lanes; n++) {
        struct store_writer *w;
        store_fault_after(kit.store, STORE_FAULT_CONNECT, n, ERR_STORE);
        assert_int_equal(store_writer_start(kit.store, &w), ERR_STORE);
    }
    struct store_writer *w = start_writer();
    store_writer_stop(&w);
}

/* ---- kill -9 ---- */

struct ack { int64_t k, n; };
static int ack_pipe = -1;

static void ack_done(void *arg, enum err outcome)
{
    struct line_job *j = arg;
    struct ack ack = { j->k, j->n };
    if (outcome == ERR_OK && write(ack_pipe, &ack, sizeof ack) != sizeof ack) _exit(4);
    latch_down(j->latch);
}

struct typist { struct store_writer *writer; int64_t key, from; };

/* Writes lines of one key, some at a time, until the process is killed. */
static void *type_for_ever(void *arg)
{
    struct typist *t = arg;
    uint8_t body[600] = { 0 };
    struct line_job jobs[8];
    for (int64_t n = t->from;;) {
        struct latch latch;
        latch_start(&latch, 8);
        for (int i = 0; i < 8; i++, n++) {
            jobs[i] = line_job(t->key, n, &latch);
            jobs[i].body = bytes_of(body, sizeof body);
            jobs[i].job.done = ack_done;
            if (line_submit(t->writer, &jobs[i]) != ERR_OK) _exit(5);
        }
        latch_wait(&latch);
    }
}

enum { TYPISTS = 4, KILLS = 5 };

static void child_types(int64_t from)
{
    struct store *s;
    struct store_writer *w;
    struct typist typists[TYPISTS];
    pthread_t thread;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (store_open(kit_where(), &s) != ERR_OK || store_writer_start(s, &w) != ERR_OK) _exit(6);
    for (int i = 0; i < TYPISTS; i++) {
        typists[i] = (struct typist){ w, i, from };
        if (pthread_create(&thread, NULL, type_for_ever, &typists[i]) != 0) _exit(7);
    }
    for (;;) (void)pause();
}

/* Each acknowledged line is there. */
static void check_acks(int fd)
{
    struct ack ack;
    size_t n = 0;
    struct store_conn *c = kit_connect(STORE_READS);
    while (read(fd, &ack, sizeof ack) == sizeof ack) {
        assert_true(line_is_there(c, ack.k, ack.n));
        n++;
    }
    assert_true(n > 0);
    store_disconnect(&c);
}

static void what_was_acknowledged_survives_kill_9(void **state)
{
    (void)state;
    for (int64_t round = 0; round < KILLS; round++) {
        int fds[2];
        assert_int_equal(pipe(fds), 0);
        (void)fcntl(fds[0], F_SETPIPE_SZ, 1 << 20);   /* a smaller pipe would slow the child down: no harm */
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            ack_pipe = fds[1];
            child_types(round * 1000000);
        }
        (void)close(fds[1]);
        (void)usleep(250000 + (useconds_t)round * 17000);
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, NULL, 0), child);
        check_acks(fds[0]);
        (void)close(fds[0]);
    }
    /* In order, without a hole: the lines of a round and key are numbered from the first to the last. */
    assert_int_equal(kit_count("SELECT COUNT(*) FROM (SELECT k, n / 1000000 FROM line GROUP BY k, n / 1000000"
                               " HAVING COUNT(*) <> MAX(n % 1000000) + 1) holes"), 0);
}

/* ---- the full disk ---- */

enum { FULL_MAX = 2000, FULL_STEP = 8 };

struct full { struct store *store; struct store_writer *writer; int64_t done; };

/* Writes until the store says that it is full. The child says what went wrong by its exit code. */
static void write_until_full(struct full *f)
{
    static uint8_t body[16384];
    struct line_job jobs[FULL_STEP];
    for (int64_t n = 0; n < FULL_MAX; n += FULL_STEP) {
        struct latch latch;
        latch_start(&latch, FULL_STEP);
        for (int i = 0; i < FULL_STEP; i++) {
            jobs[i] = line_job(1, n + i, &latch);
            jobs[i].body = bytes_of(body, sizeof body);
            if (line_submit(f->writer, &jobs[i]) != ERR_OK) _exit(10);
        }
        latch_wait(&latch);
        for (int i = 0; i < FULL_STEP; i++) f->done += jobs[i].outcome == ERR_OK;
        if (jobs[FULL_STEP - 1].outcome == ERR_STORE_FULL) return;
        if (jobs[FULL_STEP - 1].outcome != ERR_OK) _exit(11);
    }
    _exit(12);   /* it never got full */
}

/* Once there is room again the same writer goes on by itself. */
static void write_again(struct full *f)
{
    struct latch latch;
    latch_start(&latch, 1);
    struct line_job job = line_job(2, 1, &latch);
    if (line_submit(f->writer, &job) != ERR_OK) _exit(13);
    latch_wait(&latch);
    if (job.outcome != ERR_OK) _exit(14);
    f->done++;
}

static void count_lines(const struct full *f)
{
    kit.store = f->store;
    if (kit_count("SELECT COUNT(*) FROM line") != f->done) _exit(15);
}

static void fill_up(void (*make_small)(void), void (*make_room)(void))
{
    struct full f = { 0 };
    make_small();
    if (store_open(kit.folder, &f.store) != ERR_OK) _exit(16);
    kit.store = f.store;
    kit_do("CREATE TABLE IF NOT EXISTS line (k BIGINT, n BIGINT, at BIGINT, body BYTEA, PRIMARY KEY (k, n))");
    if (store_writer_start(f.store, &f.writer) != ERR_OK) _exit(17);
    write_until_full(&f);
    count_lines(&f);
    make_room();
    write_again(&f);
    count_lines(&f);
    store_writer_stop(&f.writer);
    _exit(0);
}

static void check_full(void (*make_small)(void), void (*make_room)(void))
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) fill_up(make_small, make_room);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    (void)signal(SIGXFSZ, SIG_IGN);
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(20);
    limit.rlim_cur = bytes == RLIM_INFINITY ? limit.rlim_max : bytes;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(20);
}

static void limit_to_two_megabytes(void) { limit_files(2 << 20); }
static void lift_the_limit(void)         { limit_files(RLIM_INFINITY); }

static void a_limit_on_files_is_a_full_disk(void **state)
{
    (void)state;
    check_full(limit_to_two_megabytes, lift_the_limit);
}

static char ballast[2 * KIT_PATH];

/* A disk of four megabytes, one of them taken by something that can be removed. Where one may not mount even in a
 * namespace of one's own (some containers), the limit on files stands in. */
static void mount_a_small_disk(void)
{
    static const char megabyte[1 << 20];
    bool mounted = (unshare(CLONE_NEWNS) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0)
                && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
                && mount("tmpfs", kit.folder, "tmpfs", 0, "size=4m") == 0;
    if (!mounted) {
        limit_to_two_megabytes();
        return;
    }
    (void)snprintf(ballast, sizeof ballast, "%s/ballast", kit.folder);
    int fd = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, megabyte, sizeof megabyte) != sizeof megabyte) _exit(21);
    (void)close(fd);
}

static void remove_the_ballast(void)
{
    if (ballast[0]) (void)unlink(ballast);
    else lift_the_limit();
}

static void a_full_disk_is_told_and_service_resumes(void **state)
{
    (void)state;
    check_full(mount_a_small_disk, remove_the_ballast);
}

/* ---- quiet moments ---- */

static off_t log_size(void)
{
    char path[2 * KIT_PATH];
    struct stat st;
    (void)snprintf(path, sizeof path, "%s/beside.db-wal", kit.folder);
    return stat(path, &st) == 0 ? st.st_size : -1;
}

static bool log_gets_empty_within(int64_t ms)
{
    for (int64_t end = clock_mono_ms() + ms; clock_mono_ms() < end; (void)usleep(20000))
        if (log_size() == 0) return true;
    return false;
}

static void a_quiet_moment_cuts_the_log_off(void **state)
{
    (void)state;
    struct store_writer *w = start_writer();
    struct store_conn *reader = kit_connect(STORE_READS);
    struct line_job job = line_job(1, 1, NULL);
    ok(store_begin(reader));
    assert_false(line_is_there(reader, 1, 1));
    lines_write(w, &job, 1);
    assert_false(log_gets_empty_within(2 * STORE_QUIET_MS));   /* the reader still looks at the old picture */
    ok(store_commit(reader));
    assert_true(log_gets_empty_within(10 * STORE_QUIET_MS));
    store_disconnect(&reader);
    store_writer_stop(&w);
}

/* ---- PostgreSQL: lost connections ---- */

static void cut_all_connections(void)
{
    (void)kit_count("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    (void)usleep(50000);
}

static void connections_cut_while_idle_are_not_noticed(void **state)
{
    (void)state;
    enum { N = 16 };
    struct line_job jobs[N];
    struct store_writer *w = start_writer();
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < N; i++) jobs[i] = line_job(i, round, NULL);
        lines_write(w, jobs, N);
        for (int i = 0; i < N; i++) assert_int_equal(jobs[i].outcome, ERR_OK);
        cut_all_connections();
    }
    store_writer_stop(&w);
}

static enum err cut_myself(struct store_conn *c, struct line_job *j)
{
    (void)j;
    STORE_ROWS rows = NULL;
    return store_query(c, "SELECT pg_terminate_backend(pg_backend_pid())", STORE_NO_VALUES, &rows);
}

static void a_connection_lost_in_a_job_means_nothing_of_the_batch_was_done(void **state)
{
    (void)state;
    enum { N = 5 };
    struct line_job jobs[N];
    struct store_writer *w = start_writer();
    for (int i = 0; i < N; i++) jobs[i] = line_job(1, i, NULL);
    jobs[N - 1].extra = cut_myself;
    lines_write(w, jobs, N);
    assert_int_equal(jobs[N - 1].outcome, ERR_STORE);
    check_told(jobs, N);
    jobs[0] = line_job(1, 100, NULL);
    lines_write(w, jobs, 1);
    assert_int_equal(jobs[0].outcome, ERR_OK);
    store_writer_stop(&w);
}

static void a_server_out_of_reach_is_told_at_once_and_found_again(void **state)
{
    (void)state;
    struct store_writer *w = start_writer();
    struct line_job job = line_job(1, 1, NULL);
    cut_all_connections();
    store_fault_after(kit.store, STORE_FAULT_CONNECT, 1, ERR_STORE);
    lines_write(w, &job, 1);
    assert_int_equal(job.outcome, ERR_STORE);
    check_told(&job, 1);
    for (int tries = 0; job.outcome != ERR_OK; tries++) {
        assert_true(tries < 100);
        (void)usleep(20000);
        lines_write(w, &job, 1);
    }
    store_writer_stop(&w);
}

/* Lines of 64 keys written while the server goes away and comes back. */
enum { STORM = 6000 };
struct storm { struct store_writer *writer; struct latch latch; struct line_job jobs[STORM]; };

static void *submit_storm(void *arg)
{
    struct storm *s = arg;
    for (int i = 0; i < STORM; i++) {
        s->jobs[i] = line_job(i % 64, i, &s->latch);
        while (line_submit(s->writer, &s->jobs[i]) == ERR_BUSY) (void)usleep(500);
        if (i % 20 == 0) (void)usleep(3000);
    }
    latch_wait(&s->latch);
    return NULL;
}

static void a_server_that_was_killed_and_came_back_has_all_that_was_acknowledged(void **state)
{
    (void)state;
    struct storm *s = calloc(1, sizeof *s);
    pthread_t thread;
    assert_non_null(s);
    s->writer = start_writer();
    latch_start(&s->latch, STORM);
    assert_int_equal(pthread_create(&thread, NULL, submit_storm, s), 0);
    for (int i = 0; i < 2; i++) {
        (void)usleep(200000);
        kit_server_kill();
        (void)usleep(50000);
        kit_server_start();
    }
    pthread_join(thread, NULL);
    struct store_conn *c = kit_connect_patiently();
    store_disconnect(&c);
    check_told(s->jobs, STORM);
    size_t done = 0, lost = 0;
    for (int i = 0; i < STORM; i++) {
        done += s->jobs[i].outcome == ERR_OK;
        lost += s->jobs[i].outcome == ERR_STORE || s->jobs[i].outcome == ERR_UNKNOWN_FATE;
    }
    assert_int_equal(done + lost, STORM);
    assert_true(done > 0 && lost > 0);
    store_writer_stop(&s->writer);
    free(s);
}

/* ---- PostgreSQL: deadlocks ---- */

/* Adds one to two rows, in an order that depends on the key, slowly. */
static enum err cross(struct store_conn *c, struct line_job *j)
{
    static const char sql[] = "UPDATE line SET at = at + 1 WHERE k = -1 AND n = ?1";
    TRY(store_exec(c, sql, STORE_VALUES(store_v_int(j->k % 2)), NULL));
    (void)usleep(2000);
    return store_exec(c, sql, STORE_VALUES(store_v_int(1 - j->k % 2)), NULL);
}

static void batches_that_wait_for_each_other_run_again(void **state)
{
    (void)state;
    enum { N = 120 };
    static struct line_job jobs[N];
    kit_do("INSERT INTO line (k, n, at) VALUES (-1, 0, 0), (-1, 1, 0)");
    struct store_writer *w = start_writer();
    int64_t done = 0;
    for (int i = 0; i < N; i++) {
        jobs[i] = line_job(i % 6, i, NULL);
        jobs[i].extra = cross;
    }
    for (int i = 0; i < N; i += 12) lines_write(w, jobs + i, 12);
    store_writer_stop(&w);
    for (int i = 0; i < N; i++) {
        assert_true(jobs[i].outcome == ERR_OK || jobs[i].outcome == ERR_BUSY);
        done += jobs[i].outcome == ERR_OK;
    }
    check_told(jobs, N);
    assert_true(done > N / 2);
    assert_int_equal(kit_count("SELECT at FROM line WHERE k = -1 AND n = 0"), done);
    assert_int_equal(kit_count("SELECT at FROM line WHERE k = -1 AND n = 1"), done);
}

/* ---- PostgreSQL: notices ---- */

struct ear { pthread_mutex_t lock; size_t lines, lost; uint64_t sum; };

static void ear_hear(void *arg, struct text line)
{
    struct ear *e = arg;
    int64_t n;
    pthread_mutex_lock(&e->lock);
    if (line.n > 5 && memcmp(line.p, "line ", 5) == 0 && text_to_int((struct text){ line.p + 5, line.n - 5 }, 1000000, &n) == ERR_OK) {
        e->lines++;
        e->sum += (uint64_t)n;
    }
    pthread_mutex_unlock(&e->lock);
}

static void ear_lost(void *arg)
{
    struct ear *e = arg;
    pthread_mutex_lock(&e->lock);
    e->lost++;
    pthread_mutex_unlock(&e->lock);
}

static bool ear_has(struct ear *e, size_t lines, size_t lost)
{
    for (int tries = 0; tries < 500; tries++, (void)usleep(10000)) {
        pthread_mutex_lock(&e->lock);
        bool has = e->lines >= lines && e->lost >= lost;
        pthread_mutex_unlock(&e->lock);
        if (has) return true;
    }
    return false;
}

static enum err say(struct store_conn *c, struct line_job *j)
{
    char line[32];
    (void)snprintf(line, sizeof line, "line %lld", (long long)j->n);
    store_notice(c, text_of(line));
    return j->n % 10 == 9 ? ERR_STALE_EPOCH : ERR_OK;   /* what is rolled back is not said */
}

static enum err say_too_much(struct store_conn *c, struct line_job *j)
{
    (void)j;
    for (int i = 0; i < STORE_NOTICE_MAX; i++) store_notice(c, TEXT("line 0"));
    return ERR_OK;
}

static enum err say_long(struct store_conn *c, struct line_job *j)
{
    static char line[STORE_NOTICE_MAX - 1];
    (void)snprintf(line, sizeof line, "line %0*lld", 2000, (long long)j->n);
    store_notice(c, text_of(line));
    return ERR_OK;
}

static void nodes_hear_of_each_other_and_not_of_themselves(void **state)
{
    (void)state;
    enum { N = 200 };
    static struct line_job jobs[N];
    struct ear mine = { .lock = PTHREAD_MUTEX_INITIALIZER }, theirs = { .lock = PTHREAD_MUTEX_INITIALIZER };
    struct store *other = kit_open();
    ok(store_listen(kit.store, ear_hear, ear_lost, &mine));
    ok(store_listen(other, ear_hear, ear_lost, &theirs));
    struct store_writer *w = start_writer();
    uint64_t sum = 0;
    for (int i = 0; i < N; i++) {
        jobs[i] = line_job(i % 8, i, NULL);
        jobs[i].extra = say;
        if (i % 10 != 9) sum += (uint64_t)i;
    }
    lines_write(w, jobs, N);
    assert_true(ear_has(&theirs, N - N / 10, 0));
    assert_int_equal(theirs.sum, sum);

    for (int i = 0; i < 20; i++) {   /* more than one payload holds */
        jobs[i] = line_job(1, 1000 + i, NULL);
        jobs[i].extra = say_long;
    }
    lines_write(w, jobs, 20);
    assert_true(ear_has(&theirs, N - N / 10 + 20, 0));

    jobs[0] = line_job(1, 2000, NULL);
    jobs[0].extra = say_too_much;
    lines_write(w, jobs, 1);
    assert_true(ear_has(&theirs, 0, 1));

    assert_int_equal(mine.lines, 0);
    assert_int_equal(mine.lost, 0);
    store_writer_stop(&w);
    store_free(&other);
    assert_int_equal(theirs.lines - (N - N / 10 + 20), STORE_NOTICE_MAX / 7);
}

static void a_listener_that_was_cut_off_says_so_and_hears_again(void **state)
{
    (void)state;
    struct ear theirs = { .lock = PTHREAD_MUTEX_INITIALIZER };
    struct store *other = kit_open();
    ok(store_listen(other, ear_hear, ear_lost, &theirs));
    cut_all_connections();
    assert_true(ear_has(&theirs, 0, 1));
    struct store_writer *w = start_writer();
    struct line_job job = line_job(1, 1, NULL);
    job.extra = say;
    lines_write(w, &job, 1);
    assert_true(ear_has(&theirs, 1, 1));
    store_writer_stop(&w);
    store_free(&other);
}

int main(void)
{
    const struct CMUnitTest both[] = {
        kit_test(ten_thousand_jobs_of_eight_threads_are_all_there_in_order),
        kit_test(jobs_are_told_in_the_order_of_submission),
        kit_test(stopping_finishes_what_was_accepted),
        kit_test(a_full_queue_says_busy_and_keeps_what_it_accepted),
        kit_test(a_failing_job_among_good_ones_takes_back_only_itself),
        kit_test(a_fault_at_any_statement_is_told_and_nothing_else_is_lost),
        kit_test(a_fault_at_any_commit_is_told_and_nothing_else_is_lost),
        kit_test(a_commit_whose_answer_is_lost_has_happened_or_not_and_repeating_tells),
        kit_test(a_writer_that_cannot_connect_does_not_start),
        kit_test(what_was_acknowledged_survives_kill_9),
    };
    const struct CMUnitTest sqlite_only[] = {
        kit_test(a_limit_on_files_is_a_full_disk),
        kit_test(a_full_disk_is_told_and_service_resumes),
        kit_test(a_quiet_moment_cuts_the_log_off),
    };
    const struct CMUnitTest pg_only[] = {
        kit_test(connections_cut_while_idle_are_not_noticed),
        kit_test(a_connection_lost_in_a_job_means_nothing_of_the_batch_was_done),
        kit_test(a_server_out_of_reach_is_told_at_once_and_found_again),
        kit_test(batches_that_wait_for_each_other_run_again),
        kit_test(nodes_hear_of_each_other_and_not_of_themselves),
        kit_test(a_listener_that_was_cut_off_says_so_and_hears_again),
    };
    const struct CMUnitTest own_server[] = {
        kit_test(a_server_that_was_killed_and_came_back_has_all_that_was_acknowledged),
    };
    int failed = cmocka_run_group_tests_name("sqlite", both, NULL, NULL);
    failed += cmocka_run_group_tests_name("sqlite's disk", sqlite_only, NULL, NULL);
    kit.pg = kit_find_pg();
    if (kit.pg) {
        failed += cmocka_run_group_tests_name("postgresql", both, NULL, NULL);
        failed += cmocka_run_group_tests_name("postgresql's own", pg_only, NULL, NULL);
    }
    if (kit.server) failed += cmocka_run_group_tests_name("postgresql killed", own_server, NULL, NULL);
    kit_end();
    return failed;
}
