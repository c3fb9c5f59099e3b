// SPDX-License-Identifier: AGPL-3.0-or-later
// Leaving a circle, signed: whoever changes the key next takes its author out, and knows that it was not the house that
// dropped them. It names an epoch and holds only while its author has been in every link since, so a leave from before
// somebody came back means nothing.

import { BadBytes, concat, Reader, u32, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import { CryptoError } from "./face";
import type { Link } from "./roster";
import { label, sign, signed, SIGNATURE_BYTES } from "./sodium";

const LEAVE_BYTES = 4 + SIGNATURE_BYTES;

export function makeLeave(room: Id, person: Id, epoch: number, signSecret: Bytes): Bytes {
  return concat(u32(epoch), sign(signSecret, label("beside/leave/1"), leaving(room, person, epoch)));
}

/** Throws unless LEAVE, by PERSON, takes them out of the newest link of CHAIN, which begins at epoch 1. */
export function checkLeave(chain: readonly Link[], person: Id, signKey: Bytes, leave: Uint8Array): void {
  if (leave.length !== LEAVE_BYTES) throw new BadBytes("leave");
  const epoch = new Reader(leave).u32();
  const since = chain.slice(Math.max(epoch - 1, 0));
  if (since.length === 0) throw new CryptoError("unknown-epoch", "leave");
  const { room } = since[0]!;
  const stayed = epoch >= 1 && since.every((link) => link.members.includes(person));
  const holds = stayed && signed(signKey, leave.subarray(4), label("beside/leave/1"), leaving(room, person, epoch));
  if (!holds) throw new CryptoError("untrusted", "leave");
}

function leaving(room: Id, person: Id, epoch: number): Bytes {
  return concat(fromId(room), fromId(person), u32(epoch));
}
