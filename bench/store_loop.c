/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The limit for writing entries: a bare loop that runs the very statements of room_write() (room_store.c) at a fixed
 * batch size, with nothing before it (no HTTP, no session, no queue) and nothing after it (no event, no reply).
 *
 *   bench/store_loop WHERE [--batch N] [--seconds S] [--rooms R] [--body BYTES] [--writer]
 *
 * WHERE is an empty folder, or a postgres:// URL of an empty database. It prints one line: rows a second, and how many
 * commits that were. With --writer the same job goes through the store's writer from one thread that keeps N jobs under
 * way, which is what the server adds before HTTP. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypt/crypt.h"
#include "lib/clock.h"
#include "room/room.h"

static const char INSERT_ROOM[] = "INSERT INTO room (id, kind, epoch, made_ms) VALUES (?1, 'bond', 1, 0)";
static const char INSERT_MEMBER[] = "INSERT INTO member (room_id, person_id, from_epoch) VALUES (?1, ?2, 1)";

struct options { const char *where; size_t batch, seconds, rooms, body; bool writer; };

struct loop {
    struct options o;
    struct store *store;
    struct id *rooms;
    struct id person;
    uint8_t *body;
    uint64_t written;
};

static void must(enum err e, const char *what)
{
    if (e == ERR_OK) return;
    (void)fprintf(stderr, "store_loop: %s failed with %d\n", what, (int)e);
    exit(1);
}

/* ---- one entry ---- */

static enum err write_entry(struct store_conn *c, const struct loop *l, const struct id *room)
{
    struct room_line line = { .room = *room, .author = l->person, .id = crypt_random_id(), .time_ms = clock_now_ms(),
                              .body = bytes_of(l->body, l->o.body) };
    struct room_audience to;
    bool is_new;
    TRY(room_store_next_seq(c, room, 1, &l->person, &line.seq));
    TRY(room_store_put_line(c, &line, 1, &is_new));
    TRY(room_store_audience(c, room, &l->person, &to));
    return is_new ? ERR_OK : ERR_EXISTS;
}

/* ---- the bare loop ---- */

static void write_batch(struct loop *l, struct store_conn *c)
{
    must(store_begin(c), "begin");
    for (size_t i = 0; i < l->o.batch; i++) must(write_entry(c, l, &l->rooms[l->written++ % l->o.rooms]), "entry");
    must(store_commit(c), "commit");
}

static uint64_t run_bare(struct loop *l, int64_t until)
{
    struct store_conn *c;
    must(store_connect(l->store, STORE_WRITES, &c), "connect");
    uint64_t commits = 0;
    for (; clock_mono_ms() < until; commits++) write_batch(l, c);
    store_disconnect(&c);
    return commits;
}

/* ---- through the writer ---- */

struct write { struct loop *l; struct store_job job; struct id *room; sem_t *free; };

static enum err write_run(struct store_conn *c, void *arg)
{
    struct write *w = arg;
    return write_entry(c, w->l, w->room);
}

static void write_done(void *arg, enum err outcome)
{
    struct write *w = arg;
    must(outcome, "job");
    (void)sem_post(w->free);   /* cannot overflow: at most `batch` are under way */
}

/* The n-th job is reused when the semaphore says that the one that began N before has been told. With several lanes that
 * need not be this very one, so each has its own. */
static uint64_t run_writer(struct loop *l, int64_t until)
{
    struct store_writer *writer;
    struct write *writes = calloc(l->o.batch, sizeof *writes);
    sem_t *told = calloc(l->o.batch, sizeof *told);
    if (!writes || !told) must(ERR_MEMORY, "memory");
    for (size_t i = 0; i < l->o.batch; i++) {
        (void)sem_init(&told[i], 0, 1);
        writes[i] = (struct write){ .l = l, .job = { .run = write_run, .done = write_done, .arg = &writes[i] }, .free = &told[i] };
    }
    must(store_writer_start(l->store, &writer), "writer");
    for (; clock_mono_ms() < until; l->written++) {
        struct write *w = &writes[l->written % l->o.batch];
        (void)sem_wait(w->free);
        w->room = &l->rooms[l->written % l->o.rooms];
        w->job.key = w->room->b[0] | (uint64_t)w->room->b[1] << 8;
        must(store_submit(writer, &w->job), "submit");
    }
    store_writer_stop(&writer);
    free(told);
    free(writes);
    return 0;
}

/* ---- set-up ---- */

static void make_rooms(struct loop *l)
{
    struct store_conn *c;
    must(store_migrate(l->store), "migrate");
    must(store_connect(l->store, STORE_WRITES, &c), "connect");
    must(store_begin(c), "begin");
    for (size_t i = 0; i < l->o.rooms; i++) {
        l->rooms[i] = crypt_random_id();
        must(store_exec(c, INSERT_ROOM, STORE_VALUES(store_v_id(&l->rooms[i])), NULL), "room");
        must(store_exec(c, INSERT_MEMBER, STORE_VALUES(store_v_id(&l->rooms[i]), store_v_id(&l->person)), NULL), "member");
    }
    must(store_commit(c), "commit");
    store_disconnect(&c);
}

static bool option_number(const char *name, const char *arg, const char *value, size_t *ret)
{
    int64_t n;
    if (strcmp(name, arg) != 0 || !value) return false;
    if (text_to_int(text_of(value), 1000000, &n) != ERR_OK || n == 0) return false;
    *ret = (size_t)n;
    return true;
}

static bool read_options(int argc, char **argv, struct options *ret)
{
    if (argc < 2) return false;
    *ret = (struct options){ .where = argv[1], .batch = 256, .seconds = 3, .rooms = 500, .body = 400 };
    for (int i = 2; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;
        if (strcmp(argv[i], "--writer") == 0) {
            ret->writer = true;
            continue;
        }
        if (!option_number("--batch", argv[i], value, &ret->batch) && !option_number("--seconds", argv[i], value, &ret->seconds)
            && !option_number("--rooms", argv[i], value, &ret->rooms) && !option_number("--body", argv[i], value, &ret->body))
            return false;
        i++;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct loop l = { 0 };
    if (!read_options(argc, argv, &l.o)) {
        (void)fprintf(stderr, "store_loop WHERE [--batch N] [--seconds S] [--rooms R] [--body BYTES] [--writer]\n");
        return 2;
    }
    must(crypt_init(), "libsodium");
    l.person = crypt_random_id();
    l.rooms = calloc(l.o.rooms, sizeof *l.rooms);
    l.body = malloc(l.o.body);
    if (!l.rooms || !l.body) must(ERR_MEMORY, "memory");
    crypt_random(l.body, l.o.body);
    must(store_open(l.o.where, &l.store), "open");
    make_rooms(&l);
    int64_t start = clock_mono_ms();
    uint64_t commits = (l.o.writer ? run_writer : run_bare)(&l, start + (int64_t)l.o.seconds * 1000);
    double seconds = (double)(clock_mono_ms() - start) / 1000;
    (void)printf("%s batch %zu: %.0f rows/s", l.o.writer ? "writer" : "loop", l.o.batch, (double)l.written / seconds);
    if (commits) (void)printf(", %.0f commits/s", (double)commits / seconds);
    (void)printf("\n");
    store_free(&l.store);
    free(l.rooms);
    free(l.body);
    return 0;
}
