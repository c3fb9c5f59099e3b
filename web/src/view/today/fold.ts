// SPDX-License-Identifier: AGPL-3.0-or-later
// What came, with the words of one person folded into one line: it says that they wrote, never how often. Putting the line
// away puts away all that it stands for.
import type { Came } from "../../model/face";

export interface Folded {
  /** The newest of them: the one to show. */
  readonly item: Came;
  readonly keys: readonly string[];
}

const isWords = ({ kind }: Came): boolean => kind === "share" || kind === "reply";

export function foldCame(came: readonly Came[]): Folded[] {
  const folded: { item: Came; keys: string[] }[] = [];
  for (const item of came) {
    const newer = isWords(item) && folded.find((other) => isWords(other.item) && other.item.room === item.room && other.item.person === item.person);
    if (newer) newer.keys.push(item.key);
    else folded.push({ item, keys: [item.key] });
  }
  return folded;
}
