/* SPDX-License-Identifier: AGPL-3.0-or-later */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createJar } from "./jar";

test("a jar keeps the cookie, sends it with the house's own origin, and drops it when told", async () => {
  const seen: (string | null)[] = [];
  const sets = ["beside=abc; HttpOnly; SameSite=Strict; Path=/", "", "beside=; Max-Age=0; Path=/"];
  const jar = createJar("http://house.test", async (_, init) => {
    const headers = new Headers(init?.headers);
    seen.push(headers.get("cookie"), headers.get("origin"));
    const set = sets.shift();
    return new Response(null, { status: 204, headers: set ? { "Set-Cookie": set } : {} });
  });
  for (let i = 0; i < 3; i++) await jar.fetch("http://house.test/api/session", { method: "POST" });
  assert.deepEqual(seen, [null, "http://house.test", "beside=abc", "http://house.test", "beside=abc", "http://house.test"]);
  assert.equal(jar.cookie(), "");
});
