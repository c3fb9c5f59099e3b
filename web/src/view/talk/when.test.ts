// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sayClock, sayWhen } from "./when";
import { bringInside } from "../../i18n";

before(bringInside);

const now = new Date(2026, 10, 25, 20, 0).getTime(); // a Wednesday evening
const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 30).getTime();

test("what was said is told in parts of the day", () => {
  assert.equal(sayWhen(now - 60_000, now), "just now");
  assert.equal(sayWhen(now - 20 * 60_000, now), "a little while ago");
  assert.equal(sayWhen(at(25, 9), now), "this morning");
  assert.equal(sayWhen(at(24, 19), now), "yesterday evening");
  assert.equal(sayWhen(at(23, 2), now), "early on Monday");
  assert.equal(sayWhen(at(22, 14), now), "on Sunday afternoon");
  assert.match(sayWhen(at(3, 14), now), /^on .*3/);
});

test("a clock that runs ahead makes nothing come from the future", () => {
  assert.equal(sayWhen(now + 60_000, now), "just now");
});

test("a time that two people agree on has its hour, before and after now", () => {
  assert.match(sayClock(at(25, 21), now), /^today at .*30/);
  assert.match(sayClock(at(26, 10), now), /^tomorrow at 10:30/);
  assert.match(sayClock(at(24, 10), now), /^yesterday at 10:30/);
  assert.match(sayClock(at(28, 10), now), /^on Saturday at 10:30/);
});
