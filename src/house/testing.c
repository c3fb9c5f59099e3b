/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The unit tests' house. */
#include "house/testing.h"

#include <stdlib.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/log.h"

static const char *pg_url;   /* the engine of the run under way; NULL: SQLite */

/* ---- the store ---- */

/* Does something with the schema. The text is kept, because the store finds statements by their address. */
static void in_pg(struct testing *t, const char *before, const char *after)
{
    char text[128];
    struct text kept;
    struct store *s = NULL;
    int n = snprintf(text, sizeof text, "%s %s %s", before, t->schema, after);
    assert_int_equal(arena_copy_text(t->scratch, (struct text){ text, (size_t)n }, &kept), ERR_OK);
    struct store_conn *db = NULL;
    assert_int_equal(store_open(pg_url, &s), ERR_OK);
    assert_int_equal(store_connect(s, STORE_WRITES, &db), ERR_OK);
    assert_int_equal(store_begin(db), ERR_OK);
    assert_int_equal(store_exec(db, kept.p, STORE_NO_VALUES, NULL), ERR_OK);
    assert_int_equal(store_commit(db), ERR_OK);
    store_disconnect(&db);
    store_free(&s);
}

static void choose_place(struct testing *t)
{
    if (!pg_url) {
        (void)snprintf(t->where, sizeof t->where, "/tmp/beside-test-XXXXXX");
        assert_non_null(mkdtemp(t->where));
        return;
    }
    uint32_t number;
    crypt_random(&number, sizeof number);
    (void)snprintf(t->schema, sizeof t->schema, "beside_test_%08x", number);
    in_pg(t, "CREATE SCHEMA", "");
    int n = snprintf(t->where, sizeof t->where, "%s%coptions=-csearch_path%%3D%s", pg_url, strchr(pg_url, '?') ? '&' : '?', t->schema);
    assert_true(n > 0 && (size_t)n < sizeof t->where);
}

static void leave_place(struct testing *t)
{
    static const char *const files[] = { "beside.db", "beside.db-wal", "beside.db-shm" };
    char path[300];
    if (pg_url) {
        in_pg(t, "DROP SCHEMA", "CASCADE");
        return;
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", t->where, files[i]);
        (void)unlink(path);   /* the log may be gone already */
    }
    (void)rmdir(t->where);
}

int testing_set_up(void **state)
{
    struct testing *t = calloc(1, sizeof *t);
    if (!t || crypt_init() != ERR_OK) return -1;
    t->scratch = arena_new((size_t)64 << 20);
    t->arena = arena_new(CALL_ARENA_MAX);
    t->now_ms = INT64_C(1790000000000);
    choose_place(t);
    assert_int_equal(store_open(t->where, &t->store), ERR_OK);
    assert_int_equal(store_migrate(t->store), ERR_OK);
    assert_int_equal(house_load(t->store, &t->house), ERR_OK);
    t->house.circle_size_max = 8;
    assert_int_equal(store_connect(t->store, STORE_WRITES, &t->writes), ERR_OK);
    assert_int_equal(store_connect(t->store, STORE_READS, &t->reads), ERR_OK);
    *state = t;
    return 0;
}

int testing_tear_down(void **state)
{
    struct testing *t = *state;
    store_disconnect(&t->reads);
    store_disconnect(&t->writes);
    store_free(&t->store);
    leave_place(t);
    arena_free(&t->arena);
    arena_free(&t->scratch);
    free(t);
    return 0;
}

/* ---- calls ---- */

static const struct route *find_route(const struct route_table *routes, const char *route)
{
    for (size_t i = 0; i < routes->n; i++) {
        const struct route *r = &routes->rows[i];
        size_t n = strlen(r->method);
        if (strncmp(route, r->method, n) == 0 && route[n] == ' ' && strcmp(route + n + 1, r->path) == 0) return r;
    }
    fail_msg("there is no route %s", route);
    return NULL;
}

/* A call by WHO, with what the test has put into its headers. */
static void start_call(struct testing *t, const struct testing_caller *who, struct bytes body)
{
    arena_reset(t->arena);
    t->call = (struct call){ .arena = t->arena, .house = &t->house, .now_ms = t->now_ms, .body = body,
                             .invite_auth = t->invite_auth, .if_match = t->if_match };
    t->invite_auth = TESTING_NO_BODY;
    t->if_match = TEXT("");
    if (!who) return;
    t->call.signed_in = true;
    t->call.me = who->id;
    t->call.session = who->session;
    t->call.steward = who->steward;
}

static enum err run_route(struct call *c, void *arg)
{
    const struct route *r = arg;
    return r->run(c);
}

/* The fault is for the handler's statements: not for those around them. */
static enum err run_with_fault(struct testing *t, enum err (*fn)(struct call *c, void *arg), void *arg)
{
    store_fault_after(t->store, STORE_FAULT_STATEMENT, t->break_at, ERR_STORE);
    enum err e = fn(&t->call, arg);
    t->break_at = 0;
    store_fault_after(t->store, STORE_FAULT_STATEMENT, 0, ERR_STORE);
    return e;
}

/* Ends the transaction as the writer would end the job's savepoint. */
static enum err write_call(struct testing *t, enum err (*fn)(struct call *c, void *arg), void *arg)
{
    t->call.db = t->writes;
    assert_int_equal(store_begin(t->writes), ERR_OK);
    enum err e = run_with_fault(t, fn, arg);
    if (e == ERR_OK) return store_commit(t->writes);
    store_rollback(t->writes);
    return e;
}

enum err testing_call(struct testing *t, const struct route_table *routes, const char *route, const struct testing_caller *who,
                      const struct id *params, size_t n_params, struct bytes body)
{
    struct route r = *find_route(routes, route);
    assert_true(who || r.who == WHO_ANY || r.who == WHO_INVITE);
    assert_true(n_params <= CALL_PARAMS_MAX && body.n <= r.body_max);
    start_call(t, who, body);
    for (size_t i = 0; i < n_params; i++)
        t->call.params[i] = params[i];
    if (r.mode == MODE_WRITES) return write_call(t, run_route, &r);
    t->call.db = t->reads;
    return run_with_fault(t, run_route, &r);
}

enum err testing_write(struct testing *t, const struct testing_caller *who, enum err (*fn)(struct call *c, void *arg), void *arg)
{
    start_call(t, who, TESTING_NO_BODY);
    return write_call(t, fn, arg);
}

bool testing_reply_has(const struct testing *t, const char *part)
{
    return memmem(t->call.reply.p, t->call.reply.n, part, strlen(part)) != NULL;
}

struct json_in *testing_reply(struct testing *t)
{
    struct json_in *in = NULL;
    assert_int_equal(json_parse(t->scratch, t->call.reply, &in), ERR_OK);
    return in;
}

size_t testing_events(const struct testing *t, enum event_type type, const struct id *person)
{
    size_t n = 0;
    for (size_t i = 0; i < t->call.n_events; i++)
        for (size_t k = 0; t->call.events[i].type == type && k < t->call.events[i].n_people; k++)
            n += id_equal(&t->call.events[i].people[k], person);
    return n;
}

struct bytes testing_random(struct testing *t, size_t n)
{
    uint8_t *p = arena_take(t->scratch, n);
    assert_non_null(p);
    crypt_random(p, n);
    return bytes_of(p, n);
}

struct bytes testing_body(struct build *b)
{
    struct bytes body = TESTING_NO_BODY;
    assert_int_equal(build_done(b, &body), ERR_OK);
    return body;
}

int64_t testing_count(struct testing *t, const char *sql)
{
    STORE_ROWS rows = NULL;
    bool row = false;
    assert_int_equal(store_query(t->reads, sql, STORE_NO_VALUES, &rows), ERR_OK);
    assert_int_equal(store_next(rows, &row), ERR_OK);
    assert_true(row);
    return store_int(rows, 0);
}

int testing_main(const char *group, const struct CMUnitTest *tests, size_t n)
{
    char name[64];
    log_set_level(LOG_LEVEL_QUIET);
    pg_url = NULL;
    (void)snprintf(name, sizeof name, "%s on SQLite", group);
    int failed = _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    pg_url = getenv("BESIDE_TEST_PG");
    if (!pg_url || !*pg_url) return failed;
    (void)snprintf(name, sizeof name, "%s on PostgreSQL", group);
    return failed + _cmocka_run_group_tests(name, tests, n, NULL, NULL);
}
