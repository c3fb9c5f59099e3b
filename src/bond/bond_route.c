/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Accepting an invite, and one's own bonds. */
#include "bond/bond.h"

enum { REPLY_MAX = 256 };

static enum err post_accept(struct call *c)
{
    struct bond_accept *accept = arena_take(c->arena, sizeof *accept);
    if (!accept) return ERR_MEMORY;
    if (bond_accept_parse(c->body, accept) != ERR_OK)
        return call_problem(c, ERR_BAD_INPUT, "the body is not an answer, a room and a room change");
    TRY(bond_accept(c, &c->params[0], accept));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "room", &accept->room);
    json_close(&b, '}');
    return call_reply_json(c, 201, &b);
}

struct listing { struct build b; struct id me; };

/* What only the inviter can open is told to nobody else. */
static enum err tell_bond(void *arg, const struct bond *bond)
{
    struct listing *l = arg;
    bool invited = id_equal(&bond->inviter, &l->me);
    json_open(&l->b, NULL, '{');
    json_id(&l->b, "room", &bond->room);
    json_id(&l->b, "person", invited ? &bond->joiner : &bond->inviter);
    if (invited) {
        json_id(&l->b, "invite", &bond->invite);
        json_base64(&l->b, "answer", bond->answer);
    }
    json_int(&l->b, "started_ms", bond->made_ms);
    if (bond->ended) json_int(&l->b, "ended_ms", bond->ended_ms);
    else json_nil(&l->b, "ended_ms");
    json_bool(&l->b, "ended_by_me", bond->ended && id_equal(&bond->ended_by, &l->me));
    json_close(&l->b, '}');
    return ERR_OK;
}

static enum err get_bonds(struct call *c)
{
    struct listing l = { build_start(c->arena, CALL_REPLY_MAX), c->me };
    json_open(&l.b, NULL, '{');
    json_open(&l.b, "bonds", '[');
    TRY(bond_each(c->db, &c->me, tell_bond, &l));
    json_close(&l.b, ']');
    json_close(&l.b, '}');
    return call_reply_json(c, 200, &l.b);
}

static enum err delete_bond(struct call *c)
{
    TRY(bond_end(c, &c->params[0]));
    return call_reply_empty(c);
}

static const struct route rows[] = {
    { "POST", "/api/invites/{invite}/accept", WHO_PERSON_AND_INVITE, MODE_WRITES, BODY_OCTETS, BOND_ACCEPT_MAX, RATE_INVITE, post_accept },
    { "GET", "/api/bonds", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_bonds },
    { "DELETE", "/api/bonds/{room}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_bond },
};
const struct route_table bond_routes = { rows, sizeof rows / sizeof rows[0] };
