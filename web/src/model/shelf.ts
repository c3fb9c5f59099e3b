/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The shelf: what I keep for myself (pages, check-ins, letters), as this device knows it. Lists, months, feelings, the
// picture of weight and every search read the shelf, so that nothing decrypts ten thousand entries at unlock.

import type { ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { CheckinWords, Kept, LetterWords, Loading, Ms, PageWords, Place } from "./face";

/** One version of a kept thing. Exactly one of page, letter, checkin is set, by the thing's kind. */
export interface StandingVersion {
  readonly id: Id;
  readonly at: Ms;
  /** The versions it was made from; empty for the root. */
  readonly after: readonly Id[];
  readonly place: Place;
  readonly page: PageWords | null;
  readonly letter: LetterWords | null;
  readonly checkin: CheckinWords | null;
}

/** A line of the self room that hangs on a kept thing. `line` is the line's own id: take that back, and it is gone. */
export interface StandingShared {
  readonly line: Id;
  readonly room: Id;
  /** The share in that room. */
  readonly entry: Id;
  readonly at: Ms;
  readonly place: Place;
}

export interface StandingSending {
  readonly line: Id;
  readonly room: Id;
  readonly at: Ms;
  readonly place: Place;
}

/**
 * All that stands of one thing: opened, judged, with what still waits in the outbox, without what was taken back or waits to
 * be. Nothing refused by a check is in it. Oldest first everywhere.
 */
export interface Standing {
  /** The root's id, even when the root itself was let go and only edits stand. */
  readonly id: Id;
  readonly kind: Kept["kind"];
  readonly at: Ms;
  readonly versions: readonly StandingVersion[];
  /** Those that no other was made from: what `edit` names in `after`. Two or more: edits that did not know of one another. */
  readonly newest: readonly StandingVersion[];
  readonly shared: readonly StandingShared[];
  readonly sending: readonly StandingSending[];
}

export interface Shelf {
  /** "ready" once everything that this device holds is on it; words just written are on it at once, whatever it says. */
  readonly state: ReadonlySignal<Loading>;
  /** Whether the device holds the self room from its first line on; until then older ones are being fetched. */
  readonly whole: ReadonlySignal<boolean>;
  /** Newest day first, same day: newest first. Waiting words are in it, those taken back (even if only here so far) are not. */
  readonly kept: ReadonlySignal<readonly Kept[]>;
  /** A new object after each change of anything that `kept`, `find` or `standing` would answer: read it in an effect, ask again. */
  readonly changed: ReadonlySignal<object>;
  /** As Journal.find. */
  find(what: { readonly words?: string; readonly month?: string; readonly feeling?: string }): Promise<readonly Kept[]>;
  /** Null: there is no such thing (any more). Reads and opens its few lines anew; the shelf holds no whole text. */
  standing(id: Id): Promise<Standing | null>;
  /** Resolves when the state is "ready"; rejects with its failure. */
  ready(): Promise<void>;

  // For house.ts:
  /** The session was opened: from this device, then whatever is missing from the house. */
  load(): Promise<void>;
  /** Locked: nothing of it stays in memory. */
  clear(): void;
}
