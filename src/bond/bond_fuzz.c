/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as the acceptance of an invite. What is accepted lies within the input, piece behind piece. */
#include "bond/bond.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static void try_accept(struct bytes whole)
{
    struct bond_accept accept;
    if (bond_accept_parse(whole, &accept) != ERR_OK) return;
    must(accept.answer.p == whole.p + 2 && accept.answer.n >= BOND_ANSWER_MIN && accept.answer.n <= BOND_ANSWER_MAX);
    must(id_equal(&accept.room, &accept.change.link.room));
    size_t n = accept.change.link.n;
    struct bytes last = accept.change.envelopes[n - 1];
    must(n >= 1 && n <= ROOM_MEMBERS_MAX && last.p + last.n == whole.p + whole.n);
    must(whole.n <= BOND_ACCEPT_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of just this size, so that a read past the end is seen. */
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) return 0;
    if (size) memcpy(copy, data, size);
    try_accept(bytes_of(copy, size));
    free(copy);
    return 0;
}
