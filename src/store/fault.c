/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Faults on demand: a test makes the n-th statement, commit or connect from now on fail, once, with an error it chose.
 *
 * It stands in front of both drivers, in the shipped program too (one atomic load a call), so that what is tested is
 * what runs. What the engines do by themselves when a disk is full or a connection breaks is tested with a real full
 * disk and a real broken connection. */
#include <assert.h>

#include "store/store_driver.h"

void store_fault_after(struct store *s, enum store_fault kind, uint64_t n, enum err with)
{
    assert(with != ERR_OK && "a fault needs an error to fail with");
    atomic_store(&s->faults.with[kind], with);
    atomic_store(&s->faults.left[kind], n);
}

enum err store_fault_hit(struct store *s, enum store_fault kind)
{
    atomic_uint_least64_t *left = &s->faults.left[kind];
    uint64_t n = atomic_load_explicit(left, memory_order_relaxed);
    while (n) {
        if (!atomic_compare_exchange_weak(left, &n, n - 1)) continue;
        return n == 1 ? (enum err)atomic_load(&s->faults.with[kind]) : ERR_OK;
    }
    return ERR_OK;
}
