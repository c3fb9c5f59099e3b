// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { ageOf, countriesWithLines, linesOf } from "./helplines";

const now = new Date("2026-11-24T12:00:00");

test("a line checked this year is fresh, and nobody is warned", () => {
  assert.equal(ageOf("2026-06", now), "fresh");
  assert.equal(ageOf("2025-11", now), "fresh");
});

test("a line older than twelve months is warned about", () => {
  assert.equal(ageOf("2025-10", now), "old");
  assert.equal(ageOf("2024-11-01", now), "old");
});

test("a line older than twenty-four months is folded away", () => {
  assert.equal(ageOf("2024-10", now), "too-old");
  assert.equal(ageOf("2023", now), "too-old");
});

test("a year alone counts from its end", () => {
  assert.equal(ageOf("2024", now), "old");
});

test("a line without a date is warned about", () => {
  assert.equal(ageOf(null, now), "old");
});

test("every number that can be dialled has only what a phone can dial", () => {
  const dials = countriesWithLines().flatMap((iso) => linesOf(iso).flatMap((line) => line.numbers.map((number) => number.dial)));
  assert.ok(dials.length > 200);
  for (const dial of dials) if (dial !== null) assert.match(dial, /^[+*]?\d[\d*#]{1,14}$/);
});

test("every line names its source and a way to get through", () => {
  for (const line of countriesWithLines().flatMap(linesOf)) {
    assert.ok(line.source, line.service);
    assert.ok(line.numbers.length > 0 || line.chat || line.web, line.service);
  }
});
