// SPDX-License-Identifier: AGPL-3.0-or-later
// Pick one of many, in the browser's own list: it can be searched by typing and works everywhere.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { ChevronDown } from "lucide-preact";
import { Icon } from "./Icon";

export interface SelectProps<V extends string> {
  label: string;
  hint?: ComponentChildren;
  /** Empty: nothing is picked yet, and `unpicked` stands there. */
  value: V | "";
  unpicked?: string;
  options: readonly { value: V; label: string }[];
  onChange: (value: V) => void;
}

export function Select<V extends string>({ label, hint, value, unpicked, options, onChange }: SelectProps<V>) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {hint && (
        <div class="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div class="field-line select">
        <select
          autocomplete="off"
          id={id}
          class="field-input select-input"
          value={value}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => onChange(event.currentTarget.value as V)}
        >
          {value === "" && <option value="">{unpicked}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon of={ChevronDown} />
      </div>
    </div>
  );
}
