/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Rooms: heads, rosters, envelopes, lines, signals. And a person's public keys, for those who share a room with them. */
#include "room/room.h"

enum { REPLY_MAX = 256, HEADS_MAX = 256 << 10 };

/* ---- heads, founding, epochs ---- */

static enum err tell_head(void *arg, const struct room_head *h)
{
    struct build *b = arg;
    json_open(b, NULL, '{');
    json_id(b, "id", &h->id);
    json_text(b, "kind", h->kind);
    json_int(b, "epoch", h->epoch);
    json_int(b, "seq", h->seq);
    json_bool(b, "ended", h->ended);
    json_close(b, '}');
    return ERR_OK;
}

static enum err get_rooms(struct call *c)
{
    struct build b = build_start(c->arena, HEADS_MAX);
    json_open(&b, NULL, '{');
    json_open(&b, "rooms", '[');
    TRY(room_each(c->db, &c->me, tell_head, &b));
    json_close(&b, ']');
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

/* The body, which must be a change of the room in the path. It lives in the arena: it is large for a stack. */
static enum err read_change(struct call *c, struct room_change **ret)
{
    struct room_change *change = arena_take(c->arena, sizeof *change);
    if (!change) return ERR_MEMORY;
    if (room_change_parse(c->body, change) != ERR_OK) return call_problem(c, ERR_BAD_INPUT, "the body is not a room change");
    if (!id_equal(&change->link.room, &c->params[0]))
        return call_problem(c, ERR_BAD_INPUT, "the change is another room's than the path says");
    *ret = change;
    return ERR_OK;
}

static enum err reply_epoch(struct call *c, int status, int64_t epoch)
{
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "epoch", epoch);
    json_close(&b, '}');
    return call_reply_json(c, status, &b);
}

static enum err put_room(struct call *c)
{
    struct room_change *change = NULL;
    bool is_new = false;
    TRY(read_change(c, &change));
    TRY(room_found_self(c, change, &is_new));
    return reply_epoch(c, is_new ? 201 : 200, change->link.epoch);
}

static enum err post_change(struct call *c)
{
    struct room_change *change = NULL;
    TRY(read_change(c, &change));
    TRY(room_roll(c, change));
    return reply_epoch(c, 201, change->link.epoch);
}

static enum err add_link(void *arg, struct bytes link, bool *ret_more)
{
    struct build *b = arg;
    *ret_more = build_length(b) + 2 + link.n <= CALL_REPLY_MAX;
    if (!*ret_more) return ERR_OK;
    build_u16(b, (uint16_t)link.n);
    build_bytes(b, link);
    return ERR_OK;
}

static enum err get_roster(struct call *c)
{
    struct room_head head;
    int64_t after = 0;
    TRY(call_query_int(c, "after", ROOM_EPOCH_MAX, 0, &after));
    TRY(room_get(c->db, c->arena, &c->params[0], &c->me, &head));
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    TRY(room_store_each_link(c->db, &head.id, after, add_link, &b));
    return call_reply_octets(c, &b);
}

static enum err add_envelope(void *arg, int64_t epoch, const struct id *author, struct bytes envelope, bool *ret_more)
{
    struct build *b = arg;
    *ret_more = build_length(b) + 4 + ID_BYTES + 2 + envelope.n <= CALL_REPLY_MAX;
    if (!*ret_more) return ERR_OK;
    build_u32(b, (uint32_t)epoch);
    build_id(b, author);
    build_u16(b, (uint16_t)envelope.n);
    build_bytes(b, envelope);
    return ERR_OK;
}

static enum err get_envelopes(struct call *c)
{
    struct room_head head;
    int64_t after = 0;
    TRY(call_query_int(c, "after", ROOM_EPOCH_MAX, 0, &after));
    TRY(room_get(c->db, c->arena, &c->params[0], &c->me, &head));
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    TRY(room_store_each_envelope(c->db, &head.id, &c->me, after, add_envelope, &b));
    return call_reply_octets(c, &b);
}

/* ---- lines ---- */

static enum err reply_placed(struct call *c, int status, const struct room_line *line)
{
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_int(&b, "seq", line->seq);
    json_int(&b, "time_ms", line->time_ms);
    json_close(&b, '}');
    return call_reply_json(c, status, &b);
}

static enum err put_entry(struct call *c)
{
    struct room_line line;
    bool is_new = false;
    TRY(room_write(c, &c->params[0], &c->params[1], c->body, &line, &is_new));
    return reply_placed(c, is_new ? 201 : 200, &line);
}

static enum err delete_entry(struct call *c)
{
    struct room_line line;
    TRY(room_take_back(c, &c->params[0], &c->params[1], &line));
    return reply_placed(c, 200, &line);
}

static enum err get_entries(struct call *c)
{
    struct room_page page = { .last = call_query_has(c, "before") };
    if (page.last && call_query_has(c, "after")) return call_problem(c, ERR_BAD_INPUT, "either \"after\" or \"before\", not both");
    TRY(call_query_int(c, "after", INT64_MAX, 0, &page.after));
    TRY(call_query_int(c, "before", INT64_MAX, INT64_MAX, &page.before));
    TRY(call_query_int(c, "limit", HOUSE_PAGE_MAX, ROOM_PAGE_DEFAULT, &page.limit));
    if (page.limit < 1) return call_problem(c, ERR_BAD_INPUT, "\"limit\" is at least 1");
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    TRY(room_read(c, &c->params[0], page, &b));
    return call_reply_octets(c, &b);
}

static enum err post_signal(struct call *c)
{
    TRY(room_signal(c, &c->params[0], c->body));
    return call_reply_empty(c);
}

static const struct route rows[] = {
    { "GET", "/api/rooms", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_rooms },
    { "PUT", "/api/rooms/{room}", WHO_PERSON, MODE_WRITES, BODY_OCTETS, ROOM_CHANGE_MAX, RATE_WRITE, put_room },
    { "GET", "/api/rooms/{room}/roster", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_roster },
    { "GET", "/api/rooms/{room}/envelopes", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_envelopes },
    { "POST", "/api/rooms/{room}/changes", WHO_PERSON, MODE_WRITES, BODY_OCTETS, ROOM_CHANGE_MAX, RATE_WRITE, post_change },
    { "PUT", "/api/rooms/{room}/entries/{entry}", WHO_PERSON, MODE_WRITES, BODY_OCTETS, HOUSE_ENTRY_MAX, RATE_WRITE, put_entry },
    { "GET", "/api/rooms/{room}/entries", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_entries },
    { "DELETE", "/api/rooms/{room}/entries/{entry}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_entry },
    { "POST", "/api/rooms/{room}/signals", WHO_PERSON, MODE_WRITES, BODY_OCTETS, ROOM_SIGNAL_MAX, RATE_WRITE, post_signal },
};
const struct route_table room_routes = { rows, sizeof rows / sizeof rows[0] };
