// SPDX-License-Identifier: AGPL-3.0-or-later
// Quiet lines above the screen: no connection (and what that means for words just written), and a newer version of the
// page, which is offered and never forced.
import { t } from "../../i18n";
import { Button, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { newVersion, takeNewVersion } from "./new-version";

export function Notices() {
  const away = useAway();
  if (!away && !newVersion.value) return null;
  return (
    <div class="notices">
      {away && <Away />}
      {newVersion.value && (
        <Notice actions={<Button onClick={takeNewVersion}>{t("shell.takeNewVersion")}</Button>}>{t("shell.newVersion")}</Notice>
      )}
    </div>
  );
}

function useAway(): boolean {
  const state = useHouse().connection.state.value;
  return state.is === "offline" || state.is === "waiting";
}

function Away() {
  const { connection } = useHouse();
  const canTry = connection.state.value.is === "waiting";
  return (
    <Notice actions={canTry ? <Button onClick={() => connection.retry()}>{t("ui.tryAgain")}</Button> : undefined}>
      {connection.unsent.value ? t("shell.awayUnsent") : t("shell.away")}
    </Notice>
  );
}
