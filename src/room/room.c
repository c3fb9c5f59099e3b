/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Lines of a room: writing, taking back, reading, publishing. (Founding and epochs: change.c.)
 *
 * The complication is that a repeat must cost no place in the log. The hot path takes a seq before it knows whether the
 * id is new, since asking first would cost every entry a look-up that almost none needs; when the id turns out to be
 * there, the seq is given back. The room's row is locked from the first statement to the commit, so nobody can have
 * taken the next one meanwhile. */
#include "room/room.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lib/log.h"

enum { VERSION = 1, NOTICE_MAX = 64 };

enum err room_entry_parse(struct bytes body, int64_t *ret_epoch)
{
    struct cursor c = cursor_of(body);
    if (body.n > HOUSE_ENTRY_MAX) return ERR_TOO_BIG;
    if (body.n < ROOM_ENTRY_MIN || cursor_u8(&c) != VERSION) return ERR_BAD_INPUT;
    *ret_epoch = cursor_u32(&c);
    return ERR_OK;
}

/* ---- frames, and who gets them ---- */

static void build_frame(struct build *b, const struct room_line *line, bool withheld)
{
    struct bytes body = withheld ? bytes_of(NULL, 0) : line->body;
    build_u32(b, (uint32_t)(ROOM_FRAME_HEAD - 4 + body.n));
    build_id(b, &line->room);
    build_u64(b, (uint64_t)line->seq);
    build_u64(b, (uint64_t)line->time_ms);
    build_id(b, &line->author);
    build_id(b, &line->id);
    build_u8(b, (uint8_t)(withheld ? ROOM_WITHHELD : line->flags));
    build_bytes(b, body);
}

/* A frame as an event carries it. */
static enum err frame_text(struct arena *a, const struct room_line *line, bool withheld, struct text *ret)
{
    struct bytes frame, text;
    struct build b = build_start(a, ROOM_FRAME_HEAD + line->body.n);
    build_frame(&b, line, withheld);
    TRY(build_done(&b, &frame));
    struct build t = build_start(a, frame.n / 3 * 4 + 5);
    build_base64(&t, frame);
    TRY(build_done(&t, &text));
    *ret = (struct text){ (const char *)text.p, text.n };
    return ERR_OK;
}

/* Publishes a new line when the transaction commits, here and on the other nodes. */
static enum err publish(struct call *c, const struct room_line *line)
{
    struct text data;
    struct room_audience *to = arena_take(c->arena, sizeof *to);
    if (!to) return ERR_MEMORY;
    TRY(room_store_audience(c->db, &line->room, &line->author, line->epoch, to));
    if (to->n_hear > 0) {
        TRY(frame_text(c->arena, line, false, &data));
        TRY(call_event(c, EVENT_ENTRY, to->hear, to->n_hear, data));
    }
    if (to->n_withhold > 0) {
        TRY(frame_text(c->arena, line, true, &data));
        TRY(call_event(c, EVENT_ENTRY, to->withhold, to->n_withhold, data));
    }
    char notice[NOTICE_MAX], room[ID_TEXT + 1];
    id_format(&line->room, room);
    int n = snprintf(notice, sizeof notice, "e %s %" PRId64, room, line->seq);
    store_notice(c->db, (struct text){ notice, (size_t)n });
    return ERR_OK;
}

enum err room_publish_entry(struct store_conn *db, struct arena *a, struct event_hub *hub, const struct id *room, int64_t seq)
{
    struct room_line line;
    struct text data;
    struct room_audience to;
    enum err e = room_store_line_at(db, a, room, seq, &line);
    if (e == ERR_NOT_FOUND) return ERR_OK;   /* its room was erased meanwhile */
    if (e != ERR_OK) return e;
    TRY(room_store_audience(db, room, &line.author, line.epoch, &to));
    if (to.n_hear > 0) {
        TRY(frame_text(a, &line, false, &data));
        event_publish(hub, to.hear, to.n_hear, EVENT_ENTRY, data);
    }
    if (to.n_withhold > 0) {
        TRY(frame_text(a, &line, true, &data));
        event_publish(hub, to.withhold, to.n_withhold, EVENT_ENTRY, data);
    }
    return ERR_OK;
}

/* ---- writing ---- */

/* ENTRY is there already: a repeat, or another entry under the same id? */
static enum err judge_repeat(struct call *c, const struct id *room, const struct id *entry, struct bytes body, struct room_line *ret)
{
    struct room_line there;
    TRY(room_store_line(c->db, c->arena, room, entry, &there));
    if (there.flags == ROOM_PLAIN && id_equal(&there.author, &c->me) && bytes_equal(there.body, body)) {
        *ret = there;
        return ERR_OK;
    }
    call_extra(c, "seq", there.seq);
    call_extra(c, "time_ms", there.time_ms);
    return ERR_ENTRY_EXISTS;
}

/* No seq was to be had: why? An entry that is there already wins over everything, so that a repeat is answered even
 * after the epoch has moved on or the room has ended. */
static enum err why_no_seq(struct call *c, const struct id *room, const struct id *entry, struct bytes body, int64_t epoch,
                           struct room_line *ret)
{
    struct room_head head;
    TRY(room_get(c->db, c->arena, room, &c->me, &head));
    enum err e = judge_repeat(c, room, entry, body, ret);
    if (e != ERR_NOT_FOUND) return e;
    if (head.ended) return ERR_ROOM_ENDED;
    if (head.epoch != epoch) {
        call_extra(c, "epoch", head.epoch);
        return ERR_STALE_EPOCH;
    }
    return head.must_roll ? ERR_ROLL_DUE : ERR_BUSY;   /* busy: the epoch began between the two statements */
}

enum err room_write(struct call *c, const struct id *room, const struct id *entry, struct bytes body, struct room_line *ret, bool *ret_new)
{
    int64_t epoch = 0, seq = 0;
    bool is_new = false;
    TRY(room_entry_parse(body, &epoch));
    enum err e = room_store_next_seq(c->db, room, epoch, &c->me, &seq);
    *ret_new = false;
    if (e == ERR_NOT_FOUND) return why_no_seq(c, room, entry, body, epoch, ret);
    if (e != ERR_OK) return e;
    struct room_line line = { .room = *room, .author = c->me, .id = *entry, .seq = seq, .epoch = epoch, .time_ms = c->now_ms,
                              .body = body };
    TRY(room_store_put_line(c->db, &line, &is_new));
    if (!is_new) {
        TRY(room_store_give_back_seq(c->db, room));
        return judge_repeat(c, room, entry, body, ret);
    }
    TRY(publish(c, &line));
    *ret = line;
    *ret_new = true;
    return ERR_OK;
}

/* The id of the line that takes ENTRY back: always the same, so that there can be but one; known to nobody beforehand,
 * so that nobody can take its place. */
static struct id take_back_id(const struct house *h, const struct id *room, const struct id *entry)
{
    struct id id;
    struct hash hash = crypt_hash(&h->secret, "beside/take-back/1", CRYPT_PARTS(bytes_of_id(room), bytes_of_id(entry)));
    memcpy(id.b, hash.b, ID_BYTES);
    return id;
}

/* The author may, in the room or no longer; to a stranger there is no such entry. */
static enum err may_take_back(struct call *c, const struct room_line *target)
{
    struct room_head head;
    if (id_equal(&target->author, &c->me) && target->flags != ROOM_TAKES_BACK) return ERR_OK;
    TRY(room_get(c->db, c->arena, &target->room, &c->me, &head));
    return ERR_FORBIDDEN;
}

enum err room_take_back(struct call *c, const struct id *room, const struct id *entry, struct room_line *ret)
{
    struct room_line target;
    bool is_new = false;
    TRY(room_store_line(c->db, c->arena, room, entry, &target));
    TRY(may_take_back(c, &target));
    struct room_line line = { .room = *room, .author = c->me, .id = take_back_id(c->house, room, entry),
                              .time_ms = c->now_ms, .flags = ROOM_TAKES_BACK, .body = bytes_of_id(entry) };
    TRY(room_store_next_seq_any(c->db, room, &line.seq, &line.epoch));
    TRY(room_store_put_line(c->db, &line, &is_new));
    if (!is_new) {
        TRY(room_store_give_back_seq(c->db, room));
        return room_store_line(c->db, c->arena, room, &line.id, ret);
    }
    TRY(room_fade(c->db, room, entry));
    TRY(publish(c, &line));
    *ret = line;
    return ERR_OK;
}

/* ---- reading ---- */

static enum err add_frame(void *arg, const struct room_line *line, bool *ret_more)
{
    struct build *b = arg;
    *ret_more = build_length(b) + ROOM_FRAME_HEAD + line->body.n <= CALL_REPLY_MAX;
    if (*ret_more) build_frame(b, line, line->flags == ROOM_WITHHELD);
    return ERR_OK;
}

enum err room_read(struct call *c, const struct id *room, struct room_page page, struct build *b)
{
    struct room_head head;
    TRY(room_get(c->db, c->arena, room, &c->me, &head));
    if (page.last) {
        int64_t start = 0;
        TRY(room_store_page_start(c->db, room, page.before, page.limit, CALL_REPLY_MAX, &start));
        if (start > page.after) page.after = start - 1;
    }
    return room_store_each_line(c->db, room, &c->me, page.after, page.before, page.limit, add_frame, b);
}

const struct room_member *room_member_in(const struct room_members *members, const struct id *person)
{
    for (size_t i = 0; i < members->n; i++)
        if (id_equal(&members->all[i].person, person)) return &members->all[i];
    return NULL;
}

/* ---- `beside check` ---- */

struct walk { struct id room; int64_t epoch; struct hash last; int64_t broken; };

/* Links come by room and epoch, ascending. */
static enum err check_link(void *arg, const struct room_stored_link *l)
{
    struct walk *w = arg;
    struct room_link link;
    if (room_link_parse(l->link, &link) != ERR_OK) {
        w->broken++;
        return ERR_OK;
    }
    if (!id_equal(&w->room, &l->room)) *w = (struct walk){ .room = l->room, .broken = w->broken };
    bool is_its = id_equal(&link.room, &l->room) && link.epoch == l->epoch;
    bool follows = link.epoch == w->epoch + 1 && bytes_equal(link.prev, bytes_of(w->last.b, HASH_BYTES));
    bool is_signed = l->identity.n != IDENTITY_BYTES ||
                     crypt_signature_holds(l->identity.p + IDENTITY_SIGN_AT, "beside/roster/1", link.signed_part, link.signature);
    if (!is_its || !follows || !is_signed) w->broken++;
    w->epoch = link.epoch;
    w->last = room_link_hash(l->link);
    return ERR_OK;
}

enum err room_check(struct store_conn *db, int64_t *ret_broken)
{
    struct walk w = { .broken = 0 };
    TRY(room_store_check(db, ret_broken));
    TRY(room_store_each_roster(db, check_link, &w));
    if (w.broken > 0) log_error("rule-broken", "every roster is an unbroken chain of signed links", w.broken);
    *ret_broken += w.broken;
    return ERR_OK;
}
