/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The web client's files, carried inside the program and given out over HTTP.
 *
 * Every file is there as it is and, where that is smaller, as Brotli made at build time. ETags are hashes made once at
 * the start. A file whose name carries a hash of its content never changes and may be kept for ever; all others are
 * asked for again each time and answered 304. A path that is no file and has no dot is one of the client's own screens:
 * it gets index.html. */
#ifndef BESIDE_HTTP_FILE_H
#define BESIDE_HTTP_FILE_H

#include "lib/bytes.h"

/* Written at build time by tools/embed.c; END is the first byte behind. */
struct http_file {
    const char *path, *type;
    bool immutable;
    const uint8_t *plain, *plain_end;
    const uint8_t *brotli, *brotli_end;   /* NULL: there is none */
};
struct http_client {
    const struct http_file *files;
    size_t n;
    const char *hash;                     /* hex, of the whole client; "" when none is carried */
};
extern const struct http_client http_client_carried;

/* The file that answers PATH, or NULL. */
const struct http_file *http_file_find(const struct http_client *client, struct text path);

/* Does ACCEPT_ENCODING (RFC 9110 section 12.5.3) allow br? */
bool http_accepts_brotli(struct text accept_encoding);
/* Is ETAG (with its quotes) among those of IF_NONE_MATCH (RFC 9110 section 13.1.2)? */
bool http_etag_matches(struct text if_none_match, struct text etag);

#endif
