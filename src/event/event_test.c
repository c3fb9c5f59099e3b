/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The hub as its subscribers see it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypt/crypt.h"
#include "event/event.h"

static const struct id ANN = { "ann" }, BEN = { "ben" };
static const struct id PHONE = { "phone" }, LAPTOP = { "laptop" };

static void count_wake(void *arg) { atomic_fetch_add((atomic_int *)arg, 1); }

static struct event_sub *subscribe(struct event_hub *h, const struct id *who, const char *last_id, atomic_int *wakes)
{
    struct event_sub *s = NULL;
    assert_int_equal(event_subscribe(h, who, &PHONE, text_of(last_id), count_wake, wakes, &s), ERR_OK);
    return s;
}

/* All that waits, as a string. */
static const char *read_all(struct event_sub *s, char *buf, size_t size)
{
    size_t n = 0;
    ptrdiff_t got;
    while ((got = event_read(s, buf + n, size - 1 - n)) > 0)
        n += (size_t)got;
    buf[n] = '\0';
    return buf;
}

/* The last `id:` of a piece of stream. */
static void last_id_of(const char *text, char ret[38])
{
    const char *at = NULL;
    for (const char *p = text; (p = strstr(p, "id: ")); p++)
        at = p + 4;
    assert_non_null(at);
    memcpy(ret, at, 37);
    ret[37] = '\0';
}

static void a_new_stream_hears_hello_then_what_is_published_to_it(void **state)
{
    (void)state;
    char buf[1024];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    assert_non_null(strstr(read_all(s, buf, sizeof buf), "event: hello\ndata: {\"resumed\":false}\n\n"));
    event_publish(h, &BEN, 1, EVENT_ENTRY, TEXT("for-ben"));
    assert_int_equal(wakes, 0);
    event_publish(h, (struct id[]){ BEN, ANN }, 2, EVENT_ENTRY, TEXT("for-both"));
    assert_int_equal(wakes, 1);
    read_all(s, buf, sizeof buf);
    assert_non_null(strstr(buf, "\nevent: entry\ndata: for-both\n\n"));
    assert_null(strstr(buf, "for-ben"));
    event_unsubscribe(&s);
    event_hub_free(&h);
}

static void a_reader_is_woken_once_and_only_after_it_found_nothing(void **state)
{
    (void)state;
    char buf[1024];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    event_publish(h, &ANN, 1, EVENT_VAULT, TEXT("1"));
    assert_int_equal(wakes, 0);
    read_all(s, buf, sizeof buf);
    event_publish(h, &ANN, 1, EVENT_VAULT, TEXT("2"));
    event_publish(h, &ANN, 1, EVENT_VAULT, TEXT("3"));
    assert_int_equal(wakes, 1);
    event_unsubscribe(&s);
    event_hub_free(&h);
}

static void small_reads_give_the_same_text(void **state)
{
    (void)state;
    char whole[2048], pieces[2048] = "", piece[8];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *a = subscribe(h, &ANN, "", &wakes), *b = subscribe(h, &ANN, "", &wakes);
    event_publish(h, &ANN, 1, EVENT_BOND, TEXT("{\"room\":\"x\"}"));
    event_publish(h, &ANN, 1, EVENT_ROOM, TEXT("{\"id\":\"x\"}"));
    read_all(a, whole, sizeof whole);
    ptrdiff_t n;
    while ((n = event_read(b, piece, 7)) > 0)
        strncat(pieces, piece, (size_t)n);
    assert_string_equal(whole, pieces);
    event_unsubscribe(&a);
    event_unsubscribe(&b);
    event_hub_free(&h);
}

static void a_stream_that_was_cut_resumes_with_what_it_missed(void **state)
{
    (void)state;
    char buf[4096], id[38];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    event_publish(h, &ANN, 1, EVENT_ENTRY, TEXT("one"));
    last_id_of(read_all(s, buf, sizeof buf), id);
    event_unsubscribe(&s);
    event_publish(h, &ANN, 1, EVENT_ENTRY, TEXT("two"));
    event_publish(h, &BEN, 1, EVENT_ENTRY, TEXT("not-hers"));
    event_publish(h, &ANN, 1, EVENT_ENTRY, TEXT("three"));
    s = subscribe(h, &ANN, id, &wakes);
    read_all(s, buf, sizeof buf);
    assert_non_null(strstr(buf, "{\"resumed\":true}"));
    assert_null(strstr(buf, "data: one"));
    assert_null(strstr(buf, "not-hers"));
    assert_true(strstr(buf, "data: two") < strstr(buf, "data: three"));
    event_unsubscribe(&s);
    event_hub_free(&h);
}

static void a_signal_reaches_open_streams_only_and_is_kept_nowhere(void **state)
{
    (void)state;
    char buf[4096], id[38], again[38];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    event_publish(h, &ANN, 1, EVENT_ENTRY, TEXT("one"));
    last_id_of(read_all(s, buf, sizeof buf), id);
    for (int i = 0; i < 3; i++) event_publish(h, (struct id[]){ ANN, BEN }, 2, EVENT_SIGNAL, TEXT("here"));
    assert_string_equal(read_all(s, buf, sizeof buf), "event: signal\ndata: here\n\nevent: signal\ndata: here\n\nevent: signal\ndata: here\n\n");
    event_unsubscribe(&s);
    event_publish(h, &ANN, 1, EVENT_SIGNAL, TEXT("while-away"));
    event_publish(h, &ANN, 1, EVENT_ENTRY, TEXT("two"));
    s = subscribe(h, &ANN, id, &wakes);   /* the last id that was heard is that of the event before the signals */
    last_id_of(read_all(s, buf, sizeof buf), again);
    assert_non_null(strstr(buf, "{\"resumed\":true}"));
    assert_non_null(strstr(buf, "data: two"));
    assert_null(strstr(buf, "signal"));
    event_unsubscribe(&s);
    s = subscribe(h, &BEN, "", &wakes);
    assert_null(strstr(read_all(s, buf, sizeof buf), "here"));
    event_unsubscribe(&s);
    event_hub_free(&h);
}

static void signals_take_no_place_from_the_events_that_are_kept(void **state)
{
    (void)state;
    char buf[4096], id[38];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    event_publish(h, &ANN, 1, EVENT_ENTRY, TEXT("known"));
    last_id_of(read_all(s, buf, sizeof buf), id);
    event_unsubscribe(&s);
    for (int i = 0; i < 2 * EVENT_RING; i++) event_publish(h, &ANN, 1, EVENT_SIGNAL, TEXT("here"));
    s = subscribe(h, &ANN, id, &wakes);
    assert_non_null(strstr(read_all(s, buf, sizeof buf), "{\"resumed\":true}"));
    event_unsubscribe(&s);
    event_hub_free(&h);
}

static void a_stream_that_does_not_read_its_signals_is_dropped(void **state)
{
    (void)state;
    char buf[1024], data[1400];
    memset(data, 'x', sizeof data);
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *slow = subscribe(h, &ANN, "", &wakes);
    for (int i = 0; i < EVENT_QUEUE_BYTES / 1400 + 1; i++) event_publish(h, &ANN, 1, EVENT_SIGNAL, (struct text){ data, sizeof data });
    assert_int_equal(event_read(slow, buf, sizeof buf), -1);
    event_unsubscribe(&slow);
    event_hub_free(&h);
}

static void a_stream_cut_right_after_hello_resumes_from_its_old_place(void **state)
{
    (void)state;
    char buf[4096], id[38], id_of_hello[38], hello[128];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    last_id_of(read_all(s, buf, sizeof buf), id);
    event_unsubscribe(&s);
    event_publish(h, &ANN, 1, EVENT_ENTRY, TEXT("missed"));
    s = subscribe(h, &ANN, id, &wakes);
    assert_true(event_read(s, hello, 60) == 60);
    hello[60] = '\0';
    last_id_of(hello, id_of_hello);
    assert_string_equal(id, id_of_hello);
    event_unsubscribe(&s);
    event_hub_free(&h);
}

static void an_id_that_is_too_old_foreign_or_odd_does_not_resume(void **state)
{
    (void)state;
    char buf[4096], id[38];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new(), *other = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    last_id_of(read_all(s, buf, sizeof buf), id);
    event_unsubscribe(&s);
    const char *odd[] = { "", "-", "x", "00000000000000000000000000000000-", "0000000000000000-00000000000000000000",
                          "zzzzzzzzzzzzzzzz-zzzzzzzzzzzzzzzzzzzz" };
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        s = subscribe(h, &ANN, odd[i], &wakes);
        assert_non_null(strstr(read_all(s, buf, sizeof buf), "{\"resumed\":false}"));
        event_unsubscribe(&s);
    }
    s = subscribe(other, &ANN, id, &wakes);
    assert_non_null(strstr(read_all(s, buf, sizeof buf), "{\"resumed\":false}"));
    event_unsubscribe(&s);
    for (int i = 0; i <= EVENT_RING; i++) event_publish(h, &BEN, 1, EVENT_ENTRY, TEXT("x"));
    s = subscribe(h, &ANN, id, &wakes);
    assert_non_null(strstr(read_all(s, buf, sizeof buf), "{\"resumed\":false}"));
    event_unsubscribe(&s);
    event_hub_free(&h);
    event_hub_free(&other);
}

static void the_ring_keeps_the_last_4096_events(void **state)
{
    (void)state;
    char buf[4096], id[38];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    event_publish(h, &ANN, 1, EVENT_ENTRY, TEXT("known"));
    last_id_of(read_all(s, buf, sizeof buf), id);
    event_unsubscribe(&s);
    for (int i = 0; i < EVENT_RING; i++) event_publish(h, &BEN, 1, EVENT_ENTRY, TEXT("x"));
    s = subscribe(h, &ANN, id, &wakes);
    assert_non_null(strstr(read_all(s, buf, sizeof buf), "{\"resumed\":true}"));
    event_unsubscribe(&s);
    event_hub_free(&h);
}

static void a_slow_stream_is_dropped_and_the_others_are_not(void **state)
{
    (void)state;
    enum { BIG = 80000 };
    char *big = malloc(BIG), *buf = malloc(1 << 20);
    memset(big, 'x', BIG);
    atomic_int slow_wakes = 0, quick_wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *slow = subscribe(h, &ANN, "", &slow_wakes), *quick = subscribe(h, &ANN, "", &quick_wakes);
    for (int i = 0; i < 10; i++) {
        event_publish(h, &ANN, 1, EVENT_ENTRY, (struct text){ big, BIG });
        assert_true(strlen(read_all(quick, buf, 1 << 20)) > BIG);
    }
    assert_int_equal(event_read(slow, buf, 100), -1);
    assert_int_equal(event_read(quick, buf, 100), 0);
    event_unsubscribe(&slow);
    event_unsubscribe(&quick);
    event_hub_free(&h);
    free(big);
    free(buf);
}

static void ending_a_session_ends_its_streams_and_no_others(void **state)
{
    (void)state;
    char buf[1024];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *phone = subscribe(h, &ANN, "", &wakes), *laptop = NULL, *ben = subscribe(h, &BEN, "", &wakes);
    assert_int_equal(event_subscribe(h, &ANN, &LAPTOP, text_of(""), count_wake, &wakes, &laptop), ERR_OK);
    read_all(phone, buf, sizeof buf);
    event_end(h, &ANN, &PHONE);
    assert_int_equal(wakes, 1);
    assert_int_equal(event_read(phone, buf, sizeof buf), -1);
    assert_true(event_read(laptop, buf, sizeof buf) > 0);
    event_end(h, &ANN, NULL);
    assert_int_equal(event_read(laptop, buf, sizeof buf), -1);
    assert_true(event_read(ben, buf, sizeof buf) > 0);
    event_end(h, NULL, NULL);
    assert_int_equal(event_read(ben, buf, sizeof buf), -1);
    struct event_sub *late = NULL;
    assert_int_equal(event_subscribe(h, &BEN, &PHONE, text_of(""), count_wake, &wakes, &late), ERR_BUSY);
    event_unsubscribe(&phone);
    event_unsubscribe(&laptop);
    event_unsubscribe(&ben);
    event_hub_free(&h);
}

static void a_person_has_at_most_sixteen_streams(void **state)
{
    (void)state;
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *subs[EVENT_SUBS_A_PERSON], *more = NULL;
    for (size_t i = 0; i < EVENT_SUBS_A_PERSON; i++) subs[i] = subscribe(h, &ANN, "", &wakes);
    assert_int_equal(event_subscribe(h, &ANN, &PHONE, text_of(""), count_wake, &wakes, &more), ERR_TOO_MANY);
    assert_int_equal(event_subscribers(h), EVENT_SUBS_A_PERSON);
    for (size_t i = 0; i < EVENT_SUBS_A_PERSON; i++) event_unsubscribe(&subs[i]);
    assert_int_equal(event_subscribers(h), 0);
    event_hub_free(&h);
}

static void a_resync_says_hello_again_and_no_older_id_resumes(void **state)
{
    (void)state;
    char buf[1024], id[38], after[38];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    last_id_of(read_all(s, buf, sizeof buf), id);
    event_publish_resync(h);
    assert_non_null(strstr(read_all(s, buf, sizeof buf), "event: hello\ndata: {\"resumed\":false}"));
    last_id_of(buf, after);
    event_unsubscribe(&s);
    s = subscribe(h, &ANN, id, &wakes);
    assert_non_null(strstr(read_all(s, buf, sizeof buf), "{\"resumed\":false}"));
    event_unsubscribe(&s);
    event_publish(h, &ANN, 1, EVENT_ENTRY, TEXT("new"));
    s = subscribe(h, &ANN, after, &wakes);
    assert_non_null(strstr(read_all(s, buf, sizeof buf), "data: new"));
    event_unsubscribe(&s);
    event_hub_free(&h);
}

static void a_heartbeat_is_a_comment(void **state)
{
    (void)state;
    char buf[1024];
    atomic_int wakes = 0;
    struct event_hub *h = event_hub_new();
    struct event_sub *s = subscribe(h, &ANN, "", &wakes);
    read_all(s, buf, sizeof buf);
    event_heartbeat(h);
    assert_string_equal(read_all(s, buf, sizeof buf), ":\n\n");
    event_unsubscribe(&s);
    event_hub_free(&h);
}

static void every_type_has_a_name_that_reads_back(void **state)
{
    (void)state;
    for (unsigned t = 0; t < EVENT_TYPES; t++) {
        enum event_type back = EVENT_TYPES;
        assert_int_equal(event_type_parse(text_of(event_type_name((enum event_type)t)), &back), ERR_OK);
        assert_int_equal(back, t);
    }
    enum event_type none;
    assert_int_equal(event_type_parse(TEXT("hello"), &none), ERR_BAD_INPUT);
}

/* Many threads: publishers and one reader that sleeps on a condition, as the HTTP side does. */
struct sleeper { pthread_mutex_t lock; pthread_cond_t woken; bool is_woken; struct event_sub *sub; size_t events; };
enum { PUBLISHERS = 4, EVENTS_EACH = 500 };

static void wake_sleeper(void *arg)
{
    struct sleeper *z = arg;
    pthread_mutex_lock(&z->lock);
    z->is_woken = true;
    pthread_cond_signal(&z->woken);
    pthread_mutex_unlock(&z->lock);
}

static void *publish_many(void *hub)
{
    for (int i = 0; i < EVENTS_EACH; i++) event_publish(hub, &ANN, 1, EVENT_ENTRY, TEXT("~"));
    return NULL;
}

static void nothing_is_lost_between_reading_nothing_and_being_woken(void **state)
{
    (void)state;
    struct event_hub *h = event_hub_new();
    struct sleeper z = { .lock = PTHREAD_MUTEX_INITIALIZER, .woken = PTHREAD_COND_INITIALIZER };
    assert_int_equal(event_subscribe(h, &ANN, &PHONE, text_of(""), wake_sleeper, &z, &z.sub), ERR_OK);
    pthread_t threads[PUBLISHERS];
    for (size_t i = 0; i < PUBLISHERS; i++) assert_int_equal(pthread_create(&threads[i], NULL, publish_many, h), 0);
    char buf[512];
    while (z.events < PUBLISHERS * EVENTS_EACH) {
        ptrdiff_t n = event_read(z.sub, buf, sizeof buf);
        assert_true(n >= 0);
        for (ptrdiff_t i = 0; i < n; i++) z.events += buf[i] == '~';
        if (n > 0) continue;
        pthread_mutex_lock(&z.lock);
        while (!z.is_woken) pthread_cond_wait(&z.woken, &z.lock);
        z.is_woken = false;
        pthread_mutex_unlock(&z.lock);
    }
    for (size_t i = 0; i < PUBLISHERS; i++) pthread_join(threads[i], NULL);
    event_unsubscribe(&z.sub);
    event_hub_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_stream_hears_hello_then_what_is_published_to_it),
        cmocka_unit_test(a_reader_is_woken_once_and_only_after_it_found_nothing),
        cmocka_unit_test(small_reads_give_the_same_text),
        cmocka_unit_test(a_stream_that_was_cut_resumes_with_what_it_missed),
        cmocka_unit_test(a_signal_reaches_open_streams_only_and_is_kept_nowhere),
        cmocka_unit_test(signals_take_no_place_from_the_events_that_are_kept),
        cmocka_unit_test(a_stream_that_does_not_read_its_signals_is_dropped),
        cmocka_unit_test(a_stream_cut_right_after_hello_resumes_from_its_old_place),
        cmocka_unit_test(an_id_that_is_too_old_foreign_or_odd_does_not_resume),
        cmocka_unit_test(the_ring_keeps_the_last_4096_events),
        cmocka_unit_test(a_slow_stream_is_dropped_and_the_others_are_not),
        cmocka_unit_test(ending_a_session_ends_its_streams_and_no_others),
        cmocka_unit_test(a_person_has_at_most_sixteen_streams),
        cmocka_unit_test(a_resync_says_hello_again_and_no_older_id_resumes),
        cmocka_unit_test(a_heartbeat_is_a_comment),
        cmocka_unit_test(every_type_has_a_name_that_reads_back),
        cmocka_unit_test(nothing_is_lost_between_reading_nothing_and_being_woken),
    };
    if (crypt_init() != ERR_OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
