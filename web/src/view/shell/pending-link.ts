// SPDX-License-Identifier: AGPL-3.0-or-later
// The invite link with which this page was opened, held in memory only. Its secret stands after "#" and is taken out of
// the address bar and of this history entry at once, so that neither the back button nor a glance gives it away.
// It outlives a sign-in: someone who has an account signs in first and then accepts.
import { signal } from "@preact/signals";

export const pendingLink = signal<string | null>(null);

/** Called once at the start, and again when a link is opened in a tab that already runs. */
export function takeLinkFromAddress(): void {
  if (location.pathname !== "/join" || location.hash.length < 2) return;
  pendingLink.value = location.href;
  history.replaceState(history.state, "", "/join");
}

export function watchAddressForLinks(): void {
  takeLinkFromAddress();
  addEventListener("hashchange", takeLinkFromAddress);
}
