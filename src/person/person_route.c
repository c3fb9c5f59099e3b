/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One's own account. (POST /api/person is invite's, PUT /api/person/passphrase session's, DELETE /api/person api's:
 * each does more than this noun can reach. Another person's identity is room's to give.) */
#include "person/person.h"

enum { REPLY_MAX = 4 << 10 };

static enum err get_person(struct call *c)
{
    struct person p;
    TRY(person_get(c->db, c->arena, &c->me, &p));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "id", &p.id);
    json_text(&b, "role", person_role_name(p.steward));
    json_int(&b, "created_ms", p.made_ms);
    json_base64(&b, "identity", p.identity);
    json_base64(&b, "wrap_passphrase", p.wrap);
    json_int(&b, "counter", p.counter);
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err put_card(struct call *c)
{
    struct json_in *in;
    TRY(call_json(c, &in));
    int64_t counter = json_get_int(in, "counter", 1, PERSON_COUNTER_MAX);
    struct person_card card = person_read_card(in);
    struct bytes signature = json_get_base64(in, "signature", SIGNATURE_BYTES, SIGNATURE_BYTES);
    TRY(call_json_end(c, in));
    TRY(person_change_card(c, counter, &card, signature));
    return call_reply_empty(c);
}

static const struct route rows[] = {
    { "GET", "/api/person", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_person },
    { "PUT", "/api/person/card", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_WRITE, put_card },
};
const struct route_table person_routes = { rows, sizeof rows / sizeof rows[0] };
