// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Kept, PageWords } from "../../model/face";
import { dayOf, isDay, noonOf, sayMonth } from "./days";
import { byMonth, feelingsIn, monthsIn } from "./grouping";
import { joined } from "./joined";
import { chosenText, piecesOf } from "./lines";
import { leftOf, nextSitting, sittingOfPrompt, spokenBetween } from "./sitting";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const kept = (id: string, day: string, more: Partial<Kept> = {}): Kept => ({
  id, kind: "page", day, at: noonOf(day), first: id, feelings: [], weight: null, weightAfter: null, hasVoice: false, prompt: "",
  to: "", until: null, sharedWith: [], twoVersions: false, ...more,
});

test("a day is the one on the writer's calendar, to midnight and back", () => {
  assert.equal(dayOf(new Date(2026, 10, 24, 23, 59).getTime()), "2026-11-24");
  assert.equal(dayOf(noonOf("2026-03-29")), "2026-03-29");
  assert.equal(sayMonth("2026-11"), "November 2026");
  assert.ok(isDay("2024-02-29"));
  for (const wrong of ["", "2026-02-31", "2026-13-01", "24.11.2026"]) assert.equal(isDay(wrong), false, wrong);
});

test("what was kept stands under its month, and each day is named once", () => {
  const months = byMonth([kept("c", "2026-11-02"), kept("b", "2026-11-02"), kept("a", "2026-10-31")]);
  assert.deepEqual(months.map(({ month }) => month), ["2026-11", "2026-10"]);
  assert.deepEqual(months[0]?.rows.map(({ firstOfDay }) => firstOfDay), [true, false]);
  assert.equal(months[1]?.rows[0]?.firstOfDay, true);
  assert.deepEqual(byMonth([]), []);
});

test("months and feelings to choose from are each offered once", () => {
  const all = [kept("b", "2026-11-02", { feelings: ["sad", "calm"] }), kept("a", "2026-11-01", { feelings: ["sad", "like rain"] })];
  assert.deepEqual(monthsIn(all), ["2026-11"]);
  assert.deepEqual(feelingsIn(all), ["sad", "calm", "like rain"]);
});

test("a page falls into its lines, and all of them make the page again", () => {
  const text = "First line.\nSecond line.\n\nA new paragraph.\r\n\r\n\r\nThe end.";
  const pieces = piecesOf(text);
  assert.deepEqual(pieces.map(({ text }) => text), ["First line.", "Second line.", "A new paragraph.", "The end."]);
  assert.equal(chosenText(pieces, new Set([0, 1, 2, 3])), "First line.\nSecond line.\n\nA new paragraph.\n\nThe end.");
});

test("what is left out leaves no mark, and the order is the page's", () => {
  const pieces = piecesOf("One.\nTwo.\nThree.\nFour.");
  assert.equal(chosenText(pieces, new Set([3, 0, 1])), "One.\nTwo.\n\nFour.");
  assert.equal(chosenText(pieces, new Set([2])), "Three.");
  assert.equal(chosenText(pieces, new Set()), "");
});

test("a page in one line falls into its sentences", () => {
  const pieces = piecesOf("I slept badly. The cat came at four! Was it the moon?");
  assert.deepEqual(pieces.map(({ text }) => text), ["I slept badly.", "The cat came at four!", "Was it the moon?"]);
  assert.equal(chosenText(pieces, new Set([0, 1])), "I slept badly. The cat came at four!");
  assert.deepEqual(piecesOf("   \n "), []);
});

test("the clock has few words", () => {
  assert.deepEqual([20, 15.01, 15, 11, 10, 5, 2.5, 2, 0.5, 0, -3].map((minutes) => leftOf(minutes * MINUTE)), [20, 20, 15, 15, 10, 5, 5, "two", "two", "end", "end"]);
});

test("the clock speaks aloud twice: at half, and two minutes before the end", () => {
  const said: string[] = [];
  for (let left = 15 * MINUTE; left > -2 * MINUTE; left -= 1000) {
    const word = spokenBetween(left, left - 1000, 15 * MINUTE);
    if (word) said.push(word);
  }
  assert.deepEqual(said, ["half", "two"]);
  assert.equal(spokenBetween(14 * MINUTE, MINUTE, 15 * MINUTE), "two", "a device that slept says only what still helps");
});

test("four sittings belong to a round, and a round long ago stands in nobody's way", () => {
  const now = noonOf("2026-11-24");
  const sitting = (number: number, daysAgo: number) => kept(`s${number}${daysAgo}`, "2026-11-01", { prompt: `guided:${number}`, at: now - daysAgo * DAY });
  assert.equal(nextSitting([], now), 1);
  assert.equal(nextSitting([sitting(1, 3), kept("x", "2026-11-01", { prompt: "now.room" })], now), 2);
  assert.equal(nextSitting([1, 2, 3, 4].map((number) => sitting(number, 9 - number)), now), null);
  assert.equal(nextSitting([1, 2, 3, 4].map((number) => sitting(number, 200)), now), 1);
  assert.equal(sittingOfPrompt("guided:3"), 3);
  assert.equal(sittingOfPrompt("guided:9"), null);
});

const page = (text: string, more: Partial<PageWords> = {}): PageWords => ({
  text, day: "2026-11-24", feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null, ...more,
});

test("two versions make one page: no word is lost, and what is the same stands once", () => {
  const one = page("Morning.\nThe kettle sang.\nNight.", { feelings: ["calm"], weight: 4 });
  const other = page("Morning.\nThe train was late.\nNight.", { feelings: ["calm", "tired"], day: "2026-11-25" });
  const both = joined([one, other]);
  assert.equal(both.text, "Morning.\nThe kettle sang.\n\nThe train was late.\nNight.");
  assert.deepEqual(both.feelings, ["calm", "tired"]);
  assert.equal(both.weight, 4);
  assert.equal(both.day, "2026-11-25");
});

test("versions that only add, that are the same, or that share nothing join as well", () => {
  const text = (...texts: string[]) => joined(texts.map((one) => page(one))).text;
  assert.equal(text("One.", "One.\nTwo."), "One.\nTwo.");
  assert.equal(text("Same.", "Same."), "Same.");
  assert.equal(text("Here.", "There."), "Here.\n\nThere.");
  assert.equal(text("", "Only here."), "Only here.");
  assert.equal(text("a\na", "a\na\na"), "a\na\na");
});
