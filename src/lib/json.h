/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Reading a JSON body, strictly (RFC 8259, by jansson).
 *
 * Refused: duplicate members, bad UTF-8, NUL, trailing bytes, depth over 8, members that the reader did not ask for.
 * A reader asks for each member by name, then calls json_end(); the first thing that does not fit is kept and names
 * the member, so that the problem's sentence can say what to mend. Values are copied into the arena. */
#ifndef BESIDE_LIB_JSON_H
#define BESIDE_LIB_JSON_H

#include "lib/arena.h"

struct json_in;

/* Parses an object. ERR_BAD_INPUT if it is anything else; *ret lives in the arena. */
enum err json_parse(struct arena *a, struct bytes body, struct json_in **ret) MUST_USE;

/* A child of the body (one level, at most four); failures show in the body. Reading from it is safe even if it was
 * missing. */
struct json_in *json_get_object(struct json_in *in, const char *name);

bool          json_has(struct json_in *in, const char *name);
struct bytes  json_get_base64(struct json_in *in, const char *name, size_t min, size_t max);   /* base64url, decoded */
struct id     json_get_id(struct json_in *in, const char *name);
struct text   json_get_text(struct json_in *in, const char *name, size_t max);
int64_t       json_get_int(struct json_in *in, const char *name, int64_t min, int64_t max);
bool          json_get_bool(struct json_in *in, const char *name);
bool          json_get_nil(struct json_in *in, const char *name);    /* true for null; else it is there still to be got */

/* Everything read and nothing left over? ERR_BAD_INPUT, and *ret_detail (arena, NUL-terminated) says which member. */
enum err json_end(struct json_in *in, const char **ret_detail) MUST_USE;

#endif
