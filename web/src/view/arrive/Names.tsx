// SPDX-License-Identifier: AGPL-3.0-or-later
// Two names: one to sign in with, which the house never sees, and one to be called by, which can be anything.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Field } from "../../ui";
import { StepPage } from "./StepPage";

export interface GivenNames {
  readonly signIn: string;
  readonly called: string;
}

export interface NamesProps {
  names: GivenNames;
  onNames: (names: GivenNames) => void;
  onBack: () => void;
  onGo: () => void;
}

const SHORTEST = 3;
const LONGEST = 40;

/** Counted as the model counts: after trimming, in whole characters. */
export function signInNameFits(name: string): boolean {
  const length = [...name.normalize("NFKC").trim()].length;
  return length >= SHORTEST && length <= LONGEST;
}

export function Names({ names, onNames, onBack, onGo }: NamesProps) {
  const [asked, setAsked] = useState(false);
  const signInWrong = signInNameFits(names.signIn) ? null : t("failure.bad-name");
  const calledWrong = names.called.trim() ? null : t("arrive.calledNeeded");
  const go = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (!signInWrong && !calledWrong) onGo();
  };
  return (
    <StepPage number={2} title={t("arrive.namesTitle")} onBack={onBack}>
      <form class="stack stack-l" onSubmit={go} noValidate>
        <Field
          label={t("arrive.called")}
          hint={t("arrive.calledHint")}
          maxLength={80}
          value={names.called}
          onInput={(called) => onNames({ ...names, called })}
          error={asked ? calledWrong : null}
        />
        <Field
          label={t("arrive.signIn")}
          hint={t("arrive.signInHint")}
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxLength={80}
          value={names.signIn}
          onInput={(signIn) => onNames({ ...names, signIn })}
          error={asked ? signInWrong : null}
        />
        <Button look="main" type="submit" wide>
          {t("arrive.next")}
        </Button>
      </form>
    </StepPage>
  );
}
