// SPDX-License-Identifier: AGPL-3.0-or-later
// Signing in and out: what is told to whom, cookies, and that a name that is not there looks like one that is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Member, b64, newId, random } from "../member";
import { contract, place } from "./place";

test("a second device signs in, and both see both", async () => {
  const { ben } = await place();
  const tablet = await ben.secondDevice();
  assert.equal((await tablet.keys.me()).personId, ben.id);
  const { sessions } = (await ben.call("GET", "/api/sessions")).json();
  const current = sessions.filter((one: { current: boolean }) => one.current);
  assert.deepEqual(current.map((one: { id: string }) => one.id), [ben.session]);
  assert.ok(sessions.some((one: { id: string }) => one.id === tablet.session));
  for (const { seen_day } of sessions) assert.match(seen_day, /^\d{4}-\d\d-\d\d$/, "the day, no hour");
  assert.equal((await tablet.call("DELETE", "/api/session")).status, 204);
  assert.equal(tablet.cookie, null, "the cookie is taken away");
});

test("the cookie is for this house's pages alone, out of reach of scripts", async () => {
  const { ben } = await place();
  const login = await ben.keys.signIn({ houseId: ben.houseId, name: ben.name, passphrase: ben.passphrase });
  const reply = await (await Member.at(ben.origin, ben.fetch)).call("POST", "/api/session", { json: { login_id: b64(login.loginId), login_secret: b64(login.loginSecret) } });
  const cookie = reply.headers.get("set-cookie") ?? "";
  assert.match(cookie, /^beside=[^;]{32,}/);
  for (const word of [/;\s*HttpOnly/i, /;\s*SameSite=Strict/i, /;\s*Path=\/(;|$)/i]) assert.match(cookie, word);
  assert.doesNotMatch(cookie, /Domain=/i);
});

test("a name that is not there, and a wrong passphrase, are answered alike", async () => {
  const { ben, dora } = await place();
  const attempt = async (loginId: string) => {
    const began = performance.now();
    const reply = await (await Member.at(dora.origin, dora.fetch)).call("POST", "/api/session", { json: { login_id: loginId, login_secret: b64(random(32)) } });
    return { reply, took: performance.now() - began };
  };
  const names = (headers: Headers) => [...headers.keys()].filter((name) => name !== "date").sort();
  const known = await attempt(String(ben.arrival.login_id));
  const unknown = await attempt(b64(random(32)));
  assert.equal(known.reply.status, 401);
  assert.equal(known.reply.code, "sign-in-failed");
  assert.deepEqual(unknown.reply.bytes, known.reply.bytes);
  assert.deepEqual(names(unknown.reply.headers), names(known.reply.headers));
  assert.equal(known.reply.headers.get("set-cookie"), null);
});

test("a device has a name that only its owner can read", async () => {
  const { ben } = await place();
  const label = await ben.keys.sealLabel({ session: ben.session, label: "Firefox on Android" });
  assert.equal((await ben.call("PUT", "/api/session", { json: { label: b64(label) } })).status, 204);
  const { sessions } = (await ben.call("GET", "/api/sessions")).json();
  const mine = sessions.find((one: { current: boolean }) => one.current);
  assert.equal(mine.label, b64(label));
  assert.equal((await ben.call("PUT", "/api/session", { json: { label: b64(random(5000)) } })).status, 400);
});

test("one device ends another; nobody ends a stranger's", async () => {
  const { ben, dora } = await place();
  const tablet = await ben.secondDevice();
  assert.equal((await dora.call("DELETE", `/api/sessions/${tablet.session}`)).status, 404);
  assert.equal((await ben.call("DELETE", `/api/sessions/${newId()}`)).status, 404);
  assert.equal((await ben.call("DELETE", `/api/sessions/${tablet.session}`)).status, 204);
  assert.equal((await tablet.call("GET", "/api/person")).status, 401);
});

test("a cookie of another's making opens nothing", async () => {
  const { house } = await place();
  const stranger = await Member.at(house.origin, contract.fetch);
  for (const cookie of ["beside=", "beside=x", `beside=${b64(random(32))}`, `beside=${"A".repeat(900)}`, "beside=a; beside=b"]) {
    stranger.cookie = cookie;
    assert.equal((await stranger.call("GET", "/api/person")).status, 401, cookie.slice(0, 60));
  }
});
