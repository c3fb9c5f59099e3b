// SPDX-License-Identifier: AGPL-3.0-or-later
// A check-in as it is read: the weight in words and number, then whatever words there are. The same for me and for the
// one to whom it was shown, so that nobody wonders what the other sees.
import { formatList, t } from "../../i18n";
import type { CheckinWords } from "../../model/face";
import { VisuallyHidden } from "../../ui";
import { Words } from "../talk/Words";
import { sayFeeling, sayWeight } from "./words";

export function CheckinCard({ words }: { words: CheckinWords }) {
  const { weight, feelings, opening, text } = words;
  return (
    <div class="checkin-card">
      <p class="checkin-card-weight">
        <VisuallyHidden>{`${t("checkin.card.weight")}: `}</VisuallyHidden>
        {weight !== null && <span class="checkin-card-stone">{weight}</span>}
        <span>{sayWeight(weight)}</span>
      </p>
      {feelings.length > 0 && (
        <p class="checkin-card-feelings" dir="auto">
          {formatList(feelings.map(sayFeeling))}
        </p>
      )}
      {opening && <Words>{opening}</Words>}
      {text && <Words>{text}</Words>}
    </div>
  );
}
