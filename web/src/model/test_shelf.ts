/* SPDX-License-Identifier: AGPL-3.0-or-later */
// For the tests of the shelf and of what stands on it: a self room of real sealed entries, a house that is a list of frames, and
// devices with an IndexedDB in memory. Not shipped.
import assert from "node:assert/strict";
import { randomBytes, webcrypto } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { signal } from "@preact/signals";
import { load, newId, person, splitChange, type Person } from "../crypto/test_kit";
import { concat, u32, u64, u8 } from "../lib/bytes";
import type { EntryFrame } from "../lib/frames";
import { fromId, type Id } from "../lib/id";
import { openLocal, type Local } from "../local/local";
import { toJson, type Written } from "./content";
import { createCore, type Core } from "./core";
import { createLogs, type Logs } from "./logs";
import type { Waiting } from "./outbox";
import { createShelf, type Shelf } from "./shelf";

export let me: Person;
export let room: Id;

/** Somebody with a self room: before all else. */
export async function setUp(): Promise<void> {
  me = await person("somebody");
  const founded = await me.crypto.foundSelf();
  room = founded.room;
  await load(me, room, splitChange(founded.change));
}

// ── The house, and a device ─────────────────────────────────────────────────────────────────────────────────────────

const STATES = { plain: 0, erased: 1, takeback: 2, withheld: 4 };

function toBytes({ seq, timeMs, author, id, state, body, room: at }: EntryFrame) {
  const frame = concat(fromId(at), u64(seq), u64(timeMs), fromId(author), fromId(id), u8(STATES[state]), body);
  return concat(u32(frame.length), frame);
}

export const NOON = new Date(2026, 2, 10, 12).getTime();

export class SelfRoom {
  frames: EntryFrame[] = [];

  async write(content: Written, { prev = this.last(), at = NOON + this.frames.length * 60_000 }: { prev?: Id | ""; at?: number } = {}): Promise<Id> {
    const id = newId();
    const { body } = await me.crypto.sealEntry({ room, id, content: { ...toJson(content), prev } });
    this.frames.push({ room, seq: this.frames.length + 1, timeMs: at, author: me.id, id, state: "plain", body });
    return id;
  }

  takeBack(id: Id): void {
    this.frames = this.frames.map((one) => (one.id === id ? { ...one, state: "erased", body: new Uint8Array() } : one));
    this.frames.push({ room, seq: this.frames.length + 1, timeMs: NOON + this.frames.length * 60_000, author: me.id, id: newId(), state: "takeback", body: fromId(id) });
  }

  fetch = async (input: unknown): Promise<Response> => {
    const asked = new URL(String(input));
    assert.equal(asked.pathname, `/api/rooms/${room}/entries`);
    const before = asked.searchParams.get("before");
    const limit = Number(asked.searchParams.get("limit"));
    const after = Number(asked.searchParams.get("after"));
    const found = before !== null ? this.frames.filter(({ seq }) => seq < Number(before)).slice(-limit) : this.frames.filter(({ seq }) => seq > after).slice(0, limit);
    return new Response(concat(...found.map(toBytes)));
  };

  private last = (): Id | "" => this.frames.filter(({ state }) => state !== "takeback").at(-1)?.id ?? "";
}

export interface Device {
  readonly core: Core;
  readonly shelf: Shelf;
  readonly logs: Logs;
  readonly local: Local;
  readonly waiting: ReturnType<typeof signal<readonly Waiting[]>>;
  /** Entries opened since it was started. */
  opened(): number;
  close(): Promise<void>;
}

let databases = 0;
export const newName = (): string => `shelf-test-${++databases}`;

export interface Setting {
  readonly leads?: boolean;
  /** Stands in for storing the shelf: to fail as a crash would. */
  readonly put?: (local: Local, rows: Parameters<Local["shelf"]["put"]>[0]) => Promise<void>;
}

export async function device(name: string, house: SelfRoom, { leads = true, put }: Setting = {}): Promise<Device> {
  const real = openLocal(name, () => webcrypto as unknown as Crypto);
  const local: Local = put === undefined ? real : { ...real, shelf: { ...real.shelf, put: (rows) => put(real, rows) } };
  let opened = 0;
  const core = createCore({
    origin: "http://house.test",
    fetch: house.fetch as typeof globalThis.fetch,
    crypto: { ...me.crypto, openEntry: (entry) => (opened++, me.crypto.openEntry(entry)) },
    storage: local,
    now: () => Date.now(),
    setTimeout: (run, ms) => setTimeout(run, Math.min(ms, 5)),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    online: signal(true),
    deviceName: "a test",
  });
  core.era = 1;
  core.state.value = { is: "open", me: me.id, role: "person", session: newId(), needsPassphrase: false };
  core.leading.value = leads;
  const keys = { ready: async () => undefined } as unknown as Parameters<typeof createLogs>[1];
  const logs = createLogs(core, keys);
  const waiting = signal<readonly Waiting[]>([]);
  const shelf = createShelf(core, { keys, logs, outbox: { waitingIn: () => waiting }, selfRoom: signal(room) });
  const close = async () => {
    shelf.clear();
    core.era += 1;
    await sleep(1);
    await real.close();
  };
  return { core, shelf, logs, local, waiting, opened: () => opened, close };
}

/** Signed in, everything fetched and put down. */
export async function ready(one: Device, house: SelfRoom): Promise<Device> {
  await one.logs.pull(room, house.frames.length);
  await one.shelf.load();
  await one.shelf.ready();
  if (house.frames.length > 0) await until("all of it is here", () => one.shelf.whole.value);
  return one;
}

export async function until(what: string, wanted: () => boolean | Promise<boolean>): Promise<void> {
  for (const start = Date.now(); !(await wanted()); await sleep(2)) if (Date.now() - start > 5_000) assert.fail(`still not: ${what}`);
}

/** Until everything that the house has stands on the disk, its words too. */
export async function putDown(one: Device, house: SelfRoom): Promise<void> {
  await until("it is put down", async () => {
    const sealed = await one.local.shelf.get("mark");
    const mark = sealed === null ? null : ((await one.core.openJson(sealed, "shelf/mark")) as { low: number; high: number; owed: number[] } | null);
    return mark !== null && mark.low === 1 && mark.high === house.frames.length && mark.owed.length === 0;
  });
}
