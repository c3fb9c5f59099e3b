// SPDX-License-Identifier: AGPL-3.0-or-later
// What a large import costs while it waits and leaves: in Chromium, with its storage and a worker for the crypto, into a house
// that takes whatever comes.
//
//   node tests/run-node.mjs --run bench/import.ts [-- PAGES…]
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { openHouse, sweepUp, TOP, type House } from "../tests/harness";
import { newMember } from "../tests/member";
import type { Imported } from "./import_page";

const COUNTS = process.argv.slice(2).map(Number);
const FLAGS = ["--no-sandbox", "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function bundled(file: string): Promise<string> {
  const made = await build({ entryPoints: [join(TOP, file)], bundle: true, write: false, minify: true, format: "esm", target: "es2022", logLevel: "error" });
  return made.outputFiles[0]!.text;
}

async function imported(house: House, pages: number): Promise<Imported> {
  const who = await newMember(house, fetch, `writer${pages}`);
  const served = {
    "/bench/": { contentType: "text/html", body: '<!doctype html><title>.</title><script type="module" src="page.js"></script>' },
    "/bench/page.js": { contentType: "text/javascript", body: await bundled("bench/import_page.ts") },
    "/bench/crypto.js": { contentType: "text/javascript", body: await bundled("web/src/crypto/worker.ts") },
  };
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  try {
    const context = await browser.newContext();
    await context.route(`${house.origin}/bench/**`, (route) => route.fulfill(served[new URL(route.request().url()).pathname as keyof typeof served]));
    const page = await context.newPage();
    await page.goto(`${house.origin}/bench/`);
    await page.waitForFunction(() => "measure" in window);
    return await page.evaluate(([name, passphrase, count]) => window.measure(name, passphrase, count), [who.name, who.passphrase, pages] as const);
  } finally {
    await browser.close();
  }
}

try {
  const house = await openHouse({ flags: ["--rate-factor", "0", "--log", "error"] });
  console.log("| pages | kept and listed, ms | the first 100 sent, ms | all sent, ms | a page, ms | own words in the midst of it, ms | longest pause, ms |\n|---|---|---|---|---|---|---|");
  for (const pages of COUNTS.length > 0 ? COUNTS : [1_000, 5_000, 10_000]) {
    const { keptMs, hundredMs, sentMs, ownMs, longestMs } = await imported(house, pages);
    const figures = [keptMs, hundredMs, sentMs].map(Math.round).concat(Math.round((sentMs / pages) * 10) / 10, Math.round(ownMs), Math.round(longestMs));
    console.log(`| ${pages} | ${figures.join(" | ")} |`);
  }
} finally {
  await sweepUp();
}
