// SPDX-License-Identifier: AGPL-3.0-or-later
// Two people choose each other and talk: told through the client as it is shipped, against the house as it is built.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FailureCode, Id } from "../../web/src/model/face";
import { until } from "../children";
import { bondOf, bring, linkFrom, reads, settled, textsIn, type Person } from "../somebody";
import { blankDevice, here, somebody, theHouse } from "./place";

const fails = (code: FailureCode) => (error: { code?: string }) => error.code === code;
const lineOf = (who: Person, room: Id, id: Id) => who.house.rooms.log(room).lines.value.find((line) => "id" in line && line.id === id);

async function pair(first: string, second: string): Promise<{ a: Person; b: Person; room: Id }> {
  const a = await somebody(first);
  const { newcomer, room } = await bring((await theHouse()).origin, a, second);
  return { a, b: here(newcomer), room };
}

test("one invites, the other joins by the link alone; both know the other by name and by the same words", async () => {
  const { a, b, room } = await pair("Noor", "Jonas");
  assert.equal((await bondOf(a, "Jonas")).room, room);
  assert.equal((await bondOf(b, "Noor")).room, room);
  const [forA, forB] = [await a.house.people.compareWords(room), await b.house.people.compareWords(room)];
  assert.deepEqual([forA.mine, forA.theirs], [forB.theirs, forB.mine]);
  assert.ok(a.house.today.came.value.some(({ kind }) => kind === "bond"), "the inviter is told");
});

test("words go both ways while both look, in one order, and say what is wanted", async () => {
  const { a, b, room } = await pair("Ines", "Karl");
  const told = await a.house.rooms.log(room).share({ text: "The house is so quiet since Sunday.", wish: "listen" });
  await reads(b, room, "The house is so quiet since Sunday.");
  assert.deepEqual(b.house.rooms.log(room).wish.value, { share: told, wish: "listen" });
  await b.house.rooms.log(room).reply(told, "I am here.");
  await reads(a, room, "I am here.");
  await b.house.rooms.log(room).respond(told, "with-you");
  await until("the response is seen", () => {
    const line = lineOf(a, room, told);
    return line?.is === "entry" && line.responses.some(({ word, mine }) => word === "with-you" && !mine);
  });
  assert.deepEqual(textsIn(a, room), textsIn(b, room));
});

// What is taken back after the thirty seconds leaves a line: web/src/model/lines.test.ts, which need not wait for them.
test("what is undone, or taken back at once, is gone on both sides without a trace", async () => {
  const { a, b, room } = await pair("Olga", "Pete");
  const log = a.house.rooms.log(room);
  const slip = await log.share({ text: "too early", wish: "none" });
  await settled(a);
  await log.undo(slip);
  const kept = await log.share({ text: "this stays a while", wish: "none" });
  await reads(b, room, "this stays a while");
  assert.ok(!textsIn(b, room).includes("too early"));
  await until("no trace is left of it", () => lineOf(a, room, slip) === undefined && lineOf(b, room, slip) === undefined);
  await log.takeBack(kept);
  for (const who of [a, b]) await until("it is gone", () => lineOf(who, room, kept) === undefined);
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: b.signInName, passphrase: b.passphrase });
  await until("the room is there", () => phone.house.rooms.log(room).state.value.is === "ready");
  assert.deepEqual(textsIn(phone, room), []);
});

test("words written without a network wait, say so, survive a closed browser, and arrive once", async () => {
  const { a, b, room } = await pair("Rita", "Samir");
  a.online.value = false;
  const id = await a.house.rooms.log(room).share({ text: "written on the train", wish: "none" });
  await until("it says that it waits", () => {
    const line = lineOf(a, room, id);
    return line?.is === "entry" && line.place.is === "unsent";
  });
  const again = here(Object.assign(await a.reload(), { card: a.card, signInName: a.signInName, passphrase: a.passphrase }));
  if (again.house.session.state.value.is === "locked") await again.house.session.unlock(a.passphrase);
  await until("it is still there", () => textsIn(again, room).includes("written on the train"));
  again.online.value = true;
  again.house.connection.retry();
  await reads(b, room, "written on the train");
  await settled(again);
  assert.equal(textsIn(b, room).filter((text) => text === "written on the train").length, 1);
});

test("a new device finds everything by name and passphrase; a lost passphrase is no loss with the card", async () => {
  const { a, b, room } = await pair("Tilda", "Ugo");
  await b.house.rooms.log(room).share({ text: "from before", wish: "stay" });
  await reads(a, room, "from before");
  await a.house.people.setMyNameFor(room, "the neighbour");
  await settled(a);

  const phone = await blankDevice();
  await assert.rejects(phone.house.session.signIn({ signInName: a.signInName, passphrase: "not that" }), fails("sign-in-failed"));
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await reads(phone, room, "from before");
  await until("my own name for them came along", () => phone.house.people.bond(room).value?.name === "the neighbour");

  const found = await blankDevice();
  await found.house.session.recover(a.card.words);
  const state = found.house.session.state.value;
  assert.ok(state.is === "open" && state.needsPassphrase);
  await found.house.session.changePassphrase({ current: null, passphrase: "a wholly new passphrase", endOtherSessions: true });
  await reads(found, room, "from before");
  await until("the other devices are out", () => phone.house.session.state.value.is === "none", 20_000);
  const back = await blankDevice();
  await back.house.session.signIn({ signInName: a.signInName, passphrase: "a wholly new passphrase" });
  await reads(back, room, "from before");
});

test("a locked device opens only by the passphrase, also without a network", async () => {
  const a = await somebody("Vera");
  await a.house.session.lock();
  assert.equal(a.house.session.state.value.is, "locked");
  assert.deepEqual(a.house.people.bonds.value, []);
  a.online.value = false;
  await assert.rejects(a.house.session.unlock("wrong"), fails("bad-passphrase"));
  await a.house.session.unlock(a.passphrase);
  assert.equal(a.house.session.state.value.is, "open");
  a.online.value = true;
});

test("a link is for one: whoever comes second, or too late, hears the same", async () => {
  const { a } = await pair("Wanda", "Xaver");
  const link = await linkFrom(a);
  const late = await blankDevice();
  const invite = await late.house.invites.open(link);
  assert.equal(invite.from?.name, "Wanda");
  await a.house.invites.end(invite.id);
  await assert.rejects(late.house.invites.open(link), fails("invite-gone"));
  await assert.rejects(late.house.invites.open("https://elsewhere.example/join#AAAA"), fails("bad-link"));
});

test("an ended bond is read by both and written by nobody; the goodbye is heard", async () => {
  const { a, b, room } = await pair("Yara", "Zeno");
  await a.house.people.endBond(room, "Thank you for these weeks.");
  await until("the other is told, with words", () => b.house.today.came.value.some((came) => came.kind === "goodbye" && came.text === "Thank you for these weeks."));
  await until("nobody writes", () => !b.house.rooms.log(room).writable.value);
  assert.equal((await until("it shows as ended", () => b.house.people.bonds.value.find((bond) => bond.room === room && bond.state === "ended"))).endedByMe, false);
});

test("a block is silent: nothing more arrives, and the other sees no difference", async () => {
  const { a, b, room } = await pair("Anke", "Bert");
  await b.house.rooms.log(room).share({ text: "before", wish: "none" });
  await reads(a, room, "before");
  await a.house.safety.block((await bondOf(a, "Bert")).person);
  await b.house.rooms.log(room).share({ text: "after", wish: "none" });
  await settled(b);
  const sent = b.house.rooms.log(room).lines.value.at(-1);
  assert.ok(sent?.is === "entry" && sent.place.is === "sent");
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await reads(phone, room, "before");
  assert.ok(!textsIn(a, room).includes("after"));
  assert.ok(!textsIn(phone, room).includes("after"));
});

test("who deletes the account is gone from the house, and their words with them", async () => {
  const { a, b, room } = await pair("Cora", "Dirk");
  await b.house.rooms.log(room).share({ text: "words of one who leaves", wish: "none" });
  await reads(a, room, "words of one who leaves");
  await b.house.session.deleteAccount(b.passphrase);
  assert.deepEqual(b.house.session.state.value, { is: "none", why: "deleted" });
  await until("the bond has ended", () => a.house.people.bonds.value.find((bond) => bond.room === room)?.state === "ended", 20_000);
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await until("it is erased for the other", () => phone.house.rooms.log(room).lines.value.some(({ is }) => is === "erased"), 20_000);
  assert.ok(!textsIn(phone, room).includes("words of one who leaves"));
});
