/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What the tabs of one browser tell each other. Nothing readable travels here: only "look
// again, there", and signals as the stream brought them, sealed.

import type { Id } from "../lib/id";
import type { GoneWhy } from "./face";
import type { Channel } from "./platform";

export type TabNews =
  | { readonly news: "entries"; readonly room: Id }
  | { readonly news: "outbox"; readonly ids: readonly Id[] }
  | { readonly news: "vault" }
  | { readonly news: "facts" }
  | { readonly news: "drafts" }
  | { readonly news: "recordings" }
  | { readonly news: "device" }
  | { readonly news: "sessions" }
  | { readonly news: "locked"; readonly why: "by-hand" | "idle" }
  | { readonly news: "unlocked" }
  | { readonly news: "gone"; readonly why: GoneWhy }
  | { readonly news: "connection"; readonly live: boolean }
  | { readonly news: "signal"; readonly data: string }
  /** The house says that one changed. */
  | { readonly news: "gathering"; readonly gathering: Id; readonly room: Id; readonly version: number }
  /** This tab said that I am there; once is enough. */
  | { readonly news: "present"; readonly gathering: Id }
  /** What this device keeps of them changed. */
  | { readonly news: "gatherings" }
  /** A new tab asks the leading one. */
  | { readonly news: "connected?" };

export interface Tabs {
  tell(news: TabNews): void;
  hear(listener: (news: TabNews) => void): void;
  close(): void;
}

export function createTabs(channel: Channel | undefined): Tabs {
  const listeners: ((news: TabNews) => void)[] = [];
  if (channel !== undefined) {
    // Same origin, same program: the shape is ours, and another version's news finds no listener.
    channel.onmessage = (event) => listeners.forEach((listener) => listener(event.data as TabNews));
  }
  return {
    tell: (news) => channel?.postMessage(news),
    hear: (listener) => void listeners.push(listener),
    close: () => channel?.close(),
  };
}
