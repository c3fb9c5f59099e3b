// SPDX-License-Identifier: AGPL-3.0-or-later
// What a long journal costs: a house with 10,000 pages of a hundred words each in one self room, and the shipped client (without
// its screens) that fetches them, opens again, and searches: in Chromium, with its storage and a worker for the crypto, and
// in Node on a storage in memory. The entries are sealed by the shipped encryption and put there through the API.
//
//   node tests/run-node.mjs --run bench/journal.ts [-- ENTRIES]
import "fake-indexeddb/auto";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { signal } from "@preact/signals";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { openHouse, sweepUp, TOP } from "../tests/harness";
import { newId, newMember, type Member } from "../tests/member";
import { createJar } from "../web/src/api/jar";
import { createKeyring } from "../web/src/crypto/keyring";
import type { Id } from "../web/src/lib/id";
import { openLocal } from "../web/src/local/local";
import { toJson } from "../web/src/model/content";
import { createHouse } from "../web/src/model/house";
import { measured, type Measured } from "./journal_measure";
import { journalOf } from "./journal_words";

const ENTRIES = Number(process.argv[2] ?? 10_000);
const WORDS_EACH = 100;
/** Entries on their way at one time; each follows one of the wave before, as its author's `prev` says. */
const WAVE = 64;
const DAY_MS = 86_400_000;
const FLAGS = ["--no-sandbox", "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function fill(who: Member): Promise<void> {
  const texts = journalOf(ENTRIES, WORDS_EACH);
  let prev: Id | "" = "";
  for (let from = 0; from < ENTRIES; from += WAVE) {
    const wave = texts.slice(from, from + WAVE).map((text, i) => put(who, text, from + i, prev));
    prev = (await Promise.all(wave))[0]!;
  }
}

async function put(who: Member, text: string, n: number, prev: Id | ""): Promise<Id> {
  const id = newId();
  const day = new Date(Date.now() - (ENTRIES - n) * (DAY_MS / 3)).toISOString().slice(0, 10);
  const page = { text, day, feelings: ["tired"], weight: n % 11, weightAfter: null, prompt: "", voice: null, written: null };
  const { body } = await who.keys.sealEntry({ room: who.selfRoom, id, content: { ...toJson({ kind: "page", page }), prev } });
  const { status } = await who.put(who.selfRoom, id, body);
  if (status !== 201) throw new Error(`the house took no entry: ${status}`);
  return id;
}

function inNode(origin: string, who: Member): Promise<Measured> {
  const jar = createJar(origin, fetch);
  const open = async () =>
    createHouse({
      origin,
      fetch: jar.fetch,
      crypto: await createKeyring(),
      storage: openLocal("bench"),
      now: Date.now,
      setTimeout: (run, ms) => setTimeout(run, ms),
      clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
      randomBytes: (count) => new Uint8Array(randomBytes(count)),
      online: signal(true),
      deviceName: "a measured Node",
    });
  return measured(open, who, ENTRIES);
}

async function bundled(file: string): Promise<string> {
  const made = await build({ entryPoints: [join(TOP, file)], bundle: true, write: false, minify: true, format: "esm", target: "es2022", logLevel: "error" });
  return made.outputFiles[0]!.text;
}

async function inBrowser(origin: string, who: Member): Promise<Measured> {
  const served = {
    "/bench/": { contentType: "text/html", body: '<!doctype html><title>.</title><script type="module" src="page.js"></script>' },
    "/bench/page.js": { contentType: "text/javascript", body: await bundled("bench/journal_page.ts") },
    "/bench/crypto.js": { contentType: "text/javascript", body: await bundled("web/src/crypto/worker.ts") },
  };
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  try {
    const context = await browser.newContext();
    await context.route(`${origin}/bench/**`, (route) => route.fulfill(served[new URL(route.request().url()).pathname as keyof typeof served]));
    const page = await context.newPage();
    await page.goto(`${origin}/bench/`);
    await page.waitForFunction(() => "measure" in window);
    return await page.evaluate(([name, passphrase, entries]) => window.measure(name, passphrase, entries), [who.name, who.passphrase, ENTRIES] as const);
  } finally {
    await browser.close();
  }
}

function row(what: string, show: (one: Measured) => number, all: readonly Measured[]): void {
  console.log(`| ${what} | ${all.map((one) => show(one).toFixed(show(one) < 100 ? 1 : 0)).join(" | ")} |`);
}

const sorted = ({ searchMs }: Measured): number[] => [...searchMs].sort((a, b) => a - b);

try {
  const house = await openHouse({ flags: ["--rate-factor", "0", "--log", "error"] });
  const who = await newMember(house, fetch, "writer");
  await fill(who);
  const all = [await inBrowser(house.origin, who), await inNode(house.origin, who)];
  for (const { unfound } of all) if (unfound > 0) throw new Error(`${unfound} searches found nothing`);
  console.log(`| a journal of ${ENTRIES} pages of ${WORDS_EACH} words, ms | Chromium | Node, storage in memory |\n|---|---|---|`);
  row("signed in on a new device, until the newest hundred are shown", ({ newestMs }) => newestMs, all);
  row("… until all of it was fetched, opened, judged and shown", ({ firstMs }) => firstMs, all);
  row("from the passphrase until the list stands", ({ unlockMs }) => unlockMs, all);
  row("… of that, deriving the keys from the passphrase", ({ deriveMs }) => deriveMs, all);
  row("opened anew without a lock, until the list stands", ({ reopenMs }) => reopenMs, all);
  row("the first search, at once after that", ({ firstSearchMs }) => firstSearchMs, all);
  row("a search, median of 50", (one) => sorted(one)[25]!, all);
  row("a search, slowest of 50", (one) => sorted(one)[49]!, all);
} finally {
  await sweepUp();
}
