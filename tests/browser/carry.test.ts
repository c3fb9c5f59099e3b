// SPDX-License-Identifier: AGPL-3.0-or-later
// Carrying the weight in two browsers: an ask is taken on, handed back, done and thanked; a plan is answered, and stands in the
// calendar of who said yes, whose address can be changed. Then what was given and received, in words, for oneself alone.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { until } from "../children";
import { openHouse, sweepUp, type House } from "../harness";
import { closeBrowser, look, test, type PersonsBrowser } from "./browser";
import { button, heading, idaAndPer, link, place, says, talkWith } from "./steps";

const DAY = 86_400_000;

let house: House;
let browsers: PersonsBrowser[];
let ida: Page;
let per: Page;

before(async () => {
  house = await openHouse();
  browsers = await idaAndPer(house);
  [ida, per] = browsers.map(({ page }) => page) as [Page, Page];
});

after(async () => {
  await closeBrowser();
  await sweepUp();
});

const TITLE = "Help and plans";
const toCarry = async (page: Page, name: string) => {
  await talkWith(page, name);
  await link(page, TITLE).click();
  await heading(page, TITLE).waitFor();
};
/** The card that says this. */
const card = (page: Page, text: string) => page.locator("section.card, article.card, div.card").filter({ hasText: text }).last();
/** What is chosen shows as chosen once it is kept. What lies over it for a moment is waited for. */
const choose = async (page: Page, name: string) => {
  const choice = page.getByRole("radio", { name, exact: true });
  await choice.click();
  await until(`${name} is chosen`, () => choice.isChecked());
};
const local = (ms: number) => new Date(ms).toISOString().slice(0, 16); // London, in winter: as in UTC
const toMe = async (page: Page, line: RegExp, title: string) => {
  await page.goto(`${house.origin}/me`);
  await link(page, line).click();
  await heading(page, title).waitFor();
};

test("one asks for something practical, and it is seen where the two talk", async () => {
  await toCarry(ida, "Per");
  await says(ida, "Nothing is asked or planned just now.");
  await look(ida, "carry-empty");
  await button(ida, "Ask for help").click();
  await ida.getByLabel("What would help you?").fill("Could someone bring supper on Thursday?");
  await ida.getByRole("checkbox", { name: "It is for a certain time" }).check();
  await look(ida, "carry-ask");
  await button(ida, "Ask").click();
  await says(ida, "When: tomorrow at 12:00");
  await says(ida, "Nobody has taken it on yet.");
  await talkWith(per, "Ida");
  await says(per, "Ida asks for help.");
  await look(per, "carry-line");
  await link(per, "See what it is").click();
  await says(per, "Could someone bring supper on Thursday?");
  await look(per, "carry-open");
});

test("it is taken on, handed back without a reason, taken on again, and done", async () => {
  await button(per, "I take it on").click();
  await says(ida, "Per has taken it on.");
  await look(per, "carry-taken");
  await button(per, "Hand it back").click();
  await says(ida, "Nobody has taken it on yet.");
  await button(per, "I take it on").click();
  await says(ida, "Per has taken it on.");
  await button(per, "It is done").click();
  await says(ida, "Per did it.");
});

test("thanks go in words to who did it, and each notes for themselves how it is now", async () => {
  await look(ida, "carry-done");
  await ida.getByLabel("Thank Per in a few words").fill("It was warm when I came home.");
  await button(ida, "Send thanks").click();
  await says(per, "It was warm when I came home.");
  await choose(per, "Lighter");
  await says(per, "Kept, for you alone.");
  await look(per, "carry-thanked");
  assert.equal(await ida.getByRole("radio", { name: "Lighter" }).isChecked(), false);
  await choose(per, "The same");
});

test("an ask can be taken back, and then nobody sees it", async () => {
  await button(ida, "Ask for help").click();
  await ida.getByLabel("What would help you?").fill("The lawn.");
  await button(ida, "Ask").click();
  await says(per, "The lawn.");
  await card(ida, "The lawn.").getByRole("button", { name: "Take it back" }).click();
  await heading(ida, "Take this ask back?").waitFor();
  await ida.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
  await until("it is gone", async () => (await per.getByText("The lawn.").count()) === 0);
});

/** The times that a calendar program finds at an address. */
async function feedOf(address: string): Promise<{ status: number; text: string; starts: string[] }> {
  const reply = await fetch(address);
  const text = await reply.text();
  return { status: reply.status, text, starts: [...text.matchAll(/^DTSTART:(\w+)/gm)].map(([, at]) => at!) };
}
let address = "";
const shown = (page: Page) => page.getByLabel("Address for your calendar program").inputValue();

test("an address for one's own calendar is made, under a neutral title", async () => {
  await toMe(per, /^Calendar/, "Calendar");
  await look(per, "calendar-none");
  await per.getByLabel("What your calendar shows in place of what it is").fill("Errand");
  await button(per, "Make an address").click();
  await says(per, "Your calendar shows “Errand”");
  await look(per, "calendar-on");
  address = await shown(per);
  const { status, starts } = await feedOf(address);
  assert.deepEqual([status, starts], [200, []]);
});

test("a plan is answered yes, maybe or not this time; its time is in the calendar of who said yes, and nothing else of it", async () => {
  const start = Math.floor((Date.now() + 3 * DAY) / 60_000) * 60_000;
  const stamp = `${new Date(start).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  await toCarry(ida, "Per");
  await button(ida, "Plan something").click();
  await ida.getByLabel("What would you like to do?").fill("A slow walk around the lake.");
  await ida.getByLabel("Where").fill("At the boat house");
  await ida.getByLabel("When", { exact: true }).fill(local(start));
  await look(ida, "plan-new");
  await button(ida, "Put it here").click();
  await says(ida, "You would like this.");
  await talkWith(per, "Ida");
  await says(per, "Ida plans something and asks who would come.");
  await link(per, "See what it is").click();
  await says(per, "A slow walk around the lake.");
  await look(per, "plan-open");
  await choose(per, "Yes");
  await says(ida, "Coming: Per");
  await says(per, "Its time is in your calendar, without its words.");
  const feed = await until("it is in the calendar", async () => {
    const now = await feedOf(address);
    return now.starts.length > 0 && now;
  }, 20_000);
  assert.deepEqual(feed.starts, [stamp]);
  assert.match(feed.text, /^SUMMARY:Errand\r?$/m);
  for (const word of ["walk", "lake", "boat", "Ida", "Per"]) assert.ok(!feed.text.includes(word), word);
  await look(per, "plan-yes");
  await choose(per, "Maybe");
  await says(ida, "Perhaps: Per");
  await until("it is out of the calendar", async () => (await feedOf(address)).starts.length === 0, 20_000);
  await choose(per, "Not this time");
  await until("nobody is listed for not coming", async () => (await ida.getByText(/: Per$/).count()) === 0);
  await choose(per, "Yes");
  await until("it is in again", async () => (await feedOf(address)).starts.length === 1, 20_000);
  await look(ida, "plan-mine");
});

test("a changed address ends the old one and shows the same; switched off it answers nothing", async () => {
  await toMe(per, /^Calendar/, "Calendar");
  await button(per, "Change the address").click();
  await heading(per, "Change the address?").waitFor();
  await look(per, "calendar-change");
  await per.getByRole("dialog").getByRole("button", { name: "Change the address" }).click();
  await says(per, "There is a new address.");
  const next = await shown(per);
  assert.equal((await feedOf(address)).status, 404);
  await until("what is ahead is in the new one", async () => (await feedOf(next)).starts.length === 1, 20_000);
  await button(per, "Switch it off").click();
  await per.getByRole("dialog").getByRole("button", { name: "Switch it off" }).click();
  await button(per, "Make an address").waitFor();
  assert.equal((await feedOf(next)).status, 404);
});

test("in a circle, too, one asks and another takes it on", async () => {
  const toCircle = async (page: Page) => {
    await place(page, "People").click();
    await link(page, /^Tuesday/).first().click();
    await heading(page, "Tuesday").waitFor();
  };
  await toCircle(ida);
  await link(ida, TITLE).click();
  await button(ida, "Ask for help").click();
  await ida.getByLabel("What would help you?").fill("A lift to the clinic.");
  await button(ida, "Ask").click();
  await toCircle(per);
  await says(per, "Ida asks for help.");
  await look(per, "carry-circle-line");
  await link(per, "See what it is").click();
  await button(per, "I take it on").click();
  await says(ida, "Per has taken it on.");
  await look(per, "carry-circle");
});

test("what was given and received is kept in words, one's own, and let go", async () => {
  await place(per, "Journal").click();
  await link(per, /^What I gave and was given|^Given and received/).click();
  await heading(per, "Given and received").waitFor();
  await look(per, "given-empty");
  await per.getByLabel("What you were given").fill("Ida’s thanks, on a hard day.");
  await button(per, "Keep it").click();
  await says(per, "Ida’s thanks, on a hard day.");
  await choose(per, "Something I gave");
  await per.getByLabel("What you gave").fill("A pot of soup.");
  await button(per, "Keep it").click();
  await says(per, "A pot of soup.");
  await per.reload();
  await says(per, "A pot of soup.");
  await look(per, "given");
  await card(per, "A pot of soup.").getByRole("button", { name: "Let it go" }).click();
  await heading(per, "Let this go?").waitFor();
  await per.getByRole("dialog").getByRole("button", { name: "Let it go" }).click();
  await until("it is gone", async () => (await per.getByText("A pot of soup.").count()) === 0);
  await says(per, "Ida’s thanks, on a hard day.");
});

test("nothing went wrong in either browser on the whole way", async () => {
  for (const one of browsers) await one.close();
});
