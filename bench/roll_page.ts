// SPDX-License-Identifier: AGPL-3.0-or-later
// The encryption in a worker, as it is shipped, for bench/roll.ts to measure in a browser.
import { connectCrypto } from "../web/src/crypto/remote";
import { measured, type Rolled } from "./roll_measure";

declare global {
  interface Window {
    measureRoll(): Promise<Rolled>;
  }
}

window.measureRoll = () => measured(connectCrypto(() => new Worker("/bench/crypto.js", { type: "module" })));
