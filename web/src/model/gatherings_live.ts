/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Following gatherings while somebody looks at one, or sits in it: events say that something changed, a GET brings what; and
// whoever is in says so every twenty seconds, which is all that the house knows of their being there.
//
// A seat is kept alive by the tab in which one came, and after a reload by looking at it again.
//
// When the stream is lost, the house is asked every few seconds instead. Where turns are named that this device does not hold,
// their room's log is asked for. Of several tabs of one browser one says "present" for all.

import type { GatheringWhole } from "../api/gatherings";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import type { Ms } from "./face";
import { isAhead, isGoing, opensAt } from "./gatherings_seen";
import { wholeOf, type ToldGatherings } from "./gatherings_told";
import type { Logs } from "./logs";

export interface LiveDeps {
  readonly told: ToldGatherings;
  readonly logs: Logs;
  /** The stream is live, in whichever tab. */
  readonly streaming: () => boolean;
  readonly take: (whole: GatheringWhole) => void;
  /** The house does not have it any more, for me. */
  readonly lost: (id: Id, error: unknown) => void;
}

export interface Live {
  watch(id: Id): void;
  unwatch(id: Id): void;
  /** I came in, in this tab. */
  enter(id: Id): void;
  leave(id: Id): void;
  follows(id: Id): boolean;
  refresh(id: Id): Promise<void>;
  /** All that are followed, as after a lost stream. */
  refreshAll(): Promise<void>;
  /** Another tab said it for this one. */
  saidPresent(id: Id): void;
  stop(): void;
}

interface Followed {
  readonly id: Id;
  watched: boolean;
  /** I came in by this tab: it is followed wherever one looks. */
  entered: boolean;
  presentMs: Ms;
  heardMs: Ms;
  filledMs: Ms;
  timer: unknown;
  running: Promise<void> | null;
  again: boolean;
}

const STEP_MS = 2_000;
const PRESENT_MS = 20_000;
/** Without a stream, and with one (which does not tell who fell silent). */
const POLL_MS = 4_000;
const CALM_MS = 30_000;
/** Between two tries to find turns that are named and not here. */
const FILL_MS = 5_000;
/** Before the door opens nothing happens in it. */
const EVE_MS = 5 * 60_000;
const PAGES = 20;
/** Above every seq that a log can have. */
const LAST = 2 ** 48;

export function createLive(core: Core, { told, logs, streaming, take, lost }: LiveDeps): Live {
  const followed = new Map<Id, Followed>();

  function of(id: Id): Followed {
    const known = followed.get(id);
    if (known !== undefined) return known;
    const made: Followed = { id, watched: false, entered: false, presentMs: 0, heardMs: 0, filledMs: 0, timer: null, running: null, again: false };
    followed.set(id, made);
    return made;
  }

  const isFollowed = (one: Followed | undefined): boolean => one !== undefined && (one.watched || one.entered);
  const since = (ms: Ms): number => Math.abs(core.platform.now() - ms);
  const current = (id: Id): GatheringWhole | null => {
    const known = told.get(id);
    return known && wholeOf(known);
  };

  /** Begins to step, if it does not yet. */
  function follow(one: Followed): void {
    if (one.timer !== null || !isFollowed(one) || !core.isOpen()) return;
    one.timer = core.platform.setTimeout(() => {
      one.timer = null;
      follow(one);
      core.background(() => step(one));
    }, STEP_MS);
  }

  async function step(one: Followed): Promise<void> {
    if (!core.isOpen() || !core.platform.online.peek() || !isFollowed(one)) return;
    const now = current(one.id);
    if (now === null || isBehind(one.id)) return since(one.heardMs) >= POLL_MS ? refresh(one.id) : undefined;
    if (!isAhead(now.stage)) return void (one.entered = false);
    if (sits(one) && since(one.presentMs) >= PRESENT_MS) return sayPresent(one);
    const isOn = isGoing(now.stage) || core.clock.now() + core.offsetMs > opensAt(now) - EVE_MS;
    if (isOn && since(one.heardMs) >= (streaming() ? CALM_MS : POLL_MS)) await refresh(one.id);
  }

  const sits = (one: Followed): boolean => told.seats.peek().has(one.id) && isAhead(told.get(one.id)?.head.stage ?? "over");

  /** A list told of a newer version than its people and turns are of. */
  const isBehind = (id: Id): boolean => {
    const known = told.get(id);
    return known?.whole == null || known.whole.version < known.head.version;
  };

  async function sayPresent(one: Followed): Promise<void> {
    one.presentMs = core.platform.now();
    core.tabs.tell({ news: "present", gathering: one.id });
    await heard(one, () => core.api.gatheringStep(one.id, "present"));
  }

  async function heard(one: Followed, ask: () => Promise<GatheringWhole>): Promise<void> {
    const { era } = core;
    try {
      one.heardMs = core.platform.now();
      const whole = await ask();
      if (core.era !== era) return;
      take(whole);
    } catch (error) {
      lost(one.id, error);
      throw error;
    }
    if (isFollowed(one)) core.background(() => fill(one));
  }

  /** One at a time; what is asked for meanwhile runs once more after it. */
  function refresh(id: Id): Promise<void> {
    const one = of(id);
    one.again = one.running !== null;
    one.running ??= run(one).finally(() => (one.running = null));
    return one.running;
  }

  async function run(one: Followed): Promise<void> {
    do {
      one.again = false;
      await heard(one, () => core.api.gathering(one.id));
    } while (one.again);
  }

  // ── Turns that are named and not here ─────────────────────────────────────────────────────────────────────────────

  function isMissing({ room, turns }: GatheringWhole): boolean {
    const here = new Set(logs.log(room).seen.peek().map(({ id }) => id));
    return turns.some(({ entry }) => !here.has(entry));
  }

  /** The stream may be about to bring them: so only what is still missing after a moment is fetched. */
  async function fill(one: Followed): Promise<void> {
    const now = current(one.id);
    if (now === null || !isMissing(now) || since(one.filledMs) < FILL_MS) return;
    one.filledMs = core.platform.now();
    if (streaming()) await new Promise<void>((done) => core.platform.setTimeout(done, STEP_MS));
    if (!core.isOpen() || !isMissing(now)) return;
    await logs.load(now.room);
    await logs.pull(now.room, LAST);
    await reachBack(now);
  }

  async function reachBack(now: GatheringWhole): Promise<void> {
    const log = logs.log(now.room);
    for (let page = 0; page < PAGES && isMissing(now) && log.hasOlder.peek(); page++) {
      const first = log.seen.peek()[0];
      if (first !== undefined && first.at < opensAt(now)) return;
      await log.loadOlder();
    }
  }

  return {
    watch(id) {
      const one = of(id);
      one.watched = true;
      follow(one);
      if (core.isOpen()) core.background(() => refresh(id));
    },
    unwatch(id) {
      of(id).watched = false;
    },
    enter(id) {
      const one = of(id);
      Object.assign(one, { entered: true, presentMs: core.platform.now(), heardMs: core.platform.now() });
      follow(one);
    },
    leave: (id) => void (of(id).entered = false),
    follows: (id) => isFollowed(followed.get(id)),
    refresh,
    async refreshAll() {
      for (const one of followed.values()) {
        follow(one);
        if (isFollowed(one)) await (sits(one) ? sayPresent(one) : refresh(one.id)).catch(() => undefined);
      }
    },
    saidPresent: (id) => void (followed.has(id) && (of(id).presentMs = core.platform.now())),
    /** Whoever looks goes on looking: only what was known of me is forgotten. */
    stop() {
      for (const one of followed.values()) {
        core.platform.clearTimeout(one.timer);
        Object.assign(one, { entered: false, presentMs: 0, heardMs: 0, filledMs: 0, timer: null });
      }
    },
  };
}
