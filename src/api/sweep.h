/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What time does by itself: words that fade, what was forgotten to be ended. A job for the writer, at the start and every
 * ten minutes; each noun does a bounded part of its own, so that nobody's write waits long behind it. On several nodes
 * each sweeps: what one has done the other no longer finds. */
#ifndef BESIDE_API_SWEEP_H
#define BESIDE_API_SWEEP_H

#include "store/store.h"

enum { SWEEP_EVERY_MS = 10 * 60 * 1000 };

struct sweep;
struct sweep *sweep_new(void);               /* NULL when the heap is exhausted */
void sweep_free(struct sweep **s);           /* the writer must have ended */

/* Hands the job over if it is time and the last one has been done. SUBMIT as store_submit(), for ARG. */
void sweep_tick(struct sweep *s, int64_t now_mono_ms, enum err (*submit)(void *arg, struct store_job *job), void *arg);

/* All of it once, at NOW. */
enum err sweep_all(struct store_conn *db, struct arena *a, int64_t now_ms) MUST_USE;

#endif
