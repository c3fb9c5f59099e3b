// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { concat, u32, u8, type Bytes } from "../lib/bytes";
import { fromId } from "../lib/id";
import { openSignal, sealSignal } from "./signal";
import { aeadSeal, hash, label, randomBytes } from "./sodium";
import { bonded, circleOf, flipped, hear, newId, person, refuses, took, type Circle, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
let mal: Person;
let circle: Circle;
before(async () => {
  [ada, bo, mal] = await Promise.all([person("ada"), person("bob"), person("mal")]);
  circle = await circleOf(ada, bo);
});

test("a signal is heard by who is in the room, and is of one size whatever it says", async () => {
  const { room } = circle;
  for (const value of [null, 0, "", { here: true, name: "übrig" }, "x".repeat(398)]) {
    const body = await ada.crypto.sealSignal({ room, value });
    assert.equal(body.length, 557);
    for (const one of [ada, bo]) assert.deepEqual(await one.crypto.openSignal({ room, author: ada.id, body }), value);
  }
  await refuses(ada.crypto.sealSignal({ room, value: "x".repeat(399) }), "too-long", "signal");
  await assert.rejects(ada.crypto.sealSignal({ room, value: undefined }), TypeError);
  await refuses(mal.crypto.openSignal({ room, author: ada.id, body: await ada.crypto.sealSignal({ room, value: 1 }) }), "unknown-epoch");
});

test("a bond has signals, too", async () => {
  const { room } = await bonded(ada, bo);
  assert.equal(await ada.crypto.openSignal({ room, author: bo.id, body: await bo.crypto.sealSignal({ room, value: 5 }) }), 5);
});

test("a signal of another room, author or epoch, or altered, is refused", async () => {
  const { room } = circle;
  const other = await circleOf(ada, bo);
  const body = await ada.crypto.sealSignal({ room, value: 1 });
  const open = (given: { room?: string; author?: string; body?: Bytes }): Promise<unknown> => bo.crypto.openSignal({ room, author: ada.id, body, ...given });
  await refuses(open({ room: other.room }), "untrusted", "signal");
  await refuses(open({ room: newId() }), "unknown-epoch", "no-roster");
  await refuses(open({ author: bo.id }), "untrusted", "signal");
  await refuses(open({ author: mal.id }), "untrusted", "signal-author");
  await refuses(open({ body: concat(body.subarray(0, 1), u32(1), body.subarray(5)) }), "untrusted", "signal-epoch");
  await refuses(open({ body: concat(body.subarray(0, 1), u32(0), body.subarray(5)) }), "unknown-epoch", "no-link");
  await refuses(open({ body: concat(body.subarray(0, 1), u32(3), body.subarray(5)) }), "unknown-epoch", "no-link");
  for (const at of [5, 28, 29, 300, -1]) await refuses(open({ body: flipped(body, at) }), "untrusted", "signal");
  for (const bad of [flipped(body, 0), body.slice(0, -1), concat(body, u8(0)), new Uint8Array(0)]) await refuses(open({ body: bad }), "untrusted", "malformed");
});

test("once the key has changed, a signal from before it is none, and who was removed gives none", async () => {
  const three = await circleOf(ada, bo, mal);
  const { room } = three;
  const early = await mal.crypto.sealSignal({ room, value: 1 });
  assert.equal(await bo.crypto.openSignal({ room, author: mal.id, body: early }), 1);
  await took(three, await ada.crypto.changeMembers({ room, add: [], remove: [mal.id], leaves: [] }), ada);
  const next = await ada.crypto.sealSignal({ room, value: 2 });
  await refuses(bo.crypto.openSignal({ room, author: ada.id, body: next }), "unknown-epoch", "no-link");
  await hear(three, bo);
  assert.equal(await bo.crypto.openSignal({ room, author: ada.id, body: next }), 2);
  await refuses(bo.crypto.openSignal({ room, author: mal.id, body: early }), "untrusted", "signal-epoch");
  await refuses(mal.crypto.openSignal({ room, author: ada.id, body: next }), "unknown-epoch", "no-link");
  await refuses(mal.crypto.openSignal({ room, author: mal.id, body: concat(u8(1), u32(3), early.subarray(5)) }), "unknown-epoch", "no-link");
});

test("what a signal holds is padded as it must be, of a length it may have, and something", () => {
  const place = { room: newId(), epoch: 1, author: ada.id };
  const roomKey = randomBytes(32);
  const forged = (plain: Bytes): Bytes => {
    const bound = concat(fromId(place.room), u32(1));
    const nonce = randomBytes(24);
    const key = hash(32, roomKey, label("beside/signal-key/1"), bound);
    return concat(u8(1), u32(1), nonce, aeadSeal(key, nonce, plain, concat(label("beside/signal/1"), bound, fromId(ada.id))));
  };
  const padded = (text: string, size = 512): Bytes => concat(u32(text.length), Buffer.from(text), new Uint8Array(size - 4 - text.length));
  assert.equal(openSignal(place, roomKey, forged(padded('{"value":1}'))), 1);
  const dirty = padded('{"value":1}');
  dirty[511] = 1;
  const bad = [dirty, padded('{"value":1}', 511), padded('{"value":1}', 513), padded("{}"), padded("[1]"), padded("{"), padded(`{"value":"${"x".repeat(399)}"}`), new Uint8Array(512).fill(255)];
  for (const plain of bad) assert.throws(() => openSignal(place, roomKey, forged(plain)));
  assert.equal(openSignal(place, roomKey, sealSignal(place, roomKey, "x", randomBytes)), "x");
});
