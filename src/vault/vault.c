/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of the vault. */
#include "vault/vault.h"

enum { VERSION_DIGITS_MAX = 19 };

enum err vault_read_version(struct text if_match, int64_t *ret)
{
    struct text t = if_match;
    if (t.n >= 2 && t.p[0] == '"' && t.p[t.n - 1] == '"') t = (struct text){ t.p + 1, t.n - 2 };
    if (t.n > VERSION_DIGITS_MAX) return ERR_BAD_INPUT;
    return text_to_int(t, INT64_MAX, ret);
}

static enum err changed_meanwhile(struct call *c, int64_t version)
{
    call_extra(c, "version", version);
    return ERR_VAULT_CHANGED;
}

/* The limits, counted after the change; an error takes the change back. */
static enum err keep_limits(struct call *c, bool was_there)
{
    int64_t items = 0, gone = 0;
    if (was_there) return ERR_OK;   /* an item more only where there was none, or a deleted one */
    TRY(vault_store_count(c->db, &c->me, &items, &gone));
    if (items <= HOUSE_VAULT_ITEMS_MAX) return ERR_OK;
    call_extra(c, "limit", HOUSE_VAULT_ITEMS_MAX);
    return ERR_TOO_MANY;
}

static enum err forget_old_deletions(struct call *c)
{
    int64_t items = 0, gone = 0;
    TRY(vault_store_count(c->db, &c->me, &items, &gone));
    return gone > VAULT_GONE_MAX ? vault_store_forget_oldest(c->db, &c->me) : ERR_OK;
}

/* Taking the next number comes first: it holds the person's row, so nothing moves between the look and the change. The
 * number is lost when the item turns out to have changed, which nobody minds: an error takes it back, a repeat leaves a
 * gap, and versions need only ascend. */
enum err vault_put(struct call *c, const struct id *key, int64_t known, struct bytes body, int64_t *ret)
{
    int64_t next = 0;
    struct vault_item now = { .version = 0 };
    if (body.n > HOUSE_VAULT_ITEM_MAX) return ERR_TOO_BIG;
    TRY(vault_store_next_version(c->db, &c->me, &next));
    TRY(vault_store_get(c->db, c->arena, &c->me, key, &now));
    if (now.version != known) {
        if (now.version == 0 || !bytes_equal(now.body, body)) return changed_meanwhile(c, now.version);
        *ret = now.version;
        return ERR_OK;
    }
    if (body.n == 0 && now.version == 0) return ERR_NOT_FOUND;
    struct vault_item item = { .key = *key, .version = next, .body = body };
    TRY(vault_store_set(c->db, &c->me, &item));
    TRY(body.n == 0 ? forget_old_deletions(c) : keep_limits(c, now.body.n > 0));
    *ret = next;
    return ERR_OK;
}

static enum err add_frame(void *arg, const struct vault_item *item, bool *ret_more)
{
    struct build *b = arg;
    *ret_more = build_length(b) + VAULT_FRAME_HEAD + item->body.n <= CALL_REPLY_MAX;
    if (!*ret_more) return ERR_OK;
    build_u32(b, (uint32_t)(VAULT_FRAME_HEAD - 4 + item->body.n));
    build_id(b, &item->key);
    build_u64(b, (uint64_t)item->version);
    build_bytes(b, item->body);
    return ERR_OK;
}

enum err vault_read(struct call *c, int64_t after, struct build *b)
{
    return vault_store_each(c->db, &c->me, after, add_frame, b);
}
