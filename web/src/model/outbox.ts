/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Words on their way. What a person writes is sealed for this device and stored before anything else happens; then it is
// sealed for its room and sent, in order within the room, again and again with the same bytes until the house says that it
// has it. Then it moves into the log in one storage transaction. So a word is always in exactly one place, and a reload,
// a crash or a lost network at any point loses none and doubles none.
//
// Two complications. A stale epoch (409): the keys are loaded anew, or rolled, and the same id is sealed afresh, which is
// safe because the house refused the old bytes. And taking back: a word that never left is deleted here; one that may have
// left turns into a "takeback" that travels the same road, so that it, too, survives everything.
//
// What is spoken goes before the words that carry it: an entry leaves only when all of its voices are at the house, and a
// taken back one takes them along.
//
// Some words belong together: a page opened to someone is a share in their room and a record of it in mine. Such a step is
// one storage transaction, and what would be wrong alone waits for what it hangs on (`after`), across rooms.
//
// An import puts thousands of pages here, and the house takes some a second. So what a person writes goes before them; they
// leave a part of what the house takes to everything else; and a send costs the same however many wait: rows are found by
// key (outbox_rows.ts), and what is shown of pages that left changes together, once a second.
//
// Only the leading tab sends; the others put down and tell.

import { batch, computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import { backoff } from "../api/stream";
import { CryptoError } from "../crypto/face";
import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { OutboxRow, StoredRow } from "../local/local";
import { readEntry } from "./asides";
import { toContent, toJson, voicesOf, type Written } from "./content";
import { createMemo, createQueue, type Core } from "./core";
import { ModelFailure, type Content, type Ms, type Place } from "./face";
import { toFailure } from "./failure";
import type { Keys } from "./keys";
import type { Logs } from "./logs";
import { OutboxRows, type Live } from "./outbox_rows";
import type { VoiceRoad } from "./voice_road";

export interface Waiting {
  readonly id: Id;
  readonly room: Id;
  readonly what: OutboxRow["what"];
  readonly at: Ms;
  readonly content: Content;
  readonly place: Place;
}

/** An entry to be put down. With an ID that waits here, or stands in its room, it is no second one. */
export interface Put {
  readonly room: Id;
  readonly content: Written;
  readonly id?: Id;
  /** Leaves only when the house has these. */
  readonly after?: readonly Id[];
  /** One of many that nobody waits for: whatever else is to leave goes before it. */
  readonly bulk?: boolean;
}

/** An entry to be taken back, with the voice notes that are to go with it: its own, unless others are named. */
export interface Back {
  readonly room: Id;
  readonly id: Id;
  readonly voices?: readonly Id[];
  readonly after?: readonly Id[];
}

export interface Outbox {
  /** What waits for a room, in the order it was written. Changes only with that room. */
  waitingIn(room: Id): ReadonlySignal<readonly Waiting[]>;
  /** Whether anything is on its way. */
  readonly unsent: ReadonlySignal<boolean>;
  /** Resolves when the words are safe on this device. */
  write(room: Id, content: Written, id?: Id): Promise<Id>;
  /** Undoes what waits, or sends a takeback of what was sent. */
  takeBack(room: Id, id: Id): Promise<void>;
  /** All of it in one step: either all is safe on this device, or nothing. Gives the ids of PUTS; they leave in this order,
   *  before BACKS. What is said of a page of an import takes that page along. */
  step(puts: readonly Put[], backs: readonly Back[]): Promise<readonly Id[]>;
  /** Deletes words that have not been sent; rejects "gone" if they have. */
  discard(id: Id): Promise<void>;
  /** Resolves when nothing of this room waits any more; rejects when it cannot be sent now. */
  drained(room: Id): Promise<void>;
  /** Sends what waits, if this tab leads. */
  kick(): void;
  /** From this device. */
  load(): Promise<void>;
  /** Another tab changed what stands under these ids. */
  changed(ids: readonly Id[]): Promise<void>;
  clear(): void;
}

/** One entry's words, with room for its envelope (lib: 64 KiB whole, 63,452 of JSON). */
const CONTENT_MAX = 60_000;
const RETRY_MS = 1_000;
/** Stale epochs in a row for one entry. */
const MISSES = 3;
const DRAIN_MS = 20_000;
/** A wait that the house named, at most: a proxy's hour is not waited for. */
const HOLD_MOST_MS = 60_000;
/** Where more than this many wait, what becomes of them is shown together, this often. So is an import, always. */
const MANY = 200;
const TOGETHER_MS = 1_000;
/** Once the house has said "slow down": the time between two pages of an import, which leaves a fifth of what it takes to
 *  everything else (doubled when it says so again), and the rest before them, after which there is room again. */
const PACE_MS = 125;
const PACE_MOST_MS = 2_000;
const REST_MS = 5_000;
/** Rows opened together. */
const AT_ONCE = 64;

type Why = Extract<Place, { is: "unsent" }>["why"];

type Prepared = Omit<Live, "row"> & { readonly row: OutboxRow };

/** A room whose words wait. NAMED: the house said how long, and nothing makes it shorter. */
interface Hold {
  readonly timer: unknown;
  readonly named: boolean;
}

export function createOutbox(core: Core, keys: Keys, logs: Logs, road: VoiceRoad): Outbox {
  const rows = new OutboxRows();
  const reasons = signal<ReadonlyMap<Id, Why>>(new Map());
  const unsent = signal(false);
  /** Changes whenever one may have left. */
  const moved = signal({});
  const flying = new Set<Id>();
  const running = new Set<Id>();
  const tries = new Map<Id, number>();
  const holds = new Map<Id, Hold>();
  let inOrder = createQueue();
  let paceMs = 0;
  /** While it runs, nothing of an import leaves. */
  let resting: unknown = null;

  // ── What is shown ─────────────────────────────────────────────────────────────────────────────────────────────────

  const shown = createMemo((_room) => signal<readonly Live[]>([]));
  /** What is to be shown together: rooms that changed, rows that left, ids that the other tabs have not been told. */
  const together = { rooms: new Set<Id>(), left: new Set<Live>(), ids: new Set<Id>() };
  let shownMs = 0;
  let timer: unknown = null;

  const waitingIn = createMemo((room) => {
    const made = new WeakMap<Live, Waiting>();
    const toWaiting = (live: Live): Waiting => {
      const { row, content } = live;
      const [known, place] = [made.get(live), placeOf(row)];
      if (known !== undefined && samePlace(known.place, place)) return known;
      const fresh: Waiting = { id: row.id, room, what: row.what, at: row.writtenMs, content, place };
      made.set(live, fresh);
      return fresh;
    };
    return computed<readonly Waiting[]>(() => shown(room).value.map(toWaiting));
  });

  function placeOf(row: OutboxRow): Place {
    if (row.refused !== null) return { is: "refused", why: refusal(row.refused) };
    const sendingElsewhere = !core.leading.value && core.platform.online.value;
    if (flying.has(row.id) || sendingElsewhere) return { is: "sending" };
    return { is: "unsent", why: reasons.value.get(row.room) ?? (core.platform.online.value ? "turn" : "offline") };
  }

  function show(rooms: Iterable<Id>): void {
    batch(() => {
      for (const room of rooms) shown(room).value = rows.all(room);
      unsent.value = together.left.size > 0 || rows.rooms().some(rows.waits);
    });
  }

  /** This row changed. AT_ONCE: unless it is one of many. */
  function showSoon({ row: { room } }: Live, atOnce: boolean): void {
    together.rooms.add(room);
    const since = Math.abs(core.platform.now() - shownMs);
    if (since >= TOGETHER_MS || (atOnce && rows.count(room) <= MANY)) core.background(showTogether);
    else later(TOGETHER_MS - since);
  }

  function later(ms: number): void {
    timer ??= core.platform.setTimeout(() => core.background(showTogether), ms);
  }

  /** What left stands in its log before it is gone from here. */
  async function showTogether(): Promise<void> {
    core.platform.clearTimeout(timer);
    timer = null;
    shownMs = core.platform.now();
    const { era } = core;
    const left = [...together.left];
    const rooms = new Set(left.map(({ row }) => row.room));
    try {
      for (const room of rooms) await logs.shown(room);
    } catch {
      return later(TOGETHER_MS); // its log does not open now
    }
    if (core.era !== era) return;
    for (const live of left) if (together.left.delete(live)) rows.delete(live);
    show(new Set([...together.rooms, ...rooms]));
    if (together.ids.size > 0) core.tabs.tell({ news: "outbox", ids: [...together.ids] });
    together.rooms.clear();
    together.ids.clear();
  }

  // ── What is on this device ────────────────────────────────────────────────────────────────────────────────────────

  const load = () => inOrder(async () => {
    const before = rows.rooms().flatMap(rows.all);
    await stand(before, await core.local.outbox.all());
    await showTogether();
  });

  /** What stands under these ids now. */
  const look = (ids: readonly Id[]) => inOrder(async () => {
    for (const id of ids) await stand(rows.of(id), await core.local.outbox.of(id));
    moved.value = {};
  });

  /** This tab changed what stands under these ids. */
  function change(ids: readonly Id[]): Promise<void> {
    for (const id of ids) together.ids.add(id);
    return look(ids);
  }

  /** NOW stands in place of BEFORE. */
  async function stand(before: readonly Live[], now: readonly StoredRow[]): Promise<void> {
    const { era } = core;
    const lives: Live[] = [];
    for (let i = 0; i < now.length; i += AT_ONCE) lives.push(...(await Promise.all(now.slice(i, i + AT_ONCE).map(revive))));
    if (core.era !== era) return;
    const standing = new Set(now.map(({ order }) => order));
    for (const live of before) if (!standing.has(live.row.order)) leave(live);
    for (const live of lives) rows.set(live);
    for (const { row } of [...before, ...lives]) together.rooms.add(row.room);
  }

  /** What it will be read as by me. */
  const says = ({ room, id }: OutboxRow, json: Record<string, unknown>) => readEntry(core, { room, id, author: core.me() }, json);

  function leave(live: Live): void {
    rows.retire(live);
    together.left.add(live);
  }

  async function revive(row: StoredRow): Promise<Live> {
    if (row.what === "takeback") return { row, content: { kind: "unknown" }, json: {} };
    const known = rows.of(row.id).find((live) => live.row.order === row.order && live.row.what === "put");
    if (known !== undefined) return { ...known, row };
    const json = (await core.openJson(row.content, place(row.id))) as Record<string, unknown> | null;
    return { row, content: await says(row, json ?? {}), json: json ?? {} };
  }

  async function step(puts: readonly Put[], backs: readonly Back[]): Promise<readonly Id[]> {
    core.me();
    const fresh: Prepared[] = [];
    for (const put of puts) fresh.push(await prepare(put));
    const takeBacks: OutboxRow[] = [];
    for (const back of backs) takeBacks.push(await toTakeBack(back));
    const orders = await core.local.outbox.step(fresh.map(({ row }) => row), takeBacks);
    const added = fresh.flatMap((one, i): Live[] => (orders[i] == null ? [] : [{ ...one, row: { ...one.row, order: orders[i] } }]));
    for (const live of added) (rows.set(live), together.rooms.add(live.row.room), together.ids.add(live.row.id));
    await change(backs.map(({ id }) => id));
    if (added.length > 0 && added.every(({ row }) => row.bulk)) showSoon(added[0]!, true);
    else await showTogether();
    kick();
    return fresh.map(({ row }) => row.id);
  }

  async function prepare({ room, content, id = core.newId(), after = [], bulk }: Put): Promise<Prepared> {
    const json = toJson(content);
    const sealed = await core.sealJson(json, place(id));
    if (sealed.length > CONTENT_MAX) throw new ModelFailure("too-long");
    const said = toContent(json);
    const pages = aboutWhat(said).filter((of) => rows.put(of)?.row.bulk);
    const row: OutboxRow = { id, room, what: "put", writtenMs: core.platform.now(), content: sealed, body: null, refused: null, after: [...after, ...pages], voices: voicesOf(said) };
    return { row: bulk ? { ...row, bulk } : row, content: await says(row, json), json };
  }

  async function toTakeBack({ room, id, voices, after = [] }: Back): Promise<OutboxRow> {
    const going = voices ?? (await voicesIn(room, id));
    return { id, room, what: "takeback", writtenMs: core.platform.now(), content: new Uint8Array(), body: null, refused: null, after, voices: going };
  }

  async function voicesIn(room: Id, id: Id): Promise<readonly Id[]> {
    const content = rows.put(id)?.content ?? (await logs.contentOf(room, id));
    return content === null ? [] : voicesOf(content);
  }

  // ── Sending ───────────────────────────────────────────────────────────────────────────────────────────────────────

  function kick(): void {
    for (const room of rows.rooms()) if (!holds.get(room)?.named) void sendRoom(room);
  }

  /** Those of ROOMS that wait for nothing else. */
  function goOn(rooms: Iterable<Id>): void {
    for (const room of rooms) if (!holds.has(room)) void sendRoom(room);
  }

  /** Sends all of a room, one after the other. One at a time per room. */
  async function sendRoom(room: Id): Promise<void> {
    if (running.has(room) || !core.leading.peek() || !core.isOpen()) return;
    running.add(room);
    release(room);
    const era = core.era;
    const first = () => rows.first(room, resting === null);
    try {
      for (let next = first(); next !== undefined && core.era === era; next = first()) {
        await sendOne(next);
        tries.delete(room);
        say(room, null);
        if (next.row.bulk && paceMs > 0) rest(paceMs);
      }
    } catch (error) {
      if (core.era === era) wait(room, toFailure(error));
    } finally {
      running.delete(room);
    }
  }

  async function sendOne(live: Live): Promise<void> {
    const { id } = live.row;
    flying.add(id);
    showSoon(live, !live.row.bulk);
    try {
      await (live.row.what === "takeback" ? sendTakeBack(live.row) : sendEntry(live));
    } finally {
      flying.delete(id);
      if (core.isOpen()) await afterwards(live);
    }
  }

  /** What waited for it may go. */
  async function afterwards(live: Live): Promise<void> {
    const { id, bulk } = live.row;
    await change([id]);
    if (bulk || rows.of(id).length > 0) showSoon(live, !bulk);
    else await showTogether();
    if (rows.put(id) === undefined) goOn(rows.behind(id).flatMap((one) => rows.of(one).map(({ row }) => row.room)));
  }

  async function sendTakeBack({ room, id, voices = [] }: OutboxRow): Promise<void> {
    try {
      const { seq } = await core.api.takeBackEntry(room, id);
      await logs.pull(room, seq);
    } catch (error) {
      // Never arrived: then there is nothing to take back.
      if (!(error instanceof ApiProblem) || error.code !== "not-found") throw error;
    }
    await road.delete(room, voices);
    await core.local.outbox.delete(id, (row) => row.what === "takeback");
    if (voices.length > 0) await tryFullOnes();
  }

  /** A voice went, so there is room again for those that found none. */
  async function tryFullOnes(): Promise<void> {
    const full = rows.rooms().flatMap(rows.all).filter(({ row }) => row.refused === FULL);
    for (const { row } of full) await core.local.outbox.change(row.id, (now) => (now.refused === FULL ? { ...now, refused: null } : null));
    await change(full.map(({ row }) => row.id));
    goOn(new Set(full.map(({ row }) => row.room)));
  }

  async function sendEntry(live: Live): Promise<void> {
    const { id, room } = live.row;
    let body = live.row.body;
    if (body === null && !(await sendVoices(live.row))) return;
    for (let attempt = 0; ; attempt++) {
      body ??= await sealAndStore(live);
      if (body === null) return; // undone meanwhile
      try {
        return await acknowledged(room, id, body, await put(live, body));
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        if (error.code === "entry-exists") return acknowledgedBefore(room, id, error);
        if (mayPass(error)) throw error;
        if (error.code !== "stale-epoch" && error.code !== "roll-due") return refuse(id, error.code);
        // A house that names a newer epoch and does not show it: nothing to seal under. The words wait.
        if (attempt >= MISSES) throw new ModelFailure("untrusted");
        // Somebody left a circle: whoever writes next gives it a new key.
        await (error.code === "roll-due" ? keys.roll(room) : keys.ready(room, true));
        body = null;
      }
    }
  }

  /** What is said in a gathering goes by its road, which is open to whoever holds the piece. */
  function put({ row: { id, room }, content }: Live, body: Bytes): Promise<{ seq: number; time_ms: number }> {
    if (content.kind !== "turn") return core.api.putEntry(room, id, body);
    return core.api.putTurn(content.gathering, id, body, content.voice?.voice ?? null);
  }

  /** False: the house will not take one of them. Then what it has of them would only fill the room that is left. */
  async function sendVoices({ id, room, voices = [] }: OutboxRow): Promise<boolean> {
    try {
      for (const voice of voices) await road.send(voice, () => tries.delete(room));
      return true;
    } catch (error) {
      const no = refusalOf(error);
      if (no === null) throw error;
      await refuse(id, no);
      await road.withdraw(voices).catch(() => undefined); // it goes with the words, at the latest
      return false;
    }
  }

  /** Null if the row is gone, or turned into a takeback. */
  async function sealAndStore({ row, json }: Live): Promise<Bytes | null> {
    const { id, room } = row;
    await keys.ready(room);
    await logs.load(room);
    const content = { ...json, prev: logs.log(room).lastOf(core.me()) };
    const { body } = await sealOrRoll(room, id, content);
    const stored = await core.local.outbox.change(id, (now) => (now.what === "put" ? { ...now, body } : null));
    return stored ? body : null;
  }

  async function sealOrRoll(room: Id, id: Id, content: { prev: Id | "" }): Promise<{ body: Bytes }> {
    try {
      return await core.crypto.sealEntry({ room, id, content });
    } catch (error) {
      if (!(error instanceof CryptoError) || error.code !== "unknown-epoch") throw error;
      // The newest epoch's key was not sealed to me, or not well: nobody could read me. A new epoch is in order.
      await keys.roll(room);
      return core.crypto.sealEntry({ room, id, content });
    }
  }

  async function acknowledged(room: Id, id: Id, body: Bytes, { seq, time_ms: timeMs }: { seq: number; time_ms: number }): Promise<void> {
    core.heardTime(timeMs);
    await logs.acknowledge({ room, seq, timeMs, author: core.me(), id, state: "plain", body });
    if (rows.put(id)?.row.voices?.length) core.background(road.refresh);
  }

  /** The house has this id with other bytes: mine from an earlier try. What it has is what counts. */
  async function acknowledgedBefore(room: Id, id: Id, problem: ApiProblem): Promise<void> {
    await logs.pull(room, problem.numbers.seq ?? 0);
    await core.local.outbox.delete(id, (row) => row.what === "put");
  }

  async function refuse(id: Id, code: string): Promise<void> {
    await core.local.outbox.change(id, (row) => ({ ...row, refused: code }));
  }

  function wait(room: Id, failure: ModelFailure): void {
    if (failure.code === "session-ended") return core.onSessionEnded();
    const count = (tries.get(room) ?? 0) + 1;
    tries.set(room, count);
    say(room, WHY[failure.code] ?? "busy");
    const { retryAfterMs } = failure;
    const named = retryAfterMs !== null;
    if (named && failure.code === "busy") slowDown();
    const ms = named ? Math.min(retryAfterMs, HOLD_MOST_MS) : backoff(count, RETRY_MS, Math.random);
    holds.set(room, { named, timer: core.platform.setTimeout(() => (release(room), void sendRoom(room)), ms) });
  }

  function release(room: Id): void {
    core.platform.clearTimeout(holds.get(room)?.timer);
    holds.delete(room);
  }

  /** What the house takes is for all that a person does, in whichever room: an import is what gives way. */
  function slowDown(): void {
    if (paceMs === 0 || resting === null) paceMs = Math.min(Math.max(PACE_MS, paceMs * 2), PACE_MOST_MS);
    rest(REST_MS);
  }

  function rest(ms: number): void {
    core.platform.clearTimeout(resting);
    resting = core.platform.setTimeout(() => {
      resting = null;
      goOn(rows.rooms());
    }, ms);
  }

  function say(room: Id, why: Why | null): void {
    if ((reasons.peek().get(room) ?? null) === why) return;
    const next = new Map(reasons.peek());
    if (why === null) next.delete(room);
    else next.set(room, why);
    reasons.value = next;
  }

  function drained(room: Id): Promise<void> {
    return new Promise((done, failed) => {
      const late = core.platform.setTimeout(() => end(() => failed(new ModelFailure("offline"))), DRAIN_MS);
      const stop = effect(() => {
        void moved.value;
        const why = reasons.value.get(room);
        if (!rows.waits(room)) end(done);
        else if (why !== undefined) end(() => failed(new ModelFailure(why === "offline" ? "offline" : "busy")));
      });
      function end(settle: () => void): void {
        core.platform.clearTimeout(late);
        queueMicrotask(() => (stop(), settle()));
      }
    });
  }

  async function discard(id: Id): Promise<void> {
    const gone = await core.local.outbox.discard(id, (row) => row.body === null || row.refused !== null);
    if (!gone) throw new ModelFailure("gone");
    await change([id, ...rows.behind(id)]);
    await showTogether();
    kick();
  }

  function clear(): void {
    for (const one of [timer, resting, ...[...holds.values()].map((hold) => hold.timer)]) core.platform.clearTimeout(one);
    timer = resting = null;
    paceMs = 0;
    const rooms = rows.rooms();
    for (const held of [rows, flying, holds, tries, together.rooms, together.left, together.ids]) held.clear();
    inOrder = createQueue();
    reasons.value = new Map();
    show(rooms);
  }

  return {
    waitingIn,
    unsent,
    write: async (room, content, id = core.newId()) => (await step([{ room, content, id }], []))[0]!,
    takeBack: async (room, id) => void (await step([], [{ room, id }])),
    step,
    discard,
    drained(room) {
      kick();
      return drained(room);
    },
    kick,
    load,
    async changed(ids) {
      await look(ids);
      await showTogether();
      kick();
    },
    clear,
  };
}

const WHY: Partial<Record<ModelFailure["code"], Why>> = { offline: "offline", busy: "busy", paused: "turn", untrusted: "keys", locked: "keys" };

const place = (id: Id) => `outbox/${id}`;

const samePlace = (a: Place, b: Place): boolean => a.is === b.is && ("why" in a ? a.why : null) === ("why" in b ? b.why : null);

/** Why a row was refused that is tried again when there is room. */
const FULL = "voice-full";

/** What these words are about: they would be lost on whoever reads the log, if they stood there before it. */
function aboutWhat(content: Content): readonly Id[] {
  if (content.kind === "edit") return [content.of, ...content.after];
  return content.kind === "shared" || content.kind === "sending" ? [content.of] : [];
}

/** What is wrong now and may be right later: a bell's pause, too, is over in a moment. */
const mayPass = (error: ApiProblem): boolean => error.passing || error.status === 401 || error.code === "paused";

/** Why a voice is refused for good; null: it is not. */
function refusalOf(error: unknown): string | null {
  if (error instanceof ModelFailure && error.code === "gone") return "voice-lost";
  if (!(error instanceof ApiProblem)) return null;
  const again = error.code !== FULL && (mayPass(error) || error.code === "voice-order");
  return again ? null : error.code;
}

function refusal(code: string): Extract<Place, { is: "refused" }>["why"] {
  // Of a circle that I am no longer in, the house knows nothing to me.
  if (code === "room-ended" || code === "not-found") return "room-ended";
  if (code === "too-big") return "too-long";
  return code === "too-many" || code === FULL ? "limit" : "unexpected";
}
