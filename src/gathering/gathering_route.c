/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Gatherings as the API tells them: scheduling, the list, one, and what moves one. */
#include "gathering/gathering.h"

enum { REPLY_MAX = 256 };
#define TIME_MAX INT64_C(253402300799000)   /* the year 9999 */

/* ---- telling ---- */

static void put_id(struct build *b, const char *name, const struct id *id)
{
    if (id_is_zero(id)) json_nil(b, name);
    else json_id(b, name, id);
}

static void put_time(struct build *b, const char *name, int64_t ms)
{
    if (ms == 0) json_nil(b, name);
    else json_int(b, name, ms);
}

/* All but people and turns. */
static void put_facts(struct build *b, const struct gathering *g, int64_t now_ms)
{
    const struct rounds *r = &g->r;
    json_id(b, "id", &g->id);
    json_id(b, "room", &g->room);
    json_id(b, "series", &g->series);
    json_int(b, "start_ms", r->start_ms);
    json_int(b, "minutes", r->minutes);
    json_int(b, "door_minutes", r->door_minutes);
    json_int(b, "turn_s", r->turn_s);
    put_id(b, "host", &r->host);
    put_id(b, "guardian", &r->guardian);
    json_text(b, "stage", text_of(rounds_stage_name(r->stage)));
    json_int(b, "version", g->version);
    json_int(b, "turn", r->turn);
    json_int(b, "stage_began_ms", r->stage_began_ms);
    put_id(b, "holder", &r->holder);
    json_int(b, "turn_began_ms", r->turn_began_ms);
    json_bool(b, "replies", r->replies);
    put_time(b, "paused_until_ms", r->paused_until_ms > now_ms ? r->paused_until_ms : 0);
    put_time(b, "ended_ms", r->ended_ms);
    put_time(b, "fades_ms", gathering_fades_ms(g));
    json_int(b, "now_ms", now_ms);
}

static enum err put_mark(void *arg, const struct gathering_mark *m)
{
    struct build *b = arg;
    json_open(b, NULL, '{');
    json_id(b, "entry", &m->entry);
    json_text(b, "stage", text_of(rounds_stage_name(m->stage)));
    json_id(b, "author", &m->author);
    json_bool(b, "reply", m->reply);
    json_close(b, '}');
    return ERR_OK;
}

static void put_people(struct build *b, const struct rounds *r, int64_t now_ms)
{
    json_open(b, "people", '[');
    for (size_t i = 0; i < r->n; i++) {
        json_open(b, NULL, '{');
        json_id(b, "person", &r->seats[i].person);
        json_bool(b, "here", rounds_is_here(&r->seats[i], now_ms));
        json_bool(b, "waits", r->seats[i].waits);
        json_close(b, '}');
    }
    json_close(b, ']');
}

static enum err put_whole(struct call *c, struct build *b, const struct gathering *g)
{
    json_open(b, NULL, '{');
    put_facts(b, g, c->now_ms);
    put_people(b, &g->r, c->now_ms);
    json_open(b, "turns", '[');
    TRY(gathering_each_mark(c->db, &g->id, GATHERING_TURNS_MAX, put_mark, b));
    json_close(b, ']');
    json_close(b, '}');
    return ERR_OK;
}

static enum err reply_whole(struct call *c, const struct gathering *g)
{
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    TRY(put_whole(c, &b, g));
    return call_reply_json(c, 200, &b);
}

/* ---- scheduling ---- */

static enum err read_new(struct call *c, struct gathering_new *ret)
{
    struct json_in *in;
    TRY(call_json(c, &in));
    struct gathering_new new = { .series = json_get_id(in, "id"), .room = json_get_id(in, "room") };
    new.start = json_get_text(in, "start", SERIES_START_TEXT);
    new.zone = json_get_text(in, "zone", SERIES_ZONE_MAX);
    struct text repeat = json_get_text(in, "repeat", 16);
    new.count = json_get_int(in, "count", 1, SERIES_MAX);
    new.minutes = json_get_int(in, "minutes", GATHERING_MINUTES_MIN, GATHERING_MINUTES_MAX);
    new.turn_s = json_get_int(in, "turn_s", GATHERING_TURN_MIN_S, GATHERING_TURN_MAX_S);
    TRY(call_json_end(c, in));
    if (series_repeat_parse(repeat, &new.repeat) != ERR_OK)
        return call_problem(c, ERR_BAD_INPUT, "\"repeat\" is none, weekly, fortnightly or monthly");
    *ret = new;
    return ERR_OK;
}

/* As they are now, which for a repeat may be another way than they were scheduled. */
static enum err post_gatherings(struct call *c)
{
    struct gathering_new new;
    struct gathering_ids *ids = arena_take(c->arena, sizeof *ids);
    bool is_new = false;
    if (!ids) return ERR_MEMORY;
    TRY(read_new(c, &new));
    TRY(gathering_schedule(c, &new, ids, &is_new));
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    json_open(&b, NULL, '{');
    json_open(&b, "gatherings", '[');
    for (size_t i = 0; i < ids->n; i++) {
        struct gathering g;
        enum err e = gathering_get(c, &ids->all[i], &g);
        if (e == ERR_NOT_FOUND) continue;   /* has faded since */
        if (e != ERR_OK) return e;
        json_open(&b, NULL, '{');
        put_facts(&b, &g, c->now_ms);
        json_close(&b, '}');
    }
    json_close(&b, ']');
    json_close(&b, '}');
    return call_reply_json(c, is_new ? 201 : 200, &b);
}

static enum err put_gathering_time(struct call *c)
{
    struct json_in *in;
    TRY(call_json(c, &in));
    int64_t start_ms = json_get_int(in, "start_ms", 0, TIME_MAX);
    int64_t minutes = json_get_int(in, "minutes", GATHERING_MINUTES_MIN, GATHERING_MINUTES_MAX);
    TRY(call_json_end(c, in));
    TRY(gathering_move(c, &c->params[0], start_ms, minutes));
    return call_reply_empty(c);
}

static enum err delete_gathering(struct call *c)
{
    int64_t rest = 0;
    TRY(call_query_int(c, "rest", 1, 0, &rest));
    TRY(gathering_cancel(c, &c->params[0], rest == 1));
    return call_reply_empty(c);
}

/* ---- reading ---- */

struct listing { struct build b; int64_t now_ms; };

static enum err put_listed(void *arg, const struct gathering *g)
{
    struct listing *l = arg;
    json_open(&l->b, NULL, '{');
    put_facts(&l->b, g, l->now_ms);
    json_close(&l->b, '}');
    return ERR_OK;
}

static enum err get_gatherings(struct call *c)
{
    struct listing l = { .b = build_start(c->arena, CALL_REPLY_MAX), .now_ms = c->now_ms };
    json_open(&l.b, NULL, '{');
    json_open(&l.b, "gatherings", '[');
    TRY(gathering_each_in(c, &c->params[0], put_listed, &l));
    json_close(&l.b, ']');
    json_close(&l.b, '}');
    return call_reply_json(c, 200, &l.b);
}

static enum err get_gathering(struct call *c)
{
    struct gathering g;
    TRY(gathering_get(c, &c->params[0], &g));
    return reply_whole(c, &g);
}

/* ---- acts ---- */

static enum err act(struct call *c, gathering_act *fn)
{
    struct gathering g;
    TRY(gathering_do(c, &c->params[0], fn, &g));
    return reply_whole(c, &g);
}

static enum err post_come(struct call *c) { return act(c, rounds_come); }
static enum err post_go(struct call *c) { return act(c, rounds_go); }
static enum err post_present(struct call *c) { return act(c, rounds_present); }
static enum err post_begin(struct call *c) { return act(c, rounds_begin); }
static enum err post_bell(struct call *c) { return act(c, rounds_bell); }
static enum err post_end(struct call *c) { return act(c, rounds_end); }

static enum err part(struct call *c, gathering_act *fn)
{
    struct gathering g;
    TRY(gathering_do(c, &c->params[0], fn, &g));
    return call_reply_empty(c);
}

static enum err put_host(struct call *c) { return part(c, rounds_take_host); }
static enum err delete_host(struct call *c) { return part(c, rounds_give_host); }
static enum err put_guardian(struct call *c) { return part(c, rounds_take_guardian); }
static enum err delete_guardian(struct call *c) { return part(c, rounds_give_guardian); }

static enum err post_on(struct call *c)
{
    struct gathering g;
    int64_t turn = 0;
    if (!call_query_has(c, "turn")) return act(c, rounds_on);
    TRY(call_query_int(c, "turn", INT64_MAX, 0, &turn));
    TRY(gathering_on(c, &c->params[0], turn, &g));
    return reply_whole(c, &g);
}

static enum err post_piece(struct call *c)
{
    struct gathering g;
    struct id over;
    int64_t turn = 0;
    bool is_over = false;
    if (!call_query_has(c, "turn")) return call_problem(c, ERR_BAD_INPUT, "\"turn\" must say which turn is to end");
    TRY(call_query_int(c, "turn", INT64_MAX, 0, &turn));
    TRY(call_query_id(c, "over", &over, &is_over));
    TRY(gathering_hand_on(c, &c->params[0], turn, is_over ? &over : NULL, &g));
    return reply_whole(c, &g);
}

static enum err post_replies(struct call *c)
{
    struct gathering g;
    int64_t open = 0;
    if (!call_query_has(c, "open")) return call_problem(c, ERR_BAD_INPUT, "\"open\" must say whether replies are welcome");
    TRY(call_query_int(c, "open", 1, 0, &open));
    TRY(gathering_open_replies(c, &c->params[0], open == 1, &g));
    return reply_whole(c, &g);
}

static enum err put_entry(struct call *c)
{
    struct room_line line;
    struct id voice;
    bool has_voice = false, is_new = false;
    TRY(call_query_id(c, "voice", &voice, &has_voice));
    TRY(gathering_say(c, &c->params[0], &c->params[1], has_voice ? &voice : NULL, c->body, &line, &is_new));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "seq", line.seq);
    json_int(&b, "time_ms", line.time_ms);
    json_close(&b, '}');
    return call_reply_json(c, is_new ? 201 : 200, &b);
}

static const struct route rows[] = {
    { "POST", "/api/gatherings", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_WRITE, post_gatherings },
    { "GET", "/api/circles/{room}/gatherings", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_gatherings },
    { "GET", "/api/gatherings/{gathering}", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_gathering },
    { "DELETE", "/api/gatherings/{gathering}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_gathering },
    { "PUT", "/api/gatherings/{gathering}/time", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_WRITE, put_gathering_time },
    { "PUT", "/api/gatherings/{gathering}/host", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, put_host },
    { "DELETE", "/api/gatherings/{gathering}/host", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_host },
    { "PUT", "/api/gatherings/{gathering}/guardian", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, put_guardian },
    { "DELETE", "/api/gatherings/{gathering}/guardian", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_guardian },
    { "POST", "/api/gatherings/{gathering}/come", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_come },
    { "POST", "/api/gatherings/{gathering}/go", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_go },
    { "POST", "/api/gatherings/{gathering}/present", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_present },
    { "POST", "/api/gatherings/{gathering}/begin", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_begin },
    { "POST", "/api/gatherings/{gathering}/on", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_on },
    { "POST", "/api/gatherings/{gathering}/bell", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_bell },
    { "POST", "/api/gatherings/{gathering}/end", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_end },
    { "POST", "/api/gatherings/{gathering}/piece", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_piece },
    { "POST", "/api/gatherings/{gathering}/replies", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_replies },
    { "PUT", "/api/gatherings/{gathering}/entries/{entry}", WHO_PERSON, MODE_WRITES, BODY_OCTETS, HOUSE_ENTRY_MAX, RATE_WRITE, put_entry },
};
const struct route_table gathering_routes = { rows, sizeof rows / sizeof rows[0] };
