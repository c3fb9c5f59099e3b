/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Circles in the store. Who is in one stands in the room's own table `member`; here is the rest. */
#include "circle/circle.h"

#include "lib/clock.h"

static const char SQL_GET[] =
    "SELECT size, line, fade_days, gathering_fade_days, door_minutes, made_ms, faded_seq FROM circle WHERE room_id = ?1";
static const char SQL_HOLD[] = "UPDATE circle SET size = size WHERE room_id = ?1";
static const char SQL_ADD[] =
    "INSERT INTO circle (room_id, size, fade_days, gathering_fade_days, door_minutes, made_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char SQL_SET[] =
    "UPDATE circle SET size = ?2, line = ?3, fade_days = ?4, gathering_fade_days = ?5, door_minutes = ?6 WHERE room_id = ?1";
static const char SQL_OF[] =
    "SELECT c.room_id FROM member m JOIN circle c ON c.room_id = m.room_id WHERE m.person_id = ?1 ORDER BY c.made_ms, c.room_id LIMIT ?2";
static const char SQL_COUNT_OF[] =
    "SELECT (SELECT COUNT(*) FROM member m JOIN circle c ON c.room_id = m.room_id WHERE m.person_id = ?1)"
    " + (SELECT COUNT(*) FROM circle_request WHERE person_id = ?1 AND state = 'knocking')";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM circle";

static const char SQL_IS_KEEPER[] = "SELECT COUNT(*) FROM circle_keeper WHERE room_id = ?1 AND person_id = ?2";
static const char SQL_ADD_KEEPER[] = "INSERT INTO circle_keeper (room_id, person_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
static const char SQL_DROP_KEEPER[] = "DELETE FROM circle_keeper WHERE room_id = ?1 AND person_id = ?2";
static const char SQL_COUNT_KEEPERS[] = "SELECT COUNT(*) FROM circle_keeper WHERE room_id = ?1";

static const char SQL_PUT_LEFT[] =
    "INSERT INTO circle_left (room_id, person_id, epoch, statement) VALUES (?1, ?2, ?3, ?4)";
static const char SQL_DROP_LEFT[] = "DELETE FROM circle_left WHERE room_id = ?1 AND person_id = ?2";
static const char SQL_FORGET_GONE[] =
    "DELETE FROM circle_left WHERE room_id = ?1 AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = circle_left.person_id)";
static const char SQL_EACH_LEFT[] =
    "SELECT l.person_id, l.statement FROM circle_left l JOIN room r ON r.id = l.room_id WHERE l.room_id = ?1 AND l.epoch = r.epoch"
    " ORDER BY l.person_id";

static const char SQL_PUT_REQUEST[] =
    "INSERT INTO circle_request (room_id, person_id, invite_id, state, body, made_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char SQL_REQUEST[] = "SELECT state, made_ms, invite_id FROM circle_request WHERE room_id = ?1 AND person_id = ?2";
static const char SQL_KNOCKED[] = "SELECT room_id FROM circle_request WHERE person_id = ?1 AND invite_id = ?2 AND state = 'knocking'";
static const char SQL_SET_STATE[] = "UPDATE circle_request SET state = ?3 WHERE room_id = ?1 AND person_id = ?2";
static const char SQL_SET_ANSWER[] =
    "UPDATE circle_request SET state = ?3, answer = ?4, answered_by = ?5 WHERE room_id = ?1 AND person_id = ?2";
static const char SQL_DROP_REQUEST[] = "DELETE FROM circle_request WHERE room_id = ?1 AND person_id = ?2";
static const char SQL_COUNT_REQUESTS[] =
    "SELECT COUNT(*), COUNT(CASE WHEN state IN ('asking', 'welcomed') THEN 1 END) FROM circle_request WHERE person_id = ?1 AND invite_id IS NULL";
static const char SQL_COUNT_ASKING[] =
    "SELECT COUNT(*) FROM circle_request WHERE room_id = ?1 AND state IN ('asking', 'welcomed')";
static const char SQL_COUNT_KNOCKING[] = "SELECT COUNT(*) FROM circle_request WHERE room_id = ?1 AND state = 'knocking'";
/* Words of someone whom the reader blocks are withheld; that they stand there is not. */
static const char SQL_EACH_AT[] =
    "SELECT q.person_id, q.invite_id, q.state, q.made_ms, q.body,"
    " (SELECT COUNT(*) FROM block b WHERE b.person_id = ?2 AND b.blocked = q.person_id)"
    " FROM circle_request q WHERE q.room_id = ?1 AND q.state <> 'declined' ORDER BY q.made_ms, q.person_id LIMIT ?3";
static const char SQL_EACH_OF[] =
    "SELECT q.room_id, c.line, q.state, q.made_ms, q.answer, q.answered_by FROM circle_request q JOIN circle c ON c.room_id = q.room_id"
    " WHERE q.person_id = ?1 ORDER BY q.made_ms, q.room_id LIMIT ?2";

static const char SQL_LIST[] =
    "SELECT c.room_id, c.line, c.size - (SELECT COUNT(*) FROM member m WHERE m.room_id = c.room_id)"
    " - (SELECT COUNT(*) FROM circle_request q WHERE q.room_id = c.room_id AND q.state = 'knocking')"
    " FROM circle c WHERE c.line IS NOT NULL ORDER BY c.made_ms DESC, c.room_id LIMIT ?1";
static const char SQL_LISTED_KEEPERS[] =
    "SELECT p.id, p.identity FROM circle_keeper k JOIN person p ON p.id = k.person_id"
    " JOIN member m ON m.room_id = k.room_id AND m.person_id = k.person_id"
    " WHERE k.room_id = ?1 ORDER BY m.from_epoch, p.id LIMIT ?2";
/* ?2 was in a circle of ?1's or stands at its door; or ?1 stands at the door, and ?2 keeps it or answered. */
static const char SQL_MEETS[] =
    "SELECT (SELECT COUNT(*) FROM circle_left l JOIN member m ON m.room_id = l.room_id WHERE l.person_id = ?2 AND m.person_id = ?1)"
    " + (SELECT COUNT(*) FROM circle_request q JOIN member m ON m.room_id = q.room_id WHERE q.person_id = ?2 AND m.person_id = ?1)"
    " + (SELECT COUNT(*) FROM circle_request q JOIN circle_keeper k ON k.room_id = q.room_id WHERE q.person_id = ?1 AND k.person_id = ?2)"
    " + (SELECT COUNT(*) FROM circle_request q WHERE q.person_id = ?1 AND q.answered_by = ?2)";

static const char SQL_SET_APART[] = "INSERT INTO circle_apart (room_id, id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
static const char SQL_DUE[] =
    "SELECT c.room_id, c.faded_seq, c.fade_days FROM circle c JOIN entry e ON e.room_id = c.room_id AND e.seq = c.faded_seq + 1"
    " WHERE c.fade_days > 0 AND e.time_ms < ?1 - c.fade_days * 86400000 ORDER BY e.time_ms LIMIT ?2";
/* The last of the next lines that are all old: seq has no gap, so a range bounds how many these are. */
static const char SQL_FADE_TO[] =
    "SELECT COALESCE((SELECT MIN(seq) - 1 FROM entry WHERE room_id = ?1 AND seq > ?2 AND seq <= ?3 AND time_ms >= ?4),"
    " (SELECT MAX(seq) FROM entry WHERE room_id = ?1 AND seq > ?2 AND seq <= ?3), ?2)";
static const char SQL_FADING[] =
    "SELECT e.id FROM entry e WHERE e.room_id = ?1 AND e.seq > ?2 AND e.seq <= ?3 AND e.flags = 0"
    " AND NOT EXISTS (SELECT 1 FROM circle_apart a WHERE a.room_id = ?1 AND a.id = e.id)";
static const char SQL_FADED[] = "UPDATE circle SET faded_seq = ?2 WHERE room_id = ?1 AND faded_seq < ?2";
static const char SQL_DUE_VOICES[] =
    "SELECT v.room_id, v.id, v.author FROM circle c JOIN voice v ON v.room_id = c.room_id"
    " WHERE c.fade_days > 0 AND v.made_ms < ?1 - c.fade_days * 86400000"
    " AND NOT EXISTS (SELECT 1 FROM circle_apart a WHERE a.room_id = v.room_id AND a.id = v.id) ORDER BY v.author LIMIT ?2";

static const char SQL_ERASE[] = "DELETE FROM circle WHERE room_id = ?1";
static const char SQL_ERASE_KEEPERS[] = "DELETE FROM circle_keeper WHERE room_id = ?1";
static const char SQL_ERASE_LEFT[] = "DELETE FROM circle_left WHERE room_id = ?1";
static const char SQL_ERASE_REQUESTS[] = "DELETE FROM circle_request WHERE room_id = ?1";
static const char SQL_ERASE_APART[] = "DELETE FROM circle_apart WHERE room_id = ?1";
static const char SQL_ERASE_WORDS[] =
    "UPDATE entry SET flags = 1, body = ?2 WHERE author = ?1 AND flags = 0"
    " AND room_id IN (SELECT room_id FROM circle_left WHERE person_id = ?1)";
static const char SQL_ERASE_MY_REQUESTS[] = "DELETE FROM circle_request WHERE person_id = ?1";
static const char SQL_ERASE_MY_LEFT[] =
    "DELETE FROM circle_left WHERE person_id = ?1 AND epoch < (SELECT r.epoch FROM room r WHERE r.id = circle_left.room_id)";

static const char SQL_EACH_NEWEST[] =
    "SELECT c.room_id, k.body, (SELECT COUNT(*) FROM circle_left l WHERE l.room_id = c.room_id AND l.epoch = r.epoch), r.must_roll"
    " FROM circle c JOIN room r ON r.id = c.room_id JOIN roster_link k ON k.room_id = r.id AND k.epoch = r.epoch";

static const struct house_rule rules[] = {
    { "every circle has a room", "SELECT COUNT(*) FROM circle c WHERE NOT EXISTS (SELECT 1 FROM room r WHERE r.id = c.room_id AND r.kind = 'circle')" },
    { "every circle's room is a circle's",
      "SELECT COUNT(*) FROM room r WHERE r.kind = 'circle' AND NOT EXISTS (SELECT 1 FROM circle c WHERE c.room_id = r.id)" },
    { "a circle's rules are in their bounds",
      "SELECT COUNT(*) FROM circle WHERE size < 3 OR size > 24 OR fade_days < 0 OR fade_days > 3650 OR gathering_fade_days < 0"
      " OR gathering_fade_days > 3650 OR door_minutes < 0 OR door_minutes > 60 OR faded_seq < 0" },
    { "a circle has not more people than it wants, those at the door counted",
      "SELECT COUNT(*) FROM circle c WHERE (SELECT COUNT(*) FROM member m WHERE m.room_id = c.room_id) > c.size" },
    { "every circle has a keeper", "SELECT COUNT(*) FROM circle c WHERE NOT EXISTS (SELECT 1 FROM circle_keeper k WHERE k.room_id = c.room_id)" },
    { "every keeper is a member",
      "SELECT COUNT(*) FROM circle_keeper k WHERE NOT EXISTS (SELECT 1 FROM circle c JOIN member m ON m.room_id = c.room_id"
      " WHERE c.room_id = k.room_id AND m.person_id = k.person_id)" },
    { "nobody has left and is there",
      "SELECT COUNT(*) FROM circle_left l JOIN member m ON m.room_id = l.room_id AND m.person_id = l.person_id" },
    { "who left had a key of the circle",
      "SELECT COUNT(*) FROM circle_left l WHERE NOT EXISTS (SELECT 1 FROM circle c JOIN room r ON r.id = c.room_id"
      " WHERE c.room_id = l.room_id AND l.epoch >= 1 AND l.epoch <= r.epoch) OR length(l.statement) NOT IN (0, 68)" },
    { "who left is a person, or a new key is due",
      "SELECT COUNT(*) FROM circle_left l JOIN room r ON r.id = l.room_id WHERE l.epoch < r.epoch"
      " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = l.person_id)" },
    { "whoever is at a door is a person, and not in there",
      "SELECT COUNT(*) FROM circle_request q WHERE NOT EXISTS (SELECT 1 FROM circle c WHERE c.room_id = q.room_id)"
      " OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = q.person_id)"
      " OR EXISTS (SELECT 1 FROM member m WHERE m.room_id = q.room_id AND m.person_id = q.person_id)" },
    { "who came by an invite knocks, and who was answered has an answer",
      "SELECT COUNT(*) FROM circle_request WHERE (invite_id IS NOT NULL AND state <> 'knocking')"
      " OR state NOT IN ('asking', 'welcomed', 'declined', 'knocking')"
      " OR (answer IS NULL) <> (answered_by IS NULL) OR (answer IS NULL) <> (state = 'asking' OR invite_id IS NOT NULL)" },
    { "what is set apart is a circle's", "SELECT COUNT(*) FROM circle_apart a WHERE NOT EXISTS (SELECT 1 FROM circle c WHERE c.room_id = a.room_id)" },
};

/* ---- the circle ---- */

enum err circle_hold(struct store_conn *db, const struct id *room)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_HOLD, STORE_VALUES(store_v_id(room)), &changed));
    return changed == 1 ? ERR_OK : ERR_NOT_FOUND;
}

enum err circle_get(struct store_conn *db, struct arena *a, const struct id *room, struct circle *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_GET, STORE_VALUES(store_v_id(room)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    struct circle c = { .room = *room, .size = store_int(rows, 0), .listed = !store_is_null(rows, 1), .fade_days = store_int(rows, 2),
                        .gathering_fade_days = store_int(rows, 3), .door_minutes = store_int(rows, 4), .made_ms = store_int(rows, 5),
                        .faded_seq = store_int(rows, 6) };
    if (c.listed) TRY(arena_copy_text(a, store_text(rows, 1), &c.line));
    *ret = c;
    return ERR_OK;
}

enum err circle_store_add(struct store_conn *db, const struct circle *c)
{
    return store_exec(db, SQL_ADD,
                      STORE_VALUES(store_v_id(&c->room), store_v_int(c->size), store_v_int(c->fade_days),
                                   store_v_int(c->gathering_fade_days), store_v_int(c->door_minutes), store_v_int(c->made_ms)), NULL);
}

enum err circle_store_set(struct store_conn *db, const struct circle *c)
{
    return store_exec(db, SQL_SET,
                      STORE_VALUES(store_v_id(&c->room), store_v_int(c->size), c->listed ? store_v_text(c->line) : store_v_null(),
                                   store_v_int(c->fade_days), store_v_int(c->gathering_fade_days), store_v_int(c->door_minutes)), NULL);
}

enum err circle_store_of(struct store_conn *db, const struct id *person, struct circle_ids *ret)
{
    STORE_ROWS rows = NULL;
    ret->n = 0;
    TRY(store_query(db, SQL_OF, STORE_VALUES(store_v_id(person), store_v_int(HOUSE_CIRCLES_MAX)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &ret->all[ret->n++]));
    }
}

enum err circle_store_count_of(struct store_conn *db, const struct id *person, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT_OF, STORE_VALUES(store_v_id(person)), ret);
}

static enum err is_any(struct store_conn *db, const char *sql, const struct id *a, const struct id *b, bool *ret)
{
    int64_t n = 0;
    TRY(store_query_int(db, sql, STORE_VALUES(store_v_id(a), store_v_id(b)), &n));
    *ret = n > 0;
    return ERR_OK;
}

enum err circle_is_keeper(struct store_conn *db, const struct id *room, const struct id *person, bool *ret)
{
    return is_any(db, SQL_IS_KEEPER, room, person, ret);
}

enum err circle_store_meets(struct store_conn *db, const struct id *one, const struct id *other, bool *ret)
{
    return is_any(db, SQL_MEETS, one, other, ret);
}

enum err circle_store_add_keeper(struct store_conn *db, const struct id *room, const struct id *person)
{
    return store_exec(db, SQL_ADD_KEEPER, STORE_VALUES(store_v_id(room), store_v_id(person)), NULL);
}

enum err circle_store_drop_keeper(struct store_conn *db, const struct id *room, const struct id *person)
{
    return store_exec(db, SQL_DROP_KEEPER, STORE_VALUES(store_v_id(room), store_v_id(person)), NULL);
}

enum err circle_store_count_keepers(struct store_conn *db, const struct id *room, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT_KEEPERS, STORE_VALUES(store_v_id(room)), ret);
}

/* ---- those who left ---- */

enum err circle_store_put_left(struct store_conn *db, const struct id *room, const struct id *person, int64_t epoch, struct bytes statement)
{
    return store_exec(db, SQL_PUT_LEFT, STORE_VALUES(store_v_id(room), store_v_id(person), store_v_int(epoch), store_v_bytes(statement)), NULL);
}

enum err circle_store_drop_left(struct store_conn *db, const struct id *room, const struct id *person)
{
    return store_exec(db, SQL_DROP_LEFT, STORE_VALUES(store_v_id(room), store_v_id(person)), NULL);
}

enum err circle_store_forget_gone(struct store_conn *db, const struct id *room)
{
    return store_exec(db, SQL_FORGET_GONE, STORE_VALUES(store_v_id(room)), NULL);
}

enum err circle_store_each_left(struct store_conn *db, const struct id *room,
                                enum err (*each)(void *arg, const struct id *person, struct bytes statement), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_LEFT, STORE_VALUES(store_v_id(room)), &rows));
    for (bool row = false;;) {
        struct id person;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &person));
        TRY(each(arg, &person, store_bytes(rows, 1)));
    }
}

/* ---- the door ---- */

static enum err state_from(struct text name, enum circle_state *ret)
{
    for (int s = 0; s < CIRCLE_STATES; s++) {
        if (!text_equal(name, circle_state_name((enum circle_state)s))) continue;
        *ret = (enum circle_state)s;
        return ERR_OK;
    }
    return ERR_STORE;
}

enum err circle_store_put_request(struct store_conn *db, const struct circle_request *r)
{
    return store_exec(db, SQL_PUT_REQUEST,
                      STORE_VALUES(store_v_id(&r->room), store_v_id(&r->person), id_is_zero(&r->invite) ? store_v_null() : store_v_id(&r->invite),
                                   store_v_text(circle_state_name(r->state)), store_v_bytes(r->body), store_v_int(r->made_ms)), NULL);
}

enum err circle_store_request(struct store_conn *db, const struct id *room, const struct id *person, struct circle_request *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_REQUEST, STORE_VALUES(store_v_id(room), store_v_id(person)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    struct circle_request r = { .room = *room, .person = *person, .made_ms = store_int(rows, 1) };
    TRY(state_from(store_text(rows, 0), &r.state));
    if (!store_is_null(rows, 2)) TRY(store_id(rows, 2, &r.invite));
    *ret = r;
    return ERR_OK;
}

enum err circle_store_knocked(struct store_conn *db, const struct id *person, const struct id *invite, struct id *ret_room, bool *ret)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_KNOCKED, STORE_VALUES(store_v_id(person), store_v_id(invite)), &rows));
    TRY(store_next(rows, ret));
    return *ret ? store_id(rows, 0, ret_room) : ERR_OK;
}

enum err circle_store_set_state(struct store_conn *db, const struct id *room, const struct id *person, enum circle_state state)
{
    return store_exec(db, SQL_SET_STATE, STORE_VALUES(store_v_id(room), store_v_id(person), store_v_text(circle_state_name(state))), NULL);
}

enum err circle_store_set_answer(struct store_conn *db, const struct circle_request *r)
{
    return store_exec(db, SQL_SET_ANSWER,
                      STORE_VALUES(store_v_id(&r->room), store_v_id(&r->person), store_v_text(circle_state_name(r->state)),
                                   store_v_bytes(r->answer), store_v_id(&r->answered_by)), NULL);
}

enum err circle_store_drop_request(struct store_conn *db, const struct id *room, const struct id *person, bool *ret_done)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_DROP_REQUEST, STORE_VALUES(store_v_id(room), store_v_id(person)), &changed));
    *ret_done = changed == 1;
    return ERR_OK;
}

enum err circle_store_count_requests(struct store_conn *db, const struct id *person, int64_t *ret_waiting, int64_t *ret_all)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_COUNT_REQUESTS, STORE_VALUES(store_v_id(person)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret_all = store_int(rows, 0);
    *ret_waiting = store_int(rows, 1);
    return ERR_OK;
}

enum err circle_store_count_asking(struct store_conn *db, const struct id *room, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT_ASKING, STORE_VALUES(store_v_id(room)), ret);
}

enum err circle_store_count_knocking(struct store_conn *db, const struct id *room, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT_KNOCKING, STORE_VALUES(store_v_id(room)), ret);
}

enum err circle_store_each_at(struct store_conn *db, const struct id *room, const struct id *reader,
                              enum err (*each)(void *arg, const struct circle_request *r), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_AT,
                    STORE_VALUES(store_v_id(room), store_v_id(reader), store_v_int(CIRCLE_ASKING_MAX + ROOM_MEMBERS_MAX)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        struct circle_request r = { .room = *room, .made_ms = store_int(rows, 3), .body = store_bytes(rows, 4), .withheld = store_int(rows, 5) > 0 };
        TRY(store_id(rows, 0, &r.person));
        if (!store_is_null(rows, 1)) TRY(store_id(rows, 1, &r.invite));
        TRY(state_from(store_text(rows, 2), &r.state));
        TRY(each(arg, &r));
    }
}

enum err circle_store_each_request_of(struct store_conn *db, const struct id *person,
                                      enum err (*each)(void *arg, const struct circle_request *r), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_OF, STORE_VALUES(store_v_id(person), store_v_int(CIRCLE_REQUESTS_KEPT + HOUSE_CIRCLES_MAX)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        struct circle_request r = { .person = *person, .listed = !store_is_null(rows, 1), .made_ms = store_int(rows, 3),
                                    .has_answer = !store_is_null(rows, 4) };
        TRY(store_id(rows, 0, &r.room));
        TRY(state_from(store_text(rows, 2), &r.state));
        if (r.listed) r.line = store_text(rows, 1);
        if (r.has_answer) {
            r.answer = store_bytes(rows, 4);
            TRY(store_id(rows, 5, &r.answered_by));
        }
        TRY(each(arg, &r));
    }
}

/* ---- the directory ---- */

enum err circle_store_list(struct store_conn *db, struct arena *a, struct circle_list *ret)
{
    STORE_ROWS rows = NULL;
    ret->n = 0;
    TRY(store_query(db, SQL_LIST, STORE_VALUES(store_v_int(CIRCLE_LISTED_MAX)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        struct circle_listed *l = &ret->all[ret->n++];
        TRY(store_id(rows, 0, &l->room));
        TRY(arena_copy_text(a, store_text(rows, 1), &l->line));
        l->has_place = store_int(rows, 2) > 0;
    }
}

enum err circle_store_each_listed_keeper(struct store_conn *db, const struct id *room,
                                         enum err (*each)(void *arg, const struct id *person, struct bytes identity), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_LISTED_KEEPERS, STORE_VALUES(store_v_id(room), store_v_int(CIRCLE_LISTED_KEEPERS)), &rows));
    for (bool row = false;;) {
        struct id person;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &person));
        TRY(each(arg, &person, store_bytes(rows, 1)));
    }
}

/* ---- fading ---- */

enum err circle_set_apart(struct store_conn *db, const struct id *room, const struct id *thing)
{
    return store_exec(db, SQL_SET_APART, STORE_VALUES(store_v_id(room), store_v_id(thing)), NULL);
}

enum err circle_store_due(struct store_conn *db, int64_t now_ms, struct circle_due *ret)
{
    STORE_ROWS rows = NULL;
    ret->n = 0;
    TRY(store_query(db, SQL_DUE, STORE_VALUES(store_v_int(now_ms), store_v_int(CIRCLE_SWEEP_CIRCLES)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &ret->all[ret->n].room));
        ret->all[ret->n].from_seq = store_int(rows, 1);
        ret->all[ret->n++].before_ms = now_ms - store_int(rows, 2) * CLOCK_DAY_MS;
    }
}

/* The lines after FROM_SEQ up to TO that are not set apart; there are at most CIRCLE_SWEEP_LINES between the two. */
static enum err lines_that_fade(struct store_conn *db, const struct id *room, int64_t from_seq, int64_t to, struct id *ret, size_t *ret_n)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_FADING, STORE_VALUES(store_v_id(room), store_v_int(from_seq), store_v_int(to)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        if (*ret_n == CIRCLE_SWEEP_LINES) return ERR_STORE;
        TRY(store_id(rows, 0, &ret[(*ret_n)++]));
    }
}

enum err circle_store_fade(struct store_conn *db, const struct id *room, int64_t from_seq, int64_t before_ms)
{
    struct id lines[CIRCLE_SWEEP_LINES];
    size_t n = 0;
    int64_t to = 0;
    TRY(store_query_int(db, SQL_FADE_TO,
                        STORE_VALUES(store_v_id(room), store_v_int(from_seq), store_v_int(from_seq + CIRCLE_SWEEP_LINES),
                                     store_v_int(before_ms)), &to));
    TRY(lines_that_fade(db, room, from_seq, to, lines, &n));
    for (size_t i = 0; i < n; i++) TRY(room_fade(db, room, &lines[i]));
    return store_exec(db, SQL_FADED, STORE_VALUES(store_v_id(room), store_v_int(to)), NULL);
}

enum err circle_store_due_voices(struct store_conn *db, int64_t now_ms, struct circle_due_voices *ret)
{
    STORE_ROWS rows = NULL;
    ret->n = 0;
    TRY(store_query(db, SQL_DUE_VOICES, STORE_VALUES(store_v_int(now_ms), store_v_int(CIRCLE_SWEEP_VOICES)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &ret->all[ret->n].room));
        TRY(store_id(rows, 1, &ret->all[ret->n].voice));
        TRY(store_id(rows, 2, &ret->all[ret->n++].author));
    }
}

/* ---- erasing ---- */

enum err circle_store_erase(struct store_conn *db, const struct id *room)
{
    static const char *const all[] = { SQL_ERASE_KEEPERS, SQL_ERASE_LEFT, SQL_ERASE_REQUESTS, SQL_ERASE_APART, SQL_ERASE };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        TRY(store_exec(db, all[i], STORE_VALUES(store_v_id(room)), NULL));
    return ERR_OK;
}

enum err circle_store_erase_words(struct store_conn *db, const struct id *person)
{
    return store_exec(db, SQL_ERASE_WORDS, STORE_VALUES(store_v_id(person), store_v_bytes(bytes_of(NULL, 0))), NULL);
}

enum err circle_store_erase_person(struct store_conn *db, const struct id *person)
{
    TRY(store_exec(db, SQL_ERASE_MY_REQUESTS, STORE_VALUES(store_v_id(person)), NULL));
    return store_exec(db, SQL_ERASE_MY_LEFT, STORE_VALUES(store_v_id(person)), NULL);
}

/* ---- figures and rules ---- */

enum err circle_count(struct store_conn *db, int64_t *ret) { return store_query_int(db, SQL_COUNT, STORE_NO_VALUES, ret); }

enum err circle_store_each_newest(struct store_conn *db,
                                  enum err (*each)(void *arg, const struct id *room, struct bytes link, int64_t n_left, bool must_roll),
                                  void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_NEWEST, STORE_NO_VALUES, &rows));
    for (bool row = false;;) {
        struct id room;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &room));
        TRY(each(arg, &room, store_bytes(rows, 1), store_int(rows, 2), store_int(rows, 3) != 0));
    }
}

enum err circle_store_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
