// SPDX-License-Identifier: AGPL-3.0-or-later
// What someone says yes to: eight lines at most, each literally true, and the declaration that they are an adult.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Card, Check, Link } from "../../ui";
import { StepPage } from "./StepPage";

const LINES = ["consent1", "consent2", "consent3", "consent4", "consent5", "consent6", "consent7", "consent8"] as const;

export function Consent({ onBack, onGo }: { onBack: () => void; onGo: () => void }) {
  const [adult, setAdult] = useState(false);
  const [asked, setAsked] = useState(false);
  const go = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (adult) onGo();
  };
  return (
    <StepPage number={1} title={t("arrive.consentTitle")} onBack={onBack}>
      <Card>
        <ul class="consent" role="list">
          {LINES.map((line) => (
            <li key={line}>{t(`arrive.${line}`)}</li>
          ))}
        </ul>
      </Card>
      <p>
        <Link href="/house">{t("arrive.consentMore")}</Link>
      </p>
      <form class="stack" onSubmit={go} noValidate>
        <Check checked={adult} onChange={setAdult} error={asked && !adult ? t("arrive.adultNeeded") : null}>
          {t("arrive.adult")}
        </Check>
        <Button look="main" type="submit" wide>
          {t("arrive.agree")}
        </Button>
      </form>
    </StepPage>
  );
}
