/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What anyone may ask of the house: who it is, what it keeps, whether it is well. */
#include "house/house.h"

#ifndef BESIDE_VERSION
#error "the build says which version this is"
#endif

enum { COLUMNS_MAX = 512, ABOUT_MAX = 128 << 10, REPLY_MAX = 4 << 10 };

static const struct { const char *name; int64_t value; } limits[] = {
    { "json_bytes", HOUSE_JSON_MAX },
    { "entry_bytes", HOUSE_ENTRY_MAX },
    { "vault_bytes", HOUSE_VAULT_ITEM_MAX },
    { "vault_items", HOUSE_VAULT_ITEMS_MAX },
    { "open_invites", HOUSE_INVITES_OPEN_MAX },
    { "sessions", HOUSE_SESSIONS_MAX },
    { "bonds", HOUSE_BONDS_MAX },
    { "circles", HOUSE_CIRCLES_MAX },
    { "blocks", HOUSE_BLOCKS_MAX },
    { "page_entries", HOUSE_PAGE_MAX },
    { "voice_bytes", HOUSE_VOICE_MAX },
};

/* Written for people, in short sentences. Each must stay true of the schema and of the log. */
static const char *const can_be_handed_over[] = {
    "Which accounts exist, and on which day each was made.",
    "Who has a bond with whom, since when, and who ended it.",
    "When an entry came, who wrote it, how long it is, and in which room.",
    "When a voice note came, who recorded it, how large it is (so about how long), and in which room.",
    "Which devices are signed in, since when, and the last day each was used.",
    "Who made an invite, and which account came in by it.",
    "Whom a person has blocked.",
    "All sealed things, as they lie here: without the keys, which are not here.",
};
static const char *const cannot_be_handed_over[] = {
    "What people write: entries, check-ins, names for one another, greetings. The house has no key to them.",
    "What people say in voice notes, and what their voices sound like. The sound is sealed like the words.",
    "Sign-in names and passphrases. They never reach the house.",
    "Names of devices. They are sealed.",
    "Addresses from which people came. They are not stored and not logged.",
    "Who read what, and when. Nothing counts that.",
};

static enum err get_house(struct call *c)
{
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "id", &c->house->id);
    json_text(&b, "name", text_of(c->house->name));
    json_text(&b, "version", TEXT(BESIDE_VERSION));
    json_text(&b, "client", text_of(c->house->client));
    json_int(&b, "now_ms", c->now_ms);
    json_open(&b, "limits", '{');
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        json_int(&b, limits[i].name, limits[i].value);
    json_int(&b, "voice_quota_bytes", c->house->voice_quota_bytes);
    json_int(&b, "circle_size", c->house->circle_size_max);
    json_close(&b, '}');
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

struct columns { struct house_column all[COLUMNS_MAX]; size_t n; };

static enum err gather(void *arg, const struct house_column *c)
{
    struct columns *columns = arg;
    if (columns->n == COLUMNS_MAX) return ERR_INTERNAL;
    columns->all[columns->n++] = *c;
    return ERR_OK;
}

static void tell_column(struct build *b, const struct house_column *c)
{
    json_open(b, NULL, '{');
    json_text(b, "name", c->column);
    json_text(b, "kind", c->kind);
    json_text(b, "about", c->about);
    json_close(b, '}');
}

/* A table is told where its first column stands, with all that later migrations added to it. */
static void tell_table(struct build *b, const struct columns *columns, size_t first)
{
    const struct house_column *head = &columns->all[first];
    for (size_t i = 0; i < first; i++)
        if (text_equal(columns->all[i].table, head->table)) return;
    json_open(b, NULL, '{');
    json_text(b, "name", head->table);
    json_text(b, "about", head->table_about);
    json_open(b, "columns", '[');
    for (size_t i = first; i < columns->n; i++)
        if (text_equal(columns->all[i].table, head->table)) tell_column(b, &columns->all[i]);
    json_close(b, ']');
    json_close(b, '}');
}

static void tell_sentences(struct build *b, const char *name, const char *const *sentences, size_t n)
{
    json_open(b, name, '[');
    for (size_t i = 0; i < n; i++)
        json_text(b, NULL, text_of(sentences[i]));
    json_close(b, ']');
}

static enum err get_about(struct call *c)
{
    struct columns *columns = arena_take(c->arena, sizeof *columns);
    if (!columns) return ERR_MEMORY;
    TRY(house_each_column(gather, columns));
    struct build b = build_start(c->arena, ABOUT_MAX);
    json_open(&b, NULL, '{');
    json_open(&b, "tables", '[');
    for (size_t i = 0; i < columns->n; i++)
        tell_table(&b, columns, i);
    json_close(&b, ']');
    tell_sentences(&b, "can_hand_over", can_be_handed_over, sizeof can_be_handed_over / sizeof can_be_handed_over[0]);
    tell_sentences(&b, "cannot_hand_over", cannot_be_handed_over,
                   sizeof cannot_be_handed_over / sizeof cannot_be_handed_over[0]);
    json_open(&b, "settings", '{');
    json_text(&b, "name", text_of(c->house->name));
    json_text(&b, "version", TEXT(BESIDE_VERSION));
    json_text(&b, "client", text_of(c->house->client));
    json_close(&b, '}');
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static enum err get_health(struct call *c)
{
    TRY(house_answers(c->db));
    struct build b = build_start(c->arena, REPLY_MAX);
    json_open(&b, NULL, '{');
    json_bool(&b, "ok", true);
    json_close(&b, '}');
    return call_reply_json(c, 200, &b);
}

static const struct route rows[] = {
    { "GET", "/api/house", WHO_ANY, MODE_READS, BODY_NONE, 0, RATE_READ, get_house },
    { "GET", "/api/house/about", WHO_ANY, MODE_READS, BODY_NONE, 0, RATE_READ, get_about },
    { "GET", "/api/health", WHO_ANY, MODE_READS, BODY_NONE, 0, RATE_READ, get_health },
};
const struct route_table house_routes = { rows, sizeof rows / sizeof rows[0] };
