/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Memory for one request: taken in pieces, given back all at once, capped.
 *
 * Everything a handler allocates lives until its reply has been sent, then the arena is wiped and reset. Over the cap
 * arena_take() returns NULL (callers answer ERR_MEMORY): a stranger's request cannot take more than this. Blocks are
 * zeroed when they are handed out and when the arena is reset, so that no word of one request can reach another. */
#ifndef BESIDE_LIB_ARENA_H
#define BESIDE_LIB_ARENA_H

#include "lib/bytes.h"

struct arena;

struct arena *arena_new(size_t cap);            /* NULL when the heap is exhausted; takes no block until first use */
void arena_reset(struct arena *a);              /* wipes and gives back all but one small block */
void arena_free(struct arena **a);
void *arena_take(struct arena *a, size_t n);    /* zeroed, aligned for any type; NULL over the cap */
size_t arena_used(const struct arena *a);

enum err arena_copy(struct arena *a, struct bytes b, struct bytes *ret) MUST_USE;
enum err arena_copy_text(struct arena *a, struct text t, struct text *ret) MUST_USE;   /* and NUL-terminated */

#endif
