/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Rooms for the unit tests. */
#include "room/testing.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b) { return id_compare(a, b); }

struct testing_link testing_first_link(const struct testing_person *author, int kind, const struct testing_person *other)
{
    struct testing_link l = { .room = crypt_random_id(), .kind = kind, .epoch = 1, .author = author, .n = 1 };
    l.members[0] = author->caller.id;
    if (other) l.members[l.n++] = other->caller.id;
    qsort(l.members, l.n, sizeof l.members[0], by_id);
    return l;
}

struct bytes testing_link(struct testing *t, struct testing_link l)
{
    static const uint8_t zeros[HASH_BYTES];
    struct build b = build_start(t->scratch, ROOM_LINK_MAX + 64);
    build_u8(&b, 1);
    build_id(&b, &l.room);
    build_u8(&b, (uint8_t)l.kind);
    build_u32(&b, l.epoch);
    build_bytes(&b, l.prev.n ? l.prev : bytes_of(zeros, HASH_BYTES));
    build_u64(&b, (uint64_t)t->now_ms);
    build_id(&b, &l.author->caller.id);
    build_u8(&b, (uint8_t)l.n);
    for (size_t i = 0; i < l.n; i++)
        build_id(&b, &l.members[i]);
    struct bytes unsigned_part = testing_body(&b);
    build_bytes(&b, testing_sign(t, l.author, "beside/roster/1", unsigned_part));
    return testing_body(&b);
}

struct bytes testing_change(struct testing *t, struct testing_link l)
{
    struct bytes link = testing_link(t, l);
    struct build b = build_start(t->scratch, ROOM_CHANGE_MAX + 64);
    build_u8(&b, 1);
    build_u16(&b, (uint16_t)link.n);
    build_bytes(&b, link);
    build_u8(&b, (uint8_t)l.n);
    for (size_t i = 0; i < l.n; i++) {
        build_id(&b, &l.members[i]);
        build_u16(&b, ROOM_ENVELOPE_BYTES);
        build_u8(&b, 1);
        build_bytes(&b, testing_random(t, ROOM_ENVELOPE_BYTES - 1));
    }
    return testing_body(&b);
}

struct bytes testing_link_of(struct bytes change)
{
    struct cursor c = cursor_of(change);
    (void)cursor_u8(&c);
    return cursor_take(&c, cursor_u16(&c));
}

struct bytes testing_next_change(struct testing *t, struct testing_link l, struct bytes before)
{
    struct hash hash = room_link_hash(testing_link_of(before));
    l.epoch++;
    assert_int_equal(arena_copy(t->scratch, bytes_of(hash.b, HASH_BYTES), &l.prev), ERR_OK);
    return testing_change(t, l);
}

static enum err found(struct call *c, void *arg)
{
    struct room_change change;
    assert_int_equal(room_change_parse(*(struct bytes *)arg, &change), ERR_OK);
    return room_found(c, &change);
}

struct id testing_room(struct testing *t, const struct testing_person *author, const struct testing_person *other,
                       struct testing_link *ret_link, struct bytes *ret_change)
{
    struct testing_link l = testing_first_link(author, other ? ROOM_BOND : ROOM_SELF, other);
    struct bytes change = testing_change(t, l);
    assert_int_equal(testing_write(t, &author->caller, found, &change), ERR_OK);
    if (ret_link) *ret_link = l;
    if (ret_change) *ret_change = change;
    return l.room;
}

struct bytes testing_entry(struct testing *t, uint32_t epoch, size_t n)
{
    struct build b = build_start(t->scratch, HOUSE_ENTRY_MAX + 64);
    build_u8(&b, 1);
    build_u32(&b, epoch);
    build_bytes(&b, testing_random(t, n - 5));
    return testing_body(&b);
}
