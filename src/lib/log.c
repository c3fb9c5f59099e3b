/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The log: one write(2)-sized line an event, so that lines of several threads do not mix. */
#include "lib/log.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static _Atomic enum log_level current_level = LOG_LEVEL_INFO;

void log_set_level(enum log_level level) { current_level = level; }

static void log_line(enum log_level level, const char *word, const char *event, const char *literal, int64_t number)
{
    char when[32] = "";
    struct tm tm;
    time_t now = time(NULL);
    if (level > current_level) return;
    if (gmtime_r(&now, &tm)) (void)strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm);   /* fits */
    (void)fprintf(stderr, "%s %s %s %s %lld\n", when, word, event, literal ? literal : "-", (long long)number);
}

void log_error(const char *event, const char *literal, int64_t number)
{
    log_line(LOG_LEVEL_ERROR, "error", event, literal, number);
}

void log_info(const char *event, const char *literal, int64_t number)
{
    log_line(LOG_LEVEL_INFO, "info", event, literal, number);
}

void log_debug(const char *event, const char *literal, int64_t number)
{
    log_line(LOG_LEVEL_DEBUG, "debug", event, literal, number);
}
