// SPDX-License-Identifier: AGPL-3.0-or-later
// The times that "can we talk?" offers. Each is a real time, said as such, so that nobody has to guess what "evening" meant.
const HOUR = 3_600_000;
const EVENING = 19;
const LAST_OF_TODAY = 22;
const MORNING = 10;
const NOON = 12;

export type WhenChoice = "now" | "evening" | "tomorrow" | "time";
export type UntilChoice = "then" | "hour" | "tonight" | "tomorrow";

export interface At<C extends string> {
  readonly choice: C;
  readonly at: number;
}

function atHour(now: number, daysOn: number, hour: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + daysOn);
  return day.setHours(hour, 0, 0, 0);
}

/** The set times that are still to come. "now" and "time" are always there, and are not in this list. */
export function offeredTimes(now: number): At<"evening" | "tomorrow">[] {
  const evening = atHour(now, 0, EVENING);
  const tomorrow = { choice: "tomorrow", at: atHour(now, 1, MORNING) } as const;
  return evening - now > HOUR / 2 ? [{ choice: "evening", at: evening }, tomorrow] : [tomorrow];
}

/** By when the asker may want to know. Never after the time to talk. The first is the one that is picked at first. */
export function offeredUntil(now: number, when: number | null): At<UntilChoice>[] {
  const all: At<UntilChoice>[] = [
    ...(when === null ? [] : [{ choice: "then", at: when } as const]),
    { choice: "hour", at: now + HOUR },
    { choice: "tonight", at: atHour(now, 0, LAST_OF_TODAY) },
    { choice: "tomorrow", at: atHour(now, 1, NOON) },
  ];
  const inTime = (at: number) => when === null || at <= when;
  const later = ({ choice, at }: At<UntilChoice>) => choice === "then" || choice === "hour" || at - now > HOUR;
  return all.filter((time) => inTime(time.at) && later(time));
}

/** A time to begin from where people say their own. */
export const tomorrowNoon = (now: number): number => atHour(now, 1, NOON);

/** What <input type="datetime-local"> wants: local time without a zone. */
export function toLocalField(ms: number): string {
  const date = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}

/** Null while nothing whole is written. */
export function fromLocalField(text: string): number | null {
  const ms = new Date(text).getTime();
  return Number.isNaN(ms) ? null : ms;
}
