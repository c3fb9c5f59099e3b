/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Problem documents (RFC 9457): the one table that turns each enum err into a status, a stable code and a sentence. */
#ifndef BESIDE_HTTP_PROBLEM_H
#define BESIDE_HTTP_PROBLEM_H

#include "http/call.h"

struct http_problem { int status; const char *code, *title; };
const struct http_problem *http_problem_of(enum err e);

/* Fills the call's reply. Cannot fail: when the arena is exhausted a fixed document takes its place. */
void http_problem_reply(struct call *c, enum err e);
/* The same for a request head that is too big, which has a status of its own (431). */
void http_problem_head_too_big(struct call *c);

#endif
