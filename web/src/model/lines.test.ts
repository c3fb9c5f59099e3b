/* SPDX-License-Identifier: AGPL-3.0-or-later */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Content, Line } from "./face";
import { makeLines, wishOver, type LinesOf } from "./lines";
import type { Seen } from "./logs";
import type { Waiting } from "./outbox";
import { foldThoughts, hiddenThoughts } from "./thoughts";

const ME = "me";
const THEM = "them";
const NOON = new Date(2026, 5, 1, 12).getTime();

function seen(seq: number, author: string, content: Content | null, more: Partial<Seen> = {}): Seen {
  return { seq, id: `e${seq}`, author, at: NOON + seq * 1000, state: content === null ? "erased" : "plain", epoch: 1, target: null, content, refused: null, missingBefore: false, ...more };
}
const share = (text: string): Content => ({ kind: "share", text, wish: "listen", checkin: null, voice: null, note: null });
const takeback = (seq: number, author: string, target: string, at: number): Seen => seen(seq, author, null, { state: "takeback", target, at });

function lines(given: Partial<LinesOf>): Line[] {
  return makeLines({ me: ME, kind: "bond", seen: [], waiting: [], offsetMs: 0, before: () => false, hidden: () => false, fadedBefore: null, ...given });
}
const kinds = (all: readonly Line[]) => all.map((line) => (line.is === "entry" ? line.content.kind : line.is));
const waiting = (id: string, more: Partial<Waiting> = {}): Waiting => ({ id, room: "r", what: "put", at: NOON, content: share("w"), place: { is: "unsent", why: "offline" }, ...more });

test("what waits stands at the end, and is not shown twice once the house has it", () => {
  const all = lines({ seen: [seen(1, THEM, share("a")), seen(2, ME, share("b"))], waiting: [waiting("e2"), waiting("w1")] });
  assert.deepEqual(all.map((line) => line.key), ["e1", "e2", "w1"]);
  assert.ok(all[2]?.is === "entry" && all[2].seq === null && all[2].place.is === "unsent");
});

test("undone within thirty seconds leaves nothing; taken back later leaves a line; before the house knows, too", () => {
  const erased = seen(1, THEM, null);
  assert.deepEqual(lines({ seen: [erased, takeback(2, THEM, "e1", erased.at + 29_000)] }), []);
  assert.deepEqual(kinds(lines({ seen: [erased, takeback(2, THEM, "e1", erased.at + 90_000)] })), ["erased"]);
  assert.deepEqual(kinds(lines({ seen: [erased] })), ["erased"]);
  const mine = seen(1, ME, share("a"));
  assert.deepEqual(lines({ seen: [mine], waiting: [waiting("e1", { what: "takeback", at: mine.at + 5000 })] }), []);
  assert.deepEqual(kinds(lines({ seen: [mine], waiting: [waiting("e1", { what: "takeback", at: mine.at + 95_000 })] })), ["erased"]);
});

test("undo is offered for my own until thirty seconds are over by the device's clock", () => {
  const [mine] = lines({ seen: [seen(1, ME, share("a"))], offsetMs: 5000, before: () => true });
  assert.ok(mine?.is === "entry" && mine.place.is === "sent");
  assert.equal(mine.place.undoUntil, NOON + 1000 - 5000 + 30_000);
  const [theirs] = lines({ seen: [seen(1, THEM, share("a"))], before: () => true });
  assert.ok(theirs?.is === "entry" && theirs.place.is === "sent" && theirs.place.undoUntil === null);
});

test("responses hang on what they answer, each word once a person", () => {
  const word = (seq: number, author: string) => seen(seq, author, { kind: "response", to: "e1", word: "me-too" });
  const all = lines({ seen: [seen(1, ME, share("a")), word(2, THEM), word(3, THEM)] });
  assert.equal(all.length, 1);
  assert.ok(all[0]?.is === "entry");
  assert.deepEqual(all[0].responses.map(({ id, word: said, mine }) => [id, said, mine]), [["e2", "me-too", false]]);
});

test("only the one who was asked answers an ask; the last answer counts", () => {
  const ask = seen(1, THEM, { kind: "ask", what: "talk", when: null, until: NOON, text: "", minutes: null });
  const answer = (seq: number, author: string, said: "yes" | "later") => seen(seq, author, { kind: "answer", to: "e1", answer: said, at: null, text: "" });
  const asked = (given: Seen[]) => {
    const line = lines({ seen: given })[0];
    return line?.is === "entry" ? line.answer?.answer : undefined;
  };
  assert.equal(asked([ask, answer(2, ME, "later"), answer(3, ME, "yes")]), "yes");
  assert.equal(asked([ask, answer(2, THEM, "yes")]), undefined);
});

test("what is not to be believed, what is missing and what is withheld are never words", () => {
  const all = lines({
    seen: [
      seen(1, THEM, null, { state: "plain", refused: "twice" }),
      seen(2, THEM, share("after a gap"), { missingBefore: true }),
      seen(3, THEM, null, { state: "withheld" }),
    ],
  });
  assert.deepEqual(kinds(all), ["untrusted", "missing", "share"]);
});

test("a takeback that does not hold takes nothing back", () => {
  const all = lines({ seen: [seen(1, ME, share("mine")), { ...takeback(2, THEM, "e1", NOON), refused: "other-author" }] });
  assert.deepEqual(kinds(all), ["share", "untrusted"]);
});

test("the wish of their newest share stands over the reply box until I have replied", () => {
  const theirs = [seen(1, THEM, share("first")), seen(2, THEM, share("second"))];
  assert.equal(wishOver(lines({ seen: theirs }))?.id, "e2");
  assert.equal(wishOver(lines({ seen: [...theirs, seen(3, ME, { kind: "reply", to: "e2", text: "yes", voice: null })] })), null);
  assert.equal(wishOver(lines({ seen: [...theirs, seen(3, ME, { kind: "reply", to: "e1", text: "yes", voice: null })] }))?.id, "e2");
  assert.equal(wishOver(lines({ seen: [seen(1, ME, share("mine"))] })), null);
});

test("more than three thoughts of a day fold into the third, and quiet hours hold back what came in them", () => {
  const thought = (seq: number) => seen(seq, THEM, { kind: "thought", text: "" });
  const five = [1, 2, 3, 4, 5].map(thought);
  assert.deepEqual([...foldThoughts(five)], [["e4", "e3"], ["e5", "e3"]]);
  const nextDay = { ...thought(6), at: NOON + 86_400_000 };
  assert.equal(foldThoughts([...five, nextDay]).has("e6"), false);
  const hidden = hiddenThoughts(five, ME, { from: five[1]!.at }, 0);
  assert.deepEqual(five.map(hidden), [false, true, true, true, true]);
  assert.deepEqual(five.map(hiddenThoughts(five, ME, null, 0)), [false, false, false, true, true]);
  assert.equal(hiddenThoughts([seen(1, ME, { kind: "thought", text: "" })], ME, { from: 0 }, 0)(seen(1, ME, { kind: "thought", text: "" })), false);
});
