/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* beside check: proves that what must always hold in the store does hold. Each noun knows its own rules; the engine
 * checks itself. Safe while the house is open: it reads one snapshot. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bond/bond.h"
#include "circle/circle.h"
#include "cmd/cmd.h"
#include "calendar/calendar.h"
#include "gathering/gathering.h"
#include "invite/invite.h"
#include "room/room.h"
#include "safety/safety.h"
#include "session/session.h"
#include "vault/vault.h"
#include "voice/voice.h"

enum { ENGINE_SAYS_MAX = 512 };

static enum err (*const checks[])(struct store_conn *db, int64_t *ret_broken) = {
    person_check, session_check, invite_check, safety_check, room_check, bond_check, circle_check, gathering_check, calendar_check, vault_check, voice_check,
};

static enum err check_all(struct store_conn *db, int64_t *ret_broken)
{
    *ret_broken = 0;
    TRY(store_begin(db));
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        enum err e = checks[i](db, ret_broken);
        if (e != ERR_OK) {
            store_rollback(db);
            return e;
        }
    }
    return store_commit(db);
}

static int check(struct store_conn *db)
{
    char engine[ENGINE_SAYS_MAX];
    int64_t broken;
    if (store_self_check(db, engine, sizeof engine) != ERR_OK) return cmd_say(CMD_FAILED, "The engine could not check itself.");
    if (strcmp(engine, "ok") != 0) return cmd_say(CMD_FAILED, "The engine finds itself broken: %s", engine);
    if (check_all(db, &broken) != ERR_OK) return cmd_say(CMD_FAILED, "The store could not be read to its end.");
    if (broken > 0) return cmd_say(CMD_FAILED, "%" PRId64 " things do not hold. The lines above name them.", broken);
    (void)puts("All holds.");
    return CMD_DONE;
}

int cmd_check(const struct config *c)
{
    if (c->n_words > 0) return cmd_say(CMD_MISUSED, "Say: beside check [--data FOLDER | --store URL]");
    struct store *s = cmd_open_store(c);
    struct store_conn *db = NULL;
    if (!s) return CMD_FAILED;
    int code = store_connect(s, STORE_READS, &db) == ERR_OK ? check(db) : cmd_say(CMD_FAILED, "The store cannot be reached.");
    if (db) store_disconnect(&db);
    store_free(&s);
    return code;
}
