// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of what was kept, month by month, and what there is to choose from when looking for something. No drawing here.
import type { Kept } from "../../model/face";
import { monthOf } from "./days";

export interface MonthOfKept {
  readonly month: string;
  readonly rows: readonly { readonly kept: Kept; readonly firstOfDay: boolean }[];
}

/** KEPT is in the order to show; months that come again later in it (best matches first) come again here. */
export function byMonth(kept: readonly Kept[]): MonthOfKept[] {
  const months: { month: string; rows: { kept: Kept; firstOfDay: boolean }[] }[] = [];
  let before: Kept | null = null;
  for (const one of kept) {
    const month = monthOf(one.day);
    if (months.at(-1)?.month !== month) months.push({ month, rows: [] });
    months.at(-1)?.rows.push({ kept: one, firstOfDay: before?.day !== one.day });
    before = one;
  }
  return months;
}

/** Each once, in the order in which they stand. */
export function monthsIn(kept: readonly Kept[]): string[] {
  return [...new Set(kept.map(({ day }) => monthOf(day)))];
}

export function feelingsIn(kept: readonly Kept[]): string[] {
  return [...new Set(kept.flatMap(({ feelings }) => feelings))];
}
