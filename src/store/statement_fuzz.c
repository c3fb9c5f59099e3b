/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The two readers of SQL text, on any bytes: the rewriter of placeholders keeps every byte but `?` before a number; the
 * splitter makes progress, its pieces come from the text in order, and what it leaves out is blank, comment or semicolon. */
#include <stdlib.h>
#include <string.h>

#include "store/store_driver.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static void rewrite(struct text sql)
{
    char *ret = malloc(sql.n + 1);
    if (!ret) return;
    must(!store_sql_dollars(sql, ret, sql.n));
    must(store_sql_dollars(sql, ret, sql.n + 1));
    must(ret[sql.n] == '\0');
    for (size_t i = 0; i < sql.n; i++) {
        if (ret[i] == sql.p[i]) continue;
        must(sql.p[i] == '?' && ret[i] == '$' && i + 1 < sql.n && sql.p[i + 1] >= '1' && sql.p[i + 1] <= '9');
    }
    free(ret);
}

static void split(struct text script)
{
    const char *end = script.p + script.n, *last = script.p;
    struct text left = script, statement;
    while (store_split(&left, &statement)) {
        must(statement.n > 0 && statement.p >= last && statement.p + statement.n <= end);
        must(statement.p[0] != ';' && statement.p[0] != ' ' && statement.p[0] != '\n');
        last = statement.p + statement.n;
        must(left.p >= last && left.p + left.n == end);
    }
    must(left.n == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of just this size, so that a read past the end is seen. */
    char *copy = malloc(size ? size : 1);
    if (!copy) return 0;
    if (size) memcpy(copy, data, size);
    rewrite((struct text){ copy, size });
    split((struct text){ copy, size });
    free(copy);
    return 0;
}
