/* SPDX-License-Identifier: AGPL-3.0-or-later */
// A kept thing as a whole: read from the shelf when somebody looks at it, and again after each change while they do. Pages
// and letters stand on this.

import { computed, signal, untracked, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import { ModelFailure, type Kept, type Version } from "./face";
import type { Shelf, Standing, StandingVersion } from "./shelf";

export interface Things {
  /** Null while it is being read, and when it is gone. */
  standing(id: Id): ReadonlySignal<Standing | null>;
  /** As it stands now; rejects "gone" when it does not, or is of another kind. */
  need(id: Id, kind?: Kept["kind"]): Promise<Standing>;
  /** Locked: no word of it stays in memory. */
  clear(): void;
}

export function createThings(core: Core, shelf: Shelf): Things {
  const made = new Map<Id, { readonly held: Signal<Standing | null>; readonly shown: ReadonlySignal<Standing | null> }>();

  function make(id: Id) {
    const held = signal<Standing | null>(null);
    let wanted: object | null = null;
    let reading = false;

    async function read(): Promise<void> {
      reading = true;
      const { era } = core;
      try {
        for (let about: object | null = null; about !== wanted && core.era === era; ) {
          about = wanted;
          const found = await shelf.standing(id);
          if (core.era === era) held.value = found;
        }
      } finally {
        reading = false;
      }
    }

    // Whoever looks has it read; what nobody looks at any more costs nothing.
    const shown = computed(() => {
      if (core.state.value.is !== "open") return null;
      const changed = shelf.changed.value;
      if (changed !== wanted) {
        wanted = changed;
        if (!reading) untracked(() => core.background(read));
      }
      return held.value;
    });
    return { held, shown };
  }

  return {
    standing(id) {
      const known = made.get(id) ?? make(id);
      made.set(id, known);
      return known.shown;
    },
    async need(id, kind) {
      await shelf.ready();
      const found = await shelf.standing(id);
      if (found === null || (kind !== undefined && found.kind !== kind)) throw new ModelFailure("gone");
      return found;
    },
    clear() {
      for (const { held } of made.values()) held.value = null;
      made.clear();
    },
  };
}

/** The face's versions: those that WORDS finds words in. */
export function versionsWith<Words>(versions: readonly StandingVersion[], words: (version: StandingVersion) => Words | null): Version<Words>[] {
  return versions.flatMap((version) => {
    const found = words(version);
    return found === null ? [] : [{ id: version.id, at: version.at, after: version.after, words: found, place: version.place }];
  });
}
