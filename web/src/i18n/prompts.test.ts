// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { isPrompt, loadPrompts } from "./prompts";

/** Words that would send someone alone into the worst of it, or take for granted what not everyone has. */
const HARSH = /\b(trauma|worst|abuse|death|die|died|kill|regret|fault|mother|father|mum|dad|god|husband|wife|parents|always|never|why do you)\b/i;

test("there are enough questions, each its own, each short and plain", async () => {
  const prompts = await loadPrompts();
  const words = Object.values(prompts);
  assert.ok(words.length >= 48, `${words.length}`);
  assert.equal(new Set(words.map((one) => one.toLowerCase())).size, words.length);
  for (const one of words) {
    assert.match(one, /[?.]$/, one);
    assert.ok(one.length <= 90, one);
    assert.doesNotMatch(one, HARSH);
  }
});

test("a key that a later catalogue has dropped is no question", async () => {
  const prompts = await loadPrompts();
  assert.ok(isPrompt(prompts, "now.room"));
  assert.equal(isPrompt(prompts, "guided:1"), false);
  assert.equal(isPrompt(prompts, "constructor"), false);
});
