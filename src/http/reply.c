/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What goes out: a call's reply, a file, a stream; each with the headers that keep a browser strict.
 *
 * Reply bodies are not copied: they lie in the call's arena or in the program, and stay until the request has ended. Only
 * a large one is, since an arena that grew to hold it is several times its size, and a slow client may keep it long. */
#include <stdio.h>

#include "http/address.h"
#include "http/http_inside.h"

/* STREAM_BLOCK: what libmicrohttpd keeps for a stream to an HTTP/1.0 client; all others write into their pool. */
enum { COOKIE_MAX = 256, NUMBER_TEXT = 24, STREAM_BLOCK = 256, LARGE_REPLY = 32 << 10 };

struct header { const char *name, *value; };

/* One page may only ever use what the house itself gives it. `blob:` is what the page made itself: a picture of a code, and
 * the sound of a voice note, which the browser plays from memory because only the page can open it. The microphone is for
 * recording one, and for nobody but this page. */
static const struct header for_everything[] = {
    { "Content-Security-Policy",
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; media-src 'self' blob:; "
      "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "Permissions-Policy", "camera=(), geolocation=(), microphone=(self), payment=(), usb=()" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
};

static bool add(struct MHD_Response *response, const char *name, const char *value)
{
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

static struct MHD_Response *of_bytes(struct bytes b, enum MHD_ResponseMemoryMode mode)
{
    static char nothing[1];
    void *p = b.n > 0 ? (void *)(uintptr_t)b.p : nothing;   /* it is only read */
    return MHD_create_response_from_buffer(b.n, p, mode);
}

static bool add_common(const struct http_request *r, struct MHD_Response *response)
{
    bool ok = true;
    for (size_t i = 0; i < sizeof for_everything / sizeof for_everything[0]; i++)
        ok = ok && add(response, for_everything[i].name, for_everything[i].value);
    if (http_is_secure(r)) ok = ok && add(response, "Strict-Transport-Security", "max-age=63072000");
    if (r->last) ok = ok && add(response, "Connection", "close");
    return ok;
}

/* Queues and forgets. A response that could not be made whole ends the connection: half the headers are worse. */
static enum MHD_Result queue(struct http_request *r, int status, struct MHD_Response *response, bool whole)
{
    if (!response) return MHD_NO;
    enum MHD_Result queued = whole ? MHD_queue_response(r->connection, (unsigned)status, response) : MHD_NO;
    MHD_destroy_response(response);
    return queued;
}

/* `__Host-` binds a cookie to this origin; a browser takes it only over TLS. */
static bool add_cookie(const struct http_request *r, struct MHD_Response *response)
{
    struct call *c = r->call;
    if (!c->set_session && !c->clear_session) return true;
    struct build b = build_start(c->arena, COOKIE_MAX);
    struct bytes cookie;
    build_text(&b, c->secure ? "__Host-beside=" : "beside=");
    if (c->set_session) build_base64(&b, bytes_of(c->set_session->b, SECRET_BYTES));
    build_text(&b, c->set_session ? "; Max-Age=34560000" : "; Max-Age=0");
    build_text(&b, "; Path=/; HttpOnly; SameSite=Strict");
    if (c->secure) build_text(&b, "; Secure");
    build_u8(&b, 0);
    return build_done(&b, &cookie) == ERR_OK && add(response, "Set-Cookie", (const char *)cookie.p);
}

enum MHD_Result http_send_call(struct http_request *r)
{
    struct call *c = r->call;
    char retry_after[NUMBER_TEXT];
    bool large = c->reply.n > LARGE_REPLY;
    struct MHD_Response *response = of_bytes(c->reply, large ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
    if (!response) return MHD_NO;
    bool ok = add_common(r, response) && add_cookie(r, response) && add(response, "Cache-Control", c->etag ? "private, max-age=300" : "no-store");
    if (c->etag) ok = ok && add(response, "ETag", c->etag);
    if (c->reply_type) ok = ok && add(response, "Content-Type", c->reply_type);
    if (c->allow && c->status == 405) ok = ok && add(response, "Allow", c->allow);
    (void)snprintf(retry_after, sizeof retry_after, "%d", c->retry_after_s);   /* a number always fits */
    if (c->retry_after_s > 0) ok = ok && add(response, "Retry-After", retry_after);
    enum MHD_Result queued = queue(r, c->status, response, ok);
    if (large) {
        r->call = NULL;
        arena_free(&r->arena);
    }
    return queued;
}

enum MHD_Result http_send_file(struct http_request *r, const struct http_file *f)
{
    const struct http_etag *etags = &r->server->etags[f - r->server->config->client->files];
    bool brotli = f->brotli && http_accepts_brotli(http_request_header(r, "Accept-Encoding"));
    const char *etag = brotli ? etags->brotli : etags->plain;
    bool known = http_etag_matches(http_request_header(r, "If-None-Match"), text_of(etag));
    struct bytes content = brotli ? bytes_of(f->brotli, (size_t)(f->brotli_end - f->brotli))
                                  : bytes_of(f->plain, (size_t)(f->plain_end - f->plain));

    struct MHD_Response *response = of_bytes(known ? (struct bytes){ NULL, 0 } : content, MHD_RESPMEM_PERSISTENT);
    if (!response) return MHD_NO;
    bool ok = add_common(r, response) && add(response, "ETag", etag) && add(response, "Vary", "Accept-Encoding") &&
              add(response, "Cache-Control", f->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (!known) ok = ok && add(response, "Content-Type", f->type);
    if (!known && brotli) ok = ok && add(response, "Content-Encoding", "br");
    return queue(r, known ? 304 : 200, response, ok);
}

static const struct header for_streams[] = {
    { "Cache-Control", "no-store" },
    { "Content-Type", "text/event-stream" },
    { "X-Accel-Buffering", "no" },   /* nginx */
};

enum MHD_Result http_send_stream(struct http_request *r)
{
    bool ok = true;
    r->response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, http_stream_read, r, NULL);
    if (!r->response) return MHD_NO;
    for (size_t i = 0; i < sizeof for_streams / sizeof for_streams[0]; i++)
        ok = ok && add(r->response, for_streams[i].name, for_streams[i].value);
    return queue(r, 200, r->response, ok && add_common(r, r->response));   /* the connection keeps it alive */
}

/* Called from the response's own reader, when its head has long been written out. */
void http_forget_stream_head(struct http_request *r)
{
    for (size_t i = 0; i < sizeof for_everything / sizeof for_everything[0]; i++)
        (void)MHD_del_response_header(r->response, for_everything[i].name, for_everything[i].value);   /* it is there */
    for (size_t i = 0; i < sizeof for_streams / sizeof for_streams[0]; i++)
        (void)MHD_del_response_header(r->response, for_streams[i].name, for_streams[i].value);
    r->response = NULL;
}

static struct text last_of_list(struct text t)
{
    for (size_t i = t.n; i-- > 0;)
        if (t.p[i] == ',' || t.p[i] == ' ') return (struct text){ t.p + i + 1, t.n - i - 1 };
    return t;
}

static const struct sockaddr *peer_of(const struct http_request *r)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(r->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

bool http_is_secure(const struct http_request *r)
{
    if (r->server->cert) return true;
    struct text proto = last_of_list(http_request_header(r, "X-Forwarded-Proto"));
    return text_equal(proto, TEXT("https")) && address_is_loopback(peer_of(r));
}

void http_address(const struct call *c, uint8_t ret[16])
{
    const struct http_request *r = c->http;
    address_of_caller(peer_of(r), http_request_header(r, "X-Forwarded-For"), ret);
}
