// SPDX-License-Identifier: AGPL-3.0-or-later
// The days that a letter can be sealed until, as a calendar has them: a day begins at midnight where the person is.

/** A day as a date field has it: YYYY-MM-DD. */
export type Day = string;

const two = (number: number): string => String(number).padStart(2, "0");

export function dayOf(at: number): Day {
  const date = new Date(at);
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The moment it begins; null: it is no day of the calendar. */
export function beginOf(day: Day): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)?.slice(1).map(Number);
  if (!parts) return null;
  const [year, month, date] = parts as [number, number, number];
  const begin = new Date(year, month - 1, date).getTime();
  return dayOf(begin) === day ? begin : null;
}

/** The same day of the month so many months on; in a shorter month its last. */
export function later(now: number, { days = 0, months = 0 }: { days?: number; months?: number }): Day {
  const date = new Date(now);
  const target = new Date(date.getFullYear(), date.getMonth() + months, 1);
  const last = new Date(target.getFullYear(), target.getMonth() + 1, 0).getDate();
  return dayOf(new Date(target.getFullYear(), target.getMonth(), Math.min(date.getDate(), last) + days).getTime());
}

export const tomorrow = (now: number): Day => later(now, { days: 1 });
