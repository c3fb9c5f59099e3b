/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A person: an account, and what proves that somebody owns it.
 *
 * A person is known by an id that is computed from their public keys, so not even this server can put another key
 * behind it. Two things open an account: name and passphrase, or the recovery card. Of each the device keeps one half,
 * which opens the account's root key (the wrap), and shows us the other half, of which we keep a hash. The sign-in name
 * reaches us only as a hash, and is stored hashed once more under the house's secret.
 *
 * The two person_sign_in functions do one look-up, one hash and one comparison whether or not there is such an
 * account, so neither their answer nor their time tells. What changes an account for good (another passphrase, another
 * card, its end) is signed with the account's own key and counted, so that neither a stolen cookie nor an old message
 * can do it.
 *
 * Making an account is the invites' business (invite/invite.h), signing in the sessions' (session/session.h): both
 * stand left of this noun and call it. */
#ifndef BESIDE_PERSON_PERSON_H
#define BESIDE_PERSON_PERSON_H

#include "house/house.h"

enum {
    PERSON_LOGIN_ID_BYTES = 32,
    PERSON_WRAP_BYTES = 73,                     /* a seal of 32 bytes: 1 + 24 + 32 + 16 */
};
#define PERSON_COUNTER_MAX ((INT64_C(1) << 53) - 1)   /* what a JSON number can hold */

/* What a device shows of name and passphrase; LOGIN_ID is 32 bytes, SECRET 32, WRAP 73. Views. */
struct person_login { struct bytes login_id, secret, wrap; };
struct person_card  { struct id id; struct bytes secret, wrap; };
struct person_new   { struct person_login login; struct bytes identity; struct person_card card; bool steward; struct id invite; };
struct person       { struct id id; bool steward; int64_t made_ms, counter; struct bytes identity, wrap; };

/* Members of a JSON body: login_id, login_secret and the wrap's own name; id, secret, wrap. Failures stick in IN. */
struct person_login person_read_login(struct json_in *in, const char *wrap_name);
struct person_card  person_read_card(struct json_in *in);

struct text person_role_name(bool steward);      /* "steward" or "person" */

/* Makes the account and its card. ERR_BAD_INPUT for what is no identity, ERR_NAME_TAKEN, ERR_EXISTS when these keys or
 * this card are in use already. */
enum err person_add(struct call *c, const struct person_new *n, struct id *ret) MUST_USE;

/* ERR_SIGN_IN_FAILED for whatever does not fit. The wrap is a view into the arena. */
enum err person_sign_in(struct call *c, struct bytes login_id, struct bytes secret, struct person *ret) MUST_USE;
enum err person_sign_in_card(struct call *c, const struct id *card, struct bytes secret, struct person *ret) MUST_USE;

/* ERR_NOT_FOUND. Views into the arena. */
enum err person_get(struct store_conn *db, struct arena *a, const struct id *id, struct person *ret) MUST_USE;
enum err person_signing_key(struct store_conn *db, const struct id *id, uint8_t ret[SIGN_PK_BYTES]) MUST_USE;

/* Holds the person's row until the transaction ends, so that what one person may have of a thing is counted exactly
 * even when two machines write at once. Who holds two persons takes the lower id first. ERR_NOT_FOUND. */
enum err person_hold(struct store_conn *db, const struct id *id) MUST_USE;

/* Signed changes of c->me. ERR_BAD_SIGNATURE when signature or counter do not hold; ERR_NAME_TAKEN. */
enum err person_change_login(struct call *c, int64_t counter, const struct person_login *login, struct bytes signature) MUST_USE;
enum err person_change_card(struct call *c, int64_t counter, const struct person_card *card, struct bytes signature) MUST_USE;
/* Whether c->me signed the end of their account; the counter is taken. */
enum err person_check_deletion(struct call *c, int64_t counter, struct bytes signature) MUST_USE;

/* Takes the rows that are this person's. */
enum err person_erase_person(struct store_conn *db, const struct id *id) MUST_USE;

enum err person_count(struct store_conn *db, int64_t *ret) MUST_USE;
enum err person_count_stewards(struct store_conn *db, int64_t *ret) MUST_USE;
/* Logs and adds to *RET_BROKEN whatever must hold of persons and does not. */
enum err person_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table person_routes;

/* The store's side: hashes in, rows out; no rule is judged here. */
struct person_row { struct id id; bool found, steward; struct hash secret_hash; struct bytes wrap; };
enum err person_store_add(struct store_conn *db, const struct id *id, const struct person_new *n, const struct hash *name,
                          const struct hash *login, int64_t day_ms, bool *ret_name_free) MUST_USE;
enum err person_store_add_card(struct store_conn *db, const struct id *person, const struct hash *card,
                               const struct hash *secret, struct bytes wrap) MUST_USE;
enum err person_store_by_name(struct store_conn *db, struct arena *a, const struct hash *name, struct person_row *ret) MUST_USE;
enum err person_store_by_card(struct store_conn *db, struct arena *a, const struct hash *card, struct person_row *ret) MUST_USE;
/* *RET_DONE is false when COUNTER is not above the stored one. */
enum err person_store_count_up(struct store_conn *db, const struct id *id, int64_t counter, bool *ret_done) MUST_USE;
enum err person_store_set_login(struct store_conn *db, const struct id *id, const struct hash *name, const struct hash *login,
                                struct bytes wrap) MUST_USE;
enum err person_store_set_card(struct store_conn *db, const struct id *person, const struct hash *card,
                               const struct hash *secret, struct bytes wrap) MUST_USE;

#endif
