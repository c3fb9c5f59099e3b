// SPDX-License-Identifier: AGPL-3.0-or-later
// The client without its screens, for bench/journal.ts to measure in a browser: the model, on the browser's own storage, with
// its crypto in a worker as it is shipped.
import { signal } from "@preact/signals";
import { connectCrypto } from "../web/src/crypto/remote";
import { openLocal } from "../web/src/local/local";
import type { House } from "../web/src/model/face";
import { createHouse } from "../web/src/model/house";
import { measured, type Measured } from "./journal_measure";

declare global {
  interface Window {
    measure(name: string, passphrase: string, entries: number): Promise<Measured>;
  }
}

const open = (): House =>
  createHouse({
    origin: location.origin,
    fetch: (input, init) => fetch(input, init),
    crypto: connectCrypto(() => new Worker("/bench/crypto.js", { type: "module" })),
    storage: openLocal("beside-bench"),
    now: () => Date.now(),
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer as number),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    online: signal(true),
    deviceName: "a measured browser",
  });

window.measure = (name, passphrase, entries) => measured(open, { name, passphrase }, entries);
