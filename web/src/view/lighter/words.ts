// SPDX-License-Identifier: AGPL-3.0-or-later
// The picture and its table in words: days, months and weeks as the person's language says them.
import { firstWeekday, formatDateAndMonth, formatDayOfMonth, formatDays, formatList, t } from "../../i18n";
import type { Kept } from "../../model/face";
import { sayFeeling, sayWeight } from "../checkin/words";
import { noonOf, sayMonth } from "../journal/days";
import type { Frame, Drawing } from "./drawing";
import { draw } from "./drawing";
import { weekOf, type Part, type Span, type Strip, type Week } from "./strips";

export function sayTime(span: Span, { from }: Strip): string {
  return span === "weeks" ? t("lighter.weeks") : sayMonth(from.slice(0, 7));
}

export function sayGap({ from, to }: { readonly from: string; readonly to: string }): string {
  const time = from === to ? sayMonth(from) : t("lighter.gap.from", { from: sayMonth(from), to: sayMonth(to) });
  return t("lighter.gap", { time });
}

export const sayWeek = ({ from, to }: Week): string => formatDays(noonOf(from), noonOf(to));

export const sayFeelings = (feelings: readonly string[]): string => formatList(feelings.map(sayFeeling));

/** A label under the first day of each week; in a month, under its first day, too. */
export function frameOf(span: Span, room: { readonly width: number; readonly letter: number }): Frame {
  const weekday = firstWeekday();
  const label = (day: string): string => {
    if (span !== "weeks") return day.endsWith("-01") || weekOf(day, weekday) === day ? formatDayOfMonth(noonOf(day)) : "";
    return weekOf(day, weekday) === day ? formatDateAndMonth(noonOf(day)) : "";
  };
  return { ...room, top: t("lighter.top"), bottom: t("lighter.bottom"), label };
}

/** What the file shows, oldest first, as one reads a sheet of paper. */
export function sheetOf(span: Span, parts: readonly Part[], room: { readonly width: number; readonly letter: number }): { title: string; drawing: Drawing | null }[] {
  const frame = frameOf(span, room);
  return [...parts].reverse().map((part) => {
    if (part.is === "gap") return { title: sayGap(part), drawing: null };
    return { title: sayTime(span, part.strip), drawing: draw(part.strip, frame) };
  });
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
