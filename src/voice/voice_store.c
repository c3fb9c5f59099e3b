/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Voice notes in the store. A note's chunks go with its row, in the same job; they go first, since it is the row that says
 * whose they are. */
#include "voice/voice.h"

#include <assert.h>

static const char SQL_GET[] =
    "SELECT v.author, v.chunks, v.bytes, v.done, (SELECT COUNT(*) FROM block b WHERE b.person_id = ?3 AND b.blocked = v.author)"
    " FROM voice v WHERE v.room_id = ?1 AND v.id = ?2";
/* A note's first chunk makes its row, each further one finds it as it was left. */
static const char SQL_ADD[] =
    "INSERT INTO voice (room_id, id, author, chunks, bytes, done, made_ms) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)"
    " ON CONFLICT (room_id, id) DO UPDATE SET chunks = voice.chunks + 1, bytes = voice.bytes + excluded.bytes, done = excluded.done"
    " WHERE voice.author = excluded.author AND voice.chunks = ?7 AND voice.done = 0";
static const char SQL_ADD_CHUNK[] = "INSERT INTO voice_chunk (room_id, voice_id, n, body) VALUES (?1, ?2, ?3, ?4)";
static const char SQL_CHUNK[] = "SELECT body FROM voice_chunk WHERE room_id = ?1 AND voice_id = ?2 AND n = ?3";
static const char SQL_EACH_CHUNK[] =
    "SELECT n, body FROM voice_chunk WHERE room_id = ?1 AND voice_id = ?2 AND n >= ?3 ORDER BY n LIMIT ?4";
static const char SQL_USED[] = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM voice WHERE author = ?1";
static const char SQL_COUNT[] = "SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM voice";

static const char SQL_DELETE_CHUNKS[] = "DELETE FROM voice_chunk WHERE room_id = ?1 AND voice_id = ?2";
static const char SQL_DELETE[] = "DELETE FROM voice WHERE room_id = ?1 AND id = ?2";
static const char SQL_DELETE_ROOMS_CHUNKS[] = "DELETE FROM voice_chunk WHERE room_id = ?1";
static const char SQL_DELETE_ROOMS[] = "DELETE FROM voice WHERE room_id = ?1";
static const char SQL_SWEEP_CHUNKS[] =
    "DELETE FROM voice_chunk WHERE (room_id, voice_id) IN"
    " (SELECT room_id, id FROM voice WHERE author = ?1 AND done = 0 AND made_ms < ?2)";
static const char SQL_SWEEP[] = "DELETE FROM voice WHERE author = ?1 AND done = 0 AND made_ms < ?2";
static const char SQL_ERASE_CHUNKS[] =
    "DELETE FROM voice_chunk WHERE (room_id, voice_id) IN (SELECT room_id, id FROM voice WHERE author = ?1)";
static const char SQL_ERASE[] = "DELETE FROM voice WHERE author = ?1";
#define ALONE                                                                                                          \
    "(SELECT m.room_id FROM member m WHERE m.person_id = ?1"                                                           \
    " AND NOT EXISTS (SELECT 1 FROM member o WHERE o.room_id = m.room_id AND o.person_id <> ?1))"
static const char SQL_ERASE_CHUNKS_ALONE[] = "DELETE FROM voice_chunk WHERE room_id IN " ALONE;
static const char SQL_ERASE_ALONE[] = "DELETE FROM voice WHERE room_id IN " ALONE;

enum { PAGE_CHUNKS = CALL_REPLY_MAX / VOICE_CHUNK_PLAIN };   /* what fits into a reply */

static_assert(HOUSE_VOICE_MAX == 17825792 && VOICE_CHUNK_PLAIN == 32768 && VOICE_CHUNK_MAX == 32832, "the rules below hold the figures");
static const struct house_rule rules[] = {
    { "every voice note is a room's", "SELECT COUNT(*) FROM voice v WHERE NOT EXISTS (SELECT 1 FROM room r WHERE r.id = v.room_id)" },
    { "every voice note is a person's", "SELECT COUNT(*) FROM voice v WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = v.author)" },
    { "a voice note has as many chunks as it says",
      "SELECT COUNT(*) FROM voice v WHERE v.chunks < 1 OR v.chunks <>"
      " (SELECT COUNT(*) FROM voice_chunk c WHERE c.room_id = v.room_id AND c.voice_id = v.id)" },
    { "the chunks of a voice note have no gap",
      "SELECT COUNT(*) FROM voice_chunk c WHERE c.n < 0 OR"
      " (c.n > 0 AND NOT EXISTS (SELECT 1 FROM voice_chunk b WHERE b.room_id = c.room_id AND b.voice_id = c.voice_id AND b.n = c.n - 1))" },
    { "every chunk is a voice note's",
      "SELECT COUNT(*) FROM voice_chunk c WHERE NOT EXISTS (SELECT 1 FROM voice v WHERE v.room_id = c.room_id AND v.id = c.voice_id)" },
    { "a voice note is as large as its chunks, and not larger than one may be",
      "SELECT COUNT(*) FROM voice v WHERE v.bytes > 17825792 OR v.bytes <>"
      " (SELECT COALESCE(SUM(length(c.body)), 0) FROM voice_chunk c WHERE c.room_id = v.room_id AND c.voice_id = v.id)" },
    { "all chunks are filled up", "SELECT COUNT(*) FROM voice_chunk WHERE length(body) <= 32768 OR length(body) > 32832" },
    { "a voice note is done or not", "SELECT COUNT(*) FROM voice WHERE done <> 0 AND done <> 1" },
};

enum err voice_store_get(struct store_conn *db, const struct id *room, const struct id *voice, const struct id *reader, struct voice *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_GET, STORE_VALUES(store_v_id(room), store_v_id(voice), store_v_id(reader)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    struct voice v = { .room = *room, .id = *voice, .have = store_int(rows, 1), .bytes = store_int(rows, 2),
                       .done = store_int(rows, 3) != 0, .withheld = store_int(rows, 4) != 0 };
    TRY(store_id(rows, 0, &v.author));
    *ret = v;
    return ERR_OK;
}

enum err voice_store_add(struct store_conn *db, const struct voice *v, bool last, struct bytes chunk, int64_t now_ms, bool *ret_done)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_ADD,
                   STORE_VALUES(store_v_id(&v->room), store_v_id(&v->id), store_v_id(&v->author), store_v_int((int64_t)chunk.n),
                                store_v_int(last), store_v_int(now_ms), store_v_int(v->have)), &changed));
    *ret_done = changed == 1;
    if (changed == 0) return ERR_OK;
    return store_exec(db, SQL_ADD_CHUNK,
                      STORE_VALUES(store_v_id(&v->room), store_v_id(&v->id), store_v_int(v->have), store_v_bytes(chunk)), NULL);
}

enum err voice_store_chunk(struct store_conn *db, struct arena *a, const struct id *room, const struct id *voice, int64_t n, struct bytes *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_CHUNK, STORE_VALUES(store_v_id(room), store_v_id(voice), store_v_int(n)), &rows));
    TRY(store_next(rows, &row));
    return row ? arena_copy(a, store_bytes(rows, 0), ret) : ERR_NOT_FOUND;
}

enum err voice_store_each_chunk(struct store_conn *db, const struct id *room, const struct id *voice, int64_t from,
                                enum err (*each)(void *arg, int64_t n, struct bytes chunk, bool *ret_more), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_CHUNK,
                    STORE_VALUES(store_v_id(room), store_v_id(voice), store_v_int(from), store_v_int(PAGE_CHUNKS)), &rows));
    for (bool row = false, more = true; more;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(each(arg, store_int(rows, 0), store_bytes(rows, 1), &more));
    }
    return ERR_OK;
}

enum err voice_used(struct store_conn *db, const struct id *person, int64_t *ret)
{
    return store_query_int(db, SQL_USED, STORE_VALUES(store_v_id(person)), ret);
}

/* ---- deleting ---- */

enum err voice_fade(struct store_conn *db, const struct id *room, const struct id *voice)
{
    TRY(store_exec(db, SQL_DELETE_CHUNKS, STORE_VALUES(store_v_id(room), store_v_id(voice)), NULL));
    return store_exec(db, SQL_DELETE, STORE_VALUES(store_v_id(room), store_v_id(voice)), NULL);
}

enum err voice_erase_room(struct store_conn *db, const struct id *room)
{
    TRY(store_exec(db, SQL_DELETE_ROOMS_CHUNKS, STORE_VALUES(store_v_id(room)), NULL));
    return store_exec(db, SQL_DELETE_ROOMS, STORE_VALUES(store_v_id(room)), NULL);
}

enum err voice_store_sweep(struct store_conn *db, const struct id *person, int64_t before_ms)
{
    TRY(store_exec(db, SQL_SWEEP_CHUNKS, STORE_VALUES(store_v_id(person), store_v_int(before_ms)), NULL));
    return store_exec(db, SQL_SWEEP, STORE_VALUES(store_v_id(person), store_v_int(before_ms)), NULL);
}

enum err voice_erase_person(struct store_conn *db, const struct id *person)
{
    TRY(store_exec(db, SQL_ERASE_CHUNKS, STORE_VALUES(store_v_id(person)), NULL));
    TRY(store_exec(db, SQL_ERASE, STORE_VALUES(store_v_id(person)), NULL));
    TRY(store_exec(db, SQL_ERASE_CHUNKS_ALONE, STORE_VALUES(store_v_id(person)), NULL));
    return store_exec(db, SQL_ERASE_ALONE, STORE_VALUES(store_v_id(person)), NULL);
}

/* ---- figures and rules ---- */

enum err voice_count(struct store_conn *db, int64_t *ret_notes, int64_t *ret_bytes)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_COUNT, STORE_NO_VALUES, &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret_notes = store_int(rows, 0);
    *ret_bytes = store_int(rows, 1);
    return ERR_OK;
}

enum err voice_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
