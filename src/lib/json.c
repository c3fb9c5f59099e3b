/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Reading JSON through jansson.
 *
 * The complication is memory. jansson takes its own from the heap, which would have to be given back on every way out
 * of a handler and would not be wiped. So it is told to take it from the arena of the parse under way, and its free
 * does nothing: the whole tree goes when the arena goes. Its hook has no argument, hence the one thread-local. */
#include "lib/json.h"

#include <assert.h>
#include <jansson.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 8, CHILDREN_MAX = 4, DETAIL_MAX = 160 };

struct json_in {
    struct arena *arena;
    const char *name;            /* of a child in its parent, else NULL */
    json_t *object;              /* NULL for a child that was missing */
    size_t asked;                /* members that were asked for and found */
    struct json_in *root;        /* the whole body; its children lie right behind it */
    size_t n_children;           /* in the root */
    const char *wrong;           /* in the root: what did not fit first */
};

static _Thread_local struct arena *parsing_into;

static void *take_from_arena(size_t n) { return parsing_into ? arena_take(parsing_into, n) : NULL; }
static void give_nothing_back(void *p) { (void)p; }   /* the arena does */
static void hook_jansson(void) { json_set_alloc_funcs(take_from_arena, give_nothing_back); }

/* jansson's own limit of depth is 2048: too deep for a body that never has more than two. */
static bool is_too_deep(struct bytes body)
{
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < body.n; i++) {
        uint8_t c = body.p[i];
        if (in_string) {
            if (c == '\\') i++;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > DEPTH_MAX) return true;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return false;
}

enum err json_parse(struct arena *a, struct bytes body, struct json_in **ret)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, hook_jansson);   /* fails only for a bad argument */
    if (body.n == 0 || is_too_deep(body)) return ERR_BAD_INPUT;
    struct json_in *in = arena_take(a, sizeof *in * (1 + CHILDREN_MAX));
    if (!in) return ERR_MEMORY;
    parsing_into = a;
    json_t *root = json_loadb((const char *)body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
    parsing_into = NULL;
    if (!root || !json_is_object(root)) return ERR_BAD_INPUT;
    *in = (struct json_in){ .arena = a, .object = root, .root = in };
    *ret = in;
    return ERR_OK;
}

/* Keeps the first complaint: `"card.secret" …`. */
static void complain(struct json_in *in, const char *name, const char *what)
{
    if (in->root->wrong) return;
    char *text = arena_take(in->arena, DETAIL_MAX);
    if (text)
        (void)snprintf(text, DETAIL_MAX, "\"%s%s%s\" %s", in->name ? in->name : "", in->name ? "." : "", name, what);
    in->root->wrong = text ? text : "a member does not fit";
}

/* The member, or NULL after complaining. A missing child complained already when it was asked for. */
static json_t *find(struct json_in *in, const char *name)
{
    json_t *value = json_object_get(in->object, name);
    if (value) in->asked++;
    else if (in->object) complain(in, name, "is missing");
    return value;
}

bool json_has(struct json_in *in, const char *name) { return json_object_get(in->object, name) != NULL; }

struct json_in *json_get_object(struct json_in *in, const char *name)
{
    json_t *value = find(in, name);
    if (value && !json_is_object(value)) complain(in, name, "must be an object");
    assert(in == in->root && in->n_children < CHILDREN_MAX);
    struct json_in *child = &in[1 + in->n_children++];
    *child = (struct json_in){ .arena = in->arena, .name = name, .root = in };
    if (json_is_object(value)) child->object = value;
    return child;
}

struct text json_get_text(struct json_in *in, const char *name, size_t max)
{
    json_t *value = find(in, name);
    if (!value) return TEXT("");
    if (!json_is_string(value) || json_string_length(value) > max) {
        complain(in, name, "must be a text of the length that the contract gives");
        return TEXT("");
    }
    return (struct text){ json_string_value(value), json_string_length(value) };
}

struct bytes json_get_base64(struct json_in *in, const char *name, size_t min, size_t max)
{
    static const struct bytes none;
    json_t *value = find(in, name);
    if (!value) return none;
    size_t n = 0, text_n = json_string_length(value);   /* 0 for what is no string */
    if (!json_is_string(value) || text_n > (max + 2) / 3 * 4) goto wrong;
    uint8_t *p = arena_take(in->arena, text_n / 4 * 3 + 3);
    if (!p) goto wrong;
    if (sodium_base642bin(p, text_n / 4 * 3 + 3, json_string_value(value), text_n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        n < min || n > max)
        goto wrong;
    return (struct bytes){ p, n };
wrong:
    complain(in, name, "must be base64url without padding, of the length that the contract gives");
    return none;
}

struct id json_get_id(struct json_in *in, const char *name)
{
    struct id id = { { 0 } };
    struct bytes b = json_get_base64(in, name, ID_BYTES, ID_BYTES);
    if (b.n == ID_BYTES) memcpy(id.b, b.p, ID_BYTES);
    return id;
}

int64_t json_get_int(struct json_in *in, const char *name, int64_t min, int64_t max)
{
    json_t *value = find(in, name);
    if (!value) return min;
    if (!json_is_integer(value) || json_integer_value(value) < min || json_integer_value(value) > max) {
        complain(in, name, "must be a whole number in the range that the contract gives");
        return min;
    }
    return json_integer_value(value);
}

bool json_get_bool(struct json_in *in, const char *name)
{
    json_t *value = find(in, name);
    if (value && !json_is_boolean(value)) complain(in, name, "must be true or false");
    return value && json_is_true(value);
}

bool json_get_nil(struct json_in *in, const char *name)
{
    if (!json_is_null(json_object_get(in->object, name))) return false;
    in->asked++;
    return true;
}

/* Members that nobody asked for are refused: a misspelt one would otherwise be lost without a word. */
static void check_all_asked(struct json_in *in)
{
    if (in->object && json_object_size(in->object) != in->asked)
        complain(in, "…", "has members that do not belong here");
    for (size_t i = 0; i < in->n_children; i++)
        check_all_asked(&in[1 + i]);
}

enum err json_end(struct json_in *in, const char **ret_detail)
{
    check_all_asked(in);
    *ret_detail = in->root->wrong;
    return in->root->wrong ? ERR_BAD_INPUT : ERR_OK;
}
