// SPDX-License-Identifier: AGPL-3.0-or-later
// Room to write: it grows with the words up to its limit, then scrolls. The label can be kept for listeners only.
// Newer browsers grow it by CSS (field-sizing); for the others we set the height ourselves.
import type { ComponentChildren, Ref } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { FieldError } from "./Field";
import { VisuallyHidden } from "./VisuallyHidden";

export interface TextAreaProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hideLabel?: boolean;
  hint?: ComponentChildren;
  error?: string | null | undefined;
  placeholder?: string;
  rows?: number;
  maxLength?: number;
  onKeyDown?: (event: KeyboardEvent) => void;
  areaRef?: Ref<HTMLTextAreaElement>;
}

const grow = (area: HTMLTextAreaElement) => {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
};

export function TextArea(props: TextAreaProps) {
  const id = useId();
  const own = useRef<HTMLTextAreaElement | null>(null);
  useLayoutEffect(() => {
    if (own.current) grow(own.current);
  }, [props.value]);
  const keep = (area: HTMLTextAreaElement | null) => {
    own.current = area;
    if (typeof props.areaRef === "function") props.areaRef(area);
    else if (props.areaRef) props.areaRef.current = area;
  };
  const told = [props.hint ? `${id}-hint` : "", props.error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class={`field${props.error ? " field-wrong" : ""}`}>
      <label class={props.hideLabel ? undefined : "field-label"} for={id}>
        {props.hideLabel ? <VisuallyHidden>{props.label}</VisuallyHidden> : props.label}
      </label>
      {props.hint && (
        <div class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      )}
      <textarea
        id={id}
        class="field-input text-area"
        // Else the browser writes what is being typed into its own files, in the clear, to restore the tab.
        autocomplete="off"
        dir="auto"
        rows={props.rows ?? 3}
        value={props.value}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={told || undefined}
        ref={keep}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onKeyDown={props.onKeyDown}
      />
      {props.error && <FieldError id={`${id}-error`}>{props.error}</FieldError>}
    </div>
  );
}
