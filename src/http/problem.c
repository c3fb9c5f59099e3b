/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The table of problems. The sentence is for a person: what happened, and where it helps, what to do. */
#include "http/problem.h"

#include <assert.h>
#include <stdio.h>

enum { PROBLEM_MAX = 2048, RETRY_AFTER_S = 2 };

static const struct http_problem problems[ERR_COUNT] = {
    [ERR_BAD_INPUT]      = { 400, "bad-input", "The request is not in the form this house understands." },
    [ERR_TOO_BIG]        = { 413, "too-big", "That is larger than the house takes." },
    [ERR_TOO_MANY]       = { 429, "too-many", "There are already as many of these as the house keeps." },
    [ERR_BAD_ORIGIN]     = { 403, "bad-origin", "This did not come from the house's own pages." },
    [ERR_NOT_SIGNED_IN]  = { 401, "not-signed-in", "You are not signed in here." },
    [ERR_SIGN_IN_FAILED] = { 401, "sign-in-failed", "These do not fit together. Nothing is locked; you can try again." },
    [ERR_FORBIDDEN]      = { 403, "forbidden", "This is not yours to do." },
    [ERR_NOT_FOUND]      = { 404, "not-found", "There is nothing here." },
    [ERR_BAD_METHOD]     = { 405, "bad-method", "This cannot be done here." },
    [ERR_BAD_TYPE]       = { 415, "bad-type", "The house does not take this kind of content here." },
    [ERR_BAD_SIGNATURE]  = { 400, "bad-signature", "The signature does not hold, or it was used before." },
    [ERR_SLOW_DOWN]      = { 429, "slow-down", "That was a lot at once. Please wait a moment." },
    [ERR_NAME_TAKEN]     = { 409, "name-taken", "This sign-in name is taken. Please choose another." },
    [ERR_INVITE_GONE]    = { 404, "invite-gone", "This invite does not work any more. You can ask for a new one." },
    [ERR_OWN_INVITE]     = { 409, "own-invite", "This is your own invite. It is for somebody else." },
    [ERR_ALREADY_BONDED] = { 409, "already-bonded", "You two are already connected." },
    [ERR_EXISTS]         = { 409, "exists", "This is already there." },
    [ERR_STALE_EPOCH]    = { 409, "stale-epoch", "The room has a newer key." },
    [ERR_ENTRY_EXISTS]   = { 409, "entry-exists", "Another entry already has this id." },
    [ERR_ROOM_ENDED]     = { 409, "room-ended", "This room has ended. What was said can still be read." },
    [ERR_VAULT_CHANGED]  = { 412, "vault-changed", "This was changed on another device." },
    [ERR_VOICE_ORDER]    = { 409, "voice-order", "This is not the part of the voice note that comes next." },
    [ERR_VOICE_FULL]     = { 507, "voice-full", "There is no room left for your voice notes in this house. Nothing was done." },
    [ERR_ROLL_DUE]       = { 409, "roll-due", "Someone left. The room needs a new key before anything more is said in it." },
    [ERR_ALREADY_MEMBER] = { 409, "already-member", "You are in this circle already." },
    [ERR_CIRCLE_FULL]    = { 409, "circle-full", "This circle has no place free now." },
    [ERR_TWO_KEEPERS]    = { 409, "two-keepers", "A circle of more than six people needs two keepers." },
    [ERR_LAST_KEEPER]    = { 409, "last-keeper", "A circle needs a keeper. Somebody else can become one first." },
    [ERR_NOT_YOUR_TURN]  = { 409, "not-your-turn", "Someone else has the turn now. Yours comes." },
    [ERR_PAUSED]         = { 409, "paused", "Someone rang the bell. All pause for a moment." },
    [ERR_DOOR_CLOSED]    = { 409, "door-closed", "The door of this gathering has closed. There will be another." },
    [ERR_TAKEN]          = { 409, "taken", "Somebody else has taken this on." },
    [ERR_TOO_EARLY]      = { 409, "too-early", "It is not time for this yet." },
    [ERR_BUSY]           = { 503, "busy", "The house is busy. Nothing was done; please try again in a moment." },
    [ERR_STORE]          = { 503, "store", "The house cannot reach its store. Nothing was done; please try again." },
    [ERR_STORE_FULL]     = { 507, "store-full", "The house has no room left. Nothing was done; whoever runs it must make room." },
    [ERR_UNKNOWN_FATE]   = { 503, "unknown-fate", "The house cannot say whether this was kept. Sending it again is safe." },
    [ERR_MEMORY]         = { 503, "memory", "The house is short of memory. Nothing was done; please try again." },
    [ERR_INTERNAL]       = { 500, "internal", "Something is wrong in the house itself. Nothing was done." },
};

static const struct http_problem head_too_big = {
    431, "too-big", "The head of this request is longer than the house takes."
};

const struct http_problem *http_problem_of(enum err e)
{
    assert(e > ERR_OK && e < ERR_COUNT);
    return &problems[e];
}

static enum err build_problem(struct call *c, const struct http_problem *p)
{
    char type[64];
    (void)snprintf(type, sizeof type, "/problems/%s", p->code);   /* codes are short literals of ours */
    struct build b = build_start(c->arena, PROBLEM_MAX);
    json_open(&b, NULL, '{');
    json_text(&b, "type", text_of(type));
    json_text(&b, "title", text_of(p->title));
    json_int(&b, "status", p->status);
    json_text(&b, "code", text_of(p->code));
    if (c->detail) json_text(&b, "detail", text_of(c->detail));
    for (size_t i = 0; i < c->n_extras; i++)
        json_int(&b, c->extras[i].name, c->extras[i].value);
    json_close(&b, '}');
    return build_done(&b, &c->reply);
}

static void reply_with(struct call *c, const struct http_problem *p)
{
    static const char without_memory[] =
        "{\"type\":\"/problems/memory\",\"title\":\"The house is short of memory.\",\"status\":503,\"code\":\"memory\"}";
    c->status = p->status;
    c->reply_type = "application/problem+json";
    c->set_session = NULL;
    if (build_problem(c, p) != ERR_OK) {
        c->status = 503;
        c->reply = bytes_of_text(TEXT(without_memory));
    }
    if ((c->status == 503 || c->status == 429) && c->retry_after_s == 0) c->retry_after_s = RETRY_AFTER_S;
}

void http_problem_reply(struct call *c, enum err e) { reply_with(c, http_problem_of(e)); }
void http_problem_head_too_big(struct call *c) { reply_with(c, &head_too_big); }
