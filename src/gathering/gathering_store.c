/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Gatherings in the store. Who moves one holds its row; seats and marks are touched only under it. */
#include "gathering/gathering.h"

#include <assert.h>

/* The door and the days to fade are the circle's; the days stand in the row itself once it has begun. */
#define COLUMNS                                                                                                        \
    " id, room_id, series, place, author, start_ms, minutes, turn_s, host, guardian, stage, version, turn, stage_began_ms," \
    " holder, turn_began_ms, replies, paused_until_ms, seen_ms, ended_ms, faded, changed_ms,"                           \
    " (SELECT c.door_minutes FROM circle c WHERE c.room_id = gathering.room_id),"                                      \
    " COALESCE(fade_days, (SELECT c.gathering_fade_days FROM circle c WHERE c.room_id = gathering.room_id))"
#define GONE                                                                                                           \
    " NOT EXISTS (SELECT 1 FROM gathering g JOIN member m ON m.room_id = g.room_id"                                    \
    " WHERE g.id = gathering_seat.gathering_id AND m.person_id = gathering_seat.person_id)"

static const char SQL_GET[] = "SELECT" COLUMNS " FROM gathering WHERE id = ?1";
static const char SQL_HOLD[] = "UPDATE gathering SET version = version WHERE id = ?1 RETURNING" COLUMNS;
static const char SQL_DROP_GONE[] = "DELETE FROM gathering_seat WHERE gathering_id = ?1 AND" GONE;
static const char SQL_SEATS[] =
    "SELECT person_id, place, late, waits, here, seen_ms FROM gathering_seat WHERE gathering_id = ?1 AND NOT" GONE " ORDER BY late, place";
static const char SQL_ADD[] =
    "INSERT INTO gathering (id, room_id, series, place, author, start_ms, minutes, turn_s, host, stage, changed_ms)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'ahead', ?10)";
static const char SQL_SAVE[] =
    "UPDATE gathering SET start_ms = ?2, minutes = ?3, host = ?4, guardian = ?5, stage = ?6, version = ?7, turn = ?8, stage_began_ms = ?9,"
    " holder = ?10, turn_began_ms = ?11, replies = ?12, paused_until_ms = ?13, seen_ms = ?14, ended_ms = ?15, fade_days = ?16,"
    " changed_ms = ?17 WHERE id = ?1";
static const char SQL_PUT_SEAT[] =
    "INSERT INTO gathering_seat (gathering_id, person_id, place, late, waits, here, seen_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    " ON CONFLICT (gathering_id, person_id) DO UPDATE SET place = excluded.place, late = excluded.late, waits = excluded.waits,"
    " here = excluded.here, seen_ms = excluded.seen_ms";
static const char SQL_DROP_SEATS[] = "DELETE FROM gathering_seat WHERE gathering_id = ?1";
static const char SQL_SERIES[] = "SELECT id, author, room_id FROM gathering WHERE series = ?1 ORDER BY place LIMIT ?2";
static const char SQL_COUNT_AHEAD[] = "SELECT COUNT(*) FROM gathering WHERE room_id = ?1 AND stage = 'ahead'";
static const char SQL_CANCEL_SEATS[] =
    "DELETE FROM gathering_seat WHERE gathering_id IN (SELECT id FROM gathering WHERE series = ?1 AND start_ms > ?2 AND stage = 'ahead')";
static const char SQL_CANCEL_REST[] =
    "UPDATE gathering SET stage = 'cancelled', version = version + 1, changed_ms = ?3 WHERE series = ?1 AND start_ms > ?2 AND stage = 'ahead'";
static const char SQL_EACH_IN[] =
    "SELECT" COLUMNS " FROM gathering WHERE room_id = ?1 AND stage <> 'cancelled' AND faded = 0 ORDER BY start_ms DESC, id LIMIT ?2";
static const char SQL_EACH_OF[] =
    "SELECT" COLUMNS " FROM gathering WHERE room_id IN (SELECT room_id FROM member WHERE person_id = ?1) AND start_ms >= ?2"
    " ORDER BY start_ms, id LIMIT ?3";

static const char SQL_ADD_MARK[] =
    "INSERT INTO gathering_turn (gathering_id, n, entry_id, voice_id, author, stage, turn, reply) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char SQL_IS_MARK[] = "SELECT COUNT(*) FROM gathering_turn WHERE gathering_id = ?1 AND entry_id = ?2 AND author = ?3";
static const char SQL_COUNT_MARKS[] =
    "SELECT (SELECT COUNT(*) FROM gathering_turn WHERE gathering_id = ?1),"
    " (SELECT COUNT(*) FROM gathering_turn WHERE gathering_id = ?1 AND turn = ?2 AND author = ?3)";
static const char SQL_MARKS[] =
    "SELECT entry_id, voice_id, author, stage, n, turn, reply FROM gathering_turn WHERE gathering_id = ?1 ORDER BY n LIMIT ?2";
static const char SQL_DROP_MARKS[] = "DELETE FROM gathering_turn WHERE gathering_id = ?1 AND n <= ?2";

static_assert(ROUNDS_EMPTY_MS == 1800000 && ROUNDS_LONG == 3, "the statement below holds the figures");
static const char SQL_DUE_OVER[] =
    "SELECT id FROM gathering WHERE stage IN ('ahead', 'opening', 'check-in', 'main', 'closing') AND start_ms <= ?1 - 1800000"
    " AND (seen_ms <= ?1 - 1800000 OR start_ms + minutes * 180000 <= ?1) ORDER BY start_ms LIMIT ?2";
static const char SQL_DUE_FADE[] =
    "SELECT id FROM gathering WHERE stage = 'over' AND faded = 0 AND fade_days > 0 AND ended_ms + fade_days * 86400000 <= ?1"
    " ORDER BY ended_ms LIMIT ?2";
static const char SQL_SET_FADED[] = "UPDATE gathering SET faded = 1 WHERE id = ?1";
#define PAST                                                                                                           \
    "((stage = 'cancelled' OR faded = 1) AND start_ms < ?1)"                                                           \
    " OR NOT EXISTS (SELECT 1 FROM circle c WHERE c.room_id = gathering.room_id)"
static const char SQL_FORGET_MARKS[] = "DELETE FROM gathering_turn WHERE gathering_id IN (SELECT id FROM gathering WHERE " PAST ")";
static const char SQL_FORGET_SEATS[] = "DELETE FROM gathering_seat WHERE gathering_id IN (SELECT id FROM gathering WHERE " PAST ")";
static const char SQL_FORGET[] = "DELETE FROM gathering WHERE " PAST;

/* Rows before seats, in the order in which those who act take them. */
static const char SQL_ERASE_PARTS[] =
    "UPDATE gathering SET version = version + 1, host = CASE WHEN host = ?1 THEN NULL ELSE host END,"
    " guardian = CASE WHEN guardian = ?1 THEN NULL ELSE guardian END, holder = CASE WHEN holder = ?1 THEN NULL ELSE holder END"
    " WHERE host = ?1 OR guardian = ?1 OR holder = ?1 OR id IN (SELECT gathering_id FROM gathering_seat WHERE person_id = ?1)";
static const char SQL_ERASE_SEATS[] = "DELETE FROM gathering_seat WHERE person_id = ?1";

static const struct house_rule rules[] = {
    { "a gathering is at a known stage",
      "SELECT COUNT(*) FROM gathering WHERE stage NOT IN ('ahead', 'opening', 'check-in', 'main', 'closing', 'over', 'cancelled')" },
    { "a gathering has an end once it is over, and not before", "SELECT COUNT(*) FROM gathering WHERE (stage = 'over') <> (ended_ms IS NOT NULL)" },
    { "the days to fade are fixed once a gathering has begun",
      "SELECT COUNT(*) FROM gathering WHERE stage NOT IN ('ahead', 'cancelled') AND fade_days IS NULL" },
    { "the piece is held only while a gathering goes on",
      "SELECT COUNT(*) FROM gathering WHERE holder IS NOT NULL AND stage NOT IN ('opening', 'check-in', 'main', 'closing')" },
    { "who holds the piece has a seat",
      "SELECT COUNT(*) FROM gathering g WHERE g.holder IS NOT NULL AND NOT EXISTS"
      " (SELECT 1 FROM gathering_seat s WHERE s.gathering_id = g.id AND s.person_id = g.holder)" },
    { "host and guardian are two people", "SELECT COUNT(*) FROM gathering WHERE host = guardian" },
    { "every seat is a gathering's", "SELECT COUNT(*) FROM gathering_seat s WHERE NOT EXISTS (SELECT 1 FROM gathering g WHERE g.id = s.gathering_id)" },
    { "every seat is a person's", "SELECT COUNT(*) FROM gathering_seat s WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = s.person_id)" },
    { "what was said in turn is a gathering's",
      "SELECT COUNT(*) FROM gathering_turn t WHERE NOT EXISTS (SELECT 1 FROM gathering g WHERE g.id = t.gathering_id)" },
    { "what was said in turn is its author's line in the circle's log",
      "SELECT COUNT(*) FROM gathering_turn t JOIN gathering g ON g.id = t.gathering_id JOIN circle c ON c.room_id = g.room_id"
      " WHERE NOT EXISTS (SELECT 1 FROM entry e WHERE e.room_id = g.room_id AND e.id = t.entry_id AND e.author = t.author)" },
    { "what was said in turn does not fade with the log",
      "SELECT COUNT(*) FROM gathering_turn t JOIN gathering g ON g.id = t.gathering_id JOIN circle c ON c.room_id = g.room_id"
      " WHERE NOT EXISTS (SELECT 1 FROM circle_apart a WHERE a.room_id = g.room_id AND a.id = t.entry_id)" },
    { "of a gathering that has faded only its time is left",
      "SELECT COUNT(*) FROM gathering g WHERE g.faded = 1 AND (EXISTS (SELECT 1 FROM gathering_turn t WHERE t.gathering_id = g.id)"
      " OR EXISTS (SELECT 1 FROM gathering_seat s WHERE s.gathering_id = g.id))" },
};

/* ---- reading ---- */

static enum err maybe_id(const struct store_rows *rows, int column, struct id *ret)
{
    *ret = (struct id){ { 0 } };
    return store_is_null(rows, column) ? ERR_OK : store_id(rows, column, ret);
}

static enum err read_rounds(const struct store_rows *rows, struct rounds *ret)
{
    struct rounds r = { .start_ms = store_int(rows, 5), .minutes = store_int(rows, 6), .turn_s = store_int(rows, 7),
                        .turn = store_int(rows, 12), .stage_began_ms = store_int(rows, 13), .turn_began_ms = store_int(rows, 15),
                        .replies = store_int(rows, 16) != 0, .paused_until_ms = store_int(rows, 17), .seen_ms = store_int(rows, 18),
                        .ended_ms = store_is_null(rows, 19) ? 0 : store_int(rows, 19), .door_minutes = store_int(rows, 22) };
    if (rounds_stage_parse(store_text(rows, 10), &r.stage) != ERR_OK) return ERR_STORE;
    TRY(maybe_id(rows, 8, &r.host));
    TRY(maybe_id(rows, 9, &r.guardian));
    TRY(maybe_id(rows, 14, &r.holder));
    *ret = r;
    return ERR_OK;
}

static enum err read(const struct store_rows *rows, struct gathering *ret)
{
    if (store_is_null(rows, 22)) return ERR_NOT_FOUND;   /* its circle is gone */
    *ret = (struct gathering){ .place = store_int(rows, 3), .version = store_int(rows, 11), .changed_ms = store_int(rows, 21),
                               .faded = store_int(rows, 20) != 0, .fade_days = store_int(rows, 23) };
    TRY(store_id(rows, 0, &ret->id));
    TRY(store_id(rows, 1, &ret->room));
    TRY(store_id(rows, 2, &ret->series));
    TRY(store_id(rows, 4, &ret->author));
    return read_rounds(rows, &ret->r);
}

static enum err read_seats(struct store_conn *db, struct gathering *g)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_SEATS, STORE_VALUES(store_v_id(&g->id)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        if (g->r.n == ROUNDS_SEATS_MAX) return ERR_STORE;   /* a circle has no more people */
        struct rounds_seat *s = &g->r.seats[g->r.n++];
        *s = (struct rounds_seat){ .place = store_int(rows, 1), .late = store_int(rows, 2), .waits = store_int(rows, 3) != 0,
                                   .here = store_int(rows, 4) != 0, .seen_ms = store_int(rows, 5) };
        TRY(store_id(rows, 0, &s->person));
    }
}

static enum err read_one(struct store_conn *db, const char *sql, const struct id *id, struct gathering *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, sql, STORE_VALUES(store_v_id(id)), &rows));
    TRY(store_next(rows, &row));
    return row ? read(rows, ret) : ERR_NOT_FOUND;
}

enum err gathering_store_get(struct store_conn *db, const struct id *id, struct gathering *ret)
{
    TRY(read_one(db, SQL_GET, id, ret));
    return read_seats(db, ret);
}

enum err gathering_store_hold(struct store_conn *db, const struct id *id, struct gathering *ret, bool *ret_gone)
{
    int64_t gone = 0;
    TRY(read_one(db, SQL_HOLD, id, ret));
    TRY(store_exec(db, SQL_DROP_GONE, STORE_VALUES(store_v_id(id)), &gone));
    *ret_gone = gone > 0;
    return read_seats(db, ret);
}

static enum err each_row(struct store_rows *rows, enum err (*each)(void *arg, struct gathering *g), void *arg)
{
    for (bool row = false;;) {
        struct gathering g;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(read(rows, &g));
        TRY(each(arg, &g));
    }
}

enum err gathering_store_each_in(struct store_conn *db, const struct id *room, enum err (*each)(void *arg, struct gathering *g), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_IN, STORE_VALUES(store_v_id(room), store_v_int(GATHERING_LIST_MAX)), &rows));
    return each_row(rows, each, arg);
}

struct readonly { enum err (*each)(void *arg, const struct gathering *g); void *arg; };

static enum err pass_on(void *arg, struct gathering *g)
{
    const struct readonly *r = arg;
    return r->each(r->arg, g);
}

enum err gathering_each_of(struct store_conn *db, const struct id *person, int64_t from_ms, int64_t limit,
                           enum err (*each)(void *arg, const struct gathering *g), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_OF, STORE_VALUES(store_v_id(person), store_v_int(from_ms), store_v_int(limit)), &rows));
    return each_row(rows, pass_on, &(struct readonly){ each, arg });
}

enum err gathering_store_series(struct store_conn *db, const struct id *series, struct gathering_ids *ret, struct id *ret_author, struct id *ret_room)
{
    STORE_ROWS rows = NULL;
    ret->n = 0;
    TRY(store_query(db, SQL_SERIES, STORE_VALUES(store_v_id(series), store_v_int(SERIES_MAX)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &ret->all[ret->n++]));
        TRY(store_id(rows, 1, ret_author));
        TRY(store_id(rows, 2, ret_room));
    }
}

enum err gathering_store_count_ahead(struct store_conn *db, const struct id *room, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT_AHEAD, STORE_VALUES(store_v_id(room)), ret);
}

/* ---- writing ---- */

static struct store_value or_null(const struct id *id) { return id_is_zero(id) ? store_v_null() : store_v_id(id); }

enum err gathering_store_add(struct store_conn *db, const struct gathering *g)
{
    return store_exec(db, SQL_ADD,
                      STORE_VALUES(store_v_id(&g->id), store_v_id(&g->room), store_v_id(&g->series), store_v_int(g->place),
                                   store_v_id(&g->author), store_v_int(g->r.start_ms), store_v_int(g->r.minutes), store_v_int(g->r.turn_s),
                                   or_null(&g->r.host), store_v_int(g->changed_ms)), NULL);
}

static enum err put_seat(struct store_conn *db, const struct id *id, const struct rounds_seat *s)
{
    return store_exec(db, SQL_PUT_SEAT,
                      STORE_VALUES(store_v_id(id), store_v_id(&s->person), store_v_int(s->place), store_v_int(s->late), store_v_int(s->waits),
                                   store_v_int(s->here), store_v_int(s->seen_ms)), NULL);
}

enum err gathering_store_save(struct store_conn *db, const struct gathering *g)
{
    const struct rounds *r = &g->r;
    bool begun = rounds_goes_on(r) || r->stage == ROUNDS_OVER;
    TRY(store_exec(db, SQL_SAVE,
                   STORE_VALUES(store_v_id(&g->id), store_v_int(r->start_ms), store_v_int(r->minutes), or_null(&r->host), or_null(&r->guardian),
                                store_v_text(text_of(rounds_stage_name(r->stage))), store_v_int(g->version), store_v_int(r->turn),
                                store_v_int(r->stage_began_ms), or_null(&r->holder), store_v_int(r->turn_began_ms), store_v_int(r->replies),
                                store_v_int(r->paused_until_ms), store_v_int(r->seen_ms),
                                r->stage == ROUNDS_OVER ? store_v_int(r->ended_ms) : store_v_null(),
                                begun ? store_v_int(g->fade_days) : store_v_null(), store_v_int(g->changed_ms)), NULL));
    for (size_t i = 0; i < r->n; i++)
        TRY(put_seat(db, &g->id, &r->seats[i]));
    return ERR_OK;
}

enum err gathering_store_drop_seats(struct store_conn *db, const struct id *id)
{
    return store_exec(db, SQL_DROP_SEATS, STORE_VALUES(store_v_id(id)), NULL);
}

enum err gathering_store_cancel_rest(struct store_conn *db, const struct gathering *g, int64_t now_ms, bool *ret_any)
{
    int64_t n = 0;
    TRY(store_exec(db, SQL_CANCEL_SEATS, STORE_VALUES(store_v_id(&g->series), store_v_int(g->r.start_ms)), NULL));
    TRY(store_exec(db, SQL_CANCEL_REST, STORE_VALUES(store_v_id(&g->series), store_v_int(g->r.start_ms), store_v_int(now_ms)), &n));
    *ret_any = n > 0;
    return ERR_OK;
}

/* ---- what was said ---- */

enum err gathering_store_add_mark(struct store_conn *db, const struct gathering *g, const struct gathering_mark *m)
{
    return store_exec(db, SQL_ADD_MARK,
                      STORE_VALUES(store_v_id(&g->id), store_v_int(m->n), store_v_id(&m->entry), or_null(&m->voice), store_v_id(&m->author),
                                   store_v_text(text_of(rounds_stage_name(m->stage))), store_v_int(m->turn), store_v_int(m->reply)), NULL);
}

enum err gathering_store_is_mark_of(struct store_conn *db, const struct id *id, const struct id *entry, const struct id *author, bool *ret)
{
    int64_t n = 0;
    TRY(store_query_int(db, SQL_IS_MARK, STORE_VALUES(store_v_id(id), store_v_id(entry), store_v_id(author)), &n));
    *ret = n > 0;
    return ERR_OK;
}

enum err gathering_store_count_marks(struct store_conn *db, const struct gathering *g, const struct id *author, int64_t *ret_all, int64_t *ret_theirs)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_COUNT_MARKS, STORE_VALUES(store_v_id(&g->id), store_v_int(g->r.turn), store_v_id(author)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret_all = store_int(rows, 0);
    *ret_theirs = store_int(rows, 1);
    return ERR_OK;
}

enum err gathering_each_mark(struct store_conn *db, const struct id *id, int64_t limit,
                             enum err (*each)(void *arg, const struct gathering_mark *m), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_MARKS, STORE_VALUES(store_v_id(id), store_v_int(limit)), &rows));
    for (bool row = false;;) {
        struct gathering_mark m;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        m = (struct gathering_mark){ .n = store_int(rows, 4), .turn = store_int(rows, 5), .reply = store_int(rows, 6) != 0 };
        TRY(store_id(rows, 0, &m.entry));
        TRY(maybe_id(rows, 1, &m.voice));
        TRY(store_id(rows, 2, &m.author));
        if (rounds_stage_parse(store_text(rows, 3), &m.stage) != ERR_OK) return ERR_STORE;
        TRY(each(arg, &m));
    }
}

enum err gathering_store_drop_marks(struct store_conn *db, const struct id *id, int64_t up_to)
{
    return store_exec(db, SQL_DROP_MARKS, STORE_VALUES(store_v_id(id), store_v_int(up_to)), NULL);
}

/* ---- time, erasure, rules ---- */

static enum err due(struct store_conn *db, const char *sql, int64_t now_ms, struct gathering_due *ret)
{
    STORE_ROWS rows = NULL;
    ret->n = 0;
    TRY(store_query(db, sql, STORE_VALUES(store_v_int(now_ms), store_v_int(GATHERING_SWEEP)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &ret->all[ret->n++]));
    }
}

enum err gathering_store_due_over(struct store_conn *db, int64_t now_ms, struct gathering_due *ret) { return due(db, SQL_DUE_OVER, now_ms, ret); }
enum err gathering_store_due_fade(struct store_conn *db, int64_t now_ms, struct gathering_due *ret) { return due(db, SQL_DUE_FADE, now_ms, ret); }

enum err gathering_store_set_faded(struct store_conn *db, const struct id *id)
{
    return store_exec(db, SQL_SET_FADED, STORE_VALUES(store_v_id(id)), NULL);
}

enum err gathering_store_forget(struct store_conn *db, int64_t now_ms)
{
    int64_t before = now_ms - GATHERING_KEPT_MS;
    TRY(store_exec(db, SQL_FORGET_MARKS, STORE_VALUES(store_v_int(before)), NULL));
    TRY(store_exec(db, SQL_FORGET_SEATS, STORE_VALUES(store_v_int(before)), NULL));
    return store_exec(db, SQL_FORGET, STORE_VALUES(store_v_int(before)), NULL);
}

enum err gathering_erase_person(struct store_conn *db, const struct id *person)
{
    TRY(store_exec(db, SQL_ERASE_PARTS, STORE_VALUES(store_v_id(person)), NULL));
    return store_exec(db, SQL_ERASE_SEATS, STORE_VALUES(store_v_id(person)), NULL);
}

enum err gathering_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
