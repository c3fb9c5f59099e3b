/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Recordings and voice notes with real seals, on an IndexedDB in memory; the house is a map of chunks. How notes travel with
// entries is told in tests/story/voice.test.ts.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { randomBytes, webcrypto } from "node:crypto";
import { before, test } from "node:test";
import { signal } from "@preact/signals";
import { person, type Person } from "../crypto/test_kit";
import { concat, u32, type Bytes } from "../lib/bytes";
import { toId, type Id } from "../lib/id";
import { openLocal, type Local, type OutboxRow } from "../local/local";
import { createCore, type Core } from "./core";
import type { FailureCode, VoiceNote } from "./face";
import { createVoiceRoad, type VoiceRoad } from "./voice_road";
import { createVoices, type VoicesNoun } from "./voices";

const KEY = "page:new";
const TYPE = "audio/webm;codecs=opus";
const fails = (code: FailureCode) => (error: { code?: string }) => error.code === code;
const bytes = (count: number): Bytes => new Uint8Array(randomBytes(count));
const newId = (): Id => toId(bytes(16));
const ROOM = newId();

let me: Person;
before(async () => {
  me = await person("somebody");
});

// ── The house, and a device ─────────────────────────────────────────────────────────────────────────────────────────

class Shelves {
  readonly chunks = new Map<string, Bytes[]>();
  /** Requests, as "METHOD path". */
  readonly asked: string[] = [];
  used = 0;
  quota = 1 << 20;
  /** How many chunks fit into a reply. */
  perReply = 3;
  /** After so many bytes a reply is cut. */
  cutAfter = Infinity;
  /** Requests that get lost. */
  lost: string | null = null;

  fetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const { pathname, search, searchParams } = new URL(String(input));
    const method = init.method ?? "GET";
    this.asked.push(`${method} ${pathname}${search}`);
    if (this.lost !== null && search.includes(this.lost)) throw new TypeError("cut");
    if (pathname === "/api/voice") return json(200, { used_bytes: this.used, quota_bytes: this.quota });
    const voice = pathname.split("/")[5]!;
    const held = this.chunks.get(voice);
    if (method === "PUT") return this.put(voice, Number(searchParams.get("n")), searchParams.get("last") === "1", init.body as Bytes);
    if (method === "DELETE") return this.chunks.delete(voice), new Response(null, { status: 204 });
    if (held === undefined) return json(404, { code: "not-found" });
    if (!pathname.endsWith("/chunks")) return json(200, { have: held.length, done: this.done.has(voice), bytes: 0 });
    const from = Number(searchParams.get("from"));
    return this.reply(held.slice(from, from + this.perReply).map((chunk, i) => concat(u32(from + i), u32(chunk.length), chunk)));
  };

  private readonly done = new Set<string>();

  private put(voice: string, n: number, last: boolean, chunk: Bytes): Response {
    const held = this.chunks.get(voice) ?? [];
    assert.equal(n, held.length, "in order, and none twice");
    this.chunks.set(voice, [...held, new Uint8Array(chunk)]);
    if (last) this.done.add(voice);
    return json(200, { have: n + 1, done: last });
  }

  private reply(frames: readonly Bytes[]): Response {
    let left = this.cutAfter;
    const pieces = frames.flatMap((frame) => [frame.subarray(0, 1000), frame.subarray(1000)]);
    const pull = (stream: ReadableStreamDefaultController<Uint8Array>) => {
      const piece = pieces.shift();
      if (piece === undefined) return stream.close();
      if ((left -= piece.length) < 0) return stream.error(new TypeError("cut"));
      stream.enqueue(piece);
    };
    return new Response(new ReadableStream({ pull }));
  }
}

const json = (status: number, value: unknown) => new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } });

interface Device {
  readonly core: Core;
  readonly local: Local;
  readonly road: VoiceRoad;
  readonly voices: VoicesNoun;
}

let databases = 0;
const newName = (): string => `voices-test-${++databases}`;

async function device(name: string, house = new Shelves(), now = () => Date.now()): Promise<Device> {
  const local = openLocal(name, () => webcrypto as unknown as Crypto);
  const core = createCore({
    origin: "http://house.test",
    fetch: house.fetch as typeof globalThis.fetch,
    crypto: me.crypto,
    storage: local,
    now,
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    online: signal(true),
    deviceName: "a test",
  });
  core.era = 1;
  core.state.value = { is: "open", me: me.id, role: "person", session: newId(), needsPassphrase: false };
  const road = createVoiceRoad(core);
  const voices = createVoices(core, road);
  await voices.load();
  return { core, local, road, voices };
}

async function record({ voices }: Device, pieces: readonly Bytes[], key = KEY): Promise<void> {
  await voices.start(key, TYPE);
  for (const [n, piece] of pieces.entries()) await voices.add(key, piece, (n + 1) * 1000);
}

async function heard(pieces: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return concat(...all);
}

/** An entry that carries NOTE is put down, and the house has it: as the outbox does. */
async function sent({ local, road }: Device, note: VoiceNote, room: Id = ROOM): Promise<void> {
  const row: OutboxRow = { id: newId(), room, what: "put", writtenMs: 0, content: bytes(1), body: null, refused: null, voices: [note.voice] };
  await local.outbox.step([row], []);
  await road.send(note.voice, () => undefined);
  await local.outbox.delete(row.id);
}

// ── Recordings ──────────────────────────────────────────────────────────────────────────────────────────────────────

test("a recording survives a crash up to its last piece, is listened back to, and goes when it is dropped", async () => {
  const name = newName();
  const first = await device(name);
  const pieces = [bytes(4000), bytes(3000), bytes(1)];
  assert.equal(first.voices.recording(KEY).value, null);
  await record(first, pieces);
  const { id, began, ...known } = first.voices.recording(KEY).value!;
  assert.deepEqual(known, { ms: 3000, bytes: 7001, type: TYPE });
  assert.ok(began <= Date.now());

  const again = await device(name);
  assert.deepEqual(again.voices.recording(KEY).value, first.voices.recording(KEY).value);
  assert.deepEqual(await again.voices.sound(KEY), concat(...pieces));
  await again.voices.add(KEY, bytes(5), 4000);
  assert.equal(again.voices.recording(KEY).value?.bytes, 7006, "it can go on");
  await again.voices.drop(KEY);
  assert.equal(again.voices.recording(KEY).value, null);
  await assert.rejects(again.voices.sound(KEY), fails("gone"));
  await assert.rejects(first.voices.add(KEY, bytes(1), 5000), fails("gone"), "in another tab, too");
  assert.deepEqual(await again.local.recordings.pieces(id), []);
});

test("nothing of a recording lies open in storage, and its pieces do not open in another place", async () => {
  const name = newName();
  const one = await device(name);
  const mark = Buffer.from("marked sound of a voice");
  await record(one, [new Uint8Array(mark), new Uint8Array(mark)]);
  const { id, sealed } = (await one.local.recordings.get(KEY))!;
  const stored = await one.local.recordings.pieces(id);
  for (const row of [sealed, ...stored]) assert.equal(Buffer.from(row).includes("marked"), false);
  assert.equal(Buffer.from(sealed).includes("webm"), false);
  await one.local.recordings.change(KEY, { id, sealed }, 0, stored[1]);
  await assert.rejects(one.voices.sound(KEY), fails("untrusted"));
});

test("a new recording takes the place of the one before; another tab's pieces do not mix with it", async () => {
  const name = newName();
  const [here, there] = [await device(name), await device(name)];
  await record(here, [bytes(10)]);
  const before = (await here.local.recordings.get(KEY))!.id;
  await assert.rejects(there.voices.start(KEY, TYPE), fails("recording-waits"), "nobody has seen it there");
  assert.equal(there.voices.recording(KEY).value?.bytes, 10);
  await record(there, [bytes(20)]);
  await assert.rejects(here.voices.add(KEY, bytes(10), 2000), fails("gone"));
  assert.equal((await there.voices.sound(KEY)).length, 20);
  assert.deepEqual(await here.local.recordings.pieces(before), []);
  await here.voices.drop(KEY);
  assert.equal(here.voices.recording(KEY).value?.bytes, 20, "what is dropped is what was seen");
  await here.voices.drop(KEY);
  assert.equal(await here.local.recordings.get(KEY), null);
});

test("ten minutes are the most, and what comes after them is refused and not kept", async () => {
  const one = await device(newName());
  await record(one, [bytes(10)]);
  await one.voices.add(KEY, bytes(10), one.voices.longestMs);
  await assert.rejects(one.voices.add(KEY, bytes(10), one.voices.longestMs + 1), fails("too-long"));
  await assert.rejects(one.voices.add(KEY, new Uint8Array(16 << 20), 2000), fails("too-long"));
  assert.equal((await one.voices.sound(KEY)).length, 20);
});

test("on lock nothing of it is in reach, and what is under way does not come back; on unlock it waits again", async () => {
  const one = await device(newName());
  await record(one, [bytes(10)]);
  const adding = one.voices.add(KEY, bytes(10), 2000);
  const open = one.core.state.value;
  one.core.era += 1;
  one.core.state.value = { is: "locked", why: "by-hand" };
  one.voices.forget();
  await adding.catch(() => undefined);
  assert.equal(one.voices.recording(KEY).value, null);
  for (const work of [one.voices.sound(KEY), one.voices.start(KEY, TYPE), one.voices.keep(KEY, ROOM), one.voices.drop(KEY)]) await assert.rejects(work, fails("locked"));
  one.core.era += 1;
  one.core.state.value = open;
  await one.voices.load();
  assert.ok(one.voices.recording(KEY).value!.bytes >= 10);
});

test("what is being read from the device when the lock closes does not come back behind it", async () => {
  const one = await device(newName());
  await record(one, [bytes(10)]);
  const { get } = one.local.recordings;
  one.local.recordings.get = async (key) => {
    const row = await get(key);
    one.core.era += 1;
    one.core.state.value = { is: "locked", why: "by-hand" };
    one.voices.forget();
    return row;
  };
  await one.voices.load().catch(() => undefined);
  assert.equal(one.voices.recording(KEY).value, null);
});

test("when the room for voices is used up, or there is none, that is known before a recording begins", async () => {
  const house = new Shelves();
  const one = await device(newName(), house);
  assert.equal(one.voices.quota.value, null);
  await one.voices.start(KEY, TYPE);
  house.used = house.quota - 1000;
  await one.road.refresh();
  assert.deepEqual(one.voices.quota.value, { usedBytes: house.quota - 1000, quotaBytes: house.quota });
  await assert.rejects(one.voices.start("page:other", TYPE), fails("voice-full"));
  house.used = house.quota = 0;
  await one.road.refresh();
  await assert.rejects(one.voices.start("page:other", TYPE), fails("voice-full"));
});

// ── Notes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

test("a recording is sealed for a room and played from here; it stays until it is dropped, and keeping it again gives the same note", async () => {
  const name = newName();
  const one = await device(name);
  const pieces = [bytes(40_000), bytes(40_000), bytes(123)];
  await record(one, pieces);
  const note = await one.voices.keep(KEY, ROOM);
  assert.deepEqual([note.ms, note.type, note.chunks], [3000, TYPE, 3]);
  assert.deepEqual(await heard(one.voices.play(ROOM, note)), concat(...pieces));
  assert.ok(one.voices.recording(KEY).value);
  assert.deepEqual(await one.voices.keep(KEY, ROOM), note);
  assert.notEqual((await one.voices.keep(KEY, newId())).voice, note.voice, "another room, another seal");
  await assert.rejects(one.voices.keep("page:none", ROOM), fails("gone"));
  assert.deepEqual(await heard((await device(name)).voices.play(ROOM, note)), concat(...pieces));
});

test("a recording whose note is on its way is not offered a second time after a crash; one whose note was never put down is", async () => {
  const name = newName();
  const one = await device(name);
  await record(one, [bytes(100)]);
  const note = await one.voices.keep(KEY, ROOM);
  assert.equal((await device(name)).voices.recording(KEY).value?.bytes, 100);
  await one.local.outbox.step([{ id: newId(), room: ROOM, what: "put", writtenMs: 0, content: bytes(1), body: null, refused: null, voices: [note.voice] }], []);
  assert.equal((await device(name)).voices.recording(KEY).value, null);
  assert.equal((await heard(one.voices.play(ROOM, note))).length, 100);
});

test("chunks go up in order, and after a cut only what is missing; what the house has is not sent again", async () => {
  const house = new Shelves();
  const one = await device(newName(), house);
  await record(one, [bytes(150_000)]);
  const note = await one.voices.keep(KEY, ROOM);
  house.lost = "n=2";
  await assert.rejects(one.road.send(note.voice, () => undefined), { code: "unreachable" });
  assert.equal(house.chunks.get(note.voice)?.length, 2);
  house.lost = null;
  await sent(one, note);
  assert.equal(house.chunks.get(note.voice)?.length, note.chunks);
  const asked = house.asked.length;
  await one.road.send(note.voice, () => undefined);
  assert.equal(house.asked.length, asked);
});

test("a note comes from the house chunk by chunk, many to a reply, and the next time from here; a cut one goes on where it was", async () => {
  const house = new Shelves();
  const [mine, other] = [await device(newName(), house), await device(newName(), house)];
  const sound = bytes(300_000);
  await record(mine, [sound]);
  const note = await mine.voices.keep(KEY, ROOM);
  await sent(mine, note);

  const playing = other.voices.play(ROOM, note)[Symbol.asyncIterator]();
  const first = await playing.next();
  assert.deepEqual(first.value, sound.subarray(0, first.value.length), "the first is there before the others");
  await playing.return?.();

  house.cutAfter = 90_000;
  await assert.rejects(heard(other.voices.play(ROOM, note)), fails("offline"));
  house.cutAfter = Infinity;
  house.asked.length = 0;
  assert.deepEqual(await heard(other.voices.play(ROOM, note)), sound);
  assert.deepEqual(house.asked, [3, 6, 9].map((from) => `GET /api/rooms/${ROOM}/voice/${note.voice}/chunks?from=${from}`));
  assert.deepEqual(await heard(other.voices.play(ROOM, note)), sound);
  assert.equal(house.asked.length, 3);
});

test("what was altered, moved, cut short or swapped is untrusted, and nothing of it is kept", async () => {
  const house = new Shelves();
  const mine = await device(newName(), house);
  await record(mine, [bytes(100_000)]);
  const note = await mine.voices.keep(KEY, ROOM);
  await sent(mine, note);
  const whole = house.chunks.get(note.voice)!;
  const altered = whole.map((chunk, n) => (n === 1 ? chunk.map((byte, i) => (i === 500 ? byte ^ 1 : byte)) : chunk));
  const [a, b, c] = whole as [Bytes, Bytes, Bytes];
  for (const chunks of [altered, [a, c, b], whole.slice(0, -1), [b, ...whole.slice(1)], []]) {
    const other = await device(newName(), house);
    house.chunks.set(note.voice, chunks);
    await assert.rejects(heard(other.voices.play(ROOM, note)), fails("untrusted"));
    assert.equal(await other.local.voices.get(note.voice), null);
  }
  house.chunks.set(note.voice, whole);
  const other = await device(newName(), house);
  await assert.rejects(heard(other.voices.play(newId(), note)), fails("untrusted"), "of another room");
  await assert.rejects(heard(other.voices.play(ROOM, { ...note, key: "not a key" })), fails("untrusted"));
  house.chunks.delete(note.voice);
  await assert.rejects(heard(other.voices.play(ROOM, note)), fails("gone"));
});

test("a copy that was spoiled on this device is fetched anew", async () => {
  const house = new Shelves();
  const [mine, other] = [await device(newName(), house), await device(newName(), house)];
  const sound = bytes(50_000);
  await record(mine, [sound]);
  const note = await mine.voices.keep(KEY, ROOM);
  await sent(mine, note);
  await other.local.voices.copy({ voice: note.voice, room: ROOM, atMs: 0 }, 0, bytes(32_808));
  await assert.rejects(heard(other.voices.play(ROOM, note)), fails("untrusted"));
  assert.deepEqual(await heard(other.voices.play(ROOM, note)), sound);
});

test("for another room a note is sealed under a key and an id of its own", async () => {
  const one = await device(newName());
  const sound = bytes(70_000);
  await record(one, [sound]);
  const note = await one.voices.keep(KEY, ROOM);
  const bond = newId();
  const copied = await one.voices.copy(note, ROOM, bond);
  assert.deepEqual([copied.ms, copied.type, copied.chunks], [note.ms, note.type, note.chunks]);
  assert.notEqual(copied.voice, note.voice);
  assert.notEqual(copied.key, note.key);
  assert.deepEqual(await heard(one.voices.play(bond, copied)), sound);
});

test("the sound of a note that never left is a recording again, unless another one waits there", async () => {
  const one = await device(newName());
  const sound = bytes(70_000);
  await record(one, [sound]);
  const note = await one.voices.keep(KEY, ROOM);
  await one.voices.toRecording("room:x", ROOM, note);
  assert.deepEqual(await one.voices.sound("room:x"), sound);
  assert.equal(one.voices.recording("room:x").value?.ms, note.ms);
  await one.voices.toRecording("room:x", ROOM, note);
  await record(one, [bytes(5)], "room:y");
  await assert.rejects(one.voices.toRecording("room:y", ROOM, note), fails("recording-waits"));
  assert.equal((await one.voices.sound("room:y")).length, 5);
});

test("copies stay within their bound, the oldest go; what was never sent stays, unless nothing has carried it for a day", async () => {
  let now = 0;
  const one = await device(newName(), new Shelves(), () => now);
  const chunk = bytes(1 << 20);
  const copies = Array.from({ length: 40 }, () => newId());
  for (const [at, voice] of copies.entries()) await one.local.voices.copy({ voice, room: ROOM, atMs: at }, 0, chunk);
  await record(one, [bytes(50_000)]);
  const [carried, lost] = [await one.voices.keep(KEY, ROOM), await one.voices.keep(KEY, newId())];
  await one.local.outbox.step([{ id: newId(), room: ROOM, what: "put", writtenMs: 0, content: bytes(1), body: null, refused: null, voices: [carried.voice] }], []);
  const there = async (voice: Id) => (await one.local.voices.get(voice)) !== null && (await one.local.voices.chunk(voice, 0)) !== null;
  await one.voices.tidy();
  assert.deepEqual(await Promise.all(copies.map(there)), copies.map((_, i) => i >= 10));
  assert.deepEqual(await Promise.all([carried.voice, lost.voice].map(there)), [true, true]);
  now = 2 * 86_400_000;
  await one.voices.tidy();
  assert.deepEqual(await Promise.all([carried.voice, lost.voice].map(there)), [true, false]);
});

test("what was learned is wiped without what was not sent: recordings and voices on their way stay, copies of others go", async () => {
  const one = await device(newName());
  await record(one, [bytes(50_000)]);
  const note = await one.voices.keep(KEY, ROOM);
  const copy = newId();
  await one.local.voices.copy({ voice: copy, room: ROOM, atMs: 0 }, 0, bytes(100));
  await one.local.wipe("read");
  assert.equal((await one.voices.sound(KEY)).length, 50_000);
  assert.equal((await heard(one.voices.play(ROOM, note))).length, 50_000);
  assert.deepEqual([await one.local.voices.get(copy), await one.local.voices.chunk(copy, 0)], [null, null]);
  await one.local.wipe("account");
  assert.deepEqual([await one.local.recordings.keys(), await one.local.voices.get(note.voice), await one.local.voices.chunk(note.voice, 0)], [[], null, null]);
});
