// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Letter, LetterWords, VoiceNote } from "../../model/face";
import { beginOf, dayOf, later, tomorrow } from "./days";
import { sayTo, shutIn, wordsOf } from "./words";
import { bringInside } from "../../i18n";

before(bringInside);

const at = (text: string) => new Date(text).getTime();

test("a day is the one of the person's own calendar, and begins at its midnight", () => {
  assert.equal(dayOf(at("2026-11-24T23:59:00")), "2026-11-24");
  assert.equal(beginOf("2026-11-24"), at("2026-11-24T00:00:00"));
  assert.equal(tomorrow(at("2026-12-31T10:00:00")), "2027-01-01");
});

test("what is no day is none", () => {
  for (const text of ["", "2026-02-30", "2026-13-01", "24.11.2026", "2026-11-24T00:00"]) assert.equal(beginOf(text), null, text);
});

test("a month on is the same day of the month, or the last there is", () => {
  assert.equal(later(at("2026-01-15T12:00:00"), { months: 1 }), "2026-02-15");
  assert.equal(later(at("2026-01-31T12:00:00"), { months: 1 }), "2026-02-28");
  assert.equal(later(at("2028-02-29T12:00:00"), { months: 12 }), "2029-02-28");
  assert.equal(later(at("2026-11-28T12:00:00"), { days: 7 }), "2026-12-05");
  assert.equal(later(at("2026-12-31T12:00:00"), { months: 12 }), "2027-12-31");
});

test("a letter to nobody in particular is a letter", () => {
  assert.equal(sayTo("Mum"), "To Mum");
  assert.equal(sayTo("  "), "A letter");
});

const note = (voice: string): VoiceNote => ({ voice, key: "k", digest: "d", ms: 1000, chunks: 1, type: "audio/webm;codecs=opus" });

function letterOf(...all: Partial<LetterWords>[]): Letter {
  const newest = all.map((words, place) => ({
    id: `version-${place}`,
    at: place,
    after: [],
    words: { to: "", text: "", voice: null, until: null, sealed: null, ...words },
    place: { is: "sent", undoUntil: null } as const,
  }));
  return { id: "letter", at: 0, versions: newest, newest, shared: [], sending: null };
}

test("two versions are read one after the other, and nothing of either is left out", () => {
  const letter = letterOf({ to: "Mum", text: "from the phone", voice: note("one") }, { text: "from the desk" });
  assert.deepEqual(wordsOf(letter), { to: "Mum", text: "from the phone\n\nfrom the desk", voice: note("one") });
  assert.equal(wordsOf(letterOf({ text: "same" }, { text: "same" })).text, "same");
});

test("a letter with a sealed version is shut", () => {
  const shut = letterOf({ text: "open" }, { to: "Mum", until: 5, sealed: "bytes" });
  assert.equal(shutIn(shut)?.words.until, 5);
  assert.equal(wordsOf(shut).text, "open");
  assert.equal(shutIn(letterOf({ text: "open" })), null);
});
