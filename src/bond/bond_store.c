/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Bonds in the store. */
#include "bond/bond.h"

static const char SQL_ADD[] =
    "INSERT INTO bond (room_id, inviter, joiner, invite_id, answer, made_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char SQL_IS[] = "SELECT COUNT(*) FROM bond WHERE room_id = ?1 AND joiner = ?2 AND invite_id = ?3";
static const char SQL_BETWEEN[] =
    "SELECT COUNT(*) FROM bond WHERE ended_ms IS NULL"
    " AND ((inviter = ?1 AND joiner = ?2) OR (inviter = ?2 AND joiner = ?1))";
static const char SQL_COUNT_OF[] = "SELECT COUNT(*) FROM bond WHERE inviter = ?1 OR joiner = ?1";
static const char SQL_OTHER[] = "SELECT inviter, joiner FROM bond WHERE room_id = ?1 AND (inviter = ?2 OR joiner = ?2)";
static const char SQL_END[] = "UPDATE bond SET ended_ms = ?2, ended_by = ?3 WHERE room_id = ?1 AND ended_ms IS NULL";
static const char SQL_EACH[] =
    "SELECT room_id, inviter, joiner, invite_id, answer, made_ms, ended_ms, ended_by FROM bond"
    " WHERE inviter = ?1 OR joiner = ?1 ORDER BY made_ms, room_id LIMIT ?2";
/* The answer is for the inviter; when they leave nobody can open it any more. */
static const char SQL_ERASE_ANSWERS[] = "UPDATE bond SET answer = ?2 WHERE inviter = ?1";
static const char SQL_ERASE[] =
    "DELETE FROM bond WHERE (inviter = ?1 OR joiner = ?1) AND NOT EXISTS (SELECT 1 FROM room r WHERE r.id = bond.room_id)";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM bond WHERE ended_ms IS NULL";

static const struct house_rule rules[] = {
    { "every bond has a room", "SELECT COUNT(*) FROM bond b WHERE NOT EXISTS (SELECT 1 FROM room r WHERE r.id = b.room_id AND r.kind = 'bond')" },
    { "every bond's room is a bond's", "SELECT COUNT(*) FROM room r WHERE r.kind = 'bond' AND NOT EXISTS (SELECT 1 FROM bond b WHERE b.room_id = r.id)" },
    { "an open bond has its two people",
      "SELECT COUNT(*) FROM bond b WHERE b.ended_ms IS NULL AND (SELECT COUNT(*) FROM member m WHERE m.room_id = b.room_id"
      " AND (m.person_id = b.inviter OR m.person_id = b.joiner)) <> 2" },
    { "a bond ends with its room",
      "SELECT COUNT(*) FROM bond b JOIN room r ON r.id = b.room_id WHERE (b.ended_ms IS NULL) <> (r.ended_ms IS NULL)" },
    { "two people have one open bond at most",
      "SELECT COUNT(*) FROM bond a JOIN bond b ON ((a.inviter = b.inviter AND a.joiner = b.joiner)"
      " OR (a.inviter = b.joiner AND a.joiner = b.inviter)) AND a.room_id < b.room_id"
      " WHERE a.ended_ms IS NULL AND b.ended_ms IS NULL" },
};

enum err bond_store_add(struct store_conn *db, const struct bond *b)
{
    return store_exec(db, SQL_ADD,
                      STORE_VALUES(store_v_id(&b->room), store_v_id(&b->inviter), store_v_id(&b->joiner), store_v_id(&b->invite),
                                   store_v_bytes(b->answer), store_v_int(b->made_ms)), NULL);
}

enum err bond_store_is(struct store_conn *db, const struct id *room, const struct id *joiner, const struct id *invite, bool *ret)
{
    int64_t n = 0;
    TRY(store_query_int(db, SQL_IS, STORE_VALUES(store_v_id(room), store_v_id(joiner), store_v_id(invite)), &n));
    *ret = n > 0;
    return ERR_OK;
}

enum err bond_store_between(struct store_conn *db, const struct id *a, const struct id *b, bool *ret)
{
    int64_t n = 0;
    TRY(store_query_int(db, SQL_BETWEEN, STORE_VALUES(store_v_id(a), store_v_id(b)), &n));
    *ret = n > 0;
    return ERR_OK;
}

enum err bond_store_count_of(struct store_conn *db, const struct id *person, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT_OF, STORE_VALUES(store_v_id(person)), ret);
}

enum err bond_count(struct store_conn *db, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT, STORE_NO_VALUES, ret);
}

enum err bond_store_other(struct store_conn *db, const struct id *room, const struct id *person, struct id *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    struct id inviter, joiner;
    TRY(store_query(db, SQL_OTHER, STORE_VALUES(store_v_id(room), store_v_id(person)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    TRY(store_id(rows, 0, &inviter));
    TRY(store_id(rows, 1, &joiner));
    *ret = id_equal(&inviter, person) ? joiner : inviter;
    return ERR_OK;
}

enum err bond_store_end(struct store_conn *db, const struct id *room, const struct id *by, int64_t now_ms, bool *ret_done)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_END, STORE_VALUES(store_v_id(room), store_v_int(now_ms), store_v_id(by)), &changed));
    *ret_done = changed == 1;
    return ERR_OK;
}

static enum err read(const struct store_rows *rows, struct bond *ret)
{
    struct bond b = { .answer = store_bytes(rows, 4), .made_ms = store_int(rows, 5), .ended = !store_is_null(rows, 6) };
    TRY(store_id(rows, 0, &b.room));
    TRY(store_id(rows, 1, &b.inviter));
    TRY(store_id(rows, 2, &b.joiner));
    TRY(store_id(rows, 3, &b.invite));
    if (b.ended) {
        b.ended_ms = store_int(rows, 6);
        TRY(store_id(rows, 7, &b.ended_by));
    }
    *ret = b;
    return ERR_OK;
}

enum err bond_each(struct store_conn *db, const struct id *person, enum err (*each)(void *arg, const struct bond *b), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH, STORE_VALUES(store_v_id(person), store_v_int(HOUSE_BONDS_MAX)), &rows));
    for (bool row = false;;) {
        struct bond b;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(read(rows, &b));
        TRY(each(arg, &b));
    }
}

enum err bond_erase_person(struct store_conn *db, const struct id *person)
{
    TRY(store_exec(db, SQL_ERASE_ANSWERS, STORE_VALUES(store_v_id(person), store_v_bytes(bytes_of(NULL, 0))), NULL));
    return store_exec(db, SQL_ERASE, STORE_VALUES(store_v_id(person)), NULL);
}

enum err bond_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
