/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Files of Markdown or plain text, one page each: an Obsidian folder of daily notes, a folder of diaries. The day is what the
// front matter says, else the file's name, else its folders, else the file's own time.
//
// Of YAML this reads a handful of keys with plain values and simple lists, and nothing else: what front matter of notes has.
// A whole YAML reader is larger than all importing together and brings anchors and tags that a stranger's file can abuse.

import { readWhen, toPage, whenByFile, whenByName, withTags, type Parsed, type TextFile, type When } from "./importing_found";

type Front = ReadonlyMap<string, readonly string[]>;

/** In the order in which they are believed. */
const DATE_KEYS = ["date", "created", "creation date", "created at", "datetime", "day"];

const LONGEST_FRONT = 20_000;

export function parseMarkdown(file: TextFile): Parsed {
  const { front, body } = splitFront(file.text);
  const title = front.get("title")?.[0] ?? "";
  const text = title === "" || body.includes(title) ? body : `# ${title}\n\n${body.trim()}`;
  const tags = [...(front.get("tags") ?? []), ...(front.get("tag") ?? [])];
  // A note without words is nothing to keep, whatever stands above it.
  return onePage("markdown", file, body.trim() === "" && title === "" ? "" : withTags(text, tags), whenOf(front));
}

export function parseText(file: TextFile): Parsed {
  return onePage("text", file, file.text, null);
}

function onePage(format: "markdown" | "text", { name, modified }: TextFile, text: string, said: When | null): Parsed {
  const when = said ?? whenByName(name) ?? whenByFile(modified);
  const found = text.trim() === "" ? "empty" : when === null ? "no-date" : toPage(text, when);
  if (typeof found === "object") return { format, pages: [found], unread: [] };
  return { format, pages: [], unread: found === "empty" ? [] : [{ name, why: found }] };
}

function whenOf(front: Front): When | null {
  for (const key of DATE_KEYS) {
    const when = readWhen((front.get(key)?.[0] ?? "").replace(/^\[\[/, ""));
    if (when !== null) return when;
  }
  return null;
}

/** The front matter is between two lines of three dashes, the first of which is the file's first line. */
export function splitFront(text: string): { readonly front: Front; readonly body: string } {
  const found = /^\ufeff?---[^\S\n]*\r?\n/.exec(text);
  const start = found?.[0].length ?? 0;
  const end = found === null ? null : /^(?:---|\.\.\.)[^\S\n]*\r?$/m.exec(text.slice(start, start + LONGEST_FRONT));
  if (end === null) return { front: new Map(), body: text };
  return { front: readFront(text.slice(start, start + end.index)), body: text.slice(start + end.index + end[0].length) };
}

function readFront(yaml: string): Front {
  const front = new Map<string, string[]>();
  let key = "";
  for (const line of yaml.split(/\r\n?|\n/)) {
    const item = /^\s*-\s+(.*)$/.exec(line);
    if (item !== null) {
      front.get(key)?.push(scalar(item[1]!));
      continue;
    }
    const pair = /^([\p{L}\p{N}_][\p{L}\p{N}_ -]{0,59}):(?:\s+(.*))?$/u.exec(line);
    if (pair === null) continue; // nested, commented, or not for us
    key = pair[1]!.toLowerCase().replaceAll("_", " ").trim();
    front.set(key, values(pair[2] ?? ""));
  }
  return front;
}

/** "a", 'a', a, [a, "b"]; what follows a " #" is a comment. */
function values(text: string): string[] {
  const list = /^\[(?!\[)(.*)\]\s*$/.exec(text.trim());
  const parts = list === null ? [text] : list[1]!.split(",");
  return parts.map(scalar).filter((value) => value !== "");
}

function scalar(text: string): string {
  const quoted = /^\s*(["'])(.*)\1\s*(?:#.*)?$/.exec(text);
  return (quoted?.[2] ?? text.replace(/(?:^|\s)#.*$/, "")).trim();
}
