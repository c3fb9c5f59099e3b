// SPDX-License-Identifier: AGPL-3.0-or-later
// A button that shows a short list of actions. It is a disclosure, not an application menu: Tab walks through it,
// Escape or a press elsewhere closes it, and focus goes back to the button.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Ellipsis, type LucideIcon } from "lucide-preact";
import { Button } from "./Button";
import { Icon } from "./Icon";

export interface MenuItem {
  label: string;
  icon?: LucideIcon;
  danger?: boolean;
  onPick: () => void;
}

export interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  icon?: LucideIcon;
  /** Words on the button; without them it shows only its icon. */
  children?: ComponentChildren;
}

export function Menu({ label, items, icon = Ellipsis, children }: MenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const pressElsewhere = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", pressElsewhere);
    document.addEventListener("focusin", pressElsewhere);
    return () => {
      document.removeEventListener("pointerdown", pressElsewhere);
      document.removeEventListener("focusin", pressElsewhere);
    };
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const pick = (item: MenuItem) => {
    close();
    item.onPick();
  };
  return (
    <div class="menu" ref={box} onKeyDown={(event) => event.key === "Escape" && open && close()}>
      <Button
        look={children ? "quiet" : "plain"}
        icon={icon}
        iconOnly={!children}
        expanded={open}
        controls={id}
        buttonRef={button}
        onClick={() => setOpen(!open)}
      >
        {children ?? label}
      </Button>
      {/* The list stays in the page so that aria-controls always names something that exists. */}
      <ul class="menu-list" id={id} role="list" aria-label={label} hidden={!open}>
        {items.map((item) => (
          <li key={item.label}>
            <button type="button" class={`menu-item${item.danger ? " menu-danger" : ""}`} onClick={() => pick(item)}>
              {item.icon && <Icon of={item.icon} />}
              <span>{item.label}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
