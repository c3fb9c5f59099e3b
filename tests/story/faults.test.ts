// SPDX-License-Identifier: AGPL-3.0-or-later
// What lost answers, closed browsers, newer keys, other devices and a house that lies do to words: nothing. Told through the
// shipped client against the built house; only the road between them is bent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi } from "../../web/src/api/client";
import { createJar } from "../../web/src/api/jar";
import { createKeyring } from "../../web/src/crypto/keyring";
import { fromBase64url, toBase64url } from "../../web/src/lib/base64url";
import { concat, u32, u64 } from "../../web/src/lib/bytes";
import { readEntryFrames, type EntryFrame } from "../../web/src/lib/frames";
import { fromId, type Id } from "../../web/src/lib/id";
import type { Line } from "../../web/src/model/face";
import { until } from "../children";
import { arrive, bondOf, bring, newDevice, reads, settled, textsIn, type Device, type Person } from "../somebody";
import { blankDevice, here, theHouse } from "./place";

type Fetch = typeof globalThis.fetch;
type Bend = (go: () => Promise<Response>, method: string, path: string) => Promise<Response>;

/** A road to the house that a test can bend while it is used. */
function road(): { fetch: Fetch; bend: (how: Bend | null) => void } {
  let bent: Bend | null = null;
  return {
    bend: (how) => void (bent = how),
    fetch: (input, init) => {
      const go = () => fetch(input, init);
      return bent === null ? go() : bent(go, init?.method ?? "GET", new URL(String(input)).pathname);
    },
  };
}

const lost = () => Promise.reject(new TypeError("cut"));
const isEntry = (method: string, path: string) => method === "PUT" && path.includes("/entries/");
const times = (who: Device, room: Id, text: string) => textsIn(who, room).filter((one) => one === text).length;
const lineOf = (who: Device, room: Id, id: Id): Line | undefined => who.house.rooms.log(room).lines.value.find((line) => "id" in line && line.id === id);

async function bentPair(first: string, second: string): Promise<{ a: Person; b: Person; room: Id; way: ReturnType<typeof road> }> {
  const house = await theHouse();
  const way = road();
  const a = here(await arrive(house.origin, await house.invite("house"), first, undefined, { fetch: way.fetch }));
  const { newcomer, room } = await bring(house.origin, a, second);
  return { a, b: here(newcomer), room, way };
}

test("an answer that is lost is asked for again, and the entry counts once", async () => {
  const { a, b, room, way } = await bentPair("Adam", "Bela");
  let cut = 2;
  way.bend(async (go, method, path) => {
    const reply = await go();
    return isEntry(method, path) && cut-- > 0 ? lost() : reply;
  });
  const log = a.house.rooms.log(room);
  const one = await log.share({ text: "one", wish: "none" });
  await log.share({ text: "two", wish: "none" });
  await reads(b, room, "two");
  await settled(a);
  assert.deepEqual(textsIn(b, room), ["one", "two"]);
  assert.deepEqual(textsIn(a, room), ["one", "two"]);
  assert.equal(lineOf(a, room, one)?.is, "entry");
});

test("a browser closed at any point of sending loses no word and doubles none", async () => {
  const { a, b, room, way } = await bentPair("Cato", "Dora");
  let device: Device = a;
  const points: [string, Bend][] = [
    ["before it leaves", (go, method, path) => (isEntry(method, path) ? lost() : go())],
    ["while it is on its way", (go, method, path) => (isEntry(method, path) ? new Promise(() => undefined) : go())],
    ["after the house has it", async (go, method, path) => { const reply = await go(); return isEntry(method, path) ? lost() : reply; }],
  ];
  for (const [text, bend] of points) {
    way.bend(bend);
    await device.house.rooms.log(room).share({ text, wish: "none" });
    await new Promise((done) => setTimeout(done, 150));
    way.bend((go, method, path) => (isEntry(method, path) ? lost() : go()));
    device = here(await device.reload());
    await until("it is still there", () => textsIn(device, room).includes(text));
    way.bend(null);
    device.house.connection.retry();
    await reads(b, room, text);
    await settled(device);
    assert.deepEqual([times(b, room, text), times(device, room, text)], [1, 1], text);
  }
  assert.deepEqual(textsIn(b, room), points.map(([text]) => text));
  assert.deepEqual(textsIn(device, room), textsIn(b, room));
});

test("what is undone before it left never leaves; undone with its answer lost, it is taken back", async () => {
  const { a, b, room, way } = await bentPair("Enya", "Falk");
  const log = a.house.rooms.log(room);
  a.online.value = false;
  const never = await log.share({ text: "never", wish: "none" });
  await log.undo(never);
  a.online.value = true;
  assert.equal(lineOf(a, room, never), undefined);

  way.bend(async (go, method, path) => {
    const reply = await go();
    return isEntry(method, path) ? lost() : reply;
  });
  const slip = await log.share({ text: "slip", wish: "none" });
  await reads(b, room, "slip");
  await log.undo(slip);
  way.bend(null);
  a.house.connection.retry();
  await until("it is gone on the other side", () => lineOf(b, room, slip) === undefined);
  await settled(a);
  assert.deepEqual(textsIn(a, room), []);
  await log.share({ text: "after", wish: "none" });
  await reads(b, room, "after");
  assert.deepEqual(textsIn(b, room), ["after"]);
});

/** Begins a new epoch in a room that this person founded, as another client of theirs might. */
async function roll(who: Person, room: Id, other: Id): Promise<void> {
  const { origin } = await theHouse();
  const api = createApi({ origin, fetch: createJar(origin, fetch).fetch });
  const crypto = await createKeyring();
  const { id: houseId } = await api.house();
  const { loginId, loginSecret } = await crypto.signIn({ houseId, name: who.signInName, passphrase: who.passphrase });
  const { person, wrap } = await api.signIn({ login_id: toBase64url(loginId), login_secret: toBase64url(loginSecret) });
  await crypto.openWrap({ personId: person.id, wrap: fromBase64url(wrap) });
  const { personId, identity } = await crypto.me();
  await crypto.loadRoster({ room, links: await api.roster(room, 0), identities: { [personId]: identity, [other]: await api.identity(other) } });
  await api.changeRoom(room, await crypto.roll({ room }));
  await api.signOut();
}

test("words sealed under a key that is no longer the room's are sealed anew under the same id", async () => {
  const { a, b, room } = await bentPair("Gesa", "Hugo");
  await a.house.rooms.log(room).share({ text: "first epoch", wish: "none" });
  await reads(b, room, "first epoch");
  a.online.value = false;
  const id = await a.house.rooms.log(room).share({ text: "written before the roll", wish: "none" });
  const { person } = await bondOf(a, "Hugo");
  assert.notEqual(person, "");
  await roll(b, room, (await bondOf(b, "Gesa")).person);
  a.online.value = true;
  assert.equal(await reads(b, room, "written before the roll"), id);
  await b.house.rooms.log(room).share({ text: "second epoch", wish: "none" });
  await reads(a, room, "second epoch");
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await reads(phone, room, "second epoch");
  assert.deepEqual(textsIn(phone, room), ["first epoch", "written before the roll", "second epoch"]);
});

const FLAGS = { plain: 0, erased: 1, takeback: 2, withheld: 4 } as const;

function frameBytes({ room, seq, timeMs, author, id, state, body }: EntryFrame): Uint8Array<ArrayBuffer> {
  const rest = concat(fromId(room), u64(seq), u64(timeMs), fromId(author), fromId(id), new Uint8Array([FLAGS[state]]), body);
  return concat(u32(rest.length), rest);
}

/** A house that tells ROOM's log otherwise than it is. */
async function liedTo(who: Person, room: Id, lie: (frames: EntryFrame[]) => EntryFrame[]): Promise<Device> {
  const bend: Fetch = async (input, init) => {
    const reply = await fetch(input, init);
    const about = new URL(String(input)).pathname === `/api/rooms/${room}/entries` && reply.ok;
    if (!about) return reply;
    const told = lie(readEntryFrames(new Uint8Array(await reply.arrayBuffer())));
    return new Response(concat(...told.map(frameBytes)), { headers: reply.headers });
  };
  const device = here(await newDevice((await theHouse()).origin, { fetch: bend }));
  await device.house.session.signIn({ signInName: who.signInName, passphrase: who.passphrase });
  await until("something is there", () => device.house.rooms.log(room).lines.value.length > 0);
  return device;
}

test("what a house alters, swaps, plays again or leaves out is never shown as words", async () => {
  const { a, b, room } = await bentPair("Ilka", "Jens");
  for (const text of ["one", "two", "three"]) await b.house.rooms.log(room).share({ text, wish: "none" });
  await reads(a, room, "three");
  const shown = (who: Device) => who.house.rooms.log(room).lines.value.map((line) => (line.is === "entry" && line.content.kind === "share" ? line.content.text : line.is));

  const altered = await liedTo(a, room, (frames) => frames.map((frame) => (frame.seq === 2 ? { ...frame, body: frame.body.map((byte, i) => (i === 100 ? byte ^ 1 : byte)) } : frame)));
  assert.deepEqual(shown(altered), ["one", "untrusted", "three"]);
  assert.ok(altered.house.today.came.value.some(({ kind }) => kind === "untrusted"));

  const me = (await bondOf(b, "Ilka")).person;
  const blamed = await liedTo(a, room, (frames) => frames.map((frame) => (frame.seq === 1 ? { ...frame, author: me } : frame)));
  assert.equal(shown(blamed)[0], "untrusted");

  const swapped = await liedTo(a, room, ([one, two, three]) => [{ ...two!, seq: 1 }, { ...one!, seq: 2 }, three!]);
  assert.deepEqual(shown(swapped), ["untrusted", "one", "three"]);

  const again = await liedTo(a, room, ([one, two, three]) => [one!, two!, three!, { ...one!, seq: 4 }]);
  assert.deepEqual(shown(again), ["one", "two", "three", "untrusted"]);

  const dropped = await liedTo(a, room, ([one, , three]) => [one!, { ...three!, seq: 2 }]);
  assert.deepEqual(shown(dropped), ["one", "missing", "three"]);

  const hole = await liedTo(a, room, ([one, , three]) => [one!, three!]);
  assert.deepEqual(shown(hole), ["one", "missing", "three"]);
});

test("two devices that changed the same things apart come together", async () => {
  const { a, room } = await bentPair("Knut", "Lara");
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await bondOf(phone, "Lara");
  a.online.value = false;
  phone.online.value = false;
  await a.house.people.setMyNameFor(room, "from the desk");
  await a.house.settings.set({ theme: "dark" });
  await phone.house.settings.set({ country: "NO" });
  await phone.house.people.keepOutside({ name: "Tove", phone: "12345", email: "", note: "" });
  a.online.value = true;
  phone.online.value = true;
  for (const who of [a, phone]) {
    await until("both changes are here", () => {
      const { theme, country } = who.house.settings.values.value;
      return theme === "dark" && country === "NO" && who.house.people.bond(room).value?.name === "from the desk" && who.house.people.outside.value[0]?.name === "Tove";
    }, 20_000);
  }
});

test("a long talk comes page by page, whole and in order", async () => {
  const { a, b, room } = await bentPair("Malu", "Nils");
  const texts = Array.from({ length: 480 }, (_, i) => `line ${i}`);
  for (const [i, text] of texts.entries()) {
    await b.house.rooms.log(room).share({ text, wish: "none" });
    if (i % 80 === 79) await reads(a, room, text);
  }
  assert.deepEqual(textsIn(a, room), texts);
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await reads(phone, room, "line 479");
  const log = phone.house.rooms.log(room);
  assert.equal(log.hasOlder.value, true);
  assert.ok(textsIn(phone, room).length < texts.length);
  while (log.hasOlder.value) await log.loadOlder();
  assert.deepEqual(textsIn(phone, room), texts);
  assert.equal(log.hasOlder.value, false);
});

test("what waits for an answer is found behind much that was said after it", async () => {
  const { a, b, room } = await bentPair("Ulla", "Vito");
  const ask = await b.house.asks.ask(room, { when: null, until: Date.now() + 3 * 86_400_000, text: "can you spare an hour?" });
  for (let i = 0; i < 130; i++) await b.house.rooms.log(room).share({ text: `and then ${i}`, wish: "none" });
  await reads(a, room, "and then 129");
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await until("the ask is there", () => phone.house.asks.forMe.value.some(({ id }) => id === ask));
  assert.ok(phone.house.today.came.value.some((one) => one.kind === "ask"));
});

test("a session ended from elsewhere leaves no readable word, and the unsent ones to their owner", async () => {
  const { a, b, room } = await bentPair("Oda", "Piet");
  a.online.value = false;
  await a.house.rooms.log(room).share({ text: "not sent yet", wish: "none" });
  a.house.drafts.write(`room:${room}`, { text: "half a thought" });
  await a.house.drafts.settled();
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await phone.house.session.refreshSessions();
  const other = phone.house.session.sessions.value.find(({ current }) => !current);
  assert.equal(other?.label, "Node, for a story");
  await phone.house.session.endSession(other!.id);
  a.online.value = true;
  a.house.connection.retry();
  await until("it is out", () => a.house.session.state.value.is === "none");
  assert.deepEqual(a.house.session.state.value, { is: "none", why: "ended-elsewhere" });
  assert.deepEqual([a.house.people.bonds.value, textsIn(a, room), a.house.drafts.read(`room:${room}`).value], [[], [], null]);
  await a.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await reads(b, room, "not sent yet");
  assert.equal(a.house.drafts.read(`room:${room}`).value?.text, "half a thought");
});

test("opened with the card and locked before there is a new passphrase: what was not sent waits for the card", async () => {
  const { a, b, room } = await bentPair("Orla", "Pavel");
  a.online.value = false;
  await a.house.rooms.log(room).share({ text: "still not sent", wish: "none" });
  a.house.drafts.write(`room:${room}`, { text: "half a thought" });
  await a.house.drafts.settled();
  const phone = await blankDevice();
  await phone.house.session.signIn({ signInName: a.signInName, passphrase: a.passphrase });
  await phone.house.session.refreshSessions();
  await phone.house.session.endSession(phone.house.session.sessions.value.find(({ current }) => !current)!.id);
  a.online.value = true;
  a.house.connection.retry();
  await until("it is out", () => a.house.session.state.value.is === "none");
  for (const lock of [() => a.house.session.lock(), () => a.house.session.quickLock()]) {
    await a.house.session.recover(a.card.words);
    assert.equal(a.house.drafts.read(`room:${room}`).value?.text, "half a thought");
    await lock();
    assert.deepEqual(a.house.session.state.value, { is: "none", why: "no-passphrase" });
    assert.equal(a.house.drafts.read(`room:${room}`).value, null);
  }
  await a.house.session.recover(a.card.words);
  await reads(b, room, "still not sent");
  assert.equal(a.house.drafts.read(`room:${room}`).value?.text, "half a thought");
});

test("an account whose answer was lost on the way is there all the same, with its card", async () => {
  const house = await theHouse();
  const way = road();
  let cut = 1;
  way.bend(async (go, method, path) => {
    const reply = await go();
    return method === "POST" && path === "/api/person" && cut-- > 0 ? lost() : reply;
  });
  const a = here(await arrive(house.origin, await house.invite("house"), "Quirin", undefined, { fetch: way.fetch }));
  const phone = await blankDevice();
  await phone.house.session.recover(a.card.words);
  assert.equal(phone.house.session.signInName.value, "quirin");
});

test("what the person wrote is kept where the house refuses it", async () => {
  const { a, b, room } = await bentPair("Runa", "Sven");
  a.online.value = false;
  const id = await a.house.rooms.log(room).share({ text: "one more thing", wish: "none" });
  await b.house.people.endBond(room);
  a.online.value = true;
  await until("it says so", () => {
    const line = lineOf(a, room, id);
    return line?.is === "entry" && line.place.is === "refused" && line.place.why === "room-ended";
  });
  await a.house.rooms.log(room).toDraft(id);
  assert.equal(lineOf(a, room, id), undefined);
  assert.equal(a.house.drafts.read(`room:${room}`).value?.text, "one more thing");
});
