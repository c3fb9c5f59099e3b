/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of circles.
 *
 * The complication is the order of locks: persons, then the circle, then its room. A change that takes somebody out has to
 * hold them too, and learns whom only under the circle's lock; should that ever meet another on the way, the store runs one of them
 * again. */
#include "circle/circle.h"

#include "lib/log.h"
#include "voice/voice.h"

static const char *const state_names[CIRCLE_STATES] = { "asking", "welcomed", "declined", "knocking" };

struct text circle_state_name(enum circle_state s) { return text_of(state_names[s]); }

/* ---- what is said again and again ---- */

enum err circle_people(struct store_conn *db, const struct id *room, struct circle_people *ret)
{
    struct room_members members;
    TRY(room_members(db, room, &members));
    ret->n = members.n;
    for (size_t i = 0; i < members.n; i++) ret->all[i] = members.all[i].person;
    return ERR_OK;
}

/* Tells all members, and ONE more (NULL: nobody) who may be in it or not. */
static enum err tell(struct call *c, const struct id *room, const struct id *one)
{
    struct circle_people to;
    TRY(circle_people(c->db, room, &to));
    bool in = one == NULL;
    for (size_t i = 0; i < to.n; i++) in = in || id_equal(&to.all[i], one);
    if (!in) to.all[to.n++] = *one;
    return house_tell(c, EVENT_CIRCLE, to.all, to.n, "room", room);
}

static enum err is_member(struct store_conn *db, const struct id *room, const struct id *person, bool *ret)
{
    struct room_members members;
    TRY(room_members(db, room, &members));
    *ret = room_member_in(&members, person) != NULL;
    return ERR_OK;
}

enum err circle_of(struct call *c, const struct id *room, struct circle *ret)
{
    bool in = false;
    TRY(circle_get(c->db, c->arena, room, ret));
    TRY(is_member(c->db, room, &c->me, &in));
    return in ? ERR_OK : ERR_NOT_FOUND;
}

/* Holds the circle for one who is in it; for a keeper alone. */
static enum err hold_as_member(struct call *c, const struct id *room, struct circle *ret)
{
    TRY(circle_hold(c->db, room));
    return circle_of(c, room, ret);
}

static enum err hold_as_keeper(struct call *c, const struct id *room, struct circle *ret)
{
    bool keeps = false;
    TRY(hold_as_member(c, room, ret));
    TRY(circle_is_keeper(c->db, room, &c->me, &keeps));
    return keeps ? ERR_OK : ERR_FORBIDDEN;
}

static enum err too_many(struct call *c, int64_t limit)
{
    call_extra(c, "limit", limit);
    return ERR_TOO_MANY;
}

static enum err check_limit_of_me(struct call *c)
{
    int64_t n = 0;
    TRY(circle_store_count_of(c->db, &c->me, &n));
    return n < HOUSE_CIRCLES_MAX ? ERR_OK : too_many(c, HOUSE_CIRCLES_MAX);
}

/* ---- founding, rules, keepers ---- */

/* A circle of this id is there: is it just this one? */
static enum err judge_repeat(struct call *c, const struct room_change *change)
{
    bool same = false;
    TRY(room_stands(c, &change->link, &same));
    return same && id_equal(&change->link.author, &c->me) ? ERR_OK : ERR_EXISTS;
}

static enum err check_founding(struct call *c, const struct room_link *link, int64_t size)
{
    if (link->kind != ROOM_CIRCLE || link->n != 1)
        return call_problem(c, ERR_BAD_INPUT, "a circle begins as a room of kind circle with its founder alone in it");
    if (size < CIRCLE_SIZE_MIN || size > c->house->circle_size_max) {
        call_extra(c, "limit", c->house->circle_size_max);
        return call_problem(c, ERR_BAD_INPUT, "\"size\" is at least 3, and at most what this house takes");
    }
    return size > CIRCLE_KEEPERS_ABOVE ? ERR_TWO_KEEPERS : ERR_OK;
}

enum err circle_found(struct call *c, const struct room_change *change, int64_t size, bool *ret_new)
{
    struct circle new = { .room = change->link.room, .size = size, .gathering_fade_days = CIRCLE_GATHERING_FADE_USUAL,
                          .door_minutes = CIRCLE_DOOR_USUAL, .made_ms = c->now_ms };
    struct circle there;
    TRY(check_founding(c, &change->link, size));
    TRY(person_hold(c->db, &c->me));
    enum err e = circle_get(c->db, c->arena, &new.room, &there);
    *ret_new = e == ERR_NOT_FOUND;
    if (e == ERR_OK) return judge_repeat(c, change);
    if (e != ERR_NOT_FOUND) return e;
    TRY(check_limit_of_me(c));
    TRY(room_found(c, change));
    TRY(circle_store_add(c->db, &new));
    TRY(circle_store_add_keeper(c->db, &new.room, &c->me));
    return tell(c, &new.room, NULL);
}

/* A line is one line. Valid UTF-8 it is already: the JSON was. */
static bool is_line(struct text t)
{
    size_t n = 0;
    for (size_t i = 0; i < t.n; i++) {
        uint8_t b = (uint8_t)t.p[i];
        if (b < ' ' || b == 0x7f) return false;
        n += (b & 0xc0) != 0x80;
    }
    return n >= 1 && n <= CIRCLE_LINE_MAX;
}

static enum err check_size(struct call *c, const struct circle *old, int64_t size)
{
    struct room_members members;
    int64_t keepers = 0;
    if (size == old->size) return ERR_OK;   /* it may stand although a keeper has gone */
    TRY(room_members(c->db, &old->room, &members));
    TRY(circle_store_count_keepers(c->db, &old->room, &keepers));
    if (size < CIRCLE_SIZE_MIN || size > c->house->circle_size_max || size < (int64_t)members.n) {
        call_extra(c, "limit", c->house->circle_size_max);
        return call_problem(c, ERR_BAD_INPUT, "\"size\" is at least 3 and the number of members, and at most what this house takes");
    }
    return size > CIRCLE_KEEPERS_ABOVE && keepers < 2 ? ERR_TWO_KEEPERS : ERR_OK;
}

enum err circle_set_rules(struct call *c, const struct circle *new)
{
    struct circle old;
    if (new->listed && !is_line(new->line))
        return call_problem(c, ERR_BAD_INPUT, "\"line\" is null, or one line of 1 to 160 characters");
    TRY(hold_as_keeper(c, &new->room, &old));
    TRY(check_size(c, &old, new->size));
    TRY(circle_store_set(c->db, new));
    return tell(c, &new->room, NULL);
}

enum err circle_add_keeper(struct call *c, const struct id *room, const struct id *person)
{
    struct circle circle;
    bool in = false;
    TRY(hold_as_keeper(c, room, &circle));
    TRY(is_member(c->db, room, person, &in));
    if (!in) return ERR_NOT_FOUND;
    TRY(circle_store_add_keeper(c->db, room, person));
    return tell(c, room, NULL);
}

enum err circle_drop_keeper(struct call *c, const struct id *room, const struct id *person)
{
    struct circle circle;
    bool in = false, keeps = false;
    int64_t keepers = 0;
    TRY(hold_as_keeper(c, room, &circle));
    TRY(is_member(c->db, room, person, &in));
    if (!in) return ERR_NOT_FOUND;
    TRY(circle_is_keeper(c->db, room, person, &keeps));
    if (!keeps) return ERR_OK;
    TRY(circle_store_count_keepers(c->db, room, &keepers));
    if (keepers == 1) return ERR_LAST_KEEPER;
    if (keepers == 2 && circle.size > CIRCLE_KEEPERS_ABOVE) return ERR_TWO_KEEPERS;
    TRY(circle_store_drop_keeper(c->db, room, person));
    return tell(c, room, NULL);
}

/* ---- changing who is in it ---- */

/* Somebody new: they must have knocked, and now they are in. */
static enum err take_in(struct call *c, const struct id *room, const struct id *person)
{
    struct circle_request r;
    bool done = false;
    enum err e = circle_store_request(c->db, room, person, &r);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && r.state != CIRCLE_KNOCKING))
        return call_problem(c, ERR_FORBIDDEN, "Who comes in has knocked before.");
    if (e != ERR_OK) return e;
    TRY(circle_store_drop_request(c->db, room, person, &done));
    return circle_store_drop_left(c->db, room, person);
}

/* Somebody is taken out. They are held, so that nothing of theirs comes into the room at this very moment. */
static enum err take_out(struct call *c, const struct id *room, const struct id *person, int64_t epoch)
{
    enum err e = person_hold(c->db, person);
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    TRY(circle_store_put_left(c->db, room, person, epoch, bytes_of(NULL, 0)));
    TRY(circle_store_drop_keeper(c->db, room, person));
    TRY(invite_end_into(c->db, room, person));
    TRY(house_tell(c, EVENT_ROOM, person, 1, "id", room));
    return house_tell(c, EVENT_CIRCLE, person, 1, "room", room);
}

static enum err move_members(struct call *c, const struct circle *circle, const struct room_members *before, const struct room_link *link)
{
    bool keeps = false;
    size_t came = 0, n_out = 0;
    TRY(circle_is_keeper(c->db, &circle->room, &c->me, &keeps));
    for (size_t i = 0; i < before->n; i++) {
        if (room_link_has(link, &before->all[i].person)) continue;
        if (!keeps) return call_problem(c, ERR_FORBIDDEN, "Only a keeper takes out somebody who did not leave.");
        if (n_out++ == CALL_EVENTS_MAX / 4) return call_problem(c, ERR_BAD_INPUT, "These are too many to take out at once.");
        TRY(take_out(c, &circle->room, &before->all[i].person, link->epoch - 1));
    }
    for (size_t i = 0; i < link->n; i++) {
        if (room_member_in(before, &link->members[i])) continue;
        TRY(take_in(c, &circle->room, &link->members[i]));
        came++;
    }
    return came > 0 && (int64_t)link->n > circle->size ? ERR_CIRCLE_FULL : ERR_OK;
}

/* The change is made first and its members are judged after, so that an old one is answered with stale-epoch whatever it
 * says. An error gives all of it back. */
enum err circle_change(struct call *c, const struct room_change *change)
{
    const struct room_link *link = &change->link;
    struct circle circle;
    struct room_members before;
    bool is_new = false;
    TRY(hold_as_member(c, &link->room, &circle));
    TRY(room_members(c->db, &link->room, &before));
    TRY(room_change_members(c, change, &is_new));
    if (!is_new) return ERR_OK;
    TRY(move_members(c, &circle, &before, link));
    TRY(circle_store_forget_gone(c->db, &link->room));
    return tell(c, &link->room, NULL);
}

/* ---- leaving ---- */

enum err circle_leave_parse(struct bytes b, struct circle_leave *ret)
{
    struct cursor c = cursor_of(b);
    struct circle_leave l = { .bytes = b, .epoch = cursor_u32(&c) };
    l.signature = cursor_take(&c, SIGNATURE_BYTES).p;
    if (!cursor_done(&c) || l.epoch < 1 || l.epoch > ROOM_EPOCH_MAX) return ERR_BAD_INPUT;
    *ret = l;
    return ERR_OK;
}

static enum err check_leave(struct call *c, const struct id *room, const struct circle_leave *leave)
{
    uint8_t pk[SIGN_PK_BYTES];
    struct bytes said;
    struct build b = build_start(c->arena, 2 * ID_BYTES + 4);
    build_id(&b, room);
    build_id(&b, &c->me);
    build_u32(&b, (uint32_t)leave->epoch);
    TRY(build_done(&b, &said));
    TRY(person_signing_key(c->db, &c->me, pk));
    return crypt_signature_holds(pk, "beside/leave/1", said, leave->signature) ? ERR_OK : ERR_BAD_SIGNATURE;
}

/* The last one has left: all of it goes. */
static enum err erase(struct call *c, const struct id *room)
{
    TRY(voice_erase_room(c->db, room));
    TRY(invite_end_into(c->db, room, &(struct id){ { 0 } }));
    TRY(room_erase(c->db, room));
    return circle_store_erase(c->db, room);
}

/* A circle without a keeper gets one: whoever has been there longest. */
static enum err keep_a_keeper(struct call *c, const struct id *room)
{
    struct room_members members;
    int64_t keepers = 0;
    TRY(circle_store_count_keepers(c->db, room, &keepers));
    if (keepers > 0) return ERR_OK;
    TRY(room_members(c->db, room, &members));
    return members.n > 0 ? circle_store_add_keeper(c->db, room, &members.all[0].person) : ERR_STORE;
}

/* c->me, a member whom no check stands against any more, goes. The circle is held. */
static enum err go(struct call *c, const struct id *room, struct bytes statement)
{
    struct room_members left;
    int64_t epoch = 0;
    TRY(room_let_go(c->db, room, &c->me, &epoch));
    TRY(room_members(c->db, room, &left));
    if (left.n == 0) return erase(c, room);
    TRY(circle_store_drop_keeper(c->db, room, &c->me));
    TRY(invite_end_into(c->db, room, &c->me));
    TRY(circle_store_put_left(c->db, room, &c->me, epoch, statement));
    return keep_a_keeper(c, room);
}

/* Not in it (any more): a repeat, if the link of that epoch names them. */
static enum err judge_left(struct call *c, const struct id *room, const struct circle_leave *leave)
{
    struct bytes bytes;
    struct room_link link;
    TRY(room_store_link(c->db, c->arena, room, leave->epoch, &bytes));
    if (room_link_parse(bytes, &link) != ERR_OK) return ERR_STORE;
    if (!room_link_has(&link, &c->me)) return ERR_NOT_FOUND;
    return check_leave(c, room, leave);
}

enum err circle_leave(struct call *c, const struct id *room, const struct circle_leave *leave)
{
    struct room_members members;
    struct room_head head;
    TRY(person_hold(c->db, &c->me));
    enum err e = circle_hold(c->db, room);
    if (e == ERR_NOT_FOUND) return check_leave(c, room, leave);   /* it went with its last member: them, as far as they can tell */
    if (e != ERR_OK) return e;
    TRY(room_members(c->db, room, &members));
    const struct room_member *me = room_member_in(&members, &c->me);
    if (!me) return judge_left(c, room, leave);
    TRY(room_get(c->db, c->arena, room, &c->me, &head));
    if (leave->epoch < me->from_epoch || leave->epoch > head.epoch)
        return call_problem(c, ERR_BAD_INPUT, "the statement names an epoch that its author was not in");
    TRY(check_leave(c, room, leave));
    TRY(go(c, room, leave->bytes));
    TRY(house_tell(c, EVENT_ROOM, &c->me, 1, "id", room));
    return tell(c, room, &c->me);
}

enum err circle_erase_person(struct call *c)
{
    struct circle_ids mine;
    TRY(circle_store_of(c->db, &c->me, &mine));
    for (size_t i = 0; i < mine.n; i++) {
        enum err e = circle_hold(c->db, &mine.all[i]);
        if (e == ERR_NOT_FOUND) continue;
        if (e != ERR_OK) return e;
        TRY(go(c, &mine.all[i], bytes_of(NULL, 0)));
        if (c->n_events < CALL_EVENTS_MAX) TRY(tell(c, &mine.all[i], NULL));
    }
    TRY(circle_store_erase_words(c->db, &c->me));
    return circle_store_erase_person(c->db, &c->me);
}

/* ---- the door ---- */

/* Members and those who knock: is there a place for one more? */
static enum err check_place(struct call *c, const struct circle *circle)
{
    struct room_members members;
    int64_t knocking = 0;
    TRY(room_members(c->db, &circle->room, &members));
    TRY(circle_store_count_knocking(c->db, &circle->room, &knocking));
    return (int64_t)members.n + knocking < circle->size ? ERR_OK : ERR_CIRCLE_FULL;
}

/* c->me's request at a circle in which they are not; *RET_THERE is false when there is none. */
static enum err my_request(struct call *c, const struct id *room, struct circle_request *ret, bool *ret_there)
{
    bool in = false;
    TRY(is_member(c->db, room, &c->me, &in));
    if (in) return ERR_ALREADY_MEMBER;
    enum err e = circle_store_request(c->db, room, &c->me, ret);
    *ret_there = e == ERR_OK;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err use_invite(struct call *c, const struct invite *i)
{
    bool in = false;
    TRY(is_member(c->db, &i->room, &i->from, &in));
    return in ? invite_use(c, i) : ERR_INVITE_GONE;
}

enum err circle_knock(struct call *c, const struct id *invite, struct bytes answer, struct id *ret_room, bool *ret_new)
{
    struct invite i;
    struct circle circle;
    struct circle_request r;
    bool there = false;
    *ret_new = false;
    TRY(person_hold(c->db, &c->me));
    TRY(circle_store_knocked(c->db, &c->me, invite, ret_room, &there));
    if (there) return ERR_OK;
    TRY(invite_present(c, invite, &i));
    if (i.kind != INVITE_CIRCLE) return ERR_INVITE_GONE;
    enum err e = circle_hold(c->db, &i.room);
    if (e != ERR_OK) return e == ERR_NOT_FOUND ? ERR_INVITE_GONE : e;
    *ret_room = i.room;
    TRY(circle_get(c->db, c->arena, &i.room, &circle));
    if (id_equal(&i.from, &c->me)) return ERR_OWN_INVITE;
    TRY(my_request(c, &i.room, &r, &there));
    if (there && r.state == CIRCLE_KNOCKING) return ERR_OK;
    TRY(check_limit_of_me(c));
    TRY(check_place(c, &circle));
    TRY(use_invite(c, &i));
    if (there) TRY(circle_store_drop_request(c->db, &i.room, &c->me, &there));
    r = (struct circle_request){ .room = i.room, .person = c->me, .invite = i.id, .state = CIRCLE_KNOCKING, .body = answer,
                                 .made_ms = c->now_ms };
    TRY(circle_store_put_request(c->db, &r));
    *ret_new = true;
    return tell(c, &i.room, &c->me);
}

bool circle_is_box(struct bytes b) { return b.n >= CIRCLE_BOX_MIN && b.n <= CIRCLE_BOX_MAX && b.p[0] == 1; }

static enum err check_box(struct call *c, struct bytes box)
{
    return circle_is_box(box) ? ERR_OK : call_problem(c, ERR_BAD_INPUT, "the body is not a sealed box");
}

static enum err check_requests(struct call *c, const struct id *room)
{
    int64_t waiting = 0, all = 0, asking = 0;
    TRY(circle_store_count_requests(c->db, &c->me, &waiting, &all));
    if (waiting >= CIRCLE_WAITING_MAX) return too_many(c, CIRCLE_WAITING_MAX);
    if (all >= CIRCLE_REQUESTS_KEPT) return too_many(c, CIRCLE_REQUESTS_KEPT);
    TRY(circle_store_count_asking(c->db, room, &asking));
    return asking < CIRCLE_ASKING_MAX ? ERR_OK : too_many(c, CIRCLE_ASKING_MAX);
}

enum err circle_ask(struct call *c, const struct id *room, struct bytes box)
{
    struct circle circle;
    struct circle_request r;
    bool there = false;
    TRY(check_box(c, box));
    TRY(person_hold(c->db, &c->me));
    TRY(circle_hold(c->db, room));
    TRY(circle_get(c->db, c->arena, room, &circle));
    TRY(my_request(c, room, &r, &there));
    if (!there && !circle.listed) return ERR_NOT_FOUND;
    if (there && r.state != CIRCLE_ASKING) return call_problem(c, ERR_EXISTS, "This circle has answered you already.");
    if (there) TRY(circle_store_drop_request(c->db, room, &c->me, &there));
    else TRY(check_requests(c, room));
    r = (struct circle_request){ .room = *room, .person = c->me, .state = CIRCLE_ASKING, .body = box, .made_ms = c->now_ms };
    TRY(circle_store_put_request(c->db, &r));
    return tell(c, room, &c->me);
}

enum err circle_put_away(struct call *c, const struct id *room)
{
    bool done = false;
    TRY(person_hold(c->db, &c->me));
    enum err e = circle_hold(c->db, room);
    if (e != ERR_OK) return e == ERR_NOT_FOUND ? ERR_OK : e;
    TRY(circle_store_drop_request(c->db, room, &c->me, &done));
    return done ? tell(c, room, &c->me) : ERR_OK;
}

enum err circle_answer(struct call *c, const struct id *room, const struct id *person, bool welcome, struct bytes box)
{
    struct circle circle;
    struct circle_request r;
    TRY(check_box(c, box));
    TRY(hold_as_keeper(c, room, &circle));
    TRY(circle_store_request(c->db, room, person, &r));
    if (r.state == CIRCLE_KNOCKING) return call_problem(c, ERR_EXISTS, "They are at the door already.");
    r.state = welcome ? CIRCLE_WELCOMED : CIRCLE_DECLINED;
    r.answer = box;
    r.answered_by = c->me;
    TRY(circle_store_set_answer(c->db, &r));
    return tell(c, room, person);
}

enum err circle_accept(struct call *c, const struct id *room)
{
    struct circle circle;
    struct circle_request r;
    TRY(person_hold(c->db, &c->me));
    TRY(circle_hold(c->db, room));
    TRY(circle_get(c->db, c->arena, room, &circle));
    TRY(circle_store_request(c->db, room, &c->me, &r));
    if (r.state == CIRCLE_KNOCKING) return ERR_OK;
    if (r.state != CIRCLE_WELCOMED) return ERR_FORBIDDEN;
    TRY(check_limit_of_me(c));
    TRY(check_place(c, &circle));
    TRY(circle_store_set_state(c->db, room, &c->me, CIRCLE_KNOCKING));
    return tell(c, room, &c->me);
}

enum err circle_may_know(struct store_conn *db, const struct id *one, const struct id *other, bool *ret)
{
    TRY(room_is_shared(db, one, other, ret));
    return *ret ? ERR_OK : circle_store_meets(db, one, other, ret);
}

/* ---- fading ---- */

/* The log of each circle, from where the last sweep stopped to the first line that is too young. */
static enum err fade_lines(struct store_conn *db, struct arena *a, int64_t now_ms)
{
    struct circle_due *due = arena_take(a, sizeof *due);
    if (!due) return ERR_MEMORY;
    TRY(circle_store_due(db, now_ms, due));
    for (size_t i = 0; i < due->n; i++)
        TRY(circle_store_fade(db, &due->all[i].room, due->all[i].from_seq, due->all[i].before_ms));
    return ERR_OK;
}

static enum err fade_voices(struct store_conn *db, struct arena *a, int64_t now_ms)
{
    struct circle_due_voices *due = arena_take(a, sizeof *due);
    if (!due) return ERR_MEMORY;
    TRY(circle_store_due_voices(db, now_ms, due));
    for (size_t i = 0; i < due->n; i++) {
        enum err e = person_hold(db, &due->all[i].author);   /* whatever changes notes holds their author */
        if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
        TRY(voice_fade(db, &due->all[i].room, &due->all[i].voice));
    }
    return ERR_OK;
}

enum err circle_sweep(struct store_conn *db, struct arena *a, int64_t now_ms)
{
    TRY(fade_lines(db, a, now_ms));
    return fade_voices(db, a, now_ms);
}

/* ---- `beside check` ---- */

struct walk { struct store_conn *db; int64_t broken; };

/* The newest link names those who are in it, and those who left without a new key since; nobody else. */
static enum err check_newest(void *arg, const struct id *room, struct bytes bytes, int64_t n_left, bool must_roll)
{
    struct walk *w = arg;
    struct room_link link;
    struct room_members members;
    if (room_link_parse(bytes, &link) != ERR_OK) {
        w->broken++;
        return ERR_OK;
    }
    TRY(room_members(w->db, room, &members));
    bool holds = link.kind == ROOM_CIRCLE && members.n + (size_t)n_left == link.n && must_roll == (n_left > 0);
    for (size_t i = 0; i < members.n; i++) holds = holds && room_link_has(&link, &members.all[i].person);
    w->broken += !holds;
    return ERR_OK;
}

enum err circle_check(struct store_conn *db, int64_t *ret_broken)
{
    struct walk w = { .db = db };
    TRY(circle_store_check(db, ret_broken));
    TRY(circle_store_each_newest(db, check_newest, &w));
    if (w.broken > 0) log_error("rule-broken", "a circle's newest link names who is in it or has just left", w.broken);
    *ret_broken += w.broken;
    return ERR_OK;
}
