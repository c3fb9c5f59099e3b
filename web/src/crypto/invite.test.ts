// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { toBase64url } from "../lib/base64url";
import { concat, type Bytes } from "../lib/bytes";
import { fromId } from "../lib/id";
import { inviteKeys, sealAnswer, sealGreeting, type InviteKeys } from "./invite";
import { openJson, sealJson } from "./seal";
import { hash, randomBytes } from "./sodium";
import { accepted, bonded, flipped, newId, person, refuses, type Person } from "./test_kit";

let ada: Person;
let bo: Person;
let mal: Person;
before(async () => {
  [ada, bo, mal] = await Promise.all([person("ada"), person("bob"), person("mal")]);
});

/** WHO says it is, with the signature of SIGNER. */
const speaker = (who: Person, signer: Person = who): Parameters<typeof sealAnswer>[2] => ({
  identity: who.account.identity, signSecret: signer.account.signing.secretKey, name: "Bo",
});

const invite = (): ReturnType<Person["crypto"]["newInvite"]> => ada.crypto.newInvite({ name: "Ada", words: "come" });

test("an invite is read by its link, and says who invites", async () => {
  const { id, auth, greeting, secret } = await invite();
  assert.deepEqual(await bo.crypto.openInvite({ secret }), { id, auth });
  const { identity } = ada.made;
  const read = await bo.crypto.readGreeting({ secret, greeting, from: ada.id });
  assert.deepEqual(read, { personId: ada.id, identity, name: "Ada", words: "come", circle: null });
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
  const pretending = speaker(ada, mal);
  const secret = randomBytes(32);
  const forged = sealGreeting(inviteKeys(secret), pretending, { words: "", circle: null }, randomBytes);
  await refuses(bo.crypto.readGreeting({ secret, greeting: forged }), "untrusted", "greeting-proof");
  // Nor with a proof that Ada made for an invite of hers.
  const hers = sealGreeting(keys, speaker(ada), { words: "", circle: null }, randomBytes);
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
  const stranger = sealAnswer(inviteKeys(randomBytes(32)), place, speaker(mal), randomBytes);
  const forAnother = sealAnswer(inviteKeys(bond.secret), { ...place, inviter: mal.id }, speaker(bo), randomBytes);
  await refuses(ada.crypto.readAnswer({ ...bond, answer: stranger }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, answer: forAnother }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, secret }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, room: newId() }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, answer: flipped(bond.answer) }), "untrusted", "answer");
  await refuses(ada.crypto.readAnswer({ ...bond, room: "nonsense" }), "untrusted", "malformed");
});

test("who holds the link cannot answer it in another's name, nor with a room founded for another invite", async () => {
  const { secret } = await invite();
  const bond = await accepted(ada, bo);
  const place = { inviter: ada.id, room: bond.room };
  const inBosName = sealAnswer(inviteKeys(secret), place, speaker(bo, mal), randomBytes);
  await refuses(ada.crypto.readAnswer({ secret, room: bond.room, answer: inBosName }), "untrusted", "answer-proof");
  // The proof that Bo really gave, moved into a new answer.
  const theirs = inviteKeys(bond.secret);
  const context = (keys: InviteKeys): Bytes => concat(keys.id, fromId(ada.id), fromId(bond.room));
  const value = openJson({ key: theirs.key, purpose: "answer", context: context(theirs) }, bond.answer);
  const keys = inviteKeys(secret);
  const moved = sealJson({ key: keys.key, purpose: "answer", context: context(keys) }, value, 9999, randomBytes);
  await refuses(ada.crypto.readAnswer({ secret, room: bond.room, answer: moved }), "untrusted", "answer-proof");
});

test("who answers for themselves but founds the room in another's name is not trusted", async () => {
  const theirs = await accepted(ada, mal);
  const { personId } = await ada.crypto.readAnswer(theirs);
  await ada.crypto.trust({ room: theirs.room, kind: "bond", members: [ada.id, personId], firstAuthor: personId });
  const other = await accepted(ada, bo);
  const load = ada.crypto.loadRoster({ room: theirs.room, links: [other.change.link], identities: { [bo.id]: bo.made.identity } });
  await refuses(load, "untrusted", "link-room");
});
