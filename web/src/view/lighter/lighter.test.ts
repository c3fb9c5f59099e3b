// SPDX-License-Identifier: AGPL-3.0-or-later
// The picture says what was noted and no more: days without a word stay empty, months without any are one gap, words of a week
// stand once. And the files hold nothing that a program could run.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Kept } from "../../model/face";
import { draw, drawKey, type Shape } from "./drawing";
import { toCsv, toSvg } from "./files";
import { firstDay, noted, partsOf, weekOf, within, type Part, type Strip } from "./strips";

const MONDAY = 1;
const TODAY = "2026-11-24"; // a Tuesday

function kept(day: string, weight: number | null, more: Partial<Kept> = {}): Kept {
  const at = Date.parse(`${day}T12:00:00Z`);
  return { id: `${day}/${weight}`, kind: "checkin", day, at, first: "", feelings: [], weight, weightAfter: null, hasVoice: false, prompt: "", to: "", until: null, sharedWith: [], twoVersions: false, ...more };
}

const strips = (parts: readonly Part[]): Strip[] => parts.flatMap((part) => (part.is === "strip" ? [part.strip] : []));
const frame = { width: 310, letter: 14, top: "top", bottom: "bottom", label: (day: string) => (day.endsWith("1") ? day : "") };
const of = (shapes: readonly Shape[], look: string) => shapes.filter((shape) => shape.look === look);

test("what has neither weight nor feeling, and every letter, is left out", () => {
  const list = [kept("2026-11-01", 3), kept("2026-11-02", null), kept("2026-11-03", null, { feelings: ["calm"] }), kept("2026-11-04", null, { kind: "letter", feelings: ["sad"] })];
  assert.deepEqual(noted(list).map(({ day }) => day), ["2026-11-01", "2026-11-03"]);
});

test("four weeks begin with a week, wherever weeks begin", () => {
  assert.equal(weekOf(TODAY, MONDAY), "2026-11-23");
  assert.equal(firstDay("weeks", [], TODAY, MONDAY), "2026-11-02");
  assert.equal(firstDay("weeks", [], TODAY, 0), "2026-11-01");
  assert.equal(firstDay("weeks", [], TODAY, 6), "2026-10-31");
  assert.equal(firstDay("months", [], TODAY, MONDAY), "2026-08-01");
  assert.equal(firstDay("year", [], TODAY, MONDAY), "2025-11-01");
  assert.equal(firstDay("months", [], "2026-02-10", MONDAY), "2025-11-01");
  assert.deepEqual(within("weeks", [kept("2026-11-01", 1), kept("2026-11-02", 1)], TODAY, MONDAY).map(({ day }) => day), ["2026-11-02"]);
});

test("months stand newest first; those without anything are one gap, and none before the first", () => {
  const parts = partsOf("all", [kept("2026-11-03", 3), kept("2026-06-30", 4), kept("2026-05-01", null, { feelings: ["calm"] })], TODAY, MONDAY);
  assert.deepEqual(parts.map((part) => (part.is === "strip" ? part.strip.from : `${part.from}/${part.to}`)), ["2026-11-01", "2026-07/2026-10", "2026-06-01", "2026-05-01"]);
  assert.equal(strips(parts)[1]!.days.length, 30);
});

test("the words of a week stand once, in the order they came; a week over two months is told in both", () => {
  const list = [kept("2026-11-01", null, { feelings: ["tired"] }), kept("2026-10-30", 2, { feelings: ["calm", "sad"] }), kept("2026-10-28", 2, { feelings: ["sad"] })];
  const [november, october] = strips(partsOf("months", list, TODAY, MONDAY));
  assert.deepEqual(october!.weeks, [{ from: "2026-10-26", to: "2026-10-31", feelings: ["sad", "calm"] }]);
  assert.deepEqual(november!.weeks, [{ from: "2026-11-01", to: "2026-11-01", feelings: ["tired"] }]);
});

test("a day with several moments shows each, within its day; no line joins two days", () => {
  const list = [kept("2026-11-03", 3), kept("2026-11-03", 7, { id: "b" }), kept("2026-11-04", 0), kept("2026-11-20", 10)];
  const [strip] = strips(partsOf("months", list, TODAY, MONDAY));
  const { shapes } = draw(strip!, frame);
  const dots = of(shapes, "dot") as { x: number; y: number; r: number }[];
  assert.equal(dots.length, 4);
  const column = frame.width / 30;
  assert.ok(dots.slice(0, 2).every(({ x }) => x > 2 * column && x < 3 * column));
  assert.ok(dots[3]!.y < dots[1]!.y && dots[1]!.y < dots[0]!.y && dots[0]!.y < dots[2]!.y, "heavier stands higher");
  assert.equal(of(shapes, "shaft").length, 0);
  assert.equal(of(shapes, "guide").length, 2);
});

test("before and after are a ring and an arrow that points to after; the same twice is a ring with a dot", () => {
  const page = (day: string, weight: number, weightAfter: number) => kept(day, weight, { kind: "page", weightAfter });
  const [strip] = strips(partsOf("months", [page("2026-11-03", 8, 2), page("2026-11-05", 2, 8), page("2026-11-07", 4, 4)], TODAY, MONDAY));
  const { shapes } = draw(strip!, frame);
  assert.deepEqual([of(shapes, "ring").length, of(shapes, "head").length, of(shapes, "dot").length], [3, 2, 1]);
  const tips = (of(shapes, "head") as { d: string }[]).map(({ d }) => Number(d.match(/M[\d.]+ ([\d.]+)/)![1]));
  const rings = (of(shapes, "ring") as { y: number }[]).map(({ y }) => y);
  assert.ok(tips[0]! > rings[0]! && tips[1]! < rings[1]!);
});

test("a page with only one of the two is one moment", () => {
  const [strip] = strips(partsOf("months", [kept("2026-11-03", null, { weightAfter: 6 })], TODAY, MONDAY));
  assert.deepEqual(strip!.marks, [{ day: "2026-11-03", weight: 6, after: null }]);
});

test("labels do not run into one another", () => {
  const [strip] = strips(partsOf("months", [kept("2026-11-03", 3)], TODAY, MONDAY));
  const texts = of(draw(strip!, { ...frame, letter: 30, label: (day) => day }).shapes, "letters") as { x: number; words: string }[];
  const labels = texts.filter(({ words }) => words.startsWith("2026"));
  labels.forEach((label, i) => i > 0 && assert.ok(label.x - labels[i - 1]!.x > label.words.length * 15));
});

test("ten years of days are drawn in a moment", () => {
  const list = Array.from({ length: 3650 }, (_, i) => kept(new Date(Date.UTC(2026, 10, 24) - i * 86_400_000).toISOString().slice(0, 10), i % 11));
  const began = performance.now();
  const drawn = strips(partsOf("all", list, TODAY, MONDAY)).map((strip) => draw(strip, frame));
  assert.ok(drawn.length >= 120 && performance.now() - began < 2_000);
});

test("the SVG stands alone, and words in it cannot become anything else", () => {
  const colours = { paper: "#fff", ink: "#000", soft: "#555", line: "#888", mark: "#164" };
  const [strip] = strips(partsOf("months", [kept("2026-11-03", 3)], TODAY, MONDAY));
  const { svg } = toSvg([{ is: "strip", words: "</text><script>alert(1)</script>", drawing: draw(strip!, frame) }, { is: "words", words: "a gap & more" }, { is: "key", words: "a moment", drawing: drawKey({ weight: 5, after: null }, 15) }], 15, colours);
  assert.ok(!/<script|href|url\(|@import|class=|style=/.test(svg));
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="370"/);
  assert.match(svg, /&#60;\/text&#62;/);
});

test("the CSV keeps formulas from running, and quotes what must be quoted", () => {
  const csv = toCsv([["Day", "Feelings"], ["2026-11-03", "=HYPERLINK(\"x\")"], ["-1", "+1"], ["@a", "\ttab"], ["a, b", "two\nlines"], ["plain", "\u00e9"]]);
  assert.equal(csv, "\ufeffDay,Feelings\r\n2026-11-03,\"'=HYPERLINK(\"\"x\"\")\"\r\n'-1,'+1\r\n'@a,'\ttab\r\n\"a, b\",\"two\nlines\"\r\nplain,\u00e9\r\n");
});
