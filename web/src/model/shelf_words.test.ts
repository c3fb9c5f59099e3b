/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What is typed finds what was written: without capitals, accents and spaces where the script has none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, wordsOf } from "./shelf_words";

/** As the index answers: each word asked for begins a word of the text. */
const holds = (text: string, asked: string): boolean => wordsOf(asked).every((word) => wordsOf(text).some((one) => one.startsWith(word)));

test("capitals, accents and letters that a keyboard lacks make no difference", () => {
  for (const [written, typed] of [
    ["Müller, Straße", "muller strasse"],
    ["Café à côté", "cafe a cote"],
    ["İstanbul ılık", "istanbul ilik"],
    ["smørrebrød på Ærø", "smorrebrod pa aero"],
    ["Łódź, zażółć", "lodz zazolc"],
    ["Þór", "thor"],
    ["Ελλάδα Οδυσσεύς", "ελλαδα οδυσσευσ"],
    ["ёлка", "елка"],
    ["שָׁלוֹם", "שלום"],
    ["مَرْحَبًا", "مرحبا"],
    ["Ｆｕｌｌ ｗｉｄｔｈ", "full width"],
  ] as const) {
    assert.ok(holds(written, typed), `${typed} in ${written}: ${wordsOf(written).join("|")}`);
    assert.ok(holds(typed, written), `${written} in ${typed}`);
  }
});

test("vowel signs that are letters to their readers stay", () => {
  assert.notEqual(fold("कि"), fold("का"));
  assert.notEqual(fold("กำ"), fold("กา"));
  assert.equal(fold("が"), fold("が".normalize("NFD")));
});

test("scripts without spaces are found from any two characters on, and by one", () => {
  const text = "今天我去了北京大学，很累。";
  for (const typed of ["北京", "京大学", "大", "很累", "我去了北京", "累"]) assert.ok(holds(text, typed), typed);
  for (const typed of ["北大", "天很", "京北"]) assert.ok(!holds(text, typed), typed);
  for (const typed of ["ไปโรงเรียน", "เรียน"]) assert.ok(holds("วันนี้ฉันไปโรงเรียน", typed), typed);
  assert.ok(holds("今日はコーヒーを飲んだ", "コーヒー"));
  assert.deepEqual(wordsOf("day 3: 東京tower"), ["day", "3", "東京", "京", "tower"]);
});

test("what is no word is none, and a word without end is cut", () => {
  assert.deepEqual(wordsOf(" — … !? "), []);
  assert.deepEqual(wordsOf("don't"), ["don", "t"]);
  assert.equal(wordsOf("x".repeat(10_000))[0]?.length, 40);
  assert.deepEqual(wordsOf("🌧️ again"), ["🌧", "again"]);
});
