/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* When the gatherings of a series are: an hour on the wall of one place, expanded to instants. Pure: no store, no clock.
 *
 * Each gathering is at the same hour of the wall clock, summer and winter. The first day says the rest: weekly and
 * fortnightly go on from it, monthly means the same weekday of the month (the third Tuesday; a fifth is the last).
 * Where clocks are changed, RFC 5545 (3.3.5) holds: an hour that is not there is taken by the offset before the change,
 * so it is an hour later on the wall; an hour that is there twice is the first of the two. */
#ifndef BESIDE_GATHERING_SERIES_H
#define BESIDE_GATHERING_SERIES_H

#include "lib/bytes.h"

enum { SERIES_MAX = 52, SERIES_START_TEXT = 16, SERIES_ZONE_MAX = 64 };
enum series_repeat { SERIES_NONE, SERIES_WEEKLY, SERIES_FORTNIGHTLY, SERIES_MONTHLY };

/* "none", "weekly", "fortnightly", "monthly"; ERR_BAD_INPUT. */
enum err series_repeat_parse(struct text name, enum series_repeat *ret) MUST_USE;

/* START is YYYY-MM-DDTHH:MM on the wall of ZONE (an IANA name). COUNT instants, 1 … SERIES_MAX, ascending; one for
 * SERIES_NONE whatever COUNT says. ERR_BAD_INPUT, and *RET_WHY says what to mend. */
enum err series_expand(struct text start, struct text zone, enum series_repeat repeat, size_t count,
                       int64_t ret_ms[SERIES_MAX], size_t *ret_n, const char **ret_why) MUST_USE;

#endif
