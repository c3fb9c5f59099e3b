/* SPDX-License-Identifier: AGPL-3.0-or-later */
import assert from "node:assert/strict";
import { test } from "node:test";
import { asideJson, shortName, toAside, toContent, toJson, type Written } from "./content";
import type { Aside } from "./face";

const TO = "AAECAwQFBgcICQoLDA0ODw";
const checkin = { weight: null, feelings: ["tired"], opening: "so-so", text: "" };

const every: Written[] = [
  { kind: "share", text: "a", wish: "stay", checkin: null, voice: null, note: "grief" },
  { kind: "share", text: "", wish: "none", checkin, voice: null, note: null },
  { kind: "reply", to: TO, text: "b", voice: null },
  { kind: "response", to: TO, word: "thank-you" },
  { kind: "thought", text: "" },
  { kind: "ask", what: "talk", when: null, until: 5, text: "", minutes: null },
  { kind: "ask", what: "sit", when: 9, until: 5, text: "t", minutes: 20 },
  { kind: "answer", to: TO, answer: "later", at: 7, text: "" },
  { kind: "answer", to: TO, answer: "not-today", at: null, text: "" },
  { kind: "checkin", checkin },
  { kind: "name", name: "Noor" },
  { kind: "goodbye", text: "" },
  { kind: "taking", to: TO, step: "back" },
  { kind: "thanks", to: TO, text: "t" },
  { kind: "plan", text: "a walk", where: "", start: 5, minutes: 60 },
  { kind: "going", to: TO, answer: "not-this-time" },
  { kind: "circle", words: { name: "n", purpose: "p", agreements: "a", welcome: "" }, names: { [TO]: "Noor" }, doors: [{ by: "link", invite: TO, secret: "s", from: TO }, { by: "request", person: TO, name: "Per" }] },
  { kind: "door", door: { by: "request", person: TO, name: "Per" } },
  { kind: "gathering", gathering: TO, words: { title: "t", text: "x", question: "q" } },
  { kind: "turn", gathering: TO, text: "t", voice: null },
  { kind: "box", box: "AA" },
  { kind: "heard", to: TO },
  { kind: "afterwards", of: { what: "sitting", room: TO, id: TO }, feel: "same" },
  { kind: "gift", way: "gave", text: "soup", day: "2026-11-24" },
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

test("what is said aside comes back out of its box as it was put in", () => {
  const asides: Aside[] = [{ kind: "response", to: TO, word: "me-too" }, { kind: "kindness", text: "k" }, { kind: "parting", text: "" }, { kind: "all-right", gathering: TO }];
  for (const aside of asides) assert.deepEqual(toAside(JSON.parse(JSON.stringify(asideJson(aside)))), aside);
  for (const wrong of [null, {}, { said: "response", to: TO, word: "like" }, { said: "kindness" }, { said: "all-right", gathering: "x" }]) assert.equal(toAside(wrong), null);
});

test("a name fits on one line", () => {
  assert.equal(shortName("  Noor \n of  the\thill "), "Noor of the hill");
  assert.equal([...shortName("🌱".repeat(100))].length, 60);
});
