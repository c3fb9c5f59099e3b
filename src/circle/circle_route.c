/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Circles, their keepers, their doors, the directory; and whose public keys one may have, since it is this noun that knows
 * who meets at a door. */
#include "circle/circle.h"

enum { REPLY_MAX = 256, LIST_BODIES_MAX = CALL_REPLY_MAX / 2 };

/* ---- telling a circle ---- */

/* BODIES_TO: how long the reply may have grown for sealed bodies to be still told. */
struct telling { struct build b; struct call *c; bool keeps; size_t bodies_to; };

static enum err tell_left(void *arg, const struct id *person, struct bytes statement)
{
    struct telling *t = arg;
    json_open(&t->b, NULL, '{');
    json_id(&t->b, "person", person);
    json_base64(&t->b, "leave", statement);
    json_close(&t->b, '}');
    return ERR_OK;
}

/* What was sealed to the keepers is told to them alone; who came by a link, to whoever may know the link. */
static enum err tell_request(void *arg, const struct circle_request *r)
{
    struct telling *t = arg;
    bool by_link = !id_is_zero(&r->invite);
    bool shown = (by_link || t->keeps) && !r->withheld && build_length(&t->b) + 2 * r->body.n < t->bodies_to;
    json_open(&t->b, NULL, '{');
    json_id(&t->b, "person", &r->person);
    if (by_link) json_id(&t->b, "invite", &r->invite);
    else json_nil(&t->b, "invite");
    json_text(&t->b, "state", circle_state_name(r->state));
    json_base64(&t->b, "body", shown ? r->body : bytes_of(NULL, 0));
    json_int(&t->b, "made_ms", r->made_ms);
    json_close(&t->b, '}');
    return ERR_OK;
}

static enum err tell_members(struct telling *t, const struct id *room)
{
    struct room_members members;
    TRY(room_members(t->c->db, room, &members));
    json_open(&t->b, "members", '[');
    for (size_t i = 0; i < members.n; i++) {
        bool keeps = false;
        TRY(circle_is_keeper(t->c->db, room, &members.all[i].person, &keeps));
        json_open(&t->b, NULL, '{');
        json_id(&t->b, "person", &members.all[i].person);
        json_bool(&t->b, "keeper", keeps);
        json_int(&t->b, "from_epoch", members.all[i].from_epoch);
        json_close(&t->b, '}');
    }
    json_close(&t->b, ']');
    return ERR_OK;
}

static void tell_rules(struct build *b, const struct circle *c)
{
    json_int(b, "size", c->size);
    if (c->listed) json_text(b, "line", c->line);
    else json_nil(b, "line");
    json_int(b, "fade_days", c->fade_days);
    json_int(b, "gathering_fade_days", c->gathering_fade_days);
    json_int(b, "door_minutes", c->door_minutes);
}

static enum err tell_circle(struct telling *t, const struct id *room)
{
    struct circle circle;
    struct room_head head;
    TRY(circle_get(t->c->db, t->c->arena, room, &circle));
    TRY(room_get(t->c->db, t->c->arena, room, &t->c->me, &head));
    TRY(circle_is_keeper(t->c->db, room, &t->c->me, &t->keeps));
    json_open(&t->b, NULL, '{');
    json_id(&t->b, "room", room);
    tell_rules(&t->b, &circle);
    json_int(&t->b, "made_ms", circle.made_ms);
    json_int(&t->b, "epoch", head.epoch);
    json_bool(&t->b, "must_roll", head.must_roll);
    TRY(tell_members(t, room));
    json_open(&t->b, "left", '[');
    TRY(circle_store_each_left(t->c->db, room, tell_left, t));
    json_close(&t->b, ']');
    json_open(&t->b, "requests", '[');
    TRY(circle_store_each_at(t->c->db, room, &t->c->me, tell_request, t));
    json_close(&t->b, ']');
    json_close(&t->b, '}');
    return ERR_OK;
}

static enum err get_circle(struct call *c)
{
    struct telling t = { build_start(c->arena, CALL_REPLY_MAX), c, false, CALL_REPLY_MAX };
    TRY(tell_circle(&t, &c->params[0]));
    return call_reply_json(c, 200, &t.b);
}

static enum err get_circles(struct call *c)
{
    struct telling t = { build_start(c->arena, CALL_REPLY_MAX), c, false, LIST_BODIES_MAX };
    struct circle_ids mine;
    TRY(circle_store_of(c->db, &c->me, &mine));
    json_open(&t.b, NULL, '{');
    json_open(&t.b, "circles", '[');
    for (size_t i = 0; i < mine.n; i++) {
        enum err e = tell_circle(&t, &mine.all[i]);
        if (e != ERR_OK) return e == ERR_NOT_FOUND ? ERR_BUSY : e;   /* left at this very moment */
    }
    json_close(&t.b, ']');
    json_close(&t.b, '}');
    return call_reply_json(c, 200, &t.b);
}

/* ---- founding, rules, keepers ---- */

static enum err reply_room(struct call *c, int status, const struct id *room)
{
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "room", room);
    json_close(&b, '}');
    return call_reply_json(c, status, &b);
}

/* It lives in the arena: it is large for a stack. */
static enum err read_change(struct call *c, struct room_change **ret)
{
    *ret = arena_take(c->arena, sizeof **ret);
    if (!*ret) return ERR_MEMORY;
    return room_change_parse(c->body, *ret) == ERR_OK ? ERR_OK : call_problem(c, ERR_BAD_INPUT, "the body is not a room change");
}

static enum err post_circle(struct call *c)
{
    struct room_change *change = NULL;
    int64_t usual = c->house->circle_size_max < CIRCLE_SIZE_USUAL ? c->house->circle_size_max : CIRCLE_SIZE_USUAL, size = 0;
    bool is_new = false;
    TRY(read_change(c, &change));
    TRY(call_query_int(c, "size", ROOM_MEMBERS_MAX, usual, &size));
    TRY(circle_found(c, change, size, &is_new));
    return reply_room(c, is_new ? 201 : 200, &change->link.room);
}

static enum err put_circle(struct call *c)
{
    struct json_in *in;
    struct circle new = { .room = c->params[0] };
    TRY(call_json(c, &in));
    new.size = json_get_int(in, "size", 0, ROOM_MEMBERS_MAX);
    new.listed = !json_get_nil(in, "line");
    if (new.listed) new.line = json_get_text(in, "line", CIRCLE_LINE_BYTES);
    new.fade_days = json_get_int(in, "fade_days", 0, CIRCLE_FADE_DAYS_MAX);
    new.gathering_fade_days = json_get_int(in, "gathering_fade_days", 0, CIRCLE_FADE_DAYS_MAX);
    new.door_minutes = json_get_int(in, "door_minutes", 0, CIRCLE_DOOR_MAX);
    TRY(call_json_end(c, in));
    TRY(circle_set_rules(c, &new));
    return call_reply_empty(c);
}

static enum err put_keeper(struct call *c)
{
    TRY(circle_add_keeper(c, &c->params[0], &c->params[1]));
    return call_reply_empty(c);
}

static enum err delete_keeper(struct call *c)
{
    TRY(circle_drop_keeper(c, &c->params[0], &c->params[1]));
    return call_reply_empty(c);
}

/* ---- coming and going ---- */

static enum err post_change(struct call *c)
{
    struct room_change *change = NULL;
    TRY(read_change(c, &change));
    if (!id_equal(&change->link.room, &c->params[0]))
        return call_problem(c, ERR_BAD_INPUT, "the change is another room's than the path says");
    TRY(circle_change(c, change));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "epoch", change->link.epoch);
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err post_leave(struct call *c)
{
    struct circle_leave leave;
    if (circle_leave_parse(c->body, &leave) != ERR_OK) return call_problem(c, ERR_BAD_INPUT, "the body is not an epoch and a signature");
    TRY(circle_leave(c, &c->params[0], &leave));
    return call_reply_empty(c);
}

static enum err post_knock(struct call *c)
{
    struct id room;
    bool is_new = false;
    if (c->body.n < CIRCLE_KNOCK_MIN) return call_problem(c, ERR_BAD_INPUT, "the body is not a sealed answer");
    TRY(circle_knock(c, &c->params[0], c->body, &room, &is_new));
    return reply_room(c, is_new ? 201 : 200, &room);
}

static enum err put_request(struct call *c)
{
    TRY(circle_ask(c, &c->params[0], c->body));
    return call_reply_empty(c);
}

static enum err delete_request(struct call *c)
{
    TRY(circle_put_away(c, &c->params[0]));
    return call_reply_empty(c);
}

static enum err post_answer(struct call *c)
{
    int64_t welcome = 0;
    if (!call_query_has(c, "welcome")) return call_problem(c, ERR_BAD_INPUT, "\"welcome\" is 0 or 1");
    TRY(call_query_int(c, "welcome", 1, 0, &welcome));
    TRY(circle_answer(c, &c->params[0], &c->params[1], welcome == 1, c->body));
    return call_reply_empty(c);
}

static enum err post_accept(struct call *c)
{
    TRY(circle_accept(c, &c->params[0]));
    return call_reply_empty(c);
}

static enum err tell_mine(void *arg, const struct circle_request *r)
{
    struct build *b = arg;
    json_open(b, NULL, '{');
    json_id(b, "room", &r->room);
    if (r->listed) json_text(b, "line", r->line);
    else json_nil(b, "line");
    json_text(b, "state", circle_state_name(r->state));
    if (r->has_answer) {
        json_base64(b, "answer", r->answer);
        json_id(b, "answered_by", &r->answered_by);
    } else {
        json_nil(b, "answer");
        json_nil(b, "answered_by");
    }
    json_int(b, "made_ms", r->made_ms);
    json_close(b, '}');
    return ERR_OK;
}

static enum err get_requests(struct call *c)
{
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    json_open(&b, NULL, '{');
    json_open(&b, "requests", '[');
    TRY(circle_store_each_request_of(c->db, &c->me, tell_mine, &b));
    json_close(&b, ']');
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

/* ---- the directory, and public keys ---- */

static enum err tell_keeper(void *arg, const struct id *person, struct bytes identity)
{
    struct build *b = arg;
    json_open(b, NULL, '{');
    json_id(b, "person", person);
    json_base64(b, "identity", identity);
    json_close(b, '}');
    return ERR_OK;
}

static enum err get_directory(struct call *c)
{
    struct circle_list *list = arena_take(c->arena, sizeof *list);
    if (!list) return ERR_MEMORY;
    TRY(circle_store_list(c->db, c->arena, list));
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    json_open(&b, NULL, '{');
    json_open(&b, "circles", '[');
    for (size_t i = 0; i < list->n; i++) {
        json_open(&b, NULL, '{');
        json_id(&b, "room", &list->all[i].room);
        json_text(&b, "line", list->all[i].line);
        json_bool(&b, "has_place", list->all[i].has_place);
        json_open(&b, "keepers", '[');
        TRY(circle_store_each_listed_keeper(c->db, &list->all[i].room, tell_keeper, &b));
        json_close(&b, ']');
        json_close(&b, '}');
    }
    json_close(&b, ']');
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err get_identity(struct call *c)
{
    struct person p;
    bool may = false;
    TRY(circle_may_know(c->db, &c->me, &c->params[0], &may));
    if (!may) return ERR_NOT_FOUND;
    TRY(person_get(c->db, c->arena, &c->params[0], &p));
    struct build b = build_start(c->arena, IDENTITY_BYTES);
    build_bytes(&b, p.identity);
    return call_reply_octets(c, &b);
}

static const struct route rows[] = {
    { "GET", "/api/circles", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_circles },
    { "POST", "/api/circles", WHO_PERSON, MODE_WRITES, BODY_OCTETS, ROOM_CHANGE_MAX, RATE_WRITE, post_circle },
    { "GET", "/api/circles/{room}", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_circle },
    { "PUT", "/api/circles/{room}", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_WRITE, put_circle },
    { "PUT", "/api/circles/{room}/keepers/{person}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, put_keeper },
    { "DELETE", "/api/circles/{room}/keepers/{person}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_keeper },
    { "POST", "/api/circles/{room}/change", WHO_PERSON, MODE_WRITES, BODY_OCTETS, ROOM_CHANGE_MAX, RATE_WRITE, post_change },
    { "POST", "/api/circles/{room}/leave", WHO_PERSON, MODE_WRITES, BODY_OCTETS, CIRCLE_LEAVE_BYTES, RATE_WRITE, post_leave },
    { "POST", "/api/invites/{invite}/knock", WHO_PERSON_AND_INVITE, MODE_WRITES, BODY_OCTETS, CIRCLE_KNOCK_MAX, RATE_INVITE, post_knock },
    { "PUT", "/api/circles/{room}/request", WHO_PERSON, MODE_WRITES, BODY_OCTETS, CIRCLE_BOX_MAX, RATE_WRITE, put_request },
    { "DELETE", "/api/circles/{room}/request", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_request },
    { "POST", "/api/circles/{room}/request/accept", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, post_accept },
    { "POST", "/api/circles/{room}/requests/{person}/answer", WHO_PERSON, MODE_WRITES, BODY_OCTETS, CIRCLE_BOX_MAX, RATE_WRITE, post_answer },
    { "GET", "/api/requests", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_requests },
    { "GET", "/api/directory", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_directory },
    { "GET", "/api/people/{person}/identity", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_identity },
};
const struct route_table circle_routes = { rows, sizeof rows / sizeof rows[0] };
