// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyring's rooms: trusted, their rosters verified, their keys opened, rolled, and their entries sealed and opened.
//
// Its complication: what makes a room is not installed when it is made. The house may refuse it (somebody else was
// quicker), so a new link and key count only once they come back from the house and pass the same checks as anybody's.

import { sameBytes, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import type { EnvelopeFrame } from "../lib/frames";
import { committed, openEntry, readEntryParts, sealEntry } from "./entry";
import { openEnvelope, roomChange, sealEnvelope } from "./envelope";
import { CryptoError, type EntryContent, type Revealed, type RoomKind, type RosterMark, type SealedEntry, type Trust } from "./face";
import type { Held, HeldRoom } from "./held";
import type { Part } from "./keyring";
import { checkLink, linkHash, linkSigned, makeLink, readLink, sameMembers, sortMembers, type Link } from "./roster";
import { equal, HASH_BYTES, KEY_BYTES, wipe } from "./sodium";

type Method =
  | "foundSelf" | "trust" | "loadRoster" | "loadEnvelopes" | "roll" | "sealEntry" | "openEntry" | "reveal"
  | "verifyCommitment";

export function roomPart(held: Held): Part<Method> {
  return {
    foundSelf() {
      const { selfRoom, identity } = held.me;
      const members = [identity.personId];
      return { room: selfRoom, change: changeRoom(held, { room: selfRoom, kind: "self", members, previous: undefined }) };
    },

    trust(trust) {
      const given = { ...trust, members: sortMembers(trust.members) };
      checkTrust(held, given);
      const room = held.rooms.get(given.room);
      if (room === undefined) held.rooms.set(given.room, { trust: given, chain: [], keys: new Map() });
      else if (!sameTrust(room.trust, given)) throw new CryptoError("untrusted", "trust");
    },

    loadRoster({ room, links, identities, known }) {
      held.meetAll(identities);
      const read = links.map(readLink);
      const trust = held.rooms.get(room)?.trust ?? builtInTrust(held, room, read[0]);
      const chain = extend(held, trust, held.rooms.get(room)?.chain ?? [], read, known);
      const last = chain[chain.length - 1];
      if (last === undefined) throw new CryptoError("untrusted", "no-links");
      if (known !== undefined && !reaches(chain, known)) throw new CryptoError("untrusted", "rolled-back");
      held.rooms.set(room, { trust, chain, keys: held.rooms.get(room)?.keys ?? new Map() });
      return { epoch: last.epoch, hash: last.hash, members: last.members };
    },

    loadEnvelopes({ room, envelopes }) {
      const failures = envelopes.flatMap((envelope) => {
        try {
          install(held, held.room(room), envelope);
          return [];
        } catch (error) {
          return [error];
        }
      });
      if (failures.length > 0) throw failures[0];
    },

    roll({ room }) {
      const previous = mineToChange(held, room);
      return changeRoom(held, { room, kind: previous.kind, members: previous.members, previous });
    },

    sealEntry({ room, id, content }) {
      const { epoch } = newest(held.room(room));
      const author = held.me.identity.personId;
      const key = roomKey(held.room(room), epoch);
      return { body: sealEntry({ room, epoch, author, id }, key, content, held.platform.random), epoch };
    },

    openEntry: (entry) => openSealed(held, entry).content,

    reveal(entry) {
      const { plaintext, commitKey } = openSealed(held, entry);
      return { plaintext, commitKey };
    },

    verifyCommitment({ room, id, author, body, plaintext, commitKey }) {
      const { epoch, commitment } = readEntryParts(body);
      return committed({ room, epoch, author, id }, commitment, { plaintext, commitKey });
    },
  };
}

// ── Trust and the roster ────────────────────────────────────────────────────────────────────────────────────────────

function checkTrust(held: Held, trust: Trust): void {
  const { identity, selfRoom } = held.me;
  fromId(trust.room);
  const { kind, members, firstAuthor } = trust;
  const whole = kind === "circle" ? members.length === 1 : members.includes(identity.personId);
  if (!whole || !members.includes(firstAuthor)) throw new CryptoError("untrusted", "trust");
  if ((trust.room === selfRoom) !== (trust.kind === "self")) throw new CryptoError("untrusted", "trust");
}

function sameTrust(a: Trust, b: Trust): boolean {
  return a.kind === b.kind && a.firstAuthor === b.firstAuthor && sameMembers(a.members, b.members);
}

/** My self room, whose id only I could choose; or a room whose first link I signed: nobody else can have said that. */
function builtInTrust(held: Held, room: Id, first: Link | undefined): Trust {
  const { identity, selfRoom } = held.me;
  const me = identity.personId;
  if (room === selfRoom) return { room, kind: "self", members: [me], firstAuthor: me };
  const mine = first?.room === room && first.epoch === 1 && first.kind !== "self" && first.author === me;
  if (!mine || !linkSigned(first, identity.signKey)) throw new CryptoError("untrusted", "no-trust");
  return { room, kind: first.kind, members: first.kind === "circle" ? [me] : first.members, firstAuthor: me };
}

/** CHAIN with LINKS after it. Links that are held already must be the very same. In a circle people come and go, and of one
 *  who is gone for good the house may have no identity: there a member's is missed only by who seals to them, and an author's
 *  not where a later link vouches, since its hash covers all before it. That is KNOWN (the caller must see that the chain
 *  reaches it), or one that somebody signed who was in the last link that counted: they could have made such a change alone. */
function extend(held: Held, trust: Trust, chain: readonly Link[], links: readonly Link[], known?: RosterMark): Link[] {
  const longer = [...chain];
  let vouched = known?.epoch ?? 0;
  for (const [i, link] of links.entries()) {
    const same = longer[link.epoch - 1];
    if (same !== undefined) {
      if (!sameBytes(same.hash, link.hash)) throw new CryptoError("untrusted", "link-fork");
      continue;
    }
    const previous = longer[longer.length - 1];
    const forgotten = link.kind === "circle" && !held.hasMet(link.author);
    if (forgotten && link.epoch > vouched) vouched = voucher(held, previous, links.slice(i + 1))?.epoch ?? 0;
    const isVouched = forgotten && link.epoch <= vouched;
    checkLink(link, previous, trust, (person) => (isVouched ? null : held.identity(person).signKey));
    if (link.kind !== "circle") link.members.forEach((member) => held.identity(member));
    longer.push(link);
  }
  return longer;
}

/** Of the links that come LATER, all of which are still to be checked, the first whose author was in PREVIOUS and is known. */
function voucher(held: Held, previous: Link | undefined, later: readonly Link[]): Link | undefined {
  return later.find(({ author }) => previous?.members.includes(author) === true && held.hasMet(author));
}

function reaches(chain: readonly Link[], known: RosterMark): boolean {
  const link = chain[known.epoch - 1];
  return link !== undefined && sameBytes(link.hash, known.hash);
}

export function newest(room: HeldRoom): Link {
  const last = room.chain[room.chain.length - 1];
  if (last === undefined) throw new CryptoError("unknown-epoch", "no-roster");
  return last;
}

/** The newest link, if I am in it: only who is in a room changes it. */
export function mineToChange(held: Held, room: Id): Link {
  const link = newest(held.room(room));
  if (!link.members.includes(held.me.identity.personId)) throw new CryptoError("untrusted", "not-member");
  return link;
}

// ── Keys ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Opens one envelope and keeps its key. A second, different key for the same epoch is refused: somebody signed two. */
function install(held: Held, room: HeldRoom, { epoch, author, body }: EnvelopeFrame): void {
  const { identity, kem } = held.me;
  const link = linkOf(room, epoch);
  const me = identity.personId;
  if (author !== link.author || !link.members.includes(me)) throw new CryptoError("untrusted", "envelope-author");
  const place = { room: link.room, epoch, author, member: me, linkHash: link.hash };
  const key = openEnvelope(place, body, held.identity(author).signKey, kem.secretKey);
  const before = room.keys.get(epoch);
  if (before === undefined) {
    room.keys.set(epoch, key);
    return;
  }
  const same = equal(before, key);
  wipe(key);
  if (!same) throw new CryptoError("untrusted", "envelope-second");
}

export function linkOf(room: HeldRoom, epoch: number): Link {
  const link = room.chain[epoch - 1];
  if (link === undefined) throw new CryptoError("unknown-epoch", "no-link");
  return link;
}

export function roomKey(room: HeldRoom, epoch: number): Bytes {
  const key = room.keys.get(epoch);
  if (key === undefined) throw new CryptoError("unknown-epoch", "no-envelope");
  return key;
}

interface Founding {
  readonly room: Id;
  readonly kind: RoomKind;
  readonly members: readonly Id[];
  readonly previous: Link | undefined;
}

/** A new link by me and a fresh key in an envelope for each of its members. */
export function changeRoom(held: Held, { room, kind, members, previous }: Founding): Bytes {
  const { random, now } = held.platform;
  const { identity, signing } = held.me;
  const author = identity.personId;
  const epoch = (previous?.epoch ?? 0) + 1;
  const before = previous?.hash ?? new Uint8Array(HASH_BYTES);
  const link = makeLink({ room, kind, epoch, before, timeMs: now(), author, members }, signing.secretKey);
  const place = { room, epoch, author, linkHash: linkHash(link) };
  const key = random(KEY_BYTES);
  const envelopes = members.map((member): [Id, Bytes] => {
    const how = { roomKey: key, memberKemKey: held.identity(member).kemKey, signSecret: signing.secretKey };
    return [member, sealEnvelope({ ...place, member }, how, random)];
  });
  wipe(key);
  return roomChange(link, new Map(envelopes));
}

// ── Entries ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function openSealed(held: Held, entry: SealedEntry): Revealed & { content: EntryContent } {
  const parts = readEntryParts(entry.body);
  const room = held.room(entry.room);
  const link = linkOf(room, parts.epoch);
  if (!link.members.includes(entry.author)) throw new CryptoError("untrusted", "entry-author");
  const place = { room: entry.room, epoch: parts.epoch, author: entry.author, id: entry.id };
  return openEntry(place, roomKey(room, parts.epoch), parts);
}
