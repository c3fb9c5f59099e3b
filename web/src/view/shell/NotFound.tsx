// SPDX-License-Identifier: AGPL-3.0-or-later
// An address that leads nowhere.
import { t } from "../../i18n";
import { ButtonLink, Page } from "../../ui";

export function NotFound() {
  return (
    <Page title={t("shell.notFoundTitle")} lead={t("shell.notFound")}>
      <div class="row">
        <ButtonLink look="main" href="/">
          {t("shell.toStart")}
        </ButtonLink>
        <ButtonLink href="/help">{t("shell.help")}</ButtonLink>
      </div>
    </Page>
  );
}
