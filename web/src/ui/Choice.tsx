// SPDX-License-Identifier: AGPL-3.0-or-later
// Pick one (radio buttons) or some (tick boxes), shown as chips. The native controls stay underneath: arrow keys,
// Space and screen readers work as everywhere.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { VisuallyHidden } from "./VisuallyHidden";

export interface ChoiceOption<V extends string> {
  value: V;
  label: string;
  /** A second line inside the chip. */
  detail?: string;
}

interface ChoiceShared<V extends string> {
  label: string;
  hideLabel?: boolean;
  hint?: ComponentChildren;
  options: readonly ChoiceOption<V>[];
  /** "chips" wrap like words; "rows" stand under each other, for longer labels. */
  look?: "chips" | "rows";
}

export interface ChoiceProps<V extends string> extends ChoiceShared<V> {
  value: V | null;
  onChange: (value: V) => void;
}

export interface ChoicesProps<V extends string> extends ChoiceShared<V> {
  value: readonly V[];
  onChange: (value: V[]) => void;
}

export function Choice<V extends string>(props: ChoiceProps<V>) {
  return (
    <Group {...props} type="radio" chosen={(value) => value === props.value} onPick={(value) => props.onChange(value)} />
  );
}

export function Choices<V extends string>(props: ChoicesProps<V>) {
  const toggle = (value: V) =>
    props.onChange(props.value.includes(value) ? props.value.filter((other) => other !== value) : [...props.value, value]);
  return <Group {...props} type="checkbox" chosen={(value) => props.value.includes(value)} onPick={toggle} />;
}

interface GroupProps<V extends string> extends ChoiceShared<V> {
  type: "radio" | "checkbox";
  chosen: (value: V) => boolean;
  onPick: (value: V) => void;
}

function Group<V extends string>({ label, hideLabel, hint, options, look = "chips", type, chosen, onPick }: GroupProps<V>) {
  const name = useId();
  return (
    <fieldset class="choice" aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend class={hideLabel ? undefined : "field-label"}>
        {hideLabel ? <VisuallyHidden>{label}</VisuallyHidden> : label}
      </legend>
      {hint && (
        <div class="field-hint" id={`${name}-hint`}>
          {hint}
        </div>
      )}
      <div class={`choice-options choice-${look}`}>
        {options.map((option) => (
          <label class="choice-chip" key={option.value}>
            <input
              class="choice-input"
              type={type}
              autocomplete="off"
              name={name}
              value={option.value}
              checked={chosen(option.value)}
              onChange={() => onPick(option.value)}
            />
            <span class="choice-words">
              <span>{option.label}</span>
              {option.detail && <span class="choice-detail">{option.detail}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
