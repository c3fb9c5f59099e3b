/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The two clocks. */
#include "lib/clock.h"

#include <time.h>

static int64_t read_ms(clockid_t which)
{
    struct timespec t;
    if (clock_gettime(which, &t) != 0) return 0;   /* cannot fail for these two clocks */
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_now_ms(void) { return read_ms(CLOCK_REALTIME); }
int64_t clock_mono_ms(void) { return read_ms(CLOCK_MONOTONIC); }
int64_t clock_day_ms(int64_t ms) { return ms - ms % CLOCK_DAY_MS; }
