/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The bounded builder. Grows by doubling inside the arena; old copies stay there until the arena is reset, which the
 * arena's cap pays for: a reply of R bytes takes at most about 2R. */
#include "lib/build.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_SIZE = 256 };

struct build build_start(struct arena *a, size_t max)
{
    return (struct build){ .arena = a, .max = max };
}

/* Room for N more bytes, or NULL and failed. */
static uint8_t *room_for(struct build *b, size_t n)
{
    if (b->failed) return NULL;
    if (n > b->max - b->n) {
        b->failed = ERR_TOO_BIG;
        return NULL;
    }
    if (n > b->cap - b->n) {
        size_t cap = b->cap ? b->cap : FIRST_SIZE;
        while (cap < b->n + n)
            cap *= 2;
        if (cap > b->max) cap = b->max;
        uint8_t *p = arena_take(b->arena, cap);
        if (!p) {
            b->failed = ERR_MEMORY;
            return NULL;
        }
        if (b->n > 0) memcpy(p, b->p, b->n);
        b->p = p;
        b->cap = cap;
    }
    uint8_t *at = b->p + b->n;
    b->n += n;
    return at;
}

void build_bytes(struct build *b, struct bytes v)
{
    uint8_t *at = v.n > 0 ? room_for(b, v.n) : NULL;
    if (at) memcpy(at, v.p, v.n);
}

static void build_big_endian(struct build *b, uint64_t v, size_t n)
{
    uint8_t *at = room_for(b, n);
    if (!at) return;
    for (size_t i = n; i-- > 0; v >>= 8)
        at[i] = (uint8_t)v;
}

void build_u8(struct build *b, uint8_t v) { build_big_endian(b, v, 1); }
void build_u16(struct build *b, uint16_t v) { build_big_endian(b, v, 2); }
void build_u32(struct build *b, uint32_t v) { build_big_endian(b, v, 4); }
void build_u64(struct build *b, uint64_t v) { build_big_endian(b, v, 8); }
void build_id(struct build *b, const struct id *id) { build_bytes(b, bytes_of_id(id)); }
void build_text(struct build *b, const char *literal) { build_bytes(b, bytes_of_text(text_of(literal))); }
size_t build_length(const struct build *b) { return b->n; }

void build_base64(struct build *b, struct bytes v)
{
    enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };
    if (v.n == 0) return;
    if (v.n > b->max) {
        b->failed = ERR_TOO_BIG;
        return;
    }
    size_t with_nul = sodium_base64_encoded_len(v.n, VARIANT);
    uint8_t *at = room_for(b, with_nul);
    if (!at) return;
    (void)sodium_bin2base64((char *)at, with_nul, v.p, v.n, VARIANT);
    b->n -= 1;   /* the NUL is overwritten by what follows */
}

void build_decimal(struct build *b, int64_t v)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%lld", (long long)v);
    assert(n > 0 && (size_t)n < sizeof text);
    build_bytes(b, bytes_of(text, (size_t)n));
}

/* The comma before a member or an element, and its name. */
static void json_begin(struct build *b, const char *name)
{
    if (b->comma) build_u8(b, ',');
    b->comma = true;
    if (!name) return;
    build_u8(b, '"');
    build_text(b, name);
    build_bytes(b, bytes_of("\":", 2));
}

void json_open(struct build *b, const char *name, char bracket)
{
    assert(bracket == '{' || bracket == '[');
    json_begin(b, name);
    build_u8(b, (uint8_t)bracket);
    b->comma = false;
}

void json_close(struct build *b, char bracket)
{
    assert(bracket == '}' || bracket == ']');
    build_u8(b, (uint8_t)bracket);
    b->comma = true;
}

void json_int(struct build *b, const char *name, int64_t v)
{
    json_begin(b, name);
    build_decimal(b, v);
}

void json_bool(struct build *b, const char *name, bool v)
{
    json_begin(b, name);
    build_text(b, v ? "true" : "false");
}

void json_nil(struct build *b, const char *name)
{
    json_begin(b, name);
    build_text(b, "null");
}

/* One byte of a string, escaped where RFC 8259 section 7 wants it. Bytes of UTF-8 over 0x7f go as they are. */
static void build_escaped(struct build *b, uint8_t c)
{
    char escape[7];
    if (c == '"' || c == '\\') {
        build_u8(b, '\\');
        build_u8(b, c);
    } else if (c < 0x20) {
        (void)snprintf(escape, sizeof escape, "\\u%04x", c);   /* always six characters */
        build_bytes(b, bytes_of(escape, 6));
    } else {
        build_u8(b, c);
    }
}

void json_text(struct build *b, const char *name, struct text v)
{
    json_begin(b, name);
    build_u8(b, '"');
    for (size_t i = 0; i < v.n; i++)
        build_escaped(b, (uint8_t)v.p[i]);
    build_u8(b, '"');
}

void json_base64(struct build *b, const char *name, struct bytes v)
{
    json_begin(b, name);
    build_u8(b, '"');
    build_base64(b, v);
    build_u8(b, '"');
}

void json_id(struct build *b, const char *name, const struct id *id)
{
    json_base64(b, name, bytes_of_id(id));
}

enum err build_done(struct build *b, struct bytes *ret)
{
    TRY(b->failed);
    *ret = (struct bytes){ b->p, b->n };
    return ERR_OK;
}
