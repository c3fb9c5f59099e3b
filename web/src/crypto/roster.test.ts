// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { concat, u8, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import type { RoomKind } from "./face";
import { linkHash, makeLink, sortMembers, type LinkContent } from "./roster";
import { accepted, bonded, flipped, load, newId, person, refuses, splitChange, type Bond, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
let mal: Person;
let bond: Bond;
before(async () => {
  [ada, bo, mal] = await Promise.all([person("ada"), person("bob"), person("mal")]);
  bond = await bonded(ada, bo);
});

const identities = (...people: Person[]): Record<Id, Bytes> => Object.fromEntries(people.map((one) => [one.id, one.made.identity]));
const ZEROS = new Uint8Array(32);

/** A link of BY's making, with whatever content the forger likes. */
const link = (by: Person, content: Partial<LinkContent> & { room: Id }): Bytes =>
  makeLink({ kind: "bond", epoch: 1, before: ZEROS, timeMs: 5, author: by.id, members: sortMembers([ada.id, bo.id]), ...content }, by.account.signing.secretKey);

/** A room that Ada knows to be hers and Bo's, begun by Bo. */
async function known(kind: RoomKind = "bond", members: Id[] = [ada.id, bo.id]): Promise<Id> {
  const room = newId();
  await ada.crypto.trust({ room, kind, members, firstAuthor: bo.id });
  return room;
}

const take = (room: Id, ...links: Bytes[]): Promise<unknown> =>
  ada.crypto.loadRoster({ room, links, identities: identities(ada, bo, mal) });

test("a chain as it must be is taken, link by link or whole, again and again", async () => {
  const room = await known();
  const one = link(bo, { room });
  const two = link(ada, { room, epoch: 2, before: linkHash(one) });
  const three = link(bo, { room, epoch: 3, before: linkHash(two) });
  await take(room, one);
  await take(room, two);
  const roster = await take(room, one, two, three);
  assert.deepEqual(roster, { epoch: 3, hash: linkHash(three), members: sortMembers([ada.id, bo.id]) });
  assert.deepEqual(await take(room, three), roster);
  assert.deepEqual(await take(room), roster);
});

test("a room nobody told of is not taken from the house", async () => {
  const room = newId();
  await refuses(take(room, link(bo, { room })), "untrusted", "no-trust");
  await refuses(take(room), "untrusted", "no-trust");
  const forged = link(mal, { room, author: ada.id });
  await refuses(take(room, forged), "untrusted", "no-trust");
});

test("a room whose first link I signed is mine to know, even after everything else was lost", async () => {
  const lost = await accepted(ada, bo);
  const { crypto } = bo;
  await crypto.signIn(bo.credentials);
  await crypto.openWrap({ personId: bo.id, wrap: bo.made.wrapPassphrase });
  await crypto.loadRoster({ room: lost.room, links: [lost.change.link], identities: identities(ada) });
  await crypto.loadEnvelopes({ room: lost.room, envelopes: [lost.change.envelopes.get(bo.id)!] });
  await load(bo, bond.room, bond.change);
});

test("a link with a wrong signature, author, room, kind or first members does not begin a room", async () => {
  const room = await known();
  const cases: [Bytes, string][] = [
    [flipped(link(bo, { room })), "link-signature"],
    [link(mal, { room, author: bo.id }), "link-signature"],
    [link(ada, { room }), "link-author"],
    [link(mal, { room }), "link-author"],
    [link(bo, { room: newId() }), "link-room"],
    [link(bo, { room, kind: "circle" }), "link-room"],
    [link(bo, { room, members: sortMembers([bo.id, mal.id]) }), "link-members"],
    [link(bo, { room, members: sortMembers([ada.id, bo.id, mal.id]) }), "link-members"],
    [link(bo, { room, epoch: 2 }), "link-chain"],
    [link(bo, { room, before: new Uint8Array(32).fill(1) }), "link-chain"],
  ];
  for (const [forged, reason] of cases) await refuses(take(room, forged), "untrusted", reason);
});

test("a ghost cannot be added to a bond, by the house or by a member", async () => {
  const room = await known();
  const one = link(bo, { room });
  const next = { room, epoch: 2, before: linkHash(one), members: sortMembers([ada.id, bo.id, mal.id]) };
  await refuses(take(room, one, link(bo, next)), "untrusted", "link-members");
  await refuses(take(room, one, link(mal, next)), "untrusted", "link-author");
  await refuses(take(room, one, link(mal, { ...next, author: bo.id, members: sortMembers([ada.id, bo.id]) })), "untrusted", "link-signature");
  const swapped = { ...next, members: sortMembers([bo.id, mal.id]) };
  await refuses(take(room, one, link(bo, swapped)), "untrusted", "link-members");
});

test("a circle changes its members by its members' hand only", async () => {
  const room = await known("circle", [bo.id]);
  const first = link(bo, { room, kind: "circle", members: [bo.id] });
  const one = link(bo, { room, kind: "circle", epoch: 2, before: linkHash(first) });
  const three = sortMembers([ada.id, bo.id, mal.id]);
  const two = link(ada, { room, kind: "circle", epoch: 3, before: linkHash(one), members: three });
  await refuses(take(room, first, one, link(mal, { room, kind: "circle", epoch: 3, before: linkHash(one), members: three })), "untrusted", "link-author");
  await take(room, first, one, two);
  const gone = link(bo, { room, kind: "circle", epoch: 4, before: linkHash(two), members: sortMembers([ada.id, bo.id]) });
  await take(room, gone);
  const back = { room, kind: "circle" as const, epoch: 5, before: linkHash(gone) };
  await refuses(take(room, link(mal, { ...back, members: three })), "untrusted", "link-author");
  const leavingAuthor = link(bo, { ...back, members: [ada.id] });
  await refuses(take(room, leavingAuthor), "untrusted", "link-author");
});

test("a broken chain is refused: a link left out, twice, out of order, or from another chain", async () => {
  const room = await known();
  const one = link(bo, { room });
  const two = link(ada, { room, epoch: 2, before: linkHash(one) });
  const three = link(bo, { room, epoch: 3, before: linkHash(two) });
  const other = link(bo, { room, timeMs: 6 });
  await refuses(take(room, one, three), "untrusted", "link-chain");
  await refuses(take(room, two, one), "untrusted", "link-chain");
  await refuses(take(room, other, two), "untrusted", "link-chain");
  await refuses(take(room, one, link(ada, { room, epoch: 3, before: linkHash(one) })), "untrusted", "link-chain");
  await take(room, one, two);
  await refuses(take(room, other), "untrusted", "link-fork");
  await refuses(take(room, one, link(bo, { room, epoch: 2, before: linkHash(one) })), "untrusted", "link-fork");
});

test("a foreign room's good chain does not pass for this room's", async () => {
  const foreign = await bonded(ada, mal);
  const room = await known();
  await refuses(take(room, foreign.change.link), "untrusted", "link-room");
});

test("a roster rolled back behind what was seen is refused", async () => {
  const room = await known();
  const one = link(bo, { room });
  const two = link(ada, { room, epoch: 2, before: linkHash(one) });
  const load = (links: Bytes[], epoch: number, of: Bytes): Promise<unknown> =>
    ada.crypto.loadRoster({ room, links, identities: identities(ada, bo), known: { epoch, hash: linkHash(of) } });
  await refuses(load([one], 2, two), "untrusted", "rolled-back");
  const fork = link(bo, { room, epoch: 2, before: linkHash(one) });
  await refuses(load([one, fork], 2, two), "untrusted", "rolled-back");
  await refuses(load([one], 1, two), "untrusted", "rolled-back");
  await load([one, two], 1, one);
  await load([], 2, two);
});

test("after a refusal, what was held before still holds and nothing of the refused is kept", async () => {
  const room = await known();
  const one = link(bo, { room });
  const two = link(ada, { room, epoch: 2, before: linkHash(one) });
  await take(room, one);
  await refuses(take(room, two, flipped(link(bo, { room, epoch: 3, before: linkHash(two) }))), "untrusted");
  const roster = await ada.crypto.loadRoster({ room, links: [], identities: {} });
  assert.equal(roster.epoch, 1);
});

test("an identity that does not hash to its person is refused, and one that is missing is missed", async () => {
  const room = await known();
  const links = [link(bo, { room })];
  await refuses(ada.crypto.loadRoster({ room, links, identities: { [bo.id]: mal.made.identity } }), "untrusted", "identity");
  await refuses(ada.crypto.loadRoster({ room, links, identities: { [bo.id]: flipped(bo.made.identity) } }), "untrusted", "identity");
  await refuses(ada.crypto.loadRoster({ room, links, identities: { [bo.id]: bo.made.identity.slice(1) } }), "untrusted", "identity");
  const stranger = await person("new");
  await stranger.crypto.trust({ room, kind: "bond", members: [stranger.id, bo.id], firstAuthor: bo.id });
  const theirs = link(bo, { room, members: sortMembers([stranger.id, bo.id]) });
  await refuses(stranger.crypto.loadRoster({ room, links: [theirs], identities: {} }), "untrusted", "identity-missing");
});

test("links that are not shaped as links are refused", async () => {
  const room = await known();
  const good = link(bo, { room });
  const twice = concat(good.subarray(0, 79), fromId(bo.id), fromId(bo.id), good.subarray(111));
  for (const bad of [good.slice(1), good.slice(0, -1), concat(good, u8(0)), flipped(good, 0), new Uint8Array(0), twice]) {
    await refuses(take(room, bad), "untrusted");
  }
  const unsorted = link(bo, { room, members: [...sortMembers([ada.id, bo.id])].reverse() });
  await refuses(take(room, unsorted), "untrusted", "malformed");
});

test("trust cannot be told otherwise later, nor without me, nor as a self room that is not mine", async () => {
  const room = await known();
  const base = { room, kind: "bond" as const, members: [bo.id, ada.id], firstAuthor: bo.id };
  await ada.crypto.trust(base);
  await refuses(ada.crypto.trust({ ...base, members: [ada.id, mal.id], firstAuthor: mal.id }), "untrusted", "trust");
  await refuses(ada.crypto.trust({ ...base, firstAuthor: ada.id }), "untrusted", "trust");
  await refuses(ada.crypto.trust({ ...base, kind: "circle" }), "untrusted", "trust");
  await refuses(ada.crypto.trust({ ...base, room: newId(), members: [bo.id, mal.id] }), "untrusted", "trust");
  await refuses(ada.crypto.trust({ room: newId(), kind: "self", members: [ada.id], firstAuthor: ada.id }), "untrusted", "trust");
});

test("the self room is always the same, and needs no word from anybody", async () => {
  const { selfRoom } = await ada.crypto.me();
  const { room, change } = await ada.crypto.foundSelf();
  assert.equal(room, selfRoom);
  await load(ada, room, splitChange(change));
  const rolled = splitChange(await ada.crypto.roll({ room }));
  await load(ada, room, rolled);
  await refuses(take(room, link(ada, { room, kind: "self", epoch: 3, before: linkHash(rolled.link) })), "untrusted", "link-members");
});
