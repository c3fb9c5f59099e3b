/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as an If-Match header. What is accepted is a decimal number, in quotes or not. */
#include "vault/vault.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static void try_version(struct text t)
{
    int64_t version = -1;
    if (vault_read_version(t, &version) != ERR_OK) return;
    must(version >= 0 && t.n >= 1);
    for (size_t i = 0; i < t.n; i++)
        must((t.p[i] >= '0' && t.p[i] <= '9') || (t.p[i] == '"' && (i == 0 || i == t.n - 1)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of just this size, so that a read past the end is seen. */
    char *copy = malloc(size ? size : 1);
    if (!copy) return 0;
    if (size) memcpy(copy, data, size);
    try_version((struct text){ copy, size });
    free(copy);
    return 0;
}
