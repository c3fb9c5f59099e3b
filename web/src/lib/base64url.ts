// SPDX-License-Identifier: AGPL-3.0-or-later
// base64url without padding (RFC 4648 section 5), the only text form of bytes in URLs and JSON. Reading is strict: one
// text for one byte string, so that an id can be compared as text.

import { BadBytes, type Bytes } from "./bytes";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]));

export function toBase64url(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const triple = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = Math.min(bytes.length - at, 3) + 1;
    for (let i = 0; i < letters; i++) text += ALPHABET[(triple >> (18 - 6 * i)) & 63];
  }
  return text;
}

/** Throws BadBytes for any letter outside the alphabet, a length that cannot be, or spare bits that are not zero. */
export function fromBase64url(text: string): Bytes {
  if (text.length % 4 === 1) throw new BadBytes("not base64url");
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) throw new BadBytes("not base64url");
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  if (held !== 0) throw new BadBytes("not base64url");
  return bytes;
}
