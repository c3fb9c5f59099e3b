/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of accounts: how one is made, proved and changed.
 *
 * The complication is that failing must look like failing elsewhere. person_sign_in compares a hash in any case (for a
 * name that is not there, against one that nothing hashes to) and looks at whether there was an account only in the
 * last line, together with the comparison. */
#include "person/person.h"

#include <string.h>

#include "lib/clock.h"

enum { WHICH_PASSPHRASE = 1, WHICH_CARD = 2, SIGNED_MAX = 128 };

static struct hash name_hash(const struct house *h, struct bytes login_id)
{
    return crypt_hash(&h->secret, "beside/stored-name/1", CRYPT_PARTS(login_id));
}

static struct hash login_hash(const struct house *h, struct bytes secret)
{
    return crypt_hash(&h->secret, "beside/stored-login/1", CRYPT_PARTS(secret));
}

static struct hash card_hash(const struct house *h, const struct id *card)
{
    return crypt_hash(&h->secret, "beside/stored-card/1", CRYPT_PARTS(bytes_of_id(card)));
}

static struct hash card_secret_hash(const struct house *h, struct bytes secret)
{
    return crypt_hash(&h->secret, "beside/stored-card-secret/1", CRYPT_PARTS(secret));
}

struct person_login person_read_login(struct json_in *in, const char *wrap_name)
{
    struct person_login l;
    l.login_id = json_get_base64(in, "login_id", PERSON_LOGIN_ID_BYTES, PERSON_LOGIN_ID_BYTES);
    l.secret = json_get_base64(in, "login_secret", SECRET_BYTES, SECRET_BYTES);
    l.wrap = json_get_base64(in, wrap_name, PERSON_WRAP_BYTES, PERSON_WRAP_BYTES);
    return l;
}

struct person_card person_read_card(struct json_in *in)
{
    struct person_card card;
    card.id = json_get_id(in, "id");
    card.secret = json_get_base64(in, "secret", SECRET_BYTES, SECRET_BYTES);
    card.wrap = json_get_base64(in, "wrap", PERSON_WRAP_BYTES, PERSON_WRAP_BYTES);
    return card;
}

struct text person_role_name(bool steward)
{
    return steward ? TEXT("steward") : TEXT("person");
}

enum err person_add(struct call *c, const struct person_new *n, struct id *ret)
{
    if (n->identity.n != IDENTITY_BYTES || n->identity.p[0] != 1)
        return call_problem(c, ERR_BAD_INPUT, "\"identity\" is not one that this house knows how to read");
    struct id id = crypt_person_id(n->identity);
    struct hash name = name_hash(c->house, n->login.login_id), login = login_hash(c->house, n->login.secret);
    struct hash card = card_hash(c->house, &n->card.id), secret = card_secret_hash(c->house, n->card.secret);
    bool name_free = false;
    TRY(person_store_add(c->db, &id, n, &name, &login, clock_day_ms(c->now_ms), &name_free));
    if (!name_free) return ERR_NAME_TAKEN;
    TRY(person_store_add_card(c->db, &id, &card, &secret, n->card.wrap));
    *ret = id;
    return ERR_OK;
}

/* ROW may be none: then its secret_hash is zero, and comparing costs the same. */
static enum err judge(const struct person_row *row, const struct hash *shown, struct person *ret)
{
    bool fits = crypt_equal(row->secret_hash.b, shown->b, HASH_BYTES);
    if (!(fits & row->found)) return ERR_SIGN_IN_FAILED;
    *ret = (struct person){ .id = row->id, .steward = row->steward, .wrap = row->wrap };
    return ERR_OK;
}

enum err person_sign_in(struct call *c, struct bytes login_id, struct bytes secret, struct person *ret)
{
    struct hash name = name_hash(c->house, login_id), shown = login_hash(c->house, secret);
    struct person_row row = { .found = false };
    TRY(person_store_by_name(c->db, c->arena, &name, &row));
    return judge(&row, &shown, ret);
}

enum err person_sign_in_card(struct call *c, const struct id *card, struct bytes secret, struct person *ret)
{
    struct hash number = card_hash(c->house, card), shown = card_secret_hash(c->house, secret);
    struct person_row row = { .found = false };
    TRY(person_store_by_card(c->db, c->arena, &number, &row));
    return judge(&row, &shown, ret);
}

/* Verifies house ‖ person ‖ counter ‖ TAIL under LABEL, then takes the counter. */
static enum err check_signed(struct call *c, const char *label, int64_t counter, struct bytes tail, struct bytes signature)
{
    uint8_t pk[SIGN_PK_BYTES];
    struct bytes message;
    struct build b = build_start(c->arena, SIGNED_MAX);
    build_id(&b, &c->house->id);
    build_id(&b, &c->me);
    build_u64(&b, (uint64_t)counter);
    build_bytes(&b, tail);
    TRY(build_done(&b, &message));
    TRY(person_signing_key(c->db, &c->me, pk));
    if (signature.n != SIGNATURE_BYTES || !crypt_signature_holds(pk, label, message, signature.p)) return ERR_BAD_SIGNATURE;
    bool done = false;
    TRY(person_store_count_up(c->db, &c->me, counter, &done));
    return done ? ERR_OK : call_problem(c, ERR_BAD_SIGNATURE, "the counter has been used; read the account again and sign anew");
}

static enum err check_wraps(struct call *c, int64_t counter, uint8_t which, const struct bytes fields[3], struct bytes signature)
{
    uint8_t tail[1 + HASH_BYTES] = { which };
    struct hash h = crypt_hash(NULL, NULL, fields, 3);
    memcpy(tail + 1, h.b, HASH_BYTES);
    return check_signed(c, "beside/wraps/1", counter, bytes_of(tail, sizeof tail), signature);
}

enum err person_change_login(struct call *c, int64_t counter, const struct person_login *login, struct bytes signature)
{
    const struct bytes fields[3] = { login->login_id, login->secret, login->wrap };
    TRY(check_wraps(c, counter, WHICH_PASSPHRASE, fields, signature));
    struct hash name = name_hash(c->house, login->login_id), hash = login_hash(c->house, login->secret);
    enum err e = person_store_set_login(c->db, &c->me, &name, &hash, login->wrap);
    return e == ERR_EXISTS ? ERR_NAME_TAKEN : e;
}

enum err person_change_card(struct call *c, int64_t counter, const struct person_card *card, struct bytes signature)
{
    const struct bytes fields[3] = { bytes_of_id(&card->id), card->secret, card->wrap };
    TRY(check_wraps(c, counter, WHICH_CARD, fields, signature));
    struct hash number = card_hash(c->house, &card->id), secret = card_secret_hash(c->house, card->secret);
    return person_store_set_card(c->db, &c->me, &number, &secret, card->wrap);
}

enum err person_check_deletion(struct call *c, int64_t counter, struct bytes signature)
{
    return check_signed(c, "beside/delete/1", counter, bytes_of(NULL, 0), signature);
}
