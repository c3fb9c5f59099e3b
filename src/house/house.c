/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Reads the migrations' comments for the house's page about itself.
 *
 * This is no SQL parser. It knows the few shapes that our own migrations are written in, line by line:
 *
 *     -- table: What the table is.
 *     CREATE TABLE name (
 *         column TYPE …,                       -- clear: what it is      (or sealed:)
 *         PRIMARY KEY (…)
 *     );
 *     ALTER TABLE name ADD COLUMN column TYPE; -- clear: what it is
 *
 * and refuses a column or a table that it cannot tell about, so that nothing can be stored in silence. At the end stands
 * what the nouns tell devices with. */
#include "house/house.h"

#include <string.h>

struct reading {
    struct text table, table_about;
    bool inside;                         /* between CREATE TABLE and its ); */
};

static struct text trimmed(struct text t)
{
    while (t.n > 0 && (*t.p == ' ' || *t.p == '\t')) t.p++, t.n--;
    while (t.n > 0 && (t.p[t.n - 1] == ' ' || t.p[t.n - 1] == '\t' || t.p[t.n - 1] == '\r')) t.n--;
    return t;
}

/* Takes LITERAL from the front of *t, and the blanks behind it; false and untouched if it is not there. */
static bool take(struct text *t, const char *literal)
{
    size_t n = strlen(literal);
    if (t->n < n || memcmp(t->p, literal, n) != 0) return false;
    *t = trimmed((struct text){ t->p + n, t->n - n });
    return true;
}

static struct text take_until(struct text *t, const char *ends)
{
    size_t n = 0;
    while (n < t->n && !strchr(ends, t->p[n])) n++;
    struct text word = { t->p, n };
    *t = trimmed((struct text){ t->p + n, t->n - n });
    return word;
}

static struct text take_word(struct text *t) { return take_until(t, " (,;\t"); }

/* Splits a line at its comment. */
static void split_comment(struct text line, struct text *ret_code, struct text *ret_comment)
{
    *ret_code = trimmed(line);
    *ret_comment = (struct text){ line.p + line.n, 0 };
    for (size_t i = 0; i + 1 < line.n; i++) {
        if (line.p[i] != '-' || line.p[i + 1] != '-') continue;
        *ret_code = trimmed((struct text){ line.p, i });
        *ret_comment = trimmed((struct text){ line.p + i + 2, line.n - i - 2 });
        return;
    }
}

/* COMMENT is "clear: what it is" or "sealed: …". */
static enum err tell_column(const struct reading *r, struct text column, struct text comment,
                            enum err (*each)(void *arg, const struct house_column *c), void *arg)
{
    struct house_column c = { .table = r->table, .table_about = r->table_about, .column = column };
    if (take(&comment, "clear:")) c.kind = TEXT("clear");
    else if (take(&comment, "sealed:")) c.kind = TEXT("sealed");
    c.about = comment;
    if (c.kind.n == 0 || c.about.n == 0 || c.table.n == 0 || c.column.n == 0) return ERR_INTERNAL;
    return each(arg, &c);
}

/* A line inside CREATE TABLE (…): a column, a rule of the table, or its end. */
static enum err read_inside(struct reading *r, struct text code, struct text comment,
                            enum err (*each)(void *arg, const struct house_column *c), void *arg)
{
    static const char *const table_rules[] = { "PRIMARY KEY", "UNIQUE", "FOREIGN KEY", "CHECK" };
    if (code.n > 0 && code.p[0] == ')') {
        *r = (struct reading){ .inside = false };
        return ERR_OK;
    }
    if (code.n == 0) return ERR_OK;
    for (size_t i = 0; i < sizeof table_rules / sizeof table_rules[0]; i++)
        if (take(&code, table_rules[i])) return ERR_OK;
    return tell_column(r, take_word(&code), comment, each, arg);
}

static enum err read_line(struct reading *r, struct text line,
                          enum err (*each)(void *arg, const struct house_column *c), void *arg)
{
    struct text code, comment;
    split_comment(line, &code, &comment);
    if (r->inside) return read_inside(r, code, comment, each, arg);
    if (code.n == 0 && take(&comment, "table:")) {
        r->table_about = comment;
    } else if (take(&code, "CREATE TABLE")) {
        (void)take(&code, "IF NOT EXISTS");   /* says nothing about the name, which follows either way */
        r->table = take_word(&code);
        r->inside = true;
        if (r->table.n == 0 || r->table_about.n == 0) return ERR_INTERNAL;
    } else if (take(&code, "ALTER TABLE")) {
        struct reading altered = { .table = take_word(&code), .table_about = TEXT("") };
        if (take(&code, "ADD COLUMN")) return tell_column(&altered, take_word(&code), comment, each, arg);
    }
    return ERR_OK;
}

enum err house_read_columns(struct text sql, enum err (*each)(void *arg, const struct house_column *c), void *arg)
{
    struct reading r = { .inside = false };
    while (sql.n > 0) {
        const char *newline = memchr(sql.p, '\n', sql.n);
        size_t n = newline ? (size_t)(newline - sql.p) : sql.n;
        TRY(read_line(&r, (struct text){ sql.p, n }, each, arg));
        size_t step = newline ? n + 1 : n;
        sql = (struct text){ sql.p + step, sql.n - step };
    }
    return r.inside ? ERR_INTERNAL : ERR_OK;
}

enum err house_each_column(enum err (*each)(void *arg, const struct house_column *c), void *arg)
{
    for (size_t i = 0; i < store_migration_count(); i++)
        TRY(house_read_columns(text_of(store_migration_text(i)), each, arg));
    return ERR_OK;
}

enum err house_tell(struct call *c, enum event_type type, const struct id *people, size_t n, const char *name, const struct id *id)
{
    enum { DATA_MAX = 64 };
    struct bytes copy, data;
    struct build b = build_start(c->arena, DATA_MAX);
    json_open(&b, NULL, '{');
    if (name) json_id(&b, name, id);
    json_close(&b, '}');
    TRY(build_done(&b, &data));
    TRY(arena_copy(c->arena, bytes_of(people, n * sizeof *people), &copy));
    return call_event(c, type, (const struct id *)copy.p, n, (struct text){ (const char *)data.p, data.n });
}
