// SPDX-License-Identifier: AGPL-3.0-or-later
// Feelings and weight of a page: folded, because a page is words first. What was chosen shows on the fold.
import { formatList, t } from "../../i18n";
import type { PageWords } from "../../model/face";
import { FeelingPicker } from "../checkin/FeelingPicker";
import { WeightPicker } from "../checkin/WeightPicker";
import { sayFeeling, sayWeight } from "../checkin/words";

export function Feel({ words, onChange }: { words: PageWords; onChange: (part: Partial<PageWords>) => void }) {
  const chosen = [...(words.weight === null ? [] : [sayWeight(words.weight)]), ...words.feelings.map(sayFeeling)];
  return (
    <details class="fold">
      <summary>
        <span class="fold-title">{t("journal.feel.title")}</span>
        <span class="fold-said soft small">{chosen.length > 0 ? formatList(chosen) : t("journal.feel.hint")}</span>
      </summary>
      <div class="stack stack-l">
        <WeightPicker value={words.weight ?? undefined} onPick={(weight) => onChange({ weight })} />
        <FeelingPicker value={words.feelings} onChange={(feelings) => onChange({ feelings })} />
      </div>
    </details>
  );
}
