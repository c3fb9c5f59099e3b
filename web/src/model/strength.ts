/* SPDX-License-Identifier: AGPL-3.0-or-later */
// An honest estimate of a passphrase. Whoever steals the house's database can try passphrases at leisure, each costing them
// 64 MiB and a second of a processor (Argon2id): so what counts is how many tries it takes. Pure; errs on the low side.
//
// Not a dictionary: a few patterns that people use most (repeats, runs, years, the name, the commonest passwords) count
// for little, words for about 11 bits, other characters by their kind.

import type { Strength } from "./face";

const SHORTEST = 10;
const FAIR_BITS = 40;
const STRONG_BITS = 60;
const WORD_BITS = 11;

const COMMON = "password passwort passphrase qwerty qwertz azerty letmein iloveyou welcome monkey dragon football princess sunshine secret admin login abc123 changeme beside".split(" ");
const RUNS = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop"];

export function strengthOf(passphrase: string, signInName: string): Strength {
  const text = passphrase.normalize("NFKC");
  const length = [...text].length;
  if (length < SHORTEST) return { level: "too-short", advice: "longer" };
  const lower = text.toLowerCase();
  const name = signInName.normalize("NFKC").trim().toLowerCase();
  const bits = bitsOf(lower, text, name);
  const level = bits >= STRONG_BITS ? "strong" : bits >= FAIR_BITS ? "fair" : "weak";
  return { level, advice: level === "strong" ? "none" : adviceFor(lower, name) };
}

function adviceFor(lower: string, name: string): Strength["advice"] {
  if (name.length >= 3 && lower.includes(name)) return "not-your-name";
  if (COMMON.some((word) => lower.includes(word)) || hasRun(lower)) return "less-common";
  if (new Set(lower).size <= lower.length / 3) return "less-repeating";
  return "longer";
}

function bitsOf(lower: string, text: string, name: string): number {
  let rest = lower;
  let bits = 0;
  const known = [...(name.length >= 3 ? [name] : []), ...COMMON].filter((word) => rest.includes(word));
  for (const word of known) {
    rest = rest.replaceAll(word, " ");
    bits += 4;
  }
  const parts = rest.match(/\p{L}+|\d+|[^\p{L}\d\s]+/gu) ?? [];
  // The same part twice is one part.
  for (const part of new Set(parts)) bits += bitsOfPart(part);
  return bits + (text !== lower ? 2 : 0) + (parts.length > 1 ? 1 : 0);
}

function bitsOfPart(part: string): number {
  if (/^(19|20)\d\d$/.test(part)) return 6;
  const characters = [...collapse(part)];
  const each = /^\d+$/.test(part) ? 3.3 : /^\p{L}+$/u.test(part) ? 2.3 : 4;
  if (isWordish(part)) return Math.min(characters.length * each, WORD_BITS + 1);
  return characters.length * (/^\p{L}+$/u.test(part) ? 4.2 : each);
}

/** A word is one of some thousands, however long it is. What cannot be spoken is none. */
function isWordish(part: string): boolean {
  return /^\p{L}{4,14}$/u.test(part) && !/[bcdfghjklmnpqrstvwxz]{5}/.test(part);
}

/** Repeats and runs ("aaaa", "1234", "asdf") count as two characters. */
function collapse(part: string): string {
  let short = part.replace(/(.)\1{2,}/gu, "$1$1");
  for (const run of RUNS) {
    for (let size = Math.min(run.length, short.length); size >= 4; size--) {
      for (let at = 0; at + size <= run.length; at++) short = short.replaceAll(run.slice(at, at + size), run.slice(at, at + 2));
    }
  }
  return short;
}

function hasRun(lower: string): boolean {
  return RUNS.some((run) => [...run.slice(3)].some((_, at) => lower.includes(run.slice(at, at + 4))));
}
