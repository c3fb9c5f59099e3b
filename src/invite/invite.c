/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of invites. */
#include "invite/invite.h"

#include "lib/clock.h"
#include "safety/safety.h"

static const char *const kind_names[INVITE_KINDS] = { "steward", "house", "bond", "circle" };
static const char *const state_names[] = { "open", "used", "ended", "expired" };

struct text invite_kind_name(enum invite_kind k) { return text_of(kind_names[k]); }
struct text invite_state_name(enum invite_state s) { return text_of(state_names[s]); }

/* Tells the inviter's devices, if a person made it. */
static enum err tell(struct call *c, const struct id *from, const struct id *invite)
{
    return id_is_zero(from) ? ERR_OK : house_tell(c, EVENT_INVITE, from, 1, "id", invite);
}

enum err invite_make(struct call *c, const struct invite_new *n)
{
    int64_t open = 0, all = 0;
    bool may = true;
    if (n->expires_ms <= c->now_ms || n->expires_ms > c->now_ms + INVITE_DAYS_MAX * (int64_t)CLOCK_DAY_MS)
        return call_problem(c, ERR_BAD_INPUT, "\"expires_ms\" must lie ahead, by 90 days at most");
    TRY(person_hold(c->db, &c->me));
    if (n->kind == INVITE_CIRCLE) TRY(invite_store_may_lead(c->db, &n->room, &c->me, &may));
    if (!may) return ERR_NOT_FOUND;
    TRY(invite_add(c->db, n, c->now_ms));
    TRY(invite_store_count(c->db, &c->me, c->now_ms, &open, &all));
    if (open > HOUSE_INVITES_OPEN_MAX) {   /* an error takes the new one back */
        call_extra(c, "limit", HOUSE_INVITES_OPEN_MAX);
        return ERR_TOO_MANY;
    }
    if (all > INVITE_KEPT_MAX) TRY(invite_store_forget_oldest(c->db, &c->me, c->now_ms));
    return tell(c, &c->me, &n->id);
}

enum err invite_present(struct call *c, const struct id *id, struct invite *ret)
{
    struct invite i = { .state = INVITE_ENDED };
    bool between = false;
    enum err e = invite_store_get(c->db, c->arena, id, c->now_ms, &i);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    struct hash shown = crypt_hash(NULL, NULL, CRYPT_PARTS(c->invite_auth));
    bool proved = crypt_equal(i.auth_hash.b, shown.b, HASH_BYTES);
    if (!proved || c->invite_auth.n != SECRET_BYTES || i.state != INVITE_OPEN) return ERR_INVITE_GONE;
    if (c->signed_in && !id_is_zero(&i.from)) TRY(safety_stands_between(c->db, &c->me, &i.from, &between));
    if (between) return ERR_INVITE_GONE;
    *ret = i;
    return ERR_OK;
}

enum err invite_use(struct call *c, const struct invite *i)
{
    bool done = false;
    TRY(invite_store_use(c->db, &i->id, c->now_ms, &done));
    return done ? tell(c, &i->from, &i->id) : ERR_INVITE_GONE;
}

enum err invite_join(struct call *c, const struct id *invite, struct person_new *n, struct id *ret_person, struct id *ret_session)
{
    struct invite i;
    bool done = true;
    TRY(invite_present(c, invite, &i));
    TRY(invite_store_join(c->db, &i.id, c->now_ms, &done));
    if (!done) return ERR_INVITE_GONE;
    if (i.kind != INVITE_BOND && i.kind != INVITE_CIRCLE) TRY(invite_use(c, &i));
    n->steward = i.kind == INVITE_STEWARD;
    n->invite = i.id;
    TRY(person_add(c, n, ret_person));
    return session_start(c, ret_person, ret_session);
}

enum err invite_take_back(struct call *c, const struct id *id)
{
    TRY(invite_end(c->db, id, &c->me));
    return tell(c, &c->me, id);
}
