/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What the model needs of the world around it, passed in, so that the same model runs in a browser's tab and in Node.

import type { ReadonlySignal } from "@preact/signals";
import type { Crypto } from "../crypto/face";
import type { Bytes } from "../lib/bytes";
import type { Local } from "../local/local";
import type { Locks } from "../api/leader";

/** The part of BroadcastChannel that is used. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

export interface Platform {
  /** "https://house.example", without a path. */
  readonly origin: string;
  /** Keeps the session's cookie, as a browser's fetch does. */
  readonly fetch: typeof globalThis.fetch;
  readonly crypto: Crypto;
  readonly storage: Local;
  /** Milliseconds since 1970 by this device's clock. */
  readonly now: () => number;
  /** Milliseconds that only go up, whatever the clock is set to; `performance.now` unless given. */
  readonly ticks?: () => number;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
  readonly randomBytes: (count: number) => Bytes;
  /** Whether the device says that it has a network. */
  readonly online: ReadonlySignal<boolean>;
  /** What this device is called in the list of sessions: "Firefox on Android". */
  readonly deviceName: string;
  /** To the other tabs of this browser; without it there are none. */
  readonly channel?: Channel;
  /** The browser's locks; without them this tab leads. */
  readonly locks?: Locks;
}
