/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Making guests. Byte layouts: docs/CRYPTO.md, sections on identity, invite, roster link and room change. */
#include "guest.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { IDENTITY = 1249, WRAP = 73, ENVELOPE = 1257, LINK_HEAD = 1 + 16 + 1 + 4 + 32 + 8 + 16 + 1 + 16, REPLY_MAX = 65536 };

struct out { uint8_t p[16384]; size_t n; };

void die(const char *what)
{
    (void)fprintf(stderr, "bench: %s\n", what);
    exit(2);
}

static void put(struct out *o, const void *p, size_t n)
{
    if (n > sizeof o->p - o->n) die("a request grew too large");
    memcpy(o->p + o->n, p, n);
    o->n += n;
}

static void put_text(struct out *o, const char *text) { put(o, text, strlen(text)); }
static void put_byte(struct out *o, uint8_t v) { put(o, &v, 1); }

static void put_big_endian(struct out *o, uint64_t v, int bytes)
{
    while (bytes-- > 0)
        put_byte(o, (uint8_t)(v >> (8 * bytes)));
}

static void put_random(struct out *o, size_t n)
{
    uint8_t bytes[2048];
    randombytes_buf(bytes, n);
    put(o, bytes, n);
}

static void put_base64(struct out *o, const void *p, size_t n)
{
    char text[4096];
    if (!sodium_bin2base64(text, sizeof text, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING)) die("base64");
    put_text(o, text);
}

/* `"name":"base64url"` of given or, with P NULL, random bytes. */
static void put_member(struct out *o, const char *name, const void *p, size_t n)
{
    uint8_t bytes[2048];
    if (!p) {
        randombytes_buf(bytes, n);
        bytes[0] = 1;
        p = bytes;
    }
    put_text(o, "\"");
    put_text(o, name);
    put_text(o, "\":\"");
    put_base64(o, p, n);
    put_text(o, "\"");
}

int guest_connect(const struct guest_house *h)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) die("no socket: raise ulimit -n");
    if (connect(fd, (const struct sockaddr *)&h->address, sizeof h->address) != 0) die("the house does not answer");
    return fd;
}

/* One request on a connection of its own; returns the status, the whole reply in REPLY. */
static int ask(const struct guest_house *h, const char *method, const char *path, const char *headers, const char *type,
               const struct out *body, char reply[REPLY_MAX])
{
    struct out request = { .n = 0 };
    char head[1024];
    int n = snprintf(head, sizeof head,
                     "%s %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nConnection: close\r\n%sContent-Type: %s\r\n"
                     "Content-Length: %zu\r\n\r\n",
                     method, path, h->host, h->host, headers, type, body->n);
    if (n < 0 || (size_t)n >= sizeof head) die("headers too long");
    put(&request, head, (size_t)n);
    put(&request, body->p, body->n);
    int fd = guest_connect(h);
    for (size_t sent = 0; sent < request.n;) {
        ssize_t w = write(fd, request.p + sent, request.n - sent);
        if (w <= 0) die("the house closed the connection");
        sent += (size_t)w;
    }
    size_t got = 0;
    for (ssize_t r; got < REPLY_MAX - 1 && (r = read(fd, reply + got, REPLY_MAX - 1 - got)) > 0;)
        got += (size_t)r;
    reply[got] = '\0';
    (void)close(fd);
    return got > 12 ? (int)strtol(reply + 9, NULL, 10) : 0;
}

void guest_house_find(const char *url, struct guest_house *ret)
{
    static char reply[REPLY_MAX];
    struct out nothing = { .n = 0 };
    const char *prefix = "http://127.0.0.1:";
    if (sodium_init() < 0) die("libsodium will not start");
    if (strncmp(url, prefix, strlen(prefix)) != 0) die("only http://127.0.0.1:PORT is a place to put load on");
    long port = strtol(url + strlen(prefix), NULL, 10);
    if (port <= 0 || port > 65535) die("the address has no port");
    memset(ret, 0, sizeof *ret);
    ret->address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    ret->address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)snprintf(ret->host, sizeof ret->host, "127.0.0.1:%ld", port);
    if (ask(ret, "GET", "/api/house", "", "text/plain", &nothing, reply) != 200) die("GET /api/house failed");
    const char *at = strstr(reply, "\"id\":\"");
    if (!at || sodium_base642bin(ret->id, 16, at + 6, 22, NULL, NULL, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        die("GET /api/house gave no id");
}

static void found_self_room(const struct guest_house *h, struct guest *g, const uint8_t sign_key[64])
{
    static char reply[REPLY_MAX];
    struct out link = { .n = 0 }, signed_part = { .n = 0 }, change = { .n = 0 };
    uint8_t signature[64], no_hash[32] = { 0 };
    char path[128], room[32], headers[GUEST_COOKIE_MAX + 16];
    randombytes_buf(g->room, 16);
    put_byte(&link, 1);
    put(&link, g->room, 16);
    put_byte(&link, 1);                     /* kind self */
    put_big_endian(&link, 1, 4);            /* epoch */
    put(&link, no_hash, 32);
    put_big_endian(&link, 0, 8);            /* time */
    put(&link, g->person, 16);
    put_byte(&link, 1);
    put(&link, g->person, 16);
    put(&signed_part, "beside/roster/1", 16);
    put(&signed_part, link.p, link.n);
    crypto_sign_detached(signature, NULL, signed_part.p, signed_part.n, sign_key);
    put(&link, signature, 64);

    put_byte(&change, 1);
    put_big_endian(&change, link.n, 2);
    put(&change, link.p, link.n);
    put_byte(&change, 1);
    put(&change, g->person, 16);
    put_big_endian(&change, ENVELOPE, 2);
    put_byte(&change, 1);
    put_random(&change, ENVELOPE - 1);
    (void)sodium_bin2base64(room, sizeof room, g->room, 16, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    (void)snprintf(path, sizeof path, "/api/rooms/%s", room);
    (void)snprintf(headers, sizeof headers, "Cookie: %s\r\n", g->cookie);
    if (ask(h, "PUT", path, headers, "application/octet-stream", &change, reply) != 201) {
        (void)fprintf(stderr, "%s\n", reply);
        die("founding a self room failed");
    }
}

static void keep_cookie(const char *reply, struct guest *g)
{
    const char *at = strstr(reply, "Set-Cookie: ");
    if (!at) at = strstr(reply, "set-cookie: ");
    if (!at) die("no cookie came");
    size_t n = strcspn(at + 12, ";\r");
    if (n >= sizeof g->cookie) die("the cookie is too long");
    memcpy(g->cookie, at + 12, n);
    g->cookie[n] = '\0';
}

void guest_arrive(const struct guest_house *h, const char *invite, struct guest *ret)
{
    static char reply[REPLY_MAX];
    struct out body = { .n = 0 };
    uint8_t secret[32], id[16], auth[32], pk[32], sk[64], identity[IDENTITY], fingerprint[32];
    char headers[128] = "Beside-Invite: ";
    const char *hash_mark = strrchr(invite, '#');
    crypto_generichash_state state;
    if (!hash_mark || sodium_base642bin(secret, 32, hash_mark + 1, 43, NULL, NULL, NULL,
                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        die("the invite is no link with a secret behind #");
    crypto_kdf_derive_from_key(id, 16, 1, "besideIv", secret);
    crypto_kdf_derive_from_key(auth, 32, 2, "besideIv", secret);
    crypto_sign_keypair(pk, sk);
    randombytes_buf(identity, sizeof identity);
    identity[0] = 1;
    memcpy(identity + 1, pk, 32);
    crypto_generichash_init(&state, NULL, 0, 32);
    crypto_generichash_update(&state, (const uint8_t *)"beside/identity/1", 18);
    crypto_generichash_update(&state, identity, sizeof identity);
    crypto_generichash_final(&state, fingerprint, 32);
    memcpy(ret->person, fingerprint, 16);

    put_text(&body, "{");
    put_member(&body, "invite", id, 16);
    put_text(&body, ",");
    put_member(&body, "login_id", NULL, 32);
    put_text(&body, ",");
    put_member(&body, "login_secret", NULL, 32);
    put_text(&body, ",");
    put_member(&body, "identity", identity, sizeof identity);
    put_text(&body, ",");
    put_member(&body, "wrap_passphrase", NULL, WRAP);
    put_text(&body, ",\"card\":{");
    put_member(&body, "id", NULL, 16);
    put_text(&body, ",");
    put_member(&body, "secret", NULL, 32);
    put_text(&body, ",");
    put_member(&body, "wrap", NULL, WRAP);
    put_text(&body, "},\"adult\":true}");
    size_t n = strlen(headers);
    (void)sodium_bin2base64(headers + n, sizeof headers - n, auth, 32, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    (void)strncat(headers, "\r\n", sizeof headers - strlen(headers) - 1);
    if (ask(h, "POST", "/api/person", headers, "application/json", &body, reply) != 201) {
        (void)fprintf(stderr, "%s\n", reply);
        die("making an account failed");
    }
    keep_cookie(reply, ret);
    found_self_room(h, ret, sk);
}

size_t guest_entry(const struct guest_house *h, const struct guest *g, size_t size, char *ret, size_t max)
{
    char room[32], entry[32];
    uint8_t id[16];
    randombytes_buf(id, sizeof id);
    (void)sodium_bin2base64(room, sizeof room, g->room, 16, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    (void)sodium_bin2base64(entry, sizeof entry, id, 16, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    int n = snprintf(ret, max,
                     "PUT /api/rooms/%s/entries/%s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nCookie: %s\r\n"
                     "Content-Type: application/octet-stream\r\nContent-Length: %zu\r\n\r\n",
                     room, entry, h->host, h->host, g->cookie, size);
    if (n < 0 || (size_t)n + size > max) die("the entry does not fit its buffer");
    randombytes_buf(ret + n, size);
    memcpy(ret + n, "\x01\x00\x00\x00\x01", 5);   /* version, epoch 1 */
    return (size_t)n + size;
}
