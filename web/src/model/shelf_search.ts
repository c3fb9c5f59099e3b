/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The words of one segment of the shelf, indexed by MiniSearch, which is fetched when it is first needed. A document's
// number is the seq of its thing's root.
//
// What is let go leaves no word behind: MiniSearch only crosses out a document it is told to discard, so its index is
// swept before it is stored.

import type MiniSearch from "minisearch";
import type { AsPlainObject, Options } from "minisearch";
import { mayBegin, wordsOf } from "./shelf_words";

export interface Found {
  readonly seq: number;
  readonly score: number;
}

export interface WordIndex {
  /** Puts TEXT in place of what stood under SEQ; "": nothing stands there any more. */
  set(seq: number, text: string): void;
  /** What holds all of WORDS, or words that begin so. */
  find(words: readonly string[]): Found[];
  /** To be kept, and given to reopenIndex. */
  toJson(): Promise<unknown>;
}

interface Document {
  readonly id: number;
  readonly text: string;
}

const OPTIONS: Options<Document> = {
  fields: ["text"],
  tokenize: wordsOf,
  processTerm: (term) => term,
  autoVacuum: false,
  // Asked for are words that wordsOf gave already, with a space between.
  searchOptions: { combineWith: "AND", prefix: mayBegin, tokenize: (words) => words.split(" ") },
};

let library: Promise<typeof MiniSearch> | null = null;

function fetchLibrary(): Promise<typeof MiniSearch> {
  library ??= import("minisearch").then((module) => module.default);
  library.catch(() => (library = null));
  return library;
}

export async function openIndex(): Promise<WordIndex> {
  return indexWith(new (await fetchLibrary())(OPTIONS));
}

/** From what toJson gave; null if this MiniSearch does not read it. */
export async function reopenIndex(kept: unknown): Promise<WordIndex | null> {
  const Library = await fetchLibrary();
  try {
    return indexWith(Library.loadJS(kept as AsPlainObject, OPTIONS));
  } catch {
    return null;
  }
}

function indexWith(index: MiniSearch<Document>): WordIndex {
  return {
    set(seq, text) {
      if (index.has(seq)) index.discard(seq);
      if (text !== "") index.add({ id: seq, text });
    },
    find: (words) => index.search(words.join(" ")).map(({ id, score }) => ({ seq: id as number, score })),
    async toJson() {
      if (index.dirtCount > 0) await index.vacuum({ batchSize: Number.MAX_SAFE_INTEGER, batchWait: 0 });
      return index.toJSON();
    },
  };
}
