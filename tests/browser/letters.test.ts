// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters never sent, as a person meets them: written, kept, sealed, let go; and the slow road of sending one, on which the
// device's clock may be turned as far as one likes. The tests follow one another.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { openHouse, sweepUp, type House } from "../harness";
import { arrive, bring, settled, type Person } from "../somebody";
import { closeBrowser, look, openBrowser, test, type PersonsBrowser } from "./browser";
import { button, heading, keptForOffline, place, signIn } from "./steps";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WORDS = "I kept your coat. Some mornings I still smell the rain in it.";

let house: House;
let mona: PersonsBrowser;
let page: Page;
let noor: Person;
/** How far ahead the house says to be: the one thing here that is not as shipped, because a test cannot wait a day. */
let aheadMs = 0;
let hasNetwork = true;

before(async () => {
  house = await openHouse();
  const origin = house.origin;
  const first = await arrive(origin, await house.invite("steward"), "Mona");
  await first.house.settings.set({ quickExitKnown: true });
  ({ newcomer: noor } = await bring(origin, first, "Noor"));
  await settled(first);
  await first.close();
  mona = await openBrowser(origin);
  page = mona.page;
  await mona.context.route(`${origin}/api/house`, async (route) => {
    if (!hasNetwork) return route.abort();
    const reply = await route.fetch();
    const facts = await reply.json();
    await route.fulfill({ response: reply, json: { ...facts, now_ms: facts.now_ms + aheadMs } });
  });
  await signIn(page, origin, { signIn: first.signInName, passphrase: first.passphrase });
});

after(async () => {
  await closeBrowser();
  await noor?.close();
  await sweepUp();
});

const link = (name: string | RegExp) => page.getByRole("link", { name, exact: typeof name === "string" });
const says = (text: string | RegExp) => page.getByText(text).first().waitFor();
const letters = async () => {
  await page.evaluate(() => (history.pushState(null, "", "/letters"), dispatchEvent(new PopStateEvent("popstate"))));
  await heading(page, "Letters").waitFor();
};
const openLetter = async (to: string) => {
  await letters();
  await link(new RegExp(`^To ${to}`)).click();
  await heading(page, `To ${to}`).waitFor();
};
/** By its words, as a finger does: what lies over them for a moment is waited for. */
const choose = (words: string) => page.locator("label").filter({ hasText: new RegExp(`^${words}$`) }).click();
const write = async (to: string, text: string) => {
  await letters();
  await link("Write a letter").click();
  await page.getByLabel("To whom").fill(to);
  await page.getByLabel("Your letter").fill(text);
};

test("with no letter yet, the page says what one could be", async () => {
  await letters();
  await says("No letters yet");
  await look(page, "letters-empty");
});

test("a letter being written survives a reload, and is kept for nobody but me", async () => {
  await write("my father", WORDS);
  await look(page, "letter-new");
  await page.waitForTimeout(800);
  await page.reload();
  await page.getByLabel("Your letter").waitFor();
  assert.equal(await page.getByLabel("Your letter").inputValue(), WORDS);
  assert.equal(await page.getByLabel("To whom").inputValue(), "my father");
  await button(page, "Keep it").click();
  await heading(page, "To my father").waitFor();
  await says(WORDS);
  await says(/Only you can read it\./);
  await look(page, "letter-read");
});

test("nothing without words is kept; a draft can be thrown away", async () => {
  await write("nobody", "");
  await button(page, "Keep it").click();
  await says("There are no words here yet, written or spoken.");
  await button(page, "Throw away").click();
  await says("Throw away what is written here?");
  await page.getByRole("dialog").getByRole("button", { name: "Throw away" }).click();
  await heading(page, "Letters").waitFor();
  assert.equal(await link(/^To nobody/).count(), 0);
});

test("a changed letter keeps what it said before", async () => {
  await openLetter("my father");
  await link("Change it").click();
  await page.getByLabel("Your letter").fill(`${WORDS} I wear it now.`);
  await button(page, "Keep it").click();
  await says(/I wear it now\./);
  await page.getByText("Earlier versions").click();
  await page.getByText(WORDS, { exact: true }).waitFor();
});

test("it is sealed until a day only after what that means was said, and then shows nothing but to whom and until when", async () => {
  await openLetter("my father");
  await button(page, "Seal it until a day").click();
  await says(/This program will not open it before that day/);
  await says(/Nobody at the house can read it/);
  await says(/another program could open it sooner/);
  await says(/keep a copy elsewhere first/);
  await button(page, "Seal it").click();
  await says("Please choose tomorrow or a later day.");
  await button(page, "In a month").click();
  await says(/^It stays shut until /);
  await look(page, "letter-seal");
  await button(page, "Seal it").click();
  await says("Its day has not come yet, so it stays shut. You chose that when you sealed it.");
  assert.equal(await page.getByText("I kept your coat").count(), 0);
  await look(page, "letter-sealed");
  await letters();
  await says(/^Sealed until/);
  await look(page, "letters");
});

test("a turned clock brings the button and not the letter", async () => {
  await page.clock.setSystemTime(Date.now() + 60 * DAY);
  await openLetter("my father");
  await says("Its day has come.");
  await button(page, "Open it").click();
  await says(/By the house’s clock its day has not come\. It stays shut until /);
  assert.equal(await page.getByText("I kept your coat").count(), 0);
  await look(page, "letter-sealed-early");
  await page.clock.setSystemTime(Date.now());
});

test("without a connection it stays shut, and the page says what it waits for", async () => {
  await keptForOffline(page);
  const network = async (on: boolean) => ((hasNetwork = on), await mona.context.setOffline(!on));
  await network(false);
  await page.reload(); // the house's time is what it said in this sitting: now it has said nothing
  await page.clock.setSystemTime(Date.now() + 60 * DAY);
  await openLetter("my father");
  await button(page, "Open it").click();
  await says(/It can be opened when you are connected/);
  await look(page, "letter-sealed-offline");
  await page.clock.setSystemTime(Date.now());
  await network(true);
  await page.getByText(/No connection right now/).waitFor({ state: "detached" });
});

test("when the house says that its day has come, it opens and reads as before", async () => {
  aheadMs = 60 * DAY;
  await page.clock.setSystemTime(Date.now() + 60 * DAY);
  await openLetter("my father");
  await button(page, "Open it").click();
  await says(/I wear it now\./);
  await page.clock.setSystemTime(Date.now());
  aheadMs = 0;
  await page.reload();
  await heading(page, "To my father").waitFor();
});

test("a letter is let go after a plain question, with a quiet word, and is gone", async () => {
  await write("the old house", "Goodbye to the stairs.");
  await button(page, "Keep it").click();
  await heading(page, "To the old house").waitFor();
  const address = page.url();
  await button(page, "Let it go").click();
  await says(/It is erased from this device and from the house at once/);
  await says(/usually takes 14 days/);
  await look(page, "letter-let-go");
  await page.getByRole("dialog").getByRole("button", { name: "Let it go" }).click();
  await heading(page, "It is let go").waitFor();
  await says("The words are erased. That you wrote them stays true.");
  assert.equal(await page.locator(".gone-picture").isVisible(), false, "for who asked for stillness there is no picture");
  await page.emulateMedia({ reducedMotion: "no-preference" });
  assert.equal(await page.locator(".gone-picture").isVisible(), true);
  await page.waitForTimeout(1500);
  await look(page, "letter-gone");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await link("Back to your letters").click();
  await heading(page, "Letters").waitFor();
  assert.equal(await link(/^To the old house/).count(), 0);
  await page.goto(address);
  await says("This letter is not here any more.");
});

test("the road of sending begins with one person and a day, tells nobody, and can be stopped", async () => {
  await write("Noor", "You laughed when I told you. I have never said that it hurt.");
  await button(page, "Keep it").click();
  await heading(page, "To Noor").waitFor();
  assert.equal(await button(page, /send/i).count(), 0, "sending is no button beside keeping");
  await link("See how sending works").click();
  await heading(page, "Sending this letter").waitFor();
  await says(/sent unasked, can hurt the one who reads it, and you/);
  await button(page, "Begin the day of waiting").click();
  await says("Please choose a person first.");
  await choose("Noor");
  await look(page, "letter-road");
  await button(page, "Begin the day of waiting").click();
  await heading(page, "Waiting, for Noor").waitFor();
  await says(/You can read it again and decide tomorrow at /);
  await look(page, "letter-waiting");
  await letters();
  await says("Not sent. Waiting a day, for Noor");
  await openLetter("Noor");
  await link("See how sending works").click();
  await button(page, "Stop, and keep it to myself").click();
  await button(page, "Begin the day of waiting").waitFor();
});

test("after the day it is read as the other would see it; a turned clock does not send it", async () => {
  await choose("Noor");
  await button(page, "Begin the day of waiting").click();
  await heading(page, "Waiting, for Noor").waitFor();
  await page.waitForTimeout(1500); // until the house has it
  await page.clock.setSystemTime(Date.now() + 26 * HOUR);
  await openLetter("Noor");
  await link("See how sending works").click();
  const seen = page.getByRole("region", { name: "As Noor would see it" });
  await seen.getByText("You laughed when I told you.").waitFor();
  await seen.getByText("Mona", { exact: true }).waitFor();
  await choose("Just listen");
  await seen.getByText("Mona wants you to just listen.").waitFor();
  await look(page, "letter-ready");
  await button(page, "Send it to Noor").click();
  await says(/By the house’s clock the day of waiting is not over/);
});

test("once the house's day is over it can be sent, and lies in their talk", async () => {
  aheadMs = 26 * HOUR;
  await button(page, "Send it to Noor").click();
  await heading(page, "You and Noor").waitFor();
  await says("You laughed when I told you. I have never said that it hurt.");
  aheadMs = 0;
  await page.clock.setSystemTime(Date.now());
  await openLetter("Noor");
  await says(/You sent it to Noor/);
  await place(page, "Today").click();
});

test("nothing went wrong on the whole way", async () => {
  await mona.close();
});
