/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One's feed, the times of one's plans, and the feed as a calendar program reads it: without a session. */
#include "calendar/calendar.h"

enum { REPLY_MAX = 512, TITLE_BYTES = 4 * CALENDAR_TITLE_MAX };

static enum err put_calendar(struct call *c)
{
    struct json_in *in;
    TRY(call_json(c, &in));
    struct id feed = json_get_id(in, "feed");
    struct text title = json_get_text(in, "title", TITLE_BYTES);
    TRY(call_json_end(c, in));
    TRY(calendar_set(c, &feed, title));
    return call_reply_empty(c);
}

static enum err get_calendar(struct call *c)
{
    bool on = false;
    struct text title;
    TRY(calendar_get(c, &on, &title));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_bool(&b, "on", on);
    if (on) json_text(&b, "title", title);
    else json_nil(&b, "title");
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err delete_calendar(struct call *c)
{
    TRY(calendar_end(c));
    return call_reply_empty(c);
}

static enum err put_plan(struct call *c)
{
    struct json_in *in;
    TRY(call_json(c, &in));
    int64_t start_ms = json_get_int(in, "start_ms", 0, CALENDAR_START_MAX);
    int64_t minutes = json_get_int(in, "minutes", 1, CALENDAR_MINUTES_MAX);
    TRY(call_json_end(c, in));
    TRY(calendar_put_plan(c, &c->params[0], start_ms, minutes));
    return call_reply_empty(c);
}

static enum err delete_plan(struct call *c)
{
    TRY(calendar_drop_plan(c, &c->params[0]));
    return call_reply_empty(c);
}

static enum err get_feed(struct call *c)
{
    struct text text;
    TRY(calendar_feed(c, &c->params[0], &text));
    return call_reply_tagged(c, "text/calendar; charset=utf-8", bytes_of_text(text));
}

/* Who guesses addresses is slowed as who guesses links is. */
static const struct route rows[] = {
    { "GET", "/api/calendar", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_calendar },
    { "PUT", "/api/calendar", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_WRITE, put_calendar },
    { "DELETE", "/api/calendar", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_calendar },
    { "PUT", "/api/calendar/plans/{plan}", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_WRITE, put_plan },
    { "DELETE", "/api/calendar/plans/{plan}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_plan },
    { "GET", "/api/calendar/{feed}/notes.ics", WHO_ANY, MODE_READS, BODY_NONE, 0, RATE_INVITE, get_feed },
};
const struct route_table calendar_routes = { rows, sizeof rows / sizeof rows[0] };
