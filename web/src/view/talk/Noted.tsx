// SPDX-License-Identifier: AGPL-3.0-or-later
// Words under a content note: folded until one chooses to read them, and folded again at will. My own lie open.
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button } from "../../ui";

export function Noted({ note, mine, children }: { note: string; mine: boolean; children: ComponentChildren }) {
  const id = useId();
  const [open, setOpen] = useState(mine);
  return (
    <>
      <div class="noted">
        <p>{t("circles.note.about", { note })}</p>
        {!mine && (
          <Button expanded={open} controls={id} onClick={() => setOpen(!open)}>
            {t(open ? "circles.note.fold" : "circles.note.read")}
          </Button>
        )}
      </div>
      <div id={id} class="noted-words" hidden={!open}>
        {open && children}
      </div>
    </>
  );
}
