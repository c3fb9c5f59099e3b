// SPDX-License-Identifier: AGPL-3.0-or-later
// Four browsers hold a whole gathering: it is set, opened, goes round and is closed. One speaks by voice, one hands on without a
// word, a bell is rung, a reply is welcome once. One loses the network and comes back; one loads the page again while holding
// the piece. Each screen is judged by axe. The tests follow one another.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { openHouse, sweepUp, type House } from "../harness";
import { circleOf } from "../meeting";
import { arrive, settled, type Person } from "../somebody";
import { closeBrowser, look, openBrowser, test, type PersonsBrowser } from "./browser";
import { button, heading, link, place, says, signIn } from "./steps";

const NAMES = ["Ida", "Per", "Noa", "Kim"] as const;
const TITLE = "What October left";

let house: House;
const browsers: PersonsBrowser[] = [];
let all: Page[];
let [ida, per, noa, kim]: Page[] = [];

before(async () => {
  house = await openHouse();
  const { origin } = house;
  const people: Person[] = [];
  for (const name of NAMES) people.push(await arrive(origin, await house.invite(name === "Ida" ? "steward" : "house"), name));
  await circleOf(people[0]!, people.slice(1));
  for (const who of people) {
    await who.house.settings.set({ quickExitKnown: true });
    await settled(who);
    await who.close();
  }
  for (const who of people) {
    const one = await openBrowser(origin, { microphone: who === people[1] });
    browsers.push(one);
    await signIn(one.page, origin, { signIn: who.signInName, passphrase: who.passphrase });
  }
  all = browsers.map(({ page }) => page);
  [ida, per, noa, kim] = all;
});

after(async () => {
  for (const one of browsers) await one.close();
  await closeBrowser();
  await sweepUp();
});

async function toGatherings(page: Page): Promise<void> {
  await place(page, "People").click();
  await link(page, /^Tuesday/).first().click();
  await link(page, "Gatherings").click();
  await heading(page, "Gatherings").waitFor();
}

/** The hands of the house's clock, which is this machine's. */
const wall = (ms: number) => new Date(ms).toISOString().slice(0, 16).split("T") as [string, string];
const box = (page: Page) => page.getByRole("textbox", { name: "Your words" });
const line = (page: Page, words: string) => page.locator(".gathering-holder").filter({ hasText: words }).waitFor();
const holds = async (page: Page, name: string) => {
  for (const one of all) await line(one, one === page ? "You have the talking piece." : `${name} has the talking piece.`);
};

async function say(page: Page, words: string): Promise<void> {
  await box(page).fill(words);
  await button(page, "Say it").click();
  for (const one of all) await one.getByText(words).first().waitFor();
}

test("a gathering is set: a day, an hour, a clock, a theme, each week", async () => {
  await toGatherings(ida!);
  await says(ida!, "No gathering is set yet.");
  await look(ida!, "gatherings-empty");
  await link(ida!, "Set a gathering").click();
  await heading(ida!, "Set a gathering").waitFor();
  await says(ida!, "The time is that of Europe/London.");
  const [day, hour] = wall(Date.now() + 60_000);
  await ida!.getByLabel("Day").fill("2026-01-05");
  await button(ida!, "Set it").click();
  await says(ida!, "This time is over. Please choose a later one.");
  await ida!.getByLabel("Day").fill(day);
  await ida!.getByLabel("Begins at").fill(hour);
  await ida!.getByRole("radio", { name: "Every week" }).check({ force: true });
  await ida!.getByLabel("How many meetings?").selectOption("3");
  await ida!.getByLabel("How long is a turn meant to be?").selectOption("30");
  await ida!.getByRole("radio", { name: /^A class/ }).check({ force: true });
  await ida!.getByRole("textbox", { name: "Title" }).first().fill(TITLE);
  await ida!.getByRole("textbox", { name: "A text to read" }).first().fill("The garden is put to bed. What is under the leaves is not gone.");
  await ida!.getByRole("textbox", { name: "A question to speak to" }).first().fill("What did you carry alone this month?");
  await ida!.getByRole("textbox", { name: "Title" }).nth(1).fill("What November asks");
  await look(ida!, "gathering-new");
  await button(ida!, "Set it").click();
  await heading(ida!, "Gatherings").waitFor();
  await link(ida!, new RegExp(TITLE)).waitFor();
  await says(ida!, /The door is open\./);
  await look(ida!, "gatherings-coming");
});

test("the next one is taken on, moved, and the last of the series called off", async () => {
  await toGatherings(per!);
  await link(per!, /What November asks/).click();
  await heading(per!, "What November asks").waitFor();
  await says(per!, "Nobody holds this gathering yet.");
  await button(per!, "Be its guardian").click();
  await says(per!, "You are its guardian.");
  await button(per!, "Hold this one").click();
  await says(per!, "You hold this gathering.");
  await look(per!, "gathering-ahead");
  await button(per!, "Move it").click();
  await per!.getByRole("dialog").getByLabel("How long is it meant to be?").selectOption("90");
  await look(per!, "gathering-move");
  await per!.getByRole("dialog").getByRole("button", { name: "Move it" }).click();
  await says(per!, "It is meant to last 90 minutes.");
  await button(per!, "Give it up").click();
  await says(per!, "Nobody holds this gathering yet.");
  await link(per!, "Gatherings").click();

  await toGatherings(ida!);
  await link(ida!, /The circle meets/).click();
  await button(ida!, "Call it off").click();
  await look(ida!, "gathering-cancel");
  await ida!.getByRole("dialog").getByRole("button", { name: "Call it off" }).click();
  await says(ida!, "This gathering was called off.");
  await look(ida!, "gathering-cancelled");
});

test("Today leads to it; what is agreed is read before coming in; with two they are told that they are few", async () => {
  await place(ida!, "Today").click();
  await link(ida!, new RegExp(TITLE)).waitFor();
  await look(ida!, "today-gathering");
  await link(ida!, new RegExp(TITLE)).click();
  await says(ida!, "What is said here stays here.");
  await look(ida!, "gathering-door");
  await button(ida!, "Come in").click();
  await heading(ida!, "Before it begins").waitFor();
  for (const page of [per!, noa!, kim!]) {
    await toGatherings(page);
    await link(page, new RegExp(TITLE)).click();
    await says(page, "What is said here stays here.");
  }
  await button(per!, "Come in").click();
  await heading(per!, "Before it begins").waitFor();
  await says(ida!, "You hold this gathering.");
  await per!.getByText("There are few of you just now.").waitFor({ timeout: 90_000 });
  await link(per!, "Sit together instead").waitFor();
  await look(per!, "gathering-few");
  for (const page of [noa!, kim!]) await button(page, "Come in").click();
  for (const page of all) await page.locator(".gathering-person").nth(3).waitFor();
  await per!.getByText("There are few of you just now.").waitFor({ state: "detached" });
  await look(ida!, "gathering-before");
});

test("it is opened with a few words, and goes on to the check-in round", async () => {
  await button(ida!, "Begin").click();
  await heading(kim!, "Opening").waitFor();
  await line(kim!, "Ida opens the gathering.");
  assert.equal(await per!.getByRole("textbox").count(), 0, "nobody else can say anything");
  await ida!.getByRole("textbox", { name: "A few words to open with" }).fill("Good that you came. A breath first.");
  await button(ida!, "Say it").click();
  await kim!.getByText("Good that you came. A breath first.").waitFor();
  await look(ida!, "gathering-opening");
  await button(ida!, "Go on to the check-in round").click();
  await holds(ida!, "Ida");
  await line(per!, "Ida has the talking piece. Next: you.");
  await line(kim!, "Ida has the talking piece. Next: Per.");
});

test("the check-in round: words are said, the sign is shown, and a post out of turn is refused", async () => {
  await look(kim!, "gathering-listening");
  await button(kim!, "I’m here").click();
  await ida!.getByText("is here with you").waitFor();
  const sent = ida!.waitForRequest((request) => request.method() === "PUT" && request.url().includes("/entries/"));
  await say(ida!, "I come tired, and glad.");
  assert.equal(await noa!.getByRole("textbox").count(), 0, "there is no box out of turn");
  // The very words of the holder, put by another: the house itself says no.
  const request = await sent;
  const octets = [...(request.postDataBuffer() ?? [])];
  const other = request.url().replace(/entries\/[^?]+/, `entries/${"A".repeat(21)}Q`);
  const refused = await noa!.evaluate(
    async ([url, bytes]) => {
      const reply = await fetch(url as string, { method: "PUT", headers: { "Content-Type": "application/octet-stream" }, body: new Uint8Array(bytes as number[]) });
      return { status: reply.status, text: await reply.text() };
    },
    [other, octets] as const,
  );
  assert.equal(refused.status, 409, refused.text);
  assert.match(refused.text, /not-your-turn/);
  await look(ida!, "gathering-holding");
  await button(ida!, "Hand on").click();
  await holds(per!, "Per");
});

test("whoever loses the network keeps the place, is passed over gently, and has the turn when back", async () => {
  await browsers[2]!.context.setOffline(true);
  await noa!.getByText("You are back in a moment. Your place is kept.").waitFor();
  await look(noa!, "gathering-offline");
  await button(per!, "Hand on").click();
  await button(ida!, "Go on without Noa for now").waitFor({ timeout: 100_000 });
  await look(ida!, "gathering-pass-over");
  await button(ida!, "Go on without Noa for now").click();
  await line(ida!, "Kim has the talking piece.");
  await browsers[2]!.context.setOffline(false);
  await line(noa!, "Kim has the talking piece.");
  await noa!.getByText("You are back in a moment. Your place is kept.").waitFor({ state: "detached" });
  await say(kim!, "I nearly stayed at home.");
  await button(kim!, "Hand on").click();
  await holds(noa!, "Noa");
  await button(noa!, "Hand on").click();
  await heading(noa!, "Main round").waitFor();
  await line(noa!, "Ida has the talking piece.");
});

test("the main round: the page is loaded again with the piece in hand, and the words begun are there", async () => {
  await box(ida!).fill("Half a thought, about the");
  await ida!.waitForTimeout(1500);
  await ida!.reload();
  await line(ida!, "You have the talking piece.");
  await ida!.waitForFunction(() => document.querySelector("textarea")?.value === "Half a thought, about the");
  await say(ida!, "Half a thought, about the pond at night.");
  await button(ida!, "Hand on").click();
  await holds(per!, "Per");
});

test("somebody talks instead of writing, and all can hear it", async () => {
  await button(per!, "Talk instead").click();
  await button(per!, "Start talking").click();
  await says(per!, "The microphone is on.");
  await per!.waitForTimeout(1800);
  await button(per!, "Stop").click();
  await look(per!, "gathering-voice");
  await button(per!, "Say it").click();
  for (const page of all) await page.getByRole("log").getByRole("group", { name: /^Voice note, / }).waitFor();
  await per!.getByRole("region", { name: "Record your voice" }).waitFor({ state: "detached" });
});

test("a reply is possible only when it is welcome, and the words begun stay when the turn has gone on", async () => {
  assert.equal(await kim!.getByRole("textbox").count(), 0);
  await per!.getByRole("checkbox", { name: "Replies are welcome in this turn" }).check();
  await kim!.getByRole("textbox", { name: "Your reply to Per" }).fill("I know that road.");
  await look(kim!, "gathering-reply");
  await button(kim!, "Reply").click();
  for (const page of all) await page.getByText("I know that road.").waitFor();
  const mine = kim!.getByRole("textbox", { name: "Your reply to Per" });
  await mine.pressSequentially("And one more");
  await button(per!, "Hand on").click();
  await holds(noa!, "Noa");
  await says(kim!, "It is someone else's turn. Your words are kept here until it is yours.");
  assert.equal(await kim!.evaluate(() => document.activeElement?.tagName), "TEXTAREA", "the focus stays where one writes");
  assert.equal(await button(kim!, "Reply").count(), 0);
  await look(kim!, "gathering-kept-words");
});

test("a bell pauses all; by keyboard alone one hands on without a word", async () => {
  await button(kim!, "Ring the bell").click();
  for (const page of all) await says(page, "Someone rang the bell. All pause and breathe.");
  await look(noa!, "gathering-pause");
  await noa!.getByText("Someone rang the bell. All pause and breathe.").waitFor({ state: "detached", timeout: 45_000 });
  await box(noa!).focus();
  for (let i = 0; i < 12 && (await noa!.evaluate(() => document.activeElement?.textContent)) !== "Hand on"; i++) await noa!.keyboard.press("Tab");
  await noa!.keyboard.press("Enter");
  await holds(kim!, "Kim");
  assert.match(await box(kim!).inputValue(), /And one more/);
  await button(kim!, "Say it").click();
  await ida!.getByText("And one more").waitFor();
  await button(kim!, "Hand on").click();
  await heading(ida!, "Closing round").waitFor();
});

test("one leaves in silence, and the place is kept for coming back", async () => {
  await button(kim!, "Leave the gathering").click();
  await heading(kim!, "Leave the gathering?").waitFor();
  await kim!.getByRole("dialog").getByRole("button", { name: "Leave the gathering" }).click();
  await says(kim!, "Your place is kept.");
  await ida!.getByText("away, place kept").waitFor();
  await look(kim!, "gathering-seat");
  await button(kim!, "Come back in").click();
  await line(kim!, "Ida has the talking piece.");
  await ida!.getByText("away, place kept").waitFor({ state: "detached" });
});

test("the closing round, and what is left: how it is now, the next one, the words until they fade", async () => {
  for (const [page, name] of [[ida!, "Ida"], [per!, "Per"], [noa!, "Noa"], [kim!, "Kim"]] as const) {
    await holds(page, name);
    await button(page, "Hand on").click();
  }
  for (const page of all) await says(page, "The gathering has ended. Thank you for being there.");
  await says(per!, "I nearly stayed at home.");
  await says(per!, /^What was said fades /);
  await per!.getByRole("radio", { name: "Lighter" }).click({ force: true });
  await says(per!, "Kept, for you alone.");
  await says(per!, "Would you like to hold the next one?");
  await look(per!, "gathering-over");
  await button(per!, "Hold this one").click();
  await says(per!, "You hold it now. Thank you.");
  await link(per!, "All gatherings of this circle").click();
  await says(per!, "What was said lately");
  await look(per!, "gatherings-past");
});

/** PAGE sets one that begins so many minutes from now. */
async function setOne(page: Page, minutes: number): Promise<void> {
  await toGatherings(page);
  await link(page, "Set a gathering").click();
  const [day, hour] = wall(Date.now() + minutes * 60_000);
  await page.getByLabel("Day").fill(day);
  await page.getByLabel("Begins at").fill(hour);
  await button(page, "Set it").click();
  await heading(page, "Gatherings").waitFor();
}

test("before its time the door says when it opens; when it has closed it says so kindly, and offers to sit together", async () => {
  await setOne(kim!, 30);
  await link(kim!, /The circle meets/).first().click();
  await says(kim!, /^The door opens today at /);
  await look(kim!, "gathering-early");
  assert.equal(await button(kim!, "Come in").count(), 0);

  await place(ida!, "People").click();
  await link(ida!, /^Tuesday/).first().click();
  await link(ida!, "About this circle").click();
  await button(ida!, "Change the rules").click();
  await ida!.getByLabel("The door of a gathering closes").selectOption("0");
  await ida!.locator("form").filter({ hasText: "The door of a gathering closes" }).getByRole("button", { name: "Save", exact: true }).click();
  await button(ida!, "Change the rules").waitFor();
  await setOne(ida!, 1);
  await link(ida!, /The circle meets/).first().click();
  await ida!.getByText("The door is closed.").waitFor({ timeout: 90_000 });
  await link(ida!, "Sit together instead").waitFor();
  await look(ida!, "gathering-closed");
});

test("the calendar feed shows them, by a neutral title", async () => {
  await link(ida!, "Me").click();
  await link(ida!, /calendar/i).click();
  await button(ida!, "Make an address").click();
  const feed = await ida!.getByLabel("Address for your calendar program").inputValue();
  const text = await (await fetch(feed)).text();
  assert.match(text, /^BEGIN:VCALENDAR/);
  assert.equal([...text.matchAll(/BEGIN:VEVENT/g)].length, 5);
  assert.equal([...text.matchAll(/STATUS:CANCELLED/g)].length, 1);
  assert.doesNotMatch(text, /October|November|Ida|Tuesday/);
});
