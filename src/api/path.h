/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Finding the row of the route table that answers a method and a path. */
#ifndef BESIDE_API_PATH_H
#define BESIDE_API_PATH_H

#include "http/call.h"

enum { PATH_ALLOW_MAX = 64 };

struct path_match {
    const struct route *route;
    struct id params[CALL_PARAMS_MAX];
    char allow[PATH_ALLOW_MAX];          /* for ERR_BAD_METHOD: "GET, PUT" */
};

/* ERR_NOT_FOUND: no such path. ERR_BAD_METHOD: the path has others. ERR_BAD_INPUT: an id in it is none. */
enum err path_find(const struct route_table *const *tables, size_t n, struct text method, struct text path,
                   struct path_match *ret) MUST_USE;

#endif
