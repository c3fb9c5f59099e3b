// SPDX-License-Identifier: AGPL-3.0-or-later
// A journal from elsewhere is brought along: looked at, some of it kept, found again by a word, on every device; brought a
// second time it makes no doubles, and what was let go comes back only if it is wanted.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ImportPreview, PickedFile } from "../../web/src/model/face";
import { until } from "../children";
import { TOP } from "../harness";
import { settled, type Device } from "../somebody";
import { somebody } from "./place";
import { reopened, secondDevice } from "./road";

function sample(name: string): PickedFile {
  const bytes = new Uint8Array(readFileSync(join(TOP, "tests/import", name)));
  return { name, size: bytes.length, modified: Date.UTC(2022, 4, 6), bytes: async () => bytes };
}

const keptTexts = (who: Device): string[] => who.house.journal.kept.value.map(({ first }) => first);
const known = ({ pages }: ImportPreview): boolean[] => pages.map((one) => one.known);

test("brought twice, on two devices at once, by text and by JSON: each page once", async () => {
  const a = await somebody("Ines");
  const found = await a.house.importing.read([sample("jrnl.txt")]);
  assert.deepEqual([found.format, known(found)], ["jrnl", [false, false, false]]);
  const phone = await secondDevice(a);
  const there = await phone.house.importing.read([sample("jrnl.json")]);
  assert.deepEqual(there.pages, found.pages);

  await Promise.all([a.house.importing.keep(found), phone.house.importing.keep(there)]);
  await a.house.importing.keep(found);
  for (const who of [a, phone]) await settled(who);
  for (const who of [a, phone]) await until("the pages are there", () => who.house.journal.kept.value.length === 3);
  assert.deepEqual(keptTexts(a).map((first) => first.split(".")[0]), ["Up before the birds", "A letter came", "Rain again"]);
  assert.deepEqual((await phone.house.journal.find({ words: "gutter" })).map(({ day }) => day), ["2024-03-01"]);
  assert.deepEqual(known(await phone.house.importing.read([sample("jrnl.txt")])), [true, true, true]);

  const again = await reopened(a);
  assert.deepEqual(known(await again.house.importing.read([sample("jrnl.json")])), [true, true, true]);
  await again.house.importing.keep(await again.house.importing.read([sample("jrnl.json")]));
  await settled(again);
  assert.equal(again.house.journal.kept.value.length, 3);
});

test("kept without a network, with its day and time; one that was let go can be brought again", async () => {
  const a = await somebody("Jonas");
  a.online.value = false;
  const found = await a.house.importing.read([sample("day-one.json")]);
  await a.house.importing.keep({ ...found, pages: found.pages.slice(1) });
  assert.deepEqual(a.house.journal.kept.value.map(({ day }) => day), ["2024-03-02", "2021-11-02"]);
  a.online.value = true;
  await settled(a);

  const last = found.pages[2]!;
  await until("it is read whole", () => a.house.journal.page(last.key).value !== null);
  assert.deepEqual(a.house.journal.page(last.key).value?.newest[0]?.words, last.words);
  await a.house.journal.letGo(last.key);
  const meanwhile = await a.house.importing.read([sample("day-one.json")]);
  assert.deepEqual(known(meanwhile), [false, true, false]);
  await settled(a);

  const wanted = await a.house.importing.read([sample("day-one.json")]);
  assert.deepEqual(known(wanted), [false, true, false]);
  assert.notEqual(wanted.pages[2]!.key, last.key);
  await a.house.importing.keep({ ...wanted, pages: wanted.pages.slice(2) });
  await settled(a);
  const phone = await secondDevice(a);
  await until("it is back", () => phone.house.journal.kept.value.some(({ first }) => first.includes("The first quiet day")));
  assert.deepEqual(known(await phone.house.importing.read([sample("day-one.json")])), [false, true, true]);
});

test("nothing of a file, not even a page's name elsewhere, is in what travels", async () => {
  const a = await somebody("Kira");
  const found = await a.house.importing.read([sample("day-one.json")]);
  for (const { key } of found.pages) assert.match(key, /^[\w-]{22}$/);
  const b = await somebody("Lasse");
  const same = await b.house.importing.read([sample("day-one.json")]);
  assert.notDeepEqual(same.pages.map(({ key }) => key), found.pages.map(({ key }) => key), "the house cannot tell that two brought the same");
});

test("locked, nothing is read and nothing kept", async () => {
  const a = await somebody("Mira");
  const found = await a.house.importing.read([sample("jrnl-old.txt")]);
  await a.house.session.lock();
  const isLocked = (error: { code?: string }) => error.code === "locked";
  await assert.rejects(a.house.importing.read([sample("jrnl-old.txt")]), isLocked);
  await assert.rejects(a.house.importing.keep(found), isLocked);
});
