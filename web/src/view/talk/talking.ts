// SPDX-License-Identifier: AGPL-3.0-or-later
// What every line of one talk needs to know: where it stands, whom it is with, and how to point the box at it. The talk is a
// bond's or a circle's; the lines are shown the same, but in a circle each has a name of its own.
import type { Circle, Id, Log } from "../../model/face";
import type { Composer } from "./use-composer";

export interface Talking {
  readonly log: Log;
  readonly room: Id;
  /** The name of the other, as I see it. Within one line of a circle: of who said it. */
  readonly name: string;
  /** By the name they go by here. */
  nameOf(person: Id): string;
  /** Null in a bond. */
  readonly circle: Circle | null;
  readonly now: number;
  readonly composer: Composer;
}

export const inLineOf = (talking: Talking, author: Id): Talking => ({ ...talking, name: talking.nameOf(author) });
