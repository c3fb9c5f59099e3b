// SPDX-License-Identifier: AGPL-3.0-or-later
// The client without its screens, for bench/import.ts: pages from elsewhere are kept without a network; then it comes back.
import { effect, signal } from "@preact/signals";
import { connectCrypto } from "../web/src/crypto/remote";
import { openLocal } from "../web/src/local/local";
import { createHouse } from "../web/src/model/house";

export interface Imported {
  /** Until all pages were safe on the device and on the list. */
  readonly keptMs: number;
  /** From the network's return until the first hundred, and until all, were at the house. */
  readonly hundredMs: number;
  readonly sentMs: number;
  /** Words written in the middle of it, until the house had them. */
  readonly ownMs: number;
  /** The longest time in which the page heard nothing. */
  readonly longestMs: number;
}

declare global {
  interface Window {
    measure(name: string, passphrase: string, pages: number): Promise<Imported>;
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function until(wanted: () => boolean): Promise<void> {
  while (!wanted()) await pause(5);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

window.measure = async (name, passphrase, count) => {
  const online = signal(true);
  let sent = 0;
  const house = createHouse({
    origin: location.origin,
    fetch: async (input, init) => {
      if (!online.value) throw new TypeError("no network");
      const reply = await fetch(input, init);
      if (init?.method === "PUT" && String(input).includes("/entries/")) sent++;
      return reply;
    },
    crypto: connectCrypto(() => new Worker("/bench/crypto.js", { type: "module" })),
    storage: openLocal("beside-bench"),
    now: () => Date.now(),
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer as number),
    randomBytes: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    online,
    deviceName: "a measured browser",
  });
  await house.ready;
  await house.session.signIn({ signInName: name, passphrase });
  await until(() => house.journal.state.value.is === "ready");
  // What a screen reads.
  effect(() => void [house.journal.kept.value, house.connection.unsent.value, house.checkins.list.value]);
  const key = (n: number) => btoa(String.fromCharCode(...new Uint8Array(12), n >> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const words = (n: number) => ({ text: `page ${n} of long ago `.repeat(25), day: `20${10 + (n % 14)}-0${1 + (n % 9)}-1${n % 10}`, feelings: ["tired"], weight: null, weightAfter: null, prompt: "", voice: null, written: null });
  const pages = Array.from({ length: count }, (_, n) => ({ key: key(n + 1), words: words(n), known: false }));
  online.value = false;
  const keptMs = await timed(async () => {
    await house.importing.keep({ format: "text", pages, unread: [] });
    await until(() => house.journal.kept.value.length === count);
  });
  let [last, longestMs] = [performance.now(), 0];
  const beat = setInterval(() => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
  }, 1);
  const began = performance.now();
  online.value = true;
  await until(() => sent >= 100);
  const hundredMs = performance.now() - began;
  await until(() => sent >= count / 2);
  const ownMs = await timed(async () => {
    const id = await house.journal.write(words(7));
    const page = house.journal.page(id);
    const stop = effect(() => void page.value);
    await until(() => page.value?.versions[0]?.place.is === "sent");
    stop();
  });
  await until(() => !house.connection.unsent.value);
  const sentMs = performance.now() - began;
  clearInterval(beat);
  await house.close();
  return { keptMs, hundredMs, sentMs, ownMs, longestMs };
};
