// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { concat, u32, utf8, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import { openEnvelope } from "./envelope";
import { readEntryParts } from "./entry";
import type { EntryContent, SealedEntry } from "./face";
import { linkHash } from "./roster";
import { pad } from "./seal";
import { aeadSeal, hash, label, randomBytes } from "./sodium";
import { bonded, flipped, load, newId, person, refuses, say, splitChange, type Bond, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
let mal: Person;
let bond: Bond;
before(async () => {
  [ada, bo, mal] = await Promise.all([person("ada"), person("bob"), person("mal")]);
  bond = await bonded(ada, bo);
});

const content: EntryContent = { v: 1, kind: "share", prev: "", text: "it is heavy today", wish: "listen" };

/** Bo's entry as a member could make it who does not keep to the rules: any plaintext and commitment, the real key. */
function crafted(plaintext: Bytes, commitment: Bytes = new Uint8Array(32), id: Id = newId()): SealedEntry {
  const { room } = bond;
  const place = { room, epoch: 1, author: bo.id, member: bo.id, linkHash: linkHash(bond.change.link) };
  const envelope = bond.change.envelopes.get(bo.id)!.body;
  const roomKey = openEnvelope(place, envelope, bo.account.signing.publicKey, bo.account.kem.secretKey);
  const key = hash(32, roomKey, label("beside/entry-key/1"), fromId(room), u32(1));
  const nonce = randomBytes(24);
  const sealed = aeadSeal(key, nonce, plaintext, concat(label("beside/entry/1"), where(id), commitment));
  return { room, id, author: bo.id, body: concat(Uint8Array.of(1), u32(1), commitment, nonce, sealed) };
}

/** Any bytes in the place of the JSON, rightly padded and committed to. */
function craftedJson(json: Bytes): SealedEntry {
  const id = newId();
  const commitKey = randomBytes(32);
  const commitment = hash(32, commitKey, label("beside/commit/1"), where(id), u32(json.length), json);
  return crafted(concat(commitKey, pad(json, 32)), commitment, id);
}

const where = (id: Id): Bytes => concat(fromId(bond.room), u32(1), fromId(bo.id), fromId(id));

test("what one says the other reads, and the writer too", async () => {
  const entry = await say(ada, bond.room, content);
  assert.deepEqual(await bo.crypto.openEntry(entry), content);
  assert.deepEqual(await ada.crypto.openEntry(entry), content);
});

test("an entry cannot be given another author, id, room, epoch or body", async () => {
  const entry = await say(ada, bond.room, content);
  const other = await bonded(ada, bo);
  const { crypto } = bo;
  await refuses(crypto.openEntry({ ...entry, author: bo.id }), "untrusted", "entry");
  await refuses(crypto.openEntry({ ...entry, author: mal.id }), "untrusted", "entry-author");
  await refuses(crypto.openEntry({ ...entry, id: newId() }), "untrusted", "entry");
  await refuses(crypto.openEntry({ ...entry, room: other.room }), "untrusted", "entry");
  await refuses(crypto.openEntry({ ...entry, room: newId() }), "unknown-epoch", "no-roster");
  for (const at of [0, 5, 40, 61, -1]) await refuses(crypto.openEntry({ ...entry, body: flipped(entry.body, at) }), "untrusted");
  await refuses(crypto.openEntry({ ...entry, body: flipped(entry.body, 4) }), "unknown-epoch", "no-link");
  await refuses(crypto.openEntry({ ...entry, body: entry.body.slice(0, 50) }), "untrusted", "malformed");
  await refuses(crypto.openEntry({ ...entry, body: concat(entry.body, new Uint8Array(70_000)) }), "untrusted", "malformed");
});

test("an entry of one epoch does not open as another's", async () => {
  const made = await bonded(ada, bo);
  const entry = await say(ada, made.room, content);
  const rolled = splitChange(await ada.crypto.roll({ room: made.room }));
  await load(bo, made.room, rolled);
  const moved = new Uint8Array(entry.body);
  moved[4] = 2;
  await refuses(bo.crypto.openEntry({ ...entry, body: moved }), "untrusted", "entry");
  assert.deepEqual(await bo.crypto.openEntry(entry), content);
});

test("somebody outside the room opens nothing", async () => {
  const entry = await say(ada, bond.room, content);
  await refuses(mal.crypto.openEntry(entry), "unknown-epoch", "no-roster");
});

test("an entry whose commitment does not match is refused, though everything else fits", async () => {
  const plaintext = concat(randomBytes(32), pad(utf8(JSON.stringify(content)), 32));
  await refuses(ada.crypto.openEntry(crafted(plaintext)), "untrusted", "commitment");
});

test("an entry with something hidden in its padding, or padded otherwise, is refused", async () => {
  const json = pad(utf8('{"prev":""}'), 32);
  const hidden = concat(randomBytes(32), json);
  hidden[hidden.length - 1] = 1;
  await refuses(ada.crypto.openEntry(crafted(hidden)), "untrusted", "malformed");
  await refuses(ada.crypto.openEntry(crafted(concat(randomBytes(32), json, Uint8Array.of(0)))), "untrusted", "malformed");
  await refuses(ada.crypto.openEntry(crafted(concat(randomBytes(32), u32(9999)))), "untrusted", "malformed");
  await refuses(ada.crypto.openEntry(crafted(new Uint8Array(0))), "untrusted", "malformed");
});

test("an entry that is no JSON object, lacks prev, or is too deep is refused", async () => {
  assert.deepEqual(await ada.crypto.openEntry(craftedJson(utf8('{"prev":""}'))), { prev: "" });
  const deep = (levels: number): string => `{"prev":"","a":${"[".repeat(levels)}${"]".repeat(levels)}}`;
  assert.ok(await ada.crypto.openEntry(craftedJson(utf8(deep(15)))));
  const texts = ["", "7", "null", "[]", '"x"', "{", "{}", '{"prev":7}', '{"prev":"short"}', deep(16), deep(20_000)];
  for (const text of texts) await refuses(ada.crypto.openEntry(craftedJson(utf8(text))), "untrusted");
  await refuses(ada.crypto.openEntry(craftedJson(Uint8Array.of(0xff, 0xfe))), "untrusted", "malformed");
});

test("a report shows what was said and proves it; another text, author, id, room or key proves nothing", async () => {
  const entry = await say(ada, bond.room, content);
  const revealed = await bo.crypto.reveal(entry);
  assert.deepEqual(JSON.parse(Buffer.from(revealed.plaintext).toString()), content);
  const verify = (change: object): Promise<boolean> => mal.crypto.verifyCommitment({ ...entry, ...revealed, ...change });
  assert.equal(await verify({}), true);
  const forgeries = [
    { plaintext: flipped(revealed.plaintext) }, { plaintext: utf8("{}") }, { commitKey: flipped(revealed.commitKey) },
    { commitKey: new Uint8Array(0) }, { commitKey: revealed.commitKey.slice(1) }, { author: bo.id }, { id: newId() },
    { room: newId() }, { body: flipped(entry.body, 4) }, { body: flipped(entry.body, 6) },
  ];
  for (const forgery of forgeries) assert.equal(await verify(forgery), false, Object.keys(forgery)[0]);
});

test("the longest entry fits to the byte, and one letter more is told", async () => {
  const most = 63_452 - JSON.stringify({ prev: "", text: "" }).length;
  const { body } = await ada.crypto.sealEntry({ room: bond.room, id: newId(), content: { prev: "", text: "x".repeat(most) } });
  assert.ok(body.length <= 65_536);
  const longer = { prev: "", text: "x".repeat(most + 1) } as const;
  await refuses(ada.crypto.sealEntry({ room: bond.room, id: newId(), content: longer }), "too-long");
});

test("short entries of every length weigh the same", async () => {
  const sizes = new Set<number>();
  for (let length = 0; length < 180; length += 20) {
    sizes.add((await say(ada, bond.room, { prev: "", text: "x".repeat(length) })).body.length);
  }
  assert.equal(sizes.size, 1);
});

test("the same words twice are different bytes with different commitments", async () => {
  const [one, two] = [await say(ada, bond.room, content), await say(ada, bond.room, content)];
  assert.notDeepEqual(readEntryParts(one.body).commitment, readEntryParts(two.body).commitment);
});

test("an entry without prev is not sealed", async () => {
  const wrong = { kind: "share" } as unknown as EntryContent;
  await assert.rejects(ada.crypto.sealEntry({ room: bond.room, id: newId(), content: wrong }), TypeError);
});
