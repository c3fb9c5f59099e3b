// SPDX-License-Identifier: AGPL-3.0-or-later
// Debian's Chromium, driven as a person uses it. Each person has a browser of their own (a context: own storage, own cookie).
// Whatever page is opened here is watched: a request to anyone but the house, a script error or a broken policy fails the test.
// `look` judges a screen with axe and keeps pictures of it in build/shots, on a phone and a desk, in light and dark.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test as nodeTest } from "node:test";
import axe from "axe-core";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { en } from "../../web/src/i18n/en";
import { inside } from "../../web/src/i18n/en/inside";
import { TOP } from "../harness";

const SHOTS = join(TOP, "build/shots");
export const FLAGS = ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  // A microphone that beeps; a person still has to be asked for it (see openBrowser).
  "--use-fake-device-for-media-stream"];
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

let browser: Promise<Browser> | null = null;
const open = new Set<PersonsBrowser>();

function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS, ignoreDefaultArgs: ["--headless"] });
  return browser;
}

export async function closeBrowser(): Promise<void> {
  open.clear();
  await (await browser?.catch(() => null))?.close();
  browser = null;
}

export interface PersonsBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong on any of its pages so far. */
  readonly wrong: readonly string[];
  /** A wrong that this test provokes on purpose. */
  expect(pattern: RegExp): void;
  /** A picture of where it stands, for whoever mends a failed test. */
  shot(name: string): Promise<void>;
  /** Another tab. */
  tab(): Promise<Page>;
  close(): Promise<void>;
}

export interface BrowserOptions {
  desk?: boolean;
  /** Whether the person says yes when the browser asks for the microphone. */
  microphone?: boolean;
}

/** A new person's browser, phone-sized. Fails at close if anything went wrong in it. */
export async function openBrowser(origin: string, options: BrowserOptions = {}): Promise<PersonsBrowser> {
  const context = await (await theBrowser()).newContext({
    viewport: options.desk ? DESK : PHONE,
    locale: "en-GB",
    timezoneId: "Europe/London",
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write", ...(options.microphone ? ["microphone"] : [])],
  });
  context.setDefaultTimeout(15_000);
  const wrong: string[] = [];
  const expected: RegExp[] = [];
  const note = (what: string) => expected.some((pattern) => pattern.test(what)) || wrong.push(what);
  // Nothing outside is ever asked: what a page asks for there is noted, and answered here with a blank page.
  await context.route(
    (url) => /^https?:$/.test(url.protocol) && url.origin !== origin,
    async (route) => {
      note(`asked a third party: ${route.request().url()}`);
      await route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Elsewhere</title><p>Elsewhere.</p>" });
    },
  );
  const watch = (page: Page) => {
    page.on("pageerror", (error) => note(`script error: ${error.message}`));
    page.on("console", (message) => {
      // Chromium reports each reply of 4xx and each lost connection as an error of the console; those are the API's business.
      if (message.type() === "error" && !/^Failed to load resource/.test(message.text())) note(`console: ${message.text()}`);
    });
  };
  context.on("page", watch);
  const page = await context.newPage();
  const person: PersonsBrowser = {
    context,
    page,
    wrong,
    expect: (pattern) => void expected.push(pattern),
    tab: () => context.newPage(),
    shot: async (name) => void (await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true }).catch(() => undefined)),
    async close() {
      open.delete(person);
      await context.close();
      assert.deepEqual(wrong, []);
    },
  };
  open.add(person);
  return person;
}

/** A test that, where it fails, leaves a picture of where each browser stood. */
export function test(name: string, go: () => Promise<void>): void {
  nodeTest(name, async () => {
    try {
      await go();
    } catch (error) {
      const about = name.replace(/\W+/g, "-").slice(0, 40);
      for (const [i, person] of [...open].entries()) await person.shot(`failed-${about}-${i + 1}`);
      throw error;
    }
  });
}

interface Finding {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** Nothing that WCAG 2.2 AA or good practice would object to. */
async function judge(page: Page, name: string): Promise<void> {
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const findings = await page.evaluate(async (values) => {
    const { axe } = globalThis as unknown as { axe: { run(root: unknown, options: unknown): Promise<{ violations: unknown }> } };
    return (await axe.run(document, { runOnly: { type: "tag", values } })).violations;
  }, tags);
  const lines = (findings as Finding[]).map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map(({ html, failureSummary }) => `${html}\n      ${failureSummary ?? ""}`).slice(0, 3).join("\n    ")}`);
  assert.equal(lines.length, 0, `axe on ${name}:\n  ${lines.join("\n  ")}`);
}

const KEY = new RegExp(`(^|\\s)(${[...Object.keys(en), ...Object.keys(inside)].join("|")})\\.[a-z][\\w.-]*`, "m");

/** Words that have not come yet would show as their keys. */
async function speaks(page: Page, name: string): Promise<void> {
  assert.doesNotMatch(await page.locator("body").innerText(), KEY, `${name} shows a key of the catalogue`);
}

/** A page must not be wider than its window: nobody scrolls sideways. */
async function fits(page: Page, name: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${name} is ${over} px too wide`);
}

const letters = (page: Page, size: string) => page.evaluate((value) => void (document.documentElement.style.fontSize = value), size);

/** Judges the screen that is shown now, in each size and colour, and keeps its pictures. */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  const before = page.viewportSize() ?? PHONE;
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const at = `${name}-${size.width}-${colorScheme}`;
      await page.screenshot({ path: join(SHOTS, `${at}.png`) });
      await judge(page, at);
      await fits(page, at);
    }
  }
  await speaks(page, name);
  // 200% zoom of a small desk is a window of half its width: everything must still fit.
  await page.setViewportSize({ width: 320, height: 640 });
  await fits(page, `${name} at 320 px`);
  await page.emulateMedia({ colorScheme: null });
  // And letters twice as large on a phone.
  await page.setViewportSize(PHONE);
  await letters(page, "200%");
  await fits(page, `${name} with large letters`);
  await letters(page, "");
  await page.setViewportSize(before);
}
