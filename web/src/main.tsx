// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the page begins: takes the link out of the address, gives the model the browser it runs in, and draws the shell.
import { render } from "preact";
import { connectCrypto } from "./crypto/remote";
import { openLocal } from "./local/local";
import { deviceName } from "./main/device-name";
import { onlineSignal } from "./main/online";
import { createHouse } from "./model/house";
import { App } from "./view/shell/App";
import { keepPageForOffline } from "./view/shell/new-version";
import { watchAddressForLinks } from "./view/shell/pending-link";

/** The address of the crypto worker's own bundle; the build puts it here. */
declare const __WORKER__: string;

watchAddressForLinks();

const house = createHouse({
  origin: location.origin,
  fetch: (input, init) => fetch(input, init),
  crypto: connectCrypto(() => new Worker(__WORKER__, { type: "module", name: "crypto" })),
  storage: openLocal("beside"),
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as number),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  online: onlineSignal(),
  deviceName: deviceName(navigator.userAgent),
  channel: new BroadcastChannel("beside"),
  ...(navigator.locks ? { locks: navigator.locks } : {}),
});

const root = document.getElementById("app");
if (root) {
  root.textContent = "";
  render(<App house={house} />, root);
}
void keepPageForOffline();
