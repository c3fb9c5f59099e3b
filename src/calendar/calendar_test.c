/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Feeds: their address, what stands in them and what does not, and what is kept of plans. (That others can read them is proven
 * with a parser that is not libical: tests/api/calendar.ts.) */
#include "calendar/calendar.h"
#include "person/testing.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

static struct bytes json(struct testing *t, const char *text)
{
    struct bytes b;
    assert_int_equal(arena_copy(t->scratch, bytes_of(text, strlen(text)), &b), ERR_OK);
    return b;
}

static enum err put(struct testing *t, const struct testing_person *p, const struct id *feed, const char *title)
{
    struct build b = build_start(t->scratch, 1024);
    json_open(&b, NULL, '{');
    json_id(&b, "feed", feed);
    json_text(&b, "title", text_of(title));
    json_close(&b, '}');
    return testing_call(t, &calendar_routes, "PUT /api/calendar", &p->caller, TESTING_NO_PARAMS, testing_body(&b));
}

static enum err put_plan(struct testing *t, const struct testing_person *p, struct id plan, int64_t start_ms, int64_t minutes)
{
    struct build b = build_start(t->scratch, 256);
    json_open(&b, NULL, '{');
    json_int(&b, "start_ms", start_ms);
    json_int(&b, "minutes", minutes);
    json_close(&b, '}');
    return testing_call(t, &calendar_routes, "PUT /api/calendar/plans/{plan}", &p->caller, TESTING_PARAMS(plan), testing_body(&b));
}

static enum err drop_plan(struct testing *t, const struct testing_person *p, struct id plan)
{
    return testing_call(t, &calendar_routes, "DELETE /api/calendar/plans/{plan}", &p->caller, TESTING_PARAMS(plan), TESTING_NO_BODY);
}

static enum err get(struct testing *t, struct id feed)
{
    return testing_call(t, &calendar_routes, "GET /api/calendar/{feed}/notes.ics", NULL, TESTING_PARAMS(feed), TESTING_NO_BODY);
}

static size_t times_in(struct testing *t, struct id feed)
{
    size_t n = 0;
    assert_int_equal(get(t, feed), ERR_OK);
    struct text left = { (const char *)t->call.reply.p, t->call.reply.n };
    for (const char *at; (at = memmem(left.p, left.n, "BEGIN:VEVENT", 12)); n++)
        left = (struct text){ at + 1, left.n - (size_t)(at + 1 - left.p) };
    return n;
}

/* A person with a feed. */
static struct testing_person with_feed(struct testing *t, struct id *ret_feed)
{
    struct testing_person p = testing_person(t);
    *ret_feed = crypt_random_id();
    assert_int_equal(put(t, &p, ret_feed, "Time for me"), ERR_OK);
    assert_int_equal(t->call.status, 204);
    return p;
}

static void assert_store_is_sound(struct testing *t)
{
    int64_t broken = 0;
    assert_int_equal(calendar_check(t->reads, &broken), ERR_OK);
    assert_int_equal(broken, 0);
}

/* ---- the address ---- */

static void a_feed_is_off_until_it_is_wanted_and_after_it_was_ended(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    struct id feed = crypt_random_id();
    assert_int_equal(testing_call(t, &calendar_routes, "GET /api/calendar", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "{\"on\":false,\"title\":null}"));
    assert_int_equal(get(t, feed), ERR_NOT_FOUND);
    assert_int_equal(put(t, &p, &feed, "Time for me"), ERR_OK);
    assert_int_equal(testing_call(t, &calendar_routes, "GET /api/calendar", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_true(testing_reply_has(t, "{\"on\":true,\"title\":\"Time for me\"}"));
    assert_int_equal(get(t, feed), ERR_OK);
    assert_string_equal(t->call.reply_type, "text/calendar; charset=utf-8");
    for (int i = 0; i < 2; i++)
        assert_int_equal(testing_call(t, &calendar_routes, "DELETE /api/calendar", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_int_equal(get(t, feed), ERR_NOT_FOUND);
}

static void a_new_address_ends_the_old_one_and_keeps_the_times(void **state)
{
    struct testing *t = *state;
    struct id old, new = crypt_random_id();
    struct testing_person p = with_feed(t, &old);
    assert_int_equal(put_plan(t, &p, crypt_random_id(), t->now_ms + DAY_MS, 60), ERR_OK);
    assert_int_equal(times_in(t, old), 1);
    assert_int_equal(put(t, &p, &new, "Walk"), ERR_OK);
    assert_int_equal(get(t, old), ERR_NOT_FOUND);
    assert_int_equal(times_in(t, new), 1);
    assert_true(testing_reply_has(t, "SUMMARY:Walk\r\n"));
}

static void the_address_is_not_in_the_store_and_is_nobody_elses(void **state)
{
    struct testing *t = *state;
    struct id feed;
    struct testing_person p = with_feed(t, &feed), other = testing_person(t);
    STORE_ROWS rows = NULL;
    bool row = false;
    assert_int_equal(store_query(t->reads, "SELECT feed_hash FROM calendar", STORE_NO_VALUES, &rows), ERR_OK);
    assert_int_equal(store_next(rows, &row), ERR_OK);
    assert_int_equal(store_bytes(rows, 0).n, HASH_BYTES);
    assert_null(memmem(store_bytes(rows, 0).p, HASH_BYTES, feed.b, 4));
    store_rows_end(&rows);
    assert_int_equal(put(t, &other, &feed, "Mine"), ERR_EXISTS);
    assert_int_equal(put(t, &p, &feed, "Another title"), ERR_OK);   /* a repeat by its own person is a change of title */
}

/* N trees, of four bytes each. */
static void plant(char *ret, size_t n)
{
    for (size_t i = 0; i < n; i++) memcpy(ret + 4 * i, "\xf0\x9f\x8c\xb3", 4);
    ret[4 * n] = '\0';
}

static void a_title_is_one_line_of_one_to_sixty_characters(void **state)
{
    struct testing *t = *state;
    struct testing_person p = testing_person(t);
    struct id feed = crypt_random_id();
    char trees[4 * CALENDAR_TITLE_MAX + 5];
    plant(trees, CALENDAR_TITLE_MAX);
    assert_int_equal(put(t, &p, &feed, trees), ERR_OK);
    assert_int_equal(put(t, &p, &feed, ""), ERR_BAD_INPUT);
    assert_int_equal(put(t, &p, &feed, "two\nlines"), ERR_BAD_INPUT);
    assert_int_equal(put(t, &p, &feed, "two\r\nATTENDEE:x"), ERR_BAD_INPUT);
    plant(trees, CALENDAR_TITLE_MAX + 1);
    assert_int_equal(put(t, &p, &feed, trees), ERR_BAD_INPUT);
    assert_int_equal(put(t, &p, &feed, "1234567890123456789012345678901234567890123456789012345678901"), ERR_BAD_INPUT);
}

/* ---- what stands in it ---- */

static void a_time_stands_in_utc_under_the_title_and_says_nothing_else(void **state)
{
    struct testing *t = *state;
    struct id person = { "person" }, first = { "first" }, second = { "second" };
    struct calendar_time times[] = {
        { first, INT64_C(1790000000000), 45, INT64_C(1789000000000), false },   /* 2026-09-21 14:13:20 */
        { second, INT64_C(1790086400000), 90, INT64_C(1789000000000), true },
    };
    struct text text;
    assert_int_equal(calendar_text(&t->house, t->scratch, &person, TEXT("Tea, with a friend; \\o/"), times, 2, &text), ERR_OK);
    const char *uid = strstr(text.p, "UID:") + 4;
    char expected[2048];
    int n = snprintf(expected, sizeof expected,
                     "BEGIN:VEVENT\r\nUID:%.22s\r\nDTSTAMP:20260910T002640Z\r\nDTSTART:20260921T141320Z\r\nDTEND:20260921T145820Z\r\n"
                     "SUMMARY:Tea\\, with a friend\\; \\\\o/\r\nCLASS:PRIVATE\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n", uid);
    assert_true(n > 0 && (size_t)n < sizeof expected);
    assert_non_null(strstr(text.p, expected));
    assert_non_null(strstr(text.p, "DTSTART:20260922T141320Z\r\nDTEND:20260922T154320Z\r\n"));
    assert_non_null(strstr(text.p, "STATUS:CANCELLED\r\n"));
    assert_non_null(strstr(text.p, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
}

static const char *uid_in(struct testing *t, const struct id *person, const struct id *id)
{
    struct calendar_time time = { *id, t->now_ms, 30, t->now_ms, false };
    struct text text;
    assert_int_equal(calendar_text(&t->house, t->scratch, person, TEXT("x"), &time, 1, &text), ERR_OK);
    return strstr(text.p, "UID:");
}

static void a_uid_stays_and_is_another_for_each_person(void **state)
{
    struct testing *t = *state;
    struct id ann = { "ann" }, ben = { "ben" }, walk = { "walk" }, tea = { "tea" };
    char walk_text[ID_TEXT + 1];
    id_format(&walk, walk_text);
    assert_memory_equal(uid_in(t, &ann, &walk), uid_in(t, &ann, &walk), 4 + ID_TEXT);
    assert_memory_not_equal(uid_in(t, &ann, &walk), uid_in(t, &ben, &walk), 4 + ID_TEXT);
    assert_memory_not_equal(uid_in(t, &ann, &walk), uid_in(t, &ann, &tea), 4 + ID_TEXT);
    assert_memory_not_equal(uid_in(t, &ann, &walk) + 4, walk_text, ID_TEXT);
}

static void the_same_times_give_the_same_bytes_whenever_they_are_read(void **state)
{
    struct testing *t = *state;
    struct id feed;
    struct testing_person p = with_feed(t, &feed);
    struct id plan = crypt_random_id();
    struct bytes first, second;
    assert_int_equal(put_plan(t, &p, plan, t->now_ms + DAY_MS, 60), ERR_OK);
    assert_int_equal(get(t, feed), ERR_OK);
    char etag[64];
    (void)snprintf(etag, sizeof etag, "%s", t->call.etag);
    assert_int_equal(arena_copy(t->scratch, t->call.reply, &first), ERR_OK);
    t->now_ms += 3600 * 1000;
    assert_int_equal(put_plan(t, &p, plan, t->now_ms + DAY_MS - 3600 * 1000, 60), ERR_OK);   /* a repeat */
    assert_int_equal(get(t, feed), ERR_OK);
    assert_int_equal(arena_copy(t->scratch, t->call.reply, &second), ERR_OK);
    assert_true(bytes_equal(first, second));
    assert_string_equal(t->call.etag, etag);
    assert_int_equal(put_plan(t, &p, plan, t->now_ms + DAY_MS, 60), ERR_OK);
    assert_int_equal(get(t, feed), ERR_OK);
    assert_string_not_equal(t->call.etag, etag);
}

static void a_feed_of_the_most_times_fits_into_a_reply(void **state)
{
    struct testing *t = *state;
    static struct calendar_time times[CALENDAR_TIMES_MAX];
    char title[4 * CALENDAR_TITLE_MAX + 1];
    struct text text;
    struct id person = { "person" };
    plant(title, CALENDAR_TITLE_MAX);
    for (size_t i = 0; i < CALENDAR_TIMES_MAX; i++) times[i] = (struct calendar_time){ crypt_random_id(), CALENDAR_START_MAX, 15, t->now_ms, true };
    struct arena *a = arena_new(CALL_ARENA_MAX);
    assert_int_equal(calendar_text(&t->house, a, &person, text_of(title), times, CALENDAR_TIMES_MAX, &text), ERR_OK);
    assert_true(text.n < CALL_REPLY_MAX);
    arena_free(&a);
}

/* ---- plans ---- */

static void plans_are_kept_for_a_feed_only_and_go_with_it(void **state)
{
    struct testing *t = *state;
    struct id feed;
    struct testing_person p = testing_person(t);
    assert_int_equal(put_plan(t, &p, crypt_random_id(), t->now_ms, 60), ERR_NOT_FOUND);
    p = with_feed(t, &feed);
    struct id plan = crypt_random_id();
    assert_int_equal(put_plan(t, &p, plan, t->now_ms, 60), ERR_OK);
    assert_int_equal(put_plan(t, &p, crypt_random_id(), t->now_ms, 60), ERR_OK);
    assert_int_equal(times_in(t, feed), 2);
    assert_int_equal(drop_plan(t, &p, plan), ERR_OK);
    assert_int_equal(drop_plan(t, &p, plan), ERR_OK);
    assert_int_equal(times_in(t, feed), 1);
    assert_int_equal(testing_call(t, &calendar_routes, "DELETE /api/calendar", &p.caller, TESTING_NO_PARAMS, TESTING_NO_BODY), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM calendar_plan"), 0);
    assert_store_is_sound(t);
}

static void a_plan_is_its_persons_alone(void **state)
{
    struct testing *t = *state;
    struct id anns, bens, plan = crypt_random_id();
    struct testing_person ann = with_feed(t, &anns), ben = with_feed(t, &bens);
    assert_int_equal(put_plan(t, &ann, plan, t->now_ms, 60), ERR_OK);
    assert_int_equal(put_plan(t, &ben, plan, t->now_ms, 60), ERR_OK);
    assert_int_equal(drop_plan(t, &ben, plan), ERR_OK);
    assert_int_equal(times_in(t, anns), 1);
    assert_int_equal(times_in(t, bens), 0);
}

static void two_hundred_plans_are_taken_and_one_of_them_can_still_be_moved(void **state)
{
    struct testing *t = *state;
    struct id feed, plan = { "" };
    struct testing_person p = with_feed(t, &feed);
    for (int i = 0; i < CALENDAR_PLANS_MAX; i++) {
        plan = crypt_random_id();
        assert_int_equal(put_plan(t, &p, plan, t->now_ms + i, 60), ERR_OK);
    }
    assert_int_equal(put_plan(t, &p, crypt_random_id(), t->now_ms, 60), ERR_TOO_MANY);
    assert_int_equal(put_plan(t, &p, plan, t->now_ms + DAY_MS, 90), ERR_OK);
    assert_int_equal(times_in(t, feed), CALENDAR_PLANS_MAX);
}

static void a_plan_leaves_the_feed_and_the_store_thirty_days_after_it(void **state)
{
    struct testing *t = *state;
    struct id feed;
    struct testing_person p = with_feed(t, &feed);
    assert_int_equal(put_plan(t, &p, crypt_random_id(), t->now_ms, 60), ERR_OK);
    t->now_ms += 30 * DAY_MS;
    assert_int_equal(times_in(t, feed), 1);
    t->now_ms += 1;
    assert_int_equal(times_in(t, feed), 0);
    assert_int_equal(store_begin(t->writes), ERR_OK);
    assert_int_equal(calendar_sweep(t->writes, t->scratch, t->now_ms), ERR_OK);
    assert_int_equal(store_commit(t->writes), ERR_OK);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM calendar_plan"), 0);
}

static void what_is_no_time_is_refused(void **state)
{
    struct testing *t = *state;
    struct id feed;
    struct testing_person p = with_feed(t, &feed);
    assert_int_equal(put_plan(t, &p, crypt_random_id(), -1, 60), ERR_BAD_INPUT);
    assert_int_equal(put_plan(t, &p, crypt_random_id(), CALENDAR_START_MAX + 1, 60), ERR_BAD_INPUT);
    assert_int_equal(put_plan(t, &p, crypt_random_id(), t->now_ms, 0), ERR_BAD_INPUT);
    assert_int_equal(put_plan(t, &p, crypt_random_id(), t->now_ms, CALENDAR_MINUTES_MAX + 1), ERR_BAD_INPUT);
    assert_int_equal(testing_call(t, &calendar_routes, "PUT /api/calendar/plans/{plan}", &p.caller, TESTING_PARAMS(feed),
                                  json(t, "{\"start_ms\":5,\"minutes\":5,\"words\":\"tea\"}")), ERR_BAD_INPUT);
}

static enum err erase(struct call *c, void *none)
{
    (void)none;
    return calendar_erase_person(c->db, &c->me);
}

static void nothing_stays_of_who_is_erased(void **state)
{
    struct testing *t = *state;
    struct id anns, bens;
    struct testing_person ann = with_feed(t, &anns), ben = with_feed(t, &bens);
    assert_int_equal(put_plan(t, &ann, crypt_random_id(), t->now_ms, 60), ERR_OK);
    assert_int_equal(put_plan(t, &ben, crypt_random_id(), t->now_ms, 60), ERR_OK);
    assert_int_equal(testing_write(t, &ann.caller, erase, NULL), ERR_OK);
    assert_int_equal(get(t, anns), ERR_NOT_FOUND);
    assert_int_equal(testing_count(t, "SELECT COUNT(*) FROM calendar_plan"), 1);
    assert_int_equal(times_in(t, bens), 1);
    assert_store_is_sound(t);
}

static void a_store_that_fails_is_told(void **state)
{
    struct testing *t = *state;
    struct id feed;
    struct testing_person p = with_feed(t, &feed);
    for (uint64_t n = 1; n <= 3; n++) {
        t->break_at = n;
        assert_int_equal(put_plan(t, &p, crypt_random_id(), t->now_ms, 60), ERR_STORE);
    }
    for (uint64_t n = 1; n <= 2; n++) {
        t->break_at = n;
        assert_int_equal(get(t, feed), ERR_STORE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TESTING(a_feed_is_off_until_it_is_wanted_and_after_it_was_ended),
        TESTING(a_new_address_ends_the_old_one_and_keeps_the_times),
        TESTING(the_address_is_not_in_the_store_and_is_nobody_elses),
        TESTING(a_title_is_one_line_of_one_to_sixty_characters),
        TESTING(a_time_stands_in_utc_under_the_title_and_says_nothing_else),
        TESTING(a_uid_stays_and_is_another_for_each_person),
        TESTING(the_same_times_give_the_same_bytes_whenever_they_are_read),
        TESTING(a_feed_of_the_most_times_fits_into_a_reply),
        TESTING(plans_are_kept_for_a_feed_only_and_go_with_it),
        TESTING(a_plan_is_its_persons_alone),
        TESTING(two_hundred_plans_are_taken_and_one_of_them_can_still_be_moved),
        TESTING(a_plan_leaves_the_feed_and_the_store_thirty_days_after_it),
        TESTING(what_is_no_time_is_refused),
        TESTING(nothing_stays_of_who_is_erased),
        TESTING(a_store_that_fails_is_told),
    };
    return testing_main("calendar", tests, sizeof tests / sizeof tests[0]);
}
