// SPDX-License-Identifier: AGPL-3.0-or-later
// A journal: written anywhere, found again, edited on two devices, opened little by little, closed, and let go. Told through
// the client as it is shipped, against the house as it is built.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FailureCode, Id, Kept, PageWords, Whole } from "../../web/src/model/face";
import { until } from "../children";
import { postgres } from "../postgres";
import { findIn, findInFolder, needle, type Needle } from "../search";
import { reads, settled, textsIn, type Device } from "../somebody";
import { blankDevice, somebody, theHouse } from "./place";
import { lost, pair, reopened, secondDevice } from "./road";

const fails = (code: FailureCode) => (error: { code?: string }) => error.code === code;

const words = (text: string, more: Partial<PageWords> = {}): PageWords =>
  ({ text, day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null, ...more });

const NOTHING_SAID = { text: "", wish: "listen" as const, voice: false };
const kept = (who: Device, id: Id): Kept | undefined => who.house.journal.kept.value.find((one) => one.id === id);
const page = (who: Device, id: Id): Whole<PageWords> | null => who.house.journal.page(id).value;
const newest = (who: Device, id: Id): string[] => page(who, id)?.newest.map((one) => one.words.text) ?? [];

/** Until exactly these texts are the page's newest versions here. */
const stands = (who: Device, id: Id, texts: readonly string[]) =>
  until(`the page says ${texts.join(" | ")}`, () => JSON.stringify(newest(who, id)) === JSON.stringify(texts), 20_000);

test("a page written without a network is there at once, and later on the other device, where a word finds it", async () => {
  const a = await somebody("Ahmed");
  a.online.value = false;
  const id = await a.house.journal.write(words("The kettle sang and nobody was cross.", { feelings: ["relieved"], weight: 4 }));
  assert.equal(kept(a, id)?.first, "The kettle sang and nobody was cross.");
  await stands(a, id, ["The kettle sang and nobody was cross."]);
  await until("it says that it waits", () => page(a, id)?.versions[0]?.place.is === "unsent");
  assert.deepEqual((await a.house.journal.find({ words: "kettl" })).map((one) => one.id), [id]);

  const again = await reopened(a);
  await stands(again, id, ["The kettle sang and nobody was cross."]);
  again.online.value = true;
  await settled(again);
  await until("it is sent", () => page(again, id)?.versions[0]?.place.is === "sent");

  const phone = await secondDevice(a);
  await stands(phone, id, ["The kettle sang and nobody was cross."]);
  assert.deepEqual((await phone.house.journal.find({ words: "kettle" })).map((one) => one.id), [id]);
  assert.deepEqual((await phone.house.journal.find({ month: "2026-11", feeling: "relieved" })).map((one) => one.id), [id]);
  assert.deepEqual(await phone.house.journal.find({ words: "teapot" }), []);
  assert.equal(kept(phone, id)?.weight, 4);
});

test("an edit keeps what was before it, until that is let go; the newest stays", async () => {
  const a = await somebody("Bela");
  const id = await a.house.journal.write(words("first words"));
  const second = await a.house.journal.edit(id, words("second words"), [id]);
  await a.house.journal.edit(id, words("third words"), [second]);
  await settled(a);
  await stands(a, id, ["third words"]);
  assert.deepEqual(page(a, id)?.versions.map((one) => one.words.text), ["first words", "second words", "third words"]);

  await a.house.journal.letGoVersions(id, [second]);
  await until("it is gone", () => page(a, id)?.versions.length === 2);
  assert.deepEqual(newest(a, id), ["third words"], "what came before the one let go does not come back as new");
  await a.house.journal.letGoVersions(id, [id]);
  await settled(a);
  const phone = await secondDevice(a);
  await stands(phone, id, ["third words"]);
  assert.equal(page(phone, id)?.versions.length, 1);
  assert.deepEqual(await phone.house.journal.find({ words: "first" }), []);
  await assert.rejects(a.house.journal.edit("AAAAAAAAAAAAAAAAAAAAAA", words("of nothing"), []), fails("gone"));
});

test("two devices that edit a page apart leave two versions, both to be looked at, and one after both joins them", async () => {
  const { a } = await pair("Cora", "Dirk");
  const id = await a.house.journal.write(words("as it was"));
  await settled(a);
  const phone = await secondDevice(a);
  await stands(phone, id, ["as it was"]);
  a.online.value = phone.online.value = false;
  await a.house.journal.edit(id, words("at the desk"), [id]);
  await phone.house.journal.edit(id, words("on the train"), [id]);
  a.online.value = true;
  await settled(a);
  phone.online.value = true;
  await settled(phone);
  for (const who of [a, phone]) await stands(who, id, ["at the desk", "on the train"]);
  assert.equal(kept(a, id)?.twoVersions, true);
  assert.equal(page(a, id)?.versions.length, 3);

  await phone.house.journal.edit(id, words("at the desk, on the train"), page(phone, id)!.newest.map((one) => one.id));
  for (const who of [a, phone]) await stands(who, id, ["at the desk, on the train"]);
  await until("it is one page again", () => kept(a, id)?.twoVersions === false);
  assert.equal(page(a, id)?.versions.length, 4, "nothing was lost");
});

test("a page is opened to one, who reads what was chosen of it; closed again it is gone there, and says so here", async () => {
  const { a, b, room } = await pair("Ebba", "Fritz");
  const id = await a.house.journal.write(words("What I can say.\nWhat I cannot say yet."));
  await a.house.journal.share(id, [room], { ...NOTHING_SAID, text: "What I can say." });
  await reads(b, room, "What I can say.");
  assert.ok(!JSON.stringify(b.house.rooms.log(room).lines.value).includes("cannot say yet"));
  await until("it says who can read it", () => page(a, id)?.shared.length === 1 && kept(a, id)?.sharedWith.length === 1);
  assert.deepEqual([page(a, id)?.shared[0]?.room, kept(a, id)?.sharedWith], [room, [room]]);
  const phone = await secondDevice(a);
  await until("the other device knows", () => page(phone, id)?.shared.length === 1);

  await a.house.journal.takeBack(id, room);
  assert.deepEqual(kept(a, id)?.sharedWith, []);
  await until("it is gone there", () => textsIn(b, room).length === 0);
  for (const who of [a, phone]) await until("nobody else can read it", () => page(who, id)?.shared.length === 0 && kept(who, id)?.sharedWith.length === 0);
  assert.deepEqual(newest(a, id), ["What I can say.\nWhat I cannot say yet."]);
});

test("what is taken back where it was said is no longer called shared, on any device, page or check-in", async () => {
  const { a, b, room } = await pair("Gisa", "Holm");
  const id = await a.house.journal.write(words("for a while"));
  const checkin = await a.house.checkins.save({ weight: 5, feelings: [], opening: "", text: "so so" });
  await a.house.journal.share(id, [room], { ...NOTHING_SAID, text: "for a while" });
  await a.house.checkins.shareWith(checkin, [room], { wish: "none", text: "today" });
  const [first, second] = [await reads(b, room, "for a while"), await reads(b, room, "today")];
  const phone = await secondDevice(a);
  const sharedCheckin = (who: Device) => who.house.checkins.list.value.find((one) => one.id === checkin)?.sharedWith.length;
  for (const who of [a, phone]) await until("both are shared", () => page(who, id)?.shared.length === 1 && sharedCheckin(who) === 1);

  await phone.house.rooms.log(room).undo(first);
  await phone.house.rooms.log(room).takeBack(second);
  for (const who of [phone, a]) await until("neither is", () => page(who, id)?.shared.length === 0 && kept(who, id)?.sharedWith.length === 0 && sharedCheckin(who) === 0);
  await until("they are gone there", () => textsIn(b, room).length === 0);
});

test("after the end of a bond it still says that they can read it; what never reached them is not claimed", async () => {
  const { a, b, room } = await pair("Inka", "Jost");
  const [read, late] = [await a.house.journal.write(words("read")), await a.house.journal.write(words("too late"))];
  await a.house.journal.share(read, [room], { ...NOTHING_SAID, text: "read" });
  await reads(b, room, "read");
  await settled(a);
  a.online.value = false;
  await a.house.journal.share(late, [room], { ...NOTHING_SAID, text: "too late" });
  await b.house.people.endBond(room);
  a.online.value = true;
  const waits = () => a.house.rooms.log(room).lines.value.find((line) => line.is === "entry" && line.place.is === "refused");
  const refused = await until("the house refuses it", () => waits(), 20_000);
  assert.ok(refused.is === "entry");
  await until("only what they have counts", () => page(a, late)?.shared.length === 0 && page(a, read)?.shared.length === 1);
  await a.house.rooms.log(room).discard(refused.id);
  await until("its record goes along", () => kept(a, late)?.sharedWith.length === 0);
  assert.deepEqual(kept(a, read)?.sharedWith, [room]);
  await assert.rejects(a.house.journal.share(late, [room], { ...NOTHING_SAID, text: "again" }), fails("room-ended"));
});

test("nothing is readable to others before it stands here that it is", async () => {
  const { a, b, room, road } = await pair("Kaja", "Lenz");
  const id = await a.house.journal.write(words("slowly"));
  await settled(a);
  const self = a.house.rooms.self.value!.room;
  road.bend((go, { method, path }) => (method === "PUT" && path.includes(self) ? lost() : go()));
  await a.house.journal.share(id, [room], { ...NOTHING_SAID, text: "slowly" });
  await a.house.rooms.log(room).share({ text: "said after it", wish: "none" });
  await reads(b, room, "said after it");
  assert.deepEqual(textsIn(b, room), ["said after it"]);
  road.bend(null);
  a.house.connection.retry();
  await reads(b, room, "slowly");
});

/** Where these bytes still stand, in all that the house keeps. */
async function found(needles: readonly Needle[]): Promise<string[]> {
  const house = await theHouse();
  if (house.database !== null) return findIn(Buffer.from(await (await postgres()).dump(house.database)), needles);
  return [...new Set(findInFolder(house.folder, needles).flatMap((one) => one.found))];
}

test("a page let go without a network is gone at once here, and then from the house: not a sealed byte of any version stays", async () => {
  const { a, b, room, road } = await pair("Mika", "Nura");
  const id = await a.house.journal.write(words("the first version"));
  const second = await a.house.journal.edit(id, words("the second version"), [id]);
  await a.house.journal.share(id, [room], { ...NOTHING_SAID, text: "a part of it" });
  await reads(b, room, "a part of it");
  await settled(a);
  const record = page(a, id) ?? (await until("it is read", () => page(a, id)));
  const needles = [id, second].map((version) => needle(version, road.sent.get(version)!.subarray(60, 140)));
  assert.deepEqual(await found(needles), [id, second], "while they stand they are found");

  a.online.value = false;
  await a.house.journal.letGo(id);
  assert.equal(kept(a, id), undefined);
  await until("the page is gone", () => page(a, id) === null);
  assert.deepEqual(await a.house.journal.find({ words: "version" }), []);
  a.online.value = true;
  await settled(a);
  await until("its bytes are gone", async () => (await found(needles)).length === 0, 40_000);
  assert.deepEqual(textsIn(b, room), ["a part of it"], "what was shared stays with them until it is taken back");
  await a.house.rooms.log(room).takeBack(record.shared[0]!.entry);
  await until("and goes then", () => textsIn(b, room).length === 0);
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await until("the journal is read", () => phone.house.journal.state.value.is === "ready");
  assert.deepEqual(phone.house.journal.kept.value, []);
});

test("when the device is locked, no word of a page stays in reach", async () => {
  const a = await somebody("Odo");
  const id = await a.house.journal.write(words("mine alone"));
  const held = a.house.journal.page(id);
  await until("it is read", () => held.value !== null);
  await a.house.session.lock();
  assert.deepEqual([held.value, a.house.journal.kept.value, a.house.letters.list.value], [null, [], []]);
  await assert.rejects(a.house.journal.write(words("not now")), fails("locked"));
  await a.house.session.unlock(a.passphrase);
  await stands(a, id, ["mine alone"]);
});
