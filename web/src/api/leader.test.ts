/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Who leads. Node has no Web Locks, so the browser's promise is written out here in its smallest form.
import assert from "node:assert/strict";
import { test } from "node:test";
import { electLeader, type Locks } from "./leader";

function locks(): Locks {
  let line: Promise<unknown> = Promise.resolve();
  const request = (_name: string, { signal }: LockOptions, held: () => Promise<unknown> | undefined) => {
    const mine = line.then(() => {
      if (signal?.aborted) throw new DOMException("left", "AbortError");
      return held();
    });
    line = mine.catch(() => undefined);
    return mine;
  };
  return { request } as unknown as Locks;
}

const turn = () => new Promise((done) => setTimeout(done, 5));

test("one leads; when it leaves, the next one does; who left the line never does", async () => {
  const shared = locks();
  const led: string[] = [];
  const first = electLeader(shared, "x", () => led.push("first"));
  const second = electLeader(shared, "x", () => led.push("second"));
  electLeader(shared, "x", () => led.push("third"));
  await turn();
  assert.deepEqual(led, ["first"]);
  second.leave();
  first.leave();
  await turn();
  assert.deepEqual(led, ["first", "third"]);
});

test("without locks everyone leads, unless they leave at once", async () => {
  const led: string[] = [];
  electLeader(undefined, "x", () => led.push("stays"));
  electLeader(undefined, "x", () => led.push("leaves")).leave();
  await turn();
  assert.deepEqual(led, ["stays"]);
});
