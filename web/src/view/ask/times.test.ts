// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLocalField, offeredTimes, offeredUntil, toLocalField } from "./times";

const at = (hour: number, minute = 0, day = 25) => new Date(2026, 10, day, hour, minute).getTime();
const choices = (list: readonly { choice: string }[]) => list.map(({ choice }) => choice);

test("this evening is offered only while it is still to come", () => {
  assert.deepEqual(choices(offeredTimes(at(9))), ["evening", "tomorrow"]);
  assert.deepEqual(choices(offeredTimes(at(18, 45))), ["tomorrow"]);
});

test("nobody is asked to answer after the time to talk", () => {
  assert.deepEqual(choices(offeredUntil(at(9), null)), ["hour", "tonight", "tomorrow"]);
  assert.deepEqual(choices(offeredUntil(at(9), at(19))), ["then", "hour"]);
  assert.deepEqual(choices(offeredUntil(at(9), at(10, 0, 26))), ["then", "hour", "tonight"]);
  assert.deepEqual(choices(offeredUntil(at(9), at(9, 30))), ["then"]);
});

test("a field of day and time keeps the minute, and nothing whole is nothing", () => {
  assert.equal(fromLocalField(toLocalField(at(19, 5))), at(19, 5));
  assert.equal(fromLocalField(""), null);
});
