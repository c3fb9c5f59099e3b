// SPDX-License-Identifier: AGPL-3.0-or-later
// An identity: the two public keys of a person. The person id is the hash of it, so an id cannot be given other keys by
// anyone; every identity from outside is checked against the id it is said to belong to before its keys are used.

import { concat, Reader, u8, type Bytes } from "../lib/bytes";
import { fromId, ID_BYTES, toId, type Id } from "../lib/id";
import { CryptoError } from "./face";
import { hash, KEM_PUBLIC_BYTES, label, SIGN_PUBLIC_BYTES } from "./sodium";

export interface Identity {
  readonly personId: Id;
  readonly bytes: Bytes;
  readonly signKey: Bytes;
  readonly kemKey: Bytes;
}

const VERSION = 1;
export const IDENTITY_BYTES = 1 + SIGN_PUBLIC_BYTES + KEM_PUBLIC_BYTES;

export function makeIdentity(signKey: Bytes, kemKey: Bytes): Identity {
  const bytes = concat(u8(VERSION), signKey, kemKey);
  return { personId: personIdOf(bytes), bytes, signKey, kemKey };
}

export function readIdentity(bytes: Uint8Array): Identity {
  if (bytes.length !== IDENTITY_BYTES || bytes[0] !== VERSION) throw new CryptoError("untrusted", "identity");
  const reader = new Reader(bytes.subarray(1));
  return makeIdentity(reader.bytes(SIGN_PUBLIC_BYTES), reader.bytes(KEM_PUBLIC_BYTES));
}

/** The identity BYTES, refused unless it is PERSON's. */
export function readIdentityOf(person: Id, bytes: Uint8Array): Identity {
  const identity = readIdentity(bytes);
  if (identity.personId !== person) throw new CryptoError("untrusted", "identity");
  return identity;
}

function personIdOf(identity: Bytes): Id {
  const fingerprint = hash(32, null, label("beside/identity/1"), identity);
  return toId(fingerprint.subarray(0, ID_BYTES));
}

const CONSONANTS = "bdfghjklmnprstvz";
const VOWELS = "aiou";

/** A person id as eight proquints (Wilkerson 2009): sixteen bits to a five-letter word that can be said aloud. */
export function speakable(person: Id): string {
  const reader = new Reader(fromId(person));
  const words: string[] = [];
  while (reader.left > 0) words.push(proquint(reader.u16()));
  return words.join(" ");
}

function proquint(bits: number): string {
  const consonant = (shift: number): string => CONSONANTS[(bits >> shift) & 15]!;
  const vowel = (shift: number): string => VOWELS[(bits >> shift) & 3]!;
  return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0);
}
