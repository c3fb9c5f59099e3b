// SPDX-License-Identifier: AGPL-3.0-or-later
// Boxes: a value sealed to a few people out of many, who are not named on it. The value is sealed once, under a fresh key;
// that key lies in one slot for each reader, in random order, under X-Wing as in an envelope. Each slot and the value are
// bound to what the box is for, its room, its id and its author, so a box is good in one place only.
//
// Not signed: words stay deniable. Who made a box is known by what carries it, an entry or the house's word.

import { BadBytes, concat, Reader, u8, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import { padme } from "../lib/padme";
import type { Account } from "./account";
import { CryptoError, type BoxPlace } from "./face";
import type { Identity } from "./identity";
import { MOST_MEMBERS } from "./roster";
import { openJson, OVERHEAD_BYTES, paddedLength, sealJson, utf8Json, type Seal } from "./seal";
import {
  aeadOpen, aeadSeal, hash, KEM_COINS_BYTES, KEM_SEALED_BYTES, kemOpen, kemSeal, KEY_BYTES, label, NONCE_BYTES, TAG_BYTES,
  wipe, type Random,
} from "./sodium";

const VERSION = 1;
const PURPOSES: readonly BoxPlace["purpose"][] = ["aside", "request", "answer"]; // 1, 2, 3 on the wire
/** All of a circle, and somebody who writes to it from outside. */
const MOST_SLOTS = MOST_MEMBERS + 1;
const SLOT_BYTES = KEM_SEALED_BYTES + NONCE_BYTES + KEY_BYTES + TAG_BYTES;
/** Of the value's JSON; what stands around it comes on top. */
const VALUE_MAX_BYTES = 8192;
const WRAPPED_MAX_BYTES = utf8Json({ value: 0 }).length - 1 + VALUE_MAX_BYTES;
const BODY_MIN_BYTES = OVERHEAD_BYTES + paddedLength(0);
const BODY_MAX_BYTES = OVERHEAD_BYTES + paddedLength(WRAPPED_MAX_BYTES);

/** READERS: each once. */
export function sealBox(place: BoxPlace, readers: readonly Identity[], value: unknown, random: Random): Bytes {
  if (value === undefined || value === null) throw new TypeError("a box holds something");
  if (utf8Json({ value }).length > WRAPPED_MAX_BYTES) throw new CryptoError("too-long", "box");
  if (readers.length > MOST_SLOTS) throw new CryptoError("too-long", "readers");
  const where = context(place);
  const key = random(KEY_BYTES);
  try {
    const slots = shuffled(readers, random).map((reader) => sealSlot(where, reader, key, random));
    return concat(u8(VERSION), u8(slots.length), ...slots, sealJson(bodySeal(key, where), { value }, BODY_MAX_BYTES, random));
  } finally {
    wipe(key);
  }
}

/** Null if none of its slots is ACCOUNT's, here. A box moved elsewhere is nobody's. */
export function openBox(place: BoxPlace, account: Account, box: Uint8Array): unknown {
  const { slots, body } = readBox(box);
  const where = context(place);
  for (const slot of slots) {
    const key = openSlot(where, account.kem.secretKey, slot);
    if (key === null) continue;
    try {
      return readValue(openJson(bodySeal(key, where), body));
    } finally {
      wipe(key);
    }
  }
  return null;
}

/** Shape only, so that what is no box is refused by those too whom it is not for. */
function readBox(box: Uint8Array): { slots: Bytes[]; body: Bytes } {
  const reader = new Reader(box);
  if (reader.u8() !== VERSION) throw new BadBytes("box version");
  const count = reader.u8();
  if (count < 1 || count > MOST_SLOTS) throw new BadBytes("box slots");
  const slots = Array.from({ length: count }, () => reader.bytes(SLOT_BYTES));
  const body = reader.rest();
  const padded = body.length - OVERHEAD_BYTES;
  if (body.length < BODY_MIN_BYTES || body.length > BODY_MAX_BYTES || padme(padded) !== padded) throw new BadBytes("box length");
  return { slots, body };
}

function readValue(json: Record<string, unknown>): unknown {
  const value = json["value"];
  if (value === undefined || value === null || utf8Json({ value }).length > WRAPPED_MAX_BYTES) throw new CryptoError("untrusted", "box");
  return value;
}

function sealSlot(where: Bytes, reader: Identity, key: Bytes, random: Random): Bytes {
  const kem = kemSeal(reader.kemKey, random(KEM_COINS_BYTES));
  if (kem === null) throw new CryptoError("untrusted", "identity");
  const own = slotKey(kem.shared, where);
  const nonce = random(NONCE_BYTES);
  const sealed = aeadSeal(own, nonce, key, bound(where));
  wipe(kem.shared, own);
  return concat(kem.sealed, nonce, sealed);
}

function openSlot(where: Bytes, kemSecret: Bytes, slot: Bytes): Bytes | null {
  const reader = new Reader(slot);
  const shared = kemOpen(kemSecret, reader.bytes(KEM_SEALED_BYTES));
  const own = slotKey(shared, where);
  const nonce = reader.bytes(NONCE_BYTES);
  const key = aeadOpen(own, nonce, reader.rest(), bound(where));
  wipe(shared, own);
  return key;
}

function context(place: BoxPlace): Bytes {
  const purpose = PURPOSES.indexOf(place.purpose) + 1;
  if (purpose === 0) throw new TypeError("no purpose of a box");
  return concat(u8(purpose), fromId(place.room), fromId(place.id), fromId(place.author));
}

function slotKey(shared: Bytes, where: Bytes): Bytes {
  return hash(KEY_BYTES, shared, label("beside/box-key/1"), where);
}

function bound(where: Bytes): Bytes {
  return concat(label("beside/box-slot/1"), where);
}

function bodySeal(key: Bytes, where: Bytes): Seal {
  return { key, purpose: "box", context: where };
}

/** Fisher and Yates, so that a slot's place says nothing of whose it is. A 32-bit draw over so few leans by nothing that counts. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const mixed = [...items];
  for (let left = mixed.length; left > 1; left--) {
    const drawn = new Reader(random(4)).u32() % left;
    [mixed[left - 1], mixed[drawn]] = [mixed[drawn]!, mixed[left - 1]!];
  }
  return mixed;
}

/** Who reads a box: TO and ME, each once. */
export function readersOf(me: Identity, to: readonly Identity[]): Identity[] {
  return [...new Map([me, ...to].map((one): [Id, Identity] => [one.personId, one])).values()];
}
