// SPDX-License-Identifier: AGPL-3.0-or-later
// LogCheck: what can be told about the order of one room's log once its entries are open. The server gives the order;
// each entry names its author's entry before it (prev), inside the ciphertext. So a line replayed, moved before what it
// follows, or set back into an older epoch is refused, and a line that was dropped is missed by the one after it.
//
// What it cannot see: the newest lines held back (nothing follows them yet), and the order between different authors.
//
// Feed lines in any page order and as often as they come; verdicts are by seq and may change as more is known (a replay
// fed before its original is "ok" until the original comes). Pure: no key, no clock, no library.

import { toBase64url } from "../lib/base64url";
import { Reader } from "../lib/bytes";
import type { EntryFrame } from "../lib/frames";
import { toId, type Id } from "../lib/id";
import type { EntryContent } from "./face";

export type LogRefusal =
  | "other-room"    // a frame of another room
  | "twice"         // this id stands at a lower seq already
  | "changed"       // another line, or another body, where one was seen before
  | "order"         // stands before the entry it follows
  | "other-author"  // follows, or takes back, somebody else's entry
  | "epoch-down"    // an older epoch than a line before it
  | "unopened";     // openEntry refused it; the caller knows why

export type LogVerdict =
  | { readonly state: "ok" }
  | { readonly state: "refused"; readonly reason: LogRefusal }
  /** Everything before is loaded, and the entry this one follows is not there: something is missing here. */
  | { readonly state: "missing-before"; readonly prev: Id };

export interface LogLine {
  readonly frame: EntryFrame;
  /** What openEntry gave for a plain frame; null if it threw, and for every other frame. */
  readonly content: EntryContent | null;
}

export interface LogNews {
  readonly seq: number;
  readonly id: Id;
  readonly verdict: LogVerdict;
}

interface Seen {
  line: LogLine;
  /** The verified epoch of an opened line, else 0. */
  epoch: number;
  /** The commitment of a plain line, kept when it is erased later, so that it cannot come back as something else. */
  commitment: string | null;
  verdict: LogVerdict | null;
}

const OK: LogVerdict = { state: "ok" };
const COMMITMENT_AT = 5;
const COMMITMENT_BYTES = 32;

export class LogCheck {
  private readonly bySeq = new Map<number, Seen>();
  /** The same, ascending by seq. */
  private order: Seen[] = [];

  constructor(private readonly room: Id) {}

  /** What is new or has changed through LINES. Looks at every line held, once: some milliseconds for 10,000. */
  feed(lines: readonly LogLine[]): LogNews[] {
    const turnedAway = lines.flatMap((line) => this.take(line));
    if (this.order.length !== this.bySeq.size) {
      this.order = [...this.bySeq.values()].sort((a, b) => a.line.frame.seq - b.line.frame.seq);
    }
    return [...turnedAway, ...this.judge()];
  }

  verdict(seq: number): LogVerdict | null {
    return this.bySeq.get(seq)?.verdict ?? null;
  }

  /** Every line from 1 to here is loaded; 0 if line 1 is not. */
  get wholeUpTo(): number {
    const gap = this.order.findIndex(({ line }, i) => line.frame.seq !== i + 1);
    return gap === -1 ? this.order.length : gap;
  }

  private take(line: LogLine): LogNews[] {
    const { frame } = line;
    const held = this.bySeq.get(frame.seq);
    if (frame.room !== this.room) return [refusal(frame, "other-room")];
    if (held === undefined) this.bySeq.set(frame.seq, { line, epoch: epochOf(line), commitment: commitmentOf(frame), verdict: null });
    else if (!fits(held, frame)) return [refusal(frame, "changed")];
    else renew(held, line);
    return [];
  }

  private judge(): LogNews[] {
    const news: LogNews[] = [];
    const places = this.firstPlaces();
    const whole = this.wholeUpTo;
    let epoch = 0;
    for (const seen of this.order) {
      const { seq, id } = seen.line.frame;
      const verdict = judgeLine(seen, places, epoch, seq <= whole);
      if (verdict.state !== "refused") epoch = Math.max(epoch, seen.epoch);
      if (!same(verdict, seen.verdict)) news.push({ seq, id, verdict });
      seen.verdict = verdict;
    }
    return news;
  }

  /** Each entry where it stands first; a later line with the same id is a replay. A line that did not open must not
   *  take the place of one that did. */
  private firstPlaces(): Map<Id, EntryFrame> {
    const opened = new Map<Id, EntryFrame>();
    const unopened = new Map<Id, EntryFrame>();
    for (const { line } of this.order) {
      const { frame, content } = line;
      if (frame.state === "takeback") continue;
      const places = frame.state === "plain" && content === null ? unopened : opened;
      if (!places.has(frame.id)) places.set(frame.id, frame);
    }
    if (unopened.size === 0) return opened;
    return new Map([...unopened, ...opened]);
  }
}

function judgeLine(seen: Seen, places: Map<Id, EntryFrame>, epoch: number, allBefore: boolean): LogVerdict {
  const { frame, content } = seen.line;
  if (frame.state === "takeback") return judgeTakeBack(frame, places);
  if (places.get(frame.id)!.seq !== frame.seq) return refused("twice");
  if (frame.state !== "plain") return OK;
  if (content === null) return refused("unopened");
  const verdict = judgePrev(frame, content.prev, places, allBefore);
  if (verdict.state !== "refused" && seen.epoch < epoch) return refused("epoch-down");
  return verdict;
}

function judgePrev(frame: EntryFrame, prev: Id | "", places: Map<Id, EntryFrame>, allBefore: boolean): LogVerdict {
  if (prev === "") return OK;
  const before = places.get(prev);
  if (before === undefined) return allBefore ? { state: "missing-before", prev } : OK;
  if (before.seq >= frame.seq) return refused("order");
  return before.author === frame.author ? OK : refused("other-author");
}

function judgeTakeBack(frame: EntryFrame, places: Map<Id, EntryFrame>): LogVerdict {
  const target = places.get(toId(frame.body));
  if (target === undefined || target.author === frame.author) return OK;
  return refused("other-author");
}

/** Whether FRAME can be the line HELD is: what a line is never changes, only its words may go. */
function fits(held: Seen, frame: EntryFrame): boolean {
  const was = held.line.frame;
  const wasTakeBack = was.state === "takeback";
  if (was.id !== frame.id || was.author !== frame.author || wasTakeBack !== (frame.state === "takeback")) return false;
  const commitment = commitmentOf(frame);
  return commitment === null || held.commitment === null || commitment === held.commitment;
}

/** Takes the newer telling of a line, but what was erased stays erased. */
function renew(held: Seen, line: LogLine): void {
  held.commitment ??= commitmentOf(line.frame);
  if (held.line.frame.state === "erased") return;
  if (line.frame.state === "plain" && line.content === null && held.line.content !== null) return;
  held.line = line;
  held.epoch = epochOf(line);
}

/** For a plain line its commitment, for a line that takes back its target: what may not change. */
function commitmentOf(frame: EntryFrame): string | null {
  if (frame.state === "takeback") return toBase64url(frame.body);
  if (frame.state !== "plain") return null;
  return toBase64url(frame.body.subarray(COMMITMENT_AT, COMMITMENT_AT + COMMITMENT_BYTES));
}

function epochOf(line: LogLine): number {
  if (line.frame.state !== "plain" || line.content === null) return 0;
  return new Reader(line.frame.body.subarray(1, COMMITMENT_AT)).u32();
}

function refused(reason: LogRefusal): LogVerdict {
  return { state: "refused", reason };
}

function refusal(frame: EntryFrame, reason: LogRefusal): LogNews {
  return { seq: frame.seq, id: frame.id, verdict: refused(reason) };
}

function same(a: LogVerdict, b: LogVerdict | null): boolean {
  if (b === null || a.state !== b.state) return false;
  if (a.state === "refused" && b.state === "refused") return a.reason === b.reason;
  return a.state !== "missing-before" || b.state !== "missing-before" || a.prev === b.prev;
}
