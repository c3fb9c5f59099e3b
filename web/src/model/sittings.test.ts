/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Sitting together, told by signals with real seals, in a time that moves when it is told to.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { signal, type Signal } from "@preact/signals";
import { bonded, newId } from "../crypto/test_kit";
import type { Id } from "../lib/id";
import type { Line, Sitting } from "./face";
import { createSittings, type SittingsNoun } from "./sittings";
import { Air, person, type PageHere, type Person } from "./test_air";

const MINUTE = 60_000;

let a: Person;
let b: Person;
let room: Id;
before(async () => {
  [a, b] = [await person("first"), await person("second")];
  ({ room } = await bonded(a, b));
});

interface Sitter {
  readonly page: PageHere;
  readonly sittings: SittingsNoun;
  readonly writable: Signal<boolean>;
  readonly lines: Signal<readonly Line[]>;
  /** Whose lights are seen: "a", "b"; "me" first. */
  who(sit?: Id): string[];
  only(): Sitting;
}

function sitter(air: Air, who: Person): Sitter {
  const page = air.page(who);
  const [writable, lines] = [signal(true), signal<readonly Line[]>([])];
  const mate = who === a ? { person: b.id, name: "b" } : { person: a.id, name: "a" };
  const sittings = createSittings(page.core, { signals: page.signals, log: () => ({ lines, writable }), mates: (where) => (where === room ? [mate] : []) });
  const of = (sit?: Id) => sittings.open.value.filter((one) => sit === undefined || one.sit === sit);
  return {
    page,
    sittings,
    writable,
    lines,
    who: (sit) => of(sit).flatMap(({ people }) => people.map(({ me, name }) => (me ? "me" : name))),
    only() {
      assert.equal(of().length, 1);
      return of()[0]!;
    },
  };
}

async function both(): Promise<{ air: Air; one: Sitter; two: Sitter; sit: Id }> {
  const air = new Air();
  const [one, two] = [sitter(air, a), sitter(air, b)];
  const sit = await one.sittings.sit(room, { minutes: null });
  await air.pass(0);
  await two.sittings.sit(room, { sit, minutes: null });
  await air.pass(1_000);
  return { air, one, two, sit };
}

test("who opens a seat is a light there, the other sees it at once and joins, and each sees the other within a second", async () => {
  const air = new Air();
  const [one, two] = [sitter(air, a), sitter(air, b)];
  assert.deepEqual([one.sittings.open.value, one.sittings.mine.value], [[], null]);
  const sit = await one.sittings.sit(room, { minutes: 20 });
  await air.pass(0);
  assert.deepEqual([one.who(), two.who()], [["me"], ["a"]]);
  const { iSit, ends, began } = two.only();
  assert.deepEqual([iSit, ends! - began, two.sittings.mine.value], [false, 20 * MINUTE, null]);
  assert.equal(await two.sittings.sit(room, { sit, minutes: 5 }), sit);
  await air.pass(1_000);
  assert.deepEqual([one.who(), two.who()], [["me", "b"], ["me", "a"]]);
  assert.deepEqual([two.sittings.mine.value?.ends, two.only().began], [ends, began], "the opener's times count");
});

test("no light goes out while it is told of, however long", async () => {
  const { air, one, two } = await both();
  for (let i = 0; i < 60; i++) {
    await air.pass(2 * MINUTE);
    assert.deepEqual([one.who(), two.who()], [["me", "b"], ["me", "a"]]);
  }
});

test("who leaves is gone at once; a page that is closed goes out within twenty-five seconds", async () => {
  const { air, one, two, sit } = await both();
  await two.sittings.leave();
  await air.pass(0);
  assert.deepEqual([one.who(), two.who(), two.sittings.mine.value], [["me"], ["a"], null]);
  await two.sittings.sit(room, { sit, minutes: null });
  await air.pass(11_000);
  two.sittings.clear();
  await air.pass(12_000);
  assert.deepEqual(one.who(), ["me", "b"]);
  await air.pass(13_000);
  assert.deepEqual(one.who(), ["me"]);
});

test("offline my own light stays and the others go out; when the stream is back all are there again", async () => {
  const { air, one, two } = await both();
  two.page.online.value = false;
  await air.pass(26_000);
  assert.deepEqual([one.who(), two.who()], [["me"], ["me"]]);
  await air.pass(30 * MINUTE);
  assert.ok(two.sittings.mine.value?.iSit);
  two.page.online.value = true;
  two.page.signals.live();
  two.sittings.live();
  await air.pass(1_000);
  assert.deepEqual([one.who(), two.who()], [["me", "b"], ["me", "a"]]);
});

test("a bell is the same moment on devices whose clocks are wrong", async () => {
  const air = new Air();
  const [one, two] = [sitter(air, a), sitter(air, b)];
  Object.assign(two.page.core.platform, { now: () => air.nowMs + 7 * MINUTE });
  const sit = await one.sittings.sit(room, { minutes: 10 });
  await air.pass(0);
  await two.sittings.sit(room, { sit, minutes: null });
  await air.pass(1_000);
  assert.equal(one.only().ends, two.only().ends! - 7 * MINUTE);
  assert.equal(one.only().ends! - air.nowMs, 10 * MINUTE - 1_000);
});

test("an ask leads both to one seat, as long as it asked for; of two who open it at once the earlier counts", async () => {
  const air = new Air();
  const [one, two] = [sitter(air, a), sitter(air, b)];
  const ask = newId();
  const line = { is: "entry", id: ask, content: { kind: "ask", what: "sit", when: null, until: 0, text: "", minutes: 15 } } as unknown as Line;
  for (const who of [one, two]) who.lines.value = [line];
  for (const who of [one, two]) air.deaf.add(who.page);
  await one.sittings.sit(room, { sit: ask, minutes: null });
  await air.pass(3_000);
  await two.sittings.sit(room, { sit: ask, minutes: null });
  await air.pass(0);
  assert.equal(two.only().ends! - one.only().ends!, 3_000);
  air.deaf.clear();
  await air.pass(10_000);
  assert.deepEqual([one.who(ask), two.who(ask)], [["me", "b"], ["me", "a"]]);
  assert.equal(two.only().ends, one.only().ends);
  assert.equal(one.only().ends! - one.only().began, 15 * MINUTE);
});

test("thanks reach whoever sat there and is still here, and put themselves away", async () => {
  const { air, one, two, sit } = await both();
  const other = sitter(air, b);
  await one.sittings.leave();
  await two.sittings.leave();
  await one.sittings.thank(room, sit);
  await air.pass(0);
  assert.deepEqual([two.sittings.thanks.value, other.sittings.thanks.value, one.sittings.thanks.value], [{ room, person: a.id }, null, null]);
  await air.pass(21_000);
  assert.equal(two.sittings.thanks.value, null);
  await assert.rejects(other.sittings.thank(room, sit), { code: "gone" });
});

test("two of my pages are one light; one is left, and it stays", async () => {
  const { air, one, two, sit } = await both();
  const phone = sitter(air, b);
  await phone.sittings.sit(room, { sit, minutes: null });
  await air.pass(1_000);
  assert.deepEqual([one.who(), two.who(), phone.who()], [["me", "b"], ["me", "a"], ["me", "a"]]);
  await two.sittings.leave();
  await air.pass(0);
  assert.deepEqual([one.who(), two.who(), two.sittings.mine.value], [["me", "b"], ["me", "a"], null]);
});

test("another seat is another seat: sitting down there leaves the first", async () => {
  const { air, one, two, sit } = await both();
  const second = await two.sittings.sit(room, { minutes: null });
  await air.pass(0);
  assert.notEqual(second, sit);
  assert.deepEqual([one.who(sit), one.who(second)], [["me"], ["b"]]);
  assert.deepEqual(one.sittings.open.value.map((one) => one.sit), [second, sit], "the newest first");
});

test("in a room that has ended nobody can sit, and who sat there sits no more", async () => {
  const { air, one, two } = await both();
  one.writable.value = false;
  await air.pass(11_000);
  assert.equal(one.sittings.mine.value, null);
  await assert.rejects(one.sittings.sit(room, { minutes: null }), { code: "room-ended" });
  await air.pass(15_000);
  assert.deepEqual(two.who(), ["me"]);
});

test("before the house was ever heard nobody can open a seat; locked, all lights are out", async () => {
  const air = new Air();
  const one = sitter(air, a);
  one.page.online.value = false;
  await assert.rejects(one.sittings.sit(room, { minutes: null }), { code: "offline" });
  one.page.online.value = true;
  await one.sittings.sit(room, { minutes: null });
  one.sittings.clear();
  assert.deepEqual([one.sittings.open.value, one.sittings.mine.value], [[], null]);
  await assert.rejects(one.sittings.thank(room, one.page.who.id), { code: "gone" });
});

test("times that cannot be are not believed, nor is somebody who is not in the room", async () => {
  const air = new Air();
  const two = sitter(air, b);
  const from = air.page(a);
  const sit = newId();
  const began = air.nowMs;
  for (const bad of [{ sit: "x", began }, { sit, began: -1 }, { sit, began: began + 600_000 }, { sit, began, ends: began - 1 }, { sit, began, ends: began + 90_000_000 }, { sit }]) {
    await from.signals.send(room, { kind: "sit", ...bad });
  }
  assert.deepEqual(two.who(), []);
  const stranger = createSittings(from.core, { signals: from.signals, log: () => ({ lines: signal([]), writable: signal(true) }), mates: () => [] });
  await air.page(b).signals.send(room, { kind: "sit", sit, began });
  assert.deepEqual(stranger.open.value, []);
});

test("a newcomer is answered by all, each once", async () => {
  const { air, one, sit } = await both();
  const before = air.said.length;
  await air.pass(2_000);
  const phone = sitter(air, b);
  await phone.sittings.sit(room, { sit, minutes: null });
  await air.pass(1_000);
  assert.equal(air.said.length - before, 3, "mine, and one from each of the two");
  assert.deepEqual([one.who(), phone.who()], [["me", "b"], ["me", "a"]]);
});
