/* SPDX-License-Identifier: AGPL-3.0-or-later */
// For the tests of signals and of what stands on them: pages with real seals, a time that moves when it is told to, and the air
// between them in place of a house: it passes on what is sent, or keeps it back. Not shipped.

import { signal } from "@preact/signals";
import { person, type Person } from "../crypto/test_kit";
import { concat } from "../lib/bytes";
import { toBase64url } from "../lib/base64url";
import { fromId, toId, type Id } from "../lib/id";
import type { Local } from "../local/local";
import { createCore, type Core } from "./core";
import type { Channel } from "./platform";
import { createSignals, type Signals } from "./signals";

export interface PageHere {
  readonly who: Person;
  readonly core: Core;
  readonly signals: Signals;
  readonly online: ReturnType<typeof signal<boolean>>;
  readonly blocked: Id[];
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export class Air {
  nowMs = 1_760_000_000_000;
  /** Everything that was sent, as the stream says it. */
  readonly said: string[] = [];
  /** Pages whose stream is cut. */
  readonly deaf = new Set<PageHere>();
  private readonly pages: PageHere[] = [];
  private readonly timers = new Set<Timer>();

  /** OTHERS: a channel to other tabs; with one, this page leads. DEAF: it holds no stream of its own. */
  page(who: Person, { channel, leads = true }: { channel?: Channel; leads?: boolean } = {}): PageHere {
    const online = signal(true);
    const core = createCore({
      origin: "http://house.test",
      fetch: ((input: unknown, init: RequestInit = {}) => this.answer(who, online.value, String(input), init)) as typeof fetch,
      crypto: who.crypto,
      storage: {} as Local,
      now: () => this.nowMs,
      ticks: () => this.nowMs,
      setTimeout: (run, ms) => {
        const timer = { at: this.nowMs + ms, run };
        this.timers.add(timer);
        return timer;
      },
      clearTimeout: (timer) => void this.timers.delete(timer as Timer),
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      online,
      deviceName: "a test",
      ...(channel && { channel }),
    });
    core.era = 1;
    core.state.value = { is: "open", me: who.id, role: "person", session: toId(new Uint8Array(16)), needsPassphrase: false };
    const blocked: Id[] = [];
    const signals = createSignals(core, { keys: { ready: async () => undefined, roll: async () => undefined }, blocked: { peek: () => blocked } });
    const page: PageHere = { who, core, signals, online, blocked };
    this.pages.push(page);
    if (!leads) this.deaf.add(page);
    return page;
  }

  private async answer(who: Person, online: boolean, url: string, init: RequestInit): Promise<Response> {
    if (!online) throw new TypeError("no network");
    const { pathname } = new URL(url);
    if (pathname === "/api/house") return Response.json({ now_ms: this.nowMs });
    const room = /^\/api\/rooms\/([\w-]{22})\/signals$/.exec(pathname)?.[1];
    if (room === undefined || init.method !== "POST") return Response.json({ code: "not-found" }, { status: 404 });
    const data = toBase64url(concat(fromId(room), fromId(who.id), new Uint8Array(init.body as Uint8Array)));
    this.said.push(data);
    await this.tell(data);
    return new Response(null, { status: 204 });
  }

  /** To every page whose stream is open, as the house would; the sender's own among them. */
  async tell(data: string): Promise<void> {
    const open = this.pages.filter((page) => !this.deaf.has(page) && page.online.value);
    await Promise.all(open.map((page) => page.signals.incoming(data)));
  }

  /** Lets so much time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const end = this.nowMs + ms;
    for (;;) {
      await quiet();
      const next = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.timers.delete(next);
      this.nowMs = Math.max(this.nowMs, next.at);
      next.run();
    }
    this.nowMs = end;
    await quiet();
  }
}

/** What was begun has gone as far as it goes without time. */
export async function quiet(): Promise<void> {
  for (let i = 0; i < 30; i++) await new Promise((done) => setImmediate(done));
}

export { person, type Person };
