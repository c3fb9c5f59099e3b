// SPDX-License-Identifier: AGPL-3.0-or-later
// The step after recovery: a new passphrase. Nothing else is shown until it is set, or the next sign-in would need the
// card again. The sign-in name is asked too, because this browser may not know it; it may be the same or a new one.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Check, Field, Notice, Page, toast } from "../../ui";
import { signInNameFits } from "../arrive/Names";
import { NewPassphrase, usePassphraseChoice } from "../arrive/NewPassphrase";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function FirstPassphrase() {
  const house = useHouse();
  // As the vault has it, until the person writes another.
  const [written, setName] = useState<string | null>(null);
  const signInName = written ?? house.session.signInName.value;
  const choice = usePassphraseChoice(signInName);
  const saving = useTask();
  const [asked, setAsked] = useState(false);
  const [endOthers, setEndOthers] = useState(true);
  const save = async (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (!choice.fits || !signInNameFits(signInName)) return;
    const how = { current: null, passphrase: choice.passphrase, signInName, endOtherSessions: endOthers };
    if (await saving.run(() => house.session.changePassphrase(how))) toast(t("passphrase.changed"));
  };
  return (
    <Page title={t("recover.newTitle")} lead={t("recover.newLead")}>
      <form class="stack stack-l" onSubmit={save} noValidate>
        <Field
          label={t("arrive.signIn")}
          hint={t("recover.nameHint")}
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          value={signInName}
          onInput={setName}
          error={asked && !signInNameFits(signInName) ? t("failure.bad-name") : null}
        />
        <NewPassphrase choice={choice} signInName={signInName} asked={asked} />
        <Check checked={endOthers} onChange={setEndOthers} detail={t("passphrase.endOthersHint")}>
          {t("passphrase.endOthers")}
        </Check>
        {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
        <Button look="main" type="submit" wide busy={saving.busy}>
          {t("passphrase.save")}
        </Button>
      </form>
    </Page>
  );
}
