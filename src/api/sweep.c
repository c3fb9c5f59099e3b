/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The complication is that a job may still be under way when the next one is due: then that one is left out. */
#include "api/sweep.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "calendar/calendar.h"
#include "circle/circle.h"
#include "gathering/gathering.h"
#include "lib/clock.h"
#include "lib/log.h"

enum { ARENA_MAX = 1 << 20 };

static enum err (*const sweeps[])(struct store_conn *db, struct arena *a, int64_t now_ms) = { circle_sweep, gathering_sweep, calendar_sweep };

struct sweep {
    struct store_job job;
    struct arena *arena;
    int64_t last_mono_ms;                /* 0: never yet */
    atomic_bool under_way;
};

struct sweep *sweep_new(void)
{
    struct sweep *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->arena = arena_new(ARENA_MAX);
    if (!s->arena) {
        free(s);
        return NULL;
    }
    return s;
}

void sweep_free(struct sweep **s)
{
    if (!*s) return;
    arena_free(&(*s)->arena);
    free(*s);
    *s = NULL;
}

enum err sweep_all(struct store_conn *db, struct arena *a, int64_t now_ms)
{
    for (size_t i = 0; i < sizeof sweeps / sizeof sweeps[0]; i++) TRY(sweeps[i](db, a, now_ms));
    return ERR_OK;
}

static enum err run(struct store_conn *db, void *arg)
{
    struct sweep *s = arg;
    arena_reset(s->arena);
    return sweep_all(db, s->arena, clock_now_ms());
}

static void done(void *arg, enum err outcome)
{
    struct sweep *s = arg;
    if (outcome != ERR_OK) log_error("sweep", "what is over was not swept; the next one tries again", outcome);
    atomic_store(&s->under_way, false);
}

void sweep_tick(struct sweep *s, int64_t now_mono_ms, enum err (*submit)(void *arg, struct store_job *job), void *arg)
{
    if (s->last_mono_ms != 0 && now_mono_ms - s->last_mono_ms < SWEEP_EVERY_MS) return;
    if (atomic_exchange(&s->under_way, true)) return;
    s->last_mono_ms = now_mono_ms;
    s->job = (struct store_job){ .run = run, .done = done, .arg = s };
    if (submit(arg, &s->job) != ERR_OK) atomic_store(&s->under_way, false);   /* busy or closing */
}
