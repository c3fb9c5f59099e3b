/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The server's share of cryptography, all of it libsodium's: hashes, tokens, comparisons, one signature check.
 *
 * The server seals and opens nothing. docs/CRYPTO.md holds the byte formats; the labels there ("beside/name/1" …) are
 * hashed with one zero byte behind them. Call crypt_init() once, first. */
#ifndef BESIDE_CRYPT_CRYPT_H
#define BESIDE_CRYPT_CRYPT_H

#include "lib/bytes.h"

/* 32 bytes that must not be copied about, logged, or compared with memcmp. */
enum { SECRET_BYTES = 32, HASH_BYTES = 32, SIGN_PK_BYTES = 32, SIGNATURE_BYTES = 64 };
struct secret { uint8_t b[SECRET_BYTES]; };
struct hash   { uint8_t b[HASH_BYTES]; };

enum { IDENTITY_BYTES = 1249, IDENTITY_SIGN_AT = 1 };   /* 0x01 ‖ Ed25519 key 32 ‖ X-Wing key 1216 */

enum err crypt_init(void) MUST_USE;                                /* ERR_INTERNAL if libsodium will not start */
void crypt_random(void *ret, size_t n);
struct id crypt_random_id(void);
void crypt_wipe(void *p, size_t n);
bool crypt_equal(const void *a, const void *b, size_t n);          /* constant time */

/* BLAKE2b-256 (RFC 7693) over label ‖ 0x00 ‖ parts, with an optional key. LABEL may be NULL: then parts alone. */
struct hash crypt_hash(const struct secret *key, const char *label, const struct bytes *parts, size_t n_parts);
#define CRYPT_PARTS(...) (const struct bytes[]){ __VA_ARGS__ },                                                        \
                         sizeof((const struct bytes[]){ __VA_ARGS__ }) / sizeof(struct bytes)
uint64_t crypt_short_hash(const uint8_t key[16], struct bytes b);  /* SipHash-2-4, for tables */

/* The person id of an identity: the first 16 bytes of its fingerprint. */
struct id crypt_person_id(struct bytes identity);

/* An invite's parts from its secret (docs/CRYPTO.md, Invite). */
void crypt_invite_parts(const struct secret *invite, struct id *ret_id, struct secret *ret_auth);

/* Ed25519 (RFC 8032) over label ‖ 0x00 ‖ message. */
bool crypt_signature_holds(const uint8_t pk[SIGN_PK_BYTES], const char *label, struct bytes message,
                           const uint8_t signature[SIGNATURE_BYTES]);

#endif
