// SPDX-License-Identifier: AGPL-3.0-or-later
// Two people, each with a phone, from the first link to the quick exit: everything by what stands on the screen. Each screen on
// the way is judged by axe and photographed. The tests follow one another: each goes on where the one before it stopped.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { openHouse, sweepUp, type House } from "../harness";
import { closeBrowser, look, openBrowser, test, type PersonsBrowser } from "./browser";
import { arriveByLink, button, heading, keptForOffline, link, place, QUESTION, says, signIn, talkWith } from "./steps";

const ADA = { called: "Ada", signIn: "ada.of.the.hill", passphrase: "seven kettles under slow rain" };
const BEN = { called: "Ben", signIn: "ben", passphrase: "a lamp in the far window tonight" };

let house: House;
let adas: PersonsBrowser;
let bens: PersonsBrowser;
let ada: Page;
let ben: Page;
let card: string[] = [];
let saidAt = 0;

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

/** The box at the end of a talk, whatever it bends to. */
const writing = (page: Page) => page.getByRole("textbox", { name: /^(Write to|Your reply to) / });
const write = async (page: Page, words: string) => {
  await writing(page).fill(words);
  await writing(page).press("Control+Enter");
};

test("the first steward arrives by the link that the machine printed", async () => {
  card = await arriveByLink(ada, await house.invite("steward"), { ...ADA, shots: true });
  await heading(ada, QUESTION).waitFor();
  await look(ada, "today-first");
});

test("a check-in takes two actions, and stays mine", async () => {
  await ada.getByRole("radio", { name: /^6: / }).check({ force: true });
  await button(ada, "Save for me").click();
  await says(ada, "Only you can read this.");
  await look(ada, "today-checked-in");
});

test("from a weight that she set, the device offers more support, and takes no for an answer", async () => {
  await place(ada, "Me").click();
  await link(ada, /^Support when it is heavy/).click();
  await ada.getByLabel("Offer me more support from this weight on").selectOption({ label: "6: Clearly heavy" });
  await place(ada, "Today").click();
  await heading(ada, "It is heavy today.").waitFor();
  await link(ada, "Help lines").waitFor();
  await look(ada, "today-support");
  await button(ada, "Not now").first().click();
  await heading(ada, "It is heavy today.").waitFor({ state: "detached" });
});

test("one invites a safe person, by link and QR code", async () => {
  await place(ada, "People").click();
  await look(ada, "people-empty");
  await link(ada, /Invite a safe person/).first().click();
  await ada.getByLabel("Who is it for?").fill("my neighbour");
  await ada.getByLabel("A few words for them").fill("I would like to have you here.");
  await look(ada, "invite-new");
  await button(ada, "Make the link").click();
  await heading(ada, /The link for my neighbour/).waitFor();
  await look(ada, "invite-ready");
});

test("the other joins through that link alone, and both see one another", async () => {
  const address = (await ada.getByText(/\/join#/).or(ada.getByLabel("The link", { exact: true })).first().evaluate((node) => (node as HTMLInputElement).value ?? node.textContent)).trim();
  assert.match(address, /\/join#[\w-]{43}$/);
  await ben.goto(address);
  await says(ben, "I would like to have you here.");
  await look(ben, "join-newcomer");
  await arriveByLink(ben, address, BEN);
  await heading(ben, "You and Ada").waitFor();
  await look(ben, "talk-empty");
  await talkWith(ada, "Ben");
});

test("words go both ways while both look; the wish stands over the reply box", async () => {
  await ada.getByRole("textbox", { name: "Write to Ben" }).fill("The house is so quiet since Sunday.");
  await ada.getByRole("radio", { name: "Just listen" }).check({ force: true });
  await button(ada, "Send to Ben").click();
  await says(ben, "The house is so quiet since Sunday.");
  await says(ben, "Ada wants you to just listen.");
  await look(ben, "talk-reply-listen");
  await ben.getByRole("textbox", { name: "Your reply to Ada" }).fill("I hear how quiet it is.");
  await button(ben, "Say it back").click();
  await says(ada, "I hear how quiet it is.");
  await button(ada, "Thank you for saying it").click();
  await says(ben, /Ada: .*Thank you for saying it/);
  await look(ada, "talk");
});

test("an idea given to “just listen” is asked about before it goes", async () => {
  await button(ada, "Write something new instead").click();
  await ada.getByRole("textbox", { name: "Write to Ben" }).fill("I cannot sleep.");
  await ada.getByRole("radio", { name: "Just listen" }).check({ force: true });
  await button(ada, "Send to Ben").click();
  await says(ben, "I cannot sleep.");
  await ben.getByRole("textbox", { name: "Your reply to Ada" }).fill("You should try to go for a walk before bed.");
  await button(ben, "Say it back").click();
  await says(ben, "Is this an idea?");
  await look(ben, "talk-idea");
  await button(ben, "Keep writing").click();
  await ben.getByRole("textbox", { name: "Your reply to Ada" }).fill("Being awake alone is hard.");
  await button(ben, "Say it back").click();
  await says(ada, "Being awake alone is hard.");
});

test("undo leaves no trace, and puts the words back into the box", async () => {
  await write(ada, "said too soon");
  await says(ben, "said too soon");
  await button(ada, "Undo").last().click();
  await ben.getByText("said too soon").waitFor({ state: "detached" });
  assert.equal(await writing(ada).inputValue(), "said too soon");
  await write(ada, "said, and taken back");
  await says(ben, "said, and taken back");
  saidAt = Date.now();
});

test("a check-in is shown to someone in a step of its own that lists names", async () => {
  await place(ada, "Today").click();
  await link(ada, "Share it with someone").click();
  await ada.getByRole("checkbox", { name: "Ben" }).check({ force: true });
  await look(ada, "checkin-share");
  await button(ada, "Show it to Ben").click();
  await says(ben, "Ada shows you how they are");
});

test("“I thought of you” takes three presses at most, and no reply is owed", async () => {
  await place(ada, "Today").click();
  await link(ada, "I thought of you").click(); // one
  await button(ada, "Send it to Ben").click(); // two: there is one person only, so no name need be picked
  await says(ada, "On its way to Ben.");
  await look(ada, "thought-sent");
  await place(ben, "Today").click();
  // By night it is held back until morning, which the story of thoughts covers; here it stands in the talk at least.
  await talkWith(ben, "Ada");
  await says(ben, "Ada thought of you.");
});

test("“can we talk?” is asked, and answered with a later time", async () => {
  await place(ada, "Today").click();
  await link(ada, "Can we talk?").click();
  await look(ada, "ask");
  await button(ada, "Ask Ben").click();
  await says(ada, "Your question is on its way to Ben.");
  await place(ben, "Today").click();
  await says(ben, "Ada asks if you can talk.");
  await look(ben, "today-came");
  await talkWith(ben, "Ada");
  await button(ben, "Later").last().click();
  await button(ben, "Send this answer").click();
  await place(ada, "Today").click();
  await says(ada, "Ben can talk with you later.");
});

test("words written without a network say so, survive a reload, and go when it is back", async () => {
  await talkWith(ben, "Ada");
  await keptForOffline(ben);
  await bens.context.setOffline(true);
  await button(ben, "Write something all the same").click();
  const box = writing(ben);
  await box.fill("written on the train");
  await box.press("Control+Enter");
  await says(ben, /Not sent yet\. It is kept on this/);
  await look(ben, "talk-offline");
  await box.fill("half a thought, not sent");
  await ben.waitForTimeout(800);
  await ben.reload();
  await says(ben, "written on the train");
  await says(ben, /Not sent yet/);
  assert.equal(await writing(ben).inputValue(), "half a thought, not sent");
  await talkWith(ada, "Ben");
  assert.equal(await ada.getByText("written on the train").count(), 0);
  await bens.context.setOffline(false);
  await says(ada, "written on the train");
});

test("a second tab shares the session and the stream", async () => {
  const tab = await bens.tab();
  await tab.goto(`${house.origin}/people`);
  await link(tab, /^Ada\b/).first().click();
  await write(ada, "to both your tabs");
  await says(tab, "to both your tabs");
  await says(ben, "to both your tabs");
  await tab.close();
});

test("help lines are two presses away, for the country that was picked, also without a network", async () => {
  await place(ada, "Help").click();
  await ada.getByLabel("Country").selectOption({ label: "New Zealand" });
  await ada.getByRole("link", { name: /1737|111/ }).first().waitFor();
  await look(ada, "help");
  await keptForOffline(ada);
  await adas.context.setOffline(true);
  await ada.reload();
  await ada.getByRole("link", { name: /1737|111/ }).first().waitFor();
  await adas.context.setOffline(false);
});

test("every other screen inside stands up to axe, in all sizes and colours", async () => {
  const screens = ["check-in", "people", "outside/new", "thought", "me", "me/name", "me/look", "me/quiet", "me/support", "me/lock", "me/sessions", "me/passphrase", "me/card", "me/export", "me/delete", "me/blocks", "house", "leaving", "nowhere"];
  for (const path of screens) {
    await ada.goto(`${house.origin}/${path}`);
    await ada.getByRole("heading", { level: 1 }).first().waitFor();
    await ada.getByText("Loading…").waitFor({ state: "detached" });
    await look(ada, `screen-${path.replace("/", "-")}`);
  }
  await talkWith(ada, "Ben");
  await link(ada, /About this talk/).click();
  await says(ada, "Who can read here");
  await look(ada, "talk-about");
});

test("what is taken back later leaves a line without words", async () => {
  await talkWith(ada, "Ben");
  await ada.waitForTimeout(Math.max(0, saidAt + 31_000 - Date.now())); // past the time for undo
  await ada.locator("article, li").filter({ hasText: "said, and taken back" }).last().getByRole("button", { name: "More about your words" }).click();
  await button(ada, "Take back").click();
  await button(ada, "Take them back").click();
  await says(ben, "Ada took something back here.");
  await ben.getByText("said, and taken back").waitFor({ state: "detached" });
  await look(ben, "talk-taken-back");
});

test("everything works by keyboard: from the top of a page to words that are sent", async () => {
  await ada.goto(`${house.origin}/people`);
  await link(ada, /^Ben\b/).first().waitFor();
  const reach = async (wanted: (name: string) => boolean, limit = 60) => {
    for (let i = 0; i < limit; i++) {
      await ada.keyboard.press("Tab");
      const focus = await ada.evaluate(() => {
        const at = document.activeElement as HTMLElement | null;
        const outline = at ? getComputedStyle(at) : null;
        return { name: at?.getAttribute("aria-label") ?? (at as HTMLInputElement | null)?.labels?.[0]?.textContent ?? at?.textContent ?? "", seen: outline ? outline.outlineStyle !== "none" || outline.boxShadow !== "none" : false };
      });
      if (wanted(focus.name.trim())) return focus;
    }
    throw new Error("the keyboard does not get there");
  };
  const focus = await reach((name) => /Ben/.test(name));
  assert.ok(focus.seen, "what has the focus shows it");
  await ada.keyboard.press("Enter");
  await heading(ada, "You and Ben").waitFor();
  await reach((name) => /Write to Ben|Your reply to Ben/.test(name));
  await ada.keyboard.type("by keyboard alone");
  await ada.keyboard.press("Control+Enter");
  await says(ben, "by keyboard alone");
});

test("another browser finds everything by name and passphrase, or by the card", async () => {
  const second = await openBrowser(house.origin, { desk: true });
  await second.page.goto(house.origin);
  await second.page.getByRole("heading", { level: 1 }).waitFor();
  await look(second.page, "welcome");
  await signIn(second.page, house.origin, ADA);
  await talkWith(second.page, "Ben");
  await says(second.page, "by keyboard alone");
  await second.close();

  const third = await openBrowser(house.origin);
  await third.page.goto(`${house.origin}/recover`);
  await third.page.getByLabel("Letters and numbers of the card").fill(card.join(" ").toLowerCase());
  await look(third.page, "recover");
  await button(third.page, "Open my account").click();
  await heading(third.page, "Now a new passphrase").waitFor({ timeout: 30_000 });
  await third.page.getByLabel("New passphrase").fill("a second passphrase, just as long");
  await button(third.page, "Save the passphrase").click();
  await heading(third.page, QUESTION).waitFor({ timeout: 30_000 });
  await talkWith(third.page, "Ben");
  await says(third.page, "by keyboard alone");
  await third.close();
});

test("leaving quickly covers the page at once, locks, and leads to an ordinary site; back shows nothing", async () => {
  bens.expect(/asked a third party/);
  await talkWith(ben, "Ada");
  assert.doesNotMatch(await ben.title(), /beside|Ada/i, "the title says nothing");
  for (let i = 0; i < 3; i++) await ben.keyboard.press("Shift");
  await ben.waitForURL((url) => url.origin !== house.origin);
  await ben.goBack();
  await ben.waitForTimeout(1000);
  assert.equal(await ben.getByText("by keyboard alone").count(), 0);
  await ben.goto(house.origin);
  await heading(ben, "Locked").waitFor();
  await look(ben, "locked");
  await ben.getByLabel("Passphrase", { exact: true }).fill(BEN.passphrase);
  await button(ben, "Open").click();
  await heading(ben, QUESTION).waitFor({ timeout: 30_000 });
});

test("nothing went wrong in either browser on the whole way", async () => {
  await adas.close();
  await bens.close();
});
