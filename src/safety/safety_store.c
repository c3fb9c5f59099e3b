/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Blocks in the store. */
#include "safety/safety.h"

static const char SQL_ADD[] = "INSERT INTO block (person_id, blocked, made_ms) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
static const char SQL_TAKE[] = "DELETE FROM block WHERE person_id = ?1 AND blocked = ?2";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM block WHERE person_id = ?1";
static const char SQL_BETWEEN[] =
    "SELECT COUNT(*) FROM block WHERE (person_id = ?1 AND blocked = ?2) OR (person_id = ?2 AND blocked = ?1)";
static const char SQL_EACH[] = "SELECT blocked FROM block WHERE person_id = ?1 ORDER BY made_ms DESC, blocked LIMIT ?2";
static const char SQL_ERASE[] = "DELETE FROM block WHERE person_id = ?1 OR blocked = ?1";

static const struct house_rule rules[] = {
    { "every block is a person's",
      "SELECT COUNT(*) FROM block b WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = b.person_id)" },
};

enum err safety_store_add(struct store_conn *db, const struct id *person, const struct id *blocked, int64_t now_ms)
{
    return store_exec(db, SQL_ADD, STORE_VALUES(store_v_id(person), store_v_id(blocked), store_v_int(now_ms)), NULL);
}

enum err safety_unblock(struct call *c, const struct id *person)
{
    return store_exec(c->db, SQL_TAKE, STORE_VALUES(store_v_id(&c->me), store_v_id(person)), NULL);
}

enum err safety_store_count(struct store_conn *db, const struct id *person, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT, STORE_VALUES(store_v_id(person)), ret);
}

enum err safety_stands_between(struct store_conn *db, const struct id *a, const struct id *b, bool *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_BETWEEN, STORE_VALUES(store_v_id(a), store_v_id(b)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret = store_int(rows, 0) > 0;
    return ERR_OK;
}

enum err safety_each_block(struct store_conn *db, const struct id *person,
                           enum err (*each)(void *arg, const struct id *blocked), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH, STORE_VALUES(store_v_id(person), store_v_int(HOUSE_BLOCKS_MAX)), &rows));
    for (bool row = false;;) {
        struct id blocked;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &blocked));
        TRY(each(arg, &blocked));
    }
}

enum err safety_erase_person(struct store_conn *db, const struct id *person)
{
    return store_exec(db, SQL_ERASE, STORE_VALUES(store_v_id(person)), NULL);
}

enum err safety_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
