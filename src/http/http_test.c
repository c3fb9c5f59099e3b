/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The door to HTTP, through real sockets, with a small layer above that answers by path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/cookie.h"
#include "http/http.h"
#include "http/problem.h"
#include "http/testing.h"

/* The client's files in this test. */
static const char INDEX[] = "<!doctype html><title>Notes</title>", SCRIPT[] = "script as it is", SCRIPT_BR[] = "pressed";
#define SPAN(A) (const uint8_t *)(A), (const uint8_t *)(A) + sizeof(A) - 1
static const struct http_file files[] = {
    { "/index.html", "text/html; charset=utf-8", false, SPAN(INDEX), NULL, NULL },
    { "/app-1234.js", "text/javascript; charset=utf-8", true, SPAN(SCRIPT), SPAN(SCRIPT_BR) },
};
static const struct http_client client = { files, sizeof files / sizeof files[0], "" };

/* The layer above. */
struct above { struct event_hub *hub; pthread_t answerer; bool answering; };

static enum err head(void *arg, struct call *c)
{
    (void)arg;
    if (text_equal(http_path(c), TEXT("/api/refused"))) return ERR_NOT_SIGNED_IN;
    if (strcmp(http_method(c), "POST") == 0) http_expect_body(c, 10000);
    return ERR_OK;
}

static void echo(struct call *c)
{
    struct build b = build_start(c->arena, CALL_REPLY_MAX);
    build_bytes(&b, c->body);
    http_answer(c, call_reply_octets(c, &b));
}

static void *answer_later(void *call)
{
    usleep(20000);
    echo(call);
    return NULL;
}

static void run(void *arg, struct call *c)
{
    struct above *a = arg;
    struct text path = http_path(c);
    if (text_equal(path, TEXT("/api/held"))) {
        http_hold(c);
        if (a->answering) pthread_join(a->answerer, NULL);
        a->answering = pthread_create(&a->answerer, NULL, answer_later, c) == 0;
    } else if (text_equal(path, TEXT("/api/held-and-refused"))) {
        http_hold(c);
        http_answer(c, ERR_BUSY);
    } else if (text_equal(path, TEXT("/api/stream"))) {
        if (http_stream(c, a->hub, http_header(c, "Last-Event-ID")) != ERR_OK) http_answer(c, ERR_TOO_MANY);
    } else if (text_equal(path, TEXT("/api/query"))) {
        int64_t n;
        enum err e = call_query_int(c, "n", 500, 7, &n);
        call_extra(c, "n", e == ERR_OK ? n : -1);
        http_answer(c, e == ERR_OK ? ERR_VAULT_CHANGED : e);
    } else if (text_equal(path, TEXT("/api/cookie"))) {
        c->set_session = arena_take(c->arena, sizeof *c->set_session);
        http_answer(c, call_reply_empty(c));
    } else {
        echo(c);
    }
}

static struct above above;
static struct http_config config;
static struct http_server *server;

static int start(void **state)
{
    (void)state;
    char why[HTTP_WHY_MAX];
    above = (struct above){ .hub = event_hub_new() };
    config = (struct http_config){ .listen = "127.0.0.1:0", .threads = 2, .connections = 100, .patience_s = 30, .client = &client,
                                   .head = head, .run = run, .arg = &above };
    if (http_start(&config, &server, why) == ERR_OK) return 0;
    fputs(why, stderr);
    return 1;
}

static int stop(void **state)
{
    (void)state;
    event_end(above.hub, NULL, NULL);
    http_stop(&server);
    if (above.answering) pthread_join(above.answerer, NULL);
    event_hub_free(&above.hub);
    return 0;
}

/* The client of this test. */
static int dial(void) { return testing_dial(http_port(server)); }
static char *ask(const char *request) { return testing_ask(http_port(server), request); }

static void files_are_pressed_when_the_browser_takes_it_and_known_ones_are_not_sent_again(void **state)
{
    (void)state;
    char *r = ask("GET /app-1234.js HTTP/1.1\r\n" TESTING_END "\r\n");
    testing_is_status(r, 200);
    TESTING_HAS(r, "script as it is");
    TESTING_HAS(r, "Cache-Control: public, max-age=31536000, immutable\r\n");
    TESTING_HAS(r, "Vary: Accept-Encoding\r\n");
    TESTING_HAS_NOT(r, "Content-Encoding");
    r = ask("GET /app-1234.js HTTP/1.1\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" TESTING_END "\r\n");
    TESTING_HAS(r, "Content-Encoding: br\r\n");
    TESTING_HAS(r, "\r\n\r\npressed");
    char etag[64], request[256];
    const char *tag = strstr(r, "ETag: ") + strlen("ETag: ");
    (void)snprintf(etag, sizeof etag, "%.*s", (int)strcspn(tag, "\r"), tag);
    (void)snprintf(request, sizeof request, "GET /app-1234.js HTTP/1.1\r\nIf-None-Match: \"x\", %s\r\nAccept-Encoding: br\r\n" TESTING_END "\r\n", etag);
    r = ask(request);
    testing_is_status(r, 304);
    TESTING_HAS(r, etag);
    TESTING_HAS_NOT(r, "pressed");
}

static void the_clients_own_screens_get_its_first_page(void **state)
{
    (void)state;
    const char *paths[] = { "/", "/join", "/people/abc/talk", "/apis", "/index.html?x=1" };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char request[128];
        (void)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\n" TESTING_END "\r\n", paths[i]);
        char *r = ask(request);
        testing_is_status(r, 200);
        TESTING_HAS(r, INDEX);
        TESTING_HAS(r, "Cache-Control: no-cache\r\n");
    }
    testing_is_status(ask("GET /lost.js HTTP/1.1\r\n" TESTING_END "\r\n"), 404);
    TESTING_HAS(ask("HEAD / HTTP/1.1\r\n" TESTING_END "\r\n"), "Content-Type: text/html");
    char *r = ask("POST / HTTP/1.1\r\nContent-Length: 2\r\n" TESTING_END "\r\nhi");
    testing_is_status(r, 405);
    TESTING_HAS(r, "Allow: GET, HEAD\r\n");
    TESTING_HAS(r, "\"code\":\"bad-method\"");
}

static void every_reply_keeps_the_browser_strict(void **state)
{
    (void)state;
    const char *requests[] = { "GET / HTTP/1.1\r\n" TESTING_END "\r\n", "GET /lost.js HTTP/1.1\r\n" TESTING_END "\r\n", "GET /api/echo HTTP/1.1\r\n" TESTING_END "\r\n",
                               "GET /api/refused HTTP/1.1\r\n" TESTING_END "\r\n" };
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        char *r = ask(requests[i]);
        TESTING_HAS(r, "Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval';");
        TESTING_HAS(r, "X-Content-Type-Options: nosniff\r\n");
        TESTING_HAS(r, "Referrer-Policy: no-referrer\r\n");
        TESTING_HAS(r, " media-src 'self' blob:;");
        TESTING_HAS(r, "Permissions-Policy: camera=(), geolocation=(), microphone=(self), ");
        TESTING_HAS(r, "Cross-Origin-Opener-Policy: same-origin\r\n");
        TESTING_HAS(r, "Cross-Origin-Resource-Policy: same-origin\r\n");
        TESTING_HAS_NOT(r, "Strict-Transport-Security");
        TESTING_HAS_NOT(r, "Access-Control-");
    }
    TESTING_HAS(ask("GET /api/echo HTTP/1.1\r\nX-Forwarded-Proto: https\r\n" TESTING_END "\r\n"), "Strict-Transport-Security: ");
    TESTING_HAS(ask("GET /api/echo HTTP/1.1\r\n" TESTING_END "\r\n"), "Cache-Control: no-store\r\n");
}

static void a_body_comes_back_however_it_was_cut(void **state)
{
    (void)state;
    char *r = ask("POST /api/echo HTTP/1.1\r\nContent-Length: 5\r\n" TESTING_END "\r\nhello");
    testing_is_status(r, 200);
    TESTING_HAS(r, "\r\n\r\nhello");
    r = ask("POST /api/echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" TESTING_END "\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
    TESTING_HAS(r, "\r\n\r\nhello");
}

static void a_body_over_the_limit_is_refused_and_the_reply_arrives(void **state)
{
    (void)state;
    size_t sizes[] = { 10001, 500000, 10 << 20 };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *body = calloc(1, sizes[i]), head_text[128];
        (void)snprintf(head_text, sizeof head_text, "POST /api/echo HTTP/1.1\r\nContent-Length: %zu\r\n" TESTING_END "\r\n", sizes[i]);
        int fd = dial();
        testing_say(fd, head_text, strlen(head_text));
        testing_say(fd, body, sizes[i]);
        char *r = testing_hear(fd, NULL);
        testing_is_status(r, 413);
        TESTING_HAS(r, "application/problem+json");
        close(fd);
        free(body);
    }
    testing_is_status(ask("POST /api/echo HTTP/1.1\r\nContent-Length: 99999999999\r\n" TESTING_END "\r\n"), 413);
    testing_is_status(ask("POST /api/echo HTTP/1.1\r\nContent-Length: 20000\r\nExpect: 100-continue\r\n" TESTING_END "\r\n"), 413);
    testing_is_status(ask("GET /api/echo HTTP/1.1\r\nContent-Length: 3\r\n" TESTING_END "\r\nabc"), 413);
}

static void a_head_that_could_be_read_in_two_ways_is_refused(void **state)
{
    (void)state;
    testing_is_status(ask("POST /api/echo HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n" TESTING_END "\r\n0\r\n\r\n"), 400);
    testing_is_status(ask("POST /api/echo HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n" TESTING_END "\r\nhello"), 400);
}

/* Whatever its size, a head gets an answer: the page, or from some size on 431. Only in a narrow band, where it fills the
 * pool to the brim, libmicrohttpd has no memory for its own refusal and closes. KIND is what grows. */
enum growth { LONG_FIELD, MANY_FIELDS, MANY_COOKIES };

static int grow(char *at, enum growth kind, size_t i)
{
    if (kind == LONG_FIELD) return snprintf(at, 32, "%s", i == 0 ? "X-Long: x" : "x");
    if (kind == MANY_FIELDS) return snprintf(at, 32, "%sX-%zu: y", i == 0 ? "" : "\r\n", i);
    return snprintf(at, 32, "%s%zu=d", i == 0 ? "Cookie: c" : "; c", i);
}

static void sweep_heads(const char *first_line, enum growth kind, size_t max)
{
    char *request = malloc(max * 32 + 1024);
    bool refused = false;
    size_t brims = 0;
    for (size_t size = 1; size < max; size += 1 + size / 40) {
        int n = snprintf(request, 512, "%s" TESTING_END "Cookie: beside=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n", first_line);
        for (size_t i = 0; i < size; i++) n += grow(request + n, kind, i);
        memcpy(request + n, "\r\n\r\nhello", 10);
        char *r = ask(request);
        refused = refused || strncmp(r, "HTTP/1.1 431 ", 13) == 0;
        bool brim = r[0] == '\0' && refused && n < HTTP_POOL_BYTES;
        if (!brim) testing_is_status(r, refused ? 431 : 200);
        brims += brim;
    }
    assert_true(refused && brims < 4);
    free(request);
}

static void a_head_of_any_size_gets_a_clean_answer(void **state)
{
    (void)state;
    const char *get = "GET /api/echo HTTP/1.1\r\n", *post = "POST /api/echo HTTP/1.1\r\nContent-Length: 5\r\n";
    sweep_heads(get, LONG_FIELD, 12000);
    sweep_heads(post, LONG_FIELD, 12000);
    sweep_heads(get, MANY_FIELDS, 3000);
    sweep_heads(post, MANY_FIELDS, 3000);
    sweep_heads(post, MANY_COOKIES, 3000);
    sweep_heads("GET /index.html HTTP/1.1\r\nAccept-Encoding: br\r\n", LONG_FIELD, 12000);
}

static void ten_thousand_fields_are_refused(void **state)
{
    (void)state;
    char *request = malloc(400000);
    int n = snprintf(request, 256, "GET / HTTP/1.1\r\n" TESTING_END);
    for (size_t i = 0; i < 10000; i++) n += snprintf(request + n, 32, "X-%zu: y\r\n", i);
    memcpy(request + n, "\r\n", 3);
    testing_is_status(ask(request), 431);
    free(request);
}

static void a_held_call_is_answered_by_another_thread(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        char *r = ask("POST /api/held HTTP/1.1\r\nContent-Length: 4\r\n" TESTING_END "\r\nlate");
        testing_is_status(r, 200);
        TESTING_HAS(r, "\r\n\r\nlate");
    }
    char *r = ask("POST /api/held-and-refused HTTP/1.1\r\nContent-Length: 4\r\n" TESTING_END "\r\nlate");
    testing_is_status(r, 503);
    TESTING_HAS(r, "Retry-After: ");
}

static void a_connection_serves_one_request_after_another(void **state)
{
    (void)state;
    int fd = dial();
    for (int i = 0; i < 20; i++) {
        const char *request = "POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nagain";
        testing_say(fd, request, strlen(request));
        TESTING_HAS(testing_hear(fd, "\r\n\r\nagain"), "HTTP/1.1 200");
    }
    close(fd);
}

static void a_stream_sends_what_is_published_while_it_sleeps(void **state)
{
    (void)state;
    int fd = dial();
    const char *request = "GET /api/stream HTTP/1.1\r\nHost: h\r\n\r\n";
    const struct id nobody = { { 0 } };
    testing_say(fd, request, strlen(request));
    char *r = testing_hear(fd, "{\"resumed\":false}");
    TESTING_HAS(r, "Content-Type: text/event-stream\r\n");
    TESTING_HAS(r, "X-Accel-Buffering: no\r\n");
    for (int i = 0; i < 50; i++) {
        char data[16];
        (void)snprintf(data, sizeof data, "event-%d.", i);
        event_publish(above.hub, &nobody, 1, EVENT_ENTRY, text_of(data));
        TESTING_HAS(testing_hear(fd, data), "event: entry");
    }
    close(fd);
}

static void a_stream_ends_with_its_session(void **state)
{
    (void)state;
    int fd = dial();
    const char *request = "GET /api/stream HTTP/1.1\r\nHost: h\r\n\r\n";
    const struct id nobody = { { 0 } };
    testing_say(fd, request, strlen(request));
    testing_hear(fd, "resumed");
    event_end(above.hub, &nobody, NULL);
    TESTING_HAS(testing_hear(fd, NULL), "0\r\n\r\n");
    close(fd);
}

static void a_number_in_the_query_is_checked(void **state)
{
    (void)state;
    TESTING_HAS(ask("GET /api/query HTTP/1.1\r\n" TESTING_END "\r\n"), "\"n\":7");
    TESTING_HAS(ask("GET /api/query?n=500 HTTP/1.1\r\n" TESTING_END "\r\n"), "\"n\":500");
    const char *bad[] = { "n=501", "n=-1", "n=", "n=1x", "n=99999999999999999999", "n" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char request[128];
        (void)snprintf(request, sizeof request, "GET /api/query?%s HTTP/1.1\r\n" TESTING_END "\r\n", bad[i]);
        testing_is_status(ask(request), 400);
    }
}

static void the_session_cookie_is_bound_as_tightly_as_the_connection_allows(void **state)
{
    (void)state;
    TESTING_HAS(ask("GET /api/cookie HTTP/1.1\r\n" TESTING_END "\r\n"),
        "Set-Cookie: beside=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; Max-Age=34560000; Path=/; HttpOnly; SameSite=Strict\r\n");
    TESTING_HAS(ask("GET /api/cookie HTTP/1.1\r\nX-Forwarded-Proto: https\r\n" TESTING_END "\r\n"),
        "Set-Cookie: __Host-beside=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; Max-Age=34560000; Path=/; HttpOnly; SameSite=Strict; Secure\r\n");
}

static int start_impatient(void **state)
{
    int failed = start(state);
    config.patience_s = 1;   /* read anew for each request */
    config.connections = 3;
    return failed;
}

static void whoever_drips_is_closed_and_others_are_not(void **state)
{
    (void)state;
    int slow = dial(), quick = dial();
    testing_say(slow, "GET / HTTP/1.1\r\n", 16);
    int64_t closed_after = 0;
    for (int i = 0; i < 60 && closed_after == 0; i++) {
        char byte[1];
        usleep(50000);
        http_sweep(server);
        (void)send(slow, "X", 1, MSG_NOSIGNAL);
        if (recv(slow, byte, 1, MSG_DONTWAIT) == 0) closed_after = i;
        const char *request = "POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nwell";
        testing_say(quick, request, strlen(request));
        TESTING_HAS(testing_hear(quick, "well"), "HTTP/1.1 200");
    }
    assert_true(closed_after > 10 && closed_after < 50);
    close(slow);
    close(quick);
}

static void a_crowd_is_told_to_come_back(void **state)
{
    (void)state;
    int there[3];
    for (size_t i = 0; i < 3; i++) there[i] = dial();
    usleep(100000);
    char *r = ask("GET /api/echo HTTP/1.1\r\nHost: h\r\n\r\n");
    testing_is_status(r, 503);
    TESTING_HAS(r, "Retry-After: ");
    TESTING_HAS(r, "Connection: close\r\n");
    for (size_t i = 0; i < 3; i++) close(there[i]);
    usleep(100000);
    testing_is_status(ask("GET /api/echo HTTP/1.1\r\n" TESTING_END "\r\n"), 200);
}

static void a_stop_finishes_what_has_begun_and_ends_streams(void **state)
{
    (void)state;
    int stream = dial(), held = dial();
    const char *request = "GET /api/stream HTTP/1.1\r\nHost: h\r\n\r\n";
    testing_say(stream, request, strlen(request));
    testing_hear(stream, "resumed");
    request = "POST /api/held HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nlate";
    testing_say(held, request, strlen(request));
    usleep(10000);
    http_close_door(server);
    event_end(above.hub, NULL, NULL);
    http_stop(&server);
    TESTING_HAS(testing_hear(held, NULL), "\r\n\r\nlate");
    TESTING_HAS(testing_hear(stream, NULL), "0\r\n\r\n");
    close(stream);
    close(held);
}

static void an_address_that_is_taken_or_is_none_is_refused_with_a_sentence(void **state)
{
    (void)state;
    char why[HTTP_WHY_MAX], taken[32];
    struct http_server *second = NULL;
    struct http_config bad = config;
    (void)snprintf(taken, sizeof taken, "127.0.0.1:%d", http_port(server));
    const char *wrong[] = { taken, "7380", "localhost:7380", "127.0.0.1:", "127.0.0.1:70000", "[::1", "" };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        bad.listen = wrong[i];
        assert_int_equal(http_start(&bad, &second, why), ERR_BAD_INPUT);
        assert_true(strlen(why) > 20);
    }
    bad.listen = "127.0.0.1:0";
    bad.tls_cert = bad.tls_key = "/nowhere/cert.pem";
    assert_int_equal(http_start(&bad, &second, why), ERR_BAD_INPUT);
    TESTING_HAS(why, "/nowhere/cert.pem");
}

static void every_error_has_a_status_a_code_and_a_sentence(void **state)
{
    (void)state;
    for (unsigned e = ERR_OK + 1; e < ERR_COUNT; e++) {
        const struct http_problem *p = http_problem_of((enum err)e);
        assert_true(p->status >= 400 && p->status < 600);
        assert_true(p->code && strlen(p->code) > 2 && strlen(p->code) < 40);
        assert_true(p->title && p->title[strlen(p->title) - 1] == '.');
        for (unsigned other = ERR_OK + 1; other < e; other++)
            assert_string_not_equal(p->code, http_problem_of((enum err)other)->code);
    }
}

static void a_problem_without_memory_is_still_a_problem(void **state)
{
    (void)state;
    struct arena *a = arena_new(1);
    struct call c = { .arena = a };
    http_problem_reply(&c, ERR_NAME_TAKEN);
    assert_int_equal(c.status, 503);
    assert_true(c.reply.n > 0);
    arena_free(&a);
}

static void cookies_are_found_by_their_whole_name(void **state)
{
    (void)state;
    const struct { const char *header, *value; } cases[] = {
        { "beside=abc", "abc" }, { "x=1; beside=abc; y=2", "abc" }, { "  beside = \"abc\" ;y", "abc" }, { "xbeside=no;beside=yes", "yes" },
        { "beside=first; beside=second", "first" }, { "", "" }, { ";;;=", "" }, { "beside", "" }, { "besides=1", "" }, { "beside=a=b", "a=b" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_true(text_equal(http_cookie(text_of(cases[i].header), TEXT("beside")), text_of(cases[i].value)));
}

static void brotli_is_sent_only_to_who_accepts_it(void **state)
{
    (void)state;
    const char *yes[] = { "br", "gzip, br", "gzip;q=0.5, br;q=1.0", "BR", "br ; q=0.1" };
    const char *no[] = { "", "gzip", "bro", "br;q=0", "br;q=0.000", "gzip, brr, identity", "*" };
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) assert_true(http_accepts_brotli(text_of(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) assert_false(http_accepts_brotli(text_of(no[i])));
}

#define SERVED(TEST) cmocka_unit_test_setup_teardown(TEST, start, stop)
int main(void)
{
    const struct CMUnitTest tests[] = {
        SERVED(files_are_pressed_when_the_browser_takes_it_and_known_ones_are_not_sent_again),
        SERVED(the_clients_own_screens_get_its_first_page),
        SERVED(every_reply_keeps_the_browser_strict),
        SERVED(a_body_comes_back_however_it_was_cut),
        SERVED(a_body_over_the_limit_is_refused_and_the_reply_arrives),
        SERVED(a_head_that_could_be_read_in_two_ways_is_refused),
        SERVED(a_head_of_any_size_gets_a_clean_answer),
        SERVED(ten_thousand_fields_are_refused),
        SERVED(a_held_call_is_answered_by_another_thread),
        SERVED(a_connection_serves_one_request_after_another),
        SERVED(a_stream_sends_what_is_published_while_it_sleeps),
        SERVED(a_stream_ends_with_its_session),
        SERVED(a_number_in_the_query_is_checked),
        SERVED(the_session_cookie_is_bound_as_tightly_as_the_connection_allows),
        cmocka_unit_test_setup_teardown(whoever_drips_is_closed_and_others_are_not, start_impatient, stop),
        cmocka_unit_test_setup_teardown(a_crowd_is_told_to_come_back, start_impatient, stop),
        SERVED(a_stop_finishes_what_has_begun_and_ends_streams),
        SERVED(an_address_that_is_taken_or_is_none_is_refused_with_a_sentence),
        cmocka_unit_test(every_error_has_a_status_a_code_and_a_sentence),
        cmocka_unit_test(a_problem_without_memory_is_still_a_problem),
        cmocka_unit_test(cookies_are_found_by_their_whole_name),
        cmocka_unit_test(brotli_is_sent_only_to_who_accepts_it),
    };
    if (crypt_init() != ERR_OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
