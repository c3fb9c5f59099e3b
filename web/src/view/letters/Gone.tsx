// SPDX-License-Identifier: AGPL-3.0-or-later
// After a letter was let go: a small still picture in which the ink pales line by line, then the sheet, and a quiet word. For
// those who asked for stillness there is only the word. It is never needed to wait for the picture.
import { t } from "../../i18n";
import { ButtonLink, Page } from "../../ui";
import "./Gone.css";

const LINES = [
  { y: 52, to: 118 },
  { y: 66, to: 126 },
  { y: 80, to: 110 },
  { y: 94, to: 122 },
  { y: 108, to: 92 },
] as const;

export function Gone() {
  return (
    <Page title={t("letters.gone.title")}>
      <svg class="gone-picture" viewBox="0 0 180 150" aria-hidden="true" focusable="false">
        <path class="gone-table" d="M14 138H166" />
        <rect class="gone-sheet" x="42" y="26" width="96" height="112" rx="4" />
        {LINES.map(({ y, to }) => (
          <path key={y} class="gone-line" d={`M56 ${y}H${to}`} />
        ))}
      </svg>
      <div class="stack gone-words">
        <p>{t("letters.gone.say")}</p>
        <p class="soft">{t("letters.gone.rest")}</p>
        <div class="row">
          <ButtonLink href="/letters">{t("letters.gone.back")}</ButtonLink>
        </div>
      </div>
    </Page>
  );
}
