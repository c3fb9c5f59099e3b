/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The sweep: when it runs, and that what is over is gone after it. */
#include "api/sweep.h"
#include "circle/circle.h"
#include "lib/clock.h"
#include "room/testing.h"

struct given { int n; struct store_job *job; enum err says; };

static enum err take(void *arg, struct store_job *job)
{
    struct given *g = arg;
    g->n++;
    g->job = job;
    return g->says;
}

static void it_runs_at_the_start_and_every_ten_minutes_one_at_a_time(void **state)
{
    struct given g = { .says = ERR_OK };
    struct sweep *s = sweep_new();
    (void)state;
    assert_non_null(s);
    sweep_tick(s, 1000, take, &g);
    assert_int_equal(g.n, 1);
    sweep_tick(s, 1000 + SWEEP_EVERY_MS, take, &g);   /* the first is not done */
    assert_int_equal(g.n, 1);
    g.job->done(g.job->arg, ERR_OK);
    sweep_tick(s, SWEEP_EVERY_MS, take, &g);          /* a little too early */
    assert_int_equal(g.n, 1);
    g.says = ERR_BUSY;
    sweep_tick(s, 1000 + SWEEP_EVERY_MS, take, &g);   /* not taken */
    assert_int_equal(g.n, 2);
    g.says = ERR_OK;
    sweep_tick(s, 1000 + 2 * SWEEP_EVERY_MS, take, &g);
    assert_int_equal(g.n, 3);
    g.job->done(g.job->arg, ERR_STORE);               /* failed: the next one comes all the same */
    sweep_tick(s, 1000 + 3 * SWEEP_EVERY_MS, take, &g);
    assert_int_equal(g.n, 4);
    sweep_free(&s);
    assert_null(s);
}

static enum err found(struct call *c, void *arg)
{
    struct room_change change;
    bool is_new;
    TRY(room_change_parse(*(struct bytes *)arg, &change));
    TRY(circle_found(c, &change, CIRCLE_SIZE_USUAL, &is_new));
    return circle_set_rules(c, &(struct circle){ .room = change.link.room, .size = CIRCLE_SIZE_USUAL, .fade_days = 3 });
}

static enum err write_entry(struct call *c, void *arg)
{
    struct room_line line;
    bool is_new;
    struct id entry = crypt_random_id();
    const struct testing_link *l = arg;
    uint8_t body[400] = { 1, 0, 0, 0, 1 };
    return room_write(c, &l->room, &entry, bytes_of(body, sizeof body), &line, &is_new);
}

static void what_is_over_is_gone_after_it(void **state)
{
    static const char WITH_WORDS[] = "SELECT COUNT(*) FROM entry WHERE flags = 0";
    struct testing *t = *state;
    struct given g = { .says = ERR_OK };
    struct testing_person a = testing_person(t);
    struct testing_link l = testing_first_link(&a, ROOM_CIRCLE, NULL);
    struct bytes change = testing_change(t, l);
    struct sweep *s = sweep_new();
    assert_int_equal(testing_write(t, &a.caller, found, &change), ERR_OK);
    t->now_ms = clock_now_ms() - 2 * CLOCK_DAY_MS;
    assert_int_equal(testing_write(t, &a.caller, write_entry, &l), ERR_OK);
    assert_int_equal(sweep_all(t->writes, t->scratch, clock_now_ms()), ERR_OK);
    assert_int_equal(testing_count(t, WITH_WORDS), 1);
    t->now_ms -= 2 * CLOCK_DAY_MS;
    struct testing_link other = testing_first_link(&a, ROOM_CIRCLE, NULL);
    change = testing_change(t, other);
    assert_int_equal(testing_write(t, &a.caller, found, &change), ERR_OK);
    assert_int_equal(testing_write(t, &a.caller, write_entry, &other), ERR_OK);
    sweep_tick(s, 1, take, &g);
    assert_int_equal(store_begin(t->writes), ERR_OK);
    assert_int_equal(g.job->run(t->writes, g.job->arg), ERR_OK);
    assert_int_equal(store_commit(t->writes), ERR_OK);
    g.job->done(g.job->arg, ERR_OK);
    assert_int_equal(testing_count(t, WITH_WORDS), 1);
    sweep_free(&s);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_runs_at_the_start_and_every_ten_minutes_one_at_a_time),
        TESTING(what_is_over_is_gone_after_it),
    };
    return testing_main("sweep", tests, sizeof tests / sizeof tests[0]);
}
