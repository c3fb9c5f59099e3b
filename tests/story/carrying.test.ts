// SPDX-License-Identifier: AGPL-3.0-or-later
// Carrying the weight and planning something together, by people with the client as it is shipped: who takes it on, who was
// quicker, what waits without a network, what the calendar feed learns of it, and thanks that two alone read.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FailureCode, Help, Id, Plan } from "../../web/src/model/face";
import { until } from "../children";
import { circleOf, meOf } from "../meeting";
import { settled, textsIn, type Device } from "../somebody";
import { somebody } from "./place";
import { newRoad, pair, reopened, secondDevice } from "./road";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const fails = (code: FailureCode) => (error: { code?: string }) => error.code === code;

const of = (who: Device) => who.house.carrying;
const help = (who: Device, room: Id, id: Id): Help | undefined => of(who).helps(room).value.find((one) => one.id === id);
const plan = (who: Device, room: Id, id: Id): Plan | undefined => of(who).plans(room).value.find((one) => one.id === id);
const stands = (who: Device, room: Id, id: Id, state: Help["state"], by: Id | null) =>
  until(`it is ${state}`, () => help(who, room, id)?.state === state && help(who, room, id)!.takenBy === by, 20_000);

test("in a bond one asks, the other takes it on, it is done, and thanks come; it is no line of the talk", { timeout: 60_000 }, async () => {
  const { a, b, room } = await pair("Anke", "Bert");
  const id = await of(a).askHelp(room, { text: "supper on Thursday?", when: Date.now() + DAY });
  await stands(b, room, id, "open", null);
  await assert.rejects(of(a).take(room, id), fails("gone"), "nobody takes on what they asked for");
  await of(b).take(room, id);
  await stands(a, room, id, "taken", meOf(b));
  await assert.rejects(of(a).handBack(room, id), fails("gone"));
  await of(b).handBack(room, id);
  await stands(a, room, id, "open", null);
  await of(b).take(room, id);
  await of(b).done(room, id);
  await stands(a, room, id, "done", meOf(b));
  await of(a).thank(room, id, "it was so good");
  await until("thanks come", () => help(b, room, id)?.thanks[0]?.text === "it was so good", 20_000);
  await assert.rejects(of(b).thank(room, id, "to myself"), fails("gone"));
  for (const who of [a, b]) assert.deepEqual([textsIn(who, room), who.house.asks.mine.value, who.house.asks.forMe.value], [[], [], []]);
  const again = await reopened(b);
  await stands(again, room, id, "done", meOf(b));
});

test("taken back it is gone, but for who had taken it on", { timeout: 60_000 }, async () => {
  const { a, b, room } = await pair("Cora", "Dirk");
  const [one, two] = [await of(a).askHelp(room, { text: "the lawn", when: null }), await of(a).askHelp(room, { text: "the dog", when: null })];
  await stands(b, room, two, "open", null);
  await of(b).take(room, two);
  await stands(a, room, two, "taken", meOf(b));
  await assert.rejects(of(b).takeBack(room, two), fails("gone"));
  await of(a).takeBack(room, one);
  await of(a).takeBack(room, two);
  assert.deepEqual(of(a).helps(room).value, []);
  await stands(b, room, two, "taken-back", meOf(b));
  await until("the other is gone", () => help(b, room, one) === undefined, 20_000);
  assert.equal(help(b, room, two)!.text, "");
});

test("without a network it is asked and taken on all the same, and says where it is", { timeout: 60_000 }, async () => {
  const { a, b, room } = await pair("Edda", "Falk");
  a.online.value = false;
  const id = await of(a).askHelp(room, { text: "a lift", when: null });
  await until("it waits here", () => help(a, room, id)?.state === "open" && help(a, room, id)!.place.is === "unsent", 5_000);
  a.online.value = true;
  a.house.connection.retry();
  await stands(b, room, id, "open", null);
  b.online.value = false;
  await of(b).take(room, id);
  await until("that waits, too", () => help(b, room, id)?.iTook === true && help(b, room, id)!.place.is === "unsent", 5_000);
  assert.equal(help(a, room, id)?.state, "open");
  b.online.value = true;
  b.house.connection.retry();
  await stands(a, room, id, "taken", meOf(b));
  await settled(b);
  assert.equal(help(b, room, id)?.place.is, "sent");
});

test("what was asked long before all that was said since is still found", { timeout: 120_000 }, async () => {
  const { a, b, room } = await pair("Gesa", "Hein");
  const id = await of(a).askHelp(room, { text: "the roof", when: null });
  for (let i = 0; i < 130; i++) await a.house.rooms.log(room).share({ text: `line ${i}`, wish: "none" });
  await until("all has left", () => !a.house.connection.unsent.value, 90_000);
  const phone = await secondDevice(b);
  await stands(phone, room, id, "open", null);
});

test("of two in a circle who take it on at once, without hearing of one another, one has it and both see who", { timeout: 240_000 }, async () => {
  const [ivo, jule, karl] = [await somebody("Ivo"), await somebody("Jule"), await somebody("Karl")] as const;
  const room = await circleOf(ivo, [jule, karl]);
  const id = await of(ivo).askHelp(room, { text: "supper on Thursday?", when: null });
  for (const who of [jule, karl]) await stands(who, room, id, "open", null);
  jule.online.value = karl.online.value = false;
  await of(jule).take(room, id);
  await of(karl).take(room, id);
  assert.deepEqual([help(jule, room, id)?.iTook, help(karl, room, id)?.iTook], [true, true]);
  jule.online.value = karl.online.value = true;
  for (const who of [jule, karl]) who.house.connection.retry();
  for (const who of [jule, karl]) await settled(who);
  const has = await until("one has it", () => help(ivo, room, id)?.takenBy, 20_000);
  for (const who of [ivo, jule, karl]) await stands(who, room, id, "taken", has);
  const [first, second] = has === meOf(jule) ? [jule, karl] : [karl, jule];
  await assert.rejects(of(second).take(room, id), fails("taken"));
  await assert.rejects(of(second).done(room, id), fails("gone"));
  await of(first).done(room, id);
  await stands(second, room, id, "done", has);

  await of(ivo).thank(room, id, "for you alone");
  await until("thanks come", () => help(first, room, id)?.thanks[0]?.text === "for you alone", 20_000);
  await of(ivo).askHelp(room, { text: "and then", when: null });
  await until("all is here", () => of(second).helps(room).value.length === 2, 20_000);
  assert.deepEqual([help(second, room, id)!.thanks, help(ivo, room, id)!.thanks.length], [[], 1]);
});

test("a plan has the last answer of each; a yes puts its time into my feed, and a no takes it out", { timeout: 120_000 }, async () => {
  const { a, b, room } = await pair("Lisa", "Mirk");
  const start = Math.ceil(Date.now() / HOUR) * HOUR + 3 * DAY;
  const id = await of(a).plan(room, { text: "a walk by the river", where: "at the bridge", start, minutes: 90 });
  await until("it is known", () => plan(b, room, id)?.state === "ahead", 20_000);
  assert.deepEqual([plan(b, room, id)!.myAnswer, plan(a, room, id)!.myAnswer, plan(b, room, id)!.where], [null, "yes", "at the bridge"]);
  await of(b).answerPlan(room, id, "maybe");
  await of(b).answerPlan(room, id, "yes");
  await until("she knows", () => plan(a, room, id)?.answers.some(({ person, answer }) => person === meOf(b) && answer === "yes"), 20_000);
  await settled(b);

  // The feed is made only now: what is ahead comes into it.
  await b.house.calendar.make("busy");
  const { address } = b.house.calendar.feed.value!;
  const feed = async () => (await fetch(address)).text();
  const stamp = new Date(start).toISOString().replace(/[-:]|\.\d+/g, "");
  await until("its time is there", async () => (await feed()).includes(`DTSTART:${stamp}`), 20_000);
  assert.ok(!/river|bridge|Lisa|Mirk/.test(await feed()));
  await of(b).answerPlan(room, id, "not-this-time");
  await until("it is out again", async () => !(await feed()).includes(stamp), 20_000);

  const phone = await secondDevice(b, newRoad());
  await until("the phone knows of it", () => plan(phone, room, id)?.myAnswer === "not-this-time" && phone.house.calendar.feed.value?.address === address, 30_000);
  await of(phone).answerPlan(room, id, "yes");
  await until("it is there again", async () => (await feed()).includes(stamp), 20_000);
  await of(a).takeBack(room, id);
  await until("he is told", () => plan(b, room, id)?.state === "taken-back", 20_000);
  await until("it is out for good", async () => !(await feed()).includes(stamp), 20_000);
});
