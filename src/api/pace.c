/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rate classes and their figures. They are wide enough for a person with three devices that come back from a long
 * night without a network, and for a hall of people behind one address; and narrow enough that guessing is hopeless. */
#include "api/pace.h"

#include <stdlib.h>

#include "lib/clock.h"
#include "lib/limit.h"

enum { SLOTS = 4096, KEY_BYTES = 16 };

static const struct { const char *name; uint32_t burst, per_minute; } classes[RATE_CLASSES] = {
    [RATE_READ]    = { "read", 600, 1200 },
    [RATE_WRITE]   = { "write", 300, 600 },
    [RATE_SIGN_IN] = { "sign-in", 36, 30 },
    [RATE_INVITE]  = { "invite", 120, 60 },
    [RATE_STREAM]  = { "stream", 60, 30 },
};

struct pace {
    uint8_t key[KEY_BYTES];
    struct limit *limits[RATE_CLASSES];   /* all NULL: no limits */
};

struct pace *pace_new(unsigned factor)
{
    struct pace *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    crypt_random(p->key, sizeof p->key);
    for (size_t i = 0; factor > 0 && i < RATE_CLASSES; i++) {
        p->limits[i] = limit_new(SLOTS, classes[i].burst * factor, classes[i].per_minute * factor);
        if (!p->limits[i]) pace_free(&p);
        if (!p) return NULL;
    }
    return p;
}

void pace_free(struct pace **p)
{
    if (!*p) return;
    for (size_t i = 0; i < RATE_CLASSES; i++) limit_free(&(*p)->limits[i]);
    crypt_wipe((*p)->key, KEY_BYTES);
    free(*p);
    *p = NULL;
}

enum err pace_take(struct pace *p, enum route_rate class, struct call *c, const uint8_t address[16])
{
    if (!p->limits[class]) return ERR_OK;
    struct bytes whose = c->signed_in ? bytes_of_id(&c->me) : bytes_of(address, 16);
    int64_t wait_ms = limit_take(p->limits[class], crypt_short_hash(p->key, whose), clock_mono_ms());
    if (wait_ms == 0) return ERR_OK;
    c->retry_after_s = (int)((wait_ms + 999) / 1000);
    return ERR_SLOW_DOWN;
}

const char *pace_name(enum route_rate class) { return classes[class].name; }
