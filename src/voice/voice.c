/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of voice notes. (What a chunk holds is the devices' business: docs/CRYPTO.md.)
 *
 * Holding the author's row comes before every look, so that nothing of theirs moves between the look and the change.
 * That the room has not ended is only looked at: a chunk that comes while it ends came before. */
#include "voice/voice.h"

#include "room/room.h"

static enum err too_big(struct call *c, int64_t limit)
{
    call_extra(c, "limit", limit);
    return ERR_TOO_BIG;
}

/* What can be said of a chunk without the store. */
static enum err check_chunk(struct call *c, int64_t n, struct bytes chunk)
{
    if (chunk.n > VOICE_CHUNK_MAX) return too_big(c, VOICE_CHUNK_MAX);
    if (chunk.n <= VOICE_CHUNK_PLAIN) return call_problem(c, ERR_BAD_INPUT, "a chunk is filled up to 32768 bytes before it is sealed");
    return n < VOICE_CHUNKS_MAX ? ERR_OK : too_big(c, HOUSE_VOICE_MAX);
}

/* The note as it is; one that is not there has no chunks. */
static enum err find(struct call *c, const struct id *room, const struct id *voice, struct voice *ret)
{
    enum err e = voice_store_get(c->db, room, voice, &c->me, ret);
    if (e != ERR_NOT_FOUND) return e;
    *ret = (struct voice){ .room = *room, .id = *voice, .author = c->me };
    return ERR_OK;
}

static enum err out_of_order(struct call *c, const struct voice *v)
{
    call_extra(c, "have", v->have);
    return ERR_VOICE_ORDER;
}

/* A chunk whose place is taken: by itself? */
static enum err judge_repeat(struct call *c, const struct voice *v, int64_t n, bool last, struct bytes chunk)
{
    struct bytes there;
    bool was_last = v->done && n == v->have - 1;
    TRY(voice_store_chunk(c->db, c->arena, &v->room, &v->id, n, &there));
    return last == was_last && bytes_equal(there, chunk) ? ERR_OK : out_of_order(c, v);
}

/* Makes room by what nobody will finish any more, when a note begins; then it must fit. */
static enum err keep_quota(struct call *c, const struct voice *v, size_t more)
{
    int64_t used = 0;
    if (v->bytes + (int64_t)more > HOUSE_VOICE_MAX) return too_big(c, HOUSE_VOICE_MAX);
    if (v->have == 0) TRY(voice_store_sweep(c->db, &c->me, c->now_ms - VOICE_UNFINISHED_MS));
    TRY(voice_used(c->db, &c->me, &used));
    if (used + (int64_t)more <= c->house->voice_quota_bytes) return ERR_OK;
    call_extra(c, "used_bytes", used);
    call_extra(c, "quota_bytes", c->house->voice_quota_bytes);
    return ERR_VOICE_FULL;
}

/* A repeat wins over everything, so that it is answered also when the room has ended meanwhile. */
enum err voice_put(struct call *c, const struct id *room, const struct id *voice, int64_t n, bool last, struct bytes chunk,
                   struct voice *ret)
{
    struct room_head head;
    struct voice v;
    bool done = false;
    TRY(check_chunk(c, n, chunk));
    TRY(person_hold(c->db, &c->me));
    TRY(room_get(c->db, c->arena, room, &c->me, &head));
    TRY(find(c, room, voice, &v));
    if (!id_equal(&v.author, &c->me)) return ERR_EXISTS;
    if (n < v.have) {
        TRY(judge_repeat(c, &v, n, last, chunk));
        *ret = v;
        return ERR_OK;
    }
    if (head.ended) return ERR_ROOM_ENDED;
    if (n > v.have || v.done) return out_of_order(c, &v);
    TRY(keep_quota(c, &v, chunk.n));
    TRY(voice_store_add(c->db, &v, last, chunk, c->now_ms, &done));
    if (!done) return ERR_EXISTS;   /* another member took the id at this very moment */
    v.have++;
    v.bytes += (int64_t)chunk.n;
    v.done = last;
    *ret = v;
    return ERR_OK;
}

enum err voice_get(struct call *c, const struct id *room, const struct id *voice, struct voice *ret)
{
    struct room_head head;
    struct voice v;
    TRY(room_get(c->db, c->arena, room, &c->me, &head));
    TRY(voice_store_get(c->db, room, voice, &c->me, &v));
    if (v.withheld) return ERR_NOT_FOUND;
    *ret = v;
    return ERR_OK;
}

static enum err add_frame(void *arg, int64_t n, struct bytes chunk, bool *ret_more)
{
    struct build *b = arg;
    *ret_more = build_length(b) + VOICE_FRAME_HEAD + chunk.n <= CALL_REPLY_MAX;
    if (!*ret_more) return ERR_OK;
    build_u32(b, (uint32_t)n);
    build_u32(b, (uint32_t)chunk.n);
    build_bytes(b, chunk);
    return ERR_OK;
}

enum err voice_read(struct call *c, const struct id *room, const struct id *voice, int64_t from, struct build *b)
{
    struct voice v;
    TRY(voice_get(c, room, voice, &v));
    return voice_store_each_chunk(c->db, room, voice, from, add_frame, b);
}

enum err voice_delete(struct call *c, const struct id *room, const struct id *voice)
{
    struct room_head head;
    struct voice v;
    TRY(person_hold(c->db, &c->me));
    TRY(find(c, room, voice, &v));
    bool is_mine = id_equal(&v.author, &c->me);
    if (!is_mine || v.have == 0) TRY(room_get(c->db, c->arena, room, &c->me, &head));   /* one's own sound stays one's own */
    if (!is_mine) return ERR_FORBIDDEN;
    return voice_fade(c->db, room, voice);
}
