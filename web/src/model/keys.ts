/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The rooms' keys: brings to crypto what it must see before a room's entries open: whom I trust to be there (vault),
// the roster and the envelopes (this device's copy first, then the house), and the mark of the newest epoch I have seen.
//
// All of it is checked in crypto, each time. A room whose check fails is "untrusted" until it is loaded anew; nothing of
// it is shown and nothing is sealed for it. The identities of a circle's people come from the house: a person's id vouches for
// them. They are kept beside the links, so that a circle opens without a network.

import { signal, type ReadonlySignal } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import type { CircleFact } from "../api/circles";
import { CryptoError, type Roster, type RosterMark } from "../crypto/face";
import { fromBase64url, toBase64url } from "../lib/base64url";
import type { Bytes } from "../lib/bytes";
import { linkPeople } from "../lib/frames";
import { isId, type Id } from "../lib/id";
import type { KeysRow } from "../local/local";
import { createQueue, type Core } from "./core";
import { ModelFailure } from "./face";
import type { Vault } from "./vault";

/** Of beginning an epoch that somebody else was quicker with. */
const TRIES = 5;

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

/** What the next epoch of a circle is to change. */
export interface MemberChange {
  readonly add: readonly Bytes[];
  readonly remove: readonly Id[];
}

export interface Keys {
  /** Rooms that failed a check, and how. */
  readonly untrusted: ReadonlySignal<ReadonlyMap<Id, string>>;
  /** The newest roster of each room that is ready. */
  readonly rosters: ReadonlySignal<ReadonlyMap<Id, Roster>>;
  /** Makes the room's keys ready. FRESH asks the house for newer ones. Throws "untrusted" and what the house says. */
  ready(room: Id, fresh?: boolean): Promise<void>;
  /** Begins a new epoch, because the newest one cannot be used, or because somebody left. */
  roll(room: Id): Promise<void>;
  /** Begins a circle's new epoch with other members, and without those who left. WANTED looks at the circle as the house tells it
   *  now, and is asked again when somebody else was quicker; null: nothing is to be done. False: nothing was done. */
  change(room: Id, wanted: (fact: CircleFact) => Promise<MemberChange | null>): Promise<boolean>;
  /** By which a member is known; checked. Throws "gone" for who is none. */
  identity(room: Id, person: Id): Promise<Bytes>;
  /** Throws "untrusted" unless these are this person's keys. ROOM must be ready. */
  meet(room: Id, person: Id, identity: Bytes): Promise<void>;
  /** The keyring was emptied: everything must be loaded again. */
  forget(): void;
  clear(): void;
}

export function createKeys(core: Core, vault: Vault): Keys {
  const untrusted = signal<ReadonlyMap<Id, string>>(new Map());
  const rosters = signal<ReadonlyMap<Id, Roster>>(new Map());
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
    const firstAuthor = vault.get(`circle/${room}`)?.firstAuthor;
    if (isId(firstAuthor)) await core.crypto.trust({ room, kind: "circle", members: [firstAuthor], firstAuthor });
    const held = (await core.local.keys.get(room)) ?? { room, links: [], envelopes: [] };
    const asks = fresh || held.links.length === 0;
    const newer = asks ? await fetchNewer(held) : held;
    const row = { ...newer, identities: { ...identitiesHere(record, newer, me), ...(asks ? await strangers(record, newer, me, isId(firstAuthor)) : {}) } };
    const known = knownMark(vault, room);
    const roster = await core.crypto.loadRoster({ room, links: row.links, identities: row.identities, ...(known ? { known } : {}) });
    await core.local.keys.put(row);
    rosters.value = new Map(rosters.peek()).set(room, roster);
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
    return { ...held, links: [...held.links, ...links], envelopes: [...held.envelopes, ...envelopes] };
  }

  /** Mine; a bond's from its record. */
  function identitiesHere(record: BondRecord | null, { identities }: KeysRow, me: { personId: Id; identity: Bytes }): Record<Id, Bytes> {
    const found: Record<Id, Bytes> = { ...identities, [me.personId]: me.identity };
    if (record !== null) found[record.person] = fromBase64url(record.identity);
    return found;
  }

  /** All others by the house's word, which must hash right. Who is gone for good is known to it no more; in a circle, which goes
   *  on without them, they may be missing. */
  async function strangers(record: BondRecord | null, row: KeysRow, me: { personId: Id; identity: Bytes }, circle: boolean): Promise<Record<Id, Bytes>> {
    const here = identitiesHere(record, row, me);
    const missing = [...new Set(row.links.flatMap(linkPeople))].filter((person) => !Object.hasOwn(here, person));
    const met = await Promise.all(missing.map(async (person): Promise<[Id, Bytes | null]> => [person, await identityAtHouse(person)]));
    const gone = met.find(([, identity]) => identity === null);
    if (gone !== undefined && !circle) throw new ApiProblem(404, "not-found");
    return Object.fromEntries(met.filter((one): one is [Id, Bytes] => one[1] !== null));
  }

  async function identityAtHouse(person: Id): Promise<Bytes | null> {
    try {
      return await core.api.identity(person);
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "not-found") return null;
      throw error;
    }
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
      // What failed is asked for anew, until the house shows what holds.
      await load(room, fresh || untrusted.peek().has(room));
      mark(room, null);
    } catch (error) {
      if (error instanceof CryptoError && (error.code === "untrusted" || error.code === "unknown-epoch")) mark(room, error.reason);
      throw error;
    }
  }

  async function roll(room: Id): Promise<void> {
    try {
      await core.api.changeRoom(room, await core.crypto.roll({ room }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code === "roll-due") return void (await change(room, async ({ must_roll: due }) => (due ? { add: [], remove: [] } : null)));
      // Somebody else was quicker: their epoch is as good.
      if (error.code !== "stale-epoch") throw error;
    }
    await ready(room, true);
  }

  async function change(room: Id, wanted: (fact: CircleFact) => Promise<MemberChange | null>): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const fact = await core.api.circle(room);
      await ready(room, fact.epoch !== rosters.peek().get(room)?.epoch);
      const want = await wanted(fact);
      if (want === null) return false;
      try {
        await core.api.changeCircle(room, await nextEpoch(fact, want));
        await ready(room, true);
        return true;
      } catch (error) {
        // Somebody else was quicker: what is still to be done is looked at anew.
        if (!(error instanceof ApiProblem) || error.code !== "stale-epoch" || attempt === TRIES) throw error;
      }
    }
  }

  async function nextEpoch({ room, left }: CircleFact, { add, remove }: MemberChange): Promise<Bytes> {
    const members = rosters.peek().get(room)?.members ?? [];
    const standing = left.filter(({ person }) => members.includes(person));
    const leaves = standing.filter(({ leave }) => leave !== "").map(({ person, leave }) => ({ person, leave: fromBase64url(leave) }));
    const erased: Id[] = [];
    // An account that is gone signs nothing any more; the house must not know it, either.
    for (const { person, leave } of standing) if (leave === "" && (await identityAtHouse(person)) === null) erased.push(person);
    return core.crypto.changeMembers({ room, add, remove: [...remove, ...erased], leaves });
  }

  return {
    untrusted,
    rosters,
    ready: (room, fresh = false) => inOrder(room, () => ready(room, fresh)),
    roll: (room) => inOrder(room, () => roll(room)),
    change: (room, wanted) => inOrder(room, () => change(room, wanted)),
    async identity(room, person) {
      const known = (await core.local.keys.get(room))?.identities?.[person];
      if (known === undefined || !rosters.peek().get(room)?.members.includes(person)) throw new ModelFailure("gone");
      return known;
    },
    meet: async (room, person, identity) => void (await core.crypto.loadRoster({ room, links: [], identities: { [person]: identity } })),
    forget: () => loaded.clear(),
    clear() {
      loaded.clear();
      queues.clear();
      untrusted.value = new Map();
      rosters.value = new Map();
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
