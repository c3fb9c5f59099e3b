/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Views, ids, and a cursor that reads wire bytes.
 *
 * A view is a pointer and a length that somebody else owns; it is never NUL-terminated unless it says so. All wire
 * integers are big-endian (network order). A cursor has one sticky failure: read a whole structure, then ask once. */
#ifndef BESIDE_LIB_BYTES_H
#define BESIDE_LIB_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

struct bytes { const uint8_t *p; size_t n; };
struct text  { const char *p; size_t n; };

/* A person, session, room, entry, invite or vault key: 16 bytes that nobody can guess. */
enum { ID_BYTES = 16, ID_TEXT = 22 };
struct id { uint8_t b[ID_BYTES]; };

#define TEXT(LITERAL) ((struct text){ (LITERAL), sizeof(LITERAL) - 1 })

struct bytes bytes_of(const void *p, size_t n);
struct bytes bytes_of_id(const struct id *id);
struct bytes bytes_of_text(struct text t);
struct text  text_of(const char *nul_terminated);
bool bytes_equal(struct bytes a, struct bytes b);   /* not constant time: for public values */
bool text_equal(struct text a, struct text b);
bool id_equal(const struct id *a, const struct id *b);
int  id_compare(const struct id *a, const struct id *b);   /* memcmp order */
bool id_is_zero(const struct id *id);

/* base64url without padding (RFC 4648 section 5), as in URLs and JSON. */
enum err id_parse(struct text t, struct id *ret) MUST_USE;        /* ERR_BAD_INPUT unless exactly 22 characters */
void id_format(const struct id *id, char ret[ID_TEXT + 1]);       /* NUL-terminated */

/* Whole decimal number 0 … max, no sign, no blanks; ERR_BAD_INPUT otherwise. */
enum err text_to_int(struct text t, int64_t max, int64_t *ret) MUST_USE;

/* Reading. After the first read past the end every read gives zeros or an empty view and cursor_ok() is false. */
struct cursor { struct bytes left; bool failed; };
struct cursor cursor_of(struct bytes b);
uint8_t  cursor_u8(struct cursor *c);
uint16_t cursor_u16(struct cursor *c);
uint32_t cursor_u32(struct cursor *c);
uint64_t cursor_u64(struct cursor *c);
struct id cursor_id(struct cursor *c);
struct bytes cursor_take(struct cursor *c, size_t n);     /* a view into the source */
struct bytes cursor_rest(struct cursor *c);
bool cursor_ok(const struct cursor *c);                   /* nothing read past the end */
bool cursor_done(const struct cursor *c);                 /* ok, and nothing left over */

#endif
