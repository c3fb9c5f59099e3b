/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Storage, on an IndexedDB in memory: what is one step must be one step, and what is sealed must look so.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { fromId } from "../lib/id";
import { openLocal, type EntryRow, type Local, type OutboxRow } from "./local";

const ROOM = "AAAAAAAAAAAAAAAAAAAAAA";
const ME = "AQAAAAAAAAAAAAAAAAAAAA";
const OTHER = "AgAAAAAAAAAAAAAAAAAAAA";
const idOf = (n: number) => `${String.fromCharCode(65 + n)}AAAAAAAAAAAAAAAAAAAAQ`;

let stores = 0;
const fresh = (): Local => openLocal(`local-test-${++stores}`, () => webcrypto as unknown as Crypto);

const line = (seq: number, more: Partial<EntryRow> = {}): EntryRow => ({ room: ROOM, seq, timeMs: seq, author: ME, id: idOf(seq), state: "plain", body: new Uint8Array([seq]), ...more });
const waiting = (id: string, more: Partial<OutboxRow> = {}): OutboxRow => ({ id, room: ROOM, what: "put", writtenMs: 0, content: new Uint8Array([1]), body: null, refused: null, ...more });

test("what the device keeps is sealed, opens again, and cannot be moved between rows", async () => {
  const local = fresh();
  const words = new TextEncoder().encode("who is signed in here");
  await local.device.put("session", words);
  assert.deepEqual(await local.device.get("session"), words);
  const raw = await new Promise<{ iv: Uint8Array; sealed: Uint8Array }>((done) => {
    const opening = indexedDB.open(`local-test-${stores}`);
    opening.onsuccess = () => {
      const store = opening.result.transaction("device", "readwrite").objectStore("device");
      const got = store.get("session");
      got.onsuccess = () => {
        store.put(got.result, "settings");
        done(got.result as { iv: Uint8Array; sealed: Uint8Array });
      };
    };
  });
  assert.ok(!Buffer.from(raw.sealed).includes("signed in"));
  assert.equal((await local.device.key()).extractable, false);
  assert.equal(await local.device.get("settings"), null);
});

test("an acknowledged entry leaves the outbox in the step that puts it down; a takeback of it stays", async () => {
  const local = fresh();
  await local.outbox.step([waiting(idOf(1)), waiting(idOf(2), { body: new Uint8Array([1]) })], []);
  await local.outbox.step([], [waiting(idOf(2), { what: "takeback" })]);
  await local.entries.put([line(1)], idOf(1));
  await local.entries.put([line(2)], idOf(2));
  assert.deepEqual((await local.outbox.all()).map(({ what }) => what), ["takeback"]);
  assert.equal((await local.entries.page(ROOM, 9, 9)).length, 2);
});

test("what waits, or stands in its room, is not put down again; what never left is gone when it is taken back", async () => {
  const local = fresh();
  await local.entries.put([line(1)]);
  const orders = await local.outbox.step([waiting(idOf(1)), waiting(idOf(2)), waiting(idOf(2)), waiting(idOf(3))], []);
  assert.deepEqual(orders.map((order) => order === null), [true, false, true, false]);
  const back = (id: string, more: Partial<OutboxRow> = {}) => waiting(id, { what: "takeback", ...more });
  await local.outbox.step([], [back(idOf(1)), back(idOf(2)), back(idOf(3), { voices: [idOf(9)] })]);
  assert.deepEqual((await local.outbox.all()).map(({ id, what }) => [id, what]), [[idOf(3), "takeback"], [idOf(1), "takeback"]]);
});

test("what makes room for other words is taken back only when they are gone from here, and its own words stay until then", async () => {
  const local = fresh();
  await local.outbox.step([waiting(idOf(1))], []);
  await local.outbox.step([waiting(idOf(2))], [waiting(idOf(1), { what: "takeback", after: [idOf(2)] })]);
  assert.deepEqual((await local.outbox.all()).map(({ id, what }) => [id, what]), [[idOf(1), "put"], [idOf(2), "put"], [idOf(1), "takeback"]]);
  assert.equal(await local.outbox.discard(idOf(2), () => true), true);
  assert.deepEqual((await local.outbox.all()).map(({ id, what }) => [id, what]), [[idOf(1), "put"]]);
});

const note = (local: Local, n: number) => local.voices.put({ voice: idOf(n), room: ROOM, atMs: n }, [new Uint8Array([n]), new Uint8Array([n, n])]);

test("a voice is the only one there is until its entry is at the house; then it is a copy", async () => {
  const local = fresh();
  for (const n of [7, 8]) await note(local, n);
  await local.outbox.step([waiting(idOf(1), { voices: [idOf(7)] }), waiting(idOf(2), { voices: [idOf(8)] })], []);
  assert.deepEqual(await Promise.all([7, 8, 9].map((n) => local.voices.carried(idOf(n)))), [true, true, false]);
  await local.entries.put([line(1)], idOf(1));
  await local.outbox.delete(idOf(2));
  for (const n of [7, 8]) assert.equal((await local.voices.get(idOf(n)))?.is, "copy");
  assert.deepEqual(await local.voices.chunk(idOf(7), 1), new Uint8Array([7, 7]));
});

test("a voice goes with what it is taken back with; the takeback stays only if the house may have a part of it", async () => {
  const local = fresh();
  for (const n of [7, 8]) await note(local, n);
  await local.voices.begin(idOf(8));
  await local.outbox.step([waiting(idOf(1), { voices: [idOf(7)] }), waiting(idOf(2), { voices: [idOf(8)] })], []);
  await local.outbox.step([], [1, 2].map((n) => waiting(idOf(n), { what: "takeback", voices: [idOf(6 + n)] })));
  assert.deepEqual((await local.outbox.all()).map(({ id, what, voices }) => [id, what, voices]), [[idOf(2), "takeback", [idOf(8)]]]);
  for (const n of [7, 8]) assert.deepEqual([await local.voices.get(idOf(n)), await local.voices.chunk(idOf(n), 0)], [null, null]);
});

test("a voice of words thrown away goes, unless other words carry it, or it is at the house already", async () => {
  const local = fresh();
  for (const n of [7, 8, 9, 10]) await note(local, n);
  await local.voices.begin(idOf(9));
  await local.outbox.step([waiting(idOf(1), { voices: [idOf(10)] })], []);
  await local.entries.put([line(1)], idOf(1));
  const all = [7, 8, 9, 10].map(idOf);
  await local.outbox.step([waiting(idOf(2), { voices: all }), waiting(idOf(3), { voices: [idOf(8)] })], []);
  assert.equal(await local.outbox.discard(idOf(2), () => true), true);
  assert.deepEqual((await local.outbox.all()).map(({ id, what, voices }) => [id, what, voices]), [[idOf(2), "takeback", [idOf(9)]], [idOf(3), "put", [idOf(8)]]]);
  assert.deepEqual(await Promise.all(all.map(async (voice) => (await local.voices.get(voice))?.is)), [undefined, "mine", undefined, "copy"]);
});

test("a copy never takes the place of what was not sent yet", async () => {
  const local = fresh();
  await note(local, 7);
  await local.voices.copy({ voice: idOf(7), room: ROOM, atMs: 0 }, 2, new Uint8Array([1]));
  assert.deepEqual([(await local.voices.get(idOf(7)))?.is, await local.voices.chunk(idOf(7), 2)], ["mine", null]);
});

test("what is thrown away takes along what was to leave after it", async () => {
  const local = fresh();
  await local.outbox.step([waiting(idOf(1), { refused: "limit" })], [waiting(idOf(2), { what: "takeback", after: [idOf(1)] })]);
  assert.equal(await local.outbox.discard(idOf(1), ({ refused }) => refused === null), false);
  assert.equal((await local.outbox.all()).length, 2);
  assert.equal(await local.outbox.discard(idOf(1), () => true), true);
  assert.deepEqual(await local.outbox.all(), []);
});

test("a takeback erases its author's line and nobody else's, and what is erased stays so", async () => {
  const local = fresh();
  await local.entries.put([line(1), line(2, { author: OTHER })]);
  const back = (seq: number, target: number) => line(seq, { state: "takeback", body: fromId(idOf(target)) });
  await local.entries.put([back(3, 1), back(4, 2)]);
  await local.entries.put([line(1)]);
  const [first, second] = await local.entries.page(ROOM, 9, 9);
  assert.deepEqual([first?.state, first?.body.length, second?.state], ["erased", 0, "plain"]);
});

test("pages end where they are asked to and keep to their room", async () => {
  const local = fresh();
  await local.entries.put([1, 2, 3, 4, 5].map((seq) => line(seq)));
  await local.entries.put([line(3, { room: ME })]);
  assert.deepEqual((await local.entries.page(ROOM, 5, 2)).map(({ seq }) => seq), [3, 4]);
  assert.deepEqual((await local.entries.after(ROOM, 3)).map(({ seq }) => seq), [4, 5]);
});

test("an outbox row goes only if what stands there allows it", async () => {
  const local = fresh();
  await local.outbox.step([waiting(idOf(1))], []);
  assert.equal(await local.outbox.change(idOf(1), (row) => ({ ...row, body: new Uint8Array([9]) })), true);
  assert.equal(await local.outbox.delete(idOf(1), (row) => row.body === null), false);
  assert.equal(await local.outbox.delete(idOf(1)), true);
  assert.equal(await local.outbox.change(idOf(1), (row) => row), false);
});

test("wiping the account leaves the device's own, wiping all leaves nothing", async () => {
  const local = fresh();
  await local.device.put("settings", new Uint8Array([1]));
  await local.drafts.put("checkin", new Uint8Array([2]));
  await local.wipe("read");
  assert.equal((await local.drafts.all()).length, 1);
  await local.wipe("account");
  assert.deepEqual(await local.drafts.all(), []);
  assert.notEqual(await local.device.get("settings"), null);
  await local.wipe("all");
  assert.equal(await local.device.get("settings"), null);
});

test("what fades leaves its place and no words, nor the voices it carried; a room that is forgotten leaves nothing, another's nothing less", async () => {
  const local = fresh();
  const room = OTHER;
  await local.entries.put([line(1), line(2), line(3, { state: "takeback", body: fromId(idOf(9)) }), line(1, { room })]);
  await local.voices.copy({ voice: idOf(7), room: ROOM, atMs: 0 }, 0, new Uint8Array([1]));
  await local.entries.fade(ROOM, [1, 3, 8], [idOf(7)]);
  assert.deepEqual((await local.entries.page(ROOM, 9, 9)).map(({ state, body }) => [state, body.length]), [["erased", 0], ["plain", 1], ["takeback", 16]]);
  assert.equal(await local.voices.chunk(idOf(7), 0), null);

  await local.keys.put({ room: ROOM, links: [], envelopes: [] });
  await local.outbox.step([waiting(idOf(4)), waiting(idOf(5), { room })], []);
  await local.voices.copy({ voice: idOf(8), room: ROOM, atMs: 0 }, 0, new Uint8Array([1]));
  await local.forgetRoom(ROOM);
  assert.deepEqual([await local.entries.page(ROOM, 9, 9), await local.keys.get(ROOM), await local.voices.get(idOf(8)), await local.voices.chunk(idOf(8), 0)], [[], null, null, null]);
  assert.deepEqual((await local.outbox.all()).map(({ id }) => id), [idOf(5)]);
  assert.equal((await local.entries.page(room, 9, 9)).length, 1);
});
