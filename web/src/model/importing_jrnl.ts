/* SPDX-License-Identifier: AGPL-3.0-or-later */
// jrnl, the journal of the command line. Its file is text: each page begins with "[2024-03-01 09:00] Title." (before version
// 2: without the brackets), everything up to the next such line belongs to it. Its JSON export has { entries: [{ title, body,
// date, time, tags, starred }] }. Both readings of a page give the same words, so that bringing both makes no doubles.

import { PAGES_MOST, readWhen, toPage, type Found, type Parsed, type TextFile, type Unread, type When } from "./importing_found";

type Json = Record<string, unknown>;

const NEW_HEAD = /^\[(\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)\]( .*|)$/;
const OLD_HEAD = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2})( .+)$/;

export function isJrnlText(text: string): boolean {
  return headOf(firstLine(text)) !== null;
}

export function parseJrnlText({ name, text }: TextFile): Parsed {
  const head = headOf(firstLine(text)) ?? NEW_HEAD;
  const taken = new Taken(name);
  let when: When | null = null;
  let lines: string[] = [];
  const close = () => void (lines.length > 0 && taken.add(lines.join("\n"), when));
  for (const line of text.split(/\r\n?|\n/)) {
    const begins = line.length < 10_000 ? head.exec(line) : null;
    const at = begins === null ? null : readWhen(begins[1]!);
    if (begins === null || at === null) {
      lines.push(line);
      continue;
    }
    close();
    when = at;
    lines = [untilStar(begins[2]!)];
  }
  close();
  return taken.all();
}

export function isJrnlJson(entries: readonly unknown[]): boolean {
  return entries.some((one) => isObject(one) && typeof one.date === "string" && (typeof one.title === "string" || typeof one.body === "string"));
}

export function parseJrnlJson(name: string, entries: readonly unknown[]): Parsed {
  const taken = new Taken(name);
  for (const entry of entries) {
    if (!isObject(entry)) {
      taken.not("broken");
      continue;
    }
    const { title, body, date, time } = entry;
    const when = typeof date === "string" ? (readWhen(`${date} ${typeof time === "string" ? time : ""}`) ?? readWhen(date)) : null;
    taken.add([title, body].filter((part) => typeof part === "string" && part !== "").join("\n"), when);
  }
  return taken.all();
}

/** Pages as they are found; what is not kept is told by its number in the file. */
class Taken {
  private readonly pages: Found[] = [];
  private readonly unread: Unread[] = [];
  private number = 0;

  constructor(private readonly name: string) {}

  add(text: string, when: When | null): void {
    if (this.pages.length >= PAGES_MOST) return;
    const found = when === null ? (text.trim() === "" ? "empty" : "no-date") : toPage(text.trim(), when);
    if (found === "empty") return;
    if (typeof found === "string") return this.not(found);
    this.number += 1;
    this.pages.push(found);
  }

  not(why: Unread["why"]): void {
    this.number += 1;
    this.unread.push({ name: `${this.name} #${this.number}`, why });
  }

  all(): Parsed {
    return { format: "jrnl", pages: this.pages, unread: this.unread };
  }
}

function headOf(line: string): RegExp | null {
  return [NEW_HEAD, OLD_HEAD].find((head) => head.test(line) && readWhen(line.replace("[", "")) !== null) ?? null;
}

function firstLine(text: string): string {
  const start = text.search(/\S/);
  return start === -1 ? "" : text.slice(start, start + 10_000).split(/[\r\n]/, 1)[0]!;
}

/** jrnl marks a starred page by a star at the end of its title; it is no word of the page. */
const untilStar = (title: string): string => title.replace(/ \*$/, "").trim();

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
