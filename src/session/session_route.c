/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Signing in and out, and the change of passphrase, which may end the other sessions. */
#include "session/session.h"

#include <time.h>

enum { REPLY_MAX = 64 << 10, DATE_MAX = 32 };

/* Starts the session of somebody who has proved who they are. */
static enum err welcome(struct call *c, const struct person *p)
{
    struct id session;
    enum err e = session_start(c, &p->id, &session);
    if (e != ERR_OK) return e == ERR_NOT_FOUND ? ERR_SIGN_IN_FAILED : e;   /* the account ended in this very moment */
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_open(&b, "person", '{');
    json_id(&b, "id", &p->id);
    json_text(&b, "role", person_role_name(p->steward));
    json_close(&b, '}');
    json_id(&b, "session", &session);
    json_base64(&b, "wrap", p->wrap);
    json_close(&b, '}');
    return call_reply_json(c, 201, &b);
}

static enum err post_session(struct call *c)
{
    struct json_in *in;
    struct person p;
    TRY(call_json(c, &in));
    struct bytes login_id = json_get_base64(in, "login_id", PERSON_LOGIN_ID_BYTES, PERSON_LOGIN_ID_BYTES);
    struct bytes secret = json_get_base64(in, "login_secret", SECRET_BYTES, SECRET_BYTES);
    TRY(call_json_end(c, in));
    TRY(person_sign_in(c, login_id, secret, &p));
    return welcome(c, &p);
}

static enum err post_session_card(struct call *c)
{
    struct json_in *in;
    struct person p;
    TRY(call_json(c, &in));
    struct id card = json_get_id(in, "card_id");
    struct bytes secret = json_get_base64(in, "card_secret", SECRET_BYTES, SECRET_BYTES);
    TRY(call_json_end(c, in));
    TRY(person_sign_in_card(c, &card, secret, &p));
    return welcome(c, &p);
}

static enum err put_session(struct call *c)
{
    struct json_in *in;
    TRY(call_json(c, &in));
    struct bytes label = json_get_base64(in, "label", 1, SESSION_LABEL_MAX);
    TRY(call_json_end(c, in));
    TRY(session_label(c, label));
    return call_reply_empty(c);
}

static enum err delete_session(struct call *c)
{
    TRY(session_end(c, &c->session));
    return call_reply_empty(c);
}

static enum err delete_session_by_id(struct call *c)
{
    TRY(session_end(c, &c->params[0]));
    return call_reply_empty(c);
}

struct listing { struct build b; struct id current; };

/* A day in UTC: 2026-01-31. */
static void tell_day(struct build *b, const char *name, int64_t ms)
{
    char date[DATE_MAX];
    struct tm t;
    time_t s = (time_t)(ms / 1000);
    if (!gmtime_r(&s, &t) || strftime(date, sizeof date, "%Y-%m-%d", &t) == 0) date[0] = '\0';   /* no such year */
    json_text(b, name, text_of(date));
}

static enum err tell_session(void *arg, const struct session_line *s)
{
    struct listing *l = arg;
    json_open(&l->b, NULL, '{');
    json_id(&l->b, "id", &s->id);
    json_base64(&l->b, "label", s->label);
    json_int(&l->b, "created_ms", s->made_ms);
    tell_day(&l->b, "seen_day", s->seen_day_ms);
    json_bool(&l->b, "current", id_equal(&s->id, &l->current));
    json_close(&l->b, '}');
    return ERR_OK;
}

static enum err get_sessions(struct call *c)
{
    struct listing l = { build_start(c->arena, REPLY_MAX), c->session };
    json_open(&l.b, NULL, '{');
    json_open(&l.b, "sessions", '[');
    TRY(session_each(c->db, &c->me, tell_session, &l));
    json_close(&l.b, ']');
    json_close(&l.b, '}');
    return call_reply_json(c, 200, &l.b);
}

static enum err put_passphrase(struct call *c)
{
    struct json_in *in;
    TRY(call_json(c, &in));
    int64_t counter = json_get_int(in, "counter", 1, PERSON_COUNTER_MAX);
    struct person_login login = person_read_login(in, "wrap");
    struct bytes signature = json_get_base64(in, "signature", SIGNATURE_BYTES, SIGNATURE_BYTES);
    bool end_others = json_get_bool(in, "end_other_sessions");
    TRY(call_json_end(c, in));
    TRY(person_change_login(c, counter, &login, signature));
    if (end_others) TRY(session_end_others(c));
    return call_reply_empty(c);
}

static const struct route rows[] = {
    { "POST", "/api/session", WHO_ANY, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_SIGN_IN, post_session },
    { "POST", "/api/session/card", WHO_ANY, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_SIGN_IN, post_session_card },
    { "PUT", "/api/session", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_WRITE, put_session },
    { "DELETE", "/api/session", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_session },
    { "GET", "/api/sessions", WHO_PERSON, MODE_READS, BODY_NONE, 0, RATE_READ, get_sessions },
    { "DELETE", "/api/sessions/{session}", WHO_PERSON, MODE_WRITES, BODY_NONE, 0, RATE_WRITE, delete_session_by_id },
    { "PUT", "/api/person/passphrase", WHO_PERSON, MODE_WRITES, BODY_JSON, HOUSE_JSON_MAX, RATE_SIGN_IN, put_passphrase },
};
const struct route_table session_routes = { rows, sizeof rows / sizeof rows[0] };
