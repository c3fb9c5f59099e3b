// SPDX-License-Identifier: AGPL-3.0-or-later
// Where toasts stand: above the navigation, in a region that is read aloud politely. Mounted once, by the shell.
import { X } from "lucide-preact";
import { t } from "../i18n";
import { Button } from "./Button";
import { dropToast, toasts, type Toast } from "./toast";

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map((item) => (
        <ToastLine key={item.id} item={item} />
      ))}
    </div>
  );
}

function ToastLine({ item }: { item: Toast }) {
  const undo = item.undo;
  return (
    <div class="toast">
      <span class="toast-words">{item.text}</span>
      {undo && (
        <Button
          look="plain"
          onClick={() => {
            dropToast(item.id);
            undo.run();
          }}
        >
          {undo.label ?? t("ui.undo")}
        </Button>
      )}
      <Button look="plain" icon={X} iconOnly onClick={() => dropToast(item.id)}>
        {t("ui.close")}
      </Button>
    </div>
  );
}
