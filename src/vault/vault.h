/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The vault: what a person keeps for themselves, sealed, the same on all their devices.
 *
 * Settings, names for people, secrets of links, what a device knows of a roster: small items, each under a key that is
 * a hash made on the device. Every change takes the next number of the person's own counter, so that a device asks for
 * "all after the number I have" and misses nothing. A deleted item stays as a line without a body, for the devices
 * that have not heard.
 *
 * A change names the version it was made from (If-Match; 0 for an item that is not there). If the item has moved on,
 * ERR_VAULT_CHANGED tells its version, and the device merges. A repeat of what is already so succeeds and changes
 * nothing: a device whose answer was lost asks again. */
#ifndef BESIDE_VAULT_VAULT_H
#define BESIDE_VAULT_VAULT_H

#include "house/house.h"
#include "person/person.h"

enum {
    VAULT_FRAME_HEAD = 4 + ID_BYTES + 8,        /* u32 length of the rest ‖ key ‖ u64 version */
    VAULT_GONE_MAX = HOUSE_VAULT_ITEMS_MAX,     /* deleted lines kept; over that the oldest is forgotten */
};

/* An If-Match header: a decimal version, in quotes (RFC 9110) or not. ERR_BAD_INPUT. */
enum err vault_read_version(struct text if_match, int64_t *ret) MUST_USE;

/* Puts BODY (empty: deletes) under KEY in c->me's vault, if its version is KNOWN. Gives the item's version. */
enum err vault_put(struct call *c, const struct id *key, int64_t known, struct bytes body, int64_t *ret) MUST_USE;

/* Frames of c->me's items after a version, ascending, as many as fit into a reply. */
enum err vault_read(struct call *c, int64_t after, struct build *b) MUST_USE;

enum err vault_erase_person(struct store_conn *db, const struct id *person) MUST_USE;
enum err vault_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table vault_routes;

/* The store's side. */
struct vault_item { struct id key; int64_t version; struct bytes body; };
enum err vault_store_next_version(struct store_conn *db, const struct id *person, int64_t *ret) MUST_USE;
/* Version 0 and no body when there is no such item. The body is a view into the arena. */
enum err vault_store_get(struct store_conn *db, struct arena *a, const struct id *person, const struct id *key,
                         struct vault_item *ret) MUST_USE;
enum err vault_store_set(struct store_conn *db, const struct id *person, const struct vault_item *item) MUST_USE;
enum err vault_store_count(struct store_conn *db, const struct id *person, int64_t *ret_items, int64_t *ret_gone) MUST_USE;
enum err vault_store_forget_oldest(struct store_conn *db, const struct id *person) MUST_USE;
/* Ascending by version, until EACH sets *RET_MORE to false or fails. */
enum err vault_store_each(struct store_conn *db, const struct id *person, int64_t after,
                          enum err (*each)(void *arg, const struct vault_item *item, bool *ret_more), void *arg) MUST_USE;

#endif
