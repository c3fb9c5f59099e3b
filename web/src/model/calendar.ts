/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The calendar feed: an address that a calendar program reads by itself. What is secret of it is made here and kept in the
// vault, so that all my devices know it; the house keeps its hash. Who has the address sees times and one neutral title.

import { computed, signal } from "@preact/signals";
import { isId, type Id } from "../lib/id";
import type { Core } from "./core";
import type { Calendar, Loading } from "./face";
import { shortName } from "./content";
import type { Vault } from "./vault";

export interface CalendarNoun extends Calendar {
  /** From the house: whether what the vault names still answers. */
  pull(): Promise<void>;
  clear(): void;
}

const ITEM = "calendar";

export function createCalendar(core: Core, vault: Vault): CalendarNoun {
  const held = vault.item(ITEM);
  const state = signal<Loading>({ is: "idle" });
  /** The house says that no feed is on, whatever the vault names. */
  const isOff = signal(false);

  const address = (feed: Id) => `${core.platform.origin}/api/calendar/${feed}/notes.ics`;

  return {
    state,
    feed: computed(() => {
      const feed = held.value?.feed;
      if (core.state.value.is !== "open" || isOff.value || !isId(feed)) return null;
      return { address: address(feed), title: typeof held.value?.title === "string" ? held.value.title : "" };
    }),
    // The house first: an address that is shown answers. If this is cut in between, making one anew mends it.
    make: (words) => core.act(async () => {
      const [feed, title] = [core.newId(), shortName(words)];
      await core.api.setCalendar(feed, title);
      isOff.value = false;
      await vault.set(ITEM, { feed, title });
    }),
    off: () => core.act(async () => {
      await core.api.endCalendar();
      isOff.value = true;
      await vault.remove(ITEM);
    }),
    pull: () => core.loading(state, async () => {
      const { era } = core;
      const { on } = await core.api.calendar();
      if (core.era === era) isOff.value = !on;
    }),
    clear() {
      isOff.value = false;
      state.value = { is: "idle" };
    },
  };
}
