// SPDX-License-Identifier: AGPL-3.0-or-later
// The few words of a content note, asked for only by who wants one. It gives others a choice; it promises no protection.
import { t } from "../../i18n";
import { Button, Field } from "../../ui";
import type { Composer } from "./use-composer";

const LONGEST = 60;

export function NoteField({ composer: { note, noting, setNote, setNoting } }: { composer: Composer }) {
  if (!noting) {
    return (
      <Button look="plain" onClick={() => setNoting(true)}>
        {t("circles.note.add")}
      </Button>
    );
  }
  return (
    <div class="stack stack-s">
      <Field label={t("circles.note")} hint={t("circles.note.hint")} value={note} onInput={setNote} maxLength={LONGEST} />
      <div class="row">
        <Button look="plain" onClick={() => setNoting(false)}>
          {t("circles.note.remove")}
        </Button>
      </div>
    </div>
  );
}
