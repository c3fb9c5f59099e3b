/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Vaults in the store. An item without a body is a deleted one. */
#include "vault/vault.h"

enum { PAGE_ITEMS = 1000 };

static const char SQL_NEXT_VERSION[] =
    "UPDATE person SET vault_version = vault_version + 1 WHERE id = ?1 RETURNING vault_version";
static const char SQL_GET[] = "SELECT version, body FROM vault_item WHERE person_id = ?1 AND item_key = ?2";
static const char SQL_SET[] =
    "INSERT INTO vault_item (person_id, item_key, version, body) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (person_id, item_key) DO UPDATE SET version = excluded.version, body = excluded.body";
static const char SQL_COUNT[] =
    "SELECT COUNT(CASE WHEN length(body) > 0 THEN 1 END), COUNT(CASE WHEN length(body) = 0 THEN 1 END)"
    " FROM vault_item WHERE person_id = ?1";
static const char SQL_FORGET[] =
    "DELETE FROM vault_item WHERE person_id = ?1 AND version ="
    " (SELECT MIN(version) FROM vault_item WHERE person_id = ?1 AND length(body) = 0)";
static const char SQL_EACH[] =
    "SELECT item_key, version, body FROM vault_item WHERE person_id = ?1 AND version > ?2 ORDER BY version LIMIT ?3";
static const char SQL_ERASE[] = "DELETE FROM vault_item WHERE person_id = ?1";

static const struct house_rule rules[] = {
    { "every vault item is a person's, and not ahead of their counter",
      "SELECT COUNT(*) FROM vault_item v WHERE NOT EXISTS"
      " (SELECT 1 FROM person p WHERE p.id = v.person_id AND p.vault_version >= v.version)" },
};

enum err vault_store_next_version(struct store_conn *db, const struct id *person, int64_t *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_NEXT_VERSION, STORE_VALUES(store_v_id(person)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    *ret = store_int(rows, 0);
    return ERR_OK;
}

enum err vault_store_get(struct store_conn *db, struct arena *a, const struct id *person, const struct id *key,
                         struct vault_item *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    struct vault_item item = { .key = *key };
    TRY(store_query(db, SQL_GET, STORE_VALUES(store_v_id(person), store_v_id(key)), &rows));
    TRY(store_next(rows, &row));
    if (row) {
        item.version = store_int(rows, 0);
        TRY(arena_copy(a, store_bytes(rows, 1), &item.body));
    }
    *ret = item;
    return ERR_OK;
}

enum err vault_store_set(struct store_conn *db, const struct id *person, const struct vault_item *item)
{
    return store_exec(db, SQL_SET,
                      STORE_VALUES(store_v_id(person), store_v_id(&item->key), store_v_int(item->version),
                                   store_v_bytes(item->body)), NULL);
}

enum err vault_store_count(struct store_conn *db, const struct id *person, int64_t *ret_items, int64_t *ret_gone)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_COUNT, STORE_VALUES(store_v_id(person)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret_items = store_int(rows, 0);
    *ret_gone = store_int(rows, 1);
    return ERR_OK;
}

enum err vault_store_forget_oldest(struct store_conn *db, const struct id *person)
{
    return store_exec(db, SQL_FORGET, STORE_VALUES(store_v_id(person)), NULL);
}

enum err vault_store_each(struct store_conn *db, const struct id *person, int64_t after,
                          enum err (*each)(void *arg, const struct vault_item *item, bool *ret_more), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH, STORE_VALUES(store_v_id(person), store_v_int(after), store_v_int(PAGE_ITEMS)), &rows));
    for (bool row = false, more = true; more;) {
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        struct vault_item item = { .version = store_int(rows, 1), .body = store_bytes(rows, 2) };
        TRY(store_id(rows, 0, &item.key));
        TRY(each(arg, &item, &more));
    }
    return ERR_OK;
}

enum err vault_erase_person(struct store_conn *db, const struct id *person)
{
    return store_exec(db, SQL_ERASE, STORE_VALUES(store_v_id(person)), NULL);
}

enum err vault_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
