// SPDX-License-Identifier: AGPL-3.0-or-later
// Voice notes: chunks in order, going on after a cut, who hears them, how much one may keep, and what is left when they go.
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Caller } from "../caller";
import { run } from "../children";
import { BESIDE, openHouse, type House } from "../harness";
import { b64, Member, newId, newMember, random } from "../member";
import { say } from "../raw";
import { contract, place } from "./place";

const CHUNK = 32768 + 17;
const newChunk = (size = CHUNK) => random(size);
const at = (room: string, voice: string) => `/api/rooms/${room}/voice/${voice}`;
const put = (who: Member, room: string, voice: string, n: number | string, octets: Uint8Array, last?: number | string) =>
  who.call("PUT", `${at(room, voice)}?n=${n}${last === undefined ? "" : `&last=${last}`}`, { octets });
const head = (who: Member, room: string, voice: string) => who.call("GET", at(room, voice));
const use = async (who: Member) => (await who.call("GET", "/api/voice")).json();

/** (n u32 ‖ length u32 ‖ chunk)* */
function readChunks(bytes: Uint8Array): { n: number; chunk: Uint8Array }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = [];
  for (let i = 0; i < bytes.length; ) {
    const end = i + 8 + view.getUint32(i + 4);
    assert.ok(end <= bytes.length, "no chunk is cut");
    found.push({ n: view.getUint32(i), chunk: bytes.subarray(i + 8, end) });
    i = end;
  }
  return found;
}

const chunks = async (who: Caller, room: string, voice: string, query = "") => readChunks((await who.call("GET", `${at(room, voice)}/chunks${query}`)).bytes);

/** A whole note of these chunks. */
async function record(who: Member, room: string, parts: Uint8Array[]): Promise<string> {
  const voice = newId();
  for (const [n, part] of parts.entries()) assert.equal((await put(who, room, voice, n, part, n === parts.length - 1 ? 1 : 0)).status, 200);
  return voice;
}

async function freshBond(name: string): Promise<{ house: House; me: Member; other: Member; room: string }> {
  const { house, ada } = await place();
  const me = await newMember(house, contract.fetch, name);
  return { house, me, other: ada, room: await me.bondWith(ada) };
}

test("a note is put chunk by chunk and comes back byte for byte, for both", async () => {
  const { me, other, room } = await freshBond("uma");
  const voice = newId();
  const sound = [newChunk(32832), newChunk(), newChunk()];
  for (const [n, part] of sound.entries()) {
    const reply = await put(me, room, voice, n, part, n === 2 ? 1 : undefined);
    assert.deepEqual([reply.status, reply.json()], [200, { have: n + 1, done: n === 2 }]);
  }
  for (const who of [me, other]) {
    assert.deepEqual((await head(who, room, voice)).json(), { have: 3, done: true, bytes: 32832 + 2 * CHUNK });
    const heard = await chunks(who, room, voice);
    assert.deepEqual(heard.map(({ n }) => n), [0, 1, 2]);
    for (const { n, chunk } of heard) assert.ok(Buffer.from(chunk).equals(sound[n] as Uint8Array), `chunk ${n}`);
  }
  assert.deepEqual((await chunks(other, room, voice, "?from=2")).map(({ n }) => n), [2]);
  assert.deepEqual(await chunks(other, room, voice, "?from=3"), []);
  assert.deepEqual((await use(me)).used_bytes, 32832 + 2 * CHUNK);
  assert.equal((await use(other)).used_bytes, 0, "it counts for who recorded it");
});

test("what the shipped keyring seals fits, and opens again", async () => {
  const { ada, ben, room } = await place();
  const voice = newId();
  const sound = random(100_000);
  const sealed = await ben.keys.sealVoice({ room, voice, sound });
  for (const [n, part] of sealed.chunks.entries()) assert.equal((await put(ben, room, voice, n, part, n === sealed.chunks.length - 1 ? 1 : 0)).status, 200);
  const handle = await ada.keys.openVoice({ room, voice, key: sealed.key, digest: sealed.digest });
  const opened = [];
  for (const { chunk } of await chunks(ada, room, voice)) opened.push(await ada.keys.openVoiceChunk({ handle, chunk: chunk.slice() }));
  assert.ok(Buffer.concat(opened.map((part) => part.sound)).equals(sound));
  assert.deepEqual(opened.map(({ last }) => last), opened.map((_, i) => i === opened.length - 1));
  assert.equal((await ben.call("DELETE", at(room, voice))).status, 204);
});

test("after a cut one asks what is there and goes on; a repeat changes nothing", async () => {
  const { house, me, room } = await freshBond("uri");
  const voice = newId();
  const sound = [newChunk(), newChunk(), newChunk()];
  const send = (n: number, last = 0) => put(me, room, voice, n, sound[n] as Uint8Array, last);
  await send(0);
  // The connection breaks in the middle of a chunk.
  const begun = [`PUT ${at(room, voice)}?n=1 HTTP/1.1`, `Host: 127.0.0.1:${house.port}`, `Origin: ${house.origin}`, `Cookie: ${me.cookie}`, "Content-Type: application/octet-stream", `Content-Length: ${CHUNK}`, "", ""];
  await say(house.port, [begun.join("\r\n"), newChunk(20_000)], { hangUp: true, limitMs: 50 });
  await sleep(100);
  assert.deepEqual((await head(me, room, voice)).json(), { have: 1, done: false, bytes: CHUNK }, "half a chunk is none");
  assert.deepEqual((await send(1)).json(), { have: 2, done: false });
  assert.deepEqual((await send(0)).json(), { have: 2, done: false }, "a repeat of an earlier one");
  assert.deepEqual((await send(1)).json(), { have: 2, done: false }, "and of the latest");
  assert.deepEqual((await send(2, 1)).json(), { have: 3, done: true });
  assert.deepEqual((await send(2, 1)).json(), { have: 3, done: true });
  assert.equal((await use(me)).used_bytes, 3 * CHUNK);
});

test("another order, other bytes, and more behind the end are refused, and say how many chunks are there", async () => {
  const { me, room } = await freshBond("ugo");
  const voice = newId();
  const first = newChunk();
  const refused = async (n: number, octets: Uint8Array, last: number, have: number) => {
    const reply = await put(me, room, voice, n, octets, last);
    assert.deepEqual([reply.status, reply.code, reply.json().have], [409, "voice-order", have], `chunk ${n}`);
  };
  await refused(1, newChunk(), 0, 0);
  await put(me, room, voice, 0, first, 0);
  await refused(0, newChunk(), 0, 1);
  await refused(0, first, 1, 1);
  await refused(2, newChunk(), 1, 1);
  await put(me, room, voice, 1, newChunk(), 1);
  await refused(2, newChunk(), 1, 2);
  await refused(1, newChunk(), 1, 2);
  assert.deepEqual((await head(me, room, voice)).json(), { have: 2, done: true, bytes: 2 * CHUNK });
});

test("many copies of the same chunk at once leave one", async () => {
  const { me, room } = await freshBond("una");
  const voice = newId();
  const sound = newChunk();
  const replies = await Promise.all(Array.from({ length: 20 }, () => put(me, room, voice, 0, sound, 1)));
  for (const reply of replies) assert.deepEqual(reply.json(), { have: 1, done: true });
  assert.equal((await use(me)).used_bytes, CHUNK);
});

test("a chunk has a size, and its number must be one", async () => {
  const { me, room } = await freshBond("ula");
  const voice = newId();
  for (const size of [0, 100, 32768]) assert.deepEqual((await put(me, room, voice, 0, newChunk(size), 1)).code, "bad-input", String(size));
  assert.deepEqual((await put(me, room, voice, 0, newChunk(32833), 1)).code, "too-big");
  assert.deepEqual((await put(me, room, voice, 544, newChunk(), 1)).code, "too-big", "longer than a note may be");
  for (const n of ["", "-1", "x", "1.5", "99999999999999999999"]) assert.equal((await put(me, room, voice, n, newChunk(), 1)).code, "bad-input", n);
  for (const last of ["", "2", "true"]) assert.equal((await put(me, room, voice, 0, newChunk(), last)).code, "bad-input", last);
  assert.equal((await me.call("PUT", at(room, voice), { octets: newChunk() })).code, "bad-input", "n must be there");
  assert.equal((await head(me, room, voice)).status, 404, "nothing of all this made a note");
  const there = await record(me, room, [newChunk()]);
  assert.equal((await me.call("GET", `${at(room, there)}/chunks?from=x`)).status, 400);
});

test("who is not in a room finds nothing there, as if it were not", async () => {
  const { dora, ben, room } = await place();
  const voice = await record(ben, room, [newChunk()]);
  for (const there of [room, newId()]) {
    const found = [
      await put(dora, there, voice, 0, newChunk(), 1),
      await put(dora, there, newId(), 0, newChunk(), 1),
      await head(dora, there, voice),
      await dora.call("GET", `${at(there, voice)}/chunks`),
      await dora.call("DELETE", at(there, voice)),
    ];
    for (const reply of found) assert.deepEqual([reply.status, reply.code], [404, "not-found"]);
  }
  assert.equal((await ben.call("GET", `${at(room, newId())}/chunks`)).status, 404);
});

test("only who recorded a note adds to it or deletes it; it is gone for both, and deleting again is fine", async () => {
  const { me, other, room } = await freshBond("ute");
  const voice = newId();
  await put(me, room, voice, 0, newChunk());
  assert.deepEqual((await put(other, room, voice, 1, newChunk(), 1)).code, "exists");
  assert.deepEqual((await other.call("DELETE", at(room, voice))).code, "forbidden");
  for (let i = 0; i < 2; i++) assert.equal((await me.call("DELETE", at(room, voice))).status, 204);
  assert.equal((await me.call("DELETE", at(room, newId()))).status, 204);
  for (const who of [me, other]) assert.equal((await head(who, room, voice)).status, 404);
  assert.equal((await use(me)).used_bytes, 0);
});

test("who blocks somebody does not hear them, and they are told nothing", async () => {
  const { me, other, room } = await freshBond("ulf");
  const voice = newId();
  await put(me, room, voice, 0, newChunk());
  assert.equal((await other.call("PUT", `/api/blocks/${me.id}`)).status, 204);
  assert.equal((await put(me, room, voice, 1, newChunk(), 1)).status, 200);
  assert.equal((await chunks(me, room, voice)).length, 2);
  for (const path of [at(room, voice), `${at(room, voice)}/chunks`]) assert.deepEqual((await other.call("GET", path)).code, "not-found");
  assert.equal((await other.call("DELETE", `/api/blocks/${me.id}`)).status, 204);
  assert.equal((await chunks(other, room, voice)).length, 2);
});

test("a room that has ended takes no sound; what was said can be heard, and deleted", async () => {
  const { me, other, room } = await freshBond("ulrike");
  const sound = newChunk();
  const voice = await record(me, room, [sound]);
  await other.call("DELETE", `/api/bonds/${room}`);
  assert.equal((await put(me, room, newId(), 0, newChunk())).code, "room-ended");
  assert.equal((await put(me, room, voice, 0, sound, 1)).status, 200, "a repeat is still answered");
  assert.equal((await chunks(other, room, voice)).length, 1);
  assert.equal((await me.call("DELETE", at(room, voice))).status, 204);
  assert.equal((await head(other, room, voice)).status, 404);
});

test("a long note comes over in pages that end", async () => {
  const { me, room } = await freshBond("umberto");
  const voice = await record(me, room, Array.from({ length: 70 }, () => newChunk()));
  const seen: number[] = [];
  for (let page = await chunks(me, room, voice); page.length > 0; page = await chunks(me, room, voice, `?from=${seen.length}`)) {
    assert.ok(page.length <= 32);
    seen.push(...page.map(({ n }) => n));
  }
  assert.deepEqual(seen, Array.from({ length: 70 }, (_, i) => i));
});

async function erase(who: Member): Promise<void> {
  const counter = (await who.call("GET", "/api/person")).json().counter + 1;
  const { signature } = await who.keys.deletion({ houseId: who.houseId, counter });
  assert.equal((await who.call("DELETE", "/api/person", { json: { counter, signature: b64(signature) } })).status, 204);
}

test("a deleted account takes its voice along, and leaves the other's", async () => {
  const { house, me, other, room } = await freshBond("ursula");
  const mine = await record(me, room, [newChunk(), newChunk()]);
  const theirs = await record(other, room, [newChunk()]);
  await record(me, me.selfRoom, [newChunk()]);
  await erase(me);
  assert.equal((await head(other, room, mine)).status, 404);
  assert.equal((await chunks(other, room, theirs)).length, 1);
  await house.check();
});

test("what one person may keep is limited, and told beforehand", async () => {
  const house = await openHouse({ flags: ["--voice-quota-mb", "1"] });
  const ann = await newMember(house, contract.fetch, "ann", "steward");
  const quota = 1 << 20;
  assert.equal((await ann.call("GET", "/api/house")).json().limits.voice_quota_bytes, quota);
  assert.deepEqual(await use(ann), { used_bytes: 0, quota_bytes: quota });
  const first = await record(ann, ann.selfRoom, Array.from({ length: 20 }, () => newChunk()));
  const voice = newId();
  for (let n = 0; n < 11; n++) assert.equal((await put(ann, ann.selfRoom, voice, n, newChunk())).status, 200);
  const full = await put(ann, ann.selfRoom, voice, 11, newChunk(), 1);
  assert.deepEqual([full.status, full.code, full.json().used_bytes, full.json().quota_bytes], [507, "voice-full", 31 * CHUNK, quota]);
  assert.deepEqual((await head(ann, ann.selfRoom, voice)).json(), { have: 11, done: false, bytes: 11 * CHUNK });
  await ann.call("DELETE", at(ann.selfRoom, first));
  assert.equal((await put(ann, ann.selfRoom, voice, 11, newChunk(), 1)).status, 200, "once there is room it goes on");
  assert.match(await house.admin("counts"), /^voice-notes 1\nvoice-bytes 393420$/m);
  await house.check();
  await house.close();
});

test("a backup holds the voice notes, and a house that was restored from it gives them back", async () => {
  const house = await openHouse({ store: "sqlite" });
  const ann = await newMember(house, contract.fetch, "ann", "steward");
  const sound = [newChunk(), newChunk()];
  const voice = await record(ann, ann.selfRoom, sound);
  const folder = mkdtempSync(join(tmpdir(), "beside-house-"));
  await run(BESIDE, ["backup", join(house.folder, "copy.db"), "--data", house.folder]);
  await run(BESIDE, ["restore", join(house.folder, "copy.db"), "--data", folder]);
  const again = await openHouse({ store: "sqlite", folder });
  const device = new Caller(again.origin, contract.fetch);
  device.cookie = ann.cookie;
  const heard = await chunks(device, ann.selfRoom, voice);
  assert.ok(Buffer.concat(heard.map(({ chunk }) => chunk)).equals(Buffer.concat(sound)));
  await again.check();
  await again.close();
  await house.close();
});

test("a house may take no voice notes at all", async () => {
  const house = await openHouse({ flags: ["--voice-quota-mb", "0"] });
  const ann = await newMember(house, contract.fetch, "ann", "steward");
  assert.deepEqual(await use(ann), { used_bytes: 0, quota_bytes: 0 });
  assert.equal((await put(ann, ann.selfRoom, newId(), 0, newChunk(), 1)).code, "voice-full");
  await house.close();
});
