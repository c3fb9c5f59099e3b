// SPDX-License-Identifier: AGPL-3.0-or-later
// What the picture is made of: moments on days, months one under another, the words of each week. Only what was noted stands
// here; nothing is joined, averaged, counted or compared. No drawing, no words of the catalogue.
import type { Kept } from "../../model/face";
import { dayOf, monthOf, noonOf } from "../journal/days";

export type Span = "weeks" | "months" | "year" | "all";

/** One moment. `after` is set for a page that has both. */
export interface Mark {
  readonly day: string;
  readonly weight: number;
  readonly after: number | null;
}

export interface Week {
  readonly from: string;
  readonly to: string;
  readonly feelings: readonly string[];
}

/** A row of days: a month, or four weeks. */
export interface Strip {
  readonly from: string;
  readonly days: readonly string[];
  readonly marks: readonly Mark[];
  /** Those in which a feeling had a name, oldest first. */
  readonly weeks: readonly Week[];
}

export type Part = { readonly is: "strip"; readonly strip: Strip } | { readonly is: "gap"; readonly from: string; readonly to: string };

const DAYS = 86_400_000;

export const addDays = (day: string, days: number): string => dayOf(noonOf(day) + days * DAYS);

/** The first day of its week; WEEKDAY 0 is Sunday. */
export function weekOf(day: string, weekday: number): string {
  const since = (new Date(noonOf(day)).getDay() - weekday + 7) % 7;
  return addDays(day, -since);
}

/** What has something to show here, newest first. */
export function noted(kept: readonly Kept[]): Kept[] {
  return kept.filter(({ kind, weight, weightAfter, feelings }) => kind !== "letter" && (weight !== null || weightAfter !== null || feelings.length > 0));
}

/** The first day that SPAN shows. */
export function firstDay(span: Span, kept: readonly Kept[], today: string, weekday: number): string {
  if (span === "weeks") return addDays(weekOf(today, weekday), -21);
  if (span === "all") return kept.reduce((first, { day }) => (day < first ? day : first), today);
  const [year = 0, month = 1] = today.split("-").map(Number);
  return dayOf(new Date(year, month - 1 - (span === "months" ? 3 : 12), 1, 12).getTime());
}

/** Those of KEPT that SPAN shows. A day ahead (a page about tomorrow) belongs to it, too. */
export function within(span: Span, kept: readonly Kept[], today: string, weekday: number): Kept[] {
  const from = firstDay(span, kept, today, weekday);
  return kept.filter(({ day }) => day >= from);
}

/** The newest part first; KEPT as `within` gives it. Months without anything are one gap, and none before the first mark. */
export function partsOf(span: Span, kept: readonly Kept[], today: string, weekday: number): Part[] {
  const byMonth = group(kept, ({ day }) => monthOf(day));
  if (span === "weeks") return [{ is: "strip", strip: toStrip(dayRow(firstDay(span, kept, today, weekday), 28), kept, weekday) }];
  const parts: Part[] = [];
  const [first, last] = [[...byMonth.keys()].reduce(earlier, monthOf(today)), [...byMonth.keys()].reduce(later, monthOf(today))];
  for (let month = last; month >= first; month = before(month)) {
    const here = byMonth.get(month);
    const gap = parts[parts.length - 1];
    if (here !== undefined) parts.push({ is: "strip", strip: toStrip(monthRow(month), here, weekday) });
    else if (gap?.is === "gap") parts[parts.length - 1] = { ...gap, from: month };
    else parts.push({ is: "gap", from: month, to: month });
  }
  return parts;
}

function toStrip(days: readonly string[], kept: readonly Kept[], weekday: number): Strip {
  const inRow = new Set(days);
  const here = kept.filter(({ day }) => inRow.has(day)).sort((a, b) => (a.day === b.day ? a.at - b.at : a.day < b.day ? -1 : 1));
  const weeks = [...group(here.filter(({ feelings }) => feelings.length > 0), ({ day }) => weekOf(day, weekday))].map(([week, list]) => ({
    from: later(week, days[0]!),
    to: earlier(addDays(week, 6), days[days.length - 1]!),
    feelings: [...new Set(list.flatMap(({ feelings }) => feelings))],
  }));
  return { from: days[0]!, days, marks: here.flatMap(toMark), weeks };
}

function toMark({ day, weight, weightAfter }: Kept): Mark[] {
  const first = weight ?? weightAfter;
  return first === null ? [] : [{ day, weight: first, after: weight === null ? null : weightAfter }];
}

const dayRow = (from: string, length: number): string[] => Array.from({ length }, (_, i) => addDays(from, i));

function monthRow(month: string): string[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return dayRow(`${month}-01`, new Date(year, number, 0).getDate());
}

const before = (month: string): string => monthOf(addDays(`${month}-01`, -1));
const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a > b ? a : b);

function group<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
