// SPDX-License-Identifier: AGPL-3.0-or-later
// One person's weeks, and her old journal: the quiet picture, its table and its files; pages brought from elsewhere, looked at
// before they are kept; everything taken along again. By what stands on the screen; each screen is judged by axe.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { Download, Page } from "playwright-core";
import type { PageWords } from "../../web/src/model/face";
import { openHouse, sweepUp, TOP, type House } from "../harness";
import { newDevice, settled } from "../somebody";
import { closeBrowser, look, openBrowser, test, type PersonsBrowser } from "./browser";
import { arriveByLink, button, heading, link, place, QUESTION, says } from "./steps";

const ADA = { called: "Ada", signIn: "ada.of.the.hill", passphrase: "seven kettles under slow rain" };
const DAY = 86_400_000;

let house: House;
let adas: PersonsBrowser;
let ada: Page;

before(async () => {
  house = await openHouse();
  adas = await openBrowser(house.origin);
  ada = adas.page;
});

after(async () => {
  await adas.close();
  await closeBrowser();
  await sweepUp();
});

const radio = (page: Page, name: string | RegExp) => page.getByRole("radio", { name, exact: typeof name === "string" });
const fromJournal = async (page: Page, way: string | RegExp) => {
  await place(page, "Journal").click();
  await link(page, way).first().click();
};

async function downloaded(press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = (await Promise.all([ada.waitForEvent("download"), press()])) as [Download, void];
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const dayBack = (days: number): string => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

/** Her other device, on which a year was written. */
async function aYear(): Promise<void> {
  const device = await newDevice(house.origin);
  await device.house.session.signIn({ signInName: ADA.signIn, passphrase: ADA.passphrase });
  const write = (days: number, more: Partial<PageWords>) =>
    device.house.journal.write({ text: `A page about day ${days}.`, day: dayBack(days), feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null, ...more });
  const feelings = [["tired", "missing"], ["calm"], ["sad", "torn"], ["hopeful", "at sea"], []];
  for (let i = 0; i < 24; i++) await write(i + (i % 3), { weight: (i * 7 + 5) % 11, feelings: feelings[i % 5]!, ...(i % 4 === 1 && { weightAfter: (i * 3) % 11 }) });
  await write(6, { weight: 4, weightAfter: 4 });
  for (const days of [40, 41, 47, 60, 75, 200, 205, 230, 390]) await write(days, { weight: days % 11, feelings: feelings[days % 5]! });
  await settled(device);
  await device.close();
}

test("before anything was noted, the picture says what belongs here", async () => {
  await arriveByLink(ada, await house.invite("steward"), ADA);
  await heading(ada, QUESTION).waitFor();
  await fromJournal(ada, "How heavy it was");
  await heading(ada, "How heavy it was").waitFor();
  await says(ada, "Nothing to draw yet");
  await look(ada, "lighter-empty");
});

test("one check-in is a picture, too", async () => {
  await place(ada, "Today").click();
  await radio(ada, /^6: /).check({ force: true });
  await button(ada, "Save for me").click();
  await says(ada, "Only you can read this.");
  await fromJournal(ada, "How heavy it was");
  await ada.getByRole("img", { name: /What you noted, The last four weeks/ }).waitFor();
  await says(ada, "There is little here so far.");
  await look(ada, "lighter-one");
});

test("weeks and months as marks, gaps as gaps, feelings in words, for whoever sees it and whoever hears it", async () => {
  await aYear();
  await says(ada, "A page: from before writing to after writing");
  await ada.getByText("at sea", { exact: false }).first().waitFor();
  await look(ada, "lighter-weeks");
  await radio(ada, "A year").check({ force: true });
  await says(ada, /^Nothing noted: /);
  await look(ada, "lighter-year");
  await adas.shot("lighter-year-whole");
  await radio(ada, "All").check({ force: true });
  await radio(ada, "As a table").check({ force: true });
  await ada.getByRole("table", { name: "What you noted, newest first" }).waitFor();
  assert.equal(await ada.getByRole("row").count(), 1 + 1 + 25 + 9);
  await says(ada, /^Before writing: /);
  await look(ada, "lighter-table");
  await link(ada, /\d{4}$/).last().click();
  await says(ada, "A page about day 390.");
});

test("the picture and the table as files with names that tell nothing", async () => {
  await fromJournal(ada, "How heavy it was");
  await radio(ada, "3 months").check({ force: true });
  const svg = await downloaded(() => button(ada, "Picture (SVG)").click());
  assert.equal(svg.name, "picture.svg");
  const drawn = svg.bytes.toString();
  assert.match(drawn, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.ok(!/href|class=|var\(/.test(drawn), "it needs nothing from elsewhere");
  assert.ok(drawn.includes("as heavy as it gets"));
  const png = await downloaded(() => button(ada, "Picture (PNG)").click());
  assert.deepEqual([png.name, png.bytes.subarray(1, 4).toString()], ["picture.png", "PNG"]);
  assert.ok(png.bytes.readUInt32BE(16) > 1000, "it is fine enough to print");
  writeFileSync(join(TOP, "build/shots/lighter-file.png"), png.bytes);
  const csv = await downloaded(() => button(ada, "Table (CSV)").click());
  const [head, first] = csv.bytes.toString().split("\r\n");
  assert.equal(csv.name, "table.csv");
  assert.equal(head, "\ufeffDay,What,\"How heavy, 0 to 10\",\"How heavy, in words\",\"After writing, 0 to 10\",\"After writing, in words\",Feelings");
  assert.match(first!, /^\d{4}-\d{2}-\d{2},Page,/);
});

const upload = (name: string) => ({ name, mimeType: "application/octet-stream", buffer: readFileSync(join(TOP, "tests/import", name)) });
const choose = (files: Parameters<Page["setInputFiles"]>[1]) => ada.locator("input[type=file]").first().setInputFiles(files);

test("files that are no journal are refused in words", async () => {
  await fromJournal(ada, /^Bring pages/);
  await heading(ada, "Bring pages from elsewhere").waitFor();
  await look(ada, "bring-choose");
  await choose({ name: "cat.jpg", mimeType: "image/jpeg", buffer: Buffer.from("meow") });
  await says(ada, "There are no words in these files.");
  await choose({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{") });
  await says(ada, /These files are damaged/);
  await look(ada, "bring-refused");
});

test("pages are looked at, chosen, kept, and found again", async () => {
  const zip = zipSync({ "Journal.json": upload("day-one.json").buffer, photos: { "0f1e2d3c4b5a69788796a5b4c3d2e1f0.jpeg": new Uint8Array(20) }, "notes/undated.md": strToU8("x".repeat(70_000)) });
  await choose({ name: "export.zip", mimeType: "application/zip", buffer: Buffer.from(zip) });
  await says(ada, "Day One: 3 pages, from 14 July 2019 to 2 March 2024.");
  await ada.getByText("What is not among them").click();
  await says(ada, "photos/0f1e2d3c4b5a69788796a5b4c3d2e1f0.jpeg");
  await look(ada, "bring-preview");
  await ada.getByRole("checkbox", { name: /Only in rich text/ }).uncheck();
  await button(ada, "Keep 2 pages").click();
  await says(ada, "Kept in your journal");
  await look(ada, "bring-done");
  await link(ada, "To my journal").click();
  await says(ada, /Could not sleep/);
  await fromJournal(ada, /^Bring pages/);
  await choose({ name: "export.zip", mimeType: "application/zip", buffer: Buffer.from(zip) });
  await says(ada, "Of these, 2 are here already. They stay as they are.");
  assert.equal(await ada.getByRole("checkbox").count(), 1);
  await look(ada, "bring-known");
});

test("a thousand pages open a slice at a time", async () => {
  const entries = Array.from({ length: 1000 }, (_, i) => ({ title: `Day number ${i}.`, body: "", date: new Date(Date.UTC(2016, 0, 1) + i * DAY).toISOString().slice(0, 10), time: "08:00" }));
  await button(ada, "Choose other files").click();
  await choose({ name: "journal.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify({ entries })) });
  await says(ada, "jrnl: 1,000 pages, from 1 January 2016 to 26 September 2018.");
  assert.equal(await ada.getByRole("checkbox").count(), 100);
  await button(ada, "Choose none").click();
  await says(ada, "Choose at least one page.");
  await button(ada, "Choose all").click();
  await button(ada, "Show more").click();
  assert.equal(await ada.getByRole("checkbox").count(), 200);
});

test("everything is taken along, the pages as files by their days", async () => {
  await place(ada, "Me").click();
  await link(ada, /Take everything with me/).click();
  await look(ada, "export");
  const { name, bytes } = await downloaded(() => button(ada, "Make the file").click());
  await says(ada, "Your file is ready.");
  assert.match(name, /^beside-[\d-]+\.zip$/);
  const files = unzipSync(new Uint8Array(bytes));
  const page = Object.entries(files).find(([path]) => path.startsWith("journal/2019/2019-07-14"));
  assert.match(strFromU8(page![1]), /^---\ndate: 2019-07-14\n[^]*# Sunday,? 14 July 2019\n\nWritten elsewhere on 14 July 2019\.\n\nCould not sleep\./);
  assert.match(strFromU8(files["checkins.md"]!), /How heavy: 6: Clearly heavy/);
});
