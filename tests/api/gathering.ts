// SPDX-License-Identifier: AGPL-3.0-or-later
// Gatherings: when they are, who may do what in one, what the house refuses out of turn, and that a round outlives the house.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Reply } from "../caller";
import { openHouse } from "../harness";
import { listen } from "../listener";
import { b64, newId, newMember, random, sealedEntry, type Member } from "../member";
import { comesIn, found, leave, people, rules } from "./circle";
import { contract } from "./place";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const EPOCH = 3; // of a circle of three: each who came in began one

const at = (id: string, rest = "") => `/api/gatherings/${id}${rest}`;
const act = (who: Member, id: string, rest: string) => who.call("POST", at(id, `/${rest}`));
const look = async (who: Member, id: string) => (await who.call("GET", at(id))).json();
const wall = (ms: number) => new Date(ms).toISOString().slice(0, 16);
const say = (who: Member, id: string, entry: string, octets: Uint8Array = sealedEntry(EPOCH), voice = "") => who.call("PUT", at(id, `/entries/${entry}${voice}`), { octets });
const told = (reply: Reply) => [reply.status, reply.code];

const series = (room: string, change: Record<string, unknown> = {}) =>
  ({ id: newId(), room, start: wall(Date.now() + 2 * MINUTE), zone: "Etc/UTC", repeat: "none", count: 1, minutes: 60, turn_s: 180, ...change });

async function schedule(who: Member, room: string, change: Record<string, unknown> = {}): Promise<string[]> {
  const reply = await who.call("POST", "/api/gatherings", { json: series(room, change) });
  assert.equal(reply.status, 201, new TextDecoder().decode(reply.bytes));
  return reply.json().gatherings.map(({ id }: { id: string }) => id);
}

async function circleOf(founder: Member, ...others: Member[]): Promise<string> {
  const room = await found(founder);
  for (const one of others) await comesIn(founder, one, room);
  return room;
}

/** Three who have come to a gathering; the first hosts. */
async function gathered(...names: [string, string, string]) {
  const [a, b, c] = (await people(...names.map((name) => `${name}-gathers`))) as [Member, Member, Member];
  const room = await circleOf(a, b, c);
  const [id] = (await schedule(a, room)) as [string];
  for (const who of [a, b, c]) assert.equal((await act(who, id, "come")).status, 200);
  return { a, b, c, room, id };
}

async function inCheckIn(...names: [string, string, string]) {
  const all = await gathered(...names);
  assert.equal((await act(all.a, all.id, "begin")).status, 200);
  assert.equal((await act(all.a, all.id, "on")).json().stage, "check-in");
  return all;
}

/** Until B and C, who show that they are here, are told that A is not. */
async function fallsSilent({ a, b, c, id }: Awaited<ReturnType<typeof inCheckIn>>): Promise<void> {
  for (;;) {
    await act(c, id, "present");
    const { people: all } = (await act(b, id, "present")).json();
    if (!all.find(({ person }: { person: string }) => person === a.id).here) return;
    await sleep(5_000);
  }
}
// A minute has to pass; it does so while the other tests run.
let silence: { readonly of: Awaited<ReturnType<typeof inCheckIn>>; readonly falls: Promise<void> } | null = null;

test("a holder who is here is not passed over; then their device falls silent", async () => {
  const of = await inCheckIn("qi", "rae", "sol");
  const { a, b, id } = of;
  const { turn } = await look(b, id);
  assert.deepEqual(told(await act(b, id, `piece?turn=${turn}&over=${a.id}`)), [403, "forbidden"]);
  silence = { of, falls: fallsSilent(of) };
  silence.falls.catch(() => undefined); // the last test tells it
});

test("a series is scheduled once, keeps its hour, and is a circle's own", async () => {
  const [ann, bo, cy] = (await people("ann-plans", "bo-plans", "cy-plans")) as [Member, Member, Member];
  const room = await circleOf(ann, bo);
  const year = new Date().getUTCFullYear() + 1;
  const json = series(room, { start: `${year}-03-01T19:00`, zone: "Europe/Berlin", repeat: "weekly", count: 10 });
  const made = await bo.call("POST", "/api/gatherings", { json });
  assert.equal(made.status, 201);
  const hour = (ms: number) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" }).format(ms);
  const { gatherings } = made.json();
  assert.deepEqual([...new Set(gatherings.map(({ start_ms }: { start_ms: number }) => hour(start_ms)))], ["19:00"], "summer time begins among them");
  assert.equal(new Set(gatherings.map(({ start_ms }: { start_ms: number }) => start_ms % DAY)).size, 2);
  assert.deepEqual(gatherings.map(({ host }: { host: string | null }) => host), [bo.id, ...Array.from({ length: 9 }, () => null)]);
  const again = await bo.call("POST", "/api/gatherings", { json });
  assert.deepEqual([again.status, again.json().gatherings.map(({ id }: { id: string }) => id)], [200, gatherings.map(({ id }: { id: string }) => id)]);
  assert.deepEqual(told(await ann.call("POST", "/api/gatherings", { json })), [409, "exists"]);
  assert.deepEqual(told(await cy.call("POST", "/api/gatherings", { json: series(room) })), [404, "not-found"]);
  assert.equal((await ann.call("GET", `/api/circles/${room}/gatherings`)).json().gatherings.length, 10);
  assert.equal((await cy.call("GET", `/api/circles/${room}/gatherings`)).status, 404);
  for (const change of [{ zone: "Middle/Earth" }, { start: "2027-02-30T19:00" }, { start: wall(Date.now() - DAY) }, { repeat: "daily" }, { count: 0 }, { count: 53 }, { minutes: 14 }, { turn_s: 601 }])
    assert.deepEqual(told(await ann.call("POST", "/api/gatherings", { json: series(room, change) })), [400, "bad-input"], JSON.stringify(change));
});

test("host and keepers move and cancel what has not begun, one or all that follow", async () => {
  const [dan, eve] = (await people("dan-plans", "eve-plans")) as [Member, Member];
  const room = await circleOf(dan, eve);
  const ids = await schedule(dan, room, { start: wall(Date.now() + DAY), repeat: "weekly", count: 4 });
  const move = (who: Member, id: string, start_ms: number) => who.call("PUT", at(id, "/time"), { json: { start_ms, minutes: 30 } });
  assert.deepEqual(told(await move(eve, ids[0]!, Date.now() + 2 * DAY)), [403, "forbidden"]);
  assert.deepEqual(told(await move(dan, ids[0]!, Date.now() - 1)), [400, "bad-input"]);
  const sooner = Date.now() + DAY / 2;
  for (let i = 0; i < 2; i++) assert.equal((await move(dan, ids[0]!, sooner)).status, 204);
  assert.deepEqual([(await look(eve, ids[0]!)).start_ms, (await look(eve, ids[0]!)).minutes], [sooner, 30]);
  assert.equal((await eve.call("PUT", at(ids[1]!, "/host"))).status, 204);
  for (let i = 0; i < 2; i++) assert.equal((await eve.call("DELETE", at(ids[1]!))).status, 204, "she hosts it");
  assert.deepEqual(told(await eve.call("DELETE", at(ids[2]!))), [403, "forbidden"]);
  assert.equal((await dan.call("DELETE", at(ids[2]!, "?rest=1"))).status, 204);
  const left = (await eve.call("GET", `/api/circles/${room}/gatherings`)).json().gatherings;
  assert.deepEqual(left.map(({ id }: { id: string }) => id), [ids[0]], "what comes before stays");
  assert.equal((await look(eve, ids[3]!)).stage, "cancelled");
  assert.deepEqual(told(await act(eve, ids[3]!, "come")), [409, "door-closed"]);
});

test("one comes while the door is open, and who came may come back", async () => {
  const [fay, gus, hal] = (await people("fay-comes", "gus-comes", "hal-comes")) as [Member, Member, Member];
  const room = await circleOf(fay, gus, hal);
  const [late] = (await schedule(fay, room, { start: wall(Date.now() + 30 * MINUTE) })) as [string];
  const early = await act(gus, late, "come");
  assert.deepEqual([...told(early), early.json().from_ms], [409, "too-early", (await look(gus, late)).start_ms - 10 * MINUTE]);
  assert.equal((await rules(fay, room, { door_minutes: 0 })).status, 204);
  const start = Date.now() + 1500;
  assert.equal((await fay.call("PUT", at(late, "/time"), { json: { start_ms: start, minutes: 60 } })).status, 204);
  assert.equal((await act(gus, late, "come")).status, 200);
  const impatient = await act(gus, late, "begin");
  assert.deepEqual([...told(impatient), impatient.json().from_ms], [409, "too-early", start + 3 * MINUTE]);
  await sleep(start + 300 - Date.now());
  assert.deepEqual(told(await act(hal, late, "come")), [409, "door-closed"]);
  assert.equal((await act(gus, late, "go")).json().people[0].here, false);
  assert.equal((await act(gus, late, "come")).json().people[0].here, true);
  assert.deepEqual(told(await act(hal, late, "present")), [403, "forbidden"]);
  assert.equal((await act(hal, late, "go")).status, 200);
});

test("three go through a whole gathering; the house lets only the holder speak", async () => {
  const { a, b, c, room, id } = await gathered("ida", "jon", "kim");
  const stream = await listen(c.origin, c);
  assert.deepEqual(told(await act(b, id, "begin")), [403, "forbidden"]);
  assert.equal((await act(a, id, "begin")).json().holder, a.id);
  assert.equal((await act(a, id, "begin")).status, 200, "a repeat");
  assert.equal((await say(a, id, newId())).status, 201, "opening words");
  assert.deepEqual(told(await act(b, id, "on")), [403, "forbidden"]);
  let now = (await act(a, id, `on?turn=${(await look(a, id)).turn}`)).json();
  const said: string[] = [];
  for (const stage of ["check-in", "main", "closing"]) {
    for (const who of [a, b, c]) {
      assert.deepEqual([now.stage, now.holder], [stage, who.id]);
      for (const other of [a, b, c].filter((one) => one !== who)) {
        assert.deepEqual(told(await say(other, id, newId())), [409, "not-your-turn"]);
        assert.deepEqual(told(await act(other, id, `piece?turn=${now.turn}`)), [409, "not-your-turn"]);
        assert.deepEqual(told(await act(other, id, "replies?open=1")), [409, "not-your-turn"]);
      }
      const entry = newId();
      if (who !== b) assert.equal((await say(who, id, entry)).status, 201), said.push(entry); // who passes is not remarked
      const turn = now.turn;
      now = (await act(who, id, `piece?turn=${turn}`)).json();
      const twice = (await act(who, id, `piece?turn=${turn}`)).json();
      assert.deepEqual([twice.turn, twice.version, twice.holder], [now.turn, now.version, now.holder], "the same hand-over twice is one");
    }
  }
  assert.deepEqual([now.stage, now.holder], ["over", null]);
  assert.ok(now.fades_ms === now.ended_ms + 7 * DAY);
  assert.deepEqual(now.turns.slice(1).map(({ entry }: { entry: string }) => entry), said);
  assert.deepEqual(now.turns.map(({ stage }: { stage: string }) => stage), ["opening", "check-in", "check-in", "main", "main", "closing", "closing"]);
  assert.deepEqual(told(await say(a, id, newId())), [409, "not-your-turn"]);
  const last = await stream.next("gathering", ({ data }) => JSON.parse(data).version === now.version);
  assert.deepEqual(JSON.parse(last.data), { gathering: id, room, version: now.version });
  stream.close();
});

test("a line and its mark are one: a repeat is answered, other bytes and other roads are refused", async () => {
  const { a, b, room, id } = await inCheckIn("lea", "max", "nia");
  const entry = newId();
  const octets = sealedEntry(EPOCH);
  const first = await say(a, id, entry, octets);
  assert.equal(first.status, 201);
  const { turn } = await look(a, id);
  await act(a, id, `piece?turn=${turn}`);
  const again = await say(a, id, entry, octets);
  assert.deepEqual([again.status, again.json()], [200, first.json()], "although the turn has gone on");
  assert.deepEqual(told(await say(a, id, entry)), [409, "entry-exists"]);
  const before = newId();
  assert.equal((await b.put(room, before, octets)).status, 201);
  assert.deepEqual(told(await say(b, id, before, octets)), [409, "entry-exists"], "what was written into the log is not said here");
  assert.deepEqual(told(await say(b, id, newId(), sealedEntry(EPOCH - 1))), [409, "stale-epoch"]);
  assert.deepEqual(told(await say(b, id, newId(), random(100))), [400, "bad-input"]);
  assert.deepEqual(told(await say(b, id, newId(), octets, `?voice=${newId()}`)), [400, "bad-input"], "a voice that is not there");
  assert.deepEqual(told(await say(b, id, newId(), octets, "?voice=x")), [400, "bad-input"]);
  const voice = newId();
  assert.equal((await b.call("PUT", `/api/rooms/${room}/voice/${voice}?n=0&last=1`, { octets: random(32768 + 17) })).status, 200);
  assert.equal((await say(b, id, newId(), octets, `?voice=${voice}`)).status, 201);
  assert.equal((await look(a, id)).turns.length, 2);
});

test("a turn has twenty lines at most", async () => {
  const { a, id } = await inCheckIn("oda", "pia", "rob");
  for (let i = 0; i < 20; i++) assert.equal((await say(a, id, newId())).status, 201);
  const over = await say(a, id, newId());
  assert.deepEqual([...told(over), over.json().limit], [429, "too-many", 20]);
});

test("anyone rings the bell; a second one in the pause changes nothing; replies are welcome when the holder says so", async () => {
  const { a, b, c, id } = await inCheckIn("sam", "tea", "uli");
  assert.equal((await act(a, id, "replies?open=1")).json().replies, true);
  const reply = newId();
  assert.equal((await say(b, id, reply)).status, 201);
  assert.deepEqual((await look(c, id)).turns.map(({ author, reply: isReply }: { author: string; reply: boolean }) => [author, isReply]), [[b.id, true]]);
  const rung = (await act(c, id, "bell")).json();
  assert.ok(Math.abs(rung.paused_until_ms - rung.now_ms - 30_000) < 5);
  const second = (await act(b, id, "bell")).json();
  assert.deepEqual([second.paused_until_ms, second.version], [rung.paused_until_ms, rung.version]);
  const refused = await say(a, id, newId());
  assert.deepEqual([...told(refused), refused.json().until_ms], [409, "paused", rung.paused_until_ms]);
  assert.ok(Number(refused.headers.get("retry-after")) >= 25);
  assert.equal((await act(a, id, "replies?open=0")).json().replies, false);
  assert.deepEqual(told(await say(b, id, newId())), [409, "not-your-turn"]);
});

test("host and guardian are two, taken when vacant and given up; they end it early", async () => {
  const { a, b, c, id } = await gathered("ava", "bob", "cal");
  const part = (method: "PUT" | "DELETE", who: Member, name: string) => who.call(method, at(id, `/${name}`));
  assert.deepEqual(told(await part("PUT", b, "host")), [409, "taken"]);
  assert.equal((await part("PUT", b, "guardian")).status, 204);
  assert.deepEqual(told(await part("PUT", c, "guardian")), [409, "taken"]);
  assert.equal((await part("DELETE", a, "host")).status, 204);
  assert.equal((await part("PUT", c, "host")).status, 204);
  assert.equal((await part("DELETE", b, "guardian")).status, 204);
  assert.deepEqual(told(await part("PUT", c, "guardian")), [403, "forbidden"], "the guardian is somebody else");
  assert.equal((await part("PUT", a, "guardian")).status, 204);
  assert.deepEqual(told(await act(c, id, "end")), [403, "forbidden"], "it has not begun");
  assert.equal((await act(c, id, "begin")).json().holder, c.id);
  assert.deepEqual(told(await act(b, id, "end")), [403, "forbidden"]);
  for (let i = 0; i < 2; i++) assert.equal((await act(a, id, "end")).json().stage, "over");
  assert.deepEqual(told(await act(b, id, "come")), [409, "door-closed"]);
});

test("who leaves the circle loses the seat, and the piece goes on", async () => {
  const { a, b, c, id } = await inCheckIn("dia", "eli", "fin");
  assert.equal((await leave(a, (await look(a, id)).room)).status, 204);
  assert.equal((await a.call("GET", at(id))).status, 404);
  assert.equal((await act(a, id, "present")).status, 404);
  const now = (await act(c, id, "present")).json();
  assert.deepEqual([now.holder, now.host, now.people.map(({ person }: { person: string }) => person)], [b.id, null, [b.id, c.id]]);
  assert.deepEqual(told(await say(b, id, newId())), [409, "roll-due"], "the room owes a new key");
});

test("who reloads is where they were; a holder who goes leaves the piece to the next and has a turn later", async () => {
  const { a, b, c, id } = await inCheckIn("gia", "hob", "ian");
  const page = await a.secondDevice();
  const reloaded = (await act(page, id, "come")).json();
  assert.deepEqual([reloaded.holder, reloaded.people.length], [a.id, 3]);
  assert.equal((await act(page, id, "go")).json().holder, b.id);
  assert.equal((await act(page, id, "come")).json().holder, b.id);
  for (const who of [b, c]) await act(who, id, `piece?turn=${(await look(who, id)).turn}`);
  const { stage, holder, turn } = await look(a, id);
  assert.deepEqual([stage, holder], ["check-in", a.id]);
  const over = await act(b, id, `piece?turn=${turn}&over=${a.id}`);
  assert.deepEqual(told(over), [403, "forbidden"], "nobody passes over who is here");
  assert.equal((await act(b, id, `piece?turn=${turn}&over=${c.id}`)).json().holder, a.id, "and not who does not hold it");
  assert.deepEqual(told(await act(b, id, `piece?turn=${turn}&over=x`)), [400, "bad-input"]);
  for (const bad of ["piece", "piece?turn=x", "replies", "replies?open=2", "on?turn=-1"]) assert.deepEqual(told(await act(a, id, bad)), [400, "bad-input"], bad);
  assert.equal((await act(a, id, `on?turn=${turn - 1}`)).json().stage, "check-in", "an old turn's number: settled");
});

test("a gathering that is not there is not found by anything", async () => {
  const [jo] = (await people("jo-finds")) as [Member];
  for (const { method, path } of contract.routes().filter((route) => route.path.startsWith("/api/gatherings/"))) {
    const where = path.replace(/\{[^}]+\}/g, () => newId()) + (path.endsWith("/piece") ? "?turn=1" : path.endsWith("/replies") ? "?open=1" : "");
    const sending = path.endsWith("/time") ? { json: { start_ms: Date.now() + DAY, minutes: 30 } } : path.includes("/entries/") ? { octets: sealedEntry() } : {};
    assert.deepEqual(told(await jo.call(method, where, sending)), [404, "not-found"], `${method} ${path}`);
  }
});

test("a house that is killed in mid-round goes on where it was", { timeout: 120_000 }, async () => {
  const house = await openHouse();
  const [a, b, c] = [await newMember(house, contract.fetch, "kai", "steward"), await newMember(house, contract.fetch, "liv"), await newMember(house, contract.fetch, "moe")];
  const room = await circleOf(a, b, c);
  const [id] = (await schedule(a, room)) as [string];
  for (const who of [a, b, c]) await act(who, id, "come");
  await act(a, id, "begin");
  await act(a, id, "on");
  const entry = newId();
  const octets = sealedEntry(EPOCH);
  assert.equal((await say(a, id, entry, octets)).status, 201);
  await act(a, id, `piece?turn=${(await look(a, id)).turn}`);
  await act(c, id, "bell");
  const { now_ms: _, ...before } = await look(b, id);
  await house.end("SIGKILL");
  await house.open();
  const { now_ms: __, ...after } = await look(b, id);
  assert.deepEqual(after, before, "order, piece, clock and what was said");
  assert.equal(after.holder, b.id);
  assert.equal((await say(a, id, entry, octets)).status, 200);
  assert.deepEqual(told(await say(a, id, newId())), [409, "not-your-turn"]);
  assert.equal((await act(b, id, `piece?turn=${after.turn}`)).json().holder, c.id);
  await house.check();
  await house.close();
});

test("a deleted account leaves no seat behind, and the house is sound", async () => {
  const house = await openHouse();
  const [a, b, c] = [await newMember(house, contract.fetch, "ned", "steward"), await newMember(house, contract.fetch, "ora"), await newMember(house, contract.fetch, "pat")];
  const room = await circleOf(a, b, c);
  const [id] = (await schedule(b, room)) as [string];
  for (const who of [a, b, c]) await act(who, id, "come");
  await act(b, id, "begin");
  await act(b, id, "on");
  await act(a, id, `piece?turn=${(await look(a, id)).turn}`);
  assert.equal((await say(b, id, newId())).status, 201);
  const counter = (await b.call("GET", "/api/person")).json().counter + 1;
  const { signature } = await b.keys.deletion({ houseId: b.houseId, counter });
  assert.equal((await b.call("DELETE", "/api/person", { json: { counter, signature: b64(signature) } })).status, 204);
  const now = (await act(c, id, "present")).json();
  assert.deepEqual([now.holder, now.host, now.people.length], [c.id, null, 2]);
  await house.check();
  await house.close();
});

test("after a minute of silence anybody in it passes the holder over, who has the turn at the end of the round", { timeout: 90_000 }, async () => {
  const { of: { a, b, c, id }, falls } = silence!;
  await falls;
  const { turn, holder } = await look(b, id);
  assert.equal(holder, a.id, "the house takes the piece from nobody");
  const now = (await act(c, id, `piece?turn=${turn}&over=${a.id}`)).json();
  assert.deepEqual([now.holder, now.turn, now.stage], [b.id, turn + 1, "check-in"]);
  assert.deepEqual(now.people.map(({ person, waits }: { person: string; waits: boolean }) => [person, waits]), [[b.id, true], [c.id, true], [a.id, true]]);
  const twice = (await act(b, id, `piece?turn=${turn}&over=${a.id}`)).json();
  assert.deepEqual([twice.turn, twice.version], [now.turn, now.version], "two who pass over at once pass over one");
  assert.deepEqual(told(await say(a, id, newId())), [409, "not-your-turn"]);
  assert.equal((await act(a, id, "present")).json().people.at(-1).here, true);
  for (const who of [b, c]) await act(who, id, `piece?turn=${(await look(who, id)).turn}`);
  const back = await look(a, id);
  assert.deepEqual([back.holder, back.stage], [a.id, "check-in"]);
  assert.equal((await say(a, id, newId())).status, 201);
});
