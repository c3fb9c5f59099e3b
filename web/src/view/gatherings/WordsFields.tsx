// SPDX-License-Identifier: AGPL-3.0-or-later
// What a meeting is about: a title, a text to read, a question to speak to. All may stay empty.
import { t } from "../../i18n";
import type { GatheringWords } from "../../model/face";
import { Field, TextArea } from "../../ui";

export function WordsFields({ words, onChange }: { words: GatheringWords; onChange: (words: GatheringWords) => void }) {
  return (
    <>
      <Field label={t("gatherings.name")} value={words.title} onInput={(title) => onChange({ ...words, title })} maxLength={120} />
      <TextArea label={t("gatherings.text")} value={words.text} onInput={(text) => onChange({ ...words, text })} rows={4} maxLength={12_000} />
      <TextArea label={t("gatherings.question")} value={words.question} onInput={(question) => onChange({ ...words, question })} rows={2} maxLength={1_000} />
    </>
  );
}
