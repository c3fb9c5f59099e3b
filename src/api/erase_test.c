/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The end of an account: what goes, what stays with others, and that nobody else can do it. */
#include "api/erase.h"
#include "bond/bond.h"
#include "room/testing.h"
#include "safety/safety.h"
#include "vault/vault.h"
#include "voice/voice.h"

#include "lib/clock.h"

static struct bytes deletion(struct testing *t, const struct testing_person *p, int64_t counter)
{
    struct build b = build_start(t->scratch, HOUSE_JSON_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "counter", counter);
    json_base64(&b, "signature", testing_sign_change(t, p, "beside/delete/1", counter, TESTING_NO_BODY));
    json_close(&b, '}');
    return testing_body(&b);
}

static enum err erase(struct testing *t, const struct testing_person *p, struct bytes body)
{
    return testing_call(t, &erase_routes, "DELETE /api/person", &p->caller, TESTING_NO_PARAMS, body);
}

static enum err bond_them(struct call *c, void *arg)
{
    struct bond *b = arg;
    return bond_store_add(c->db, b);
}

static struct id bonded(struct testing *t, const struct testing_person *a, const struct testing_person *b)
{
    struct bond bond = { .room = testing_room(t, b, a, NULL, NULL), .inviter = a->caller.id, .joiner = b->caller.id,
                         .invite = crypt_random_id(), .answer = testing_random(t, 300), .made_ms = t->now_ms };
    assert_int_equal(testing_write(t, NULL, bond_them, &bond), ERR_OK);
    return bond.room;
}

static void write_entry(struct testing *t, const struct testing_person *p, struct id room)
{
    assert_int_equal(testing_call(t, &room_routes, "PUT /api/rooms/{room}/entries/{entry}", &p->caller,
                                  TESTING_PARAMS(room, crypt_random_id()), testing_entry(t, 1, 400)), ERR_OK);
}

struct recording { struct id room; struct bytes chunk; };

static enum err record(struct call *c, void *arg)
{
    const struct recording *r = arg;
    struct id id = crypt_random_id();
    struct voice v;
    return voice_put(c, &r->room, &id, 0, true, r->chunk, &v);
}

static void record_voice(struct testing *t, const struct testing_person *p, struct id room)
{
    struct recording r = { room, testing_random(t, VOICE_CHUNK_MAX) };
    t->house.voice_quota_bytes = 1 << 20;
    assert_int_equal(testing_write(t, &p->caller, record, &r), ERR_OK);
}

static enum err more(struct call *c, void *arg)
{
    int64_t version = 0;
    struct id key = crypt_random_id(), session = crypt_random_id(), whom = crypt_random_id();
    struct invite_new n = { .id = crypt_random_id(), .from = c->me, .kind = INVITE_BOND, .uses = 1,
                            .greeting = *(struct bytes *)arg, .expires_ms = c->now_ms + CLOCK_DAY_MS };
    TRY(vault_put(c, &key, 0, *(struct bytes *)arg, &version));
    TRY(session_start(c, &c->me, &session));
    TRY(invite_add(c->db, &n, c->now_ms));
    return safety_block(c, &whom);
}

static void assert_store_is_sound(struct testing *t)
{
    int64_t broken = 0;
    assert_int_equal(person_check(t->reads, &broken), ERR_OK);
    assert_int_equal(session_check(t->reads, &broken), ERR_OK);
    assert_int_equal(safety_check(t->reads, &broken), ERR_OK);
    assert_int_equal(invite_check(t->reads, &broken), ERR_OK);
    assert_int_equal(vault_check(t->reads, &broken), ERR_OK);
    assert_int_equal(room_check(t->reads, &broken), ERR_OK);
    assert_int_equal(voice_check(t->reads, &broken), ERR_OK);
    assert_int_equal(bond_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

static void everything_of_the_person_goes_and_the_others_words_stay(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id own = testing_room(t, &a, NULL, NULL, NULL), shared = bonded(t, &a, &b);
    struct bytes body = testing_random(t, 300);
    write_entry(t, &a, own);
    write_entry(t, &a, shared);
    write_entry(t, &b, shared);
    record_voice(t, &a, own);
    record_voice(t, &a, shared);
    record_voice(t, &b, shared);
    assert_int_equal(testing_write(t, &a.caller, more, &body), ERR_OK);
    assert_int_equal(testing_write(t, &b.caller, more, &body), ERR_OK);
    assert_store_is_sound(t);
    assert_int_equal(erase(t, &a, deletion(t, &a, 1)), ERR_OK);
    assert_int_equal(t->call.status, 204);
    assert_true(t->call.clear_session && t->call.end_streams && id_equal(&t->call.end_person, &a.caller.id) && id_is_zero(&t->call.end_session));
    assert_int_equal(testing_events(t, EVENT_BOND, &b.caller.id), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM person"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM card"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM session"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM invite"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM block"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM vault_item"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM room"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM member"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM envelope"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM entry WHERE flags = 1 AND length(body) = 0"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM entry WHERE flags = 0 AND length(body) = 400"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice_chunk"), 1);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM bond WHERE ended_ms IS NOT NULL AND length(answer) = 0"), 1);
    assert_store_is_sound(t);
}

static void when_the_other_goes_too_nothing_is_left(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id shared = bonded(t, &a, &b);
    write_entry(t, &a, shared);
    write_entry(t, &b, shared);
    record_voice(t, &a, shared);
    record_voice(t, &b, shared);
    assert_int_equal(erase(t, &a, deletion(t, &a, 1)), ERR_OK);
    assert_int_equal(erase(t, &b, deletion(t, &b, 1)), ERR_OK);
    static const char *const left[] = {
        "SELECT COUNT(*) FROM person", "SELECT COUNT(*) FROM card", "SELECT COUNT(*) FROM room", "SELECT COUNT(*) FROM member",
        "SELECT COUNT(*) FROM roster_link", "SELECT COUNT(*) FROM envelope", "SELECT COUNT(*) FROM entry", "SELECT COUNT(*) FROM bond",
        "SELECT COUNT(*) FROM voice", "SELECT COUNT(*) FROM voice_chunk",
    };
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        assert_int_equal(testing_count(t, left[i]), 0);
}

static void only_the_owner_can_sign_it(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), forger = b;
    forger.caller.id = a.caller.id;
    assert_int_equal(erase(t, &a, deletion(t, &forger, 1)), ERR_BAD_SIGNATURE);
    assert_int_equal(erase(t, &b, deletion(t, &a, 1)), ERR_BAD_SIGNATURE);
    assert_int_equal(erase(t, &a, bytes_of_text(TEXT("{}"))), ERR_BAD_INPUT);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM person"), 2);
}

static void more_bonds_than_events_fit_do_not_stand_in_the_way(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    for (int i = 0; i < CALL_EVENTS_MAX + 4; i++) {
        struct testing_person b = testing_person(t);
        (void)bonded(t, &a, &b);
    }
    assert_int_equal(erase(t, &a, deletion(t, &a, 1)), ERR_OK);
    assert_int_equal(t->call.n_events, CALL_EVENTS_MAX);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM bond WHERE ended_ms IS NULL"), 0);
    assert_store_is_sound(t);
}

static void half_an_erasure_is_none(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id own = testing_room(t, &a, NULL, NULL, NULL), shared = bonded(t, &a, &b);
    struct bytes body = deletion(t, &a, 1);
    uint64_t n = 1;
    write_entry(t, &a, own);
    write_entry(t, &a, shared);
    record_voice(t, &a, own);
    for (;; n++) {
        t->break_at = n;
        enum err e = erase(t, &a, body);
        if (e == ERR_OK) break;
        assert_int_equal(e, ERR_STORE);
        assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM entry WHERE flags = 0"), 2);
        assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM voice_chunk"), 1);
        assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM person"), 2);
    }
    assert_true(n > 19);
    assert_store_is_sound(t);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(everything_of_the_person_goes_and_the_others_words_stay),
        TESTING(when_the_other_goes_too_nothing_is_left),
        TESTING(only_the_owner_can_sign_it),
        TESTING(more_bonds_than_events_fit_do_not_stand_in_the_way),
        TESTING(half_an_erasure_is_none),
    };
    return testing_main("erase", tests, sizeof tests / sizeof tests[0]);
}
