/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* An invite: how somebody comes in.
 *
 * The link carries a secret behind its '#', which browsers do not send. From it the holder's device computes the
 * invite's id, a proof (auth) that it shows us, and the key that opens the greeting. We store the id, a hash of the
 * proof and the sealed greeting: we can hand the greeting over, read it we cannot.
 *
 * Kinds: `steward` and `house` are the operator's (beside admin) and let people make an account, as a steward or not;
 * `bond` is a person's own: whoever holds it can make one account, once, and one person can become the inviter's safe
 * person with it (bond/bond.h). Making the account leaves a bond invite open, so that a newcomer can do both.
 * `circle` is a member's, leads into one circle and is for several people, each of whom can make one account with it and
 * knock at the circle's door (circle/circle.h). It ends when its maker is no longer in that circle.
 *
 * Whatever is wrong with an invite (never was, taken back, used up, too old, wrong proof, or a block stands between
 * the two) is ERR_INVITE_GONE, one answer for all.
 *
 * A person may have HOUSE_INVITES_OPEN_MAX open invites; of those that are over, the latest are kept for the list. */
#ifndef BESIDE_INVITE_INVITE_H
#define BESIDE_INVITE_INVITE_H

#include "house/house.h"
#include "session/session.h"

enum {
    INVITE_GREETING_MIN = 41,                   /* a seal of nothing */
    INVITE_GREETING_MAX = 8 << 10,
    INVITE_KEPT_MAX = 300,                      /* of one person, the open ones included */
    INVITE_DAYS_MAX = 90,                       /* how long one can live */
    INVITE_USES_MAX = 1000,
    INVITE_CIRCLE_USES_MAX = 24,
};

enum invite_kind { INVITE_STEWARD, INVITE_HOUSE, INVITE_BOND, INVITE_CIRCLE, INVITE_KINDS };
struct text invite_kind_name(enum invite_kind k);
enum invite_state { INVITE_OPEN, INVITE_USED, INVITE_ENDED, INVITE_EXPIRED };
struct text invite_state_name(enum invite_state s);

struct invite {
    struct id id, from;                         /* FROM is zero for the operator's own */
    struct id room;                             /* the circle that it leads into, or zero */
    enum invite_kind kind;
    enum invite_state state;
    struct hash auth_hash;
    struct bytes greeting;                      /* empty in lists */
    int64_t made_ms, expires_ms, uses_left, joined;
};

/* Makes one. ERR_EXISTS when the id is taken, but for a repeat of the same id and proof by the same person. */
struct invite_new { struct id id, from, room; enum invite_kind kind; struct secret auth; struct bytes greeting; int64_t expires_ms, uses; };
enum err invite_add(struct store_conn *db, const struct invite_new *n, int64_t now_ms) MUST_USE;
/* The same for c->me, with the limits of a person. ERR_NOT_FOUND for a circle that they are not in. */
enum err invite_make(struct call *c, const struct invite_new *n) MUST_USE;

/* The open invite whose proof the call shows in its Beside-Invite header; ERR_INVITE_GONE. */
enum err invite_present(struct call *c, const struct id *id, struct invite *ret) MUST_USE;
/* Takes one use; of two calls at once only one gets the last. ERR_INVITE_GONE. Tells the inviter's devices. */
enum err invite_use(struct call *c, const struct invite *i) MUST_USE;
/* Makes the account of somebody who shows the invite, and signs them in. */
enum err invite_join(struct call *c, const struct id *invite, struct person_new *n, struct id *ret_person,
                     struct id *ret_session) MUST_USE;

/* Takes back one of c->me's; repeating is no error. ERR_INVITE_GONE when it is not theirs. */
enum err invite_take_back(struct call *c, const struct id *id) MUST_USE;
/* The same for the operator (FROM zero: anybody's). */
enum err invite_end(struct store_conn *db, const struct id *id, const struct id *from) MUST_USE;

/* Ends all that FROM made into a circle, or everybody's (FROM zero). */
enum err invite_end_into(struct store_conn *db, const struct id *room, const struct id *from) MUST_USE;

/* FROM's invites, the latest first (FROM zero: the operator's own), at most INVITE_KEPT_MAX. */
enum err invite_each(struct store_conn *db, const struct id *from, int64_t now_ms,
                     enum err (*each)(void *arg, const struct invite *i), void *arg) MUST_USE;

enum err invite_count_open(struct store_conn *db, int64_t now_ms, int64_t *ret) MUST_USE;
enum err invite_erase_person(struct store_conn *db, const struct id *person) MUST_USE;
enum err invite_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table invite_routes;

/* The store's side. */
enum err invite_store_get(struct store_conn *db, struct arena *a, const struct id *id, int64_t now_ms, struct invite *ret) MUST_USE;
enum err invite_store_is(struct store_conn *db, const struct invite_new *n, const struct hash *auth, bool *ret) MUST_USE;
/* Is PERSON in this circle? Asked here by SQL, since the nouns that know it stand left of this one. */
enum err invite_store_may_lead(struct store_conn *db, const struct id *room, const struct id *person, bool *ret) MUST_USE;
enum err invite_store_use(struct store_conn *db, const struct id *id, int64_t now_ms, bool *ret_done) MUST_USE;
enum err invite_store_join(struct store_conn *db, const struct id *id, int64_t now_ms, bool *ret_done) MUST_USE;
enum err invite_store_count(struct store_conn *db, const struct id *from, int64_t now_ms, int64_t *ret_open, int64_t *ret_all) MUST_USE;
enum err invite_store_forget_oldest(struct store_conn *db, const struct id *from, int64_t now_ms) MUST_USE;

#endif
