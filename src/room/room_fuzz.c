/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as a room change, as a link and as the body of an entry. What is accepted has exactly one spelling: written
 * out again from what was parsed, it is the same bytes. */
#include "room/room.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static void write_link(struct build *b, const struct room_link *l)
{
    build_u8(b, 1);
    build_id(b, &l->room);
    build_u8(b, (uint8_t)l->kind);
    build_u32(b, (uint32_t)l->epoch);
    build_bytes(b, l->prev);
    build_u64(b, (uint64_t)l->time_ms);
    build_id(b, &l->author);
    build_u8(b, (uint8_t)l->n);
    for (size_t i = 0; i < l->n; i++)
        build_id(b, &l->members[i]);
    build_bytes(b, bytes_of(l->signature, SIGNATURE_BYTES));
}

static void must_be_the_same(struct build *b, struct bytes whole)
{
    struct bytes again = { NULL, 0 };
    must(build_done(b, &again) == ERR_OK && bytes_equal(again, whole));
}

static void try_change(struct arena *a, struct bytes whole)
{
    struct room_change change;
    struct build b = build_start(a, ROOM_CHANGE_MAX);
    if (room_change_parse(whole, &change) != ERR_OK) return;
    build_u8(&b, 1);
    build_u16(&b, (uint16_t)change.link.bytes.n);
    write_link(&b, &change.link);
    build_u8(&b, (uint8_t)change.link.n);
    for (size_t i = 0; i < change.link.n; i++) {
        build_id(&b, &change.link.members[i]);
        build_u16(&b, (uint16_t)change.envelopes[i].n);
        build_bytes(&b, change.envelopes[i]);
    }
    must_be_the_same(&b, whole);
}

static void try_link(struct arena *a, struct bytes whole)
{
    struct room_link link;
    struct build b = build_start(a, ROOM_LINK_MAX);
    if (room_link_parse(whole, &link) != ERR_OK) return;
    write_link(&b, &link);
    must_be_the_same(&b, whole);
    must(link.signed_part.n + SIGNATURE_BYTES == whole.n);
}

static void try_entry(struct bytes whole)
{
    int64_t epoch = -1;
    if (room_entry_parse(whole, &epoch) != ERR_OK) return;
    must(whole.n >= ROOM_ENTRY_MIN && whole.n <= HOUSE_ENTRY_MAX && epoch >= 0 && epoch <= UINT32_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of just this size, so that a read past the end is seen. */
    uint8_t *copy = malloc(size ? size : 1);
    struct arena *a = arena_new((size_t)1 << 20);
    if (copy && a) {
        if (size) memcpy(copy, data, size);
        try_change(a, bytes_of(copy, size));
        try_link(a, bytes_of(copy, size));
        try_entry(bytes_of(copy, size));
    }
    if (a) arena_free(&a);
    free(copy);
    return 0;
}
