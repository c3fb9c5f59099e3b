/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Signals: what is true now and worth nothing later (who sits here, "I'm here", thanks for sitting). Sealed for a room, heard by
// whoever is there, and kept nowhere: not at the house, not here.
//
// The house carries them and could keep some back to send again. So each page that sends has a number of its own, drawn when it
// opened, counts what it sends, and says the house's time with it; of what a page sent, only what is newer than the last heard is
// heard, and nothing that is a minute old. What is forgotten for its age is therefore never heard a second time.
//
// The leading tab holds the stream; it hands what comes to the others as it came, sealed, and each opens it for itself.

import { ApiProblem } from "../api/problem";
import { CryptoError } from "../crypto/face";
import { readSignalFrame, type SignalFrame } from "../api/signals";
import { isId, type Id } from "../lib/id";
import type { Core } from "./core";
import { ModelFailure, type Ms } from "./face";
import type { Keys } from "./keys";

/** What is signalled: as JSON at most some 250 bytes. `kind` says who listens. */
export interface Said {
  readonly kind: string;
  readonly [field: string]: unknown;
}

export interface Heard {
  readonly room: Id;
  readonly author: Id;
  /** The page that sent it: a person may have several. Never this one. */
  readonly device: Id;
  /** When it was said, by the house's clock. */
  readonly at: Ms;
  readonly said: Said;
}

export interface Signals {
  /** To everybody who is in ROOM, now. Rejects if it could not leave; it is not tried again. */
  send(room: Id, said: Said): Promise<void>;
  /** LISTENER hears what is of KIND, from this call on; what it throws is nobody's. Gives the way to stop. */
  hear(kind: string, listener: (heard: Heard) => void): () => void;
  /** The house's time, asked for anew whenever the stream was opened. Rejects "offline" when it was never heard. */
  houseTime(): Promise<Ms>;

  // For connection.ts and house.ts:
  /** An event of the stream, as it came. */
  incoming(data: string): Promise<void>;
  /** The stream is open (again): the device may have slept, and its clock with it. */
  live(): void;
  clear(): void;
}

export interface SignalsDeps {
  readonly keys: Pick<Keys, "ready" | "roll">;
  /** Nothing of theirs is heard, whatever the house sends. */
  readonly blocked: { peek(): readonly Id[] };
}

/** How old what is heard may be; and how far ahead, which is what two clocks may differ by. */
const OLD_MS = 60_000;

interface Last {
  readonly n: number;
  readonly at: Ms;
}

export function createSignals(core: Core, { keys, blocked }: SignalsDeps): Signals {
  const listeners = new Map<string, Set<(heard: Heard) => void>>();
  /** The newest of each page, as long as it could be sent again in time. */
  const last = new Map<string, Last>();
  let mine = core.newId();
  let sent = 0;
  let timeKnown = false;
  let asking: Promise<void> | null = null;

  async function askTime(): Promise<void> {
    core.heardTime((await core.api.house()).now_ms);
    timeKnown = true;
  }

  async function houseTime(): Promise<Ms> {
    if (timeKnown) return core.houseNow()!;
    asking ??= askTime().finally(() => (asking = null));
    try {
      await asking;
    } catch (error) {
      if (core.houseNow() === null) throw error;
    }
    return core.houseNow()!;
  }

  /** WORK with a key that may be newer than those here. */
  async function withKeys<T>(room: Id, work: () => Promise<T>): Promise<T> {
    await keys.ready(room);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CryptoError) || error.code !== "unknown-epoch") throw error;
      await keys.ready(room, true);
      return work();
    }
  }

  async function sealAndSend(room: Id, said: Said): Promise<void> {
    const value = { device: mine, n: ++sent, at: await houseTime(), said };
    const body = await withKeys(room, () => core.crypto.sealSignal({ room, value }));
    await core.api.sendSignal(room, body);
  }

  async function open(frame: SignalFrame): Promise<Heard | null> {
    const value = await withKeys(frame.room, () => core.crypto.openSignal(frame));
    if (typeof value !== "object" || value === null) return null;
    const { device, n, at, said } = value as Record<string, unknown>;
    const fits = isId(device) && Number.isSafeInteger(n) && Number.isSafeInteger(at) && isSaid(said);
    if (!fits || device === mine) return null;
    const heard = { room: frame.room, author: frame.author, device, at: Number(at), said };
    return (await inTime(heard.at)) && isNewer(heard, Number(n)) ? heard : null;
  }

  async function inTime(at: Ms): Promise<boolean> {
    return Math.abs((await houseTime()) - at) <= OLD_MS;
  }

  function isNewer({ room, author, device, at }: Heard, n: number): boolean {
    const now = core.houseNow()!;
    for (const [key, one] of last) if (now - one.at > OLD_MS) last.delete(key);
    const key = `${room}/${author}/${device}`;
    if (n <= (last.get(key)?.n ?? 0)) return false;
    last.set(key, { n, at });
    return true;
  }

  /** What does not open, or is none of ours, is as good as not sent: nobody waits for a signal. */
  async function take(data: string): Promise<void> {
    const { era } = core;
    const frame = readSignalFrame(data);
    if (blocked.peek().includes(frame.author)) return;
    const heard = await open(frame);
    if (heard === null || core.era !== era) return;
    for (const listener of listeners.get(heard.said.kind) ?? []) core.background(async () => listener(heard));
  }

  core.tabs.hear((news) => {
    if (news.news === "connection" && news.live) timeKnown = false;
    if (news.news === "signal" && core.isOpen()) core.background(() => take(news.data));
  });

  return {
    async send(room, said) {
      core.me();
      if (!core.platform.online.peek()) throw new ModelFailure("offline");
      try {
        await sealAndSend(room, said);
      } catch (error) {
        if (!(error instanceof ApiProblem) || (error.code !== "stale-epoch" && error.code !== "roll-due")) throw error;
        // Somebody came or left: there is a newer key, or it is on whoever speaks next to make one.
        await (error.code === "roll-due" ? keys.roll(room) : keys.ready(room, true));
        await sealAndSend(room, said);
      }
    },
    hear(kind, listener) {
      const heard = listeners.get(kind) ?? new Set();
      listeners.set(kind, heard.add(listener));
      return () => void heard.delete(listener);
    },
    houseTime,
    async incoming(data) {
      core.tabs.tell({ news: "signal", data });
      await take(data).catch(() => undefined);
    },
    live: () => void (timeKnown = false),
    clear() {
      // Whoever opens a session here next is not to be known as the same page.
      mine = core.newId();
      sent = 0;
      timeKnown = false;
    },
  };
}

function isSaid(value: unknown): value is Said {
  return typeof value === "object" && value !== null && typeof (value as Said).kind === "string";
}
