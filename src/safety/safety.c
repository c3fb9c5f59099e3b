/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of blocks. */
#include "safety/safety.h"

enum err safety_block(struct call *c, const struct id *person)
{
    int64_t n = 0;
    if (id_equal(person, &c->me)) return call_problem(c, ERR_BAD_INPUT, "nobody can block themselves");
    TRY(person_hold(c->db, &c->me));
    TRY(safety_store_add(c->db, &c->me, person, c->now_ms));
    TRY(safety_store_count(c->db, &c->me, &n));
    if (n <= HOUSE_BLOCKS_MAX) return ERR_OK;
    call_extra(c, "limit", HOUSE_BLOCKS_MAX);
    return ERR_TOO_MANY;   /* an error takes the block back */
}
