// SPDX-License-Identifier: AGPL-3.0-or-later
// What every line of one talk needs to know: where it stands, whom it is with, and how to point the box at it.
import type { Id, Log } from "../../model/face";
import type { Composer } from "./use-composer";

export interface Talking {
  readonly log: Log;
  readonly room: Id;
  /** The name of the other, as I see it. */
  readonly name: string;
  readonly now: number;
  readonly composer: Composer;
}
