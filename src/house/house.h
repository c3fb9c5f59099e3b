/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The house: its id, its secret, its name, and the page on which it tells the truth about itself. */
#ifndef BESIDE_HOUSE_HOUSE_H
#define BESIDE_HOUSE_HOUSE_H

#include "crypt/crypt.h"
#include "http/call.h"

enum { HOUSE_NAME_MAX = 80 };

struct house {
    struct id id;                        /* random, made at the first start, public; part of every name hash */
    struct secret secret;                /* keys the hashes of sign-in names and tokens; never leaves the store */
    char name[HOUSE_NAME_MAX + 1];       /* as the operator set it; shown to anyone */
    char client[65];                     /* hex hash of the embedded client, set by main */
};

/* Reads the house's row, making it at the first start. */
enum err house_load(struct store *s, struct house *ret) MUST_USE;

extern const struct route_table house_routes;   /* GET /api/house, /api/house/about, /api/health */

/* One column as the migrations describe it; KIND is "clear" or "sealed". Views into the program's own text. */
struct house_column { struct text table, table_about, column, kind, about; };
/* Walks all columns; stops early when EACH returns other than ERR_OK. ERR_INTERNAL if a column has no such comment. */
enum err house_each_column(enum err (*each)(void *arg, const struct house_column *c), void *arg) MUST_USE;

#endif
