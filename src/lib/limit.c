/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Token buckets in a set-associative table: a key's hash picks a set of WAYS slots, and within it the key lives in one
 * of them or takes over the fullest. Tokens are counted in thousandths and refilled from the clock when looked at, so
 * nothing runs in the background. One lock: a look takes some tens of nanoseconds. */
#include "lib/limit.h"

#include <pthread.h>
#include <stdlib.h>

enum { WAYS = 4, ONE_TOKEN = 1000 };

struct bucket {
    uint64_t key;
    int64_t level;     /* thousandths of a token */
    int64_t at_ms;     /* when LEVEL was true */
};

struct limit {
    pthread_mutex_t lock;
    size_t sets;
    int64_t full;           /* thousandths */
    uint32_t per_minute;
    struct bucket slots[];
};

struct limit *limit_new(size_t slots, uint32_t burst, uint32_t per_minute)
{
    size_t sets = slots / WAYS > 0 ? slots / WAYS : 1;
    struct limit *l = calloc(1, sizeof *l + sets * WAYS * sizeof l->slots[0]);
    if (!l) return NULL;
    if (pthread_mutex_init(&l->lock, NULL) != 0) {
        free(l);
        return NULL;
    }
    l->sets = sets;
    l->full = (int64_t)burst * ONE_TOKEN;
    l->per_minute = per_minute > 0 ? per_minute : 1;
    for (size_t i = 0; i < sets * WAYS; i++)
        l->slots[i].level = l->full;
    return l;
}

void limit_free(struct limit **l)
{
    if (!*l) return;
    (void)pthread_mutex_destroy(&(*l)->lock);   /* nobody holds it: the caller owns the last reference */
    free(*l);
    *l = NULL;
}

static int64_t level_now(const struct limit *l, const struct bucket *b, int64_t now_ms)
{
    int64_t passed = now_ms > b->at_ms ? now_ms - b->at_ms : 0;
    if (passed > (int64_t)24 * 3600 * 1000) return l->full;
    int64_t level = b->level + passed * l->per_minute * ONE_TOKEN / 60000;
    return level < l->full ? level : l->full;
}

/* The key's own bucket, or the fullest of its set, emptied of its old key. */
static struct bucket *find(struct limit *l, uint64_t key, int64_t now_ms)
{
    struct bucket *set = &l->slots[key % l->sets * WAYS], *fullest = set;
    for (struct bucket *b = set; b < set + WAYS; b++) {
        if (b->key == key && b->at_ms != 0) return b;
        if (level_now(l, b, now_ms) > level_now(l, fullest, now_ms)) fullest = b;
    }
    *fullest = (struct bucket){ key, l->full, now_ms };
    return fullest;
}

int64_t limit_take(struct limit *l, uint64_t key, int64_t now_ms)
{
    int64_t wait = 0;
    (void)pthread_mutex_lock(&l->lock);   /* fails only for misuse of the mutex */
    struct bucket *b = find(l, key, now_ms);
    int64_t level = level_now(l, b, now_ms);
    /* An unchanged level keeps its old time, so that asking too often does not round the refill away. */
    if (level >= ONE_TOKEN)
        *b = (struct bucket){ key, level - ONE_TOKEN, now_ms };
    else
        wait = ((ONE_TOKEN - level) * 60000 + l->per_minute * ONE_TOKEN - 1) / ((int64_t)l->per_minute * ONE_TOKEN);
    (void)pthread_mutex_unlock(&l->lock);
    return wait;
}
