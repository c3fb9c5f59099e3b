// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { countShift } from "./quick-exit";

test("Shift three times within five seconds leaves", () => {
  const enough = countShift();
  assert.equal(enough("Shift", false, 0), false);
  assert.equal(enough("Shift", false, 2000), false);
  assert.equal(enough("Shift", false, 4900), true);
});

test("Shift three times in more than five seconds does not leave", () => {
  const enough = countShift();
  enough("Shift", false, 0);
  enough("Shift", false, 3000);
  assert.equal(enough("Shift", false, 5000), false);
});

test("Shift held down counts once", () => {
  const enough = countShift();
  enough("Shift", false, 0);
  enough("Shift", true, 100);
  assert.equal(enough("Shift", true, 200), false);
});

test("writing capital letters never leaves", () => {
  const enough = countShift();
  for (let at = 0; at < 2000; at += 100) {
    assert.equal(enough("Shift", false, at), false);
    assert.equal(enough("A", false, at + 50), false);
  }
});
