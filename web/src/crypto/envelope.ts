// SPDX-License-Identifier: AGPL-3.0-or-later
// An envelope: one epoch's room key, sealed to one member by the author of that epoch's link. X-Wing gives the secret,
// XChaCha20-Poly1305 seals, Ed25519 signs; all three are bound to room, epoch, author, member and link, so an envelope
// is good in one place only.

import { concat, Reader, u16, u32, u8, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import { CryptoError } from "./face";
import {
  aeadOpen, aeadSeal, hash, KEM_COINS_BYTES, KEM_SEALED_BYTES, kemOpen, kemSeal, KEY_BYTES, label, NONCE_BYTES, sign,
  SIGNATURE_BYTES, signed, TAG_BYTES, wipe, type Random,
} from "./sodium";

const VERSION = 1;
const SEALED_KEY_BYTES = KEY_BYTES + TAG_BYTES;
export const ENVELOPE_BYTES = 1 + KEM_SEALED_BYTES + NONCE_BYTES + SEALED_KEY_BYTES + SIGNATURE_BYTES;

/** The one place an envelope is good for. */
export interface EnvelopePlace {
  readonly room: Id;
  readonly epoch: number;
  readonly author: Id;
  readonly member: Id;
  readonly linkHash: Bytes;
}

interface Sealing {
  readonly roomKey: Bytes;
  readonly memberKemKey: Bytes;
  readonly signSecret: Bytes;
}

export function sealEnvelope(place: EnvelopePlace, how: Sealing, random: Random): Bytes {
  const kem = kemSeal(how.memberKemKey, random(KEM_COINS_BYTES));
  if (kem === null) throw new CryptoError("untrusted", "identity");
  const where = context(place);
  const key = envelopeKey(kem.shared, where);
  const nonce = random(NONCE_BYTES);
  const sealed = aeadSeal(key, nonce, how.roomKey, concat(label("beside/envelope/1"), where));
  wipe(kem.shared, key);
  const body = concat(u8(VERSION), kem.sealed, nonce, sealed);
  return concat(body, sign(how.signSecret, label("beside/envelope-sig/1"), where, body));
}

/** The room key. The signature is checked first: nothing of a stranger's making reaches the secret key. */
export function openEnvelope(place: EnvelopePlace, envelope: Bytes, authorSignKey: Bytes, kemSecret: Bytes): Bytes {
  if (envelope.length !== ENVELOPE_BYTES || envelope[0] !== VERSION) throw new CryptoError("untrusted", "envelope");
  const where = context(place);
  const body = envelope.subarray(0, ENVELOPE_BYTES - SIGNATURE_BYTES);
  const signature = envelope.subarray(body.length);
  if (!signed(authorSignKey, signature, label("beside/envelope-sig/1"), where, body)) {
    throw new CryptoError("untrusted", "envelope-signature");
  }
  const reader = new Reader(body.subarray(1));
  const shared = kemOpen(kemSecret, reader.bytes(KEM_SEALED_BYTES));
  const key = envelopeKey(shared, where);
  const nonce = reader.bytes(NONCE_BYTES);
  const roomKey = aeadOpen(key, nonce, reader.rest(), concat(label("beside/envelope/1"), where));
  wipe(shared, key);
  if (roomKey === null) throw new CryptoError("untrusted", "envelope");
  return roomKey;
}

function context(place: EnvelopePlace): Bytes {
  return concat(fromId(place.room), u32(place.epoch), fromId(place.author), fromId(place.member), place.linkHash);
}

function envelopeKey(shared: Bytes, where: Bytes): Bytes {
  return hash(KEY_BYTES, shared, label("beside/envelope-key/1"), where);
}

/** Founding and every new epoch, as one body: the link and an envelope for each of its members, in its order. */
export function roomChange(link: Bytes, envelopes: ReadonlyMap<Id, Bytes>): Bytes {
  const sealed = [...envelopes].map(([member, envelope]) => concat(fromId(member), u16(envelope.length), envelope));
  return concat(u8(VERSION), u16(link.length), link, u8(envelopes.size), ...sealed);
}
