/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The stream against a server that does what a real one cannot be asked to: cut, stay silent, refuse.
import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { backoff, openStream, type Stream, type StreamEvent, type StreamOptions, type StreamState } from "./stream";

type Answer = (request: IncomingMessage, reply: ServerResponse) => void;

/** Answers the first request with the first of ANSWERS and so on; the last one stays. */
async function serve(answers: Answer[], run: (origin: string, asked: IncomingMessage[]) => Promise<void>): Promise<void> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, reply) => {
    asked.push(request);
    answers[Math.min(asked.length, answers.length) - 1]!(request, reply);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

interface Watched {
  readonly stream: Stream;
  readonly events: StreamEvent[];
  readonly states: StreamState[];
}

function watch(origin: string, more: Partial<StreamOptions> = {}): Watched {
  const events: StreamEvent[] = [];
  const states: StreamState[] = [];
  const stream = openStream({
    origin,
    fetch,
    now: Date.now,
    random: () => 0,
    firstWaitMs: 20,
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    ...more,
  });
  return { stream, events, states };
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !holds(); i++) await new Promise((done) => setTimeout(done, 10));
  assert.ok(holds(), String(holds));
}

const begin = (reply: ServerResponse, text: string) => {
  reply.writeHead(200, { "Content-Type": "text/event-stream" });
  reply.write(text);
};
const hello = (resumed: boolean, n = 1) => `id: ab-${n}\nevent: hello\ndata: {"resumed":${resumed}}\n\n`;

test("events arrive whole, however the bytes are cut", async () => {
  const answer: Answer = (_, reply) => {
    begin(reply, hello(false).slice(0, 9));
    setTimeout(() => reply.write(`${hello(false).slice(9)}event: room\ndata: {"id":"é`.slice(0, -1)), 20);
    setTimeout(() => reply.write(Buffer.from([0xc3])), 40);
    setTimeout(() => reply.write(Buffer.concat([Buffer.from([0xa9]), Buffer.from('"}\n\n')])), 60);
  };
  await serve([answer], async (origin) => {
    const { stream, events, states } = watch(origin);
    await until(() => events.length === 2);
    assert.deepEqual(events[1], { type: "room", data: '{"id":"é"}' });
    assert.equal(states.at(-1)?.is, "live");
    stream.close();
    assert.deepEqual(states.at(-1), { is: "closed", by: "caller" });
  });
});

test("a cut stream comes back and names the last event it saw", async () => {
  const first: Answer = (_, reply) => {
    begin(reply, `${hello(false)}id: ab-7\nevent: vault\ndata: {"version":1}\n\n`);
    setTimeout(() => reply.destroy(), 30);
  };
  await serve([first, (_, reply) => begin(reply, hello(true, 8))], async (origin, asked) => {
    const { stream, events, states } = watch(origin);
    await until(() => events.length === 3);
    assert.equal(asked[0]!.headers["last-event-id"], undefined);
    assert.equal(asked[1]!.headers["last-event-id"], "ab-7");
    assert.deepEqual(states.map(({ is }) => is), ["connecting", "live", "waiting", "connecting", "live"]);
    stream.close();
  });
});

test("a stream that says nothing is given up, one that only breathes is kept", async () => {
  const silent: Answer = (_, reply) => begin(reply, hello(false));
  const breathing: Answer = (_, reply) => {
    begin(reply, hello(false));
    const beat = setInterval(() => reply.write(":\n"), 40);
    reply.on("close", () => clearInterval(beat));
  };
  await serve([silent, breathing], async (origin, asked) => {
    const { stream, states } = watch(origin, { silenceMs: 120 });
    await until(() => asked.length === 2 && states.at(-1)?.is === "live");
    await new Promise((done) => setTimeout(done, 400));
    assert.equal(asked.length, 2);
    stream.close();
  });
});

test("an ended session ends the stream for good; a busy house is given the time it asks for", async () => {
  const problem = (status: number, code: string, headers: Record<string, string> = {}): Answer => (_, reply) => {
    reply.writeHead(status, { "Content-Type": "application/problem+json", ...headers });
    reply.end(JSON.stringify({ type: "about:blank", title: "", status, code }));
  };
  await serve([problem(503, "busy", { "Retry-After": "1" }), problem(401, "not-signed-in")], async (origin, asked) => {
    const { states } = watch(origin);
    await until(() => states.some(({ is }) => is === "waiting"));
    const waiting = states.find((state) => state.is === "waiting");
    assert.ok(waiting?.is === "waiting" && waiting.until - Date.now() > 800);
    await until(() => states.at(-1)?.is === "closed");
    assert.deepEqual(states.at(-1), { is: "closed", by: "session" });
    assert.equal(asked.length, 2);
  });
});

test("retry does not wait", async () => {
  await serve([(_, reply) => reply.destroy(), (_, reply) => begin(reply, hello(false))], async (origin) => {
    const { stream, states } = watch(origin, { firstWaitMs: 60_000 });
    await until(() => states.at(-1)?.is === "waiting");
    stream.retry();
    await until(() => states.at(-1)?.is === "live");
    stream.close();
  });
});

test("waits double up to a minute, and are drawn below that", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((tries) => backoff(tries, 1000, () => 0.999999));
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]);
  assert.equal(backoff(3, 1000, () => 0), 2000);
});
