/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Settings, from a file and from flags. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/config.h"

static char why[CONFIG_WHY_MAX];

static enum err read_text(struct config *c, const char *text)
{
    config_defaults(c);
    return config_read_text(c, text_of(text), why);
}

static enum err read_words(struct config *c, const char *const *words)
{
    char *argv[16];
    int argc = 0;
    for (; words[argc]; argc++) argv[argc] = (char *)(uintptr_t)words[argc];   /* only read */
    config_defaults(c);
    return config_read_words(c, argc, argv, why);
}
#define WORDS(...) (const char *const[]){ __VA_ARGS__, NULL }

static void each_default_fits(void *arg, const char *name, const char *value, const char *about)
{
    char line[CONFIG_TEXT_MAX];
    struct config c;
    assert_true(strlen(about) > 5);
    if (!value[0] || strcmp(name, "uses") == 0 || strcmp(name, "days") == 0) return;
    (void)snprintf(line, sizeof line, "%s = %s", name, value);
    assert_int_equal(read_text(&c, line), ERR_OK);
    ++*(int *)arg;
}

static void every_default_is_a_value_that_one_could_write(void **state)
{
    (void)state;
    int n = 0;
    config_each(each_default_fits, &n);
    assert_true(n > 5);
}

static void a_file_sets_what_it_names(void **state)
{
    (void)state;
    struct config c;
    assert_int_equal(read_text(&c, "# a house\n\n listen=[::1]:80 \r\n\tname =  Garden Street \xc3\xa9\nconnections = 100\nvoice-quota-mb = 0\ncircle-size = 24\n#\nstore = postgres://h/d?a=b"), ERR_OK);
    assert_string_equal(c.listen, "[::1]:80");
    assert_string_equal(c.name, "Garden Street \xc3\xa9");
    assert_string_equal(config_where(&c), "postgres://h/d?a=b");
    assert_int_equal(c.connections, 100);
    assert_int_equal(c.voice_quota_mb, 0);
    assert_int_equal(c.circle_size, 24);
    assert_int_equal(c.patience, 60);
}

static void what_is_wrong_in_a_file_is_named_with_its_line_and_what_to_write(void **state)
{
    (void)state;
    struct config c;
    const struct { const char *text, *says; } cases[] = {
        { "\nlisten", "Line 2" }, { "port = 80", "\"port\"" }, { "listen = 80", "127.0.0.1:7380" }, { "connections = 1", "16 to 1000000" },
        { "connections = 1e3", "16 to 1000000" }, { "store = mysql://x", "postgres://" }, { "url = house.example", "https://house.example" },
        { "url = https://house.example/", "without a slash" }, { "url = https://a@b", "https://" }, { "name = ", "80 bytes" }, { "name = a\xff", "80 bytes" },
        { "name = \xed\xa0\x80", "80 bytes" }, { "log = loud", "quiet, error, info or debug" }, { "uses = 3", "\"uses\"" }, { "json = 1", "\"json\"" },
        { "= 3", "no setting" }, { "Listen = 127.0.0.1:1", "\"Listen\"" }, { "patience = 0", "1 to 3600" },
        { "voice-quota-mb = -1", "1 to 10000" }, { "voice-quota-mb = 10001", "1 to 10000" }, { "voice-quota-mb = 1.5", "1 to 10000" }, { "voice-quota-mb =", "1 to 10000" },
        { "circle-size = 2", "3 to 24" }, { "circle-size = 25", "3 to 24" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(read_text(&c, cases[i].text), ERR_BAD_INPUT);
        if (!strstr(why, cases[i].says)) fprintf(stderr, "%s: %s\n", cases[i].text, why);
        assert_non_null(strstr(why, cases[i].says));
    }
}

static void flags_stand_above_the_file_wherever_it_is_named(void **state)
{
    (void)state;
    struct config c;
    char path[] = "/tmp/beside-config-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "name = of the file\nthreads = 3\n", 31), 31);
    close(fd);
    assert_int_equal(read_words(&c, WORDS("--name", "of the flag", "invite", "--config", path, "steward", "--uses=7", "--json")), ERR_OK);
    assert_string_equal(c.name, "of the flag");
    assert_int_equal(c.threads, 3);
    assert_int_equal(c.voice_quota_mb, 200);
    assert_int_equal(c.circle_size, 8);
    assert_int_equal(c.uses, 7);
    assert_int_equal(c.json, 1);
    assert_int_equal(c.n_words, 2);
    assert_string_equal(c.words[1], "steward");
    unlink(path);
}

static void flags_that_are_none_or_do_not_fit_are_refused(void **state)
{
    (void)state;
    struct config c;
    assert_int_equal(read_words(&c, WORDS("--prot", "80")), ERR_BAD_INPUT);
    assert_non_null(strstr(why, "--prot"));
    assert_int_equal(read_words(&c, WORDS("--listen")), ERR_BAD_INPUT);
    assert_non_null(strstr(why, "needs a value"));
    assert_int_equal(read_words(&c, WORDS("--days", "91")), ERR_BAD_INPUT);
    assert_non_null(strstr(why, "1 to 90"));
    assert_int_equal(read_words(&c, WORDS("--config", "/nowhere/beside.conf")), ERR_BAD_INPUT);
    assert_non_null(strstr(why, "/nowhere/beside.conf"));
    assert_int_equal(read_words(&c, WORDS("1", "2", "3", "4", "5", "6", "7", "8", "9")), ERR_BAD_INPUT);
    assert_int_equal(read_words(&c, WORDS("--tls-cert", "/c.pem")), ERR_OK);
    assert_int_equal(config_judge(&c, why), ERR_BAD_INPUT);
    assert_non_null(strstr(why, "tls-key"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_default_is_a_value_that_one_could_write),
        cmocka_unit_test(a_file_sets_what_it_names),
        cmocka_unit_test(what_is_wrong_in_a_file_is_named_with_its_line_and_what_to_write),
        cmocka_unit_test(flags_stand_above_the_file_wherever_it_is_named),
        cmocka_unit_test(flags_that_are_none_or_do_not_fit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
