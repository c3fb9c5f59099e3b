/* SPDX-License-Identifier: AGPL-3.0-or-later */
// "I thought of you": one touch, no reply owed, and no way to pester with it. My client sends three a day to a person at
// most. Theirs cannot be trusted with that, so mine folds what is more, and holds back what comes in my quiet hours until
// they are over.

import { computed, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import { createMemo, type Core } from "./core";
import { ModelFailure, type Log, type Ms, type Thought, type Thoughts } from "./face";
import type { Seen } from "./logs";
import type { Outbox } from "./outbox";
import type { PutAway } from "./putaway";

export const THOUGHTS_A_DAY = 3;

export function dayOf(t: Ms): string {
  const date = new Date(t);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

export function nextDay(t: Ms): Ms {
  const date = new Date(t);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

/** Of thoughts by one person: the id of each day's third, on which the fourth and later ones are folded. Pure. */
export function foldThoughts(thoughts: readonly Seen[]): ReadonlyMap<Id, Id> {
  const byDay = new Map<string, Seen[]>();
  for (const one of thoughts) byDay.set(dayOf(one.at), [...(byDay.get(dayOf(one.at)) ?? []), one]);
  const folded = new Map<Id, Id>();
  for (const day of byDay.values()) {
    const last = day[THOUGHTS_A_DAY - 1];
    if (last !== undefined) day.slice(THOUGHTS_A_DAY).forEach(({ id }) => folded.set(id, last.id));
  }
  return folded;
}

export const isThought = (one: Seen): boolean => one.content?.kind === "thought";

/** Which of a log's thoughts are not to be seen now. */
export function hiddenThoughts(seen: readonly Seen[], me: Id, quiet: { from: Ms } | null, offsetMs: number): (one: Seen) => boolean {
  const theirs = seen.filter((one) => isThought(one) && one.author !== me);
  const folded = foldThoughts(theirs);
  const held = new Set(theirs.filter((one) => quiet !== null && one.at - offsetMs >= quiet.from).map(({ id }) => id));
  return (one) => folded.has(one.id) || held.has(one.id);
}

export interface ThoughtsDeps {
  readonly outbox: Outbox;
  readonly putAway: PutAway;
  readonly log: (room: Id) => Pick<Log, "writable">;
  readonly quiet: ReadonlySignal<{ readonly from: Ms; readonly to: Ms } | null>;
  /** Rooms of bonds whose words may reach me, with what stands in them. */
  readonly heard: ReadonlySignal<readonly { readonly room: Id; readonly seen: readonly Seen[] }[]>;
}

export function createThoughts(core: Core, { outbox, putAway, log, quiet, heard }: ThoughtsDeps): Thoughts {
  function receivedIn(room: Id, seen: readonly Seen[], me: Id): Thought[] {
    const hidden = hiddenThoughts(seen, me, quiet.value, core.offsetMs);
    const theirs = seen.filter((one) => isThought(one) && one.author !== me);
    const folds = new Set(foldThoughts(theirs).values());
    return theirs
      .filter((one) => !hidden(one) && !putAway.is(`thought/${one.id}`))
      .map(({ id, author, at, content }) => ({ id, room, from: author, at, text: content?.kind === "thought" ? content.text : "", more: folds.has(id) }));
  }

  function sentToday(room: Id): number {
    const now = core.clock.now();
    core.clock.before(nextDay(now));
    const today = dayOf(now);
    const me = core.state.value.is === "open" ? core.state.value.me : "";
    const sent = heard.value.find((one) => one.room === room)?.seen.filter((one) => one.author === me && isThought(one) && dayOf(one.at - core.offsetMs) === today) ?? [];
    const inLog = new Set(sent.map(({ id }) => id));
    const waiting = outbox.waitingIn(room).value.filter((one) => one.content.kind === "thought" && one.what === "put" && !inLog.has(one.id) && dayOf(one.at) === today);
    return sent.length + waiting.length;
  }

  return {
    received: computed(() => {
      const state = core.state.value;
      if (state.is !== "open") return [];
      return heard.value.flatMap(({ room, seen }) => receivedIn(room, seen, state.me)).sort((a, b) => b.at - a.at);
    }),
    mayThink: createMemo((room) => computed(() => sentToday(room) < THOUGHTS_A_DAY)),
    send: (room, text) => core.act(async () => {
      if (!log(room).writable.peek()) throw new ModelFailure("room-ended");
      if (sentToday(room) >= THOUGHTS_A_DAY) throw new ModelFailure("too-many-today");
      return outbox.write(room, { kind: "thought", text });
    }),
    putAway: (id) => putAway.add(`thought/${id}`),
  };
}
