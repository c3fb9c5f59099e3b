// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is behind rooms, by name, a person or a circle: who can read something of mine, and to whom it can be opened.
import { formatList, t } from "../../i18n";
import type { Id } from "../../model/face";
import { useHouse } from "../house-context";
import { livingBonds } from "../people/PersonChoice";

/** "Ana and Ben"; "" for no rooms. Someone whose bond this device does not know is someone all the same. */
export function useNames(): (rooms: readonly Id[]) => string {
  const nameOf = useName();
  return (rooms) => formatList(rooms.map(nameOf));
}

export function useName(): (room: Id) => string {
  const { people, circles } = useHouse();
  const [bonds, mine] = [people.bonds.value, circles.mine.value];
  return (room) => bonds.find((bond) => bond.room === room)?.name || mine.find((circle) => circle.room === room)?.words.name || t("journal.someone");
}

/** Rooms that something can be opened to now: persons first, then circles. */
export function useOpenRooms(): readonly { readonly room: Id; readonly name: string }[] {
  const { people, circles } = useHouse();
  const inCircles = circles.mine.value.filter(({ state }) => state === "alive").map(({ room, words }) => ({ room, name: t("journal.share.circle", { name: words.name }) }));
  return [...livingBonds(people.bonds.value).map(({ room, name }) => ({ room, name })), ...inCircles];
}
