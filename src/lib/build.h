/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A bounded builder: bytes, wire integers and JSON appended to memory of an arena, up to a maximum.
 *
 * It has one sticky failure (over the maximum, or arena exhausted): append freely, then look once at build_done().
 * JSON is written member by member; commas are put by the builder, names are literals of ours, values are escaped
 * (RFC 8259) and text that is not valid UTF-8 is our own bug (assert), since input is checked where it comes in. */
#ifndef BESIDE_LIB_BUILD_H
#define BESIDE_LIB_BUILD_H

#include "lib/arena.h"

struct build { struct arena *arena; uint8_t *p; size_t n, cap, max; enum err failed; bool comma; };

struct build build_start(struct arena *a, size_t max);
void build_bytes(struct build *b, struct bytes v);
void build_u8(struct build *b, uint8_t v);
void build_u16(struct build *b, uint16_t v);
void build_u32(struct build *b, uint32_t v);
void build_u64(struct build *b, uint64_t v);
void build_id(struct build *b, const struct id *id);
void build_text(struct build *b, const char *literal);
void build_base64(struct build *b, struct bytes v);              /* base64url, no padding, no quotes */
void build_decimal(struct build *b, int64_t v);
size_t build_length(const struct build *b);

/* JSON. NAME is NULL inside an array and for the outermost value. */
void json_open(struct build *b, const char *name, char bracket);    /* '{' or '[' */
void json_close(struct build *b, char bracket);                     /* '}' or ']' */
void json_int(struct build *b, const char *name, int64_t v);
void json_bool(struct build *b, const char *name, bool v);
void json_nil(struct build *b, const char *name);                    /* null (jansson owns the name json_null) */
void json_text(struct build *b, const char *name, struct text v);
void json_base64(struct build *b, const char *name, struct bytes v);
void json_id(struct build *b, const char *name, const struct id *id);

enum err build_done(struct build *b, struct bytes *ret) MUST_USE;   /* ERR_TOO_BIG over max, ERR_MEMORY from the arena */

#endif
