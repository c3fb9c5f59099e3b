/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The vault as the model uses it: named values of mine, the same on all my devices, sealed from the house.
//
// A value is set here at once, kept on this device as "pending", and taken to the house when it can be reached. The house
// takes it only if nobody was faster (If-Match); then the other device's value is fetched and the two are joined: of
// objects, each field by whoever changed it last since both were the same; of marks that only go up, the higher one.
//
// Its one complication: sealing cannot happen inside a storage transaction. So a row is read, worked on, and written only
// if it still is what was read; else the work is done anew.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import { sameBytes, type Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { VaultFrame } from "../lib/frames";
import type { VaultRow } from "../local/local";
import { createMemo, createQueue, type Core } from "./core";
import { toFailure } from "./failure";

export type Value = Record<string, unknown>;
type Items = ReadonlyMap<string, Value>;

export interface Vault {
  /** All items by name, pending ones as I set them. */
  readonly items: ReadonlySignal<Items>;
  get(name: string): Value | null;
  item(name: string): ReadonlySignal<Value | null>;
  /** Names that begin so, with what follows the beginning. */
  under(prefix: string): { readonly rest: string; readonly value: Value }[];
  /** Resolves when it is safe on this device. LAZY waits a little before it goes to the house. */
  set(name: string, value: Value, lazy?: boolean): Promise<void>;
  remove(name: string): Promise<void>;
  /** From this device, at opening and when another tab changed something. */
  load(): Promise<void>;
  /** From the house. */
  pull(): Promise<void>;
  /** To the house: all that waits. */
  flush(): Promise<void>;
  clear(): void;
}

const LAZY_MS = 3_000;
/** Of sending at once after being overtaken; then it waits a little. */
const ROUNDS = 3;
const CURSOR = "vault-cursor";
const EMPTY: Bytes = new Uint8Array();

export function createVault(core: Core): Vault {
  const items = signal<Items>(new Map());
  const versions = new Map<Id, { readonly row: VaultRow; readonly name: string }>();
  const inOrder = createQueue();
  let later: unknown = null;

  /** Null: empty or deleted, or it does not open (then it is as good as not there, and is never shown). A keyring that was
      locked meanwhile says nothing about the item. */
  async function open(key: Id, body: Bytes | null): Promise<{ name: string; value: Value } | null> {
    if (body === null || body.length === 0) return null;
    try {
      const { name, value } = await core.crypto.openVault({ key, body });
      return isValue(value) ? { name, value } : null;
    } catch (error) {
      if (toFailure(error).code === "locked") throw error;
      return null;
    }
  }

  function show(name: string, value: Value | null): void {
    const next = new Map(items.peek());
    if (value === null) next.delete(name);
    else next.set(name, value);
    items.value = next;
  }

  async function take(row: VaultRow): Promise<void> {
    const known = versions.get(row.key);
    if (known !== undefined && sameRow(known.row, row)) return;
    const { era } = core;
    const opened = await open(row.key, row.pending ?? row.body);
    if (core.era !== era) return;
    const name = opened?.name ?? known?.name ?? "";
    versions.set(row.key, { row, name });
    if (name !== "") show(name, opened?.value ?? null);
  }

  /** Writes what MAKE says about the row as it stands, however often it changes meanwhile. */
  async function rewrite(key: Id, make: (row: VaultRow) => Promise<VaultRow | null>): Promise<void> {
    for (;;) {
      let seen: VaultRow | null = null;
      await core.local.vault.change(key, (row) => ((seen = row), null));
      const before: VaultRow = seen ?? { key, version: 0, body: EMPTY, pending: null };
      const after = await make(before);
      if (after === null) return;
      const written = await core.local.vault.change(key, (row) => (sameRow(row ?? { key, version: 0, body: EMPTY, pending: null }, before) ? after : null));
      if (written) return take(after);
    }
  }

  async function put(name: string, value: Value | null, lazy: boolean): Promise<void> {
    const { key, body } = await core.crypto.sealVault({ name, value: value ?? {} });
    show(name, value);
    await inOrder(async () => {
      await rewrite(key, async (row) => ({ ...row, pending: value === null ? EMPTY : body }));
      core.tabs.tell({ news: "vault" });
    });
    if (lazy) flushLater();
    else core.background(flush);
  }

  function flushLater(): void {
    core.platform.clearTimeout(later);
    later = core.platform.setTimeout(() => core.background(flush), LAZY_MS);
  }

  /** A newer telling of an item: what waits of mine is set upon it. */
  async function rebase(row: VaultRow, frame: VaultFrame): Promise<VaultRow | null> {
    if (frame.version <= row.version) return null;
    const news = { key: row.key, version: frame.version, body: frame.body };
    if (row.pending === null) return { ...news, pending: null };
    const [base, ours, theirs] = await Promise.all([open(row.key, row.body), open(row.key, row.pending), open(row.key, frame.body)]);
    const name = ours?.name ?? base?.name ?? theirs?.name;
    if (name === undefined) return { ...news, pending: row.pending };
    const joined = join(name, base?.value ?? null, ours?.value ?? null, theirs?.value ?? null);
    if (joined === null) return { ...news, pending: theirs === null ? null : EMPTY };
    if (theirs !== null && JSON.stringify(joined) === JSON.stringify(theirs.value)) return { ...news, pending: null };
    return { ...news, pending: (await core.crypto.sealVault({ name, value: joined })).body };
  }

  async function pullNow(): Promise<void> {
    for (;;) {
      const after = await cursor();
      const fresh = (await core.api.vault(after)).filter(({ version }) => version > after);
      if (fresh.length === 0) return;
      for (const frame of fresh) await rewrite(frame.key, (row) => rebase(row, frame));
      await core.local.facts.put(CURSOR, await core.sealJson(Math.max(...fresh.map(({ version }) => version)), CURSOR));
      core.tabs.tell({ news: "vault" });
    }
  }

  /** The version up to which all was pulled. Not the highest one here: a write of mine may have overtaken another
      device's that I have not seen. */
  async function cursor(): Promise<number> {
    const sealed = await core.local.facts.get(CURSOR);
    return sealed === null ? 0 : Number(await core.openJson(sealed, CURSOR));
  }

  async function send(row: VaultRow, pending: Bytes): Promise<void> {
    const version = await tell(row, pending);
    await rewrite(row.key, async (now) => ({ ...now, version, body: pending, pending: now.pending !== null && sameBytes(now.pending, pending) ? null : now.pending }));
  }

  async function tell(row: VaultRow, pending: Bytes): Promise<number> {
    if (pending.length > 0) return core.api.putVault(row.key, row.version, pending);
    // Never there, or gone already: nothing to delete.
    if (row.body.length === 0) return row.version;
    return core.api.deleteVault(row.key, row.version);
  }

  async function flushNow(): Promise<void> {
    for (let round = 1; ; round++) {
      const overtaken = await sendAll();
      if (!overtaken) return;
      await pullNow();
      if (round === ROUNDS) return flushLater();
    }
  }

  /** Whether another device was faster with something. */
  async function sendAll(): Promise<boolean> {
    let overtaken = false;
    for (const row of await core.local.vault.all()) {
      if (row.pending === null) continue;
      try {
        await send(row, row.pending);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.code !== "vault-changed") throw error;
        overtaken = true;
      }
    }
    return overtaken;
  }

  const flush = () => inOrder(flushNow);

  return {
    items,
    get: (name) => items.peek().get(name) ?? null,
    item: createMemo((name) => computed(() => items.value.get(name) ?? null)),
    under: (prefix) => [...items.value].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => ({ rest: name.slice(prefix.length), value })),
    set: (name, value, lazy = false) => put(name, value, lazy),
    remove: (name) => put(name, null, false),
    load: () => inOrder(async () => {
      for (const row of await core.local.vault.all()) await take(row);
    }),
    pull: () => inOrder(pullNow),
    flush,
    clear() {
      core.platform.clearTimeout(later);
      versions.clear();
      items.value = new Map();
    },
  };
}

function isValue(value: unknown): value is Value {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sameRow(a: VaultRow, b: VaultRow): boolean {
  const samePending = a.pending === b.pending || (a.pending !== null && b.pending !== null && sameBytes(a.pending, b.pending));
  return a.version === b.version && samePending;
}

/** Marks that only ever go up. */
const RISING: Record<string, string> = { "read/": "seq", "known/": "epoch", "said/": "seq" };

/** BASE is what both began with; null is "not there". Exported for its test. */
export function join(name: string, base: Value | null, ours: Value | null, theirs: Value | null): Value | null {
  const rising = Object.entries(RISING).find(([prefix]) => name.startsWith(prefix))?.[1];
  if (rising !== undefined && ours !== null && theirs !== null) return Number(theirs[rising]) > Number(ours[rising]) ? theirs : ours;
  if (ours === null || theirs === null) return ours;
  // Made twice: what one of the two left empty is filled by the other.
  const made: Value = base ?? Object.fromEntries(Object.entries(ours).filter(([, value]) => value === ""));
  const joined: Value = { ...theirs };
  for (const field of new Set([...Object.keys(made), ...Object.keys(ours)])) {
    const mineChanged = JSON.stringify(ours[field]) !== JSON.stringify(made[field]);
    if (!mineChanged) continue;
    if (field in ours) joined[field] = ours[field];
    else delete joined[field];
  }
  return joined;
}
