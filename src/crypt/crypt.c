/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* libsodium behind the names this program uses. */
#include "crypt/crypt.h"

#include <sodium.h>
#include <string.h>

_Static_assert(SIGN_PK_BYTES == crypto_sign_PUBLICKEYBYTES, "Ed25519 public key");
_Static_assert(SIGNATURE_BYTES == crypto_sign_BYTES, "Ed25519 signature");
_Static_assert(SECRET_BYTES == crypto_kdf_KEYBYTES, "KDF key");

enum err crypt_init(void) { return sodium_init() < 0 ? ERR_INTERNAL : ERR_OK; }
void crypt_random(void *ret, size_t n) { randombytes_buf(ret, n); }
void crypt_wipe(void *p, size_t n) { sodium_memzero(p, n); }
bool crypt_equal(const void *a, const void *b, size_t n) { return sodium_memcmp(a, b, n) == 0; }

struct id crypt_random_id(void)
{
    struct id id;
    randombytes_buf(id.b, sizeof id.b);
    return id;
}

struct hash crypt_hash(const struct secret *key, const char *label, const struct bytes *parts, size_t n_parts)
{
    struct hash out;
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, key ? key->b : NULL, key ? SECRET_BYTES : 0, HASH_BYTES);   /* sizes are valid */
    if (label) (void)crypto_generichash_update(&state, (const uint8_t *)label, strlen(label) + 1);
    for (size_t i = 0; i < n_parts; i++)
        (void)crypto_generichash_update(&state, parts[i].p, parts[i].n);
    (void)crypto_generichash_final(&state, out.b, HASH_BYTES);
    sodium_memzero(&state, sizeof state);
    return out;
}

uint64_t crypt_short_hash(const uint8_t key[16], struct bytes b)
{
    uint64_t out;
    uint8_t bytes[crypto_shorthash_BYTES];
    static const uint8_t nothing;
    (void)crypto_shorthash(bytes, b.n > 0 ? b.p : &nothing, b.n, key);
    memcpy(&out, bytes, sizeof out);
    return out;
}

struct id crypt_person_id(struct bytes identity)
{
    struct id id;
    struct hash fingerprint = crypt_hash(NULL, "beside/identity/1", &identity, 1);
    memcpy(id.b, fingerprint.b, ID_BYTES);
    return id;
}

void crypt_invite_parts(const struct secret *invite, struct id *ret_id, struct secret *ret_auth)
{
    static const char context[crypto_kdf_CONTEXTBYTES + 1] = "besideIv";
    (void)crypto_kdf_derive_from_key(ret_id->b, ID_BYTES, 1, context, invite->b);         /* sizes are valid */
    (void)crypto_kdf_derive_from_key(ret_auth->b, SECRET_BYTES, 2, context, invite->b);
}

bool crypt_signature_holds(const uint8_t pk[SIGN_PK_BYTES], const char *label, struct bytes message,
                           const uint8_t signature[SIGNATURE_BYTES])
{
    /* Ed25519 signs its message twice over, so it has to lie in one piece. Ours are short (a roster link at most). */
    enum { MESSAGE_MAX = 2048 };
    uint8_t whole[MESSAGE_MAX];
    size_t label_n = strlen(label) + 1;
    if (message.n > sizeof whole - label_n) return false;
    memcpy(whole, label, label_n);
    if (message.n > 0) memcpy(whole + label_n, message.p, message.n);
    return crypto_sign_verify_detached(signature, whole, label_n + message.n, pk) == 0;
}
