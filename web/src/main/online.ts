// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether this device says that it has a network, as a signal.
import { signal, type ReadonlySignal } from "@preact/signals";

export function onlineSignal(): ReadonlySignal<boolean> {
  const online = signal(navigator.onLine);
  addEventListener("online", () => (online.value = true));
  addEventListener("offline", () => (online.value = false));
  return online;
}
