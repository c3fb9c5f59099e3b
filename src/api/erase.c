/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Erases an account, in one transaction. Circles are left and bonds end first, while it can still be seen whom to tell. Voice
 * notes go before the rooms, while it can still be seen in which of them nobody else is. Bonds are taken after, since a
 * bond stays for as long as its room does. */
#include "api/erase.h"

#include "bond/bond.h"
#include "calendar/calendar.h"
#include "circle/circle.h"
#include "gathering/gathering.h"
#include "safety/safety.h"
#include "vault/vault.h"
#include "voice/voice.h"

enum err erase_person(struct call *c)
{
    TRY(person_hold(c->db, &c->me));
    TRY(calendar_erase_person(c->db, &c->me));
    TRY(gathering_erase_person(c->db, &c->me));
    TRY(circle_erase_person(c));
    TRY(bond_end_all(c));
    TRY(voice_erase_person(c->db, &c->me));
    TRY(room_erase_person(c->db, c->arena, &c->me));
    TRY(bond_erase_person(c->db, &c->me));
    TRY(vault_erase_person(c->db, &c->me));
    TRY(invite_erase_person(c->db, &c->me));
    TRY(safety_erase_person(c->db, &c->me));
    TRY(session_erase_person(c->db, &c->me));
    TRY(person_erase_person(c->db, &c->me));
    c->clear_session = true;
    c->end_streams = true;
    c->end_person = c->me;
    c->end_session = (struct id){ { 0 } };
    return ERR_OK;
}

static enum err delete_person(struct call *c)
{
    struct json_in *in;
    TRY(call_json(c, &in));
    int64_t counter = json_get_int(in, "counter", 1, PERSON_COUNTER_MAX);
    struct bytes signature = json_get_base64(in, "signature", SIGNATURE_BYTES, SIGNATURE_BYTES);
    TRY(call_json_end(c, in));
    TRY(person_check_deletion(c, counter, signature));
    TRY(erase_person(c));
    return call_reply_empty(c);
}

static const struct route rows[] = {
    { "DELETE", "/api/person", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_SIGN_IN, delete_person },
};
const struct route_table erase_routes = { rows, sizeof rows / sizeof rows[0] };
