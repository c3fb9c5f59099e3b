/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The house: its id, its secret, its name, its limits, and the page on which it tells the truth about itself.
 *
 * The page is read out of the migrations: every column there says in a comment whether it is clear or sealed and what
 * it is, so the page cannot fall behind the schema. A column without such a comment is ERR_INTERNAL, and a test walks
 * the schema that the engine really has and compares. */
#ifndef BESIDE_HOUSE_HOUSE_H
#define BESIDE_HOUSE_HOUSE_H

#include "crypt/crypt.h"
#include "http/call.h"

enum { HOUSE_NAME_MAX = 80 };

/* The limits that clients plan by, kept here so that GET /api/house can state every one of them. The noun that a limit
 * is about enforces it. */
enum {
    HOUSE_JSON_MAX = 16 << 10,           /* a JSON body */
    HOUSE_ENTRY_MAX = 64 << 10,          /* the body of an entry */
    HOUSE_VAULT_ITEM_MAX = 64 << 10,     /* the body of a vault item */
    HOUSE_VAULT_ITEMS_MAX = 2000,        /* vault items a person */
    HOUSE_INVITES_OPEN_MAX = 100,        /* open invites a person */
    HOUSE_SESSIONS_MAX = 20,             /* sessions a person */
    HOUSE_BONDS_MAX = 200,               /* bonds a person, the ended ones too: their rooms can still be read */
    HOUSE_CIRCLES_MAX = 12,              /* circles a person is in or knocks at */
    HOUSE_BLOCKS_MAX = 500,              /* blocks a person */
    HOUSE_PAGE_MAX = 500,                /* entries a reply */
    HOUSE_VOICE_MAX = 17 << 20,          /* a voice note, sealed */
};

struct house {
    struct id id;                        /* random, made at the first start, public; part of every name hash */
    struct secret secret;                /* keys the hashes of sign-in names and tokens; never leaves the store */
    char name[HOUSE_NAME_MAX + 1];       /* as the operator set it; shown to anyone */
    char client[65];                     /* hex hash of the embedded client, set by main */
    int64_t voice_quota_bytes;           /* what one person may keep of voice notes, as the operator set it; 0: none */
    int64_t circle_size_max;             /* the most people that a circle can want to be, as the operator set it */
};

/* Reads the house's row, making it at the first start; two nodes may do so at once. What the operator sets is left empty. */
enum err house_load(struct store *s, struct house *ret) MUST_USE;

extern const struct route_table house_routes;   /* GET /api/house, /api/house/about, /api/health */

/* One column as the migrations describe it; KIND is "clear" or "sealed". Views into the program's own text. TABLE_ABOUT
 * is empty for a column that a later migration added to a table. */
struct house_column { struct text table, table_about, column, kind, about; };
/* Walks all columns; stops early when EACH returns other than ERR_OK. ERR_INTERNAL if a column has no such comment. */
enum err house_each_column(enum err (*each)(void *arg, const struct house_column *c), void *arg) MUST_USE;
/* The same over one migration's text. */
enum err house_read_columns(struct text sql, enum err (*each)(void *arg, const struct house_column *c), void *arg) MUST_USE;

/* Tells the devices of PEOPLE about one thing, {"NAME": ID}, or {} with NAME NULL. Copies what it is given. */
enum err house_tell(struct call *c, enum event_type type, const struct id *people, size_t n, const char *name,
                    const struct id *id) MUST_USE;

/* Does the store answer? */
enum err house_answers(struct store_conn *db) MUST_USE;

/* What must always hold in the store, for `beside check`: each noun names its rules, each rule an SQL text that counts
 * the rows that break it. Broken ones are logged by name and added to *RET_BROKEN. */
struct house_rule { const char *rule, *sql; };
enum err house_check(struct store_conn *db, const struct house_rule *rules, size_t n, int64_t *ret_broken) MUST_USE;

#endif
