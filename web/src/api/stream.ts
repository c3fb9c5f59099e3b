/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The live stream: server-sent events over fetch (so that Node reads it with the same code as a browser), held open
// through lost networks, restarts and silent ends.
//
// It reconnects by itself, after a wait that doubles up to a minute and is drawn at random below that, so that a
// restarted house is not met by everybody at once. It names the last event it saw, and the first event (`hello`)
// tells whether anything was missed. A stream that says nothing for a minute is dead, whatever the socket thinks: the
// house sends a comment line every 25 seconds. It ends for good on close() and when the session has ended.

import { createParser } from "eventsource-parser";
import { readProblem, retryAfter, type ApiProblem } from "./problem";

export interface StreamEvent {
  readonly type: string;
  readonly data: string;
}

export type StreamState =
  | { readonly is: "connecting" }
  | { readonly is: "live" }
  | { readonly is: "waiting"; readonly until: number }
  /** by "session": the session has ended; nothing will come any more. */
  | { readonly is: "closed"; readonly by: "caller" | "session" };

export interface StreamOptions {
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  /** A number from 0 to just below 1. */
  readonly random: () => number;
  readonly onEvent: (event: StreamEvent) => void;
  readonly onState: (state: StreamState) => void;
  readonly silenceMs?: number;
  readonly firstWaitMs?: number;
}

export interface Stream {
  /** Tries now instead of waiting; nothing when it is live. */
  retry(): void;
  close(): void;
}

const SILENCE_MS = 60_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** The house answers the first bytes (hello) at once. */
const HELLO_MS = 20_000;

/** The wait before try number TRIES (from 1): at least half of the doubled one, so that it is never none. */
export function backoff(tries: number, firstMs: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, firstMs * 2 ** Math.min(tries - 1, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}

export function openStream(options: StreamOptions): Stream {
  const { silenceMs = SILENCE_MS, firstWaitMs = FIRST_WAIT_MS } = options;
  let lastId = "";
  let failures = 0;
  let closed = false;
  let attempt: AbortController | null = null;
  let wake: (() => void) | null = null;

  const close = (by: "caller" | "session") => {
    if (closed) return;
    closed = true;
    attempt?.abort();
    wake?.();
    options.onState({ is: "closed", by });
  };

  async function keepOpen(): Promise<void> {
    while (!closed) {
      options.onState({ is: "connecting" });
      const named = await once();
      if (closed) return;
      failures += 1;
      await pause(Math.max(named ?? 0, backoff(failures, firstWaitMs, options.random)));
    }
  }

  async function pause(ms: number): Promise<void> {
    options.onState({ is: "waiting", until: options.now() + ms });
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      wake = () => (clearTimeout(timer), done());
    });
    wake = null;
  }

  /** One connection, from its request to its end. Returns the wait that the house asked for, if it did. */
  async function once(): Promise<number | null> {
    const mine = (attempt = new AbortController());
    const silence = watchdog(() => mine.abort());
    try {
      silence.within(HELLO_MS);
      const headers: Record<string, string> = { Accept: "text/event-stream" };
      if (lastId !== "") headers["Last-Event-ID"] = lastId;
      const reply = await options.fetch(`${options.origin}/api/stream`, { headers, signal: mine.signal, credentials: "same-origin", cache: "no-store" });
      if (!reply.ok) return refused(await readProblem(reply));
      if (reply.body === null) return retryAfter(reply.headers);
      await readAll(reply.body, () => silence.within(silenceMs));
      return null;
    } catch {
      return null; // cut, aborted or silent: all the same, try again
    } finally {
      silence.stop();
      mine.abort();
    }
  }

  function refused(problem: ApiProblem): number | null {
    if (problem.status === 401) close("session");
    return problem.retryAfterMs;
  }

  async function readAll(body: ReadableStream<Uint8Array>, alive: () => void): Promise<void> {
    const reader = body.getReader();
    const text = new TextDecoder();
    const parser = createParser({ onEvent: (event) => take(event.event ?? "message", event.data, event.id) });
    for (;;) {
      const { done, value } = await reader.read();
      if (done || closed) return;
      alive();
      parser.feed(text.decode(value, { stream: true }));
    }
  }

  function take(type: string, data: string, id: string | undefined): void {
    if (closed) return;
    if (id !== undefined) lastId = id;
    if (type === "hello") {
      failures = 0;
      options.onState({ is: "live" });
    }
    options.onEvent({ type, data });
  }

  void keepOpen();
  return { retry: () => wake?.(), close: () => close("caller") };
}

/** Calls LATE unless put off again in time. */
function watchdog(late: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    within(ms: number) {
      clearTimeout(timer);
      timer = setTimeout(late, ms);
    },
    stop: () => clearTimeout(timer),
  };
}
