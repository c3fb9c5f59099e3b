// SPDX-License-Identifier: AGPL-3.0-or-later
// What a first visit costs: a fresh browser opens the house; every byte that comes over the wire until it is quiet is
// counted, and the time until the first screen can be used. Medians of five. (What the build counts as a first visit is more:
// all files that the service worker keeps for offline use; web/build.mjs prints it and refuses over 300,000 bytes.)

import { chromium } from "playwright-core";

const FLAGS = ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const RUNS = 5;

interface Visit {
  readonly bytes: number;
  readonly requests: number;
  readonly usableMs: number;
}

async function visit(address: string): Promise<Visit> {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  try {
    const page = await browser.newPage();
    const wire = await page.context().newCDPSession(page);
    let bytes = 0;
    let requests = 0;
    await wire.send("Network.enable");
    wire.on("Network.loadingFinished", (event) => {
      bytes += event.encodedDataLength;
      requests += 1;
    });
    const began = Date.now();
    await page.goto(address);
    await page.getByRole("link", { name: "Sign in" }).or(page.getByRole("button", { name: "Sign in" })).first().waitFor();
    const usableMs = Date.now() - began;
    await page.waitForLoadState("networkidle");
    return { bytes, requests, usableMs };
  } finally {
    await browser.close();
  }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const address = process.argv.at(-1)!;
const visits: Visit[] = [];
for (let run = 0; run < RUNS; run += 1) visits.push(await visit(address));
console.log("| first visit (fresh Chromium, without what the service worker keeps for offline) | median of 5 |\n|---|---|");
console.log(`| bytes over the wire | ${median(visits.map((v) => v.bytes))} |`);
console.log(`| requests | ${median(visits.map((v) => v.requests))} |`);
console.log(`| usable after, ms | ${median(visits.map((v) => v.usableMs))} |`);
