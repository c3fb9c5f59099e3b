/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Any bytes as a settings file: refused with a sentence, or read. */
#include <assert.h>
#include <string.h>

#include "cmd/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct config c;
    char why[CONFIG_WHY_MAX] = "";
    config_defaults(&c);
    enum err e = config_read_text(&c, (struct text){ (const char *)data, n }, why);
    assert((e == ERR_OK) == (why[0] == '\0'));
    return 0;
}
