// SPDX-License-Identifier: AGPL-3.0-or-later
// Signals: whoever is there hears them, and they are kept nowhere.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readSignalFrame } from "../../web/src/api/signals";
import type { House } from "../harness";
import { listen as listenTo } from "../listener";
import { newId, newMember, random, sealedEntry, type Member } from "../member";
import { postgres } from "../postgres";
import { contract, place } from "./place";

const listen = async (who: Member, last?: string) => {
  const stream = await listenTo(who.origin, who, last, contract.fetch);
  await stream.next("hello");
  return stream;
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const aSignal = (epoch = 1) => sealedEntry(epoch, 557);
const signal = (who: Member, room: string, octets: Uint8Array) => who.call("POST", `/api/rooms/${room}/signals`, { octets });
const heard = (data: string) => ({ ...readSignalFrame(data), body: base64url(readSignalFrame(data).body) });

/** Every byte that the store keeps of a house. */
async function everythingOf(house: House): Promise<string> {
  // A newer pg_dump frames what it writes with a word that it draws anew each time.
  if (house.database) return (await (await postgres()).dump(house.database)).replace(/^\\(un)?restrict .*$/gm, "");
  const files = readdirSync(house.folder).filter((name) => /\.db(-wal)?$/.test(name));
  return files.map((name) => hex(readFileSync(join(house.folder, name)))).join("\n");
}

test("a signal reaches every open stream of both people, and nobody else's", async () => {
  const { ada, ben, dora, room } = await place();
  const tablet = await ben.secondDevice();
  const streams = await Promise.all([ada, ben, tablet].map((who) => listen(who)));
  const nobodys = await listen(dora);
  const body = aSignal();
  assert.equal((await signal(ben, room, body)).status, 204);
  for (const stream of streams) {
    const { id, data } = await stream.next("signal");
    assert.equal(id, "", "it has no place to come back to");
    assert.deepEqual(heard(data), { room, author: ben.id, body: base64url(body) });
  }
  assert.ok(!nobodys.events.some(({ type }) => type === "signal"));
  [...streams, nobodys].forEach((stream) => stream.close());
});

test("after many signals the store is what it was, to the byte, and the house has written nothing down", async () => {
  const { house, ada, ben, room } = await place();
  const stream = await listen(ada);
  const [store, log] = [await everythingOf(house), house.log()];
  const sent: Uint8Array[] = [];
  for (let i = 0; i < 100; i++) {
    const body = aSignal();
    assert.equal((await signal(i % 2 ? ada : ben, room, body)).status, 204);
    sent.push(body);
  }
  await stream.next("signal", ({ data }) => heard(data).body === base64url(sent.at(-1)!));
  assert.equal(stream.events.filter(({ type }) => type === "signal").length, sent.length);
  stream.close();
  const now = await everythingOf(house);
  assert.ok(now === store, "not a row has come, gone or changed");
  assert.equal(house.log(), log);
  for (const body of sent) assert.ok(!now.includes(hex(body.subarray(5, 40))));
  // An entry would have been found.
  const entry = sealedEntry(1, 557);
  assert.equal((await ada.put(room, newId(), entry)).status, 201);
  assert.ok((await everythingOf(house)).includes(hex(entry.subarray(5, 40))));
});

test("a stream that was cut and resumes gets the entries that it missed, and none of the signals", async () => {
  const { ada, ben, room } = await place();
  const first = await listen(ada);
  await ben.put(room, newId(), sealedEntry());
  const last = (await first.next("entry")).id;
  await signal(ben, room, aSignal());
  await first.next("signal");
  first.close();
  await signal(ben, room, aSignal());
  await ben.put(room, newId(), sealedEntry());
  await signal(ben, room, aSignal());
  const second = await listen(ada, last);
  assert.deepEqual(JSON.parse((await second.next("hello")).data), { resumed: true });
  await second.next("entry");
  const now = aSignal();
  await signal(ben, room, now);
  await second.next("signal");
  assert.deepEqual(second.events.filter(({ type }) => type === "signal").map(({ data }) => heard(data).body), [base64url(now)]);
  second.close();
});

test("whoever blocks the author hears no signal of theirs, and the author is told nothing", async () => {
  const { house, ada } = await place();
  const sue = await newMember(house, contract.fetch, "sue-signals");
  const room = await sue.bondWith(ada);
  await ada.call("PUT", `/api/blocks/${sue.id}`);
  const stream = await listen(ada);
  assert.equal((await signal(sue, room, aSignal())).status, 204);
  await sue.put(room, newId(), sealedEntry());
  await stream.next("entry");
  assert.ok(!stream.events.some(({ type }) => type === "signal"));
  await ada.call("DELETE", `/api/blocks/${sue.id}`);
  stream.close();
});

test("a signal of another shape, size, epoch or room is refused", async () => {
  const { ada, dora, room } = await place();
  const answer = async (who: Member, to: string, octets: Uint8Array) => {
    const { status, code } = await signal(who, to, octets);
    return [status, code];
  };
  assert.deepEqual(await answer(ada, room, sealedEntry(1, 44)), [400, "bad-input"]);
  assert.deepEqual(await answer(ada, room, new Uint8Array([2, ...random(100)])), [400, "bad-input"]);
  assert.deepEqual(await answer(ada, room, sealedEntry(1, 1025)), [413, "too-big"]);
  assert.deepEqual(await answer(ada, room, aSignal(7)), [409, "stale-epoch"]);
  assert.deepEqual(await answer(dora, room, aSignal()), [404, "not-found"]);
  assert.deepEqual(await answer(ada, ada.selfRoom, aSignal()), [403, "forbidden"]);
});

test("one person cannot signal without end", async () => {
  const { house, ada } = await place();
  const tom = await newMember(house, contract.fetch, "tom-signals");
  const room = await tom.bondWith(ada);
  const answers = await Promise.all(Array.from({ length: 400 }, () => signal(tom, room, aSignal())));
  const slowed = answers.filter(({ status }) => status === 429);
  assert.ok(slowed.length > 50, `${slowed.length} of 400`);
  assert.ok(slowed.every(({ code, headers }) => code === "slow-down" && Number(headers.get("retry-after")) >= 1));
  assert.equal((await ada.call("GET", "/api/rooms")).status, 200, "nobody else is slowed");
});
