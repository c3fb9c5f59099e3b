// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters sealed until a day. The letter has a key of its own, and that key is wrapped for the account, bound to the entry
// and the day. This is a promise that this program keeps, not one that time keeps: who has the account's keys and another
// program can open it any day. What the wrap gains is that nobody can tell the day differently, and that the key is out of
// sight until the day has been looked at.

import { BadBytes, concat, Reader, u64, u8, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import type { Account } from "./account";
import { CryptoError } from "./face";
import { open, openJson, OVERHEAD_BYTES, seal, sealJson, type Seal } from "./seal";
import { KEY_BYTES, wipe, type Random } from "./sodium";

const VERSION = 1;
const WRAP_BYTES = OVERHEAD_BYTES + KEY_BYTES;
const AHEAD_BYTES = 1 + 8 + WRAP_BYTES;
/** It stands in an entry's JSON as base64url, beside the words that stay readable: the whole must fit an entry. */
export const LETTER_MAX_BYTES = 44_032;

export function sealLetter(account: Account, entry: Id, until: number, value: unknown, random: Random): Bytes {
  const context = contextOf(entry, until);
  const key = random(KEY_BYTES);
  const wrap = seal(wrapSeal(account, context), key, random);
  try {
    return concat(u8(VERSION), u64(until), wrap, sealJson(bodySeal(key, context), { value }, LETTER_MAX_BYTES - AHEAD_BYTES, random));
  } finally {
    wipe(key);
  }
}

/** The day is believed only once the wrap has opened with it: a letter with another day is not early, it is forged. */
export function openLetter(account: Account, entry: Id, now: number, sealed: Uint8Array): { until: number; value: unknown } {
  const reader = new Reader(sealed);
  if (reader.u8() !== VERSION) throw new BadBytes("letter version");
  const until = reader.u64();
  const context = contextOf(entry, until);
  const key = open(wrapSeal(account, context), reader.bytes(WRAP_BYTES));
  if (key === null) throw new CryptoError("untrusted", "letter-key");
  try {
    if (!(now >= until)) throw new CryptoError("too-early"); // so written that a time that is no number is early, too
    return { until, value: openJson(bodySeal(key, context), reader.rest())["value"] };
  } finally {
    wipe(key);
  }
}

function contextOf(entry: Id, until: number): Bytes {
  return concat(fromId(entry), u64(until));
}

function wrapSeal(account: Account, context: Bytes): Seal {
  return { key: account.letterKey, purpose: "letter-key", context };
}

function bodySeal(key: Bytes, context: Bytes): Seal {
  return { key, purpose: "letter", context };
}
