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
// Only the leading tab sends; the others put down and tell.

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import { backoff } from "../api/stream";
import { CryptoError } from "../crypto/face";
import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { OutboxRow } from "../local/local";
import { toContent, toJson, voicesOf, type Written } from "./content";
import type { Core } from "./core";
import { ModelFailure, type Content, type Ms, type Place } from "./face";
import { toFailure } from "./failure";
import type { Keys } from "./keys";
import type { Logs } from "./logs";
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
}

/** An entry to be taken back, with the voice notes that are to go with it: its own, unless others are named. */
export interface Back {
  readonly room: Id;
  readonly id: Id;
  readonly voices?: readonly Id[];
  readonly after?: readonly Id[];
}

export interface Outbox {
  /** In the order they were written. */
  readonly waiting: ReadonlySignal<readonly Waiting[]>;
  /** Resolves when the words are safe on this device. */
  write(room: Id, content: Written, id?: Id): Promise<Id>;
  /** Undoes what waits, or sends a takeback of what was sent. */
  takeBack(room: Id, id: Id): Promise<void>;
  /** All of it in one step: either all is safe on this device, or nothing. Gives the ids of PUTS; they leave in this order,
   *  before BACKS. */
  step(puts: readonly Put[], backs: readonly Back[]): Promise<readonly Id[]>;
  /** Deletes words that have not been sent; rejects "gone" if they have. */
  discard(id: Id): Promise<void>;
  /** Resolves when nothing of this room waits any more; rejects when it cannot be sent now. */
  drained(room: Id): Promise<void>;
  /** Sends what waits, if this tab leads. */
  kick(): void;
  load(): Promise<void>;
  clear(): void;
}

/** One entry's words, with room for its envelope (lib: 64 KiB whole, 63,452 of JSON). */
const CONTENT_MAX = 60_000;
const RETRY_MS = 1_000;
/** Stale epochs in a row for one entry. */
const MISSES = 3;
const DRAIN_MS = 20_000;

type Why = Extract<Place, { is: "unsent" }>["why"];

interface Live {
  readonly row: OutboxRow;
  readonly content: Content;
  readonly json: Record<string, unknown>;
}

export function createOutbox(core: Core, keys: Keys, logs: Logs, road: VoiceRoad): Outbox {
  const rows = signal<readonly Live[]>([]);
  const flying = signal<ReadonlySet<Id>>(new Set());
  const reasons = signal<ReadonlyMap<Id, Why>>(new Map());
  const running = new Set<Id>();
  const tries = new Map<Id, number>();
  let timer: unknown = null;

  const waiting = computed<readonly Waiting[]>(() =>
    rows.value.map(({ row, content }) => ({
      id: row.id,
      room: row.room,
      what: row.what,
      at: row.writtenMs,
      content,
      place: placeOf(row),
    })),
  );

  function placeOf(row: OutboxRow): Place {
    if (row.refused !== null) return { is: "refused", why: refusal(row.refused) };
    const sendingElsewhere = !core.leading.value && core.platform.online.value;
    if (flying.value.has(row.id) || sendingElsewhere) return { is: "sending" };
    return { is: "unsent", why: reasons.value.get(row.room) ?? (core.platform.online.value ? "turn" : "offline") };
  }

  async function load(): Promise<void> {
    const before = rows.peek();
    const known = new Map(before.map((live) => [live.row.order, live]));
    const lives: Live[] = [];
    for (const row of await core.local.outbox.all()) lives.push(await revive(row, known.get(row.order)));
    // What came or went meanwhile may not be in what was read.
    if (rows.peek() !== before) return load();
    rows.value = lives;
  }

  async function revive(row: OutboxRow, known: Live | undefined): Promise<Live> {
    if (row.what === "takeback") return { row, content: { kind: "unknown" }, json: {} };
    if (known !== undefined) return { ...known, row };
    const json = (await core.openJson(row.content, place(row.id))) as Record<string, unknown> | null;
    return { row, content: toContent(json ?? {}), json: json ?? {} };
  }

  async function step(puts: readonly Put[], backs: readonly Back[]): Promise<readonly Id[]> {
    core.me();
    const fresh: Live[] = [];
    for (const put of puts) fresh.push(await prepare(put));
    const takeBacks: OutboxRow[] = [];
    for (const back of backs) takeBacks.push(await toTakeBack(back));
    const orders = await core.local.outbox.step(fresh.map(({ row }) => row), takeBacks);
    const added = fresh.flatMap((live, i) => (orders[i] == null ? [] : [{ ...live, row: { ...live.row, order: orders[i] } }]));
    rows.value = [...rows.peek(), ...added.filter(({ row }) => !rows.peek().some((live) => live.row.order === row.order))];
    if (backs.length > 0) await load();
    told();
    return fresh.map(({ row }) => row.id);
  }

  async function prepare({ room, content, id = core.newId(), after = [] }: Put): Promise<Live> {
    const json = toJson(content);
    const sealed = await core.sealJson(json, place(id));
    if (sealed.length > CONTENT_MAX) throw new ModelFailure("too-long");
    const said = toContent(json);
    const row: OutboxRow = { id, room, what: "put", writtenMs: core.platform.now(), content: sealed, body: null, refused: null, after, voices: voicesOf(said) };
    return { row, content: said, json };
  }

  async function toTakeBack({ room, id, voices, after = [] }: Back): Promise<OutboxRow> {
    const going = voices ?? (await voicesIn(room, id));
    return { id, room, what: "takeback", writtenMs: core.platform.now(), content: new Uint8Array(), body: null, refused: null, after, voices: going };
  }

  async function voicesIn(room: Id, id: Id): Promise<readonly Id[]> {
    const waits = rows.peek().find(({ row }) => row.id === id && row.what === "put")?.content;
    const content = waits ?? (await logs.contentOf(room, id));
    return content === null ? [] : voicesOf(content);
  }

  function told(): void {
    core.tabs.tell({ news: "outbox" });
    kick();
  }

  function kick(): void {
    if (!core.leading.peek() || !core.isOpen()) return;
    for (const room of new Set(rows.peek().map(({ row }) => row.room))) void sendRoom(room);
  }

  /** Sends all of a room, one after the other. One at a time per room. */
  async function sendRoom(room: Id): Promise<void> {
    if (running.has(room)) return;
    running.add(room);
    const era = core.era;
    try {
      for (let next = first(room); next !== undefined && core.era === era; next = first(room)) {
        await sendOne(next);
        tries.delete(room);
        say(room, null);
      }
    } catch (error) {
      if (core.era === era) wait(room, toFailure(error));
    } finally {
      running.delete(room);
    }
  }

  const first = (room: Id) => rows.peek().find(({ row }) => row.room === room && row.refused === null && !mustWait(row));

  const mustWait = ({ after = [] }: OutboxRow) => after.length > 0 && rows.peek().some(({ row }) => row.what === "put" && after.includes(row.id));

  async function sendOne(live: Live): Promise<void> {
    fly(live.row.id, true);
    try {
      await (live.row.what === "takeback" ? sendTakeBack(live.row) : sendEntry(live));
    } finally {
      fly(live.row.id, false);
      core.tabs.tell({ news: "outbox" });
      if (core.isOpen()) await look(live.row.id);
    }
  }

  /** What stands of this row now. What waited for it may go. */
  async function look(id: Id): Promise<void> {
    const before = new Map(rows.peek().flatMap((live) => (live.row.id === id ? [[live.row.order, live]] : [])));
    const now = new Map<number | undefined, Live>();
    for (const row of await core.local.outbox.of(id)) now.set(row.order, await revive(row, before.get(row.order)));
    rows.value = rows.peek().flatMap((live) => (before.has(live.row.order) ? (now.get(live.row.order) ?? []) : [live]));
    for (const { row } of rows.peek()) if (row.after?.includes(id)) void sendRoom(row.room);
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
  }

  async function sendEntry(live: Live): Promise<void> {
    const { id, room } = live.row;
    let body = live.row.body;
    if (body === null && !(await sendVoices(live.row))) return;
    for (let attempt = 0; ; attempt++) {
      body ??= await sealAndStore(live);
      if (body === null) return; // undone meanwhile
      try {
        return await acknowledged(room, id, body, await core.api.putEntry(room, id, body));
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        if (error.code === "entry-exists") return acknowledgedBefore(room, id, error);
        if (mayPass(error)) throw error;
        if (error.code !== "stale-epoch") return refuse(id, error.code);
        // A house that names a newer epoch and does not show it: nothing to seal under. The words wait.
        if (attempt >= MISSES) throw new ModelFailure("untrusted");
        await keys.ready(room, true);
        body = null;
      }
    }
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
    if (rows.peek().some(({ row }) => row.id === id && row.voices?.length)) core.background(road.refresh);
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
    core.platform.clearTimeout(timer);
    timer = core.platform.setTimeout(kick, failure.retryAfterMs ?? backoff(count, RETRY_MS, Math.random));
  }

  function say(room: Id, why: Why | null): void {
    const next = new Map(reasons.peek());
    if (why === null) next.delete(room);
    else next.set(room, why);
    reasons.value = next;
  }

  function fly(id: Id, on: boolean): void {
    const next = new Set(flying.peek());
    if (on) next.add(id);
    else next.delete(id);
    flying.value = next;
  }

  function drained(room: Id): Promise<void> {
    return new Promise((done, failed) => {
      const late = core.platform.setTimeout(() => end(() => failed(new ModelFailure("offline"))), DRAIN_MS);
      const stop = effect(() => {
        const why = reasons.value.get(room);
        if (!rows.value.some(({ row }) => row.room === room && row.refused === null)) end(done);
        else if (why !== undefined) end(() => failed(new ModelFailure(why === "offline" ? "offline" : "busy")));
      });
      function end(settle: () => void): void {
        core.platform.clearTimeout(late);
        queueMicrotask(() => (stop(), settle()));
      }
    });
  }

  return {
    waiting,
    write: async (room, content, id = core.newId()) => (await step([{ room, content, id }], []))[0]!,
    takeBack: async (room, id) => void (await step([], [{ room, id }])),
    step,
    async discard(id) {
      const gone = await core.local.outbox.discard(id, (row) => row.body === null || row.refused !== null);
      if (!gone) throw new ModelFailure("gone");
      await load();
      told();
    },
    drained(room) {
      kick();
      return drained(room);
    },
    kick,
    load,
    clear() {
      core.platform.clearTimeout(timer);
      rows.value = [];
      reasons.value = new Map();
      flying.value = new Set();
      tries.clear();
    },
  };
}

const WHY: Partial<Record<ModelFailure["code"], Why>> = { offline: "offline", busy: "busy", untrusted: "keys", locked: "keys" };

const place = (id: Id) => `outbox/${id}`;

/** What is wrong now and may be right later. */
const mayPass = (error: ApiProblem): boolean => error.passing || error.status === 401;

/** Why a voice is refused for good; null: it is not. */
function refusalOf(error: unknown): string | null {
  if (error instanceof ModelFailure && error.code === "gone") return "voice-lost";
  if (!(error instanceof ApiProblem)) return null;
  const again = error.code !== "voice-full" && (mayPass(error) || error.code === "voice-order");
  return again ? null : error.code;
}

function refusal(code: string): Extract<Place, { is: "refused" }>["why"] {
  if (code === "room-ended") return "room-ended";
  if (code === "too-big") return "too-long";
  return code === "too-many" || code === "voice-full" ? "limit" : "unexpected";
}
