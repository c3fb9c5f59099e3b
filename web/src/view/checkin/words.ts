// SPDX-License-Identifier: AGPL-3.0-or-later
// What a check-in can say, and how it is said aloud. Known feelings are kept by key, so that they can be read in any language;
// a person's own word is kept as it is.
import { t } from "../../i18n";
import type { CheckinWords } from "../../model/face";

export const WEIGHTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

export const FEELINGS = {
  pleasant: ["calm", "relieved", "glad", "hopeful", "thankful", "close", "proud"],
  mixed: ["tired", "restless", "missing", "numb", "unsure", "torn", "surprised"],
  hard: ["sad", "afraid", "ashamed", "guilty", "angry", "lonely", "wornout", "hurt", "empty", "toomuch"],
} as const;

export const NO_WORD = "noword";

export const OPENINGS = ["coping", "hard", "tired", "notgood", "miss", "ashamed", "unsure", "better", "small", "well"] as const;

export type FeelingKind = keyof typeof FEELINGS;
export type Feeling = (typeof FEELINGS)[FeelingKind][number] | typeof NO_WORD;

const KNOWN: ReadonlySet<string> = new Set([...Object.values(FEELINGS).flat(), NO_WORD]);

export const isKnown = (feeling: string): feeling is Feeling => KNOWN.has(feeling);

export function sayFeeling(feeling: string): string {
  return isKnown(feeling) ? t(`checkin.feeling.${feeling}`) : feeling;
}

type Weight = (typeof WEIGHTS)[number];

const isWeight = (weight: number): weight is Weight => (WEIGHTS as readonly number[]).includes(weight);

/** "Heavy", "Rather not say". A number that no word belongs to (another client's) is said as a number. */
export function sayWeight(weight: number | null): string {
  if (weight === null) return t("checkin.weight.none");
  return isWeight(weight) ? t(`checkin.weight.${weight}`) : String(weight);
}

/** "7: Heavy" */
export function sayWeightInFull(weight: number | null): string {
  return weight === null ? sayWeight(null) : t("checkin.weight.said", { number: weight, words: sayWeight(weight) });
}

export const NOTHING: CheckinWords = { weight: null, feelings: [], opening: "", text: "" };

export function hasWords({ feelings, opening, text }: CheckinWords): boolean {
  return feelings.length > 0 || opening !== "" || text !== "";
}
