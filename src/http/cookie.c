/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Finds one cookie: pairs divided by `;`, blanks around them, quotes around a value allowed. */
#include "http/cookie.h"

#include <string.h>

static struct text trimmed(struct text t)
{
    while (t.n > 0 && (t.p[0] == ' ' || t.p[0] == '\t')) t = (struct text){ t.p + 1, t.n - 1 };
    while (t.n > 0 && (t.p[t.n - 1] == ' ' || t.p[t.n - 1] == '\t')) t.n--;
    return t;
}

/* Cuts REST at the first MARK and gives what stood before it. */
static struct text before(struct text *rest, char mark)
{
    const char *at = rest->n > 0 ? memchr(rest->p, mark, rest->n) : NULL;
    struct text piece = { rest->p, at ? (size_t)(at - rest->p) : rest->n };
    *rest = at ? (struct text){ at + 1, rest->n - piece.n - 1 } : (struct text){ rest->p, 0 };
    return piece;
}

static struct text unquoted(struct text t)
{
    if (t.n >= 2 && t.p[0] == '"' && t.p[t.n - 1] == '"') return (struct text){ t.p + 1, t.n - 2 };
    return t;
}

struct text http_cookie(struct text header, struct text name)
{
    while (header.n > 0) {
        struct text value = before(&header, ';');
        struct text its_name = trimmed(before(&value, '='));
        if (text_equal(its_name, name)) return unquoted(trimmed(value));
    }
    return (struct text){ "", 0 };
}
