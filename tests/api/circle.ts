// SPDX-License-Identifier: AGPL-3.0-or-later
// Circles: founding, rules and keepers, coming in by a link and by a request, leaving, being taken out, what everybody may
// see of it; every sealed byte by the shipped keyring.
import assert from "node:assert/strict";
import { test } from "node:test";
import { u32, concat, type Bytes } from "../../web/src/lib/bytes";
import { fromBase64url } from "../../web/src/lib/base64url";
import { readEntryFrames, readEnvelopeList, readRosterList } from "../../web/src/lib/frames";
import type { CircleCard } from "../../web/src/crypto/face";
import { listen } from "../listener";
import { b64, newId, newMember, random, sealedEntry, type Member } from "../member";
import { contract, place } from "./place";

const at = (room: string, rest = "") => `/api/circles/${room}${rest}`;
const look = (who: Member, room: string) => who.call("GET", at(room));
const circle = async (who: Member, room: string) => (await look(who, room)).json();
const WAS = { size: 6, line: null, fade_days: 0, gathering_fade_days: 7, door_minutes: 5 };
export const rules = (who: Member, room: string, change: Record<string, unknown>) => who.call("PUT", at(room), { json: { ...WAS, ...change } });
const keeper = (method: "PUT" | "DELETE", who: Member, room: string, whom: string) => who.call(method, at(room, `/keepers/${whom}`));
export const leave = async (who: Member, room: string, octets?: Uint8Array) => who.call("POST", at(room, "/leave"), { octets: octets ?? (await who.keys.leave({ room })) });
const change = (who: Member, room: string, octets: Uint8Array) => who.call("POST", at(room, "/change"), { octets });
const ask = (who: Member, room: string, octets: Uint8Array) => who.call("PUT", at(room, "/request"), { octets });
const answer = (who: Member, room: string, whom: string, octets: Uint8Array, query = "?welcome=1") => who.call("POST", at(room, `/requests/${whom}/answer${query}`), { octets });
const accept = (who: Member, room: string) => who.call("POST", at(room, "/request/accept"));
const box = () => concat(new Uint8Array([1]), random(2000));
const identityOf = async (who: Member) => (await who.keys.me()).identity;

export const people = async (...names: string[]): Promise<Member[]> => {
  const { house } = await place();
  const all: Member[] = [];
  for (const name of names) all.push(await newMember(house, contract.fetch, name));
  return all;
};

export async function found(who: Member): Promise<string> {
  const { room, change: octets } = await who.keys.foundCircle();
  const reply = await who.call("POST", "/api/circles", { octets });
  assert.deepEqual([reply.status, reply.json()], [201, { room }]);
  await read(who, room);
  return room;
}

/** Loads roster and envelopes, with the identities that the house gives to WHO. */
async function read(who: Member, room: string): Promise<void> {
  const links = readRosterList((await who.call("GET", `/api/rooms/${room}/roster`)).bytes);
  const { members } = await circle(who, room);
  const identities: Record<string, Bytes> = { [who.id]: await identityOf(who) };
  for (const { person } of members) if (person !== who.id) identities[person] = new Uint8Array((await who.call("GET", `/api/people/${person}/identity`)).bytes);
  for (const one of known) if (!identities[one.id]) identities[one.id] = await identityOf(one);
  await who.keys.loadRoster({ room, links, identities });
  await who.keys.loadEnvelopes({ room, envelopes: readEnvelopeList((await who.call("GET", `/api/rooms/${room}/envelopes`)).bytes) });
}
const known: Member[] = [];

async function cardOf(who: Member, room: string, firstAuthor: string): Promise<CircleCard> {
  const links = readRosterList((await who.call("GET", `/api/rooms/${room}/roster`)).bytes);
  const roster = await who.keys.loadRoster({ room, links, identities: {} });
  return { room, firstAuthor, mark: { epoch: roster.epoch, hash: roster.hash }, name: "Tuesday", purpose: "to walk", agreements: "we listen" };
}

async function invite(who: Member, room: string, firstAuthor: string, uses = 1) {
  const made = await who.keys.newInvite({ name: who.name, words: "come in", circle: await cardOf(who, room, firstAuthor) });
  const body = { id: made.id, auth: b64(made.auth), greeting: b64(made.greeting), expires_ms: Date.now() + 86_400_000, room, uses };
  return { ...made, body, reply: await who.call("POST", "/api/invites", { json: body }), header: { "Beside-Invite": b64(made.auth) } };
}
type Invite = Awaited<ReturnType<typeof invite>>;

async function knock(who: Member, by: Invite) {
  const { greeting } = (await who.call("GET", `/api/invites/${by.id}`, { headers: by.header })).json();
  const answered = await who.keys.answerCircle({ secret: by.secret, greeting: fromBase64url(greeting ?? b64(by.greeting)), name: who.name });
  return who.call("POST", `/api/invites/${by.id}/knock`, { octets: answered.answer, headers: by.header });
}

/** MEMBER's device lets in who knocks; then both have the new key. */
async function letIn(member: Member, newcomer: Member, room: string, firstAuthor: string) {
  const octets = await member.keys.changeMembers({ room, add: [await identityOf(newcomer)], remove: [], leaves: [] });
  const reply = await change(member, room, octets);
  assert.equal(reply.status, 200, reply.code);
  known.push(member, newcomer);
  await newcomer.keys.trust({ room, kind: "circle", members: [firstAuthor], firstAuthor });
  await read(member, room);
  await read(newcomer, room);
  return octets;
}

export async function comesIn(founder: Member, newcomer: Member, room: string): Promise<Invite> {
  const by = await invite(founder, room, founder.id, 2);
  assert.equal((await knock(newcomer, by)).status, 201);
  await letIn(founder, newcomer, room, founder.id);
  return by;
}

test("a circle is founded by one alone, once, with the usual rules", async () => {
  const [amy] = await people("amy-circle") as [Member];
  const { ben } = await place();
  const { room, change: octets } = await amy.keys.foundCircle();
  for (const size of ["2", "9", "x", "25"]) assert.equal((await amy.call("POST", `/api/circles?size=${size}`, { octets })).status, 400, size);
  const large = await amy.call("POST", "/api/circles?size=7", { octets });
  assert.deepEqual([large.status, large.code], [409, "two-keepers"]);
  assert.equal((await ben.call("POST", "/api/circles", { octets })).status, 400, "somebody else's signature");
  assert.equal((await amy.call("POST", "/api/circles?size=5", { octets })).status, 201);
  assert.equal((await amy.call("POST", "/api/circles", { octets })).status, 200);
  const { made_ms, ...rest } = await circle(amy, room);
  assert.ok(Math.abs(made_ms - Date.now()) < 60_000);
  const alone = { person: amy.id, keeper: true, from_epoch: 1 };
  assert.deepEqual(rest, { ...WAS, room, size: 5, epoch: 1, must_roll: false, members: [alone], left: [], requests: [] });
  assert.deepEqual((await amy.call("GET", "/api/circles")).json().circles.map((one: { room: string }) => one.room), [room]);
  assert.equal((await look(ben, room)).status, 404);
});

test("twelve circles are the most", async () => {
  const [max] = await people("max-circle") as [Member];
  for (let i = 0; i < 12; i++) await found(max);
  const reply = await max.call("POST", "/api/circles", { octets: (await max.keys.foundCircle()).change });
  assert.deepEqual([reply.status, reply.code, reply.json().limit], [429, "too-many", 12]);
});

test("by a link: knock, be let in by any member, read from then on", async () => {
  const [amy, bo, cy] = await people("amy-link", "bo-link", "cy-link") as [Member, Member, Member];
  const room = await found(amy);
  const stream = await listen(bo.origin, bo);
  const by = await invite(amy, room, amy.id, 2);
  assert.equal(by.reply.status, 201);
  assert.equal((await bo.call("POST", "/api/invites", { json: { ...by.body, id: newId(), room } })).status, 404, "into a circle that one is not in");
  const listed = (await amy.call("GET", "/api/invites")).json().invites.find((one: { id: string }) => one.id === by.id);
  assert.deepEqual([listed.kind, listed.room, listed.state], ["circle", room, "open"]);
  assert.deepEqual((await bo.call("GET", `/api/invites/${by.id}`, { headers: by.header })).json().room, room);
  assert.equal((await amy.call("POST", `/api/invites/${by.id}/knock`, { octets: random(100), headers: by.header })).code, "own-invite");
  assert.equal((await bo.call("POST", `/api/invites/${by.id}/knock`, { octets: random(40), headers: by.header })).status, 400);
  assert.equal((await bo.call("POST", `/api/invites/${by.id}/knock`, { octets: random(100), headers: { "Beside-Invite": b64(random(32)) } })).code, "invite-gone");
  assert.equal((await knock(bo, by)).status, 201);
  assert.equal((await knock(bo, by)).status, 200);
  assert.deepEqual(JSON.parse((await stream.next("circle")).data), { room });
  assert.equal((await look(bo, room)).status, 404, "knocking opens nothing");
  const [request] = (await circle(amy, room)).requests;
  assert.deepEqual([request.person, request.invite, request.state], [bo.id, by.id, "knocking"]);
  const answered = await amy.keys.readAnswer({ secret: by.secret, room, answer: fromBase64url(request.body) });
  assert.deepEqual([answered.personId, answered.name], [bo.id, bo.name]);
  assert.equal((await bo.call("GET", "/api/requests")).json().requests[0].state, "knocking");

  assert.equal((await amy.put(room, newId(), sealedEntry(1))).status, 201);
  const octets = await letIn(amy, bo, room, amy.id);
  assert.deepEqual((await change(amy, room, octets)).json(), { epoch: 2 }, "a repeat");
  assert.equal((await knock(bo, by)).code, "already-member");
  const id = newId();
  const { body } = await amy.keys.sealEntry({ room, id, content: { prev: "", kind: "share", text: "hello" } });
  assert.equal((await amy.put(room, id, body)).status, 201);
  const frames = readEntryFrames((await bo.call("GET", `/api/rooms/${room}/entries`)).bytes);
  assert.deepEqual(frames.map(({ state }) => state), ["withheld", "plain"], "what was before is only a place");
  assert.equal((await bo.keys.openEntry({ room, id, author: amy.id, body: frames[1]!.body })).text, "hello");

  assert.equal((await knock(cy, by)).status, 201);
  await letIn(bo, cy, room, amy.id);
  assert.deepEqual((await circle(cy, room)).members.map((one: { person: string }) => one.person), [amy.id, bo.id, cy.id]);
  stream.close();
});

test("a change is refused that is stale, forged, of another room, or takes in who has not knocked", async () => {
  const [amy, bo, cy] = await people("amy-change", "bo-change", "cy-change") as [Member, Member, Member];
  const room = await found(amy);
  await comesIn(amy, bo, room);
  const stranger = await amy.keys.changeMembers({ room, add: [await identityOf(cy)], remove: [], leaves: [] });
  assert.equal((await change(amy, room, stranger)).code, "forbidden");
  assert.equal((await change(amy, await found(amy), stranger)).status, 400, "another room's");
  assert.equal((await change(cy, room, stranger)).status, 404);
  assert.equal((await change(amy, room, random(300))).status, 400);
  const theirs = await bo.keys.changeMembers({ room, add: [], remove: [amy.id], leaves: [] });
  assert.equal((await change(bo, room, theirs)).code, "forbidden", "only keepers take somebody out");
  const by = await invite(bo, room, amy.id);
  assert.equal((await knock(cy, by)).status, 201);
  const first = await amy.keys.changeMembers({ room, add: [await identityOf(cy)], remove: [], leaves: [] });
  const second = await bo.keys.changeMembers({ room, add: [await identityOf(cy)], remove: [], leaves: [] });
  assert.equal((await change(amy, room, first)).status, 200);
  const late = await change(bo, room, second);
  assert.deepEqual([late.status, late.code, late.json().epoch], [409, "stale-epoch", 3]);
});

test("a full circle lets nobody knock, and keepers say how large it is", async () => {
  const [amy, bo, cy, di] = await people("amy-full", "bo-full", "cy-full", "di-full") as [Member, Member, Member, Member];
  const room = await found(amy);
  assert.equal((await rules(amy, room, { size: 3 })).status, 204);
  const by = await invite(amy, room, amy.id, 4);
  for (const who of [bo, cy]) assert.equal((await knock(who, by)).status, 201);
  const full = await knock(di, by);
  assert.deepEqual([full.status, full.code], [409, "circle-full"]);
  await letIn(amy, bo, room, amy.id);
  await letIn(amy, cy, room, amy.id);
  for (const bad of [{ size: 2 }, { size: 9 }, { line: "" }, { line: "a\nb" }, { line: "a".repeat(161) }, { fade_days: -1 }, { fade_days: 3651 }, { door_minutes: 61 }, { gathering_fade_days: "7" }])
    assert.equal((await rules(amy, room, bad)).status, 400, JSON.stringify(bad));
  assert.equal((await rules(amy, room, { size: 7 })).code, "two-keepers");
  assert.equal((await rules(bo, room, { size: 5 })).code, "forbidden");
  assert.equal((await rules(di, room, { size: 5 })).status, 404);
  assert.equal((await keeper("PUT", bo, room, bo.id)).code, "forbidden");
  assert.equal((await keeper("PUT", amy, room, di.id)).status, 404);
  assert.equal((await keeper("DELETE", amy, room, amy.id)).code, "last-keeper");
  assert.equal((await keeper("DELETE", bo, room, amy.id)).code, "forbidden");
  assert.equal((await keeper("DELETE", amy, room, di.id)).status, 404);
  for (let i = 0; i < 2; i++) assert.equal((await keeper("PUT", amy, room, bo.id)).status, 204);
  assert.equal((await rules(bo, room, { size: 8, line: "Wir gehen spazieren. 🌿" })).status, 204);
  assert.equal((await keeper("DELETE", bo, room, amy.id)).code, "two-keepers");
  assert.equal((await rules(bo, room, { size: 6, fade_days: 30 })).status, 204);
  for (let i = 0; i < 2; i++) assert.equal((await keeper("DELETE", bo, room, amy.id)).status, 204);
  const now = await circle(cy, room);
  assert.deepEqual([now.size, now.line, now.fade_days], [6, null, 30]);
  assert.deepEqual(now.members.map((one: { keeper: boolean }) => one.keeper), [false, true, false]);
});

test("by a request: the directory, an answer in words, and the agreements accepted", async () => {
  const [amy, bo, cy] = await people("amy-ask", "bo-ask", "cy-ask") as [Member, Member, Member];
  const room = await found(amy);
  await comesIn(amy, bo, room);
  assert.equal((await ask(cy, room, box())).status, 404, "not to be found");
  assert.equal((await rules(amy, room, { line: "For who lost someone." })).status, 204);
  const listed = (await cy.call("GET", "/api/directory")).json().circles.find((one: { room: string }) => one.room === room);
  assert.deepEqual([listed.line, listed.has_place, listed.keepers.length], ["For who lost someone.", true, 1]);
  const keys = fromBase64url(listed.keepers[0].identity);
  const sealed = await cy.keys.sealBox({ place: { purpose: "request", room, id: cy.id }, to: [keys], value: { name: "Cy", words: "May I come?" } });
  assert.equal((await ask(cy, room, random(63))).status, 400);
  assert.equal((await ask(bo, room, sealed)).code, "already-member");
  for (let i = 0; i < 2; i++) assert.equal((await ask(cy, room, sealed)).status, 204);
  assert.equal((await circle(bo, room)).requests[0].body, "", "sealed to keepers, and told to them alone");
  assert.equal((await accept(cy, room)).code, "forbidden");
  assert.equal((await accept(bo, room)).status, 404);
  const [request] = (await circle(amy, room)).requests;
  assert.deepEqual([request.person, request.invite, request.state], [cy.id, null, "asking"]);
  assert.ok(Buffer.from(fromBase64url(request.body)).equals(sealed));
  const theirKeys = new Uint8Array((await amy.call("GET", `/api/people/${cy.id}/identity`)).bytes);
  const reply = await amy.keys.sealBox({ place: { purpose: "answer", room, id: cy.id }, to: [theirKeys], value: { words: "Yes." } });
  for (const query of ["", "?welcome=2", "?welcome=x"]) assert.equal((await answer(amy, room, cy.id, reply, query)).status, 400, query);
  assert.equal((await answer(amy, room, cy.id, random(10))).status, 400);
  assert.equal((await answer(bo, room, cy.id, reply)).code, "forbidden");
  assert.equal((await answer(amy, room, bo.id, reply)).status, 404);
  assert.equal((await answer(amy, room, cy.id, reply, "?welcome=0")).status, 204);
  assert.equal((await ask(cy, room, sealed)).code, "exists");
  assert.equal((await answer(amy, room, cy.id, reply)).status, 204);
  const [mine] = (await cy.call("GET", "/api/requests")).json().requests;
  assert.deepEqual([mine.room, mine.line, mine.state, mine.answer, mine.answered_by], [room, "For who lost someone.", "welcomed", b64(reply), amy.id]);
  for (let i = 0; i < 2; i++) assert.equal((await accept(cy, room)).status, 204);
  assert.equal((await answer(amy, room, cy.id, reply, "?welcome=0")).code, "exists", "they are at the door");
  await letIn(bo, cy, room, amy.id);
  assert.deepEqual((await cy.call("GET", "/api/requests")).json().requests, []);
});

test("a request can be taken back, and a place that has gone is said", async () => {
  const [amy, bo, cy, di] = await people("amy-back", "bo-back", "cy-back", "di-back") as [Member, Member, Member, Member];
  const room = await found(amy);
  assert.equal((await rules(amy, room, { size: 3, line: "We walk." })).status, 204);
  for (const who of [bo, cy, di]) {
    assert.equal((await ask(who, room, box())).status, 204);
    assert.equal((await answer(amy, room, who.id, box())).status, 204);
  }
  for (const who of [bo, cy]) assert.equal((await accept(who, room)).status, 204);
  assert.equal((await accept(di, room)).code, "circle-full");
  for (let i = 0; i < 2; i++) assert.equal((await bo.call("DELETE", at(room, "/request"))).status, 204);
  assert.equal((await accept(di, room)).status, 204);
});

test("who leaves is out at once; nothing is said before the key is another; their words stay theirs", async () => {
  const [amy, bo, cy] = await people("amy-leave", "bo-leave", "cy-leave") as [Member, Member, Member];
  const room = await found(amy);
  await comesIn(amy, bo, room);
  await comesIn(amy, cy, room);
  await read(bo, room);
  const mine = newId();
  assert.equal((await bo.put(room, mine, sealedEntry(3))).status, 201);
  const theirLink = await invite(bo, room, amy.id);
  for (const bad of [random(67), concat(u32(0), random(64)), concat(u32(9), random(64))]) assert.equal((await leave(bo, room, bad)).status, 400);
  assert.equal((await leave(bo, room, concat(u32(3), random(64)))).code, "bad-signature");
  assert.equal((await leave((await place()).dora, room, concat(u32(3), random(64)))).status, 404);
  const stream = await listen(amy.origin, amy);
  const said = await bo.keys.leave({ room });
  for (let i = 0; i < 2; i++) assert.equal((await leave(bo, room, said)).status, 204);
  assert.deepEqual(JSON.parse((await stream.next("circle")).data), { room });
  assert.equal((await look(bo, room)).status, 404);
  assert.equal((await knock((await place()).dora, theirLink)).code, "invite-gone", "their links end with them");
  const now = await circle(amy, room);
  assert.deepEqual([now.must_roll, now.left], [true, [{ person: bo.id, leave: b64(said) }]]);
  const refused = await amy.put(room, newId(), sealedEntry(3));
  assert.deepEqual([refused.status, refused.code], [409, "roll-due"]);
  const same = await amy.call("POST", `/api/rooms/${room}/changes`, { octets: await amy.keys.roll({ room }) });
  assert.deepEqual([same.status, same.code], [409, "roll-due"]);
  const without = await cy.keys.changeMembers({ room, add: [], remove: [], leaves: [{ person: bo.id, leave: said }] });
  assert.equal((await change(cy, room, without)).status, 200);
  assert.equal((await amy.put(room, newId(), sealedEntry(4))).status, 201);
  assert.equal((await bo.call("DELETE", `/api/rooms/${room}/entries/${mine}`)).status, 200, "taken back from outside");
  const frames = readEntryFrames((await cy.call("GET", `/api/rooms/${room}/entries`)).bytes);
  assert.deepEqual(frames.map(({ state }) => state), ["erased", "plain", "takeback"]);
  stream.close();
});

test("a keeper takes somebody out, who is told and sees no more", async () => {
  const [amy, bo] = await people("amy-out", "bo-out") as [Member, Member];
  const room = await found(amy);
  await comesIn(amy, bo, room);
  const stream = await listen(bo.origin, bo);
  const out = await amy.keys.changeMembers({ room, add: [], remove: [bo.id], leaves: [] });
  assert.equal((await change(amy, room, out)).status, 200);
  assert.deepEqual(JSON.parse((await stream.next("circle")).data), { room });
  assert.equal((await look(bo, room)).status, 404);
  assert.equal((await bo.call("GET", `/api/rooms/${room}/entries`)).status, 404);
  const { must_roll, left, members } = await circle(amy, room);
  assert.deepEqual([must_roll, left, members.length], [false, [], 1]);
  stream.close();
});

test("the last to leave takes the circle along", async () => {
  const [amy, bo] = await people("amy-last", "bo-last") as [Member, Member];
  const room = await found(amy);
  await comesIn(amy, bo, room);
  assert.equal((await leave(amy, room)).status, 204);
  assert.equal((await circle(bo, room)).members[0].keeper, true, "whoever has been there longest keeps it");
  const said = await bo.keys.leave({ room });
  for (let i = 0; i < 2; i++) assert.equal((await leave(bo, room, said)).status, 204);
  assert.deepEqual((await bo.call("GET", "/api/circles")).json().circles, []);
  assert.equal((await bo.call("GET", `/api/rooms/${room}/roster`)).status, 404);
});
