// SPDX-License-Identifier: AGPL-3.0-or-later
// What is said of a sitting.
import { formatList, formatTime, t } from "../../i18n";
import type { Sitting } from "../../model/face";
import type { RoomWith } from "../people/room-with";

export const sayTitle = ({ name }: RoomWith): string => (name === null ? t("sit.title") : t("sit.title.with", { name }));

/** Who sits there, me left out. */
export function sayWho({ people }: Sitting): string {
  const names = people.filter(({ me }) => !me).map(({ name }) => name || t("talk.someone"));
  return names.length === 0 ? t("sit.who.me") : t("sit.who", { names: formatList(names) });
}

export const sayEnd = (ends: number): string => t("sit.until", { time: formatTime(ends) });
