/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Every route of the house. A noun's rows stand with the noun; only the stream's is here, since it belongs to all. */
#include "api/routes.h"

#include "api/erase.h"
#include "bond/bond.h"
#include "calendar/calendar.h"
#include "circle/circle.h"
#include "gathering/gathering.h"
#include "house/house.h"
#include "invite/invite.h"
#include "person/person.h"
#include "room/room.h"
#include "safety/safety.h"
#include "session/session.h"
#include "vault/vault.h"
#include "voice/voice.h"

static const struct route stream_rows[] = {
    { "GET", "/api/stream", WHO_PERSON, MODE_STREAM, BODY_NONE, 0, RATE_STREAM, NULL },
};
static const struct route_table stream_routes = { stream_rows, sizeof stream_rows / sizeof stream_rows[0] };

/* The most asked first: a walk ends there. */
const struct route_table *const routes_all[] = {
    &room_routes, &vault_routes, &voice_routes, &bond_routes, &circle_routes, &gathering_routes, &calendar_routes, &invite_routes, &session_routes,
    &person_routes, &safety_routes, &house_routes, &erase_routes, &stream_routes,
};
const size_t routes_n = sizeof routes_all / sizeof routes_all[0];
