// SPDX-License-Identifier: AGPL-3.0-or-later
// One line that a person writes: a label above, a hint under it, and what is wrong in words beside an icon.
// A passphrase can be looked at: nobody has to type what they cannot see.
import type { ComponentChildren, Ref } from "preact";
import { useId, useState } from "preact/hooks";
import { CircleAlert, Eye, EyeOff } from "lucide-preact";
import { t } from "../i18n";
import { Button } from "./Button";
import { Icon } from "./Icon";

export interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: ComponentChildren;
  error?: string | null | undefined;
  type?: "text" | "password" | "email" | "tel" | "url" | "search" | "time" | "date" | "datetime-local";
  name?: string;
  /** What the browser may fill in, such as "username" or "new-password"; it then remembers it in the clear. Left out: it
      remembers nothing, and does not write what is being typed into its own files (as it does to restore a tab). */
  autocomplete?: string;
  inputMode?: "text" | "numeric" | "email" | "tel" | "url" | "search";
  autocapitalize?: "none" | "sentences" | "words" | "characters";
  spellcheck?: boolean;
  required?: boolean;
  maxLength?: number;
  min?: string;
  max?: string;
  inputRef?: Ref<HTMLInputElement>;
  onBlur?: () => void;
}

export function Field(props: FieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const secret = props.type === "password";
  const told = [props.hint ? `${id}-hint` : "", props.error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class={`field${props.error ? " field-wrong" : ""}`}>
      <label class="field-label" for={id}>
        {props.label}
      </label>
      {props.hint && (
        <div class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      )}
      <div class="field-line">
        <input
          id={id}
          class="field-input"
          type={secret && shown ? "text" : (props.type ?? "text")}
          name={props.name}
          dir={(props.type ?? "text") === "text" ? "auto" : undefined}
          value={props.value}
          autocomplete={props.autocomplete ?? "off"}
          inputMode={props.inputMode}
          autocapitalize={props.autocapitalize ?? (secret ? "none" : undefined)}
          spellcheck={props.spellcheck ?? (secret ? false : undefined)}
          required={props.required}
          maxLength={props.maxLength}
          min={props.min}
          max={props.max}
          aria-invalid={props.error ? true : undefined}
          aria-describedby={told || undefined}
          ref={props.inputRef ?? null}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onBlur={props.onBlur}
        />
        {secret && (
          <Button look="plain" icon={shown ? EyeOff : Eye} iconOnly pressed={shown} controls={id} onClick={() => setShown(!shown)}>
            {t("ui.showLetters")}
          </Button>
        )}
      </div>
      {props.error && <FieldError id={`${id}-error`}>{props.error}</FieldError>}
    </div>
  );
}

export function FieldError({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <p class="field-error" id={id}>
      <Icon of={CircleAlert} size="s" />
      <span>{children}</span>
    </p>
  );
}
