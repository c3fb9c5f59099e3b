/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What I gave and was given, in words, and how I was after something done together: entries of my own room, which nobody else
// reads. The shelf knows where they stand, however many pages were written since; their words are opened when somebody looks.
// Nothing is counted, and no side is weighed against the other.

import { computed, signal } from "@preact/signals";
import type { Id } from "../lib/id";
import { createMemo, type Core } from "./core";
import { ModelFailure, type Gift, type Giving } from "./face";
import type { Outbox } from "./outbox";
import type { GiftWords, Shelf } from "./shelf";

export interface GivingDeps {
  readonly outbox: Outbox;
  readonly shelf: Pick<Shelf, "gifts" | "giftWords" | "afterwards" | "ready">;
  /** My own room. */
  readonly mine: () => Id;
}

export interface GivingNoun extends Giving {
  clear(): void;
}

const PAGE = 30;

export function createGiving(core: Core, { outbox, shelf, mine }: GivingDeps): GivingNoun {
  const shown = signal(PAGE);
  /** Opened; null: it does not open. A gift is never changed, so it is opened once. */
  const opened = signal<ReadonlyMap<Id, GiftWords | null>>(new Map());
  let reading: Promise<void> | null = null;

  const wanted = computed(() => (core.state.value.is === "open" ? shelf.gifts.value.slice(0, shown.value) : []));

  const missing = (): Id[] => wanted.peek().flatMap(({ id }) => (opened.peek().has(id) ? [] : [id]));

  async function readAll(): Promise<void> {
    const { era } = core;
    for (let ids = missing(); ids.length > 0 && core.era === era; ids = missing()) {
      const found = await shelf.giftWords(ids);
      if (core.era === era) opened.value = new Map([...opened.peek(), ...ids.map((id) => [id, found.get(id) ?? null] as const)]);
    }
  }

  const read = (): Promise<void> => (reading ??= readAll().finally(() => (reading = null)));

  const gifts = computed<readonly Gift[]>(() => {
    const known = opened.value;
    if (wanted.value.some(({ id }) => !known.has(id))) core.background(read);
    return wanted.value.flatMap(({ id, at, place }) => {
      const words = known.get(id);
      return words ? [{ id, way: words.way, text: words.text, day: words.day, at, place }] : [];
    });
  });

  return {
    gifts,
    hasOlder: computed(() => core.state.value.is === "open" && shelf.gifts.value.length > shown.value),
    loadOlder: () => core.act(async () => {
      shown.value += PAGE;
      await read();
    }),
    write: ({ way, text, day }) => core.act(() => outbox.write(mine(), { kind: "gift", way, text, day })),
    letGo: (id) => core.act(async () => {
      if (!shelf.gifts.peek().some((one) => one.id === id)) throw new ModelFailure("gone");
      await outbox.takeBack(mine(), id);
    }),
    afterwards: createMemo((id) => computed(() => (core.state.value.is === "open" ? (shelf.afterwards(id).at(-1)?.feel ?? null) : null))),
    sayAfterwards: (of, feel) => core.act(async () => {
      await shelf.ready();
      const before = shelf.afterwards(of.id);
      if (before.at(-1)?.feel === feel) return;
      // What I said before goes only when the new word is at the house.
      const id = core.newId();
      await outbox.step([{ room: mine(), id, content: { kind: "afterwards", of, feel } }], before.map(({ line }) => ({ room: mine(), id: line, after: [id] })));
    }),
    clear() {
      shown.value = PAGE;
      opened.value = new Map();
    },
  };
}
