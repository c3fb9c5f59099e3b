// SPDX-License-Identifier: AGPL-3.0-or-later
// The search is searched: what is hidden in each shape must be found, or its silence means nothing.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { findIn, findInMemory, needle } from "./search";

test("a secret is found as bytes, UTF-16, base64 at any place, base64url and hex", () => {
  for (const length of [20, 31, 32, 33]) {
    const secret = randomBytes(length);
    const needles = [needle("it", secret)];
    for (const shift of [0, 1, 2, 3, 4]) {
      const within = Buffer.concat([randomBytes(shift), secret, randomBytes(7)]);
      for (const shape of [within, Buffer.from(within.toString("base64")), Buffer.from(within.toString("base64url")), Buffer.from(within.toString("hex"))])
        assert.deepEqual(findIn(Buffer.concat([Buffer.from("before"), shape, Buffer.from("after")]), needles), ["it"], `${length} bytes at ${shift}`);
    }
    assert.deepEqual(findIn(randomBytes(100_000), needles), []);
  }
  assert.deepEqual(findIn(Buffer.from("some heavy words", "utf16le"), [needle("it", "heavy words")]), ["it"]);
});

test("a secret is found in a program's memory", () => {
  const word = `marked-${randomBytes(8).toString("hex")}`;
  const held = Buffer.from(word);
  const { found, bytes } = findInMemory(process.pid, [needle("held", word)]);
  assert.deepEqual(found, ["held"]);
  assert.ok(bytes > 1 << 20);
  assert.equal(held.toString(), word);
});
