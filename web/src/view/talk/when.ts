// SPDX-License-Identifier: AGPL-3.0-or-later
// Times as a person would say them, for the middle of a sentence: "this morning", "on Monday evening", "tomorrow at 19:00".
// What was said needs no minutes; only a time that two people agree on does.
import { useEffect, useState } from "preact/hooks";
import { formatDay, formatTime, t } from "../../i18n";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEK_OF_NAMES = 6; // days that one weekday's name still tells apart

type Part = "early" | "morning" | "afternoon" | "evening" | "night";

function partOfDay(at: number): Part {
  const hour = new Date(at).getHours();
  if (hour < 5) return "early";
  if (hour < 12) return "morning";
  if (hour < 17) return "afternoon";
  return hour < 22 ? "evening" : "night";
}

function daysAgo(at: number, now: number): number {
  const noon = (ms: number) => new Date(ms).setHours(12, 0, 0, 0);
  return Math.round((noon(now) - noon(at)) / DAY);
}

/** When something was: "just now", "yesterday evening", "on 3 November". */
export function sayWhen(at: number, now: number): string {
  if (at > now - 5 * MINUTE) return t("talk.when.now");
  if (at > now - 60 * MINUTE) return t("talk.when.soon");
  const days = daysAgo(at, now);
  const part = partOfDay(at);
  if (days === 0) return t(`talk.when.today.${part}`);
  if (days === 1) return t(`talk.when.yesterday.${part}`);
  const day = formatDay(at, now);
  return days <= WEEK_OF_NAMES ? t(`talk.when.weekday.${part}`, { day }) : t("talk.when.date", { day });
}

/** A time on the clock, before or after now: "today at 19:00", "on 3 November at 10:00". */
export function sayClock(at: number, now: number): string {
  const days = daysAgo(at, now);
  const time = formatTime(at);
  if (days === 0) return t("talk.when.clock.today", { time });
  if (days === 1) return t("talk.when.clock.yesterday", { time });
  if (days === -1) return t("talk.when.clock.tomorrow", { time });
  return t("talk.when.clock.weekday", { day: formatDay(at, now), time });
}

/** The time now, fresh enough for words like these. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE / 2);
    return () => clearInterval(timer);
  }, []);
  return now;
}
