/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Time as a signal. Whatever depends on "is it later than T?" asks `before(T)` inside a computed; the clock then moves at
// T, and not before: no ticking, no work while nothing is due.

import { signal, type ReadonlySignal } from "@preact/signals";
import type { Ms } from "./face";
import type { Platform } from "./platform";

export interface Clock {
  /** The device's time when it last moved. */
  readonly moved: ReadonlySignal<Ms>;
  /** Whether it is earlier than T; whoever asks is asked again at T. */
  before(t: Ms): boolean;
  now(): Ms;
  stop(): void;
}

/** Timers of browsers cannot wait longer than 2^31 ms; long waits are taken in steps. */
const LONGEST_STEP_MS = 6 * 3600_000;

export function createClock(platform: Pick<Platform, "now" | "setTimeout" | "clearTimeout">): Clock {
  const moved = signal(platform.now());
  let timer: unknown = null;
  let due = Infinity;

  function wakeAt(t: Ms): void {
    if (t >= due) return;
    due = t;
    platform.clearTimeout(timer);
    const wait = Math.min(Math.max(t - platform.now(), 1), LONGEST_STEP_MS);
    timer = platform.setTimeout(() => {
      due = Infinity;
      moved.value = platform.now();
    }, wait);
  }

  return {
    moved,
    now: platform.now,
    before(t) {
      void moved.value;
      const now = platform.now();
      if (now < t) wakeAt(t);
      return now < t;
    },
    stop: () => platform.clearTimeout(timer),
  };
}
