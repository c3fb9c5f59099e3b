// SPDX-License-Identifier: AGPL-3.0-or-later
// The recovery card, shown once: on paper it opens the account when everything else is lost. It is never stored, never
// put into an address and never sent; printing is the browser's own, and only the card itself is printed.
import { Printer } from "lucide-preact";
import { t } from "../../i18n";
import type { Card as RecoveryCard } from "../../model/face";
import { Button } from "../../ui";
import { QRCode } from "../../ui/QRCode";
import { StepPage } from "../arrive/StepPage";

export interface CardShownProps {
  card: RecoveryCard;
  /** Which step of arriving this is, if it is one. */
  step?: 4;
  intro: string;
  onGo: () => void;
}

export function CardShown({ card, step, intro, onGo }: CardShownProps) {
  return (
    <StepPage number={step} title={t("card.title")} lead={intro}>
      <PaperCard card={card} />
      <p>{t("card.keep")}</p>
      <div class="stack">
        <Button icon={Printer} wide onClick={() => print()}>
          {t("card.print")}
        </Button>
        <Button look="main" wide onClick={onGo}>
          {t("card.have")}
        </Button>
      </div>
    </StepPage>
  );
}

/** Says nothing about what this place is for: whoever finds the paper learns only an address. */
function PaperCard({ card }: { card: RecoveryCard }) {
  return (
    <div class="paper-card">
      <p class="paper-card-title">{t("card.paperTitle")}</p>
      <ol class="paper-card-groups" role="list" aria-label={t("card.groups")}>
        {card.groups.map((group, place) => (
          <li key={place} class="paper-card-group">
            <span class="paper-card-number">{place + 1}</span>
            <span class="paper-card-letters">{group}</span>
          </li>
        ))}
      </ol>
      <div class="paper-card-foot">
        <QRCode text={card.words} label={t("card.qr")} />
        <p>{t("card.paperHow", { address: location.host })}</p>
      </div>
    </div>
  );
}
