// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything readable, taken along in one zip: read back here as its owner, or another program, would read it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import type { ExportWords, PageWords } from "../../web/src/model/face";
import { until } from "../children";
import { reads, settled, type Device } from "../somebody";
import { somebody } from "./place";
import { pair, secondDevice } from "./road";

const WORDS: ExportWords = {
  title: "What is mine",
  me: "me",
  someone: "someone",
  erased: "taken back",
  untrusted: "could not be trusted",
  missing: "something is missing",
  when: (ms) => new Date(ms).toISOString(),
  say: (content) => (content.kind === "afterwards" ? content.feel : "text" in content ? (content.text ?? "") : "checkin" in content ? (content.checkin?.text ?? "") : content.kind),
  checkins: "Check-ins",
  outside: "People outside",
  given: "Given",
  day: ({ day }) => `The day ${day}`,
  about: ({ feelings, weight, prompt }) => [feelings.join(" and "), weight === null ? "" : `weight ${weight}`, prompt],
  letterTo: (to) => `To ${to}`,
  sealed: ({ to, until: day }) => `sealed, to ${to}, until ${new Date(day ?? 0).toISOString()}`,
  earlier: "Before",
  twoVersions: "Two",
  voice: (ms) => `sound of ${ms}`,
  noVoice: (ms) => `no sound of ${ms}`,
};

const page = (text: string, more: Partial<PageWords> = {}): PageWords =>
  ({ text, day: "2026-11-20", feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null, ...more });

async function exported(who: Device): Promise<Record<string, Uint8Array>> {
  const { fileName, bytes } = await who.house.exporting.make(WORDS);
  assert.match(fileName, /^beside-\d{4}-\d{2}-\d{2}\.zip$/);
  assert.deepEqual(who.house.exporting.state.value, { is: "idle" });
  return unzipSync(bytes);
}

const textOf = (files: Record<string, Uint8Array>, name: string): string => {
  assert.ok(files[name], `${name} is among ${Object.keys(files).join(", ")}`);
  return strFromU8(files[name]!);
};

test("pages with their days, feelings and earlier versions, letters, check-ins, talks", async () => {
  const { a, b, room } = await pair("Otis", "Nele");
  await b.house.rooms.log(room).share({ text: "words to keep", wish: "none" });
  await reads(a, room, "words to keep");
  await a.house.checkins.save({ weight: 2, feelings: [], opening: "", text: "lighter" });
  const id = await a.house.journal.write(page("Rain? All day: rain.", { feelings: ["calm", "tired"], weight: 7 }));
  await a.house.journal.edit(id, page("Rain? All day: rain. Then none.", { feelings: ["calm"], weight: 7 }), [id]);
  await a.house.journal.write(page("Rain? All day: rain. Then none.", { day: "2026-11-20" }));
  const letter = await a.house.letters.write({ to: "Gran #1", text: "I kept your *spoon*.", voice: null });
  const help = await b.house.carrying.askHelp(room, { text: "supper on Thursday?", when: null });
  await until("it is known", () => a.house.carrying.helps(room).value.length === 1);
  await a.house.carrying.take(room, help);
  await a.house.giving.write({ way: "gave", text: "a supper", day: "2026-11-21" });
  await a.house.giving.sayAfterwards({ what: "ask", room, id: help }, "lighter");
  await settled(a);

  const files = await exported(a);
  const first = textOf(files, "journal/2026/2026-11-20 Rain All day rain Then none.md");
  assert.match(first, /^---\ndate: 2026-11-20\ncreated: 2026-\S+Z\n---\n\n# The day 2026-11-20\n\ncalm\n\nweight 7\n\nRain\? All day: rain\. Then none\.\n\n## Before\n\n### \S+Z\n\ncalm and tired\n\nweight 7\n\nRain\? All day: rain\.\n$/);
  assert.match(textOf(files, "journal/2026/2026-11-20 Rain All day rain Then none (2).md"), /Then none\.\n$/);
  assert.match(textOf(files, Object.keys(files).find((name) => name.startsWith("letters/"))!), /^# To Gran \\#1\n\n\S+Z\n\nI kept your \*spoon\*\.\n$/);
  assert.match(textOf(files, "checkins.md"), /> lighter/);
  assert.match(textOf(files, "people/001 Nele.md"), /\*\*Nele\*\*, \S+\n\n> words to keep/);
  assert.match(textOf(files, "people/001 Nele.md"), /> words to keep\n\n\*\*Nele\*\*, \S+\n\n> supper on Thursday\?\n\n\*\*me\*\*, \S+\n\n> taking\n$/);
  assert.match(textOf(files, "given.md"), /^# Given\n\n\*\*\S+\*\*\n\n> a supper\n\n\*\*\S+\*\*\n\n> lighter\n$/);
  assert.match(textOf(files, "outside.md"), /^# People outside/);

  const everything = JSON.parse(textOf(files, "everything.json"));
  assert.deepEqual(everything.journal.map(({ kind }: { kind: string }) => kind).sort(), ["checkin", "letter", "page", "page"]);
  assert.deepEqual(everything.journal.find((one: { id: string }) => one.id === id).versions.map(({ text }: { text: string }) => text), ["Rain? All day: rain.", "Rain? All day: rain. Then none."]);
  assert.deepEqual(everything.given.map(({ kind }: { kind: string }) => kind), ["gift", "afterwards"]);
  assert.equal(everything.journal.find((one: { id: string }) => one.id === letter).versions[0].to, "Gran #1");
});

test("of a sealed letter only to whom it is and until when, in the text and in the data", async () => {
  const a = await somebody("Pola");
  const id = await a.house.letters.write({ to: "Herself", text: "open me in spring", voice: null });
  await settled(a);
  const day = Date.now() + 90 * 86_400_000;
  await a.house.letters.sealUntil(id, day);
  await settled(a);
  await until("it is sealed", () => a.house.letters.list.value[0]?.until !== null && a.house.letters.letter(id).value?.versions.length === 1);
  const files = await exported(a);
  const all = Object.values(files).map((file) => strFromU8(file)).join("\n");
  assert.ok(!all.includes("open me in spring"));
  assert.match(textOf(files, Object.keys(files).find((name) => name.startsWith("letters/"))!), new RegExp(`\\*sealed, to Herself, until ${new Date(day).toISOString()}\\*`));
  assert.equal(JSON.parse(textOf(files, "everything.json")).journal[0].versions[0].sealed, true);
});

test("voice notes as sound files, linked from where they were said, and no key of theirs in the data", async () => {
  const { a, b, room } = await pair("Quin", "Rosa");
  const sound = (seed: number) => Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31 + seed) & 255);
  const record = async (who: Device, key: string, to: string, seed: number, type: string) => {
    await who.house.voices.start(key, type);
    await who.house.voices.add(key, sound(seed), 4200);
    return who.house.voices.keep(key, to);
  };
  const mine = await record(a, "page:new", a.house.rooms.self.value!.room, 1, "audio/webm;codecs=opus");
  await a.house.journal.write(page("said out loud", { voice: mine }));
  const theirs = await record(b, `room:${room}`, room, 2, "audio/mp4");
  await b.house.rooms.log(room).share({ text: "listen", wish: "listen", voice: theirs });
  await reads(a, room, "listen");
  await settled(a);

  // Another device, which has no sound yet.
  const phone = await secondDevice(a);
  await until("the page is there", () => phone.house.journal.kept.value.length === 1 && phone.house.people.bonds.value.length === 1);
  const files = await exported(phone);
  assert.deepEqual(files[`voice/${mine.voice}.webm`], sound(1));
  assert.deepEqual(files[`voice/${theirs.voice}.m4a`], sound(2));
  assert.ok(textOf(files, "journal/2026/2026-11-20 said out loud.md").includes(`[sound of 4200](../../voice/${mine.voice}.webm)`));
  assert.ok(textOf(files, "people/001 Rosa.md").includes(`[sound of 4200](../voice/${theirs.voice}.m4a)`));
  const data = textOf(files, "everything.json");
  for (const { key } of [mine, theirs]) assert.ok(!data.includes(key), "a key of a voice note leaves the encryption");
  assert.equal(JSON.parse(data).journal[0].versions[0].voice.file, `voice/${mine.voice}.webm`);
});

test("what the export gives can be brought again: a page a file, by its day", async () => {
  const a = await somebody("Sami");
  await a.house.journal.write(page("One page of mine.", { day: "2024-05-06" }));
  await settled(a);
  const { bytes } = await a.house.exporting.make(WORDS);
  const found = await a.house.importing.read([{ name: "beside.zip", size: bytes.length, modified: Date.now(), bytes: async () => bytes }]);
  const own = found.pages.find(({ words }) => words.text.includes("One page of mine."));
  assert.equal(own?.words.day, "2024-05-06");
});
