/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Changes of a room: parsing, founding, beginning an epoch.
 *
 * The parsers are cursors over bytes of strangers and touch nothing else. What they accept has exactly one spelling:
 * members strictly ascend, lengths are exact, nothing is left over. */
#include "room/room.h"

#include <string.h>

enum { VERSION = 1 };

static const char *const kind_names[] = { "", "self", "bond", "circle", "talk" };

enum err room_link_parse(struct bytes b, struct room_link *ret)
{
    struct room_link l = { .bytes = b };
    struct cursor c = cursor_of(b);
    bool author_in = false;
    if (cursor_u8(&c) != VERSION) return ERR_BAD_INPUT;
    l.room = cursor_id(&c);
    uint8_t kind = cursor_u8(&c);
    l.epoch = cursor_u32(&c);
    l.prev = cursor_take(&c, HASH_BYTES);
    uint64_t time_ms = cursor_u64(&c);
    l.author = cursor_id(&c);
    l.n = cursor_u8(&c);
    if (!cursor_ok(&c) || kind < ROOM_SELF || kind > ROOM_TALK || time_ms > INT64_MAX) return ERR_BAD_INPUT;
    if (l.epoch < 1 || l.epoch > ROOM_EPOCH_MAX || l.n < 1 || l.n > ROOM_MEMBERS_MAX) return ERR_BAD_INPUT;
    for (size_t i = 0; i < l.n; i++) {
        l.members[i] = cursor_id(&c);
        if (i > 0 && id_compare(&l.members[i - 1], &l.members[i]) >= 0) return ERR_BAD_INPUT;
        author_in |= id_equal(&l.members[i], &l.author);
    }
    l.signature = cursor_take(&c, SIGNATURE_BYTES).p;
    if (!cursor_done(&c) || !author_in) return ERR_BAD_INPUT;
    l.signed_part = (struct bytes){ b.p, b.n - SIGNATURE_BYTES };
    l.kind = (enum room_kind)kind;
    l.time_ms = (int64_t)time_ms;
    *ret = l;
    return ERR_OK;
}

enum err room_change_parse(struct bytes b, struct room_change *ret)
{
    struct room_change change;
    struct cursor c = cursor_of(b);
    if (cursor_u8(&c) != VERSION) return ERR_BAD_INPUT;
    struct bytes link = cursor_take(&c, cursor_u16(&c));
    if (!cursor_ok(&c)) return ERR_BAD_INPUT;
    TRY(room_link_parse(link, &change.link));
    if (cursor_u8(&c) != change.link.n) return ERR_BAD_INPUT;
    for (size_t i = 0; i < change.link.n; i++) {
        struct id member = cursor_id(&c);
        if (!id_equal(&member, &change.link.members[i]) || cursor_u16(&c) != ROOM_ENVELOPE_BYTES) return ERR_BAD_INPUT;
        change.envelopes[i] = cursor_take(&c, ROOM_ENVELOPE_BYTES);
        if (!cursor_ok(&c) || change.envelopes[i].p[0] != VERSION) return ERR_BAD_INPUT;
    }
    if (!cursor_done(&c)) return ERR_BAD_INPUT;
    *ret = change;
    return ERR_OK;
}

bool room_link_has(const struct room_link *link, const struct id *person)
{
    for (size_t i = 0; i < link->n; i++)
        if (id_equal(&link->members[i], person)) return true;
    return false;
}

struct hash room_link_hash(struct bytes link)
{
    return crypt_hash(NULL, "beside/link/1", &link, 1);
}

/* The link says it is c->me's: is it? */
static enum err check_signature(struct call *c, const struct room_link *link)
{
    uint8_t pk[SIGN_PK_BYTES];
    if (!id_equal(&link->author, &c->me)) return call_problem(c, ERR_BAD_INPUT, "a change names its sender as its author");
    TRY(person_signing_key(c->db, &c->me, pk));
    return crypt_signature_holds(pk, "beside/roster/1", link->signed_part, link->signature) ? ERR_OK : ERR_BAD_SIGNATURE;
}

static bool is_zero(struct bytes b)
{
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] != 0) return false;
    return true;
}

/* Tells all that are in a link's room. */
static enum err tell_members(struct call *c, const struct room_link *link)
{
    return house_tell(c, EVENT_ROOM, link->members, link->n, "id", &link->room);
}

enum err room_found(struct call *c, const struct room_change *change)
{
    const struct room_link *link = &change->link;
    bool is_new = false;
    if (link->epoch != 1 || !is_zero(link->prev))
        return call_problem(c, ERR_BAD_INPUT, "a room begins with epoch 1 and no link before it");
    TRY(check_signature(c, link));
    TRY(room_store_add(c->db, link, text_of(kind_names[link->kind]), c->now_ms, &is_new));
    if (!is_new) return ERR_EXISTS;
    for (size_t i = 0; i < link->n; i++)
        TRY(room_store_add_member(c->db, &link->room, &link->members[i], link->epoch));
    TRY(room_store_add_change(c->db, change));
    return tell_members(c, link);
}

enum err room_stands(struct call *c, const struct room_link *link, bool *ret)
{
    struct bytes stored;
    enum err e = room_store_link(c->db, c->arena, &link->room, link->epoch, &stored);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    *ret = e == ERR_OK && bytes_equal(stored, link->bytes);
    return ERR_OK;
}

enum err room_found_self(struct call *c, const struct room_change *change, bool *ret_new)
{
    const struct room_link *link = &change->link;
    bool has = false, same = false;
    if (link->kind != ROOM_SELF || link->n != 1 || !id_equal(&link->members[0], &c->me))
        return call_problem(c, ERR_BAD_INPUT, "only a self room is founded here, with its founder alone in it");
    TRY(person_hold(c->db, &c->me));
    TRY(room_store_has_self(c->db, &c->me, &has));
    if (has) {
        TRY(room_stands(c, link, &same));
        *ret_new = false;
        return same ? ERR_OK : ERR_EXISTS;
    }
    TRY(room_found(c, change));
    *ret_new = true;
    return ERR_OK;
}

/* Nothing began: why? The same change again is no error. */
static enum err why_no_epoch(struct call *c, const struct room_link *link)
{
    struct room_head head;
    bool same = false;
    TRY(room_get(c->db, c->arena, &link->room, &c->me, &head));
    TRY(room_stands(c, link, &same));
    if (same) return ERR_OK;
    if (head.ended) return ERR_ROOM_ENDED;
    if (head.must_roll && head.epoch + 1 == link->epoch) return ERR_ROLL_DUE;
    call_extra(c, "epoch", head.epoch);
    return ERR_STALE_EPOCH;
}

/* Does LINK follow the one before it, which it gives? */
static enum err check_follows(struct call *c, const struct room_link *link, struct room_link *ret_before)
{
    struct bytes bytes;
    struct room_link before;
    TRY(room_store_link(c->db, c->arena, &link->room, link->epoch - 1, &bytes));
    if (room_link_parse(bytes, &before) != ERR_OK) return ERR_STORE;
    struct hash hash = room_link_hash(bytes);
    if (!bytes_equal(link->prev, bytes_of(hash.b, HASH_BYTES)))
        return call_problem(c, ERR_BAD_INPUT, "the change does not follow the room's last link");
    if (link->kind != before.kind) return call_problem(c, ERR_BAD_INPUT, "the room's kind stays as it is");
    *ret_before = before;
    return ERR_OK;
}

static enum err check_same_members(struct call *c, const struct room_link *link, const struct room_link *before)
{
    bool same = link->n == before->n;
    for (size_t i = 0; same && i < link->n; i++) same = id_equal(&link->members[i], &before->members[i]);
    return same ? ERR_OK : call_problem(c, ERR_BAD_INPUT, "the room's members stay as they are");
}

/* Taking the epoch comes first: it holds the room's row, so that all that is judged after it stays true. An error gives
 * it back. *RET_NEW is false when this very change began it already. */
static enum err begin_epoch(struct call *c, const struct room_change *change, bool due, struct room_link *ret_before, bool *ret_new)
{
    const struct room_link *link = &change->link;
    TRY(room_store_next_epoch(c->db, &link->room, link->epoch, &c->me, due, ret_new));
    if (!*ret_new) return why_no_epoch(c, link);
    TRY(check_follows(c, link, ret_before));
    TRY(check_signature(c, link));
    TRY(room_store_add_change(c->db, change));
    return tell_members(c, link);
}

enum err room_roll(struct call *c, const struct room_change *change)
{
    struct room_link before;
    bool is_new = false;
    TRY(begin_epoch(c, change, false, &before, &is_new));
    return is_new ? check_same_members(c, &change->link, &before) : ERR_OK;
}

/* The members' rows become what LINK says. */
static enum err put_members(struct call *c, const struct room_link *link)
{
    struct room_members before;
    TRY(room_members(c->db, &link->room, &before));
    for (size_t i = 0; i < before.n; i++)
        if (!room_link_has(link, &before.all[i].person)) TRY(room_store_drop_member(c->db, &link->room, &before.all[i].person));
    for (size_t i = 0; i < link->n; i++)
        if (!room_member_in(&before, &link->members[i]))
            TRY(room_store_add_member(c->db, &link->room, &link->members[i], link->epoch));
    return ERR_OK;
}

enum err room_change_members(struct call *c, const struct room_change *change, bool *ret_new)
{
    struct room_link before;
    TRY(begin_epoch(c, change, true, &before, ret_new));
    return *ret_new ? put_members(c, &change->link) : ERR_OK;
}
