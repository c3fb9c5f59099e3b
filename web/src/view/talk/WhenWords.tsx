// SPDX-License-Identifier: AGPL-3.0-or-later
// A time in words; the exact minute is there for who rests the pointer on it, and for machines.
import { formatWhen } from "../../i18n";
import { sayWhen } from "./when";

export function When({ at, now }: { at: number; now: number }) {
  return (
    <time class="when" dateTime={new Date(at).toISOString()} title={formatWhen(at, now)}>
      {sayWhen(at, now)}
    </time>
  );
}
