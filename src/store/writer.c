/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The writer: takes jobs from many threads, runs many in one transaction, commits once, then tells each.
 *
 * While one batch is being committed the next one gathers: the busier the house, the larger the batches, and no timer
 * decides anything. A lane is a thread with a connection and a queue; SQLite has one, PostgreSQL a few. A key always
 * goes to the same lane, which is what keeps the jobs of one key in their order.
 *
 * The one complication is what a failure reaches. A job that fails takes back its savepoint and nobody else notices. A
 * failure of the transaction (full disk, lost connection, commit) reaches every job of the batch: nothing of it was
 * done, and each is told so. A deadlock or serialization failure runs the whole batch again. */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "lib/clock.h"
#include "lib/log.h"
#include "store/store_driver.h"

enum { TRIES_MAX = 8, TRY_AGAIN_MS = 5 };

struct queue { struct store_job *first, **end; };

struct lane {
    struct store_writer *writer;
    struct store_conn *conn;
    pthread_t thread;
    bool running;
    pthread_cond_t wake;                            /* work, or stopping */
    struct queue queue;
    bool untidy;                                    /* the connection wants a quiet moment */

    size_t n;                                       /* the batch, in the order of submission … */
    struct store_job *batch[STORE_BATCH_MAX];
    enum err outcome[STORE_BATCH_MAX];
    uint16_t order[STORE_BATCH_MAX];                /* … and places in it, by key */
};

struct store_writer {
    pthread_mutex_t lock;                           /* the queues, `waiting` and `stopping` */
    size_t waiting;
    bool stopping;
    size_t n_lanes, batch_max;
    struct lane lanes[];
};

/* ---- one batch, in one lane ---- */

/* Runs a job inside its savepoint. A statement that failed fails the job, even if run() did not mind. */
static enum err run_job(struct store_conn *c, struct store_job *job)
{
    TRY(store_savepoint(c));
    enum err e = job->run(c, job->arg);
    if (e == ERR_OK) e = c->spoiled;
    if (e == ERR_OK) e = store_release(c);
    return e;
}

/* Runs all jobs and commits. Gives the transaction's error; the jobs' own stand in the outcomes. */
static enum err run_transaction(struct lane *l)
{
    struct store_conn *c = l->conn;
    for (size_t i = 0; i < l->n; i++) {
        size_t at = l->order[i];
        l->outcome[at] = run_job(c, l->batch[at]);
        if (l->outcome[at] != ERR_OK) TRY(store_rollback_to(c));
    }
    return ERR_OK;
}

/* RET_AGAIN: nothing was done because another transaction stood in the way. */
static enum err try_batch(struct lane *l, bool *ret_again)
{
    *ret_again = false;
    TRY(store_begin(l->conn));
    enum err e = run_transaction(l);
    if (e == ERR_OK) return store_commit(l->conn);
    *ret_again = l->conn->again;
    store_rollback(l->conn);
    return e;
}

static void pause_ms(int64_t ms)
{
    struct timespec t = { ms / 1000, (ms % 1000) * 1000000 };
    (void)nanosleep(&t, NULL);   /* woken early: tried again early */
}

static enum err run_batch(struct lane *l)
{
    for (int tries = 1;; tries++) {
        bool again;
        enum err e = try_batch(l, &again);
        if (!again) return e;
        if (tries == TRIES_MAX) {
            log_error("store-batch", "given up after so many deadlocks", tries);
            return ERR_BUSY;
        }
        pause_ms(tries * TRY_AGAIN_MS);
    }
}

static void tell(struct lane *l, enum err batch)
{
    for (size_t i = 0; i < l->n; i++) {
        struct store_job *job = l->batch[i];
        job->done(job->arg, batch == ERR_OK ? l->outcome[i] : batch);   /* the job may be gone after this */
    }
}

/* Insertion sort, stable; batches are mostly small, and a large one costs less than its commit. */
static void sort_by_key(struct lane *l)
{
    for (size_t i = 0; i < l->n; i++) {
        size_t to = i;
        for (; to > 0 && l->batch[l->order[to - 1]]->key > l->batch[i]->key; to--) l->order[to] = l->order[to - 1];
        l->order[to] = (uint16_t)i;
    }
}

/* ---- the queue ---- */

static void queue_put(struct queue *q, struct store_job *job)
{
    job->next = NULL;
    *q->end = job;
    q->end = &job->next;
}

static struct store_job *queue_take(struct queue *q)
{
    struct store_job *job = q->first;
    q->first = job->next;
    if (!q->first) q->end = &q->first;
    return job;
}

static struct timespec mono_after(int64_t ms)
{
    int64_t at = clock_mono_ms() + ms;
    return (struct timespec){ at / 1000, (at % 1000) * 1000000 };
}

/* Waits for work with the lock held; false when STORE_QUIET_MS went by without any and there is something to tidy. */
static bool wait_for_work(struct lane *l)
{
    struct store_writer *w = l->writer;
    struct timespec until = mono_after(STORE_QUIET_MS);
    while (!l->queue.first && !w->stopping) {
        if (!l->untidy) pthread_cond_wait(&l->wake, &w->lock);
        else if (pthread_cond_timedwait(&l->wake, &w->lock, &until) == ETIMEDOUT) return false;
    }
    return true;
}

static void take_batch(struct lane *l)
{
    struct store_writer *w = l->writer;
    for (l->n = 0; l->queue.first && l->n < w->batch_max; l->n++) l->batch[l->n] = queue_take(&l->queue);
    w->waiting -= l->n;
}

static void work(struct lane *l)
{
    sort_by_key(l);
    tell(l, run_batch(l));
    l->untidy = l->conn->store->driver->tidy(l->conn, false);
}

static void *lane_main(void *arg)
{
    struct lane *l = arg;
    struct store_writer *w = l->writer;
    for (;;) {
        pthread_mutex_lock(&w->lock);
        bool busy = wait_for_work(l);
        take_batch(l);
        pthread_mutex_unlock(&w->lock);
        if (l->n) work(l);
        else if (!busy) l->untidy = l->conn->store->driver->tidy(l->conn, true);
        else return NULL;   /* stopping, and all that was accepted is done */
    }
}

/* Keys are hashes or counters; mixing spreads both over the lanes. */
static struct lane *lane_of(struct store_writer *w, uint64_t key)
{
    return &w->lanes[((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) % w->n_lanes];
}

enum err store_submit(struct store_writer *w, struct store_job *job)
{
    struct lane *l = lane_of(w, job->key);
    pthread_mutex_lock(&w->lock);
    bool taken = !w->stopping && w->waiting < STORE_QUEUE_MAX;
    if (taken) {
        if (!l->queue.first) pthread_cond_signal(&l->wake);
        queue_put(&l->queue, job);
        w->waiting++;
    }
    pthread_mutex_unlock(&w->lock);
    return taken ? ERR_OK : ERR_BUSY;
}

/* ---- its life ---- */

static enum err lane_start(struct store_writer *w, struct store *s, struct lane *l)
{
    l->writer = w;
    l->queue.end = &l->queue.first;
    TRY(store_connect(s, STORE_WRITES, &l->conn));
    l->running = pthread_create(&l->thread, NULL, lane_main, l) == 0;
    return l->running ? ERR_OK : ERR_MEMORY;
}

static struct store_writer *writer_new(const struct store_driver *d)
{
    assert(d->batch_max <= STORE_BATCH_MAX);
    struct store_writer *w = calloc(1, sizeof *w + d->lanes * sizeof w->lanes[0]);
    if (!w) return NULL;
    w->n_lanes = d->lanes;
    w->batch_max = d->batch_max;
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    for (size_t i = 0; i < w->n_lanes; i++) pthread_cond_init(&w->lanes[i].wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return w;
}

enum err store_writer_start(struct store *s, struct store_writer **ret)
{
    struct store_writer *w = writer_new(s->driver);
    if (!w) return ERR_MEMORY;
    for (size_t i = 0; i < w->n_lanes; i++) {
        enum err e = lane_start(w, s, &w->lanes[i]);
        if (e == ERR_OK) continue;
        store_writer_stop(&w);
        return e;
    }
    *ret = w;
    return ERR_OK;
}

static void lane_stop(struct lane *l)
{
    if (l->running) pthread_join(l->thread, NULL);
    store_disconnect(&l->conn);
    pthread_cond_destroy(&l->wake);
}

void store_writer_stop(struct store_writer **writer)
{
    struct store_writer *w = *writer;
    if (!w) return;
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    for (size_t i = 0; i < w->n_lanes; i++) pthread_cond_signal(&w->lanes[i].wake);
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < w->n_lanes; i++) lane_stop(&w->lanes[i]);
    pthread_mutex_destroy(&w->lock);
    free(w);
    *writer = NULL;
}
