/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The shelf on this device: sealed, in segments of so many lines, so that a change rewrites the touched segments and no
// other. A segment's lines and the words of the things that begin in it are two rows; what holds them together is the mark.
//
// The mark names each row by a tag that stands inside it. A row that does not fit the mark (a crash, another tab, somebody
// at the disk) is not used: of lines, everything is then read anew; of words, that segment.

import type { Id } from "../lib/id";
import type { Core } from "./core";
import type { ShelfLine } from "./shelf_lines";

/** How many lines, by seq, make a segment. */
export const SEGMENT = 512;
export const segmentOf = (seq: number): number => Math.floor((seq - 1) / SEGMENT);

/** Raise it with every change of what is stored, of how words are cut, and of MiniSearch: then it is made anew. */
const FORMAT = 3;

export interface Mark {
  /** The unbroken piece of the log whose lines are in the segments. */
  readonly low: number;
  readonly high: number;
  /** Roots whose words are not in the index as they stand now. */
  readonly owed: readonly number[];
}

export interface Segments {
  readonly lines: ReadonlyMap<number, readonly ShelfLine[]>;
  readonly words: ReadonlyMap<number, unknown>;
}

interface StoredMark extends Mark {
  readonly format: number;
  readonly lines: readonly (readonly [number, Id])[];
  readonly words: readonly (readonly [number, Id])[];
}

interface Row {
  readonly tag: Id;
  readonly rows: unknown;
}

export interface ShelfStore {
  /** Null: there is none that could be used. */
  open(): Promise<(Mark & { readonly lines: readonly ShelfLine[] }) | null>;
  /** What was saved of the words of segment N; null: nothing that fits. */
  words(n: number): Promise<unknown>;
  /** What another tab put down since: those of its rows that are not mine, and what it owes. */
  foreign(): Promise<{ readonly lines: readonly number[]; readonly words: readonly number[]; readonly owed: readonly number[] }>;
  /** All of it in one step. */
  save(mark: Mark, changed: Segments): Promise<void>;
  clear(): void;
}

const NONE = { lines: [], words: [], owed: [] };

export function createShelfStore(core: Core): ShelfStore {
  const tags = { lines: new Map<number, Id>(), words: new Map<number, Id>() };

  async function read(name: string): Promise<unknown> {
    const sealed = await core.local.shelf.get(name);
    return sealed === null ? null : core.openJson(sealed, place(name));
  }

  async function readMark(): Promise<StoredMark | null> {
    const mark = (await read("mark")) as StoredMark | null;
    return mark?.format === FORMAT ? mark : null;
  }

  /** Sealed by this program, in this format: its shape is known once it opens. */
  async function readRow(name: string, tag: Id | undefined): Promise<unknown> {
    if (tag === undefined) return null;
    const row = (await read(name)) as Row | null;
    return row?.tag === tag ? row.rows : null;
  }

  async function seal(name: string, value: unknown): Promise<{ name: string; sealed: Awaited<ReturnType<Core["sealJson"]>> }> {
    return { name, sealed: await core.sealJson(value, place(name)) };
  }

  function clear(): void {
    tags.lines.clear();
    tags.words.clear();
  }

  return {
    clear,

    async open() {
      clear();
      const mark = await readMark();
      if (mark === null) return null;
      const segments = await Promise.all(mark.lines.map(([n, tag]) => readRow(`lines/${n}`, tag)));
      if (segments.includes(null)) return null;
      for (const [n, tag] of mark.lines) tags.lines.set(n, tag);
      for (const [n, tag] of mark.words) tags.words.set(n, tag);
      return { low: mark.low, high: mark.high, owed: mark.owed, lines: (segments as ShelfLine[][]).flat() };
    },

    words: (n) => readRow(`words/${n}`, tags.words.get(n)),

    async foreign() {
      const mark = await readMark();
      if (mark === null) return NONE;
      const others = (theirs: StoredMark["lines"], mine: Map<number, Id>) => theirs.filter(([n, tag]) => mine.get(n) !== tag);
      const [lines, words] = [others(mark.lines, tags.lines), others(mark.words, tags.words)];
      for (const [n, tag] of words) tags.words.set(n, tag);
      return { lines: lines.map(([n]) => n), words: words.map(([n]) => n), owed: words.length > 0 ? mark.owed : [] };
    },

    async save(mark, changed) {
      const { era } = core;
      const next = { lines: new Map(tags.lines), words: new Map(tags.words) };
      const rows: Promise<{ name: string; sealed: Awaited<ReturnType<Core["sealJson"]>> }>[] = [];
      for (const kind of ["lines", "words"] as const) {
        for (const [n, content] of changed[kind]) {
          const tag = core.newId();
          next[kind].set(n, tag);
          rows.push(seal(`${kind}/${n}`, { tag, rows: content } satisfies Row));
        }
      }
      const stored: StoredMark = { ...mark, format: FORMAT, lines: [...next.lines], words: [...next.words] };
      const sealed = await Promise.all([...rows, seal("mark", stored)]);
      if (core.era !== era) return;
      await core.local.shelf.put(sealed);
      Object.assign(tags, next);
    },
  };
}

const place = (name: string): string => `shelf/${name}`;
