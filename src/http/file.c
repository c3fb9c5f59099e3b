/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Which of the client's files answers a path, and what two headers say about it. Sending is reply.c's. */
#include "http/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/http_inside.h"

static const struct http_file *exact(const struct http_client *client, struct text path)
{
    for (size_t i = 0; i < client->n; i++)
        if (text_equal(text_of(client->files[i].path), path)) return &client->files[i];
    return NULL;
}

const struct http_file *http_file_find(const struct http_client *client, struct text path)
{
    const struct http_file *f = exact(client, path);
    if (f || memchr(path.p, '.', path.n)) return f;
    return exact(client, TEXT("/index.html"));
}

struct http_etag *http_etags_new(const struct http_client *client)
{
    struct http_etag *etags = calloc(client->n + 1, sizeof *etags);
    for (size_t i = 0; etags && i < client->n; i++) {
        const struct http_file *f = &client->files[i];
        struct hash h = crypt_hash(NULL, NULL, CRYPT_PARTS(bytes_of(f->plain, (size_t)(f->plain_end - f->plain))));
        struct id short_hash;
        char text[ID_TEXT + 1];
        memcpy(short_hash.b, h.b, ID_BYTES);
        id_format(&short_hash, text);
        (void)snprintf(etags[i].plain, HTTP_ETAG_TEXT, "\"%s\"", text);        /* 24 characters */
        (void)snprintf(etags[i].brotli, HTTP_ETAG_TEXT, "\"%s-br\"", text);    /* 27 */
    }
    return etags;
}

/* Lists of headers: elements divided by commas, blanks around them. */
static struct text next_element(struct text *rest)
{
    const char *comma = memchr(rest->p, ',', rest->n);
    struct text t = { rest->p, comma ? (size_t)(comma - rest->p) : rest->n };
    *rest = comma ? (struct text){ comma + 1, rest->n - t.n - 1 } : (struct text){ rest->p, 0 };
    while (t.n > 0 && (t.p[0] == ' ' || t.p[0] == '\t')) t = (struct text){ t.p + 1, t.n - 1 };
    while (t.n > 0 && (t.p[t.n - 1] == ' ' || t.p[t.n - 1] == '\t')) t.n--;
    return t;
}

/* q=0, q=0.0 … : "not acceptable". */
static bool weight_is_zero(struct text t)
{
    const char *q = t.n > 0 ? memmem(t.p, t.n, "q=", 2) : NULL;
    if (!q) return false;
    for (q += 2; q < t.p + t.n; q++)
        if (*q != '0' && *q != '.') return false;
    return true;
}

static bool names_coding(struct text element, const char *coding, size_t n)
{
    if (element.n < n || strncasecmp(element.p, coding, n) != 0) return false;
    return element.n == n || element.p[n] == ';' || element.p[n] == ' ' || element.p[n] == '\t';
}

bool http_accepts_brotli(struct text accept_encoding)
{
    while (accept_encoding.n > 0) {
        struct text e = next_element(&accept_encoding);
        if (names_coding(e, "br", 2)) return !weight_is_zero(e);
    }
    return false;
}

bool http_etag_matches(struct text if_none_match, struct text etag)
{
    while (if_none_match.n > 0) {
        struct text e = next_element(&if_none_match);
        if (e.n > 2 && memcmp(e.p, "W/", 2) == 0) e = (struct text){ e.p + 2, e.n - 2 };
        if (text_equal(e, TEXT("*")) || text_equal(e, etag)) return true;
    }
    return false;
}
