/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What several commands need: to speak, and to open the store. */
#include <stdarg.h>
#include <stdio.h>

#include "cmd/cmd.h"
#include "store/store.h"

int cmd_say(int exit_code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vfprintf(stderr, format, args);   /* nobody is left to tell */
    va_end(args);
    (void)fputc('\n', stderr);
    return exit_code;
}

struct store *cmd_open_store(const struct config *c)
{
    struct store *s = NULL;
    const char *what = c->store[0] ? "the database that --store names" : "the folder that --data names";
    if (store_open(config_where(c), &s) == ERR_OK && store_migrate(s) == ERR_OK) return s;
    (void)cmd_say(CMD_FAILED, "The store cannot be opened. Look at the lines above, and whether this user may write to %s (%s).", what,
                  c->store[0] ? "see docs/OPERATING.md" : c->data);
    if (s) store_free(&s);
    return NULL;
}
