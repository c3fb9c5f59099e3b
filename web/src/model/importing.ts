/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Pages from other journals: read on this device, looked at, then kept. No byte of a file leaves the device as it is; what is
// kept goes to the house like any page, sealed.
//
// A page's id is made of what it was elsewhere (keyed, so that the house learns nothing by it): bringing the same file again
// makes no doubles, on any device. A page that was brought, let go, and is wanted back gets an id of its own.

import { signal, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import { ModelFailure, type ExportState, type ImportFormat, type Importing, type ImportPreview, type Kept, type PageWords, type PickedFile } from "./face";
import { toFailure } from "./failure";
import { isDayOne, parseDayOne } from "./importing_dayone";
import { cleanName, PAGES_MOST, toText, type Found, type Parsed, type Unread } from "./importing_found";
import { isJrnlJson, isJrnlText, parseJrnlJson, parseJrnlText } from "./importing_jrnl";
import { parseMarkdown, parseText } from "./importing_markdown";
import { isZip, unzipped } from "./importing_zip";
import type { Outbox } from "./outbox";

export interface ImportingDeps {
  readonly outbox: Pick<Outbox, "step" | "waitingIn">;
  /** What is kept here; ready when all that this device holds is in it. */
  readonly shelf: { readonly kept: ReadonlySignal<readonly Kept[]>; ready(): Promise<void> };
  readonly mine: () => Id;
}

const FILE_MAX = 50 << 20;
const UNPACKED_MAX = 200 << 20;
/** One file of words. A whole journal in one file of JSON may be as large as a picked file. */
const WORDS_MAX = 4 << 20;
const UNREAD_MOST = 50_000;
/** Ids made, and pages put down, in one go. */
const STEP = 100;
/** How often one and the same page can be let go and brought again. */
const AGAIN_MOST = 20;

type Kind = "zip" | "json" | "markdown" | "text" | "left-out" | "nothing";

export function createImporting(core: Core, { outbox, shelf, mine }: ImportingDeps): Importing {
  const state = signal<ExportState>({ is: "idle" });

  async function during<T>(work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      state.value = { is: "idle" };
      return done;
    } catch (error) {
      state.value = { is: "failed", failure: toFailure(error) };
      throw error;
    }
  }

  /** Lets the page breathe: the screen is drawn, a press is heard. */
  const breathe = () => new Promise<void>((done) => core.platform.setTimeout(done, 0));

  async function read(files: readonly PickedFile[]): Promise<ImportPreview> {
    const room = mine();
    const gathered = new Gathered();
    for (const [i, file] of files.entries()) {
      state.value = { is: "working", done: i, of: files.length };
      await breathe();
      await readFile(file, gathered, breathe);
    }
    const { pages, format } = gathered;
    if (pages.length === 0) throw new ModelFailure("bad-file", null, gathered.oneReason());
    await shelf.ready();
    return { format, pages: oldestFirst(await identified(room, pages)), unread: gathered.unread };
  }

  async function identified(room: Id, found: readonly (Found & { readonly format: ImportFormat })[]): Promise<ImportPreview["pages"]> {
    const here = new Set(shelf.kept.peek().map(({ id }) => id));
    const going = new Set(outbox.waitingIn(room).peek().filter(({ what }) => what === "takeback").map(({ id }) => id));
    const pages = new Map<Id, ImportPreview["pages"][number]>();
    for (let i = 0; i < found.length; i += STEP) {
      state.value = { is: "working", done: i, of: found.length };
      const some = await Promise.all(found.slice(i, i + STEP).map(({ format, stable, words }) => identify(`import/${format}/${stable}`, words)));
      for (const page of some) if (!pages.has(page.key)) pages.set(page.key, page);
      await breathe();
    }
    return [...pages.values()];

    async function identify(name: string, words: PageWords): Promise<ImportPreview["pages"][number]> {
      for (let again = 0; ; again++) {
        const key = await core.crypto.vaultKey(again === 0 ? name : `${name}/again/${again}`);
        if (here.has(key)) return { key, words, known: true };
        const gone = going.has(key) || (await core.local.entries.find(room, key))?.state === "erased";
        if (!gone || again === AGAIN_MOST) return { key, words, known: false };
      }
    }
  }

  async function keep({ pages }: ImportPreview): Promise<void> {
    const room = mine();
    const fresh = pages.filter(({ known }) => !known);
    for (let i = 0; i < fresh.length; i += STEP) {
      state.value = { is: "working", done: i, of: fresh.length };
      const puts = fresh.slice(i, i + STEP).map(({ key, words }) => ({ room, id: key, content: { kind: "page" as const, page: words }, bulk: true }));
      await outbox.step(puts, []);
      await breathe();
    }
  }

  return {
    state,
    read: (files) => core.act(() => during(() => read(files))),
    keep: (preview) => core.act(() => during(() => keep(preview))),
  };
}

/** What the files have given so far. */
class Gathered {
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

async function readFile(file: PickedFile, gathered: Gathered, breathe: () => Promise<void>): Promise<void> {
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
export function parseWords(kind: Kind, file: { readonly name: string; readonly text: string; readonly modified: number }): Parsed | null {
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
export function kindOf(path: string): Kind {
  const parts = path.split("/");
  const name = parts[parts.length - 1]!;
  if (name === "" || parts.some((part) => part.startsWith(".") || part === "__MACOSX") || /^(thumbs\.db|desktop\.ini)$/i.test(name)) return "nothing";
  const dot = name.lastIndexOf(".");
  if (dot === -1) return "text";
  const ending = name.slice(dot + 1).toLowerCase();
  return Object.hasOwn(KINDS, ending) ? KINDS[ending]! : "left-out";
}

function oldestFirst(pages: ImportPreview["pages"]): ImportPreview["pages"] {
  return [...pages].sort((a, b) => (a.words.day === b.words.day ? (a.words.written ?? 0) - (b.words.written ?? 0) : a.words.day < b.words.day ? -1 : 1));
}
