/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A bond: two people who chose each other.
 *
 * It begins when the holder of a bond invite accepts it: they found the room for the two and leave an answer for the
 * inviter, sealed with the link's key, which proves their identity. Both chose: the one by giving the link, the other
 * by accepting. Either can end it at any moment; then the room takes no more entries, and both can go on reading what
 * is there. An ended bond stays in the list of both, and counts towards their limit.
 *
 * This noun stands left of invite and room, since accepting uses the one and founds the other. */
#ifndef BESIDE_BOND_BOND_H
#define BESIDE_BOND_BOND_H

#include "invite/invite.h"
#include "room/room.h"

enum {
    BOND_ANSWER_MIN = 41,                       /* a seal of nothing */
    BOND_ANSWER_MAX = 3 << 10,                  /* so that the list of all bonds fits into a reply */
    BOND_ACCEPT_MAX = 2 + BOND_ANSWER_MAX + ID_BYTES + ROOM_CHANGE_MAX,
};

/* The body of an acceptance: u16 length ‖ answer ‖ room ‖ room change. Views into the bytes that were given. */
struct bond_accept { struct bytes answer; struct id room; struct room_change change; };
enum err bond_accept_parse(struct bytes b, struct bond_accept *ret) MUST_USE;

/* Accepts an invite for c->me. The same acceptance again succeeds again. ERR_INVITE_GONE, ERR_OWN_INVITE,
 * ERR_ALREADY_BONDED, ERR_TOO_MANY, and what room_found() says. */
enum err bond_accept(struct call *c, const struct id *invite, const struct bond_accept *accept) MUST_USE;
/* Ends the bond whose room this is. A repeat is no error. ERR_NOT_FOUND when it is none of c->me's. */
enum err bond_end(struct call *c, const struct id *room) MUST_USE;

struct bond { struct id room, inviter, joiner, invite, ended_by; struct bytes answer; int64_t made_ms, ended_ms; bool ended; };
/* Each bond of PERSON, the oldest first; holds for the call only. */
enum err bond_each(struct store_conn *db, const struct id *person, enum err (*each)(void *arg, const struct bond *b), void *arg) MUST_USE;

/* A person leaves for good, in two steps: before their rooms are erased all their bonds are ended, and the others told
 * (as many as events fit into a call; the rest learn of it when they ask); after it the bonds that nobody has any more
 * are taken. */
enum err bond_end_all(struct call *c) MUST_USE;
enum err bond_erase_person(struct store_conn *db, const struct id *person) MUST_USE;

enum err bond_count(struct store_conn *db, int64_t *ret) MUST_USE;
enum err bond_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table bond_routes;

/* The store's side. */
enum err bond_store_add(struct store_conn *db, const struct bond *b) MUST_USE;
enum err bond_store_is(struct store_conn *db, const struct id *room, const struct id *joiner, const struct id *invite, bool *ret) MUST_USE;
enum err bond_store_between(struct store_conn *db, const struct id *a, const struct id *b, bool *ret) MUST_USE;
enum err bond_store_count_of(struct store_conn *db, const struct id *person, int64_t *ret) MUST_USE;
/* The other one of PERSON's bond with this room; ERR_NOT_FOUND. */
enum err bond_store_other(struct store_conn *db, const struct id *room, const struct id *person, struct id *ret) MUST_USE;
enum err bond_store_end(struct store_conn *db, const struct id *room, const struct id *by, int64_t now_ms, bool *ret_done) MUST_USE;

#endif
