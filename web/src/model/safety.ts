/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Blocks: one action, silent. The house withholds what the other writes; here nothing of theirs is shown from that moment.

import { signal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import type { Safety } from "./face";

export interface SafetyNoun extends Safety {
  pull(): Promise<void>;
  load(): Promise<void>;
  clear(): void;
  /** Set by house.ts: someone may be heard again, so what was withheld is fetched. */
  onUnblock: (person: Id) => Promise<void>;
}

const FACT = "blocks";

export function createSafety(core: Core): SafetyNoun {
  const blocked = signal<readonly Id[]>([]);

  async function take(list: readonly Id[]): Promise<void> {
    blocked.value = list;
    await core.local.facts.put(FACT, await core.sealJson(list, FACT));
    core.tabs.tell({ news: "facts" });
  }

  const safety: SafetyNoun = {
    blocked,
    onUnblock: async () => undefined,
    pull: async () => take(await core.api.blocks()),
    async load() {
      const sealed = await core.local.facts.get(FACT);
      const list = sealed === null ? null : ((await core.openJson(sealed, FACT)) as readonly Id[] | null);
      if (list !== null) blocked.value = list;
    },
    clear: () => void (blocked.value = []),
    block: (person) => core.act(async () => {
      // Here first: nothing of theirs is seen while the house is being told.
      const before = blocked.peek();
      blocked.value = [...before.filter((one) => one !== person), person];
      try {
        await core.api.block(person);
        await take(blocked.peek());
      } catch (error) {
        blocked.value = before;
        throw error;
      }
    }),
    unblock: (person) => core.act(async () => {
      await core.api.unblock(person);
      await take(blocked.peek().filter((one) => one !== person));
      core.background(() => safety.onUnblock(person));
    }),
  };
  return safety;
}
