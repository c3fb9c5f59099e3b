/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of sessions. */
#include "session/session.h"

#include "lib/clock.h"

static struct hash token_hash(const struct house *h, struct bytes token)
{
    return crypt_hash(&h->secret, "beside/stored-token/1", CRYPT_PARTS(token));
}

enum err session_find(struct store_conn *db, const struct house *h, struct bytes token, struct session *ret)
{
    if (token.n != SECRET_BYTES) return ERR_NOT_SIGNED_IN;
    struct hash hash = token_hash(h, token);
    return session_store_find(db, &hash, ret);
}

bool session_is_behind(const struct session *s, int64_t now_ms)
{
    return s->seen_day_ms < clock_day_ms(now_ms);
}

enum err session_start(struct call *c, const struct id *person, struct id *ret)
{
    struct secret *token = arena_take(c->arena, sizeof *token);
    if (!token) return ERR_MEMORY;
    crypt_random(token->b, sizeof token->b);
    struct hash hash = token_hash(c->house, bytes_of(token->b, sizeof token->b));
    struct id id = crypt_random_id(), ended;
    TRY(person_hold(c->db, person));
    TRY(session_store_make_room(c->db, person, &ended));
    TRY(session_store_add(c->db, &id, &hash, person, c->now_ms));
    if (!id_is_zero(&ended)) {
        c->end_streams = true;
        c->end_person = *person;
        c->end_session = ended;
    }
    TRY(house_tell(c, EVENT_SESSION, person, 1, NULL, NULL));
    c->set_session = token;
    *ret = id;
    return ERR_OK;
}

enum err session_end(struct call *c, const struct id *id)
{
    TRY(session_store_end(c->db, &c->me, id));
    c->end_streams = true;
    c->end_person = c->me;
    c->end_session = *id;
    if (id_equal(id, &c->session)) c->clear_session = true;
    return house_tell(c, EVENT_SESSION, &c->me, 1, NULL, NULL);
}

/* The caller's own stream ends with the others and is opened anew by its device: there is no way to say "but one". */
enum err session_end_others(struct call *c)
{
    TRY(session_store_end_others(c->db, &c->me, &c->session));
    c->end_streams = true;
    c->end_person = c->me;
    c->end_session = (struct id){ { 0 } };
    return house_tell(c, EVENT_SESSION, &c->me, 1, NULL, NULL);
}

enum err session_label(struct call *c, struct bytes label)
{
    TRY(session_store_label(c->db, &c->session, label));
    return house_tell(c, EVENT_SESSION, &c->me, 1, NULL, NULL);
}
