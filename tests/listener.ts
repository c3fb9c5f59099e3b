// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a person's live stream bare, for tests that look at what the house really sends.
import { until } from "./children";
import type { Member } from "./member";

export interface StreamEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

export interface Listener {
  readonly reply: Response;
  /** All so far. */
  readonly events: readonly StreamEvent[];
  next(type: string, wanted?: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  /** Waits until the house has ended it. */
  closed(): Promise<unknown>;
  close(): void;
}

function parse(part: string): StreamEvent | null {
  const field = (name: string) => part.match(new RegExp(`^${name}: ?(.*)$`, "m"))?.[1] ?? "";
  return field("event") ? { id: field("id"), type: field("event"), data: field("data") } : null;
}

const open = new Set<AbortController>();

/** For after(): an open stream would keep the test from ending. */
export const stopListening = (): void => open.forEach((one) => one.abort());

export async function listen(origin: string, who: Member, last?: string, fetch = globalThis.fetch): Promise<Listener> {
  const stop = new AbortController();
  open.add(stop);
  const headers: Record<string, string> = { cookie: who.cookie ?? "", "x-forwarded-for": who.address, ...(last ? { "Last-Event-ID": last } : {}) };
  const reply = await fetch(`${origin}/api/stream`, { headers, signal: stop.signal });
  const events: StreamEvent[] = [];
  let ended = false;
  const read = async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const bytes of reply.body as unknown as AsyncIterable<Uint8Array>) {
      const parts = (text + decoder.decode(bytes, { stream: true })).split("\n\n");
      text = parts.pop() ?? "";
      for (const event of parts.map(parse)) if (event) events.push(event);
    }
  };
  if (reply.status === 200) void read().catch(() => undefined).finally(() => (ended = true));
  return {
    reply,
    events,
    next: (type, wanted = () => true) => until(`an event "${type}"`, () => events.find((one) => one.type === type && wanted(one)), 5000),
    closed: () => until("the stream is closed", () => ended, 5000),
    close: () => stop.abort(),
  };
}
