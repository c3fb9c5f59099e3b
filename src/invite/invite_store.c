/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Invites in the store. An invite is open while it was not ended, has a use left and has not expired; the conditions
 * stand in the statements that take a use, so that two calls at once cannot both take the last. */
#include "invite/invite.h"

#include <string.h>

static const char SQL_ADD[] =
    "INSERT INTO invite (id, kind, auth_hash, from_person, greeting, made_ms, expires_ms, uses_left, uses, room_id)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9) ON CONFLICT DO NOTHING";
static const char SQL_GET[] =
    "SELECT id, kind, auth_hash, from_person, made_ms, expires_ms, uses_left, joined, ended, room_id, greeting FROM invite WHERE id = ?1";
static const char SQL_USE[] =
    "UPDATE invite SET uses_left = uses_left - 1 WHERE id = ?1 AND ended = 0 AND uses_left > 0 AND expires_ms > ?2";
static const char SQL_JOIN[] =
    "UPDATE invite SET joined = joined + 1 WHERE id = ?1 AND ended = 0 AND uses_left > 0 AND expires_ms > ?2"
    " AND (kind IN ('steward', 'house') OR joined < uses)";
static const char SQL_END[] = "UPDATE invite SET ended = 1 WHERE id = ?1 AND from_person = ?2";
static const char SQL_END_ANY[] = "UPDATE invite SET ended = 1 WHERE id = ?1";
static const char SQL_END_INTO[] = "UPDATE invite SET ended = 1 WHERE room_id = ?1 AND (from_person = ?2 OR ?3 = 1)";
static const char SQL_MAY_LEAD[] =
    "SELECT COUNT(*) FROM member m JOIN room r ON r.id = m.room_id WHERE m.room_id = ?1 AND m.person_id = ?2 AND r.kind = 'circle'";
static const char SQL_EACH[] =
    "SELECT id, kind, auth_hash, from_person, made_ms, expires_ms, uses_left, joined, ended, room_id FROM invite"
    " WHERE from_person = ?1 ORDER BY made_ms DESC, id LIMIT ?2";
static const char SQL_EACH_OPERATORS[] =
    "SELECT id, kind, auth_hash, from_person, made_ms, expires_ms, uses_left, joined, ended, room_id FROM invite"
    " WHERE from_person IS NULL ORDER BY made_ms DESC, id LIMIT ?1";
static const char SQL_COUNT[] =
    "SELECT COUNT(*), COUNT(CASE WHEN ended = 0 AND uses_left > 0 AND expires_ms > ?2 THEN 1 END) FROM invite WHERE from_person = ?1";
static const char SQL_COUNT_OPEN[] = "SELECT COUNT(*) FROM invite WHERE ended = 0 AND uses_left > 0 AND expires_ms > ?1";
static const char SQL_FORGET[] =
    "DELETE FROM invite WHERE id = (SELECT id FROM invite WHERE from_person = ?1"
    " AND NOT (ended = 0 AND uses_left > 0 AND expires_ms > ?2) ORDER BY made_ms, id LIMIT 1)";
static const char SQL_ERASE[] = "DELETE FROM invite WHERE from_person = ?1";

static const struct house_rule rules[] = {
    { "every invite is the operator's or a person's",
      "SELECT COUNT(*) FROM invite i WHERE i.from_person IS NOT NULL"
      " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = i.from_person)" },
    { "no invite was used too often", "SELECT COUNT(*) FROM invite WHERE uses_left < 0" },
    { "a bond invite lets one account in", "SELECT COUNT(*) FROM invite WHERE kind = 'bond' AND joined > 1" },
    { "an invite into a circle lets in as many accounts as it was made for",
      "SELECT COUNT(*) FROM invite WHERE kind = 'circle' AND (joined > uses OR uses_left > uses)" },
    { "an invite leads into a circle or nowhere", "SELECT COUNT(*) FROM invite WHERE (kind = 'circle') <> (room_id IS NOT NULL)" },
    { "an open invite into a circle is a member's",
      "SELECT COUNT(*) FROM invite i WHERE i.kind = 'circle' AND i.ended = 0"
      " AND NOT EXISTS (SELECT 1 FROM member m WHERE m.room_id = i.room_id AND m.person_id = i.from_person)" },
};

static enum err kind_from(struct text name, enum invite_kind *ret)
{
    for (int k = 0; k < INVITE_KINDS; k++) {
        if (!text_equal(name, invite_kind_name((enum invite_kind)k))) continue;
        *ret = (enum invite_kind)k;
        return ERR_OK;
    }
    return ERR_STORE;
}

/* The columns that SQL_GET and SQL_EACH share. */
static enum err read(const struct store_rows *rows, int64_t now_ms, struct invite *ret)
{
    struct invite i = { .made_ms = store_int(rows, 4), .expires_ms = store_int(rows, 5),
                        .uses_left = store_int(rows, 6), .joined = store_int(rows, 7) };
    TRY(store_id(rows, 0, &i.id));
    TRY(kind_from(store_text(rows, 1), &i.kind));
    if (store_bytes(rows, 2).n != HASH_BYTES) return ERR_STORE;
    memcpy(i.auth_hash.b, store_bytes(rows, 2).p, HASH_BYTES);
    if (!store_is_null(rows, 3)) TRY(store_id(rows, 3, &i.from));
    if (!store_is_null(rows, 9)) TRY(store_id(rows, 9, &i.room));
    bool ended = store_int(rows, 8) != 0;
    i.state = ended ? INVITE_ENDED : i.uses_left <= 0 ? INVITE_USED : i.expires_ms <= now_ms ? INVITE_EXPIRED : INVITE_OPEN;
    *ret = i;
    return ERR_OK;
}

enum err invite_add(struct store_conn *db, const struct invite_new *n, int64_t now_ms)
{
    int64_t changed = 0;
    bool same = false;
    struct hash auth = crypt_hash(NULL, NULL, CRYPT_PARTS(bytes_of(n->auth.b, SECRET_BYTES)));
    TRY(store_exec(db, SQL_ADD,
                   STORE_VALUES(store_v_id(&n->id), store_v_text(invite_kind_name(n->kind)),
                                store_v_bytes(bytes_of(auth.b, HASH_BYTES)),
                                id_is_zero(&n->from) ? store_v_null() : store_v_id(&n->from), store_v_bytes(n->greeting),
                                store_v_int(now_ms), store_v_int(n->expires_ms), store_v_int(n->uses),
                                id_is_zero(&n->room) ? store_v_null() : store_v_id(&n->room)), &changed));
    if (changed == 1) return ERR_OK;
    TRY(invite_store_is(db, n, &auth, &same));
    return same ? ERR_OK : ERR_EXISTS;
}

enum err invite_store_is(struct store_conn *db, const struct invite_new *n, const struct hash *auth, bool *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    struct invite i;
    TRY(store_query(db, SQL_GET, STORE_VALUES(store_v_id(&n->id)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    TRY(read(rows, 0, &i));
    *ret = id_equal(&i.from, &n->from) && i.kind == n->kind && id_equal(&i.room, &n->room) &&
           crypt_equal(i.auth_hash.b, auth->b, HASH_BYTES);
    return ERR_OK;
}

enum err invite_store_get(struct store_conn *db, struct arena *a, const struct id *id, int64_t now_ms, struct invite *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    struct invite i;
    TRY(store_query(db, SQL_GET, STORE_VALUES(store_v_id(id)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    TRY(read(rows, now_ms, &i));
    TRY(arena_copy(a, store_bytes(rows, 10), &i.greeting));
    *ret = i;
    return ERR_OK;
}

static enum err take(struct store_conn *db, const char *sql, const struct id *id, int64_t now_ms, bool *ret_done)
{
    int64_t changed = 0;
    TRY(store_exec(db, sql, STORE_VALUES(store_v_id(id), store_v_int(now_ms)), &changed));
    *ret_done = changed == 1;
    return ERR_OK;
}

enum err invite_store_use(struct store_conn *db, const struct id *id, int64_t now_ms, bool *ret_done)
{
    return take(db, SQL_USE, id, now_ms, ret_done);
}

enum err invite_store_join(struct store_conn *db, const struct id *id, int64_t now_ms, bool *ret_done)
{
    return take(db, SQL_JOIN, id, now_ms, ret_done);
}

enum err invite_end(struct store_conn *db, const struct id *id, const struct id *from)
{
    int64_t changed = 0;
    if (id_is_zero(from)) TRY(store_exec(db, SQL_END_ANY, STORE_VALUES(store_v_id(id)), &changed));
    else TRY(store_exec(db, SQL_END, STORE_VALUES(store_v_id(id), store_v_id(from)), &changed));
    return changed == 1 ? ERR_OK : ERR_INVITE_GONE;
}

enum err invite_end_into(struct store_conn *db, const struct id *room, const struct id *from)
{
    return store_exec(db, SQL_END_INTO, STORE_VALUES(store_v_id(room), store_v_id(from), store_v_int(id_is_zero(from))), NULL);
}

enum err invite_store_may_lead(struct store_conn *db, const struct id *room, const struct id *person, bool *ret)
{
    int64_t n = 0;
    TRY(store_query_int(db, SQL_MAY_LEAD, STORE_VALUES(store_v_id(room), store_v_id(person)), &n));
    *ret = n > 0;
    return ERR_OK;
}

enum err invite_each(struct store_conn *db, const struct id *from, int64_t now_ms,
                     enum err (*each)(void *arg, const struct invite *i), void *arg)
{
    STORE_ROWS rows = NULL;
    if (id_is_zero(from)) TRY(store_query(db, SQL_EACH_OPERATORS, STORE_VALUES(store_v_int(INVITE_KEPT_MAX)), &rows));
    else TRY(store_query(db, SQL_EACH, STORE_VALUES(store_v_id(from), store_v_int(INVITE_KEPT_MAX)), &rows));
    for (bool row = false;;) {
        struct invite i;
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(read(rows, now_ms, &i));
        TRY(each(arg, &i));
    }
}

enum err invite_store_count(struct store_conn *db, const struct id *from, int64_t now_ms, int64_t *ret_open, int64_t *ret_all)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_COUNT, STORE_VALUES(store_v_id(from), store_v_int(now_ms)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret_all = store_int(rows, 0);
    *ret_open = store_int(rows, 1);
    return ERR_OK;
}

enum err invite_count_open(struct store_conn *db, int64_t now_ms, int64_t *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_COUNT_OPEN, STORE_VALUES(store_v_int(now_ms)), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_STORE;
    *ret = store_int(rows, 0);
    return ERR_OK;
}

enum err invite_store_forget_oldest(struct store_conn *db, const struct id *from, int64_t now_ms)
{
    return store_exec(db, SQL_FORGET, STORE_VALUES(store_v_id(from), store_v_int(now_ms)), NULL);
}

enum err invite_erase_person(struct store_conn *db, const struct id *person)
{
    return store_exec(db, SQL_ERASE, STORE_VALUES(store_v_id(person)), NULL);
}

enum err invite_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
