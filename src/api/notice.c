/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Writing and reading the lines. The one complication is the store's bound on what a job may say: what does not fit is
 * replaced by `r`, for which room is kept. */
#include "api/notice.h"

#include <stdio.h>
#include <string.h>

#include "room/room.h"

enum { LINE_MAX_BYTES = 160, FOR_ENTRIES = 128 };   /* the noun room's own lines: `e`, 22 and 19 characters, twice at most */

static void put(struct store_conn *db, size_t *left, const char *line)
{
    size_t n = strlen(line) + 1;   /* the store ends it with a line break */
    if (*left < n) return;
    *left -= n;
    store_notice(db, (struct text){ line, n - 1 });
}

/* One line for each person. False: too long a line, or too many. */
static bool put_event(struct store_conn *db, size_t *left, const struct call_event *e)
{
    for (size_t i = 0; i < e->n_people; i++) {
        char line[LINE_MAX_BYTES], person[ID_TEXT + 1];
        id_format(&e->people[i], person);
        int n = snprintf(line, sizeof line, "p %s %s %.*s", event_type_name(e->type), person, (int)e->data.n, e->data.p);
        if (n < 0 || (size_t)n >= sizeof line || (size_t)n + 1 > *left) return false;
        put(db, left, line);
    }
    return true;
}

static void put_end(struct store_conn *db, size_t *left, const struct call *c)
{
    char line[LINE_MAX_BYTES], person[ID_TEXT + 1], session[ID_TEXT + 1];
    id_format(&c->end_person, person);
    id_format(&c->end_session, session);
    (void)snprintf(line, sizeof line, "s %s %s", person, id_is_zero(&c->end_session) ? "-" : session);   /* 47 characters */
    put(db, left, line);
}

/* A signal comes alone, and so may use what is kept for other events. */
static bool is_told_by_room(enum event_type t) { return t == EVENT_ENTRY || t == EVENT_SIGNAL; }

void notice_send(struct call *c)
{
    size_t left = STORE_NOTICE_MAX - FOR_ENTRIES - 2;
    bool whole = true;
    if (c->end_streams) put_end(c->db, &left, c);
    for (size_t i = 0; i < c->n_events; i++)
        if (!is_told_by_room(c->events[i].type)) whole = whole && put_event(c->db, &left, &c->events[i]);
    if (!whole) store_notice(c->db, TEXT("r"));
}

static struct text next_word(struct text *rest)
{
    const char *blank = rest->n > 0 ? memchr(rest->p, ' ', rest->n) : NULL;
    struct text w = { rest->p, blank ? (size_t)(blank - rest->p) : rest->n };
    *rest = blank ? (struct text){ blank + 1, rest->n - w.n - 1 } : (struct text){ rest->p, 0 };
    return w;
}

static enum err hear_entry(struct event_hub *hub, struct store_conn *db, struct arena *a, struct text rest)
{
    struct id room;
    int64_t seq;
    TRY(id_parse(next_word(&rest), &room));
    TRY(text_to_int(next_word(&rest), INT64_MAX, &seq));
    return room_publish_entry(db, a, hub, &room, seq);
}

static enum err hear_signal(struct event_hub *hub, struct store_conn *db, struct text rest)
{
    struct id room, author;
    TRY(id_parse(next_word(&rest), &room));
    TRY(id_parse(next_word(&rest), &author));
    return room_publish_signal(db, hub, &room, &author, rest);
}

static enum err hear_event(struct event_hub *hub, struct text rest)
{
    enum event_type type;
    struct id person;
    TRY(event_type_parse(next_word(&rest), &type));
    TRY(id_parse(next_word(&rest), &person));
    event_publish(hub, &person, 1, type, rest);
    return ERR_OK;
}

static enum err hear_end(struct event_hub *hub, struct text rest)
{
    struct id person, session;
    TRY(id_parse(next_word(&rest), &person));
    struct text which = next_word(&rest);
    bool all = text_equal(which, TEXT("-"));
    if (!all) TRY(id_parse(which, &session));
    event_end(hub, &person, all ? NULL : &session);
    return ERR_OK;
}

static enum err hear(struct event_hub *hub, struct store_conn *db, struct arena *a, struct text rest)
{
    struct text kind = next_word(&rest);
    if (text_equal(kind, TEXT("e"))) return hear_entry(hub, db, a, rest);
    if (text_equal(kind, TEXT("g"))) return hear_signal(hub, db, rest);
    if (text_equal(kind, TEXT("p"))) return hear_event(hub, rest);
    if (text_equal(kind, TEXT("s"))) return hear_end(hub, rest);
    return ERR_BAD_INPUT;
}

void notice_hear(struct event_hub *hub, struct store_conn *db, struct arena *a, struct text line)
{
    if (hear(hub, db, a, line) != ERR_OK) event_publish_resync(hub);
}
