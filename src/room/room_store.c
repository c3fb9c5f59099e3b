/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Rooms in the store. The first three statements are the hot path of the whole house.
 *
 * On PostgreSQL an UPDATE that had to wait for the row looks at its WHERE again with the row as it then is, but at other
 * tables as they were when it began. So what can end somebody's right to write must show in the room's own row: the
 * epoch that a change of members begins, the new key that is owed when somebody left, and the end of the room. */
#include "room/room.h"

static const char SQL_NEXT_SEQ[] =
    "UPDATE room SET seq = seq + 1 WHERE id = ?1 AND epoch = ?2 AND must_roll = 0 AND ended_ms IS NULL"
    " AND EXISTS (SELECT 1 FROM member WHERE room_id = ?1 AND person_id = ?3) RETURNING seq";
static const char SQL_PUT_LINE[] =
    "INSERT INTO entry (room_id, seq, id, author, epoch, time_ms, flags, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    " ON CONFLICT (room_id, id) DO NOTHING";
static const char SQL_AUDIENCE[] =
    "SELECT m.person_id, (SELECT COUNT(*) FROM block b WHERE b.person_id = m.person_id AND b.blocked = ?2)"
    " + CASE WHEN m.from_epoch > ?3 THEN 1 ELSE 0 END"
    " FROM member m WHERE m.room_id = ?1";

static const char SQL_NEXT_SEQ_ANY[] = "UPDATE room SET seq = seq + 1 WHERE id = ?1 RETURNING seq, epoch";
static const char SQL_GIVE_BACK_SEQ[] = "UPDATE room SET seq = seq - 1 WHERE id = ?1";
static const char SQL_LINE[] =
    "SELECT seq, time_ms, author, id, flags, body, epoch FROM entry WHERE room_id = ?1 AND id = ?2";
static const char SQL_LINE_AT[] =
    "SELECT seq, time_ms, author, id, flags, body, epoch FROM entry WHERE room_id = ?1 AND seq = ?2";
static const char SQL_ERASE_LINE[] = "UPDATE entry SET flags = 1, body = ?3 WHERE room_id = ?1 AND id = ?2";
static const char SQL_PAGE_SIZES[] =
    "SELECT seq, length(body) FROM entry WHERE room_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";
static const char SQL_PAGE[] =
    "SELECT e.seq, e.time_ms, e.author, e.id, e.flags, e.body, e.epoch,"
    " (SELECT COUNT(*) FROM block b WHERE b.person_id = ?2 AND b.blocked = e.author AND b.made_ms <= e.time_ms)"
    " + (SELECT COUNT(*) FROM member m WHERE m.room_id = ?1 AND m.person_id = ?2 AND m.from_epoch > e.epoch)"
    " FROM entry e WHERE e.room_id = ?1 AND e.seq > ?3 AND e.seq < ?4 ORDER BY e.seq LIMIT ?5";

static const char SQL_ADD[] =
    "INSERT INTO room (id, kind, epoch, seq, made_ms) VALUES (?1, ?2, 1, 0, ?3) ON CONFLICT DO NOTHING";
static const char SQL_ADD_MEMBER[] = "INSERT INTO member (room_id, person_id, from_epoch) VALUES (?1, ?2, ?3)";
static const char SQL_ADD_LINK[] = "INSERT INTO roster_link (room_id, epoch, author, body) VALUES (?1, ?2, ?3, ?4)";
static const char SQL_ADD_ENVELOPE[] = "INSERT INTO envelope (room_id, epoch, member, author, body) VALUES (?1, ?2, ?3, ?4, ?5)";
static const char SQL_GET_LINK[] = "SELECT body FROM roster_link WHERE room_id = ?1 AND epoch = ?2";
static const char SQL_HAS_SELF[] =
    "SELECT COUNT(*) FROM member m JOIN room r ON r.id = m.room_id WHERE m.person_id = ?1 AND r.kind = 'self'";
static const char SQL_NEXT_EPOCH[] =
    "UPDATE room SET epoch = epoch + 1, must_roll = 0 WHERE id = ?1 AND epoch + 1 = ?2 AND must_roll <= ?4 AND ended_ms IS NULL"
    " AND EXISTS (SELECT 1 FROM member WHERE room_id = ?1 AND person_id = ?3)";
static const char SQL_END[] = "UPDATE room SET ended_ms = ?2 WHERE id = ?1 AND ended_ms IS NULL";

static const char SQL_OWE_KEY[] = "UPDATE room SET must_roll = 1 WHERE id = ?1 RETURNING epoch";
static const char SQL_MEMBERS[] = "SELECT person_id, from_epoch FROM member WHERE room_id = ?1 ORDER BY from_epoch, person_id";
static const char SQL_DROP_MEMBER[] = "DELETE FROM member WHERE room_id = ?1 AND person_id = ?2";
static const char SQL_DROP_MEMBERS_ENVELOPES[] = "DELETE FROM envelope WHERE room_id = ?1 AND member = ?2";

static const char SQL_GET[] =
    "SELECT r.id, r.kind, r.epoch, r.seq, r.ended_ms, r.must_roll FROM member m JOIN room r ON r.id = m.room_id"
    " WHERE m.room_id = ?1 AND m.person_id = ?2";
static const char SQL_EACH[] =
    "SELECT r.id, r.kind, r.epoch, r.seq, r.ended_ms, r.must_roll FROM member m JOIN room r ON r.id = m.room_id"
    " WHERE m.person_id = ?1 ORDER BY r.made_ms, r.id LIMIT ?2";
static const char SQL_SHARED[] =
    "SELECT COUNT(*) FROM member a JOIN member b ON b.room_id = a.room_id WHERE a.person_id = ?1 AND b.person_id = ?2";
static const char SQL_EACH_LINK[] = "SELECT body FROM roster_link WHERE room_id = ?1 AND epoch > ?2 ORDER BY epoch LIMIT ?3";
static const char SQL_EACH_ENVELOPE[] =
    "SELECT epoch, author, body FROM envelope WHERE room_id = ?1 AND member = ?2 AND epoch > ?3 ORDER BY epoch LIMIT ?4";
static const char SQL_EACH_ROSTER[] =
    "SELECT l.room_id, l.epoch, l.body, p.identity FROM roster_link l LEFT JOIN person p ON p.id = l.author ORDER BY l.room_id, l.epoch";
static const char SQL_COUNT[] = "SELECT (SELECT COUNT(*) FROM room), (SELECT COUNT(*) FROM entry)";

static const char SQL_ALONE[] =
    "SELECT m.room_id FROM member m WHERE m.person_id = ?1"
    " AND NOT EXISTS (SELECT 1 FROM member o WHERE o.room_id = m.room_id AND o.person_id <> ?1) LIMIT ?2";
static const char SQL_ERASE_WORDS[] =
    "UPDATE entry SET flags = 1, body = ?2 WHERE author = ?1 AND flags = 0"
    " AND room_id IN (SELECT room_id FROM member WHERE person_id = ?1)";
static const char SQL_ERASE_ENVELOPES[] =
    "DELETE FROM envelope WHERE member = ?1 AND room_id IN (SELECT room_id FROM member WHERE person_id = ?1)";
static const char SQL_ERASE_MEMBER[] = "DELETE FROM member WHERE person_id = ?1";
static const char SQL_DROP_ENTRIES[] = "DELETE FROM entry WHERE room_id = ?1";
static const char SQL_DROP_ENVELOPES[] = "DELETE FROM envelope WHERE room_id = ?1";
static const char SQL_DROP_LINKS[] = "DELETE FROM roster_link WHERE room_id = ?1";
static const char SQL_DROP_MEMBERS[] = "DELETE FROM member WHERE room_id = ?1";
static const char SQL_DROP_ROOM[] = "DELETE FROM room WHERE id = ?1";

enum { PAGE_LINKS = 1500, PAGE_ENVELOPES = 800 };   /* about what fits into a reply */

static const struct house_rule rules[] = {
    { "a room's seq is the number of its lines",
      "SELECT COUNT(*) FROM room r WHERE r.seq <> (SELECT COUNT(*) FROM entry e WHERE e.room_id = r.id)" },
    { "a room's seq is its last line's",
      "SELECT COUNT(*) FROM room r WHERE r.seq <> (SELECT COALESCE(MAX(e.seq), 0) FROM entry e WHERE e.room_id = r.id)" },
    { "seq begins at 1", "SELECT COUNT(*) FROM entry WHERE seq < 1" },
    { "every line is a room's", "SELECT COUNT(*) FROM entry e WHERE NOT EXISTS (SELECT 1 FROM room r WHERE r.id = e.room_id)" },
    { "what was taken back has no words", "SELECT COUNT(*) FROM entry WHERE flags = 1 AND length(body) > 0" },
    { "an entry has a body", "SELECT COUNT(*) FROM entry WHERE flags = 0 AND length(body) < 77" },
    { "what a line takes back is erased",
      "SELECT COUNT(*) FROM entry t WHERE t.flags = 2 AND NOT EXISTS"
      " (SELECT 1 FROM entry e WHERE e.room_id = t.room_id AND e.id = t.body AND e.flags = 1)" },
    { "a room has one link for each epoch",
      "SELECT COUNT(*) FROM room r WHERE r.epoch <> (SELECT COUNT(*) FROM roster_link l WHERE l.room_id = r.id)" },
    { "a room has members", "SELECT COUNT(*) FROM room r WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.room_id = r.id)" },
    { "every member is a person", "SELECT COUNT(*) FROM member m WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = m.person_id)" },
    { "a member has an envelope for each epoch they can read",
      "SELECT COUNT(*) FROM member m JOIN roster_link l ON l.room_id = m.room_id AND l.epoch >= m.from_epoch WHERE NOT EXISTS"
      " (SELECT 1 FROM envelope v WHERE v.room_id = m.room_id AND v.epoch = l.epoch AND v.member = m.person_id)" },
    { "only a circle's room can owe a key", "SELECT COUNT(*) FROM room WHERE must_roll <> 0 AND (must_roll <> 1 OR kind <> 'circle')" },
    { "a self room has one member",
      "SELECT COUNT(*) FROM room r WHERE r.kind = 'self' AND (SELECT COUNT(*) FROM member m WHERE m.room_id = r.id) <> 1" },
};

/* ---- the hot path ---- */

enum err room_store_next_seq(struct store_conn *db, const struct id *room, int64_t epoch, const struct id *author, int64_t *ret_seq)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_NEXT_SEQ, STORE_VALUES(store_v_id(room), store_v_int(epoch), store_v_id(author)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    *ret_seq = store_int(rows, 0);
    return ERR_OK;
}

enum err room_store_put_line(struct store_conn *db, const struct room_line *line, bool *ret_new)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_PUT_LINE,
                   STORE_VALUES(store_v_id(&line->room), store_v_int(line->seq), store_v_id(&line->id), store_v_id(&line->author),
                                store_v_int(line->epoch), store_v_int(line->time_ms), store_v_int(line->flags), store_v_bytes(line->body)),
                   &changed));
    *ret_new = changed == 1;
    return ERR_OK;
}

enum err room_store_audience(struct store_conn *db, const struct id *room, const struct id *author, int64_t epoch,
                             struct room_audience *ret)
{
    STORE_ROWS rows = NULL;
    ret->n_hear = ret->n_withhold = 0;
    TRY(store_query(db, SQL_AUDIENCE, STORE_VALUES(store_v_id(room), store_v_id(author), store_v_int(epoch)), &rows));
    for (bool row = false;;) {
        struct id member;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        if (ret->n_hear + ret->n_withhold == ROOM_MEMBERS_MAX) return ERR_STORE;
        TRY(store_id(rows, 0, &member));
        if (store_int(rows, 1) == 0) ret->hear[ret->n_hear++] = member;
        else ret->withhold[ret->n_withhold++] = member;
    }
}

/* ---- lines ---- */

enum err room_store_next_seq_any(struct store_conn *db, const struct id *room, int64_t *ret_seq, int64_t *ret_epoch)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_NEXT_SEQ_ANY, STORE_VALUES(store_v_id(room)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    *ret_seq = store_int(rows, 0);
    *ret_epoch = store_int(rows, 1);
    return ERR_OK;
}

enum err room_store_give_back_seq(struct store_conn *db, const struct id *room)
{
    return store_exec(db, SQL_GIVE_BACK_SEQ, STORE_VALUES(store_v_id(room)), NULL);
}

/* The columns that SQL_LINE, SQL_LINE_AT and SQL_PAGE share; the body is a view into the row. */
static enum err read_line(const struct store_rows *rows, const struct id *room, struct room_line *ret)
{
    struct room_line line = { .room = *room, .seq = store_int(rows, 0), .time_ms = store_int(rows, 1),
                              .flags = (int)store_int(rows, 4), .body = store_bytes(rows, 5), .epoch = store_int(rows, 6) };
    TRY(store_id(rows, 2, &line.author));
    TRY(store_id(rows, 3, &line.id));
    *ret = line;
    return ERR_OK;
}

static enum err one_line(struct store_conn *db, struct arena *a, const char *sql, const struct id *room,
                         struct store_value which, struct room_line *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    struct room_line line;
    TRY(store_query(db, sql, STORE_VALUES(store_v_id(room), which), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    TRY(read_line(rows, room, &line));
    TRY(arena_copy(a, line.body, &line.body));
    *ret = line;
    return ERR_OK;
}

enum err room_store_line(struct store_conn *db, struct arena *a, const struct id *room, const struct id *entry, struct room_line *ret)
{
    return one_line(db, a, SQL_LINE, room, store_v_id(entry), ret);
}

enum err room_store_line_at(struct store_conn *db, struct arena *a, const struct id *room, int64_t seq, struct room_line *ret)
{
    return one_line(db, a, SQL_LINE_AT, room, store_v_int(seq), ret);
}

enum err room_fade(struct store_conn *db, const struct id *room, const struct id *entry)
{
    return store_exec(db, SQL_ERASE_LINE, STORE_VALUES(store_v_id(room), store_v_id(entry), store_v_bytes(bytes_of(NULL, 0))), NULL);
}

enum err room_store_page_start(struct store_conn *db, const struct id *room, int64_t before, int64_t limit, size_t max, int64_t *ret)
{
    STORE_ROWS rows = NULL;
    size_t total = 0;
    int64_t start = before;
    TRY(store_query(db, SQL_PAGE_SIZES, STORE_VALUES(store_v_id(room), store_v_int(before), store_v_int(limit)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (row) total += ROOM_FRAME_HEAD + (size_t)store_int(rows, 1);
        if (!row || total > max) break;
        start = store_int(rows, 0);
    }
    *ret = start;
    return ERR_OK;
}

enum err room_store_each_line(struct store_conn *db, const struct id *room, const struct id *reader, int64_t after, int64_t before,
                              int64_t limit, enum err (*each)(void *arg, const struct room_line *line, bool *ret_more), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_PAGE,
                    STORE_VALUES(store_v_id(room), store_v_id(reader), store_v_int(after), store_v_int(before), store_v_int(limit)),
                    &rows));
    for (bool row = false, more = true; more;) {
        struct room_line line;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(read_line(rows, room, &line));
        if (store_int(rows, 7) > 0) {
            line.flags = ROOM_WITHHELD;
            line.body = bytes_of(NULL, 0);
        }
        TRY(each(arg, &line, &more));
    }
    return ERR_OK;
}

/* ---- founding and epochs ---- */

enum err room_store_add(struct store_conn *db, const struct room_link *link, struct text kind, int64_t now_ms, bool *ret_new)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_ADD, STORE_VALUES(store_v_id(&link->room), store_v_text(kind), store_v_int(now_ms)), &changed));
    *ret_new = changed == 1;
    return ERR_OK;
}

enum err room_store_add_member(struct store_conn *db, const struct id *room, const struct id *person, int64_t from_epoch)
{
    return store_exec(db, SQL_ADD_MEMBER, STORE_VALUES(store_v_id(room), store_v_id(person), store_v_int(from_epoch)), NULL);
}

enum err room_store_drop_member(struct store_conn *db, const struct id *room, const struct id *person)
{
    TRY(store_exec(db, SQL_DROP_MEMBERS_ENVELOPES, STORE_VALUES(store_v_id(room), store_v_id(person)), NULL));
    return store_exec(db, SQL_DROP_MEMBER, STORE_VALUES(store_v_id(room), store_v_id(person)), NULL);
}

enum err room_store_add_change(struct store_conn *db, const struct room_change *change)
{
    const struct room_link *link = &change->link;
    TRY(store_exec(db, SQL_ADD_LINK,
                   STORE_VALUES(store_v_id(&link->room), store_v_int(link->epoch), store_v_id(&link->author), store_v_bytes(link->bytes)),
                   NULL));
    for (size_t i = 0; i < link->n; i++)
        TRY(store_exec(db, SQL_ADD_ENVELOPE,
                       STORE_VALUES(store_v_id(&link->room), store_v_int(link->epoch), store_v_id(&link->members[i]),
                                    store_v_id(&link->author), store_v_bytes(change->envelopes[i])), NULL));
    return ERR_OK;
}

enum err room_store_link(struct store_conn *db, struct arena *a, const struct id *room, int64_t epoch, struct bytes *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_GET_LINK, STORE_VALUES(store_v_id(room), store_v_int(epoch)), &rows));
    TRY(store_next(rows, &row));
    return row ? arena_copy(a, store_bytes(rows, 0), ret) : ERR_NOT_FOUND;
}

enum err room_store_has_self(struct store_conn *db, const struct id *person, bool *ret)
{
    int64_t n = 0;
    TRY(store_query_int(db, SQL_HAS_SELF, STORE_VALUES(store_v_id(person)), &n));
    *ret = n > 0;
    return ERR_OK;
}

enum err room_is_shared(struct store_conn *db, const struct id *a, const struct id *b, bool *ret)
{
    int64_t n = 0;
    TRY(store_query_int(db, SQL_SHARED, STORE_VALUES(store_v_id(a), store_v_id(b)), &n));
    *ret = n > 0;
    return ERR_OK;
}

enum err room_store_next_epoch(struct store_conn *db, const struct id *room, int64_t epoch, const struct id *author, bool due, bool *ret_done)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_NEXT_EPOCH, STORE_VALUES(store_v_id(room), store_v_int(epoch), store_v_id(author), store_v_int(due)), &changed));
    *ret_done = changed == 1;
    return ERR_OK;
}

enum err room_end(struct store_conn *db, const struct id *room, int64_t now_ms)
{
    return store_exec(db, SQL_END, STORE_VALUES(store_v_id(room), store_v_int(now_ms)), NULL);
}

/* ---- who is in it ---- */

static enum err read_head(const struct store_rows *rows, struct room_head *ret)
{
    struct room_head h = { .kind = store_text(rows, 1), .epoch = store_int(rows, 2), .seq = store_int(rows, 3),
                           .ended = !store_is_null(rows, 4), .must_roll = store_int(rows, 5) != 0 };
    TRY(store_id(rows, 0, &h.id));
    *ret = h;
    return ERR_OK;
}

enum err room_get(struct store_conn *db, struct arena *a, const struct id *room, const struct id *person, struct room_head *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    struct room_head h;
    TRY(store_query(db, SQL_GET, STORE_VALUES(store_v_id(room), store_v_id(person)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    TRY(read_head(rows, &h));
    TRY(arena_copy_text(a, h.kind, &h.kind));
    *ret = h;
    return ERR_OK;
}

enum err room_each(struct store_conn *db, const struct id *person, enum err (*each)(void *arg, const struct room_head *h), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH, STORE_VALUES(store_v_id(person), store_v_int(ROOM_LIST_MAX)), &rows));
    for (bool row = false;;) {
        struct room_head h;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(read_head(rows, &h));
        TRY(each(arg, &h));
    }
}

enum err room_members(struct store_conn *db, const struct id *room, struct room_members *ret)
{
    STORE_ROWS rows = NULL;
    ret->n = 0;
    TRY(store_query(db, SQL_MEMBERS, STORE_VALUES(store_v_id(room)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        if (ret->n == ROOM_MEMBERS_MAX) return ERR_STORE;
        struct room_member *m = &ret->all[ret->n++];
        TRY(store_id(rows, 0, &m->person));
        m->from_epoch = store_int(rows, 1);
    }
}

enum err room_let_go(struct store_conn *db, const struct id *room, const struct id *person, int64_t *ret_epoch)
{
    TRY(store_query_int(db, SQL_OWE_KEY, STORE_VALUES(store_v_id(room)), ret_epoch));
    return room_store_drop_member(db, room, person);
}

enum err room_store_each_link(struct store_conn *db, const struct id *room, int64_t after,
                              enum err (*each)(void *arg, struct bytes link, bool *ret_more), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_LINK, STORE_VALUES(store_v_id(room), store_v_int(after), store_v_int(PAGE_LINKS)), &rows));
    for (bool row = false, more = true; more;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(each(arg, store_bytes(rows, 0), &more));
    }
    return ERR_OK;
}

enum err room_store_each_envelope(struct store_conn *db, const struct id *room, const struct id *member, int64_t after,
                                  enum err (*each)(void *arg, int64_t epoch, const struct id *author, struct bytes envelope, bool *ret_more),
                                  void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_ENVELOPE,
                    STORE_VALUES(store_v_id(room), store_v_id(member), store_v_int(after), store_v_int(PAGE_ENVELOPES)), &rows));
    for (bool row = false, more = true; more;) {
        struct id author;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 1, &author));
        TRY(each(arg, store_int(rows, 0), &author, store_bytes(rows, 2), &more));
    }
    return ERR_OK;
}

/* ---- erasing ---- */

struct alone { size_t n; struct id rooms[ROOM_LIST_MAX]; };

static enum err find_alone(struct store_conn *db, const struct id *person, struct alone *ret)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_ALONE, STORE_VALUES(store_v_id(person), store_v_int(ROOM_LIST_MAX)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row || ret->n == ROOM_LIST_MAX) return ERR_OK;
        TRY(store_id(rows, 0, &ret->rooms[ret->n++]));
    }
}

/* The room's own row goes first: whoever is writing into it holds that row, and is waited for; nobody writes after. */
enum err room_erase(struct store_conn *db, const struct id *room)
{
    TRY(store_exec(db, SQL_DROP_ROOM, STORE_VALUES(store_v_id(room)), NULL));
    TRY(store_exec(db, SQL_DROP_ENTRIES, STORE_VALUES(store_v_id(room)), NULL));
    TRY(store_exec(db, SQL_DROP_ENVELOPES, STORE_VALUES(store_v_id(room)), NULL));
    TRY(store_exec(db, SQL_DROP_LINKS, STORE_VALUES(store_v_id(room)), NULL));
    return store_exec(db, SQL_DROP_MEMBERS, STORE_VALUES(store_v_id(room)), NULL);
}

enum err room_erase_person(struct store_conn *db, struct arena *a, const struct id *person)
{
    struct alone *alone = arena_take(a, sizeof *alone);
    if (!alone) return ERR_MEMORY;
    TRY(find_alone(db, person, alone));
    for (size_t i = 0; i < alone->n; i++)
        TRY(room_erase(db, &alone->rooms[i]));
    TRY(store_exec(db, SQL_ERASE_WORDS, STORE_VALUES(store_v_id(person), store_v_bytes(bytes_of(NULL, 0))), NULL));
    TRY(store_exec(db, SQL_ERASE_ENVELOPES, STORE_VALUES(store_v_id(person)), NULL));
    return store_exec(db, SQL_ERASE_MEMBER, STORE_VALUES(store_v_id(person)), NULL);
}

/* ---- figures and rules ---- */

enum err room_count(struct store_conn *db, int64_t *ret_rooms, int64_t *ret_lines)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_COUNT, STORE_NO_VALUES, &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret_rooms = store_int(rows, 0);
    *ret_lines = store_int(rows, 1);
    return ERR_OK;
}

enum err room_store_each_roster(struct store_conn *db, enum err (*each)(void *arg, const struct room_stored_link *l), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_ROSTER, STORE_NO_VALUES, &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        struct room_stored_link l = { .epoch = store_int(rows, 1), .link = store_bytes(rows, 2) };
        if (!store_is_null(rows, 3)) l.identity = store_bytes(rows, 3);
        TRY(store_id(rows, 0, &l.room));
        TRY(each(arg, &l));
    }
}

enum err room_store_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
