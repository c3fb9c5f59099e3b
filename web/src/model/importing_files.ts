/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What picked files hold: which reader each is for, how much of it is read, and what all of them together have given. Pure but
// for the files' bytes.

import type { ImportFormat, PickedFile } from "./face";
import { isDayOne, parseDayOne } from "./importing_dayone";
import { cleanName, PAGES_MOST, toText, type Found, type Parsed, type Unread } from "./importing_found";
import { isJrnlJson, isJrnlText, parseJrnlJson, parseJrnlText } from "./importing_jrnl";
import { parseMarkdown, parseText } from "./importing_markdown";
import { isZip, unzipped } from "./importing_zip";

const FILE_MAX = 50 << 20;
const UNPACKED_MAX = 200 << 20;
/** One file of words. A whole journal in one file of JSON may be as large as a picked file. */
const WORDS_MAX = 4 << 20;
const UNREAD_MOST = 50_000;

type Kind = "zip" | "json" | "markdown" | "text" | "left-out" | "nothing";

/** What the files have given so far. */
export class Gathered {
  readonly pages: (Found & { readonly format: ImportFormat })[] = [];
  readonly unread: Unread[] = [];
  left = UNPACKED_MAX;
  private readonly named = new Set<string>();

  add({ format, pages, unread }: Parsed, name: string): void {
    const room = PAGES_MOST - this.pages.length;
    for (const page of pages.slice(0, room)) this.pages.push({ ...page, format });
    for (const one of unread) this.not(one.name, one.why);
    if (pages.length > room) this.not(name, "too-long");
  }

  not(name: string, why: Unread["why"]): void {
    const shown = cleanName(name);
    if (this.named.has(`${why} ${shown}`) || this.unread.length >= UNREAD_MOST) return;
    this.named.add(`${why} ${shown}`);
    this.unread.push({ name: shown, why });
  }

  /** That of most pages: a file of another kind among them changes no name of the whole. */
  get format(): ImportFormat {
    const counts = new Map<ImportFormat, number>();
    for (const { format } of this.pages) counts.set(format, (counts.get(format) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "text";
  }

  oneReason(): string {
    const reasons = new Set(this.unread.map(({ why }) => why));
    return reasons.size === 1 ? [...reasons][0]! : "";
  }
}

export async function readFile(file: PickedFile, gathered: Gathered, breathe: () => Promise<void>): Promise<void> {
  const { name, size, modified } = file;
  const kind = kindOf(name);
  if (kind === "nothing") return;
  if (kind === "left-out") return gathered.not(name, "left-out");
  if (size > FILE_MAX) return gathered.not(name, "too-long");
  const bytes = await file.bytes();
  if (kind === "zip" || isZip(bytes)) return readZip(name, bytes, gathered, breathe);
  if (bytes.length > Math.min(limitOf(name), gathered.left)) return gathered.not(name, "too-long");
  gathered.left -= bytes.length;
  readWords(name, bytes, modified, gathered);
}

async function readZip(zipName: string, zip: Uint8Array, gathered: Gathered, breathe: () => Promise<void>): Promise<void> {
  const files = unzipped(zip, { total: gathered.left, each: limitOf });
  if (files === null) return gathered.not(zipName, "broken");
  let since = 0;
  for (const { name, modified, bytes } of files) {
    if (kindOf(name) === "nothing") continue;
    if (typeof bytes === "string") {
      gathered.not(name, bytes);
      continue;
    }
    gathered.left -= bytes.length;
    since += bytes.length;
    readWords(name, bytes, modified, gathered);
    if (since > 1 << 20) {
      since = 0;
      await breathe();
    }
  }
}

function readWords(name: string, bytes: Uint8Array, modified: number, gathered: Gathered): void {
  const text = toText(bytes);
  if (text === null) return gathered.not(name, "not-text");
  const parsed = parseWords(kindOf(name), { name, text, modified });
  if (parsed === null) gathered.not(name, "broken");
  else gathered.add(parsed, name);
}

/** Null: JSON that is cut short, or no journal. */
function parseWords(kind: Kind, file: { readonly name: string; readonly text: string; readonly modified: number }): Parsed | null {
  if (kind === "markdown") return parseMarkdown(file);
  if (kind !== "json") return isJrnlText(file.text) ? parseJrnlText(file) : parseText(file);
  const entries = entriesOf(file.text);
  if (isDayOne(entries)) return parseDayOne(file.name, entries);
  return isJrnlJson(entries) ? parseJrnlJson(file.name, entries) : null;
}

function entriesOf(text: string): readonly unknown[] {
  try {
    const json = JSON.parse(text) as { entries?: unknown } | null;
    return Array.isArray(json?.entries) ? json.entries : [];
  } catch {
    return [];
  }
}

function limitOf(name: string): number {
  const kind = kindOf(name);
  if (kind === "json") return FILE_MAX;
  return kind === "markdown" || kind === "text" ? WORDS_MAX : 0;
}

const KINDS: Readonly<Record<string, Kind>> = { zip: "zip", json: "json", md: "markdown", markdown: "markdown", txt: "text", text: "text" };

/** "nothing": what a system or a program left there; nobody wrote it, and nobody misses it. */
function kindOf(path: string): Kind {
  const parts = path.split("/");
  const name = parts[parts.length - 1]!;
  if (name === "" || parts.some((part) => part.startsWith(".") || part === "__MACOSX") || /^(thumbs\.db|desktop\.ini)$/i.test(name)) return "nothing";
  const dot = name.lastIndexOf(".");
  if (dot === -1) return "text";
  const ending = name.slice(dot + 1).toLowerCase();
  return Object.hasOwn(KINDS, ending) ? KINDS[ending]! : "left-out";
}
