// SPDX-License-Identifier: AGPL-3.0-or-later
// Accounts: made by invite, two roads back in, changed only by signature, erased for good.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64url } from "../../web/src/lib/base64url";
import { readEntryFrames } from "../../web/src/lib/frames";
import { Member, b64, newId, newMember, random, sealedEntry, secretOf } from "../member";
import { contract, place } from "./place";

test("an account is made with a link, once: the same link admits nobody else", async () => {
  const { house } = await place();
  const link = await house.invite("house");
  const eve = await (await Member.at(house.origin, contract.fetch)).arrive(link, "eve");
  const account = (await eve.call("GET", "/api/person")).json();
  assert.equal(account.id, eve.id);
  assert.equal(account.role, "person");
  assert.equal(account.wrap_passphrase, eve.arrival.wrap_passphrase);
  const second = await (await Member.at(house.origin, contract.fetch)).tryToArrive(link, "evelyn", "another long passphrase");
  assert.equal(second.status, 404);
  assert.equal(second.code, "invite-gone");
});

test("the first steward's link makes a steward", async () => {
  const { ada } = await place();
  assert.equal((await ada.call("GET", "/api/person")).json().role, "steward");
});

test("a name that is taken is told only to someone who holds an invite", async () => {
  const { house } = await place();
  const other = await Member.at(house.origin, contract.fetch);
  const taken = await other.tryToArrive(await house.invite("house"), "ben", "quite another passphrase");
  assert.equal(taken.status, 409);
  assert.equal(taken.code, "name-taken");
  const stranger = await Member.at(house.origin, contract.fetch);
  const without = await stranger.call("POST", "/api/person", { json: other.arrival, headers: { "Beside-Invite": b64(random(32)) } });
  assert.equal(without.code, "invite-gone");
});

test("nobody comes in without declaring to be an adult, or with members that the contract does not have", async () => {
  const { house } = await place();
  const link = await house.invite("house");
  const fay = await Member.at(house.origin, contract.fetch);
  const { id, auth } = await fay.keys.openInvite({ secret: secretOf(link) });
  const { arrival } = await (await Member.at(house.origin, contract.fetch)).arrive(await house.invite("house"), "fern");
  for (const change of [{ adult: false }, { adult: undefined }, { role: "steward" }, { identity: b64(random(1249).fill(9, 0, 1)) }, { login_secret: b64(random(31)) }]) {
    const reply = await fay.call("POST", "/api/person", { json: { ...arrival, invite: id, ...change }, headers: { "Beside-Invite": b64(auth) } });
    assert.deepEqual([reply.status, reply.code], [400, "bad-input"], Object.keys(change)[0]);
  }
  await fay.arrive(link, "fay");
});

test("the passphrase changes only by a signature of the person, with a counter that goes up", async () => {
  const { house } = await place();
  const gus = await newMember(house, contract.fetch, "gus");
  const other = await gus.secondDevice();
  const { counter } = (await gus.call("GET", "/api/person")).json();
  const change = async (given: { counter: number; end?: boolean }, forge: object = {}) => {
    const made = await gus.keys.newPassphrase({ houseId: gus.houseId, name: "gus", passphrase: "a new one, and long", counter: given.counter });
    const json = {
      counter: given.counter,
      login_id: b64(made.loginId),
      login_secret: b64(made.loginSecret),
      wrap: b64(made.wrap),
      signature: b64(made.signature),
      end_other_sessions: given.end ?? false,
      ...forge,
    };
    return gus.call("PUT", "/api/person/passphrase", { json });
  };
  assert.equal((await change({ counter: counter + 1 }, { signature: b64(random(64)) })).code, "bad-signature");
  assert.equal((await change({ counter: counter + 1 }, { wrap: b64(random(73)) })).code, "bad-signature");
  assert.equal((await change({ counter })).status, 400, "a counter that does not go up");
  assert.equal((await change({ counter: counter + 1, end: true })).status, 204);
  assert.equal((await change({ counter: counter + 1 })).code, "bad-signature", "an old change cannot be put back");
  assert.equal((await other.call("GET", "/api/person")).status, 401, "the other device was signed out");
  assert.equal((await gus.call("GET", "/api/person")).status, 200);
  gus.passphrase = "a new one, and long";
  await gus.secondDevice();
});

test("a new passphrase cannot take another's name", async () => {
  const { cleo, ben } = await place();
  const { counter } = (await cleo.call("GET", "/api/person")).json();
  const made = await cleo.keys.newPassphrase({ houseId: cleo.houseId, name: ben.name, passphrase: "whatever, but long", counter: counter + 1 });
  const json = { counter: counter + 1, login_id: b64(made.loginId), login_secret: b64(made.loginSecret), wrap: b64(made.wrap), signature: b64(made.signature), end_other_sessions: false };
  const reply = await cleo.call("PUT", "/api/person/passphrase", { json });
  assert.equal(reply.status, 409);
  assert.equal(reply.code, "name-taken");
});

test("a recovery card opens the account; a new card shuts the old one", async () => {
  const { house, cleo } = await place();
  const byCard = async (words: string) => {
    const device = await Member.at(house.origin, contract.fetch);
    const { cardId, cardSecret } = await device.keys.readCard(words);
    const reply = await device.call("POST", "/api/session/card", { json: { card_id: cardId, card_secret: b64(cardSecret) } });
    if (reply.status === 201) await device.keys.openWrap({ personId: reply.json().person.id, wrap: fromBase64url(reply.json().wrap) });
    return reply;
  };
  assert.equal((await byCard(cleo.card)).status, 201);
  const { counter } = (await cleo.call("GET", "/api/person")).json();
  const card = await cleo.keys.newCard({ houseId: cleo.houseId, counter: counter + 1 });
  const json = { counter: counter + 1, id: card.id, secret: b64(card.secret), wrap: b64(card.wrap), signature: b64(card.signature) };
  assert.equal((await cleo.call("PUT", "/api/person/card", { json: { ...json, secret: b64(random(32)) } })).code, "bad-signature");
  assert.equal((await cleo.call("PUT", "/api/person/card", { json })).status, 204);
  const old = await byCard(cleo.card);
  assert.equal(old.status, 401);
  assert.equal(old.code, "sign-in-failed");
  assert.equal((await byCard(card.words)).status, 201);
});

test("a card's number cannot be taken from another", async () => {
  const { house } = await place();
  // Two keyrings that draw the same card: by chance it happens never, so chance is bent here.
  const drawn = random(20);
  const chance = (count: number) => (count === drawn.length ? drawn.slice() : random(count));
  const [hal, hui] = [await Member.at(house.origin, contract.fetch, chance), await Member.at(house.origin, contract.fetch, chance)];
  await hal.arrive(await house.invite("house"), "hal");
  const taken = await hui.tryToArrive(await house.invite("house"), "hui", "hui's own passphrase");
  assert.deepEqual([taken.status, taken.code], [409, "exists"]);
  const { cleo } = await place();
  const { counter } = (await cleo.call("GET", "/api/person")).json();
  const twin = await Member.at(house.origin, contract.fetch, chance);
  await twin.keys.signIn({ houseId: cleo.houseId, name: cleo.name, passphrase: cleo.passphrase });
  await twin.keys.openWrap({ personId: cleo.id, wrap: fromBase64url((await cleo.call("GET", "/api/person")).json().wrap_passphrase) });
  const card = await twin.keys.newCard({ houseId: cleo.houseId, counter: counter + 1 });
  const json = { counter: counter + 1, id: card.id, secret: b64(card.secret), wrap: b64(card.wrap), signature: b64(card.signature) };
  const reply = await cleo.call("PUT", "/api/person/card", { json });
  assert.deepEqual([reply.status, reply.code], [409, "exists"]);
});

test("public keys are shown to those who share a room, and to nobody else", async () => {
  const { ada, ben, dora } = await place();
  const seen = await ada.call("GET", `/api/people/${ben.id}/identity`);
  assert.equal(b64(seen.bytes), ben.arrival.identity);
  for (const id of [ben.id, newId()]) {
    const unseen = await dora.call("GET", `/api/people/${id}/identity`);
    assert.equal(unseen.status, 404, "someone else's and nobody's look the same");
  }
});

test("a deleted account is gone: its words, its sessions and its name", async () => {
  const { house, ada } = await place();
  const ivy = await newMember(house, contract.fetch, "ivy");
  const room = await ivy.bondWith(ada);
  const entry = newId();
  assert.equal((await ivy.put(room, entry, sealedEntry())).status, 201);
  assert.equal((await ada.put(room, newId(), sealedEntry())).status, 201);
  const { counter } = (await ivy.call("GET", "/api/person")).json();
  const { signature } = await ivy.keys.deletion({ houseId: ivy.houseId, counter: counter + 1 });
  const forged = await ivy.call("DELETE", "/api/person", { json: { counter: counter + 1, signature: b64(random(64)) } });
  assert.equal(forged.code, "bad-signature");
  assert.equal((await ivy.call("DELETE", "/api/person", { json: { counter: counter + 1, signature: b64(signature) } })).status, 204);
  assert.equal((await ivy.call("GET", "/api/person")).status, 401);
  const lines = readEntryFrames((await ada.call("GET", `/api/rooms/${room}/entries`)).bytes);
  assert.deepEqual(lines.map(({ author, state }) => [author === ivy.id, state]), [[true, "erased"], [false, "plain"]], "hers are erased, the other's are not");
  const bond = (await ada.call("GET", "/api/bonds")).json().bonds.find((one: { room: string }) => one.room === room);
  assert.notEqual(bond.ended_ms, null);
  assert.equal((await ada.put(room, newId(), sealedEntry())).code, "room-ended");
  await newMember(house, contract.fetch, "ivy");
});
