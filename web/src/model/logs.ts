/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The rooms' logs as the house tells them: fetched, kept on this device, opened, and judged by LogCheck. What a view sees
// of them is made in lines.ts; what is on its way to them is in outbox.ts.
//
// Of each log one unbroken piece is held, from `low` to `high`: it grows at the end by what the stream brings or a pull
// fetches, and at the front page by page. What the house leaves out shows as a hole, never as nothing.
//
// Each take judges the whole piece anew, since a new line may change what an old one is worth. So at the end of a long piece,
// where lines come one after the other (an import), those of a second are taken together.
//
// Who came into a circle later gets what was said before as lines without words, as behind a block: nothing older is offered
// then. What fades by agreement leaves this device as it leaves the house.

import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { CryptoError, type EntryContent } from "../crypto/face";
import { LogCheck } from "../crypto/log";
import type { EntryFrame, EntryState } from "../lib/frames";
import { toId, type Id } from "../lib/id";
import { readEntry } from "./asides";
import { voicesOf } from "./content";
import { createQueue, type Core } from "./core";
import type { Content, Loading, Ms } from "./face";
import type { Keys } from "./keys";

/** One line of the log, judged. */
export interface Seen {
  readonly seq: number;
  readonly id: Id;
  readonly author: Id;
  readonly at: Ms;
  readonly state: EntryState;
  /** Under which it was sealed; 0 where there are no words. */
  readonly epoch: number;
  /** For a takeback: the id of what it takes back. */
  readonly target: Id | null;
  /** Null unless it opened and nothing speaks against it. */
  readonly content: Content | null;
  /** Why it is not to be believed; null if it is. */
  readonly refused: string | null;
  /** It follows an entry that the house did not give. */
  readonly missingBefore: boolean;
}

export interface RoomLog {
  readonly room: Id;
  readonly seen: ReadonlySignal<readonly Seen[]>;
  readonly progress: Signal<Loading>;
  readonly hasOlder: ReadonlySignal<boolean>;
  high(): number;
  /** My newest entry here, as this device knows it: what the next one follows. */
  lastOf(author: Id): Id | "";
  loadOlder(): Promise<void>;
}

export interface Logs {
  /** The same object for the same room while the session is open. */
  log(room: Id): RoomLog;
  /** All that are held, for what is derived across rooms; changes when a room is added. */
  readonly all: ReadonlySignal<readonly RoomLog[]>;
  /** From this device. */
  load(room: Id): Promise<void>;
  /** From the house, up to HEAD (its last seq). */
  pull(room: Id, head: number): Promise<void>;
  /** As far back as something may still matter today: an ask that waits, a share nobody replied to, what is unread. */
  reachBack(room: Id): Promise<void>;
  /** A line from the stream. */
  incoming(frame: EntryFrame): Promise<void>;
  /** The house took my entry: it moves from the outbox to the log in one step. */
  acknowledge(frame: EntryFrame): Promise<void>;
  /** Resolves when all that is on this device by acknowledge and incoming is seen. */
  shown(room: Id): Promise<void>;
  /** Another tab put lines down. */
  reload(room: Id): Promise<void>;
  /** What a standing entry says that this device holds, however far back; null: it holds none, or does not believe it. */
  contentOf(room: Id, id: Id): Promise<Content | null>;
  /** What was said before UNTIL goes from this device, but for what was said in gatherings, whose time is another. */
  fade(room: Id, until: Ms): Promise<void>;
  /** These lines, in which is said what fades now, wherever it was said. */
  erase(room: Id, ids: readonly Id[]): Promise<void>;
  /** All that this device holds of the room goes. */
  forget(room: Id): Promise<void>;
  /** Everything held of this room once more from the house: what was withheld may be readable now. */
  refetch(room: Id): Promise<void>;
  clear(): void;
}

const PAGE = 100;
const PULL = 500;
const LAST = Number.MAX_SAFE_INTEGER;
const MATTERS_MS = 14 * 86_400_000;
/** However much was said in that time. */
const REACH = 400;
/** Lines of a long piece, and how often it is taken to. */
const LONG = 500;
const TOGETHER_MS = 1_000;

interface Opened {
  readonly frame: EntryFrame;
  readonly content: EntryContent | null;
  /** What it says to me. */
  readonly said: Content | null;
  readonly failed: string | null;
}

interface Held extends RoomLog {
  readonly inOrder: ReturnType<typeof createQueue>;
  readonly lines: Map<number, Opened>;
  readonly check: LogCheck;
  readonly seen: Signal<readonly Seen[]>;
  readonly hasOlder: Signal<boolean>;
  /** Put down, not yet taken: up to `top`, as those that are. */
  fresh: EntryFrame[];
  /** My newest of them. */
  acknowledged: EntryFrame | null;
  takenMs: number;
  timer: unknown;
  low: number;
  top: number;
  loaded: boolean;
  /** Up to which line it was looked through for what fades. */
  faded: number;
}

export function createLogs(core: Core, keys: Keys, blocked: ReadonlySignal<readonly Id[]> = signal([])): Logs {
  const held = new Map<Id, Held>();
  const all = signal<readonly RoomLog[]>([]);

  function log(room: Id): Held {
    const known = held.get(room);
    if (known !== undefined) return known;
    const made = makeHeld(room, () => core.act(() => loadOlder(made)));
    held.set(room, made);
    // Asked for inside computeds: what they depend on changes after them, not under them.
    queueMicrotask(() => (all.value = [...held.values()]));
    return made;
  }

  async function open(frame: EntryFrame): Promise<Opened> {
    if (frame.state !== "plain") return { frame, content: null, said: null, failed: null };
    try {
      const content = await openWithKeys(frame);
      return { frame, content, said: await readEntry(core, frame, content), failed: null };
    } catch (error) {
      if (!(error instanceof CryptoError) || error.code === "locked") throw error;
      return { frame, content: null, said: null, failed: error.reason || error.code };
    }
  }

  async function openWithKeys(frame: EntryFrame): Promise<EntryContent> {
    await keys.ready(frame.room);
    try {
      return await core.crypto.openEntry(frame);
    } catch (error) {
      if (!(error instanceof CryptoError) || error.code !== "unknown-epoch") throw error;
      await keys.ready(frame.room, true);
      return core.crypto.openEntry(frame);
    }
  }

  /** Opens and judges FRAMES, and shows the log anew. */
  async function take(log: Held, frames: readonly EntryFrame[]): Promise<void> {
    const era = core.era;
    const opened: Opened[] = [];
    for (const frame of frames) if (isNews(log, frame)) opened.push(await open(frame));
    if (core.era !== era || opened.length === 0) return;
    log.check.feed(opened.map(({ frame, content }) => ({ frame, content })));
    for (const line of opened) setLine(log, line);
    show(log);
  }

  /** FRAMES are put down on this device. */
  async function takeSoon(log: Held, frames: readonly EntryFrame[]): Promise<void> {
    log.fresh.push(...frames);
    for (const { seq } of frames) log.top = Math.max(log.top, seq);
    const since = Math.abs(core.platform.now() - log.takenMs);
    if (log.lines.size < LONG || since >= TOGETHER_MS) return takeFresh(log);
    log.timer ??= core.platform.setTimeout(() => core.background(() => log.inOrder(() => takeFresh(log))), TOGETHER_MS - since);
  }

  async function takeFresh(log: Held): Promise<void> {
    core.platform.clearTimeout(log.timer);
    log.timer = null;
    log.takenMs = core.platform.now();
    const frames = [...log.fresh];
    if (frames.length === 0) return;
    await take(log, frames);
    log.fresh.splice(0, frames.length);
    log.acknowledged = null;
    core.tabs.tell({ news: "entries", room: log.room });
  }

  async function loadHere(log: Held): Promise<void> {
    if (log.loaded) return;
    await take(log, await core.local.entries.page(log.room, LAST, PAGE));
    log.loaded = true;
    show(log);
  }

  const loadOlder = (log: Held) => log.inOrder(() => olderPage(log));

  async function olderPage(log: Held): Promise<void> {
    await loadHere(log);
    if (!goesFurther(log)) return;
    const here = await core.local.entries.page(log.room, log.low, PAGE);
    await take(log, here.length > 0 ? here : await fetched(log, core.api.entriesBefore(log.room, log.low, PAGE)));
  }

  async function reachBack(log: Held): Promise<void> {
    const since = core.clock.now() + core.offsetMs - MATTERS_MS;
    for (let low = 0; low !== log.low && log.low > 1 && log.lines.size < REACH; ) {
      if (log.lines.get(log.low)!.frame.timeMs < since) return;
      low = log.low;
      await olderPage(log);
    }
  }

  async function fetched(log: Held, asking: Promise<EntryFrame[]>): Promise<EntryFrame[]> {
    const frames = (await asking).filter(({ room }) => room === log.room);
    await core.local.entries.put(frames);
    if (frames.length > 0) core.tabs.tell({ news: "entries", room: log.room });
    return frames;
  }

  async function pull(log: Held, head: number): Promise<void> {
    await loadHere(log);
    await takeFresh(log);
    if (log.top === 0 && head > 0) return take(log, await fetched(log, core.api.entriesBefore(log.room, head + 1, PAGE)));
    while (log.top < head) {
      const frames = await fetched(log, core.api.entriesAfter(log.room, log.top, PULL));
      const before = log.top;
      await take(log, frames);
      if (log.top === before) return; // the house has no more, whatever its head says
    }
  }

  async function incoming(log: Held, frame: EntryFrame): Promise<void> {
    await loadHere(log);
    if (frame.seq > log.top + 1) return pull(log, frame.seq);
    if (!isNews(log, frame) || isFresh(log, frame)) return;
    await core.local.entries.put([frame]);
    await takeSoon(log, [frame, ...(await erasedBy(log, frame))]);
  }

  /** What a takeback takes back, as it stands on this device now: erased. */
  async function erasedBy(log: Held, frame: EntryFrame): Promise<EntryFrame[]> {
    if (frame.state !== "takeback" || log.low === 0) return [];
    return (await core.local.entries.after(log.room, log.low - 1)).filter(({ state }) => state === "erased");
  }

  async function acknowledge(log: Held, frame: EntryFrame): Promise<void> {
    await loadHere(log);
    if (frame.seq > log.top + 1) await pull(log, frame.seq);
    const here = log.lines.get(frame.seq)?.frame.id === frame.id || isFresh(log, frame);
    await core.local.entries.put(here ? [] : [frame], frame.id);
    if (log.acknowledged === null || frame.seq > log.acknowledged.seq) log.acknowledged = frame;
    await takeSoon(log, here ? [] : [frame]);
  }

  /** What another tab put down: what is new at the end, or whatever changed within. */
  async function reload(log: Held): Promise<void> {
    await loadHere(log);
    await takeFresh(log);
    const newer = log.top === 0 ? [] : await core.local.entries.after(log.room, log.top);
    const grown = newer.length > 0 && newer.every(({ state }) => state === "plain");
    await take(log, grown ? newer : await core.local.entries.after(log.room, Math.max(0, log.low - 1)));
  }

  /** Nothing stands before the first line, and nothing to read before the lines from before my time. */
  function goesFurther(log: Held): boolean {
    const first = log.lines.get(log.low)?.frame;
    const before = first?.state === "withheld" && !blocked.peek().includes(first.author);
    return log.low > 1 && !before;
  }

  function show(log: Held): void {
    const ordered = [...log.lines.values()].sort((a, b) => a.frame.seq - b.frame.seq);
    log.seen.value = ordered.map((line, i) => judged(log, line, ordered[i - 1]));
    log.hasOlder.value = goesFurther(log);
  }

  async function fade(log: Held, until: Ms): Promise<void> {
    await loadHere(log);
    for (;;) {
      const rows = (await core.local.entries.after(log.room, log.faded, PAGE)).filter(({ timeMs }) => timeMs < until);
      if (rows.length === 0) return;
      const opened = await Promise.all(rows.map(open));
      await fadeRows(log, opened.filter(({ said }) => said?.kind !== "turn"));
      log.faded = rows[rows.length - 1]!.seq;
    }
  }

  async function fadeRows(log: Held, lines: readonly Opened[]): Promise<void> {
    const going = lines.filter(({ frame }) => frame.state === "plain");
    if (going.length === 0) return;
    await core.local.entries.fade(log.room, going.map(({ frame }) => frame.seq), going.flatMap(({ said }) => (said === null ? [] : voicesOf(said))));
    await take(log, going.flatMap(({ frame }) => (log.lines.has(frame.seq) ? [{ ...frame, state: "erased" as const, body: new Uint8Array() }] : [])));
    core.tabs.tell({ news: "entries", room: log.room });
  }

  async function erase(log: Held, ids: readonly Id[]): Promise<void> {
    const rows = await Promise.all(ids.map((id) => core.local.entries.find(log.room, id)));
    await fadeRows(log, await Promise.all(rows.filter((row) => row !== null).map(open)));
  }

  async function forget(log: Held): Promise<void> {
    await core.local.forgetRoom(log.room);
    core.platform.clearTimeout(log.timer);
    log.lines.clear();
    log.fresh = [];
    log.low = log.top = log.faded = 0;
    show(log);
  }

  const inRoom = (room: Id, work: (log: Held) => Promise<void>) => {
    const one = log(room);
    return one.inOrder(() => work(one));
  };

  return {
    log,
    all,
    load: (room) => core.loading(log(room).progress, () => inRoom(room, loadHere)),
    pull: (room, head) => inRoom(room, (one) => pull(one, head)),
    reachBack: (room) => inRoom(room, reachBack),
    incoming: (frame) => inRoom(frame.room, (one) => incoming(one, frame)),
    acknowledge: (frame) => inRoom(frame.room, (one) => acknowledge(one, frame)),
    shown: (room) => inRoom(room, takeFresh),
    reload: (room) => inRoom(room, reload),
    async contentOf(room, id) {
      const shown = log(room).seen.peek().find((one) => one.id === id && one.state !== "takeback");
      if (shown !== undefined) return shown.content;
      const row = await core.local.entries.find(room, id);
      return row === null ? null : (await open(row)).said;
    },
    fade: (room, until) => inRoom(room, (one) => fade(one, until)),
    erase: (room, ids) => inRoom(room, (one) => erase(one, ids)),
    forget: (room) => inRoom(room, forget),
    refetch: (room) => inRoom(room, async (one) => {
      for (let at = Math.max(0, one.low - 1); at < one.top; ) {
        const frames = await fetched(one, core.api.entriesAfter(room, at, PULL));
        if (frames.length === 0) return;
        await take(one, frames);
        at = frames[frames.length - 1]!.seq;
      }
    }),
    /** Views may still hold a log: what is readable leaves it. */
    clear() {
      for (const one of held.values()) {
        core.platform.clearTimeout(one.timer);
        one.lines.clear();
        one.fresh = [];
        one.seen.value = [];
      }
      held.clear();
      all.value = [];
    },
  };
}

function makeHeld(room: Id, loadOlder: () => Promise<void>): Held {
  const lines = new Map<number, Opened>();
  const made: Held = {
    room,
    lines,
    check: new LogCheck(room),
    seen: signal<readonly Seen[]>([]),
    progress: signal<Loading>({ is: "idle" }),
    hasOlder: signal(false),
    inOrder: createQueue(),
    fresh: [],
    acknowledged: null,
    takenMs: 0,
    timer: null,
    low: 0,
    top: 0,
    loaded: false,
    faded: 0,
    high: () => made.top,
    lastOf(author) {
      const seen = made.seen.peek();
      for (let i = seen.length - 1; i >= 0; i--) {
        const one = seen[i]!;
        if (made.acknowledged !== null && one.seq < made.acknowledged.seq) break;
        if (one.author === author && one.state !== "takeback" && one.refused === null) return one.id;
      }
      return made.acknowledged?.id ?? "";
    },
    loadOlder,
  };
  return made;
}

function isNews(log: Held, frame: EntryFrame): boolean {
  const known = log.lines.get(frame.seq);
  return known === undefined || known.frame.id !== frame.id || known.frame.state !== frame.state || (known.content === null && frame.state === "plain");
}

const isFresh = (log: Held, { seq, id, state }: EntryFrame): boolean => log.fresh.some((one) => one.seq === seq && one.id === id && one.state === state);

/** Another line, or another body, where one stands already was turned away by the check; what stands there stays. */
function setLine(log: Held, line: Opened): void {
  const { seq, id, state } = line.frame;
  const known = log.lines.get(seq);
  if (known !== undefined && (known.frame.id !== id || known.frame.state === "erased")) return;
  if (known?.content && state === "plain") return;
  log.lines.set(seq, line);
  log.low = log.low === 0 ? seq : Math.min(log.low, seq);
  log.top = Math.max(log.top, seq);
}

const EPOCH_AT = 1;
const epochOf = ({ state, body }: EntryFrame): number => (state === "plain" ? new DataView(body.buffer, body.byteOffset).getUint32(EPOCH_AT) : 0);

function judged(log: Held, { frame, said, failed }: Opened, before: Opened | undefined): Seen {
  const verdict = log.check.verdict(frame.seq);
  const refused = verdict?.state === "refused" ? (failed ?? verdict.reason) : failed;
  const hole = before !== undefined && before.frame.seq + 1 < frame.seq;
  return {
    seq: frame.seq,
    id: frame.id,
    author: frame.author,
    at: frame.timeMs,
    state: frame.state,
    target: frame.state === "takeback" ? toId(frame.body) : null,
    content: refused === null ? said : null,
    epoch: refused === null && said !== null ? epochOf(frame) : 0,
    refused,
    missingBefore: hole || verdict?.state === "missing-before",
  };
}
