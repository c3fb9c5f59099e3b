/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The whole way of a call, from a socket to the store and back, and what other people hear of it. */
#include "http/testing.h"

#include <pthread.h>
#include <stdlib.h>

#include "api/api.h"
#include "api/notice.h"
#include "room/testing.h"
#include "session/session.h"

#define KEY "AAECAwQFBgcICQoLDA0ODw"

struct place {
    struct testing *t;
    struct store *store;                 /* the API's; the test's own stands beside it */
    struct house house;
    struct api *api;
    struct http_config http_config;
    struct http_server *http;
    struct testing_person ann, ben;
    char ann_cookie[64], ben_cookie[64];
};

static enum err sign_in(struct call *c, void *arg)
{
    struct testing_person *p = arg;
    return session_start(c, &p->caller.id, &p->caller.session);
}

static void make_person(struct testing *t, struct testing_person *ret, char cookie[64])
{
    struct build b = build_start(t->scratch, 64);
    *ret = testing_person(t);
    assert_int_equal(testing_write(t, NULL, sign_in, ret), ERR_OK);
    build_text(&b, "beside=");
    build_base64(&b, bytes_of(t->call.set_session->b, SECRET_BYTES));
    struct bytes text = testing_body(&b);
    memcpy(cookie, text.p, text.n);
    cookie[text.n] = '\0';
}

static int open_place(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    char why[HTTP_WHY_MAX];
    void *testing;
    if (!p || testing_set_up(&testing) != 0) return -1;
    p->t = testing;
    make_person(p->t, &p->ann, p->ann_cookie);
    make_person(p->t, &p->ben, p->ben_cookie);
    assert_int_equal(store_open(p->t->where, &p->store), ERR_OK);
    assert_int_equal(house_load(p->store, &p->house), ERR_OK);
    struct api_config config = { .store = p->store, .house = &p->house, .readers = 2, .rate_factor = 1 };
    assert_int_equal(api_new(&config, &p->api), ERR_OK);
    p->http_config = (struct http_config){ .listen = "127.0.0.1:0", .threads = 2, .connections = 100, .patience_s = 30, .client = &http_client_carried,
                                           .head = api_head, .run = api_run, .arg = p->api };
    assert_int_equal(http_start(&p->http_config, &p->http, why), ERR_OK);
    *state = p;
    return 0;
}

static int close_place(void **state)
{
    struct place *p = *state;
    void *testing = p->t;
    if (p->http) http_close_door(p->http);
    api_finish(p->api);
    http_stop(&p->http);
    api_free(&p->api);
    (void)testing_tear_down(&testing);
    free(p);
    return 0;
}

/* METHOD PATH with a cookie, further header lines and an octet body. */
static char *call(struct place *p, const char *line, const char *cookie, const char *fields, const char *body)
{
    char request[4096];
    bool has_type = strstr(fields, "Content-Type") != NULL;
    int n = snprintf(request, sizeof request, "%s HTTP/1.1\r\n" TESTING_END "Cookie: %s\r\n%s%sContent-Length: %zu\r\n\r\n%s", line, cookie, fields,
                     has_type || !body[0] ? "" : "Content-Type: application/octet-stream\r\n", strlen(body), body);
    assert_true(n > 0 && (size_t)n < sizeof request);
    return testing_ask(http_port(p->http), request);
}

static int open_stream(struct place *p, const char *cookie)
{
    char request[512];
    int fd = testing_dial(http_port(p->http));
    int n = snprintf(request, sizeof request, "GET /api/stream HTTP/1.1\r\nHost: h\r\nCookie: %s\r\n\r\n", cookie);
    testing_say(fd, request, (size_t)n);
    TESTING_HAS(testing_hear(fd, "resumed"), "HTTP/1.1 200");
    return fd;
}

static void who_calls_is_judged_before_anything_is_done(void **state)
{
    struct place *p = *state;
    testing_is_status(call(p, "GET /api/person", "", "", ""), 401);
    testing_is_status(call(p, "GET /api/person", "beside=" KEY, "", ""), 401);
    testing_is_status(call(p, "GET /api/person", p->ann_cookie, "", ""), 200);
    testing_is_status(call(p, "GET /api/stream", "", "", ""), 401);
    testing_is_status(call(p, "GET /api/invites/" KEY, "", "", ""), 404);
    testing_is_status(call(p, "PUT /api/vault/" KEY, "", "If-Match: 0\r\n", "sealed"), 401);
    TESTING_HAS(call(p, "GET /api/invites/" KEY, "", "", ""), "\"code\":\"invite-gone\"");
}

static void a_call_that_does_not_fit_its_row_is_refused_with_a_code(void **state)
{
    struct place *p = *state;
    testing_is_status(call(p, "GET /api/nothing", p->ann_cookie, "", ""), 404);
    testing_is_status(call(p, "GET /api/house/", p->ann_cookie, "", ""), 404);
    testing_is_status(call(p, "PUT /api/vault/short", p->ann_cookie, "", "sealed"), 400);
    TESTING_HAS(call(p, "PATCH /api/vault/" KEY, p->ann_cookie, "", ""), "Allow: PUT, DELETE\r\n");
    testing_is_status(call(p, "PUT /api/vault/" KEY, p->ann_cookie, "Content-Type: text/plain\r\n", "words"), 415);
    testing_is_status(call(p, "PUT /api/vault/" KEY, p->ann_cookie, "Origin: http://elsewhere.example\r\n", "sealed"), 403);
    testing_is_status(call(p, "PUT /api/vault/" KEY, p->ann_cookie, "Sec-Fetch-Site: cross-site\r\n", "sealed"), 403);
    testing_is_status(call(p, "GET /api/person", p->ann_cookie, "", "a body"), 413);
}

static void a_write_is_kept_answered_and_heard_by_whom_it_concerns(void **state)
{
    struct place *p = *state;
    int ann = open_stream(p, p->ann_cookie), ben = open_stream(p, p->ben_cookie);
    char *r = call(p, "PUT /api/vault/" KEY, p->ann_cookie, "If-Match: 0\r\nOrigin: http://house.example\r\n", "sealed");
    testing_is_status(r, 200);
    TESTING_HAS(r, "{\"version\":1}");
    TESTING_HAS(testing_hear(ann, "{\"version\":1}"), "event: vault\n");
    TESTING_HAS(call(p, "GET /api/vault", p->ann_cookie, "", ""), "Content-Type: application/octet-stream");
    api_heartbeat(p->api);
    TESTING_HAS_NOT(testing_hear(ben, ":\n\n"), "vault");
    close(ann);
    close(ben);
}

static void a_commit_that_fails_is_told_and_nobody_hears_of_it(void **state)
{
    struct place *p = *state;
    /* Her first write also marks the day on which her session was used; the commits that fail are to be those below. */
    testing_is_status(call(p, "PUT /api/vault/________________AAAAAA", p->ann_cookie, "If-Match: 0\r\n", "sealed"), 200);
    int ann = open_stream(p, p->ann_cookie);
    store_fault_after(p->store, STORE_FAULT_COMMIT, 1, ERR_STORE_FULL);
    char *r = call(p, "PUT /api/vault/" KEY, p->ann_cookie, "If-Match: 0\r\n", "sealed");
    testing_is_status(r, 507);
    TESTING_HAS(r, "\"code\":\"store-full\"");
    store_fault_after(p->store, STORE_FAULT_COMMIT, 1, ERR_UNKNOWN_FATE);
    TESTING_HAS(call(p, "PUT /api/vault/" KEY, p->ann_cookie, "If-Match: 0\r\n", "sealed"), "\"code\":\"unknown-fate\"");
    api_heartbeat(p->api);
    TESTING_HAS_NOT(testing_hear(ann, ":\n\n"), "vault");
    close(ann);
}

static void a_store_that_fails_under_a_read_is_a_problem_too(void **state)
{
    struct place *p = *state;
    store_fault_after(p->store, STORE_FAULT_STATEMENT, 1, ERR_STORE);
    char *r = call(p, "GET /api/health", "", "", "");
    testing_is_status(r, 503);
    TESTING_HAS(r, "Retry-After: ");
    testing_is_status(call(p, "GET /api/health", "", "", ""), 200);
}

static void signing_out_ends_the_session_its_stream_and_its_cookie(void **state)
{
    struct place *p = *state;
    int ann = open_stream(p, p->ann_cookie);
    char *r = call(p, "DELETE /api/session", p->ann_cookie, "", "");
    testing_is_status(r, 204);
    TESTING_HAS(r, "Set-Cookie: beside=; Max-Age=0;");
    TESTING_HAS(testing_hear(ann, NULL), "0\r\n\r\n");
    close(ann);
    testing_is_status(call(p, "GET /api/person", p->ann_cookie, "", ""), 401);
    testing_is_status(call(p, "DELETE /api/session", p->ann_cookie, "", ""), 401);
}

static void who_guesses_is_slowed_down_and_others_are_not(void **state)
{
    struct place *p = *state;
    const char *json = "Content-Type: application/json\r\nX-Forwarded-For: 2001:db8:1::1\r\n";
    size_t slowed = 0;
    for (int i = 0; i < 50; i++) {
        char *r = call(p, "POST /api/session", "", json, "{}");
        slowed += strstr(r, "\"code\":\"slow-down\"") != NULL;
        if (strstr(r, "slow-down")) TESTING_HAS(r, "Retry-After: ");
    }
    assert_true(slowed >= 10 && slowed <= 20);
    testing_is_status(call(p, "POST /api/session", "", "Content-Type: application/json\r\nX-Forwarded-For: 2001:db8:2::1\r\n", "{}"), 400);
}

static void after_the_end_has_begun_nothing_new_is_taken(void **state)
{
    struct place *p = *state;
    int fd = testing_dial(http_port(p->http));
    char request[512];
    int n = snprintf(request, sizeof request,
                     "PUT /api/vault/" KEY " HTTP/1.1\r\nHost: h\r\nCookie: %s\r\nIf-Match: 0\r\nContent-Type: application/octet-stream\r\nContent-Length: 6\r\n\r\n",
                     p->ann_cookie);
    testing_say(fd, request, (size_t)n);
    usleep(50000);
    http_close_door(p->http);
    api_finish(p->api);
    testing_say(fd, "sealed", 6);
    testing_is_status(testing_hear(fd, "busy"), 503);
    close(fd);
}

enum { WRITERS = 4, WRITES_EACH = 30 };
struct writing { struct place *p; size_t kept; };

static void *write_many(void *arg)
{
    struct writing *w = arg;
    for (int i = 0; i < WRITES_EACH; i++) {
        char line[64];
        struct id key = crypt_random_id();
        char text[ID_TEXT + 1];
        id_format(&key, text);
        (void)snprintf(line, sizeof line, "PUT /api/vault/%s", text);
        w->kept += strstr(call(w->p, line, w->p->ann_cookie, "If-Match: 0\r\n", "sealed"), "HTTP/1.1 200 ") != NULL;
    }
    return NULL;
}

static void many_writes_at_once_are_all_kept_and_all_heard(void **state)
{
    struct place *p = *state;
    pthread_t threads[WRITERS];
    struct writing writing[WRITERS];
    char last[32];
    int ann = open_stream(p, p->ann_cookie);
    for (size_t i = 0; i < WRITERS; i++) {
        writing[i] = (struct writing){ p, 0 };
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, &writing[i]), 0);
    }
    for (size_t i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(writing[i].kept, WRITES_EACH);
    }
    (void)snprintf(last, sizeof last, "{\"version\":%d}", WRITERS * WRITES_EACH);
    TESTING_HAS(testing_hear(ann, last), "{\"version\":1}");
    close(ann);
}

/* What another node says. */

static void no_wake(void *arg) { (void)arg; }

static const char *read_stream(struct event_sub *s)
{
    static char buf[2048];
    ptrdiff_t n = event_read(s, buf, sizeof buf - 1);
    buf[n > 0 ? n : 0] = '\0';
    return n < 0 ? "closed" : buf;
}

static void notices_of_other_nodes_reach_the_streams_here(void **state)
{
    struct testing *t = *state;
    struct event_hub *hub = event_hub_new();
    struct event_sub *s = NULL;
    struct id ann, phone;
    assert_int_equal(id_parse(TEXT(KEY), &ann), ERR_OK);
    assert_int_equal(id_parse(TEXT("________________AAAAAA"), &phone), ERR_OK);
    assert_int_equal(event_subscribe(hub, &ann, &phone, TEXT(""), no_wake, NULL, &s), ERR_OK);
    (void)read_stream(s);
    notice_hear(hub, t->reads, t->scratch, TEXT("p vault " KEY " {\"version\":7}"));
    TESTING_HAS(read_stream(s), "event: vault\ndata: {\"version\":7}\n\n");
    notice_hear(hub, t->reads, t->scratch, TEXT("s " KEY " " KEY));
    assert_string_equal(read_stream(s), "");
    const char *odd[] = { "", "r", "p", "p vault", "p song " KEY " {}", "p vault short {}", "s", "s " KEY, "e", "e " KEY, "e " KEY " x", "g", "g " KEY, "g " KEY " short x", "hello" };
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        notice_hear(hub, t->reads, t->scratch, text_of(odd[i]));
        TESTING_HAS(read_stream(s), "{\"resumed\":false}");
    }
    notice_hear(hub, t->reads, t->scratch, TEXT("s " KEY " -"));
    assert_string_equal(read_stream(s), "closed");
    event_unsubscribe(&s);
    event_hub_free(&hub);
}

static void a_signal_of_another_node_reaches_the_members_streams_and_nobody_elses(void **state)
{
    struct testing *t = *state;
    struct testing_person ann = testing_person(t), ben = testing_person(t), cleo = testing_person(t);
    struct id room = testing_room(t, &ann, &ben, NULL, NULL), phone = crypt_random_id();
    struct event_hub *hub = event_hub_new();
    struct event_sub *bens = NULL, *cleos = NULL;
    char line[128], room_text[ID_TEXT + 1], ann_text[ID_TEXT + 1];
    assert_int_equal(event_subscribe(hub, &ben.caller.id, &phone, TEXT(""), no_wake, NULL, &bens), ERR_OK);
    assert_int_equal(event_subscribe(hub, &cleo.caller.id, &phone, TEXT(""), no_wake, NULL, &cleos), ERR_OK);
    (void)read_stream(bens);
    (void)read_stream(cleos);
    id_format(&room, room_text);
    id_format(&ann.caller.id, ann_text);
    (void)snprintf(line, sizeof line, "g %s %s light", room_text, ann_text);
    notice_hear(hub, t->reads, t->scratch, text_of(line));
    assert_string_equal(read_stream(bens), "event: signal\ndata: light\n\n");
    assert_string_equal(read_stream(cleos), "");
    event_unsubscribe(&bens);
    event_unsubscribe(&cleos);
    event_hub_free(&hub);
}

#define PLACE(TEST) cmocka_unit_test_setup_teardown(TEST, open_place, close_place)
int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE(who_calls_is_judged_before_anything_is_done),
        PLACE(a_call_that_does_not_fit_its_row_is_refused_with_a_code),
        PLACE(a_write_is_kept_answered_and_heard_by_whom_it_concerns),
        PLACE(a_commit_that_fails_is_told_and_nobody_hears_of_it),
        PLACE(a_store_that_fails_under_a_read_is_a_problem_too),
        PLACE(signing_out_ends_the_session_its_stream_and_its_cookie),
        PLACE(who_guesses_is_slowed_down_and_others_are_not),
        PLACE(after_the_end_has_begun_nothing_new_is_taken),
        PLACE(many_writes_at_once_are_all_kept_and_all_heard),
        TESTING(notices_of_other_nodes_reach_the_streams_here),
        TESTING(a_signal_of_another_node_reaches_the_members_streams_and_nobody_elses),
    };
    return testing_main("api", tests, sizeof tests / sizeof tests[0]);
}
