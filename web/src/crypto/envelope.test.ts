// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { EnvelopeFrame } from "../lib/frames";
import { sealEnvelope, type EnvelopePlace } from "./envelope";
import { makeIdentity } from "./identity";
import { linkHash, makeLink, sortMembers } from "./roster";
import { kemKeys, kemSeal, randomBytes } from "./sodium";
import { accepted, bonded, flipped, load, newId, person, refuses, say, splitChange, type Bond, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
let mal: Person;
let bond: Bond;
before(async () => {
  [ada, bo, mal] = await Promise.all([person("ada"), person("bob"), person("mal")]);
  bond = await bonded(ada, bo);
});

const open = (who: Person, room: string, ...envelopes: EnvelopeFrame[]): Promise<void> =>
  who.crypto.loadEnvelopes({ room, envelopes });

/** A new bond of which Ada holds the roster but no key yet. */
async function fresh(): Promise<Bond> {
  const made = await accepted(ada, bo);
  await ada.crypto.trust({ room: made.room, kind: "bond", members: [ada.id, bo.id], firstAuthor: bo.id });
  await ada.crypto.loadRoster({ room: made.room, links: [made.change.link], identities: { [bo.id]: bo.made.identity } });
  return made;
}

const forged = (by: Person, place: EnvelopePlace): EnvelopeFrame => {
  const how = { roomKey: randomBytes(32), memberKemKey: ada.account.kem.publicKey, signSecret: by.account.signing.secretKey };
  return { epoch: place.epoch, author: place.author, body: sealEnvelope(place, how, randomBytes) };
};

test("an envelope swapped between members, rooms or epochs, or altered, does not open", async () => {
  const made = await fresh();
  const mine = made.change.envelopes.get(ada.id)!;
  const theirs = made.change.envelopes.get(bo.id)!;
  const elsewhere = bond.change.envelopes.get(ada.id)!;
  await refuses(open(ada, made.room, theirs), "untrusted", "envelope-signature");
  await refuses(open(ada, made.room, elsewhere), "untrusted", "envelope-signature");
  await refuses(open(ada, made.room, { ...mine, epoch: 2 }), "unknown-epoch", "no-link");
  await refuses(open(ada, made.room, { ...mine, author: ada.id }), "untrusted", "envelope-author");
  for (const at of [0, 1, 1125, 1150, 1200, -1]) await refuses(open(ada, made.room, { ...mine, body: flipped(mine.body, at) }), "untrusted");
  await refuses(open(ada, made.room, { ...mine, body: mine.body.slice(1) }), "untrusted", "envelope");
  await open(ada, made.room, mine, mine);
});

test("an envelope of the epoch before does not pass for the next one's", async () => {
  const rolled = splitChange(await bo.crypto.roll({ room: bond.room }));
  await ada.crypto.loadRoster({ room: bond.room, links: [rolled.link], identities: {} });
  await refuses(open(ada, bond.room, { ...bond.change.envelopes.get(ada.id)!, epoch: 2 }), "untrusted", "envelope-signature");
  await load(ada, bond.room, rolled);
  await load(bo, bond.room, rolled);
  const { epoch } = await ada.crypto.sealEntry({ room: bond.room, id: newId(), content: { prev: "" } });
  assert.equal(epoch, 2);
});

test("neither the house nor another person can make an envelope, whoever's name is on it", async () => {
  const made = await fresh();
  const place = { room: made.room, epoch: 1, author: bo.id, member: ada.id, linkHash: linkHash(made.change.link) };
  await refuses(open(ada, made.room, forged(mal, place)), "untrusted", "envelope-signature");
  await refuses(open(ada, made.room, forged(mal, { ...place, author: mal.id })), "untrusted", "envelope-author");
  await refuses(open(ada, made.room, forged(ada, { ...place, author: ada.id })), "untrusted", "envelope-author");
  await refuses(open(ada, made.room, forged(bo, { ...place, linkHash: linkHash(bond.change.link) })), "untrusted", "envelope-signature");
});

test("a second key for the same epoch is refused, even from its author", async () => {
  const made = await fresh();
  await open(ada, made.room, made.change.envelopes.get(ada.id)!);
  const place = { room: made.room, epoch: 1, author: bo.id, member: ada.id, linkHash: linkHash(made.change.link) };
  await refuses(open(ada, made.room, forged(bo, place)), "untrusted", "envelope-second");
});

test("one bad envelope does not keep the good ones from opening", async () => {
  const made = await fresh();
  const mine = made.change.envelopes.get(ada.id)!;
  await refuses(open(ada, made.room, { ...mine, body: flipped(mine.body) }, mine), "untrusted", "envelope-signature");
  const { epoch } = await ada.crypto.sealEntry({ room: made.room, id: newId(), content: { prev: "" } });
  assert.equal(epoch, 1);
});

test("without an envelope one can still roll to a new key", async () => {
  const made = await fresh();
  await refuses(ada.crypto.sealEntry({ room: made.room, id: newId(), content: { prev: "" } }), "unknown-epoch", "no-envelope");
  const rolled = splitChange(await ada.crypto.roll({ room: made.room }));
  await load(bo, made.room, made.change);
  for (const one of [ada, bo]) await load(one, made.room, rolled);
  const entry = await say(ada, made.room, { prev: "", kind: "share" });
  assert.deepEqual(await bo.crypto.openEntry(entry), { prev: "", kind: "share" });
});

test("a change that the house did not take changes nothing", async () => {
  const made = await bonded(ada, bo);
  await ada.crypto.roll({ room: made.room });
  const { epoch } = await ada.crypto.sealEntry({ room: made.room, id: newId(), content: { prev: "" } });
  assert.equal(epoch, 1);
});

test("nobody is sealed to who was not verified", async () => {
  const room = newId();
  await refuses(ada.crypto.roll({ room }), "unknown-epoch", "no-roster");
  await ada.crypto.trust({ room, kind: "bond", members: [ada.id, mal.id], firstAuthor: mal.id });
  await refuses(ada.crypto.roll({ room }), "unknown-epoch", "no-roster");
});

test("a member whose key is no key is refused, not sealed to", async () => {
  const junk = makeIdentity(mal.account.signing.publicKey, new Uint8Array(1216).fill(255));
  const members = sortMembers([ada.id, junk.personId]);
  const room = newId();
  const content = { room, kind: "bond" as const, epoch: 1, before: new Uint8Array(32), timeMs: 1, author: junk.personId, members };
  await ada.crypto.trust({ room, kind: "bond", members, firstAuthor: junk.personId });
  const links = [makeLink(content, mal.account.signing.secretKey)];
  await ada.crypto.loadRoster({ room, links, identities: { [junk.personId]: junk.bytes } });
  await refuses(ada.crypto.roll({ room }), "untrusted", "identity");
});

test("X-Wing is the draft's: its published vector comes out", () => {
  const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
  const { publicKey } = kemKeys(hex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"));
  const coins = hex("3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2");
  const { shared } = kemSeal(publicKey, coins)!;
  assert.equal(Buffer.from(shared).toString("hex"), "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384");
});
