/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Check-ins: how I am. They live in the self room, where nobody else is; sharing one is a step of its own that puts a share
// into the rooms of the people picked.

import { computed, type ReadonlySignal } from "@preact/signals";
import { createMemo, type Core } from "./core";
import { ModelFailure, type Checkin, type Checkins, type Id, type Line, type Log, type SharedWith } from "./face";
import type { Outbox } from "./outbox";
import type { Sharing } from "./sharing";
import type { Things } from "./things";

export interface CheckinsDeps {
  readonly outbox: Outbox;
  readonly sharing: Sharing;
  readonly things: Things;
  readonly self: ReadonlySignal<Log | null>;
}

export function createCheckins(core: Core, { outbox, sharing, things, self }: CheckinsDeps): Checkins {
  const list = computed<readonly Checkin[]>(() => {
    const records = sharing.near.value;
    return (self.value?.lines.value ?? []).flatMap((line) => toCheckin(line, (id) => sharing.readable(records.filter(({ of }) => of === id)))).reverse();
  });

  return {
    list,
    latest: computed(() => list.value[0] ?? null),
    hasOlder: computed(() => self.value?.hasOlder.value ?? false),
    loadOlder: () => core.act(async () => self.peek()?.loadOlder()),
    checkin: createMemo((id) => computed(() => {
      const standing = things.standing(id).value;
      const version = standing?.versions[0];
      if (!standing || !version?.checkin) return null;
      const shared = sharing.readable(standing.shared);
      return { ...version.checkin, id, at: standing.at, place: version.place, sharedWith: [...new Set(shared.map(({ room }) => room))], shared };
    })),
    save: (words) => core.act(() => outbox.write(sharing.mine(), { kind: "checkin", checkin: words })),
    shareWith: (id, rooms, { wish, text }) => core.act(async () => {
      // The newest are at hand at once; an old one is asked of the shelf.
      const checkin = list.peek().find((one) => one.id === id) ?? (await things.need(id, "checkin")).versions[0]?.checkin;
      if (!checkin) throw new ModelFailure("gone");
      const { weight, feelings, opening, text: words } = checkin;
      await sharing.open(id, rooms, { text, wish, checkin: { weight, feelings, opening, text: words }, voice: null });
    }),
    takeBack: (id) => core.act(() => sharing.letGo(id)),
  };
}

function toCheckin(line: Line, sharedOf: (id: Id) => readonly SharedWith[]): Checkin[] {
  if (line.is !== "entry" || line.content.kind !== "checkin") return [];
  const sharedWith = [...new Set(sharedOf(line.id).map(({ room }) => room))];
  return [{ ...line.content.checkin, id: line.id, at: line.at, place: line.place, sharedWith }];
}
