// SPDX-License-Identifier: AGPL-3.0-or-later
// The one door to libsodium (1.0.22, WebAssembly): each primitive beside uses, under the name beside gives it. What is
// built from them is elsewhere in this folder; nobody else imports the library.
//
// Its complication: on Node 18 the library finds no source of randomness, because `crypto` is not global there yet. So
// sodiumReady() puts Node's own in place first and only then loads the library. Call it once before anything else here.

import { concat, utf8, type Bytes } from "../lib/bytes";

type Sodium = typeof import("libsodium-wrappers-sumo");
type StateAddress = import("libsodium-wrappers-sumo").StateAddress;

let sodium: Sodium;

export const KEY_BYTES = 32;
/** Of what is told apart by its hash: links, commitments. */
export const HASH_BYTES = 32;
export const NONCE_BYTES = 24;
export const TAG_BYTES = 16;
export const SIGNATURE_BYTES = 64;
export const SIGN_PUBLIC_BYTES = 32;
export const KEM_PUBLIC_BYTES = 1216;
export const KEM_SEALED_BYTES = 1120;
export const KEM_COINS_BYTES = 64;
export const STREAM_HEADER_BYTES = 24;
export const STREAM_TAG_BYTES = 17;
const STREAM_MESSAGE = 0;
const STREAM_FINAL = 3;

/** A source of bytes nobody can guess; the vectors pass a scripted one. */
export type Random = (count: number) => Bytes;

export async function sodiumReady(): Promise<void> {
  if (globalThis.crypto === undefined) {
    const node = "node:crypto"; // not a literal, so that no bundler looks for it in a browser
    const { webcrypto } = (await import(node)) as { webcrypto: typeof globalThis.crypto };
    Object.defineProperty(globalThis, "crypto", { value: webcrypto, configurable: true });
  }
  const loaded = (await import("libsodium-wrappers-sumo")) as Sodium & { default?: Sodium };
  sodium = loaded.default ?? loaded;
  await sodium.ready;
}

export const randomBytes: Random = (count) => own(sodium.randombytes_buf(count));

/** BLAKE2b (RFC 7693) of PARTS joined, SIZE bytes long, keyed if KEY is given. */
export function hash(size: number, key: Uint8Array | null, ...parts: readonly Uint8Array[]): Bytes {
  return own(sodium.crypto_generichash(size, concat(...parts), key));
}

/** libsodium's KDF (BLAKE2b with the number as salt and the eight letters of CONTEXT as personalisation). */
export function derive(key: Uint8Array, context: string, number: number, size: number = KEY_BYTES): Bytes {
  return own(sodium.crypto_kdf_derive_from_key(size, number, context, key));
}

/** XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), ciphertext and tag. */
export function aeadSeal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, bound: Uint8Array): Bytes {
  return own(sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, bound, null, nonce, key));
}

/** Null if anything at all does not fit. */
export function aeadOpen(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Bytes | null {
  try {
    return own(sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, bound, nonce, key));
  } catch {
    return null;
  }
}

/** One secretstream under way. Its state is in the library's memory, so it must be ended. */
export interface Stream {
  readonly state: StateAddress;
}

/** libsodium's secretstream (XChaCha20-Poly1305, chunk by chunk in order). Sealing and opening begin alike, but that the
 *  library's own beginning for sealing draws HEADER itself. To seal, HEADER must be random. */
export function streamBegin(key: Uint8Array, header: Uint8Array): Stream {
  return { state: sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, key) };
}

export function streamSeal({ state }: Stream, plaintext: Uint8Array, bound: Uint8Array, last: boolean): Bytes {
  const tag = last ? STREAM_FINAL : STREAM_MESSAGE;
  return own(sodium.crypto_secretstream_xchacha20poly1305_push(state, plaintext, bound, tag));
}

/** Null if anything at all does not fit, the tag among it: of the four that there are, only the two above are used. */
export function streamOpen({ state }: Stream, sealed: Uint8Array, bound: Uint8Array): { plaintext: Bytes; last: boolean } | null {
  if (sealed.length < STREAM_TAG_BYTES) return null;
  const opened = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed, bound);
  if (opened === false || (opened.tag !== STREAM_FINAL && opened.tag !== STREAM_MESSAGE)) return null;
  return { plaintext: own(opened.message), last: opened.tag === STREAM_FINAL };
}

/** Wipes and frees the state, which the library's wrapper would leave lying about. Once only. */
export function streamEnd({ state }: Stream): void {
  const { libsodium } = sodium as unknown as { libsodium: Inside };
  const at = state as unknown as number;
  libsodium.HEAPU8.fill(0, at, at + libsodium._crypto_secretstream_xchacha20poly1305_statebytes());
  libsodium._free(at);
}

/** What streamEnd needs of the library behind its wrapper. */
interface Inside {
  readonly HEAPU8: Uint8Array;
  _crypto_secretstream_xchacha20poly1305_statebytes(): number;
  _free(address: number): void;
}

export interface KeyPair {
  readonly publicKey: Bytes;
  readonly secretKey: Bytes;
}

/** Ed25519 (RFC 8032). */
export function signKeys(seed: Uint8Array): KeyPair {
  const pair = sodium.crypto_sign_seed_keypair(seed);
  return { publicKey: own(pair.publicKey), secretKey: own(pair.privateKey) };
}

export function sign(secretKey: Uint8Array, ...parts: readonly Uint8Array[]): Bytes {
  return own(sodium.crypto_sign_detached(concat(...parts), secretKey));
}

export function signed(publicKey: Uint8Array, signature: Uint8Array, ...parts: readonly Uint8Array[]): boolean {
  try {
    return sodium.crypto_sign_verify_detached(signature, concat(...parts), publicKey);
  } catch {
    return false;
  }
}

/** X-Wing (draft-connolly-cfrg-xwing-kem): X25519 and ML-KEM-768 together; it holds while either of them does. */
export function kemKeys(seed: Uint8Array): KeyPair {
  const pair = sodium.crypto_kem_xwing_seed_keypair(seed);
  return { publicKey: own(pair.publicKey), secretKey: own(pair.privateKey) };
}

/** COINS are KEM_COINS_BYTES random bytes. Null if PUBLICKEY is none. */
export function kemSeal(publicKey: Uint8Array, coins: Uint8Array): { sealed: Bytes; shared: Bytes } | null {
  try {
    const { ciphertext, sharedSecret } = sodium.crypto_kem_xwing_enc_deterministic(publicKey, coins);
    return { sealed: own(ciphertext), shared: own(sharedSecret) };
  } catch {
    return null;
  }
}

/** A wrong ciphertext gives another secret, not an error: what follows must authenticate. */
export function kemOpen(secretKey: Uint8Array, sealed: Uint8Array): Bytes {
  return own(sodium.crypto_kem_xwing_dec(sealed, secretKey));
}

/** Argon2id version 1.3 (RFC 9106), three passes over 64 MiB, one lane. */
export function stretch(passphrase: Uint8Array, salt: Uint8Array): Bytes {
  return own(sodium.crypto_pwhash(KEY_BYTES, passphrase, salt, 3, 64 * 1024 * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13));
}

export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) sodium.memzero(secret);
}

/** Whether two byte strings are equal, in time that tells nothing of where they differ. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && sodium.memcmp(a, b);
}

/** A label as every hashed, signed or bound string begins: its ASCII letters and one zero byte. */
export function label(text: string): Bytes {
  return utf8(`${text}\0`);
}

/** The library hands out fresh buffers of its own; its types only do not say so. */
function own(bytes: Uint8Array): Bytes {
  return bytes as Bytes;
}
