/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One's own vault. */
#include "vault/vault.h"

enum { REPLY_MAX = 256 };

static enum err get_vault(struct call *c)
{
    int64_t after = 0;
    TRY(call_query_int(c, "after", INT64_MAX, 0, &after));
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    TRY(vault_read(c, after, &b));
    return call_reply_octets(c, &b);
}

/* Tells the version, and the person's other devices too. */
static enum err change(struct call *c, struct bytes body)
{
    int64_t known = 0, version = 0;
    struct bytes json, person;
    if (vault_read_version(c->if_match, &known) != ERR_OK)
        return call_problem(c, ERR_BAD_INPUT, "the header If-Match must say which version is known, or 0 for none");
    TRY(vault_put(c, &c->params[0], known, body, &version));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "version", version);
    json_close(&b, '}');
    TRY(build_done(&b, &json));
    TRY(arena_copy(c->arena, bytes_of_id(&c->me), &person));
    TRY(call_event(c, EVENT_VAULT, (const struct id *)person.p, 1, (struct text){ (const char *)json.p, json.n }));
    return call_reply_json(c, 200, &b);
}

static enum err put_item(struct call *c)
{
    if (c->body.n == 0) return call_problem(c, ERR_BAD_INPUT, "an item holds at least one byte; DELETE takes it away");
    return change(c, c->body);
}

static enum err delete_item(struct call *c)
{
    return change(c, bytes_of(NULL, 0));
}

static const struct route rows[] = {
    { "GET", "/api/vault", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_vault },
    { "PUT", "/api/vault/{key}", WHO_PERSON, MODE_WRITES, BODY_OCTETS, HOUSE_VAULT_ITEM_MAX, RATE_WRITE, put_item },
    { "DELETE", "/api/vault/{key}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_item },
};
const struct route_table vault_routes = { rows, sizeof rows / sizeof rows[0] };
