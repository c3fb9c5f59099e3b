/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any path and method against the whole table: `METHOD PATH`. */
#include <assert.h>
#include <string.h>

#include "api/path.h"
#include "api/routes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct path_match m;
    const uint8_t *blank = n > 0 ? memchr(data, ' ', n) : NULL;
    if (!blank) return 0;
    struct text method = { (const char *)data, (size_t)(blank - data) };
    struct text path = { (const char *)blank + 1, n - method.n - 1 };
    enum err e = path_find(routes_all, routes_n, method, path, &m);
    assert(e == ERR_OK || e == ERR_NOT_FOUND || e == ERR_BAD_METHOD || e == ERR_BAD_INPUT);
    assert((e == ERR_OK) == (m.route != NULL));
    assert((e == ERR_NOT_FOUND) == (m.allow[0] == '\0'));
    return 0;
}
