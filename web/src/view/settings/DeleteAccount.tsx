// SPDX-License-Identifier: AGPL-3.0-or-later
// The account, gone for good: what that means is said first, then the passphrase proves that it is meant.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, ButtonLink, Card, Check, Field, Notice, Page } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function DeleteAccount() {
  const house = useHouse();
  const deleting = useTask();
  const [passphrase, setPassphrase] = useState("");
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const erase = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (sure && passphrase) void deleting.run(() => house.session.deleteAccount(passphrase));
  };
  return (
    <Page title={t("me.delete")} lead={t("delete.lead")} back={{ href: "/me" }}>
      <Card>
        <ul class="prose">
          <li>{t("delete.what1")}</li>
          <li>{t("delete.what2")}</li>
          <li>{t("delete.what3")}</li>
          <li>{t("delete.what4")}</li>
        </ul>
        <div class="row">
          <ButtonLink href="/me/export">{t("delete.exportFirst")}</ButtonLink>
        </div>
      </Card>
      <form class="stack" onSubmit={erase} noValidate>
        <Field
          label={t("passphrase.current")}
          type="password"
          autocomplete="current-password"
          value={passphrase}
          onInput={setPassphrase}
          error={asked && !passphrase ? t("passphrase.currentNeeded") : null}
        />
        <Check checked={sure} onChange={setSure} error={asked && !sure ? t("delete.sureNeeded") : null}>
          {t("delete.sure")}
        </Check>
        {deleting.wrong && <Notice tone="wrong">{deleting.wrong}</Notice>}
        <Button look="danger" type="submit" wide busy={deleting.busy}>
          {deleting.busy ? t("delete.busy") : t("delete.go")}
        </Button>
      </form>
    </Page>
  );
}
