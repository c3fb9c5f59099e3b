/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a person can type behind `beside`. Each command gets its settings and the words that are left; it answers with
 * the program's exit code and speaks in sentences. */
#ifndef BESIDE_CMD_CMD_H
#define BESIDE_CMD_CMD_H

#include "cmd/config.h"

enum { CMD_DONE = 0, CMD_FAILED = 1, CMD_MISUSED = 2 };

int cmd_serve(const struct config *c);
int cmd_admin(const struct config *c);
int cmd_backup(const struct config *c);
int cmd_restore(const struct config *c);
int cmd_check(const struct config *c);
int cmd_routes(const struct config *c);

/* A sentence on standard error. */
__attribute__((format(printf, 2, 3))) int cmd_say(int exit_code, const char *format, ...);

/* Opens the house's store and brings its schema up to date; says what is wrong if it cannot. */
struct store *cmd_open_store(const struct config *c);

#endif
