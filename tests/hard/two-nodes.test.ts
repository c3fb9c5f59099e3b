// SPDX-License-Identifier: AGPL-3.0-or-later
// Two servers on one PostgreSQL: what is written through one is heard live through the other, and order is one order.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { readSignalFrame } from "../../web/src/api/signals";
import { fromBase64url } from "../../web/src/lib/base64url";
import { readOneEntryFrame } from "../../web/src/lib/frames";
import { until } from "../children";
import { openHouse, sweepUp } from "../harness";
import { listen, stopListening } from "../listener";
import { newId, newMember, sealedEntry, type Member } from "../member";
import { nothingIsLost, Writer } from "../writer";

after(async () => {
  stopListening();
  await sweepUp();
});

/** The same signed-in person, asking another server. */
function through(origin: string, who: Member): Member {
  return Object.assign(Object.create(Object.getPrototypeOf(who) as object) as Member, who, { origin });
}

test("what one node commits, people on the other hear live, once, in the room's one order", { timeout: 60_000 }, async () => {
  const first = await openHouse({ store: "postgres" });
  const second = await first.secondNode();
  const ada = await newMember(first, fetch, "ada", "steward");
  const ben = await newMember(second, fetch, "ben");
  const room = await ben.bondWith(ada);
  const [near, far] = [await listen(first.origin, ada), await listen(second.origin, ben)];
  await near.next("hello");
  await far.next("hello");
  const sent: string[] = [];
  for (let i = 0; i < 40; i++) {
    const id = newId();
    assert.equal((await (i % 2 ? ada : ben).put(room, id, sealedEntry())).status, 201);
    sent.push(id);
  }
  for (const stream of [near, far]) {
    const heard = () => stream.events.filter(({ type }) => type === "entry").map(({ data }) => readOneEntryFrame(fromBase64url(data)));
    await until("all are heard", () => heard().length >= sent.length, 5000);
    // Two nodes commit side by side, so news of one may overtake news of the other; seq says the order.
    const inOrder = heard().sort((one, other) => one.seq - other.seq);
    assert.deepEqual(inOrder.map(({ id }) => id), sent);
    assert.deepEqual(inOrder.map(({ seq }) => seq), sent.map((_, i) => i + 1));
    stream.close();
  }
  await first.close();
});

test("a signal given to one node is heard once by each stream on either, and by none that opens later", { timeout: 60_000 }, async () => {
  const first = await openHouse({ store: "postgres" });
  const second = await first.secondNode();
  const ada = await newMember(first, fetch, "ada", "steward");
  const ben = await newMember(second, fetch, "ben");
  const cleo = await newMember(second, fetch, "cleo");
  const room = await ben.bondWith(ada);
  const streams = [await listen(first.origin, ada), await listen(second.origin, ada), await listen(first.origin, ben), await listen(second.origin, ben)];
  const cleos = await listen(second.origin, cleo);
  for (const stream of [...streams, cleos]) await stream.next("hello");
  const sent: string[] = [];
  for (let i = 0; i < 60; i++) {
    const body = sealedEntry(1, i % 2 ? 557 : 1024);
    assert.equal((await (i % 3 ? ada : ben).call("POST", `/api/rooms/${room}/signals`, { octets: body })).status, 204);
    sent.push(Buffer.from(body).toString("base64url"));
  }
  const heard = (stream: (typeof streams)[number]) =>
    stream.events.filter(({ type }) => type === "signal").map(({ data }) => Buffer.from(readSignalFrame(data).body).toString("base64url"));
  for (const stream of streams) {
    await until("all are heard", () => heard(stream).length >= sent.length, 5000);
    assert.deepEqual(heard(stream).sort(), [...sent].sort());
  }
  const late = await listen(second.origin, ben);
  await late.next("hello");
  assert.deepEqual([heard(late), heard(cleos)], [[], []]);
  for (const stream of [...streams, cleos, late]) stream.close();
  await first.close();
});

test("a session that was ended on one node is over on the other, and its stream there closes", { timeout: 60_000 }, async () => {
  const first = await openHouse({ store: "postgres" });
  const second = await first.secondNode();
  const ada = await newMember(first, fetch, "ada", "steward");
  const tablet = await ada.secondDevice();
  const stream = await listen(second.origin, tablet);
  await stream.next("hello");
  assert.equal((await ada.call("DELETE", `/api/sessions/${tablet.session}`)).status, 204);
  await stream.closed();
  assert.equal((await fetch(`${second.origin}/api/person`, { headers: { cookie: tablet.cookie ?? "" } })).status, 401);
  await first.close();
});

test("many write to one room through both nodes, one of them is killed, and nothing is lost", { timeout: 120_000 }, async () => {
  const first = await openHouse({ store: "postgres" });
  const second = await first.secondNode();
  const ada = await newMember(first, fetch, "ada", "steward");
  const ben = await newMember(first, fetch, "ben");
  const room = await ben.bondWith(ada);
  const writers = [ada, ben].flatMap((who) => [new Writer(who, room, 5), new Writer(through(second.origin, who), room, 5)]);
  for (let i = 0; i < 5; i++) {
    writers.forEach((writer) => writer.start());
    await new Promise((done) => setTimeout(done, 400));
    await second.end("SIGKILL");
    await new Promise((done) => setTimeout(done, 200));
    await second.open();
    await Promise.all(writers.map((writer) => writer.stop()));
  }
  assert.ok((await nothingIsLost(writers)) > 50);
  await first.close();
});
