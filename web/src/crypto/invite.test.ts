// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { toBase64url } from "../lib/base64url";
import { concat, type Bytes } from "../lib/bytes";
import { fromId } from "../lib/id";
import { inviteKeys, sealAnswer, sealGreeting, type InviteKeys } from "./invite";
import type { CircleCard } from "./face";
import { openJson, sealJson, type Seal } from "./seal";
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

// ── Into a circle ───────────────────────────────────────────────────────────────────────────────────────────────────

const card = (some: Partial<CircleCard> = {}): CircleCard => ({
  room: newId(), firstAuthor: mal.id, mark: { epoch: 3, hash: randomBytes(32) }, name: "Tuesday", purpose: "to sit", agreements: "1\n2", ...some,
});

test("an invite into a circle says which, is answered for its room, and is read by any member who has the link's secret", async () => {
  const circle = card();
  const { secret, greeting } = await ada.crypto.newInvite({ name: "Ada", words: "come", circle });
  const read = await bo.crypto.readGreeting({ secret, greeting, from: ada.id });
  assert.deepEqual(read, { personId: ada.id, identity: ada.made.identity, name: "Ada", words: "come", circle });
  const answered = await bo.crypto.answerCircle({ secret, greeting, name: "Bo", from: ada.id });
  assert.deepEqual([answered.circle, answered.from.personId], [circle, ada.id]);
  const { answer } = answered;
  const { room } = circle;
  const bosAnswer = { personId: bo.id, identity: bo.made.identity, name: "Bo" };
  assert.deepEqual(await mal.crypto.readAnswer({ secret, room, answer, inviter: ada.id }), bosAnswer);
  assert.deepEqual(await ada.crypto.readAnswer({ secret, room, answer }), bosAnswer);
  await refuses(mal.crypto.readAnswer({ secret, room, answer }), "untrusted", "answer");
  await refuses(mal.crypto.readAnswer({ secret, room, answer, inviter: bo.id }), "untrusted", "answer");
  await refuses(mal.crypto.readAnswer({ secret, room: newId(), answer, inviter: ada.id }), "untrusted", "answer");
  const own = sealAnswer(inviteKeys(secret), { inviter: ada.id, room }, speaker(ada), randomBytes);
  await refuses(mal.crypto.readAnswer({ secret, room, answer: own, inviter: ada.id }), "untrusted", "own-invite");
});

test("a bond's invite is not answered as a circle's, nor the other way round, nor one's own", async () => {
  const bonds = await invite();
  await refuses(bo.crypto.answerCircle({ ...bonds, name: "Bo" }), "untrusted", "greeting-bond");
  const circles = await ada.crypto.newInvite({ name: "Ada", words: "", circle: card() });
  await refuses(bo.crypto.acceptInvite({ ...circles, name: "Bo" }), "untrusted", "greeting-circle");
  await refuses(ada.crypto.answerCircle({ ...circles, name: "Ada" }), "untrusted", "own-invite");
  await refuses(bo.crypto.answerCircle({ ...circles, name: "Bo", from: mal.id }), "untrusted", "greeting-from");
});

test("who holds the link cannot lead into another circle in the inviter's name", async () => {
  const circle = card();
  const { secret, greeting } = await ada.crypto.newInvite({ name: "Ada", words: "", circle });
  const keys = inviteKeys(secret);
  const how: Seal = { key: keys.key, purpose: "greeting", context: keys.id };
  const value = openJson(how, greeting) as { circle: object };
  const read = (changed: object): Promise<unknown> => bo.crypto.readGreeting({ secret, greeting: sealJson(how, changed, 9999, randomBytes) });
  await read(value);
  for (const field of [{ room: newId() }, { author: bo.id }, { epoch: 4 }, { hash: toBase64url(randomBytes(32)) }]) {
    await refuses(read({ ...value, circle: { ...value.circle, ...field } }), "untrusted", "circle-greeting-proof");
  }
  await refuses(read({ ...value, circle: undefined }), "untrusted", "greeting-proof");
  const bonds = await invite();
  const bondKeys = inviteKeys(bonds.secret);
  const bondHow: Seal = { key: bondKeys.key, purpose: "greeting", context: bondKeys.id };
  const bent = sealJson(bondHow, { ...openJson(bondHow, bonds.greeting), circle: value.circle }, 9999, randomBytes);
  await refuses(bo.crypto.readGreeting({ secret: bonds.secret, greeting: bent }), "untrusted", "circle-greeting-proof");
  const bad = [
    { room: "x" }, { room: 1 }, { author: "" }, { epoch: 0 }, { epoch: 1.5 }, { epoch: 2 ** 32 }, { epoch: "3" }, { hash: "AA" },
    { hash: "?" }, { name: 1 }, { purpose: null }, { agreements: undefined }, { name: "n".repeat(241) },
  ];
  for (const field of bad) await refuses(read({ ...value, circle: { ...value.circle, ...field } }), "untrusted");
  for (const circle of [null, "x", 7, []]) await refuses(read({ ...value, circle }), "untrusted");
});

test("a greeting holds what a circle may say of itself at its longest, and says what is too long", async () => {
  const longest = { name: "\u2026".repeat(80), purpose: "p".repeat(1000), agreements: "a\n".repeat(1066) };
  const make = (some: Partial<CircleCard>, words = "w".repeat(1000)): Promise<{ greeting: Bytes }> =>
    ada.crypto.newInvite({ name: "n".repeat(60), words, circle: card({ ...longest, ...some }) });
  const { greeting } = await make({});
  assert.ok(greeting.length <= 8192);
  await refuses(make({ name: `${longest.name}x` }), "too-long", "circle-name");
  await refuses(make({ purpose: `${longest.purpose}x` }), "too-long", "circle-purpose");
  await refuses(make({ agreements: `${longest.agreements}xyz` }), "too-long", "circle-agreements");
  await refuses(make({}, "w".repeat(2000)), "too-long", "greeting");
});
