/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Sessions in the store. */
#include "session/session.h"

#include "lib/clock.h"

static const char SQL_FIND[] =
    "SELECT s.id, s.person_id, p.steward, s.seen_day_ms FROM session s JOIN person p ON p.id = s.person_id"
    " WHERE s.token_hash = ?1";
static const char SQL_TOUCH[] = "UPDATE session SET seen_day_ms = ?2 WHERE id = ?1 AND seen_day_ms < ?2";
static const char SQL_ADD[] =
    "INSERT INTO session (id, token_hash, person_id, label, made_ms, seen_day_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM session WHERE person_id = ?1";
static const char SQL_END_OLDEST[] =
    "DELETE FROM session WHERE id ="
    " (SELECT id FROM session WHERE person_id = ?1 ORDER BY seen_day_ms, made_ms, id LIMIT 1) RETURNING id";
static const char SQL_END[] = "DELETE FROM session WHERE id = ?1 AND person_id = ?2";
static const char SQL_END_OTHERS[] = "DELETE FROM session WHERE person_id = ?1 AND id <> ?2";
static const char SQL_LABEL[] = "UPDATE session SET label = ?2 WHERE id = ?1";
static const char SQL_EACH[] =
    "SELECT id, label, made_ms, seen_day_ms FROM session WHERE person_id = ?1 ORDER BY made_ms DESC, id LIMIT ?2";
static const char SQL_ERASE[] = "DELETE FROM session WHERE person_id = ?1";

static const struct house_rule rules[] = {
    { "every session is a person's",
      "SELECT COUNT(*) FROM session s WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = s.person_id)" },
    { "of a session's use only the day is kept", "SELECT COUNT(*) FROM session WHERE seen_day_ms % 86400000 <> 0" },
};

enum err session_store_find(struct store_conn *db, const struct hash *token, struct session *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    struct session s;
    TRY(store_query(db, SQL_FIND, STORE_VALUES(store_v_bytes(bytes_of(token->b, HASH_BYTES))), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_SIGNED_IN;
    TRY(store_id(rows, 0, &s.id));
    TRY(store_id(rows, 1, &s.person));
    s.steward = store_int(rows, 2) != 0;
    s.seen_day_ms = store_int(rows, 3);
    *ret = s;
    return ERR_OK;
}

enum err session_touch(struct store_conn *db, const struct id *id, int64_t now_ms)
{
    return store_exec(db, SQL_TOUCH, STORE_VALUES(store_v_id(id), store_v_int(clock_day_ms(now_ms))), NULL);
}

enum err session_store_add(struct store_conn *db, const struct id *id, const struct hash *token, const struct id *person,
                           int64_t now_ms)
{
    return store_exec(db, SQL_ADD,
                      STORE_VALUES(store_v_id(id), store_v_bytes(bytes_of(token->b, HASH_BYTES)), store_v_id(person),
                                   store_v_bytes(bytes_of(NULL, 0)), store_v_int(now_ms), store_v_int(clock_day_ms(now_ms))),
                      NULL);
}

enum err session_store_make_room(struct store_conn *db, const struct id *person, struct id *ret)
{
    STORE_ROWS rows = NULL;
    int64_t n = 0;
    bool row = false;
    *ret = (struct id){ { 0 } };
    TRY(store_query_int(db, SQL_COUNT, STORE_VALUES(store_v_id(person)), &n));
    if (n < HOUSE_SESSIONS_MAX) return ERR_OK;
    TRY(store_query(db, SQL_END_OLDEST, STORE_VALUES(store_v_id(person)), &rows));
    TRY(store_next(rows, &row));
    return row ? store_id(rows, 0, ret) : ERR_STORE;
}

enum err session_store_end(struct store_conn *db, const struct id *person, const struct id *id)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_END, STORE_VALUES(store_v_id(id), store_v_id(person)), &changed));
    return changed == 1 ? ERR_OK : ERR_NOT_FOUND;
}

enum err session_store_end_others(struct store_conn *db, const struct id *person, const struct id *keep)
{
    return store_exec(db, SQL_END_OTHERS, STORE_VALUES(store_v_id(person), store_v_id(keep)), NULL);
}

enum err session_store_label(struct store_conn *db, const struct id *id, struct bytes label)
{
    return store_exec(db, SQL_LABEL, STORE_VALUES(store_v_id(id), store_v_bytes(label)), NULL);
}

enum err session_each(struct store_conn *db, const struct id *person,
                      enum err (*each)(void *arg, const struct session_line *s), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH, STORE_VALUES(store_v_id(person), store_v_int(HOUSE_SESSIONS_MAX)), &rows));
    for (bool row = false;;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        struct session_line s = { .label = store_bytes(rows, 1), .made_ms = store_int(rows, 2), .seen_day_ms = store_int(rows, 3) };
        TRY(store_id(rows, 0, &s.id));
        TRY(each(arg, &s));
    }
}

enum err session_erase_person(struct store_conn *db, const struct id *person)
{
    return store_exec(db, SQL_ERASE, STORE_VALUES(store_v_id(person)), NULL);
}

enum err session_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
