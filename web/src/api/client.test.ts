/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What becomes of answers that the contract does not know, and of none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi } from "./client";
import { ApiProblem } from "./problem";

const answering = (reply: () => Response | Promise<Response>) => createApi({ origin: "http://house.test", fetch: async () => reply(), timeoutMs: 50 });

/** A reply that comes in these pieces, and is cut after them if FAILS. */
function inPieces(pieces: readonly Uint8Array[], fails = false): Response {
  const left = [...pieces];
  const pull = (stream: ReadableStreamDefaultController<Uint8Array>) => {
    const piece = left.shift();
    if (piece !== undefined) stream.enqueue(piece);
    else if (fails) stream.error(new TypeError("cut"));
    else stream.close();
  };
  return new Response(new ReadableStream({ pull }));
}

const frame = (n: number, ...chunk: number[]) => new Uint8Array([0, 0, 0, n, 0, 0, 0, chunk.length, ...chunk]);

async function chunksIn(reply: Response): Promise<[number, number[]][]> {
  const all: [number, number[]][] = [];
  for await (const { n, chunk } of answering(() => reply).voiceChunks("r", "v", 0)) all.push([n, [...chunk]]);
  return all;
}

test("voice chunks are there as soon as each is whole, however the reply is cut into pieces", async () => {
  const list = Buffer.concat([frame(0, 1, 2, 3), frame(1), frame(2, 4)]);
  for (const size of [1, 5, 100]) {
    const pieces = Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.subarray(i * size, (i + 1) * size));
    assert.deepEqual(await chunksIn(inPieces(pieces)), [[0, [1, 2, 3]], [1, []], [2, [4]]]);
  }
  const chunks = answering(() => inPieces([frame(0, 7), frame(1, 8).subarray(0, 5)], true)).voiceChunks("r", "v", 0);
  assert.deepEqual([...(await chunks.next()).value!.chunk], [7]);
  assert.equal((await problemOf(chunks.next())).network, true);
});

test("a list of voice chunks that ends within one, or tells of one too large, is not read", async () => {
  assert.equal((await problemOf(chunksIn(inPieces([frame(0, 7).subarray(0, 8)])))).code, "unreadable");
  assert.equal((await problemOf(chunksIn(inPieces([new Uint8Array([0, 0, 0, 0, 0x10, 0, 0, 0])])))).code, "unreadable");
  const gone = JSON.stringify({ code: "not-found" });
  assert.equal((await problemOf(chunksIn(new Response(gone, { status: 404 })))).code, "not-found");
});

test("a reply that stops coming in is cut off", async () => {
  const silent = createApi({
    origin: "http://house.test",
    timeoutMs: 30,
    fetch: async (_, init) => new Response(new ReadableStream({ start: (stream) => init?.signal?.addEventListener("abort", () => stream.error(new Error("aborted"))) })),
  });
  assert.equal((await problemOf(silent.voiceChunks("r", "v", 0).next())).network, true);
});

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
