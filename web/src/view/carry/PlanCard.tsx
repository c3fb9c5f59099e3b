// SPDX-License-Identifier: AGPL-3.0-or-later
// One plan: what, where, when; and three answers that are equally good.
import { useState } from "preact/hooks";
import { formatFullDay, formatList, formatTime, t } from "../../i18n";
import type { Id, Plan, PlanAnswer } from "../../model/face";
import { Button, Card, Choice, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { PlaceNote } from "../talk/PlaceNote";
import { useNow } from "../talk/when";
import { Words } from "../talk/Words";
import { useTask } from "../use-task";

const ANSWERS: readonly PlanAnswer[] = ["yes", "maybe", "not-this-time"];
const MINUTE = 60_000;

export function PlanCard({ plan, nameOf }: { plan: Plan; nameOf: (person: Id) => string }) {
  const { carrying, calendar } = useHouse();
  const answering = useTask();
  const [asking, setAsking] = useState(false);
  const { room, id, start, minutes, mine, place } = plan;
  return (
    <Card look={mine ? "warm" : "plain"} title={t("carry.plan.when", { day: formatFullDay(start, useNow()), from: formatTime(start), to: formatTime(start + minutes * MINUTE) })}>
      <Words>{plan.text}</Words>
      {plan.where !== "" && <p>{t("carry.plan.where", { where: plan.where })}</p>}
      <p class="soft">{mine ? t("carry.plan.by.me") : t("carry.plan.by", { name: nameOf(plan.by) })}</p>
      {place.is !== "sent" && <PlaceNote place={place} />}
      <Others plan={plan} nameOf={nameOf} />
      <Choice
        label={t("carry.plan.answer")}
        options={ANSWERS.map((value) => ({ value, label: t(`carry.plan.${value}`) }))}
        value={plan.myAnswer}
        onChange={(answer) => void answering.run(() => carrying.answerPlan(room, id, answer))}
      />
      {answering.wrong && <Notice tone="wrong">{answering.wrong}</Notice>}
      {plan.myAnswer === "yes" && calendar.feed.value !== null && <p class="soft">{t("carry.plan.feed")}</p>}
      {mine && (
        <div class="row">
          <Button look="plain" onClick={() => setAsking(true)}>
            {t("carry.takeback")}
          </Button>
        </div>
      )}
      {asking && (
        <Confirm title={t("carry.plan.takeback.ask")} yes={t("carry.takeback")} run={() => carrying.takeBack(room, id)} onClose={() => setAsking(false)}>
          <p>{t("carry.plan.takeback.say")}</p>
        </Confirm>
      )}
    </Card>
  );
}

/** Who comes, by name. Who does not is not listed: "not this time" needs no audience. */
function Others({ plan, nameOf }: { plan: Plan; nameOf: (person: Id) => string }) {
  const me = useHouse().session.state.value;
  const others = plan.answers.filter(({ person }) => me.is !== "open" || person !== me.me);
  const names = (answer: PlanAnswer) => formatList(others.filter((one) => one.answer === answer).map(({ person }) => nameOf(person)));
  return (
    <>
      {names("yes") !== "" && <p>{t("carry.plan.come", { names: names("yes") })}</p>}
      {names("maybe") !== "" && <p>{t("carry.plan.perhaps", { names: names("maybe") })}</p>}
    </>
  );
}
