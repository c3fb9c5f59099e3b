// SPDX-License-Identifier: AGPL-3.0-or-later
// Signed in, but the keys are not in memory: the passphrase opens it again, also offline. Nothing of what is inside shows.
import { useState } from "preact/hooks";
import type { SessionState } from "../../model/face";
import { t } from "../../i18n";
import { Button, Field, Link, Notice, Page, Sheet } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

type Why = Extract<SessionState, { is: "locked" }>["why"];

export function LockScreen({ why }: { why: Why }) {
  const house = useHouse();
  const opening = useTask();
  const [passphrase, setPassphrase] = useState("");
  const [forgot, setForgot] = useState(false);
  const open = (event: Event) => {
    event.preventDefault();
    void opening.run(() => house.session.unlock(passphrase));
  };
  return (
    <Page title={t("lock.title")} lead={t(`lock.${why}`)}>
      <form class="stack" onSubmit={open}>
        <Field
          label={t("lock.passphrase")}
          type="password"
          autocomplete="current-password"
          value={passphrase}
          onInput={setPassphrase}
          error={opening.wrong}
        />
        <Button look="main" type="submit" busy={opening.busy} wide>
          {opening.busy ? t("lock.opening") : t("lock.open")}
        </Button>
      </form>
      <div class="row">
        <Button look="plain" onClick={() => setForgot(true)}>
          {t("lock.forgot")}
        </Button>
        <Link href="/help">{t("shell.help")}</Link>
      </div>
      {forgot && <Forgot onClose={() => setForgot(false)} />}
    </Page>
  );
}

/** Another way in needs this browser emptied first, because what it holds opens only with the passphrase. */
function Forgot({ onClose }: { onClose: () => void }) {
  const house = useHouse();
  const wiping = useTask();
  const wipe = () => wiping.run(() => house.session.signOutAndWipe());
  return (
    <Sheet
      title={t("lock.forgotTitle")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="danger" busy={wiping.busy} onClick={wipe}>
            {t("lock.wipe")}
          </Button>
        </>
      }
    >
      <p>{t("lock.forgotCard")}</p>
      <p>{t("lock.forgotWipe")}</p>
      {wiping.wrong && <Notice tone="wrong">{wiping.wrong}</Notice>}
    </Sheet>
  );
}
