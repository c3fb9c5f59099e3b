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
import { reads, settled, type Device } from "../somebody";
import { somebody } from "./place";
import { pair, reopened, secondDevice } from "./road";

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

const ENTRY = /\/rooms\/([\w-]{22})\/entries\/([\w-]{22})$/;
const many = (count: number): PickedFile => {
  const bytes = new TextEncoder().encode(JSON.stringify({ entries: Array.from({ length: count }, (_, n) => ({ date: `2019-03-${10 + (n % 20)}`, time: "08:00", title: `Old day ${n}.`, body: `${n}`, tags: [], starred: false })) }));
  return { name: "old.json", size: bytes.length, modified: 0, bytes: async () => bytes };
};

test("what one writes, changes and opens to somebody now goes before a large import, and each thing after what it hangs on", async () => {
  const { a, b, room, road } = await pair("Nils", "Orla");
  const self = a.house.rooms.self.value!.room;
  a.online.value = false;
  const found = await a.house.importing.read([many(120)]);
  await a.house.importing.keep(found);
  const [changed, opened] = [found.pages[90]!.key, found.pages[100]!.key];
  const { words } = found.pages[90]!;
  const page = await a.house.journal.write({ ...words, text: "today" });
  const edit = await a.house.journal.edit(changed, { ...words, text: "not quite so" }, []);
  await a.house.journal.share(opened, [room], { text: "from long ago", wish: "listen", voice: false });

  const order: string[] = [];
  road.bend((go, { method, path }) => {
    const [, where, id] = path.match(ENTRY) ?? [];
    if (method === "PUT" && id !== undefined) order.push(where === self ? id : "share");
    return go();
  });
  a.online.value = true;
  await reads(b, room, "from long ago");
  await settled(a);
  const bulk = new Set(found.pages.map(({ key }) => key).filter((key) => key !== changed && key !== opened));
  const own = order.filter((id) => !bulk.has(id));
  const record = own.find((id) => ![page, edit, changed, opened, "share"].includes(id))!;
  assert.deepEqual(own.filter((id) => id !== "share"), [page, changed, edit, opened, record]);
  assert.ok(own.indexOf("share") > own.indexOf(record), "a share after its record");
  assert.deepEqual(order.slice(0, 5).filter((id) => bulk.has(id)), [], "no page of the import before them");
  assert.deepEqual(order.filter((id) => bulk.has(id)), [...bulk], "the import in its own order");
  const phone = await secondDevice(a);
  await until("all of it is there", () => phone.house.journal.kept.value.length === 121);
  assert.deepEqual((await phone.house.journal.find({ words: "quite" })).map(({ id }) => id), [changed]);
});

test("while the house says that the import is too much, what one writes elsewhere leaves, and nothing is asked before its time", async () => {
  const { a, b, room, road } = await pair("Pia", "Rune");
  const self = a.house.rooms.self.value!.room;
  a.online.value = false;
  await a.house.importing.keep(await a.house.importing.read([many(20)]));
  const asked: number[] = [];
  road.bend((go, { method, path }) => {
    const isPage = method === "PUT" && path.match(ENTRY)?.[1] === self;
    if (isPage) asked.push(Date.now());
    if (!isPage || asked.length !== 4) return go();
    const body = JSON.stringify({ type: "about:blank", title: "slow down", status: 429, code: "slow-down" });
    return Promise.resolve(new Response(body, { status: 429, headers: { "content-type": "application/problem+json", "retry-after": "2" } }));
  });
  a.online.value = true;
  await until("the house has said so", () => asked.length === 4);
  await a.house.rooms.log(room).share({ text: "are you there?", wish: "none" });
  await reads(b, room, "are you there?");
  assert.equal(asked.length, 4, "it left at once, and took nothing of the import along");
  const mine = await a.house.journal.write({ text: "and a page", day: "2026-11-24", feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null });
  await until("my own page follows", () => asked.length === 5);
  assert.ok(asked[4]! - asked[3]! >= 1_990, "the time that the house named");
  await until("it is there", () => road.sent.has(mine));
  await settled(a);
  assert.equal(asked.length, 22);
  assert.ok(asked[5]! - asked[3]! >= 4_990, "the import rests longer");
  assert.ok(asked[21]! - asked[5]! >= 16 * 120, "and then leaves some for the rest");
});

test("locked, nothing is read and nothing kept", async () => {
  const a = await somebody("Mira");
  const found = await a.house.importing.read([sample("jrnl-old.txt")]);
  await a.house.session.lock();
  const isLocked = (error: { code?: string }) => error.code === "locked";
  await assert.rejects(a.house.importing.read([sample("jrnl-old.txt")]), isLocked);
  await assert.rejects(a.house.importing.keep(found), isLocked);
});
