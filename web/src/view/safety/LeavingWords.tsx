// SPDX-License-Identifier: AGPL-3.0-or-later
// What leaving at once does and, as plainly, what it cannot do.
import { t } from "../../i18n";
import { Card } from "../../ui";

export function LeavingWords() {
  return (
    <div class="stack">
      <Card title={t("exit.doesTitle")}>
        <ul class="prose">
          <li>{t("exit.does1")}</li>
          <li>{t("exit.does2")}</li>
          <li>{t("exit.does3")}</li>
        </ul>
      </Card>
      <Card title={t("exit.cannotTitle")} look="warm">
        <ul class="prose">
          <li>{t("exit.cannot1")}</li>
          <li>{t("exit.cannot2")}</li>
          <li>{t("exit.cannot3")}</li>
        </ul>
      </Card>
    </div>
  );
}
