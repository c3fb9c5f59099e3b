// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { isAskedAbout, readsLikeIdea } from "./ideas";

test("advice is seen, however its apostrophes are written", () => {
  for (const words of ["Have you tried going for a walk?", "Why don’t you call her", "maybe you could rest", "At least you have work."])
    assert.equal(readsLikeIdea(words), true, words);
});

test("listening is not taken for advice", () => {
  for (const words of ["What I hear is that you are tired.", "I am with you.", "What was he like?", "The country to which you moved"])
    assert.equal(readsLikeIdea(words), false, words);
});

test("an idea is asked about unless ideas are welcome, or no wish stands", () => {
  const idea = "You could call them.";
  assert.equal(isAskedAbout(idea, "listen"), true);
  assert.equal(isAskedAbout(idea, "none"), true);
  assert.equal(isAskedAbout(idea, "ideas"), false);
  assert.equal(isAskedAbout(idea, null), false);
});
