// SPDX-License-Identifier: AGPL-3.0-or-later
// Entries: a person's words, sealed under the room's key and bound to their room, epoch, author and id. Beside the
// ciphertext stands a commitment (message franking, Grubbs, Lu, Ristenpart 2017): whoever can read the entry can later
// prove to the house what it says, and nobody can prove anything else. No signature: to everyone else, words stay
// deniable. (XChaCha20-Poly1305 alone does not commit to its key; the commitment, checked on every opening, does.)

import { BadBytes, concat, Reader, u32, u8, type Bytes } from "../lib/bytes";
import { fromId, isId, type Id } from "../lib/id";
import { CryptoError, type EntryContent, type Revealed } from "./face";
import { pad, parseJson, unpad, utf8Json } from "./seal";
import { aeadOpen, aeadSeal, equal, hash, KEY_BYTES, label, NONCE_BYTES, wipe, type Random } from "./sodium";

const VERSION = 1;
const COMMITMENT_BYTES = 32;
export const ENTRY_MAX_BYTES = 65_536;

export interface EntryPlace {
  readonly room: Id;
  readonly epoch: number;
  readonly author: Id;
  readonly id: Id;
}

interface EntryParts {
  readonly epoch: number;
  readonly commitment: Bytes;
  readonly nonce: Bytes;
  readonly sealed: Bytes;
}

export function readEntryParts(body: Uint8Array): EntryParts {
  const reader = new Reader(body);
  if (body.length > ENTRY_MAX_BYTES) throw new BadBytes("entry too long");
  if (reader.u8() !== VERSION) throw new BadBytes("entry version");
  const epoch = reader.u32();
  return { epoch, commitment: reader.bytes(COMMITMENT_BYTES), nonce: reader.bytes(NONCE_BYTES), sealed: reader.rest() };
}

export function sealEntry(place: EntryPlace, roomKey: Bytes, content: EntryContent, random: Random): Bytes {
  if (!isPrev(content.prev)) throw new TypeError("an entry needs prev");
  const json = utf8Json(content);
  const commitKey = random(KEY_BYTES);
  const commitment = commit(place, commitKey, json);
  const plaintext = concat(commitKey, pad(json, KEY_BYTES));
  const nonce = random(NONCE_BYTES);
  const key = entryKey(place, roomKey);
  const sealed = aeadSeal(key, nonce, plaintext, bound(place, commitment));
  wipe(key, plaintext, commitKey, json);
  const body = concat(u8(VERSION), u32(place.epoch), commitment, nonce, sealed);
  if (body.length > ENTRY_MAX_BYTES) throw new CryptoError("too-long");
  return body;
}

/** What the author sealed, once everything about it was checked. The epoch is PARTS' own. */
export function openEntry(place: EntryPlace, roomKey: Bytes, parts: EntryParts): Revealed & { content: EntryContent } {
  const key = entryKey(place, roomKey);
  const plaintext = aeadOpen(key, parts.nonce, parts.sealed, bound(place, parts.commitment));
  wipe(key);
  if (plaintext === null) throw new CryptoError("untrusted", "entry");
  const reader = new Reader(plaintext);
  const commitKey = reader.bytes(KEY_BYTES);
  const json = unpad(reader.rest(), KEY_BYTES);
  if (!committed(place, parts.commitment, { plaintext: json, commitKey })) {
    throw new CryptoError("untrusted", "commitment");
  }
  return { content: readContent(json), plaintext: json, commitKey };
}

export function committed(place: EntryPlace, commitment: Bytes, revealed: Revealed): boolean {
  if (revealed.commitKey.length !== KEY_BYTES) return false;
  return equal(commit(place, revealed.commitKey, revealed.plaintext), commitment);
}

function readContent(json: Bytes): EntryContent {
  const content = parseJson(json);
  if (!isPrev(content["prev"])) throw new CryptoError("untrusted", "entry-prev");
  return content as EntryContent;
}

function isPrev(prev: unknown): prev is Id | "" {
  return prev === "" || isId(prev);
}

function entryKey(place: EntryPlace, roomKey: Bytes): Bytes {
  return hash(KEY_BYTES, roomKey, label("beside/entry-key/1"), fromId(place.room), u32(place.epoch));
}

function where(place: EntryPlace): Bytes {
  return concat(fromId(place.room), u32(place.epoch), fromId(place.author), fromId(place.id));
}

function bound(place: EntryPlace, commitment: Bytes): Bytes {
  return concat(label("beside/entry/1"), where(place), commitment);
}

function commit(place: EntryPlace, commitKey: Bytes, json: Bytes): Bytes {
  return hash(COMMITMENT_BYTES, commitKey, label("beside/commit/1"), where(place), u32(json.length), json);
}
