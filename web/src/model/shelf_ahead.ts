/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What stands or is gone already, but is not on the shelf's segments yet: lines that the log has just taken, and words that
// wait in the outbox. Laid over the shelf, so that what was written or let go shows at once. Pure.

import type { Id } from "../lib/id";
import type { Content, Ms, Place } from "./face";
import type { Seen } from "./logs";
import type { Waiting } from "./outbox";
import { sumOf } from "./shelf_lines";
import type { Part } from "./shelf_things";

export interface Ahead {
  /** By thing. */
  readonly parts: ReadonlyMap<Id, readonly Part[]>;
  /** Lines that were taken back, or wait to be. */
  readonly gone: ReadonlySet<Id>;
  readonly seqs: ReadonlyMap<Id, number>;
  readonly contents: ReadonlyMap<Id, Content>;
  /** Of waiting words only. */
  readonly places: ReadonlyMap<Id, Place>;
}

/** SEEN: the lines above those on the shelf. HELD: whether the shelf has a line. */
export function aheadOf(seen: readonly Seen[], waiting: readonly Waiting[], held: (id: Id) => boolean): Ahead {
  const parts = new Map<Id, Part[]>();
  const gone = new Set<Id>();
  const seqs = new Map<Id, number>();
  const contents = new Map<Id, Content>();
  const places = new Map<Id, Place>();

  function add(id: Id, seq: number | null, at: Ms, content: Content): void {
    const sum = sumOf(id, content);
    if (sum === null) return;
    contents.set(id, content);
    parts.set(sum.of, [...(parts.get(sum.of) ?? []), { id, seq, at, sum }]);
  }

  for (const { id, seq, at, state, content, target, refused } of seen) {
    if (refused !== null) continue;
    if (state === "takeback") gone.add(target!);
    else seqs.set(id, seq);
    if (content !== null) add(id, seq, at, content);
  }
  for (const { id, what, at, content, place } of waiting) {
    if (what === "takeback") gone.add(id);
    else if (!held(id) && !seqs.has(id)) {
      add(id, null, at, content);
      places.set(id, place);
    }
  }
  return { parts, gone, seqs, contents, places };
}
