/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Day One's JSON export: { entries: [{ uuid, creationDate (UTC), timeZone, text (Markdown, with escapes), richText, tags,
// photos, audios, videos, pdfAttachments … }] }. Words, day and tags come along; places, weather and attachments do not.

import { dayIn, PAGES_MOST, readWhen, toPage, withTags, type Found, type Parsed, type Unread, type When } from "./importing_found";

type Json = Record<string, unknown>;

const ATTACHED = { photos: "photos", audios: "audios", videos: "videos", pdfAttachments: "pdfs" } as const;

export function isDayOne(entries: readonly unknown[]): boolean {
  return entries.some((one) => isObject(one) && typeof one.creationDate === "string");
}

/** NAME: of the file, with its folders. */
export function parseDayOne(name: string, entries: readonly unknown[]): Parsed {
  const pages: Found[] = [];
  const unread: Unread[] = [];
  const seen = new Map<string, string>();
  for (const [i, entry] of entries.entries()) {
    if (pages.length >= PAGES_MOST) break;
    const place = `${name} #${i + 1}`;
    if (!isObject(entry)) {
      unread.push({ name: place, why: "broken" });
      continue;
    }
    for (const file of attachedTo(name, entry)) unread.push({ name: file, why: "left-out" });
    const when = whenOf(entry);
    const found = when === null ? "no-date" : toPage(textOf(entry), when, stableOf(entry, seen));
    if (typeof found === "object") pages.push(found);
    else if (found !== "empty") unread.push({ name: place, why: found });
  }
  return { format: "day-one", pages, unread };
}

function whenOf({ creationDate, timeZone }: Json): When | null {
  const when = typeof creationDate === "string" ? readWhen(creationDate) : null;
  return when === null ? null : { ...when, day: dayIn(timeZone, when.at) };
}

/** Its uuid, unless another entry of this file has it, too, and says something else: then both are told apart by what they say. */
function stableOf(entry: Json, seen: Map<string, string>): string | undefined {
  const { uuid } = entry;
  if (typeof uuid !== "string" || !/^[0-9A-Za-z-]{8,64}$/.test(uuid)) return undefined;
  const text = textOf(entry);
  const before = seen.get(uuid);
  seen.set(uuid, before ?? text);
  return before === undefined || before === text ? uuid : undefined;
}

function textOf({ text, richText, tags }: Json): string {
  const plain = typeof text === "string" && text.trim() !== "" ? unescaped(withoutMoments(text)) : richTextOf(richText);
  return withTags(plain, Array.isArray(tags) ? tags : []);
}

/** Day One puts a backslash before each mark that Markdown could take for its own; not inside fenced code. */
function unescaped(text: string): string {
  const parts = text.split(/^(```.*)$/m);
  let code = false;
  return parts
    .map((part, i) => {
      if (i % 2 === 1) code = !code;
      return code || i % 2 === 1 ? part : part.replace(/\\([\\`*_{}[\]()#+\-.!~>|<])/g, "$1");
    })
    .join("");
}

/** Where a picture stood there is nothing to show: it is named among what was left out. */
function withoutMoments(text: string): string {
  return text.replace(/\n{0,2}!\[[^\]\n]{0,200}\]\(dayone-moment:[^)\n]{0,200}\)\n{0,2}/g, "\n\n").replace(/\[\[dayone-moment:[^\]\n]{0,200}\]\]/g, "");
}

function richTextOf(richText: unknown): string {
  if (typeof richText !== "string") return "";
  try {
    const { contents } = JSON.parse(richText) as Json;
    const parts = Array.isArray(contents) ? contents : [];
    return parts.map((part) => (isObject(part) && typeof part.text === "string" ? part.text : "")).join("");
  } catch {
    return "";
  }
}

/** The files that the export has for an entry, by the names they have in its zip. */
function attachedTo(name: string, entry: Json): string[] {
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  return Object.entries(ATTACHED).flatMap(([kind, sub]) => {
    const files = entry[kind];
    return (Array.isArray(files) ? files : []).slice(0, 100).flatMap((file) => {
      const { md5, identifier, type, format } = isObject(file) ? file : ({} as Json);
      const base = [md5, identifier].find((one) => typeof one === "string");
      const ending = [type, format, sub === "pdfs" ? "pdf" : undefined].find((one) => typeof one === "string");
      return base === undefined ? [] : [`${folder}${sub}/${String(base)}${ending === undefined ? "" : `.${String(ending)}`}`];
    });
  });
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
