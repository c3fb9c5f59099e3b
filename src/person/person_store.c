/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Persons and cards in the store. */
#include "person/person.h"

#include <string.h>

#include "lib/log.h"

static const char SQL_ADD[] =
    "INSERT INTO person (id, name_hash, login_hash, identity, steward, adult, made_ms, invite_id, wrap_passphrase)"
    " VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8) ON CONFLICT (name_hash) DO NOTHING";
static const char SQL_ADD_CARD[] = "INSERT INTO card (id_hash, person_id, secret_hash, wrap) VALUES (?1, ?2, ?3, ?4)";
static const char SQL_BY_NAME[] = "SELECT id, login_hash, steward, wrap_passphrase FROM person WHERE name_hash = ?1";
static const char SQL_BY_CARD[] =
    "SELECT p.id, k.secret_hash, p.steward, k.wrap FROM card k JOIN person p ON p.id = k.person_id WHERE k.id_hash = ?1";
static const char SQL_GET[] =
    "SELECT id, steward, made_ms, change_counter, identity, wrap_passphrase FROM person WHERE id = ?1";
static const char SQL_IDENTITY[] = "SELECT identity FROM person WHERE id = ?1";
static const char SQL_HOLD[] = "UPDATE person SET steward = steward WHERE id = ?1";
static const char SQL_COUNT_UP[] = "UPDATE person SET change_counter = ?2 WHERE id = ?1 AND change_counter < ?2";
static const char SQL_SET_LOGIN[] = "UPDATE person SET name_hash = ?2, login_hash = ?3, wrap_passphrase = ?4 WHERE id = ?1";
static const char SQL_SET_CARD[] = "UPDATE card SET id_hash = ?2, secret_hash = ?3, wrap = ?4 WHERE person_id = ?1";
static const char SQL_ERASE_CARD[] = "DELETE FROM card WHERE person_id = ?1";
static const char SQL_ERASE[] = "DELETE FROM person WHERE id = ?1";
static const char SQL_COUNT[] = "SELECT COUNT(*) FROM person";
static const char SQL_COUNT_STEWARDS[] = "SELECT COUNT(*) FROM person WHERE steward = 1";
static const char SQL_ALL[] = "SELECT id, identity FROM person ORDER BY id";

static const struct house_rule rules[] = {
    { "every person has one card", "SELECT COUNT(*) FROM person p WHERE (SELECT COUNT(*) FROM card k WHERE k.person_id = p.id) <> 1" },
    { "every card is a person's", "SELECT COUNT(*) FROM card k WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = k.person_id)" },
    { "every person is an adult", "SELECT COUNT(*) FROM person WHERE adult <> 1" },
};

static struct store_value v_hash(const struct hash *h) { return store_v_bytes(bytes_of(h->b, HASH_BYTES)); }

enum err person_store_add(struct store_conn *db, const struct id *id, const struct person_new *n, const struct hash *name,
                          const struct hash *login, int64_t day_ms, bool *ret_name_free)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_ADD,
                   STORE_VALUES(store_v_id(id), v_hash(name), v_hash(login), store_v_bytes(n->identity),
                                store_v_int(n->steward), store_v_int(day_ms), store_v_id(&n->invite),
                                store_v_bytes(n->login.wrap)), &changed));
    *ret_name_free = changed == 1;
    return ERR_OK;
}

enum err person_store_add_card(struct store_conn *db, const struct id *person, const struct hash *card,
                               const struct hash *secret, struct bytes wrap)
{
    return store_exec(db, SQL_ADD_CARD,
                      STORE_VALUES(v_hash(card), store_v_id(person), v_hash(secret), store_v_bytes(wrap)), NULL);
}

/* RET stays as it is (found = false) when there is no row. */
static enum err find(struct store_conn *db, struct arena *a, const char *sql, const struct hash *key, struct person_row *ret)
{
    STORE_ROWS rows = NULL;
    struct person_row row = { .found = false };
    TRY(store_query(db, sql, STORE_VALUES(v_hash(key)), &rows));
    TRY(store_next(rows, &row.found));
    if (!row.found) return ERR_OK;
    struct bytes secret = store_bytes(rows, 1);
    if (secret.n != HASH_BYTES) return ERR_STORE;
    memcpy(row.secret_hash.b, secret.p, HASH_BYTES);
    TRY(store_id(rows, 0, &row.id));
    row.steward = store_int(rows, 2) != 0;
    TRY(arena_copy(a, store_bytes(rows, 3), &row.wrap));
    *ret = row;
    return ERR_OK;
}

enum err person_store_by_name(struct store_conn *db, struct arena *a, const struct hash *name, struct person_row *ret)
{
    return find(db, a, SQL_BY_NAME, name, ret);
}

enum err person_store_by_card(struct store_conn *db, struct arena *a, const struct hash *card, struct person_row *ret)
{
    return find(db, a, SQL_BY_CARD, card, ret);
}

enum err person_get(struct store_conn *db, struct arena *a, const struct id *id, struct person *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    struct person p;
    TRY(store_query(db, SQL_GET, STORE_VALUES(store_v_id(id)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    TRY(store_id(rows, 0, &p.id));
    p.steward = store_int(rows, 1) != 0;
    p.made_ms = store_int(rows, 2);
    p.counter = store_int(rows, 3);
    TRY(arena_copy(a, store_bytes(rows, 4), &p.identity));
    TRY(arena_copy(a, store_bytes(rows, 5), &p.wrap));
    *ret = p;
    return ERR_OK;
}

enum err person_signing_key(struct store_conn *db, const struct id *id, uint8_t ret[SIGN_PK_BYTES])
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_IDENTITY, STORE_VALUES(store_v_id(id)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    struct bytes identity = store_bytes(rows, 0);
    if (identity.n != IDENTITY_BYTES) return ERR_STORE;
    memcpy(ret, identity.p + IDENTITY_SIGN_AT, SIGN_PK_BYTES);
    return ERR_OK;
}

enum err person_hold(struct store_conn *db, const struct id *id)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_HOLD, STORE_VALUES(store_v_id(id)), &changed));
    return changed == 1 ? ERR_OK : ERR_NOT_FOUND;
}

enum err person_store_count_up(struct store_conn *db, const struct id *id, int64_t counter, bool *ret_done)
{
    int64_t changed = 0;
    TRY(store_exec(db, SQL_COUNT_UP, STORE_VALUES(store_v_id(id), store_v_int(counter)), &changed));
    *ret_done = changed == 1;
    return ERR_OK;
}

enum err person_store_set_login(struct store_conn *db, const struct id *id, const struct hash *name, const struct hash *login,
                                struct bytes wrap)
{
    return store_exec(db, SQL_SET_LOGIN, STORE_VALUES(store_v_id(id), v_hash(name), v_hash(login), store_v_bytes(wrap)), NULL);
}

enum err person_store_set_card(struct store_conn *db, const struct id *person, const struct hash *card,
                               const struct hash *secret, struct bytes wrap)
{
    return store_exec(db, SQL_SET_CARD, STORE_VALUES(store_v_id(person), v_hash(card), v_hash(secret), store_v_bytes(wrap)), NULL);
}

enum err person_erase_person(struct store_conn *db, const struct id *id)
{
    TRY(store_exec(db, SQL_ERASE_CARD, STORE_VALUES(store_v_id(id)), NULL));
    return store_exec(db, SQL_ERASE, STORE_VALUES(store_v_id(id)), NULL);
}

enum err person_count(struct store_conn *db, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT, STORE_NO_VALUES, ret);
}

enum err person_count_stewards(struct store_conn *db, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT_STEWARDS, STORE_NO_VALUES, ret);
}

/* Nobody's key has been exchanged: each id is the one that its identity gives. */
static enum err check_ids(struct store_conn *db, int64_t *ret_broken)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_ALL, STORE_NO_VALUES, &rows));
    for (bool row = false;;) {
        struct id id;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &id));
        struct id computed = crypt_person_id(store_bytes(rows, 1));
        if (id_equal(&id, &computed)) continue;
        log_error("rule-broken", "a person's id comes from their identity", 1);
        *ret_broken += 1;
    }
}

enum err person_check(struct store_conn *db, int64_t *ret_broken)
{
    TRY(house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken));
    return check_ids(db, ret_broken);
}
