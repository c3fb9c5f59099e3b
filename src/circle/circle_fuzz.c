/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as a statement of leaving and as a sealed box. What is accepted as a statement is the same bytes again. */
#include "circle/circle.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static void try_leave(struct bytes whole)
{
    struct circle_leave leave;
    if (circle_leave_parse(whole, &leave) != ERR_OK) return;
    must(whole.n == CIRCLE_LEAVE_BYTES && leave.signature == whole.p + 4);
    must(leave.epoch >= 1 && leave.epoch <= ROOM_EPOCH_MAX);
    for (int i = 0; i < 4; i++) must(whole.p[i] == (uint8_t)(leave.epoch >> (24 - 8 * i)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of just this size, so that a read past the end is seen. */
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) return 0;
    if (size) memcpy(copy, data, size);
    try_leave(bytes_of(copy, size));
    must(!circle_is_box(bytes_of(copy, size)) || (size >= CIRCLE_BOX_MIN && size <= CIRCLE_BOX_MAX));
    free(copy);
    return 0;
}
