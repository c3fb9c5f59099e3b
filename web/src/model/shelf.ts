/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The shelf: what I keep for myself (pages, check-ins, letters), as this device knows it. Lists, months, feelings, the
// picture of weight and every search read the shelf, so that nothing decrypts ten thousand entries at unlock.

import { batch, computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { EntryRow } from "../local/local";
import { toContent } from "./content";
import { createQueue, type Core } from "./core";
import { ModelFailure, type Afterwards, type Content, type Kept, type Loading, type Ms, type Place } from "./face";
import { toFailure } from "./failure";
import type { Keys } from "./keys";
import { UNDO_MS } from "./lines";
import type { Logs } from "./logs";
import type { Outbox } from "./outbox";
import { aheadOf } from "./shelf_ahead";
import { ShelfHeld } from "./shelf_held";
import { textOf, toLine } from "./shelf_lines";
import { openAll } from "./shelf_open";
import { openIndex, reopenIndex, type WordIndex } from "./shelf_search";
import { standingOf, type Standing } from "./shelf_standing";
import { createShelfStore, segmentOf } from "./shelf_store";
import { inOrder as inLogOrder, keptOf, newestDayFirst, newestParts, versionsOf, type Part, type Root } from "./shelf_things";
import { wordsOf } from "./shelf_words";

export type { Standing, StandingSending, StandingShared, StandingVersion } from "./shelf_standing";

export interface Shelf {
  /** "ready" once everything that this device holds is on it; words just written are on it at once, whatever it says. */
  readonly state: ReadonlySignal<Loading>;
  /** Whether the device holds the self room from its first line on; until then older ones are being fetched. False, too,
   *  while nothing stands there. */
  readonly whole: ReadonlySignal<boolean>;
  /** Newest day first, same day: newest first. Waiting words are in it, those taken back (even if only here so far) are not. */
  readonly kept: ReadonlySignal<readonly Kept[]>;
  /** A new object after each change of anything that `kept`, `find` or `standing` would answer: read it in an effect, ask again. */
  readonly changed: ReadonlySignal<object>;
  /** As Journal.find. */
  find(what: { readonly words?: string; readonly month?: string; readonly feeling?: string }): Promise<readonly Kept[]>;
  /** Null: there is no such thing (any more). Reads and opens its few lines anew; the shelf holds no whole text. */
  standing(id: Id): Promise<Standing | null>;
  /** Gifts, the newest day first, and what they say; those that cannot be read are left out of what GIFT_WORDS gives. */
  readonly gifts: ReadonlySignal<readonly StandingGift[]>;
  giftWords(ids: readonly Id[]): Promise<ReadonlyMap<Id, GiftWords>>;
  /** All of giving and receiving, gifts and how I was afterwards, oldest first. */
  given(): Promise<readonly Given[]>;
  /** What I said of how I was after something, oldest first: the last one counts. Reads `changed`. */
  afterwards(of: Id): readonly { readonly line: Id; readonly feel: Afterwards }[];
  /** Resolves when the state is "ready"; rejects with its failure. */
  ready(): Promise<void>;

  // For house.ts:
  /** The session was opened: from this device, then whatever is missing from the house. */
  load(): Promise<void>;
  /** Locked: nothing of it stays in memory. */
  clear(): void;
}

export type GiftWords = Extract<Content, { kind: "gift" }>;

export interface Given {
  readonly id: Id;
  readonly at: Ms;
  readonly content: Content;
}

export interface StandingGift {
  readonly id: Id;
  readonly way: "gave" | "received";
  readonly at: Ms;
  readonly place: Place;
}

export interface ShelfDeps {
  readonly keys: Pick<Keys, "ready">;
  readonly logs: Pick<Logs, "log">;
  readonly outbox: Pick<Outbox, "waitingIn">;
  readonly selfRoom: ReadonlySignal<Id | null>;
}

/** Lines read, opened and judged in one go. */
const BATCH = 500;
/** Texts that are indexed before the screen has its turn. */
const AT_ONCE = 64;
/** Lines after which a long first reading is put down. */
const STORE_EVERY = 4_000;
const STORE_MS = 2_000;
/** When the words are fetched into memory, though nobody has searched yet. */
const WARM_MS = 1_500;
const RETRY_MS = 30_000;
const LAST = Number.MAX_SAFE_INTEGER;

export function createShelf(core: Core, { keys, logs, outbox, selfRoom }: ShelfDeps): Shelf {
  const store = createShelfStore(core);
  const state = signal<Loading>({ is: "idle" });
  const whole = signal(false);
  /** Changes with what is on the shelf. */
  const version = signal({});
  const shown = new Map<Id, Kept>();
  const indexes = new Map<number, WordIndex>();
  const unsaved = { lines: new Set<number>(), words: new Set<number>() };
  /** Roots whose words are not in the index as they stand. */
  const owed = new Set<number>();
  /** Just opened: its words need not be opened again. */
  const fresh = new Map<Id, Content>();
  let held = new ShelfHeld("");
  let inOrder = createQueue();
  let low = 0;
  let high = 0;
  let again: number[] = [];
  let sinceStored = 0;
  let asked = false;
  let filling = false;
  let timers: Partial<Record<"store" | "warm" | "fill", unknown>> = {};
  let stop: () => void = () => undefined;

  // ── What is shown ─────────────────────────────────────────────────────────────────────────────────────────────────

  const onShelf = computed(() => (void version.value, [...shown.values()].sort(newestDayFirst)));

  const ahead = computed(() => {
    void version.value;
    const room = selfRoom.value;
    if (room === null) return aheadOf([], [], () => false);
    const seen = logs.log(room).seen.value;
    const from = seen.findIndex(({ seq }) => seq > high);
    return aheadOf(from === -1 ? [] : seen.slice(from), outbox.waitingIn(room).value, (id) => held.seqOf(id) !== undefined);
  });

  /** Things that show otherwise than the shelf has them. */
  const touched = computed(() => {
    const { parts, gone } = ahead.value;
    return new Set([...parts.keys(), ...[...gone].flatMap((id) => held.thingOf(id) ?? [])]);
  });

  const kept = computed<readonly Kept[]>(() => {
    if (core.state.value.is !== "open") return [];
    const [all, things] = [onShelf.value, touched.value];
    if (things.size === 0) return all;
    const now = [...things].flatMap((id) => keptOf(id, rootOf(id), partsOf(id), seqOf) ?? []);
    return [...all.filter(({ id }) => !things.has(id)), ...now].sort(newestDayFirst);
  });

  const changed = computed<object>(() => (void version.value, { ahead: ahead.value }));

  const gifts = computed<readonly StandingGift[]>(() => {
    void version.value;
    const ids = new Set([...held.giftIds(), ...ahead.value.parts.keys()]);
    const standing = [...ids].flatMap((id) => partsOf(id).flatMap((part) => (part.sum.is === "gift" ? [{ part, way: part.sum.way, day: part.sum.day }] : [])));
    return standing.sort(newestDayFirstOf).map(({ part, way }) => ({ id: part.id, way, at: part.at, place: placeOf(part) }));
  });

  function partsOf(thing: Id): Part[] {
    const { parts, gone } = ahead.peek();
    return [...held.parts(thing), ...(parts.get(thing) ?? [])].filter(({ id }) => !gone.has(id)).sort(inLogOrder);
  }

  function rootOf(thing: Id): Root | null {
    return held.root(thing) ?? ahead.peek().parts.get(thing)?.find(({ id }) => id === thing) ?? null;
  }

  const seqOf = (id: Id): number | undefined => held.seqOf(id) ?? ahead.peek().seqs.get(id);

  // ── From this device ──────────────────────────────────────────────────────────────────────────────────────────────

  /** To be called after each wait: throws when the session was closed meanwhile, and with it all that is held here. */
  function sitting(): () => void {
    const { era } = core;
    return () => {
      if (core.era !== era) throw new ModelFailure("locked");
    };
  }

  async function restore(room: Id): Promise<void> {
    const still = sitting();
    held = new ShelfHeld(room);
    const stored = await store.open();
    still();
    if (stored === null) return;
    held.restore(stored.lines);
    again = held.unopened();
    for (const seq of stored.owed) owed.add(seq);
    batch(() => {
      for (const id of held.ids()) renew(id);
      reach(stored.low, stored.high);
    });
  }

  /** One batch of lines that this device holds and the shelf does not, the newest first. False: there was none. */
  async function step(room: Id): Promise<boolean> {
    const still = sitting();
    const rows = await nextRows(room);
    still();
    if (rows.length === 0) return false;
    await take(room, rows);
    still();
    if (!core.leading.peek()) return true;
    if (owed.size >= BATCH) await renewWords();
    still();
    if (sinceStored >= STORE_EVERY) await save();
    return true;
  }

  async function nextRows(room: Id): Promise<EntryRow[]> {
    const { entries } = core.local;
    if (again.length > 0) return entries.at(room, again.splice(0));
    if (high === 0) return entries.page(room, LAST, BATCH);
    const newer = await entries.after(room, high, BATCH);
    return newer.length > 0 || low <= 1 ? newer : entries.page(room, low, BATCH);
  }

  async function take(room: Id, rows: readonly EntryRow[]): Promise<void> {
    const still = sitting();
    const opened = await openAll(core, keys, room, rows);
    still();
    const said = opened.map((content) => (content === null ? null : toContent(content)));
    const change = held.take(rows.map((row, i) => toLine(row, opened[i]!, said[i]!)));
    if (core.leading.peek()) rows.forEach(({ id }, i) => said[i] && fresh.set(id, said[i]));
    sinceStored += rows.length;
    for (const seq of change.lines) unsaved.lines.add(segmentOf(seq));
    batch(() => {
      for (const id of change.things) oweAndRenew(id);
      for (const seq of change.lines) if (held.line(seq)?.state === "erased") owed.add(seq); // it may have stood for a root
      reach(Math.min(low || LAST, rows[0]!.seq), Math.max(high, rows[rows.length - 1]!.seq));
    });
  }

  function oweAndRenew(thing: Id): void {
    const root = held.root(thing);
    if (root !== null) owed.add(root.seq);
    renew(thing);
  }

  function renew(thing: Id): void {
    const now = keptOf(thing, held.root(thing), held.parts(thing), held.seqOf);
    if (now === null) shown.delete(thing);
    else shown.set(thing, now);
  }

  function reach(from: number, to: number): void {
    low = from;
    high = to;
    whole.value = low === 1;
    version.value = {};
  }

  // ── Words ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  async function indexOf(n: number): Promise<WordIndex> {
    const known = indexes.get(n);
    if (known !== undefined) return known;
    const still = sitting();
    const stored = await store.words(n);
    const reopened = stored === null ? null : await reopenIndex(stored);
    const made = reopened ?? (await openIndex());
    still();
    if (reopened === null) for (const { seq } of held.lines(n)) if (shown.has(held.rootedAt(seq) ?? "")) owed.add(seq);
    indexes.set(n, made);
    return made;
  }

  async function renewWords(): Promise<void> {
    const still = sitting();
    for (const n of new Set([...owed].map(segmentOf))) {
      await renewSegment(n);
      still();
    }
    fresh.clear();
  }

  async function renewSegment(n: number): Promise<void> {
    const still = sitting();
    const index = await indexOf(n);
    const seqs = [...owed].filter((seq) => segmentOf(seq) === n);
    const newest = seqs.map((seq) => newestParts(held.parts(held.rootedAt(seq) ?? ""), held.seqOf));
    const contents = await contentsOf(newest.flat());
    still();
    unsaved.words.add(n);
    for (const [i, seq] of seqs.entries()) {
      index.set(seq, wordsIn(newest[i]!, contents));
      owed.delete(seq);
      if (i % AT_ONCE === AT_ONCE - 1) await breath();
      still();
    }
  }

  /** What PARTS say, by their ids; those that are here no more are left out. */
  async function contentsOf(parts: readonly Part[]): Promise<Map<Id, Content>> {
    const known = new Map<Id, Content>();
    for (const { id } of parts) {
      const content = fresh.get(id) ?? ahead.peek().contents.get(id);
      if (content !== undefined) known.set(id, content);
    }
    const missing = parts.flatMap(({ id, seq }) => (known.has(id) || seq === null ? [] : [seq]));
    const room = selfRoom.peek();
    if (missing.length === 0 || room === null) return known;
    const rows = await core.local.entries.at(room, missing);
    const opened = await openAll(core, keys, room, rows);
    rows.forEach(({ id }, i) => opened[i] && known.set(id, toContent(opened[i])));
    return known;
  }

  /** Asked for together: the worker opens one while this thread reads another. */
  async function allIndexes(): Promise<void> {
    const still = sitting();
    await Promise.all(Array.from({ length: segmentOf(high) + 1 }, (_, n) => indexOf(n)));
    still();
    await renewWords();
  }

  // ── Keeping it ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Only the leading tab puts the shelf down. Another may have led before: what it put down counts as far as mine has no more. */
  async function save(): Promise<void> {
    if (!core.leading.peek() || !core.isOpen() || (unsaved.lines.size === 0 && unsaved.words.size === 0)) return;
    const still = sitting();
    const theirs = await store.foreign();
    still();
    theirs.lines.forEach((n) => unsaved.lines.add(n));
    theirs.words.filter((n) => indexes.has(n)).forEach((n) => unsaved.words.add(n));
    theirs.owed.forEach((seq) => owed.add(seq));
    const [lines, words] = [[...unsaved.lines], [...unsaved.words]];
    const segments = {
      lines: new Map(lines.map((n) => [n, held.lines(n)])),
      words: new Map(await Promise.all(words.map(async (n) => [n, await indexes.get(n)!.toJson()] as const))),
    };
    still();
    await store.save({ low, high, owed: [...owed] }, segments);
    still();
    unsaved.lines.clear();
    unsaved.words.clear();
    sinceStored = 0;
  }

  const breath = () => new Promise<void>((done) => core.platform.setTimeout(done, 0));

  function later(what: "store" | "warm" | "fill", ms: number, work: () => Promise<unknown>): void {
    core.platform.clearTimeout(timers[what]);
    timers[what] = core.platform.setTimeout(() => core.background(work), ms);
  }

  // ── Keeping up ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Everything that this device holds; what else is asked of the shelf may come between two steps. */
  async function catchUp(room: Id): Promise<void> {
    const { era } = core;
    while (core.era === era && (await inOrder(() => step(room)))) continue;
  }

  function follow(room: Id): void {
    if (asked) return;
    asked = true;
    core.background(async () => {
      await inOrder(async () => void (asked = false));
      if (state.peek().is === "ready") await catchUp(room);
      else await core.loading(state, () => catchUp(room));
      await settle(room);
    });
  }

  async function settle(room: Id): Promise<void> {
    await tidy();
    if (core.isOpen() && core.leading.peek() && !filling) core.background(() => fill(room));
  }

  async function tidy(): Promise<void> {
    if (!core.isOpen() || !core.leading.peek()) return;
    if (owed.size > 0) await inOrder(renewWords);
    if (unsaved.lines.size > 0 || unsaved.words.size > 0) later("store", STORE_MS, () => inOrder(save));
  }

  /** From the house, page by page, what is older than anything here. */
  async function fill(room: Id): Promise<void> {
    const { era } = core;
    filling = true;
    try {
      while (core.era === era && core.leading.peek() && core.platform.online.peek() && low > 1) {
        const older = (await core.api.entriesBefore(room, low, BATCH)).filter((frame) => frame.room === room && frame.seq < low);
        if (core.era !== era || older.length === 0) return;
        await core.local.entries.put(older);
        core.tabs.tell({ news: "entries", room });
        await catchUp(room);
        await tidy();
      }
    } catch (error) {
      if (core.era === era) later("fill", toFailure(error).retryAfterMs ?? RETRY_MS, () => fill(room));
      throw error;
    } finally {
      filling = false;
    }
  }

  async function load(): Promise<void> {
    const room = selfRoom.peek();
    if (room === null) return;
    await core.loading(state, async () => {
      await inOrder(() => restore(room));
      await catchUp(room);
    });
    if (selfRoom.peek() !== room || !core.isOpen()) return;
    stop();
    stop = effect(() => {
      void [logs.log(room).seen.value, core.leading.value, core.platform.online.value];
      follow(room);
    });
    later("warm", WARM_MS, async () => core.leading.peek() && inOrder(allIndexes));
  }

  function clear(): void {
    stop();
    for (const timer of Object.values(timers)) core.platform.clearTimeout(timer);
    timers = {};
    for (const one of [shown, indexes, unsaved.lines, unsaved.words, owed, fresh, store]) one.clear();
    held = new ShelfHeld("");
    inOrder = createQueue();
    again = [];
    sinceStored = 0;
    asked = filling = false;
    state.value = { is: "idle" };
    reach(0, 0);
  }

  // ── What is asked of it ───────────────────────────────────────────────────────────────────────────────────────────

  async function find({ words = "", month, feeling }: Parameters<Shelf["find"]>[0]): Promise<readonly Kept[]> {
    const fits = (one: Kept) => (month === undefined || one.day.startsWith(`${month}-`)) && (feeling === undefined || one.feelings.includes(feeling));
    if (words.trim() === "") return kept.peek().filter(fits);
    const scores = await search([...new Set(wordsOf(words))]);
    const found = kept.peek().flatMap((one) => (scores.has(one.id) && fits(one) ? [{ one, score: scores.get(one.id)! }] : []));
    return found.sort((a, b) => b.score - a.score).map(({ one }) => one);
  }

  async function search(words: readonly string[]): Promise<Map<Id, number>> {
    const scores = new Map<Id, number>();
    if (words.length === 0) return scores;
    await inOrder(allIndexes);
    for (const index of indexes.values()) {
      for (const { seq, score } of index.find(words)) scores.set(held.rootedAt(seq) ?? "", score);
    }
    const things = [...touched.peek()];
    const over = await indexAhead(things);
    for (const thing of things) scores.delete(thing);
    for (const { seq, score } of over.find(words)) scores.set(things[seq]!, score);
    return scores;
  }

  /** An index of the few things that show otherwise than the shelf has them, by their place in THINGS. */
  async function indexAhead(things: readonly Id[]): Promise<WordIndex> {
    const newest = things.map((id) => newestParts(partsOf(id), seqOf));
    const contents = await contentsOf(newest.flat());
    const index = await openIndex();
    newest.forEach((parts, i) => index.set(i, wordsIn(parts, contents)));
    return index;
  }

  async function standing(id: Id): Promise<Standing | null> {
    const [root, parts] = [rootOf(id), partsOf(id)];
    if (root === null) return null;
    const contents = await contentsOf(versionsOf(parts));
    return standingOf({ id, root, parts, contents, seqOf, placeOf });
  }

  async function giftWords(ids: readonly Id[]): Promise<Map<Id, GiftWords>> {
    const contents = await contentsOf(ids.flatMap(partsOf));
    return new Map([...contents].filter((one): one is [Id, GiftWords] => one[1].kind === "gift"));
  }

  async function given(): Promise<Given[]> {
    const things = new Set([...held.ids(), ...ahead.peek().parts.keys()]);
    const parts = [...things].flatMap(partsOf).filter(({ sum }) => sum.is === "gift" || sum.is === "afterwards");
    const contents = await contentsOf(parts);
    return parts.flatMap(({ id, at }) => (contents.has(id) ? [{ id, at, content: contents.get(id)! }] : [])).sort((a, b) => a.at - b.at);
  }

  function placeOf({ id, seq, at }: Part): Place {
    const waiting = ahead.peek().places.get(id);
    if (seq === null && waiting !== undefined) return waiting;
    const until = at - core.offsetMs + UNDO_MS;
    return { is: "sent", undoUntil: core.clock.now() < until ? until : null };
  }

  core.tabs.hear((news) => {
    const room = selfRoom.peek();
    if (news.news === "entries" && room !== null && news.room === room && state.peek().is !== "idle") follow(room);
  });

  return {
    state,
    whole,
    kept,
    changed,
    find: (what) => core.act(async () => (core.me(), find(what))),
    standing: (id) => core.act(async () => (core.me(), standing(id))),
    gifts,
    given: () => core.act(async () => (core.me(), given())),
    giftWords: (ids) => core.act(async () => (core.me(), giftWords(ids))),
    afterwards: (of) => (void changed.value, partsOf(of).flatMap(({ id, sum }) => (sum.is === "afterwards" ? [{ line: id, feel: sum.feel }] : []))),
    ready: () => settled(state, core),
    load,
    clear,
  };
}

/** As newestDayFirst. */
function newestDayFirstOf(a: { readonly day: string; readonly part: Part }, b: { readonly day: string; readonly part: Part }): number {
  return a.day !== b.day ? (a.day < b.day ? 1 : -1) : b.part.at - a.part.at;
}

function wordsIn(parts: readonly Part[], contents: ReadonlyMap<Id, Content>): string {
  return parts.map(({ id }) => textOf(contents.get(id) ?? { kind: "unknown" })).join("\n");
}

/** Resolves with the state "ready"; rejects with its failure, or when the session closes. */
function settled(state: ReadonlySignal<Loading>, core: Core): Promise<void> {
  return new Promise((done, failed) => {
    const stop = effect(() => {
      const now = state.value;
      if (core.state.value.is !== "open") end(() => failed(new ModelFailure("locked")));
      else if (now.is === "ready") end(done);
      else if (now.is === "failed") end(() => failed(now.failure));
    });
    function end(settle: () => void): void {
      queueMicrotask(() => (stop(), settle()));
    }
  });
}
