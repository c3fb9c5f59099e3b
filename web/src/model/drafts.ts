/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Drafts: words that nobody has been given yet. In the signal at once, sealed on this device a moment later, gone from
// memory on lock, back on unlock.

import { signal, type Signal } from "@preact/signals";
import type { Bytes } from "../lib/bytes";
import { createQueue, type Core } from "./core";
import type { Draft, Drafts } from "./face";

export interface DraftsNoun extends Drafts {
  load(): Promise<void>;
  /** On lock: what is readable leaves memory. The signals stay the same for the views that hold them. */
  forget(): void;
}

const SETTLE_MS = 400;

export function createDrafts(core: Core): DraftsNoun {
  const held = new Map<string, Signal<Draft | null>>();
  const changed = new Map<string, Draft | null>();
  const inOrder = createQueue();
  let timer: unknown = null;

  function slot(key: string): Signal<Draft | null> {
    const known = held.get(key);
    if (known !== undefined) return known;
    const made = signal<Draft | null>(null);
    held.set(key, made);
    return made;
  }

  function put(key: string, draft: Draft | null): void {
    if (!core.isOpen()) return;
    slot(key).value = draft;
    changed.set(key, draft);
    // Counted from the first key, not from the last: who types without a pause is kept as well.
    timer ??= core.platform.setTimeout(() => core.background(store), SETTLE_MS);
  }

  type Changes = readonly (readonly [string, Draft | null])[];
  type Sealed = readonly (readonly [string, Bytes | null])[];

  function takeChanged(): Changes {
    core.platform.clearTimeout(timer);
    timer = null;
    const now = [...changed];
    changed.clear();
    return now;
  }

  /** Asks for all seals at once. */
  const seal = (changes: Changes): Promise<Sealed> => Promise.all(changes.map(async ([key, draft]) => [key, draft && (await core.sealJson(draft, place(key)))] as const));

  async function keep(sealed: Sealed): Promise<void> {
    for (const [key, bytes] of sealed) await (bytes === null ? core.local.drafts.delete(key) : core.local.drafts.put(key, bytes));
    if (sealed.length > 0) core.tabs.tell({ news: "drafts" });
  }

  /** What cannot be stored now counts as changed still: it goes with the next, and nothing stored earlier covers it. */
  const store = () => inOrder(async () => {
    const { era } = core;
    const now = takeChanged();
    try {
      await keep(await seal(now));
    } catch (error) {
      for (const [key, draft] of now) if (core.era === era && !changed.has(key)) changed.set(key, draft);
      throw error;
    }
  });

  async function read(era: number): Promise<void> {
    const stored = new Map((await core.local.drafts.all()).map(({ key, sealed }) => [key, sealed]));
    for (const key of new Set([...stored.keys(), ...held.keys()])) {
      const sealed = stored.get(key);
      const draft = sealed === undefined ? null : ((await core.openJson(sealed, place(key))) as Draft | null);
      if (core.era !== era) return;
      if (!changed.has(key)) slot(key).value = draft;
    }
  }

  return {
    read: slot,
    write: (key, draft) => put(key, isEmpty(draft) ? null : draft),
    clear: (key) => put(key, null),
    settled: () => core.act(store),
    // Behind all that is being stored: what is read is then never older than what is shown.
    async load() {
      const { era } = core;
      await inOrder(() => read(era));
    },
    forget() {
      // Words of the last moment are not lost: these seals are asked for before the keys are asked to go.
      const last = seal(takeChanged());
      core.background(() => inOrder(async () => keep(await last)));
      for (const one of held.values()) one.value = null;
    },
  };
}

const place = (key: string) => `draft/${key}`;

function isEmpty({ text, wish, to, checkin, page, letter }: Draft): boolean {
  return text.trim() === "" && [wish, to, checkin, page, letter].every((part) => part === undefined);
}
