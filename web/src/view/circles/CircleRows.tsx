// SPDX-License-Identifier: AGPL-3.0-or-later
// Circles one is in, one row each: the name, one honest sentence, and a dot if something new stands there.
import { CircleDashed } from "lucide-preact";
import { t } from "../../i18n";
import type { Circle } from "../../model/face";
import { Icon, Row, Rows, VisuallyHidden } from "../../ui";
import { sayWhen, useNow } from "../talk/when";

export const circleName = ({ words }: Pick<Circle, "words">): string => words.name || t("circles.nameless");

export function CircleRows({ circles, label }: { circles: readonly Circle[]; label: string }) {
  const now = useNow();
  if (circles.length === 0) return null;
  return (
    <Rows label={label}>
      {circles.map((circle) => (
        <Row
          key={circle.room}
          href={`/circles/${circle.room}`}
          start={<Icon of={CircleDashed} />}
          title={<bdi>{circleName(circle)}</bdi>}
          detail={sayCircle(circle, now)}
          end={
            circle.unread && (
              <span class="unread-dot">
                <VisuallyHidden>{t("circles.unread", { name: circleName(circle) })}</VisuallyHidden>
              </span>
            )
          }
        />
      ))}
    </Rows>
  );
}

function sayCircle({ state, spokeAt, iKeep, atTheDoor }: Circle, now: number): string {
  if (state !== "alive") return t(`circles.state.${state}`);
  if (iKeep && atTheDoor.some((one) => one.state === "asking")) return t("circles.at-door");
  return spokeAt === null ? t("circles.state.quiet") : t("circles.state.spoke", { when: sayWhen(spokeAt, now) });
}
