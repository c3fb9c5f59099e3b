// SPDX-License-Identifier: AGPL-3.0-or-later
// Something to press. One "main" on a screen; the others are quiet (an outline) or plain (only words).
// While busy it keeps its focus and its words, and pressing it again does nothing.
import type { ComponentChildren, Ref } from "preact";
import type { LucideIcon } from "lucide-preact";
import { Icon } from "./Icon";

export type ButtonLook = "main" | "quiet" | "plain" | "danger";

export interface ButtonProps {
  children: ComponentChildren;
  look?: ButtonLook;
  icon?: LucideIcon;
  /** Shows only the icon; the children become its spoken name. */
  iconOnly?: boolean;
  type?: "button" | "submit";
  wide?: boolean;
  busy?: boolean;
  disabled?: boolean;
  onClick?: (event: MouseEvent) => void;
  /** For a button that opens or closes something. */
  expanded?: boolean;
  controls?: string;
  /** For a button that stays pressed. */
  pressed?: boolean;
  describedBy?: string;
  form?: string;
  buttonRef?: Ref<HTMLButtonElement>;
}

export function buttonClass(look: ButtonLook, wide = false, iconOnly = false): string {
  return `button button-${look}${wide ? " button-wide" : ""}${iconOnly ? " button-icon-only" : ""}`;
}

export function Button(props: ButtonProps) {
  const { children, look = "quiet", icon, iconOnly = false, type = "button", wide, busy = false, disabled = false } = props;
  const press = (event: MouseEvent) => {
    if (busy) event.preventDefault();
    else props.onClick?.(event);
  };
  return (
    <button
      type={type}
      class={buttonClass(look, wide, iconOnly)}
      disabled={disabled}
      aria-disabled={busy ? true : undefined}
      aria-busy={busy ? true : undefined}
      aria-expanded={props.expanded}
      aria-controls={props.controls}
      aria-pressed={props.pressed}
      aria-describedby={props.describedBy}
      aria-label={iconOnly && typeof children === "string" ? children : undefined}
      form={props.form}
      ref={props.buttonRef ?? null}
      onClick={press}
    >
      {icon && <Icon of={icon} />}
      {!iconOnly && <span>{children}</span>}
    </button>
  );
}
