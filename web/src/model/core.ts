/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What all nouns of the model stand on: the layers below, the state of the session, time, the other tabs, and the few
// steps that each of them would otherwise repeat. It decides nothing.

import { signal, type Signal } from "@preact/signals";
import { createApi, type Api } from "../api/client";
import type { Crypto } from "../crypto/face";
import { fromUtf8, utf8, type Bytes } from "../lib/bytes";
import { toId, type Id } from "../lib/id";
import type { Local } from "../local/local";
import { createClock, type Clock } from "./clock";
import { ModelFailure, type Loading, type Ms, type SessionState } from "./face";
import { toFailure } from "./failure";
import type { Platform } from "./platform";
import { createTabs, type Tabs } from "./tabs";

export interface Core {
  readonly platform: Platform;
  readonly api: Api;
  readonly crypto: Crypto;
  readonly local: Local;
  readonly clock: Clock;
  readonly tabs: Tabs;
  readonly state: Signal<SessionState>;
  /** Whether this tab leads: holds the stream and sends. */
  readonly leading: Signal<boolean>;
  /** The house's clock minus this device's, as last heard. */
  readonly offsetMs: number;
  /** Goes up with every opening and closing of the session: work that finds another one than it began with came late. */
  era: number;

  me(): Id;
  isOpen(): boolean;
  newId(): Id;
  /** The house said what time it is. An earlier time than is known already is the answer to a repeat: when that was first done. */
  heardTime(house: Ms): void;
  /** The house's time: as it said since this page was opened, and what has passed since then. A clock that is turned here
   *  does not move it. Null: it has not been heard yet. */
  houseNow(): Ms | null;
  /** Runs what a view asked for; whatever goes wrong leaves as a ModelFailure. */
  act<T>(work: () => Promise<T>): Promise<T>;
  /** Runs work that nobody waits for. What goes wrong is nobody's sentence; it is tried again by whoever comes next. */
  background(work: () => Promise<unknown>): void;
  /** The same with its progress in a signal. */
  loading(state: Signal<Loading>, work: () => Promise<unknown>): Promise<void>;
  /** JSON sealed for this device; PLACE must be the same on opening. Null if it does not open. */
  sealJson(value: unknown, place: string): Promise<Bytes>;
  openJson(sealed: Bytes, place: string): Promise<unknown>;
  /** Called when the house says that the session is no more. Set by session.ts. */
  onSessionEnded: () => void;
}

export function createCore(platform: Platform): Core {
  const state = signal<SessionState>({ is: "starting" });
  const heard = (error: unknown): ModelFailure => {
    const failure = toFailure(error);
    if (failure.code === "session-ended") core.onSessionEnded();
    return failure;
  };

  const ticks = platform.ticks ?? (() => performance.now());
  let offsetMs = 0;
  let said: { readonly house: Ms; readonly at: number } | null = null;

  const core: Core = {
    platform,
    api: createApi({ origin: platform.origin, fetch: platform.fetch }),
    crypto: platform.crypto,
    local: platform.storage,
    clock: createClock(platform),
    tabs: createTabs(platform.channel),
    state,
    leading: signal(false),
    get offsetMs() {
      return offsetMs;
    },
    era: 0,
    onSessionEnded: () => undefined,

    me() {
      const now = state.peek();
      if (now.is !== "open") throw new ModelFailure("locked");
      return now.me;
    },
    isOpen: () => state.peek().is === "open",
    newId: () => toId(platform.randomBytes(16)),
    heardTime(house) {
      if (house < (core.houseNow() ?? house)) return;
      offsetMs = house - platform.now();
      said = { house, at: ticks() };
    },
    houseNow: () => (said === null ? null : Math.floor(said.house + ticks() - said.at)),

    async act(work) {
      try {
        return await work();
      } catch (error) {
        throw heard(error);
      }
    },
    background(work) {
      work().catch(heard);
    },
    async loading(progress, work) {
      const { era } = core;
      if (progress.peek().is !== "ready") progress.value = { is: "loading" };
      try {
        await work();
        if (core.era === era) progress.value = { is: "ready" };
      } catch (error) {
        const failure = heard(error);
        if (core.era === era) progress.value = { is: "failed", failure };
      }
    },
    sealJson: (value, place) => platform.crypto.sealLocal(utf8(JSON.stringify(value)), place),
    async openJson(sealed, place) {
      try {
        return JSON.parse(fromUtf8(await platform.crypto.openLocal(sealed, place))) as unknown;
      } catch (error) {
        if (toFailure(error).code === "locked") throw error;
        return null; // not ours, or of an older shape: as good as not there
      }
    },
  };
  return core;
}

/** For signals that views ask for by a name: the same one for the same name. */
export function createMemo<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const fresh = make(name);
    made.set(name, fresh);
    return fresh;
  };
}

/** One at a time, in the order asked for; one that fails does not stop those behind it. */
export function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
