// SPDX-License-Identifier: AGPL-3.0-or-later
// The help lines that the client carries (made by scripts/helplines.mjs), and how old a date is. A line is warned about
// when its source is older than twelve months, and folded away when it is older than twenty-four.
import table from "./helplines.json";

export interface HelpLine {
  readonly iso: string;
  readonly kind: "emergency" | "helpline";
  readonly service: string;
  /** As dialled inside the country; `dial` is what a phone can dial of it, if anything. */
  readonly numbers: readonly { readonly text: string; readonly dial: string | null }[];
  readonly chat: string;
  readonly web: string;
  readonly hours: string;
  readonly languages: string;
  /** When its source was checked or written: YYYY, YYYY-MM or YYYY-MM-DD; null if nobody knows. */
  readonly date: string | null;
  readonly source: string;
}

export type Age = "fresh" | "old" | "too-old";

const lines = table as readonly HelpLine[];

export function countriesWithLines(): readonly string[] {
  return [...new Set(lines.map((line) => line.iso))];
}

export function linesOf(iso: string): readonly HelpLine[] {
  return lines.filter((line) => line.iso === iso);
}

/** Months are counted from the end of what the date says: "2023" may have been December. */
export function ageOf(date: string | null, now: Date): Age {
  if (date === null) return "old";
  const [year = 0, month = 12] = date.split("-").map(Number);
  const months = (now.getFullYear() - year) * 12 + (now.getMonth() + 1 - month);
  if (months > 24) return "too-old";
  return months > 12 ? "old" : "fresh";
}
