// SPDX-License-Identifier: AGPL-3.0-or-later
// What a meeting is about, to be read; nothing if nothing was written.
import { t } from "../../i18n";
import type { GatheringWords } from "../../model/face";
import { Card } from "../../ui";
import { Words } from "../talk/Words";

export const hasTheme = ({ text, question }: GatheringWords): boolean => text !== "" || question !== "";

export function Theme({ words }: { words: GatheringWords }) {
  if (!hasTheme(words)) return null;
  return (
    <Card title={t("gatherings.theme")}>
      <ThemeWords words={words} />
    </Card>
  );
}

export function ThemeWords({ words: { text, question } }: { words: GatheringWords }) {
  return (
    <>
      {text && <Words>{text}</Words>}
      {question && (
        <div>
          <p class="soft small">{t("gatherings.question.is")}</p>
          <Words class="gathering-question">{question}</Words>
        </div>
      )}
    </>
  );
}
