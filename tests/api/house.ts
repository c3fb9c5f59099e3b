// SPDX-License-Identifier: AGPL-3.0-or-later
// What the house tells anyone, the client it serves, and the headers that stand on every reply.
import assert from "node:assert/strict";
import { test } from "node:test";
import { place } from "./place";

test("anyone may ask whether the house is well and what it is", async () => {
  const { dora } = await place();
  assert.deepEqual((await dora.call("GET", "/api/health")).json(), { ok: true });
  const facts = (await dora.call("GET", "/api/house")).json();
  assert.ok(Math.abs(facts.now_ms - Date.now()) < 60_000);
  assert.equal(facts.limits.entry_bytes, 65536);
  assert.equal(facts.limits.voice_quota_bytes, 200 << 20);
  assert.equal(facts.limits.circle_size, 8);
  assert.match(facts.client, /^[0-9a-f]{64}$/, "the house serves a client, and says which");
});

test("the page of the house about itself names every table, and what is sealed in each", async () => {
  const { dora } = await place();
  const { tables, can_hand_over, cannot_hand_over } = (await dora.call("GET", "/api/house/about")).json();
  const kind = (table: string, column: string) =>
    tables.find(({ name }: { name: string }) => name === table)?.columns.find(({ name }: { name: string }) => name === column)?.kind;
  assert.equal(kind("entry", "body"), "sealed");
  assert.equal(kind("entry", "room_id"), "clear");
  assert.equal(kind("voice_chunk", "body"), "sealed");
  for (const column of ["room_id", "author", "bytes", "made_ms"]) assert.equal(kind("voice", column), "clear");
  assert.match(can_hand_over.join(" "), /who recorded it, how large/);
  assert.match(cannot_hand_over.join(" "), /say in voice notes/);
  for (const { name, about, columns } of tables) {
    assert.ok(about.length > 0, `${name} says what it is for`);
    for (const column of columns) assert.ok(column.about.length > 0, `${name}.${column.name} says what it is`);
  }
});

test("every reply forbids what a page of this house never does", async () => {
  const { ada } = await place();
  for (const path of ["/", "/api/house", "/api/person", "/api/nowhere", "/nowhere.js"]) {
    const { headers } = await ada.call("GET", path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'self'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*/, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("referrer-policy"), "no-referrer", path);
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin", path);
    assert.equal(headers.get("cross-origin-resource-policy"), "same-origin", path);
    assert.match(policy, /media-src 'self' blob:;/, `${path}: voice notes are played from the page's own memory`);
    assert.match(headers.get("permissions-policy") ?? "", /geolocation=\(\)/, path);
    assert.match(headers.get("permissions-policy") ?? "", /microphone=\(self\)/, path);
    assert.equal(headers.get("access-control-allow-origin"), null, path);
  }
});

test("replies of the API are not kept by caches", async () => {
  const { ada } = await place();
  for (const path of ["/api/house", "/api/person", "/api/rooms"]) assert.match((await ada.call("GET", path)).headers.get("cache-control") ?? "", /no-store/, path);
});

test("the client comes with the house: its page, and its parts kept for long under names that change with them", async () => {
  const { ada } = await place();
  const page = await ada.call("GET", "/");
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
  const html = new TextDecoder().decode(page.bytes);
  assert.doesNotMatch(html, /https?:\/\//, "no third party is named");
  const part = html.match(/<script[^>]+src="(\/[^"]+\.js)"/)?.[1]; // not a preloaded part: one of a few bytes is smaller unpacked
  assert.ok(part, "the page names its script");
  const script = await ada.call("GET", part);
  assert.equal(script.status, 200);
  assert.match(script.headers.get("content-type") ?? "", /javascript/);
  assert.match(script.headers.get("cache-control") ?? "", /immutable/);
  const packed = await ada.call("GET", part, { headers: { "accept-encoding": "br" } });
  assert.equal(packed.headers.get("content-encoding"), "br");
});

test("a path of a screen opens the client, so that a reload finds its way back", async () => {
  const { ada } = await place();
  const page = await ada.call("GET", "/people", { headers: { accept: "text/html" } });
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
});
