// SPDX-License-Identifier: AGPL-3.0-or-later
// The picture and its table in words: days, months and weeks as the person's language says them.
import { firstWeekday, formatDateAndMonth, formatDayOfMonth, formatDays, formatList, t } from "../../i18n";
import type { Kept } from "../../model/face";
import { sayFeeling, sayWeight } from "../checkin/words";
import { noonOf, sayMonth } from "../journal/days";
import { draw, drawKey, type Drawing, type Frame } from "./drawing";
import type { SheetPart } from "./files";
import { weekOf, type Mark, type Part, type Span, type Strip, type Week } from "./strips";

export function sayTime(span: Span, { from }: Strip): string {
  return span === "weeks" ? t("lighter.weeks") : sayMonth(from.slice(0, 7));
}

export function sayGap({ from, to }: { readonly from: string; readonly to: string }): string {
  const time = from === to ? sayMonth(from) : t("lighter.gap.from", { from: sayMonth(from), to: sayMonth(to) });
  return t("lighter.gap", { time });
}

export const sayWeek = ({ from, to }: Week): string => formatDays(noonOf(from), noonOf(to));

export const sayFeelings = (feelings: readonly string[]): string => formatList(feelings.map(sayFeeling));

/** A label under the first day of each week; in a month, which begins on any, under every seventh day. */
export function frameOf(span: Span, room: { readonly width: number; readonly letter: number }): Frame {
  const weekday = firstWeekday();
  const label = (day: string): string => {
    if (span !== "weeks") return Number(day.slice(8)) % 7 === 1 ? formatDayOfMonth(noonOf(day)) : "";
    return weekOf(day, weekday) === day ? formatDateAndMonth(noonOf(day)) : "";
  };
  return { ...room, top: t("lighter.top"), bottom: t("lighter.bottom"), label };
}

const KEYS = [
  { words: "lighter.key.dot", mark: { weight: 5, after: null }, fits: (mark: Mark) => mark.after === null },
  { words: "lighter.key.arrow", mark: { weight: 9, after: 1 }, fits: (mark: Mark) => mark.after !== null && mark.after !== mark.weight },
  { words: "lighter.key.same", mark: { weight: 5, after: 5 }, fits: (mark: Mark) => mark.after === mark.weight },
] as const;

/** What the marks mean: only those that are there. */
export function keysOf(parts: readonly Part[], letter: number): { words: string; drawing: Drawing }[] {
  const marks = parts.flatMap((part) => (part.is === "strip" ? part.strip.marks : []));
  return KEYS.filter(({ fits }) => marks.some(fits)).map(({ words, mark }) => ({ words: t(words), drawing: drawKey(mark, letter) }));
}

/** What the file shows, oldest first, as one reads a sheet of paper; at its end, what the marks mean. */
export function sheetOf(span: Span, parts: readonly Part[], room: { readonly width: number; readonly letter: number }): SheetPart[] {
  const frame = frameOf(span, room);
  const rows = [...parts].reverse().map((part): SheetPart => {
    return part.is === "gap" ? { is: "words", words: sayGap(part) } : { is: "strip", words: sayTime(span, part.strip), drawing: draw(part.strip, frame) };
  });
  return [...rows, ...keysOf(parts, room.letter).map((key): SheetPart => ({ is: "key", ...key }))];
}

/** "Heavy", or what it was before and after writing. */
export function sayWeights({ weight, weightAfter }: Kept): string[] {
  if (weight !== null && weightAfter !== null) return [t("lighter.table.before", { weight: sayWeight(weight) }), t("lighter.table.after", { weight: sayWeight(weightAfter) })];
  const one = weight ?? weightAfter;
  return [one === null ? t("lighter.unsaid") : sayWeight(one)];
}

export const sayKind = ({ kind }: Kept): string => t(kind === "checkin" ? "lighter.checkin" : "lighter.page");

/** Oldest first, with a head in plain words. */
export function tableOf(kept: readonly Kept[]): string[][] {
  const head = [t("lighter.table.day"), t("lighter.csv.what"), t("lighter.csv.weight"), t("lighter.csv.weightWords"), t("lighter.csv.after"), t("lighter.csv.afterWords"), t("lighter.table.feelings")];
  const number = (weight: number | null) => (weight === null ? "" : String(weight));
  const words = (weight: number | null) => (weight === null ? "" : sayWeight(weight));
  const rows = [...kept].reverse().map((one) => [one.day, sayKind(one), number(one.weight), words(one.weight), number(one.weightAfter), words(one.weightAfter), one.feelings.map(sayFeeling).join(", ")]);
  return [head, ...rows];
}
