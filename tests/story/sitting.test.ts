// SPDX-License-Identifier: AGPL-3.0-or-later
// Sitting together, by people with the client as it is shipped: lights that come, go and come again, an ask that leads there,
// thanks; and nothing of it anywhere afterwards, neither at the house nor on a device.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openDB } from "idb";
import type { Ask, Id, Sitting } from "../../web/src/model/face";
import { run, until } from "../children";
import { BESIDE, type House } from "../harness";
import { circleOf, meOf } from "../meeting";
import { postgres } from "../postgres";
import { findIn, needle } from "../search";
import { arrive, bring, settled, type Device, type Person } from "../somebody";
import { here, somebody, theHouse } from "./place";
import { cameBy, lost, newRoad, pair, reopened, type Road } from "./road";

const MINUTE = 60_000;

const of = (who: Device) => who.house.sittings;
const seat = (who: Device, sit: Id): Sitting | undefined => of(who).open.value.find((one) => one.sit === sit);
/** Whose lights are seen there: "me" first, the others by name. */
const lights = (who: Device, sit: Id): string[] => {
  const names = (seat(who, sit)?.people ?? []).map(({ me, name }) => (me ? "me" : name));
  return [...names.filter((name) => name === "me"), ...names.filter((name) => name !== "me").sort()];
};
const sees = (who: Device, sit: Id, expected: readonly string[], ms: number) =>
  until(`the lights are ${expected.join(", ") || "none"}`, () => lights(who, sit).join() === expected.join(), ms).catch((error: Error) => {
    throw new Error(`${error.message}; they are ${lights(who, sit).join(", ") || "none"}`);
  });
/** Light is quick, but not so quick where many tests share two cores. */
const QUICK = 5_000;
const OUT = 40_000;

/** The network of a device, to be pulled out with its stream and put back. */
function plug(road: Road): { out(who: Device): void; back(who: Device): void } {
  let cut: AbortController | null = null;
  let off = false;
  road.bend(async (go, { path }) => {
    if (off) return lost();
    const reply = await go();
    if (path !== "/api/stream" || reply.body === null) return reply;
    const held = (cut = new AbortController());
    const pulled = new TransformStream<Uint8Array, Uint8Array>({
      start: (stream) => held.signal.addEventListener("abort", () => stream.error(new TypeError("cut"))),
    });
    return new Response(reply.body.pipeThrough(pulled), { status: reply.status, headers: reply.headers });
  });
  return {
    out(who) {
      off = true;
      who.online.value = false;
      cut?.abort();
    },
    back(who) {
      off = false;
      who.online.value = true;
      who.house.connection.retry();
    },
  };
}

test("one opens a seat in a bond, the other joins; each sees the other at once, leaves with one touch, and is thanked", { timeout: 60_000 }, async () => {
  const { a, b, room } = await pair("Asta", "Ben");
  const sit = await of(a).sit(room, { minutes: 20 });
  await sees(b, sit, ["Asta"], QUICK);
  assert.deepEqual([seat(b, sit)!.iSit, of(b).mine.value], [false, null]);
  assert.equal(await of(b).sit(room, { sit, minutes: null }), sit);
  await sees(a, sit, ["me", "Ben"], QUICK);
  await sees(b, sit, ["me", "Asta"], QUICK);
  const [mine, theirs] = [of(a).mine.value!, of(b).mine.value!];
  assert.ok(Math.abs(mine.ends! - theirs.ends!) < 2_000, "one bell for both");
  assert.equal(mine.ends! - mine.began, 20 * MINUTE);
  await of(b).leave();
  assert.equal(of(b).mine.value, null);
  await sees(a, sit, ["me"], QUICK);
  await of(b).thank(room, sit);
  await until("thanks come", () => of(a).thanks.value?.person === meOf(b), QUICK);
  await of(a).leave();
  await until("all lights are out", () => of(a).open.value.length === 0 && of(b).open.value.length === 0, QUICK);
});

test("a device that loses the network keeps its own light; the others go out quietly and come again", { timeout: 120_000 }, async () => {
  const road = newRoad();
  const wire = plug(road);
  const a = await cameBy(road, "Carl");
  const { newcomer, room } = await bring((await theHouse()).origin, a, "Dora");
  const b = here(newcomer);
  const sit = await of(a).sit(room, { minutes: null });
  await sees(b, sit, ["Carl"], QUICK);
  await of(b).sit(room, { sit, minutes: null });
  await sees(a, sit, ["me", "Dora"], QUICK);
  wire.out(a);
  await Promise.all([sees(a, sit, ["me"], OUT), sees(b, sit, ["me"], OUT)]);
  assert.ok(of(a).mine.value?.iSit);
  wire.back(a);
  await Promise.all([sees(a, sit, ["me", "Dora"], OUT), sees(b, sit, ["me", "Carl"], OUT)]);
});

test("a page that is closed goes out by itself, and one that is loaded again may sit down again", { timeout: 120_000 }, async () => {
  const { a, b, room } = await pair("Emil", "Fee");
  const sit = await of(a).sit(room, { minutes: null });
  await sees(b, sit, ["Emil"], QUICK);
  await of(b).sit(room, { sit, minutes: null });
  await sees(a, sit, ["me", "Fee"], QUICK);
  const again = await reopened(b);
  assert.equal(of(again).mine.value, null, "nobody is put into a silence");
  await sees(again, sit, ["Emil"], OUT);
  await sees(a, sit, ["me"], OUT);
  await of(again).sit(room, { sit, minutes: null });
  await sees(a, sit, ["me", "Fee"], QUICK);
});

test("an ask to sit with me is answered like any, and a yes leads both to one seat as long as was asked", { timeout: 60_000 }, async () => {
  const { a, b, room } = await pair("Gerd", "Hana");
  const id = await a.house.asks.ask(room, { what: "sit", when: null, until: Date.now() + 60 * MINUTE, text: "", minutes: 10 });
  const ask: Ask = await until("she is asked", () => b.house.asks.forMe.value.find((one) => one.id === id), 20_000);
  assert.deepEqual([ask.what, ask.minutes, b.house.today.came.value[0]?.kind], ["sit", 10, "ask"]);
  await b.house.asks.answer(id, { answer: "yes", at: null, text: "" });
  await of(b).sit(room, { sit: id, minutes: null });
  await until("he has the answer", () => a.house.asks.mine.value[0]?.state.is === "answered", 20_000);
  await of(a).sit(room, { sit: id, minutes: null });
  await sees(a, id, ["me", "Hana"], QUICK);
  await sees(b, id, ["me", "Gerd"], QUICK);
  for (const who of [a, b]) assert.equal(seat(who, id)!.ends! - seat(who, id)!.began, 10 * MINUTE);
  assert.ok(Math.abs(seat(a, id)!.began - seat(b, id)!.began) < 2_000);
});

test("whom I block sees no light of mine, and I see none of theirs", { timeout: 60_000 }, async () => {
  const { a, b, room } = await pair("Ilja", "Jana");
  const sit = await of(a).sit(room, { minutes: null });
  await sees(b, sit, ["Ilja"], QUICK);
  await b.house.safety.block(meOf(a));
  await until("he is gone", () => of(b).open.value.length === 0, QUICK);
  await assert.rejects(of(b).sit(room, { sit, minutes: null }), { code: "room-ended" });
});

test("in a circle each who sits is a light to all the others, and whoever leaves it sits there no more", { timeout: 240_000 }, async () => {
  const [kai, lea, mats] = [await somebody("Kai"), await somebody("Lea"), await somebody("Mats")] as const;
  const room = await circleOf(kai, [lea, mats]);
  const sit = await of(kai).sit(room, { minutes: null });
  await of(lea).sit(room, { sit, minutes: null });
  await sees(mats, sit, ["Kai", "Lea"], QUICK);
  await of(mats).sit(room, { sit, minutes: null });
  await sees(kai, sit, ["me", "Lea", "Mats"], QUICK);
  await sees(lea, sit, ["me", "Kai", "Mats"], QUICK);
  await lea.house.circles.leave(room, "");
  await until("she sits no more", () => of(lea).mine.value === null, OUT);
  // The next to signal gives the circle a new key, under which all go on.
  await Promise.all([sees(kai, sit, ["me", "Mats"], OUT), sees(mats, sit, ["me", "Kai"], OUT)]);
  await new Promise((done) => setTimeout(done, 30_000));
  assert.deepEqual([lights(kai, sit), lights(mats, sit), lights(lea, sit)], [["me", "Mats"], ["me", "Kai"], []]);
});

// ── Nothing is kept ─────────────────────────────────────────────────────────────────────────────────────────────────

/** All that the house stores, whole. */
async function storeOf(house: House): Promise<Buffer> {
  if (house.database !== null) return Buffer.from(withoutNoise(await (await postgres()).dump(house.database)));
  const copy = join(house.folder, "copy.db");
  await run(BESIDE, ["backup", copy, "--data", house.folder]);
  const bytes = readFileSync(copy);
  rmSync(copy);
  return bytes;
}

/** Newer ones put a word of chance around a dump. */
const withoutNoise = (dump: string): string => dump.replace(/^\\(un)?restrict .*$/gm, "");

const digest = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("hex");

const databases = async (): Promise<string[]> => (await indexedDB.databases()).map(({ name = "" }) => name);

/** Every row of these databases, by where it stands. */
async function devicesNow(names: readonly string[]): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for (const name of names) {
    const database = await openDB(name);
    for (const table of database.objectStoreNames) {
      const [keys, values] = [await database.getAllKeys(table), await database.getAll(table)];
      keys.forEach((key, i) => rows.set(`${name}/${table}/${String(key)}`, readable(values[i])));
    }
    database.close();
  }
  return rows;
}

const readable = (row: unknown): string => JSON.stringify(row, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value));

test("nothing of it is anywhere afterwards: house and devices store the same bytes as before, and none of the signals'", { timeout: 120_000 }, async () => {
  const house = await theHouse();
  const others = await databases();
  const road = newRoad();
  const signals: Buffer[] = [];
  road.bend(async (go, { path, body }) => {
    if (path.endsWith("/signals")) signals.push(Buffer.from(body as Uint8Array));
    return go();
  });
  const a = here(await arrive(house.origin, await house.invite("house"), "Nele", undefined, { fetch: road.fetch }));
  const { newcomer, room } = await bring(house.origin, a, "Ole");
  const b: Person = here(newcomer);
  await a.house.rooms.log(room).share({ text: "before", wish: "none" });
  for (const who of [a, b]) await settled(who);
  const ours = (await databases()).filter((name) => !others.includes(name));
  await quiet(house, ours);
  const [storedBefore, keptBefore] = [await storeOf(house), await devicesNow(ours)];

  const sit = await of(a).sit(room, { minutes: 30 });
  await sees(b, sit, ["Nele"], QUICK);
  await of(b).sit(room, { sit, minutes: null });
  await sees(a, sit, ["me", "Ole"], QUICK);
  await new Promise((done) => setTimeout(done, 12_000));
  await of(b).leave();
  await sees(a, sit, ["me"], QUICK);
  await of(a).thank(room, sit);
  await until("thanks come", () => of(b).thanks.value !== null, QUICK);
  await of(a).leave();
  await until("all are out", () => of(a).open.value.length + of(b).open.value.length === 0, QUICK);

  const [storedAfter, keptAfter] = [await storeOf(house), await devicesNow(ours)];
  assert.deepEqual([...keptAfter].filter(([place, row]) => keptBefore.get(place) !== row).map(([place]) => place), [], "the devices");
  assert.deepEqual([ours.length, keptAfter.size], [2, keptBefore.size]);
  assert.equal(digest(storedAfter), digest(storedBefore), "the house");
  assert.ok(signals.length >= 4);
  const needles = [needle("the seat", sit), ...signals.map((bytes, i) => needle(`signal ${i}`, bytes.subarray(40, 120)))];
  assert.deepEqual([...findIn(storedAfter, needles), ...findIn(Buffer.from([...keptAfter].join()), needles), ...findIn(Buffer.from(house.log()), needles)], []);
});

/** Until what was begun before is stored: names told, marks set, the shelf put down. */
async function quiet(house: House, devices: readonly string[]): Promise<void> {
  const now = async () => digest(await storeOf(house)) + digest([...(await devicesNow(devices))].join());
  let same = 0;
  for (let before = await now(); same < 3; ) {
    await new Promise((done) => setTimeout(done, 1_500));
    const after = await now();
    same = after === before ? same + 1 : 0;
    before = after;
  }
}
