// SPDX-License-Identifier: AGPL-3.0-or-later
// Blocks: one action, silent, everywhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readEntryFrames } from "../../web/src/lib/frames";
import { newId, newMember, sealedEntry } from "../member";
import { contract, place } from "./place";

test("a block withholds what the other writes from then on, and the other is told nothing", async () => {
  const { house, ada } = await place();
  const pia = await newMember(house, contract.fetch, "pia");
  const room = await pia.bondWith(ada);
  await pia.put(room, newId(), sealedEntry());
  assert.equal((await ada.call("PUT", `/api/blocks/${pia.id}`)).status, 204);
  assert.equal((await ada.call("PUT", `/api/blocks/${pia.id}`)).status, 204, "a repeat answers the same");
  assert.deepEqual((await ada.call("GET", "/api/blocks")).json(), { blocks: [pia.id] });
  assert.equal((await pia.put(room, newId(), sealedEntry())).status, 201, "the other sees nothing of it");
  assert.deepEqual((await pia.call("GET", "/api/blocks")).json(), { blocks: [] });
  const states = async (who: typeof ada) => readEntryFrames((await who.call("GET", `/api/rooms/${room}/entries`)).bytes).map(({ state }) => state);
  assert.deepEqual(await states(ada), ["plain", "withheld"]);
  assert.deepEqual(await states(pia), ["plain", "plain"]);
  assert.equal((await ada.call("DELETE", `/api/blocks/${pia.id}`)).status, 204);
  assert.equal((await ada.call("DELETE", `/api/blocks/${pia.id}`)).status, 204);
  assert.deepEqual((await ada.call("GET", "/api/blocks")).json(), { blocks: [] });
});

test("who blocks and who is blocked cannot use one another's invites", async () => {
  const { house, ada } = await place();
  const quin = await newMember(house, contract.fetch, "quin");
  const [mine, theirs] = [await ada.newInvite(), await quin.newInvite()];
  const room = await quin.bondWith(ada);
  await ada.call("DELETE", `/api/bonds/${room}`);
  await ada.call("PUT", `/api/blocks/${quin.id}`);
  assert.equal((await quin.accept(mine)).reply.code, "invite-gone");
  assert.equal((await ada.accept(theirs)).reply.code, "invite-gone");
  await ada.call("DELETE", `/api/invites/${mine.id}`);
});

test("blocking tells nothing about who is there; nobody blocks themselves", async () => {
  const { dora } = await place();
  const nobody = newId();
  assert.equal((await dora.call("PUT", `/api/blocks/${nobody}`)).status, 204);
  assert.equal((await dora.call("DELETE", `/api/blocks/${nobody}`)).status, 204);
  assert.equal((await dora.call("PUT", `/api/blocks/${dora.id}`)).status, 400);
});
