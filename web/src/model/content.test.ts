/* SPDX-License-Identifier: AGPL-3.0-or-later */
import assert from "node:assert/strict";
import { test } from "node:test";
import { shortName, toContent, toJson, type Written } from "./content";

const TO = "AAECAwQFBgcICQoLDA0ODw";
const checkin = { weight: null, feelings: ["tired"], opening: "so-so", text: "" };

const every: Written[] = [
  { kind: "share", text: "a", wish: "stay", checkin: null, voice: null },
  { kind: "share", text: "", wish: "none", checkin, voice: null },
  { kind: "reply", to: TO, text: "b", voice: null },
  { kind: "response", to: TO, word: "thank-you" },
  { kind: "thought", text: "" },
  { kind: "ask", when: null, until: 5, text: "" },
  { kind: "ask", when: 9, until: 5, text: "t" },
  { kind: "answer", to: TO, answer: "later", at: 7, text: "" },
  { kind: "answer", to: TO, answer: "not-today", at: null, text: "" },
  { kind: "checkin", checkin },
  { kind: "name", name: "Noor" },
  { kind: "goodbye", text: "" },
];

test("every kind comes back as it was written", () => {
  for (const content of every) assert.deepEqual(toContent(JSON.parse(JSON.stringify({ ...toJson(content), prev: "" }))), content);
});

test("what does not fit, or is of a newer kind, is unknown and never half an entry", () => {
  const wrong: unknown[] = [
    {},
    { v: 2, kind: "thought" },
    { v: 1, kind: "constructor" },
    { v: 1, kind: "letter", text: "x" },
    { v: 1, kind: "share", text: "x", wish: "shout" },
    { v: 1, kind: "share", text: 5, wish: "none" },
    { v: 1, kind: "share", text: "x", wish: "none", checkin: { weight: 11 } },
    { v: 1, kind: "reply", to: "short", text: "x", voice: null },
    { v: 1, kind: "response", to: TO, word: "like" },
    { v: 1, kind: "ask", when: null, text: "x" },
    { v: 1, kind: "ask", when: "soon", until: 5 },
    { v: 1, kind: "answer", to: TO, answer: "no" },
    { v: 1, kind: "checkin", weight: 1.5 },
    { v: 1, kind: "name", name: null },
  ];
  for (const json of wrong) assert.deepEqual(toContent(json as Record<string, unknown>), { kind: "unknown" }, JSON.stringify(json));
});

test("a name fits on one line", () => {
  assert.equal(shortName("  Noor \n of  the\thill "), "Noor of the hill");
  assert.equal([...shortName("🌱".repeat(100))].length, 60);
});
