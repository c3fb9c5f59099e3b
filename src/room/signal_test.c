/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Signals: who hears them, which are refused, and that the store is the same after them as before, to the byte. */
#include "room/room.h"
#include "room/testing.h"
#include "safety/safety.h"

static enum err signal_by(struct testing *t, const struct testing_person *p, struct id room, struct bytes body)
{
    return testing_call(t, &room_routes, "POST /api/rooms/{room}/signals", &p->caller, TESTING_PARAMS(room), body);
}

static struct bytes a_signal(struct testing *t, uint32_t epoch) { return testing_entry(t, epoch, 557); }

/* ---- the whole store in one number ---- */

struct digest { struct testing *t; uint64_t sum; int64_t values; };

/* The store finds statements by their address, so each text is kept for the test's life. */
static const char *select_column(struct testing *t, const struct house_column *c)
{
    char text[256];
    struct text kept;
    const char *as_text = t->schema[0] ? "SELECT CAST(" : "SELECT HEX(", *of = t->schema[0] ? " AS TEXT) FROM " : ") FROM ";
    int n = snprintf(text, sizeof text, "%s%.*s%s%.*s", as_text, (int)c->column.n, c->column.p, of, (int)c->table.n, c->table.p);
    assert_true(n > 0 && (size_t)n < sizeof text);
    assert_int_equal(arena_copy_text(t->scratch, (struct text){ text, (size_t)n }, &kept), ERR_OK);
    return kept.p;
}

static enum err add_column(void *arg, const struct house_column *c)
{
    struct digest *d = arg;
    STORE_ROWS rows = NULL;
    TRY(store_query(d->t->reads, select_column(d->t, c), STORE_NO_VALUES, &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        struct text value = store_is_null(rows, 0) ? TEXT("nothing") : store_text(rows, 0);
        struct hash h = crypt_hash(NULL, "value", CRYPT_PARTS(bytes_of_text(c->table), bytes_of_text(c->column), bytes_of_text(value)));
        struct cursor at = cursor_of(bytes_of(h.b, sizeof h.b));
        d->sum += cursor_u64(&at);   /* a sum: rows may come in any order */
        d->values++;
    }
}

static struct digest digest_of(struct testing *t)
{
    struct digest d = { .t = t };
    assert_int_equal(house_each_column(add_column, &d), ERR_OK);
    return d;
}

/* What lies in the store's own file NAME; on PostgreSQL, or without such a file, nothing. */
static struct bytes file_of(struct testing *t, const char *name)
{
    enum { FILE_MAX = 8 << 20 };
    char path[300];
    (void)snprintf(path, sizeof path, "%s/%s", t->where, name);
    FILE *f = t->schema[0] ? NULL : fopen(path, "rb");
    if (!f) return TESTING_NO_BODY;
    uint8_t *all = arena_take(t->scratch, FILE_MAX);
    assert_non_null(all);
    struct bytes b = bytes_of(all, fread(all, 1, FILE_MAX, f));
    assert_true(b.n < FILE_MAX);
    assert_int_equal(fclose(f), 0);
    return b;
}

struct files { struct bytes store, log; };

static struct files files_of(struct testing *t) { return (struct files){ file_of(t, "beside.db"), file_of(t, "beside.db-wal") }; }

/* Of what is sealed a piece is enough. */
static bool files_hold(const struct files *f, struct bytes sealed)
{
    return memmem(f->store.p, f->store.n, sealed.p + 5, 32) || memmem(f->log.p, f->log.n, sealed.p + 5, 32);
}

/* ---- what holds ---- */

static void a_signal_is_told_to_both_and_says_room_author_and_body(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL);
    struct bytes body = a_signal(t, 1);
    assert_int_equal(signal_by(t, &a, room, body), ERR_OK);
    assert_int_equal(t->call.status, 204);
    assert_int_equal(testing_events(t, EVENT_SIGNAL, &b.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_SIGNAL, &a.caller.id), 1);   /* her other devices */
    assert_int_equal(t->call.n_events, 1);

    struct build whole = build_start(t->scratch, 1024), text = build_start(t->scratch, 2048);
    build_id(&whole, &room);
    build_id(&whole, &a.caller.id);
    build_bytes(&whole, body);
    build_base64(&text, testing_body(&whole));
    assert_true(bytes_equal(bytes_of_text(t->call.events[0].data), testing_body(&text)));
}

static void after_many_signals_the_store_is_as_it_was(void **state)
{
    enum { MANY = 300 };
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL);
    struct bytes bodies[MANY];
    struct digest before = digest_of(t);
    assert_true(before.values > 20);
    for (int i = 0; i < MANY; i++) {
        bodies[i] = a_signal(t, 1);
        assert_int_equal(signal_by(t, i % 2 ? &a : &b, room, bodies[i]), ERR_OK);
    }
    struct digest after = digest_of(t);
    assert_int_equal(after.values, before.values);
    assert_true(after.sum == before.sum);
    struct files files = files_of(t);
    for (int i = 0; i < MANY; i++)
        assert_false(files_hold(&files, bodies[i]));

    struct bytes kept = testing_entry(t, 1, 557);   /* an entry would have been found in either way */
    assert_int_equal(testing_call(t, &room_routes, "PUT /api/rooms/{room}/entries/{entry}", &a.caller, TESTING_PARAMS(room, crypt_random_id()), kept), ERR_OK);
    assert_true(digest_of(t).sum != before.sum);
    files = files_of(t);
    assert_true(t->schema[0] || files_hold(&files, kept));
}

static void who_is_not_in_the_room_signals_nothing_there(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), c = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL);
    assert_int_equal(signal_by(t, &c, room, a_signal(t, 1)), ERR_NOT_FOUND);
    assert_int_equal(signal_by(t, &a, crypt_random_id(), a_signal(t, 1)), ERR_NOT_FOUND);
    assert_int_equal(signal_by(t, &a, testing_room(t, &a, NULL, NULL, NULL), a_signal(t, 1)), ERR_FORBIDDEN);
}

static void a_signal_of_another_layout_size_or_epoch_is_refused(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct testing_link link;
    struct bytes change;
    struct id room = testing_room(t, &a, &b, &link, &change);
    assert_int_equal(signal_by(t, &a, room, TESTING_NO_BODY), ERR_BAD_INPUT);
    assert_int_equal(signal_by(t, &a, room, testing_entry(t, 1, ROOM_SIGNAL_MIN - 1)), ERR_BAD_INPUT);
    assert_int_equal(signal_by(t, &a, room, bytes_of("\2\0\0\0\1 and so on, and so on, and so on, and so on", 50)), ERR_BAD_INPUT);
    assert_int_equal(signal_by(t, &a, room, testing_entry(t, 1, ROOM_SIGNAL_MIN)), ERR_OK);
    assert_int_equal(signal_by(t, &a, room, testing_entry(t, 1, ROOM_SIGNAL_MAX)), ERR_OK);
    assert_int_equal(signal_by(t, &a, room, a_signal(t, 2)), ERR_STALE_EPOCH);
    struct bytes next = testing_next_change(t, link, change);
    assert_int_equal(testing_call(t, &room_routes, "POST /api/rooms/{room}/changes", &a.caller, TESTING_PARAMS(room), next), ERR_OK);
    assert_int_equal(signal_by(t, &a, room, a_signal(t, 1)), ERR_STALE_EPOCH);
    assert_int_equal(t->call.extras[0].value, 2);
    assert_int_equal(signal_by(t, &a, room, a_signal(t, 2)), ERR_OK);
}

static enum err end_room(struct call *c, void *room) { return room_end(c->db, room, c->now_ms); }

static void a_room_that_has_ended_carries_no_signals(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL);
    assert_int_equal(testing_write(t, &a.caller, end_room, &room), ERR_OK);
    assert_int_equal(signal_by(t, &a, room, a_signal(t, 1)), ERR_ROOM_ENDED);
}

static void who_blocks_the_author_is_not_told_and_the_author_cannot_tell(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL);
    assert_int_equal(testing_call(t, &safety_routes, "PUT /api/blocks/{person}", &b.caller, TESTING_PARAMS(a.caller.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(signal_by(t, &a, room, a_signal(t, 1)), ERR_OK);
    assert_int_equal(t->call.status, 204);
    assert_int_equal(testing_events(t, EVENT_SIGNAL, &b.caller.id), 0);
    assert_int_equal(signal_by(t, &b, room, a_signal(t, 1)), ERR_OK);
    assert_int_equal(testing_events(t, EVENT_SIGNAL, &a.caller.id), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TESTING(a_signal_is_told_to_both_and_says_room_author_and_body),
        TESTING(after_many_signals_the_store_is_as_it_was),
        TESTING(who_is_not_in_the_room_signals_nothing_there),
        TESTING(a_signal_of_another_layout_size_or_epoch_is_refused),
        TESTING(a_room_that_has_ended_carries_no_signals),
        TESTING(who_blocks_the_author_is_not_told_and_the_author_cannot_tell),
    };
    return testing_main("signal", tests, sizeof tests / sizeof tests[0]);
}
