// SPDX-License-Identifier: AGPL-3.0-or-later
// Back in with the recovery card, when the passphrase is forgotten. Spaces, hyphens and small letters do not matter; when
// one group does not read, that group is named.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { ModelFailure } from "../../model/face";
import { Button, Notice, Page, TextArea } from "../../ui";
import { sayFailure } from "../failure";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";

export function Recover() {
  const house = useHouse();
  const [text, setText] = useState("");
  const recovering = useTask();
  const recover = (event: Event) => {
    event.preventDefault();
    if (text.trim()) void recovering.run(() => house.session.recover(text));
  };
  const mistyped = recovering.failure?.code === "bad-card" ? recovering.failure : null;
  return (
    <Page title={t("recover.title")} lead={t("recover.lead")} back={{ href: "/" }}>
      <form class="stack" onSubmit={recover} noValidate>
        <TextArea
          label={t("recover.card")}
          hint={t("recover.hint")}
          rows={3}
          value={text}
          onInput={setText}
          error={mistyped && sayCard(mistyped)}
        />
        {recovering.failure && !mistyped && <Notice tone="wrong">{sayRecovery(recovering.failure)}</Notice>}
        <Button look="main" type="submit" wide busy={recovering.busy}>
          {recovering.busy ? t("recover.busy") : t("recover.go")}
        </Button>
      </form>
      <Notice live={false}>{t("recover.none")}</Notice>
    </Page>
  );
}

function sayCard(failure: ModelFailure): string {
  return /^\d$/.test(failure.detail) ? t("recover.group", { number: failure.detail }) : sayFailure(failure);
}

function sayRecovery(failure: ModelFailure): string {
  return failure.code === "sign-in-failed" ? t("recover.unknown") : sayFailure(failure);
}
