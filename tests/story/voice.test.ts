// SPDX-License-Identifier: AGPL-3.0-or-later
// Talking out loud: recorded, sent in pieces that survive every cut, heard byte for byte by the other, and gone when it is
// taken back. The sound is chance; what real microphones give is proved in the browser.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { FailureCode, Id, Line, PageWords, VoiceNote } from "../../web/src/model/face";
import { until } from "../children";
import { openHouse } from "../harness";
import { arrive, bring, newDevice, reads, settled, textsIn, type Device, type Person } from "../somebody";
import { here, theHouse } from "./place";
import { cameBy, lost, newRoad, pair, reopened, secondDevice, type Road } from "./road";

const TYPE = "audio/webm;codecs=opus";
const SOUND = 300_000;
const fails = (code: FailureCode) => (error: { code?: string }) => error.code === code;

const newSound = (count = SOUND): Buffer => randomBytes(count);

/** SOUND is said into the microphone, a second a piece. */
async function speak(who: Device, key: string, sound: Buffer): Promise<void> {
  await who.house.voices.start(key, TYPE);
  for (let at = 0, second = 1; at < sound.length; at += 40_000, second++) await who.house.voices.add(key, sound.subarray(at, at + 40_000), second * 1000);
}

/** As a screen does it: keep, put the entry down, drop. */
async function tell(who: Device, room: Id, sound: Buffer, text: string): Promise<{ entry: Id; note: VoiceNote }> {
  const key = `room:${room}`;
  await speak(who, key, sound);
  const note = await who.house.voices.keep(key, room);
  const entry = await who.house.rooms.log(room).share({ text, wish: "listen", voice: note });
  await who.house.voices.drop(key);
  return { entry, note };
}

async function heard(who: Device, room: Id, note: VoiceNote): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of who.house.voices.play(room, note)) pieces.push(piece);
  return Buffer.concat(pieces);
}

type EntryLine = Extract<Line, { is: "entry" }>;
const entryOf = (who: Device, room: Id, entry: Id): EntryLine | undefined =>
  who.house.rooms.log(room).lines.value.find((line): line is EntryLine => line.is === "entry" && line.id === entry);
const placeOf = (who: Device, room: Id, entry: Id) => entryOf(who, room, entry)?.place;

async function noteIn(who: Device, room: Id, text: string): Promise<VoiceNote> {
  const content = entryOf(who, room, await reads(who, room, text))!.content;
  assert.ok(content.kind === "share" && content.voice !== null);
  return content.voice;
}

/** What the house says of a note to someone who may know: 200 or 404. */
async function standsAtHouse(who: Device, room: Id, voice: Id, origin?: string): Promise<number> {
  const at = origin ?? (await theHouse()).origin;
  return (await fetch(`${at}/api/rooms/${room}/voice/${voice}`, { headers: { Cookie: who.cookie(), Origin: at } })).status;
}

const goes = (who: Device, room: Id, voice: Id) => until("its sound is gone from the house", async () => (await standsAtHouse(who, room, voice)) === 404, 20_000);

/** Remembers how often each chunk was put, and loses those from FROM on. */
function counting(road: Road, from = Infinity): number[] {
  const puts: number[] = [];
  road.bend((go, { method, path, query }) => {
    if (method !== "PUT" || !path.includes("/voice/")) return go();
    const n = Number(query.get("n"));
    if (n >= from) return lost();
    puts[n] = (puts[n] ?? 0) + 1;
    return go();
  });
  return puts;
}

test("what one tells is heard by the other byte for byte, and on another device of one's own", async () => {
  const { a, b, room } = await pair("Ada", "Ben");
  await until("the room for voices is known", () => a.house.voices.quota.value !== null);
  assert.equal(a.house.voices.quota.value?.usedBytes, 0);
  const sound = newSound();
  const { entry, note } = await tell(a, room, sound, "this is what happened");
  assert.deepEqual([note.ms, note.type, note.chunks], [8000, TYPE, 10]);
  assert.equal(a.house.voices.recording(`room:${room}`).value, null);
  const theirs = await noteIn(b, room, "this is what happened");
  assert.deepEqual(theirs, note);
  assert.ok((await heard(b, room, theirs)).equals(sound));
  await until("it says that it was sent", () => placeOf(a, room, entry)?.is === "sent");
  await until("it counts", () => (a.house.voices.quota.value?.usedBytes ?? 0) > SOUND);
  const phone = await secondDevice(a);
  assert.ok((await heard(phone, room, await noteIn(phone, room, "this is what happened"))).equals(sound));

  b.online.value = false;
  assert.ok((await heard(b, room, theirs)).equals(sound), "heard once, it is heard again without a network");
  const silent = await secondDevice(b);
  silent.online.value = false;
  await assert.rejects(heard(silent, room, theirs), fails("offline"));
  silent.online.value = true;
  assert.ok((await heard(silent, room, theirs)).equals(sound));
});

test("a reply is spoken, too, and a voice alone says enough", async () => {
  const { a, b, room } = await pair("Carl", "Dora");
  const share = await a.house.rooms.log(room).share({ text: "tell me", wish: "listen" });
  await reads(b, room, "tell me");
  const sound = newSound(70_000);
  await speak(b, `room:${room}`, sound);
  const note = await b.house.voices.keep(`room:${room}`, room);
  const reply = await b.house.rooms.log(room).reply(share, "", note);
  await until("it arrives", () => entryOf(a, room, reply));
  assert.ok((await heard(a, room, note)).equals(sound));
});

test("recorded without a network and kept over a closed browser, it is sent on return, each piece once, before the words behind it", async () => {
  const { a, b, room, road } = await pair("Enno", "Finja");
  a.online.value = false;
  const sound = newSound();
  await speak(a, `room:${room}`, sound);
  const again = await reopened(a);
  assert.equal(again.house.voices.recording(`room:${room}`).value?.bytes, SOUND);
  assert.ok(Buffer.from(await again.house.voices.sound(`room:${room}`)).equals(sound));
  const note = await again.house.voices.keep(`room:${room}`, room);
  const entry = await again.house.rooms.log(room).share({ text: "spoken", wish: "listen", voice: note });
  await again.house.rooms.log(room).share({ text: "written after it", wish: "none" });
  // The browser goes before the recording was dropped: it is not offered again.
  const third = await reopened(again);
  assert.equal(third.house.voices.recording(`room:${room}`).value, null);
  await until("it says that it waits", () => placeOf(third, room, entry)?.is === "unsent");

  const puts = counting(road);
  third.online.value = true;
  assert.ok((await heard(b, room, await noteIn(b, room, "spoken"))).equals(sound));
  await reads(b, room, "written after it");
  assert.deepEqual(textsIn(b, room), ["spoken", "written after it"]);
  assert.deepEqual(puts, Array(note.chunks).fill(1));
});

test("what is spoken on the first day, before one's own room is at the house, waits for it", async () => {
  const road = newRoad();
  road.bend((go, { method, path }) => (method === "PUT" && /\/rooms\/[\w-]{22}$/.test(path) ? lost() : go()));
  const a = await cameBy(road, "Katrin");
  await speak(a, "page:new", newSound(50_000));
  const voice = await a.house.voices.keep("page:new", a.house.rooms.self.value!.room);
  const id = await a.house.journal.write({ text: "first", day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice, written: null });
  await a.house.voices.drop("page:new");
  await new Promise((done) => setTimeout(done, 500));
  road.bend(null);
  a.house.connection.retry();
  await until("it is sent", () => a.house.journal.page(id).value?.versions[0]?.place.is === "sent", 20_000);
});

test("cut in the middle, an upload goes on where it was in a new sitting; nobody sees the entry before all of it is there", async () => {
  const { a, b, room, road } = await pair("Gero", "Hanna");
  const sound = newSound();
  const before = counting(road, 4);
  const { entry, note } = await tell(a, room, sound, "in two sittings");
  await a.house.rooms.log(room).share({ text: "and then", wish: "none" });
  await until("half of it is there", () => before.length === 4);
  await until("the cut is noticed", () => placeOf(a, room, entry)?.is === "unsent");
  assert.deepEqual(textsIn(b, room), []);
  assert.equal(await standsAtHouse(b, room, note.voice), 200);
  const again = await reopened(a);
  const after = counting(road);
  again.house.connection.retry();
  assert.ok((await heard(b, room, await noteIn(b, room, "in two sittings"))).equals(sound));
  await reads(b, room, "and then");
  assert.deepEqual(textsIn(b, room), ["in two sittings", "and then"]);
  const times = Array.from({ length: note.chunks }, (_, n) => (before[n] ?? 0) + (after[n] ?? 0));
  assert.deepEqual(times, Array(note.chunks).fill(1));
});

test("an answer to a piece that is lost on the way does no harm", async () => {
  const { a, b, room, road } = await pair("Ilse", "Jonas");
  const sound = newSound();
  const dropped = new Set<string>();
  road.bend(async (go, asked) => {
    const reply = await go();
    const n = asked.query.get("n");
    if (asked.method !== "PUT" || n === null || Number(n) % 3 !== 1 || dropped.has(n)) return reply;
    dropped.add(n);
    return lost();
  });
  await tell(a, room, sound, "through a bad connection");
  const retrying = setInterval(() => a.house.connection.retry(), 300);
  const note = await noteIn(b, room, "through a bad connection").finally(() => clearInterval(retrying));
  assert.equal(dropped.size, 3);
  assert.ok((await heard(b, room, note)).equals(sound));
});

test("what a house alters, cuts short or swaps is not played as somebody's voice", async () => {
  const { a, b, room, road } = await pair("Kilian", "Lotte");
  const { note } = await tell(b, room, newSound(), "mine");
  const { note: other } = await tell(b, room, newSound(), "mine too");
  await reads(a, room, "mine too");
  const tampered = (tamper: (list: Buffer) => Buffer) =>
    road.bend(async (go, { path }) => {
      const reply = await go();
      return path.endsWith("/chunks") ? new Response(new Uint8Array(tamper(Buffer.from(await reply.arrayBuffer()))), { status: reply.status }) : reply;
    });
  const frame = 8 + 32_768 + 17;
  tampered((list) => (list.writeUInt8(list.readUInt8(150_000) ^ 1, 150_000), list));
  await assert.rejects(heard(a, room, note), fails("untrusted"));
  tampered((list) => list.subarray(0, list.length - frame));
  await assert.rejects(heard(a, room, note), fails("untrusted"));
  road.bend((go, { path }) => (path.endsWith("/chunks") ? go().then(() => new Response(new Uint8Array())) : go()));
  await assert.rejects(heard(a, room, note), fails("untrusted"));
  road.bend(null);
  await assert.rejects(heard(a, room, { ...note, voice: other.voice }), fails("untrusted"));
  assert.equal((await heard(a, room, note)).length, SOUND, "and what is true is heard after all that");
});

test("taken back, words and sound go: at once, after a closed browser without a network, and before all of it has left", async () => {
  const { a, b, room, road } = await pair("Malte", "Nele");
  const first = await tell(a, room, newSound(), "first");
  const second = await tell(a, room, newSound(), "second");
  await reads(b, room, "second");
  await a.house.rooms.log(room).takeBack(first.entry);
  await goes(b, room, first.note.voice);
  await until("the words are gone", () => !textsIn(b, room).includes("first"));
  await assert.rejects(heard(b, room, first.note), fails("gone"));
  await assert.rejects(heard(a, room, first.note), fails("gone"), "nor does it stay on my device");

  a.online.value = false;
  await a.house.rooms.log(room).takeBack(second.entry);
  assert.equal(await standsAtHouse(b, room, second.note.voice), 200);
  const again = await reopened(a);
  again.online.value = true;
  await goes(b, room, second.note.voice);
  await until("the words are gone", () => textsIn(b, room).length === 0);

  const before = counting(road, 3);
  const third = await tell(again, room, newSound(), "third");
  await until("a part is there", () => before.length === 3);
  await until("the cut is noticed", () => placeOf(again, room, third.entry)?.is === "unsent");
  assert.equal(await standsAtHouse(b, room, third.note.voice), 200);
  await again.house.rooms.log(room).undo(third.entry);
  assert.equal(entryOf(again, room, third.entry), undefined);
  again.house.connection.retry();
  await goes(b, room, third.note.voice);
  await settled(again);
  assert.deepEqual(textsIn(b, room), []);
  await until("nothing is used any more", () => again.house.voices.quota.value?.usedBytes === 0);
});

test("taken back before it left, it never leaves", async () => {
  const { a, b, room, road } = await pair("Oda", "Piet");
  a.online.value = false;
  const { entry } = await tell(a, room, newSound(), "never mind");
  const puts = counting(road);
  await a.house.rooms.log(room).undo(entry);
  assert.equal(a.house.connection.unsent.value, false);
  a.online.value = true;
  await a.house.rooms.log(room).share({ text: "all the same", wish: "none" });
  await reads(b, room, "all the same");
  assert.deepEqual([textsIn(b, room), puts], [["all the same"], []]);
});

test("while it is on its way somebody changes their mind: the sound is a recording again, and the house keeps nothing of it", async () => {
  const { a, b, room, road } = await pair("Quentin", "Rieke");
  const before = counting(road, 3);
  const sound = newSound();
  const { entry, note } = await tell(a, room, sound, "let me say it again");
  await until("a part is there", () => before.length === 3);
  await until("the cut is noticed", () => placeOf(a, room, entry)?.is === "unsent");
  await a.house.rooms.log(room).toDraft(entry);
  const key = `room:${room}`;
  assert.equal(a.house.drafts.read(key).value?.text, "let me say it again");
  assert.ok(Buffer.from(await a.house.voices.sound(key)).equals(sound));
  a.house.connection.retry();
  await goes(b, room, note.voice);
  assert.equal((await reopened(a)).house.voices.recording(key).value?.bytes, SOUND);
  assert.deepEqual(textsIn(b, room), []);
});

test("in a house whose room for voices is used up, the words are refused, words and sound stay, and letting go makes room", async () => {
  const house = await openHouse({ flags: ["--voice-quota-mb", "1"] });
  const a = here(await arrive(house.origin, await house.invite("house"), "Sven"));
  const { newcomer, room } = await bring(house.origin, a, "Tomma");
  const b: Person = here(newcomer);
  const self = a.house.rooms.self.value!.room;
  await speak(a, "page:new", newSound(600_000));
  const kept = await a.house.voices.keep("page:new", self);
  const page: PageWords = { text: "", day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice: kept, written: null };
  const id = await a.house.journal.write(page);
  await a.house.voices.drop("page:new");
  await settled(a);

  const sound = newSound(600_000);
  const { entry, note } = await tell(a, room, sound, "too much");
  await a.house.rooms.log(room).share({ text: "what is written still goes", wish: "none" });
  await until("it is refused", () => placeOf(a, room, entry)?.is === "refused");
  assert.deepEqual(placeOf(a, room, entry), { is: "refused", why: "limit" });
  await reads(b, room, "what is written still goes");
  assert.deepEqual(textsIn(b, room), ["what is written still goes"]);
  await until("the part that came is gone", async () => (await standsAtHouse(a, room, note.voice, house.origin)) === 404);
  const again = await reopened(a);
  assert.deepEqual(placeOf(again, room, entry), { is: "refused", why: "limit" });
  assert.ok((await heard(again, room, note)).equals(sound), "it is still heard here");

  const key = `room:${room}`;
  await speak(again, key, newSound(10));
  await assert.rejects(again.house.rooms.log(room).toDraft(entry), fails("recording-waits"));
  await again.house.voices.drop(key);
  await again.house.rooms.log(room).toDraft(entry);
  assert.equal(entryOf(again, room, entry), undefined);
  assert.ok(Buffer.from(await again.house.voices.sound(key)).equals(sound));

  await again.house.journal.letGo(id);
  await settled(again);
  await until("there is room", () => again.house.voices.quota.value?.usedBytes === 0);
  const anew = await again.house.voices.keep(key, room);
  await again.house.rooms.log(room).share({ text: again.house.drafts.read(key).value!.text, wish: "listen", voice: anew });
  assert.ok((await heard(b, room, await noteIn(b, room, "too much"))).equals(sound));
});

test("what found no room for its voice goes by itself once another voice was let go", async () => {
  const house = await openHouse({ flags: ["--voice-quota-mb", "1"] });
  const a = here(await arrive(house.origin, await house.invite("house"), "Runa"));
  const { newcomer, room } = await bring(house.origin, a, "Siv");
  const b: Person = here(newcomer);
  await speak(a, "page:new", newSound(600_000));
  const voice = await a.house.voices.keep("page:new", a.house.rooms.self.value!.room);
  const id = await a.house.journal.write({ text: "", day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice, written: null });
  await a.house.voices.drop("page:new");
  await settled(a);
  const sound = newSound(600_000);
  const { entry } = await tell(a, room, sound, "there was no room for this");
  await until("it is refused", () => placeOf(a, room, entry)?.is === "refused");
  await a.house.journal.letGo(id);
  await reads(b, room, "there was no room for this");
  assert.ok((await heard(b, room, await noteIn(b, room, "there was no room for this"))).equals(sound));
});

test("a page that was refused for its voice, and then changed to words alone, is there on every device", async () => {
  const house = await openHouse({ flags: ["--voice-quota-mb", "1"] });
  const a = here(await arrive(house.origin, await house.invite("house"), "Solveig"));
  await speak(a, "page:new", newSound(1_200_000));
  const voice = await a.house.voices.keep("page:new", a.house.rooms.self.value!.room);
  const page: PageWords = { text: "too much", day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice, written: null };
  const id = await a.house.journal.write(page);
  await a.house.voices.drop("page:new");
  await until("it is refused", () => a.house.journal.page(id).value?.newest[0]?.place.is === "refused");
  await a.house.journal.edit(id, { ...page, text: "only words", voice: null }, [id]);
  await until("the change is sent", () => a.house.journal.page(id).value?.newest[0]?.place.is === "sent");
  const phone = here(await newDevice(house.origin));
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await until("it is there", () => phone.house.journal.page(id).value?.newest[0]?.words.text === "only words");
});

test("in an ended bond what was spoken and not sent comes back, or is thrown away whole", async () => {
  const { a, b, room } = await pair("Ulf", "Vera");
  a.online.value = false;
  const sound = newSound();
  const first = await tell(a, room, sound, "too late");
  const second = await tell(a, room, newSound(), "too late as well");
  await b.house.people.endBond(room);
  a.online.value = true;
  for (const { entry } of [first, second]) await until("it is refused", () => placeOf(a, room, entry)?.is === "refused", 20_000);
  assert.deepEqual(placeOf(a, room, first.entry), { is: "refused", why: "room-ended" });
  await a.house.rooms.log(room).toDraft(first.entry);
  assert.ok(Buffer.from(await a.house.voices.sound(`room:${room}`)).equals(sound));
  await a.house.rooms.log(room).discard(second.entry);
  await settled(a);
  await assert.rejects(heard(a, room, second.note), fails("gone"));
});

test("a page's voice is opened to someone under a seal of its own; each goes when it is let go, and not before", async () => {
  const { a, b, room } = await pair("Wanda", "Xaver");
  const self = a.house.rooms.self.value!.room;
  const sound = newSound();
  await speak(a, "page:new", sound);
  const note = await a.house.voices.keep("page:new", self);
  const words = (text: string): PageWords => ({ text, day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice: note, written: null });
  const id = await a.house.journal.write(words("said"));
  await a.house.voices.drop("page:new");
  await settled(a);
  await a.house.journal.share(id, [room], { text: "listen to this", wish: "listen", voice: true });
  const theirs = await noteIn(b, room, "listen to this");
  assert.notEqual(theirs.voice, note.voice);
  assert.ok((await heard(b, room, theirs)).equals(sound));
  assert.equal(await standsAtHouse(b, self, note.voice), 404, "the page's own is nothing to them");

  const edit = await a.house.journal.edit(id, words("said, and written"), [id]);
  await settled(a);
  await a.house.journal.letGoVersions(id, [id]);
  await settled(a);
  const phone = await secondDevice(a);
  await until("the edit stands", () => phone.house.journal.page(id).value?.newest[0]?.id === edit);
  assert.ok((await heard(phone, self, note)).equals(sound), "the version that stands still has its voice");

  await a.house.journal.takeBack(id, room);
  await goes(b, room, theirs.voice);
  assert.equal(await standsAtHouse(a, self, note.voice), 200);
  await a.house.journal.letGo(id);
  await goes(a, self, note.voice);
});

test("closed again on a device that does not hold what was given, its sound goes all the same", async () => {
  const { a, b, room } = await pair("Quade", "Rilke");
  await speak(a, "page:new", newSound(50_000));
  const voice = await a.house.voices.keep("page:new", a.house.rooms.self.value!.room);
  const id = await a.house.journal.write({ text: "said", day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice, written: null });
  await a.house.voices.drop("page:new");
  await a.house.journal.share(id, [room], { text: "listen", wish: "listen", voice: true });
  const theirs = await noteIn(b, room, "listen");
  for (let n = 1; n <= 100; n++) await b.house.rooms.log(room).share({ text: `and then ${n}`, wish: "none" });
  await settled(b);
  const road = newRoad();
  road.bend((go, { path, query }) => (path.includes(room) && Number(query.get("before") ?? 100) < 100 ? lost() : go()));
  const phone = await secondDevice(a, road);
  await reads(phone, room, "and then 100");
  await until("the page is there", () => phone.house.journal.page(id).value !== null);
  assert.equal(textsIn(phone, room).includes("listen"), false, "that was longer ago than this device has");
  await phone.house.journal.takeBack(id, room);
  await goes(b, room, theirs.voice);
  assert.equal(textsIn(b, room).includes("listen"), false);
});

test("a letter's voice waits inside its seal, is heard when it opens, and goes with it", async () => {
  const { a, road } = await pair("Yara", "Zeno");
  const self = a.house.rooms.self.value!.room;
  const sound = newSound();
  await speak(a, "letter:new", sound);
  const voice = await a.house.voices.keep("letter:new", self);
  const id = await a.house.letters.write({ to: "me, later", text: "", voice });
  await a.house.voices.drop("letter:new");
  await settled(a);
  await a.house.letters.sealUntil(id, Date.now() + 3 * 86_400_000);
  await settled(a);
  await until("it is sealed", () => a.house.letters.letter(id).value?.newest[0]?.words.voice === null);
  assert.equal(await standsAtHouse(a, self, voice.voice), 200);
  road.aheadMs = 4 * 86_400_000;
  const again = await reopened(a);
  await again.house.letters.open(id);
  await settled(again);
  await until("it is open", () => again.house.letters.letter(id).value?.newest[0]?.words.voice?.voice === voice.voice);
  assert.ok((await heard(again, self, voice)).equals(sound));
  await again.house.letters.letGo(id);
  await goes(again, self, voice.voice);
});
