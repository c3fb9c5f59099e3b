/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The end of an account: DELETE /api/person.
 *
 * Every noun takes what is the person's, so it stands here, left of them all. What stays is what belongs to others too:
 * an ended bond and the places of the erased entries in its room, with the number that named the person, until the
 * other one leaves as well. */
#ifndef BESIDE_API_ERASE_H
#define BESIDE_API_ERASE_H

#include "http/call.h"

extern const struct route_table erase_routes;

/* Erases c->me, who has signed that they want it. */
enum err erase_person(struct call *c) MUST_USE;

#endif
