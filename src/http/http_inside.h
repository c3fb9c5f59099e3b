/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the files of http/ share and nobody else sees: the only place that includes microhttpd.h. */
#ifndef BESIDE_HTTP_HTTP_INSIDE_H
#define BESIDE_HTTP_HTTP_INSIDE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/http.h"

enum { HTTP_LEAVING_MAX = 64, HTTP_LEAVING_MS = 3000 };

/* An open connection and the time by which it must have done its next thing. */
struct http_visit {
    struct http_visit *next, **at;
    int fd;
    atomic_int_least64_t until_ms;   /* monotonic; INT64_MAX while the wait is ours */
};

struct http_visits {
    pthread_mutex_t lock;
    struct http_visit *first;
    size_t n;
    struct http_leaving { int fd; int64_t until_ms; } leaving[HTTP_LEAVING_MAX];   /* fd 0: a free place */
};

struct http_server {
    struct MHD_Daemon *daemon;
    const struct http_config *config;
    int listen_fd, port;
    char *cert, *key;                /* the PEM files' text */
    struct http_visits visits;
    struct http_etag *etags;         /* one for each of the client's files */
    atomic_size_t under_way;         /* requests that have begun and not ended */
    atomic_bool closing;
};

struct http_request {
    struct http_server *server;
    struct MHD_Connection *connection;
    struct http_visit *visit;
    const char *method, *path;
    struct arena *arena;
    struct call *call;               /* in the arena; a stream, and who is sent a large reply, has neither any more */
    struct build body;
    size_t body_seen;                /* also what was thrown away */
    enum err refusal;
    bool head_too_big, is_file, ran, held, last;   /* last: the connection ends with the reply */
    struct event_sub *sub;
    struct MHD_Response *response;   /* of a stream, until its head has been sent and forgotten */
    atomic_int nap;                  /* enum nap of stream.c */
};

/* Patience (visit.c). */
void http_visit_begin(struct http_visits *v, struct MHD_Connection *connection, void **ret, int64_t until_ms);
void http_visit_end(struct http_visits *v, void **visit, int64_t now_ms);
void http_visits_sweep(struct http_visits *v, int64_t now_ms);   /* INT64_MAX: whoever is there goes */
size_t http_visits_count(struct http_visits *v);

/* Replies (reply.c): make the response, queue it, and forget it. */
enum MHD_Result http_send_call(struct http_request *r);
enum MHD_Result http_send_file(struct http_request *r, const struct http_file *f);
enum MHD_Result http_send_stream(struct http_request *r);
void http_forget_stream_head(struct http_request *r);
bool http_is_secure(const struct http_request *r);
struct text http_request_header(const struct http_request *r, const char *name);

/* Streams (stream.c). */
ptrdiff_t http_stream_read(void *request, uint64_t at, char *buf, size_t max);

/* Files (file.c). */
enum { HTTP_ETAG_TEXT = 32 };
struct http_etag { char plain[HTTP_ETAG_TEXT], brotli[HTTP_ETAG_TEXT]; };   /* with their quotes */
struct http_etag *http_etags_new(const struct http_client *client);   /* NULL when the heap is exhausted */

#endif
