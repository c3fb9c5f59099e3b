/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* beside routes [--json]: the route table, as this program has it. */
#include <stdio.h>

#include "api/api.h"
#include "api/pace.h"
#include "cmd/cmd.h"

static const char *const who_names[] = {
    [WHO_ANY] = "any", [WHO_INVITE] = "invite", [WHO_PERSON] = "person",
    [WHO_PERSON_AND_INVITE] = "person+invite", [WHO_STEWARD] = "steward",
};
static const char *const mode_names[] = { [MODE_READS] = "reads", [MODE_WRITES] = "writes", [MODE_STREAM] = "stream" };
static const char *const body_names[] = { [BODY_NONE] = "none", [BODY_JSON] = "json", [BODY_OCTETS] = "octets" };

static void print_row(void *arg, const struct route *r)
{
    (void)arg;
    (void)printf("%-7s %-40s %-14s %-7s %-7s %7zu  %s\n", r->method, r->path, who_names[r->who], mode_names[r->mode], body_names[r->body],
                 r->body_max, pace_name(r->rate));
}

/* All values are literals of ours: nothing needs escaping. */
static void print_json(void *arg, const struct route *r)
{
    const char **before = arg;
    (void)printf("%s  {\"method\":\"%s\",\"path\":\"%s\",\"who\":\"%s\",\"mode\":\"%s\",\"body\":\"%s\",\"body_max\":%zu,\"rate\":\"%s\"}", *before,
                 r->method, r->path, who_names[r->who], mode_names[r->mode], body_names[r->body], r->body_max, pace_name(r->rate));
    *before = ",\n";
}

int cmd_routes(const struct config *c)
{
    const char *before = "[\n";
    if (c->n_words > 0) return cmd_say(CMD_MISUSED, "Say: beside routes [--json]");
    if (c->json) api_each_route(print_json, &before);
    else api_each_route(print_row, NULL);
    if (c->json) (void)puts("\n]");
    return CMD_DONE;
}
