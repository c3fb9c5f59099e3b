/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* For unit tests of nouns: a real store, and calls to the routes' own handlers as the machinery would make them.
 *
 * A test declared with TESTING(name) gets a new house in an SQLite store in a temporary folder; where BESIDE_TEST_PG
 * holds a postgres:// URL, all tests run once more there, each in a schema of its own that is dropped behind it.
 * Writes run in a transaction that is rolled back when the handler fails, reads on a connection that can only read.
 * Not part of the program. */
#ifndef BESIDE_HOUSE_TESTING_H
#define BESIDE_HOUSE_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "house/house.h"

struct testing {
    struct store *store;
    struct store_conn *writes, *reads;
    struct house house;
    int64_t now_ms;                      /* what handlers take for the time; a test moves it */
    struct arena *scratch;               /* lives as long as the test */

    struct bytes invite_auth;            /* for the next call; emptied by it */
    struct text if_match;
    uint64_t break_at;                   /* the n-th statement of the next call fails; taken back behind it */

    struct arena *arena;                 /* the last call's: its reply, its events */
    struct call call;
    char where[256], schema[32];         /* the temporary folder, or the schema */
};

struct testing_caller { struct id id, session; bool steward; };

/* Calls "METHOD /path/{pattern}" of a table as WHO (NULL: nobody). The reply stands in t->call. */
enum err testing_call(struct testing *t, const struct route_table *routes, const char *route, const struct testing_caller *who,
                      const struct id *params, size_t n_params, struct bytes body);
#define TESTING_NO_PARAMS NULL, 0
#define TESTING_PARAMS(...) (const struct id[]){ __VA_ARGS__ }, sizeof((const struct id[]){ __VA_ARGS__ }) / sizeof(struct id)
#define TESTING_NO_BODY ((struct bytes){ NULL, 0 })

/* Runs FN as a write of WHO, for functions that no route calls in just this way. */
enum err testing_write(struct testing *t, const struct testing_caller *who, enum err (*fn)(struct call *c, void *arg), void *arg);

bool testing_reply_has(const struct testing *t, const char *part);          /* the JSON reply contains PART */
struct json_in *testing_reply(struct testing *t);                           /* the JSON reply, parsed */
size_t testing_events(const struct testing *t, enum event_type type, const struct id *person);   /* how many reach PERSON */
struct bytes testing_random(struct testing *t, size_t n);
struct bytes testing_body(struct build *b);                                 /* build_done() that must succeed */
int64_t testing_count(struct testing *t, const char *sql);                  /* one number; SQL is a constant */

int testing_set_up(void **state);
int testing_tear_down(void **state);
#define TESTING(NAME) cmocka_unit_test_setup_teardown(NAME, testing_set_up, testing_tear_down)
int testing_main(const char *group, const struct CMUnitTest *tests, size_t n);

#endif
