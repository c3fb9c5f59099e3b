/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Persons for the unit tests. */
#include "person/testing.h"

#include <sodium.h>

struct testing_person testing_stranger(struct testing *t)
{
    struct testing_person p = { .caller = { .session = crypt_random_id() } };
    uint8_t *identity = arena_take(t->scratch, IDENTITY_BYTES);
    assert_non_null(identity);
    crypt_random(identity, IDENTITY_BYTES);
    identity[0] = 1;
    assert_int_equal(crypto_sign_keypair(identity + IDENTITY_SIGN_AT, p.sign_key), 0);
    p.account.identity = bytes_of(identity, IDENTITY_BYTES);
    p.account.login = (struct person_login){ testing_random(t, PERSON_LOGIN_ID_BYTES), testing_random(t, SECRET_BYTES),
                                             testing_random(t, PERSON_WRAP_BYTES) };
    p.account.card = (struct person_card){ crypt_random_id(), testing_random(t, SECRET_BYTES), testing_random(t, PERSON_WRAP_BYTES) };
    p.caller.id = crypt_person_id(p.account.identity);
    return p;
}

static enum err add(struct call *c, void *arg)
{
    struct id id;
    return person_add(c, arg, &id);
}

struct testing_person testing_person(struct testing *t)
{
    struct testing_person p = testing_stranger(t);
    assert_int_equal(testing_write(t, NULL, add, &p.account), ERR_OK);
    return p;
}

struct bytes testing_sign(struct testing *t, const struct testing_person *p, const char *label, struct bytes message)
{
    struct build b = build_start(t->scratch, (size_t)1 << 16);
    build_text(&b, label);
    build_u8(&b, 0);
    build_bytes(&b, message);
    struct bytes whole = testing_body(&b);
    uint8_t *signature = arena_take(t->scratch, SIGNATURE_BYTES);
    assert_non_null(signature);
    assert_int_equal(crypto_sign_detached(signature, NULL, whole.p, whole.n, p->sign_key), 0);
    return bytes_of(signature, SIGNATURE_BYTES);
}

struct bytes testing_sign_change(struct testing *t, const struct testing_person *p, const char *label, int64_t counter, struct bytes tail)
{
    struct build b = build_start(t->scratch, 256);
    build_id(&b, &t->house.id);
    build_id(&b, &p->caller.id);
    build_u64(&b, (uint64_t)counter);
    build_bytes(&b, tail);
    return testing_sign(t, p, label, testing_body(&b));
}

void testing_put_card(struct build *b, const struct person_card *card)
{
    json_id(b, "id", &card->id);
    json_base64(b, "secret", card->secret);
    json_base64(b, "wrap", card->wrap);
}
