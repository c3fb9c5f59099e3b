/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a caller shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/caller.h"

#define TOKEN "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

static void a_token_is_taken_from_the_cookie_that_fits_the_connection(void **state)
{
    (void)state;
    struct caller c;
    caller_read(TEXT("beside=" TOKEN), TEXT(""), false, &c);
    assert_true(c.has_token && !c.has_invite && c.token[31] == 31);
    caller_read(TEXT("beside=" TOKEN), TEXT(""), true, &c);
    assert_false(c.has_token);
    caller_read(TEXT("beside=x; __Host-beside=" TOKEN), TEXT(TOKEN), true, &c);
    assert_true(c.has_token && c.has_invite);
}

static void a_malformed_token_counts_as_none(void **state)
{
    (void)state;
    const char *bad[] = { "", "beside=", "beside=AAEC", "beside=" TOKEN "A", "beside=" TOKEN "=", "beside=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9",
                          "beside=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdH+8" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct caller c;
        caller_read(text_of(bad[i]), text_of(bad[i]), false, &c);
        assert_false(c.has_token || c.has_invite);
    }
}

static void only_the_houses_own_pages_may_write(void **state)
{
    (void)state;
    const struct { const char *origin, *site, *host, *own; bool secure, fits; } cases[] = {
        { "http://house.example", "", "house.example", NULL, false, true },
        { "http://house.example:7380", "same-origin", "house.example:7380", NULL, false, true },
        { "https://house.example", "same-origin", "house.example", NULL, true, true },
        { "https://HOUSE.example", "", "house.example", NULL, true, true },
        { "http://house.example", "", "house.example", NULL, true, false },
        { "https://house.example", "", "127.0.0.1:7380", "https://house.example", false, true },
        { "http://127.0.0.1:7380", "", "127.0.0.1:7380", "https://house.example", false, false },
        { "", "", "house.example", NULL, false, true },
        { "", "same-origin", "house.example", NULL, false, true },
        { "", "cross-site", "house.example", NULL, false, false },
        { "", "none", "house.example", NULL, false, false },
        { "http://house.example", "same-site", "house.example", NULL, false, false },
        { "null", "", "house.example", NULL, false, false },
        { "http://elsewhere.example", "", "house.example", NULL, false, false },
        { "http://house.example.elsewhere.example", "", "house.example", NULL, false, false },
        { "http://house.exampl", "", "house.example", NULL, false, false },
        { "ftp://house.example", "", "house.example", NULL, false, false },
        { "http://", "", "", NULL, false, false },
        { "https://elsewhere.example", "", "house.example", "https://house.example", true, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(caller_origin_is_own(text_of(cases[i].origin), text_of(cases[i].site), text_of(cases[i].host), cases[i].secure, cases[i].own),
                         cases[i].fits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_is_taken_from_the_cookie_that_fits_the_connection),
        cmocka_unit_test(a_malformed_token_counts_as_none),
        cmocka_unit_test(only_the_houses_own_pages_may_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
