// SPDX-License-Identifier: AGPL-3.0-or-later
// What a device keeps. Locked, it holds none of a person's words, in the browser's own storage and in the files under it. It
// can be put on the home screen; and a newer version of the page is offered while somebody writes, never forced.
import assert from "node:assert/strict";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { openHouse, sweepUp, type House } from "../harness";
import { findIn, findInFolder, needle } from "../search";
import { until } from "../children";
import { FLAGS } from "./browser";
import { arriveByLink, button, heading, keptForOffline, place, QUESTION } from "./steps";

const WHO = { called: "Marisol Tamarind", signIn: "marisol.tamarind", passphrase: "forty lanterns along the canal wall" };
const WORDS = {
  page: "the marzipan pigeon on the kitchen sill",
  draft: "half of a thought about the quince tree",
  letter: "dear brother of the turquoise rowing boat",
  to: "Aurelio by the turquoise water",
  checkin: "a saxophone kind of tiredness today",
  outside: "Wilhelmina Porcupine next door",
};

let house: House;
const opened: { folder: string; context: BrowserContext }[] = [];

before(async () => {
  house = await openHouse();
});

after(async () => {
  for (const { folder, context } of opened) {
    await context.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
  await sweepUp();
});

/** A browser with a profile on disk, as people have it. */
async function phone(): Promise<{ folder: string; context: BrowserContext; page: Page }> {
  const folder = mkdtempSync(join(tmpdir(), "beside-profile-"));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
    ignoreDefaultArgs: ["--headless"],
    viewport: { width: 390, height: 844 },
  });
  context.setDefaultTimeout(15_000);
  opened.push({ folder, context });
  return { folder, context, page: context.pages()[0] ?? (await context.newPage()) };
}

async function writeEverywhere(page: Page): Promise<void> {
  await page.goto(`${house.origin}/check-in`);
  await page.getByRole("radio", { name: /^7: / }).check({ force: true });
  await page.getByRole("textbox", { name: "In your words" }).fill(WORDS.checkin);
  await button(page, "Save for me").click();
  await page.getByText("Only you can read this.").first().waitFor();
  await page.goto(`${house.origin}/journal/new`);
  await page.getByRole("textbox", { name: "Your words" }).fill(WORDS.page);
  await page.getByRole("textbox", { name: "Your words" }).press("Control+Enter");
  await page.getByText("Kept. Only you can read it.").waitFor();
  await page.goto(`${house.origin}/letters/new`);
  await page.getByLabel("To whom").fill(WORDS.to);
  await page.getByLabel("Your letter").fill(WORDS.letter);
  await button(page, "Keep it").click();
  await page.waitForURL(/\/letters\/[\w-]{22}/);
  await page.goto(`${house.origin}/outside/new`);
  await page.getByLabel("Name", { exact: false }).first().fill(WORDS.outside);
  await button(page, "Keep").click();
  await page.goto(`${house.origin}/journal`);
  await page.getByRole("searchbox", { name: "Find in your journal" }).fill("marzipan");
  await page.getByText(/marzipan/).first().waitFor();
  await page.goto(`${house.origin}/journal/new`);
  await page.getByRole("textbox", { name: "Your words" }).fill(WORDS.draft);
  await page.waitForTimeout(1_500); // longer than a draft waits to be stored
}

/** All that the page's own storage holds, as one text: every row of every store, bytes as latin-1, and the kept files' names. */
async function stored(page: Page): Promise<{ rows: number; text: string }> {
  return page.evaluate(async () => {
    const read = <T>(asking: IDBRequest<T>) => new Promise<T>((done, failed) => {
      asking.onsuccess = () => done(asking.result);
      asking.onerror = () => failed(asking.error);
    });
    const say = (value: unknown): string => {
      if (value instanceof Uint8Array) return new TextDecoder("latin1").decode(value);
      if (value instanceof CryptoKey) return `key:${value.extractable}`;
      if (typeof value !== "object" || value === null) return String(value);
      return Object.entries(value).map(([name, inner]) => `${name}=${say(inner)}`).join("\n");
    };
    let rows = 0;
    const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, document.body.innerText, document.title];
    for (const { name } of await indexedDB.databases()) {
      const database = await read(indexedDB.open(name ?? ""));
      for (const store of database.objectStoreNames) {
        const shelf = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([read(shelf.getAllKeys()), read(shelf.getAll())]);
        rows += values.length;
        values.forEach((value, i) => parts.push(`${store} ${say(keys[i])} ${say(value)}`));
      }
      database.close();
    }
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) parts.push(url);
    return { rows, text: parts.join("\n") };
  });
}

const needles = () => [
  ...Object.entries(WORDS).map(([name, words]) => needle(name, words)),
  ...Object.entries(WORDS).map(([name, words]) => needle(`a word of ${name}`, words.split(" ").find((word) => word.length >= 8) ?? words)),
  needle("called", WHO.called), needle("sign-in name", WHO.signIn), needle("passphrase", WHO.passphrase),
];

test("locked, the browser holds no word, no name and no passphrase in its storage, and its files none but the sign-in name", async () => {
  const { folder, context, page } = await phone();
  const card = await arriveByLink(page, await house.invite("steward"), WHO);
  await heading(page, QUESTION).waitFor();
  await writeEverywhere(page);
  await button(page, "Lock now").click();
  await page.getByLabel("Passphrase", { exact: true }).waitFor();
  const all = [...needles(), needle("recovery card", card.slice(0, 8).join("-"))];
  const { rows, text } = await stored(page);
  assert.ok(rows >= 12 && /^drafts /m.test(text) && /^entries /m.test(text), `${rows} rows were looked at`);
  assert.deepEqual(findIn(Buffer.from(text, "latin1"), all), []);
  assert.deepEqual(findIn(Buffer.from(text), all), []);
  // A control: the same search finds what is not sealed.
  await page.evaluate(() => localStorage.setItem("control", "an unsealed pomegranate"));
  assert.deepEqual(findIn(Buffer.from((await stored(page)).text, "latin1"), [needle("control", "an unsealed pomegranate")]), ["control"]);

  await context.close();
  const found = findInFolder(folder, [...all, needle("control", "an unsealed pomegranate")]).filter(({ found }) => found.length > 0);
  assert.ok(found.some(({ found }) => found.includes("control")), "the files of the profile were searched");
  // The sign-in name's field is for the browser's own password manager, so the browser knows it; and nothing else.
  const known = ["control", "sign-in name"];
  assert.deepEqual(found.map(({ file, found }) => ({ file, found: found.filter((one) => !known.includes(one)) })).filter(({ found }) => found.length > 0), []);
});

// ── A newer version ─────────────────────────────────────────────────────────────────────────────────────────────────

/** The house behind a door that, once told so, shows another service worker: as if a newer version were served. */
function doorTo(port: number, newer: () => boolean): Server {
  return createServer((asked: IncomingMessage, answer: ServerResponse) => {
    const { url, method, headers } = asked;
    const plain = url === "/sw.js" ? { ...headers, "accept-encoding": "identity", "if-none-match": "" } : headers;
    const onward = request({ port, host: "127.0.0.1", path: url, method, headers: plain }, (reply) => {
      if (url !== "/sw.js" || !newer()) return void (answer.writeHead(reply.statusCode ?? 502, reply.headers), reply.pipe(answer));
      const parts: Buffer[] = [];
      reply.on("data", (part: Buffer) => parts.push(part));
      reply.on("end", () => {
        const body = `${Buffer.concat(parts).toString()}\n// newer`;
        answer.writeHead(200, { ...reply.headers, "content-length": Buffer.byteLength(body), etag: '"newer"' }).end(body);
      });
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
}

test("it can be installed, and a newer version waits until the person takes it; words being written stay", async () => {
  let newer = false;
  const door = doorTo(house.port, () => newer);
  await new Promise<void>((listening) => door.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(door.address() as { port: number }).port}`;
  const { context, page } = await phone();
  try {
    const invite = (await house.invite("steward")).replace(house.origin, origin);
    await arriveByLink(page, invite, { called: "Pelle", signIn: "pelle", passphrase: "seventeen slow herons standing" });
    await heading(page, QUESTION).waitFor();
    await keptForOffline(page);

    const wire = await context.newCDPSession(page);
    const { installabilityErrors } = await wire.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors, []);

    await place(page, "Journal").click();
    await page.getByRole("link", { name: "Write", exact: true }).first().click();
    const words = page.getByRole("textbox", { name: "Your words" });
    await words.fill("in the middle of a sentence");
    await page.evaluate(() => void ((window as unknown as { here: boolean }).here = true));
    newer = true;
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await page.getByText("There is a newer version of this page.", { exact: false }).waitFor();
    assert.equal(await words.inputValue(), "in the middle of a sentence");
    await words.press("End");
    await words.pressSequentially(", and on");
    await page.waitForTimeout(1_000);
    assert.equal(await page.evaluate(() => (window as unknown as { here?: boolean }).here), true, "nothing was loaded anew");

    await button(page, "Change now").click();
    await until("the page is loaded anew", async () => (await page.evaluate(() => (window as unknown as { here?: boolean }).here).catch(() => true)) === undefined);
    await words.waitFor();
    assert.equal(await words.inputValue(), "in the middle of a sentence, and on");
  } finally {
    await context.close();
    door.closeAllConnections();
    door.close();
  }
});
