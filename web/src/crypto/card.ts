// SPDX-License-Identifier: AGPL-3.0-or-later
// The recovery card: 160 random bits as 32 characters of Crockford's base32 and a check character, made to be copied by
// hand from paper. The check (the number modulo 37, a prime) finds every single wrong character and every two
// neighbours that changed places; where it can be known, the error says which group to look at again.

import type { Bytes } from "../lib/bytes";
import { toId, ID_BYTES, type Id } from "../lib/id";
import { CryptoError } from "./face";
import { derive, hash, label, wipe } from "./sodium";

export const CARD_BYTES = 20;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK_ALPHABET = `${ALPHABET}*~$=U`;
const GROUP = 4;
const LETTERS = 32;
const SEPARATORS = /[\s\-\u2010-\u2015.]+/u;

export interface CardKeys {
  readonly id: Id;
  readonly secret: Bytes;
  readonly wrapKey: Bytes;
}

export function cardKeys(card: Uint8Array): CardKeys {
  const key = hash(32, null, label("beside/card/1"), card);
  const keys = {
    id: toId(derive(key, "besideCd", 1, ID_BYTES)),
    secret: derive(key, "besideCd", 2),
    wrapKey: derive(key, "besideCd", 3),
  };
  wipe(key);
  return keys;
}

/** Eight groups of four and the check alone, joined by hyphens. */
export function cardWords(card: Uint8Array): string {
  const number = card.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const letters = Array.from({ length: LETTERS }, (_, i) => ALPHABET[Number((number >> BigInt(5 * (LETTERS - 1 - i))) & 31n)]);
  const groups = letters.join("").match(/.{4}/g)!;
  return [...groups, CHECK_ALPHABET[Number(number % 37n)]].join("-");
}

/** The 20 bytes of a card as a person typed it. Throws "bad-card". */
export function readCardWords(typed: string): Bytes {
  const groups = typed.normalize("NFKC").trim().toUpperCase().split(SEPARATORS).map(plainLetters);
  const letters = groups.join("");
  if (letters.length !== LETTERS + 1) throw new CryptoError("bad-card", wrongGroup(groups) ?? "length");
  const values = [...letters.slice(0, LETTERS)].map((letter) => ALPHABET.indexOf(letter));
  const unknown = values.indexOf(-1);
  if (unknown >= 0) throw new CryptoError("bad-card", `group-${Math.floor(unknown / GROUP) + 1}`);
  const number = values.reduce((sum, value) => sum * 32n + BigInt(value), 0n);
  if (CHECK_ALPHABET[Number(number % 37n)] !== letters[LETTERS]) throw new CryptoError("bad-card", "check");
  return Uint8Array.from({ length: CARD_BYTES }, (_, i) => Number((number >> BigInt(8 * (CARD_BYTES - 1 - i))) & 255n));
}

/** What is misread most is taken as what it was: O is 0, I and L are 1. */
function plainLetters(group: string): string {
  return group.replace(/O/g, "0").replace(/[IL]/g, "1");
}

/** The first group that is not four letters long, if all nine were typed apart. */
function wrongGroup(groups: readonly string[]): string | null {
  if (groups.length !== LETTERS / GROUP + 1) return null;
  const wrong = groups.findIndex((group, i) => group.length !== (i < LETTERS / GROUP ? GROUP : 1));
  return wrong < LETTERS / GROUP ? `group-${wrong + 1}` : "check";
}
