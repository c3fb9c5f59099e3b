/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The life of a request, and of the daemon that brings them.
 *
 * libmicrohttpd calls on_request() when the head is there, then for each piece of the body, then once without bytes,
 * and again when a held request has been resumed. Its one complication is a body that is not wanted: a reply sent
 * before the client has finished sending is often lost to a reset, so that unless it is huge, or the client waits to
 * be asked (Expect), the body is read and thrown away first. */
#include "http/http.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "http/address.h"
#include "http/http_inside.h"
#include "http/problem.h"
#include "lib/clock.h"
#include "lib/log.h"

enum { BACKLOG = 1024, PEM_MAX = 1 << 20, REPLY_PATIENCE = 4, SPARE_CONNECTIONS = 64, STOP_WAIT_MS = 10000 };

/* What a request says. */

struct named { const char *name; struct text value; size_t n; };

static enum MHD_Result keep_last(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value,
                                 size_t value_n)
{
    struct named *wanted = arg;
    (void)kind;   /* always headers */
    if (name_n != strlen(wanted->name) || strncasecmp(name, wanted->name, name_n) != 0) return MHD_YES;
    wanted->value = (struct text){ value ? value : "", value_n };
    wanted->n++;
    return MHD_YES;
}

static struct named find_header(const struct http_request *r, const char *name)
{
    struct named wanted = { name, { "", 0 }, 0 };
    (void)MHD_get_connection_values_n(r->connection, MHD_HEADER_KIND, keep_last, &wanted);   /* how many were seen */
    return wanted;
}

struct text http_request_header(const struct http_request *r, const char *name) { return find_header(r, name).value; }

static const struct http_request *of(const struct call *c) { return c->http; }
const char *http_method(const struct call *c) { return of(c)->method; }
struct text http_path(const struct call *c) { return text_of(of(c)->path); }
struct text http_header(const struct call *c, const char *name) { return http_request_header(of(c), name); }

struct text http_query(const struct call *c, const char *name, bool *ret_there)
{
    const char *value = NULL;
    size_t n = 0;
    *ret_there = c->http && MHD_lookup_connection_value_n(of(c)->connection, MHD_GET_ARGUMENT_KIND, name, strlen(name),
                                                          &value, &n) == MHD_YES;
    return (struct text){ value ? value : "", n };
}

bool http_has_body(const struct call *c)
{
    struct text length = http_header(c, "Content-Length");
    return (length.n > 0 && !text_equal(length, TEXT("0"))) || http_header(c, "Transfer-Encoding").n > 0;
}

static bool announces_more_than(const struct http_request *r, size_t max)
{
    struct text length = http_request_header(r, "Content-Length");
    int64_t n;
    return length.n > 0 && text_to_int(length, (int64_t)max, &n) != ERR_OK;
}

/* A head that two readers could divide differently (RFC 9112 section 6.3) is nobody's honest request. */
static bool length_is_ambiguous(const struct http_request *r)
{
    struct named length = find_header(r, "Content-Length"), coding = find_header(r, "Transfer-Encoding");
    if (coding.n > 0 && (length.n > 0 || coding.n > 1 || strcasecmp(coding.value.p, "chunked") != 0)) return true;
    return length.n > 1;
}

/* Would the head of the request leave too little of the connection's memory for the head of a reply? The text of a
 * cookie lies there twice. */
static bool head_is_too_big(const struct http_request *r)
{
    const enum MHD_ValueKind kinds = MHD_HEADER_KIND | MHD_COOKIE_KIND | MHD_GET_ARGUMENT_KIND;
    const union MHD_ConnectionInfo *size = MHD_get_connection_info(r->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    size_t fields = (size_t)MHD_get_connection_values(r->connection, kinds, NULL, NULL);
    size_t cookie = http_request_header(r, "Cookie").n;
    return !size || size->header_size + cookie + fields * HTTP_FIELD_BYTES > HTTP_POOL_BYTES - HTTP_REPLY_HEAD_MAX;
}

/* Its life. */

static void wait_for(const struct http_request *r, int64_t patience_s)
{
    atomic_store(&r->visit->until_ms, clock_mono_ms() + patience_s * 1000);
}

static void wait_no_longer(const struct http_request *r) { atomic_store(&r->visit->until_ms, INT64_MAX); }

static void request_free(struct http_request **r)
{
    if (!*r) return;
    event_unsubscribe(&(*r)->sub);
    arena_free(&(*r)->arena);
    atomic_fetch_sub(&(*r)->server->under_way, 1);
    free(*r);
    *r = NULL;
}

static struct http_request *request_new(struct http_server *s, struct MHD_Connection *connection, const char *path,
                                        const char *method)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    if (!info || !info->socket_context) return NULL;
    struct http_request *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    atomic_fetch_add(&s->under_way, 1);
    *r = (struct http_request){ .server = s, .connection = connection, .visit = info->socket_context, .method = method, .path = path };
    r->arena = arena_new(CALL_ARENA_MAX);
    r->call = r->arena ? arena_take(r->arena, sizeof *r->call) : NULL;
    if (!r->call) {
        request_free(&r);
        return NULL;
    }
    *r->call = (struct call){ .arena = r->arena, .now_ms = clock_now_ms(), .secure = http_is_secure(r), .http = r };
    r->body = build_start(r->arena, 0);
    return r;
}

static bool is_api(const char *path) { return strncmp(path, "/api", 4) == 0 && (path[4] == '/' || path[4] == '\0'); }
static bool is_crowded(struct http_server *s) { return http_visits_count(&s->visits) > s->config->connections; }

/* May this request go on? */
static enum err judge_head(struct http_request *r)
{
    r->head_too_big = head_is_too_big(r);
    r->last = atomic_load(&r->server->closing) || is_crowded(r->server) || length_is_ambiguous(r) || r->head_too_big;
    if (r->head_too_big) return ERR_TOO_BIG;
    if (r->last) return length_is_ambiguous(r) ? ERR_BAD_INPUT : ERR_BUSY;
    r->is_file = !is_api(r->path);
    if (!r->is_file) return r->server->config->head(r->server->config->arg, r->call);
    if (strcmp(r->method, "GET") == 0 || strcmp(r->method, "HEAD") == 0) return ERR_OK;
    r->call->allow = "GET, HEAD";
    return ERR_BAD_METHOD;
}

/* A long head leaves libmicrohttpd no memory for the head of a reply, and it would close the connection without a word.
 * Nothing else is on the way out, so the refusal is written past it. (Under TLS it cannot be: there a head that
 * nearly fills the pool may end in a closed connection.) */
static enum MHD_Result refuse_head(struct http_request *r)
{
    char head[512];
    int fd = MHD_get_connection_info(r->connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    http_problem_head_too_big(r->call);
    int n = snprintf(head, sizeof head,
                     "HTTP/1.1 %d Request Header Fields Too Large\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
                     "Content-Security-Policy: default-src 'none'\r\nX-Content-Type-Options: nosniff\r\n"
                     "Cache-Control: no-store\r\nConnection: close\r\n\r\n",
                     r->call->status, r->call->reply_type, r->call->reply.n);
    struct iovec parts[] = { { head, (size_t)n }, { (void *)(uintptr_t)r->call->reply.p, r->call->reply.n } };
    struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
    (void)sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);   /* who does not take it loses only the reason */
    return MHD_NO;
}

static enum MHD_Result send_reply(struct http_request *r)
{
    const struct http_file *f = NULL;
    wait_for(r, (int64_t)r->server->config->patience_s * REPLY_PATIENCE);
    if (r->is_file && r->refusal == ERR_OK) {
        f = http_file_find(r->server->config->client, text_of(r->path));
        if (f) return http_send_file(r, f);
        r->refusal = ERR_NOT_FOUND;
    }
    if (r->head_too_big) http_problem_head_too_big(r->call);   /* only under TLS */
    else if (r->refusal != ERR_OK) http_problem_reply(r->call, r->refusal);
    return http_send_call(r);
}

/* A stream keeps its connection and nothing else. */
static enum MHD_Result begin_stream(struct http_request *r)
{
    const unsigned for_ever = 0;
    (void)MHD_set_connection_option(r->connection, MHD_CONNECTION_OPTION_TIMEOUT, for_ever);   /* the hub's heartbeat finds the dead */
    wait_no_longer(r);
    enum MHD_Result sent = http_send_stream(r);
    r->call = NULL;
    arena_free(&r->arena);
    return sent;
}

static enum MHD_Result run_or_reply(struct http_request *r)
{
    if (r->ran) {
        r->held = false;
        return send_reply(r);
    }
    r->ran = true;
    if (r->refusal == ERR_OK && r->body.failed) r->refusal = r->body_seen > r->body.max ? ERR_TOO_BIG : ERR_MEMORY;
    if (r->refusal == ERR_OK && !r->is_file) {
        r->call->body = (struct bytes){ r->body.p, r->body.n };
        wait_no_longer(r);
        r->server->config->run(r->server->config->arg, r->call);
        if (r->held) return MHD_YES;   /* from here it may already be somebody else's */
        if (r->sub) return begin_stream(r);
    }
    return send_reply(r);
}

static enum MHD_Result take_body(struct http_request *r, const char *data, size_t *n)
{
    r->body_seen += *n;
    if (r->body_seen > HTTP_DRAIN_MAX) return MHD_NO;
    if (r->refusal == ERR_OK) build_bytes(&r->body, bytes_of(data, *n));
    *n = 0;
    return MHD_YES;
}

static enum MHD_Result begin(struct http_server *s, struct MHD_Connection *connection, const char *path, const char *method,
                             void **state)
{
    struct http_request *r = request_new(s, connection, path, method);
    *state = r;
    if (!r) return MHD_NO;
    wait_for(r, s->config->patience_s);
    r->refusal = judge_head(r);
    if (r->head_too_big && !s->cert) return refuse_head(r);
    if (r->refusal == ERR_OK && announces_more_than(r, r->body.max)) r->refusal = ERR_TOO_BIG;
    if (announces_more_than(r, HTTP_DRAIN_MAX)) {
        r->last = true;
        return send_reply(r);
    }
    if (r->refusal != ERR_OK && http_request_header(r, "Expect").n > 0) return send_reply(r);
    return MHD_YES;
}

static enum MHD_Result on_request(void *server, struct MHD_Connection *connection, const char *path, const char *method,
                                  const char *version, const char *data, size_t *n, void **state)
{
    (void)version;   /* 1.0 and 1.1 are answered alike */
    if (!*state) return begin(server, connection, path, method, state);
    if (*n > 0) return take_body(*state, data, n);
    return run_or_reply(*state);
}

static void on_request_end(void *server, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why)
{
    struct http_server *s = server;
    struct http_request *r = *state;
    (void)connection;
    (void)why;   /* however it ended, it has */
    if (r) wait_for(r, s->config->patience_s);
    request_free(&r);
    *state = NULL;
}

static void on_connection(void *server, struct MHD_Connection *connection, void **visit, enum MHD_ConnectionNotificationCode code)
{
    struct http_server *s = server;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        http_visit_begin(&s->visits, connection, visit, clock_mono_ms() + (int64_t)s->config->patience_s * 1000);
    else
        http_visit_end(&s->visits, visit, clock_mono_ms());
}

/* What the layer above may do with a call. */

void http_expect_body(struct call *c, size_t max)
{
    struct http_request *r = c->http;
    r->body = build_start(r->arena, max);
}

void http_hold(struct call *c)
{
    struct http_request *r = c->http;
    r->held = true;
    MHD_suspend_connection(r->connection);
}

void http_answer(struct call *c, enum err outcome)
{
    struct http_request *r = c->http;
    if (outcome == ERR_OK && c->status == 0) outcome = ERR_INTERNAL;
    if (outcome != ERR_OK) http_problem_reply(c, outcome);
    if (r->held) MHD_resume_connection(r->connection);
}

/* The daemon. */

__attribute__((format(printf, 2, 3))) static enum err say(char ret_why[HTTP_WHY_MAX], const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(ret_why, HTTP_WHY_MAX, format, args);   /* cut if it is too long */
    va_end(args);
    return ERR_BAD_INPUT;
}

static enum err open_listener(struct http_server *s, char *ret_why)
{
    const char *where = s->config->listen;
    struct sockaddr_storage address;
    socklen_t n;
    if (address_parse_listen(where, &address, &n) != ERR_OK)
        return say(ret_why, "\"%s\" is no address to listen on. Write it like 127.0.0.1:7380 or [::1]:7380.", where);
    s->listen_fd = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->listen_fd < 0) return say(ret_why, "No socket could be opened: %s.", strerror(errno));
    const int yes = 1;
    (void)setsockopt(s->listen_fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);   /* else a restart may have to wait */
    if (bind(s->listen_fd, (const struct sockaddr *)&address, n) != 0 || listen(s->listen_fd, BACKLOG) != 0)
        return say(ret_why, "Nobody can listen on %s: %s. Choose another with --listen, or end what is there.", where, strerror(errno));
    n = sizeof address;
    if (getsockname(s->listen_fd, (struct sockaddr *)&address, &n) == 0) s->port = address_port(&address);
    return ERR_OK;
}

static enum err read_pem(const char *path, char **ret, char *ret_why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        enum err e = say(ret_why, "The TLS file %s cannot be read: %s.", path, strerror(errno));
        if (fd >= 0) (void)close(fd);   /* it was only read */
        return e;
    }
    size_t n = st.st_size > 0 && st.st_size <= PEM_MAX ? (size_t)st.st_size : 0;
    char *text = n ? calloc(1, n + 1) : NULL;
    bool ok = text && read(fd, text, n) == (ssize_t)n;
    (void)close(fd);   /* it was only read */
    if (!ok) {
        free(text);
        return say(ret_why, "The TLS file %s is empty, too large, or cannot be read.", path);
    }
    *ret = text;
    return ERR_OK;
}

/* What libmicrohttpd says may hold a path or an address of a stranger; that it spoke is enough. */
static void on_library_log(void *arg, const char *format, va_list args)
{
    (void)arg;
    (void)format;
    (void)args;
    log_debug("http", "libmicrohttpd", 0);
}

static enum err start_daemon(struct http_server *s, char *ret_why)
{
    const struct http_config *c = s->config;
    struct MHD_OptionItem options[] = {
        { MHD_OPTION_LISTEN_SOCKET, s->listen_fd, NULL },
        { MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)on_library_log, NULL },
        { MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_request_end, s },
        { MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, s },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_POOL_BYTES, NULL },
        { MHD_OPTION_CONNECTION_LIMIT, (intptr_t)c->connections + SPARE_CONNECTIONS * (intptr_t)c->threads, NULL },
        { MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)c->patience_s * REPLY_PATIENCE, NULL },
        { MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL },
        { MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, NULL },
        { c->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)c->threads, NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    struct MHD_OptionItem tls[] = {
        { MHD_OPTION_HTTPS_MEM_CERT, 0, s->cert },
        { MHD_OPTION_HTTPS_MEM_KEY, 0, s->key },
        { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
        { MHD_OPTION_END, 0, NULL },
    };
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG | (s->cert ? MHD_USE_TLS : 0);
    s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_ARRAY, options, MHD_OPTION_ARRAY,
                                 s->cert ? tls : &tls[3], MHD_OPTION_END);
    if (s->daemon) return ERR_OK;
    if (s->cert) return say(ret_why, "TLS cannot start: the certificate or its key is not valid PEM, or they do not belong together.");
    return say(ret_why, "The HTTP threads could not start: not enough memory or file descriptors.");
}

static void server_free(struct http_server **s)
{
    if ((*s)->listen_fd >= 0) (void)close((*s)->listen_fd);   /* nothing was written to it */
    if ((*s)->key) crypt_wipe((*s)->key, strlen((*s)->key));
    free((*s)->key);
    free((*s)->cert);
    free((*s)->etags);
    free(*s);
    *s = NULL;
}

enum err http_start(const struct http_config *config, struct http_server **ret, char ret_why[HTTP_WHY_MAX])
{
    ret_why[0] = 0;
    struct http_server *s = calloc(1, sizeof *s);
    enum err e = s ? ERR_OK : ERR_MEMORY;
    if (!s) return e;
    *s = (struct http_server){ .config = config, .listen_fd = -1, .visits = { .lock = PTHREAD_MUTEX_INITIALIZER } };
    s->etags = http_etags_new(config->client);
    if (!s->etags) e = ERR_MEMORY;
    if (e == ERR_OK && config->tls_cert) e = read_pem(config->tls_cert, &s->cert, ret_why);
    if (e == ERR_OK && config->tls_cert) e = read_pem(config->tls_key, &s->key, ret_why);
    if (e == ERR_OK) e = open_listener(s, ret_why);
    if (e == ERR_OK) e = start_daemon(s, ret_why);
    if (e != ERR_OK) {
        server_free(&s);
        return e;
    }
    *ret = s;
    return ERR_OK;
}

int http_port(const struct http_server *s) { return s->port; }
void http_sweep(struct http_server *s) { http_visits_sweep(&s->visits, clock_mono_ms()); }

void http_close_door(struct http_server *s)
{
    if (atomic_exchange(&s->closing, true)) return;
    (void)MHD_quiesce_daemon(s->daemon);        /* gives back our own listen_fd; its threads may still look at it */
    (void)shutdown(s->listen_fd, SHUT_RDWR);    /* who comes now is refused at once */
}

void http_stop(struct http_server **s)
{
    if (!*s) return;
    http_close_door(*s);
    int64_t until = clock_mono_ms() + STOP_WAIT_MS;
    while (atomic_load(&(*s)->under_way) > 0 && clock_mono_ms() < until)
        (void)usleep(2000);
    MHD_stop_daemon((*s)->daemon);
    http_visits_sweep(&(*s)->visits, INT64_MAX);
    server_free(s);
}
