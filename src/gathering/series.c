/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Series by libical: its recurrence rules give the days, the system's tzdata (read by it) the offsets.
 *
 * libical is asked only for the offset at an instant. What a wall clock's hour means when clocks are changed is worked
 * out here, since libical's own answer there is neither of RFC 5545's. Its zones are one table for the whole program
 * that grows when a zone is first asked for, so one expansion runs at a time. */
#include "gathering/series.h"

#include <libical/ical.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t zones = PTHREAD_MUTEX_INITIALIZER;

enum { DAY_S = 86400, YEAR_MIN = 2020, YEAR_MAX = 2199 };

enum err series_repeat_parse(struct text name, enum series_repeat *ret)
{
    static const char *const names[] = { "none", "weekly", "fortnightly", "monthly" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!text_equal(name, text_of(names[i]))) continue;
        *ret = (enum series_repeat)i;
        return ERR_OK;
    }
    return ERR_BAD_INPUT;
}

/* ---- what was typed ---- */

static bool read_number(struct text t, size_t at, size_t n, int *ret)
{
    int64_t v = 0;
    if (text_to_int((struct text){ t.p + at, n }, 9999, &v) != ERR_OK) return false;
    *ret = (int)v;
    return true;
}

/* A day that is in the calendar, an hour that is on a clock. */
static bool read_start(struct text t, struct icaltimetype *ret)
{
    struct icaltimetype s = icaltime_null_time();
    if (t.n != SERIES_START_TEXT || t.p[4] != '-' || t.p[7] != '-' || t.p[10] != 'T' || t.p[13] != ':') return false;
    if (!read_number(t, 0, 4, &s.year) || !read_number(t, 5, 2, &s.month) || !read_number(t, 8, 2, &s.day) ||
        !read_number(t, 11, 2, &s.hour) || !read_number(t, 14, 2, &s.minute)) return false;
    if (s.year < YEAR_MIN || s.year > YEAR_MAX || s.month < 1 || s.month > 12 || s.hour > 23 || s.minute > 59) return false;
    if (s.day < 1 || s.day > icaltime_days_in_month(s.month, s.year)) return false;
    *ret = s;
    return true;
}

/* Names go into a path below the zones' folder: only what is in IANA's names, and no step upwards. */
static icaltimezone *find_zone(struct text name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char others[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    char kept[SERIES_ZONE_MAX + 1];
    if (name.n == 0 || name.n > SERIES_ZONE_MAX || !memchr(letters, name.p[0], sizeof letters - 1)) return NULL;
    for (size_t i = 0; i < name.n; i++)
        if (!memchr(others, name.p[i], sizeof others - 1)) return NULL;
    memcpy(kept, name.p, name.n);
    kept[name.n] = '\0';
    return icaltimezone_get_builtin_timezone(kept);
}

/* ---- an hour on the wall, as an instant ---- */

static int64_t offset_at(icaltimezone *zone, int64_t instant_s)
{
    int is_summer;
    struct icaltimetype at = icaltime_from_timet_with_zone((time_t)instant_s, 0, icaltimezone_get_utc_timezone());
    return icaltimezone_get_utc_offset_of_utc_time(zone, &at, &is_summer);
}

/* The offsets of the day before and of the day after are the two that can be meant: no place changes its clocks twice in
 * two days. The one before the change gives the first of two, and the later hour for one that is not there. */
static int64_t instant_of(icaltimezone *zone, struct icaltimetype wall)
{
    int64_t as_utc = (int64_t)icaltime_as_timet(wall);
    int64_t before = offset_at(zone, as_utc - DAY_S), after = offset_at(zone, as_utc + DAY_S);
    if (offset_at(zone, as_utc - before) == before) return as_utc - before;
    return offset_at(zone, as_utc - after) == after ? as_utc - after : as_utc - before;
}

/* ---- the days ---- */

static struct icalrecurrencetype rule_of(struct icaltimetype start, enum series_repeat repeat, size_t count)
{
    struct icalrecurrencetype r;
    icalrecurrencetype_clear(&r);
    r.count = (int)count;
    r.freq = repeat == SERIES_MONTHLY ? ICAL_MONTHLY_RECURRENCE : ICAL_WEEKLY_RECURRENCE;
    r.interval = repeat == SERIES_FORTNIGHTLY ? 2 : 1;
    if (repeat != SERIES_MONTHLY) return r;
    int week = (start.day + 6) / 7;                       /* the first to the fifth of its weekday in the month */
    int weekday = icaltime_day_of_week(start);            /* 1 is Sunday, as in the rule */
    r.by_day[0] = (short)(week == 5 ? -(8 + weekday) : 8 * week + weekday);
    r.by_day[1] = ICAL_RECURRENCE_ARRAY_MAX;
    return r;
}

static size_t expand(icaltimezone *zone, struct icaltimetype start, enum series_repeat repeat, size_t count, int64_t *ret_ms)
{
    size_t n = 0;
    icalrecur_iterator *days = icalrecur_iterator_new(rule_of(start, repeat, count), start);
    if (!days) return 0;
    for (struct icaltimetype at = icalrecur_iterator_next(days); n < count && !icaltime_is_null_time(at); at = icalrecur_iterator_next(days))
        ret_ms[n++] = instant_of(zone, at) * 1000;
    icalrecur_iterator_free(days);
    return n;
}

static enum err expand_checked(struct text start, struct text zone, enum series_repeat repeat, size_t count,
                               int64_t *ret_ms, const char **ret_why)
{
    struct icaltimetype first;
    icaltimezone *place = find_zone(zone);
    if (!place) {
        *ret_why = "\"zone\" is no time zone that this house knows; it is a name like Europe/Berlin";
        return ERR_BAD_INPUT;
    }
    if (!read_start(start, &first)) {
        *ret_why = "\"start\" is no day and hour like 2027-03-02T19:00";
        return ERR_BAD_INPUT;
    }
    return expand(place, first, repeat, count, ret_ms) == count ? ERR_OK : ERR_MEMORY;
}

enum err series_expand(struct text start, struct text zone, enum series_repeat repeat, size_t count,
                       int64_t ret_ms[SERIES_MAX], size_t *ret_n, const char **ret_why)
{
    if (count < 1 || count > SERIES_MAX) {
        *ret_why = "\"count\" is 1 to 52";
        return ERR_BAD_INPUT;
    }
    if (repeat == SERIES_NONE) count = 1;
    pthread_mutex_lock(&zones);
    enum err e = expand_checked(start, zone, repeat, count, ret_ms, ret_why);
    pthread_mutex_unlock(&zones);
    if (e == ERR_OK) *ret_n = count;
    return e;
}
