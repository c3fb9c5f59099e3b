/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The journal: pages in the self room. A page is its first entry and the edits that name it; nothing is written over, and
// each version stays until it is let go. With whom a page is shared is sharing.ts; what lists show is shelf.ts.

import { computed } from "@preact/signals";
import type { Id } from "../lib/id";
import { createMemo, type Core } from "./core";
import type { Journal, PageWords, Whole } from "./face";
import type { Outbox } from "./outbox";
import { newestVoice, versionBacks, type Sharing } from "./sharing";
import type { Shelf, Standing } from "./shelf";
import { versionsWith, type Things } from "./things";

export interface JournalDeps {
  readonly outbox: Outbox;
  readonly shelf: Shelf;
  readonly things: Things;
  readonly sharing: Sharing;
}

export function createJournal(core: Core, { outbox, shelf, things, sharing }: JournalDeps): Journal {
  function whole(standing: Standing): Whole<PageWords> {
    const { id, at, versions, newest, shared } = standing;
    return { id, at, versions: versionsWith(versions, ({ page }) => page), newest: versionsWith(newest, ({ page }) => page), shared: sharing.readable(shared) };
  }

  return {
    state: shelf.state,
    kept: shelf.kept,
    find: (what) => core.act(() => shelf.find(what)),
    page: createMemo((id) => computed(() => {
      const standing = things.standing(id).value;
      return standing?.kind === "page" ? whole(standing) : null;
    })),
    write: (words) => core.act(() => outbox.write(sharing.mine(), { kind: "page", page: words })),
    edit: (id, words, after) => core.act(async () => {
      const standing = await things.need(id, "page");
      return outbox.write(sharing.mine(), { kind: "edit", of: id, after: madeFrom(standing, after), page: words, letter: null });
    }),
    letGoVersions: (id, versions) => core.act(async () => {
      const standing = await things.need(id, "page");
      const going = standing.versions.filter((one) => versions.includes(one.id));
      if (going.length === standing.versions.length) return sharing.letGo(id);
      await outbox.step([], versionBacks(sharing.mine(), standing, going));
    }),
    letGo: (id) => core.act(() => sharing.letGo(id)),
    share: (id, rooms, { text, wish, voice }) => core.act(async () => {
      const standing = await things.need(id, "page");
      await sharing.open(id, rooms, { text, wish, checkin: null, voice: voice ? newestVoice(standing) : null });
    }),
    takeBack: (id, room) => core.act(() => sharing.close(id, room)),
  };
}

/** How many versions an edit may name. */
const MOST = 16;

/** What an edit names: the versions that its writer saw; if none was told, those that stand. */
export function madeFrom({ newest }: Standing, after: readonly Id[]): readonly Id[] {
  const seen = after.length > 0 ? after : newest.map(({ id }) => id);
  return [...new Set(seen)].slice(-MOST);
}
