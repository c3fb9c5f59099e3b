// SPDX-License-Identifier: AGPL-3.0-or-later
// The passphrase step. When the name turns out to be taken, the way back to the names is offered here, passphrase kept.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Notice } from "../../ui";
import { useTask } from "../use-task";
import { NewPassphrase, usePassphraseChoice } from "./NewPassphrase";
import { StepPage } from "./StepPage";

export interface ChoosePassphraseProps {
  signInName: string;
  onBack: () => void;
  onOtherName: () => void;
  /** Makes the account. */
  onGo: (passphrase: string) => Promise<void>;
}

export function ChoosePassphrase({ signInName, onBack, onOtherName, onGo }: ChoosePassphraseProps) {
  const choice = usePassphraseChoice(signInName);
  const making = useTask();
  const [asked, setAsked] = useState(false);
  const go = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (choice.fits) void making.run(() => onGo(choice.passphrase));
  };
  return (
    <StepPage number={3} title={t("passphrase.title")} lead={t("passphrase.lead")} onBack={making.busy ? undefined : onBack}>
      <form class="stack stack-l" onSubmit={go} noValidate>
        <NewPassphrase choice={choice} signInName={signInName} asked={asked} />
        {making.wrong && (
          <Notice
            tone="wrong"
            actions={making.failure?.code === "name-taken" && <Button onClick={onOtherName}>{t("arrive.otherName")}</Button>}
          >
            {making.wrong}
          </Notice>
        )}
        <Button look="main" type="submit" wide busy={making.busy}>
          {making.busy ? t("arrive.making") : t("arrive.make")}
        </Button>
      </form>
    </StepPage>
  );
}
