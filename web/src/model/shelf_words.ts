/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The words of a text, as they are searched for: without capitals and accents, in any script. Pure.
//
// Scripts without spaces between words (Chinese, Japanese, Thai, Khmer, Lao, Burmese …) are cut into pairs of neighbouring
// characters, and a text holds what was asked for if it holds all of its pairs. Not by Intl.Segmenter: it cuts the same
// characters one way in a sentence and another way alone, and each browser's dictionary cuts differently after an update,
// while the index that was made with the old one stays.

/** Marks that people leave out when they search: accents of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic.
 *  The marks of the Indic and Thai scripts are letters to whoever reads them; they stay. */
const ACCENTS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g;

/** Letters that have no accent to lose and are typed otherwise by whoever lacks the key. */
const OTHERWISE: Readonly<Record<string, string>> = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ς": "σ" };
const OTHERS = new RegExp(`[${Object.keys(OTHERWISE).join("")}]`, "g");

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*|\p{Extended_Pictographic}/gu;
const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}\\u30fc";
const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const IS_ASCII = /^[\0-\x7f]*$/;

/** A longer one is no word that anyone will type. */
const LONGEST = 40;

/** In the order of the text, as often as they stand there. */
export function wordsOf(text: string): string[] {
  const folded = fold(text);
  const words = folded.match(WORD) ?? [];
  return HAS_UNSPACED.test(folded) ? words.flatMap((word) => (word.match(RUN) ?? []).flatMap(partsOf)) : words.map(cut);
}

export function fold(text: string): string {
  if (IS_ASCII.test(text)) return text.toLowerCase();
  const plain = text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC").toLowerCase();
  return plain.replace(OTHERS, (letter) => OTHERWISE[letter]!);
}

/** The last character alone as well, so that one character is found wherever it stands. */
function partsOf(run: string): string[] {
  if (!HAS_UNSPACED.test(run)) return [cut(run)];
  const characters = [...run];
  return characters.map((one, i) => one + (characters[i + 1] ?? ""));
}

const cut = (word: string): string => (word.length <= LONGEST ? word : [...word].slice(0, LONGEST).join(""));

/** Whether something that begins with WORD may be meant: one letter of an alphabet begins too much. */
export const mayBegin = (word: string): boolean => word.length > 1 || HAS_UNSPACED.test(word);
