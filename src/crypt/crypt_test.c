/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What crypt promises. The byte formats are held by tests/vectors; here are the edges. */
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "crypt/crypt.h"

static void a_label_is_hashed_with_a_zero_byte_behind_it(void **state)
{
    (void)state;
    struct hash h = crypt_hash(NULL, "beside/x/1", CRYPT_PARTS(bytes_of("ab", 2), bytes_of("c", 1)));
    uint8_t want[HASH_BYTES];
    crypto_generichash(want, sizeof want, (const uint8_t *)"beside/x/1\0abc", 14, NULL, 0);
    assert_memory_equal(h.b, want, sizeof want);
}

static void a_key_changes_the_hash(void **state)
{
    (void)state;
    struct secret key = { { 1 } };
    struct hash plain = crypt_hash(NULL, NULL, CRYPT_PARTS(bytes_of("a", 1)));
    struct hash keyed = crypt_hash(&key, NULL, CRYPT_PARTS(bytes_of("a", 1)));
    assert_false(crypt_equal(plain.b, keyed.b, HASH_BYTES));
}

static void a_signature_holds_for_its_label_and_message_only(void **state)
{
    (void)state;
    uint8_t pk[SIGN_PK_BYTES], sk[64], signature[SIGNATURE_BYTES];
    uint8_t message[] = "beside/roster/1\0hello";
    static uint8_t long_message[4096];
    crypto_sign_keypair(pk, sk);
    crypto_sign_detached(signature, NULL, message, 21, sk);
    assert_true(crypt_signature_holds(pk, "beside/roster/1", bytes_of("hello", 5), signature));
    assert_false(crypt_signature_holds(pk, "beside/wraps/1", bytes_of("hello", 5), signature));
    assert_false(crypt_signature_holds(pk, "beside/roster/1", bytes_of("hellO", 5), signature));
    assert_false(crypt_signature_holds(pk, "beside/roster/1", bytes_of(long_message, sizeof long_message), signature));
    signature[3] ^= 1;
    assert_false(crypt_signature_holds(pk, "beside/roster/1", bytes_of("hello", 5), signature));
}

static void an_invite_gives_the_same_parts_each_time_and_they_differ(void **state)
{
    (void)state;
    struct secret invite = { { 9 } }, auth, auth2;
    struct id id, id2;
    crypt_invite_parts(&invite, &id, &auth);
    crypt_invite_parts(&invite, &id2, &auth2);
    assert_true(id_equal(&id, &id2));
    assert_true(crypt_equal(auth.b, auth2.b, SECRET_BYTES));
    assert_memory_not_equal(id.b, auth.b, ID_BYTES);
}

static void short_hashes_take_empty_views(void **state)
{
    (void)state;
    const uint8_t key[16] = { 1 };
    assert_int_equal(crypt_short_hash(key, bytes_of(NULL, 0)), crypt_short_hash(key, bytes_of("", 0)));
    assert_int_not_equal(crypt_short_hash(key, bytes_of("a", 1)), crypt_short_hash(key, bytes_of("b", 1)));
}

static int start(void **state)
{
    (void)state;
    return crypt_init() == ERR_OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_label_is_hashed_with_a_zero_byte_behind_it),
        cmocka_unit_test(a_key_changes_the_hash),
        cmocka_unit_test(a_signature_holds_for_its_label_and_message_only),
        cmocka_unit_test(an_invite_gives_the_same_parts_each_time_and_they_differ),
        cmocka_unit_test(short_hashes_take_empty_views),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
