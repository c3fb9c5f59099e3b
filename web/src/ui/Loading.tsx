// SPDX-License-Identifier: AGPL-3.0-or-later
// Something is on its way. It stays unseen for a moment, because most things come sooner than that.
import { t } from "../i18n";

export function Loading({ children }: { children?: string }) {
  return (
    <p class="loading" role="status">
      <span class="loading-light" aria-hidden="true" />
      <span>{children ?? t("ui.loading")}</span>
    </p>
  );
}
