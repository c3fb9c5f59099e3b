// SPDX-License-Identifier: AGPL-3.0-or-later
// The live stream: what happens is told to those whom it concerns, and a reader that was away learns whether it missed any.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64url } from "../../web/src/lib/base64url";
import { readOneEntryFrame } from "../../web/src/lib/frames";
import { until } from "../children";
import { listen as listenTo } from "../listener";
import { newId, newMember, random, sealedEntry, type Member } from "../member";
import { contract, place } from "./place";

const listen = (who: Member, last?: string) => listenTo(who.origin, who, last, contract.fetch);
const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

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
  await stream.closed();
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
