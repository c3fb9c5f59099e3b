/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of a feed, and its text.
 *
 * The text is libical's: it folds lines, escapes titles and spells times. It allocates on its own, so everything hangs on one
 * component that is freed at the end, and what cannot be made for want of memory ends the whole feed: a calendar that lacks a
 * time is worse than one that comes a little later.
 *
 * Nothing in it changes unless a time does (DTSTAMP is when the time was set, not when the feed was read), so that a program
 * which asks every hour is answered with "the same as before". */
#include "calendar/calendar.h"

#include <inttypes.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTE_MS = 60000, SECOND_MS = 1000, UID_MAX = 64, REFRESH_MINUTES = 60 };

/* ---- the rules ---- */

static struct hash hash_of(const struct house *h, const struct id *feed)
{
    return crypt_hash(&h->secret, "beside/calendar-feed/1", CRYPT_PARTS(bytes_of_id(feed)));
}

/* One line of 1 … 60 characters. It is UTF-8 already, as all that is read from JSON. */
static bool is_title(struct text t)
{
    size_t characters = 0;
    for (size_t i = 0; i < t.n; i++) {
        unsigned char byte = (unsigned char)t.p[i];
        if (byte < ' ' || byte == 0x7f) return false;
        characters += (byte & 0xc0) != 0x80;
    }
    return characters >= 1 && characters <= CALENDAR_TITLE_MAX;
}

enum err calendar_set(struct call *c, const struct id *feed, struct text title)
{
    if (!is_title(title)) return call_problem(c, ERR_BAD_INPUT, "The title is one line of 1 to 60 characters.");
    struct hash hash = hash_of(c->house, feed);
    return calendar_store_set(c->db, &c->me, &hash, title);
}

enum err calendar_get(struct call *c, bool *ret_on, struct text *ret_title)
{
    enum err e = calendar_store_title(c->db, c->arena, &c->me, ret_title);
    *ret_on = e == ERR_OK;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err calendar_end(struct call *c) { return calendar_erase_person(c->db, &c->me); }

enum err calendar_put_plan(struct call *c, const struct id *plan, int64_t start_ms, int64_t minutes)
{
    struct text title;
    int64_t others = 0;
    enum err e = calendar_store_title(c->db, c->arena, &c->me, &title);
    if (e == ERR_NOT_FOUND) return call_problem(c, e, "There is no calendar feed, so the house keeps no times of plans.");
    if (e != ERR_OK) return e;
    TRY(calendar_store_count_others(c->db, &c->me, plan, &others));
    if (others >= CALENDAR_PLANS_MAX) {
        call_extra(c, "limit", CALENDAR_PLANS_MAX);
        return ERR_TOO_MANY;
    }
    return calendar_store_put_plan(c->db, &c->me, plan, start_ms, minutes, c->now_ms);
}

enum err calendar_drop_plan(struct call *c, const struct id *plan) { return calendar_store_drop_plan(c->db, &c->me, plan); }

enum err calendar_sweep(struct store_conn *db, struct arena *a, int64_t now_ms)
{
    (void)a;
    return calendar_store_forget(db, now_ms - CALENDAR_BACK_MS);
}

/* ---- the text ---- */

/* TO owns it from here. False: there was no memory for it. */
static bool add(icalcomponent *to, icalproperty *property)
{
    if (!property) return false;
    icalcomponent_add_property(to, property);
    return true;
}

static bool add_x(icalcomponent *to, const char *name, const char *value)
{
    icalproperty *p = icalproperty_new_x(value);
    if (p) icalproperty_set_x_name(p, name);
    return add(to, p);
}

static struct icaltimetype utc(int64_t ms)
{
    return icaltime_from_timet_with_zone((time_t)(ms / SECOND_MS), 0, icaltimezone_get_utc_timezone());
}

/* The same for one person as long as the thing lives, also at a new address; another for each person. */
static void uid_of(const struct house *h, const struct id *person, const struct id *id, char ret[UID_MAX])
{
    struct id short_hash;
    struct hash hash = crypt_hash(&h->secret, "beside/calendar-uid/1", CRYPT_PARTS(bytes_of_id(person), bytes_of_id(id)));
    memcpy(short_hash.b, hash.b, ID_BYTES);
    id_format(&short_hash, ret);
}

static bool add_time(icalcomponent *calendar, const struct house *h, const struct id *person, const char *title, const struct calendar_time *t)
{
    char uid[UID_MAX];
    uid_of(h, person, &t->id, uid);
    icalcomponent *event = icalcomponent_new_vevent();
    if (!event) return false;
    icalcomponent_add_component(calendar, event);
    return add(event, icalproperty_new_uid(uid)) && add(event, icalproperty_new_dtstamp(utc(t->made_ms))) &&
           add(event, icalproperty_new_dtstart(utc(t->start_ms))) && add(event, icalproperty_new_dtend(utc(t->start_ms + t->minutes * MINUTE_MS))) &&
           add(event, icalproperty_new_summary(title)) && add(event, icalproperty_new_class(ICAL_CLASS_PRIVATE)) &&
           add(event, icalproperty_new_status(t->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
}

/* NAME and REFRESH-INTERVAL are RFC 7986's; the other two say the same to programs that are older than it. */
static bool add_head(icalcomponent *calendar, const char *title)
{
    return add(calendar, icalproperty_new_version("2.0")) && add(calendar, icalproperty_new_prodid("-//beside//calendar feed 1//EN")) &&
           add(calendar, icalproperty_new_calscale("GREGORIAN")) && add(calendar, icalproperty_new_name(title)) &&
           add_x(calendar, "X-WR-CALNAME", title) &&
           add(calendar, icalproperty_new_refreshinterval(icaldurationtype_from_int(REFRESH_MINUTES * 60))) &&
           add_x(calendar, "X-PUBLISHED-TTL", "PT1H");
}

static void free_calendar(icalcomponent **c)
{
    if (*c) icalcomponent_free(*c);
}

static void free_text(char **text) { free(*text); }

enum err calendar_text(const struct house *house, struct arena *a, const struct id *person, struct text title, const struct calendar_time *times,
                       size_t n, struct text *ret)
{
    struct text ended;   /* with its NUL */
    TRY(arena_copy_text(a, title, &ended));
    __attribute__((cleanup(free_calendar))) icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    if (!calendar || !add_head(calendar, ended.p)) return ERR_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (!add_time(calendar, house, person, ended.p, &times[i])) return ERR_MEMORY;
    __attribute__((cleanup(free_text))) char *text = icalcomponent_as_ical_string_r(calendar);
    return text ? arena_copy_text(a, text_of(text), ret) : ERR_MEMORY;
}

/* ---- a feed ---- */

struct gathered { struct calendar_time *times; size_t n; };

static int by_start(const void *a, const void *b)
{
    const struct calendar_time *one = a, *other = b;
    if (one->start_ms != other->start_ms) return one->start_ms < other->start_ms ? -1 : 1;
    return id_compare(&one->id, &other->id);
}

/* What is over the maximum is furthest away, and comes into the feed by itself as time goes on. */
static enum err add_plan(void *arg, const struct calendar_time *plan)
{
    struct gathered *g = arg;
    if (g->n < CALENDAR_TIMES_MAX) g->times[g->n++] = *plan;
    return ERR_OK;
}

static enum err add_gathering(void *arg, const struct gathering *one)
{
    const struct calendar_time time = { one->id, one->r.start_ms, one->r.minutes, one->changed_ms, one->r.stage == ROUNDS_CANCELLED };
    return add_plan(arg, &time);
}

enum err calendar_feed(struct call *c, const struct id *feed, struct text *ret)
{
    struct id person;
    struct text title;
    struct hash hash = hash_of(c->house, feed);
    TRY(calendar_store_find(c->db, c->arena, &hash, &person, &title));
    struct gathered g = { .times = arena_take(c->arena, CALENDAR_TIMES_MAX * sizeof *g.times) };
    if (!g.times) return ERR_MEMORY;
    TRY(calendar_store_each_plan(c->db, &person, c->now_ms - CALENDAR_BACK_MS, add_plan, &g));
    TRY(gathering_each_of(c->db, &person, c->now_ms - CALENDAR_BACK_MS, CALENDAR_TIMES_MAX, add_gathering, &g));
    qsort(g.times, g.n, sizeof *g.times, by_start);
    return calendar_text(c->house, c->arena, &person, title, g.times, g.n, ret);
}
