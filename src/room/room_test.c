/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Rooms: changes that hold and changes that do not, a gapless log, taking back, blocks, pages, notice. */
#include "room/room.h"
#include "room/testing.h"
#include "safety/safety.h"

#include <stdlib.h>

/* ---- what the tests do over and over ---- */

static enum err put_self(struct testing *t, const struct testing_person *p, struct id room, struct bytes change)
{
    return testing_call(t, &room_routes, "PUT /api/rooms/{room}", &p->caller, TESTING_PARAMS(room), change);
}

static enum err roll(struct testing *t, const struct testing_person *p, struct id room, struct bytes change)
{
    return testing_call(t, &room_routes, "POST /api/rooms/{room}/changes", &p->caller, TESTING_PARAMS(room), change);
}

static enum err write_entry(struct testing *t, const struct testing_person *p, struct id room, struct id entry, struct bytes body)
{
    return testing_call(t, &room_routes, "PUT /api/rooms/{room}/entries/{entry}", &p->caller, TESTING_PARAMS(room, entry), body);
}

static enum err take_back(struct testing *t, const struct testing_person *p, struct id room, struct id entry)
{
    return testing_call(t, &room_routes, "DELETE /api/rooms/{room}/entries/{entry}", &p->caller, TESTING_PARAMS(room, entry), TESTING_NO_BODY);
}

static enum err get(struct testing *t, const struct testing_person *p, const char *route, struct id room)
{
    return testing_call(t, &room_routes, route, &p->caller, TESTING_PARAMS(room), TESTING_NO_BODY);
}

static int64_t replied(struct testing *t, const char *name)
{
    struct json_in *in = testing_reply(t);
    return json_get_int(in, name, -1, INT64_MAX);
}

struct frame { struct id room, author, id; int64_t seq, time_ms; int flags; struct bytes body; };

static struct frame next_frame(struct cursor *c)
{
    struct frame f;
    uint32_t rest = cursor_u32(c);
    f.room = cursor_id(c);
    f.seq = (int64_t)cursor_u64(c);
    f.time_ms = (int64_t)cursor_u64(c);
    f.author = cursor_id(c);
    f.id = cursor_id(c);
    f.flags = cursor_u8(c);
    f.body = cursor_take(c, rest - (ROOM_FRAME_HEAD - 4));
    assert_true(cursor_ok(c));
    return f;
}

struct reading { struct id room; struct room_page page; };

static enum err read_page(struct call *c, void *arg)
{
    struct reading *r = arg;
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    TRY(room_read(c, &r->room, r->page, &b));
    return build_done(&b, &c->reply);
}

/* A page as PERSON sees it; the frames lie in RET. */
static size_t page(struct testing *t, const struct testing_person *p, struct id room, struct room_page page, struct frame *ret, size_t max)
{
    size_t n = 0;
    struct reading r = { room, page };
    if (page.before == 0) r.page.before = INT64_MAX;
    assert_int_equal(testing_write(t, &p->caller, read_page, &r), ERR_OK);
    for (struct cursor c = cursor_of(t->call.reply); c.left.n > 0; n++) {
        assert_true(n < max);
        ret[n] = next_frame(&c);
    }
    return n;
}

static void assert_store_is_sound(struct testing *t)
{
    int64_t broken = 0;
    assert_int_equal(room_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

/* ---- changes ---- */

static void a_change_has_exactly_one_spelling(void **state)
{
    struct testing *t = *state;
    struct room_change parsed;
    struct testing_person a = testing_stranger(t), b = testing_stranger(t);
    struct bytes good = testing_change(t, testing_first_link(&a, ROOM_BOND, &b));
    assert_int_equal(room_change_parse(good, &parsed), ERR_OK);
    assert_int_equal(parsed.link.n, 2);
    assert_true(id_equal(&parsed.link.author, &a.caller.id));
    for (size_t n = 0; n < good.n; n++)
        assert_int_equal(room_change_parse(bytes_of(good.p, n), &parsed), ERR_BAD_INPUT);
    struct build b1 = build_start(t->scratch, good.n + 1);
    build_bytes(&b1, good);
    build_u8(&b1, 0);
    assert_int_equal(room_change_parse(testing_body(&b1), &parsed), ERR_BAD_INPUT);
}

/* Spoils one byte of a copy. */
static struct bytes spoilt(struct testing *t, struct bytes b, size_t at, uint8_t value)
{
    uint8_t *p = arena_take(t->scratch, b.n);
    memcpy(p, b.p, b.n);
    p[at] = value;
    return bytes_of(p, b.n);
}

static void a_change_that_breaks_a_rule_of_layout_is_refused(void **state)
{
    enum { LINK_AT = 3, KIND_AT = LINK_AT + 17, EPOCH_AT = KIND_AT + 1, TIME_AT = EPOCH_AT + 4 + 32, COUNT_AT = TIME_AT + 8 + 16,
           MEMBERS_AT = COUNT_AT + 1, AFTER_LINK = LINK_AT + ROOM_LINK_HEAD + 2 * ID_BYTES + SIGNATURE_BYTES,
           ENVELOPE_AT = AFTER_LINK + 1 + ID_BYTES + 2 };
    struct testing *t = *state;
    struct room_change parsed;
    struct testing_person a = testing_stranger(t), b = testing_stranger(t);
    struct testing_link l = testing_first_link(&a, ROOM_BOND, &b);
    struct bytes good = testing_change(t, l);
    static const struct { size_t at; uint8_t value; } spoils[] = {
        { 0, 2 }, { 1, 9 }, { LINK_AT, 0 }, { KIND_AT, 0 }, { KIND_AT, 5 }, { EPOCH_AT + 3, 0 }, { EPOCH_AT, 0xff }, { TIME_AT, 0x80 },
        { COUNT_AT, 0 }, { COUNT_AT, 1 }, { COUNT_AT, 3 }, { COUNT_AT, 25 }, { AFTER_LINK, 1 }, { AFTER_LINK, 3 },
        { ENVELOPE_AT - 1, 0xe8 }, { ENVELOPE_AT, 0 },
    };
    for (size_t i = 0; i < sizeof spoils / sizeof spoils[0]; i++)
        assert_int_equal(room_change_parse(spoilt(t, good, spoils[i].at, spoils[i].value), &parsed), ERR_BAD_INPUT);
    struct testing_link swapped = l;   /* not ascending */
    swapped.members[0] = l.members[1];
    swapped.members[1] = l.members[0];
    assert_int_equal(room_change_parse(testing_change(t, swapped), &parsed), ERR_BAD_INPUT);
    swapped.members[0] = swapped.members[1];   /* twice the same */
    assert_int_equal(room_change_parse(testing_change(t, swapped), &parsed), ERR_BAD_INPUT);
    struct testing_link without = l;   /* the author is no member */
    without.n = 1;
    without.members[0] = b.caller.id;
    assert_int_equal(room_change_parse(testing_change(t, without), &parsed), ERR_BAD_INPUT);
}

static void a_self_room_is_founded_once(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct testing_link l = testing_first_link(&a, ROOM_SELF, NULL), second = testing_first_link(&a, ROOM_SELF, NULL);
    struct bytes change = testing_change(t, l);
    assert_int_equal(put_self(t, &a, l.room, change), ERR_OK);
    assert_int_equal(t->call.status, 201);
    assert_int_equal(replied(t, "epoch"), 1);
    assert_int_equal(testing_events(t, EVENT_ROOM, &a.caller.id), 1);
    assert_int_equal(put_self(t, &a, l.room, change), ERR_OK);
    assert_int_equal(t->call.status, 200);
    assert_int_equal(put_self(t, &a, l.room, testing_change(t, l)), ERR_OK);   /* the same link, other envelopes: it stands */
    assert_int_equal(put_self(t, &a, second.room, testing_change(t, second)), ERR_EXISTS);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM room"), 1);
    assert_store_is_sound(t);
}

static void founding_is_only_for_oneself_and_signed(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct testing_link l = testing_first_link(&a, ROOM_SELF, NULL), two = testing_first_link(&a, ROOM_BOND, &b);
    struct bytes change = testing_change(t, l);
    assert_int_equal(put_self(t, &a, two.room, testing_change(t, two)), ERR_BAD_INPUT);
    assert_int_equal(put_self(t, &a, two.room, change), ERR_BAD_INPUT);           /* another room in the path */
    assert_int_equal(put_self(t, &b, l.room, change), ERR_BAD_INPUT);             /* another's */
    assert_int_equal(put_self(t, &a, l.room, TESTING_NO_BODY), ERR_BAD_INPUT);
    enum { SIGNATURE_AT = 3 + ROOM_LINK_HEAD + ID_BYTES };
    struct bytes forged = spoilt(t, change, SIGNATURE_AT, change.p[SIGNATURE_AT] ^ 1);
    assert_int_equal(put_self(t, &a, l.room, forged), ERR_BAD_SIGNATURE);
    struct testing_link later = l;
    later.epoch = 2;
    assert_int_equal(put_self(t, &a, l.room, testing_change(t, later)), ERR_BAD_INPUT);
    struct testing_link after = l;
    after.prev = testing_random(t, HASH_BYTES);
    assert_int_equal(put_self(t, &a, l.room, testing_change(t, after)), ERR_BAD_INPUT);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM room"), 0);
}

static void the_id_of_a_room_that_is_there_is_taken(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct testing_link l = testing_first_link(&b, ROOM_SELF, NULL);
    l.room = testing_room(t, &a, NULL, NULL, NULL);
    assert_int_equal(put_self(t, &b, l.room, testing_change(t, l)), ERR_EXISTS);
}

static void a_new_epoch_follows_the_last_one(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), stranger = testing_person(t);
    struct testing_link l;
    struct bytes first;
    struct id room = testing_room(t, &a, &b, &l, &first);
    struct bytes next = testing_next_change(t, l, first);
    assert_int_equal(roll(t, &stranger, room, next), ERR_NOT_FOUND);
    assert_int_equal(roll(t, &b, room, next), ERR_BAD_INPUT);   /* in another's name */
    assert_int_equal(roll(t, &a, room, next), ERR_OK);
    assert_int_equal(t->call.status, 201);
    assert_int_equal(testing_events(t, EVENT_ROOM, &b.caller.id), 1);
    assert_int_equal(roll(t, &a, room, next), ERR_OK);          /* a repeat */
    assert_int_equal(t->call.n_events, 0);
    assert_int_equal(roll(t, &a, room, testing_next_change(t, l, next)), ERR_STALE_EPOCH);   /* epoch 2 again */
    assert_int_equal(t->call.extras[0].value, 2);
    l.epoch = 2;
    l.author = &b;
    assert_int_equal(roll(t, &b, room, testing_next_change(t, l, first)), ERR_BAD_INPUT);    /* hash of the link before the last */
    assert_int_equal(roll(t, &b, room, testing_next_change(t, l, next)), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT epoch FROM room"), 3);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM envelope"), 6);
    assert_store_is_sound(t);
}

static void members_and_kind_stay_as_they_are(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), ghost = testing_person(t);
    struct testing_link l;
    struct bytes first;
    struct id room = testing_room(t, &a, &b, &l, &first);
    struct testing_link other = testing_first_link(&a, ROOM_BOND, &ghost);
    other.room = room;
    assert_int_equal(roll(t, &a, room, testing_next_change(t, other, first)), ERR_BAD_INPUT);
    struct testing_link alone = testing_first_link(&a, ROOM_BOND, NULL);
    alone.room = room;
    assert_int_equal(roll(t, &a, room, testing_next_change(t, alone, first)), ERR_BAD_INPUT);
    struct testing_link circle = l;
    circle.kind = ROOM_CIRCLE;
    assert_int_equal(roll(t, &a, room, testing_next_change(t, circle, first)), ERR_BAD_INPUT);
    struct bytes next = testing_next_change(t, l, first);
    assert_int_equal(roll(t, &a, room, spoilt(t, next, 3 + ROOM_LINK_HEAD + 2 * ID_BYTES, next.p[3 + ROOM_LINK_HEAD + 2 * ID_BYTES] ^ 1)), ERR_BAD_SIGNATURE);
    assert_int_equal(testing_count(t, "SELECT epoch FROM room"), 1);
}

static void roster_and_envelopes_are_read_by_members(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), stranger = testing_person(t);
    struct testing_link l;
    struct bytes first;
    struct id room = testing_room(t, &a, &b, &l, &first);
    assert_int_equal(roll(t, &a, room, testing_next_change(t, l, first)), ERR_OK);
    assert_int_equal(get(t, &b, "GET /api/rooms/{room}/roster", room), ERR_OK);
    struct cursor c = cursor_of(t->call.reply);
    assert_true(bytes_equal(cursor_take(&c, cursor_u16(&c)), testing_link_of(first)));
    (void)cursor_take(&c, cursor_u16(&c));
    assert_true(cursor_done(&c));
    assert_int_equal(get(t, &b, "GET /api/rooms/{room}/envelopes", room), ERR_OK);
    c = cursor_of(t->call.reply);
    for (uint32_t epoch = 1; epoch <= 2; epoch++) {
        assert_int_equal(cursor_u32(&c), epoch);
        struct id author = cursor_id(&c);
        assert_true(id_equal(&author, &a.caller.id));
        assert_int_equal(cursor_u16(&c), ROOM_ENVELOPE_BYTES);
        (void)cursor_take(&c, ROOM_ENVELOPE_BYTES);
    }
    assert_true(cursor_done(&c));
    assert_int_equal(get(t, &stranger, "GET /api/rooms/{room}/roster", room), ERR_NOT_FOUND);
    assert_int_equal(get(t, &stranger, "GET /api/rooms/{room}/envelopes", room), ERR_NOT_FOUND);
    assert_int_equal(get(t, &stranger, "GET /api/rooms/{room}/entries", room), ERR_NOT_FOUND);
}

/* ---- lines ---- */

static void an_entry_takes_the_next_place_and_is_told_to_all_members(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL), first = crypt_random_id(), second = crypt_random_id();
    struct bytes body = testing_entry(t, 1, 400);
    struct frame f[4];
    assert_int_equal(write_entry(t, &a, room, first, body), ERR_OK);
    assert_int_equal(t->call.status, 201);
    assert_int_equal(replied(t, "seq"), 1);
    assert_int_equal(replied(t, "time_ms"), t->now_ms);
    assert_int_equal(testing_events(t, EVENT_ENTRY, &a.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_ENTRY, &b.caller.id), 1);
    assert_int_equal(t->call.n_events, 1);
    assert_int_equal(write_entry(t, &b, room, second, testing_entry(t, 1, HOUSE_ENTRY_MAX)), ERR_OK);
    assert_int_equal(replied(t, "seq"), 2);
    assert_int_equal(page(t, &b, room, (struct room_page){ .limit = 10 }, f, 4), 2);
    assert_true(id_equal(&f[0].id, &first) && id_equal(&f[0].author, &a.caller.id) && id_equal(&f[0].room, &room));
    assert_true(bytes_equal(f[0].body, body) && f[0].flags == ROOM_PLAIN && f[0].seq == 1 && f[0].time_ms == t->now_ms);
    assert_true(f[1].body.n == HOUSE_ENTRY_MAX && f[1].seq == 2);
    assert_store_is_sound(t);
}

static void an_event_carries_the_frame_itself(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL);
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), testing_entry(t, 1, 300)), ERR_OK);
    struct text data = t->call.events[0].data;
    struct build b64 = build_start(t->scratch, 4096);
    json_open(&b64, NULL, '{');
    json_text(&b64, "frame", data);
    json_close(&b64, '}');
    struct json_in *in = NULL;
    assert_int_equal(json_parse(t->scratch, testing_body(&b64), &in), ERR_OK);
    struct bytes frame = json_get_base64(in, "frame", 1, 4096);
    assert_int_equal(get(t, &b, "GET /api/rooms/{room}/entries", room), ERR_OK);
    assert_true(bytes_equal(frame, t->call.reply));
}

static void a_repeat_gives_the_same_place_and_leaves_no_gap(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct testing_link l;
    struct bytes first, body = testing_entry(t, 1, 400);
    struct id room = testing_room(t, &a, &b, &l, &first), entry = crypt_random_id();
    int64_t then = t->now_ms;
    assert_int_equal(write_entry(t, &a, room, entry, body), ERR_OK);
    t->now_ms += 5000;
    assert_int_equal(write_entry(t, &a, room, entry, body), ERR_OK);
    assert_int_equal(t->call.status, 200);
    assert_int_equal(replied(t, "seq"), 1);
    assert_int_equal(replied(t, "time_ms"), then);
    assert_int_equal(t->call.n_events, 0);
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), body), ERR_OK);
    assert_int_equal(replied(t, "seq"), 2);
    assert_int_equal(write_entry(t, &a, room, entry, testing_entry(t, 1, 400)), ERR_ENTRY_EXISTS);   /* other bytes */
    assert_int_equal(t->call.extras[0].value, 1);
    assert_int_equal(t->call.extras[1].value, then);
    assert_int_equal(write_entry(t, &b, room, entry, body), ERR_ENTRY_EXISTS);                       /* another's */
    assert_int_equal(roll(t, &a, room, testing_next_change(t, l, first)), ERR_OK);
    assert_int_equal(write_entry(t, &a, room, entry, body), ERR_OK);                                 /* although stale by now */
    assert_int_equal(t->call.status, 200);
    assert_int_equal(testing_count(t, "SELECT seq FROM room"), 2);
    assert_store_is_sound(t);
}

static void an_entry_is_refused_with_the_reason(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), stranger = testing_person(t);
    struct testing_link l;
    struct bytes first;
    struct id room = testing_room(t, &a, &b, &l, &first), entry = crypt_random_id();
    assert_int_equal(write_entry(t, &stranger, room, entry, testing_entry(t, 1, 400)), ERR_NOT_FOUND);
    assert_int_equal(write_entry(t, &a, crypt_random_id(), entry, testing_entry(t, 1, 400)), ERR_NOT_FOUND);
    assert_int_equal(write_entry(t, &a, room, entry, testing_entry(t, 1, ROOM_ENTRY_MIN - 1)), ERR_BAD_INPUT);
    assert_int_equal(write_entry(t, &a, room, entry, spoilt(t, testing_entry(t, 1, 400), 0, 2)), ERR_BAD_INPUT);
    assert_int_equal(write_entry(t, &a, room, entry, TESTING_NO_BODY), ERR_BAD_INPUT);
    assert_int_equal(write_entry(t, &a, room, entry, testing_entry(t, 2, 400)), ERR_STALE_EPOCH);
    assert_int_equal(t->call.extras[0].value, 1);
    assert_int_equal(roll(t, &a, room, testing_next_change(t, l, first)), ERR_OK);
    assert_int_equal(write_entry(t, &a, room, entry, testing_entry(t, 1, 400)), ERR_STALE_EPOCH);
    assert_int_equal(t->call.extras[0].value, 2);
    assert_int_equal(testing_count(t, "SELECT seq FROM room"), 0);
    int64_t epoch;
    uint8_t big[HOUSE_ENTRY_MAX + 1] = { 1 };
    assert_int_equal(room_entry_parse(bytes_of(big, sizeof big), &epoch), ERR_TOO_BIG);
}

static enum err end(struct call *c, void *arg) { return room_end(c->db, arg, c->now_ms); }

static void an_ended_room_takes_nothing_but_can_be_read_and_words_taken_back(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct testing_link l;
    struct bytes first, body = testing_entry(t, 1, 400);
    struct id room = testing_room(t, &a, &b, &l, &first), entry = crypt_random_id();
    struct frame f[4];
    assert_int_equal(write_entry(t, &a, room, entry, body), ERR_OK);
    assert_int_equal(testing_write(t, NULL, end, &room), ERR_OK);
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), body), ERR_ROOM_ENDED);
    assert_int_equal(write_entry(t, &a, room, entry, body), ERR_OK);   /* a repeat */
    assert_int_equal(roll(t, &a, room, testing_next_change(t, l, first)), ERR_ROOM_ENDED);
    assert_int_equal(page(t, &b, room, (struct room_page){ .limit = 10 }, f, 4), 1);
    assert_int_equal(take_back(t, &a, room, entry), ERR_OK);
    assert_int_equal(page(t, &b, room, (struct room_page){ .limit = 10 }, f, 4), 2);
    assert_int_equal(testing_call(t, &room_routes, "GET /api/rooms", &a.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "\"kind\":\"bond\",\"epoch\":1,\"seq\":2,\"ended\":true"));
    assert_store_is_sound(t);
}

static void taking_back_erases_the_words_and_says_so(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), stranger = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL), entry = crypt_random_id();
    struct bytes body = testing_entry(t, 1, 400);
    struct frame f[4];
    assert_int_equal(write_entry(t, &a, room, entry, body), ERR_OK);
    assert_int_equal(take_back(t, &b, room, entry), ERR_FORBIDDEN);
    assert_int_equal(take_back(t, &stranger, room, entry), ERR_NOT_FOUND);
    assert_int_equal(take_back(t, &a, room, crypt_random_id()), ERR_NOT_FOUND);
    t->now_ms += 1000;
    assert_int_equal(take_back(t, &a, room, entry), ERR_OK);
    assert_int_equal(replied(t, "seq"), 2);
    assert_int_equal(testing_events(t, EVENT_ENTRY, &b.caller.id), 1);
    int64_t then = t->now_ms;
    t->now_ms += 1000;
    assert_int_equal(take_back(t, &a, room, entry), ERR_OK);
    assert_int_equal(replied(t, "seq"), 2);
    assert_int_equal(replied(t, "time_ms"), then);
    assert_int_equal(page(t, &b, room, (struct room_page){ .limit = 10 }, f, 4), 2);
    assert_true(f[0].flags == ROOM_ERASED && f[0].body.n == 0 && id_equal(&f[0].id, &entry));
    assert_true(f[1].flags == ROOM_TAKES_BACK && bytes_equal(f[1].body, bytes_of_id(&entry)));
    assert_int_equal(take_back(t, &a, room, f[1].id), ERR_FORBIDDEN);
    assert_int_equal(write_entry(t, &a, room, entry, body), ERR_ENTRY_EXISTS);   /* what was taken back stays so */
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), body), ERR_OK);
    assert_int_equal(replied(t, "seq"), 3);
    assert_store_is_sound(t);
}

static void a_block_withholds_what_comes_after_it_and_nobody_is_told(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL), late = crypt_random_id();
    struct bytes body = testing_entry(t, 1, 400);
    struct frame f[4];
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), body), ERR_OK);
    t->now_ms += 1000;
    assert_int_equal(testing_call(t, &safety_routes, "PUT /api/blocks/{person}", &b.caller, TESTING_PARAMS(a.caller.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(write_entry(t, &a, room, late, body), ERR_OK);
    assert_int_equal(t->call.status, 201);
    assert_int_equal(testing_events(t, EVENT_ENTRY, &a.caller.id), 1);
    assert_int_equal(testing_events(t, EVENT_ENTRY, &b.caller.id), 1);
    assert_int_equal(t->call.n_events, 2);
    assert_true(t->call.events[1].data.n < 100 && t->call.events[0].data.n > 400);
    assert_int_equal(page(t, &b, room, (struct room_page){ .limit = 10 }, f, 4), 2);
    assert_true(f[0].flags == ROOM_PLAIN && f[0].body.n == 400);
    assert_true(f[1].flags == ROOM_WITHHELD && f[1].body.n == 0 && f[1].seq == 2 && id_equal(&f[1].id, &late));
    assert_int_equal(page(t, &a, room, (struct room_page){ .limit = 10 }, f, 4), 2);
    assert_true(f[1].flags == ROOM_PLAIN && f[1].body.n == 400);
    assert_int_equal(testing_call(t, &safety_routes, "DELETE /api/blocks/{person}", &b.caller, TESTING_PARAMS(a.caller.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(page(t, &b, room, (struct room_page){ .limit = 10 }, f, 4), 2);
    assert_true(f[1].flags == ROOM_PLAIN && f[1].body.n == 400);
}

static void pages_go_forward_and_backward(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct id room = testing_room(t, &a, NULL, NULL, NULL);
    struct frame f[16];
    for (int i = 0; i < 10; i++)
        assert_int_equal(write_entry(t, &a, room, crypt_random_id(), testing_entry(t, 1, 100)), ERR_OK);
    assert_int_equal(page(t, &a, room, (struct room_page){ .after = 3, .limit = 4 }, f, 16), 4);
    assert_true(f[0].seq == 4 && f[3].seq == 7);
    assert_int_equal(page(t, &a, room, (struct room_page){ .before = 8, .limit = 3, .last = true }, f, 16), 3);
    assert_true(f[0].seq == 5 && f[2].seq == 7);
    assert_int_equal(page(t, &a, room, (struct room_page){ .before = 3, .limit = 100, .last = true }, f, 16), 2);
    assert_int_equal(page(t, &a, room, (struct room_page){ .before = 1, .limit = 100, .last = true }, f, 16), 0);
    assert_int_equal(page(t, &a, room, (struct room_page){ .after = 10, .limit = 100 }, f, 16), 0);
    assert_int_equal(get(t, &a, "GET /api/rooms/{room}/entries", room), ERR_OK);
}

static void a_page_of_large_entries_is_cut_at_the_right_end(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t);
    struct id room = testing_room(t, &a, NULL, NULL, NULL);
    struct frame f[32];
    for (int i = 0; i < 20; i++)
        assert_int_equal(write_entry(t, &a, room, crypt_random_id(), testing_entry(t, 1, HOUSE_ENTRY_MAX)), ERR_OK);
    assert_int_equal(page(t, &a, room, (struct room_page){ .limit = 500 }, f, 32), 15);
    assert_true(f[0].seq == 1);
    assert_int_equal(page(t, &a, room, (struct room_page){ .before = 20, .limit = 500, .last = true }, f, 32), 15);
    assert_true(f[0].seq == 5 && f[14].seq == 19);
    assert_true(t->call.reply.n <= CALL_REPLY_MAX);
}

static void rooms_are_listed_to_their_members(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t), other = testing_person(t);
    (void)testing_room(t, &a, NULL, NULL, NULL);
    (void)testing_room(t, &a, &b, NULL, NULL);
    assert_int_equal(testing_call(t, &room_routes, "GET /api/rooms", &a.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "\"kind\":\"self\",\"epoch\":1,\"seq\":0,\"ended\":false"));
    assert_true(testing_reply_has(t, "\"kind\":\"bond\""));
    assert_int_equal(testing_call(t, &room_routes, "GET /api/rooms", &other.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "{\"rooms\":[]}"));
}

/* ---- live notice ---- */

static void woken(void *arg) { ++*(int *)arg; }

static bool hears(struct event_sub *sub, const char *what)
{
    char text[4096];
    bool found = false;
    for (ptrdiff_t n; (n = event_read(sub, text, sizeof text - 1)) > 0;) {
        text[n] = '\0';
        found |= strstr(text, what) != NULL;
    }
    return found;
}

static void another_node_publishes_a_line_that_it_hears_of(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL), unknown = crypt_random_id();
    int wakes = 0;
    struct event_hub *hub = event_hub_new();
    struct event_sub *sub = NULL;
    char data[2048];
    assert_non_null(hub);
    assert_int_equal(event_subscribe(hub, &b.caller.id, &b.caller.session, TEXT(""), woken, &wakes, &sub), ERR_OK);
    (void)hears(sub, "hello");
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), testing_entry(t, 1, 300)), ERR_OK);
    (void)snprintf(data, sizeof data, "%.*s", (int)t->call.events[0].data.n, t->call.events[0].data.p);
    assert_int_equal(room_publish_entry(t->reads, t->scratch, hub, &room, 1), ERR_OK);
    assert_true(hears(sub, data));
    assert_int_equal(room_publish_entry(t->reads, t->scratch, hub, &room, 2), ERR_OK);
    assert_int_equal(room_publish_entry(t->reads, t->scratch, hub, &unknown, 1), ERR_OK);
    assert_false(hears(sub, "entry"));
    assert_int_equal(testing_call(t, &safety_routes, "PUT /api/blocks/{person}", &b.caller, TESTING_PARAMS(a.caller.id), TESTING_NO_BODY), ERR_OK);
    assert_int_equal(room_publish_entry(t->reads, t->scratch, hub, &room, 1), ERR_OK);
    assert_false(hears(sub, data));
    event_unsubscribe(&sub);
    event_hub_free(&hub);
}

/* ---- faults ---- */

static void a_failing_store_leaves_no_gap(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct testing_link l;
    struct bytes first;
    struct id room = testing_room(t, &a, &b, &l, &first), entry = crypt_random_id();
    struct bytes body = testing_entry(t, 1, 400), next = testing_next_change(t, l, first);
    for (uint64_t n = 1; n <= 3; n++) {
        t->break_at = n;
        assert_int_equal(write_entry(t, &a, room, entry, body), ERR_STORE);
    }
    assert_int_equal(write_entry(t, &a, room, entry, body), ERR_OK);
    assert_int_equal(replied(t, "seq"), 1);
    for (uint64_t n = 1; n <= 5; n++) {
        t->break_at = n;
        assert_int_equal(take_back(t, &a, room, entry), ERR_STORE);
    }
    for (uint64_t n = 1; n <= 6; n++) {
        t->break_at = n;
        assert_int_equal(roll(t, &a, room, next), ERR_STORE);
    }
    assert_int_equal(take_back(t, &a, room, entry), ERR_OK);
    assert_int_equal(replied(t, "seq"), 2);
    assert_int_equal(roll(t, &a, room, next), ERR_OK);
    assert_store_is_sound(t);
}

/* ---- several at once ---- */

enum { AT_ONCE = 60 };
struct job {
    struct store_job job;
    struct testing *t;
    struct call call;
    struct id room, entry;
    struct bytes body;
    bool is_new;
    enum err outcome;
};

/* A batch may be run twice, so a job begins afresh each time. */
static enum err run_job(struct store_conn *db, void *arg)
{
    struct job *j = arg;
    struct room_line line;
    arena_reset(j->call.arena);
    j->call.db = db;
    j->call.n_events = j->call.n_extras = 0;
    return room_write(&j->call, &j->room, &j->entry, j->body, &line, &j->is_new);
}

static void job_done(void *arg, enum err outcome) { ((struct job *)arg)->outcome = outcome; }

/* Two writers, as two nodes of a house have them (on SQLite: two programs on one file), are given the same entries at the
 * same time, in opposite orders. */
static void two_writers_with_the_same_entries_leave_no_gap(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL), ids[AT_ONCE];
    struct bytes bodies[AT_ONCE];
    struct store_writer *writers[2] = { NULL, NULL };
    struct job *jobs = calloc((size_t)2 * AT_ONCE, sizeof *jobs);
    assert_non_null(jobs);
    for (int i = 0; i < AT_ONCE; i++) {
        ids[i] = crypt_random_id();
        bodies[i] = testing_entry(t, 1, 200);
    }
    for (int w = 0; w < 2; w++)
        assert_int_equal(store_writer_start(t->store, &writers[w]), ERR_OK);
    for (int i = 0; i < 2 * AT_ONCE; i++) {
        int w = i % 2, which = w == 0 ? i / 2 : AT_ONCE - 1 - i / 2;
        struct job *j = &jobs[i];
        *j = (struct job){ .t = t, .room = room, .entry = ids[which], .body = bodies[which] };
        j->call = (struct call){ .arena = arena_new(CALL_ARENA_MAX), .house = &t->house, .now_ms = t->now_ms, .signed_in = true, .me = a.caller.id };
        j->job = (struct store_job){ .run = run_job, .done = job_done, .arg = j, .key = 1 };
        assert_int_equal(store_submit(writers[w], &j->job), ERR_OK);
    }
    for (int w = 0; w < 2; w++)
        store_writer_stop(&writers[w]);
    int fresh = 0;
    for (int i = 0; i < 2 * AT_ONCE; i++) {
        assert_int_equal(jobs[i].outcome, ERR_OK);
        fresh += jobs[i].is_new;
        arena_free(&jobs[i].call.arena);
    }
    free(jobs);
    assert_int_equal(fresh, AT_ONCE);
    assert_int_equal(testing_count(t, "SELECT seq FROM room"), AT_ONCE);
    assert_store_is_sound(t);
}

static enum err spoil(struct call *c, void *arg) { return store_exec(c->db, arg, STORE_NO_VALUES, NULL); }

static void the_check_finds_what_is_broken(void **state)
{
    static char GAP[] = "UPDATE room SET seq = seq + 1";
    static char EPOCH[] = "UPDATE roster_link SET epoch = epoch + 1";
    static char ENVELOPE[] = "DELETE FROM envelope";
    static char *const spoils[] = { GAP, ENVELOPE, EPOCH };
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct id room = testing_room(t, &a, &b, NULL, NULL);
    int64_t before = 0;
    assert_int_equal(write_entry(t, &a, room, crypt_random_id(), testing_entry(t, 1, 400)), ERR_OK);
    assert_store_is_sound(t);
    for (size_t i = 0; i < sizeof spoils / sizeof spoils[0]; i++) {
        int64_t broken = 0;
        assert_int_equal(testing_write(t, NULL, spoil, spoils[i]), ERR_OK);
        assert_int_equal(room_check(t->reads, &broken), ERR_OK);
        assert_true(broken > before);
        before = broken;
    }
}

static enum err spoil_link(struct call *c, void *arg)
{
    static const char SQL[] = "UPDATE roster_link SET body = ?1";
    return store_exec(c->db, SQL, STORE_VALUES(store_v_bytes(*(struct bytes *)arg)), NULL);
}

static void the_check_finds_a_forged_link(void **state)
{
    struct testing *t = *state;
    struct testing_person a = testing_person(t), b = testing_person(t);
    struct bytes first, link;
    int64_t broken = 0, rooms = 0, lines = 0;
    (void)testing_room(t, &a, &b, NULL, &first);
    link = testing_link_of(first);
    struct bytes forged = spoilt(t, link, ROOM_LINK_HEAD - 20, link.p[ROOM_LINK_HEAD - 20] ^ 1);   /* its time */
    assert_int_equal(testing_write(t, NULL, spoil_link, &forged), ERR_OK);
    assert_int_equal(room_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 1);
    assert_int_equal(room_count(t->reads, &rooms, &lines), ERR_OK);
    assert_int_equal(rooms, 1);
    assert_int_equal(lines, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TESTING(a_change_has_exactly_one_spelling),
        TESTING(a_change_that_breaks_a_rule_of_layout_is_refused),
        TESTING(a_self_room_is_founded_once),
        TESTING(founding_is_only_for_oneself_and_signed),
        TESTING(the_id_of_a_room_that_is_there_is_taken),
        TESTING(a_new_epoch_follows_the_last_one),
        TESTING(members_and_kind_stay_as_they_are),
        TESTING(roster_and_envelopes_are_read_by_members),
        TESTING(an_entry_takes_the_next_place_and_is_told_to_all_members),
        TESTING(an_event_carries_the_frame_itself),
        TESTING(a_repeat_gives_the_same_place_and_leaves_no_gap),
        TESTING(an_entry_is_refused_with_the_reason),
        TESTING(an_ended_room_takes_nothing_but_can_be_read_and_words_taken_back),
        TESTING(taking_back_erases_the_words_and_says_so),
        TESTING(a_block_withholds_what_comes_after_it_and_nobody_is_told),
        TESTING(pages_go_forward_and_backward),
        TESTING(a_page_of_large_entries_is_cut_at_the_right_end),
        TESTING(rooms_are_listed_to_their_members),
        TESTING(another_node_publishes_a_line_that_it_hears_of),
        TESTING(a_failing_store_leaves_no_gap),
        TESTING(two_writers_with_the_same_entries_leave_no_gap),
        TESTING(the_check_finds_what_is_broken),
        TESTING(the_check_finds_a_forged_link),
    };
    return testing_main("room", tests, sizeof tests / sizeof tests[0]);
}
