/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Invites, and the account that one lets somebody make. (Accepting a bond invite is bond's, knocking with one at a circle's
 * door is circle's.) */
#include "invite/invite.h"

#include <string.h>

enum { REPLY_MAX = 64 << 10 };

static enum err post_person(struct call *c)
{
    struct json_in *in;
    struct person_new n = { .steward = false };
    struct id person, session;
    TRY(call_json(c, &in));
    struct id invite = json_get_id(in, "invite");
    n.login = person_read_login(in, "wrap_passphrase");
    n.identity = json_get_base64(in, "identity", IDENTITY_BYTES, IDENTITY_BYTES);
    n.card = person_read_card(json_get_object(in, "card"));
    bool adult = json_get_bool(in, "adult");
    TRY(call_json_end(c, in));
    if (!adult) return call_problem(c, ERR_BAD_INPUT, "\"adult\" must be true: this house is for adults");
    TRY(invite_join(c, &invite, &n, &person, &session));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "person", &person);
    json_id(&b, "session", &session);
    json_close(&b, '}');
    return call_reply_json(c, 201, &b);
}

static enum err post_invite(struct call *c)
{
    struct json_in *in;
    struct invite_new n = { .from = c->me, .kind = INVITE_BOND, .uses = 1 };
    TRY(call_json(c, &in));
    n.id = json_get_id(in, "id");
    struct bytes auth = json_get_base64(in, "auth", SECRET_BYTES, SECRET_BYTES);
    n.greeting = json_get_base64(in, "greeting", INVITE_GREETING_MIN, INVITE_GREETING_MAX);
    n.expires_ms = json_get_int(in, "expires_ms", 0, INT64_MAX);
    if (json_has(in, "room")) {
        n.kind = INVITE_CIRCLE;
        n.room = json_get_id(in, "room");
        if (json_has(in, "uses")) n.uses = json_get_int(in, "uses", 1, INVITE_CIRCLE_USES_MAX);
    }
    TRY(call_json_end(c, in));
    memcpy(n.auth.b, auth.p, SECRET_BYTES);
    TRY(invite_make(c, &n));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "id", &n.id);
    json_close(&b, '}');
    return call_reply_json(c, 201, &b);
}

static void tell_room(struct build *b, const struct invite *i)
{
    if (id_is_zero(&i->room)) json_nil(b, "room");
    else json_id(b, "room", &i->room);
}

static enum err tell_invite(void *arg, const struct invite *i)
{
    struct build *b = arg;
    json_open(b, NULL, '{');
    json_id(b, "id", &i->id);
    json_text(b, "kind", invite_kind_name(i->kind));
    json_text(b, "state", invite_state_name(i->state));
    tell_room(b, i);
    json_int(b, "created_ms", i->made_ms);
    json_int(b, "expires_ms", i->expires_ms);
    json_close(b, '}');
    return ERR_OK;
}

static enum err get_invites(struct call *c)
{
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_open(&b, "invites", '[');
    TRY(invite_each(c->db, &c->me, c->now_ms, tell_invite, &b));
    json_close(&b, ']');
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err get_invite(struct call *c)
{
    struct invite i;
    TRY(invite_present(c, &c->params[0], &i));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "id", &i.id);
    json_text(&b, "kind", invite_kind_name(i.kind));
    if (id_is_zero(&i.from)) json_nil(&b, "from");
    else json_id(&b, "from", &i.from);
    tell_room(&b, &i);
    json_base64(&b, "greeting", i.greeting);
    json_int(&b, "expires_ms", i.expires_ms);
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err delete_invite(struct call *c)
{
    TRY(invite_take_back(c, &c->params[0]));
    return call_reply_empty(c);
}

static const struct route rows[] = {
    { "POST", "/api/person", WHO_INVITE, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_INVITE, post_person },
    { "POST", "/api/invites", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_INVITE, post_invite },
    { "GET", "/api/invites", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_invites },
    { "GET", "/api/invites/{invite}", WHO_INVITE, MODE_READS, BODY_NONE, 0, RATE_INVITE, get_invite },
    { "DELETE", "/api/invites/{invite}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_invite },
};
const struct route_table invite_routes = { rows, sizeof rows / sizeof rows[0] };
