/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Carrying the weight: asks for help that one person takes on, and plans to do something simple together. All of it is entries of
// the room, so it works without a network, and the house knows nothing of it (but for a plan's time, if there is a calendar feed:
// carrying_feed.ts).

import { computed, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import { carriedLines, helpsOf, plansOf, type FoldOf } from "./carrying_fold";
import { createMemo, type Core } from "./core";
import { ModelFailure, type Carrying, type Help, type Line, type Log, type Plan } from "./face";
import type { Logs } from "./logs";
import type { Outbox } from "./outbox";
import type { InCircles } from "./rooms";

export interface CarryingDeps {
  readonly outbox: Outbox;
  readonly logs: Pick<Logs, "log">;
  readonly log: (room: Id) => Pick<Log, "writable">;
  readonly blocked: ReadonlySignal<readonly Id[]>;
  readonly circles: Pick<InCircles, "is" | "aside">;
}

export interface CarryingNoun extends Carrying {
  /** As `plans`, of what is here already: nothing older is fetched for it. */
  plansHere(room: Id): ReadonlySignal<readonly Plan[]>;
  /** All that is here of what was said of it, in order. */
  lines(room: Id): readonly Line[];
  clear(): void;
}

/** What is carried may be older than what a talk shows: so far back it is looked for, and over so many lines. */
const REACH_MS = 92 * 86_400_000;
const REACH = 2_000;

export function createCarrying(core: Core, { outbox, logs, log, blocked, circles }: CarryingDeps): CarryingNoun {
  /** Rooms that somebody looks at; those being looked back in; those looked through. */
  const [wanted, looking, reached] = [new Set<Id>(), new Set<Id>(), new Set<Id>()];

  /** Page by page; what is here already shows at once. */
  async function reachBack(room: Id): Promise<void> {
    const { era } = core;
    const since = core.clock.now() + core.offsetMs - REACH_MS;
    const held = logs.log(room);
    for (let lines = -1; core.era === era && held.hasOlder.peek(); ) {
      const seen = held.seen.peek();
      if (seen.length === lines || seen.length >= REACH || seen[0]!.at < since) return void reached.add(room);
      lines = seen.length;
      await held.loadOlder();
    }
  }

  /** What fails is tried again when the log changes. */
  function lookBack(room: Id): void {
    if (looking.has(room) || reached.has(room)) return;
    looking.add(room);
    core.background(() => reachBack(room).finally(() => looking.delete(room)));
  }

  const folded = <T>(fold: (room: Id, given: FoldOf) => T[]) => createMemo((room) => computed<readonly T[]>(() => {
    const state = core.state.value;
    if (state.is !== "open") return [];
    const held = logs.log(room);
    const [seen, waiting] = [held.seen.value, outbox.waitingIn(room).value];
    if (held.hasOlder.value && wanted.has(room)) lookBack(room);
    return fold(room, { me: state.me, seen, waiting, offsetMs: core.offsetMs, before: core.clock.before, blocked: blocked.value });
  }));
  const helps = folded<Help>(helpsOf);
  const plans = folded<Plan>(plansOf);
  const waiting = createMemo((room) => computed(() => ({
    helps: helps(room).value.filter(({ state, mine }) => state === "open" && !mine),
    plans: plans(room).value.filter(({ state, myAnswer }) => state === "ahead" && myAnswer === null),
  })));
  const lines = folded<Line>((_room, given) => carriedLines(given));

  function want(room: Id): void {
    wanted.add(room);
    if (core.isOpen() && logs.log(room).hasOlder.peek()) lookBack(room);
  }

  function needHelp(room: Id, id: Id): Help {
    const help = helps(room).peek().find((one) => one.id === id);
    if (help === undefined || help.state === "taken-back") throw new ModelFailure("gone");
    return help;
  }

  function needPlan(room: Id, id: Id): Plan {
    const plan = plans(room).peek().find((one) => one.id === id);
    if (plan === undefined || plan.state === "taken-back") throw new ModelFailure("gone");
    return plan;
  }

  function mustTake(room: Id): void {
    if (!log(room).writable.peek()) throw new ModelFailure(core.isOpen() ? "room-ended" : "locked");
  }

  const write: Outbox["write"] = (room, content) => {
    mustTake(room);
    return outbox.write(room, content);
  };

  return {
    helps: (room) => (want(room), helps(room)),
    plans: (room) => (want(room), plans(room)),
    plansHere: plans,
    waiting,
    lines: (room) => lines(room).peek(),

    askHelp: (room, { text, when }) => core.act(async () => write(room, { kind: "ask", what: "help", when, until: 0, text, minutes: null })),
    take: (room, id) => core.act(async () => {
      const { state, mine, iTook } = needHelp(room, id);
      if (iTook) return;
      if (state === "taken") throw new ModelFailure("taken");
      if (state !== "open" || mine) throw new ModelFailure("gone");
      await write(room, { kind: "taking", to: id, step: "take" });
    }),
    handBack: (room, id) => core.act(async () => {
      const { state, iTook } = needHelp(room, id);
      if (state !== "taken" || !iTook) throw new ModelFailure("gone");
      await write(room, { kind: "taking", to: id, step: "back" });
    }),
    done: (room, id) => core.act(async () => {
      const { state, iTook, mine } = needHelp(room, id);
      if (state === "done") return;
      if (!iTook && !mine) throw new ModelFailure("gone");
      await write(room, { kind: "taking", to: id, step: "done" });
    }),
    thank: (room, id, text) => core.act(async () => {
      const { takenBy, iTook } = needHelp(room, id);
      if (takenBy === null || iTook) throw new ModelFailure("gone");
      mustTake(room);
      // In a circle the words are for who did it alone.
      if (circles.is(room)) await circles.aside(room, takenBy, { kind: "thanks", to: id, text });
      else await outbox.write(room, { kind: "thanks", to: id, text });
    }),

    plan: (room, { text, where, start, minutes }) => core.act(async () => {
      mustTake(room);
      const id = core.newId();
      // Who plans it means to be there.
      const yes = { room, content: { kind: "going", to: id, answer: "yes" }, after: [id] } as const;
      await outbox.step([{ room, id, content: { kind: "plan", text, where, start, minutes } }, yes], []);
      return id;
    }),
    answerPlan: (room, id, answer) => core.act(async () => {
      const { myAnswer } = needPlan(room, id);
      if (myAnswer !== answer) await write(room, { kind: "going", to: id, answer });
    }),

    takeBack: (room, id) => core.act(async () => {
      const mine = helps(room).peek().some((one) => one.id === id && one.mine) || plans(room).peek().some((one) => one.id === id && one.mine);
      if (!mine) throw new ModelFailure("gone");
      await outbox.takeBack(room, id);
    }),
    clear() {
      for (const rooms of [wanted, looking, reached]) rooms.clear();
    },
  };
}
