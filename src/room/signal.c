/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Signals: what is said to whoever is there now and kept nowhere (a light that sits along, "I'm here").
 *
 * A signal is no line: it has no seq, no id and no row, and who comes later does not get it. It runs as a write all the same,
 * because only a transaction speaks to the other nodes: by one line of notice, `g ROOM AUTHOR DATA`, that carries the whole
 * event, since there is nothing that another node could read. Which is the one complication: that line must fit into what a
 * job may say, and so the body has a maximum.
 *
 * The members who block the author are not told at all: unlike a line, a signal has no place that could be missed. */
#include "room/room.h"

#include <stdio.h>

enum { VERSION = 1, DATA_MAX = (2 * ID_BYTES + ROOM_SIGNAL_MAX) / 3 * 4 + 5, SIGNAL_LINE_MAX = 2 + 2 * (ID_TEXT + 1) + DATA_MAX };
_Static_assert(SIGNAL_LINE_MAX + 1 <= STORE_NOTICE_MAX, "a signal fits into a job's notice");

/* Layout only: version, epoch, length. */
static enum err parse(struct bytes body, int64_t *ret_epoch)
{
    struct cursor c = cursor_of(body);
    if (body.n > ROOM_SIGNAL_MAX) return ERR_TOO_BIG;
    if (body.n < ROOM_SIGNAL_MIN || cursor_u8(&c) != VERSION) return ERR_BAD_INPUT;
    *ret_epoch = cursor_u32(&c);
    return ERR_OK;
}

/* room 16 ‖ author 16 ‖ body, as an event carries it. */
static enum err event_data(struct arena *a, const struct id *room, const struct id *author, struct bytes body, struct text *ret)
{
    struct bytes signal, text;
    struct build b = build_start(a, 2 * ID_BYTES + ROOM_SIGNAL_MAX);
    build_id(&b, room);
    build_id(&b, author);
    build_bytes(&b, body);
    TRY(build_done(&b, &signal));
    struct build t = build_start(a, DATA_MAX);
    build_base64(&t, signal);
    TRY(build_done(&t, &text));
    *ret = (struct text){ (const char *)text.p, text.n };
    return ERR_OK;
}

static enum err tell_nodes(struct call *c, const struct id *room, struct text data)
{
    char line[SIGNAL_LINE_MAX + 1], room_text[ID_TEXT + 1], author[ID_TEXT + 1];
    id_format(room, room_text);
    id_format(&c->me, author);
    int n = snprintf(line, sizeof line, "g %s %s %.*s", room_text, author, (int)data.n, data.p);
    if (n < 0 || (size_t)n >= sizeof line) return ERR_INTERNAL;
    store_notice(c->db, (struct text){ line, (size_t)n });
    return ERR_OK;
}

enum err room_signal(struct call *c, const struct id *room, struct bytes body)
{
    struct room_head head;
    struct text data;
    int64_t epoch = 0;
    struct room_audience *to = arena_take(c->arena, sizeof *to);
    if (!to) return ERR_MEMORY;
    TRY(parse(body, &epoch));
    TRY(room_get(c->db, c->arena, room, &c->me, &head));
    if (text_equal(head.kind, TEXT("self"))) return call_problem(c, ERR_FORBIDDEN, "Nobody else is in this room.");
    if (head.ended) return ERR_ROOM_ENDED;
    if (epoch != head.epoch) {
        call_extra(c, "epoch", head.epoch);
        return ERR_STALE_EPOCH;
    }
    if (head.must_roll) return ERR_ROLL_DUE;
    TRY(room_store_audience(c->db, room, &c->me, epoch, to));
    TRY(event_data(c->arena, room, &c->me, body, &data));
    TRY(call_event(c, EVENT_SIGNAL, to->hear, to->n_hear, data));
    return tell_nodes(c, room, data);
}

enum err room_publish_signal(struct store_conn *db, struct event_hub *hub, const struct id *room, const struct id *author, struct text data)
{
    struct room_audience to;
    TRY(room_store_audience(db, room, author, ROOM_EPOCH_MAX, &to));
    if (to.n_hear > 0) event_publish(hub, to.hear, to.n_hear, EVENT_SIGNAL, data);   /* else its room was erased meanwhile */
    return ERR_OK;
}
