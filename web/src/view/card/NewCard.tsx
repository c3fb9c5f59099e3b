// SPDX-License-Identifier: AGPL-3.0-or-later
// A new recovery card, for one that was lost or seen by someone. From then on the old one opens nothing.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { Card as RecoveryCard } from "../../model/face";
import { Button, Card, Notice, Page, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { CardCheck } from "./CardCheck";
import { CardShown } from "./CardShown";

export function NewCard() {
  const house = useHouse();
  const making = useTask();
  const [, go] = useLocation();
  const [card, setCard] = useState<RecoveryCard | null>(null);
  const [checking, setChecking] = useState(false);
  const done = () => {
    toast(t("card.newDone"));
    go("/me");
  };
  if (card && checking) return <CardCheck card={card} onBack={() => setChecking(false)} onGo={done} />;
  if (card) return <CardShown card={card} intro={t("card.introNew")} onGo={() => setChecking(true)} />;
  return (
    <Page title={t("card.newTitle")} lead={t("card.newLead")} back={{ href: "/me" }}>
      <Card>
        <p>{t("card.newOld")}</p>
        <p>{t("card.newOnce")}</p>
      </Card>
      {making.wrong && <Notice tone="wrong">{making.wrong}</Notice>}
      <Button look="main" wide busy={making.busy} onClick={() => void making.run(async () => setCard(await house.session.newCard()))}>
        {t("card.newMake")}
      </Button>
    </Page>
  );
}
