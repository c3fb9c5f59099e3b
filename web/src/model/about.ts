/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What the house says about itself. Needs no session. Its facts are kept on the device, because unlocking without a
// network needs the house's id.

import { signal } from "@preact/signals";
import { fromUtf8, utf8 } from "../lib/bytes";
import { isId, type Id } from "../lib/id";
import type { Core } from "./core";
import type { About, AboutHouse, HouseFacts, Loading } from "./face";

export interface AboutNoun extends About {
  /** From the house, or as this device last heard it. */
  houseId(): Promise<Id>;
  restore(): Promise<void>;
}

const ROW = "house";

export function createAbout(core: Core): AboutNoun {
  const facts = signal<HouseFacts | null>(null);
  const factsState = signal<Loading>({ is: "idle" });
  const about = signal<AboutHouse | null>(null);
  const aboutState = signal<Loading>({ is: "idle" });

  async function loadFacts(): Promise<void> {
    const { id, name, version, client, now_ms: now } = await core.api.house();
    core.heardTime(now);
    facts.value = { id, name, version, client };
    await core.local.device.put(ROW, utf8(JSON.stringify(facts.value)));
  }

  return {
    facts,
    factsState,
    about,
    aboutState,
    async load() {
      await Promise.all([
        core.loading(factsState, loadFacts),
        core.loading(aboutState, async () => {
          const { tables, can_hand_over: canHandOver = [], cannot_hand_over: cannotHandOver = [] } = await core.api.about();
          about.value = { tables, canHandOver, cannotHandOver };
        }),
      ]);
    },
    async houseId() {
      if (facts.peek() === null) await loadFacts();
      return facts.peek()!.id;
    },
    async restore() {
      const row = await core.local.device.get(ROW);
      const held = row === null ? null : (JSON.parse(fromUtf8(row)) as HouseFacts);
      if (held !== null && isId(held.id)) facts.value = held;
    },
  };
}
