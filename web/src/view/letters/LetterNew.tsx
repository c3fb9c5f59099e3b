// SPDX-License-Identifier: AGPL-3.0-or-later
// A new letter.
import { t } from "../../i18n";
import { Page } from "../../ui";
import { LetterForm } from "./LetterForm";
import { NO_WORDS, useLetterDraft } from "./use-letter-draft";

export function LetterNew() {
  const draft = useLetterDraft(null, NO_WORDS, []);
  return (
    <Page title={t("letters.new.title")} lead={t("letters.lead")} back={{ href: "/letters", label: t("letters.back") }}>
      <LetterForm draft={draft} before={null} />
    </Page>
  );
}
