// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { suggestPassphrase, wordCount } from "./words";

test("there are 512 words, so that each adds nine whole bits and none is likelier than another", () => {
  const all = new Set(Array.from({ length: wordCount }, (_, number) => suggestPassphrase((bytes) => bytes.fill(number)).split("-")[0]));
  assert.equal(wordCount, 512);
  assert.equal(all.size, 512);
});

test("six words are suggested", () => {
  assert.match(suggestPassphrase((bytes) => webcrypto.getRandomValues(bytes)), /^([a-z]+-){5}[a-z]+$/);
});
