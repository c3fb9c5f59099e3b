/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Feeds and the times of plans in the store. */
#include "calendar/calendar.h"

static const char SQL_SET[] =
    "INSERT INTO calendar (person_id, feed_hash, title) VALUES (?1, ?2, ?3)"
    " ON CONFLICT (person_id) DO UPDATE SET feed_hash = excluded.feed_hash, title = excluded.title";
static const char SQL_TITLE[] = "SELECT title FROM calendar WHERE person_id = ?1";
static const char SQL_FIND[] = "SELECT person_id, title FROM calendar WHERE feed_hash = ?1";
static const char SQL_END[] = "DELETE FROM calendar WHERE person_id = ?1";

static const char SQL_PUT_PLAN[] =
    "INSERT INTO calendar_plan (person_id, id, start_ms, minutes, changed_ms) VALUES (?1, ?2, ?3, ?4, ?5)"
    " ON CONFLICT (person_id, id) DO UPDATE SET start_ms = excluded.start_ms, minutes = excluded.minutes, changed_ms = excluded.changed_ms"
    " WHERE calendar_plan.start_ms <> excluded.start_ms OR calendar_plan.minutes <> excluded.minutes";
static const char SQL_DROP_PLAN[] = "DELETE FROM calendar_plan WHERE person_id = ?1 AND id = ?2";
static const char SQL_DROP_PLANS[] = "DELETE FROM calendar_plan WHERE person_id = ?1";
static const char SQL_COUNT_OTHERS[] = "SELECT COUNT(*) FROM calendar_plan WHERE person_id = ?1 AND id <> ?2";
static const char SQL_EACH_PLAN[] =
    "SELECT id, start_ms, minutes, changed_ms FROM calendar_plan WHERE person_id = ?1 AND start_ms >= ?2 ORDER BY start_ms, id";
static const char SQL_FORGET[] = "DELETE FROM calendar_plan WHERE start_ms < ?1";

static const struct house_rule rules[] = {
    { "every calendar feed is a person's",
      "SELECT COUNT(*) FROM calendar c WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = c.person_id)" },
    { "times of plans are there for a feed only",
      "SELECT COUNT(*) FROM calendar_plan l WHERE NOT EXISTS (SELECT 1 FROM calendar c WHERE c.person_id = l.person_id)" },
};

enum err calendar_store_set(struct store_conn *db, const struct id *person, const struct hash *feed, struct text title)
{
    return store_exec(db, SQL_SET, STORE_VALUES(store_v_id(person), store_v_bytes(bytes_of(feed->b, HASH_BYTES)), store_v_text(title)), NULL);
}

enum err calendar_store_title(struct store_conn *db, struct arena *a, const struct id *person, struct text *ret)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_TITLE, STORE_VALUES(store_v_id(person)), &rows));
    TRY(store_next(rows, &row));
    return row ? arena_copy_text(a, store_text(rows, 0), ret) : ERR_NOT_FOUND;
}

enum err calendar_store_find(struct store_conn *db, struct arena *a, const struct hash *feed, struct id *ret_person, struct text *ret_title)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    TRY(store_query(db, SQL_FIND, STORE_VALUES(store_v_bytes(bytes_of(feed->b, HASH_BYTES))), &rows));
    TRY(store_next(rows, &row));
    if (!row) return ERR_NOT_FOUND;
    TRY(store_id(rows, 0, ret_person));
    return arena_copy_text(a, store_text(rows, 1), ret_title);
}

enum err calendar_store_put_plan(struct store_conn *db, const struct id *person, const struct id *plan, int64_t start_ms, int64_t minutes,
                                 int64_t now_ms)
{
    return store_exec(db, SQL_PUT_PLAN,
                      STORE_VALUES(store_v_id(person), store_v_id(plan), store_v_int(start_ms), store_v_int(minutes), store_v_int(now_ms)), NULL);
}

enum err calendar_store_drop_plan(struct store_conn *db, const struct id *person, const struct id *plan)
{
    return store_exec(db, SQL_DROP_PLAN, STORE_VALUES(store_v_id(person), store_v_id(plan)), NULL);
}

enum err calendar_store_count_others(struct store_conn *db, const struct id *person, const struct id *plan, int64_t *ret)
{
    return store_query_int(db, SQL_COUNT_OTHERS, STORE_VALUES(store_v_id(person), store_v_id(plan)), ret);
}

enum err calendar_store_each_plan(struct store_conn *db, const struct id *person, int64_t from_ms,
                                  enum err (*each)(void *arg, const struct calendar_time *plan), void *arg)
{
    STORE_ROWS rows = NULL;
    TRY(store_query(db, SQL_EACH_PLAN, STORE_VALUES(store_v_id(person), store_v_int(from_ms)), &rows));
    for (bool row = false;;) {
        struct calendar_time plan = { .cancelled = false };
        TRY(store_next(rows, &row));
        if (!row) return ERR_OK;
        TRY(store_id(rows, 0, &plan.id));
        plan.start_ms = store_int(rows, 1);
        plan.minutes = store_int(rows, 2);
        plan.made_ms = store_int(rows, 3);
        TRY(each(arg, &plan));
    }
}

enum err calendar_store_forget(struct store_conn *db, int64_t before_ms)
{
    return store_exec(db, SQL_FORGET, STORE_VALUES(store_v_int(before_ms)), NULL);
}

enum err calendar_erase_person(struct store_conn *db, const struct id *person)
{
    TRY(store_exec(db, SQL_DROP_PLANS, STORE_VALUES(store_v_id(person)), NULL));
    return store_exec(db, SQL_END, STORE_VALUES(store_v_id(person)), NULL);
}

enum err calendar_check(struct store_conn *db, int64_t *ret_broken)
{
    return house_check(db, rules, sizeof rules / sizeof rules[0], ret_broken);
}
