// SPDX-License-Identifier: AGPL-3.0-or-later
// One person and her journal, by what stands on the screen: written without a network, found again by a word, changed, opened to
// a bond line by line, taken back, let go. Each screen is judged by axe and photographed. The tests follow one another.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { openHouse, sweepUp, type House } from "../harness";
import { newDevice, settled } from "../somebody";
import { closeBrowser, look, openBrowser, test, type PersonsBrowser } from "./browser";
import { arriveByLink, button, heading, keptForOffline, link, place, QUESTION, says, signIn, tellOneSafePerson } from "./steps";

const ADA = { called: "Ada", signIn: "ada.of.the.hill", passphrase: "seven kettles under slow rain" };
const BEN = { called: "Ben", signIn: "ben", passphrase: "a lamp in the far window tonight" };

let house: House;
let adas: PersonsBrowser;
let bens: PersonsBrowser;
let ada: Page;
let ben: Page;

before(async () => {
  house = await openHouse();
  adas = await openBrowser(house.origin);
  bens = await openBrowser(house.origin);
  [ada, ben] = [adas.page, bens.page];
});

after(async () => {
  await closeBrowser();
  await sweepUp();
});

const gone = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ state: "detached" });
const words = (page: Page) => page.getByRole("textbox", { name: "Your words" });
const journal = async (page: Page) => {
  await place(page, "Journal").click();
  await heading(page, "Journal").waitFor();
};
/** Keeps a page with these words and stays on it. */
const keepPage = async (page: Page, text: string) => {
  await journal(page);
  await link(page, "Write").first().click();
  await words(page).fill(text);
  await words(page).press("Control+Enter");
  await says(page, "Kept. Only you can read it.");
};

test("someone who comes for the first time finds ways to begin, and no void", async () => {
  await arriveByLink(ada, await house.invite("steward"), ADA);
  await heading(ada, QUESTION).waitFor();
  await look(ada, "journal-today");
  await journal(ada);
  await says(ada, "A place for your own words");
  await look(ada, "journal-empty");
});

test("a page is a day and words; a question above it can be changed and waved away", async () => {
  await link(ada, "Write").first().click();
  const question = ada.getByRole("region", { name: "A question, if you want one" });
  const first = await question.getByRole("status").textContent();
  await button(ada, "Another one").click();
  const second = await question.getByRole("status").textContent();
  assert.notEqual(second, first);
  await button(ada, "Take it").click();
  assert.equal(await question.getByRole("status").textContent(), second);
  await button(ada, "Take it").waitFor({ state: "detached" });
  await look(ada, "journal-new");
  await button(ada, "None").click();
  await question.waitFor({ state: "detached" });
  await button(ada, "Keep this page").click();
  await says(ada, "There is nothing to keep yet.");
});

test("words typed are safe at once: over a reload, over the lock, and without a network", async () => {
  await keptForOffline(ada);
  await adas.context.setOffline(true);
  await words(ada).fill("The café by the river was closed.\nI stood there for a while.\n\nThen it rained, and I laughed.");
  await says(ada, "Saved on this device, sealed. Only you can open it.");
  await ada.reload();
  await says(ada, "Saved on this device, sealed.");
  assert.match(await words(ada).inputValue(), /^The café by the river/);
  assert.equal(await ada.getByRole("region", { name: "A question, if you want one" }).count(), 0, "no question comes back that was waved away");
  await words(ada).press("End");
  await words(ada).press("Control+End");
  await ada.keyboard.type(" Out loud.");
  await button(ada, "Lock now").click();
  await ada.getByLabel("Passphrase", { exact: true }).fill(ADA.passphrase);
  await button(ada, "Open").click();
  await words(ada).waitFor({ timeout: 30_000 });
  assert.match(await words(ada).inputValue(), /and I laughed\. Out loud\.$/, "the words of the last moment");
});

test("feelings and weight wait folded, and the page is kept without a network", async () => {
  await ada.getByText("How it feels").click();
  await ada.getByRole("radio", { name: /^3: / }).check({ force: true });
  await ada.getByRole("checkbox", { name: "relieved" }).check({ force: true });
  await look(ada, "journal-new-written");
  await words(ada).press("Control+Enter");
  await says(ada, "Only you.");
  await says(ada, "On this device only so far.");
  await says(ada, "3: Somewhat heavy");
  assert.equal(await ada.getByText("The question was").count(), 0);
  await look(ada, "journal-page-offline");
  await ada.reload();
  await says(ada, "Then it rained, and I laughed. Out loud.");
  await adas.context.setOffline(false);
  await gone(ada, "On this device only so far.");
  await look(ada, "journal-page");
});

test("it is found again by a word, by its beginning, without the accent, by month and by feeling", async () => {
  await keepPage(ada, "Bread again today. The kitchen smelled of it until night.");
  await journal(ada);
  await link(ada, /The café by the river/).waitFor();
  await look(ada, "journal-list");
  const find = ada.getByRole("searchbox", { name: "Find in your journal" });
  for (const asked of ["rained", "laug", "cafe", "CAFÉ"]) {
    await find.fill(asked);
    await ada.getByRole("status").filter({ hasText: "1 thing found." }).waitFor();
    assert.equal(await link(ada, /Bread again/).count(), 0, asked);
    assert.equal(await link(ada, /The café by the river/).count(), 1, asked);
  }
  await look(ada, "journal-found");
  await find.fill("submarine");
  await says(ada, "Nothing fits.");
  await look(ada, "journal-found-nothing");
  await button(ada, "Show everything again").click();
  await link(ada, /Bread again/).waitFor();
  await ada.getByLabel("Feeling").selectOption({ label: "relieved" });
  await link(ada, /Bread again/).waitFor({ state: "detached" });
  await link(ada, /The café by the river/).click();
  await says(ada, "Only you.");
  await link(ada, "Journal").first().click();
  assert.equal(await ada.getByLabel("Feeling").inputValue(), "relieved", "one comes back to what one was looking at");
  await ada.getByLabel("Feeling").selectOption({ label: "Any feeling" });
  await ada.getByLabel("Month").selectOption({ index: 1 });
  await link(ada, /Bread again/).waitFor();
});

test("a page is changed, the version before is kept until it is let go", async () => {
  await link(ada, /Bread again/).click();
  await link(ada, "Change it").click();
  await words(ada).fill("Bread again today. The whole stairway smelled of it until night.");
  await look(ada, "journal-edit");
  await link(ada, "Back").click();
  await says(ada, "You began to change this page.");
  await link(ada, "Change it").click();
  assert.match(await words(ada).inputValue(), /The whole stairway/, "going back loses no word");
  await button(ada, "Keep the changes").click();
  await says(ada, "The whole stairway smelled of it");
  await ada.getByText("Earlier versions").click();
  await button(ada, "Look at it").click();
  await says(ada, "The kitchen smelled of it");
  await look(ada, "journal-versions");
  await button(ada, "Let this version go").click();
  await look(ada, "journal-version-let-go");
  await button(ada, "Let it go").click();
  await gone(ada, "The kitchen smelled of it");
  await says(ada, "The whole stairway smelled of it");
  assert.equal(await ada.getByText("Earlier versions").count(), 0);
});

test("some lines go to one person by name, exactly as the preview says; taken back, they are gone there", async () => {
  await tellOneSafePerson(ada, ben, BEN);
  await journal(ada);
  await link(ada, /The café by the river/).click();
  await link(ada, "Open it to someone").click();
  await button(ada, "Open it").click();
  await says(ada, "Choose at least one person.");
  await ada.getByRole("checkbox", { name: "Ben" }).check({ force: true });
  await ada.getByRole("radio", { name: "Only some lines" }).check({ force: true });
  await button(ada, "Open it to Ben").click();
  await says(ada, "Choose at least one line, or all the words.");
  await ada.getByRole("checkbox", { name: /^The café/ }).check({ force: true });
  await ada.getByRole("checkbox", { name: /^Then it rained/ }).check({ force: true });
  await look(ada, "journal-share");
  await button(ada, "Open it to Ben").click();
  await says(ada, "You, and Ben.");
  await look(ada, "journal-page-shared");
  await says(ben, "Then it rained, and I laughed. Out loud.");
  assert.equal(await ben.getByText("I stood there for a while.").count(), 0);
  await journal(ada);
  await says(ada, "Ben can read this");
  await look(ada, "journal-list-shared");
  await link(ada, /The café by the river/).click();
  await button(ada, "Take it back from Ben").click();
  await says(ada, "It cannot undo what Ben has read, remembers, or copied.");
  await look(ada, "journal-take-back");
  await button(ada, "Take it back").click();
  await says(ada, "Only you.");
  await gone(ben, "Then it rained, and I laughed. Out loud.");
});

test("a check-in stands in the journal, too, and is read, shared and taken back from there", async () => {
  await place(ada, "Today").click();
  await ada.getByRole("radio", { name: /^6: / }).check({ force: true });
  await button(ada, "Save for me").click();
  await journal(ada);
  await link(ada, /Clearly heavy/).click();
  await says(ada, "Only you.");
  await look(ada, "journal-checkin");
  await link(ada, "Open it to someone").click();
  await ada.getByRole("checkbox", { name: "Ben" }).check({ force: true });
  await button(ada, "Show it to Ben").click();
  await says(ben, "Ada shows you how they are");
  await journal(ada);
  await link(ada, /Clearly heavy.*Ben can read this/).click();
  await says(ada, "You, and Ben.");
  await button(ada, "Take it back from Ben").click();
  await button(ada, "Take it back").click();
  await says(ada, "Only you.");
  await gone(ben, "Ada shows you how they are");
});

test("changed on two devices that did not know of each other, a page shows both versions and loses no word", async () => {
  const second = await openBrowser(house.origin, { desk: true });
  const other = second.page;
  await signIn(other, house.origin, ADA);
  await journal(other);
  await link(other, /Bread again/).click();
  await says(other, "The whole stairway");
  await keptForOffline(other);
  await second.context.setOffline(true);
  await link(other, "Change it").click();
  await words(other).fill("Bread again today. I gave half of it to the neighbour.");
  await button(other, "Keep the changes").click();
  await says(other, "On this device only so far.");
  await journal(ada);
  await link(ada, /Bread again/).click();
  await link(ada, "Change it").click();
  await words(ada).fill("Bread again today. Tomorrow I will bake, too.");
  await button(ada, "Keep the changes").click();
  await says(ada, "Tomorrow I will bake, too.");
  await second.context.setOffline(false);
  await says(other, "There are two versions of this page");
  await says(ada, "There are two versions of this page");
  await look(ada, "journal-two-versions");
  await button(ada, "Keep both together").click();
  await words(ada).waitFor();
  const both = await words(ada).inputValue();
  assert.match(both, /the neighbour/);
  assert.match(both, /Tomorrow I will bake/);
  await words(ada).press("Control+Enter");
  await says(ada, "Only you.");
  await gone(other, "There are two versions of this page");
  await second.close();
});

test("letting a page go says what is erased, and then it is gone from the list and the search", async () => {
  await button(ada, "Let it go for good").click();
  await look(ada, "journal-let-go");
  await button(ada, "Let it go").click();
  await heading(ada, "Journal").waitFor();
  await link(ada, /Bread again/).waitFor({ state: "detached" });
  await ada.getByRole("searchbox", { name: "Find in your journal" }).fill("bake");
  await says(ada, "Nothing fits.");
  await button(ada, "Show everything again").click();
});

test("writing with a guide says before what it is, can be stopped at any time, and lands", async () => {
  await link(ada, "Write with a guide").click();
  await says(ada, "This would be your first sitting.");
  await says(ada, /feel worse right after/);
  await ada.getByRole("radio", { name: /^7: / }).check({ force: true });
  await look(ada, "journal-guided-before");
  await button(ada, "Begin").click();
  await says(ada, "About 15 minutes left");
  await ada.getByRole("textbox", { name: "Your words" }).fill("What I did not say at the table.");
  await look(ada, "journal-guided-writing");
  await ada.reload();
  await says(ada, "Words from your last sitting are still here");
  await button(ada, "Begin").click();
  assert.equal(await words(ada).inputValue(), "What I did not say at the table.");
  await button(ada, "Stop and land").click();
  await says(ada, /Breathe out, longer than in/);
  await link(ada, "Write to Ben").waitFor();
  await link(ada, "Help lines").waitFor();
  await ada.getByRole("radio", { name: /^8: / }).check({ force: true });
  await look(ada, "journal-guided-landing");
  await button(ada, "Keep it in my journal").click();
  await says(ada, "Before writing: 7: Heavy");
  await says(ada, "After writing: 8: Very heavy");
  await says(ada, "Sitting 1 with a guide");
});

test("after four sittings it ends, and other ways are named", async () => {
  for (const count of [2, 3, 4]) {
    await ada.goto(`${house.origin}/journal/guided`);
    await says(ada, `This would be sitting ${count} of four at most.`);
    await button(ada, "Begin").click();
    await words(ada).fill(`Sitting ${count}.`);
    await button(ada, "Stop and land").click();
    await button(ada, "Keep it in my journal").click();
    await says(ada, "Only you.");
  }
  await ada.goto(`${house.origin}/journal/guided`);
  await heading(ada, "Your four sittings are done").waitFor();
  await look(ada, "journal-guided-over");
});

test("everything works by keyboard: from the journal to a page that is kept", async () => {
  await journal(ada);
  const reach = async (name: RegExp, limit = 60) => {
    for (let i = 0; i < limit; i++) {
      await ada.keyboard.press("Tab");
      const said = await ada.evaluate(() => {
        const at = document.activeElement as HTMLElement | null;
        return (at?.getAttribute("aria-label") ?? (at as HTMLInputElement | null)?.labels?.[0]?.textContent ?? at?.textContent ?? "").trim();
      });
      if (name.test(said)) return;
    }
    throw new Error(`the keyboard does not reach ${name}`);
  };
  await reach(/^Write$/);
  await ada.keyboard.press("Enter");
  await words(ada).waitFor();
  await reach(/^Your words$/);
  await ada.keyboard.type("by keyboard alone");
  await reach(/^How it feels/);
  await ada.keyboard.press("Enter");
  await reach(/^calm$/);
  await ada.keyboard.press("Space");
  await ada.keyboard.press("Control+Enter");
  await says(ada, "Only you.");
  await says(ada, "by keyboard alone");
  await says(ada, "calm");
});

test("a long journal is drawn a slice at a time, and one comes back to the page one was at", async () => {
  await writeMany(160);
  const rows = ada.getByRole("listitem").filter({ has: ada.locator("time") });
  await ada.goto(`${house.origin}/journal`);
  await link(ada, /by keyboard alone/).waitFor();
  assert.ok((await rows.count()) < 100, "the first slice only");
  for (const last = link(ada, /Page 1 of many/); (await last.count()) === 0; ) {
    await ada.mouse.wheel(0, 3000);
    await ada.waitForTimeout(50);
  }
  await button(ada, "Earlier").waitFor({ state: "detached" });
  await look(ada, "journal-list-long");
  await link(ada, /Page 12 of many/).click();
  await says(ada, "Only you.");
  await link(ada, "Journal").first().click();
  await ada.waitForFunction(() => /Page 12 of many/.test(document.activeElement?.textContent ?? ""));
  assert.ok(await link(ada, /Page 12 of many/).isVisible());
});

/** Many pages, a day apart, written on another device of hers: the shipped code, under Node. */
async function writeMany(count: number): Promise<void> {
  const device = await newDevice(house.origin);
  await device.house.session.signIn({ signInName: ADA.signIn, passphrase: ADA.passphrase });
  for (let number = 1; number <= count; number++) {
    const day = new Date(Date.UTC(2025, 0, number)).toISOString().slice(0, 10);
    await device.house.journal.write({ text: `Page ${number} of many. Nothing much.`, day, feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null });
  }
  await settled(device);
  await device.close();
}

test("nothing went wrong in either browser on the whole way", async () => {
  await adas.close();
  await bens.close();
});
