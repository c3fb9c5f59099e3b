// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether words read like an idea or a piece of advice. A list of beginnings, looked at on this device only; it will miss
// some and mistake some, so it only ever leads to a question. These are signs to look for, not words to show: they stay
// out of the catalogue. Each language needs its own list.
import type { Wish } from "../../model/face";

const SIGNS = [
  "you should",
  "you shouldn't",
  "you could",
  "you might want to",
  "you can try",
  "you need to",
  "you have to",
  "you must",
  "you ought to",
  "you'd better",
  "have you tried",
  "have you thought about",
  "have you thought of",
  "have you considered",
  "did you try",
  "why don't you",
  "why not just",
  "how about",
  "what about trying",
  "if i were you",
  "if i was you",
  "in your place",
  "my advice",
  "i would suggest",
  "i'd suggest",
  "i suggest",
  "i recommend",
  "i'd recommend",
  "it might help to",
  "it would help to",
  "maybe try",
  "maybe you could",
  "just try",
  "try to",
  "try not to",
  "don't worry",
  "look on the bright side",
  "at least you",
  "stop thinking",
  "the best thing is",
  "what worked for me",
  "what helped me",
];

const pattern = new RegExp(`(?<![\\p{L}'])(${SIGNS.join("|")})(?![\\p{L}'])`, "iu");

export function readsLikeIdea(text: string): boolean {
  return pattern.test(text.replaceAll("’", "'"));
}

/** Ideas go without a question only to who said that ideas are welcome, and in plain back and forth without a wish. */
export function isAskedAbout(text: string, wish: Wish | null): wish is Exclude<Wish, "ideas"> {
  return wish !== null && wish !== "ideas" && readsLikeIdea(text);
}
