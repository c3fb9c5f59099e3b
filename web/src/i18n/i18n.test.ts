// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { bringInside, formatDay, t, tNodes } from "./index";

before(bringInside);

test("a gap is filled", () => {
  assert.equal(t("arrive.step", { number: 2, of: 5 }), "Step 2 of 5");
});

test("a number picks its form", () => {
  assert.match(t("settings.lockMinutes", { count: 1 }), /^1 minute$/);
  assert.match(t("settings.lockMinutes", { count: 15 }), /^15 minutes$/);
});

test("what a person wrote is never read as a gap", () => {
  assert.equal(t("arrive.invitedBy", { name: "{count}" }), "{count} invites you");
});

test("elements stand in the gaps", () => {
  const element = { an: "element" };
  assert.deepEqual(tNodes("arrive.invitedBy", { name: element }), ["", element, " invites you"]);
});

test("days are named from near to far", () => {
  const now = new Date("2026-11-24T10:00:00").getTime();
  assert.equal(formatDay(new Date("2026-11-24T01:00:00").getTime(), now), "Today");
  assert.equal(formatDay(new Date("2026-11-23T23:59:00").getTime(), now), "Yesterday");
  assert.equal(formatDay(new Date("2026-11-20T12:00:00").getTime(), now), "Friday");
  assert.match(formatDay(new Date("2026-11-03T12:00:00").getTime(), now), /3|November/);
  assert.match(formatDay(new Date("2025-11-03T12:00:00").getTime(), now), /2025/);
});
