/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Check-ins: how I am. They live in the self room, where nobody else is; sharing one is a step of its own that puts a share
// into the rooms of the people picked.

import { computed, type ReadonlySignal } from "@preact/signals";
import { isId, type Id } from "../lib/id";
import type { Core } from "./core";
import { ModelFailure, type Checkin, type Checkins, type Line, type Log } from "./face";
import type { Outbox } from "./outbox";
import type { Vault } from "./vault";

export interface CheckinsDeps {
  readonly vault: Vault;
  readonly outbox: Outbox;
  readonly self: ReadonlySignal<Log | null>;
  readonly log: (room: Id) => Log;
}

/** Which check-ins were shared, and where: the newest few hundred. */
const SHARED = "shared-checkins";
const SHARED_KEPT = 300;

export function createCheckins(core: Core, { vault, outbox, self, log }: CheckinsDeps): Checkins {
  const list = computed<readonly Checkin[]>(() => {
    const shared = vault.items.value.get(SHARED) ?? {};
    return (self.value?.lines.value ?? []).flatMap((line) => toCheckin(line, shared)).reverse();
  });

  async function remember(checkin: Id, rooms: readonly Id[]): Promise<void> {
    const all = vault.get(SHARED) ?? {};
    const before = Array.isArray(all[checkin]) ? (all[checkin] as Id[]) : [];
    const kept = Object.entries(all).filter(([id]) => id !== checkin).slice(-(SHARED_KEPT - 1));
    await vault.set(SHARED, { ...Object.fromEntries(kept), [checkin]: [...new Set([...before, ...rooms])] });
  }

  const mine = (): Log => {
    const room = self.peek();
    if (room === null) throw new ModelFailure("locked");
    return room;
  };

  return {
    list,
    latest: computed(() => list.value[0] ?? null),
    hasOlder: computed(() => self.value?.hasOlder.value ?? false),
    loadOlder: () => core.act(() => mine().loadOlder()),
    save: (words) => core.act(() => outbox.write(mine().room, { kind: "checkin", checkin: words })),
    shareWith: (id, rooms, { wish, text }) => core.act(async () => {
      const checkin = list.peek().find((one) => one.id === id);
      if (checkin === undefined) throw new ModelFailure("gone");
      if (rooms.some((room) => !log(room).writable.peek())) throw new ModelFailure("room-ended");
      const { weight, feelings, opening, text: words } = checkin;
      for (const room of rooms) await log(room).share({ text, wish, checkin: { weight, feelings, opening, text: words } });
      await remember(id, rooms);
    }),
    takeBack: (id) => core.act(() => outbox.takeBack(mine().room, id)),
  };
}

function toCheckin(line: Line, shared: Record<string, unknown>): Checkin[] {
  if (line.is !== "entry" || line.content.kind !== "checkin") return [];
  const rooms = shared[line.id];
  return [{ ...line.content.checkin, id: line.id, at: line.at, place: line.place, sharedWith: Array.isArray(rooms) ? rooms.filter(isId) : [] }];
}
