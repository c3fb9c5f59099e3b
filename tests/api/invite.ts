// SPDX-License-Identifier: AGPL-3.0-or-later
// Invites: seen only by who holds the link, used once, ended, run out; every way of being wrong looks the same.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { fromBase64url } from "../../web/src/lib/base64url";
import { Member, b64, newId, newMember, random } from "../member";
import { contract, place } from "./place";

test("who holds a link reads its greeting; the house only carries it", async () => {
  const { ada, dora } = await place();
  const invite = await ada.newInvite();
  assert.equal(invite.reply.status, 201);
  const seen = (await dora.call("GET", `/api/invites/${invite.id}`, { headers: invite.header })).json();
  assert.deepEqual({ kind: seen.kind, from: seen.from }, { kind: "bond", from: ada.id });
  const greeting = await dora.keys.readGreeting({ secret: invite.secret, greeting: fromBase64url(seen.greeting), from: seen.from });
  assert.equal(greeting.name, "ada");
  assert.equal((await ada.call("DELETE", `/api/invites/${invite.id}`)).status, 204);
});

test("an invite that was ended, one with a wrong secret and one that never was look the same", async () => {
  const { ada, dora } = await place();
  const ended = await ada.newInvite();
  assert.equal((await ada.call("DELETE", `/api/invites/${ended.id}`)).status, 204);
  const open = await ada.newInvite();
  const ask = (id: string, auth: string) => dora.call("GET", `/api/invites/${id}`, { headers: { "Beside-Invite": auth } });
  const replies = [await ask(ended.id, b64(ended.auth)), await ask(open.id, b64(random(32))), await ask(newId(), b64(random(32)))];
  for (const reply of replies) {
    assert.equal(reply.status, 404);
    assert.deepEqual(reply.bytes, replies[0]?.bytes);
  }
  await ada.call("DELETE", `/api/invites/${open.id}`);
});

test("an invite runs out at its time", async () => {
  const { ada, dora } = await place();
  const invite = await ada.newInvite(Date.now() + 1500);
  assert.equal(invite.reply.status, 201);
  assert.equal((await dora.call("GET", `/api/invites/${invite.id}`, { headers: invite.header })).status, 200);
  await sleep(1700);
  assert.equal((await dora.call("GET", `/api/invites/${invite.id}`, { headers: invite.header })).code, "invite-gone");
  const mine = (await ada.call("GET", "/api/invites")).json().invites.find((one: { id: string }) => one.id === invite.id);
  assert.equal(mine.state, "expired");
});

test("my invites are listed to me alone, and only I can end them", async () => {
  const { ada, ben } = await place();
  const invite = await ada.newInvite();
  const mine = async (who: Member) => (await who.call("GET", "/api/invites")).json().invites.filter((one: { id: string }) => one.id === invite.id);
  assert.equal((await mine(ada))[0].state, "open");
  assert.deepEqual(await mine(ben), []);
  assert.equal((await ben.call("DELETE", `/api/invites/${invite.id}`)).status, 404);
  assert.equal((await ada.call("DELETE", `/api/invites/${invite.id}`)).status, 204);
  assert.equal((await mine(ada))[0].state, "ended");
});

test("the making of an invite may be repeated; its id may not be taken by another", async () => {
  const { ada, ben } = await place();
  const invite = await ada.newInvite();
  assert.equal((await ada.call("POST", "/api/invites", { json: invite.body })).status, 201);
  assert.equal((await ben.call("POST", "/api/invites", { json: { ...invite.body, auth: b64(random(32)) } })).code, "exists");
  await ada.call("DELETE", `/api/invites/${invite.id}`);
});

test("an invite is for one: accepted, it is used, and a repeat of the same is harmless", async () => {
  const { house, ada } = await place();
  const invite = await ada.newInvite();
  const jo = await newMember(house, contract.fetch, "joan");
  const { body, room, reply } = await jo.accept(invite);
  assert.equal(reply.status, 201);
  const again = await jo.call("POST", `/api/invites/${invite.id}/accept`, { octets: body, headers: invite.header });
  assert.deepEqual([again.status, again.json().room], [201, room]);
  const kim = await newMember(house, contract.fetch, "kim");
  assert.equal((await kim.accept(invite)).reply.code, "invite-gone");
  const mine = (await ada.call("GET", "/api/invites")).json().invites.find((one: { id: string }) => one.id === invite.id);
  assert.equal(mine.state, "used");
});

test("nobody accepts their own invite, or a second bond with the same person", async () => {
  const { ada, ben } = await place();
  const invite = await ada.newInvite();
  const twice = await ben.accept(invite);
  assert.deepEqual([twice.reply.status, twice.reply.code], [409, "already-bonded"]);
  // The client refuses this by itself, so the bytes are another's.
  const own = await ada.call("POST", `/api/invites/${invite.id}/accept`, { octets: twice.body, headers: invite.header });
  assert.deepEqual([own.status, own.code], [409, "own-invite"]);
  await ada.call("DELETE", `/api/invites/${invite.id}`);
});

test("a newcomer joins through a bond invite: an account and the bond, by one link", async () => {
  const { house, ada } = await place();
  const invite = await ada.newInvite();
  const lou = await (await Member.at(house.origin, contract.fetch)).arrive(`${house.origin}/join#${b64(invite.secret)}`, "lou");
  const stranger = await (await Member.at(house.origin, contract.fetch)).tryToArrive(`${house.origin}/join#${b64(invite.secret)}`, "lea", "long enough for anyone");
  assert.equal(stranger.code, "invite-gone", "the link admits one account only");
  assert.equal((await lou.accept(invite)).reply.status, 201);
});

test("the room change of an acceptance must found the room of exactly these two", async () => {
  const { ada, ben, dora } = await place();
  const invite = await ada.newInvite();
  const { body } = await dora.keys.acceptInvite({ secret: invite.secret, greeting: invite.greeting, name: "dora" });
  const bent = (at: number) => body.map((byte, i) => (i === at ? byte ^ 1 : byte));
  const refused = async (octets: Uint8Array, who = dora) => {
    const reply = await who.call("POST", `/api/invites/${invite.id}/accept`, { octets, headers: invite.header });
    assert.equal(reply.status, 400, reply.code);
  };
  const answerLength = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
  await refused(body.subarray(0, 40));
  await refused(bent(2 + answerLength)); // the room's id
  await refused(bent(2 + answerLength + 16 + 3 + 1)); // the link's room
  await refused(bent(2 + answerLength + 16 + 3 + 17)); // its kind
  await refused(bent(2 + answerLength + 16 + 3 + 100)); // a member
  await refused(body, (await place()).cleo); // written by another
  await ada.call("DELETE", `/api/invites/${invite.id}`);
  void ben;
});
