// SPDX-License-Identifier: AGPL-3.0-or-later
// What a letter is called, and what of it can be read now. No drawing here.
import { t } from "../../i18n";
import type { Bond, House, Id, Letter, LetterWords, Version, VoiceNote } from "../../model/face";

/** "To Mum"; a letter that is to nobody in particular is "A letter". */
export function sayTo(to: string): string {
  return to.trim() === "" ? t("letters.to.none") : t("letters.to", { to: to.trim() });
}

export const isSealed = ({ words }: Version<LetterWords>): boolean => words.sealed !== null;

/** The newest version that is shut, if one is: then the whole letter waits. */
export function shutIn(letter: Letter): Version<LetterWords> | null {
  return letter.newest.find(isSealed) ?? null;
}

export interface OpenWords {
  readonly to: string;
  readonly text: string;
  readonly voice: VoiceNote | null;
}

/** What stands in it now; of two versions that know nothing of each other, both, one after the other. */
export function wordsOf(letter: Letter): OpenWords {
  const all = letter.newest.filter((version) => !isSealed(version)).map(({ words }) => words);
  return {
    to: all.map(({ to }) => to.trim()).find((to) => to !== "") ?? "",
    text: [...new Set(all.map(({ text }) => text))].filter((text) => text.trim() !== "").join("\n\n"),
    voice: all.map(({ voice }) => voice).filter((voice) => voice !== null).at(-1) ?? null,
  };
}

export function bondOf(house: House, room: Id): Bond | null {
  return house.people.bonds.value.find((bond) => bond.room === room) ?? null;
}

export const nameOf = (house: House, room: Id): string => bondOf(house, room)?.name || t("letters.someone");
