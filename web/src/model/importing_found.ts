/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What the readers of other journals share: bytes to text, text to a page, dates as people and programs write them. Pure;
// whatever is in a file, nothing here throws. What a file says is somebody's words at best: it is never run, only kept as text.

import { utf8 } from "../lib/bytes";
import { toJson } from "./content";
import type { ImportFormat, ImportPreview, Ms, PageWords } from "./face";

export type Unread = ImportPreview["unread"][number];

/** A page as another journal had it. */
export interface Found {
  /** The same for the same page at every reading: what makes a repeat no double. */
  readonly stable: string;
  readonly words: PageWords;
}

export interface Parsed {
  readonly format: ImportFormat;
  readonly pages: readonly Found[];
  readonly unread: readonly Unread[];
}

export interface TextFile {
  readonly name: string;
  readonly text: string;
  readonly modified: Ms;
}

/** Pages of one import; a page a day for more than a life. */
export const PAGES_MOST = 50_000;

/** What the outbox takes (60,000 bytes), less what its seal adds. */
const PAGE_JSON_MAX = 59_900;

// ── Text ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Null: it is no text in UTF-8, nor in UTF-16 with its mark. */
export function toText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** One kind of line end, no control character, nothing that UTF-8 could not carry, no empty lines around it. */
export function clean(text: string): string {
  const lines = text.replace(/\r\n?|\u2028|\u2029/g, "\n");
  const plain = lines.replace(/[^\P{Cc}\n\t]/gu, "").replace(/\p{Surrogate}/gu, "\ufffd");
  return plain.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd();
}

/** A file's name fit for showing: on one line, not endless, and not able to turn the line around. */
export function cleanName(name: string): string {
  const plain = name.replace(/\p{Surrogate}/gu, "\ufffd").replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "");
  return [...plain.slice(0, 400)].slice(-120).join("") || "?";
}

/** Tags stand at the end of a page, those that its text has not named already. */
export function withTags(text: string, tags: readonly unknown[]): string {
  const named = tags.filter((tag): tag is string => typeof tag === "string" && tag.trim() !== "" && tag.length <= 100);
  const marks = [...new Set(named.map((tag) => `#${clean(tag).trim().replace(/^#/, "").replace(/\s+/g, "-")}`))].slice(0, 50);
  const missing = marks.filter((mark) => !text.toLowerCase().includes(mark.toLowerCase()));
  return missing.length === 0 ? text : `${text.trimEnd()}\n\n${missing.join(" ")}`.trimStart();
}

// ── Pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** "empty": there is nothing to keep, and nothing is lost. STABLE as the other journal has it; else what the page says. */
export function toPage(text: string, when: When, stable?: string): Found | "too-long" | "empty" {
  const plain = clean(text);
  if (plain === "") return "empty";
  const written = when.at >= 0 ? when.at : null; // an entry has no time before 1970; the day stays
  const words: PageWords = { text: plain, day: when.day, feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written };
  if (utf8(JSON.stringify(toJson({ kind: "page", page: words }))).length > PAGE_JSON_MAX) return "too-long";
  return { stable: stable ?? `${when.mark}\n${plain}`, words };
}

// ── Dates ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface When {
  /** YYYY-MM-DD on the writer's calendar. */
  readonly day: string;
  readonly at: Ms;
  /** As it stands there, so that it is the same on a device in another zone; "" for a file's time, which a copy changes. */
  readonly mark: string;
}

const DATE = /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/;
const CLOCK = /[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s{0,2}([AaPp]\.?[Mm]\.?)?\s{0,2}(Z|UTC|[+-]\d{2}:?\d{2})?(?![\w:])/;
const WRITTEN = new RegExp(`^${DATE.source}(?:${CLOCK.source})?`);

const FIRST_YEAR = 1800;
const LAST_YEAR = 2200;

/** A date at the beginning of TEXT, with or without a time: "2024-03-01", "2024-03-01T09:00:00+01:00", "2024/03/01 9:00 PM". */
export function readWhen(text: string): When | null {
  const [, year, month, date, hour, minute, second = "0", half, zone] = WRITTEN.exec(text) ?? [];
  const day = toDay(Number(year), Number(month), Number(date));
  if (day === null) return null;
  if (hour === undefined) return { day, at: noonOf(day), mark: day };
  const time = toTime(Number(hour), Number(minute), Number(second), half);
  if (time === null) return null;
  const [y, m, d] = day.split("-").map(Number) as [number, number, number];
  const mark = `${day} ${two(time[0])}:${two(time[1])} ${zone ?? ""}`;
  if (zone === undefined) return { day, at: new Date(y, m - 1, d, ...time).getTime(), mark };
  const at = Date.UTC(y, m - 1, d, ...time) - offsetOf(zone);
  // "Z" is what programs write, whatever the writer's calendar said; an offset is the writer's own.
  return { day: /^[ZU]/.test(zone) ? dayOf(at) : day, at, mark };
}

/** The date of a file by its name, or by its folders: "2024-03-01 a walk.md", "20240301.txt", "2024/03/01.md". */
export function whenByName(path: string): When | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const found = /(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)(?:[T _-]+(\d{2})[-_.:h]?(\d{2})(?!\d))?/.exec(name);
  const folders = /(?:^|\/)(\d{4})\/(?:\d{4}-)?(\d{2})\/(?:\d{4}-\d{2}-)?(\d{2})(?!\d)[^/]*$/.exec(path);
  const [year, month, date, hour, minute] = found ? [found[1], found[3], found[4], found[5], found[6]] : (folders?.slice(1) ?? []);
  if (year === undefined) return null;
  const clock = hour === undefined ? "" : ` ${hour}:${minute}`;
  return readWhen(`${year}-${month}-${date}${clock}`) ?? readWhen(`${year}-${month}-${date}`);
}

/** A file's own time, unless it says nothing (zips without one have 1980, systems without a clock 1970). */
export function whenByFile(modified: Ms): When | null {
  if (!Number.isFinite(modified) || modified < Date.UTC(1981, 0)) return null;
  const at = Math.floor(modified);
  return at > Date.UTC(LAST_YEAR, 0) ? null : { day: dayOf(at), at, mark: "" };
}

/** The day it was in ZONE ("Europe/Paris", "GMT+0200") at AT; by this device's calendar if the zone is none. */
export function dayIn(zone: unknown, at: Ms): string {
  const format = typeof zone === "string" ? formatFor(zone) : null;
  if (format === null) {
    const offset = typeof zone === "string" ? /^(?:GMT|UTC)?([+-]\d{2}):?(\d{2})$/.exec(zone) : null;
    return offset === null ? dayOf(at) : new Date(at + offsetOf(`${offset[1]}${offset[2]}`)).toISOString().slice(0, 10);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.year!.padStart(4, "0")}-${parts.month}-${parts.day}`;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();
const FORMATS_MOST = 600; // there are not more zones than that

function formatFor(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  if (formats.size >= FORMATS_MOST) formats.clear();
  const made = makeFormat(timeZone);
  formats.set(timeZone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  } catch {
    return null;
  }
}

/** Null: it is no day of the calendar, or none that anybody alive can have written on. */
function toDay(year: number, month: number, date: number): string | null {
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return null;
  const noon = new Date(Date.UTC(year, month - 1, date, 12));
  if (noon.getUTCMonth() !== month - 1 || noon.getUTCDate() !== date) return null;
  return noon.toISOString().slice(0, 10);
}

function toTime(hour: number, minute: number, second: number, half: string | undefined): [number, number, number] | null {
  if (minute > 59 || second > 59 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return null;
  if (half === undefined) return [hour, minute, second];
  return [(hour % 12) + (/^p/i.test(half) ? 12 : 0), minute, second];
}

function offsetOf(zone: string): Ms {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

const two = (value: number) => String(value).padStart(2, "0");

/** By this device's calendar. */
function dayOf(at: Ms): string {
  const date = new Date(at);
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Where no time is known: far from both midnights. */
function noonOf(day: string): Ms {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date, 12).getTime();
}
