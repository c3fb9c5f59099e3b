/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The model's small pure pieces: links, roads, settings, quiet hours, the clock, strength, joining of vault items.
import assert from "node:assert/strict";
import { test } from "node:test";
import { computed, effect } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import { CryptoError } from "../crypto/face";
import { toBase64url } from "../lib/base64url";
import { createClock } from "./clock";
import type { SettingsValues } from "./face";
import { toFailure } from "./failure";
import { secretIn } from "./invites";
import { roadsTo } from "./people";
import { quietAround, readSettings } from "./settings";
import { strengthOf } from "./strength";
import { join } from "./vault";

const fails = (code: string) => (error: { code?: string }) => error.code === code;

test("a link is read whole, by its path, or by its secret alone; a link of elsewhere is not", () => {
  const secret = new Uint8Array(32).fill(7);
  const text = toBase64url(secret);
  for (const link of [`https://a.test/join#${text}`, `/join#${text}`, `#${text}`, text, `  ${text}\n`]) assert.deepEqual(secretIn(link, "https://a.test"), secret);
  for (const link of [`https://b.test/join#${text}`, `https://a.test/other#${text}`, "https://a.test/join", "", text.slice(1), `${text}!`]) {
    assert.throws(() => secretIn(link, "https://a.test"), fails("bad-link"), link);
  }
});

test("roads out of the house carry the words and nothing that was smuggled into a number", () => {
  const person = { id: "x", name: "Ada", phone: "+49 (30) 12;body=evil", email: "ada+1@a.test", note: "" };
  assert.deepEqual(roadsTo(person, "thinking of you & yours"), [
    { by: "message", href: "sms:+493012?body=thinking%20of%20you%20%26%20yours" },
    { by: "mail", href: "mailto:ada%2B1@a.test?body=thinking%20of%20you%20%26%20yours" },
    { by: "call", href: "tel:+493012" },
  ]);
  assert.deepEqual(roadsTo({ ...person, phone: "", email: "" }, "x"), []);
});

const DEFAULTS: SettingsValues = { country: null, theme: "auto", quietHours: { on: true, from: 22, to: 8 }, autoLockMinutes: 0, quickExitSite: "https://a.test/", quickExitKnown: false, suggestPeople: false, supportFrom: null, offerOtherWays: true, bell: { volume: 0, vibrate: false } };

test("a setting that is not shaped as it must be leaves the one before", () => {
  assert.deepEqual(readSettings({ country: "de", theme: "loud", quietHours: { on: true, from: 25, to: 8 }, autoLockMinutes: -1, quickExitSite: "javascript:alert(1)", suggestPeople: 1 }, DEFAULTS), DEFAULTS);
  const good = { ...DEFAULTS, country: "DE", theme: "dark" as const, autoLockMinutes: 5 };
  assert.deepEqual(readSettings({ ...good }, DEFAULTS), good);
});

test("quiet hours reach over midnight, and end", () => {
  const at = (hour: number, minute = 0) => new Date(2026, 2, 10, hour, minute).getTime();
  const night = { on: true, from: 22, to: 8 };
  assert.deepEqual([21, 22, 23, 3, 7, 8].map((hour) => quietAround(at(hour), night) !== null), [false, true, true, true, true, false]);
  assert.equal(quietAround(at(3), night)?.from, new Date(2026, 2, 9, 22).getTime());
  assert.equal(quietAround(at(23), night)?.to, new Date(2026, 2, 11, 8).getTime());
  const noon = { on: true, from: 12, to: 14 };
  assert.deepEqual([11, 12, 13, 14].map((hour) => quietAround(at(hour), noon) !== null), [false, true, true, false]);
  assert.equal(quietAround(at(3), { ...night, on: false }), null);
  assert.equal(quietAround(at(3), { on: true, from: 8, to: 8 }), null);
});

test("the clock moves when something is due, and not before", async () => {
  const clock = createClock({ now: Date.now, setTimeout: (run, ms) => setTimeout(run, ms), clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout) });
  const due = Date.now() + 40;
  const seen: boolean[] = [];
  const early = computed(() => clock.before(due));
  const stop = effect(() => void seen.push(early.value));
  await new Promise((done) => setTimeout(done, 120));
  assert.deepEqual(seen, [true, false]);
  stop();
  clock.stop();
});

test("strength errs on the low side and says what would help", () => {
  const level = (text: string, name = "noor") => strengthOf(text, name).level;
  assert.equal(level("short"), "too-short");
  for (const weak of ["aaaaaaaaaaaaaaa", "password123456", "1234567890123", "qwertyuiop12", "noor noor noor", "summer2024!"]) assert.equal(level(weak), "weak", weak);
  for (const good of ["maple window seven boats harbour", "tram kettle orbit velvet mossy lake"]) assert.notEqual(level(good), "weak", good);
  assert.equal(level("xk7Rq!2vTz9#mWp4Ls"), "strong");
  assert.equal(strengthOf("noornoornoor", "Noor").advice, "not-your-name");
  assert.equal(strengthOf("password1234", "x").advice, "less-common");
});

test("two devices' changes of a vault item are joined field by field; marks only rise", () => {
  const base = { a: 1, b: 1, c: 1 };
  assert.deepEqual(join("me", base, { ...base, a: 2 }, { ...base, b: 3 }), { a: 2, b: 3, c: 1 });
  assert.deepEqual(join("me", base, { a: 1, b: 1 }, { ...base, a: 9 }), { a: 9, b: 1 });
  assert.deepEqual(join("me", null, { a: 1 }, { b: 2 }), { a: 1, b: 2 });
  assert.deepEqual(join("bond/r", null, { name: "", person: "p" }, { name: "Ada", person: "p" }), { name: "Ada", person: "p" });
  assert.equal(join("me", base, null, { ...base, a: 5 }), null);
  assert.deepEqual(join("me", base, { a: 2 }, null), { a: 2 });
  assert.deepEqual(join("read/r", { seq: 1 }, { seq: 4 }, { seq: 9 }), { seq: 9 });
  assert.deepEqual(join("known/r", { epoch: 1 }, { epoch: 4 }, { epoch: 2 }), { epoch: 4 });
});

test("what went wrong below has one code above", () => {
  const code = (error: unknown) => toFailure(error).code;
  assert.equal(code(new ApiProblem(0, "unreachable")), "offline");
  assert.equal(code(new ApiProblem(429, "slow-down", 2000)), "busy");
  assert.equal(toFailure(new ApiProblem(429, "slow-down", 2000)).retryAfterMs, 2000);
  assert.equal(code(new ApiProblem(429, "too-many")), "limit");
  assert.equal(code(new ApiProblem(502, "unreadable")), "unexpected");
  assert.equal(code(new ApiProblem(401, "not-signed-in")), "session-ended");
  assert.equal(toFailure(new CryptoError("bad-card", "group-3")).detail, "3");
  assert.equal(code(new DOMException("full", "QuotaExceededError")), "storage");
  assert.equal(code(new TypeError("x")), "unexpected");
});
