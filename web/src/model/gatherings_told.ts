/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Gatherings as the house told them, the newest telling of each, kept sealed on this device for a time without a network; and
// what is said about them, which may stand further back in the log than this device holds.
//
// What comes out of order does no harm: versions only go up, and of one version the later telling counts (who is here
// changes without a version).

import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { GatheringFact, GatheringWhole } from "../api/gatherings";
import type { Id } from "../lib/id";
import { createQueue, type Core } from "./core";
import type { SaidWords } from "./gatherings_seen";

/** `whole`: as it was when its people and turns were last told; null: not yet. */
export interface Told {
  readonly head: GatheringFact;
  readonly whole: GatheringWhole | null;
}

export interface ToldGatherings {
  readonly all: ReadonlySignal<ReadonlyMap<Id, Told>>;
  readonly words: ReadonlySignal<ReadonlyMap<Id, SaidWords>>;
  /** Those that I came to on this device and have not left, in whichever tab. */
  readonly seats: Signal<ReadonlySet<Id>>;
  get(id: Id): Told | null;
  take(whole: GatheringWhole): void;
  /** LIST is all there is in this room now. Gives those that are no more. */
  takeRoom(room: Id, list: readonly GatheringFact[]): readonly Told[];
  drop(ids: readonly Id[]): void;
  /** Down to this device, with the words as they are known now. */
  keep(words: ReadonlyMap<Id, SaidWords>): Promise<void>;
  load(): Promise<void>;
  clear(): void;
}

const FACT = "gatherings";

interface Kept {
  readonly told?: readonly Told[];
  readonly words?: readonly (readonly [Id, SaidWords])[];
  readonly seats?: readonly Id[];
}

export function createTold(core: Core): ToldGatherings {
  const all = signal<ReadonlyMap<Id, Told>>(new Map());
  const words = signal<ReadonlyMap<Id, SaidWords>>(new Map());
  const seats = signal<ReadonlySet<Id>>(new Set());
  const inOrder = createQueue();

  function change(work: (map: Map<Id, Told>) => void): void {
    const next = new Map(all.peek());
    work(next);
    all.value = next;
  }

  return {
    all,
    words,
    seats,
    get: (id) => all.peek().get(id) ?? null,
    take: (whole) => change((map) => void map.set(whole.id, joined(map.get(whole.id), { head: whole, whole }))),
    takeRoom(room, list) {
      const here = new Set(list.map(({ id }) => id));
      // One that was called off is told to whoever looks at it, though no list has it.
      const gone = [...all.peek().values()].filter(({ head }) => head.room === room && !here.has(head.id) && head.stage !== "cancelled");
      change((map) => {
        for (const { head } of gone) map.delete(head.id);
        for (const head of list) if (head.room === room) map.set(head.id, joined(map.get(head.id), { head, whole: null }));
      });
      return gone;
    },
    drop: (ids) => change((map) => ids.forEach((id) => map.delete(id))),
    keep: (known) => inOrder(async () => {
      const told = all.peek();
      const kept: Kept = { told: [...told.values()], words: [...known].filter(([id, { seq }]) => told.has(id) && Number.isFinite(seq)), seats: [...seats.peek()].filter((id) => told.has(id)) };
      const { era } = core;
      const sealed = await core.sealJson(kept, FACT);
      if (core.era === era) await core.local.facts.put(FACT, sealed);
      core.tabs.tell({ news: "gatherings" });
    }),
    load: () => inOrder(async () => {
      const { era } = core;
      const sealed = await core.local.facts.get(FACT);
      const kept = sealed === null ? null : ((await core.openJson(sealed, FACT)) as Kept | null);
      if (core.era !== era || kept === null) return;
      words.value = new Map(kept.words);
      seats.value = new Set(kept.seats);
      change((map) => kept.told?.forEach((one) => map.set(one.head.id, joined(map.get(one.head.id), one))));
    }),
    clear() {
      all.value = new Map();
      words.value = new Map();
      seats.value = new Set();
    },
  };
}

function joined(known: Told | undefined, news: Told): Told {
  if (known === undefined) return news;
  return { head: later(known.head, news.head), whole: known.whole === null || news.whole === null ? (news.whole ?? known.whole) : later(known.whole, news.whole) };
}

function later<T extends GatheringFact>(known: T, news: T): T {
  const isOlder = news.version < known.version || (news.version === known.version && news.now_ms < known.now_ms);
  return isOlder ? known : news;
}

/** As it stands by the newest telling, with the people and turns that are known. */
export function wholeOf({ head, whole }: Told): GatheringWhole | null {
  return whole === null ? null : { ...head, people: whole.people, turns: whole.turns };
}
