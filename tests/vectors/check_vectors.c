/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A second implementation of docs/CRYPTO.md, written from that page alone: it works out anew what vectors.json holds,
 * with libsodium and jansson and nothing of beside's, and stops at the first value that comes out differently.
 *
 * Not here: X-Wing, which Debian's libsodium 1.0.18 lacks; envelopes are opened from the shared secret in the vectors.
 * Names and passphrases are taken in their normal form, since Unicode is not what is in doubt.
 *
 *   cc -std=c17 check_vectors.c $(pkg-config --cflags --libs libsodium jansson) && ./a.out vectors.json */
#include <jansson.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 70000, ID = 16, KEY = 32, HASH = 32, NONCE = 24, TAG = 16, SIG = 64, IDENTITY = 1249, SEALED_KEM = 1120 };

/* Bytes with room; everything here is small, so each holds its own and nothing is freed. */
struct buf { size_t n; uint8_t b[MAX_BYTES]; };

static int checks;

static void fail(const char *what)
{
	fprintf(stderr, "does not hold: %s\n", what);
	exit(1);
}

static void check(bool holds, const char *what)
{
	if (!holds)
		fail(what);
	checks++;
}

/* ── Building bytes ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void put(struct buf *to, const void *bytes, size_t n)
{
	if (n > MAX_BYTES - to->n)
		fail("too many bytes");
	memcpy(to->b + to->n, bytes, n);
	to->n += n;
}

static void put_buf(struct buf *to, const struct buf *from) { put(to, from->b, from->n); }
static void put_text(struct buf *to, const char *text)      { put(to, text, strlen(text)); }
static void put_label(struct buf *to, const char *label)    { put(to, label, strlen(label) + 1); }

static void put_number(struct buf *to, uint64_t value, int size)
{
	for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
		put(to, &(uint8_t){ (uint8_t)(value >> shift) }, 1);
}

static uint32_t get_u32(const uint8_t *b)
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool same(const struct buf *a, const struct buf *b) { return a->n == b->n && memcmp(a->b, b->b, a->n) == 0; }

/* ── Reading vectors ────────────────────────────────────────────────────────────────────────────────────────────── */

static json_t *field(const json_t *object, const char *name)
{
	json_t *value = json_object_get(object, name);
	if (value == NULL)
		fail(name);
	return value;
}

static const char *text(const json_t *object, const char *name)
{
	const char *value = json_string_value(field(object, name));
	if (value == NULL)
		fail(name);
	return value;
}

static uint64_t number(const json_t *object, const char *name) { return (uint64_t)json_integer_value(field(object, name)); }

static struct buf *from_hex(const char *hex)
{
	struct buf *out = calloc(1, sizeof *out);
	if (out == NULL || sodium_hex2bin(out->b, MAX_BYTES, hex, strlen(hex), NULL, &out->n, NULL) != 0 || out->n * 2 != strlen(hex))
		fail("hexadecimal");
	return out;
}

static struct buf *bytes(const json_t *object, const char *name) { return from_hex(text(object, name)); }

static struct buf *empty(void)
{
	struct buf *out = calloc(1, sizeof *out);
	if (out == NULL)
		fail("memory");
	return out;
}

static void check_field(const json_t *object, const char *name, const struct buf *got) { check(same(bytes(object, name), got), name); }

/* ── Primitives ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct buf *hash(size_t size, const struct buf *key, const struct buf *input)
{
	struct buf *out = empty();
	out->n = size;
	if (crypto_generichash(out->b, size, input->b, input->n, key ? key->b : NULL, key ? key->n : 0) != 0)
		fail("hash");
	return out;
}

/* Not crypto_kdf_derive_from_key(), but what the page says it is. */
static struct buf *kdf(const struct buf *key, const char *context, uint8_t number, size_t size)
{
	uint8_t salt[16] = { number }, personal[16] = { 0 };
	struct buf *out = empty();
	out->n = size;
	memcpy(personal, context, 8);
	if (crypto_generichash_blake2b_salt_personal(out->b, size, NULL, 0, key->b, key->n, salt, personal) != 0)
		fail("kdf");
	return out;
}

static struct buf *aead_open(const struct buf *key, const uint8_t *nonce, const uint8_t *sealed, size_t n, const struct buf *ad)
{
	struct buf *out = empty();
	unsigned long long length = 0;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out->b, &length, NULL, sealed, n, ad->b, ad->n, nonce, key->b) != 0)
		fail("AEAD");
	out->n = (size_t)length;
	return out;
}

static struct buf *seal_open(const struct buf *key, const char *purpose, const struct buf *context, const struct buf *sealed)
{
	char label[64];
	struct buf *ad = empty();
	check(sealed->n >= 1 + NONCE + TAG && sealed->b[0] == 1, "seal's shape");
	(void)snprintf(label, sizeof label, "beside/%s/1", purpose); /* every purpose fits */
	put_label(ad, label);
	put_buf(ad, context);
	return aead_open(key, sealed->b + 1, sealed->b + 1 + NONCE, sealed->n - 1 - NONCE, ad);
}

static size_t padme(size_t length)
{
	size_t exponent = 0, kept = 0, step;
	if (length < 2)
		return length;
	while (length >> (exponent + 1))
		exponent++;
	while (exponent >> kept)
		kept++;
	step = exponent > kept ? (size_t)1 << (exponent - kept) : 1;
	return (length + step - 1) / step * step;
}

/* The JSON of a padded plaintext that has AHEAD bytes in front of its length. */
static struct buf *unpad(const struct buf *plain, size_t ahead)
{
	struct buf *json = empty();
	size_t length, most;
	check(plain->n >= ahead + 4, "padding: length");
	length = get_u32(plain->b + ahead);
	most = ahead + 4 + length;
	check(length <= plain->n && plain->n == padme(most < 256 ? 256 : most), "padding: Padmé");
	for (size_t i = most; i < plain->n; i++)
		if (plain->b[i] != 0)
			fail("padding: zeros");
	put(json, plain->b + ahead + 4, length);
	return json;
}

static void check_json(const json_t *object, const char *name, const struct buf *json)
{
	const char *expected = text(object, name);
	check(json->n == strlen(expected) && memcmp(json->b, expected, json->n) == 0, name);
}

static void check_signature(const struct buf *identity, const struct buf *message, const uint8_t *signature, const char *what)
{
	check(crypto_sign_verify_detached(signature, message->b, message->n, identity->b + 1) == 0, what);
}

/* ── Accounts ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct buf *named(const char *label, const struct buf *house, const char *name, size_t size)
{
	struct buf *input = empty();
	put_label(input, label);
	put_buf(input, house);
	put_text(input, name);
	return hash(size, NULL, input);
}

static struct buf *stretched(const char *passphrase, const struct buf *salt)
{
	struct buf *out = empty();
	out->n = KEY;
	if (crypto_pwhash(out->b, KEY, passphrase, strlen(passphrase), salt->b, 3, 64 * 1024 * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
		fail("Argon2id");
	return out;
}

static void check_root(const json_t *account)
{
	static const struct { const char *name; uint8_t number; size_t size; } keys[] = {
		{ "sign_seed", 1, KEY }, { "kem_seed", 2, KEY },   { "local_key", 3, KEY },      { "vault_key", 4, KEY },
		{ "label_key", 5, KEY }, { "self_room", 6, ID },   { "vault_name_key", 7, KEY },
		{ "letter_key", 8, KEY },
	};
	struct buf *root = bytes(account, "root");
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		check_field(account, keys[i].name, kdf(root, "besideRt", keys[i].number, keys[i].size));
}

static void check_spoken(const json_t *account, const struct buf *person)
{
	static const char consonants[] = "bdfghjklmnprstvz", vowels[] = "aiou";
	char words[8 * 6 + 1];
	size_t at = 0;
	for (size_t i = 0; i < ID; i += 2) {
		unsigned bits = (unsigned)person->b[i] << 8 | person->b[i + 1];
		words[at++] = consonants[bits >> 12 & 15];
		words[at++] = vowels[bits >> 10 & 3];
		words[at++] = consonants[bits >> 6 & 15];
		words[at++] = vowels[bits >> 4 & 3];
		words[at++] = consonants[bits & 15];
		words[at++] = ' ';
	}
	words[at - 1] = '\0';
	check(strcmp(words, text(account, "spoken")) == 0, "spoken");
}

static void check_identity(const json_t *account)
{
	uint8_t pk[32], sk[64];
	struct buf *identity = bytes(account, "identity"), *input = empty(), *person = empty(), *fingerprint;
	check(identity->n == IDENTITY && identity->b[0] == 1, "identity's shape");
	crypto_sign_seed_keypair(pk, sk, bytes(account, "sign_seed")->b);
	check(memcmp(pk, identity->b + 1, sizeof pk) == 0, "identity's Ed25519 key");
	put_label(input, "beside/identity/1");
	put_buf(input, identity);
	fingerprint = hash(HASH, NULL, input);
	check_field(account, "fingerprint", fingerprint);
	put(person, fingerprint->b, ID);
	check_field(account, "person_id", person);
	check_spoken(account, person);
}

static void check_card(const json_t *card, const json_t *account)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
	struct buf *raw = bytes(card, "bytes"), *input = empty(), *key, *wrap_key;
	char words[42];
	unsigned remainder = 0;
	size_t at = 0;
	check(raw->n == 20, "card's length");
	for (size_t i = 0; i < raw->n; i++)
		remainder = (remainder * 256 + raw->b[i]) % 37;
	for (size_t bit = 0; bit < 160; bit += 5) {
		unsigned pair = (unsigned)raw->b[bit / 8] << 8 | (bit / 8 + 1 < 20 ? raw->b[bit / 8 + 1] : 0u);
		words[at++] = alphabet[pair >> (11 - bit % 8) & 31];
		if (bit % 20 == 15)
			words[at++] = '-';
	}
	words[at++] = alphabet[remainder];
	words[at] = '\0';
	check(strcmp(words, text(card, "words")) == 0, "card's words");
	put_label(input, "beside/card/1");
	put_buf(input, raw);
	key = hash(KEY, NULL, input);
	wrap_key = kdf(key, "besideCd", 3, KEY);
	check_field(card, "key", key);
	check_field(card, "id", kdf(key, "besideCd", 1, ID));
	check_field(card, "secret", kdf(key, "besideCd", 2, KEY));
	check_field(card, "wrap_key", wrap_key);
	check_field(account, "root", seal_open(wrap_key, "wrap-card", bytes(account, "person_id"), bytes(card, "wrap")));
}

/* What a change signs; WHICH 0 for a deletion. */
static void check_change(const json_t *account, const struct buf *house, const json_t *change, uint8_t which, const struct buf *fields)
{
	struct buf *message = empty();
	put_label(message, which ? "beside/wraps/1" : "beside/delete/1");
	put_buf(message, house);
	put_buf(message, bytes(account, "person_id"));
	put_number(message, number(change, "counter"), 8);
	if (which) {
		put_number(message, which, 1);
		put_buf(message, hash(HASH, NULL, fields));
	}
	check_signature(bytes(account, "identity"), message, bytes(change, "signature")->b, "change's signature");
}

static struct buf *three(const json_t *object, const char *a, const char *b, const char *c)
{
	struct buf *out = empty();
	put_buf(out, bytes(object, a));
	put_buf(out, bytes(object, b));
	put_buf(out, bytes(object, c));
	return out;
}

static void check_passphrase(const json_t *account, const struct buf *house)
{
	const char *name = text(account, "name");
	const json_t *change = field(account, "change_passphrase");
	struct buf *salt = named("beside/salt/1", house, name, 16), *key = stretched(text(account, "passphrase"), salt), *newer, *root;
	check_field(account, "login_id", named("beside/name/1", house, name, HASH));
	check_field(account, "salt", salt);
	check_field(account, "stretched", key);
	check_field(account, "wrap_key", kdf(key, "besidePw", 1, KEY));
	check_field(account, "login_secret", kdf(key, "besidePw", 2, KEY));
	root = seal_open(kdf(key, "besidePw", 1, KEY), "wrap-passphrase", bytes(account, "person_id"), bytes(account, "wrap_passphrase"));
	check_field(account, "root", root);
	newer = stretched(text(change, "passphrase"), salt);
	check_field(change, "login_secret", kdf(newer, "besidePw", 2, KEY));
	root = seal_open(kdf(newer, "besidePw", 1, KEY), "wrap-passphrase", bytes(account, "person_id"), bytes(change, "wrap"));
	check_field(account, "root", root);
	check_change(account, house, change, 1, three(change, "login_id", "login_secret", "wrap"));
}

static void check_account(const json_t *account, const struct buf *house)
{
	const json_t *card = field(account, "change_card");
	check_root(account);
	check_identity(account);
	check_card(field(account, "card"), account);
	check_card(card, account);
	check_change(account, house, card, 2, three(card, "id", "secret", "wrap"));
	check_change(account, house, field(account, "deletion"), 0, NULL);
}

/* ── Vault, label, invite ───────────────────────────────────────────────────────────────────────────────────────── */

static void check_vault(const json_t *vault, const json_t *label, const json_t *account)
{
	struct buf *name = empty(), *key = empty(), *json;
	put_text(name, text(vault, "name"));
	put(key, hash(HASH, bytes(account, "vault_name_key"), name)->b, ID);
	check_field(vault, "key", key);
	json = unpad(seal_open(bytes(account, "vault_key"), "vault", key, bytes(vault, "body")), 0);
	check_json(vault, "json", json);
	json = unpad(seal_open(bytes(account, "label_key"), "session-label", bytes(label, "session"), bytes(label, "body")), 0);
	check_json(label, "json", json);
}

/* The JSON of a greeting or an answer shows SPEAKER's identity and a proof by it over the seal's CONTEXT. */
static void check_proof(const struct buf *shown_json, const char *label, const struct buf *context, const json_t *speaker)
{
	uint8_t signature[SIG], identity[IDENTITY];
	size_t n = 0;
	struct buf *message = empty();
	json_t *value = json_loadb((const char *)shown_json->b, shown_json->n, JSON_REJECT_DUPLICATES, NULL);
	const char *proof = text(value, "proof"), *shown = text(value, "identity");
	const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
	check(sodium_base642bin(signature, SIG, proof, strlen(proof), NULL, &n, NULL, variant) == 0 && n == SIG, "proof's shape");
	check(sodium_base642bin(identity, IDENTITY, shown, strlen(shown), NULL, &n, NULL, variant) == 0 && n == IDENTITY, "shown identity");
	check(memcmp(identity, bytes(speaker, "identity")->b, IDENTITY) == 0, "shown identity is the speaker's");
	put_label(message, label);
	put_buf(message, context);
	check_signature(bytes(speaker, "identity"), message, signature, "proof");
	json_decref(value);
}

static void check_invite(const json_t *invite, const json_t *inviter, const json_t *joiner, const json_t *founding)
{
	struct buf *secret = bytes(invite, "secret"), *key = kdf(secret, "besideIv", 3, KEY), *id = kdf(secret, "besideIv", 1, ID);
	struct buf *context = empty(), *body = empty(), *answer = bytes(invite, "answer"), *json;
	check_field(invite, "id", id);
	check_field(invite, "auth", kdf(secret, "besideIv", 2, KEY));
	check_field(invite, "key", key);
	json = unpad(seal_open(key, "greeting", id, bytes(invite, "greeting")), 0);
	check_json(invite, "greeting_json", json);
	check_proof(json, "beside/greeting-proof/1", id, inviter);
	put_buf(context, id);
	put_buf(context, bytes(inviter, "person_id"));
	put_buf(context, bytes(invite, "room"));
	json = unpad(seal_open(key, "answer", context, answer), 0);
	check_json(invite, "answer_json", json);
	check_proof(json, "beside/answer-proof/1", context, joiner);
	put_number(body, answer->n, 2);
	put_buf(body, answer);
	put_buf(body, bytes(invite, "room"));
	put_buf(body, bytes(founding, "body"));
	check_field(invite, "accept_body", body);
}

/* ── Voice notes, letters sealed until a day ────────────────────────────────────────────────────────────────────── */

enum { STREAM_HEADER = 24, PLAIN = 32768, SOUND = PLAIN - 2 };

/* Chunk N of a note, opened, its sound put after what was heard of it so far. */
static void hear(crypto_secretstream_xchacha20poly1305_state *state, const json_t *voice, uint64_t n, bool last, struct buf *heard)
{
	struct buf *chunk = from_hex(json_string_value(json_array_get(field(voice, "chunks"), n))), *ad = empty(), *key = bytes(voice, "key");
	const size_t header = n == 0 ? STREAM_HEADER : 0;
	uint8_t plain[PLAIN], tag = 0;
	unsigned long long length = 0;
	size_t sound;
	check(chunk->n == header + PLAIN + crypto_secretstream_xchacha20poly1305_ABYTES, "chunk's length");
	if (n == 0)
		check(key->n == KEY && crypto_secretstream_xchacha20poly1305_init_pull(state, chunk->b, key->b) == 0, "stream's header");
	put_label(ad, "beside/voice/1");
	put_buf(ad, bytes(voice, "room"));
	put_buf(ad, bytes(voice, "voice"));
	put_number(ad, n, 4);
	check(crypto_secretstream_xchacha20poly1305_pull(state, plain, &length, &tag, chunk->b + header, chunk->n - header, ad->b, ad->n) == 0, "chunk");
	check(length == PLAIN && tag == (last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0), "chunk's mark");
	sound = (size_t)plain[0] << 8 | plain[1];
	check(last ? sound <= SOUND && (sound > 0 || n == 0) : sound == SOUND, "chunk's sound");
	check(sodium_is_zero(plain + 2 + sound, SOUND - sound), "chunk's zeros");
	put(heard, plain + 2, sound);
}

static void check_voice(const json_t *voice)
{
	crypto_secretstream_xchacha20poly1305_state state;
	struct buf *heard = empty();
	const size_t count = json_array_size(field(voice, "chunks"));
	for (size_t n = 0; n < count; n++)
		hear(&state, voice, n, n == count - 1, heard);
	struct buf *digest = empty();
	put_label(digest, "beside/voice-digest/1");
	put_buf(digest, bytes(voice, "room"));
	put_buf(digest, bytes(voice, "voice"));
	digest = hash(HASH, NULL, digest);
	for (size_t n = 0; n < count; n++) {
		struct buf *longer = empty();
		put_buf(longer, digest);
		put_buf(longer, from_hex(json_string_value(json_array_get(field(voice, "chunks"), n))));
		digest = hash(HASH, NULL, longer);
	}
	check_field(voice, "digest", digest);
	check(heard->n == number(voice, "sound_bytes"), "sound's length");
	check_field(voice, "sound_hash", hash(HASH, NULL, heard));
}

static void check_letter(const json_t *letter, const json_t *account)
{
	struct buf *sealed = bytes(letter, "sealed"), *context = empty(), *until = empty(), *wrap = empty(), *body = empty(), *key;
	const size_t ahead = 1 + 8, wrapped = 1 + NONCE + KEY + TAG;
	check(sealed->n > ahead + wrapped && sealed->b[0] == 1, "letter's shape");
	put_number(until, number(letter, "until_ms"), 8);
	check(memcmp(sealed->b + 1, until->b, until->n) == 0, "letter's day");
	put_buf(context, bytes(letter, "entry"));
	put_buf(context, until);
	put(wrap, sealed->b + ahead, wrapped);
	put(body, sealed->b + ahead + wrapped, sealed->n - ahead - wrapped);
	key = seal_open(bytes(account, "letter_key"), "letter-key", context, wrap);
	check_field(letter, "key", key);
	check_json(letter, "json", unpad(seal_open(key, "letter", context, body), 0));
}

/* ── Rooms ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const json_t *account_of(const json_t *vectors, const struct buf *person)
{
	size_t i;
	const json_t *account;
	json_array_foreach(field(vectors, "accounts"), i, account)
		if (same(bytes(account, "person_id"), person))
			return account;
	fail("a person of the vectors");
	return NULL;
}

enum kind { BOND = 2, CIRCLE = 3 };

static struct buf *link_of(const json_t *change, const struct buf *room, enum kind kind)
{
	struct buf *link = empty();
	const json_t *members = field(change, "members");
	put_number(link, 1, 1);
	put_buf(link, room);
	check(strcmp(text(change, "kind"), kind == BOND ? "bond" : "circle") == 0, "kind");
	put_number(link, kind, 1);
	put_number(link, number(change, "epoch"), 4);
	put_buf(link, bytes(change, "before"));
	put_number(link, number(change, "time_ms"), 8);
	put_buf(link, bytes(change, "author"));
	put_number(link, json_array_size(members), 1);
	for (size_t i = 0; i < json_array_size(members); i++)
		put_buf(link, from_hex(json_string_value(json_array_get(members, i))));
	return link;
}

/* The link, made anew and signed by its author, following BEFORE. */
static void check_link(const json_t *vectors, const json_t *change, const struct buf *room, enum kind kind, const struct buf *before)
{
	struct buf *made = link_of(change, room, kind), *link = bytes(change, "link"), *input = empty();
	const json_t *author = account_of(vectors, bytes(change, "author"));
	check(link->n == made->n + SIG && memcmp(link->b, made->b, made->n) == 0, "link");
	put_label(input, "beside/roster/1");
	put_buf(input, made);
	check_signature(bytes(author, "identity"), input, link->b + made->n, "link's signature");
	input->n = 0;
	put_label(input, "beside/link/1");
	put_buf(input, link);
	check_field(change, "hash", hash(HASH, NULL, input));
	check_field(change, "before", before);
}

static void check_envelope(const json_t *vectors, const json_t *change, const json_t *envelope, const struct buf *room)
{
	struct buf *context = empty(), *input = empty(), *sealed = bytes(envelope, "envelope"), *key;
	const size_t body = 1 + SEALED_KEM + NONCE + KEY + TAG;
	check(sealed->n == body + SIG && sealed->b[0] == 1, "envelope's shape");
	put_buf(context, room);
	put_number(context, number(change, "epoch"), 4);
	put_buf(context, bytes(change, "author"));
	put_buf(context, bytes(envelope, "member"));
	put_buf(context, bytes(change, "hash"));
	put_label(input, "beside/envelope-sig/1");
	put_buf(input, context);
	put(input, sealed->b, body);
	check_signature(bytes(account_of(vectors, bytes(change, "author")), "identity"), input, sealed->b + body, "envelope's signature");
	input->n = 0;
	put_label(input, "beside/envelope-key/1");
	put_buf(input, context);
	key = hash(KEY, bytes(envelope, "shared"), input);
	input->n = 0;
	put_label(input, "beside/envelope/1");
	put_buf(input, context);
	check_field(envelope, "room_key", aead_open(key, sealed->b + 1 + SEALED_KEM, sealed->b + 1 + SEALED_KEM + NONCE, KEY + TAG, input));
}

static void check_change_body(const json_t *vectors, const json_t *change, const struct buf *room)
{
	struct buf *body = empty(), *link = bytes(change, "link");
	const json_t *envelopes = field(change, "envelopes"), *envelope;
	size_t i;
	put_number(body, 1, 1);
	put_number(body, link->n, 2);
	put_buf(body, link);
	put_number(body, json_array_size(envelopes), 1);
	json_array_foreach(envelopes, i, envelope) {
		struct buf *sealed = bytes(envelope, "envelope");
		check_envelope(vectors, change, envelope, room);
		put_buf(body, bytes(envelope, "member"));
		put_number(body, sealed->n, 2);
		put_buf(body, sealed);
	}
	check_field(change, "body", body);
}

static struct buf *where_of(const json_t *entry)
{
	struct buf *where = empty();
	put_buf(where, bytes(entry, "room"));
	put_number(where, number(entry, "epoch"), 4);
	put_buf(where, bytes(entry, "author"));
	put_buf(where, bytes(entry, "id"));
	return where;
}

static void check_commitment(const json_t *entry, const struct buf *json, const struct buf *commit_key)
{
	struct buf *input = empty();
	put_label(input, "beside/commit/1");
	put_buf(input, where_of(entry));
	put_number(input, json->n, 4);
	put_buf(input, json);
	check_field(entry, "commitment", hash(HASH, commit_key, input));
}

static void check_entry(const json_t *entry)
{
	struct buf *input = empty(), *body = bytes(entry, "body"), *commitment = empty(), *commit_key = empty(), *key, *plain, *json;
	check(body->n > 61 && body->b[0] == 1 && get_u32(body->b + 1) == number(entry, "epoch"), "entry's shape");
	put_label(input, "beside/entry-key/1");
	put_buf(input, bytes(entry, "room"));
	put_number(input, number(entry, "epoch"), 4);
	key = hash(KEY, bytes(entry, "room_key"), input);
	check_field(entry, "entry_key", key);
	put(commitment, body->b + 5, HASH);
	check_field(entry, "commitment", commitment);
	input->n = 0;
	put_label(input, "beside/entry/1");
	put_buf(input, where_of(entry));
	put_buf(input, commitment);
	plain = aead_open(key, body->b + 37, body->b + 61, body->n - 61, input);
	put(commit_key, plain->b, KEY);
	check_field(entry, "commit_key", commit_key);
	json = unpad(plain, KEY);
	check_json(entry, "json", json);
	check_commitment(entry, json, commit_key);
}

static void check_frame(const json_t *entry)
{
	struct buf *rest = empty(), *frame = empty();
	put_buf(rest, bytes(entry, "room"));
	put_number(rest, number(entry, "seq"), 8);
	put_number(rest, number(entry, "time_ms"), 8);
	put_buf(rest, bytes(entry, "author"));
	put_buf(rest, bytes(entry, "id"));
	put_number(rest, 0, 1);
	put_buf(rest, bytes(entry, "body"));
	put_number(frame, rest->n, 4);
	put_buf(frame, rest);
	check_field(entry, "frame", frame);
}

static void check_chain(const json_t *vectors, const json_t *changes, const struct buf *room, enum kind kind)
{
	struct buf *before = empty();
	const json_t *change;
	size_t i;
	before->n = HASH; /* zeros */
	json_array_foreach(changes, i, change) {
		check(number(change, "epoch") == i + 1, "epoch");
		check_link(vectors, change, room, kind, before);
		check_change_body(vectors, change, room);
		before = bytes(change, "hash");
	}
}

static void check_rooms(const json_t *vectors)
{
	const json_t *entry;
	size_t i;
	check_chain(vectors, field(vectors, "changes"), bytes(field(vectors, "invite"), "room"), BOND);
	json_array_foreach(field(vectors, "entries"), i, entry) {
		check_entry(entry);
		check_frame(entry);
	}
}

/* ── Circles ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool says(const json_t *object, const char *name, const struct buf *id)
{
	uint8_t shown[HASH];
	size_t n = 0;
	const char *value = text(object, name);
	return sodium_base642bin(shown, HASH, value, strlen(value), NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       n == id->n && memcmp(shown, id->b, n) == 0;
}

static void check_circle_invite(const json_t *invite, const struct buf *room, const json_t *inviter, const json_t *joiner)
{
	struct buf *key = kdf(bytes(invite, "secret"), "besideIv", 3, KEY), *id = kdf(bytes(invite, "secret"), "besideIv", 1, ID);
	struct buf *context = empty(), *proven = empty(), *json;
	json_t *greeting;
	const json_t *card;
	check_field(invite, "id", id);
	json = unpad(seal_open(key, "greeting", id, bytes(invite, "greeting")), 0);
	check_json(invite, "greeting_json", json);
	greeting = json_loadb((const char *)json->b, json->n, JSON_REJECT_DUPLICATES, NULL);
	card = field(greeting, "circle");
	check(says(card, "room", room) && says(card, "author", bytes(invite, "author")) && says(card, "hash", bytes(invite, "hash")), "card");
	check(number(card, "epoch") == number(invite, "epoch"), "card's epoch");
	json_decref(greeting);
	put_buf(proven, id);
	put_buf(proven, room);
	put_buf(proven, bytes(invite, "author"));
	put_number(proven, number(invite, "epoch"), 4);
	put_buf(proven, bytes(invite, "hash"));
	check_proof(json, "beside/circle-greeting-proof/1", proven, inviter);
	put_buf(context, id);
	put_buf(context, bytes(inviter, "person_id"));
	put_buf(context, room);
	json = unpad(seal_open(key, "answer", context, bytes(invite, "answer")), 0);
	check_json(invite, "answer_json", json);
	check_proof(json, "beside/answer-proof/1", context, joiner);
}

static void check_leave(const json_t *vectors, const json_t *leave, const struct buf *room)
{
	struct buf *sealed = bytes(leave, "leave"), *message = empty(), *person = bytes(leave, "person");
	check(sealed->n == 4 + SIG && get_u32(sealed->b) == number(leave, "epoch"), "leave's shape");
	put_label(message, "beside/leave/1");
	put_buf(message, room);
	put_buf(message, person);
	put_number(message, number(leave, "epoch"), 4);
	check_signature(bytes(account_of(vectors, person), "identity"), message, sealed->b + 4, "leave's signature");
}

static void check_box(const json_t *box)
{
	struct buf *sealed = bytes(box, "box"), *context = empty(), *input, *body = empty(), *key = bytes(box, "key");
	const json_t *slots = field(box, "slots"), *slot;
	const size_t size = SEALED_KEM + NONCE + KEY + TAG, n = json_array_size(slots);
	size_t i;
	check(sealed->n > 2 + n * size && sealed->b[0] == 1 && sealed->b[1] == n, "box's shape");
	put_number(context, number(box, "purpose"), 1);
	put_buf(context, bytes(box, "room"));
	put_buf(context, bytes(box, "id"));
	put_buf(context, bytes(box, "author"));
	json_array_foreach(slots, i, slot) {
		const uint8_t *at = sealed->b + 2 + i * size + SEALED_KEM;
		struct buf *slot_key;
		input = empty();
		put_label(input, "beside/box-key/1");
		put_buf(input, context);
		slot_key = hash(KEY, bytes(slot, "shared"), input);
		check_field(slot, "slot_key", slot_key);
		input = empty();
		put_label(input, "beside/box-slot/1");
		put_buf(input, context);
		check_field(box, "key", aead_open(slot_key, at, at + NONCE, KEY + TAG, input));
	}
	put(body, sealed->b + 2 + n * size, sealed->n - 2 - n * size);
	check_json(box, "json", unpad(seal_open(key, "box", context, body), 0));
}

static void check_signal(const json_t *signal)
{
	enum { SIZE = 512 };
	struct buf *body = bytes(signal, "body"), *input = empty(), *key, *plain, *json = empty();
	uint32_t length;
	check(body->n == 5 + NONCE + SIZE + TAG && body->b[0] == 1 && get_u32(body->b + 1) == number(signal, "epoch"), "signal's shape");
	put_label(input, "beside/signal-key/1");
	put_buf(input, bytes(signal, "room"));
	put_number(input, number(signal, "epoch"), 4);
	key = hash(KEY, bytes(signal, "room_key"), input);
	check_field(signal, "signal_key", key);
	input = empty();
	put_label(input, "beside/signal/1");
	put_buf(input, bytes(signal, "room"));
	put_number(input, number(signal, "epoch"), 4);
	put_buf(input, bytes(signal, "author"));
	plain = aead_open(key, body->b + 5, body->b + 5 + NONCE, SIZE + TAG, input);
	length = get_u32(plain->b);
	check(length <= SIZE - 4 && sodium_is_zero(plain->b + 4 + length, SIZE - 4 - length), "signal's padding");
	put(json, plain->b + 4, length);
	check_json(signal, "json", json);
}

static void check_circle(const json_t *vectors, const json_t *circle)
{
	struct buf *room = bytes(circle, "room");
	const json_t *accounts = field(vectors, "accounts");
	check_circle_invite(field(circle, "invite"), room, json_array_get(accounts, 0), json_array_get(accounts, 1));
	check_chain(vectors, field(circle, "changes"), room, CIRCLE);
	check_leave(vectors, field(circle, "leave"), room);
	check_box(field(circle, "box"));
	check_signal(field(circle, "signal"));
}

static void check_padme(const json_t *pairs)
{
	size_t i;
	const json_t *pair;
	json_array_foreach(pairs, i, pair)
		check(padme((size_t)json_integer_value(json_array_get(pair, 0))) == (size_t)json_integer_value(json_array_get(pair, 1)), "padme");
}

int main(int argc, char **argv)
{
	json_error_t error;
	json_t *vectors = argc == 2 ? json_load_file(argv[1], JSON_REJECT_DUPLICATES, &error) : NULL;
	const json_t *accounts;
	if (vectors == NULL || sodium_init() < 0) {
		fprintf(stderr, "usage: check_vectors vectors.json\n");
		return 2;
	}
	accounts = field(vectors, "accounts");
	check_padme(field(vectors, "padme"));
	for (size_t i = 0; i < json_array_size(accounts); i++)
		check_account(json_array_get(accounts, i), bytes(vectors, "house_id"));
	check_vault(field(vectors, "vault"), field(vectors, "session_label"), json_array_get(accounts, 0));
	check_invite(field(vectors, "invite"), json_array_get(accounts, 0), json_array_get(accounts, 1), json_array_get(field(vectors, "changes"), 0));
	check_rooms(vectors);
	check_voice(field(vectors, "voice"));
	check_letter(field(vectors, "letter"), json_array_get(accounts, 0));
	check_circle(vectors, field(vectors, "circle"));
	for (size_t i = 0; i < json_array_size(accounts); i++)
		check_passphrase(json_array_get(accounts, i), bytes(vectors, "house_id")); /* slow, so last */
	json_decref(vectors);
	printf("%d checks hold\n", checks);
	return 0;
}
