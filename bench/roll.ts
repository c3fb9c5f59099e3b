// SPDX-License-Identifier: AGPL-3.0-or-later
// What a new key for a circle of 24 costs the one who makes it: in Chromium, where the encryption runs in a worker, and in Node;
// in milliseconds, and beside what it costs to seal one entry. No house is needed.
//
//   node tests/run-node.mjs --run bench/roll.ts
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { createKeyring } from "../web/src/crypto/keyring";
import { measured, type Rolled } from "./roll_measure";

declare const __TOP__: string;

const FLAGS = ["--no-sandbox", "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const ORIGIN = "http://localhost"; // every request is answered here; nothing leaves the browser

async function bundled(file: string): Promise<string> {
  const made = await build({ entryPoints: [join(__TOP__, file)], bundle: true, write: false, minify: true, format: "esm", target: "es2022", logLevel: "error" });
  return made.outputFiles[0]!.text;
}

async function inBrowser(): Promise<Rolled> {
  const served = {
    "/bench/": { contentType: "text/html", body: '<!doctype html><title>.</title><script type="module" src="page.js"></script>' },
    "/bench/page.js": { contentType: "text/javascript", body: await bundled("bench/roll_page.ts") },
    "/bench/crypto.js": { contentType: "text/javascript", body: await bundled("web/src/crypto/worker.ts") },
  };
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  try {
    const context = await browser.newContext();
    await context.route(`${ORIGIN}/**`, (route) => route.fulfill(served[new URL(route.request().url()).pathname as keyof typeof served] ?? { status: 404 }));
    const page = await context.newPage();
    await page.goto(`${ORIGIN}/bench/`);
    await page.waitForFunction(() => "measureRoll" in window);
    return await page.evaluate(() => window.measureRoll());
  } finally {
    await browser.close();
  }
}

function report(browser: Rolled, node: Rolled): void {
  const row = (what: string, show: (one: Rolled) => string): void => console.log(`| ${what} | ${show(browser)} | ${show(node)} |`);
  const ms = (value: number): string => value.toFixed(2);
  console.log("| a circle of 24, medians of 50, ms | Chromium, in a worker | Node, in one thread |\n|---|---|---|");
  row("a new key for all, one gone and one come", ({ changeMs }) => ms(changeMs));
  row("sealing one entry of 500 bytes", ({ sealMs }) => ms(sealMs));
  row("… so the new key costs as much as so many entries", ({ changeMs, sealMs }) => (changeMs / sealMs).toFixed(0));
  row("an entry that was asked for in the same moment as a new key, until it is sealed", ({ behindMs }) => ms(behindMs));
  row("taking in a link and one's envelope", ({ takeMs }) => ms(takeMs));
  row("the longest time meanwhile for which the asking thread could do nothing else", ({ pauseMs }) => ms(pauseMs));
}

report(await inBrowser(), await measured(await createKeyring()));
