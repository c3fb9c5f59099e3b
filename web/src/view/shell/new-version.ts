// SPDX-License-Identifier: AGPL-3.0-or-later
// The service worker keeps the page for offline opening. When the house serves a newer page, the new worker waits until
// the person says yes: nothing reloads under someone who is writing.
import { signal } from "@preact/signals";

export const newVersion = signal(false);

let waiting: ServiceWorker | null = null;

export async function keepPageForOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register("/sw.js", { type: "module", updateViaCache: "none" });
    offer(registration.waiting);
    registration.addEventListener("updatefound", () => watch(registration.installing));
  } catch {
    // Private windows and some settings refuse it. The page works without; it only does not open offline.
  }
}

function watch(worker: ServiceWorker | null): void {
  worker?.addEventListener("statechange", () => {
    if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
  });
}

function offer(worker: ServiceWorker | null): void {
  if (!worker) return;
  waiting = worker;
  newVersion.value = true;
}

/** A session is open: from now on its screens open without a connection, too. */
export async function keepInsideForOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage("keep inside");
}

export function takeNewVersion(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting?.postMessage("take over");
}
