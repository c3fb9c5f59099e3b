/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One's own blocks. */
#include "safety/safety.h"

enum { REPLY_MAX = 32 << 10 };

static enum err tell_block(void *arg, const struct id *blocked)
{
    json_id(arg, NULL, blocked);
    return ERR_OK;
}

static enum err get_blocks(struct call *c)
{
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_open(&b, "blocks", '[');
    TRY(safety_each_block(c->db, &c->me, tell_block, &b));
    json_close(&b, ']');
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err put_block(struct call *c)
{
    TRY(safety_block(c, &c->params[0]));
    return call_reply_empty(c);
}

static enum err delete_block(struct call *c)
{
    TRY(safety_unblock(c, &c->params[0]));
    return call_reply_empty(c);
}

static const struct route rows[] = {
    { "GET", "/api/blocks", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_blocks },
    { "PUT", "/api/blocks/{person}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, put_block },
    { "DELETE", "/api/blocks/{person}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_block },
};
const struct route_table safety_routes = { rows, sizeof rows / sizeof rows[0] };
