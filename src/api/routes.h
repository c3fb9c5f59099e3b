/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The route table: those of the nouns, joined. */
#ifndef BESIDE_API_ROUTES_H
#define BESIDE_API_ROUTES_H

#include "http/call.h"

extern const struct route_table *const routes_all[];
extern const size_t routes_n;

#endif
