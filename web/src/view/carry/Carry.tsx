// SPDX-License-Identifier: AGPL-3.0-or-later
// Carrying the weight together: asks that one person takes on, and plans to do something simple. In a circle or a bond.
import { useState } from "preact/hooks";
import { HandHelping, Footprints } from "lucide-preact";
import { t } from "../../i18n";
import { Button, ButtonLink, Empty, Page } from "../../ui";
import { useHouse } from "../house-context";
import { roomWith } from "../people/room-with";
import { HelpCard } from "./HelpCard";
import { NewHelp } from "./NewHelp";
import { NewPlan } from "./NewPlan";
import { PlanCard } from "./PlanCard";
import "./Carry.css";

export function Carry({ room }: { room: string }) {
  const house = useHouse();
  const [writing, setWriting] = useState<"help" | "plan" | null>(null);
  const others = roomWith(house, room);
  if (others === null) return <Nobody />;
  const helps = house.carrying.helps(room).value.filter(({ state }) => state !== "taken-back");
  const plans = house.carrying.plans(room).value.filter(({ state }) => state === "ahead");
  const written = () => setWriting(null);
  return (
    <Page title={t("carry.title")} lead={t("carry.lead")} back={others.back}>
      {writing === "help" && <NewHelp room={room} onDone={written} />}
      {writing === "plan" && <NewPlan room={room} onDone={written} />}
      {writing === null && (
        <div class="row">
          <Button look="main" icon={HandHelping} onClick={() => setWriting("help")}>
            {t("carry.help.new")}
          </Button>
          <Button icon={Footprints} onClick={() => setWriting("plan")}>
            {t("carry.plan.new")}
          </Button>
        </div>
      )}
      {writing === null && helps.length === 0 && plans.length === 0 && <Empty title={t("carry.empty")}>{t("carry.empty.say")}</Empty>}
      {helps.length > 0 && (
        <section class="stack" aria-labelledby="carry-helps">
          <h2 id="carry-helps">{t("carry.helps")}</h2>
          {helps.map((help) => (
            <HelpCard key={help.id} help={help} nameOf={others.nameOf} />
          ))}
        </section>
      )}
      {plans.length > 0 && (
        <section class="stack" aria-labelledby="carry-plans">
          <h2 id="carry-plans">{t("carry.plans")}</h2>
          {plans.map((plan) => (
            <PlanCard key={plan.id} plan={plan} nameOf={others.nameOf} />
          ))}
        </section>
      )}
    </Page>
  );
}

function Nobody() {
  return (
    <Page title={t("carry.title")} back={{ href: "/people", label: t("people.title") }}>
      <Empty title={t("carry.nobody")} action={<ButtonLink href="/people">{t("people.title")}</ButtonLink>} />
    </Page>
  );
}
