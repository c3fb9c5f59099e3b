/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The rooms' keys: brings to crypto what it must see before a room's entries open: whom I trust to be there (vault),
// the roster and the envelopes (this device's copy first, then the house), and the mark of the newest epoch I have seen.
//
// All of it is checked in crypto, each time. A room whose check fails is "untrusted" until it is loaded anew; nothing of
// it is shown and nothing is sealed for it.

import { signal, type ReadonlySignal } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import { CryptoError, type RosterMark } from "../crypto/face";
import { fromBase64url, toBase64url } from "../lib/base64url";
import type { Bytes } from "../lib/bytes";
import { isId, type Id } from "../lib/id";
import type { KeysRow } from "../local/local";
import { createQueue, type Core } from "./core";
import type { Vault } from "./vault";

/** What the vault keeps of a bond: whom I trust to be in its room, and by which keys. */
export interface BondRecord {
  readonly person: Id;
  readonly identity: string;
  /** Whether I founded the room (I accepted), or they did. */
  readonly founder: "me" | "them";
  readonly name: string;
  /** The seq of the entry that gave the name; 0: the invite or its answer gave it. */
  readonly nameSeq: number;
  readonly myNameForThem: string | null;
}

export interface Keys {
  /** Rooms that failed a check, and how. */
  readonly untrusted: ReadonlySignal<ReadonlyMap<Id, string>>;
  /** Makes the room's keys ready. FRESH asks the house for newer ones. Throws "untrusted" and what the house says. */
  ready(room: Id, fresh?: boolean): Promise<void>;
  /** Begins a new epoch, because the newest one cannot be used. */
  roll(room: Id): Promise<void>;
  /** The keyring was emptied: everything must be loaded again. */
  forget(): void;
  clear(): void;
}

export function createKeys(core: Core, vault: Vault): Keys {
  const untrusted = signal<ReadonlyMap<Id, string>>(new Map());
  const loaded = new Set<Id>();
  const queues = new Map<Id, ReturnType<typeof createQueue>>();

  function inOrder<T>(room: Id, work: () => Promise<T>): Promise<T> {
    const queue = queues.get(room) ?? createQueue();
    queues.set(room, queue);
    return queue(work);
  }

  async function load(room: Id, fresh: boolean): Promise<void> {
    if (loaded.has(room) && !fresh) return;
    const record = recordOf(vault, room);
    const me = await core.crypto.me();
    if (record !== null) await trustBond(room, record, me.personId);
    const held = (await core.local.keys.get(room)) ?? { room, links: [], envelopes: [] };
    const row = fresh || held.links.length === 0 ? await fetchNewer(held) : held;
    const known = knownMark(vault, room);
    const identities = await identitiesFor(record, room, me);
    const roster = await core.crypto.loadRoster({ room, links: row.links, identities, ...(known ? { known } : {}) });
    await core.local.keys.put(row);
    if (known === null || roster.epoch > known.epoch) await vault.set(`known/${room}`, { epoch: roster.epoch, hash: toBase64url(roster.hash) }, true);
    await openEnvelopes(row);
    loaded.add(room);
  }

  /** One that does not open spoils its own epoch and no other: its entries will not open, and who writes next rolls. */
  async function openEnvelopes({ room, envelopes }: KeysRow): Promise<void> {
    try {
      await core.crypto.loadEnvelopes({ room, envelopes });
    } catch (error) {
      if (!(error instanceof CryptoError) || error.code === "locked") throw error;
    }
  }

  async function trustBond(room: Id, record: BondRecord, me: Id): Promise<void> {
    const firstAuthor = record.founder === "me" ? me : record.person;
    await core.crypto.trust({ room, kind: "bond", members: [me, record.person], firstAuthor });
  }

  async function fetchNewer(held: KeysRow): Promise<KeysRow> {
    const lastEnvelope = Math.max(0, ...held.envelopes.map(({ epoch }) => epoch));
    const [links, envelopes] = await Promise.all([
      core.api.roster(held.room, held.links.length),
      core.api.envelopes(held.room, lastEnvelope),
    ]);
    return { room: held.room, links: [...held.links, ...links], envelopes: [...held.envelopes, ...envelopes] };
  }

  /** Mine; the other's from the record. A room I founded whose record is lost: the house's word, which must hash right. */
  async function identitiesFor(record: BondRecord | null, room: Id, me: { personId: Id; identity: Bytes; selfRoom: Id }): Promise<Record<Id, Bytes>> {
    const mine = { [me.personId]: me.identity };
    if (room === me.selfRoom) return mine;
    if (record !== null) return { ...mine, [record.person]: fromBase64url(record.identity) };
    const other = (await core.api.bonds()).find((bond) => bond.room === room)?.person;
    return other === undefined ? mine : { ...mine, [other]: await core.api.identity(other) };
  }

  function mark(room: Id, reason: string | null): void {
    if ((untrusted.peek().get(room) ?? null) === reason) return;
    const next = new Map(untrusted.peek());
    if (reason === null) next.delete(room);
    else next.set(room, reason);
    untrusted.value = next;
  }

  async function ready(room: Id, fresh: boolean): Promise<void> {
    try {
      await load(room, fresh);
      mark(room, null);
    } catch (error) {
      if (error instanceof CryptoError && (error.code === "untrusted" || error.code === "unknown-epoch")) mark(room, error.reason);
      throw error;
    }
  }

  return {
    untrusted,
    ready: (room, fresh = false) => inOrder(room, () => ready(room, fresh)),
    roll: (room) => inOrder(room, async () => {
      const change = await core.crypto.roll({ room });
      try {
        await core.api.changeRoom(room, change);
      } catch (error) {
        // Somebody else was quicker: their epoch is as good.
        if (!(error instanceof ApiProblem) || error.code !== "stale-epoch") throw error;
      }
      await ready(room, true);
    }),
    forget: () => loaded.clear(),
    clear() {
      loaded.clear();
      queues.clear();
      untrusted.value = new Map();
    },
  };
}

export function recordOf(vault: Pick<Vault, "get">, room: Id): BondRecord | null {
  return toRecord(vault.get(`bond/${room}`));
}

export function toRecord(value: Record<string, unknown> | null): BondRecord | null {
  if (value === null) return null;
  const { person, identity, founder, name, nameSeq, myNameForThem } = value;
  if (!isId(person) || typeof identity !== "string" || (founder !== "me" && founder !== "them")) return null;
  return {
    person,
    identity,
    founder,
    name: typeof name === "string" ? name : "",
    nameSeq: typeof nameSeq === "number" ? nameSeq : 0,
    myNameForThem: typeof myNameForThem === "string" ? myNameForThem : null,
  };
}

function knownMark(vault: Vault, room: Id): RosterMark | null {
  const value = vault.get(`known/${room}`);
  if (value === null || !Number.isSafeInteger(value.epoch) || typeof value.hash !== "string") return null;
  return { epoch: Number(value.epoch), hash: fromBase64url(value.hash) };
}
