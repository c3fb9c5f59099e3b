// SPDX-License-Identifier: AGPL-3.0-or-later
// A made-up journal for bench/journal.ts: a language of 20,000 words, used as often as words of real languages are (Zipf),
// the same in each run.

const CONSONANTS = "bdfghklmnprstvz";
const VOWELS = "aeiouy";
const COUNT = 20_000;

/** The Nth word: two syllables for the most used, more for the others; some begin alike. */
function word(n: number): string {
  let text = "";
  for (let left = n + 40; left > 0 || text.length < 4; left = Math.floor(left / 90)) {
    const syllable = left % 90;
    text += CONSONANTS[syllable % 15]! + VOWELS[Math.floor(syllable / 15)]!;
  }
  return text;
}

/** Numbers that look like chance, from 0 to 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function journalOf(entries: number, wordsEach: number): string[] {
  const next = chance(7);
  const one = () => word(Math.floor(COUNT ** next()) - 1);
  return Array.from({ length: entries }, () => Array.from({ length: wordsEach }, one).join(" "));
}

/** Fifty things to look for: from the most used words to rare ones, whole, begun, and two together. */
export const askedFor: readonly string[] = Array.from({ length: 50 }, (_, i) => {
  const n = Math.floor(3 * 1.15 ** i);
  if (i % 3 === 0) return word(n);
  return i % 3 === 1 ? word(n).slice(0, 3) : `${word(i)} ${word(n)}`;
});
