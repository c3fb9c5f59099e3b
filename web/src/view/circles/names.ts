// SPDX-License-Identifier: AGPL-3.0-or-later
// What people are called in a circle. Names from elsewhere have no place here: nobody is to be recognised by them.
import { t } from "../../i18n";
import type { Circle, Id } from "../../model/face";

/** Members and those at the door; who has left has no name any more. */
export function nameIn({ members, atTheDoor }: Circle, person: Id): string {
  const found = members.find((one) => one.person === person) ?? atTheDoor.find((one) => one.person === person);
  return found ? found.name || t("talk.someone") : t("circles.someone");
}
