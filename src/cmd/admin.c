/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* beside admin: what whoever runs the machine may do, with the house open or closed. It makes, lists and ends invites,
 * and counts. It can read nothing and let itself into nothing: a steward is a person who came by a link. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bond/bond.h"
#include "circle/circle.h"
#include "cmd/cmd.h"
#include "invite/invite.h"
#include "lib/clock.h"
#include "room/room.h"
#include "voice/voice.h"

static const char USE[] = "Say: beside admin invite steward · invite house [--uses N] [--days N] [--url ORIGIN] · invites · end ID · counts";

/* Runs TASK in a transaction of its own. */
static enum err in_transaction(struct store *s, enum err (*task)(struct store_conn *db, void *arg), void *arg)
{
    struct store_conn *db;
    TRY(store_connect(s, STORE_WRITES, &db));
    enum err e = store_begin(db);
    if (e == ERR_OK) {
        e = task(db, arg);
        if (e == ERR_OK) e = store_commit(db);
        else store_rollback(db);
    }
    store_disconnect(&db);
    return e;
}

static int failed(enum err e)
{
    if (e == ERR_BUSY) return cmd_say(CMD_FAILED, "The store is busy. Try again in a moment.");
    if (e == ERR_STORE_FULL) return cmd_say(CMD_FAILED, "The disk is full. Nothing was changed.");
    return cmd_say(CMD_FAILED, "The store failed; nothing was changed. Look at the lines above.");
}

static const char *day_text(int64_t ms, char ret[16])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm day;
    if (!gmtime_r(&seconds, &day) || strftime(ret, 16, "%Y-%m-%d", &day) == 0) return "?";
    return ret;
}

/* Invites. */

struct making { const struct config *config; enum invite_kind kind; struct secret secret; int64_t expires_ms; };

static enum err make_invite(struct store_conn *db, void *arg)
{
    struct making *m = arg;
    struct invite_new n = { .kind = m->kind, .greeting = { NULL, 0 }, .expires_ms = m->expires_ms, .uses = m->config->uses };
    crypt_random(&m->secret, sizeof m->secret);
    crypt_invite_parts(&m->secret, &n.id, &n.auth);
    return invite_add(db, &n, clock_now_ms());
}

static void print_link(const struct making *m)
{
    char secret[64], day[16];
    const struct config *c = m->config;
    (void)sodium_bin2base64(secret, sizeof secret, m->secret.b, SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (c->uses == 1) (void)fprintf(stderr, "This link lets one person in, until %s (UTC).\n", day_text(m->expires_ms, day));
    else (void)fprintf(stderr, "This link lets %" PRId64 " people in, until %s (UTC).\n", c->uses, day_text(m->expires_ms, day));
    if (c->url[0]) (void)printf("%s/join#%s\n", c->url, secret);
    else (void)printf("%s://%s/join#%s\n", c->tls_cert[0] ? "https" : "http", c->listen, secret);
    crypt_wipe(secret, sizeof secret);
}

static int admin_invite(const struct config *c, struct store *s, const char *kind)
{
    struct making m = { .config = c, .kind = INVITE_KINDS, .expires_ms = clock_now_ms() + c->days * CLOCK_DAY_MS };
    if (strcmp(kind, "steward") == 0) m.kind = INVITE_STEWARD;
    if (strcmp(kind, "house") == 0) m.kind = INVITE_HOUSE;
    if (m.kind == INVITE_KINDS) return cmd_say(CMD_MISUSED, "An invite is for a steward or for the house: beside admin invite steward, or beside admin invite house.");
    enum err e = in_transaction(s, make_invite, &m);
    if (e == ERR_OK) print_link(&m);
    crypt_wipe(&m.secret, sizeof m.secret);
    return e == ERR_OK ? CMD_DONE : failed(e);
}

static enum err print_invite(void *arg, const struct invite *i)
{
    char id[ID_TEXT + 1], made[16], expires[16];
    struct text kind = invite_kind_name(i->kind), state = invite_state_name(i->state);
    (void)arg;
    id_format(&i->id, id);
    (void)printf("%s  %-7.*s  %-7.*s  made %s  until %s  joined %" PRId64 "  left %" PRId64 "\n", id, (int)kind.n, kind.p, (int)state.n, state.p,
                 day_text(i->made_ms, made), day_text(i->expires_ms, expires), i->joined, i->uses_left);
    return ERR_OK;
}

static enum err list_invites(struct store_conn *db, void *arg)
{
    const struct id operator = { { 0 } };
    (void)arg;
    return invite_each(db, &operator, clock_now_ms(), print_invite, NULL);
}

static enum err end_invite(struct store_conn *db, void *arg)
{
    const struct id operator = { { 0 } };
    return invite_end(db, arg, &operator);
}

static int admin_end(struct store *s, const char *text)
{
    struct id id;
    if (id_parse(text_of(text), &id) != ERR_OK)
        return cmd_say(CMD_MISUSED, "\"%s\" is no invite's id. beside admin invites shows the ids (22 characters).", text);
    enum err e = in_transaction(s, end_invite, &id);
    if (e == ERR_OK) return cmd_say(CMD_DONE, "Ended. The link lets nobody in any more.");
    if (e == ERR_INVITE_GONE) return cmd_say(CMD_FAILED, "There is no such invite.");
    return failed(e);
}

/* Counts. */

static enum err print_counts(struct store_conn *db, void *arg)
{
    int64_t stewards, people, bonds, circles, rooms, lines, invites, notes, bytes;
    (void)arg;
    TRY(person_count_stewards(db, &stewards));
    TRY(person_count(db, &people));
    TRY(bond_count(db, &bonds));
    TRY(circle_count(db, &circles));
    TRY(room_count(db, &rooms, &lines));
    TRY(invite_count_open(db, clock_now_ms(), &invites));
    TRY(voice_count(db, &notes, &bytes));
    (void)printf("people %" PRId64 "\nstewards %" PRId64 "\nbonds %" PRId64 "\ncircles %" PRId64 "\nrooms %" PRId64 "\nlines %" PRId64 "\nopen-invites %" PRId64 "\nvoice-notes %" PRId64 "\nvoice-bytes %" PRId64 "\n",
                 people, stewards, bonds, circles, rooms, lines, invites, notes, bytes);
    return ERR_OK;
}

static int run(const struct config *c, struct store *s)
{
    const char *what = c->n_words > 0 ? c->words[0] : "";
    enum err e;
    if (strcmp(what, "invite") == 0 && c->n_words == 2) return admin_invite(c, s, c->words[1]);
    if (strcmp(what, "end") == 0 && c->n_words == 2) return admin_end(s, c->words[1]);
    if (strcmp(what, "invites") == 0 && c->n_words == 1) e = in_transaction(s, list_invites, NULL);
    else if (strcmp(what, "counts") == 0 && c->n_words == 1) e = in_transaction(s, print_counts, NULL);
    else return cmd_say(CMD_MISUSED, "%s", USE);
    return e == ERR_OK ? CMD_DONE : failed(e);
}

int cmd_admin(const struct config *c)
{
    if (c->n_words == 0) return cmd_say(CMD_MISUSED, "%s", USE);
    struct store *s = cmd_open_store(c);
    if (!s) return CMD_FAILED;
    int code = run(c, s);
    store_free(&s);
    return code;
}
