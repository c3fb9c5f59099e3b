// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { concat, u8, type Bytes } from "../lib/bytes";
import { fromId } from "../lib/id";
import { sealBox } from "./box";
import type { BoxPlace } from "./face";
import { makeIdentity, readIdentity, type Identity } from "./identity";
import { seal, sealJson, type Purpose } from "./seal";
import { aeadOpen, hash, kemOpen, label, randomBytes } from "./sodium";
import { flipped, newId, person, refuses, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
let mal: Person;
before(async () => {
  [ada, bo, mal] = await Promise.all([person("ada"), person("bob"), person("mal")]);
});

const SLOT = 1120 + 24 + 48;
const aside = (): BoxPlace => ({ purpose: "aside", room: newId(), id: newId(), author: ada.id });
const adas = (place: BoxPlace, value: unknown, ...to: Person[]): Promise<Bytes> =>
  ada.crypto.sealBox({ place, to: to.map(({ made }) => made.identity), value });

test("a box opens for those it is for and for who made it, and is nothing to anybody else", async () => {
  const place = aside();
  const value = { text: "übrig", list: [1, null, true] };
  const box = await adas(place, value, bo);
  for (const one of [ada, bo]) assert.deepEqual(await one.crypto.openBox({ place, box }), value);
  assert.equal(await mal.crypto.openBox({ place, box }), null);
  for (const plain of ["words", 0, false, ""]) assert.equal(await bo.crypto.openBox({ place, box: await adas(place, plain, bo) }), plain);
});

test("a box has one slot a reader, in any order, and names none", async () => {
  const place = aside();
  const firsts = new Set<boolean>();
  for (let i = 0; i < 64 && firsts.size < 2; i++) {
    const box = await adas(place, 1, bo, bo, ada);
    assert.equal(box[1], 2);
    const own = hash(32, kemOpen(bo.account.kem.secretKey, box.subarray(2, 1122)), label("beside/box-key/1"), context(place));
    firsts.add(aeadOpen(own, box.subarray(1122, 1146), box.subarray(1146, 2 + SLOT), concat(label("beside/box-slot/1"), context(place))) !== null);
    for (const one of [ada, bo]) {
      for (const name of [fromId(one.id), one.account.signing.publicKey]) assert.equal(Buffer.from(box).indexOf(Buffer.from(name)), -1);
    }
  }
  assert.equal(firsts.size, 2);
  const onlyMine = await adas(place, 1);
  assert.deepEqual([onlyMine[1], await ada.crypto.openBox({ place, box: onlyMine })], [1, 1]);
});

const context = ({ room, id, author }: BoxPlace, purpose = 1): Bytes => concat(u8(purpose), fromId(room), fromId(id), fromId(author));

test("a box moved to another entry, room, author or purpose is nobody's", async () => {
  const place = aside();
  const box = await adas(place, "words", bo);
  const moved: Partial<BoxPlace>[] = [{ id: newId() }, { room: newId() }, { author: bo.id }, { purpose: "request" }, { purpose: "answer" }];
  for (const elsewhere of moved) assert.equal(await bo.crypto.openBox({ place: { ...place, ...elsewhere }, box }), null);
});

test("a box altered anywhere does not open as if it had not been", async () => {
  const place = aside();
  const box = await adas(place, "words", bo);
  const body = 2 + 2 * SLOT;
  for (const at of [0, 1]) await refuses(bo.crypto.openBox({ place, box: flipped(box, at) }), "untrusted", "malformed");
  for (const at of [body, body + 1, body + 30, -1]) await refuses(bo.crypto.openBox({ place, box: flipped(box, at) }), "untrusted", "box");
  // In a slot: then it is not for whose slot it was, and the other one reads on.
  for (const at of [0, 1119, 1120, 1150, SLOT - 1]) {
    const both = flipped(flipped(box, 2 + at), 2 + SLOT + at);
    for (const one of [ada, bo]) assert.equal(await one.crypto.openBox({ place, box: both }), null);
    const opened = await Promise.all([ada, bo].map((one) => one.crypto.openBox({ place, box: flipped(box, 2 + at) })));
    assert.equal(opened.filter((value) => value === "words").length, 1);
  }
});

test("what is no box is refused by everybody, whether it would be for them or not", async () => {
  const place = aside();
  const box = await adas(place, "words", bo);
  const noSlots = concat(u8(1), u8(0), box.subarray(2 + 2 * SLOT));
  const tooMany = concat(u8(1), u8(26), ...Array.from({ length: 13 }, () => box.subarray(2, 2 + 2 * SLOT)), box.subarray(2 + 2 * SLOT));
  const bad = [new Uint8Array(0), box.slice(0, 1), box.slice(0, 2), box.slice(0, 2 + SLOT), box.slice(0, 2 + 2 * SLOT), box.slice(0, -1), concat(box, u8(0)), box.slice(1), noSlots, tooMany];
  for (const one of [ada, bo, mal]) {
    for (const wrong of bad) await refuses(one.crypto.openBox({ place, box: wrong }), "untrusted", "malformed");
    await refuses(one.crypto.openBox({ place: { ...place, room: "x" }, box }), "untrusted", "malformed");
  }
  await assert.rejects(ada.crypto.openBox({ place: { ...place, purpose: "other" as never }, box }), TypeError);
});

/** A box whose slots are good and whose inside is of the forger's making. */
function forged(place: BoxPlace, inside: (key: Bytes, context: Bytes) => Bytes): Bytes {
  let key = new Uint8Array(0);
  const spy = (count: number): Bytes => {
    const drawn = randomBytes(count);
    if (key.length === 0) key = new Uint8Array(drawn);
    return drawn;
  };
  const box = sealBox(place, [ada.account.identity, bo.account.identity], 1, spy);
  return concat(box.subarray(0, 2 + 2 * SLOT), inside(key, context(place)));
}

test("what a box holds is padded as it must be, of a length it may have, and something", async () => {
  const place = aside();
  const json = (value: unknown, purpose: Purpose = "box") => (key: Bytes, where: Bytes): Bytes => sealJson({ key, purpose, context: where }, value, 99_999, randomBytes);
  const open = (inside: (key: Bytes, where: Bytes) => Bytes): Promise<unknown> => bo.crypto.openBox({ place, box: forged(place, inside) });
  assert.equal(await open(json({ value: 7 })), 7);
  await refuses(open(json({})), "untrusted", "box");
  await refuses(open(json({ value: null })), "untrusted", "box");
  await refuses(open(json({ value: 7 }, "letter")), "untrusted", "box");
  await refuses(open(json({ value: "x".repeat(8191) })), "untrusted", "box");
  await refuses(open(json({ value: "x".repeat(9000) })), "untrusted", "malformed");
  const dirty = new Uint8Array(256);
  dirty.set([0, 0, 0, 2, 123, 125]);
  dirty[255] = 1;
  for (const plain of [dirty, new Uint8Array(256).fill(255), new Uint8Array(288)]) {
    await refuses(open((key, where) => seal({ key, purpose: "box", context: where }, plain, randomBytes)), "untrusted", "malformed");
  }
});

test("the key of a box is wiped once it is sealed, also when that fails", () => {
  const drawn: Bytes[] = [];
  const spy = (count: number): Bytes => (drawn.push(randomBytes(count)), drawn.at(-1)!);
  const junk = makeIdentity(mal.account.signing.publicKey, new Uint8Array(1216).fill(255));
  sealBox(aside(), [bo.account.identity], 1, spy);
  assert.throws(() => sealBox(aside(), [junk], 1, (count) => (count === 32 ? spy(count) : randomBytes(count))));
  const keys = drawn.filter(({ length }) => length === 32);
  assert.deepEqual(keys, [new Uint8Array(32), new Uint8Array(32)]);
});

test("what does not fit is said: values, readers, and keys that are none", async () => {
  const place = aside();
  const most = "x".repeat(8190);
  assert.equal(await bo.crypto.openBox({ place, box: await adas(place, most, bo) }), most);
  await refuses(adas(place, `${most}x`, bo), "too-long", "box");
  for (const nothing of [null, undefined]) await assert.rejects(adas(place, nothing, bo), TypeError);
  const many = (count: number): Bytes[] => Array.from({ length: count }, (_, i): Identity =>
    makeIdentity(concat(u8(i), new Uint8Array(31)), bo.account.kem.publicKey)).map(({ bytes }) => bytes);
  assert.equal((await ada.crypto.sealBox({ place, to: many(24), value: 1 }))[1], 25);
  await refuses(ada.crypto.sealBox({ place, to: many(25), value: 1 }), "too-long", "readers");
  const junk = makeIdentity(mal.account.signing.publicKey, new Uint8Array(1216).fill(255));
  await refuses(ada.crypto.sealBox({ place, to: [junk.bytes], value: 1 }), "untrusted", "identity");
  await refuses(ada.crypto.sealBox({ place, to: [bo.made.identity.slice(1)], value: 1 }), "untrusted", "identity");
  assert.equal(readIdentity(bo.made.identity).personId, bo.id);
});
