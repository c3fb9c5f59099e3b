/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Voice notes: sealed sound that belongs to a room, in chunks that come and go one by one.
 *
 * A recording is too large for an entry, and it must neither be held in memory whole nor be sent anew when a connection
 * breaks. So its chunks are stored beside the room's log, and the entry carries only the note's id and key. Which entry
 * that is the house cannot see; so it is the author's device that deletes a note whose entry was taken back.
 *
 * Chunks come in order and are never replaced: the house says how many it has, the device goes on from there, and a
 * repeat changes nothing. Every chunk is sealed from VOICE_CHUNK_PLAIN bytes, also the last one; a shorter one would tell
 * to the second how long somebody spoke, and is refused.
 *
 * Every member of the room can fetch the chunks, and a note is nothing to those who block its author. Only its author
 * can delete it, also when the room has ended. A note that was begun and not ended within VOICE_UNFINISHED_MS goes when
 * its author begins another.
 *
 * What one person may keep in all rooms together is limited (house->voice_quota_bytes). Whatever changes notes holds the
 * author's row first, so that the sum is exact also when two machines write at once, and so that no chunk can come into a
 * room that is being erased: a room goes only with its last member, who is held then too. */
#ifndef BESIDE_VOICE_VOICE_H
#define BESIDE_VOICE_VOICE_H

#include "house/house.h"
#include "lib/clock.h"

enum {
    VOICE_CHUNK_PLAIN = 32 << 10,               /* what is sealed into each chunk */
    VOICE_CHUNK_MAX = VOICE_CHUNK_PLAIN + 64,   /* the seal's own bytes are a few; the house does not look at them */
    VOICE_CHUNKS_MAX = HOUSE_VOICE_MAX / VOICE_CHUNK_PLAIN,
    VOICE_FRAME_HEAD = 4 + 4,                   /* u32 n ‖ u32 length */
    VOICE_UNFINISHED_MS = 7 * CLOCK_DAY_MS,
};

struct voice {
    struct id room, id, author;
    int64_t have, bytes;                        /* chunks 0 … have - 1 are here */
    bool done;
    bool withheld;                              /* the one who asks blocks the author */
};

/* Adds chunk N of VOICE by c->me; LAST ends the note. A repeat is no error. ERR_NOT_FOUND for who is not in the room,
 * ERR_VOICE_ORDER (with have), ERR_VOICE_FULL (with used_bytes, quota_bytes), ERR_TOO_BIG (with limit), ERR_ROOM_ENDED,
 * ERR_EXISTS when the id is another's. */
enum err voice_put(struct call *c, const struct id *room, const struct id *voice, int64_t n, bool last, struct bytes chunk,
                   struct voice *ret) MUST_USE;

/* The note as c->me may know of it. ERR_NOT_FOUND. */
enum err voice_get(struct call *c, const struct id *room, const struct id *voice, struct voice *ret) MUST_USE;
/* Frames of its chunks from FROM on, as many as fit into a reply; at least one if there is one. ERR_NOT_FOUND. */
enum err voice_read(struct call *c, const struct id *room, const struct id *voice, int64_t from, struct build *b) MUST_USE;
/* Deletes a note of c->me, also in a room that they have left; a note that is not there is deleted. ERR_NOT_FOUND for who is
 * not in the room, ERR_FORBIDDEN for somebody else's. */
enum err voice_delete(struct call *c, const struct id *room, const struct id *voice) MUST_USE;
/* Deletes a note whose time is over; one that is not there is deleted. And all notes of a room that goes. */
enum err voice_fade(struct store_conn *db, const struct id *room, const struct id *voice) MUST_USE;
enum err voice_erase_room(struct store_conn *db, const struct id *room) MUST_USE;

/* What PERSON keeps, in bytes. */
enum err voice_used(struct store_conn *db, const struct id *person, int64_t *ret) MUST_USE;

/* Erases a person's notes everywhere, and all notes of the rooms that nobody else is in: to be called before these go. */
enum err voice_erase_person(struct store_conn *db, const struct id *person) MUST_USE;
enum err voice_count(struct store_conn *db, int64_t *ret_notes, int64_t *ret_bytes) MUST_USE;
enum err voice_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table voice_routes;

/* ---- the store's side ---- */

/* The note, as READER stands to its author. ERR_NOT_FOUND. */
enum err voice_store_get(struct store_conn *db, const struct id *room, const struct id *voice, const struct id *reader, struct voice *ret) MUST_USE;
/* Adds chunk v->have to V, which is as it was before; *RET_DONE is false when the note is not so in the store. */
enum err voice_store_add(struct store_conn *db, const struct voice *v, bool last, struct bytes chunk, int64_t now_ms, bool *ret_done) MUST_USE;
enum err voice_store_chunk(struct store_conn *db, struct arena *a, const struct id *room, const struct id *voice, int64_t n, struct bytes *ret) MUST_USE;
/* Ascending, from FROM on, until EACH sets *RET_MORE to false or fails. */
enum err voice_store_each_chunk(struct store_conn *db, const struct id *room, const struct id *voice, int64_t from,
                                enum err (*each)(void *arg, int64_t n, struct bytes chunk, bool *ret_more), void *arg) MUST_USE;
/* Deletes what PERSON began before BEFORE_MS and did not end. */
enum err voice_store_sweep(struct store_conn *db, const struct id *person, int64_t before_ms) MUST_USE;

#endif
