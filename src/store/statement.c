/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* SQL as text: what is opaque in it (quotes, comments), its placeholders; and the table that finds a prepared statement
 * again by the address of its SQL constant.
 *
 * It is not a parser: it knows just enough of the common subset of SQLite and PostgreSQL to step over what must not be
 * touched. Dollar quotes, E'' strings and nested comments are not in that subset. */
#include <assert.h>
#include <string.h>

#include "store/store_driver.h"

static size_t slot_of(const char *sql)
{
    uint64_t h = (uint64_t)(uintptr_t)sql * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(h >> 48) % STORE_STATEMENT_SLOTS;
}

void *store_statements_find(const struct store_statements *t, const char *sql)
{
    for (size_t i = slot_of(sql); t->slots[i].sql; i = (i + 1) % STORE_STATEMENT_SLOTS)
        if (t->slots[i].sql == sql) return t->slots[i].statement;
    return NULL;
}

/* The table is never more than three quarters full, so that a search always ends. */
static_assert(STORE_STATEMENTS_MAX * 4 <= STORE_STATEMENT_SLOTS * 3, "the statement table needs free slots");

bool store_statements_put(struct store_statements *t, const char *sql, void *statement)
{
    if (t->n == STORE_STATEMENTS_MAX) return false;
    size_t i = slot_of(sql);
    while (t->slots[i].sql) i = (i + 1) % STORE_STATEMENT_SLOTS;
    t->slots[i].sql = sql;
    t->slots[i].statement = statement;
    t->n++;
    return true;
}

/* 'text' and "name": a doubled quote stays inside. */
static size_t quoted(const char *p, const char *end)
{
    const char *q = p + 1;
    while (q < end) {
        if (*q++ != *p) continue;
        if (q < end && *q == *p) q++;
        else break;
    }
    return (size_t)(q - p);
}

static size_t line_comment(const char *p, const char *end)
{
    const char *q = memchr(p, '\n', (size_t)(end - p));
    return (size_t)((q ? q + 1 : end) - p);
}

static size_t block_comment(const char *p, const char *end)
{
    for (const char *q = p + 2; q + 1 < end; q++)
        if (q[0] == '*' && q[1] == '/') return (size_t)(q + 2 - p);
    return (size_t)(end - p);
}

size_t store_sql_opaque(const char *p, const char *end)
{
    if (p == end) return 0;
    if (*p == '\'' || *p == '"') return quoted(p, end);
    if (p + 1 == end) return 0;
    if (p[0] == '-' && p[1] == '-') return line_comment(p, end);
    if (p[0] == '/' && p[1] == '*') return block_comment(p, end);
    return 0;
}

bool store_sql_dollars(struct text sql, char *ret, size_t cap)
{
    if (sql.n >= cap) return false;   /* a placeholder keeps its length */
    const char *p = sql.p, *end = sql.p + sql.n;
    char *to = ret;
    while (p < end) {
        size_t n = store_sql_opaque(p, end);
        if (n) {
            memcpy(to, p, n);
            p += n;
            to += n;
            continue;
        }
        bool placeholder = *p == '?' && p + 1 < end && p[1] >= '1' && p[1] <= '9';
        *to++ = placeholder ? '$' : *p;
        p++;
    }
    *to = '\0';
    return true;
}
