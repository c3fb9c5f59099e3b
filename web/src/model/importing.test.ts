// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading other journals: what each format gives, what is left out and why, and that no file, however broken or hostile,
// does more than be refused. Samples are in tests/import.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { deflateSync, strToU8, zipSync, type Zippable } from "fflate";
import type { Core } from "./core";
import { ModelFailure, type ImportPreview, type Kept, type PickedFile } from "./face";
import { createImporting } from "./importing";
import { cleanName, dayIn, readWhen, toText, whenByFile, whenByName } from "./importing_found";
import { splitFront } from "./importing_markdown";
import { unzipped } from "./importing_zip";
import type { Put } from "./outbox";

declare const __TOP__: string;

const MODIFIED = new Date(2022, 4, 6, 7, 8).getTime();
const sample = (name: string): Uint8Array => new Uint8Array(readFileSync(join(__TOP__, "tests/import", name)));
const bytesOf = (content: Uint8Array | string): Uint8Array => (typeof content === "string" ? strToU8(content) : content);

function picked(name: string, content: Uint8Array | string, modified = MODIFIED): PickedFile {
  const bytes = bytesOf(content);
  return { name, size: bytes.length, modified, bytes: async () => bytes };
}

/** The noun with a world around it in which nothing is kept yet but what is said. */
function importing({ known = [], erased = [] }: { known?: readonly string[]; erased?: readonly string[] } = {}) {
  const put: Put[] = [];
  const core = {
    act: (work: () => Promise<unknown>) => work(),
    platform: { setTimeout: (run: () => void) => setImmediate(run) },
    crypto: { vaultKey: async (name: string) => name },
    local: { entries: { find: async (_room: string, id: string) => (erased.includes(id) ? { state: "erased" } : null) } },
  } as unknown as Core;
  const noun = createImporting(core, {
    outbox: { waitingIn: () => signal([]), step: async (puts) => (put.push(...puts), puts.map(({ id }) => id!)) },
    shelf: { kept: signal(known.map((id) => ({ id }) as Kept)), ready: async () => undefined },
    mine: () => "room",
  });
  return { ...noun, put };
}

const read = (...files: readonly PickedFile[]): Promise<ImportPreview> => importing().read(files);
const texts = ({ pages }: ImportPreview) => pages.map(({ words }) => words.text);
const days = ({ pages }: ImportPreview) => pages.map(({ words }) => words.day);
const notRead = ({ unread }: ImportPreview) => unread.map(({ name, why }) => `${name}: ${why}`);
const isBadFile = (detail?: string) => (error: unknown) => error instanceof ModelFailure && error.code === "bad-file" && (detail === undefined || error.detail === detail);

// ── Day One ───────────────────────────────────────────────────────────────────────────────────────────────────────────

test("Day One: words without their escapes, the day where it was written, tags at the end, oldest first", async () => {
  const found = await read(picked("Journal.json", sample("day-one.json")));
  assert.equal(found.format, "day-one");
  assert.deepEqual(days(found), ["2019-07-14", "2021-11-02", "2024-03-02"]);
  assert.deepEqual(texts(found), [
    "Could not sleep. The lamp across the street kept me company.",
    "Only in rich text.\nAnd a second line.",
    "# The first quiet day\n\nNobody rang. I made soup (too much) and ate it at the window.\n\nIt was enough!\n\n#soup #quiet-days",
  ]);
  assert.deepEqual(found.pages.map(({ words }) => words.written), ["2019-07-14T05:10:00Z", "2021-11-02T12:00:00Z", "2024-03-01T21:30:00Z"].map(Date.parse));
  assert.deepEqual(notRead(found), ["photos/0f1e2d3c4b5a69788796a5b4c3d2e1f0.jpeg: left-out", "audios/5544332211AA.m4a: left-out"]);
});

test("Day One: the zip with its pictures gives the same pages, and names each picture once", async () => {
  const zip = zipSync({ "Journal.json": sample("day-one.json"), photos: { "0f1e2d3c4b5a69788796a5b4c3d2e1f0.jpeg": new Uint8Array(9) }, "__MACOSX/._Journal.json": strToU8("x") });
  const [whole, bare] = [await read(picked("2024.zip", zip)), await read(picked("Journal.json", sample("day-one.json")))];
  assert.deepEqual(whole.pages, bare.pages);
  assert.deepEqual(notRead(whole).sort(), notRead(bare).sort());
});

test("Day One: an entry without a time that exists is told, and so is one too long for a page; the others come", async () => {
  const entries = [
    { uuid: "0000000000000001", creationDate: "2024-02-31T00:00:00Z", text: "no such day" },
    { uuid: "0000000000000002", creationDate: "2024-02-20T00:00:00Z", text: "y".repeat(60_000) },
    { uuid: "0000000000000003", creationDate: "2024-02-20T10:00:00Z", timeZone: "Nowhere/At All", text: "good\u0000\u0007 \ud800!" },
    { uuid: "0000000000000003", creationDate: "2024-02-20T10:00:00Z", text: "the same uuid, other words" },
    { uuid: "0000000000000004", creationDate: "2024-02-20T11:00:00Z", text: "" },
    null,
    "text",
  ];
  const found = await read(picked("Journal.json", JSON.stringify({ entries })));
  assert.deepEqual(texts(found), ["good \ufffd!", "the same uuid, other words"]);
  assert.deepEqual(notRead(found), ["Journal.json #1: no-date", "Journal.json #2: too-long", "Journal.json #6: broken", "Journal.json #7: broken"]);
});

test("Day One: escapes inside fenced code stay", async () => {
  const text = "a\\.b\n```\nc\\.d\n```\ne\\.f\\\\g";
  const found = await read(picked("J.json", JSON.stringify({ entries: [{ creationDate: "2024-02-20T10:00:00Z", text }] })));
  assert.deepEqual(texts(found), ["a.b\n```\nc\\.d\n```\ne.f\\g"]);
});

// ── jrnl ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

test("jrnl: text and JSON give the same pages under the same keys; a date within a page begins no page", async () => {
  const [text, json] = [await read(picked("journal.txt", sample("jrnl.txt"))), await read(picked("journal.json", sample("jrnl.json")))];
  assert.equal(text.format, "jrnl");
  assert.deepEqual(days(text), ["2024-03-01", "2024-03-02", "2024-03-03"]);
  assert.equal(texts(text)[0], "Rain again.\nThe gutter sings. I stayed in bed until it stopped.\n\n2024-02-28 was worse, I think.");
  assert.deepEqual(json.pages, text.pages);
  assert.equal(text.pages[1]!.words.written, new Date(2024, 2, 2, 18, 45).getTime());
  assert.equal((await read(picked("both.txt", sample("jrnl.txt")), picked("both.json", sample("jrnl.json")))).pages.length, 3);
});

test("jrnl: the older text without brackets", async () => {
  const found = await read(picked("journal.txt", sample("jrnl-old.txt")));
  assert.equal(found.format, "jrnl");
  assert.deepEqual(texts(found), ["I gave away the bicycle.\nIt was his. The girl who took it waved from the corner.", "Tea on the steps."]);
});

// ── Markdown and text ─────────────────────────────────────────────────────────────────────────────────────────────────

test("Markdown: the day by front matter, else by name, else by the file's time; title and tags come along", async () => {
  const found = await read(
    picked("notes/2024-03-01.md", sample("notes/2024-03-01.md")),
    picked("notes/a walk.md", sample("notes/a walk.md")),
    picked("notes/undated.md", "Somewhen."),
    picked("notes/.obsidian/workspace.json", "{}"),
    picked("notes/empty.md", "---\ntags: [a]\n---\n\n"),
    picked("notes/picture.png", "png"),
  );
  assert.equal(found.format, "markdown");
  assert.deepEqual(days(found), ["2022-05-06", "2023-10-09", "2024-03-01"]);
  assert.equal(texts(found)[1], "# A walk to the weir\n\nThe water was brown and loud, and I was glad of the noise.\n\n#river #slow-days");
  assert.equal(found.pages[1]!.words.written, Date.parse("2023-10-09T17:20:00+02:00"));
  assert.equal(found.pages[0]!.words.written, MODIFIED);
  assert.deepEqual(notRead(found), ["notes/picture.png: left-out"]);
});

test("Text: UTF-8 with and without its mark, UTF-16 with it, any line end; anything else is no text", async () => {
  const found = await read(
    picked("plain/loose leaf.txt", sample("plain/loose leaf.txt")),
    picked("20220117 2130.txt", sample("plain/20220117 2130.txt")),
    picked("2020-01-01.txt", "\ufeffmarked"),
    picked("2020-01-02.txt", new Uint8Array([0x63, 0x61, 0x66, 0xe9])),
    picked("2020-01-03.txt", new Uint8Array([1, 0, 2, 0])),
    picked("no-time.txt", "undated", 0),
  );
  assert.equal(found.format, "text");
  assert.deepEqual(texts(found), ["marked", "Held on.", "No date in the name, none in the text.\nTwo lines, though."]);
  assert.equal(found.pages[1]!.words.written, new Date(2022, 0, 17, 21, 30).getTime());
  assert.deepEqual(notRead(found), ["2020-01-02.txt: not-text", "2020-01-03.txt: not-text", "no-time.txt: no-date"]);
});

test("a copy of a file with another time is the same page; the same words on another day are not", async () => {
  const [one, copy] = [await read(picked("a.md", "words", MODIFIED)), await read(picked("b.md", "words", MODIFIED + 9e8))];
  assert.equal(one.pages[0]!.key, copy.pages[0]!.key);
  const two = await read(picked("2024-01-01.md", "words"), picked("2024-01-02.md", "words"));
  assert.equal(new Set(two.pages.map(({ key }) => key)).size, 2);
});

test("front matter: quotes, lists, comments, dots at the end; what is no front matter stays text", () => {
  const { front, body } = splitFront("---\r\ndate: '2024-03-01' # a comment\nTags: [one, \"two\"]\nlist:\n  - x\n  - \"y z\"\nnested:\n  date: 1999-01-01\n...\nbody");
  assert.deepEqual(Object.fromEntries(front), { date: ["2024-03-01"], tags: ["one", "two"], list: ["x", "y z"], nested: [] });
  assert.equal(body, "\nbody");
  assert.equal(splitFront("--- not a line of dashes\ndate: x\n---").body, "--- not a line of dashes\ndate: x\n---");
  assert.equal(splitFront("---\nnever closed").body, "---\nnever closed");
});

// ── Dates and names ───────────────────────────────────────────────────────────────────────────────────────────────────

test("dates: with offsets, in UTC, with AM and PM, impossible ones refused", () => {
  assert.equal(readWhen("2024-03-01T23:30:00+01:00")?.at, Date.parse("2024-03-01T22:30:00Z"));
  assert.equal(readWhen("2024-03-01T23:30:00-09:00")?.day, "2024-03-01");
  assert.equal(readWhen("2024/3/1 12:05 am")?.at, new Date(2024, 2, 1, 0, 5).getTime());
  assert.equal(readWhen("2024-03-01 12:05:09 PM")?.at, new Date(2024, 2, 1, 12, 5, 9).getTime());
  assert.equal(readWhen("2024-03-01")?.at, new Date(2024, 2, 1, 12).getTime());
  for (const wrong of ["", "2024-13-01", "2023-02-29", "0001-01-01", "9999-01-01", "2024-03-01 25:00", "yesterday", "2024"]) assert.equal(readWhen(wrong), null, wrong);
});

test("the day by a file's name or folders, and in a zone", () => {
  assert.equal(whenByName("x/2024-03-01 A walk.md")?.day, "2024-03-01");
  assert.equal(whenByName("diary_20240301_0915.txt")?.at, new Date(2024, 2, 1, 9, 15).getTime());
  assert.equal(whenByName("2024/03/01.md")?.day, "2024-03-01");
  assert.equal(whenByName("2024/2024-03/2024-03-01.md")?.day, "2024-03-01");
  for (const none of ["a.md", "1234567890123.txt", "2024-31-12.md", "2024/13/01.md"]) assert.equal(whenByName(none), null, none);
  assert.equal(whenByFile(0), null);
  const at = Date.parse("2024-03-01T23:30:00Z");
  assert.equal(dayIn("Asia/Tokyo", at), "2024-03-02");
  assert.equal(dayIn("GMT+0200", at), "2024-03-02");
  assert.equal(dayIn("America/Lima", at), "2024-03-01");
});

test("a day before 1970 stays, without a time that an entry could not hold", async () => {
  const found = await read(picked("1951-04-02.txt", "Grandmother's diary."));
  assert.deepEqual([days(found), found.pages[0]!.words.written], [["1951-04-02"], null]);
});

test("names that could deceive are shown plainly", () => {
  assert.equal(cleanName("a\u202egnp.txt\n\u0000b"), "agnp.txtb");
  assert.equal(cleanName("\u0007"), "?");
  assert.ok(cleanName("n".repeat(5000)).length <= 120);
  assert.equal(toText(new Uint8Array([0xff, 0xfe, 0x00, 0xd8])), null);
});

// ── Bounds ────────────────────────────────────────────────────────────────────────────────────────────────────────────

test("nothing that is a journal: bad-file, with the reason if there is one", async () => {
  await assert.rejects(read(picked("cat.jpg", "meow")), isBadFile("left-out"));
  await assert.rejects(read(picked("x.json", '{"entries": [')), isBadFile("broken"));
  await assert.rejects(read(picked("x.json", '{"other": 1}')), isBadFile("broken"));
  await assert.rejects(read(picked("x.json", "[".repeat(400_000))), isBadFile("broken"));
  await assert.rejects(read(picked("x.zip", "PK\u0003\u0004 cut short")), isBadFile("broken"));
  await assert.rejects(read(), isBadFile(""));
  await assert.rejects(read({ ...picked("big.json", "{}"), size: 60 << 20 }), isBadFile("too-long"));
  await assert.rejects(read(picked("big.md", "x".repeat(5 << 20))), isBadFile("too-long"));
});

test("a file that is not wanted is not even read", async () => {
  const unwanted: PickedFile = { name: "film.mp4", size: 9e9, modified: 0, bytes: () => Promise.reject(new Error("was read")) };
  assert.deepEqual(notRead(await read(unwanted, picked("2020-01-01.md", "words"))), ["film.mp4: left-out"]);
});

const ZEROS = (length: number) => new Uint8Array(length).fill(0x20);

test("a zip that unpacks to more than it may is stopped, file by file and as a whole", async () => {
  const heavy: Zippable = { "2020-01-01.md": strToU8("small"), "2020-01-02.md": ZEROS((4 << 20) + 1) };
  for (let i = 0; i < 60; i++) heavy[`2021-01-01 ${i}.md`] = ZEROS(4 << 20);
  const found = await read(picked("bomb.zip", zipSync(heavy, { level: 1 })));
  assert.deepEqual(texts(found), ["small"]);
  assert.ok(found.unread.some(({ name, why }) => name === "2020-01-02.md" && why === "too-long"));
  assert.equal(found.unread.filter(({ why }) => why === "too-long").length, 12, "the 200 MB were used up by 49 blank files");
});

test("a zip that lies about its sizes, or names the same bytes a thousand times, costs no more than its budget", () => {
  const packed = deflateSync(ZEROS(30 << 20));
  const lying = zipSync({ "a.md": [packed, { level: 0 }] });
  const view = new DataView(lying.buffer, lying.byteOffset);
  const central = view.getUint32(lying.length - 6, true);
  view.setUint16(central + 10, 8, true); // deflated, it says now
  view.setUint32(central + 24, 10, true); // to ten bytes
  const began = performance.now();
  assert.deepEqual([...unzipped(lying, { total: 1 << 20, each: () => 1 << 20 })!].map(({ bytes }) => bytes), ["broken"]);

  const row = lying.subarray(central, lying.length - 22);
  const names = 20_000;
  const many = new Uint8Array(central + row.length * names + 22);
  many.set(lying.subarray(0, central));
  for (let i = 0; i < names; i++) many.set(row, central + i * row.length);
  many.set(lying.subarray(lying.length - 22), many.length - 22);
  new DataView(many.buffer).setUint16(many.length - 12, names, true);
  const files = [...unzipped(many, { total: 100 << 20, each: () => 1 << 20 })!];
  assert.equal(files.length, names);
  assert.ok(files.every(({ bytes }) => typeof bytes === "string"));
  assert.ok(performance.now() - began < 5_000, "it did not unpack them all");
});

test("a zip with a password, a folder, an odd name", async () => {
  const zip = zipSync({ "folder/": new Uint8Array(), "folder/2020-02-02.md": strToU8("in a folder"), "locked.md": strToU8("secret") });
  const view = new DataView(zip.buffer, zip.byteOffset);
  let central = view.getUint32(zip.length - 6, true);
  while (!new TextDecoder().decode(zip.subarray(central + 46, central + 56)).startsWith("locked")) central += 46 + view.getUint16(central + 28, true);
  view.setUint16(central + 8, 1, true);
  const found = await read(picked("z.zip", zip));
  assert.deepEqual([texts(found), notRead(found)], [["in a folder"], ["locked.md: broken"]]);
});

test("no more than fifty thousand pages, and the rest is told", async () => {
  const entries = Array.from({ length: 50_010 }, (_, i) => ({ title: `page ${i}`, body: "", date: "2024-01-01", time: "10:00" }));
  const found = await read(picked("j.json", JSON.stringify({ entries: entries.slice(0, 30_000) })), picked("k.json", JSON.stringify({ entries: entries.slice(30_000) })));
  assert.equal(found.pages.length, 50_000);
  assert.deepEqual(notRead(found), ["k.json: too-long"]);
});

// ── Keeping ───────────────────────────────────────────────────────────────────────────────────────────────────────────

test("what is here is known and not put down again; what was let go gets an id of its own", async () => {
  const files = [picked("2024-01-01.md", "one"), picked("2024-01-02.md", "two"), picked("2024-01-03.md", "three")];
  const [one, two] = (await read(...files)).pages.map(({ key }) => key);
  const again = importing({ known: [one!], erased: [two!] });
  const found = await again.read(files);
  assert.deepEqual(found.pages.map(({ known }) => known), [true, false, false]);
  assert.equal(found.pages[1]!.key, `${two}/again/1`);
  await again.keep(found);
  assert.deepEqual(again.put.map(({ id, content }) => [id, content.kind]), found.pages.slice(1).map(({ key }) => [key, "page"]));
  assert.deepEqual(again.state.value, { is: "idle" });
});

// ── Anything at all ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The same numbers at every run: a failure can be looked at again. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function mutated(bytes: Uint8Array, roll: (below: number) => number): Uint8Array {
  const made = bytes.slice();
  for (let n = roll(12); n >= 0; n--) {
    const at = roll(made.length);
    const how = roll(4);
    if (how === 0) made[at] = roll(256);
    else if (how === 1) made.copyWithin(at, roll(made.length), roll(made.length));
    else if (how === 2) made.fill(roll(2) * 255, at, at + roll(8));
    else made.set(strToU8(["---\n", "\\", "[2024-01-01 10:00] ", '"entries":[', "\u0000", "]]}}", "PK\u0001\u0002"][roll(7)]!).subarray(0, made.length - at), at);
  }
  return roll(4) === 0 ? made.subarray(0, roll(made.length)) : made;
}

test("mutated files are read or refused, and nothing else", async () => {
  const seeds: Record<string, Uint8Array> = {
    "Journal.json": sample("day-one.json"),
    "jrnl.json": sample("jrnl.json"),
    "jrnl.txt": sample("jrnl.txt"),
    "jrnl-old.txt": sample("jrnl-old.txt"),
    "walk.md": sample("notes/a walk.md"),
    "all.zip": zipSync({ "Journal.json": sample("day-one.json"), "notes/2024-03-01.md": sample("notes/2024-03-01.md"), "photos/a.jpeg": new Uint8Array(40) }),
  };
  const roll = dice(20241124);
  const slowest = { ms: 0, name: "" };
  for (let i = 0; i < 3000; i++) {
    const [name, bytes] = Object.entries(seeds)[i % 6]!;
    const file = picked(name, mutated(bytes, roll));
    const began = performance.now();
    await read(file).catch((error: unknown) => assert.ok(error instanceof ModelFailure, `round ${i}, ${name}: ${String(error)}`));
    const ms = performance.now() - began;
    if (ms > slowest.ms) Object.assign(slowest, { ms, name });
  }
  assert.ok(slowest.ms < 2_000, `${slowest.name} took ${slowest.ms} ms`);
});
