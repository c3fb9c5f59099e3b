/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Who has what, from every order in which entries can stand and wait. How they travel is told in tests/story/carrying.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { toId } from "../lib/id";
import { helpsOf, plansOf, type FoldOf } from "./carrying_fold";
import { feedChanges } from "./carrying_feed";
import type { Content, Help, Id, Place, Plan } from "./face";
import type { Seen } from "./logs";
import type { Waiting } from "./outbox";

const id = (n: number): Id => toId(new Uint8Array(16).fill(n));
const [ROOM, ASKER, ONE, TWO, ASK, PLAN] = [id(1), id(2), id(3), id(4), id(5), id(6)] as const;
const NOW = 1_760_000_000_000;
const DAY = 86_400_000;
const UNSENT: Place = { is: "unsent", why: "offline" };
const REFUSED: Place = { is: "refused", why: "unexpected" };

type Step = [author: Id, content: Content, more?: { readonly id?: Id; readonly at?: number }];
type Waits = [content: Content, place?: Place, id?: Id];

/** A log in this order, as ME knows it, and what waits. */
function given(me: Id, log: readonly Step[], waits: readonly Waits[] = [], more: Partial<FoldOf> = {}): FoldOf {
  const seen = log.map(([author, content, { id: own, at } = {}], i): Seen => ({
    seq: i + 1, id: own ?? id(100 + i), author, at: at ?? NOW - DAY + i, state: "plain", target: null, content, refused: null, missingBefore: false, epoch: 1,
  }));
  const waiting = waits.map(([content, place = UNSENT, own], i): Waiting => ({ id: own ?? id(200 + i), room: ROOM, what: "put", at: NOW, content, place }));
  return { me, seen, waiting, offsetMs: 0, before: (t) => NOW < t, blocked: [], ...more };
}

const ask = (when: number | null = null): Content => ({ kind: "ask", what: "help", when, until: 0, text: "supper", minutes: null });
const asked: Step = [ASKER, ask(), { id: ASK }];
const step = (what: "take" | "back" | "done"): Content => ({ kind: "taking", to: ASK, step: what });
const helps = (of: FoldOf): Help[] => helpsOf(ROOM, of);
const only = (of: FoldOf): Help => helps(of)[0]!;
const told = (of: FoldOf) => helps(of).map(({ state, takenBy }) => [state, takenBy]);

test("who takes first, by the house's order, has it; who comes second has nothing to hand back", () => {
  const log: Step[] = [asked, [TWO, step("take")], [ONE, step("take")]];
  for (const me of [ASKER, ONE, TWO]) assert.deepEqual(told(given(me, log)), [["taken", TWO]]);
  assert.deepEqual([only(given(TWO, log)).iTook, only(given(ONE, log)).iTook], [true, false]);
  assert.deepEqual(told(given(ONE, [...log, [ONE, step("back")]])), [["taken", TWO]]);
});

test("handed back it is open again, and then the next has it", () => {
  const log: Step[] = [asked, [ONE, step("take")], [ONE, step("back")]];
  assert.deepEqual(told(given(TWO, log)), [["open", null]]);
  assert.deepEqual(told(given(TWO, [...log, [TWO, step("take")]])), [["taken", TWO]]);
});

test("only who has it or who asked says that it is done; after that nothing changes", () => {
  const log: Step[] = [asked, [ONE, step("take")]];
  assert.deepEqual(told(given(ASKER, [...log, [TWO, step("done")]])), [["taken", ONE]]);
  for (const who of [ONE, ASKER]) assert.deepEqual(told(given(TWO, [...log, [who, step("done")], [ONE, step("back")], [TWO, step("take")]])), [["done", ONE]]);
  assert.deepEqual(told(given(TWO, [asked, [ASKER, step("done")]])), [["done", null]], "it had no need any more");
});

test("who asks does not take it on, and steps to other things are none to this", () => {
  assert.deepEqual(told(given(ONE, [asked, [ASKER, step("take")], [ONE, { kind: "taking", to: PLAN, step: "take" }]])), [["open", null]]);
  assert.deepEqual(told(given(ONE, [asked, [ONE, { kind: "ask", what: "talk", when: null, until: 0, text: "", minutes: null }]])), [["open", null]]);
});

test("what waits shows at once and says where it is; what the house refused changes nothing", () => {
  const mine = only(given(ONE, [asked], [[step("take")]]));
  assert.deepEqual([mine.state, mine.iTook, mine.place], ["taken", true, UNSENT]);
  assert.deepEqual(told(given(ONE, [asked, [TWO, step("take")]], [[step("take")]])), [["taken", TWO]]);
  assert.deepEqual(told(given(ONE, [asked], [[step("take"), REFUSED]])), [["open", null]]);
  const own = only(given(ASKER, [], [[ask(), REFUSED, ASK]]));
  assert.deepEqual([own.state, own.mine, own.place], ["open", true, REFUSED]);
});

test("taken back, it is gone for all but who had taken it on", () => {
  const back: Partial<Seen> = { state: "takeback", target: ASK, content: null };
  for (const [me, expected] of [[ONE, [["taken-back", ONE]]], [TWO, []], [ASKER, []]] as const) {
    const of = given(me, [asked, [ONE, step("take")], [ASKER, { kind: "unknown" }]]);
    const seen = of.seen.map((one, i): Seen => (i === 0 ? { ...one, state: "erased", content: null } : i === 2 ? { ...one, ...back } : one));
    assert.deepEqual(told({ ...of, seen }), expected);
  }
  const waiting: Waiting = { id: ASK, room: ROOM, what: "takeback", at: NOW, content: { kind: "unknown" }, place: UNSENT };
  assert.deepEqual(told({ ...given(ASKER, [asked, [ONE, step("take")]]), waiting: [waiting] }), [], "at once, on this device");
});

test("thanks are between two: who gives them and who did it, in a box or not", () => {
  const thanks: Content = { kind: "thanks", to: ASK, text: "so good" };
  const log: Step[] = [asked, [ONE, step("take")], [ONE, step("done")], [ASKER, thanks], [ONE, thanks]];
  for (const [me, expected] of [[ONE, [{ by: ASKER, text: "so good" }]], [ASKER, [{ by: ASKER, text: "so good" }]], [TWO, []]] as const) {
    assert.deepEqual(only(given(me, log)).thanks, expected);
  }
  const boxed: Content = { kind: "aside", to: ONE, said: { kind: "thanks", to: ASK, text: "in a box" } };
  assert.deepEqual(only(given(ONE, [...log.slice(0, 3), [TWO, boxed]])).thanks, [{ by: TWO, text: "in a box" }]);
});

test("open ones first, then taken, then done; what is long over is not shown", () => {
  const one = (n: number, more: Step[2] = {}, when: number | null = null): Step => [ASKER, ask(when), { id: id(n), ...more }];
  const on = (n: number, what: "take" | "done", at = NOW - DAY): Step => [ONE, { kind: "taking", to: id(n), step: what }, { at }];
  const log: Step[] = [one(10), on(10, "take"), on(10, "done"), one(11), on(11, "take"), one(12), one(13), one(14, { at: NOW - 60 * DAY }), on(14, "take"), on(14, "done", NOW - 15 * DAY), one(15, {}, NOW - 15 * DAY), one(16, { at: NOW - 60 * DAY })];
  assert.deepEqual(helps(given(TWO, log)).map((help) => [help.id, help.state]), [[id(13), "open"], [id(12), "open"], [id(16), "open"], [id(11), "taken"], [id(10), "done"]]);
});

test("what failed a check is nobody's word, nor is what comes from whom I block", () => {
  const of = given(TWO, [asked, [ONE, step("take")]]);
  assert.deepEqual(told({ ...of, seen: of.seen.map((seen, i) => (i === 1 ? { ...seen, refused: "order", content: null } : seen)) }), [["open", null]]);
  assert.deepEqual(told({ ...of, blocked: [ASKER] }), []);
});

// ── Plans ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const plan = (start: number, own = PLAN): Step => [ASKER, { kind: "plan", text: "a walk", where: "", start, minutes: 60 }, { id: own }];
const going = (answer: "yes" | "maybe" | "not-this-time", to = PLAN): Content => ({ kind: "going", to, answer });
const plans = (of: FoldOf): Plan[] => plansOf(ROOM, of);

test("each person's last answer counts, and mine that waits", () => {
  const log: Step[] = [plan(NOW + DAY), [ONE, going("maybe")], [TWO, going("yes")], [ONE, going("not-this-time")]];
  const [seen] = plans(given(ONE, log, [[going("yes")]])) as [Plan];
  assert.deepEqual(seen.answers, [{ person: ONE, answer: "yes" }, { person: TWO, answer: "yes" }]);
  assert.deepEqual([seen.myAnswer, seen.place, seen.state], ["yes", UNSENT, "ahead"]);
  assert.equal(plans(given(ONE, log, [[going("yes"), REFUSED]]))[0]!.myAnswer, "not-this-time");
});

test("ahead ones by their time, then past ones of two weeks, then those taken back from who may be on the way", () => {
  const [gone, back] = [id(31), id(32)];
  const log: Step[] = [plan(NOW + 3 * DAY, id(20)), plan(NOW + DAY, id(21)), plan(NOW - DAY, id(22)), plan(NOW - 2 * DAY, id(23)), plan(NOW - 15 * DAY, id(24)), [ONE, going("yes", gone)], [ONE, going("not-this-time", back)]];
  const of = given(ONE, log);
  const takebacks = [gone, back].map((target, i): Seen => ({ ...of.seen[0]!, seq: 90 + i, id: id(190 + i), state: "takeback", target, content: null }));
  const shown = plans({ ...of, seen: [...of.seen, ...takebacks] }).map((one) => [one.id, one.state]);
  assert.deepEqual(shown, [[id(21), "ahead"], [id(20), "ahead"], [id(22), "past"], [id(23), "past"], [gone, "taken-back"]]);
});

// ── The calendar feed ─────────────────────────────────────────────────────────────────────────────────────────────────

const planned = (n: number, more: Partial<Plan> = {}): Plan => ({
  id: id(n), room: ROOM, by: ASKER, mine: false, text: "a walk", where: "", start: NOW + DAY, minutes: 60, answers: [], myAnswer: "yes", state: "ahead", place: { is: "sent", undoUntil: null }, ...more,
});

test("yeses ahead are put, once; a no and a plan taken back are removed; what is not known here is left alone", () => {
  const first = feedChanges({}, [planned(1), planned(2, { myAnswer: "maybe" }), planned(3, { state: "past", start: NOW - DAY }), planned(4, { place: REFUSED })], true, NOW);
  assert.deepEqual([first.put.map((one) => one.id), first.remove], [[id(1)], []]);
  const held = { [id(1)]: `${NOW + DAY}/60`, [id(2)]: `${NOW + DAY}/60`, [id(3)]: `${NOW + DAY}/60`, [id(9)]: `${NOW + DAY}/60` };
  const next = feedChanges(held, [planned(1), planned(2, { myAnswer: "not-this-time" }), planned(3, { state: "taken-back" })], true, NOW);
  assert.deepEqual([next.put, next.remove], [[], [id(2), id(3)]]);
  assert.deepEqual(feedChanges(held, [], false, NOW).remove, Object.keys(held), "without a feed the house keeps no time");
});
