/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A call's way through the API.
 *
 * The complications: a write may be run more than once (another transaction stood in its way), so that each run begins
 * with a clean reply; and between http_hold() and http_answer() the call belongs to the writer's thread alone. */
#include "api/api.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "api/caller.h"
#include "api/notice.h"
#include "api/pace.h"
#include "api/path.h"
#include "api/routes.h"
#include "api/sweep.h"
#include "lib/clock.h"
#include "lib/log.h"
#include "session/session.h"

struct readers {                        /* read connections that nobody uses just now */
    pthread_mutex_t lock;
    size_t n, max;
    struct store_conn **idle;
};

struct api {
    struct api_config config;
    struct event_hub *hub;
    struct pace *pace;
    struct sweep *sweep;
    struct readers readers;
    pthread_rwlock_t writing;           /* held for reading while a job is handed over */
    struct store_writer *writer;        /* NULL once finished */
};

struct api_call {
    struct store_job job;
    struct call *call;
    struct api *api;
    const struct route *route;
    struct caller shown;
};

/* Read connections. */

static enum err reader_take(struct api *a, struct store_conn **ret)
{
    struct readers *r = &a->readers;
    pthread_mutex_lock(&r->lock);
    struct store_conn *c = r->n > 0 ? r->idle[--r->n] : NULL;
    pthread_mutex_unlock(&r->lock);
    if (!c) return store_connect(a->config.store, STORE_READS, ret);
    *ret = c;
    return ERR_OK;
}

static void reader_give(struct api *a, struct store_conn **c)
{
    struct readers *r = &a->readers;
    pthread_mutex_lock(&r->lock);
    if (r->n < r->max) {
        r->idle[r->n++] = *c;
        *c = NULL;
    }
    pthread_mutex_unlock(&r->lock);
    if (*c) store_disconnect(c);
}

/* The writer. */

static enum err submit(struct api *a, struct store_job *job)
{
    pthread_rwlock_rdlock(&a->writing);
    enum err e = a->writer ? store_submit(a->writer, job) : ERR_BUSY;
    pthread_rwlock_unlock(&a->writing);
    return e;
}

/* A session's day of use is written once a day, beside the call that showed it. */
struct touch { struct store_job job; struct id session; int64_t now_ms; };

static enum err touch_run(struct store_conn *db, void *arg)
{
    const struct touch *t = arg;
    return session_touch(db, &t->session, t->now_ms);
}

static void touch_done(void *arg, enum err outcome)
{
    (void)outcome;   /* the next call tries again */
    free(arg);
}

static void touch_session(struct api *a, const struct session *s, int64_t now_ms)
{
    struct touch *t = session_is_behind(s, now_ms) ? calloc(1, sizeof *t) : NULL;
    if (!t) return;
    *t = (struct touch){ .session = s->id, .now_ms = now_ms };
    t->job = (struct store_job){ .run = touch_run, .done = touch_done, .arg = t, .key = crypt_short_hash((const uint8_t[16]){ 0 }, bytes_of_id(&s->person)) };
    if (submit(a, &t->job) != ERR_OK) free(t);   /* the next call tries again */
}

/* Judging a call. */

static bool wants_session(const struct route *r) { return r->who != WHO_ANY && r->who != WHO_INVITE; }

/* Signs the call in if what it shows is a session. An invite's holder may be signed in or not. */
static enum err find_session(struct api_call *ac, struct store_conn *db, struct session *ret)
{
    struct call *c = ac->call;
    c->signed_in = c->steward = false;
    if (!ac->shown.has_token || ac->route->who == WHO_ANY) return ERR_OK;
    enum err e = session_find(db, c->house, bytes_of(ac->shown.token, SECRET_BYTES), ret);
    if (e == ERR_NOT_SIGNED_IN) return ERR_OK;
    if (e != ERR_OK) return e;
    c->signed_in = true;
    c->steward = ret->steward;
    c->me = ret->person;
    c->session = ret->id;
    return ERR_OK;
}

static enum err may_call(const struct api_call *ac)
{
    const struct call *c = ac->call;
    if (wants_session(ac->route) && !c->signed_in) return ERR_NOT_SIGNED_IN;
    if (ac->route->who == WHO_STEWARD && !c->steward) return ERR_FORBIDDEN;
    bool wants_invite = ac->route->who == WHO_INVITE || ac->route->who == WHO_PERSON_AND_INVITE;
    return wants_invite && !ac->shown.has_invite ? ERR_INVITE_GONE : ERR_OK;
}

/* On the loop, before the body is read: keeps strangers from costing more than a look-up. */
static enum err identify(struct api_call *ac)
{
    struct api *a = ac->api;
    struct call *c = ac->call;
    uint8_t address[16];
    caller_read(http_header(c, "Cookie"), http_header(c, "Beside-Invite"), c->secure, &ac->shown);
    if (ac->shown.has_invite) c->invite_auth = bytes_of(ac->shown.invite, SECRET_BYTES);
    if (ac->shown.has_token && ac->route->who != WHO_ANY) {
        struct session s = { .seen_day_ms = 0 };
        struct store_conn *db;
        TRY(reader_take(a, &db));
        enum err e = find_session(ac, db, &s);
        reader_give(a, &db);
        if (e != ERR_OK) return e;
        if (c->signed_in) touch_session(a, &s, c->now_ms);
    }
    http_address(c, address);
    return pace_take(a->pace, ac->route->rate, c, address);
}

static bool names_type(struct text header, struct text type)
{
    return header.n >= type.n && strncasecmp(header.p, type.p, type.n) == 0 &&
           (header.n == type.n || header.p[type.n] == ';' || header.p[type.n] == ' ');
}

static enum err judge_type(struct call *c, const struct route *r)
{
    if (r->body == BODY_NONE || !http_has_body(c)) return ERR_OK;
    struct text want = r->body == BODY_JSON ? TEXT("application/json") : TEXT("application/octet-stream");
    if (names_type(http_header(c, "Content-Type"), want)) return ERR_OK;
    return call_problem(c, ERR_BAD_TYPE, r->body == BODY_JSON ? "Send application/json." : "Send application/octet-stream.");
}

static enum err find_route(struct api_call *ac)
{
    struct call *c = ac->call;
    struct path_match *m = arena_take(c->arena, sizeof *m);
    if (!m) return ERR_MEMORY;
    enum err e = path_find(routes_all, routes_n, text_of(http_method(c)), http_path(c), m);
    if (e == ERR_BAD_METHOD) c->allow = m->allow;
    if (e == ERR_BAD_INPUT) c->detail = "An id in the address is not 22 characters of base64url.";
    if (e != ERR_OK) return e;
    ac->route = m->route;
    memcpy(c->params, m->params, sizeof c->params);
    return ERR_OK;
}

enum err api_head(void *arg, struct call *c)
{
    struct api *a = arg;
    struct api_call *ac = arena_take(c->arena, sizeof *ac);
    if (!ac) return ERR_MEMORY;
    *ac = (struct api_call){ .api = a, .call = c };
    c->api = ac;
    c->house = a->config.house;
    TRY(find_route(ac));
    if (ac->route->mode == MODE_WRITES &&
        !caller_origin_is_own(http_header(c, "Origin"), http_header(c, "Sec-Fetch-Site"), http_header(c, "Host"), c->secure, a->config.origin))
        return ERR_BAD_ORIGIN;
    TRY(judge_type(c, ac->route));
    TRY(identify(ac));
    TRY(may_call(ac));
    c->if_match = http_header(c, "If-Match");
    c->if_none_match = http_header(c, "If-None-Match");
    if (ac->route->body != BODY_NONE) http_expect_body(c, ac->route->body_max);
    return ERR_OK;
}

/* Running it. */

static void run_read(struct api_call *ac)
{
    struct call *c = ac->call;
    enum err e = reader_take(ac->api, &c->db);
    if (e == ERR_OK) {
        e = ac->route->run(c);
        reader_give(ac->api, &c->db);
    }
    http_answer(c, e);
}

/* A run that had to be taken back leaves nothing behind but used arena. */
static void clean_reply(struct call *c)
{
    c->status = 0;
    c->reply = (struct bytes){ NULL, 0 };
    c->reply_type = c->etag = c->detail = NULL;
    c->set_session = NULL;
    c->clear_session = c->end_streams = false;
    c->n_extras = c->n_events = 0;
    c->retry_after_s = 0;
}

static enum err write_run(struct store_conn *db, void *arg)
{
    struct api_call *ac = arg;
    struct call *c = ac->call;
    struct session s;
    clean_reply(c);
    c->db = db;
    c->now_ms = clock_now_ms();
    TRY(find_session(ac, db, &s));
    TRY(may_call(ac));
    TRY(ac->route->run(c));
    notice_send(c);
    return ERR_OK;
}

static void publish(struct api *a, const struct call *c)
{
    for (size_t i = 0; i < c->n_events; i++)
        event_publish(a->hub, c->events[i].people, c->events[i].n_people, c->events[i].type, c->events[i].data);
    if (c->end_streams) event_end(a->hub, &c->end_person, id_is_zero(&c->end_session) ? NULL : &c->end_session);
}

static void write_done(void *arg, enum err outcome)
{
    struct api_call *ac = arg;
    if (outcome == ERR_OK) publish(ac->api, ac->call);
    http_answer(ac->call, outcome);
}

/* What must keep its order: the calls on one room, else those of one person. */
static uint64_t key_of(const struct api_call *ac)
{
    const struct call *c = ac->call;
    bool of_room = strstr(ac->route->path, "/{room}") != NULL;
    const struct id *key = of_room || !c->signed_in ? &c->params[0] : &c->me;
    return crypt_short_hash((const uint8_t[16]){ 0 }, bytes_of_id(key));   /* only spreads: ids are random */
}

static void run_write(struct api_call *ac)
{
    ac->job = (struct store_job){ .run = write_run, .done = write_done, .arg = ac, .key = key_of(ac) };
    http_hold(ac->call);
    enum err e = submit(ac->api, &ac->job);
    if (e != ERR_OK) http_answer(ac->call, e);
}

/* The session is looked at once more behind the subscription: if it was ended just before, nobody would close this. */
static void run_stream(struct api_call *ac)
{
    struct call *c = ac->call;
    struct session s;
    enum err e = reader_take(ac->api, &c->db);
    if (e == ERR_OK) {
        e = http_stream(c, ac->api->hub, http_header(c, "Last-Event-ID"));
        if (e == ERR_OK && (find_session(ac, c->db, &s) != ERR_OK || !c->signed_in)) event_end(ac->api->hub, &c->me, &c->session);
        reader_give(ac->api, &c->db);
    }
    if (e != ERR_OK) http_answer(c, e);
}

void api_run(void *arg, struct call *c)
{
    struct api_call *ac = c->api;
    assert(ac->api == arg);
    if (ac->route->mode == MODE_STREAM) run_stream(ac);
    else if (ac->route->mode == MODE_WRITES) run_write(ac);
    else run_read(ac);
}

/* Other nodes. */

static void on_notice(void *arg, struct text line)
{
    struct api *a = arg;
    struct store_conn *db = NULL;
    struct arena *arena = arena_new(CALL_ARENA_MAX);
    if (!arena || reader_take(a, &db) != ERR_OK) event_publish_resync(a->hub);
    else notice_hear(a->hub, db, arena, line);
    if (db) reader_give(a, &db);
    arena_free(&arena);
}

static void on_notices_lost(void *arg)
{
    struct api *a = arg;
    event_publish_resync(a->hub);
}

/* Its life. */

static enum err submit_sweep(void *arg, struct store_job *job) { return submit(arg, job); }

void api_heartbeat(struct api *a)
{
    event_heartbeat(a->hub);
    sweep_tick(a->sweep, clock_mono_ms(), submit_sweep, a);
}

void api_finish(struct api *a)
{
    pthread_rwlock_wrlock(&a->writing);
    struct store_writer *w = a->writer;
    a->writer = NULL;
    pthread_rwlock_unlock(&a->writing);
    store_writer_stop(&w);
    event_end(a->hub, NULL, NULL);
}

/* No thread but the listener's may know it any more; that one ends with the store. */
static void close_store(struct api *a)
{
    struct readers *r = &a->readers;
    pthread_mutex_lock(&r->lock);
    r->max = 0;   /* what the listener gives back from here on is closed at once */
    while (r->n > 0) store_disconnect(&r->idle[--r->n]);
    pthread_mutex_unlock(&r->lock);
    store_free(&a->config.store);
}

static void memory_free(struct api **api)
{
    struct api *a = *api;
    free(a->readers.idle);
    pace_free(&a->pace);
    sweep_free(&a->sweep);
    event_hub_free(&a->hub);
    (void)pthread_mutex_destroy(&a->readers.lock);   /* nobody is left to hold them */
    (void)pthread_rwlock_destroy(&a->writing);
    free(a);
    *api = NULL;
}

void api_free(struct api **a)
{
    if (!*a) return;
    store_writer_stop(&(*a)->writer);
    close_store(*a);
    memory_free(a);
}

enum err api_new(const struct api_config *config, struct api **ret)
{
    struct api *a = calloc(1, sizeof *a);
    if (!a) return ERR_MEMORY;
    *a = (struct api){ .config = *config, .readers = { .lock = PTHREAD_MUTEX_INITIALIZER, .max = config->readers + 1 }, .writing = PTHREAD_RWLOCK_INITIALIZER };
    a->readers.idle = calloc(a->readers.max, sizeof(struct store_conn *));
    a->hub = event_hub_new();
    a->pace = pace_new(config->rate_factor);
    a->sweep = sweep_new();
    enum err e = a->readers.idle && a->hub && a->pace && a->sweep ? ERR_OK : ERR_MEMORY;
    if (e == ERR_OK) e = store_writer_start(config->store, &a->writer);
    if (e == ERR_OK) e = store_listen(config->store, on_notice, on_notices_lost, a);
    if (e != ERR_OK) {
        store_writer_stop(&a->writer);
        memory_free(&a);
        return e;
    }
    *ret = a;
    return ERR_OK;
}

void api_each_route(void (*each)(void *arg, const struct route *r), void *arg)
{
    for (size_t t = 0; t < routes_n; t++)
        for (size_t i = 0; i < routes_all[t]->n; i++) each(arg, &routes_all[t]->rows[i]);
}
