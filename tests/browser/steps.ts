// SPDX-License-Identifier: AGPL-3.0-or-later
// What a person does on the screens, by the roles and names that they see. Each function is one errand, from a screen to the
// next; journeys are told with them.
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import type { House } from "../harness";
import { circleOf } from "../meeting";
import { arrive, bring, settled } from "../somebody";
import { look, openBrowser, type PersonsBrowser } from "./browser";

export const button = (page: Page, name: string | RegExp): Locator => page.getByRole("button", { name, exact: typeof name === "string" });
export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole("heading", { name, exact: typeof name === "string" });
export const link = (page: Page, name: string | RegExp): Locator => page.getByRole("link", { name, exact: typeof name === "string" });
export const says = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();
/** The main places of the bar: Today, People, Help, Me. */
export const place = (page: Page, name: string): Locator => page.getByRole("navigation", { name: "Main places" }).getByRole("link", { name });

/** Resolves when the browser keeps every screen: from then on a person may lose the network. */
export async function keptForOffline(page: Page): Promise<void> {
  await page.waitForFunction(async () => navigator.serviceWorker?.controller !== null && (await caches.match("/kept-inside")) !== undefined);
}

/** The first thing that Today asks: its heading. */
export const QUESTION = "How are you, really?";

export interface Arriving {
  called: string;
  signIn: string;
  passphrase: string;
  /** Judge and photograph each screen on the way. */
  shots?: boolean;
}

/** From a link to the first screen inside; gives the groups of the recovery card. */
export async function arriveByLink(page: Page, link: string, who: Arriving): Promise<string[]> {
  const seen = (name: string) => (who.shots ? look(page, name) : Promise.resolve());
  await page.goto(link);
  await button(page, "Make an account").waitFor();
  await seen("arrive-1-invite");
  // A circle's link asks for a yes to what is agreed there.
  const yes = page.getByRole("checkbox", { name: "I say yes to what is agreed there." });
  if ((await yes.count()) > 0) await yes.check();
  await button(page, "Make an account").click();
  await heading(page, "What this place is").waitFor();
  await seen("arrive-2-consent");
  await button(page, "I agree to this").click();
  await page.getByText("This house is for adults only.").waitFor();
  await page.getByRole("checkbox", { name: /I am an adult/ }).check();
  await button(page, "I agree to this").click();
  await page.getByLabel("What people call you").fill(who.called);
  await page.getByLabel("Sign-in name").fill(who.signIn);
  await seen("arrive-3-names");
  await button(page, "Next").click();
  await page.getByLabel("New passphrase").fill("abc");
  await seen("arrive-4-passphrase-weak");
  await page.getByLabel("New passphrase").fill(who.passphrase);
  await button(page, "Make my account").click();
  await heading(page, "Your recovery card").waitFor({ timeout: 30_000 });
  await seen("arrive-5-card");
  const groups = await page.locator(".paper-card-letters").allTextContents();
  assert.equal(groups.length, 9);
  await button(page, "I have it on paper").click();
  await heading(page, "A quick check").waitFor();
  await copyTwoGroups(page, groups);
  await seen("arrive-6-check");
  await button(page, "Check").click();
  await heading(page, "Leaving quickly").waitFor();
  await seen("arrive-7-leaving");
  await button(page, "I understand").click();
  return groups;
}

async function copyTwoGroups(page: Page, groups: string[]): Promise<void> {
  const fields = page.getByRole("textbox", { name: /^Group \d/ });
  assert.equal(await fields.count(), 2);
  for (const field of await fields.all()) {
    const label = (await field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent)) ?? "";
    await field.fill((groups[Number(label.match(/\d/)?.[0]) - 1] ?? "").toLowerCase());
  }
}

export async function signIn(page: Page, origin: string, who: Pick<Arriving, "signIn" | "passphrase">): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel("Sign-in name").fill(who.signIn);
  await page.getByLabel("Passphrase", { exact: true }).fill(who.passphrase);
  await button(page, "Sign in").click();
  await heading(page, QUESTION).waitFor({ timeout: 30_000 });
}

/** Ida and Per, with a bond and a circle of the two, each signed in in a browser of their own. READY prepares a browser before. */
export async function idaAndPer(house: House, ready: (browser: PersonsBrowser) => Promise<unknown> = async () => undefined): Promise<[PersonsBrowser, PersonsBrowser]> {
  const { origin } = house;
  const first = await arrive(origin, await house.invite("steward"), "Ida");
  const { newcomer } = await bring(origin, first, "Per");
  await circleOf(first, [newcomer]);
  const browsers: PersonsBrowser[] = [];
  for (const who of [first, newcomer]) {
    await who.house.settings.set({ quickExitKnown: true });
    await settled(who);
    await who.close();
    const browser = await openBrowser(origin);
    await ready(browser);
    await signIn(browser.page, origin, { signIn: who.signInName, passphrase: who.passphrase });
    browsers.push(browser);
  }
  return browsers as [PersonsBrowser, PersonsBrowser];
}

export async function talkWith(page: Page, name: string): Promise<void> {
  await place(page, "People").click();
  await link(page, new RegExp(`^${name}\\b`)).first().click();
  await heading(page, `You and ${name}`).waitFor();
}

/** Two become each other's safe person: one makes a link, the other arrives by it. Both then stand in their talk or near it. */
export async function tellOneSafePerson(page: Page, newcomer: Page, who: Arriving): Promise<void> {
  await place(page, "People").click();
  await page.getByRole("link", { name: /Invite a safe person/ }).first().click();
  await button(page, "Make the link").click();
  const field = page.getByText(/\/join#/).or(page.getByLabel("The link", { exact: true })).first();
  const address = await field.evaluate((node) => (node as HTMLInputElement).value ?? node.textContent);
  await arriveByLink(newcomer, address.trim(), who);
  await newcomer.getByRole("heading", { name: /^You and / }).waitFor();
}
