/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* beside backup FILE: a consistent copy of an SQLite house while it is open. It holds what the house holds. */
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "store/store.h"

int cmd_backup(const struct config *c)
{
    if (c->n_words != 1) return cmd_say(CMD_MISUSED, "Say: beside backup FILE [--data FOLDER]");
    if (c->store[0]) return cmd_say(CMD_FAILED, "A house on PostgreSQL is backed up with PostgreSQL's own tool: pg_dump.");
    if (access(c->words[0], F_OK) == 0) return cmd_say(CMD_FAILED, "%s is there already. A backup is never written over another; choose a new name.", c->words[0]);
    struct store *s = cmd_open_store(c);
    if (!s) return CMD_FAILED;
    (void)umask(077);   /* gives back the old one */
    enum err e = store_backup(s, c->words[0]);
    store_free(&s);
    if (e == ERR_OK) return CMD_DONE;
    if (e == ERR_STORE_FULL) return cmd_say(CMD_FAILED, "The disk is full; there is no backup.");
    return cmd_say(CMD_FAILED, "The backup could not be written to %s. Look at the lines above.", c->words[0]);
}
