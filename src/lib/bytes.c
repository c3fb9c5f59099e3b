/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Views, ids and the reading cursor. */
#include "lib/bytes.h"

#include <sodium.h>
#include <string.h>

struct bytes bytes_of(const void *p, size_t n) { return (struct bytes){ p, n }; }
struct bytes bytes_of_id(const struct id *id) { return (struct bytes){ id->b, ID_BYTES }; }
struct bytes bytes_of_text(struct text t) { return (struct bytes){ (const uint8_t *)t.p, t.n }; }
struct text text_of(const char *nul_terminated) { return (struct text){ nul_terminated, strlen(nul_terminated) }; }

/* memcmp of nothing must not be handed a NULL (C17 7.24.1). */
static bool same(const void *a, const void *b, size_t n) { return n == 0 || memcmp(a, b, n) == 0; }

bool bytes_equal(struct bytes a, struct bytes b) { return a.n == b.n && same(a.p, b.p, a.n); }
bool text_equal(struct text a, struct text b) { return a.n == b.n && same(a.p, b.p, a.n); }
bool id_equal(const struct id *a, const struct id *b) { return memcmp(a->b, b->b, ID_BYTES) == 0; }
int id_compare(const struct id *a, const struct id *b) { return memcmp(a->b, b->b, ID_BYTES); }

bool id_is_zero(const struct id *id)
{
    static const struct id zero;
    return id_equal(id, &zero);
}

enum err id_parse(struct text t, struct id *ret)
{
    struct id id;
    size_t n = 0;
    if (t.n != ID_TEXT) return ERR_BAD_INPUT;
    if (sodium_base642bin(id.b, sizeof id.b, t.p, t.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        n != ID_BYTES)
        return ERR_BAD_INPUT;
    *ret = id;
    return ERR_OK;
}

void id_format(const struct id *id, char ret[ID_TEXT + 1])
{
    (void)sodium_bin2base64(ret, ID_TEXT + 1, id->b, ID_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

enum err text_to_int(struct text t, int64_t max, int64_t *ret)
{
    int64_t v = 0;
    if (t.n == 0) return ERR_BAD_INPUT;
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] < '0' || t.p[i] > '9') return ERR_BAD_INPUT;
        int digit = t.p[i] - '0';
        if (digit > max || v > (max - digit) / 10) return ERR_BAD_INPUT;
        v = v * 10 + digit;
    }
    *ret = v;
    return ERR_OK;
}

struct cursor cursor_of(struct bytes b) { return (struct cursor){ b, false }; }

struct bytes cursor_take(struct cursor *c, size_t n)
{
    if (c->failed || n > c->left.n) {
        c->failed = true;
        return (struct bytes){ NULL, 0 };
    }
    struct bytes taken = { c->left.p, n };
    if (n > 0) c->left.p += n;
    c->left.n -= n;
    return taken;
}

static uint64_t take_big_endian(struct cursor *c, size_t n)
{
    struct bytes b = cursor_take(c, n);
    uint64_t v = 0;
    for (size_t i = 0; i < b.n; i++)
        v = v << 8 | b.p[i];
    return v;
}

uint8_t cursor_u8(struct cursor *c) { return (uint8_t)take_big_endian(c, 1); }
uint16_t cursor_u16(struct cursor *c) { return (uint16_t)take_big_endian(c, 2); }
uint32_t cursor_u32(struct cursor *c) { return (uint32_t)take_big_endian(c, 4); }
uint64_t cursor_u64(struct cursor *c) { return take_big_endian(c, 8); }

struct id cursor_id(struct cursor *c)
{
    struct id id = { { 0 } };
    struct bytes b = cursor_take(c, ID_BYTES);
    if (b.n == ID_BYTES) memcpy(id.b, b.p, ID_BYTES);
    return id;
}

struct bytes cursor_rest(struct cursor *c) { return cursor_take(c, c->failed ? 0 : c->left.n); }
bool cursor_ok(const struct cursor *c) { return !c->failed; }
bool cursor_done(const struct cursor *c) { return !c->failed && c->left.n == 0; }
