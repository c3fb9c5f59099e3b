/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Voice notes of a room, and how much of one's own quota is used. */
#include "voice/voice.h"

enum { REPLY_MAX = 256 };

static enum err put_chunk(struct call *c)
{
    struct voice v;
    int64_t n = 0, last = 0;
    if (!call_query_has(c, "n")) return call_problem(c, ERR_BAD_INPUT, "\"n\" must say which chunk this is");
    TRY(call_query_int(c, "n", INT64_MAX, 0, &n));
    TRY(call_query_int(c, "last", 1, 0, &last));
    TRY(voice_put(c, &c->params[0], &c->params[1], n, last == 1, c->body, &v));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "have", v.have);
    json_bool(&b, "done", v.done);
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err get_note(struct call *c)
{
    struct voice v;
    TRY(voice_get(c, &c->params[0], &c->params[1], &v));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "have", v.have);
    json_bool(&b, "done", v.done);
    json_int(&b, "bytes", v.bytes);
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err get_chunks(struct call *c)
{
    int64_t from = 0;
    TRY(call_query_int(c, "from", INT64_MAX, 0, &from));
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    TRY(voice_read(c, &c->params[0], &c->params[1], from, &b));
    return call_reply_octets(c, &b);
}

static enum err delete_note(struct call *c)
{
    TRY(voice_delete(c, &c->params[0], &c->params[1]));
    return call_reply_empty(c);
}

static enum err get_use(struct call *c)
{
    int64_t used = 0;
    TRY(voice_used(c->db, &c->me, &used));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "used_bytes", used);
    json_int(&b, "quota_bytes", c->house->voice_quota_bytes);
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static const struct route rows[] = {
    { "PUT", "/api/rooms/{room}/voice/{voice}", WHO_PERSON, MODE_WRITES, BODY_OCTETS, VOICE_CHUNK_MAX, RATE_WRITE, put_chunk },
    { "GET", "/api/rooms/{room}/voice/{voice}", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_note },
    { "GET", "/api/rooms/{room}/voice/{voice}/chunks", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_chunks },
    { "DELETE", "/api/rooms/{room}/voice/{voice}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_note },
    { "GET", "/api/voice", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_use },
};
const struct route_table voice_routes = { rows, sizeof rows / sizeof rows[0] };
