// SPDX-License-Identifier: AGPL-3.0-or-later
// Sealed: marked words are written and spoken everywhere a person can, then looked for in all that the house keeps and holds: the
// database with its WAL, a dump, a backup, the log, and the server's memory while it runs. The words, the names and the
// keys must not be there. What the house does hold is looked for as well, so that finding nothing means something.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, test } from "node:test";
import { openHouse, sweepUp, type House, type Store } from "../harness";
import { postgres } from "../postgres";
import { findIn, findInFolder, findInMemory, needle, type Needle } from "../search";
import { arrive, bondOf, linkFrom, reads, settled, type Person } from "../somebody";
import type { Id, VoiceNote } from "../../web/src/model/face";
import { fromBase64url } from "../../web/src/lib/base64url";

after(sweepUp);

/** Every word, sound and key that is to stay sealed, as it is made. */
class Secrets {
  readonly needles: Needle[] = [];
  /** Pieces of sealed sound, as the house got them last. */
  sealedSound: Needle[] = [];

  /** A word that stands nowhere else, with its place in its name. */
  mark(where: string): string {
    const word = `marked ${where} ${randomBytes(6).toString("hex")}`;
    this.needles.push(needle(where, word));
    return word;
  }

  /** A source of chance that remembers each key drawn from it. Nonces (24 bytes, 12) and ids (16) are no secrets. */
  random = (count: number): Uint8Array<ArrayBuffer> => {
    const drawn = new Uint8Array(randomBytes(count));
    if (![12, 16, 24].includes(count) && count >= 16) this.needles.push(needle(`a key of ${count} bytes`, drawn.slice()));
    return drawn;
  };

  fetch: typeof globalThis.fetch = (input, init) => {
    const isSound = init?.method === "PUT" && String(input).includes("/voice/");
    if (isSound) this.sealedSound = [100, 10_000, 20_000].map((at) => needle("sealed sound", (init.body as Uint8Array).slice(at, at + 32)));
    return fetch(input, init);
  };
}

async function person(house: House, link: string, name: string, secrets: Secrets): Promise<Person> {
  const calledName = secrets.mark(`called${name}`);
  const passphrase = secrets.mark(`passphrase of ${name}`);
  return arrive(house.origin, link, calledName, passphrase, secrets);
}

/** What somebody says out loud, with a mark in every piece of it, sealed for ROOM. */
async function speak({ house }: Person, key: string, room: Id, mark: (where: string) => string): Promise<VoiceNote> {
  await house.voices.start(key, "audio/webm;codecs=opus");
  for (let second = 1; second <= 4; second++) {
    const piece = Buffer.concat([randomBytes(20_000), Buffer.from(mark(`sound of ${key}, second ${second}`)), randomBytes(5_000)]);
    await house.voices.add(key, piece, second * 1000);
  }
  return house.voices.keep(key, room);
}

/** A journal and letters: written, spoken, changed, opened to somebody, sealed, and let go. */
async function keep(me: Person, other: Person, room: Id, mark: (where: string) => string): Promise<void> {
  const { house } = me;
  const self = house.rooms.self.value!.room;
  const page = (where: string, voice: VoiceNote | null) =>
    ({ text: mark(where), day: "2026-11-20", feelings: [mark(`feeling of a ${where}`)], weight: 6, weightAfter: 4, prompt: "", voice, written: null });
  const spoken = await speak(me, "page:new", self, mark);
  const id = await house.journal.write(page("page", spoken));
  await house.journal.edit(id, page("changed page", spoken), [id]);
  const gone = await house.journal.write(page("page let go", await speak(me, "page:gone", self, mark)));
  await settled(me);
  await house.journal.letGo(gone);
  const shared = mark("shared page");
  await house.journal.share(id, [room], { text: shared, wish: "listen", voice: true });
  const entry = await reads(other, room, shared);
  const line = other.house.rooms.log(room).lines.value.find((one) => one.is === "entry" && one.id === entry);
  assert.ok(line?.is === "entry" && line.content.kind === "share" && line.content.voice);
  for await (const piece of other.house.voices.play(room, line.content.voice)) assert.ok(piece.length > 0);
  await house.rooms.log(room).share({ text: "", wish: "none", voice: await speak(me, `room:${room}`, room, mark) });

  const letter = await house.letters.write({ to: mark("to whom"), text: mark("letter"), voice: await speak(me, "letter:new", self, mark) });
  await house.letters.sealUntil(letter, Date.now() + 3 * 86_400_000);
  const open = await house.letters.write({ to: mark("to another"), text: mark("open letter"), voice: null });
  await house.letters.beginSending(open, room);
  await settled(me);
}

/** Everywhere that a person can write. */
async function write(house: House, secrets: Secrets): Promise<void> {
  const mark = (where: string) => secrets.mark(where);
  const ada = await person(house, await house.invite("steward"), "ada", secrets);
  const link = await linkFrom(ada, mark("greeting"), mark("whom it is for"));
  secrets.needles.push(needle("the invite's secret", fromBase64url(link.split("#")[1] ?? "")));
  const ben = await person(house, link, "ben", secrets);
  const { room } = await bondOf(ada, ben.house.me.name.value);
  await bondOf(ben, ada.house.me.name.value);
  for (const { card } of [ada, ben]) secrets.needles.push(needle("recovery card", card.words));

  const log = ada.house.rooms.log(room);
  const text = mark("share");
  await log.share({ text, wish: "listen" });
  await settled(ada);
  const share = await reads(ben, room, text);
  await ben.house.rooms.log(room).reply(share, mark("reply"));
  await ben.house.thoughts.send(room, mark("thought"));
  const ask = await ada.house.asks.ask(room, { when: null, until: Date.now() + 3_600_000, text: mark("ask") });
  await settled(ada);
  await settled(ben);
  await ben.house.asks.answer(ask, { answer: "yes", at: null, text: mark("answer") }).catch(() => undefined);
  const checkin = await ada.house.checkins.save({ weight: 7, feelings: [mark("feeling")], opening: mark("opening"), text: mark("checkin") });
  await settled(ada);
  await ada.house.checkins.shareWith(checkin, [room], { wish: "stay", text: mark("shared checkin") });
  const gone = await log.share({ text: mark("taken back"), wish: "none" });
  await settled(ada);
  await log.takeBack(gone);

  await keep(ada, ben, room, mark);
  ada.house.drafts.write(`room:${room}`, { text: mark("draft") });
  await ada.house.drafts.settled();
  await ada.house.people.setMyNameFor(room, mark("my name for them"));
  await ada.house.people.keepOutside({ name: mark("outside name"), phone: mark("outside phone"), email: mark("outside mail"), note: mark("outside note") });
  await ada.house.me.setName(mark("new name"));
  await ada.house.settings.set({ quickExitSite: `https://${randomBytes(8).toString("hex")}.example`, country: "NZ" });
  await ada.house.session.newCard().then(({ words }) => secrets.needles.push(needle("new card", words)));
  await ada.house.session.changePassphrase({ current: ada.passphrase, passphrase: mark("new passphrase"), signInName: mark("new sign-in name"), endOtherSessions: false });
  for (const who of [ada, ben]) await settled(who);
  await ben.house.people.endBond(room, mark("goodbye"));
  await ada.close();
  await ben.close();
}

interface Place {
  place: string;
  look(needles: readonly Needle[]): string[];
  /** What is surely there, to show that this place can be searched. */
  control: boolean;
  /** Sealed sound is surely there. */
  sound?: boolean;
}

const inFolder = (place: string, folder: string): Place => ({ place, control: true, sound: true, look: (needles) => [...new Set(findInFolder(folder, needles).flatMap(({ found }) => found))] });
const inText = (place: string, text: string, control: boolean): Place => ({ place, control, look: (needles) => findIn(Buffer.from(text), needles) });

/** Every place that the house, or whoever runs it, could look into. */
async function places(house: House): Promise<Place[]> {
  const kept = house.database
    ? [inText("a dump of the database", await (await postgres()).dump(house.database), true), inFolder("PostgreSQL's tables, indexes and WAL", (await postgres()).folder)]
    : [inFolder("the data folder, with its WAL", house.folder)];
  return [...kept, inText("the log", house.log(), false), { place: "the server's memory", control: true, look: (needles) => findInMemory(house.pid(), needles).found }];
}

for (const store of ["sqlite", "postgres"] as Store[]) {
  test(`on ${store}, nothing that people wrote, no name and no key is in anything that the house keeps or holds`, { timeout: 180_000 }, async () => {
    const secrets = new Secrets();
    const house = await openHouse({ store });
    await write(house, secrets);
    assert.ok(secrets.needles.length > 60);
    for (const { place, look } of await places(house)) assert.deepEqual(look(secrets.needles), [], place);
    const houseId = ((await (await fetch(`${house.origin}/api/house`)).json()) as { id: string }).id;
    const control = [needle("the house's id", fromBase64url(houseId))];
    for (const { place, look, control: there } of await places(house)) if (there) assert.deepEqual(look(control), ["the house's id"], `${place}: what is there is found`);
    for (const { place, look, sound } of await places(house)) if (sound) assert.ok(look(secrets.sealedSound).length > 0, `${place}: sealed sound is found`);
    await house.close();
  });
}
