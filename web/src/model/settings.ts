/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Settings: in the vault (the same on all my devices) and, for the first screen before anyone has signed in, on the device.

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { fromUtf8, utf8 } from "../lib/bytes";
import type { Core } from "./core";
import { ModelFailure, type Ms, type Settings, type SettingsValues } from "./face";
import type { Vault } from "./vault";

const DEFAULTS: SettingsValues = {
  country: null,
  theme: "auto",
  quietHours: { on: true, from: 22, to: 8 },
  autoLockMinutes: 0,
  quickExitSite: "https://www.wikipedia.org/",
  quickExitKnown: false,
  suggestPeople: false,
  supportFrom: null,
  offerOtherWays: true,
  bell: { volume: 0, vibrate: false },
};

const ROW = "settings";

/** What is not shaped as it must be falls back to what stood before. Exported for its test. */
export function readSettings(value: Record<string, unknown> | null, before: SettingsValues): SettingsValues {
  if (value === null) return before;
  const { country, theme, quietHours, autoLockMinutes, quickExitSite, quickExitKnown, suggestPeople, supportFrom, offerOtherWays, bell } = value;
  return {
    country: country === null || (typeof country === "string" && /^[A-Z]{2}$/.test(country)) ? country : before.country,
    theme: theme === "auto" || theme === "light" || theme === "dark" ? theme : before.theme,
    quietHours: readQuiet(quietHours) ?? before.quietHours,
    autoLockMinutes: isWhole(autoLockMinutes, 24 * 60) ? autoLockMinutes : before.autoLockMinutes,
    quickExitSite: isSite(quickExitSite) ? quickExitSite : before.quickExitSite,
    quickExitKnown: typeof quickExitKnown === "boolean" ? quickExitKnown : before.quickExitKnown,
    suggestPeople: typeof suggestPeople === "boolean" ? suggestPeople : before.suggestPeople,
    supportFrom: supportFrom === null || isWhole(supportFrom, 10) ? supportFrom : before.supportFrom,
    offerOtherWays: typeof offerOtherWays === "boolean" ? offerOtherWays : before.offerOtherWays,
    bell: readBell(bell) ?? before.bell,
  };
}

function readQuiet(value: unknown): SettingsValues["quietHours"] | null {
  if (typeof value !== "object" || value === null) return null;
  const { on, from, to } = value as Record<string, unknown>;
  return typeof on === "boolean" && isWhole(from, 23) && isWhole(to, 23) ? { on, from, to } : null;
}

function readBell(value: unknown): SettingsValues["bell"] | null {
  if (typeof value !== "object" || value === null) return null;
  const { volume, vibrate } = value as Record<string, unknown>;
  return typeof volume === "number" && volume >= 0 && volume <= 1 && typeof vibrate === "boolean" ? { volume, vibrate } : null;
}

const isWhole = (value: unknown, max: number): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max;

function isSite(value: unknown): value is string {
  if (typeof value !== "string" || value.length > 300) return false;
  try {
    return new URL(value).protocol === "https:";
  } catch {
    return false;
  }
}

/** When the quiet hours that T lies in began and end; null when it is not quiet then. Local time. */
export function quietAround(t: Ms, { on, from, to }: SettingsValues["quietHours"]): { from: Ms; to: Ms } | null {
  if (!on || from === to) return null;
  for (const day of [-1, 0]) {
    const began = atHour(t, day, from);
    const ends = atHour(t, from < to ? day : day + 1, to);
    if (began <= t && t < ends) return { from: began, to: ends };
  }
  return null;
}

function atHour(t: Ms, days: number, hour: number): Ms {
  const date = new Date(t);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
}

/** The next time at which it may become quiet, or no longer be. */
function nextEdge(t: Ms, { from, to }: SettingsValues["quietHours"]): Ms {
  return Math.min(...[0, 1].flatMap((day) => [atHour(t, day, from), atHour(t, day, to)]).filter((edge) => edge > t));
}

export interface SettingsNoun extends Settings {
  load(): Promise<void>;
  readonly quiet: ReadonlySignal<{ readonly from: Ms; readonly to: Ms } | null>;
  /** Theme, country and exit site stay with the device; the rest goes back to what it was at first. */
  clear(): void;
  stop(): void;
}

export function createSettings(core: Core, vault: Vault): SettingsNoun {
  const here = signal<SettingsValues>(DEFAULTS);
  const kept = vault.item(ROW);
  const values = computed(() => readSettings(kept.value, here.value));

  const quiet = computed(() => {
    const { quietHours } = values.value;
    const now = core.clock.now();
    core.clock.before(nextEdge(now, quietHours));
    return quietAround(now, quietHours);
  });

  async function keepHere(next: SettingsValues): Promise<void> {
    here.value = next;
    await core.local.device.put(ROW, utf8(JSON.stringify(next)));
    core.tabs.tell({ news: "device" });
  }

  // What another device set is shown here before the next sign-in, too.
  const stop = effect(() => {
    const next = values.value;
    if (kept.value !== null && JSON.stringify(next) !== JSON.stringify(here.peek())) core.background(() => keepHere(next));
  });

  return {
    values,
    quiet,
    quietNow: computed(() => quiet.value !== null),
    set: (change) => core.act(async () => {
      const next = { ...values.peek(), ...change };
      if (JSON.stringify(readSettings(next as unknown as Record<string, unknown>, DEFAULTS)) !== JSON.stringify(next)) throw new ModelFailure("unexpected", null, "settings");
      await keepHere(next);
      // Only what was chosen goes into the vault: so what another device chose meanwhile is not overwritten.
      if (core.isOpen()) await vault.set(ROW, { ...(vault.get(ROW) ?? {}), ...change });
    }),
    async load() {
      const row = await core.local.device.get(ROW);
      if (row !== null) here.value = readSettings(JSON.parse(fromUtf8(row)) as Record<string, unknown>, DEFAULTS);
    },
    clear() {
      const { theme, country, quickExitSite, quickExitKnown } = here.peek();
      here.value = { ...DEFAULTS, theme, country, quickExitSite, quickExitKnown };
    },
    stop,
  };
}
