// SPDX-License-Identifier: AGPL-3.0-or-later
// A living room with others in it, a bond or a circle, as the screens that serve both need it: where it is found, and what
// its people are called.
import { t } from "../../i18n";
import type { House, Id } from "../../model/face";

export interface RoomWith {
  /** The other of a bond; null in a circle. */
  readonly name: string | null;
  readonly back: { readonly href: string; readonly label: string };
  /** Not for oneself. */
  nameOf(person: Id): string;
}

/** Null: there is no such room, or nothing can be done together there now. */
export function roomWith({ people, circles }: House, room: Id): RoomWith | null {
  const bond = people.bond(room).value;
  if (bond?.state === "alive" && !bond.blocked) {
    const name = bond.name || t("talk.someone");
    return { name, back: { href: `/people/${room}`, label: name }, nameOf: () => name };
  }
  const circle = circles.circle(room).value;
  if (circle?.state !== "alive") return null;
  const nameOf = (id: Id) => circle.members.find(({ person }) => person === id)?.name || t("talk.someone");
  return { name: null, back: { href: `/circles/${room}`, label: circle.words.name }, nameOf };
}
