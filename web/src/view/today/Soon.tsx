// SPDX-License-Identifier: AGPL-3.0-or-later
// The next gathering of one's circles, if it is within a day or goes on now: one row that leads to it.
import { CalendarDays } from "lucide-preact";
import { t } from "../../i18n";
import { Icon, Row, Rows } from "../../ui";
import { circleName } from "../circles/CircleRows";
import { goesOn, titleOf } from "../gatherings/words";
import { useHouse } from "../house-context";
import { sayClock, useNow } from "../talk/when";

export function Soon() {
  const { today, circles } = useHouse();
  const now = useNow();
  const soon = today.soon.value;
  const circle = soon && circles.circle(soon.room).value;
  if (!soon || circle?.state !== "alive") return null;
  const name = circleName(circle);
  const detail = goesOn(soon) ? t("gatherings.soon.now", { name }) : t("gatherings.soon", { name, when: sayClock(soon.start, now) });
  return (
    <Rows label={t("gatherings.soon.label")}>
      <Row href={`/circles/${soon.room}/gatherings/${soon.id}`} start={<Icon of={CalendarDays} />} title={<bdi>{titleOf(soon)}</bdi>} detail={detail} />
    </Rows>
  );
}
