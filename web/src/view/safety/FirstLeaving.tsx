// SPDX-License-Identifier: AGPL-3.0-or-later
// Shown once, before anything inside: how to leave at once, and its limits. Also the last step of arriving.
import { t } from "../../i18n";
import { Button, Notice, Page } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { LeavingWords } from "./LeavingWords";

export function FirstLeaving({ onDone }: { onDone?: () => void }) {
  const house = useHouse();
  const saving = useTask();
  const know = async () => {
    if (await saving.run(() => house.settings.set({ quickExitKnown: true }))) onDone?.();
  };
  return (
    <Page title={t("exit.title")} lead={t("exit.lead")}>
      <LeavingWords />
      {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
      <Button look="main" wide busy={saving.busy} onClick={know}>
        {t("exit.know")}
      </Button>
    </Page>
  );
}
