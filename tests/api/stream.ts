// SPDX-License-Identifier: AGPL-3.0-or-later
// The live stream: what happens is told to those whom it concerns, and a reader that was away learns whether it missed any.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64url } from "../../web/src/lib/base64url";
import { readOneEntryFrame } from "../../web/src/lib/frames";
import { until } from "../children";
import { Member, newId, newMember, random, sealedEntry } from "../member";
import { contract, place } from "./place";

interface Event {
  id: string;
  type: string;
  data: string;
}

/** Reads a stream in the background. */
async function listen(who: Member, last?: string) {
  const stop = new AbortController();
  const headers: Record<string, string> = { cookie: who.cookie ?? "", ...(last ? { "Last-Event-ID": last } : {}) };
  const reply = await contract.fetch(`${who.origin}/api/stream`, { headers, signal: stop.signal });
  const events: Event[] = [];
  const state = { ended: false };
  const read = async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const bytes of reply.body as unknown as AsyncIterable<Uint8Array>) {
      const parts = (text + decoder.decode(bytes, { stream: true })).split("\n\n");
      text = parts.pop() ?? "";
      for (const part of parts) {
        const field = (name: string) => part.match(new RegExp(`^${name}: ?(.*)$`, "m"))?.[1] ?? "";
        if (field("event")) events.push({ id: field("id"), type: field("event"), data: field("data") });
      }
    }
  };
  if (reply.status === 200) read().catch(() => undefined).finally(() => (state.ended = true));
  const next = (type: string, wanted: (event: Event) => boolean = () => true) => until(`an event ${type}`, () => events.find((one) => one.type === type && wanted(one)), 5000);
  return { reply, events, next, ended: () => state.ended, close: () => stop.abort() };
}

test("a stream begins with hello, and an entry reaches both people while they look", async () => {
  const { ada, ben, dora, room } = await place();
  const [mine, theirs, nobodys] = [await listen(ada), await listen(ben), await listen(dora)];
  assert.match(mine.reply.headers.get("content-type") ?? "", /^text\/event-stream/);
  assert.deepEqual(JSON.parse((await mine.next("hello")).data), { resumed: false });
  await theirs.next("hello");
  await nobodys.next("hello");
  const id = newId();
  const body = sealedEntry();
  const placed = (await ben.put(room, id, body)).json();
  for (const stream of [mine, theirs]) {
    const frame = readOneEntryFrame(fromBase64url((await stream.next("entry", ({ data }) => readOneEntryFrame(fromBase64url(data)).id === id)).data));
    assert.deepEqual([frame.room, frame.seq, frame.timeMs, frame.author, b64(frame.body)], [room, placed.seq, placed.time_ms, ben.id, b64(body)]);
  }
  assert.ok(!nobodys.events.some(({ type }) => type === "entry"), "nobody else hears of it");
  [mine, theirs, nobodys].forEach((stream) => stream.close());
});

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

test("a reader that comes back with its last id gets what it missed, in order, once", async () => {
  const { ada, ben, room } = await place();
  const first = await listen(ada);
  await first.next("hello");
  await ben.put(room, newId(), sealedEntry());
  const last = (await first.next("entry")).id;
  first.close();
  const missed = [newId(), newId(), newId()];
  for (const id of missed) await ben.put(room, id, sealedEntry());
  const second = await listen(ada, last);
  assert.deepEqual(JSON.parse((await second.next("hello")).data), { resumed: true });
  await until("all that was missed", () => second.events.filter(({ type }) => type === "entry").length >= missed.length);
  const got = second.events.filter(({ type }) => type === "entry").map(({ data }) => readOneEntryFrame(fromBase64url(data)).id);
  assert.deepEqual(got, missed);
  second.close();
});

test("an id of another life of the house resumes nothing, and says so", async () => {
  const { ada } = await place();
  const stream = await listen(ada, "deadbeef-12");
  assert.deepEqual(JSON.parse((await stream.next("hello")).data), { resumed: false });
  stream.close();
});

test("bonds, invites, rooms and the vault are told as they change", async () => {
  const { house, ada } = await place();
  const stream = await listen(ada);
  await stream.next("hello");
  const rob = await newMember(house, contract.fetch, "rob");
  const room = await rob.bondWith(ada);
  await stream.next("bond", ({ data }) => JSON.parse(data).room === room);
  await stream.next("invite");
  assert.equal((await rob.call("POST", `/api/rooms/${room}/changes`, { octets: await rob.keys.roll({ room }) })).status, 201);
  await stream.next("room", ({ data }) => JSON.parse(data).id === room);
  const { version } = (await ada.call("PUT", `/api/vault/${newId()}`, { octets: random(90), headers: { "If-Match": "0" } })).json();
  await stream.next("vault", ({ data }) => JSON.parse(data).version === version);
  stream.close();
});

test("the stream of a session that was ended is closed", async () => {
  const { ben } = await place();
  const tablet = await ben.secondDevice();
  const stream = await listen(tablet);
  await stream.next("hello");
  await ben.call("DELETE", `/api/sessions/${tablet.session}`);
  await until("the stream is closed", stream.ended, 5000);
});

test("what a blocked person writes is not brought to me", async () => {
  const { house, ada } = await place();
  const sue = await newMember(house, contract.fetch, "sue");
  const room = await sue.bondWith(ada);
  await ada.call("PUT", `/api/blocks/${sue.id}`);
  const stream = await listen(ada);
  await stream.next("hello");
  const before = newId();
  await sue.put(room, before, sealedEntry());
  const after = newId();
  await ada.put(room, after, sealedEntry());
  await stream.next("entry", ({ data }) => readOneEntryFrame(fromBase64url(data)).id === after);
  for (const { type, data } of stream.events) {
    if (type !== "entry") continue;
    const frame = readOneEntryFrame(fromBase64url(data));
    if (frame.id === before) assert.deepEqual([frame.state, frame.body.length], ["withheld", 0]);
  }
  await ada.call("DELETE", `/api/blocks/${sue.id}`);
  stream.close();
});
