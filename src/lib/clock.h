/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Time. Wall time in milliseconds since 1970 for what is stored; a monotonic one for limits and waits. */
#ifndef BESIDE_LIB_CLOCK_H
#define BESIDE_LIB_CLOCK_H

#include <stdint.h>

int64_t clock_now_ms(void);
int64_t clock_mono_ms(void);
enum { CLOCK_DAY_MS = 86400000 };
int64_t clock_day_ms(int64_t ms);   /* the start of that UTC day: used where a finer time is nobody's business */

#endif
