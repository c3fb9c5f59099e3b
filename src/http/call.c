/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The small tools of a handler: its query, its JSON body, its reply, its events. */
#include "http/call.h"

#include <assert.h>

#include "http/http.h"

enum { ETAG_MAX = 32 };

enum err call_query_int(struct call *c, const char *name, int64_t max, int64_t absent, int64_t *ret)
{
    bool there;
    struct text value = http_query(c, name, &there);
    if (!there) {
        *ret = absent;
        return ERR_OK;
    }
    if (text_to_int(value, max, ret) == ERR_OK) return ERR_OK;
    return call_problem(c, ERR_BAD_INPUT, "A number in the address is not a whole number of the size that is asked for.");
}

enum err call_query_id(struct call *c, const char *name, struct id *ret, bool *ret_there)
{
    struct text value = http_query(c, name, ret_there);
    if (!*ret_there || id_parse(value, ret) == ERR_OK) return ERR_OK;
    return call_problem(c, ERR_BAD_INPUT, "An id in the address is not 22 characters of base64url.");
}

bool call_query_has(struct call *c, const char *name)
{
    bool there;
    (void)http_query(c, name, &there);   /* only whether */
    return there;
}

enum err call_json(struct call *c, struct json_in **ret)
{
    enum err e = json_parse(c->arena, c->body, ret);
    if (e == ERR_BAD_INPUT) c->detail = "The body is not one JSON object (valid UTF-8, no member twice, not deeper than eight).";
    return e;
}

enum err call_json_end(struct call *c, struct json_in *in) { return json_end(in, &c->detail); }

static enum err reply(struct call *c, int status, const char *type, struct build *b)
{
    TRY(build_done(b, &c->reply));
    c->status = status;
    c->reply_type = type;
    return ERR_OK;
}

enum err call_reply_json(struct call *c, int status, struct build *b) { return reply(c, status, "application/json", b); }
enum err call_reply_octets(struct call *c, struct build *b) { return reply(c, 200, "application/octet-stream", b); }

enum err call_reply_empty(struct call *c)
{
    c->status = 204;
    c->reply = (struct bytes){ NULL, 0 };
    c->reply_type = NULL;
    return ERR_OK;
}

enum err call_reply_tagged(struct call *c, const char *type, struct bytes body)
{
    struct bytes etag;
    struct hash hash = crypt_hash(NULL, NULL, CRYPT_PARTS(body));
    struct build b = build_start(c->arena, ETAG_MAX);
    build_text(&b, "\"");
    build_base64(&b, bytes_of(hash.b, ID_BYTES));
    build_text(&b, "\"");
    build_u8(&b, 0);
    TRY(build_done(&b, &etag));
    c->etag = (const char *)etag.p;
    bool known = http_etag_matches(c->if_none_match, text_of(c->etag));
    c->status = known ? 304 : 200;
    c->reply = known ? (struct bytes){ NULL, 0 } : body;
    c->reply_type = known ? NULL : type;
    return ERR_OK;
}

enum err call_problem(struct call *c, enum err e, const char *detail)
{
    c->detail = detail;
    return e;
}

void call_extra(struct call *c, const char *name, int64_t value)
{
    assert(c->n_extras < CALL_EXTRAS_MAX);
    c->extras[c->n_extras].name = name;
    c->extras[c->n_extras].value = value;
    c->n_extras++;
}

enum err call_event(struct call *c, enum event_type type, const struct id *people, size_t n_people, struct text data)
{
    if (c->n_events == CALL_EVENTS_MAX) return ERR_INTERNAL;
    c->events[c->n_events++] = (struct call_event){ type, people, n_people, data };
    return ERR_OK;
}
