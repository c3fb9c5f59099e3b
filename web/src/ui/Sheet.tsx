// SPDX-License-Identifier: AGPL-3.0-or-later
// One question over the page, in the browser's own <dialog>: it holds focus, Escape closes it, focus goes back after.
// On a phone it rises from the lower edge; on a desk it stands in the middle.
import { createContext, type ComponentChildren } from "preact";
import { useContext, useEffect, useId, useRef } from "preact/hooks";
import { X } from "lucide-preact";
import { t } from "../i18n";
import { Button } from "./Button";

/** What every sheet shows beside its way to close. The page behind cannot be reached while a sheet is open, so whatever
    must be within reach always is given here by the shell. */
export const BesideClose = createContext<ComponentChildren>(null);

export interface SheetProps {
  title: string;
  /** Render the sheet only while it is open; closing is told here and nowhere else. */
  onClose: () => void;
  children: ComponentChildren;
  /** The buttons, last in order. */
  actions?: ComponentChildren;
}

export function Sheet({ title, onClose, children, actions }: SheetProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const beside = useContext(BesideClose);
  useEffect(() => {
    const before = document.activeElement;
    const sheet = dialog.current;
    sheet?.showModal();
    return () => {
      sheet?.close(); // while it is open, nothing behind it can take the focus
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const pressBehind = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose();
  };
  return (
    <dialog
      class="sheet"
      aria-labelledby={id}
      ref={dialog}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={pressBehind}
    >
      <div class="sheet-body">
        <div class="sheet-head">
          <h2 id={id} class="sheet-title">
            {title}
          </h2>
          <div class="sheet-ways-out">
            {beside}
            <Button look="plain" icon={X} iconOnly onClick={onClose}>
              {t("ui.close")}
            </Button>
          </div>
        </div>
        {children}
        {actions && <div class="sheet-actions">{actions}</div>}
      </div>
    </dialog>
  );
}
