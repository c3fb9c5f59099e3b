// SPDX-License-Identifier: AGPL-3.0-or-later
// Sign-in on this browser: a name and a passphrase, which a password manager may fill. What the house says to a wrong
// pair never tells which of the two was wrong, so neither do we.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import { Button, Field, Link, Notice, Page } from "../../ui";
import { useHouse } from "../house-context";
import { pendingLink } from "../shell/pending-link";
import { useTask } from "../use-task";

export function SignIn() {
  const house = useHouse();
  const [, go] = useLocation();
  const signing = useTask();
  const [signInName, setName] = useState(house.session.signInName.value);
  const [passphrase, setPassphrase] = useState("");
  const ready = signInName.trim() !== "" && passphrase !== "";
  const signIn = async (event: Event) => {
    event.preventDefault();
    if (!ready) return;
    const done = await signing.run(() => house.session.signIn({ signInName, passphrase }));
    if (done) go(pendingLink.value ? "/join" : "/", { replace: true });
  };
  return (
    <Page title={t("signIn.title")} back={{ href: pendingLink.value ? "/join" : "/" }}>
      {pendingLink.value && <Notice live={false}>{t("signIn.thenJoin")}</Notice>}
      <form class="stack stack-l" onSubmit={signIn}>
        <Field
          label={t("signIn.name")}
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          value={signInName}
          onInput={setName}
        />
        <Field
          label={t("signIn.passphrase")}
          type="password"
          name="password"
          autocomplete="current-password"
          required
          value={passphrase}
          onInput={setPassphrase}
        />
        {signing.wrong && <Notice tone="wrong">{signing.wrong}</Notice>}
        <Button look="main" type="submit" wide busy={signing.busy}>
          {signing.busy ? t("signIn.busy") : t("signIn.go")}
        </Button>
      </form>
      <p>
        <Link href="/recover">{t("signIn.forgot")}</Link>
      </p>
    </Page>
  );
}
