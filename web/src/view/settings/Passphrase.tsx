// SPDX-License-Identifier: AGPL-3.0-or-later
// A new passphrase, after proving the old one.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import { Button, Check, Field, Notice, Page, toast } from "../../ui";
import { NewPassphrase, usePassphraseChoice } from "../arrive/NewPassphrase";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function Passphrase() {
  const house = useHouse();
  const [, go] = useLocation();
  const signInName = house.session.signInName.value;
  const choice = usePassphraseChoice(signInName);
  const saving = useTask();
  const [current, setCurrent] = useState("");
  const [endOthers, setEndOthers] = useState(false);
  const [asked, setAsked] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (!choice.fits || current === "") return;
    const how = { current, passphrase: choice.passphrase, endOtherSessions: endOthers };
    if (!(await saving.run(() => house.session.changePassphrase(how)))) return;
    toast(t("passphrase.changed"));
    go("/me");
  };
  return (
    <Page title={t("me.passphrase")} lead={t("passphrase.lead")} back={{ href: "/me" }}>
      <form class="stack stack-l" onSubmit={save} noValidate>
        <Field
          label={t("passphrase.current")}
          type="password"
          name="password"
          autocomplete="current-password"
          value={current}
          onInput={setCurrent}
          error={asked && current === "" ? t("passphrase.currentNeeded") : null}
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
