// SPDX-License-Identifier: AGPL-3.0-or-later
// Every word that a person reads comes through here. `t("people.title")` gives a sentence, `tNodes` one with elements in its
// gaps, and the rest says times, days and lists the way the person's language does.
//
// A new area is one file in en/ plus one line in en/inside.ts (or in en/index.ts, if it can be seen without an open session).
// Words: plain, literal, no "should", no blame, at most twenty words a sentence. A second language is a second folder of the
// same shape.
import { en } from "./en";
import type { inside } from "./en/inside";
import { pickForm, splitAtGaps, type Area, type GapsOf, type KeyOf, type Message, type MessageAt } from "./message";

export type Catalogue = typeof en & typeof inside;
export type MessageKey = KeyOf<Catalogue>;
type Gap<K extends MessageKey> = GapsOf<MessageAt<Catalogue, K>>;
type Filling<K extends MessageKey, V> = [Gap<K>] extends [never] ? [] : [gaps: { [G in Gap<K>]: V }];

const HOUR = 3_600_000;

/** The reader's own English if they have one (so dates read as at home), else plain British English. */
const locale = globalThis.navigator?.languages?.find((tag) => tag.startsWith("en")) ?? "en-GB";
const rules = new Intl.PluralRules(locale);

export const language = "en";

/** All words that are here. */
const words: Record<string, Area> = { ...en };

/** Brings the words of what is inside. Before it resolves, no screen of an open session may be drawn. */
export async function bringInside(): Promise<void> {
  Object.assign(words, (await import("./en/inside")).inside);
}

function find(key: string): Message {
  const dot = key.indexOf("."); // the area ends here; the name of a message may have dots of its own
  const message = words[key.slice(0, dot)]?.[key.slice(dot + 1)];
  return message ?? key;
}

/** The words of a key, its gaps filled. */
export function t<K extends MessageKey>(key: K, ...[gaps]: Filling<K, string | number>): string {
  const values = (gaps ?? {}) as Record<string, string | number>;
  return splitAtGaps(pickForm(find(key), values.count, rules))
    .map((part, place) => (place % 2 ? say(values[part]) : part))
    .join("");
}

/** The same, with elements in the gaps: `tNodes("talk.from", { name: <b>{name}</b> })`. */
export function tNodes<K extends MessageKey, V>(key: K, ...[gaps]: Filling<K, V | string | number>): (V | string)[] {
  const values = (gaps ?? {}) as Record<string, V | string | number>;
  return splitAtGaps(pickForm(find(key), values.count, rules)).map((part, place) => {
    if (place % 2 === 0) return part;
    const value = values[part];
    if (value === undefined) return "";
    return typeof value === "number" ? say(value) : value;
  });
}

function say(value: string | number | undefined): string {
  return typeof value === "number" ? value.toLocaleString(locale) : (value ?? "");
}

/** 14:05 */
export function formatTime(ms: number): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(ms);
}

/** Today, yesterday, Monday, or 3 November (with the year if it is another). `nowMs` comes from the model's clock. */
export function formatDay(ms: number, nowMs: number): string {
  const days = daysBetween(ms, nowMs);
  if (days === 0) return t("ui.today");
  if (days === 1) return t("ui.yesterday");
  if (days === -1) return t("ui.tomorrow");
  if (Math.abs(days) < 7) return new Intl.DateTimeFormat(locale, { weekday: "long" }).format(ms);
  const sameYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(ms);
}

/** Today, 14:05 */
export function formatWhen(ms: number, nowMs: number): string {
  return t("ui.dayAndTime", { day: formatDay(ms, nowMs), time: formatTime(ms) });
}

/** 3 November 2026 */
export function formatDate(ms: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(ms);
}

/** 3 Nov 2026 */
export function formatShortDate(ms: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(ms);
}

/** Tuesday 24 November 2026, or without the year when it is this one. */
export function formatFullDay(ms: number, nowMs: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(ms);
}

/** Tue 24 */
export function formatShortDay(ms: number): string {
  return new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric" }).format(ms);
}

/** November 2026 */
export function formatMonth(ms: number): string {
  return new Intl.DateTimeFormat(locale, { month: "long", year: "numeric" }).format(ms);
}

/** 2–8 November, 30 November – 6 December */
export function formatDays(fromMs: number, toMs: number): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" }).formatRange(fromMs, toMs);
}

/** 24 */
export function formatDayOfMonth(ms: number): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric" }).format(ms);
}

/** 24 Nov */
export function formatDateAndMonth(ms: number): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(ms);
}

/** The day that a week begins with where the reader's English is spoken: 0 is Sunday. */
export function firstWeekday(): number {
  const here = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } };
  return ((here.getWeekInfo?.() ?? here.weekInfo)?.firstDay ?? 1) % 7;
}

/** Ana, Ben and Chi */
export function formatList(names: readonly string[]): string {
  return new Intl.ListFormat(locale, { style: "long", type: "conjunction" }).format(names);
}

/** The name of a country in the person's language. */
export function formatCountry(iso: string): string {
  return new Intl.DisplayNames(locale, { type: "region" }).of(iso) ?? iso;
}

export function sortByName<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  const collator = new Intl.Collator(locale);
  return [...items].sort((a, b) => collator.compare(nameOf(a), nameOf(b)));
}

function daysBetween(ms: number, nowMs: number): number {
  const midnight = (at: number) => new Date(at).setHours(12, 0, 0, 0);
  return Math.round((midnight(nowMs) - midnight(ms)) / (24 * HOUR));
}
