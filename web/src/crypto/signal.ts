// SPDX-License-Identifier: AGPL-3.0-or-later
// Signals: what is said to who is there now and kept nowhere ("I'm here", a light that sits along). Sealed under a key of
// the room's epoch, bound to room, epoch and author, and all of one size, so that their length says nothing. No commitment:
// what nobody stores cannot be reported.

import { BadBytes, concat, Reader, u32, u8, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import { CryptoError } from "./face";
import { padTo, parseJson, unpadFrom, utf8Json } from "./seal";
import { aeadOpen, aeadSeal, hash, KEY_BYTES, label, NONCE_BYTES, TAG_BYTES, wipe, type Random } from "./sodium";

const VERSION = 1;
const PLAIN_BYTES = 512;
const SIGNAL_BYTES = 1 + 4 + NONCE_BYTES + PLAIN_BYTES + TAG_BYTES;
/** Of the value's JSON; what stands around it comes on top. */
const VALUE_MAX_BYTES = 400;
const WRAPPED_MAX_BYTES = utf8Json({ value: 0 }).length - 1 + VALUE_MAX_BYTES;

interface SignalPlace {
  readonly room: Id;
  readonly epoch: number;
  readonly author: Id;
}

export function sealSignal(place: SignalPlace, roomKey: Bytes, value: unknown, random: Random): Bytes {
  if (value === undefined) throw new TypeError("a signal holds something");
  const json = utf8Json({ value });
  if (json.length > WRAPPED_MAX_BYTES) throw new CryptoError("too-long", "signal");
  const plaintext = padTo(PLAIN_BYTES, json);
  const key = signalKey(place, roomKey);
  const nonce = random(NONCE_BYTES);
  const sealed = aeadSeal(key, nonce, plaintext, bound(place));
  wipe(key, plaintext, json);
  return concat(u8(VERSION), u32(place.epoch), nonce, sealed);
}

export function signalEpoch(body: Uint8Array): number {
  if (body.length !== SIGNAL_BYTES || body[0] !== VERSION) throw new BadBytes("signal");
  return new Reader(body.subarray(1)).u32();
}

/** PLACE's epoch is the body's own. */
export function openSignal(place: SignalPlace, roomKey: Bytes, body: Uint8Array): unknown {
  const key = signalKey(place, roomKey);
  const plaintext = aeadOpen(key, body.subarray(5, 5 + NONCE_BYTES), body.subarray(5 + NONCE_BYTES), bound(place));
  wipe(key);
  if (plaintext === null) throw new CryptoError("untrusted", "signal");
  const json = unpadFrom(() => PLAIN_BYTES, plaintext);
  const { value } = parseJson(json) as { value?: unknown };
  if (value === undefined || json.length > WRAPPED_MAX_BYTES) throw new CryptoError("untrusted", "signal");
  return value;
}

function signalKey(place: SignalPlace, roomKey: Bytes): Bytes {
  return hash(KEY_BYTES, roomKey, label("beside/signal-key/1"), fromId(place.room), u32(place.epoch));
}

function bound(place: SignalPlace): Bytes {
  return concat(label("beside/signal/1"), fromId(place.room), u32(place.epoch), fromId(place.author));
}
