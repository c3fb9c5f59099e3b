/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What the device offers by itself, decided from what is kept: never without the person's own level, never for little.
import assert from "node:assert/strict";
import { test } from "node:test";
import { heavyToday, oftenShared, otherSide } from "./care";
import type { Kept } from "./face";

const DAY = 86_400_000;
const NOON = new Date(2026, 10, 24, 12).getTime();
let ids = 0;

const kept = (ago: number, more: Partial<Kept> = {}): Kept => ({
  id: `${++ids}`, kind: "checkin", day: "", at: NOON - ago * DAY, first: "", feelings: [], weight: null, weightAfter: null, hasVoice: false,
  prompt: "", to: "", until: null, sharedWith: [], twoVersions: false, ...more,
});

test("more support is offered from the person's own level, by the newest weight of today", () => {
  assert.equal(heavyToday([kept(0, { weight: 10 })], null, NOON), null);
  assert.equal(heavyToday([kept(0, { weight: 6 })], 7, NOON), null);
  assert.equal(heavyToday([kept(0, { weight: 7 })], 7, NOON)?.weight, 7);
  assert.equal(heavyToday([kept(1, { weight: 10 })], 7, NOON), null, "yesterday is over");
  assert.equal(heavyToday([kept(0.1, { weight: 9 }), kept(0.05, { weight: 3 })], 7, NOON), null, "it is lighter by now");
  assert.equal(heavyToday([kept(0.1, { weight: 9, weightAfter: 4 })], 7, NOON), null, "it was lighter after writing");
  assert.equal(heavyToday([kept(0.1, { weight: 8 }), kept(0.05)], 7, NOON)?.weight, 8, "what says no weight changes nothing");
});

test("another way is offered when one feeling was shared often, over weeks; never for what was kept to oneself", () => {
  const shared = (ago: number, ...feelings: string[]) => kept(ago, { feelings, sharedWith: ["room"] });
  const often = [1, 3, 8, 10, 16].map((ago) => shared(ago, "tired"));
  assert.equal(oftenShared(often, NOON), "tired");
  assert.equal(oftenShared(often.slice(1), NOON), null, "four times is not often");
  assert.equal(oftenShared([1, 2, 3, 4, 8].map((ago) => shared(ago, "tired")), NOON), null, "two weeks are not weeks");
  assert.equal(oftenShared(often.map((one) => ({ ...one, sharedWith: [] })), NOON), null);
  assert.equal(oftenShared([29, 36, 43, 50, 57].map((ago) => shared(ago, "tired")), NOON), null, "long ago");
});

test("to receive is offered where of late only giving was noted, and the other way round; never for little, nor where both were", () => {
  const gifts = (way: "gave" | "received", ...ago: number[]) => ago.map((days) => ({ way, at: NOON - days * DAY }));
  assert.equal(otherSide(gifts("gave", 1, 2, 9, 16, 20), NOON), "receive");
  assert.equal(otherSide(gifts("received", 1, 2, 9, 16, 20), NOON), "give");
  assert.equal(otherSide(gifts("gave", 1, 2, 9, 16), NOON), null);
  assert.equal(otherSide(gifts("gave", 1, 2, 9, 16, 40), NOON), null, "long ago");
  assert.equal(otherSide([...gifts("gave", 1, 2, 9, 16, 20), ...gifts("received", 3)], NOON), null);
  assert.equal(otherSide([...gifts("gave", 1, 2, 9, 16, 20), ...gifts("received", 40)], NOON), "receive");
});
