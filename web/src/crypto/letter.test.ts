// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { toBase64url } from "../lib/base64url";
import { concat, u32, u64, u8, utf8, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import { LETTER_MAX_BYTES } from "./letter";
import { pad, seal, type Purpose } from "./seal";
import { randomBytes } from "./sodium";
import { flipped, load, newId, person, refuses, splitChange, type Person } from "./test_kit";

const DAY = 1_800_000_000_000;
const VALUE = { text: "Mum, I am still cross.", voice: null };

let ada: Person;
let bo: Person;
before(async () => {
  [ada, bo] = await Promise.all([person("ada"), person("bob")]);
});

const sealFor = (entry: Id, until: number = DAY, value: unknown = VALUE): Promise<Bytes> => ada.crypto.sealUntil({ entry, until, value });
const opened = (entry: Id, sealed: Bytes, now: number = DAY): Promise<{ until: number; value: unknown }> =>
  ada.crypto.openUntil({ entry, now, sealed });

interface Forged {
  readonly keyUnder?: Bytes;
  readonly key?: Bytes;
  readonly wrapPurpose?: Purpose;
  readonly bodyPurpose?: Purpose;
  readonly plaintext?: Bytes;
}

/** A letter by somebody who has Ada's keys and another program. */
function forge(entry: Id, how: Forged = {}): Bytes {
  const context = concat(fromId(entry), u64(DAY));
  const key = how.key ?? randomBytes(32);
  const wrap = seal({ key: how.keyUnder ?? ada.account.letterKey, purpose: how.wrapPurpose ?? "letter-key", context }, key, randomBytes);
  const plaintext = how.plaintext ?? pad(utf8('{"value":1}'));
  const body = seal({ key: concat(key, new Uint8Array(32)).slice(0, 32), purpose: how.bodyPurpose ?? "letter", context }, plaintext, randomBytes);
  return concat(u8(1), u64(DAY), wrap, body);
}

test("a letter opens on its day and not a moment before", async () => {
  const entry = newId();
  const sealed = await sealFor(entry);
  for (const now of [0, DAY - 1, -1, Number.NaN, Number.NEGATIVE_INFINITY]) await refuses(opened(entry, sealed, now), "too-early", "");
  await refuses(ada.crypto.openUntil({ entry, sealed } as never), "too-early", "");
  for (const now of [DAY, DAY + 1, Number.MAX_SAFE_INTEGER]) assert.deepEqual(await opened(entry, sealed, now), { until: DAY, value: VALUE });
  for (const value of ["", 0, null, [], [[1], { a: {} }], { value: { value: 1 } }, "\ud83c\udf3f"]) {
    assert.deepEqual(await opened(entry, await sealFor(entry, DAY, value)), { until: DAY, value });
  }
  for (const until of [0, 1, Number.MAX_SAFE_INTEGER]) {
    assert.deepEqual(await opened(entry, await sealFor(entry, until), until), { until, value: VALUE });
  }
});

test("a day that cannot be told is none", async () => {
  for (const until of [-1, 1.5, 2 ** 53, Number.NaN, Infinity]) await assert.rejects(sealFor(newId(), until), RangeError);
});

test("the day cannot be told differently, neither sooner nor later, and that is no reason to wait", async () => {
  const entry = newId();
  const sealed = await sealFor(entry);
  for (const day of [0, DAY - 1, DAY + 1, DAY * 2]) {
    const moved = concat(sealed.slice(0, 1), u64(day), sealed.slice(9));
    for (const now of [0, DAY, day, DAY * 3]) await refuses(opened(entry, moved, now), "untrusted", "letter-key");
  }
  const negative = concat(sealed.slice(0, 1), new Uint8Array(8).fill(255), sealed.slice(9));
  await refuses(opened(entry, negative), "untrusted", "malformed");
});

test("nothing but its own entry and its own account opens it", async () => {
  const entry = newId();
  const sealed = await sealFor(entry);
  await refuses(opened(newId(), sealed), "untrusted", "letter-key");
  await refuses(bo.crypto.openUntil({ entry, now: DAY, sealed }), "untrusted", "letter-key");
  await refuses(opened("x", sealed), "untrusted", "malformed");
});

test("a letter altered, cut or grown anywhere is refused, on its day and before", async () => {
  const entry = newId();
  const sealed = await sealFor(entry);
  for (const now of [0, DAY]) {
    await refuses(opened(entry, flipped(sealed, 0), now), "untrusted", "malformed");
    for (let at = 1; at < 82; at++) await refuses(opened(entry, flipped(sealed, at), now), "untrusted");
    for (let size = 0; size < 82; size++) await refuses(opened(entry, sealed.slice(0, size), now), "untrusted");
  }
  for (let at = 82; at < sealed.length; at++) await refuses(opened(entry, flipped(sealed, at)), "untrusted", "letter");
  for (let size = 82; size < sealed.length; size++) await refuses(opened(entry, sealed.slice(0, size)), "untrusted", "letter");
  await refuses(opened(entry, concat(sealed, new Uint8Array(1))), "untrusted", "letter");
});

test("the body of one sealing does not stand behind the key of another", async () => {
  const entry = newId();
  const [one, two] = [await sealFor(entry), await sealFor(entry)];
  assert.notDeepEqual(one, two);
  await refuses(opened(entry, concat(one.slice(0, 82), two.slice(82))), "untrusted", "letter");
});

test("what merely looks like a letter is none", async () => {
  const entry = newId();
  assert.deepEqual(await opened(entry, forge(entry)), { until: DAY, value: 1 });
  for (const name of ["vaultKey", "localKey", "labelKey", "vaultNameKey", "root"] as const) {
    await refuses(opened(entry, forge(entry, { keyUnder: ada.account[name] })), "untrusted", "letter-key");
  }
  await refuses(opened(entry, forge(entry, { wrapPurpose: "letter" })), "untrusted", "letter-key");
  await refuses(opened(entry, forge(entry, { bodyPurpose: "letter-key" })), "untrusted", "letter");
  for (const length of [0, 31, 33]) await refuses(opened(entry, forge(entry, { key: new Uint8Array(length) })), "untrusted");
  for (const plaintext of [
    flipped(pad(utf8('{"value":1}'))), utf8('{"value":1}'), concat(u32(11), utf8('{"value":1}')), pad(utf8("[1]")), pad(utf8("nothing")),
    concat(pad(utf8('{"value":1}')), new Uint8Array(8)),
  ]) {
    await refuses(opened(entry, forge(entry, { plaintext })), "untrusted", "malformed");
  }
});

test("its size tells little, and the longest fits into an entry with the words that stay readable", async () => {
  const entry = newId();
  const size = async (text: string): Promise<number> => (await sealFor(entry, DAY, text)).length;
  assert.equal(await size(""), await size("a".repeat(200)));
  const longest = "x".repeat(43_004 - '{"value":""}'.length);
  await refuses(sealFor(entry, DAY, `${longest}x`), "too-long");
  const sealed = await sealFor(entry, DAY, longest);
  assert.ok(sealed.length <= LETTER_MAX_BYTES);
  const { room, change } = await ada.crypto.foundSelf();
  await load(ada, room, splitChange(change));
  const letter = { to: "x".repeat(1000), text: "", voice: null, until: DAY, sealed: toBase64url(sealed) };
  await ada.crypto.sealEntry({ room, id: entry, content: { v: 1, prev: newId(), kind: "edit", of: newId(), after: [newId()], letter } });
});

test("what is too deep to be read again is told before", async () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
  const entry = newId();
  assert.deepEqual((await opened(entry, await sealFor(entry, DAY, deep(15)))).value, deep(15));
  await refuses(sealFor(entry, DAY, deep(16)), "too-long", "depth");
});

test("a locked keyring seals and opens none", async () => {
  const eve = await person("eve");
  const entry = newId();
  const sealed = await eve.crypto.sealUntil({ entry, until: DAY, value: 1 });
  await eve.crypto.lock();
  await refuses(eve.crypto.openUntil({ entry, now: DAY, sealed }), "locked");
  await refuses(eve.crypto.sealUntil({ entry, until: DAY, value: 1 }), "locked");
});
