// SPDX-License-Identifier: AGPL-3.0-or-later
// Circles, by people with the client as it is shipped: how one comes in, what is heard by whom, how one goes, and what a house
// that lies gets out of it, which is nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLink, linkHash, readLink, sortMembers } from "../../web/src/crypto/roster";
import { signKeys } from "../../web/src/crypto/sodium";
import { concat, u16 } from "../../web/src/lib/bytes";
import { readEntryFrames, readEnvelopeList, readRosterList } from "../../web/src/lib/frames";
import type { Circle, FailureCode, Id, Line } from "../../web/src/model/face";
import { until } from "../children";
import { openHouse } from "../harness";
import { circleOf, letIn, meOf, WORDS } from "../meeting";
import { Member, newMember } from "../member";
import { arrive, reads, settled, textsIn, type Device, type Person } from "../somebody";
import { blankDevice, here, somebody, theHouse } from "./place";
import { cameBy, lost, newRoad, reopened, secondDevice } from "./road";

const WEEK = 7 * 86_400_000;
const fails = (code: FailureCode) => (error: { code?: string }) => error.code === code;
const mine = (who: Device, room: Id): Circle | null => who.house.circles.circle(room).value;
const log = (who: Device, room: Id) => who.house.rooms.log(room);
const lineOf = (who: Device, room: Id, id: Id): Extract<Line, { is: "entry" }> | undefined =>
  log(who, room).lines.value.find((line): line is Extract<Line, { is: "entry" }> => line.is === "entry" && line.id === id);
const names = (who: Device, room: Id) => mine(who, room)?.members.map(({ name }) => name).sort() ?? [];
const asides = (who: Device, room: Id) => log(who, room).lines.value.flatMap((line) => (line.is === "entry" && line.content.kind === "aside" ? [line.content.said] : []));

/** What the house says to whoever holds this device's cookie. */
async function asked(who: Device, path: string): Promise<{ status: number; bytes: Uint8Array<ArrayBuffer> }> {
  const reply = await fetch(`${(await theHouse()).origin}/api${path}`, { headers: { cookie: who.cookie() } });
  return { status: reply.status, bytes: new Uint8Array(await reply.arrayBuffer()) };
}

async function people(...called: readonly string[]): Promise<Person[]> {
  const all: Person[] = [];
  for (const name of called) all.push(await somebody(name));
  return all;
}

test("three in a circle: one name and one agreement for all; a word reaches the author alone, and the others see that it was heard", async () => {
  const [ana, ben, cleo] = await people("Ana", "Ben", "Cleo") as [Person, Person, Person];
  const room = await circleOf(ana, [ben, cleo]);
  for (const who of [ana, ben, cleo]) {
    await until("all by name", () => names(who, room).join() === "Ana,Ben,Cleo", 20_000);
    assert.deepEqual(mine(who, room)!.words, WORDS);
    assert.equal(log(who, room).kind, "circle");
  }
  assert.deepEqual(mine(ben, room)!.members.map(({ me, keeper }) => [me, keeper])[0], [true, false]);

  const share = await log(ana, room).share({ text: "I could not get up today.", wish: "listen", note: "about tiredness" });
  for (const who of [ben, cleo]) await reads(who, room, "I could not get up today.");
  const asShown = lineOf(ben, room, share)!;
  assert.ok(asShown.content.kind === "share" && asShown.content.note === "about tiredness");
  assert.equal(asShown.heard, false);
  assert.equal(lineOf(ana, room, share)!.heard, true, "to its author it is always so");
  await until("it is offered as a kind thing", () => cleo.house.today.kindThing.value?.kind === "reply-to-share");

  const word = await log(ben, room).respond(share, "with-you");
  await until("the author reads whose word it is", () => lineOf(ana, room, share)?.responses.some(({ word: said, author }) => said === "with-you" && author === meOf(ben)), 20_000);
  await until("the others see that it was heard", () => lineOf(cleo, room, share)?.heard, 20_000);
  assert.deepEqual(lineOf(cleo, room, share)!.responses, []);
  assert.ok(ana.house.today.came.value.some((came) => came.kind === "response" && came.person === meOf(ben)));
  assert.ok(lineOf(ben, room, share)!.responses.some(({ id, mine: own }) => id === word && own));

  await ben.house.circles.kindness(room, meOf(cleo), "I am glad that you are here.");
  await until("kind words came", () => asides(cleo, room).some((said) => said.kind === "kindness" && said.text === "I am glad that you are here."), 20_000);
  assert.deepEqual(asides(ana, room).filter(({ kind }) => kind === "kindness"), []);

  await ben.house.circles.setMyName(room, "Benno");
  await until("the new name is known", () => ana.house.circles.circle(room).value?.members.some(({ name }) => name === "Benno"), 20_000);
  await ana.house.circles.setWords(room, { ...WORDS, purpose: "to be heard, and to rest" });
  await until("the new words are known", () => mine(cleo, room)?.words.purpose === "to be heard, and to rest", 20_000);
  assert.ok(names(cleo, room).includes("Benno"));
  for (const who of [ana, ben, cleo]) assert.ok(log(who, room).lines.value.every((line) => line.is === "entry" && ["share", "aside"].includes(line.content.kind)), "what devices tell each other are no lines");
});

test("who opens a link is let in by any member's device while the inviter is away; before that, nothing of the circle is theirs", async () => {
  const [dora, eli] = await people("Dora", "Eli") as [Person, Person];
  const room = await circleOf(dora, [eli]);
  const invite = await dora.house.circles.invite(room, { words: "come and sit with us", forWhom: "Fay", expires: Date.now() + WEEK, uses: 2 });
  assert.deepEqual([invite.kind, invite.room], ["circle", room]);
  await settled(dora);
  await until("the other knows of the door", () => eli.house.rooms.log(room).state.value.is === "ready");
  dora.online.value = false;
  eli.online.value = false;

  const door = await blankDevice();
  const opened = await door.house.invites.open(invite.link);
  assert.deepEqual([opened.kind, opened.circle?.agreements, opened.from?.words], ["circle", WORDS.agreements, "come and sit with us"]);
  const fay = here(await arrive((await theHouse()).origin, invite.link, "Fay"));
  assert.equal(mine(fay, room), null);
  const waiting = fay.house.circles.requests.value;
  assert.deepEqual(waiting.map(({ room: at, name, state }) => [at, name, state]), [[room, WORDS.name, "knocking"]]);
  assert.notEqual((await asked(fay, `/rooms/${room}/entries?after=0`)).status, 200);

  eli.online.value = true;
  eli.house.connection.retry();
  await until("it is open to the newcomer", () => mine(fay, room)?.state === "alive", 30_000);
  assert.deepEqual(fay.house.circles.requests.value, []);
  await until("all by name", () => names(fay, room).join() === "Dora,Eli,Fay", 20_000);
  assert.ok(fay.house.today.came.value.some((came) => came.kind === "came-in" && came.person === meOf(fay)));
  await until("the others are told", () => eli.house.today.came.value.some((came) => came.kind === "came-in" && came.person === meOf(fay)), 20_000);
  await assert.rejects(fay.house.circles.knock(opened, "Fay"), fails("already-member"));
  dora.online.value = true;
  dora.house.connection.retry();
  await until("the inviter sees all", () => names(dora, room).join() === "Dora,Eli,Fay", 30_000);
});

test("who finds a circle in the directory asks in words and is answered in words: no, or yes and then the agreements", async () => {
  const [gil, hana, iva, jon] = await people("Gil", "Hana", "Iva", "Jon") as [Person, Person, Person, Person];
  const room = await circleOf(gil, [hana]);
  await assert.rejects(hana.house.circles.setRules(room, { ...mine(hana, room)!.rules, line: "ours" }), "only keepers set rules");
  await gil.house.circles.setRules(room, { ...mine(gil, room)!.rules, line: "For those who sleep badly" });
  for (const who of [iva, jon]) {
    await who.house.circles.loadDirectory();
    const listed = who.house.circles.directory.value.find((one) => one.room === room)!;
    assert.deepEqual([listed.line, listed.hasPlace, listed.mine], ["For those who sleep badly", true, false]);
    await who.house.circles.request(room, { myName: who === iva ? "Ivi" : "Jon", words: "I lie awake since March." });
  }
  const atTheDoor = await until("both stand at the door", () => (mine(gil, room)?.atTheDoor.length === 2 ? mine(gil, room)!.atTheDoor : null), 20_000);
  assert.deepEqual(atTheDoor.map(({ name, words, state }) => [name, words, state]).sort(), [["Ivi", "I lie awake since March.", "asking"], ["Jon", "I lie awake since March.", "asking"]]);
  assert.ok(atTheDoor.every(({ compare }) => compare.split(" ").length > 5));
  assert.deepEqual(mine(hana, room)!.atTheDoor, [], "who does not keep it reads no asking");
  assert.ok(gil.house.today.came.value.some((came) => came.kind === "at-the-door" && came.room === room));

  await gil.house.circles.answer(room, meOf(jon), { welcome: false, words: "We are full of sorrow just now. Try the Monday one." });
  const declined = await until("it is said kindly", () => jon.house.circles.requests.value.find(({ state }) => state === "declined"), 20_000);
  assert.equal(declined.answer, "We are full of sorrow just now. Try the Monday one.");
  assert.equal(declined.words, null);
  await jon.house.circles.withdraw(room);
  assert.deepEqual(jon.house.circles.requests.value, []);

  await gil.house.circles.answer(room, meOf(iva), { welcome: true, words: "Come." });
  const welcomed = await until("it is said yes", () => iva.house.circles.requests.value.find(({ state }) => state === "welcomed"), 20_000);
  assert.deepEqual([welcomed.name, welcomed.answer, welcomed.words?.agreements], [WORDS.name, "Come.", WORDS.agreements]);
  await settled(gil);
  gil.online.value = false;
  await iva.house.circles.accept(room);
  await until("any member's device lets her in", () => mine(iva, room)?.state === "alive", 30_000);
  await until("by the name that she gave", () => names(hana, room).join() === "Gil,Hana,Ivi", 20_000);
});

test("who comes reads the welcome and nothing from before; the house has no words of it for them, either", async () => {
  const [kai, lou, mia] = await people("Kai", "Lou", "Mia") as [Person, Person, Person];
  const room = await circleOf(kai, [lou]);
  await kai.house.circles.setWords(room, { ...WORDS, welcome: "We begin each evening with one breath." });
  for (let i = 0; i < 3; i++) await log(kai, room).share({ text: `before ${i}`, wish: "none" });
  await settled(kai);
  await reads(lou, room, "before 2");
  await letIn(kai, room, [mia]);
  await until("the welcome is there", () => mine(mia, room)?.words.welcome === "We begin each evening with one breath.", 20_000);
  await log(lou, room).share({ text: "after", wish: "none" });
  await reads(mia, room, "after");
  assert.deepEqual(textsIn(mia, room), ["after"]);
  assert.equal(log(mia, room).hasOlder.value, false);
  assert.ok(log(mia, room).lines.value.every(({ is }) => is === "entry"), "nothing is missing, nothing untrusted");
  const frames = readEntryFrames((await asked(mia, `/rooms/${room}/entries?after=0&limit=500`)).bytes);
  const before = frames.filter(({ state }) => state === "withheld");
  assert.ok(before.length >= 4 && before.every(({ body }) => body.length === 0));
  assert.ok(frames.slice(0, before.length).every(({ state }) => state === "withheld"));
  assert.equal(readEnvelopeList((await asked(mia, `/rooms/${room}/envelopes?after=0`)).bytes).length, 1, "one key: the one they came in by");
});

test("who leaves reads nothing more: not from the house, and not with their keys from what a dishonest house would hand them", async () => {
  const [nia, ole, pam] = await people("Nia", "Ole", "Pam") as [Person, Person, Person];
  const room = await circleOf(nia, [ole, pam]);
  await log(pam, room).share({ text: "while I was there", wish: "none" });
  await reads(ole, room, "while I was there");
  await pam.house.circles.leave(room, "Thank you, all.");
  await until("it is gone for her", () => mine(pam, room)?.state === "gone", 20_000);
  assert.equal(log(pam, room).writable.value, false);
  assert.ok(textsIn(pam, room).includes("while I was there"), "what she read is hers until she puts it away");
  await reads(ole, room, "Thank you, all.");
  const later = await log(ole, room).share({ text: "after she went", wish: "none" });
  await reads(nia, room, "after she went");
  await settled(ole);
  await until("she is out of it", () => names(nia, room).join() === "Nia,Ole", 20_000);
  assert.notEqual((await asked(pam, `/rooms/${room}/roster?after=0`)).status, 200);

  const keys = await keysOf(pam);
  await handOver(keys, nia, room);
  const frames = readEntryFrames((await asked(nia, `/rooms/${room}/entries?after=0&limit=500`)).bytes);
  const frame = (text: Id) => frames.find(({ id }) => id === text)!;
  await assert.rejects(keys.keys.openEntry(frame(later)), (error: { code?: string }) => error.code === "unknown-epoch");

  await pam.house.circles.putAway(room);
  assert.equal(mine(pam, room), null);
  assert.deepEqual(textsIn(pam, room), []);
});

/** Somebody's keys alone, as a thief of their own account would use them. */
async function keysOf(who: Person): Promise<Member> {
  const { origin } = await theHouse();
  const member = await Member.at(origin, fetch);
  const houseId = (await member.call("GET", "/api/house")).json().id as string;
  Object.assign(member, { houseId, name: who.signInName, passphrase: who.passphrase, id: meOf(who) });
  const { wrap } = (await member.signInByName()).json() as { wrap: string };
  await member.keys.openWrap({ personId: meOf(who), wrap: new Uint8Array(Buffer.from(wrap, "base64url")) });
  return member;
}

/** All that a member gets of a room's keys, in another's hands. */
async function handOver({ keys }: Member, from: Person, room: Id): Promise<void> {
  const links = readRosterList((await asked(from, `/rooms/${room}/roster?after=0`)).bytes);
  const everybody = [...new Set(links.flatMap((link) => [readLink(link).author, ...readLink(link).members]))];
  const identities = Object.fromEntries(await Promise.all(everybody.map(async (one) => [one, (await asked(from, `/people/${one}/identity`)).bytes] as const)));
  const firstAuthor = readLink(links[0]!).author;
  await keys.trust({ room, kind: "circle", members: [firstAuthor], firstAuthor });
  await keys.loadRoster({ room, links, identities });
  await keys.loadEnvelopes({ room, envelopes: readEnvelopeList((await asked(from, `/rooms/${room}/envelopes?after=0`)).bytes) }).catch(() => undefined);
}

test("a keeper asks somebody to leave with words that only they read; then they are out", async () => {
  const [quin, rea, sven] = await people("Quin", "Rea", "Sven") as [Person, Person, Person];
  const room = await circleOf(quin, [rea, sven]);
  await assert.rejects(rea.house.circles.askToLeave(room, meOf(sven), ""), "who does not keep the circle asks nobody to leave");
  await quin.house.circles.askToLeave(room, meOf(sven), "It has become too much for us. We wish you well.");
  await until("it is gone, with the words", () => mine(sven, room)?.parting === "It has become too much for us. We wish you well." && mine(sven, room)?.state === "gone", 20_000);
  await until("the others are two", () => names(rea, room).join() === "Quin,Rea", 20_000);
  assert.deepEqual(asides(rea, room), []);
  await log(rea, room).share({ text: "without him", wish: "none" });
  await reads(quin, room, "without him");
  await assert.rejects(log(sven, room).share({ text: "still here", wish: "none" }), fails("room-ended"));
});

test("a house that adds a ghost to the roster gets nothing: the circle is untrusted until it shows what holds", async () => {
  const road = newRoad();
  const tove = await cameBy(road, "Tove");
  const [ugo] = await people("Ugo") as [Person];
  const room = await circleOf(tove, [ugo]);
  const ghost = await newMember(await theHouse(), fetch, "ghost");
  const standing = readRosterList((await asked(ugo, `/rooms/${room}/roster?after=0`)).bytes);
  const forged = withGhost(room, standing[standing.length - 1]!, ghost.id);
  road.bend(async (go, { path, query }) => {
    if (path === `/api/rooms/${room}/roster`) return listOf([...standing, forged].slice(Number(query.get("after"))));
    if (path === `/api/people/${ghost.id}/identity`) return octets((await ghost.keys.me()).identity);
    const reply = await go();
    return path === "/api/circles" || path === `/api/circles/${room}` ? withGhostTold(reply, ghost.id) : reply;
  });
  const lied = await reopened(tove);
  await until("it is untrusted", () => mine(lied, room)?.state === "untrusted", 30_000);
  assert.deepEqual(mine(lied, room)!.members, []);
  assert.deepEqual(log(lied, room).lines.value, []);
  await assert.rejects(log(lied, room).share({ text: "for the ghost", wish: "none" }), fails("room-ended"));
  road.bend(null);
  await log(ugo, room).share({ text: "something new", wish: "none" });
  const again = await reopened(Object.assign(lied, { card: tove.card, signInName: tove.signInName, passphrase: tove.passphrase }));
  await until("what holds is trusted again", () => names(again, room).join() === "Tove,Ugo", 30_000);
  await reads(again, room, "something new");
});

const octets = (bytes: Uint8Array<ArrayBuffer>) => new Response(bytes, { headers: { "content-type": "application/octet-stream" } });
const listOf = (links: readonly Uint8Array[]) => octets(concat(...links.flatMap((link) => [u16(link.length), link])));

/** One more member from the next epoch on, by the house's word. */
async function withGhostTold(reply: Response, person: Id): Promise<Response> {
  type Told = { epoch: number; members: unknown[] };
  const said = await reply.json() as Told | { circles: Told[] };
  for (const one of "circles" in said ? said.circles : [said]) {
    one.epoch += 1;
    one.members.push({ person, keeper: false, from_epoch: one.epoch });
  }
  return new Response(JSON.stringify(said), { status: reply.status, headers: { "content-type": "application/json" } });
}

/** A link after LAST that takes GHOST in, as if one of them had signed it. */
function withGhost(room: Id, last: Uint8Array, ghost: Id): Uint8Array {
  const { epoch, members } = readLink(last);
  const link = { room, kind: "circle" as const, epoch: epoch + 1, before: linkHash(last), timeMs: Date.now(), author: members[0]!, members: sortMembers([...members, ghost]) };
  return makeLink(link, signKeys(new Uint8Array(32)).secretKey);
}

test("who left comes back by a new link, and reads neither what was said meanwhile nor less than before", async () => {
  const [ada, bob] = await people("Ada", "Bob") as [Person, Person];
  const room = await circleOf(ada, [bob]);
  await log(ada, room).share({ text: "the first time", wish: "none" });
  await reads(bob, room, "the first time");
  await bob.house.circles.leave(room, "");
  await log(ada, room).share({ text: "while he was away", wish: "none" });
  await settled(ada);
  await until("he is away", () => mine(bob, room)?.state === "gone", 20_000);
  await letIn(ada, room, [bob]);
  await log(ada, room).share({ text: "the second time", wish: "none" });
  await reads(bob, room, "the second time");
  assert.ok(!textsIn(bob, room).includes("while he was away"));
  assert.ok(log(bob, room).lines.value.every(({ is }) => is === "entry"));
  await log(bob, room).share({ text: "I am back", wish: "none" });
  await reads(ada, room, "I am back");
});

test("an account that goes for good leaves its circles; who comes later, and new devices, can still tell who is in them", async () => {
  const [ines, joel, kira] = await people("Ines", "Joel", "Kira") as [Person, Person, Person];
  const room = await circleOf(ines, [joel]);
  await log(joel, room).share({ text: "by one who goes", wish: "none" });
  await reads(ines, room, "by one who goes");
  // The one who goes let somebody in: a link of the roster is theirs.
  ines.online.value = false;
  await letIn(joel, room, [kira]);
  ines.online.value = true;
  ines.house.connection.retry();
  await until("all three", () => names(ines, room).join() === "Ines,Joel,Kira", 30_000);
  await joel.house.session.deleteAccount(joel.passphrase);
  await until("the others are two", () => [ines, kira].every((who) => names(who, room).join() === "Ines,Kira"), 30_000);
  await log(kira, room).share({ text: "we go on", wish: "none" });
  await reads(ines, room, "we go on");
  const [lena] = await people("Lena") as [Person];
  await letIn(ines, room, [lena]);
  await until("who comes later sees all", () => names(lena, room).join() === "Ines,Kira,Lena", 20_000);
  const phone = await secondDevice(kira);
  await reads(phone, room, "we go on");
  const tablet = await secondDevice(ines);
  await reads(tablet, room, "we go on");
  assert.ok(!textsIn(tablet, room).includes("by one who goes"), "his words went with him");
});

test("one leaves and two write at the same moment: one gives the new key, both are read once, and nothing is lost", async () => {
  const [wim, xia, yan] = await people("Wim", "Xia", "Yan") as [Person, Person, Person];
  const room = await circleOf(wim, [xia, yan]);
  for (const who of [wim, xia]) who.online.value = false;
  await yan.house.circles.leave(room, "");
  await Promise.all([log(wim, room).share({ text: "from Wim", wish: "none" }), log(xia, room).share({ text: "from Xia", wish: "none" })]);
  for (const who of [wim, xia]) {
    who.online.value = true;
    who.house.connection.retry();
  }
  for (const who of [wim, xia]) {
    for (const text of ["from Wim", "from Xia"]) await reads(who, room, text);
    await settled(who);
  }
  assert.deepEqual(textsIn(wim, room).filter((text) => text.startsWith("from")).sort(), ["from Wim", "from Xia"]);
  assert.deepEqual(textsIn(wim, room), textsIn(xia, room));
  await until("all have the same two", () => [wim, xia].every((who) => names(who, room).join() === "Wim,Xia"), 20_000);
});

test("another device finds the circle by the passphrase alone; a browser without a network still reads it", async () => {
  const [zoe, abe] = await people("Zoe", "Abe") as [Person, Person];
  const room = await circleOf(zoe, [abe]);
  await log(zoe, room).share({ text: "kept for later", wish: "none" });
  await reads(abe, room, "kept for later");
  await abe.house.circles.setMyName(room, "Abel");
  await settled(abe);
  const phone = await secondDevice(abe);
  await reads(phone, room, "kept for later");
  await until("with its words and people", () => mine(phone, room)?.words.agreements === WORDS.agreements && names(phone, room).join() === "Abel,Zoe", 20_000);
  await log(phone, room).share({ text: "from the phone", wish: "none" });
  await reads(zoe, room, "from the phone");

  abe.online.value = false;
  const again = await reopened(abe);
  await until("it is read without a network", () => textsIn(again, room).includes("kept for later") && names(again, room).join() === "Abel,Zoe");
  await log(again, room).share({ text: "written on a train", wish: "none" });
  await again.house.circles.kindness(room, meOf(zoe), "written on a train, too");
  again.online.value = true;
  again.house.connection.retry();
  await reads(zoe, room, "written on a train");
  await until("so are kind words", () => asides(zoe, room).some((said) => said.kind === "kindness"), 20_000);
});

test("what is older than the circle agreed on is gone from this device by the house's time, as it is from the house", async () => {
  const road = newRoad();
  const bea = await cameBy(road, "Bea");
  const [cem] = await people("Cem") as [Person];
  const room = await circleOf(bea, [cem]);
  await bea.house.circles.setRules(room, { ...mine(bea, room)!.rules, fadeDays: 3 });
  await log(cem, room).share({ text: "for three days", wish: "none" });
  await reads(bea, room, "for three days");
  await settled(bea);
  road.aheadMs = 4 * 86_400_000;
  const again = await reopened(bea);
  await again.house.about.load();
  await log(cem, room).share({ text: "one more", wish: "none" });
  await until("it has faded", () => again.house.circles.circle(room).value?.state === "alive" && !textsIn(again, room).includes("for three days"), 20_000);
  assert.ok(log(again, room).lines.value.every(({ is }) => is === "entry"), "what faded leaves no line that says so");
  assert.equal(mine(again, room)!.words.name, WORDS.name, "what the circle is stays");
});

test("a cut line at the worst moments makes no second circle, no second knock and no second coming in", async () => {
  const road = newRoad();
  const dan = await cameBy(road, "Dan");
  const other = newRoad();
  const eve = await cameBy(other, "Eve");
  let cut = 0;
  const once = (name: RegExp) => async (go: () => Promise<Response>, { path, method }: { path: string; method: string }) => {
    const reply = await go();
    if (method === "GET" || !name.test(path) || cut++ > 0) return reply;
    return lost();
  };
  road.bend(once(/\/circles$/));
  const room = await circleOf(dan, []);
  assert.ok(cut > 0);
  assert.equal(dan.house.circles.mine.value.length, 1);
  cut = 0;
  road.bend(once(/\/change$/));
  other.bend(once(/\/knock$/));
  await letIn(dan, room, [eve]);
  await until("both are in, once", () => names(dan, room).join() === "Dan,Eve" && names(eve, room).join() === "Dan,Eve", 30_000);
});

test("eight in a circle, with two who keep it; each reads all of the others", { timeout: 300_000 }, async () => {
  const all = await people(..."Fin,Gro,Hal,Ida,Jan,Kim,Leo,Max".split(","));
  const room = await circleOf(all[0]!, all.slice(1), 8);
  await assert.rejects(all[0]!.house.circles.setKeeper(room, meOf(all[1]!), false), fails("two-keepers"));
  for (const who of all) await log(who, room).share({ text: `this is ${who.signInName}`, wish: "none" });
  for (const who of all) for (const other of all) await reads(who, room, `this is ${other.signInName}`);
  assert.equal(new Set(all.map((who) => textsIn(who, room).join())).size, 1, "in one order for all");
});

test("twenty-four, in a house that allows it: all read the same, and one who leaves makes nobody wait", { timeout: 600_000 }, async () => {
  const house = await openHouse({ flags: ["--circle-size", "24"] });
  const all: Person[] = [];
  for (let i = 0; i < 24; i++) all.push(here(await arrive(house.origin, await house.invite("house"), `Person ${i}`)));
  const [first, second] = all as [Person, Person];
  const room = await circleOf(first, all.slice(1), 24);
  await log(first, room).share({ text: "good evening, all", wish: "none" });
  for (const who of all) await reads(who, room, "good evening, all");
  await all[23]!.house.circles.leave(room, "");
  await log(second, room).share({ text: "and good night", wish: "none" });
  for (const who of all.slice(0, 23)) await reads(who, room, "and good night");
  await until("she is out of it", () => names(first, room).length === 23, 30_000);
});
