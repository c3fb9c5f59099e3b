// SPDX-License-Identifier: AGPL-3.0-or-later
// People who write and write, through whatever happens to the house, and remember what it acknowledged. A request whose answer
// never came is sent again with the same id, as the shipped client does.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { readEntryFrames, type EntryFrame } from "../web/src/lib/frames";
import type { Id } from "../web/src/lib/id";
import type { Reply } from "./caller";
import { newId, sealedEntry, type Member } from "./member";

interface Kept {
  seq: number;
  timeMs: number;
  body: Uint8Array;
}

export class Writer {
  /** What the house acknowledged. */
  readonly kept = new Map<Id, Kept>();
  /** What it may have: sent, never answered. */
  readonly open = new Map<Id, Uint8Array>();
  /** Answers that were a clear no, by code. */
  readonly refused = new Map<string, number>();
  #writing: Promise<void> | null = null;
  #stop = false;

  constructor(
    readonly who: Member,
    readonly room: Id,
    readonly pauseMs = 0,
  ) {}

  start(): void {
    this.#stop = false;
    this.#writing = this.#loop();
  }

  async stop(): Promise<void> {
    this.#stop = true;
    await this.#writing;
  }

  async #loop(): Promise<void> {
    while (!this.#stop) {
      await this.once();
      if (this.pauseMs > 0) await sleep(this.pauseMs);
    }
  }

  /** One entry, or one more try of an entry whose fate is unknown. */
  async once(): Promise<void> {
    const waiting = this.open.entries().next().value;
    const [id, body] = waiting ?? [newId(), sealedEntry(1, 200 + Math.floor(Math.random() * 600))];
    this.open.set(id, body);
    const reply = await this.who.put(this.room, id, body).catch(() => null);
    if (reply === null) await sleep(10);
    else if (reply.status < 300) this.#keep(id, body, reply);
    else await this.#refuse(id, reply);
  }

  #keep(id: Id, body: Uint8Array, reply: Reply): void {
    const { seq, time_ms: timeMs } = reply.json();
    this.open.delete(id);
    this.kept.set(id, { seq, timeMs, body });
  }

  async #refuse(id: Id, reply: Reply): Promise<void> {
    assert.ok(reply.code, `a refusal is a problem document, not ${reply.status}`);
    this.refused.set(reply.code, (this.refused.get(reply.code) ?? 0) + 1);
    if (reply.code !== "unknown-fate") this.open.delete(id);
    const wait = Number(reply.headers.get("retry-after") ?? 0);
    await sleep(Math.min(wait * 1000, 500) || 5);
  }

  /** Every line of the room, page by page. */
  async read(): Promise<EntryFrame[]> {
    const all: EntryFrame[] = [];
    for (;;) {
      const reply = await this.who.call("GET", `/api/rooms/${this.room}/entries?after=${all.length}&limit=500`);
      if (reply.status === 429) {
        await sleep(1000);
        continue;
      }
      const page = readEntryFrames(reply.bytes);
      if (page.length === 0) return all;
      all.push(...page);
    }
  }
}

/** Everything acknowledged to any of these writers of one room is there, in order, once, and nothing else is. */
export async function nothingIsLost(writers: readonly Writer[]): Promise<number> {
  const [first] = writers;
  assert.ok(first);
  const lines = await first.read();
  lines.forEach(({ seq }, i) => assert.equal(seq, i + 1, "seq has no gap"));
  const byId = new Map(lines.map((line) => [line.id, line]));
  assert.equal(byId.size, lines.length, "nothing stands twice");
  for (const writer of writers) {
    for (const [id, { seq, timeMs, body }] of writer.kept) {
      const line = byId.get(id);
      assert.ok(line, `acknowledged at ${seq} and gone`);
      assert.deepEqual([line.seq, line.timeMs, line.author], [seq, timeMs, writer.who.id]);
      assert.ok(Buffer.from(line.body).equals(body), "the bytes are those that were sent");
      byId.delete(id);
    }
    for (const id of writer.open.keys()) byId.delete(id);
  }
  // What was refused with a clear no was not done. (A repeat that found its entry is in `kept`.)
  assert.deepEqual([...byId.keys()], [], "nothing is there that nobody was told of");
  return lines.length;
}
