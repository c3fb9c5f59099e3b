// SPDX-License-Identifier: AGPL-3.0-or-later
// Said yes at the door, not let in yet: that is all that there is to do. The page becomes the circle's by itself.
import { t } from "../../i18n";
import { ButtonLink, Mark, Page } from "../../ui";

export function AtTheDoorWaiting({ name }: { name: string }) {
  return (
    <Page title={t("circles.waiting.title")} {...(name && { lead: name })} back={{ href: "/circles", label: t("circles.title") }}>
      <Mark size="l" />
      <div class="stack" role="status">
        <p>{t("circles.waiting.by")}</p>
        <p class="soft">{t("circles.waiting.close")}</p>
      </div>
      <div class="row">
        <ButtonLink href="/">{t("circles.waiting.today")}</ButtonLink>
      </div>
    </Page>
  );
}
