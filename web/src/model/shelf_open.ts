/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Opens many lines of a room at once.

import { CryptoError, type EntryContent } from "../crypto/face";
import type { Id } from "../lib/id";
import type { EntryRow } from "../local/local";
import type { Core } from "./core";
import type { Keys } from "./keys";

/** In order; null for what did not open, or has nothing to open. */
export async function openAll(core: Core, keys: Pick<Keys, "ready">, room: Id, rows: readonly EntryRow[]): Promise<(EntryContent | null)[]> {
  if (rows.some(({ state }) => state === "plain")) await keys.ready(room);
  const first = await Promise.all(rows.map((row) => openOne(core, row)));
  if (!first.includes("unknown-epoch")) return first.map(known);
  await keys.ready(room, true);
  return (await Promise.all(rows.map((row) => openOne(core, row)))).map(known);
}

type Opened = EntryContent | "unknown-epoch" | null;

const known = (one: Opened): EntryContent | null => (one === "unknown-epoch" ? null : one);

async function openOne(core: Core, row: EntryRow): Promise<Opened> {
  if (row.state !== "plain") return null;
  try {
    return await core.crypto.openEntry(row);
  } catch (error) {
    if (!(error instanceof CryptoError) || error.code === "locked") throw error;
    return error.code === "unknown-epoch" ? "unknown-epoch" : null;
  }
}
