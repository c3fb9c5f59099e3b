// SPDX-License-Identifier: AGPL-3.0-or-later
// Whom I have blocked, with the way back. Blocking itself stands where the person is.
import { t } from "../../i18n";
import { Button, Disc, Empty, Notice, Page, Row, Rows } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function Blocks() {
  const house = useHouse();
  const ending = useTask();
  const blocked = house.safety.blocked.value;
  const nameOf = (person: string) =>
    house.people.bonds.value.find((bond) => bond.person === person)?.name || t("blocks.unknownName");
  return (
    <Page title={t("blocks.title")} lead={t("blocks.lead")} back={{ href: "/me" }}>
      {ending.wrong && <Notice tone="wrong">{ending.wrong}</Notice>}
      {blocked.length === 0 ? (
        <Empty title={t("blocks.none")}>{t("blocks.noneHow")}</Empty>
      ) : (
        <Rows label={t("blocks.title")}>
          {blocked.map((person) => (
            <Row
              key={person}
              start={<Disc name={nameOf(person)} />}
              title={nameOf(person)}
              end={
                <Button busy={ending.busy} onClick={() => void ending.run(() => house.safety.unblock(person))}>
                  {t("blocks.end")}
                </Button>
              }
            />
          ))}
        </Rows>
      )}
    </Page>
  );
}
