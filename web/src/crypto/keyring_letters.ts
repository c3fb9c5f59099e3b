// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyring's letters sealed until a day.

import type { Held } from "./held";
import type { Part } from "./keyring";
import { openLetter, sealLetter } from "./letter";

export function letterPart(held: Held): Part<"sealUntil" | "openUntil"> {
  return {
    sealUntil: ({ entry, until, value }) => sealLetter(held.me, entry, until, value, held.platform.random),

    openUntil: ({ entry, now, sealed }) => openLetter(held.me, entry, now, sealed),
  };
}
