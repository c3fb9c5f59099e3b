/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What a person has put away from Today, on all their devices: keys with the time they were put away, kept for a while.

import type { Core } from "./core";
import type { Vault } from "./vault";

export interface PutAway {
  /** Reads a signal: what asks in a computed is asked again. */
  is(key: string): boolean;
  add(key: string): void;
}

const ITEM = "put-away";
const KEPT = 400;

export function createPutAway(core: Core, vault: Vault): PutAway {
  const held = vault.item(ITEM);
  return {
    is: (key) => held.value !== null && Object.hasOwn(held.value, key),
    add(key) {
      if (!core.isOpen()) return;
      const all = { ...held.peek(), [key]: core.clock.now() };
      const kept = Object.entries(all).sort(([, a], [, b]) => Number(b) - Number(a)).slice(0, KEPT);
      core.background(() => vault.set(ITEM, Object.fromEntries(kept), true));
    },
  };
}
