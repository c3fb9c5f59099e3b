/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What lib promises: views, cursor, arena, builder, JSON in and out, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/build.h"
#include "lib/clock.h"
#include "lib/json.h"
#include "lib/limit.h"

static struct arena *arena;

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return arena ? 0 : -1;
}

static int drop_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void a_cursor_reads_big_endian_and_remembers_a_read_past_the_end(void **state)
{
    (void)state;
    const uint8_t wire[] = { 1, 2, 3, 0, 0, 0, 4, 9 };
    struct cursor c = cursor_of(bytes_of(wire, sizeof wire));
    assert_int_equal(cursor_u8(&c), 1);
    assert_int_equal(cursor_u16(&c), 0x0203);
    assert_int_equal(cursor_u32(&c), 4);
    assert_true(cursor_ok(&c));
    assert_false(cursor_done(&c));
    assert_int_equal(cursor_u16(&c), 0);
    assert_int_equal(cursor_u8(&c), 0);   /* the failure sticks, even for what would fit */
    assert_false(cursor_ok(&c));
}

static void an_id_goes_to_text_and_back_and_nothing_else_is_an_id(void **state)
{
    (void)state;
    struct id id, back;
    char text[ID_TEXT + 1];
    for (size_t i = 0; i < ID_BYTES; i++)
        id.b[i] = (uint8_t)(255 - i * 3);
    id_format(&id, text);
    assert_int_equal(id_parse(text_of(text), &back), ERR_OK);
    assert_true(id_equal(&id, &back));
    assert_int_equal(id_parse(TEXT("AAAAAAAAAAAAAAAAAAAAA"), &back), ERR_BAD_INPUT);
    assert_int_equal(id_parse(TEXT("AAAAAAAAAAAAAAAAAAAA=="), &back), ERR_BAD_INPUT);
    assert_int_equal(id_parse(TEXT("AAAAAAAAAAAAAAAAAAAA+A"), &back), ERR_BAD_INPUT);
    assert_int_equal(id_parse(TEXT("AAAAAAAAAAAAAAAAAAAAAB"), &back), ERR_BAD_INPUT);   /* stray bits at the end */
}

static void a_number_is_digits_within_its_maximum(void **state)
{
    (void)state;
    int64_t v = -1;
    assert_int_equal(text_to_int(TEXT("500"), 500, &v), ERR_OK);
    assert_int_equal(v, 500);
    assert_int_equal(text_to_int(TEXT("9223372036854775807"), INT64_MAX, &v), ERR_OK);
    const char *bad[] = { "", "-1", "+1", " 1", "1 ", "0x1", "501", "99999999999999999999" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(text_to_int(text_of(bad[i]), 500, &v), ERR_BAD_INPUT);
    assert_int_equal(text_to_int(TEXT("2"), 1, &v), ERR_BAD_INPUT);   /* a maximum below one digit */
    assert_int_equal(text_to_int(TEXT("1"), 1, &v), ERR_OK);
    assert_int_equal(text_to_int(TEXT("1"), 0, &v), ERR_BAD_INPUT);
}

static void an_arena_is_zeroed_capped_and_wiped(void **state)
{
    (void)state;
    uint8_t *p = arena_take(arena, 100);
    assert_non_null(p);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(p[i], 0);
    memset(p, 'x', 100);
    assert_null(arena_take(arena, 1 << 20));
    assert_null(arena_take(arena, SIZE_MAX));
    assert_non_null(arena_take(arena, 500000));
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    uint8_t *again = arena_take(arena, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(again[i], 0);
}

static void the_builder_writes_json_that_the_reader_reads(void **state)
{
    (void)state;
    struct id id = { { 1, 2, 3 } };
    struct bytes out;
    struct build b = build_start(arena, 1000);
    json_open(&b, NULL, '{');
    json_text(&b, "words", TEXT("a \"b\" \\ \n \x01 é 漢"));
    json_int(&b, "n", -42);
    json_bool(&b, "yes", true);
    json_id(&b, "id", &id);
    json_open(&b, "child", '{');
    json_base64(&b, "bytes", bytes_of("abcd", 4));
    json_close(&b, '}');
    json_close(&b, '}');
    assert_int_equal(build_done(&b, &out), ERR_OK);

    struct json_in *in;
    const char *detail;
    assert_int_equal(json_parse(arena, out, &in), ERR_OK);
    assert_true(text_equal(json_get_text(in, "words", 100), TEXT("a \"b\" \\ \n \x01 é 漢")));
    assert_int_equal(json_get_int(in, "n", -100, 100), -42);
    assert_true(json_get_bool(in, "yes"));
    struct id back = json_get_id(in, "id");
    assert_true(id_equal(&id, &back));
    assert_true(bytes_equal(json_get_base64(json_get_object(in, "child"), "bytes", 4, 4), bytes_of("abcd", 4)));
    assert_int_equal(json_end(in, &detail), ERR_OK);
}

static void the_builder_says_when_it_is_over_its_maximum(void **state)
{
    (void)state;
    struct bytes out;
    struct build b = build_start(arena, 3);
    build_u16(&b, 1);
    build_u16(&b, 1);
    build_u8(&b, 1);
    assert_int_equal(build_done(&b, &out), ERR_TOO_BIG);
    struct arena *tiny = arena_new(64);
    struct build c = build_start(tiny, 1000);
    build_u16(&c, 1);
    assert_int_equal(build_done(&c, &out), ERR_MEMORY);
    arena_free(&tiny);
}

static void base64_leaves_no_nul_between_what_follows(void **state)
{
    (void)state;
    struct bytes out;
    struct build b = build_start(arena, 100);
    build_base64(&b, bytes_of("\xff\xfe", 2));
    build_text(&b, "!");
    assert_int_equal(build_done(&b, &out), ERR_OK);
    assert_true(bytes_equal(out, bytes_of("__4!", 4)));
}

static enum err parse_error(const char *body)
{
    struct json_in *in;
    return json_parse(arena, bytes_of_text(text_of(body)), &in);
}

static void json_that_is_not_one_strict_object_is_refused(void **state)
{
    (void)state;
    const char *bad[] = { "", "[]", "1", "{", "{\"a\":1,\"a\":2}", "{\"a\":1}x", "{\"a\":\"\xff\"}", "{\"a\":1e999}",
                          "{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud800\"}", "{'a':1}",
                          "{\"a\":[[[[[[[[[[1]]]]]]]]]]}" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(parse_error(bad[i]), ERR_BAD_INPUT);
    assert_int_equal(parse_error("{\"a\":\"[[[[[[[[[[[\\\"[[[[[\"}"), ERR_OK);   /* depth is not counted inside text */
}

static void the_first_member_that_does_not_fit_is_named(void **state)
{
    (void)state;
    struct json_in *in;
    const char *detail;
    assert_int_equal(json_parse(arena, bytes_of_text(TEXT("{\"n\":1,\"card\":{\"id\":5},\"more\":1}")), &in), ERR_OK);
    (void)json_get_int(in, "n", 0, 10);
    (void)json_get_id(json_get_object(in, "card"), "id");
    (void)json_get_text(in, "absent", 10);
    assert_int_equal(json_end(in, &detail), ERR_BAD_INPUT);
    assert_non_null(strstr(detail, "\"card.id\""));

    assert_int_equal(json_parse(arena, bytes_of_text(TEXT("{\"n\":1,\"more\":1}")), &in), ERR_OK);
    (void)json_get_int(in, "n", 0, 10);
    assert_int_equal(json_end(in, &detail), ERR_BAD_INPUT);

    assert_int_equal(json_parse(arena, bytes_of_text(TEXT("{\"n\":1}")), &in), ERR_OK);
    (void)json_get_bool(json_get_object(in, "card"), "id");
    assert_int_equal(json_end(in, &detail), ERR_BAD_INPUT);
    assert_non_null(strstr(detail, "\"card\""));
}

static void a_limit_gives_its_burst_then_one_by_one(void **state)
{
    (void)state;
    struct limit *l = limit_new(64, 3, 60);
    for (int i = 0; i < 3; i++)
        assert_int_equal(limit_take(l, 7, 1000), 0);
    assert_int_equal(limit_take(l, 7, 1000), 1000);
    assert_int_equal(limit_take(l, 7, 1999), 1);
    assert_int_equal(limit_take(l, 8, 1999), 0);   /* another key is not touched */
    assert_int_equal(limit_take(l, 7, 2000), 0);
    assert_true(limit_take(l, 7, 2000) > 0);
    assert_int_equal(limit_take(l, 7, INT64_MAX / 2), 0);
    limit_free(&l);
    assert_null(l);
}

static void a_flood_of_keys_does_not_grow_a_limit(void **state)
{
    (void)state;
    struct limit *l = limit_new(16, 1, 1);
    for (uint64_t k = 1; k < 10000; k++)
        (void)limit_take(l, k, 1000);
    assert_int_equal(limit_take(l, 20000, 1000), 0);
    limit_free(&l);
}

static void a_day_starts_at_midnight_utc(void **state)
{
    (void)state;
    assert_int_equal(clock_day_ms(1764000000123), 1763942400000);
    assert_true(clock_now_ms() > 1700000000000);
    assert_true(clock_mono_ms() > 0);
}

#define WITH_ARENA(TEST) cmocka_unit_test_setup_teardown(TEST, make_arena, drop_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cursor_reads_big_endian_and_remembers_a_read_past_the_end),
        cmocka_unit_test(an_id_goes_to_text_and_back_and_nothing_else_is_an_id),
        cmocka_unit_test(a_number_is_digits_within_its_maximum),
        WITH_ARENA(an_arena_is_zeroed_capped_and_wiped),
        WITH_ARENA(the_builder_writes_json_that_the_reader_reads),
        WITH_ARENA(the_builder_says_when_it_is_over_its_maximum),
        WITH_ARENA(base64_leaves_no_nul_between_what_follows),
        WITH_ARENA(json_that_is_not_one_strict_object_is_refused),
        WITH_ARENA(the_first_member_that_does_not_fit_is_named),
        cmocka_unit_test(a_limit_gives_its_burst_then_one_by_one),
        cmocka_unit_test(a_flood_of_keys_does_not_grow_a_limit),
        cmocka_unit_test(a_day_starts_at_midnight_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
