// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters never sent: kept, sealed until a day that only the house's clock decides, and the slow road of sending one. The
// house keeps true time; what moves it here is the road, which has it say another.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FailureCode, Id, Letter, LetterWords, ModelFailure } from "../../web/src/model/face";
import { until } from "../children";
import { findInFolder, needle } from "../search";
import { reads, settled, textsIn, type Device } from "../somebody";
import { theHouse } from "./place";
import { cameBy, newRoad, pair, reopened, secondDevice } from "./road";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const fails = (code: FailureCode) => (error: { code?: string }) => error.code === code;

const letter = (who: Device, id: Id): Letter | null => who.house.letters.letter(id).value;
const newest = (who: Device, id: Id): LetterWords[] => letter(who, id)?.newest.map((one) => one.words) ?? [];
const says = (who: Device, id: Id, text: string) => until(`the letter says "${text}"`, () => newest(who, id)[0]?.text === text, 20_000);
const isSealed = (who: Device, id: Id) => until("it is sealed", () => typeof newest(who, id)[0]?.sealed === "string", 20_000);

/** Does WORK while this device's clock is turned by MS. */
async function turned<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const { now } = Date;
  Date.now = () => now() + ms;
  try {
    return await work();
  } finally {
    Date.now = now;
  }
}

test("a letter is kept, found by whom it is for, changed, and let go", async () => {
  const a = await cameBy(newRoad(), "Abel");
  const id = await a.house.letters.write({ to: "my father", text: "You never asked.", voice: null });
  await settled(a);
  const other = await a.house.letters.write({ to: "the old house", text: "Goodbye.", voice: null });
  await says(a, id, "You never asked.");
  await a.house.letters.edit(id, { to: "my father", text: "You never asked, and I never said.", voice: null }, [id]);
  await says(a, id, "You never asked, and I never said.");
  assert.deepEqual(a.house.letters.list.value.map(({ id: one, to }) => [one, to]), [[other, "the old house"], [id, "my father"]]);
  assert.deepEqual((await a.house.journal.find({ words: "father" })).map((one) => one.id), [id]);
  await a.house.letters.letGo(id);
  await until("it is gone", () => letter(a, id) === null);
  assert.deepEqual(a.house.letters.list.value.map((one) => one.id), [other]);
  await settled(a);
  const phone = await secondDevice(a);
  await until("the other stands", () => phone.house.letters.list.value.length === 1);
  assert.deepEqual([letter(phone, id), a.house.journal.page(other).value], [null, null]);
});

test("sealed until a day, it opens on no device before, whatever its clock says, and by the house's day at last", async () => {
  const road = newRoad();
  const a = await cameBy(road, "Bodo");
  const id = await a.house.letters.write({ to: "me, in spring", text: "It got lighter.", voice: null });
  await settled(a);
  await assert.rejects(a.house.letters.sealUntil(id, Date.now() + 1000), fails("too-early"), "tomorrow at the earliest");
  const day = Date.now() + 40 * DAY;
  await a.house.letters.sealUntil(id, day);
  await isSealed(a, id);
  await settled(a);
  const phone = await secondDevice(a);
  await isSealed(phone, id);
  for (const who of [a, phone]) {
    assert.ok(!JSON.stringify(letter(who, id)).includes("lighter"));
    assert.equal(letter(who, id)?.versions.length, 1, "the open words are taken back");
    assert.deepEqual(await who.house.journal.find({ words: "lighter" }), []);
    for (const clock of [0, 50 * DAY, -50 * DAY]) {
      await assert.rejects(turned(clock, () => who.house.letters.open(id)), (error: ModelFailure) => error.code === "too-early" && Number(error.detail) === day);
    }
    await assert.rejects(who.house.letters.edit(id, { to: "me", text: "over it", voice: null }, []), fails("too-early"));
    await assert.rejects(who.house.letters.beginSending(id, id), fails("too-early"));
  }
  const house = await theHouse();
  if (house.database === null) {
    const open = needle("the open letter", road.sent.get(id)!.subarray(60, 140));
    await until("its open bytes are gone", () => findInFolder(house.folder, [open]).every(({ found }) => found.length === 0), 40_000);
  }

  road.aheadMs = 41 * DAY;
  await a.house.letters.open(id);
  await says(a, id, "It got lighter.");
  assert.deepEqual(newest(a, id)[0], { to: "me, in spring", text: "It got lighter.", voice: null, until: null, sealed: null });
  await settled(a);
  await says(phone, id, "It got lighter.");
  assert.equal(letter(phone, id)?.versions.length, 1);
});

test("while the house has not said what time it is, nothing is sealed or opened", async () => {
  const a = await cameBy(newRoad(), "Cleo");
  const [shut, open] = [await a.house.letters.write({ to: "one", text: "shut", voice: null }), await a.house.letters.write({ to: "two", text: "open", voice: null })];
  await a.house.letters.sealUntil(shut, Date.now() + 3 * DAY);
  await settled(a);
  a.online.value = false;
  const again = await reopened(a);
  await isSealed(again, shut);
  await turned(9 * DAY, async () => {
    await assert.rejects(again.house.letters.sealUntil(open, Date.now() + 3 * DAY), fails("offline"));
    await assert.rejects(again.house.letters.open(shut), fails("offline"));
  });
  await says(again, open, "open");
});

test("written and sealed without a network, it is whole when it arrives, and so is one whose first words were let go", async () => {
  const road = newRoad();
  const a = await cameBy(road, "Cato");
  await a.house.about.load();
  a.online.value = false;
  const id = await a.house.letters.write({ to: "her", text: "never sent open", voice: null });
  await a.house.letters.sealUntil(id, Date.now() + 3 * DAY);
  await isSealed(a, id);
  const page = { text: "first", day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null };
  const kept = await a.house.journal.write(page);
  await a.house.journal.edit(kept, { ...page, text: "second" }, [kept]);
  await a.house.journal.letGoVersions(kept, [kept]);
  a.online.value = true;
  await settled(a);
  const phone = await secondDevice(a, road);
  await isSealed(phone, id);
  assert.deepEqual([letter(a, id)?.versions.length, letter(phone, id)?.versions.length], [1, 1]);
  for (const who of [a, phone]) await until("the second words stand", () => who.house.journal.page(kept).value?.versions.map((one) => one.words.text).join() === "second");
  road.aheadMs = 4 * DAY;
  await phone.house.letters.open(id);
  await says(a, id, "never sent open");
});

test("a house that will not take the sealed letter leaves the open one as it was", async () => {
  const road = newRoad();
  const a = await cameBy(road, "Dora");
  const id = await a.house.letters.write({ to: "him", text: "not lost", voice: null });
  await settled(a);
  const problem = JSON.stringify({ type: "about:blank", title: "too big", status: 413, code: "too-big", detail: "" });
  road.bend((go, { method, path }) => (method === "PUT" && path.includes("/entries/") ? Promise.resolve(new Response(problem, { status: 413, headers: { "content-type": "application/problem+json" } })) : go()));
  await a.house.letters.sealUntil(id, Date.now() + 3 * DAY);
  await until("it is refused", () => letter(a, id)?.newest[0]?.place.is === "refused");
  const phone = await secondDevice(a);
  await says(phone, id, "not lost");
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(newest(phone, id)[0]?.text, "not lost");
  await a.house.rooms.self.value!.discard(letter(a, id)!.newest[0]!.id);
  await says(a, id, "not lost");
});

test("sending takes a day by the house's clock, can be stopped, and ends as a share", async () => {
  const { a, b, room, road } = await pair("Enno", "Frida");
  const id = await a.house.letters.write({ to: "Frida", text: "I was jealous of you for years.", voice: null });
  const told = { wish: "listen" as const, text: "I was jealous of you for years." };
  await assert.rejects(a.house.letters.send(id, told), fails("gone"), "no road was begun");
  a.online.value = false;
  await a.house.letters.beginSending(id, room);
  await until("it is on its road", () => letter(a, id)?.sending?.room === room);
  a.online.value = true;
  await settled(a);
  const { began, ready } = await until("the house has it", () => letter(a, id)?.sending ?? null);
  assert.equal(ready - began, DAY);
  for (const clock of [0, 2 * DAY]) await assert.rejects(turned(clock, () => a.house.letters.send(id, told)), fails("too-early"));

  await a.house.letters.stopSending(id);
  await until("it has stopped", () => letter(a, id)?.sending === null);
  await a.house.letters.beginSending(id, room);
  await settled(a);
  const phone = await secondDevice(a, road);
  await until("the other device knows", () => phone.house.letters.letter(id).value?.sending?.room === room);
  road.aheadMs = 23 * HOUR;
  await assert.rejects(phone.house.letters.send(id, told), fails("too-early"));
  assert.deepEqual(textsIn(b, room), []);
  road.aheadMs = 25 * HOUR;
  const share = await phone.house.letters.send(id, told);
  assert.equal(await reads(b, room, told.text), share);
  for (const who of [a, phone]) await until("it has arrived", () => letter(who, id)?.sending === null && letter(who, id)?.shared[0]?.entry === share);
  assert.deepEqual(a.house.letters.list.value[0]?.sharedWith, [room]);
});
