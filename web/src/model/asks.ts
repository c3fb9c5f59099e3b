/* SPDX-License-Identifier: AGPL-3.0-or-later */
// "Can we talk?": asks and their answers. An ask always has an answer that is kind to give; if none comes by the asker's
// own time, only the asker learns of it, from their own clock: the house and the other's device say nothing.

import { computed, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import { ModelFailure, type Ask, type Asks, type AskState, type Bond, type Line, type Log, type Ms } from "./face";
import type { Outbox } from "./outbox";
import type { PutAway } from "./putaway";

export interface AsksDeps {
  readonly outbox: Outbox;
  readonly putAway: PutAway;
  readonly heard: ReadonlySignal<readonly Bond[]>;
  readonly log: (room: Id) => Log;
}

type EntryLine = Extract<Line, { is: "entry" }>;

/** An answered or unanswered ask of mine leaves the list by itself after this. */
const KEPT_MS = 3 * 86_400_000;

export function createAsks(core: Core, { outbox, putAway, heard, log }: AsksDeps): Asks {
  const all = computed<readonly Ask[]>(() =>
    heard.value.flatMap((bond) => log(bond.room).lines.value.flatMap((line) => (line.is === "entry" ? toAsk(line, bond, core.clock.before) : []))),
  );

  function find(id: Id): Ask {
    const ask = all.peek().find((one) => one.id === id);
    if (ask === undefined) throw new ModelFailure("gone");
    return ask;
  }

  return {
    mine: computed(() =>
      all.value
        .filter((ask) => ask.mine && !putAway.is(key(ask.id)) && (ask.state.is === "waiting" || core.clock.before(matters(ask) + KEPT_MS)))
        .sort((a, b) => b.asked - a.asked),
    ),
    forMe: computed(() => all.value.filter((ask) => !ask.mine && ask.state.is === "waiting" && !putAway.is(key(ask.id))).sort((a, b) => a.asked - b.asked)),
    ask: (room, { what = "talk", when, until, text, minutes = null }) => core.act(() => {
      if (!log(room).writable.peek()) throw new ModelFailure("room-ended");
      return outbox.write(room, { kind: "ask", what, when, until, text, minutes });
    }),
    answer: (id, { answer, at, text }) => core.act(async () => {
      const { room, mine } = find(id);
      if (mine || !log(room).writable.peek()) throw new ModelFailure(mine ? "gone" : "room-ended");
      return outbox.write(room, { kind: "answer", to: id, answer, at, text });
    }),
    takeBack: (id) => core.act(() => outbox.takeBack(find(id).room, id)),
    putAway: (id) => putAway.add(key(id)),
  };
}

const key = (id: Id) => `ask/${id}`;

/** Until when an ask is a matter of its own: the time to talk, or the time to answer, whichever is later. */
const matters = (ask: Ask): Ms => Math.max(ask.until, ask.when ?? 0, ask.state.is === "answered" ? (ask.state.at ?? 0) : 0);

function toAsk(line: EntryLine, bond: Bond, before: (t: Ms) => boolean): Ask[] {
  const { content, id, mine, at, place } = line;
  if (content.kind !== "ask" || content.what === "help") return [];
  const { what, when, until, text, minutes } = content;
  return [{ id, room: bond.room, person: bond.person, mine, asked: at, what, when, until, text, minutes, state: stateOf(line, until, before), place }];
}

function stateOf(line: EntryLine, until: Ms, before: (t: Ms) => boolean): AskState {
  if (line.answer !== null) return { is: "answered", ...line.answer };
  return before(until) ? { is: "waiting" } : { is: "unanswered" };
}
