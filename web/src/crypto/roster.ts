// SPDX-License-Identifier: AGPL-3.0-or-later
// The roster: a signed hash chain that says who is in a room, one link an epoch. Members seal only to people in a
// chain they verified, from a beginning they know from elsewhere (Trust); so the server can add nobody, drop nobody,
// and start no other chain.
//
// A circle begins with its founder alone and changes by the hand of whoever is in it. Who comes later needs to know no more
// than room and founder: every link after that is vouched for by somebody whom the one before let in.

import { BadBytes, compareBytes, concat, Reader, sameBytes, u32, u64, u8, type Bytes } from "../lib/bytes";
import { fromId, ID_BYTES, toId, type Id } from "../lib/id";
import { CryptoError, type RoomKind, type Trust } from "./face";
import { hash, HASH_BYTES, label, sign, signed, SIGNATURE_BYTES } from "./sodium";

const VERSION = 1;
const KINDS: readonly RoomKind[] = ["self", "bond", "circle", "talk"]; // 1, 2, 3, 4 on the wire
export const MOST_MEMBERS = 24;

export interface LinkContent {
  readonly room: Id;
  readonly kind: RoomKind;
  readonly epoch: number;
  /** The hash of the link before; zeros in epoch 1. */
  readonly before: Bytes;
  readonly timeMs: number;
  readonly author: Id;
  /** Ascending by their bytes. */
  readonly members: readonly Id[];
}

export interface Link extends LinkContent {
  readonly hash: Bytes;
  /** What the signature is over. */
  readonly body: Bytes;
  readonly signature: Bytes;
}

export function makeLink(content: LinkContent, signSecret: Bytes): Bytes {
  const body = concat(
    u8(VERSION), fromId(content.room), u8(KINDS.indexOf(content.kind) + 1), u32(content.epoch), content.before,
    u64(content.timeMs), fromId(content.author), u8(content.members.length), ...content.members.map(fromId),
  );
  return concat(body, sign(signSecret, label("beside/roster/1"), body));
}

/** Shape only; whether it belongs into a chain is checkLink's to say. */
export function readLink(bytes: Uint8Array): Link {
  const reader = new Reader(bytes);
  if (reader.u8() !== VERSION) throw new BadBytes("link version");
  const room = toId(reader.bytes(ID_BYTES));
  const kind = KINDS[reader.u8() - 1];
  const epoch = reader.u32();
  const before = reader.bytes(HASH_BYTES);
  const timeMs = reader.u64();
  const author = toId(reader.bytes(ID_BYTES));
  const members = readMembers(reader);
  const signature = reader.bytes(SIGNATURE_BYTES);
  reader.end();
  if (kind === undefined) throw new BadBytes("link kind");
  const body = new Uint8Array(bytes.subarray(0, bytes.length - SIGNATURE_BYTES));
  return { room, kind, epoch, before, timeMs, author, members, hash: linkHash(bytes), body, signature };
}

function readMembers(reader: Reader): Id[] {
  const count = reader.u8();
  if (count < 1 || count > MOST_MEMBERS) throw new BadBytes("member count");
  const members = Array.from({ length: count }, () => reader.bytes(ID_BYTES));
  const ascending = members.every((member, i) => i === 0 || compareBytes(members[i - 1]!, member) < 0);
  if (!ascending) throw new BadBytes("member order");
  return members.map(toId);
}

export function linkHash(link: Uint8Array): Bytes {
  return hash(HASH_BYTES, null, label("beside/link/1"), link);
}

export function sortMembers(members: readonly Id[]): Id[] {
  return [...members].sort((a, b) => compareBytes(fromId(a), fromId(b)));
}

/** Throws "untrusted" unless LINK follows PREVIOUS (undefined: begins the room as TRUST knows it) and SIGNKEYOF its
 *  author signed it. A null key: a later link, which is known by its hash, vouches for this one in place of its signature. */
export function checkLink(
  link: Link,
  previous: Link | undefined,
  trust: Trust,
  signKeyOf: (person: Id) => Bytes | null,
): void {
  if (link.room !== trust.room || link.kind !== trust.kind) throw new CryptoError("untrusted", "link-room");
  if (previous === undefined) checkFirst(link, trust);
  else checkNext(link, previous);
  checkSize(link);
  if (!link.members.includes(link.author)) throw new CryptoError("untrusted", "link-author");
  const signKey = signKeyOf(link.author);
  if (signKey !== null && !linkSigned(link, signKey)) throw new CryptoError("untrusted", "link-signature");
}

export function linkSigned(link: Link, signKey: Bytes): boolean {
  return signed(signKey, link.signature, label("beside/roster/1"), link.body);
}

function checkFirst(link: Link, trust: Trust): void {
  if (link.epoch !== 1 || link.before.some((byte) => byte !== 0)) throw new CryptoError("untrusted", "link-chain");
  if (link.author !== trust.firstAuthor) throw new CryptoError("untrusted", "link-author");
  if (!sameMembers(link.members, sortMembers(trust.members))) throw new CryptoError("untrusted", "link-members");
}

function checkNext(link: Link, previous: Link): void {
  if (link.epoch !== previous.epoch + 1 || !sameBytes(link.before, previous.hash)) {
    throw new CryptoError("untrusted", "link-chain");
  }
  if (!previous.members.includes(link.author)) throw new CryptoError("untrusted", "link-author");
  const fixed = link.kind === "self" || link.kind === "bond";
  if (fixed && !sameMembers(link.members, previous.members)) throw new CryptoError("untrusted", "link-members");
}

function checkSize(link: Link): void {
  const size = link.members.length;
  if (link.kind === "self" && size !== 1) throw new CryptoError("untrusted", "link-members");
  if (link.kind === "bond" && size !== 2) throw new CryptoError("untrusted", "link-members");
  if (link.kind === "circle" && link.epoch === 1 && size !== 1) throw new CryptoError("untrusted", "link-members");
}

export function sameMembers(a: readonly Id[], b: readonly Id[]): boolean {
  return a.length === b.length && a.every((member, i) => member === b[i]);
}
