// SPDX-License-Identifier: AGPL-3.0-or-later
// "How heavy does it feel right now?" as eleven stones, a little larger each, and "rather not say" as a full answer.
// Native radio buttons underneath: arrow keys move through all twelve; each is read aloud with its words.
import { useId } from "preact/hooks";
import { t } from "../../i18n";
import { VisuallyHidden } from "../../ui";
import { WEIGHTS, sayWeight, sayWeightInFull } from "./words";

export interface WeightPickerProps {
  /** Undefined: nothing picked yet. Null: "rather not say". */
  value: number | null | undefined;
  onPick: (weight: number | null) => void;
}

export function WeightPicker({ value, onPick }: WeightPickerProps) {
  const name = useId();
  return (
    <fieldset class="weight-picker" aria-describedby={`${name}-ends`}>
      <legend class="weight-picker-legend">{t("checkin.legend")}</legend>
      <div class="weight-picker-stones">
        {WEIGHTS.map((weight) => (
          <label class={`weight-stone weight-stone-${weight}`} key={weight}>
            <input
              type="radio"
              autocomplete="off"
              name={name}
              value={weight}
              checked={value === weight}
              aria-label={sayWeightInFull(weight)}
              onChange={() => onPick(weight)}
            />
            <span class="weight-stone-shape" aria-hidden="true">
              {weight}
            </span>
          </label>
        ))}
      </div>
      <p class="weight-picker-said" id={`${name}-ends`}>
        {value === undefined ? t("checkin.ends") : <Said weight={value} />}
      </p>
      <label class="weight-none">
        <input type="radio" autocomplete="off" name={name} value="none" checked={value === null} onChange={() => onPick(null)} />
        <span>{t("checkin.weight.none")}</span>
      </label>
    </fieldset>
  );
}

function Said({ weight }: { weight: number | null }) {
  if (weight === null) return <>{t("checkin.weight.none.said")}</>;
  return (
    <>
      <strong>{sayWeight(weight)}</strong>
      <VisuallyHidden>{`. ${t("checkin.ends")}`}</VisuallyHidden>
    </>
  );
}
