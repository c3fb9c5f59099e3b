// SPDX-License-Identifier: AGPL-3.0-or-later
// The small acts, with three people: check-ins that stay mine until shared by name, a thought in passing, an ask that is
// always answerable, and that what is between two stays between two.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FailureCode } from "../../web/src/model/face";
import { until } from "../children";
import { bring, choose, reads, settled, textsIn, type Person } from "../somebody";
import { here, somebody, theHouse } from "./place";

const fails = (code: FailureCode) => (error: { code?: string }) => error.code === code;
const HOUR = 3_600_000;

async function three(names: [string, string, string]): Promise<{ a: Person; b: Person; c: Person; ab: string; bc: string }> {
  const { origin } = await theHouse();
  const a = await somebody(names[0]);
  const { newcomer: b, room: ab } = await bring(origin, a, names[1]);
  const c = await somebody(names[2]);
  return { a, b: here(b), c, ab, bc: await choose(b, c) };
}

test("a check-in is mine alone until I share it, in a step of its own, with one of them", async () => {
  const { a, b, c, ab, bc } = await three(["Edda", "Finn", "Gerd"]);
  const id = await b.house.checkins.save({ weight: 8, feelings: ["tired"], opening: "", text: "it is a heavy one" });
  await settled(b);
  assert.deepEqual(b.house.checkins.latest.value?.sharedWith, []);
  assert.deepEqual(textsIn(a, ab), []);
  await b.house.checkins.shareWith(id, [ab], { wish: "stay", text: "just so you know" });
  await reads(a, ab, "just so you know");
  const line = a.house.rooms.log(ab).lines.value.find((one) => one.is === "entry" && one.content.kind === "share");
  assert.ok(line?.is === "entry" && line.content.kind === "share");
  assert.deepEqual(line.content.checkin, { weight: 8, feelings: ["tired"], opening: "", text: "it is a heavy one" });
  await until("it says with whom it is shared", () => b.house.checkins.list.value.find((one) => one.id === id)?.sharedWith.includes(ab));
  assert.deepEqual(textsIn(c, bc), [], "the third hears nothing of it");
  await b.house.checkins.save({ weight: null, feelings: [], opening: "", text: "" });
  assert.equal(b.house.checkins.latest.value?.weight, null, "rather not say is a full answer");
});

test("more support is offered at the level one set, by this device alone, and closed with one press on all of mine", async () => {
  const a = await somebody("Hedda");
  await a.house.checkins.save({ weight: 8, feelings: [], opening: "", text: "" });
  await settled(a);
  assert.equal(a.house.today.care.value, null, "nothing is offered unasked");
  await a.house.settings.set({ supportFrom: 7 });
  await until("it is offered", () => a.house.today.care.value?.kind === "support");
  a.house.today.closeCare();
  await until("it is closed", () => a.house.today.care.value === null);
});

test("a thought takes one touch, arrives, and cannot be used to pester", async () => {
  const { a, b, ab } = await three(["Hana", "Ivan", "Jara"]);
  await b.house.settings.set({ quietHours: { on: false, from: 22, to: 8 } });
  await a.house.thoughts.send(ab, "");
  await until("it arrives", () => b.house.thoughts.received.value.length > 0);
  await a.house.thoughts.send(ab, "the lilac is out");
  await a.house.thoughts.send(ab, "");
  assert.equal(a.house.thoughts.mayThink(ab).value, false);
  await assert.rejects(a.house.thoughts.send(ab, "again"), fails("too-many-today"));
  await settled(a);
});

test("each answer to an ask reaches the asker; silence is told to the asker alone", async () => {
  const { a, b, c, ab, bc } = await three(["Kaja", "Levi", "Mona"]);
  const ask = await a.house.asks.ask(ab, { when: null, until: Date.now() + HOUR, text: "have you ten minutes?" });
  await until("it is asked of the other", () => b.house.asks.forMe.value.some(({ id }) => id === ask));
  const at = Date.now() + 4 * HOUR;
  await b.house.asks.answer(ask, { answer: "later", at, text: "after supper" });
  await until("the answer arrives", () => {
    const state = a.house.asks.mine.value.find(({ id }) => id === ask)?.state;
    return state?.is === "answered" && state.answer === "later" && state.at === at;
  });
  const unheard = await c.house.asks.ask(bc, { when: null, until: Date.now() + 1500, text: "are you there?" });
  await until("it is asked of the other", () => b.house.asks.forMe.value.some(({ id }) => id === unheard));
  await until("only the asker is told", () => c.house.asks.mine.value.find(({ id }) => id === unheard)?.state.is === "unanswered", 20_000, 100);
  assert.ok(c.house.today.came.value.some((came) => came.kind === "unanswered" && came.ask === unheard));
  assert.ok(!b.house.today.came.value.some((came) => came.kind === "unanswered"));
});
