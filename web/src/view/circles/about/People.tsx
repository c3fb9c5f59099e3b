// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is in the circle, by the names they chose here, and what one can do for each. From here nobody is led to who someone
// is elsewhere in the house.
import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import type { Circle, CircleMember } from "../../../model/face";
import { Card, Disc, Menu, Row, Rows, toast, type MenuItem } from "../../../ui";
import { sayFailure } from "../../failure";
import { useHouse } from "../../house-context";
import { KindWords } from "../KindWords";
import { AskToLeave } from "./AskToLeave";

export function People({ circle }: { circle: Circle }) {
  return (
    <Card title={t("circles.people.title")}>
      <Rows label={t("circles.people.list")}>
        {circle.members.map((member) => (
          <Member key={member.person} circle={circle} member={member} />
        ))}
      </Rows>
      <p class="soft small">{t("circles.people.keeper.say")}</p>
      <p class="soft small">{t("circles.people.outside")}</p>
    </Card>
  );
}

function Member({ circle, member }: { circle: Circle; member: CircleMember }) {
  const { circles } = useHouse();
  const [sheet, setSheet] = useState<"kindness" | "leave" | null>(null);
  const close = () => setSheet(null);
  const { person, me, keeper } = member;
  const name = member.name || t("talk.someone");
  const setKeeper = (on: boolean) =>
    circles.setKeeper(circle.room, person, on).then(
      () => toast(on ? t("circles.keeper.made", { name }) : me ? t("circles.keeper.ended.me") : t("circles.keeper.ended", { name })),
      (error: unknown) => toast(sayFailure(error)),
    );
  const items: MenuItem[] = [
    ...(me ? [] : [{ label: t("circles.kind.do"), onPick: () => setSheet("kindness") }]),
    ...(circle.iKeep ? [{ label: t(keeper ? (me ? "circles.keeper.end.me" : "circles.keeper.end") : "circles.keeper.make"), onPick: () => void setKeeper(!keeper) }] : []),
    ...(circle.iKeep && !me ? [{ label: t("circles.remove.do", { name }), danger: true, onPick: () => setSheet("leave") }] : []),
  ];
  return (
    <>
      <Row
        start={<Disc name={name} />}
        title={<bdi>{me ? t("circles.people.me", { name }) : name}</bdi>}
        detail={keeper ? t("circles.people.keeper") : undefined}
        end={items.length > 0 && <Menu label={t("circles.people.more", { name })} items={items} />}
      />
      {sheet === "kindness" && <KindWords circle={circle} person={person} name={name} onClose={close} />}
      {sheet === "leave" && <AskToLeave room={circle.room} person={person} name={name} onClose={close} />}
    </>
  );
}
