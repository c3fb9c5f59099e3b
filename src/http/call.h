/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One call of the API as a handler sees it: who calls, with what, and the reply to be.
 *
 * A handler is plain synchronous C: parse, check, call one function of its noun, build the reply. It never blocks on
 * the network and never calls the HTTP library. Returning anything but ERR_OK makes a problem document (RFC 9457) from
 * the table in problem.c, and inside a write rolls back all it did. Whatever it returns points into the arena. */
#ifndef BESIDE_HTTP_CALL_H
#define BESIDE_HTTP_CALL_H

#include "event/event.h"
#include "crypt/crypt.h"
#include "lib/build.h"
#include "lib/json.h"
#include "store/store.h"

struct house;   /* house/house.h: id, secret and name of the house */

enum { CALL_PARAMS_MAX = 3, CALL_EVENTS_MAX = 16, CALL_EXTRAS_MAX = 3, CALL_ARENA_MAX = 3 << 20, CALL_REPLY_MAX = 1 << 20 };

/* An event that leaves when, and only if, the transaction commits. A room event goes to the members named. */
struct call_event {
    enum event_type type;
    const struct id *people;
    size_t n_people;
    struct text data;
};

struct call {
    struct arena *arena;
    struct store_conn *db;               /* the loop's read connection, or the writer's inside its transaction */
    const struct house *house;
    int64_t now_ms;

    bool signed_in;
    struct id me, session;               /* zero unless signed_in */
    bool steward;
    struct bytes invite_auth;            /* the decoded Beside-Invite header (32 bytes) or empty */

    struct id params[CALL_PARAMS_MAX];   /* the {ids} of the path, in order */
    struct bytes body;
    struct text if_match;                /* the If-Match header or empty */
    struct text if_none_match;           /* the same for If-None-Match */
    bool secure;                         /* came over TLS, here or at a trusted proxy */

    /* the reply; filled through the functions below */
    int status;
    struct bytes reply;
    const char *reply_type;
    const char *etag;                    /* with its quotes: a reply that its reader may keep for some minutes; else none may be kept */
    struct secret *set_session;          /* cookie to set: the session's token */
    bool clear_session;
    const char *detail;                  /* for a problem: what exactly, and what to do */
    struct { const char *name; int64_t value; } extras[CALL_EXTRAS_MAX];   /* for a problem: its own members */
    size_t n_extras;
    int retry_after_s;
    struct call_event events[CALL_EVENTS_MAX];
    size_t n_events;
    bool end_streams;                    /* after commit: end the streams of end_session, or of all of end_person's */
    struct id end_person, end_session;   /* end_session zero = all */

    const char *allow;                   /* for ERR_BAD_METHOD: the methods that the path has */
    void *http, *api;                    /* the machinery's own; http may be NULL in a test of a handler */
};

enum route_who  { WHO_ANY, WHO_INVITE, WHO_PERSON, WHO_PERSON_AND_INVITE, WHO_STEWARD };
enum route_mode { MODE_READS, MODE_WRITES, MODE_STREAM };
enum route_body { BODY_NONE, BODY_JSON, BODY_OCTETS };
enum route_rate { RATE_READ, RATE_WRITE, RATE_SIGN_IN, RATE_INVITE, RATE_STREAM, RATE_CLASSES };

struct route {
    const char *method, *path;           /* "/api/rooms/{room}/entries/{entry}": every {…} is an id */
    enum route_who who;
    enum route_mode mode;
    enum route_body body;
    size_t body_max;
    enum route_rate rate;
    enum err (*run)(struct call *c);
};
struct route_table { const struct route *rows; size_t n; };   /* each noun exports one: `extern const struct route_table person_routes;` */

/* A query parameter as a whole number 0 … max; DEFAULT when it is absent; ERR_BAD_INPUT when it is no such number. */
enum err call_query_int(struct call *c, const char *name, int64_t max, int64_t absent, int64_t *ret) MUST_USE;
/* A query parameter as an id; *RET_THERE is false when it is absent. ERR_BAD_INPUT. */
enum err call_query_id(struct call *c, const char *name, struct id *ret, bool *ret_there) MUST_USE;
bool call_query_has(struct call *c, const char *name);

/* The JSON body; and its end: sets c->detail from json_end(). */
enum err call_json(struct call *c, struct json_in **ret) MUST_USE;
enum err call_json_end(struct call *c, struct json_in *in) MUST_USE;

enum err call_reply_json(struct call *c, int status, struct build *b) MUST_USE;     /* takes build_done() */
enum err call_reply_octets(struct call *c, struct build *b) MUST_USE;
enum err call_reply_empty(struct call *c) MUST_USE;                                  /* 204 */
/* BODY, which lives in the arena, for a reader who asks again and again: with an ETag made of it, 304 if they have it. */
enum err call_reply_tagged(struct call *c, const char *type, struct bytes body) MUST_USE;

/* Problem decorations; both return ERR so that one can `return call_problem(c, ERR_BAD_INPUT, "…")`. */
enum err call_problem(struct call *c, enum err e, const char *detail);
void call_extra(struct call *c, const char *name, int64_t value);

/* PEOPLE and DATA must live in the arena. ERR_INTERNAL over CALL_EVENTS_MAX. */
enum err call_event(struct call *c, enum event_type type, const struct id *people, size_t n_people, struct text data) MUST_USE;

#endif
