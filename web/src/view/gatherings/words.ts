// SPDX-License-Identifier: AGPL-3.0-or-later
// What is said of gatherings, and whom it is said of.
import { formatFullDay, formatTime, t } from "../../i18n";
import type { Circle, Gathering, GatheringInfo, GatheringPerson, Id, Stage } from "../../model/face";
import { nameIn } from "../circles/names";

export const GOING: readonly Stage[] = ["opening", "check-in", "main", "closing"];
export const goesOn = ({ stage }: Pick<GatheringInfo, "stage">): boolean => GOING.includes(stage);

export const titleOf = ({ words }: Pick<GatheringInfo, "words">): string => words.title.trim() || t("gatherings.untitled");

/** Tuesday 1 December, 19:00: by the reader's own clock. */
export const sayTime = (at: number, now: number): string => t("gatherings.when", { day: formatFullDay(at, now), time: formatTime(at) });

/** The zone that the reader's clock is of. */
export const myZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const sayZone = (zone: string): string => zone.replaceAll("_", " ");

export const sayTurn = (seconds: number): string => (seconds < 60 ? t("gatherings.turn.half") : t("gatherings.turn.of", { count: Math.round(seconds / 60) }));

export const isMe = (circle: Circle, person: Id | null): boolean => circle.members.some((one) => one.me && one.person === person);

export const nameOf = (circle: Circle, person: Id): string => nameIn(circle, person);

/** Who comes after the holder in this round; null: nobody. */
export function nextOf({ people, holder, stage }: Gathering): GatheringPerson | null {
  if (stage === "opening" || stage === "ahead") return null;
  return people.find(({ person, here, waits }) => here && waits && person !== holder) ?? null;
}
