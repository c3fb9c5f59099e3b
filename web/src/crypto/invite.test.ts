// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { toBase64url } from "../lib/base64url";
import { inviteKeys, sealAnswer, sealGreeting } from "./invite";
import { sealJson } from "./seal";
import { hash, randomBytes } from "./sodium";
import { accepted, bonded, flipped, newId, person, refuses, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
let mal: Person;
before(async () => {
  [ada, bo, mal] = await Promise.all([person("ada"), person("bob"), person("mal")]);
});

const invite = (): ReturnType<Person["crypto"]["newInvite"]> => ada.crypto.newInvite({ name: "Ada", words: "come" });

test("an invite is read by its link, and says who invites", async () => {
  const { id, auth, greeting, secret } = await invite();
  assert.deepEqual(await bo.crypto.openInvite({ secret }), { id, auth });
  const { identity } = ada.made;
  const read = await bo.crypto.readGreeting({ secret, greeting, from: ada.id });
  assert.deepEqual(read, { personId: ada.id, identity, name: "Ada", words: "come" });
});

test("nothing of the secret can be had from what the house is told", async () => {
  const { id, auth, secret } = await invite();
  assert.notDeepEqual(auth, secret);
  assert.notEqual(toBase64url(hash(16, null, auth)), id);
});

test("a greeting that was altered, swapped, or read with another link is refused", async () => {
  const [one, two] = [await invite(), await invite()];
  await refuses(bo.crypto.readGreeting({ secret: one.secret, greeting: flipped(one.greeting) }), "untrusted", "greeting");
  await refuses(bo.crypto.readGreeting({ secret: one.secret, greeting: two.greeting }), "untrusted", "greeting");
  await refuses(bo.crypto.readGreeting({ secret: flipped(one.secret), greeting: one.greeting }), "untrusted", "greeting");
  await refuses(bo.crypto.readGreeting({ secret: one.secret.slice(1), greeting: one.greeting }), "untrusted", "invite-secret");
  await refuses(bo.crypto.acceptInvite({ secret: one.secret, greeting: two.greeting, name: "" }), "untrusted", "greeting");
});

test("the house cannot say that somebody else invited", async () => {
  const { secret, greeting } = await invite();
  await refuses(bo.crypto.readGreeting({ secret, greeting, from: mal.id }), "untrusted", "greeting-from");
  await refuses(bo.crypto.acceptInvite({ secret, greeting, name: "Bo", from: mal.id }), "untrusted", "greeting-from");
});

test("who makes an invite cannot greet as somebody else", async () => {
  const keys = inviteKeys(randomBytes(32));
  const pretending = { identity: ada.account.identity, signSecret: mal.account.signing.secretKey, name: "Ada", words: "" };
  const secret = randomBytes(32);
  const forged = sealGreeting(inviteKeys(secret), pretending, randomBytes);
  await refuses(bo.crypto.readGreeting({ secret, greeting: forged }), "untrusted", "greeting-proof");
  // Nor with a proof that Ada made for an invite of hers.
  const hers = sealGreeting(keys, { ...pretending, signSecret: ada.account.signing.secretKey }, randomBytes);
  await refuses(bo.crypto.readGreeting({ secret, greeting: hers }), "untrusted", "greeting");
});

test("a greeting without its parts, or not padded as it must be, is refused", async () => {
  const secret = randomBytes(32);
  const keys = inviteKeys(secret);
  const how = { key: keys.key, purpose: "greeting" as const, context: keys.id };
  for (const value of [{}, { identity: "AA" }, { identity: 7 }, { identity: toBase64url(ada.made.identity), proof: "" }]) {
    await refuses(bo.crypto.readGreeting({ secret, greeting: sealJson(how, value, 9999, randomBytes) }), "untrusted");
  }
});

test("one cannot accept one's own invite", async () => {
  const { secret, greeting } = await invite();
  await refuses(ada.crypto.acceptInvite({ secret, greeting, name: "Ada" }), "untrusted", "own-invite");
});

test("the inviter learns who answered, and both read one room", async () => {
  const bond = await accepted(ada, bo);
  const answered = await ada.crypto.readAnswer(bond);
  assert.deepEqual(answered, { personId: bo.id, identity: bo.made.identity, name: "Bo" });
  await bonded(ada, bo);
});

test("an answer by a stranger, to another invite, to another person, or for another room is refused", async () => {
  const bond = await accepted(ada, bo);
  const { secret } = await invite();
  const place = { inviter: ada.id, room: bond.room };
  const stranger = sealAnswer(inviteKeys(randomBytes(32)), place, mal.account.identity, "Bo", randomBytes);
  const forAnother = sealAnswer(inviteKeys(bond.secret), { ...place, inviter: mal.id }, bo.account.identity, "Bo", randomBytes);
  await refuses(ada.crypto.readAnswer({ ...bond, answer: stranger }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, answer: forAnother }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, secret }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, room: newId() }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, answer: flipped(bond.answer) }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, room: "nonsense" }), "untrusted", "malformed");
});

test("who holds the link can answer as somebody else, but their room is then not trusted", async () => {
  const { secret } = await invite();
  const theirs = await accepted(ada, mal);
  const lie = sealAnswer(inviteKeys(secret), { inviter: ada.id, room: theirs.room }, bo.account.identity, "Bo", randomBytes);
  const { personId } = await ada.crypto.readAnswer({ secret, room: theirs.room, answer: lie });
  assert.equal(personId, bo.id);
  await ada.crypto.trust({ room: theirs.room, kind: "bond", members: [ada.id, bo.id], firstAuthor: bo.id });
  const load = ada.crypto.loadRoster({ room: theirs.room, links: [theirs.change.link], identities: { [mal.id]: mal.made.identity } });
  await refuses(load, "untrusted", "link-author");
});
