/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What was given and received, over real sealed entries: found however many pages came after, let go, and told to nobody else.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { newId } from "../crypto/test_kit";
import type { Id } from "../lib/id";
import type { Written } from "./content";
import type { JustDone } from "./face";
import { createGiving, type GivingNoun } from "./giving";
import type { Back, Outbox, Put } from "./outbox";
import { device, newName, putDown, ready, room, SelfRoom, setUp, until, type Device } from "./test_shelf";

before(setUp);

const gift = (text: string, day = "2026-03-10", way: "gave" | "received" = "gave"): Written => ({ kind: "gift", way, text, day });
const page = (text: string): Written => ({ kind: "page", page: { text, day: "2026-03-10", feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null } });
const done = (id: Id): JustDone => ({ what: "sitting", room: newId(), id });

interface Giver extends Device {
  readonly giving: GivingNoun;
  readonly puts: Put[];
  readonly backs: Back[];
}

/** What it writes is caught, and put down by the test. */
async function giver(house: SelfRoom, name = newName()): Promise<Giver> {
  const one = await ready(await device(name, house), house);
  const [puts, backs]: [Put[], Back[]] = [[], []];
  const outbox = {
    write: async (where: Id, content: Written) => (puts.push({ room: where, content }), newId()),
    takeBack: async (where: Id, id: Id) => void backs.push({ room: where, id }),
    step: async (more: readonly Put[], gone: readonly Back[]) => (puts.push(...more), backs.push(...gone), more.map(({ id }) => id!)),
  } as unknown as Outbox;
  return { ...one, puts, backs, giving: createGiving(one.core, { outbox, shelf: one.shelf, mine: () => room }) };
}

const texts = ({ giving }: Giver): string[] => giving.gifts.value.map(({ text }) => text);
const shows = (one: Giver, expected: readonly string[]) => until(`the gifts are ${expected.join()}`, () => texts(one).join() === expected.join());

test("gifts stand by their day, the newest first, and are on no list of the journal", async () => {
  const house = new SelfRoom();
  await house.write(gift("soup", "2026-03-01"));
  await house.write(page("a page"));
  await house.write(gift("an hour", "2026-03-08", "received"));
  await house.write(gift("a call", "2026-02-01"));
  const one = await giver(house);
  await shows(one, ["an hour", "soup", "a call"]);
  assert.deepEqual(one.giving.gifts.value.map(({ way, day, place }) => [way, day, place.is]), [["received", "2026-03-08", "sent"], ["gave", "2026-03-01", "sent"], ["gave", "2026-02-01", "sent"]]);
  assert.deepEqual(one.shelf.kept.value.map(({ first }) => first), ["a page"]);
  assert.deepEqual(await one.shelf.find({ words: "soup" }), []);
  await one.close();
});

test("a gift is found under many pages, on a new device and after a restart, and only gifts are opened for it", async () => {
  const house = new SelfRoom();
  await house.write(gift("long ago", "2020-01-01"));
  for (let i = 0; i < 700; i++) await house.write(page(`page ${i}`));
  const name = newName();
  const one = await giver(house, name);
  await shows(one, ["long ago"]);
  await putDown(one, house);
  await one.close();
  const again = await giver(house, name);
  const before = again.opened();
  await shows(again, ["long ago"]);
  assert.ok(again.opened() - before <= 1);
  await again.close();
});

test("older ones come when they are asked for", async () => {
  const house = new SelfRoom();
  for (let i = 0; i < 70; i++) await house.write(gift(`gift ${i}`, `2026-01-${String(1 + (i % 28)).padStart(2, "0")}`));
  const one = await giver(house);
  for (const [shown, more] of [[30, true], [60, true], [70, false]] as const) {
    await until("they are shown", () => one.giving.gifts.value.length === shown);
    assert.equal(one.giving.hasOlder.value, more);
    await one.giving.loadOlder();
  }
  assert.equal(new Set(texts(one)).size, 70);
  const days = one.giving.gifts.value.map(({ day }) => day);
  assert.deepEqual(days, [...days].sort().reverse());
  await one.close();
});

test("what waits shows at once, what is taken back is gone at once and from the house's lines", async () => {
  const house = new SelfRoom();
  const old = await house.write(gift("old"));
  const one = await giver(house);
  await shows(one, ["old"]);
  const waits = newId();
  const place = { is: "unsent", why: "offline" } as const;
  one.waiting.value = [{ id: waits, room, what: "put", at: Date.now(), content: { kind: "gift", way: "gave", text: "new", day: "2026-03-11" }, place }];
  await shows(one, ["new", "old"]);
  assert.deepEqual(one.giving.gifts.value[0]!.place, place);
  one.waiting.value = [{ id: old, room, what: "takeback", at: Date.now(), content: { kind: "unknown" }, place }];
  await shows(one, []);
  house.takeBack(old);
  one.waiting.value = [];
  await one.logs.pull(room, house.frames.length);
  await shows(one, []);
  await one.close();
});

test("what one writes is a gift of my own room, and only a gift that stands can be let go", async () => {
  const house = new SelfRoom();
  const id = await house.write(gift("bread"));
  const one = await giver(house);
  await shows(one, ["bread"]);
  await one.giving.write({ way: "received", text: "a lift", day: "2026-03-12" });
  assert.deepEqual(one.puts, [{ room, content: gift("a lift", "2026-03-12", "received") }]);
  await one.giving.letGo(id);
  assert.deepEqual(one.backs, [{ room, id }]);
  await assert.rejects(one.giving.letGo(newId()), { code: "gone" });
  await one.close();
});

test("of what I said afterwards the last counts; another word takes its place once it is at the house", async () => {
  const house = new SelfRoom();
  const [sitting, other] = [done(newId()), done(newId())];
  const first = await house.write({ kind: "afterwards", of: sitting, feel: "heavier" });
  for (let i = 0; i < 150; i++) await house.write(page(`page ${i}`));
  const one = await giver(house);
  assert.deepEqual([one.giving.afterwards(sitting.id).value, one.giving.afterwards(other.id).value], ["heavier", null]);
  await one.giving.sayAfterwards(sitting, "heavier");
  assert.deepEqual([one.puts, one.backs], [[], []]);
  await one.giving.sayAfterwards(sitting, "same");
  const [put] = one.puts as [Put];
  assert.deepEqual(put.content, { kind: "afterwards", of: sitting, feel: "same" });
  assert.deepEqual(one.backs, [{ room, id: first, after: [put.id] }]);
  await house.write({ kind: "afterwards", of: sitting, feel: "same" });
  house.takeBack(first);
  await one.logs.pull(room, house.frames.length);
  await until("the new word stands", () => one.giving.afterwards(sitting.id).value === "same");
  await one.close();
});

test("locked, nothing of it stays in memory", async () => {
  const house = new SelfRoom();
  await house.write(gift("soup"));
  const one = await giver(house);
  await shows(one, ["soup"]);
  one.giving.clear();
  one.shelf.clear();
  one.core.era += 1;
  one.core.state.value = { is: "locked", why: "by-hand" };
  assert.deepEqual([one.giving.gifts.value, one.giving.hasOlder.value, one.giving.afterwards(newId()).value], [[], false, null]);
  await one.close();
});
