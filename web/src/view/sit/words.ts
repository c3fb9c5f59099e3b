// SPDX-License-Identifier: AGPL-3.0-or-later
// What is said of a sitting.
import { formatList, formatTime, t } from "../../i18n";
import type { Sitting } from "../../model/face";
import type { RoomWith } from "../people/room-with";

export const sayTitle = ({ name }: RoomWith): string => (name === null ? t("sit.title") : t("sit.title.with", { name }));

/** Names, and how many they are: a verb stands after them. */
function others({ people }: Sitting): { names: string; count: number } {
  const names = people.filter(({ me }) => !me).map(({ name }) => name || t("talk.someone"));
  return { names: formatList(names), count: names.length };
}

/** Who sits there, me left out. */
export function sayWho(sitting: Sitting): string {
  const who = others(sitting);
  return who.count === 0 ? t("sit.who.me") : t("sit.who", who);
}

/** The same where it stands among other things. */
export const sayFree = (sitting: Sitting): string => t("sit.free", others(sitting));

export const sayEnd = (ends: number): string => t("sit.until", { time: formatTime(ends) });
