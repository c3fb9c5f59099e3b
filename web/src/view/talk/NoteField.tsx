// SPDX-License-Identifier: AGPL-3.0-or-later
// The few words of a content note, asked for only by who wants one. It gives others a choice; it promises no protection.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Field } from "../../ui";

const LONGEST = 60;

export function NoteField({ note, onNote }: { note: string; onNote: (note: string) => void }) {
  const [wanted, setWanted] = useState(false);
  if (!wanted && note === "") {
    return (
      <Button look="plain" onClick={() => setWanted(true)}>
        {t("circles.note.add")}
      </Button>
    );
  }
  const leaveOut = () => {
    onNote("");
    setWanted(false);
  };
  return (
    <div class="stack stack-s">
      <Field label={t("circles.note")} hint={t("circles.note.hint")} value={note} onInput={onNote} maxLength={LONGEST} />
      <div class="row">
        <Button look="plain" onClick={leaveOut}>
          {t("circles.note.remove")}
        </Button>
      </div>
    </div>
  );
}
