/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* beside: picks the command that was typed, reads its settings, and runs it. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "crypt/crypt.h"
#include "http/file.h"

static const struct command { const char *name, *words, *about; int (*run)(const struct config *c); } commands[] = {
    { "serve", "", "open the house; TERM or INT closes it, and what was accepted is kept", cmd_serve },
    { "admin", "invite steward | invite house | invites | end ID | counts", "make, list and end invites; count", cmd_admin },
    { "backup", "FILE", "copy an SQLite house while it is open", cmd_backup },
    { "restore", "FILE", "put a backup where no house is", cmd_restore },
    { "check", "", "prove that what must hold in the store does hold", cmd_check },
    { "routes", "[--json]", "print the route table", cmd_routes },
};

static void print_setting(void *arg, const char *name, const char *value, const char *about)
{
    (void)arg;
    (void)printf("  --%-12s %s%s%s%s\n", name, about, value[0] ? " (" : "", value, value[0] ? ")" : "");
}

static int print_help(void)
{
    (void)puts("beside: a small place where people carry heavy things together\n");
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        (void)printf("  beside %s %s\n      %s\n", commands[i].name, commands[i].words, commands[i].about);
    (void)puts("\nSettings, as flags, or without the dashes as lines `name = value` of a file (the last three only as flags):\n");
    (void)puts("  --config       file to read settings from");
    config_each(print_setting, NULL);
    (void)puts("\n  beside --version prints the version, and the hash of the client inside. The manual page says more: man beside");
    return CMD_DONE;
}

static int print_version(void)
{
    (void)printf("beside %s\nclient %s\n", BESIDE_VERSION, http_client_carried.hash[0] ? http_client_carried.hash : "none");
    return CMD_DONE;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct config c;
    char why[CONFIG_WHY_MAX];
    config_defaults(&c);
    if (config_read_words(&c, argc, argv, why) != ERR_OK || config_judge(&c, why) != ERR_OK) return cmd_say(CMD_MISUSED, "%s", why);
    if (crypt_init() != ERR_OK) return cmd_say(CMD_FAILED, "libsodium could not start.");
    return command->run(&c);
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "--help";
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return print_help();
    if (strcmp(what, "--help") == 0 || strcmp(what, "help") == 0) return print_help();
    if (strcmp(what, "--version") == 0) return print_version();
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strcmp(what, commands[i].name) == 0) return run(&commands[i], argc - 2, argv + 2);
    return cmd_say(CMD_MISUSED, "There is no \"beside %s\". beside --help says what there is.", what);
}
