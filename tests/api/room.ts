// SPDX-License-Identifier: AGPL-3.0-or-later
// Rooms: order without gaps, repeats that do no harm, epochs, taking back, pages; and bonds that end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readEntryFrames } from "../../web/src/lib/frames";
import { Member, newId, newMember, sealedEntry } from "../member";
import { contract, place } from "./place";

const page = async (who: Member, room: string, query = "") => readEntryFrames((await who.call("GET", `/api/rooms/${room}/entries${query}`)).bytes);

async function freshBond(name: string): Promise<{ me: Member; other: Member; room: string }> {
  const { house, ada } = await place();
  const me = await newMember(house, contract.fetch, name);
  return { me, other: ada, room: await me.bondWith(ada) };
}

test("entries stand in the order they came, from 1, without gaps, for both", async () => {
  const { me, other, room } = await freshBond("mia");
  const sent: string[] = [];
  for (const [i, who] of [me, other, other, me].entries()) {
    const id = newId();
    const reply = await who.put(room, id, sealedEntry());
    assert.deepEqual([reply.status, reply.json().seq], [201, i + 1]);
    sent.push(id);
  }
  for (const who of [me, other]) {
    const lines = await page(who, room);
    assert.deepEqual(lines.map(({ id, seq }) => [id, seq]), sent.map((id, i) => [id, i + 1]));
  }
  const { rooms } = (await me.call("GET", "/api/rooms")).json();
  assert.deepEqual(rooms.find((one: { id: string }) => one.id === room), { id: room, kind: "bond", epoch: 1, seq: 4, ended: false });
  assert.deepEqual(rooms.find((one: { id: string }) => one.id === me.selfRoom), { id: me.selfRoom, kind: "self", epoch: 1, seq: 0, ended: false });
});

test("what was put comes back byte for byte, and opens", async () => {
  const { ada, ben, room } = await place();
  const id = newId();
  const { body } = await ben.keys.sealEntry({ room, id, content: { v: 1, kind: "share", prev: "", text: "it rained all day", wish: "listen" } });
  assert.equal((await ben.put(room, id, body)).status, 201);
  const line = (await page(ada, room)).find((one) => one.id === id);
  assert.ok(line);
  assert.deepEqual(Buffer.from(line.body), Buffer.from(body));
  assert.equal((await ada.keys.openEntry({ room, id, author: line.author, body: line.body })).text, "it rained all day");
});

test("a repeat answers as the first did; other bytes under the same id do not replace it", async () => {
  const { ben, ada, room } = await place();
  const id = newId();
  const body = sealedEntry();
  const first = await ben.put(room, id, body);
  const again = await ben.put(room, id, body);
  assert.deepEqual([again.status, again.json()], [200, first.json()]);
  const other = await ben.put(room, id, sealedEntry());
  assert.deepEqual([other.status, other.code, other.json().seq], [409, "entry-exists", first.json().seq]);
  assert.equal((await ada.put(room, id, body)).status, 409, "nor does another's");
});

test("many at once are all there, once each", async () => {
  const { me, other, room } = await freshBond("moe");
  const ids = Array.from({ length: 60 }, newId);
  const replies = await Promise.all(ids.map((id, i) => (i % 2 ? me : other).put(room, id, sealedEntry())));
  assert.deepEqual(replies.map(({ status }) => status), ids.map(() => 201));
  const lines = await page(me, room);
  assert.deepEqual(lines.map(({ seq }) => seq), ids.map((_, i) => i + 1));
  assert.deepEqual(new Set(lines.map(({ id }) => id)), new Set(ids));
  for (const [i, reply] of replies.entries()) assert.equal(lines[reply.json().seq - 1]?.id, ids[i]);
});

test("pages go forward and backward, and end", async () => {
  const { me, room } = await freshBond("max");
  for (let i = 0; i < 12; i++) await me.put(room, newId(), sealedEntry());
  const seqs = async (query: string) => (await page(me, room, query)).map(({ seq }) => seq);
  assert.deepEqual(await seqs("?after=0&limit=5"), [1, 2, 3, 4, 5]);
  assert.deepEqual(await seqs("?after=10"), [11, 12]);
  assert.deepEqual(await seqs("?after=12"), []);
  assert.deepEqual(await seqs("?before=13&limit=5"), [8, 9, 10, 11, 12]);
  assert.deepEqual(await seqs("?before=3&limit=5"), [1, 2]);
  for (const query of ["?limit=501", "?limit=0", "?after=-1", "?after=x", "?after=1&before=2", "?limit=1e3"])
    assert.equal((await me.call("GET", `/api/rooms/${room}/entries${query}`)).status, 400, query);
});

test("an entry has a size: 77 to 65,536 bytes", async () => {
  const { ben, room } = await place();
  assert.equal((await ben.put(room, newId(), sealedEntry(1, 65536))).status, 201);
  assert.equal((await ben.put(room, newId(), sealedEntry(1, 65537))).status, 413);
  assert.equal((await ben.put(room, newId(), sealedEntry(1, 77))).status, 201);
  assert.equal((await ben.put(room, newId(), sealedEntry(1, 76))).status, 400);
  assert.equal((await ben.put(room, newId(), new Uint8Array())).status, 400);
  assert.equal((await ben.put(room, newId(), sealedEntry().fill(2, 0, 1))).status, 400, "an unknown version");
});

test("who is not in a room finds nothing there, as if it were not", async () => {
  const { dora, ben, room } = await place();
  const id = newId();
  await ben.put(room, id, sealedEntry());
  for (const there of [room, newId()]) {
    const found = [
      await dora.call("GET", `/api/rooms/${there}/entries`),
      await dora.call("GET", `/api/rooms/${there}/roster`),
      await dora.call("GET", `/api/rooms/${there}/envelopes`),
      await dora.put(there, newId(), sealedEntry()),
      await dora.call("DELETE", `/api/rooms/${there}/entries/${id}`),
      await dora.call("DELETE", `/api/bonds/${there}`),
    ];
    for (const reply of found) assert.deepEqual([reply.status, reply.code], [404, "not-found"]);
  }
  const change = await ben.keys.roll({ room });
  assert.equal((await dora.call("POST", `/api/rooms/${room}/changes`, { octets: change })).status, 404);
});

test("what was taken back is erased for both, and a line says so; a repeat answers the same", async () => {
  const { ben, ada, room } = await place();
  const id = newId();
  const put = await ben.put(room, id, sealedEntry());
  assert.equal((await ada.call("DELETE", `/api/rooms/${room}/entries/${id}`)).code, "forbidden", "only by its author");
  const gone = await ben.call("DELETE", `/api/rooms/${room}/entries/${id}`);
  assert.equal(gone.status, 200);
  assert.deepEqual((await ben.call("DELETE", `/api/rooms/${room}/entries/${id}`)).json(), gone.json());
  const lines = await page(ada, room, `?after=${put.json().seq - 1}`);
  assert.deepEqual([lines[0]?.id, lines[0]?.state, lines[0]?.body.length], [id, "erased", 0]);
  const notice = lines.find(({ seq }) => seq === gone.json().seq);
  assert.equal(notice?.state, "takeback");
  assert.equal((await ben.put(room, id, sealedEntry())).code, "entry-exists", "its id stays taken");
});

test("a new epoch begins once; what is sealed under an old one is refused", async () => {
  const { me, other, room } = await freshBond("meg");
  await me.put(room, newId(), sealedEntry(1));
  const change = await me.keys.roll({ room });
  const rival = await other.keys.roll({ room });
  const post = (who: Member, octets: Uint8Array) => who.call("POST", `/api/rooms/${room}/changes`, { octets });
  assert.equal((await post(me, change.map((byte, i) => (i === 60 ? byte ^ 1 : byte)))).status, 400, "a bent link");
  const began = await post(me, change);
  assert.deepEqual([began.status, began.json()], [201, { epoch: 2 }]);
  assert.equal((await post(me, change)).status, 201, "a repeat is harmless");
  const late = await post(other, rival);
  assert.deepEqual([late.status, late.code, late.json().epoch], [409, "stale-epoch", 2]);
  const stale = await other.put(room, newId(), sealedEntry(1));
  assert.deepEqual([stale.status, stale.code, stale.json().epoch], [409, "stale-epoch", 2]);
  assert.equal((await other.put(room, newId(), sealedEntry(2))).status, 201);
  await other.learn(room);
  const id = newId();
  assert.equal((await other.keys.sealEntry({ room, id, content: { prev: "", kind: "thought" } })).epoch, 2);
  assert.equal((await me.call("GET", `/api/rooms/${room}/roster?after=2`)).bytes.length, 0);
  assert.ok((await me.call("GET", `/api/rooms/${room}/envelopes?after=1`)).bytes.length > 1257);
  assert.equal((await me.call("GET", `/api/rooms/${room}/roster?after=x`)).status, 400);
  assert.equal((await me.call("GET", `/api/rooms/${room}/envelopes?after=x`)).status, 400);
});

test("my self room is founded once, by me alone", async () => {
  const { ben, ada } = await place();
  const { room, change } = await ben.keys.foundSelf();
  const other = await ben.call("PUT", `/api/rooms/${room}`, { octets: change });
  assert.ok([200, 409].includes(other.status), "the same bytes are fine, another founding is not");
  assert.equal((await ada.call("PUT", `/api/rooms/${room}`, { octets: change })).status, 400, "not by another");
  assert.equal((await ben.call("PUT", `/api/rooms/${newId()}`, { octets: change })).status, 400, "not under another id");
});

test("the founding of a self room may be repeated", async () => {
  const { house } = await place();
  const nan = await Member.at(house.origin, contract.fetch);
  assert.equal((await nan.tryToArrive(await house.invite("house"), "nan", "nan's own passphrase")).status, 201);
  const { room, change } = await nan.keys.foundSelf();
  assert.equal((await nan.call("PUT", `/api/rooms/${room}`, { octets: change })).status, 201);
  assert.equal((await nan.call("PUT", `/api/rooms/${room}`, { octets: change })).status, 200);
  const another = await nan.keys.foundSelf();
  assert.equal((await nan.call("PUT", `/api/rooms/${room}`, { octets: another.change })).code, "exists");
});

test("a bond ends at once, by either; both still read, nobody writes", async () => {
  const { me, other, room } = await freshBond("moa");
  const id = newId();
  await me.put(room, id, sealedEntry());
  const change = await me.keys.roll({ room });
  assert.equal((await other.call("DELETE", `/api/bonds/${room}`)).status, 204);
  assert.equal((await other.call("DELETE", `/api/bonds/${room}`)).status, 204, "a repeat answers the same");
  const bond = async (who: Member) => (await who.call("GET", "/api/bonds")).json().bonds.find((one: { room: string }) => one.room === room);
  assert.equal((await bond(me)).ended_by_me, false);
  assert.equal((await bond(other)).ended_by_me, true);
  assert.notEqual((await bond(me)).ended_ms, null);
  for (const who of [me, other]) {
    assert.equal((await who.put(room, newId(), sealedEntry())).code, "room-ended");
    assert.equal((await page(who, room)).length, 1);
  }
  assert.equal((await me.call("POST", `/api/rooms/${room}/changes`, { octets: change })).code, "room-ended");
  assert.equal((await me.call("DELETE", `/api/rooms/${room}/entries/${id}`)).status, 200, "my words stay mine to take back");
  await me.bondWith(other);
});

test("an answer is shown to the inviter alone", async () => {
  const { ada, ben, room } = await place();
  const bond = async (who: Member) => (await who.call("GET", "/api/bonds")).json().bonds.find((one: { room: string }) => one.room === room);
  assert.ok((await bond(ada)).answer);
  assert.equal("answer" in (await bond(ben)), false);
});
