/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The house's one row. */
#include "house/house.h"

#include <string.h>

#include "lib/clock.h"
#include "lib/log.h"

static const char SQL_MAKE[] = "INSERT INTO house (one, id, secret, made_ms) VALUES (1, ?1, ?2, ?3) ON CONFLICT DO NOTHING";
static const char SQL_GET[] = "SELECT id, secret FROM house WHERE one = 1";

static enum err make(struct store_conn *db)
{
    struct id id = crypt_random_id();
    struct secret secret;
    crypt_random(secret.b, sizeof secret.b);
    TRY(store_begin(db));
    enum err e = store_exec(db, SQL_MAKE,
                            STORE_VALUES(store_v_id(&id), store_v_bytes(bytes_of(secret.b, sizeof secret.b)),
                                         store_v_int(clock_now_ms())), NULL);
    crypt_wipe(&secret, sizeof secret);
    if (e == ERR_OK) return store_commit(db);
    store_rollback(db);
    return e;
}

static enum err get(struct store_conn *db, struct house *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_GET, STORE_NO_VALUES, &rows));
    TRY(store_next(rows, &row));
    if (!row || store_bytes(rows, 1).n != SECRET_BYTES) return ERR_STORE;
    struct house h = { .name = "", .client = "" };
    TRY(store_id(rows, 0, &h.id));
    memcpy(h.secret.b, store_bytes(rows, 1).p, SECRET_BYTES);
    *ret = h;
    return ERR_OK;
}

enum err house_load(struct store *s, struct house *ret)
{
    struct store_conn *db = NULL;
    TRY(store_connect(s, STORE_WRITES, &db));
    enum err e = make(db);
    if (e == ERR_OK) e = get(db, ret);
    store_disconnect(&db);
    return e;
}

enum err house_answers(struct store_conn *db)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_GET, STORE_NO_VALUES, &rows));
    TRY(store_next(rows, &row));
    return row ? ERR_OK : ERR_STORE;
}

enum err house_check(struct store_conn *db, const struct house_rule *rules, size_t n, int64_t *ret_broken)
{
    for (size_t i = 0; i < n; i++) {
        int64_t broken = 0;
        TRY(store_query_int(db, rules[i].sql, STORE_NO_VALUES, &broken));
        if (broken > 0) log_error("rule-broken", rules[i].rule, broken);
        *ret_broken += broken;
    }
    return ERR_OK;
}
