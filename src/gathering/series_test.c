/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Series through both changes of clocks of 2027. The instants were not computed by the code under test: they are GNU
 * date's, e.g. date -d 'TZ="Europe/Berlin" 2027-03-30 19:00' +%s. */
#include "gathering/series.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct series { const char *zone; enum series_repeat repeat; const char *start; size_t n; int64_t at_s[12]; };

/* Tuesdays around both changes, and whole years: of the third Tuesday, and of a fifth Friday, which is the last. */
static const struct series table[] = {
    { "Europe/Berlin", SERIES_WEEKLY, "2027-03-16T19:00", 4,
      { 1805220000, 1805824800, 1806426000, 1807030800 } },
    { "Europe/Berlin", SERIES_FORTNIGHTLY, "2027-03-09T19:00", 4,
      { 1804615200, 1805824800, 1807030800, 1808240400 } },
    { "Europe/Berlin", SERIES_WEEKLY, "2027-10-19T19:00", 4,
      { 1823965200, 1824570000, 1825178400, 1825783200 } },
    { "Europe/Berlin", SERIES_FORTNIGHTLY, "2027-10-12T19:00", 4,
      { 1823360400, 1824570000, 1825783200, 1826992800 } },
    { "Europe/Berlin", SERIES_MONTHLY, "2027-01-19T19:00", 12,
      { 1800381600, 1802800800, 1805220000, 1808240400, 1810659600, 1813078800, 1816102800, 1818522000, 1821546000, 1823965200, 1826388000, 1829412000 } },
    { "Europe/Berlin", SERIES_MONTHLY, "2027-01-29T19:00", 12,
      { 1801245600, 1803664800, 1806084000, 1809104400, 1811523600, 1813942800, 1816966800, 1819386000, 1821805200, 1824829200, 1827252000, 1830276000 } },
    { "America/New_York", SERIES_WEEKLY, "2027-03-02T19:30", 4,
      { 1804033800, 1804638600, 1805239800, 1805844600 } },
    { "America/New_York", SERIES_FORTNIGHTLY, "2027-02-23T19:30", 4,
      { 1803429000, 1804638600, 1805844600, 1807054200 } },
    { "America/New_York", SERIES_WEEKLY, "2027-10-26T19:30", 4,
      { 1824593400, 1825198200, 1825806600, 1826411400 } },
    { "America/New_York", SERIES_FORTNIGHTLY, "2027-10-19T19:30", 4,
      { 1823988600, 1825198200, 1826411400, 1827621000 } },
    { "America/New_York", SERIES_MONTHLY, "2027-01-19T19:30", 12,
      { 1800405000, 1802824200, 1805239800, 1808263800, 1810683000, 1813102200, 1816126200, 1818545400, 1821569400, 1823988600, 1826411400, 1829435400 } },
    { "America/New_York", SERIES_MONTHLY, "2027-01-29T19:30", 12,
      { 1801269000, 1803688200, 1806103800, 1809127800, 1811547000, 1813966200, 1816990200, 1819409400, 1821828600, 1824852600, 1827275400, 1830299400 } },
    { "Australia/Sydney", SERIES_WEEKLY, "2027-03-23T18:15", 4,
      { 1805786100, 1806390900, 1806999300, 1807604100 } },
    { "Australia/Sydney", SERIES_FORTNIGHTLY, "2027-03-16T18:15", 4,
      { 1805181300, 1806390900, 1807604100, 1808813700 } },
    { "Australia/Sydney", SERIES_WEEKLY, "2027-09-21T18:15", 4,
      { 1821514500, 1822119300, 1822720500, 1823325300 } },
    { "Australia/Sydney", SERIES_FORTNIGHTLY, "2027-09-14T18:15", 4,
      { 1820909700, 1822119300, 1823325300, 1824534900 } },
    { "Australia/Sydney", SERIES_MONTHLY, "2027-01-19T18:15", 12,
      { 1800342900, 1802762100, 1805181300, 1808208900, 1810628100, 1813047300, 1816071300, 1818490500, 1821514500, 1823930100, 1826349300, 1829373300 } },
    { "Australia/Sydney", SERIES_MONTHLY, "2027-01-29T18:15", 12,
      { 1801206900, 1803626100, 1806045300, 1809072900, 1811492100, 1813911300, 1816935300, 1819354500, 1821773700, 1824794100, 1827213300, 1830237300 } },
    { "Asia/Kolkata", SERIES_WEEKLY, "2027-03-16T20:00", 4,
      { 1805207400, 1805812200, 1806417000, 1807021800 } },
    { "Asia/Kolkata", SERIES_FORTNIGHTLY, "2027-03-09T20:00", 4,
      { 1804602600, 1805812200, 1807021800, 1808231400 } },
    { "Asia/Kolkata", SERIES_WEEKLY, "2027-10-19T20:00", 4,
      { 1823956200, 1824561000, 1825165800, 1825770600 } },
    { "Asia/Kolkata", SERIES_FORTNIGHTLY, "2027-10-12T20:00", 4,
      { 1823351400, 1824561000, 1825770600, 1826980200 } },
    { "Asia/Kolkata", SERIES_MONTHLY, "2027-01-19T20:00", 12,
      { 1800369000, 1802788200, 1805207400, 1808231400, 1810650600, 1813069800, 1816093800, 1818513000, 1821537000, 1823956200, 1826375400, 1829399400 } },
    { "Asia/Kolkata", SERIES_MONTHLY, "2027-01-29T20:00", 12,
      { 1801233000, 1803652200, 1806071400, 1809095400, 1811514600, 1813933800, 1816957800, 1819377000, 1821796200, 1824820200, 1827239400, 1830263400 } },
};

/* An hour that is not there, or is there twice; the second of the weeks. */
static const struct series odd[] = {
    /* Not there: 3:30 in summer time, an hour later on the wall. */
    { "Europe/Berlin", SERIES_WEEKLY, "2027-03-21T02:30", 3, { 1805592600, 1806197400, 1806798600 } },
    { "America/New_York", SERIES_NONE, "2027-03-14T02:30", 1, { 1805009400 } },
    { "Australia/Sydney", SERIES_NONE, "2027-10-03T02:30", 1, { 1822494600 } },
    /* There twice: the first of the two. */
    { "Europe/Berlin", SERIES_NONE, "2027-10-31T02:30", 1, { 1824942600 } },
    { "America/New_York", SERIES_NONE, "2027-11-07T01:30", 1, { 1825565400 } },
    { "Australia/Sydney", SERIES_NONE, "2027-04-04T02:30", 1, { 1806766200 } },
    /* Clocks that are changed by half an hour. */
    { "Australia/Lord_Howe", SERIES_NONE, "2027-04-04T01:45", 1, { 1806763500 } },
    { "Asia/Kolkata", SERIES_NONE, "2027-03-28T02:30", 1, { 1806181200 } },
    /* An old name, as browsers still give it. */
    { "Asia/Calcutta", SERIES_NONE, "2027-03-28T02:30", 1, { 1806181200 } },
};

static void assert_as_expected(const struct series *s)
{
    int64_t ms[SERIES_MAX];
    size_t n = 0;
    const char *why = "";
    assert_int_equal(series_expand(text_of(s->start), text_of(s->zone), s->repeat, s->n, ms, &n, &why), ERR_OK);
    assert_int_equal(n, s->n);
    for (size_t i = 0; i < n; i++) {
        if (ms[i] != s->at_s[i] * 1000) print_error("%s %s: the gathering %zu\n", s->zone, s->start, i);
        assert_int_equal(ms[i], s->at_s[i] * 1000);
    }
}

static void a_series_keeps_its_hour_on_the_wall_through_summer_and_winter(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        assert_as_expected(&table[i]);
}

static void an_hour_that_is_not_there_is_later_and_one_that_is_there_twice_is_the_first(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_as_expected(&odd[i]);
}

static void a_series_is_as_long_as_it_says_and_goes_beyond_what_a_year_holds(void **state)
{
    (void)state;
    int64_t ms[SERIES_MAX];
    size_t n = 0;
    const char *why = "";
    assert_int_equal(series_expand(TEXT("2036-12-30T19:00"), TEXT("Europe/Berlin"), SERIES_FORTNIGHTLY, 52, ms, &n, &why), ERR_OK);
    assert_int_equal(n, 52);
    for (size_t i = 1; i < n; i++) assert_true(ms[i] - ms[i - 1] >= INT64_C(13) * 86400000 + 82800000);
    assert_int_equal(ms[51], INT64_C(2175962400) * 1000);   /* 2038-12-14 19:00, past what 32 bits hold */
    assert_int_equal(series_expand(TEXT("2027-01-19T19:00"), TEXT("Etc/UTC"), SERIES_NONE, 7, ms, &n, &why), ERR_OK);
    assert_int_equal(n, 1);
}

static void assert_refused(const char *start, const char *zone, size_t count, const char *about)
{
    int64_t ms[SERIES_MAX];
    size_t n = 0;
    const char *why = "";
    assert_int_equal(series_expand(text_of(start), text_of(zone), SERIES_WEEKLY, count, ms, &n, &why), ERR_BAD_INPUT);
    assert_non_null(strstr(why, about));
}

static void what_is_no_day_no_hour_or_no_zone_is_refused_with_a_sentence(void **state)
{
    (void)state;
    static const char *const starts[] = { "", "2027-02-29T19:00", "2027-13-01T19:00", "2027-00-01T19:00", "2027-03-01T24:00", "2027-03-01T19:60",
        "2027-03-01 19:00", "2027-03-01T19:00Z", "+027-03-01T19:00", "2027-03-00T19:00", "1969-03-01T19:00", "2027-3-001T19:00" };
    static const char *const no_zones[] = { "", "Nowhere/At_All", "../../etc/passwd", "/etc/localtime", "Europe/../Europe/Berlin", "zone.tab",
        "Europe", "Europe/Berlin\n", "Europe/Berlin ", "+01:00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) assert_refused(starts[i], "Europe/Berlin", 1, "\"start\"");
    for (size_t i = 0; i < sizeof no_zones / sizeof no_zones[0]; i++) assert_refused("2027-03-02T19:00", no_zones[i], 1, "\"zone\"");
    assert_refused("2027-03-02T19:00", "Europe/Berlin", 0, "\"count\"");
    assert_refused("2027-03-02T19:00", "Europe/Berlin", 53, "\"count\"");
    enum series_repeat repeat;
    assert_int_equal(series_repeat_parse(TEXT("daily"), &repeat), ERR_BAD_INPUT);
    assert_int_equal(series_repeat_parse(TEXT("monthly"), &repeat), ERR_OK);
    assert_int_equal(repeat, SERIES_MONTHLY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_keeps_its_hour_on_the_wall_through_summer_and_winter),
        cmocka_unit_test(an_hour_that_is_not_there_is_later_and_one_that_is_there_twice_is_the_first),
        cmocka_unit_test(a_series_is_as_long_as_it_says_and_goes_beyond_what_a_year_holds),
        cmocka_unit_test(what_is_no_day_no_hour_or_no_zone_is_refused_with_a_sentence),
    };
    return cmocka_run_group_tests_name("series", tests, NULL, NULL);
}
