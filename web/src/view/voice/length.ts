// SPDX-License-Identifier: AGPL-3.0-or-later
// How long a sound is, in digits for the eye and in words for sentences and for those who listen.
import { t } from "../../i18n";

const SECOND = 1000;

/** Whole seconds: what has begun does not count yet, so that a clock never runs ahead. */
const seconds = (ms: number): number => Math.floor(Math.max(0, ms) / SECOND);

/** "1:05" */
export function digits(ms: number): string {
  const all = seconds(ms);
  return `${Math.floor(all / 60)}:${String(all % 60).padStart(2, "0")}`;
}

/** "1 minute 5 seconds" */
export function sayLength(ms: number): string {
  const all = seconds(ms);
  const [whole, rest] = [Math.floor(all / 60), all % 60];
  const inMinutes = t("voice.length.minutes", { count: whole });
  const inSeconds = t("voice.length.seconds", { count: rest });
  if (whole === 0) return inSeconds;
  return rest === 0 ? inMinutes : t("voice.length.both", { minutes: inMinutes, seconds: inSeconds });
}
