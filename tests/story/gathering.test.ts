// SPDX-License-Identifier: AGPL-3.0-or-later
// Gatherings, by people with the client as it is shipped: a whole one with all its rounds, and what may happen in one. Words
// are where they were said or they are back in the hands of who said them; they are in no third place.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { FailureCode, Gathering, Id } from "../../web/src/model/face";
import { until } from "../children";
import { openHouse, STORE, type House } from "../harness";
import { comeAll, circleOf, holderOf, looksAt, meeting, meetNow, meOf, sees } from "../meeting";
import { arrive, settled, type Device, type Person } from "../somebody";
import { here, somebody, theHouse } from "./place";
import { cameBy, newRoad, reopened } from "./road";

const fails = (code: FailureCode) => (error: { code?: string }) => error.code === code;
const NOTHING = { title: "", text: "", question: "" };

const of = (who: Device) => who.house.gatherings;
const textsOf = ({ turns }: Gathering) => turns.map(({ stage, text, reply }) => `${stage}${reply ? " (reply)" : ""}: ${text}`);
const draftOf = (who: Device, id: Id) => who.house.drafts.read(`gathering:${id}`).value?.text ?? "";

/** Says it, sees it counted, hands on. */
async function takesTurn(who: Device, id: Id, text: string): Promise<void> {
  await sees(who, id, "it is their turn", (now) => now.iHold);
  await of(who).say(id, { text });
  await of(who).handOn(id);
}

/** Each in turn, whoever holds it, until the stage is another. */
async function wholeRound(people: readonly Person[], id: Id, stage: Gathering["stage"], text: (who: Person) => string): Promise<void> {
  for (let turn = 0; turn < people.length; turn++) {
    const who = await holderOf(people, id);
    assert.equal(meeting(who, id)?.stage, stage);
    await takesTurn(who, id, text(who));
    await sees(people[0]!, id, "it went on", (now) => now.stage !== stage || now.holder !== meOf(who));
  }
}

test("three hold a whole gathering: opening, three rounds, a pass, a reply, a bell; all read the same, and so does who could not come", { timeout: 240_000 }, async () => {
  const [ida, per, moa, una] = [await somebody("Ida"), await somebody("Per"), await somebody("Moa"), await somebody("Una")];
  const all = [ida, per, moa];
  const room = await circleOf(ida, [per, moa, una], 6);
  const about = { title: "On rest", text: "A short text.", question: "When did you last rest?" };
  const id = await meetNow(ida, room, [about], 60);
  await until("it is coming for all", () => [...all, una].every((who) => of(who).coming.value.some((one) => one.id === id && one.words.question === about.question)), 20_000);
  assert.equal(una.house.today.soon.value?.id, id);

  await assert.rejects(of(per).begin(id), "nobody begins who is not in it");
  const stops = await comeAll(all, id);
  await sees(moa, id, "all three are here", (now) => now.people.filter((one) => one.here).length === 3 && !now.few);
  assert.deepEqual(meeting(moa, id)!.people.map(({ name, me }) => [name, me]), [["Ida", false], ["Per", false], ["Moa", true]]);
  assert.deepEqual(all.map((who) => meeting(who, id)!.mayBegin), [true, false, false]);

  await of(ida).begin(id);
  assert.equal(await holderOf(all, id), ida);
  await of(ida).say(id, { text: "Let us be quiet for a moment." });
  await of(ida).on(id);
  await wholeRound(all, id, "check-in", (who) => `${who.signInName} checks in`);

  // Main round: one speaks, one passes, one asks for replies and speaks with a voice.
  assert.equal(await holderOf(all, id), ida);
  await assert.rejects(of(per).say(id, { text: "out of turn" }), fails("not-your-turn"));
  assert.equal(draftOf(per, id), "out of turn");
  per.house.drafts.clear(`gathering:${id}`);
  await of(moa).sign(id);
  await sees(ida, id, "Moa's sign is seen", (now) => now.signs.includes(meOf(moa)));
  await sees(ida, id, "and it goes out", (now) => now.signs.length === 0);
  await takesTurn(ida, id, "ida speaks");
  await sees(per, id, "it is Per's", (now) => now.iHold);
  await of(per).handOn(id);
  await sees(moa, id, "it is Moa's", (now) => now.iHold);
  await assert.rejects(of(per).say(id, { text: "too soon" }), fails("not-your-turn"));
  per.house.drafts.clear(`gathering:${id}`);
  const sound = randomBytes(90_000);
  await moa.house.voices.start(`gathering:${id}`, "audio/webm;codecs=opus");
  await moa.house.voices.add(`gathering:${id}`, sound, 2_000);
  const voice = await moa.house.voices.keep(`gathering:${id}`, room);
  await of(moa).say(id, { text: "", voice });
  await moa.house.voices.drop(`gathering:${id}`);
  await settled(moa);
  await of(moa).welcomeReplies(id, true);
  await sees(per, id, "replies are welcome", (now) => now.repliesWelcome);
  await of(per).say(id, { text: "per replies" });
  await settled(per);
  const [said] = (await sees(ida, id, "the voice is there", ({ turns }) => turns.some((one) => one.voice !== null))).turns.filter((one) => one.voice !== null);
  const pieces: Uint8Array[] = [];
  for await (const piece of ida.house.voices.play(room, said!.voice!)) pieces.push(piece);
  assert.deepEqual(Buffer.concat(pieces), sound);
  await of(moa).handOn(id);

  // The bell, by two at once: one pause for all.
  assert.equal(await holderOf(all, id), ida);
  await Promise.all([of(per).bell(id), of(moa).bell(id)]);
  const paused = await Promise.all(all.map((who) => sees(who, id, "all pause", (now) => now.pausedUntil !== null)));
  assert.equal(new Set(paused.map((now) => now.pausedUntil)).size, 1);
  await assert.rejects(of(ida).say(id, { text: "after the bell" }), (error: { code?: string; detail?: string }) => error.code === "paused" && Number(error.detail) === paused[0]!.pausedUntil);
  assert.equal(draftOf(ida, id), "after the bell");
  await of(per).bell(id);
  await sees(ida, id, "the pause ends by itself, and a second bell did not make it longer", (now) => now.pausedUntil === null, 32_000);
  assert.ok(of(ida).now() - paused[0]!.pausedUntil! < 3_000);
  await wholeRound(all, id, "closing", (who) => `${who.signInName} goes home`);

  const ends = await Promise.all(all.map((who) => sees(who, id, "it is over", (now) => now.stage === "over" && now.turns.every((one) => one.place.is === "sent"))));
  const expected = [
    "opening: Let us be quiet for a moment.", "check-in: ida checks in", "check-in: per checks in", "check-in: moa checks in",
    "main: ida speaks", "main: ", "main (reply): per replies", "closing: ida goes home", "closing: per goes home", "closing: moa goes home",
  ];
  for (const now of ends) {
    assert.deepEqual(textsOf(now), expected);
    assert.ok(now.fades !== null && now.fades > Date.now() + 6 * 86_400_000);
  }
  looksAt(una, id);
  assert.deepEqual(textsOf(await sees(una, id, "who was not there reads it", (now) => now.turns.length === expected.length)), expected);
  assert.ok(!linesOf(una, room).includes("turn"), "the circle's own log is for other words");
  await assert.rejects(of(una).come(id), fails("door-closed"));
  for (const stop of stops) stop();
});

/** What stands as lines in the circle's log. */
const linesOf = (who: Device, room: Id): string[] => who.house.rooms.log(room).lines.value.map((line) => (line.is === "entry" ? line.content.kind : line.is));

test("who loses the connection while holding is passed over gently, has the words back, and the turn at the end", { timeout: 300_000 }, async () => {
  const [ida, per, moa] = [await somebody("Iris"), await somebody("Paul"), await somebody("Mara")];
  const all = [ida, per, moa];
  const room = await circleOf(ida, [per, moa]);
  const id = await meetNow(ida, room);
  await comeAll(all, id);
  await of(ida).begin(id);
  await of(ida).on(id);
  await takesTurn(ida, id, "ida first");
  await sees(per, id, "it is Per's", (now) => now.iHold);
  assert.equal(meeting(moa, id)!.mayPassOver, false);
  await assert.rejects(of(moa).passOver(id), "not while they are here");
  per.online.value = false;
  await of(per).say(id, { text: "said into the dark" });
  await until("the words wait", () => meeting(per, id)!.turns.some((one) => one.text === "said into the dark" && one.place.is === "unsent"));
  await assert.rejects(of(per).handOn(id), fails("offline"), "words go before the piece");
  assert.ok(meeting(per, id)!.iAmIn, "the connection is lost, not the place");
  await sees(moa, id, "the house has not heard of Per for a while", (now) => now.mayPassOver, 120_000);
  await of(moa).passOver(id);
  await sees(moa, id, "it is Moa's", (now) => now.iHold && now.people.at(-1)?.person === meOf(per));
  per.online.value = true;
  await until("the words are back with who said them", () => draftOf(per, id) === "said into the dark", 30_000);
  await sees(per, id, "and nowhere else", (now) => now.holder === meOf(moa) && now.turns.every((one) => one.text !== "said into the dark"));
  await sees(moa, id, "Per is back", ({ people }) => people.at(-1)!.here);
  await takesTurn(moa, id, "moa second");
  await sees(per, id, "the turn comes at the end", (now) => now.iHold && now.stage === "check-in");
  await takesTurn(per, id, draftOf(per, id));
  const now = await sees(ida, id, "the round is whole", ({ stage, turns }) => stage === "main" && turns.length === 3);
  assert.deepEqual(textsOf(now), ["check-in: ida first", "check-in: moa second", "check-in: said into the dark"]);
  await of(ida).end(id);
  await sees(per, id, "it was ended", ({ stage }) => stage === "over");
});

test("a house killed in the middle of a round, and a holder who reloads, lose nothing and change nothing", { timeout: 240_000 }, async () => {
  const house = await openHouse();
  const come = async (name: string) => here(await arrive(house.origin, await house.invite("house"), name));
  const all = [await come("Ivo"), await come("Pia"), await come("Max")];
  const [ida, per, moa] = all as [Person, Person, Person];
  const room = await circleOf(ida, [per, moa]);
  const id = await meetNow(ida, room);
  await comeAll(all, id);
  await of(ida).begin(id);
  await of(ida).on(id);
  await takesTurn(ida, id, "before");
  await sees(per, id, "it is Per's", (now) => now.iHold);
  const order = meeting(moa, id)!.people.map(({ person }) => person);

  for (let i = 0; i < 3; i++) {
    const saying = of(per).say(id, { text: `said at the kill ${i}` });
    await house.end("SIGKILL");
    await saying;
    await house.open();
    await until("the words arrive", () => meeting(per, id)!.turns.some((one) => one.text === `said at the kill ${i}` && one.place.is === "sent"), 60_000);
  }
  for (const who of all) {
    who.house.connection.retry();
    const now = await sees(who, id, "all stands as it stood", ({ turns }) => turns.length === 4, 60_000);
    assert.deepEqual([now.stage, now.holder, now.people.map(({ person }) => person)], ["check-in", meOf(per), order]);
  }

  const again = await reopened(per);
  looksAt(again, id);
  await sees(again, id, "the piece is still in their hand", (now) => now.iHold && now.iAmIn && now.turns.length === 4);
  await of(again).say(id, { text: "after the reload" });
  const handing = of(again).handOn(id).then(() => "done", (error: { code?: string }) => error.code);
  await house.end("SIGKILL");
  await house.open();
  assert.ok(["done", "offline", "busy"].includes((await handing) ?? ""), await handing);
  await sees(again, id, "the words arrive", ({ turns }) => turns.some((one) => one.text === "after the reload" && one.place.is === "sent"), 60_000);
  if (meeting(again, id)!.iHold) await of(again).handOn(id);
  assert.deepEqual(textsOf(await sees(moa, id, "it is Moa's", (now) => now.iHold && now.turns.length === 5, 60_000)), ["before", "said at the kill 0", "said at the kill 1", "said at the kill 2", "after the reload"].map((text) => `check-in: ${text}`));
  await house.check();
});

test("hosting goes round: given up, taken by one alone, and taken over when the host does not come", { timeout: 120_000 }, async () => {
  const [ida, per, moa] = [await somebody("Inga"), await somebody("Pelle"), await somebody("Mona")];
  const room = await circleOf(ida, [per, moa], 4);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
  const [first, second, third] = await of(ida).schedule(room, { start: tomorrow, zone: "Europe/Stockholm", repeat: "fortnightly", count: 3, minutes: 60, turnSeconds: 60, words: [{ ...NOTHING, title: "one" }, NOTHING, { ...NOTHING, title: "three" }] });
  const inCircle = (who: Device) => of(who).inCircle(room).value;
  await until("all see the series", () => [per, moa].every((who) => inCircle(who).length === 3 && inCircle(who)[0]!.words.title === "one"), 20_000);
  assert.deepEqual(inCircle(moa).map(({ host, words }) => [host, words.title]), [[meOf(ida), "one"], [null, ""], [null, "three"]]);
  await assert.rejects(of(per).setHost(first!, true), fails("taken"));
  await of(per).setHost(second!, true);
  await assert.rejects(of(moa).setHost(second!, true), fails("taken"));
  await of(moa).setGuardian(second!, true);
  await of(ida).setHost(first!, false);
  await of(moa).setHost(first!, true);
  await assert.rejects(of(per).come(first!), (error: { code?: string; detail?: string }) => error.code === "too-early" && Number(error.detail) === inCircle(per)[0]!.start - 600_000);
  await of(moa).describe(first!, { title: "another", text: "", question: "" });
  await of(moa).move(first!, inCircle(moa)[0]!.start + 3_600_000, 45);
  await until("all see it moved", () => [ida, per].every((who) => inCircle(who)[0]!.minutes === 45 && inCircle(who)[0]!.words.title === "another"), 20_000);
  await of(per).cancel(second!, true);
  await until("two are called off", () => [ida, moa].every((who) => inCircle(who).length === 1), 20_000);
  looksAt(ida, third!);
  await sees(ida, third!, "whoever looks is told", ({ stage }) => stage === "cancelled");
  // Who comes later reads what a gathering that is ahead is about.
  const una = await somebody("Unn");
  const { link } = await ida.house.circles.invite(room, { words: "", forWhom: "", expires: Date.now() + 86_400_000, uses: 1 });
  await una.house.circles.knock(await una.house.invites.open(link), "Unn");
  await until("who came later knows what it is about", () => inCircle(una)[0]?.words.title === "another", 40_000);
});

test("what was said fades from a device by the house's time, and nothing else does", { timeout: 120_000 }, async () => {
  const road = newRoad();
  const [ida, per] = [await cameBy(road, "Ilka"), await somebody("Palle")];
  const room = await circleOf(ida, [per]);
  const id = await meetNow(ida, room);
  await comeAll([ida, per], id);
  await of(ida).begin(id);
  await of(ida).on(id);
  await takesTurn(ida, id, "for seven days");
  const share = await per.house.rooms.log(room).share({ text: "for good", wish: "listen" });
  await of(ida).end(id);
  await sees(ida, id, "it is over, and its words stand", ({ fades, turns }) => fades !== null && turns.some((one) => one.is === "said"));
  road.aheadMs = 8 * 86_400_000;
  await ida.house.about.load();
  await meetNow(per, room);
  await until("the words are gone", () => meeting(ida, id)?.turns.every((one) => one.is === "faded" && one.text === ""), 20_000);
  await until("the circle's own are not", () => ida.house.rooms.log(room).lines.value.some((line) => line.is === "entry" && line.id === share && line.content.kind === "share"), 20_000);
  const again = await reopened(ida);
  looksAt(again, id);
  await sees(again, id, "they are not on the device, either", ({ turns }) => turns.length === 1 && turns[0]!.is === "faded");
  assert.ok(meeting(per, id)!.turns.some((one) => one.is === "said"), "for whom it is not time yet, they stand");
});

/** One round, small turns; each reads all. */
async function oneRound(people: readonly Person[], room: Id): Promise<void> {
  const id = await meetNow(people[0]!, room);
  await comeAll(people, id);
  await of(people[0]!).begin(id);
  await of(people[0]!).on(id);
  for (let turn = 0; turn < people.length; turn++) {
    const who = await holderOf(people, id, people.slice(0, 1));
    await takesTurn(who, id, `${who.signInName}'s`);
    await sees(people[0]!, id, "it went on", (now) => now.stage !== "check-in" || now.holder !== meOf(who));
  }
  const inOrder = people.map((who) => `check-in: ${who.signInName}'s`);
  for (const who of people) assert.deepEqual(textsOf(await sees(who, id, "all turns are read", ({ turns }) => turns.length === people.length, 60_000)), inOrder);
  await of(people[0]!).end(id);
}

const SMALL = ["Ada", "Bea", "Cyd", "Dag", "Eva", "Fia", "Gil", "Hal"];

test("eight take turns", { timeout: 300_000 }, async () => {
  const people: Person[] = [];
  for (const name of SMALL) people.push(await somebody(name));
  await oneRound(people, await circleOf(people[0]!, people.slice(1)));
  await theHouse().then((house) => house.check());
});

test("twenty-four take turns in a house that allows so many", { timeout: 600_000 }, async () => {
  const house = await openHouse({ flags: ["--circle-size", "24"] });
  const people: Person[] = [];
  for (let i = 0; i < 24; i++) people.push(here(await arrive(house.origin, await house.invite("house"), `Person${i}`)));
  await oneRound(people, await circleOf(people[0]!, people.slice(1)));
  await house.check();
});

if (STORE === "postgres") {
  test("on two nodes people of both take turns, and what one node rules the other knows", { timeout: 300_000 }, async () => {
    const first = await openHouse({ store: "postgres" });
    const second = await first.secondNode();
    const at = async (house: House, name: string) => here(await arrive(house.origin, (await first.invite("house")).replace(first.origin, house.origin), name));
    const people = [await at(first, "Nia"), await at(second, "Ole"), await at(first, "Pam"), await at(second, "Qvo")];
    const room = await circleOf(people[0]!, people.slice(1));
    await oneRound(people, room);
    const id = await meetNow(people[1]!, room);
    await comeAll(people, id);
    await of(people[1]!).begin(id);
    await of(people[1]!).on(id);
    // Both nodes are asked to hand on the same turn at once: it goes one further, not two.
    const holder = await holderOf(people, id);
    await Promise.all([of(holder).handOn(id), of(holder).handOn(id)]);
    const next = await sees(people[3]!, id, "it went on", (now) => now.holder !== meOf(holder));
    assert.equal(next.people.filter(({ waits }) => waits).length, 3);
    await Promise.all(people.slice(2).map((who) => of(who).bell(id)));
    const paused = await Promise.all(people.map((who) => sees(who, id, "all pause", (now) => now.pausedUntil !== null)));
    assert.equal(new Set(paused.map((now) => now.pausedUntil)).size, 1);
    await of(people[2]!).sign(id);
    await sees(people[3]!, id, "a sign crosses over", (now) => now.signs.includes(meOf(people[2]!)));
  });
}
