// SPDX-License-Identifier: AGPL-3.0-or-later
// The people behind rooms, by name: who can read something of mine.
import { formatList, t } from "../../i18n";
import type { Id } from "../../model/face";
import { useHouse } from "../house-context";

/** "Ana and Ben"; "" for no rooms. Someone whose bond this device does not know is someone all the same. */
export function useNames(): (rooms: readonly Id[]) => string {
  const nameOf = useName();
  return (rooms) => formatList(rooms.map(nameOf));
}

export function useName(): (room: Id) => string {
  const bonds = useHouse().people.bonds.value;
  return (room) => bonds.find((bond) => bond.room === room)?.name || t("journal.someone");
}
