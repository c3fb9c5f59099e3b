/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The live side: which tab leads, its stream, and the pull of all that may have been missed.
//
// Events are hints. Whatever they say, the truth is what a pull fetches: so a stream that could not resume, a failed pull,
// or anything odd on the stream leads to the same one thing, `resync`, and that is tried until it has gone through.

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { electLeader, type Election } from "../api/leader";
import { backoff, openStream, type Stream, type StreamEvent, type StreamState } from "../api/stream";
import { fromBase64url } from "../lib/base64url";
import { readOneEntryFrame } from "../lib/frames";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import type { Connection, ConnectionState } from "./face";
import { toFailure } from "./failure";

/** What the nouns do when the house has news. */
export interface Pulls {
  all(): Promise<void>;
  entry(frame: ReturnType<typeof readOneEntryFrame>): Promise<void>;
  rooms(): Promise<void>;
  bonds(): Promise<void>;
  circles(): Promise<void>;
  gathering(news: { readonly gathering: Id; readonly room: Id; readonly version: number }): Promise<void>;
  invites(): Promise<void>;
  vault(): Promise<void>;
  sessions(): Promise<void>;
  signal(data: string): Promise<void>;
  /** The stream is open, maybe after a sleep of the device. */
  live(): void;
  /** The stream is live: what waits may leave. */
  leave(): void;
}

export interface ConnectionNoun extends Connection {
  open(): void;
  close(): void;
  stop(): void;
}

const RETRY_MS = 1_000;

export function createConnection(core: Core, pulls: Pulls, unsent: ReadonlySignal<boolean>): ConnectionNoun {
  const streaming = signal<StreamState>({ is: "connecting" });
  const elsewhere = signal(false);
  let election: Election | null = null;
  let stream: Stream | null = null;
  let timer: unknown = null;
  let stale = true;
  let tries = 0;

  const state = computed<ConnectionState>(() => {
    if (core.state.value.is !== "open") return { is: "closed" };
    if (!core.platform.online.value) return { is: "offline" };
    if (!core.leading.value) return elsewhere.value ? { is: "live" } : { is: "connecting" };
    const now = streaming.value;
    return now.is === "closed" ? { is: "closed" } : now;
  });

  function lead(): void {
    if (election === null || !core.isOpen()) return;
    core.leading.value = true;
    stale = true;
    stream = openStream({
      origin: core.platform.origin,
      fetch: core.platform.fetch,
      now: core.platform.now,
      random: Math.random,
      onEvent: (event) => core.background(() => hear(event)),
      onState: heardState,
    });
    // Does not wait for the stream: what is on the device goes out, and what is at the house comes in, at once.
    core.background(resync);
  }

  function heardState(next: StreamState): void {
    streaming.value = next;
    core.tabs.tell({ news: "connection", live: next.is === "live" });
    if (next.is === "closed" && next.by === "session") core.onSessionEnded();
  }

  async function hear({ type, data }: StreamEvent): Promise<void> {
    try {
      await react(type, data);
    } catch (error) {
      if (toFailure(error).code === "session-ended") throw error;
      // Half an event is as bad as none: fetch the whole.
      stale = true;
      later();
    }
  }

  async function react(type: string, data: string): Promise<void> {
    if (type === "hello") return hello(JSON.parse(data) as { resumed?: unknown });
    if (type === "entry") return pulls.entry(readOneEntryFrame(fromBase64url(data)));
    if (type === "room") return pulls.rooms();
    if (type === "bond") return pulls.bonds();
    if (type === "circle") return pulls.circles();
    if (type === "gathering") return pulls.gathering(JSON.parse(data) as Parameters<Pulls["gathering"]>[0]);
    if (type === "invite") return pulls.invites();
    if (type === "vault") return pulls.vault();
    if (type === "session") return pulls.sessions();
    if (type === "signal") return pulls.signal(data);
  }

  async function hello({ resumed }: { resumed?: unknown }): Promise<void> {
    if (resumed !== true) stale = true;
    pulls.live();
    pulls.leave();
    await resync();
  }

  let running: Promise<void> | null = null;

  /** One at a time; what is asked for meanwhile runs once more after it. */
  function resync(): Promise<void> {
    if (!stale) return Promise.resolve();
    running ??= pullAll().finally(() => (running = null));
    return running;
  }

  async function pullAll(): Promise<void> {
    const era = core.era;
    while (stale && core.era === era && core.leading.peek()) {
      stale = false;
      try {
        await pulls.all();
        tries = 0;
      } catch (error) {
        const failure = toFailure(error);
        if (core.era !== era) return;
        if (failure.code === "session-ended") return core.onSessionEnded();
        stale = true;
        return later(failure.retryAfterMs);
      }
    }
    pulls.leave();
  }

  function later(named: number | null = null): void {
    tries += 1;
    core.platform.clearTimeout(timer);
    timer = core.platform.setTimeout(() => core.background(resync), named ?? backoff(tries, RETRY_MS, Math.random));
  }

  core.tabs.hear((news) => {
    if (news.news === "connection" && !core.leading.peek()) elsewhere.value = news.live;
    if (news.news === "connected?" && core.leading.peek()) core.tabs.tell({ news: "connection", live: streaming.peek().is === "live" });
  });

  // A network that is back is worth a try at once.
  const stop = effect(() => {
    if (core.platform.online.value && core.leading.value) retry();
  });

  function retry(): void {
    stream?.retry();
    if (stale) core.background(resync);
    pulls.leave();
  }

  function close(): void {
    election?.leave();
    election = null;
    stream?.close();
    stream = null;
    core.platform.clearTimeout(timer);
    core.leading.value = false;
    streaming.value = { is: "connecting" };
    elsewhere.value = false;
  }

  return {
    state,
    unsent,
    retry,
    open() {
      close();
      election = electLeader(core.platform.locks, `beside/${core.me()}`, lead);
      core.tabs.tell({ news: "connected?" });
    },
    close,
    stop,
  };
}
