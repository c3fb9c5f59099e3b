/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What this device offers by itself: more support, at a weight that the person set; another way, when the same feeling was
// shared often over weeks; to receive, where of late only giving was noted, and the other way round, each once. All of it is
// worked out here, from what is kept here. Nobody is told, and nothing is judged.

import { computed, type ReadonlySignal } from "@preact/signals";
import type { Core } from "./core";
import type { Care, Kept, Ms, Settings } from "./face";
import type { PutAway } from "./putaway";
import type { StandingGift } from "./shelf";
import { dayOf, nextDay } from "./thoughts";
import type { Vault } from "./vault";

export interface CareDeps {
  readonly kept: ReadonlySignal<readonly Kept[]>;
  readonly gifts: ReadonlySignal<readonly StandingGift[]>;
  readonly vault: Pick<Vault, "item" | "set">;
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
/** Gifts of one way, and none of the other, in these weeks. */
const ONE_WAY = 5;
/** In the vault: what was offered once. */
const OFFERED = "offered";

export function createCare(core: Core, { kept, gifts, vault, settings, putAway }: CareDeps): CareNoun {
  const offered = vault.item(OFFERED);

  const heavy = computed(() => {
    const now = core.clock.now();
    core.clock.before(nextDay(now));
    return heavyToday(kept.value, settings.values.value.supportFrom, now);
  });

  const care = computed<Care | null>(() => {
    if (core.state.value.is !== "open") return null;
    if (heavy.value !== null && !putAway.is(keyOf(heavy.value))) return { kind: "support" };
    const feeling = settings.values.value.offerOtherWays ? oftenShared(kept.value, core.clock.now()) : null;
    if (feeling !== null) return { kind: "other-way", feeling };
    const other = otherSide(gifts.value, core.clock.now());
    return other === null || offered.value?.[other] === true ? null : { kind: other };
  });

  return {
    care,
    close() {
      const now = care.peek();
      if (now?.kind === "support" && heavy.peek() !== null) putAway.add(keyOf(heavy.peek()!));
      if (now?.kind === "receive" || now?.kind === "give") core.background(() => vault.set(OFFERED, { ...offered.peek(), [now.kind]: true }));
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

/** What has not been there, where for weeks only its other side was noted. Exported for its test. */
export function otherSide(gifts: readonly Pick<StandingGift, "way" | "at">[], now: Ms): "receive" | "give" | null {
  const late = gifts.filter(({ at }) => at > now - WEEKS * WEEK_MS);
  const ways = new Set(late.map(({ way }) => way));
  if (late.length < ONE_WAY || ways.size > 1) return null;
  return ways.has("gave") ? "receive" : "give";
}
