/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What this device offers by itself: more support, at a weight that the person set; another way, when the same feeling was
// shared often over weeks. Both are worked out here, from what is kept here. Nobody is told, and nothing is judged.

import { computed, type ReadonlySignal } from "@preact/signals";
import type { Core } from "./core";
import type { Care, Kept, Ms, Settings } from "./face";
import type { PutAway } from "./putaway";
import { dayOf, nextDay } from "./thoughts";

export interface CareDeps {
  readonly kept: ReadonlySignal<readonly Kept[]>;
  readonly settings: Pick<Settings, "values" | "set">;
  readonly putAway: PutAway;
}

export interface CareNoun {
  readonly care: ReadonlySignal<Care | null>;
  close(): void;
}

const WEEK_MS = 7 * 86_400_000;
/** How long "over weeks" looks back, and what it takes to be "often". */
const WEEKS = 4;
const OFTEN = 5;
const IN_WEEKS = 3;

export function createCare(core: Core, { kept, settings, putAway }: CareDeps): CareNoun {
  const heavy = computed(() => {
    const now = core.clock.now();
    core.clock.before(nextDay(now));
    return heavyToday(kept.value, settings.values.value.supportFrom, now);
  });

  const care = computed<Care | null>(() => {
    if (core.state.value.is !== "open") return null;
    if (heavy.value !== null && !putAway.is(keyOf(heavy.value))) return { kind: "support" };
    const feeling = settings.values.value.offerOtherWays ? oftenShared(kept.value, core.clock.now()) : null;
    return feeling === null ? null : { kind: "other-way", feeling };
  });

  return {
    care,
    close() {
      const now = care.peek();
      if (now?.kind === "support" && heavy.peek() !== null) putAway.add(keyOf(heavy.peek()!));
      if (now?.kind === "other-way") core.background(() => settings.set({ offerOtherWays: false }));
    },
  };
}

const keyOf = ({ id }: Kept) => `support/${id}`;

/** The newest thing of today that says how heavy it is, if that is as heavy as FROM or heavier. Exported for its test. */
export function heavyToday(kept: readonly Kept[], from: number | null, now: Ms): Kept | null {
  if (from === null) return null;
  const today = kept.filter((one) => one.kind !== "letter" && dayOf(one.at) === dayOf(now) && weightOf(one) !== null);
  const newest = today.sort((a, b) => b.at - a.at)[0];
  return newest !== undefined && weightOf(newest)! >= from ? newest : null;
}

const weightOf = ({ weight, weightAfter }: Kept) => weightAfter ?? weight;

/** The feeling shared most often, if it was shared often enough, in enough different weeks. Exported for its test. */
export function oftenShared(kept: readonly Kept[], now: Ms): string | null {
  const weeksOf = new Map<string, Ms[]>();
  for (const { at, feelings, sharedWith } of kept) {
    if (sharedWith.length === 0 || at <= now - WEEKS * WEEK_MS) continue;
    for (const feeling of feelings) weeksOf.set(feeling, [...(weeksOf.get(feeling) ?? []), Math.floor((now - at) / WEEK_MS)]);
  }
  const often = [...weeksOf].filter(([, weeks]) => weeks.length >= OFTEN && new Set(weeks).size >= IN_WEEKS);
  return often.sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}
