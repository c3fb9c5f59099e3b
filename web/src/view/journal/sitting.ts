// SPDX-License-Identifier: AGPL-3.0-or-later
// Guided writing: which sitting comes next, and how its clock speaks. The clock has few words, so that nobody writes against
// a countdown; aloud it speaks twice.
import type { Kept } from "../../model/face";

export const SITTINGS = 4;
export const LENGTHS = [15, 20] as const;
export type Minutes = (typeof LENGTHS)[number];

const MINUTE = 60_000;
const ROUND_MS = 12 * 7 * 24 * 60 * MINUTE;
const STEP = 5;

const isSitting = ({ kind, prompt }: Kept): boolean => kind === "page" && /^guided:[1-4]$/.test(prompt);

/** The kept sittings of this round: those of the last twelve weeks. What is longer ago was about another time. */
export function sittingsOf(kept: readonly Kept[], now: number): Kept[] {
  return kept.filter((one) => isSitting(one) && one.at > now - ROUND_MS);
}

/** Null: the four are done. */
export function nextSitting(kept: readonly Kept[], now: number): number | null {
  const done = sittingsOf(kept, now).length;
  return done < SITTINGS ? done + 1 : null;
}

export const promptOfSitting = (number: number): string => `guided:${number}`;

/** "guided:2" → 2; null for any other prompt. */
export function sittingOfPrompt(prompt: string): number | null {
  const number = prompt.match(/^guided:([1-4])$/)?.[1];
  return number === undefined ? null : Number(number);
}

/** What the clock shows: the end, two minutes, or a number of minutes in steps of five. */
export type Left = "end" | "two" | number;

export function leftOf(leftMs: number): Left {
  if (leftMs <= 0) return "end";
  if (leftMs <= 2 * MINUTE) return "two";
  return Math.ceil(leftMs / (STEP * MINUTE)) * STEP;
}

/** What is said aloud when the time left goes from BEFORE to NOW: only half, and two minutes. */
export function spokenBetween(beforeMs: number, nowMs: number, wholeMs: number): "half" | "two" | null {
  const passed = (mark: number) => beforeMs > mark && nowMs <= mark;
  if (passed(2 * MINUTE)) return "two";
  return passed(wholeMs / 2) ? "half" : null;
}
