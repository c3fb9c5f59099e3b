// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole page or only some of its lines: each line is one thing to tick, nothing is ticked beforehand.
import { t } from "../../i18n";
import { Choice, Choices } from "../../ui";
import type { Piece } from "./lines";

export interface Amount {
  readonly whole: boolean;
  readonly chosen: ReadonlySet<number>;
}

export interface HowMuchProps {
  pieces: readonly Piece[];
  amount: Amount;
  onChange: (amount: Amount) => void;
}

export function HowMuch({ pieces, amount, onChange }: HowMuchProps) {
  if (pieces.length < 2) return null;
  return (
    <div class="stack">
      <Choice
        label={t("journal.share.how")}
        options={[
          { value: "whole", label: t("journal.share.whole") },
          { value: "lines", label: t("journal.share.lines") },
        ]}
        value={amount.whole ? "whole" : "lines"}
        onChange={(value) => onChange({ ...amount, whole: value === "whole" })}
      />
      {!amount.whole && (
        <Choices
          label={t("journal.share.pick.lines")}
          hint={t("journal.share.pick.hint")}
          look="rows"
          options={pieces.map(({ text }, place) => ({ value: String(place), label: text }))}
          value={[...amount.chosen].map(String)}
          onChange={(values) => onChange({ ...amount, chosen: new Set(values.map(Number)) })}
        />
      )}
    </div>
  );
}
