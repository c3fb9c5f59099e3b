// SPDX-License-Identifier: AGPL-3.0-or-later
// Talking out loud, with Chromium's microphone that beeps: recorded, paused, listened back, kept as a page and sent to someone
// who hears it; found again after a reload; and what a person is told who has no microphone. The tests follow one another.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Locator, Page } from "playwright-core";
import { openHouse, sweepUp, type House } from "../harness";
import { arrive, bring, settled } from "../somebody";
import { closeBrowser, look, openBrowser, test, type PersonsBrowser } from "./browser";
import { button, heading, place, says, signIn, talkWith } from "./steps";

let house: House;
let idas: PersonsBrowser;
let pers: PersonsBrowser;
let ida: Page;
let per: Page;

before(async () => {
  house = await openHouse();
  const { origin } = house;
  const first = await arrive(origin, await house.invite("steward"), "Ida");
  const { newcomer } = await bring(origin, first, "Per");
  for (const who of [first, newcomer]) {
    await who.house.settings.set({ quickExitKnown: true });
    await settled(who);
    await who.close();
  }
  idas = await openBrowser(origin, { microphone: true });
  pers = await openBrowser(origin);
  [ida, per] = [idas.page, pers.page];
  await signIn(ida, origin, { signIn: first.signInName, passphrase: first.passphrase });
  await signIn(per, origin, { signIn: newcomer.signInName, passphrase: newcomer.passphrase });
});

after(async () => {
  await closeBrowser();
  await sweepUp();
});

/** Talks for about so long; the recorder stands open. */
const talk = async (page: Page, ms: number) => {
  await button(page, "Start talking").click();
  await says(page, "The microphone is on.");
  await page.waitForTimeout(ms);
};
const player = (page: Page) => page.getByRole("group", { name: /^Voice note, / });
/** The sound element of the one player that stands in this place. */
const sound = (inside: Locator) => inside.locator("audio");
const timeOf = (audio: Locator) => audio.evaluate((element) => (element as HTMLAudioElement).currentTime);
const lengthOf = (audio: Locator) => audio.evaluate((element) => (element as HTMLAudioElement).duration);
/** It moves by itself: what a person hears. */
const plays = async (audio: Locator) => {
  const from = await timeOf(audio);
  await audio.page().waitForFunction(([element, at]) => (element as HTMLAudioElement).currentTime > (at as number) + 0.3, [await audio.elementHandle(), from] as const);
};
/** The focus moves once what was pressed has drawn what comes after it. */
const focuses = (page: Page, name: string) => page.waitForFunction((text) => document.activeElement?.textContent === text, name);
const microphonesOpen = (page: Page) => page.evaluate(() => (window as unknown as { tracks: MediaStreamTrack[] }).tracks.filter(({ readyState }) => readyState === "live").length);

test("every microphone that this page opens can be counted", async () => {
  await idas.context.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { tracks });
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (how) => {
      const stream = await open(how);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
  await ida.reload();
  await place(ida, "People").waitFor();
});

test("in a talk one can talk instead: record, pause, go on, stop, listen back", async () => {
  await talkWith(ida, "Per");
  await button(ida, "Talk instead").click();
  await focuses(ida, "Start talking");
  await look(ida, "voice-idle");
  await talk(ida, 2500);
  await button(ida, "Pause").click();
  await says(ida, "Paused. The microphone does not listen.");
  const paused = await ida.getByRole("timer").textContent();
  await look(ida, "voice-paused");
  assert.equal(await ida.getByRole("timer").textContent(), paused, "a pause does not count");
  await button(ida, "Go on").click();
  await says(ida, "The microphone is on.");
  await look(ida, "voice-recording");
  await ida.waitForTimeout(1200);
  await button(ida, "Stop").click();
  await says(ida, /^You talked for \d+ seconds?\./);
  assert.equal(await microphonesOpen(ida), 0, "it is let go");
  await focuses(ida, "Play");
  const audio = sound(ida.getByRole("region", { name: "Record your voice" }));
  assert.equal(await audio.evaluate((element) => (element as HTMLAudioElement).paused), true, "nothing plays by itself");
  await button(ida, "Play").click();
  await plays(audio);
  assert.ok((await lengthOf(audio)) > 2, `${await lengthOf(audio)} s`);
  await look(ida, "voice-kept");
});

test("recording again and deleting both ask first", async () => {
  await button(ida, "Delete").click();
  await says(ida, "It exists only on this device. It cannot be brought back.");
  await ida.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await button(ida, "Record again").click();
  await ida.getByRole("dialog").getByRole("button", { name: "Record again" }).click();
  await says(ida, "The microphone is on.");
  await ida.waitForTimeout(1500);
  await button(ida, "Stop").click();
  await says(ida, /^You talked for \d+ seconds?\./);
  await button(ida, "Delete").click();
  await ida.getByRole("dialog").getByRole("button", { name: "Delete it" }).click();
  await button(ida, "Start talking").waitFor();
});

test("what was said is found again after the page went away in the middle of it", async () => {
  await talk(ida, 3500);
  await ida.reload();
  await says(ida, /^You began to talk (just now|a little while ago)\. What you said is still here: \d+ seconds?\./);
  const audio = sound(ida.getByRole("region", { name: "Record your voice" }));
  await button(ida, "Play").click();
  await plays(audio);
  await look(ida, "voice-found");
});

test("a voice goes to the other with a few words beside it, and plays there", async () => {
  await ida.getByLabel("A few words with it").fill("About Sunday.");
  await button(ida, "Send to Per").click();
  await player(ida).first().waitFor();
  await button(ida, "Talk instead").waitFor();
  await talkWith(per, "Ida");
  await says(per, "About Sunday.");
  const theirs = per.getByRole("article").filter({ has: player(per) });
  const audio = sound(theirs);
  assert.equal(await audio.getAttribute("src"), null, "nothing is fetched before someone wants to hear it");
  await theirs.getByRole("button", { name: "Play" }).click();
  await plays(audio);
  assert.ok((await lengthOf(audio)) > 2, `${await lengthOf(audio)} s`);
  await look(per, "talk-voice");
  await theirs.getByRole("button", { name: "Play again" }).waitFor();
  const range = theirs.getByRole("slider", { name: "Place in the recording" });
  await range.focus();
  await per.keyboard.press("Home");
  assert.match((await range.getAttribute("aria-valuetext")) ?? "", /^0 seconds of \d+ seconds?$/);
  await per.keyboard.press("ArrowRight");
  assert.ok(Math.abs((await timeOf(audio)) - 1) < 0.2, `${await timeOf(audio)}`);
});

test("a longer one plays before all of it is there", async () => {
  await button(ida, "Talk instead").click();
  await talk(ida, 16_000);
  await button(ida, "Stop").click();
  await button(ida, "Send to Per").click();
  await button(ida, "Talk instead").waitFor();
  // Hands out the first part alone, and holds the rest back until it is let go: a slow connection, made exact.
  let letGo = (): void => undefined;
  const held = new Promise<void>((done) => (letGo = done));
  let asked = 0;
  await pers.context.route(/\/voice\/[^/]+\/chunks/, async (route) => {
    if (asked++ > 0) await held;
    const reply = await route.fetch();
    const body = await reply.body();
    await route.fulfill({ response: reply, body: asked > 1 ? body : body.subarray(0, 8 + body.readUInt32BE(4)) });
  });
  const theirs = per.getByRole("article").nth(1);
  await theirs.getByRole("button", { name: "Play" }).click();
  await plays(sound(theirs));
  assert.ok(asked > 1, "there is more, and it has not come");
  letGo();
  await theirs.getByRole("slider").press("End");
  await theirs.getByRole("button", { name: "Play again" }).waitFor();
  assert.ok((await timeOf(sound(theirs))) > 14, `${await timeOf(sound(theirs))} s: the rest came too`);
  await pers.context.unroute(/\/voice\/[^/]+\/chunks/);
});

test("only one voice plays at a time", async () => {
  const [one, two] = [ida.getByRole("article").nth(0), ida.getByRole("article").nth(1)];
  await two.getByRole("button", { name: "Play" }).click();
  await plays(sound(two));
  await one.getByRole("button", { name: "Play" }).click();
  await plays(sound(one));
  assert.equal(await sound(two).evaluate((element) => (element as HTMLAudioElement).paused), true);
});

test("a page of the journal can be spoken", async () => {
  await place(ida, "Journal").click();
  await ida.getByRole("link", { name: "Talk out loud" }).click();
  await talk(ida, 2500);
  await button(ida, "Stop").click();
  await says(ida, /^You talked for/);
  await button(ida, /^Keep/).click();
  const kept = player(ida).first();
  await kept.waitFor();
  await kept.getByRole("button", { name: "Play" }).click();
  await plays(sound(kept));
});

test("a letter can be spoken", async () => {
  await ida.goto(`${house.origin}/letters/new`);
  await ida.getByLabel("To whom").fill("Grandmother");
  await button(ida, "Say it out loud").click();
  await talk(ida, 2500);
  // Kept in the middle of talking: the last words are waited for.
  await button(ida, "Keep it").click();
  await heading(ida, "To Grandmother").waitFor();
  assert.equal(await microphonesOpen(ida), 0);
  await player(ida).getByRole("button", { name: "Play" }).click();
  await plays(sound(player(ida)));
  await look(ida, "letter-voice");
});

test("leaving the screen and locking let the microphone go", async () => {
  await talkWith(ida, "Per");
  await button(ida, "Talk instead").click();
  await talk(ida, 1500);
  await place(ida, "Today").click();
  await ida.waitForFunction(() => (window as unknown as { tracks: MediaStreamTrack[] }).tracks.every(({ readyState }) => readyState === "ended"));
  await talkWith(ida, "Per");
  await says(ida, /^You began to talk/);
  await button(ida, "Record again").click();
  await ida.getByRole("dialog").getByRole("button", { name: "Record again" }).click();
  await says(ida, "The microphone is on.");
  await button(ida, "Lock now").click();
  await heading(ida, "Locked").waitFor();
  assert.equal(await microphonesOpen(ida), 0);
});

test("who says no to the microphone is told what to do, and can write instead", async () => {
  await button(per, /^(Talk instead|Write something new instead)$/).first().click();
  await button(per, "Start talking").click();
  await says(per, "The microphone is not allowed");
  await says(per, /Press the sign beside the address to allow it, then try again/);
  await per.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await look(per, "voice-refused");
  await button(per, "Write instead").click();
  await button(per, "Talk instead").waitFor();
  assert.equal(await per.getByRole("textbox", { name: "Your reply to Ida" }).evaluate((box) => box === document.activeElement), true);
});

test("other reasons for having no microphone have words of their own", async () => {
  for (const [name, words] of [["NotFoundError", "No microphone was found"], ["NotReadableError", "The microphone did not start"]] as const) {
    await per.evaluate((error) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", error));
    }, name);
    await button(per, "Talk instead").click();
    await button(per, "Start talking").click();
    await says(per, words);
    await button(per, "Write instead").click();
  }
});

test("how much room is left is said when it is getting short", async () => {
  const small = await openHouse({ flags: ["--voice-quota-mb", "1"] });
  const someone = await arrive(small.origin, await small.invite("steward"), "Uma");
  await someone.house.settings.set({ quickExitKnown: true });
  await settled(someone);
  await someone.close();
  const umas = await openBrowser(small.origin, { microphone: true });
  await signIn(umas.page, small.origin, { signIn: someone.signInName, passphrase: someone.passphrase });
  await umas.page.goto(`${small.origin}/letters/new`);
  await button(umas.page, "Say it out loud").click();
  await says(umas.page, "The house has room for about 3 more minutes of your voice.");
  await umas.close();
});

test("nothing went wrong in either browser on the whole way", async () => {
  await idas.close();
  await pers.close();
});
