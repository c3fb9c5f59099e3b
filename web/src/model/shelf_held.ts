/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The lines of the self room that the shelf holds in memory, judged, and tied to the things they make up. No storage, no key.

import { LogCheck } from "../crypto/log";
import type { Id } from "../lib/id";
import { checkable, erased, type ShelfLine } from "./shelf_lines";
import { SEGMENT } from "./shelf_store";
import type { Part, Root } from "./shelf_things";

/** What a change touched: lines by their seq, things by their id. */
export interface Touched {
  readonly lines: Set<number>;
  readonly things: Set<Id>;
}

export class ShelfHeld {
  private readonly bySeq = new Map<number, ShelfLine>();
  private readonly byId = new Map<Id, ShelfLine>();
  /** Takebacks, by what they take back. */
  private readonly takenBack = new Map<Id, ShelfLine>();
  /** Which lines (by seq) say something about a thing. */
  private readonly things = new Map<Id, Set<number>>();
  /** Those that are gifts, standing or not. */
  private readonly gifts = new Set<Id>();
  /** Made with the first line that is new: an unlock without news judges nothing anew. */
  private check: LogCheck | null = null;

  constructor(private readonly room: Id) {}

  /** As they were stored: judged before. */
  restore(lines: readonly ShelfLine[]): void {
    for (const line of lines) this.set(line);
  }

  /** Judges FRESH and puts it in its place; verdicts on what was here before may change by it. */
  take(fresh: readonly ShelfLine[]): Touched {
    const check = (this.check ??= this.checkOfAll());
    const touched: Touched = { lines: new Set(), things: new Set() };
    const news = check.feed(fresh.map((line) => checkable(this.room, line)));
    for (const line of fresh) if (this.fits(line)) this.change(line, touched);
    for (const seq of new Set(news.map((one) => one.seq))) {
      const line = this.bySeq.get(seq);
      const verdict = check.verdict(seq);
      if (line !== undefined) this.change({ ...line, refused: verdict?.state === "refused" ? verdict.reason : null }, touched);
    }
    for (const line of fresh) this.erase(line, touched);
    if (fresh.some(({ seq }) => seq === 1)) for (const thing of this.things.keys()) if (!this.byId.has(thing)) touched.things.add(thing);
    return touched;
  }

  /** Those of segment N. */
  lines(n: number): ShelfLine[] {
    const seqs = Array.from({ length: SEGMENT }, (_, i) => n * SEGMENT + 1 + i);
    return seqs.flatMap((seq) => this.bySeq.get(seq) ?? []);
  }

  line = (seq: number): ShelfLine | undefined => this.bySeq.get(seq);
  seqOf = (id: Id): number | undefined => this.byId.get(id)?.seq;
  ids = (): Iterable<Id> => this.things.keys();
  giftIds = (): Iterable<Id> => this.gifts;

  /** Lines that did not open when they came. */
  unopened(): number[] {
    return [...this.bySeq.values()].filter(({ state, prev }) => state === "plain" && prev === null).map(({ seq }) => seq);
  }

  /** Null while its root is not known. A root that the house never took (it refused it, and took an edit of it) is known once
      all lines from the first on are: then the oldest edit stands for it. */
  root(thing: Id): (Root & { readonly seq: number }) | null {
    return this.byId.get(thing) ?? (this.bySeq.has(1) ? this.oldest(thing) : null);
  }

  private oldest(thing: Id): ShelfLine | null {
    const seqs = [...(this.things.get(thing) ?? [])].filter((seq) => this.bySeq.get(seq)?.sum?.is === "version");
    return seqs.length === 0 ? null : this.bySeq.get(Math.min(...seqs))!;
  }

  /** The thing whose root stands at SEQ. */
  rootedAt(seq: number): Id | null {
    const line = this.bySeq.get(seq);
    const thing = line === undefined ? null : (line.sum?.of ?? line.id);
    return thing !== null && this.root(thing)?.seq === seq ? thing : null;
  }

  /** What stands of a thing. */
  parts(thing: Id): Part[] {
    return [...(this.things.get(thing) ?? [])].flatMap((seq) => {
      const line = this.bySeq.get(seq)!;
      return line.sum !== null && line.refused === null ? [{ id: line.id, seq, at: line.at, sum: line.sum }] : [];
    });
  }

  /** The thing that a line belongs to; null if it belongs to none. */
  thingOf(id: Id): Id | null {
    const line = this.byId.get(id);
    return line?.sum?.of ?? (this.things.has(id) ? id : null);
  }

  private checkOfAll(): LogCheck {
    const check = new LogCheck(this.room);
    check.feed([...this.bySeq.values()].map((line) => checkable(this.room, line)));
    return check;
  }

  /** As LogCheck has it: what a line is never changes, and what was erased stays erased. */
  private fits(line: ShelfLine): boolean {
    const held = this.bySeq.get(line.seq);
    if (held === undefined) return true;
    if (held.id !== line.id || held.state === "erased") return false;
    return line.state !== "plain" || held.prev === null;
  }

  private change(line: ShelfLine, touched: Touched): void {
    const before = this.bySeq.get(line.seq);
    this.set(line);
    touched.lines.add(line.seq);
    for (const thing of [before?.sum?.of, line.sum?.of, line.id]) if (thing !== undefined && this.things.has(thing)) touched.things.add(thing);
  }

  private set(line: ShelfLine): void {
    this.bySeq.set(line.seq, line);
    const held = this.byId.get(line.id);
    if (line.state !== "takeback" && (held === undefined || held.seq === line.seq || comesBefore(line, held))) this.byId.set(line.id, line);
    if (line.state === "takeback") this.takenBack.set(targetOf(line), line);
    if (line.sum?.is === "gift") this.gifts.add(line.id);
    if (line.sum !== null) this.things.set(line.sum.of, (this.things.get(line.sum.of) ?? new Set()).add(line.seq));
  }

  /** LINE takes another back, or was taken back by a line that came before it: the words go, here and in what is stored. */
  private erase(line: ShelfLine, touched: Touched): void {
    const takeback = line.state === "takeback" ? line : this.takenBack.get(line.id);
    if (takeback === undefined || this.bySeq.get(takeback.seq)?.refused !== null) return;
    const target = this.byId.get(targetOf(takeback));
    if (target !== undefined && target.state === "plain") this.change(erased(target), touched);
  }
}

/** Of two lines with one id, which stands: one that was not refused, then the first. */
function comesBefore(a: ShelfLine, b: ShelfLine): boolean {
  if ((a.refused === null) !== (b.refused === null)) return a.refused === null;
  return a.seq < b.seq;
}

/** 16 bytes, as base64url: an id. */
const targetOf = (takeback: ShelfLine): Id => takeback.head;
