/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A capped arena: a chain of blocks, newest first.
 *
 * The complication is wiping: a block is zeroed before it goes back to the heap or is used again, since requests
 * carry secrets (login secrets, cookies) that must not lie about in freed memory. */
#include "lib/arena.h"

#include <sodium.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, ALIGN = alignof(max_align_t) };

struct block {
    struct block *older;
    size_t used, size;
    alignas(max_align_t) uint8_t data[];
};

struct arena {
    struct block *newest;
    size_t cap, total;
};

struct arena *arena_new(size_t cap)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a) a->cap = cap;
    return a;
}

static void block_free(struct block *b)
{
    sodium_memzero(b->data, b->used);
    free(b);
}

void arena_reset(struct arena *a)
{
    struct block *b = a->newest, *keep = NULL;
    while (b) {
        struct block *older = b->older;
        if (!older && b->size == FIRST_BLOCK) {
            sodium_memzero(b->data, b->used);
            b->used = 0;
            keep = b;
        } else {
            block_free(b);
        }
        b = older;
    }
    a->newest = keep;
    a->total = 0;
}

void arena_free(struct arena **a)
{
    if (!*a) return;
    for (struct block *b = (*a)->newest; b;) {
        struct block *older = b->older;
        block_free(b);
        b = older;
    }
    free(*a);
    *a = NULL;
}

/* A new newest block with room for N. Doubling keeps the chain short; the cap is on what is used, not on the blocks. */
static struct block *grow(struct arena *a, size_t n)
{
    size_t size = a->newest ? a->newest->size * 2 : FIRST_BLOCK;
    if (size > (size_t)256 << 10) size = (size_t)256 << 10;
    if (size < n) size = n;
    struct block *b = calloc(1, sizeof *b + size);
    if (!b) return NULL;
    b->older = a->newest;
    b->size = size;
    a->newest = b;
    return b;
}

void *arena_take(struct arena *a, size_t n)
{
    if (n > a->cap) return NULL;
    n = (n + ALIGN - 1) / ALIGN * ALIGN;
    if (n == 0) n = ALIGN;
    if (n > a->cap - a->total) return NULL;
    struct block *b = a->newest;
    if (!b || n > b->size - b->used) b = grow(a, n);
    if (!b) return NULL;
    void *p = b->data + b->used;
    b->used += n;
    a->total += n;
    return p;
}

size_t arena_used(const struct arena *a) { return a->total; }

enum err arena_copy(struct arena *a, struct bytes b, struct bytes *ret)
{
    uint8_t *p = arena_take(a, b.n);
    if (!p) return ERR_MEMORY;
    if (b.n > 0) memcpy(p, b.p, b.n);
    *ret = (struct bytes){ p, b.n };
    return ERR_OK;
}

enum err arena_copy_text(struct arena *a, struct text t, struct text *ret)
{
    char *p = arena_take(a, t.n + 1);
    if (!p) return ERR_MEMORY;
    if (t.n > 0) memcpy(p, t.p, t.n);
    p[t.n] = '\0';
    *ret = (struct text){ p, t.n };
    return ERR_OK;
}
