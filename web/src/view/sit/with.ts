// SPDX-License-Identifier: AGPL-3.0-or-later
// With whom one sits in a room, in words: a bond's other, or a circle.
import { t } from "../../i18n";
import type { House } from "../../model/face";

export interface SitsWith {
  readonly title: string;
  /** Where one came from. */
  readonly back: { readonly href: string; readonly label: string };
  /** Null in a circle. */
  readonly name: string | null;
}

/** Null: there is no such room, or nobody can sit there now. */
export function sitsWith(house: House, room: string): SitsWith | null {
  const bond = house.people.bond(room).value;
  if (bond?.state === "alive" && !bond.blocked) {
    const name = bond.name || t("talk.someone");
    return { name, title: t("sit.title.with", { name }), back: { href: `/people/${room}`, label: name } };
  }
  const circle = house.circles.circle(room).value;
  if (circle?.state !== "alive") return null;
  return { name: null, title: t("sit.title"), back: { href: `/circles/${room}`, label: circle.words.name } };
}
