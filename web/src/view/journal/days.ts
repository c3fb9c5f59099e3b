// SPDX-License-Identifier: AGPL-3.0-or-later
// Days as the journal knows them: "2026-11-24", the day on the writer's own calendar, wherever it is read later.
import { formatFullDay, formatMonth, formatShortDay } from "../../i18n";

const two = (number: number) => String(number).padStart(2, "0");

/** The day it is on this device's calendar. */
export function dayOf(ms: number): string {
  const date = new Date(ms);
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Noon of that day here: far enough from both midnights for any change of clocks. */
export function noonOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date, 12).getTime();
}

export const monthOf = (day: string): string => day.slice(0, 7);

export const sayMonth = (month: string): string => formatMonth(noonOf(`${month}-01`));
export const sayDay = (day: string, now: number): string => formatFullDay(noonOf(day), now);
export const sayShortDay = (day: string): string => formatShortDay(noonOf(day));

export function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && dayOf(noonOf(value)) === value;
}
