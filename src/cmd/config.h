/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Settings: flags, and one file with the same names.
 *
 * The file has one `name = value` a line; `#` begins a line that is only for people. A flag stands above the file. A
 * name that is not known, or a value that does not fit, is refused with a sentence that says what to write. */
#ifndef BESIDE_CMD_CONFIG_H
#define BESIDE_CMD_CONFIG_H

#include "lib/bytes.h"

enum { CONFIG_TEXT_MAX = 512, CONFIG_WORDS_MAX = 8, CONFIG_FILE_MAX = 64 << 10, CONFIG_WHY_MAX = 768 };

struct config {
    char listen[CONFIG_TEXT_MAX], data[CONFIG_TEXT_MAX], store[CONFIG_TEXT_MAX], name[CONFIG_TEXT_MAX];
    char url[CONFIG_TEXT_MAX], tls_cert[CONFIG_TEXT_MAX], tls_key[CONFIG_TEXT_MAX], log[CONFIG_TEXT_MAX];
    int64_t connections, threads, patience, rate_factor, voice_quota_mb, circle_size;
    int64_t uses, days;                 /* of an invite: flags only */
    int64_t json;                       /* flag only */
    size_t n_words;                     /* what was typed besides flags */
    const char *words[CONFIG_WORDS_MAX];
};

void config_defaults(struct config *ret);
/* Sets from a file's text; RET_WHY says what to mend, and where. */
enum err config_read_text(struct config *c, struct text file, char ret_why[CONFIG_WHY_MAX]) MUST_USE;
/* Sets from the words behind the command: flags (`--name value` or `--name=value`), --config FILE first of all. */
enum err config_read_words(struct config *c, int argc, char **argv, char ret_why[CONFIG_WHY_MAX]) MUST_USE;
/* Do the settings fit together? */
enum err config_judge(const struct config *c, char ret_why[CONFIG_WHY_MAX]) MUST_USE;

/* Where the store is: the URL if there is one, else the folder. */
const char *config_where(const struct config *c);
/* Each setting with its default and what it is for, as the help shows it. */
void config_each(void (*each)(void *arg, const char *name, const char *value, const char *about), void *arg);

#endif
