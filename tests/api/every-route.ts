// SPDX-License-Identifier: AGPL-3.0-or-later
// What holds for every route of the contract, tried on every one: no session, a foreign page, a wrong type, too much, an id
// that is none, a method that is not there.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Route } from "../contract";
import { Member, b64, newId, random } from "../member";
import { contract, place } from "./place";

const fill = (path: string) => path.replace(/\{[^}]+\}/g, () => newId());
const takesJson = ({ path, method }: Route) =>
  (/^\/api\/(person|session|invites)/.test(path) && !/(accept|knock)$/.test(path) && method !== "GET") || (path === "/api/circles/{room}" && method === "PUT") ||
  /^\/api\/gatherings(\/\{gathering\}\/time)?$/.test(path) || /^\/api\/calendar(\/plans\/\{plan\})?$/.test(path);
const withStatus = (status: string) => contract.routes().filter(({ statuses }) => statuses.includes(status));
const usual = (route: Route) => (takesJson(route) ? { json: {} } : { octets: random(100) });
const invited = { "Beside-Invite": b64(random(32)), "If-Match": "0" };

test("every route that is a person's refuses who is not signed in", async () => {
  const { house } = await place();
  const stranger = await Member.at(house.origin, contract.fetch);
  for (const route of withStatus("401")) {
    if (route.path.startsWith("/api/session") && route.method === "POST") continue; // there 401 is a failed sign-in
    const sending = route.method === "GET" || !route.statuses.includes("415") ? {} : usual(route);
    const reply = await stranger.call(route.method, fill(route.path), { ...sending, headers: invited });
    assert.deepEqual([reply.status, reply.code], [401, "not-signed-in"], `${route.method} ${route.path}`);
  }
});

test("no write is taken from a page that is not the house's own", async () => {
  const { ada } = await place();
  const foreign: Record<string, string | null>[] = [
    { origin: "https://elsewhere.example" },
    { origin: "null" },
    { origin: null, "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const route of withStatus("403")) {
    for (const headers of foreign) {
      const sending = route.statuses.includes("415") ? usual(route) : {};
      const reply = await ada.call(route.method, fill(route.path), { ...sending, headers: { ...invited, ...headers } });
      assert.deepEqual([reply.status, reply.code], [403, "bad-origin"], `${route.method} ${route.path} ${JSON.stringify(headers)}`);
    }
  }
});

test("a body of another media type is refused", async () => {
  const { ada } = await place();
  for (const route of withStatus("415")) {
    const reply = await ada.call(route.method, fill(route.path), { text: "a=b", headers: { ...invited, "content-type": "application/x-www-form-urlencoded" } });
    assert.deepEqual([reply.status, reply.code], [415, "bad-type"], `${route.method} ${route.path}`);
  }
});

test("a body over the route's limit is refused", async () => {
  const { ada } = await place();
  for (const route of withStatus("413")) {
    const sending = takesJson(route) ? { text: `{"a":"${"x".repeat(200_000)}"}` } : { octets: random(300_000) };
    const reply = await ada.call(route.method, fill(route.path), { ...sending, headers: invited });
    assert.deepEqual([reply.status, reply.code], [413, "too-big"], `${route.method} ${route.path}`);
  }
});

test("an id that is no id is refused", async () => {
  const { ada } = await place();
  for (const route of contract.routes().filter(({ path }) => path.includes("{"))) {
    for (const id of ["x", "AAAAAAAAAAAAAAAAAAAAAB", `${newId()}A`, "%00".repeat(8)]) {
      const sending = route.statuses.includes("415") ? usual(route) : {};
      const reply = await ada.call(route.method, route.path.replace(/\{[^}]+\}/g, id), { ...sending, headers: invited });
      assert.ok([400, 404].includes(reply.status), `${route.method} ${route.path} with ${id}: ${reply.status}`);
    }
  }
});

test("JSON is strict: an unknown member, a repeated one, depth, what trails, and no object at all", async () => {
  const { ada } = await place();
  const deep = `{"a":${"[".repeat(30)}${"]".repeat(30)}}`;
  for (const route of withStatus("415").filter(takesJson)) {
    for (const text of ['{"unknown":1}', '{"counter":1,"counter":1}', deep, '{"counter":1} x', "[]", "7", "null", "", "{", '"\\ud800"', '{"counter":1e999}', "\u0000"]) {
      const reply = await ada.call(route.method, fill(route.path), { text, headers: invited });
      assert.ok(reply.status === 400 || (reply.status === 404 && reply.code === "invite-gone"), `${route.method} ${route.path} ${text.slice(0, 30)}: ${reply.status} ${reply.code}`);
    }
  }
});

test("a method that a path does not have is refused, and so is a path that is not there", async () => {
  const { ada } = await place();
  for (const method of ["PATCH", "POST", "DELETE", "PUT"]) {
    const reply = await ada.call(method, "/api/house");
    assert.deepEqual([reply.status, reply.code], [405, "bad-method"], method);
  }
  assert.equal((await ada.call("GET", "/api/nothing")).status, 404);
  assert.equal((await ada.call("GET", "/api/rooms/x/y/z")).status, 404);
});
