// SPDX-License-Identifier: AGPL-3.0-or-later
// One thing to agree to or switch on. The whole line can be pressed.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { FieldError } from "./Field";

export interface CheckProps {
  children: ComponentChildren;
  checked: boolean;
  onChange: (checked: boolean) => void;
  detail?: ComponentChildren;
  error?: string | null | undefined;
}

export function Check({ children, checked, onChange, detail, error }: CheckProps) {
  const id = useId();
  const told = [detail ? `${id}-detail` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class="check">
      <label class="check-line">
        <input
          class="check-input"
          type="checkbox"
          autocomplete="off"
          checked={checked}
          aria-invalid={error ? true : undefined}
          aria-describedby={told || undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{children}</span>
      </label>
      {detail && (
        <div class="check-detail field-hint" id={`${id}-detail`}>
          {detail}
        </div>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}
