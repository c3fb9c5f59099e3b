// SPDX-License-Identifier: AGPL-3.0-or-later
// The general seal: one key, one named purpose, one context it is bound to. Used for wraps, invites, the vault, labels
// and what a device keeps. (Entries and envelopes have forms of their own.) Also JSON inside seals, padded so that the
// sealed size tells little.

import { BadBytes, concat, fromUtf8, Reader, u32, u8, utf8, type Bytes } from "../lib/bytes";
import { padme } from "../lib/padme";
import { CryptoError } from "./face";
import { aeadOpen, aeadSeal, label, NONCE_BYTES, TAG_BYTES, wipe, type Random } from "./sodium";

export type Purpose =
  | "wrap-passphrase" | "wrap-card" | "greeting" | "answer" | "vault" | "session-label" | "local"
  | "letter-key" | "letter" | "box";

export const SEAL_VERSION = 1;
export const OVERHEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
const SMALLEST_BYTES = 256;
const DEEPEST = 16;

export interface Seal {
  readonly key: Uint8Array;
  readonly purpose: Purpose;
  readonly context: Uint8Array;
}

export function seal(how: Seal, plaintext: Uint8Array, random: Random): Bytes {
  const nonce = random(NONCE_BYTES);
  return concat(u8(SEAL_VERSION), nonce, aeadSeal(how.key, nonce, plaintext, bound(how)));
}

/** Null if it was not sealed with this key for this purpose and context. */
export function open(how: Seal, sealed: Uint8Array): Bytes | null {
  if (sealed.length < OVERHEAD_BYTES || sealed[0] !== SEAL_VERSION) return null;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  return aeadOpen(how.key, nonce, sealed.subarray(1 + NONCE_BYTES), bound(how));
}

function bound(how: Seal): Bytes {
  return concat(label(`beside/${how.purpose}/1`), how.context);
}

/** MAX bounds the sealed whole. */
export function sealJson(how: Seal, value: unknown, max: number, random: Random): Bytes {
  const plaintext = pad(utf8Json(value));
  if (OVERHEAD_BYTES + plaintext.length > max) throw new CryptoError("too-long", how.purpose);
  const sealed = seal(how, plaintext, random);
  wipe(plaintext);
  return sealed;
}

export function openJson(how: Seal, sealed: Uint8Array): Record<string, unknown> {
  const plaintext = open(how, sealed);
  if (plaintext === null) throw new CryptoError("untrusted", how.purpose);
  return parseJson(unpad(plaintext));
}

/** length u32 ‖ JSON ‖ zeros to Padmé(max(256, all before + AHEAD)), AHEAD being what the caller puts in front. */
export function pad(json: Uint8Array, ahead: number = 0): Bytes {
  return padTo(paddedLength(json.length, ahead), json);
}

/** The same to a given SIZE, for what is always of one. */
export function padTo(size: number, json: Uint8Array): Bytes {
  return concat(u32(json.length), json, new Uint8Array(size - 4 - json.length));
}

/** Refuses every padding but the one pad() makes, so that nothing can be hidden in it. */
export function unpad(padded: Uint8Array, ahead: number = 0): Bytes {
  return unpadFrom((json) => paddedLength(json, ahead), padded);
}

/** SIZEOF says how long the whole must be for so much JSON. */
export function unpadFrom(sizeOf: (json: number) => number, padded: Uint8Array): Bytes {
  const reader = new Reader(padded);
  const json = reader.bytes(reader.u32());
  const zeros = reader.rest();
  if (padded.length !== sizeOf(json.length) || zeros.some((byte) => byte !== 0)) throw new BadBytes("padding");
  return json;
}

/** To how many bytes pad() brings that much JSON. */
export function paddedLength(json: number, ahead: number = 0): number {
  return padme(Math.max(SMALLEST_BYTES, ahead + 4 + json)) - ahead;
}

export function utf8Json(value: unknown): Bytes {
  if (tooDeep(value, DEEPEST)) throw new CryptoError("too-long", "depth");
  return utf8(JSON.stringify(value));
}

/** An object, at most DEEPEST levels deep: a mate's entry must not be able to overflow a reader's stack. */
export function parseJson(bytes: Uint8Array): Record<string, unknown> {
  const value = parse(fromUtf8(bytes));
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new BadBytes("no JSON object");
  if (tooDeep(value, DEEPEST)) throw new BadBytes("JSON too deep");
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadBytes("not JSON");
  }
}

function tooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => tooDeep(inner, levels - 1));
}
