// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { test } from "node:test";
import { fromBase64url, toBase64url } from "./base64url";
import { BadBytes, compareBytes, concat, fromUtf8, Reader, u16, u32, u64, u8, utf8 } from "./bytes";
import { readEntryFrames, readEnvelopeList, readOneEntryFrame, readRosterList, readVaultFrames } from "./frames";
import { fromId, isId, toId } from "./id";
import { padme } from "./padme";

const bytes = (count: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(count));

test("base64url writes what Buffer writes and reads it back, for every length", () => {
  for (let length = 0; length < 300; length++) {
    const some = bytes(length);
    const text = toBase64url(some);
    assert.equal(text, Buffer.from(some).toString("base64url"));
    assert.deepEqual(fromBase64url(text), some);
  }
});

test("base64url refuses padding, foreign letters, impossible lengths and spare bits", () => {
  for (const text of ["AA==", "A", "AAAAA", "A+A/", "AA A", "AB", "AAB", "ÄÄ", "AA\n"]) {
    assert.throws(() => fromBase64url(text), BadBytes, text);
  }
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: randomInt(12) }, () => "ABgw_-9+/= "[randomInt(11)]).join("");
    const canonical = Buffer.from(text, "base64url").toString("base64url") === text;
    if (canonical) assert.equal(toBase64url(fromBase64url(text)), text);
    else assert.throws(() => fromBase64url(text), BadBytes, text);
  }
});

test("an id is sixteen bytes and twenty-two letters", () => {
  const id = toId(bytes(16));
  assert.equal(id.length, 22);
  assert.equal(toId(fromId(id)), id);
  assert.ok(isId(id));
  for (const no of ["", id + "A", id.slice(1), 7, null, toBase64url(bytes(15))]) assert.ok(!isId(no));
  assert.throws(() => toId(bytes(17)), BadBytes);
});

test("Padmé never shortens, never adds an eighth, keeps order, and is done after once", () => {
  let before = 0;
  for (let length = 0; length < 70_000; length++) {
    const padded = padme(length);
    assert.ok(padded >= length && padded >= before);
    assert.ok(padded <= length * 1.12 + 0.0001, `${length} → ${padded}`);
    assert.equal(padme(padded), padded);
    before = padded;
  }
});

test("Padmé leaves few lengths: all entries of up to 64 KiB fall into fewer than 130", () => {
  const lengths = new Set<number>();
  for (let length = 256; length <= 65_536; length++) lengths.add(padme(length));
  assert.ok(lengths.size < 130, String(lengths.size));
});

test("Padmé gives the paper's lengths", () => {
  const known: [number, number][] = [[0, 0], [1, 1], [2, 2], [8, 8], [9, 10], [10, 10], [11, 12], [100, 104], [256, 256],
    [257, 272], [1000, 1024], [1025, 1088], [65_535, 65_536]];
  for (const [length, padded] of known) assert.equal(padme(length), padded, String(length));
});

test("integers are big-endian and a reader gives them back", () => {
  assert.deepEqual([...u16(0x0102)], [1, 2]);
  assert.deepEqual([...u64(2 ** 40 + 1)], [0, 0, 1, 0, 0, 0, 0, 1]);
  const reader = new Reader(concat(u8(255), u16(65_535), u32(2 ** 32 - 1), u64(Number.MAX_SAFE_INTEGER)));
  assert.deepEqual([reader.u8(), reader.u16(), reader.u32(), reader.u64()], [255, 65_535, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER]);
  reader.end();
  assert.throws(() => reader.u8(), BadBytes);
  for (const no of [-1, 256, 1.5, NaN]) assert.throws(() => u8(no), RangeError);
  assert.throws(() => new Reader(new Uint8Array(8).fill(255)).u64(), BadBytes);
});

test("text is UTF-8 to the letter", () => {
  assert.equal(fromUtf8(utf8("\ufeffgrüß dich")), "\ufeffgrüß dich");
  assert.throws(() => fromUtf8(Uint8Array.of(0xc3, 0x28)), BadBytes);
});

test("bytes are ordered as memcmp orders them", () => {
  for (let round = 0; round < 500; round++) {
    const [a, b] = [bytes(randomInt(3)), bytes(randomInt(3))];
    assert.equal(Math.sign(compareBytes(a, b)), Buffer.compare(a, b));
  }
});

const [room, author, id] = [bytes(16), bytes(16), bytes(16)];
const frame = (flags: number, body: Uint8Array, seq = 3): Uint8Array => {
  const rest = concat(room, u64(seq), u64(99), author, id, u8(flags), body);
  return concat(u32(rest.length), rest);
};

test("entry frames are read one after the other, with what their flags say", () => {
  const list = readEntryFrames(concat(frame(0, bytes(90)), frame(1, bytes(0)), frame(2, bytes(16)), frame(4, bytes(0))));
  assert.deepEqual(list.map((entry) => entry.state), ["plain", "erased", "takeback", "withheld"]);
  assert.deepEqual([list[0]!.seq, list[0]!.timeMs, list[0]!.body.length], [3, 99, 90]);
  assert.deepEqual(fromId(list[0]!.author), author);
  assert.deepEqual(readEntryFrames(bytes(0)), []);
});

test("entry frames that do not fit are refused", () => {
  const good = frame(0, bytes(90));
  const bad = [good.subarray(1), good.subarray(0, good.length - 1), concat(good, u8(0)), frame(3, bytes(90)), frame(0, bytes(0)),
    frame(1, bytes(1)), frame(2, bytes(15)), frame(4, bytes(4)), frame(0, bytes(90), 0)];
  for (const list of bad) assert.throws(() => readEntryFrames(list), BadBytes);
  assert.throws(() => readOneEntryFrame(concat(good, good)), BadBytes);
});

test("vault frames, roster lists and envelope lists are read", () => {
  const item = concat(room, u64(5), bytes(70));
  assert.deepEqual(readVaultFrames(concat(u32(item.length), item, u32(24), room, u64(6))).map((i) => [i.version, i.body.length]), [[5, 70], [6, 0]]);
  assert.deepEqual(readRosterList(concat(u16(2), bytes(2), u16(0))).map((link) => link.length), [2, 0]);
  assert.throws(() => readRosterList(concat(u16(2), bytes(1))), BadBytes);
  const [envelope] = readEnvelopeList(concat(u32(9), author, u16(4), bytes(4)));
  assert.deepEqual([envelope!.epoch, envelope!.author, envelope!.body.length], [9, toId(author), 4]);
});
