// SPDX-License-Identifier: AGPL-3.0-or-later
// Sitting together in two browsers: asked and answered, two lights, one touch to leave, thanks; a bell that is silent until
// somebody wants it; a seat that a circle finds by itself. And nothing of it is anywhere afterwards.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { run, until } from "../children";
import { BESIDE, openHouse, sweepUp, type House } from "../harness";
import { findIn, needle } from "../search";
import { closeBrowser, look, test, type PersonsBrowser } from "./browser";
import { button, heading, idaAndPer, link, place, says, talkWith } from "./steps";

let house: House;
let browsers: PersonsBrowser[];
let ida: Page;
let per: Page;

before(async () => {
  house = await openHouse({ store: "sqlite" });
  browsers = await idaAndPer(house, ({ context }) => context.addInitScript(countBells));
  [ida, per] = browsers.map(({ page }) => page) as [Page, Page];
});

after(async () => {
  await closeBrowser();
  await sweepUp();
});

/** Every way to sound that a page makes is counted. */
function countBells(): void {
  const Sound = globalThis.AudioContext;
  Object.assign(globalThis, {
    bells: 0,
    AudioContext: class extends Sound {
      constructor(how?: AudioContextOptions) {
        super(how);
        (globalThis as unknown as { bells: number }).bells++;
      }
    },
  });
}
const bells = (page: Page) => page.evaluate(() => (globalThis as unknown as { bells: number }).bells);

const lights = (page: Page) => page.getByRole("list", { name: "Who sits here" }).getByRole("listitem");
const sees = (page: Page, ...names: string[]) =>
  until(`the lights are ${names.join(", ")}`, async () => (await lights(page).allTextContents()).join() === names.join(), 20_000);

const toSeat = async (page: Page, name: string) => {
  await talkWith(page, name);
  await link(page, "Sit together").click();
  await heading(page, `Sit with ${name}`).waitFor();
};
const length = (page: Page, label: string) => page.getByRole("radio", { name: label, exact: true }).check({ force: true });
const seatOf = (page: Page) => new URL(page.url()).pathname.split("/").at(-1)!;

test("the bell is silent until somebody wants it, is heard once when it is chosen, and stays chosen", async () => {
  await toSeat(ida, "Per");
  await look(ida, "sit-choose");
  assert.equal(await ida.getByRole("radio", { name: "Silent" }).isChecked(), true);
  assert.equal(await bells(ida), 0);
  await ida.getByRole("radio", { name: "Soft" }).check({ force: true });
  assert.equal(await bells(ida), 1);
  await ida.getByRole("navigation", { name: "Main places" }).getByRole("link", { name: "Me", exact: true }).click();
  await link(ida, /^Bell/).click();
  await heading(ida, "Bell").waitFor();
  assert.equal(await ida.getByRole("radio", { name: "Soft" }).isChecked(), true);
  await look(ida, "me-bell");
  await button(ida, "Hear it now").click();
  assert.equal(await bells(ida), 2);
  await ida.reload();
  await heading(ida, "Bell").waitFor();
  await until("it is remembered", () => ida.getByRole("radio", { name: "Soft" }).isChecked());
  assert.equal(await bells(ida), 0, "nothing sounds by itself");
});

test("one asks, the other says yes, and both come to one seat", async () => {
  await toSeat(ida, "Per");
  await link(ida, "Ask Per to sit with you").click();
  await heading(ida, "Will you sit with me?").waitFor();
  await look(ida, "sit-ask");
  await button(ida, "Ask Per").click();
  await heading(ida, "Your question is on its way to Per.").waitFor();
  await place(per, "Today").click();
  await says(per, "Ida asks if you would sit with them.");
  await look(per, "sit-asked");
  await button(per, "Yes").click();
  await says(per, "A seat is free here for you.");
  await look(per, "sit-yes");
  await button(per, "Sit down").click();
  await sees(per, "You");
  await place(ida, "Today").click();
  await says(ida, "Per will sit with you.");
  await look(ida, "sit-answered");
  await link(ida, "To the seat").click();
  await button(ida, "Sit down").click();
  await sees(ida, "You", "Per");
  await sees(per, "You", "Ida");
  assert.equal(seatOf(ida), seatOf(per));
  await look(ida, "sit-lights");
  assert.deepEqual([await bells(ida), await bells(per)], [1, 0], "each hears what each has chosen");
});

test("lights breathe slowly, and are still for whoever wants no motion", async () => {
  const moving = () => lights(ida).first().evaluate((light) => light.getAnimations({ subtree: true }).filter((one) => one instanceof CSSAnimation && one.playState === "running").length);
  assert.equal(await moving(), 0);
  await ida.emulateMedia({ reducedMotion: "no-preference" });
  await until("they breathe", async () => (await moving()) > 0);
  await ida.emulateMedia({ reducedMotion: "reduce" });
  await until("they are still", async () => (await moving()) === 0);
});

test("one may look elsewhere and come back to one's seat", async () => {
  await place(ida, "Today").click();
  await link(ida, "Back to your seat").click();
  await sees(ida, "You", "Per");
});

test("leaving is one touch and unmarked; thanks are a small notice by name", async () => {
  await button(per, "Get up").click();
  await heading(per, "You sat together").waitFor();
  await sees(ida, "You");
  assert.equal(await ida.getByText(/left|gone/i).count(), 0, "a light is simply not there any more");
  await look(per, "sit-after");
  await button(per, "Thank them for sitting with you").click();
  await says(per, "Whoever is still there sees your thanks.");
  await ida.getByRole("status").getByText("Per thanks you for sitting together.").waitFor();
  await look(ida, "sit-thanks");
  await button(ida, "Get up").click();
  await heading(ida, "You sat together").waitFor();
  await ida.getByRole("radio", { name: "Lighter" }).click();
  await says(ida, "Kept, for you alone.");
  await look(ida, "sit-noted");
});

test("a seat with a length ends with the bell, for both at once, and one may stay", async () => {
  for (const page of [ida, per]) await page.clock.install();
  await toSeat(ida, "Per");
  await length(ida, "20 minutes");
  await button(ida, "Sit down").click();
  await sees(ida, "You");
  await toSeat(per, "Ida");
  await says(per, "Ida sits here now.");
  await look(per, "sit-join");
  await button(per, "Sit down here").click();
  await sees(per, "You", "Ida");
  await says(per, /^Until about \d/);
  await look(per, "sit-until");
  const before = await bells(ida);
  for (const page of [ida, per]) await page.clock.fastForward("19:00");
  assert.equal(await ida.getByText("The time is over.").count(), 0);
  for (const page of [ida, per]) await page.clock.fastForward("01:30");
  for (const page of [ida, per]) await says(page, "The time is over. You can stay as long as you like.");
  assert.deepEqual([(await bells(ida)) - before, await bells(per)], [1, 0]);
  await look(ida, "sit-over");
  for (const page of [ida, per]) {
    await button(page, "Get up").click();
    await page.clock.resume();
    await page.goto(house.origin);
    await place(page, "Today").waitFor();
  }
});

test("nothing of it is kept: neither by the house nor in a browser", async () => {
  await toSeat(ida, "Per");
  await talkWith(per, "Ida");
  const kept = async () => [await storeOf(), await rowsOf(ida), await rowsOf(per)] as const;
  await until("nothing is on its way", async () => {
    const [one, two] = [await kept(), (await ida.waitForTimeout(1_500), await kept())];
    return digest(one) === digest(two);
  }, 60_000);
  const [stored, idas, pers] = await kept();
  await button(ida, "Sit down").click();
  await sees(ida, "You");
  const sit = seatOf(ida);
  await button(per, "Sit down here").click();
  await sees(per, "You", "Ida");
  await per.waitForTimeout(11_000); // a light is told of every ten seconds
  for (const page of [ida, per]) await button(page, "Get up").click();
  await button(ida, "Thank them for sitting with you").click();
  await per.getByRole("status").getByText("Ida thanks you for sitting together.").waitFor();
  await per.waitForTimeout(1_500);
  const [storedAfter, idasAfter, persAfter] = await kept();
  assert.deepEqual([changed(idas, idasAfter), changed(pers, persAfter)], [[], []]);
  assert.equal(digest(storedAfter), digest(stored), "the house stores the same bytes");
  const seat = [needle("the seat", sit), needle("the seat's bytes", Buffer.from(sit, "base64url"))];
  for (const bytes of [storedAfter, Buffer.from(idasAfter), Buffer.from(persAfter), Buffer.from(house.log())]) assert.deepEqual(findIn(bytes, seat), []);
});

const digest = (what: unknown): string => createHash("sha256").update(what instanceof Uint8Array ? what : JSON.stringify(what)).digest("hex");

/** All that the house stores, whole. */
async function storeOf(): Promise<Buffer> {
  const copy = join(house.folder, "copy.db");
  await run(BESIDE, ["backup", copy, "--data", house.folder]);
  const bytes = readFileSync(copy);
  rmSync(copy);
  return bytes;
}

/** Every row that a browser keeps for the house: a line for each. */
async function rowsOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => ((request.onsuccess = () => resolve(request.result)), (request.onerror = () => reject(request.error))));
    const readable = (row: unknown) => JSON.stringify(row, (_key, value: unknown) => (value instanceof Uint8Array ? [...value].map((byte) => byte.toString(16).padStart(2, "0")).join("") : value));
    const lines: string[] = [];
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table);
        const [keys, rows] = [await done(store.getAllKeys()), await done(store.getAll())];
        keys.forEach((key, i) => lines.push(`${name}/${table}/${String(key)} ${readable(rows[i])}`));
      }
      database.close();
    }
    return lines.join("\n");
  });
}

const changed = (before: string, after: string): string[] => {
  const known = new Set(before.split("\n"));
  // What is ahead is asked for anew now and then, and sealed anew: the same words in other bytes.
  return after.split("\n").filter((line) => !known.has(line) && !line.startsWith("beside/facts/gatherings ")).map((line) => line.slice(0, 200));
};

test("a circle's open seat is seen where its people are, and joined from there", async () => {
  const toCircle = async (page: Page) => {
    await place(page, "People").click();
    await link(page, /^Tuesday/).first().click();
    await heading(page, "Tuesday").waitFor();
  };
  await toCircle(per);
  await toCircle(ida);
  await link(ida, "Sit together").click();
  await says(ida, "Everyone of the circle may join.");
  await look(ida, "sit-circle");
  await button(ida, "Sit down").click();
  await says(per, "Ida sits here now.");
  await look(per, "sit-circle-seat");
  await place(per, "Today").click();
  await link(per, "Ida sits now. A seat is free.").waitFor();
  await look(per, "sit-today");
  await link(per, "Ida sits now. A seat is free.").click();
  await button(per, "Sit down here").click();
  await sees(per, "You", "Ida");
  await sees(ida, "You", "Per");
  await button(per, "Get up").click();
  await button(ida, "Get up").click();
});

test("who sat alone is told so plainly, and thanks nobody", async () => {
  await toSeat(ida, "Per");
  await button(ida, "Sit down").click();
  await sees(ida, "You");
  await button(ida, "Get up").click();
  await heading(ida, "You sat for a while").waitFor();
  assert.equal(await button(ida, "Thank them for sitting with you").count(), 0);
});

test("nothing went wrong in either browser on the whole way", async () => {
  for (const one of browsers) await one.close();
});
