/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Matching paths, segment by segment. The table is some tens of rows: a walk over it costs less than a hash would need
 * explaining. */
#include "api/path.h"

#include <string.h>

/* REST.p is NULL once the last segment was taken; a slash at the end is followed by an empty one. */
static struct text next_segment(struct text *rest)
{
    const char *slash = memchr(rest->p, '/', rest->n);
    struct text s = { rest->p, slash ? (size_t)(slash - rest->p) : rest->n };
    *rest = slash ? (struct text){ slash + 1, rest->n - s.n - 1 } : (struct text){ NULL, 0 };
    return s;
}

/* Does PATH have the pattern's shape? What stands in place of its ids goes to RET. */
static bool has_shape(struct text pattern, struct text path, struct text ret[CALL_PARAMS_MAX], size_t *ret_n)
{
    size_t n = 0;
    while (pattern.p && path.p) {
        struct text want = next_segment(&pattern), got = next_segment(&path);
        bool is_param = want.n > 0 && want.p[0] == '{';
        if (is_param ? got.n == 0 || n == CALL_PARAMS_MAX : !text_equal(want, got)) return false;
        if (is_param) ret[n++] = got;
    }
    *ret_n = n;
    return !pattern.p && !path.p;
}

static void add_method(char allow[PATH_ALLOW_MAX], const char *method)
{
    size_t n = strlen(allow), more = strlen(method);
    if (n + 2 + more >= PATH_ALLOW_MAX) return;
    if (n > 0) memcpy(allow + n, ", ", 2);
    memcpy(allow + n + (n > 0 ? 2 : 0), method, more + 1);
}

enum err path_find(const struct route_table *const *tables, size_t n, struct text method, struct text path,
                   struct path_match *ret)
{
    struct text ids[CALL_PARAMS_MAX];
    size_t n_ids;
    *ret = (struct path_match){ .route = NULL };
    for (size_t t = 0; t < n; t++) {
        for (size_t i = 0; i < tables[t]->n; i++) {
            const struct route *r = &tables[t]->rows[i];
            if (!has_shape(text_of(r->path), path, ids, &n_ids)) continue;
            add_method(ret->allow, r->method);
            if (!text_equal(text_of(r->method), method)) continue;
            for (size_t p = 0; p < n_ids; p++) TRY(id_parse(ids[p], &ret->params[p]));
            ret->route = r;
            return ERR_OK;
        }
    }
    return ret->allow[0] ? ERR_BAD_METHOD : ERR_NOT_FOUND;
}
