/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Token buckets (rate limits) for many keys in bounded memory.
 *
 * A table holds SLOTS buckets of one shape; keys are 64-bit hashes (keyed, so that addresses are not kept and nobody
 * can aim at a slot). When a set of slots is full, the one that has refilled most is taken over: under a flood of
 * different keys the limit becomes looser for some, memory does not grow. Safe from several threads. */
#ifndef BESIDE_LIB_LIMIT_H
#define BESIDE_LIB_LIMIT_H

#include <stddef.h>
#include <stdint.h>

struct limit;
struct limit *limit_new(size_t slots, uint32_t burst, uint32_t per_minute);   /* NULL when the heap is exhausted */
void limit_free(struct limit **l);
/* Takes one token at NOW (monotonic ms). 0 when granted, else after how many ms one will be there. */
int64_t limit_take(struct limit *l, uint64_t key, int64_t now_mono_ms);

#endif
