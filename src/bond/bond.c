/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of bonds. */
#include "bond/bond.h"

enum err bond_accept_parse(struct bytes b, struct bond_accept *ret)
{
    struct bond_accept a;
    struct cursor c = cursor_of(b);
    a.answer = cursor_take(&c, cursor_u16(&c));
    a.room = cursor_id(&c);
    struct bytes change = cursor_rest(&c);
    if (!cursor_ok(&c) || a.answer.n < BOND_ANSWER_MIN || a.answer.n > BOND_ANSWER_MAX) return ERR_BAD_INPUT;
    TRY(room_change_parse(change, &a.change));
    if (!id_equal(&a.room, &a.change.link.room)) return ERR_BAD_INPUT;
    *ret = a;
    return ERR_OK;
}

/* Holds both persons, so that none of the limits below can be passed by two acceptances at once. When the account of one
 * of them has just ended, so has the invite. */
static enum err hold_both(struct call *c, const struct id *inviter)
{
    bool me_first = id_compare(&c->me, inviter) < 0;
    enum err e = person_hold(c->db, me_first ? &c->me : inviter);
    if (e == ERR_OK) e = person_hold(c->db, me_first ? inviter : &c->me);
    return e == ERR_NOT_FOUND ? ERR_INVITE_GONE : e;
}

static enum err check_limit(struct call *c, const struct id *person)
{
    int64_t n = 0;
    TRY(bond_store_count_of(c->db, person, &n));
    if (n < HOUSE_BONDS_MAX) return ERR_OK;
    call_extra(c, "limit", HOUSE_BONDS_MAX);
    return ERR_TOO_MANY;
}

/* The room is for the inviter and c->me, and for nobody else. */
static bool is_for_both(const struct call *c, const struct id *inviter, const struct room_link *link)
{
    if (link->kind != ROOM_BOND || link->n != 2) return false;
    const struct id *a = &link->members[0], *b = &link->members[1];
    return (id_equal(a, inviter) && id_equal(b, &c->me)) || (id_equal(a, &c->me) && id_equal(b, inviter));
}

static enum err tell_both(struct call *c, const struct id *other, const struct id *room)
{
    const struct id both[2] = { c->me, *other };
    return house_tell(c, EVENT_BOND, both, 2, "room", room);
}

static enum err judge(struct call *c, const struct invite *i, const struct bond_accept *accept)
{
    bool between = false;
    if (i->kind != INVITE_BOND) return ERR_INVITE_GONE;
    if (id_equal(&i->from, &c->me)) return ERR_OWN_INVITE;
    if (!is_for_both(c, &i->from, &accept->change.link))
        return call_problem(c, ERR_BAD_INPUT, "the room of a bond is for the inviter and the one who accepts");
    TRY(hold_both(c, &i->from));
    TRY(bond_store_between(c->db, &c->me, &i->from, &between));
    if (between) return ERR_ALREADY_BONDED;
    TRY(check_limit(c, &c->me));
    return check_limit(c, &i->from);
}

enum err bond_accept(struct call *c, const struct id *invite, const struct bond_accept *accept)
{
    struct invite i;
    bool repeat = false;
    TRY(bond_store_is(c->db, &accept->room, &c->me, invite, &repeat));
    if (repeat) return ERR_OK;
    TRY(invite_present(c, invite, &i));
    TRY(judge(c, &i, accept));
    TRY(invite_use(c, &i));
    TRY(room_found(c, &accept->change));
    struct bond b = { .room = accept->room, .inviter = i.from, .joiner = c->me, .invite = i.id, .answer = accept->answer,
                      .made_ms = c->now_ms };
    TRY(bond_store_add(c->db, &b));
    return tell_both(c, &i.from, &b.room);
}

enum err bond_end(struct call *c, const struct id *room)
{
    struct id other;
    bool done = false;
    TRY(bond_store_other(c->db, room, &c->me, &other));
    TRY(bond_store_end(c->db, room, &c->me, c->now_ms, &done));
    if (!done) return ERR_OK;   /* it had ended already */
    TRY(room_end(c->db, room, c->now_ms));
    const struct id both[2] = { c->me, other };
    TRY(house_tell(c, EVENT_ROOM, both, 2, "id", room));
    return tell_both(c, &other, room);
}

struct open_bonds { const struct id *me; size_t n; struct { struct id room, other; } all[HOUSE_BONDS_MAX]; };

static enum err gather_open(void *arg, const struct bond *b)
{
    struct open_bonds *open = arg;
    if (b->ended) return ERR_OK;
    if (open->n == HOUSE_BONDS_MAX) return ERR_STORE;   /* there can be no more */
    open->all[open->n].room = b->room;
    open->all[open->n++].other = id_equal(&b->inviter, open->me) ? b->joiner : b->inviter;
    return ERR_OK;
}

enum err bond_end_all(struct call *c)
{
    struct open_bonds *open = arena_take(c->arena, sizeof *open);
    if (!open) return ERR_MEMORY;
    open->me = &c->me;
    TRY(bond_each(c->db, &c->me, gather_open, open));
    for (size_t i = 0; i < open->n; i++) {
        bool done = false;
        TRY(bond_store_end(c->db, &open->all[i].room, &c->me, c->now_ms, &done));
        TRY(room_end(c->db, &open->all[i].room, c->now_ms));
        if (c->n_events < CALL_EVENTS_MAX) TRY(house_tell(c, EVENT_BOND, &open->all[i].other, 1, "room", &open->all[i].room));
    }
    return ERR_OK;
}
