/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Safety: blocks. Who blocks somebody hears no more from them from then on, anywhere, and the other is never told.
 *
 * So a block refuses the blocked person nothing that they could notice: their entries are taken as ever, but reach the
 * one who blocks as withheld lines (room/room.h), and an invite between the two looks like one that is gone
 * (invite/invite.h). A block may name any id: asking whether there is such a person would be telling. */
#ifndef BESIDE_SAFETY_SAFETY_H
#define BESIDE_SAFETY_SAFETY_H

#include "house/house.h"
#include "person/person.h"

/* Both are done once: repeating is no error. ERR_TOO_MANY over HOUSE_BLOCKS_MAX, ERR_BAD_INPUT for oneself. */
enum err safety_block(struct call *c, const struct id *person) MUST_USE;
enum err safety_unblock(struct call *c, const struct id *person) MUST_USE;

/* Does either of the two block the other? */
enum err safety_stands_between(struct store_conn *db, const struct id *a, const struct id *b, bool *ret) MUST_USE;

/* Whom PERSON blocks, the latest first. */
enum err safety_each_block(struct store_conn *db, const struct id *person,
                           enum err (*each)(void *arg, const struct id *blocked), void *arg) MUST_USE;

enum err safety_erase_person(struct store_conn *db, const struct id *person) MUST_USE;
enum err safety_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table safety_routes;

/* The store's side. */
enum err safety_store_add(struct store_conn *db, const struct id *person, const struct id *blocked, int64_t now_ms) MUST_USE;
enum err safety_store_count(struct store_conn *db, const struct id *person, int64_t *ret) MUST_USE;

#endif
