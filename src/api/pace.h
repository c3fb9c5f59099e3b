/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Limits of rate: a bucket for each person and class, or, for who is not signed in, for each address and class.
 *
 * An address is never kept: it is hashed under a key that dies with the program. */
#ifndef BESIDE_API_PACE_H
#define BESIDE_API_PACE_H

#include "http/call.h"

struct pace;
struct pace *pace_new(unsigned factor);   /* 0: no limits; NULL when the heap is exhausted */
void pace_free(struct pace **p);

/* ERR_SLOW_DOWN with c->retry_after_s, or ERR_OK. */
enum err pace_take(struct pace *p, enum route_rate class, struct call *c, const uint8_t address[16]) MUST_USE;
const char *pace_name(enum route_rate class);

#endif
