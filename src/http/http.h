/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The one door to HTTP: libmicrohttpd, one epoll loop per core, behind these few functions.
 *
 * A request under /api becomes a struct call. HEAD sees it when its headers are there and says whether it may go on;
 * then its body is collected; then RUN handles it, on the loop's own thread, and must end in exactly one of
 *   http_answer(c, err)    at once, or, after http_hold(c), later and from any thread
 *   http_stream(c, …)      a live stream, until the client or the hub ends it
 * Whatever else is asked for is one of the client's files (http/file.h).
 *
 * A stranger can make it hold: `connections` sockets, each with HTTP_POOL_BYTES for its head (what does not fit is
 * answered 431), one arena a call, and a body of the size HEAD allowed. Each connection has `patience_s` to bring its next whole request, however slowly it
 * drips, and four times that to take the reply. */
#ifndef BESIDE_HTTP_HTTP_H
#define BESIDE_HTTP_HTTP_H

#include "http/call.h"
#include "http/file.h"

enum {
    HTTP_POOL_BYTES = 6 << 10,     /* a connection's memory in libmicrohttpd: request head and reply head share it */
    HTTP_REPLY_HEAD_MAX = 1400,    /* what the head of a reply may need */
    HTTP_FIELD_BYTES = 64,         /* what each field, cookie and query parameter costs beside its text */
    HTTP_DRAIN_MAX = 16 << 20,     /* a refused body up to this is read and thrown away, so that the reply arrives */
    HTTP_WHY_MAX = 256,
};

struct http_server;

struct http_config {
    const char *listen;            /* "127.0.0.1:7380", "[::1]:7380"; port 0 takes a free one */
    const char *tls_cert, *tls_key;   /* PEM files; both NULL: plain HTTP */
    unsigned threads, connections, patience_s;
    const struct http_client *client;
    enum err (*head)(void *arg, struct call *c);   /* also calls http_expect_body() where there may be one */
    void (*run)(void *arg, struct call *c);
    void *arg;
};

/* CONFIG and what it points to must outlive the server. On failure RET_WHY holds a sentence that says what to mend. */
enum err http_start(const struct http_config *config, struct http_server **ret, char ret_why[HTTP_WHY_MAX]) MUST_USE;
int http_port(const struct http_server *s);
void http_sweep(struct http_server *s);        /* closes the connections that were too slow; call it each second */
/* Takes no more connections; requests that still come are answered 503 and their connections closed. */
void http_close_door(struct http_server *s);
/* Waits for the calls and streams under way (all held calls must have been answered, all streams ended), then ends. */
void http_stop(struct http_server **s);

/* Of a request; views hold as long as the call. An absent header is an empty view. */
const char *http_method(const struct call *c);
struct text http_path(const struct call *c);                       /* decoded, without the query */
struct text http_header(const struct call *c, const char *name);   /* the last of that name */
struct text http_query(const struct call *c, const char *name, bool *ret_there);
bool http_has_body(const struct call *c);                          /* one was announced */
/* 16 bytes that stand for the caller's address: IPv4 mapped into IPv6, IPv6 cut to its /64. Behind a proxy on this
 * machine it is the last address of X-Forwarded-For. */
void http_address(const struct call *c, uint8_t ret[16]);

void http_expect_body(struct call *c, size_t max);
void http_hold(struct call *c);
void http_answer(struct call *c, enum err outcome);
enum err http_stream(struct call *c, struct event_hub *hub, struct text last_id) MUST_USE;

#endif
