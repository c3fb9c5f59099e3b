/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Words that came out of turn, or that the house would not take for another reason: they go back to who said them, as the draft
// of their gathering, a voice as its recording. On one tab, the leading one, and again at the next opening if it was cut short.

import { effect, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import { createQueue, type Core } from "./core";
import type { Drafts } from "./face";
import type { Outbox, Waiting } from "./outbox";
import type { VoicesNoun } from "./voices";

export interface BackDeps {
  readonly outbox: Pick<Outbox, "waitingIn" | "discard">;
  readonly drafts: Drafts;
  readonly voices: Pick<VoicesNoun, "toRecording">;
  readonly rooms: ReadonlySignal<readonly Id[]>;
  /** How the gathering stands now: not as it was thought to. */
  readonly refresh: (id: Id) => Promise<void>;
}

export interface GivingBack {
  /** Words that were not even put down. */
  words(gathering: Id, text: string): void;
  stop(): void;
}

const draftKey = (gathering: Id): string => `gathering:${gathering}`;

export function givingBack(core: Core, { outbox, drafts, voices, rooms, refresh }: BackDeps): GivingBack {
  const inOrder = createQueue();
  const moving = new Set<Id>();

  /** Behind what is being written there now, and once. */
  function words(gathering: Id, text: string): void {
    const key = draftKey(gathering);
    const there = drafts.read(key).peek()?.text ?? "";
    if (text.trim() === "" || there.includes(text)) return;
    drafts.write(key, { text: there.trim() === "" ? text : `${there}\n\n${text}` });
  }

  /** The draft is stored before the row goes. A voice that finds another recording in its place stays where it is. */
  async function giveBack({ id, room, content }: Waiting): Promise<void> {
    if (content.kind !== "turn") return;
    core.background(() => refresh(content.gathering));
    if (content.voice !== null) await voices.toRecording(draftKey(content.gathering), room, content.voice);
    words(content.gathering, content.text);
    await drafts.settled();
    await outbox.discard(id);
  }

  const isRefused = ({ what, place, content }: Waiting): boolean => what === "put" && place.is === "refused" && content.kind === "turn";

  const stop = effect(() => {
    if (core.state.value.is !== "open" || !core.leading.value) return moving.clear();
    const refused = rooms.value.flatMap((room) => outbox.waitingIn(room).value.filter(isRefused));
    for (const one of refused.filter(({ id }) => !moving.has(id))) {
      moving.add(one.id);
      core.background(() => inOrder(() => giveBack(one)));
    }
  });

  return { words, stop };
}
