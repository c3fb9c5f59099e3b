/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Addresses: where to listen, and who calls. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <string.h>

#include "http/address.h"

static void caller(const char *peer, const char *forwarded, char ret[INET6_ADDRSTRLEN])
{
    struct sockaddr_storage address;
    socklen_t n;
    uint8_t bytes[ADDRESS_BYTES];
    assert_int_equal(address_parse_listen(peer, &address, &n), ERR_OK);
    address_of_caller((const struct sockaddr *)&address, text_of(forwarded), bytes);
    assert_non_null(inet_ntop(AF_INET6, bytes, ret, INET6_ADDRSTRLEN));
}

static void what_stands_for_the_caller(void **state)
{
    (void)state;
    const struct { const char *peer, *forwarded, *caller; } cases[] = {
        { "192.0.2.7:1", "", "::ffff:192.0.2.7" },
        { "[2001:db8:1:2:3:4:5:6]:1", "", "2001:db8:1:2::" },
        { "[::ffff:192.0.2.7]:1", "", "::ffff:192.0.2.7" },
        { "127.0.0.1:1", "203.0.113.9", "::ffff:203.0.113.9" },
        { "127.0.0.1:1", "1.1.1.1, 203.0.113.9", "::ffff:203.0.113.9" },
        { "[::1]:1", "1.1.1.1 ,  2001:db8:9:9:9::9 ", "2001:db8:9:9::" },
        { "[::ffff:127.0.0.1]:1", "203.0.113.9", "::ffff:203.0.113.9" },
        { "192.0.2.7:1", "203.0.113.9", "::ffff:192.0.2.7" },
        { "127.0.0.1:1", "unknown", "::ffff:127.0.0.1" },
        { "127.0.0.1:1", "203.0.113.9,", "::ffff:127.0.0.1" },
        { "127.0.0.1:1", ",,,,", "::ffff:127.0.0.1" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[INET6_ADDRSTRLEN];
        caller(cases[i].peer, cases[i].forwarded, text);
        assert_string_equal(text, cases[i].caller);
    }
}

static void an_address_to_listen_on_is_written_in_numbers(void **state)
{
    (void)state;
    struct sockaddr_storage address;
    socklen_t n;
    const char *bad[] = { "", ":", "7380", "localhost:7380", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:7380x", "[::1]", "[::1:7380",
                          "1.2.3:80", "127.0.0.1 :80" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) assert_int_equal(address_parse_listen(bad[i], &address, &n), ERR_BAD_INPUT);
    assert_int_equal(address_parse_listen("0.0.0.0:65535", &address, &n), ERR_OK);
    assert_int_equal(address_port(&address), 65535);
    assert_int_equal(address_parse_listen("[::1]:80", &address, &n), ERR_OK);
    assert_int_equal(address_port(&address), 80);
    assert_true(address_is_loopback((const struct sockaddr *)&address));
    assert_false(address_is_loopback(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_for_the_caller),
        cmocka_unit_test(an_address_to_listen_on_is_written_in_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
