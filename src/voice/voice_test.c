/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Voice notes: chunks in order, repeats, who hears them, quota, deleting, what is left behind. */
#include "voice/voice.h"

#include <stdlib.h>

#include "room/testing.h"
#include "safety/safety.h"

enum { CHUNK = VOICE_CHUNK_PLAIN + 17 };

/* ---- what the tests do over and over ---- */

struct putting { struct id room, voice; int64_t n; bool last; struct bytes chunk; struct voice then; };

static enum err put_chunk(struct call *c, void *arg)
{
    struct putting *p = arg;
    return voice_put(c, &p->room, &p->voice, p->n, p->last, p->chunk, &p->then);
}

/* The query of a route cannot be given in a unit test: the API tests put by the route. */
static enum err put(struct testing *t, const struct testing_person *who, struct id room, struct id voice, int64_t n, bool last, struct bytes chunk)
{
    struct putting p = { .room = room, .voice = voice, .n = n, .last = last, .chunk = chunk };
    enum err e = testing_write(t, &who->caller, put_chunk, &p);
    if (e != ERR_OK) return e;
    assert_true(p.then.have > n && id_equal(&p.then.author, &who->caller.id));
    return ERR_OK;
}

/* A note of N chunks; gives its id. */
static struct id record(struct testing *t, const struct testing_person *who, struct id room, int64_t n, bool end)
{
    struct id voice = crypt_random_id();
    for (int64_t i = 0; i < n; i++)
        assert_int_equal(put(t, who, room, voice, i, end && i == n - 1, testing_random(t, CHUNK)), ERR_OK);
    return voice;
}

static enum err get(struct testing *t, const struct testing_person *who, struct id room, struct id voice)
{
    return testing_call(t, &voice_routes, "GET /api/rooms/{room}/voice/{voice}", &who->caller, TESTING_PARAMS(room, voice), TESTING_NO_BODY);
}

static enum err delete(struct testing *t, const struct testing_person *who, struct id room, struct id voice)
{
    return testing_call(t, &voice_routes, "DELETE /api/rooms/{room}/voice/{voice}", &who->caller, TESTING_PARAMS(room, voice), TESTING_NO_BODY);
}

struct reading { struct id room, voice; int64_t from; };

static enum err read_chunks(struct call *c, void *arg)
{
    const struct reading *r = arg;
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    TRY(voice_read(c, &r->room, &r->voice, r->from, &b));
    return build_done(&b, &c->reply);
}

/* How many chunks come in one reply; they ascend from FROM. */
static int64_t frames(struct testing *t, const struct testing_person *who, struct id room, struct id voice, int64_t from, struct bytes *ret_last)
{
    struct reading r = { room, voice, from };
    assert_int_equal(testing_write(t, &who->caller, read_chunks, &r), ERR_OK);
    int64_t n = 0;
    for (struct cursor c = cursor_of(t->call.reply); c.left.n > 0; n++) {
        assert_int_equal(cursor_u32(&c), from + n);
        struct bytes chunk = cursor_take(&c, cursor_u32(&c));
        assert_true(cursor_ok(&c));
        if (ret_last) *ret_last = chunk;
    }
    return n;
}

static int64_t used(struct testing *t, const struct testing_person *who)
{
    int64_t n = -1;
    assert_int_equal(voice_used(t->reads, &who->caller.id, &n), ERR_OK);
    return n;
}

static int64_t broken(struct testing *t)
{
    int64_t n = 0;
    assert_int_equal(voice_check(t->reads, &n), ERR_OK);
    return n;
}

static int64_t extra(const struct testing *t, const char *name)
{
    for (size_t i = 0; i < t->call.n_extras; i++)
        if (strcmp(t->call.extras[i].name, name) == 0) return t->call.extras[i].value;
    fail_msg("there is no %s", name);
    return -1;
}

static enum err end_room(struct call *c, void *arg) { return room_end(c->db, arg, c->now_ms); }
static enum err block(struct call *c, void *arg) { return safety_block(c, arg); }

static int set_up(void **state)
{
    if (testing_set_up(state) != 0) return -1;
    ((struct testing *)*state)->house.voice_quota_bytes = (int64_t)200 << 20;
    return 0;
}
#define VOICE_TEST(NAME) cmocka_unit_test_setup_teardown(NAME, set_up, testing_tear_down)

/* ---- chunks ---- */

static void chunks_come_in_order_and_every_member_hears_them(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL), voice = crypt_random_id();
    struct bytes first = testing_random(t, VOICE_CHUNK_MAX), second = testing_random(t, CHUNK), heard;
    assert_int_equal(put(t, &a, room, voice, 0, false, first), ERR_OK);
    assert_int_equal(get(t, &b, room, voice), ERR_OK);
    assert_true(testing_reply_has(t, "{\"have\":1,\"done\":false,\"bytes\":32832}"));
    assert_int_equal(put(t, &a, room, voice, 1, true, second), ERR_OK);
    assert_int_equal(get(t, &b, room, voice), ERR_OK);
    assert_true(testing_reply_has(t, "{\"have\":2,\"done\":true,\"bytes\":65617}"));
    assert_int_equal(frames(t, &b, room, voice, 0, &heard), 2);
    assert_true(bytes_equal(heard, second));
    assert_int_equal(frames(t, &b, room, voice, 1, &heard), 1);
    assert_int_equal(frames(t, &b, room, voice, 2, NULL), 0);
    assert_int_equal(testing_call(t, &voice_routes, "GET /api/rooms/{room}/voice/{voice}/chunks", &b.caller, TESTING_PARAMS(room, voice), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(t->call.reply.n, 2 * VOICE_FRAME_HEAD + VOICE_CHUNK_MAX + CHUNK);
    assert_int_equal(broken(t), 0);
}

static void a_repeat_changes_nothing_and_another_order_is_refused(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct id room = testing_room(t, &a, NULL, NULL, NULL), voice = crypt_random_id();
    struct bytes one = testing_random(t, CHUNK), two = testing_random(t, CHUNK), three = testing_random(t, CHUNK);
    assert_int_equal(put(t, &a, room, voice, 1, false, one), ERR_VOICE_ORDER);
    assert_int_equal(extra(t, "have"), 0);
    assert_int_equal(put(t, &a, room, voice, 0, false, one), ERR_OK);
    assert_int_equal(put(t, &a, room, voice, 0, false, one), ERR_OK);
    assert_int_equal(put(t, &a, room, voice, 0, false, two), ERR_VOICE_ORDER);
    assert_int_equal(put(t, &a, room, voice, 0, true, one), ERR_VOICE_ORDER);    /* it was not the last */
    assert_int_equal(put(t, &a, room, voice, 2, false, three), ERR_VOICE_ORDER);
    assert_int_equal(extra(t, "have"), 1);
    assert_int_equal(put(t, &a, room, voice, 1, true, two), ERR_OK);
    assert_int_equal(put(t, &a, room, voice, 0, false, one), ERR_OK);
    assert_int_equal(put(t, &a, room, voice, 1, true, two), ERR_OK);
    assert_int_equal(put(t, &a, room, voice, 1, false, two), ERR_VOICE_ORDER);   /* it was the last */
    assert_int_equal(put(t, &a, room, voice, 2, false, three), ERR_VOICE_ORDER);
    assert_int_equal(extra(t, "have"), 2);
    assert_int_equal(used(t, &a), 2 * CHUNK);
    assert_int_equal(broken(t), 0);
}

static void a_chunk_that_would_tell_its_length_is_refused(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct id room = testing_room(t, &a, NULL, NULL, NULL), voice = crypt_random_id();
    assert_int_equal(put(t, &a, room, voice, 0, false, TESTING_NO_BODY), ERR_BAD_INPUT);
    assert_int_equal(put(t, &a, room, voice, 0, true, testing_random(t, VOICE_CHUNK_PLAIN)), ERR_BAD_INPUT);
    assert_int_equal(put(t, &a, room, voice, 0, true, testing_random(t, VOICE_CHUNK_MAX + 1)), ERR_TOO_BIG);
    assert_int_equal(extra(t, "limit"), VOICE_CHUNK_MAX);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice"), 0);
}

static void a_long_note_comes_in_pages_and_has_an_end(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct id room = testing_room(t, &a, NULL, NULL, NULL), voice = crypt_random_id();
    struct bytes chunk = testing_random(t, CHUNK);
    int64_t n = 0;
    enum err e = ERR_OK;
    for (; (e = put(t, &a, room, voice, n, false, chunk)) == ERR_OK; n++) assert_true(n < VOICE_CHUNKS_MAX);
    assert_int_equal(e, ERR_TOO_BIG);
    assert_int_equal(extra(t, "limit"), HOUSE_VOICE_MAX);
    assert_int_equal(n, HOUSE_VOICE_MAX / CHUNK);
    assert_int_equal(put(t, &a, room, voice, VOICE_CHUNKS_MAX, false, chunk), ERR_TOO_BIG);
    assert_int_equal(put(t, &a, room, voice, INT64_MAX, false, chunk), ERR_TOO_BIG);
    int64_t heard = 0;
    for (int64_t page = -1; page != 0; heard += page) page = frames(t, &a, room, voice, heard, NULL);
    assert_int_equal(heard, n);
    assert_int_equal(frames(t, &a, room, voice, 0, NULL), CALL_REPLY_MAX / (CHUNK + VOICE_FRAME_HEAD));
    assert_int_equal(frames(t, &a, room, voice, INT64_MAX, NULL), 0);
    assert_int_equal(broken(t), 0);
}

/* ---- who may ---- */

static void who_is_not_in_the_room_finds_nothing(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), stranger = testing_person(t);
    struct id room = testing_room(t, &a, NULL, NULL, NULL), voice = record(t, &a, room, 2, true);
    struct reading r = { room, voice, 0 };
    assert_int_equal(put(t, &stranger, room, voice, 0, false, testing_random(t, CHUNK)), ERR_NOT_FOUND);
    assert_int_equal(put(t, &stranger, crypt_random_id(), voice, 0, false, testing_random(t, CHUNK)), ERR_NOT_FOUND);
    assert_int_equal(get(t, &stranger, room, voice), ERR_NOT_FOUND);
    assert_int_equal(testing_write(t, &stranger.caller, read_chunks, &r), ERR_NOT_FOUND);
    assert_int_equal(delete(t, &stranger, room, voice), ERR_NOT_FOUND);
    assert_int_equal(get(t, &a, room, crypt_random_id()), ERR_NOT_FOUND);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice_chunk"), 2);
}

static void only_its_author_adds_to_a_note_or_deletes_it(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL), voice = record(t, &a, room, 1, false), other = record(t, &a, room, 1, true);
    assert_int_equal(put(t, &b, room, voice, 1, true, testing_random(t, CHUNK)), ERR_EXISTS);
    assert_int_equal(t->call.n_extras, 0);
    assert_int_equal(delete(t, &b, room, voice), ERR_FORBIDDEN);
    assert_int_equal(delete(t, &a, room, voice), ERR_OK);
    assert_int_equal(t->call.status, 204);
    assert_int_equal(delete(t, &a, room, voice), ERR_OK);
    assert_int_equal(delete(t, &b, room, crypt_random_id()), ERR_OK);
    assert_int_equal(get(t, &a, room, voice), ERR_NOT_FOUND);
    assert_int_equal(get(t, &b, room, other), ERR_OK);
    assert_int_equal(used(t, &a), CHUNK);
    assert_int_equal(broken(t), 0);
}

static void who_blocks_the_author_hears_nothing_and_nobody_is_told(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL), voice = record(t, &a, room, 1, false), mine = record(t, &b, room, 1, true);
    struct reading r = { room, voice, 0 };
    assert_int_equal(testing_write(t, &b.caller, block, &a.caller.id), ERR_OK);
    assert_int_equal(get(t, &b, room, voice), ERR_NOT_FOUND);
    assert_int_equal(testing_write(t, &b.caller, read_chunks, &r), ERR_NOT_FOUND);
    assert_int_equal(put(t, &a, room, voice, 1, true, testing_random(t, CHUNK)), ERR_OK);
    assert_int_equal(frames(t, &a, room, voice, 0, NULL), 2);
    assert_int_equal(frames(t, &a, room, mine, 0, NULL), 1);
}

static void an_ended_room_takes_no_sound_but_can_be_heard_and_deleted_in(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL), voice = crypt_random_id();
    struct bytes chunk = testing_random(t, CHUNK);
    assert_int_equal(put(t, &a, room, voice, 0, false, chunk), ERR_OK);
    assert_int_equal(testing_write(t, NULL, end_room, &room), ERR_OK);
    assert_int_equal(put(t, &a, room, voice, 1, false, chunk), ERR_ROOM_ENDED);
    assert_int_equal(put(t, &a, room, crypt_random_id(), 0, false, chunk), ERR_ROOM_ENDED);
    assert_int_equal(put(t, &a, room, voice, 0, false, chunk), ERR_OK);   /* a repeat */
    assert_int_equal(frames(t, &b, room, voice, 0, NULL), 1);
    assert_int_equal(delete(t, &a, room, voice), ERR_OK);
    assert_int_equal(get(t, &b, room, voice), ERR_NOT_FOUND);
}

/* ---- how much ---- */

static void what_one_person_keeps_is_limited_over_all_rooms(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id own = testing_room(t, &a, NULL, NULL, NULL), shared = testing_room(t, &a, &b, NULL, NULL);
    struct bytes chunk = testing_random(t, CHUNK);
    t->house.voice_quota_bytes = 3 * CHUNK + 5;
    struct id first = record(t, &a, own, 2, true), second = record(t, &a, shared, 1, false);
    assert_int_equal(put(t, &a, shared, second, 1, true, chunk), ERR_VOICE_FULL);
    assert_int_equal(extra(t, "used_bytes"), 3 * CHUNK);
    assert_int_equal(extra(t, "quota_bytes"), 3 * CHUNK + 5);
    (void)record(t, &b, shared, 3, true);   /* another's is another's */
    assert_int_equal(testing_call(t, &voice_routes, "GET /api/voice", &a.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "{\"used_bytes\":98355,\"quota_bytes\":98360}"));
    assert_int_equal(delete(t, &a, own, first), ERR_OK);
    assert_int_equal(put(t, &a, shared, second, 1, true, chunk), ERR_OK);
    t->house.voice_quota_bytes = 0;
    assert_int_equal(put(t, &a, own, first, 0, true, chunk), ERR_VOICE_FULL);
    assert_int_equal(frames(t, &b, shared, second, 0, NULL), 2);   /* what is there stays */
    assert_int_equal(broken(t), 0);
}

static void what_was_begun_and_left_goes_when_its_author_begins_another(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL);
    struct id left = record(t, &a, room, 2, false), done = record(t, &a, room, 1, true), others = record(t, &b, room, 1, false);
    t->house.voice_quota_bytes = 3 * CHUNK;
    t->now_ms += VOICE_UNFINISHED_MS;
    assert_int_equal(put(t, &a, room, crypt_random_id(), 0, false, testing_random(t, CHUNK)), ERR_VOICE_FULL);
    t->now_ms += 1;
    struct id fresh = record(t, &a, room, 2, false);
    assert_int_equal(get(t, &a, room, left), ERR_NOT_FOUND);
    assert_int_equal(get(t, &a, room, done), ERR_OK);
    assert_int_equal(get(t, &a, room, others), ERR_OK);
    assert_int_equal(get(t, &a, room, fresh), ERR_OK);
    assert_int_equal(used(t, &a), 3 * CHUNK);
    assert_int_equal(broken(t), 0);
}

/* ---- what is left behind ---- */

static enum err erase_voice(struct call *c, void *arg)
{
    (void)arg;
    return voice_erase_person(c->db, &c->me);
}

static enum err leave(struct call *c, void *arg)
{
    static const char SQL[] = "DELETE FROM member WHERE person_id = ?1";
    (void)arg;
    return store_exec(c->db, SQL, STORE_VALUES(store_v_id(&c->me)), NULL);
}

static void a_person_s_notes_go_with_them_and_all_notes_with_their_last_room(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id own = testing_room(t, &a, NULL, NULL, NULL), shared = testing_room(t, &a, &b, NULL, NULL), theirs = testing_room(t, &b, NULL, NULL, NULL);
    (void)record(t, &a, own, 2, true);
    (void)record(t, &a, shared, 1, false);
    struct id stays = record(t, &b, shared, 1, true), also = record(t, &b, theirs, 1, true);
    assert_int_equal(testing_write(t, &a.caller, erase_voice, NULL), ERR_OK);
    assert_int_equal(used(t, &a), 0);
    assert_int_equal(get(t, &b, shared, stays), ERR_OK);
    assert_int_equal(get(t, &b, theirs, also), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice_chunk"), 2);
    assert_int_equal(testing_write(t, &b.caller, leave, NULL), ERR_OK);   /* now nobody but A is left in the shared room */
    assert_int_equal(testing_write(t, &a.caller, erase_voice, NULL), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice_chunk"), 1);
    assert_int_equal(broken(t), 0);
}

static void a_failing_store_leaves_no_half_note(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct id room = testing_room(t, &a, NULL, NULL, NULL), voice = crypt_random_id();
    struct bytes chunk = testing_random(t, CHUNK);
    uint64_t n = 1;
    enum err e = ERR_STORE;
    for (; e == ERR_STORE; n++) {
        t->break_at = n;
        e = put(t, &a, room, voice, 0, false, chunk);
        assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice_chunk"), e == ERR_OK);
        assert_int_equal(broken(t), 0);
    }
    assert_int_equal(e, ERR_OK);
    assert_true(n > 7);
    for (n = 1, e = ERR_STORE; e == ERR_STORE; n++) {
        t->break_at = n;
        e = delete(t, &a, room, voice);
        assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice"), e != ERR_OK);
        assert_int_equal(broken(t), 0);
    }
    assert_int_equal(e, ERR_OK);
}

/* ---- several at once ---- */

enum { AT_ONCE = 12 };
struct job { struct store_job job; struct call call; struct putting put; enum err outcome; };

/* A batch may be run twice, so a job begins afresh each time. */
static enum err run_job(struct store_conn *db, void *arg)
{
    struct job *j = arg;
    arena_reset(j->call.arena);
    j->call.db = db;
    j->call.n_extras = 0;
    return put_chunk(&j->call, &j->put);
}

static void job_done(void *arg, enum err outcome) { ((struct job *)arg)->outcome = outcome; }

/* Two writers, as two nodes of a house have them: one person's notes begin in two rooms at once, and half of them fit. */
static void two_writers_do_not_pass_the_quota_together(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id rooms[2] = { testing_room(t, &a, NULL, NULL, NULL), testing_room(t, &a, &b, NULL, NULL) };
    struct store_writer *writers[2] = { NULL, NULL };
    struct job *jobs = calloc((size_t)2 * AT_ONCE, sizeof *jobs);
    int fit = 0;
    assert_non_null(jobs);
    t->house.voice_quota_bytes = AT_ONCE * CHUNK;
    for (int w = 0; w < 2; w++)
        assert_int_equal(store_writer_start(t->store, &writers[w]), ERR_OK);
    for (int i = 0; i < 2 * AT_ONCE; i++) {
        struct job *j = &jobs[i];
        j->put = (struct putting){ .room = rooms[i % 2], .voice = crypt_random_id(), .last = true, .chunk = testing_random(t, CHUNK) };
        j->call = (struct call){ .arena = arena_new(CALL_ARENA_MAX), .house = &t->house, .now_ms = t->now_ms, .signed_in = true, .me = a.caller.id };
        j->job = (struct store_job){ .run = run_job, .done = job_done, .arg = j, .key = (uint64_t)i };
        assert_int_equal(store_submit(writers[i % 2], &j->job), ERR_OK);
    }
    for (int w = 0; w < 2; w++)
        store_writer_stop(&writers[w]);
    for (int i = 0; i < 2 * AT_ONCE; i++) {
        assert_true(jobs[i].outcome == ERR_OK || jobs[i].outcome == ERR_VOICE_FULL);
        fit += jobs[i].outcome == ERR_OK;
        arena_free(&jobs[i].call.arena);
    }
    free(jobs);
    assert_int_equal(fit, AT_ONCE);
    assert_int_equal(used(t, &a), AT_ONCE * CHUNK);
    assert_int_equal(broken(t), 0);
}

struct spoiling { const char *sql; int64_t broken; };

/* Spoils, counts, and takes it back. */
static enum err spoil(struct call *c, void *arg)
{
    struct spoiling *s = arg;
    TRY(store_exec(c->db, s->sql, STORE_NO_VALUES, NULL));
    TRY(voice_check(c->db, &s->broken));
    return ERR_BUSY;
}

static void the_check_finds_what_is_broken(void **state)
{
    static const char *const spoils[] = {
        "UPDATE voice_chunk SET n = 5 WHERE n = 1",
        "DELETE FROM voice_chunk WHERE n = 2",
        "DELETE FROM voice",
        "UPDATE voice SET chunks = 4",
        "UPDATE voice SET bytes = bytes + 1",
        "UPDATE voice SET done = 2",
        "UPDATE voice_chunk SET body = voice_id WHERE n = 0",
        "UPDATE voice SET author = id",
        "UPDATE voice SET room_id = id",
    };
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct id room = testing_room(t, &a, NULL, NULL, NULL);
    int64_t notes = 0, bytes = 0;
    (void)record(t, &a, room, 3, true);
    assert_int_equal(broken(t), 0);
    assert_int_equal(voice_count(t->reads, &notes, &bytes), ERR_OK);
    assert_int_equal(notes, 1);
    assert_int_equal(bytes, 3 * CHUNK);
    for (size_t i = 0; i < sizeof spoils / sizeof spoils[0]; i++) {
        struct spoiling s = { spoils[i], 0 };
        assert_int_equal(testing_write(t, NULL, spoil, &s), ERR_BUSY);
        if (s.broken == 0) fail_msg("not found: %s", s.sql);
    }
    assert_int_equal(broken(t), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        VOICE_TEST(chunks_come_in_order_and_every_member_hears_them),
        VOICE_TEST(a_repeat_changes_nothing_and_another_order_is_refused),
        VOICE_TEST(a_chunk_that_would_tell_its_length_is_refused),
        VOICE_TEST(a_long_note_comes_in_pages_and_has_an_end),
        VOICE_TEST(who_is_not_in_the_room_finds_nothing),
        VOICE_TEST(only_its_author_adds_to_a_note_or_deletes_it),
        VOICE_TEST(who_blocks_the_author_hears_nothing_and_nobody_is_told),
        VOICE_TEST(an_ended_room_takes_no_sound_but_can_be_heard_and_deleted_in),
        VOICE_TEST(what_one_person_keeps_is_limited_over_all_rooms),
        VOICE_TEST(what_was_begun_and_left_goes_when_its_author_begins_another),
        VOICE_TEST(a_person_s_notes_go_with_them_and_all_notes_with_their_last_room),
        VOICE_TEST(a_failing_store_leaves_no_half_note),
        VOICE_TEST(two_writers_do_not_pass_the_quota_together),
        VOICE_TEST(the_check_finds_what_is_broken),
    };
    return testing_main("voice", tests, sizeof tests / sizeof tests[0]);
}
