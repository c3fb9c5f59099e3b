/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The log: what the machine did, never who or what was said.
 *
 * One line an event on standard error, `level event key=value …`. There is no way to log a view of bytes or an
 * address: the values are numbers, our own literals, and enum names. The level is the program's one global. */
#ifndef BESIDE_LIB_LOG_H
#define BESIDE_LIB_LOG_H

#include <stdint.h>

enum log_level { LOG_LEVEL_QUIET, LOG_LEVEL_ERROR, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };
void log_set_level(enum log_level level);

/* EVENT and LITERAL are literals of ours. */
void log_error(const char *event, const char *literal, int64_t number);
void log_info(const char *event, const char *literal, int64_t number);
void log_debug(const char *event, const char *literal, int64_t number);

#endif
