/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What was said in a gathering fades at the time that its circle agreed on: at the house, and on this device by the same rule
// and the house's clock. Afterwards only the place of each line is left here.

import { effect } from "@preact/signals";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import type { Ms } from "./face";
import type { Told, ToldGatherings } from "./gatherings_told";
import type { Logs } from "./logs";

export interface FadeDeps {
  readonly told: ToldGatherings;
  readonly logs: Pick<Logs, "log">;
  /** No words of these entries stay on this device. */
  readonly erase: (room: Id, entries: readonly Id[]) => Promise<void>;
}

export interface Fading {
  /** Those whose time is over by now. */
  due(): Promise<void>;
  /** The house has these no more: they have faded there, and so has all that was said in any other. */
  gone(room: Id, those: readonly Told[]): Promise<void>;
  stop(): void;
}

export function fading(core: Core, { told, logs, erase }: FadeDeps): Fading {
  /** Faded here since this page was opened. */
  const faded = new Set<Id>();

  /** What was said in them, by the house's word and by the words' own. */
  function entriesOf(room: Id, those: readonly Told[]): Id[] {
    const ids = new Set(those.map(({ head }) => head.id));
    const marked = those.flatMap(({ whole }) => whole?.turns.map(({ entry }) => entry) ?? []);
    const inLog = logs.log(room).seen.peek().flatMap(({ id, content }) => (content?.kind === "turn" && ids.has(content.gathering) ? [id] : []));
    return [...new Set([...marked, ...inLog])];
  }

  async function fade(room: Id, those: readonly Told[]): Promise<void> {
    const entries = those.length > 0 ? entriesOf(room, those) : [];
    if (entries.length > 0) await erase(room, entries);
  }

  const isDue = ({ head }: Told, now: Ms): boolean => head.fades_ms !== null && head.fades_ms <= now && !faded.has(head.id);

  /** The house's list forgets them in its time. */
  async function due(): Promise<void> {
    const now = core.houseNow();
    if (now === null || !core.isOpen()) return;
    const over = [...told.all.peek().values()].filter((one) => isDue(one, now));
    for (const room of new Set(over.map(({ head }) => head.room))) await fade(room, over.filter(({ head }) => head.room === room));
    for (const { head } of over) faded.add(head.id);
  }

  const stop = effect(() => {
    if (core.state.value.is !== "open") return;
    const times = [...told.all.value.values()].flatMap(({ head }) => (faded.has(head.id) ? [] : (head.fades_ms ?? [])));
    const next = Math.min(...times);
    if (times.length > 0 && !core.clock.before(next - core.offsetMs)) core.background(due);
  });

  return { due, gone: fade, stop };
}
