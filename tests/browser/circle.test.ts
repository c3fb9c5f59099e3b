// SPDX-License-Identifier: AGPL-3.0-or-later
// A small circle in four browsers: one makes it, one comes in by a link as a newcomer, one by the same link with an account, one finds it and asks. They speak and
// answer, with a note over hard words; somebody leaves, and somebody is asked to. Each screen is judged by axe.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { openHouse, sweepUp, type House } from "../harness";
import { closeBrowser, look, openBrowser, test, type PersonsBrowser } from "./browser";
import { arriveByLink, button, heading, link, place, QUESTION, says } from "./steps";

const ADA = { called: "Ada", signIn: "ada.of.the.hill", passphrase: "seven kettles under slow rain" };
const BEN = { called: "Ben", signIn: "ben.by.the.mill", passphrase: "nine lanterns over the quay" };
const DAN = { called: "Dan", signIn: "dan.of.the.dunes", passphrase: "eight shells on a window sill" };
const CAT = { called: "Cat", signIn: "cat.of.the.quay", passphrase: "four boats in the morning fog" };

let house: House;
let browsers: PersonsBrowser[];
let [ada, ben, cat, dan]: Page[] = [];
/** The link into the circle. */
let address = "";

before(async () => {
  house = await openHouse();
  browsers = [];
  for (let i = 0; i < 4; i++) browsers.push(await openBrowser(house.origin));
  [ada, ben, cat, dan] = browsers.map(({ page }) => page);
});

after(async () => {
  for (const one of browsers) await one.close();
  await closeBrowser();
  await sweepUp();
});

const toCircles = async (page: Page) => {
  await place(page, "People").click();
  await link(page, "Find or make a circle").click();
  await heading(page, "Circles").waitFor();
};

const toCircle = async (page: Page) => {
  await toCircles(page);
  await link(page, /^Tuesday table/).first().click();
  await heading(page, "Tuesday table").waitFor();
};

const about = async (page: Page) => {
  await link(page, "About this circle").click();
  await heading(page, "About Tuesday table").waitFor();
};

const save = (page: Page, form: string) => page.locator("form").filter({ hasText: form }).getByRole("button", { name: "Save", exact: true });

/** What PAGE says to the circle; waits until OTHER reads it. */
async function speak(page: Page, words: string, note?: string): Promise<void> {
  await page.getByRole("textbox", { name: "Say something to the circle" }).fill(words);
  if (note) {
    await button(page, "Add a note about what it is about").click();
    await page.getByLabel("What it is about").fill(note);
  }
  await button(page, "Say it to the circle").click();
  await page.getByRole("log").getByText(words).waitFor();
}

test("a circle is made, with agreements that are there to be changed", async () => {
  await arriveByLink(ada!, await house.invite("steward"), ADA);
  await heading(ada!, QUESTION).waitFor();
  await toCircles(ada!);
  await says(ada!, "No circle is listed just now.");
  await look(ada!, "circles-empty");
  await link(ada!, "Make a circle").click();
  await button(ada!, "Make the circle").click();
  await says(ada!, "A name is needed, so that people know where they are.");
  await ada!.getByLabel("Name of the circle").fill("Tuesday table");
  await ada!.getByLabel("What it is for", { exact: true }).fill("For those who eat alone now.");
  await ada!.getByText("More lines to choose from").click();
  await button(ada!, /^Add: We use the names/).click();
  await look(ada!, "circle-new");
  await button(ada!, "Make the circle").click();
  await heading(ada!, "Tuesday table").waitFor();
  await says(ada!, "You are the first one here");
  await look(ada!, "circle-alone");
});

test("a newcomer comes in by a link: reads what is agreed, says yes, and is let in by itself", async () => {
  await speak(ada!, "The first evening was long.");
  await about(ada!);
  await says(ada!, "We use the names that people chose here");
  await look(ada!, "circle-about");
  await button(ada!, "Make a link").click();
  await ada!.getByRole("radio", { name: "As many as there are places" }).check({ force: true });
  await ada!.getByLabel("A few words that they read first").fill("There is a chair for you.");
  await look(ada!, "circle-link-form");
  await button(ada!, "Make the link").click();
  address = await ada!.getByLabel("The link", { exact: true }).inputValue();
  await look(ada!, "circle-link");
  await button(ada!, "Close").click();

  await ben!.goto(address);
  await heading(ben!, "Ada invites you into a circle").waitFor();
  await says(ben!, "There is a chair for you.");
  await says(ben!, "What is said here stays here.");
  await button(ben!, "Make an account").click();
  await says(ben!, "The circle asks for this yes.");
  await look(ben!, "circle-greeting");
  await arriveByLink(ben!, address, BEN);
  await heading(ben!, "Tuesday table").waitFor();
  await says(ben!, "Nothing has been said here yet");
  assert.equal(await ben!.getByText("The first evening was long.").count(), 0, "what was said before stays with those who were here");
});

test("one is called here as one likes", async () => {
  await about(ben!);
  await ben!.getByLabel("What you want to be called here").fill("Bo");
  await save(ben!, "What you want to be called here").click();
  await says(ben!, "You are called Bo here now.");
  await ada!.getByText("Bo", { exact: true }).waitFor();
  await link(ben!, "Back to the circle").click();
});

test("someone who has an account opens the link: with nobody online, the door says what will happen, and it does", async () => {
  const { page } = browsers[2]!;
  await arriveByLink(page, await house.invite("house"), CAT);
  await heading(page, QUESTION).waitFor();
  await ada!.goto("about:blank");
  await ben!.goto("about:blank");
  await page.goto(address);
  await heading(page, "Ada invites you into a circle").waitFor();
  await button(page, "Come in").click();
  await says(page, "The circle asks for this yes.");
  await page.getByLabel("What you want to be called there").fill("Kit");
  await look(page, "circle-door");
  await page.getByRole("checkbox", { name: "I say yes to what is agreed there." }).check();
  await button(page, "Come in").click();
  await says(page, "You will be let in as soon as someone of the circle is online. Nothing more is needed.");
  await look(page, "circle-waiting");
  await ada!.goto(house.origin);
  await heading(page, "Tuesday table").waitFor();
  await toCircle(ada!);
  await ben!.goto(house.origin);
  await toCircle(ben!);
  await speak(page, "Good evening to you all.");
  await ben!.getByRole("log").getByText("Good evening to you all.").waitFor();
});

test("they read each other; answers go to the whole circle, single words to the author alone", async () => {
  await speak(ben!, "I set the table for two again.");
  await ada!.getByRole("log").getByText("I set the table for two again.").waitFor();
  await says(ada!, "Nobody has answered this yet.");
  await look(ada!, "circle-log");
  await button(ada!, "Answer Bo").click();
  await says(ada!, "Bo wants you to just listen.");
  await look(ada!, "circle-answer");
  await button(ada!, "I’m with you").click();
  await says(ada!, "You, to Bo alone: I’m with you");
  await ada!.getByRole("textbox", { name: "Your answer to Bo" }).fill("I heard that.");
  await button(ada!, "Say it back").click();
  await ben!.getByRole("log").getByText("I heard that.").waitFor();
  await says(ben!, "Ada: I’m with you");
});

test("hard words lie folded under their note until somebody chooses to read them", async () => {
  await speak(ben!, "They found him on the Sunday.", "a death");
  await says(ada!, "It is about: a death");
  assert.equal(await ada!.getByText("They found him on the Sunday.").count(), 0);
  // To the top, so that the bar does not lie half over a button of an older line.
  await ada!.evaluate(() => scrollTo(0, 0));
  await look(ada!, "circle-noted");
  await button(ada!, "Read it").click();
  await says(ada!, "They found him on the Sunday.");
  await button(ada!, "Fold it again").click();
});

test("kind words arrive without a name", async () => {
  await ada!.getByRole("log").getByRole("button", { name: "More" }).last().click();
  await button(ada!, "Kind words without my name").last().click();
  await ada!.getByLabel("Your words", { exact: true }).fill("You bring calm with you.");
  await look(ada!, "circle-kind");
  await button(ada!, "Send without my name").click();
  await says(ben!, "You bring calm with you.");
  await says(ben!, "Someone in this circle");
  await look(ben!, "circle-kind-came");
  assert.equal(await ben!.getByLabel("What it is about").count(), 0, "the note went with its words");
  await place(ben!, "Today").click();
  await says(ben!, "In Tuesday table");
  await look(ben!, "circle-today");
  await place(ben!, "People").click();
  await look(ben!, "circle-people");
});

/** Walks with Tab until NAME has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 80; steps++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return;
  }
  assert.fail(`Tab does not lead to "${name}"`);
}

test("an answer and the way out of a question by keyboard alone", async () => {
  await ada!.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await tabTo(ada!, "Answer Kit");
  await ada!.keyboard.press("Enter");
  await ada!.keyboard.type("Good evening, Kit.");
  await ada!.keyboard.press("Control+Enter");
  await cat!.getByRole("log").getByText("Good evening, Kit.").waitFor();
  await tabTo(ada!, "About this circle");
  await ada!.keyboard.press("Enter");
  await heading(ada!, "About Tuesday table").waitFor();
  await tabTo(ada!, "Leave this circle");
  await ada!.keyboard.press("Enter");
  await heading(ada!, "Leave Tuesday table?").waitFor();
  await ada!.keyboard.press("Escape");
  await ada!.waitForFunction(() => document.activeElement?.textContent?.trim() === "Leave this circle");
  await link(ada!, "Back to the circle").click();
});

test("a circle that is listed is found, asked, answered in words, and entered", async () => {
  await about(ada!);
  await button(ada!, "Change the rules").click();
  await ada!.getByLabel("A line by which the circle can be found").fill("For those who eat alone now. Tuesdays.");
  await look(ada!, "circle-rules");
  await save(ada!, "A line by which").click();
  await says(ada!, "It is listed");

  await arriveByLink(dan!, await house.invite("house"), DAN);
  await heading(dan!, QUESTION).waitFor();
  await toCircles(dan!);
  await says(dan!, "There is a place free.");
  await look(dan!, "circles-directory");
  await button(dan!, "Ask to come in").click();
  await dan!.getByLabel("What you want to be called there").fill("Dee");
  await dan!.getByLabel("A few words for the keepers").fill("My evenings are long, too.");
  await look(dan!, "circles-ask");
  await button(dan!, "Send it").click();
  await says(dan!, /A keeper will answer in words/);

  await button(ada!, "Answer Dee").waitFor();
  await says(ada!, "My evenings are long, too.");
  await look(ada!, "circle-asked");
  await button(ada!, "Answer Dee").click();
  await button(ada!, "Say yes").click();
  await says(ada!, "Please write a few words.");
  await ada!.getByLabel("Your words", { exact: true }).fill("Come and sit with us.");
  await look(ada!, "circle-answering");
  await button(ada!, "Say yes").click();

  await says(dan!, "Come and sit with us.");
  await look(dan!, "circles-welcomed");
  await dan!.getByRole("checkbox", { name: "I say yes to what is agreed there." }).check();
  await button(dan!, "Come in").click();
  await heading(dan!, "Tuesday table").waitFor();
});

test("one leaves with a word; another is asked to leave, with words", async () => {
  await toCircle(ben!);
  await about(ben!);
  await button(ben!, "Leave this circle").click();
  await ben!.getByLabel("A few words to leave, if you want").fill("Thank you for the evenings.");
  await look(ben!, "circle-leave");
  await ben!.getByRole("dialog").locator(".button-danger").click();
  await heading(ben!, "Circles").waitFor();
  await link(ben!, /^Tuesday table/).click();
  await says(ben!, "You are not in this circle any more");
  await look(ben!, "circle-gone");

  await toCircle(ada!);
  await says(ada!, "Thank you for the evenings.");
  await about(ada!);
  await button(ada!, "What you can do for Kit").click();
  await button(ada!, "Ask Kit to leave").click();
  await ada!.getByLabel("Your words for Kit").fill("The circle is too small for what you need now.");
  await look(ada!, "circle-remove");
  await button(ada!, "Send the words and close the door").click();
  await says(ada!, "Kit is no longer in the circle.");
  await says(cat!, "You are not in this circle any more");
  await says(cat!, "The circle is too small for what you need now.");
  await look(cat!, "circle-removed");
  await button(cat!, "Put this circle away").click();
  await button(cat!, "Erase it here").click();
  await heading(cat!, "Circles").waitFor();
});
