/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What becomes of answers that the contract does not know, and of none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi } from "./client";
import { ApiProblem } from "./problem";

const answering = (reply: () => Response | Promise<Response>) => createApi({ origin: "http://house.test", fetch: async () => reply(), timeoutMs: 50 });

async function problemOf(work: Promise<unknown>): Promise<ApiProblem> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof ApiProblem);
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("a problem document is read with its code, its wait and its numbers", async () => {
  const body = JSON.stringify({ type: "/problems/stale-epoch", title: "t", status: 409, code: "stale-epoch", epoch: 4 });
  const problem = await problemOf(answering(() => new Response(body, { status: 409, headers: { "Retry-After": "3" } })).putEntry("r", "e", new Uint8Array(1)));
  assert.deepEqual([problem.status, problem.code, problem.retryAfterMs, problem.numbers.epoch], [409, "stale-epoch", 3000, 4]);
  assert.equal(problem.passing, false);
});

test("no answer, a late one and a broken one are told apart from a no", async () => {
  const cut = await problemOf(answering(() => Promise.reject(new TypeError("cut"))).house());
  assert.deepEqual([cut.network, cut.passing, cut.code], [true, true, "unreachable"]);
  const never = createApi({
    origin: "http://house.test",
    timeoutMs: 30,
    fetch: (_, init) => new Promise((_done, failed) => init?.signal?.addEventListener("abort", () => failed(new Error("aborted")))),
  });
  assert.equal((await problemOf(never.house())).network, true);
  const proxy = await problemOf(answering(() => new Response("<html>", { status: 502 })).house());
  assert.deepEqual([proxy.code, proxy.passing], ["unreadable", true]);
  assert.equal((await problemOf(answering(() => new Response("[", { status: 200 })).house())).code, "unreadable");
  assert.equal((await problemOf(answering(() => new Response("\x00\x00\x00\x09abc", { status: 200 })).entriesAfter("r", 0, 5))).code, "unreadable");
});
