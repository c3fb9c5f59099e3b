// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter being written: to whom, the words, a voice. One thing to do with it here: keep it.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import { Button, Field, Notice, TextArea, toast } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { AddVoice } from "../voice/AddVoice";
import { VoicePlayer } from "../voice/VoicePlayer";
import type { LetterDraft } from "./use-letter-draft";
import type { OpenWords } from "./words";
import "./letters.css";

export interface LetterFormProps {
  draft: LetterDraft;
  /** What it said before; null for a new one. */
  before: OpenWords | null;
}

export function LetterForm({ draft, before }: LetterFormProps) {
  const { voices } = useHouse();
  const [, go] = useLocation();
  const [asked, setAsked] = useState(false);
  const { words, saving } = draft;
  const empty = words.text.trim() === "" && words.voice === null && voices.recording(draft.key).value === null;
  const keep = async () => {
    setAsked(true);
    if (empty) return;
    const id = await draft.keep();
    if (id === null) return;
    toast(t("letters.keep.done"));
    go(`/letters/${id}`, { replace: true });
  };
  return (
    <div class="stack stack-l letter-form">
      <Field label={t("letters.form.to")} hint={t("letters.form.to.hint")} value={words.to} onInput={(to) => draft.change({ to })} autocomplete="off" />
      <TextArea label={t("letters.form.text")} hint={t("letters.form.text.hint")} value={words.text} onInput={(text) => draft.change({ text })} rows={10} />
      <Voice draft={draft} before={before} />
      <div class="stack stack-s">
        {asked && empty && <Notice tone="wrong">{t("letters.form.empty")}</Notice>}
        {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
        <div class="spread">
          <Button look="main" busy={saving.busy} onClick={() => void keep()}>
            {t("letters.keep")}
          </Button>
          {draft.begun && <ThrowAway draft={draft} isNew={before === null} />}
        </div>
        <p class="soft small">{t("letters.form.draft")}</p>
      </div>
    </div>
  );
}

/** One voice a letter: the one it has, or a new one. */
function Voice({ draft, before }: LetterFormProps) {
  const { rooms } = useHouse();
  const self = rooms.self.value;
  const had = before?.voice ?? null;
  if (draft.words.voice && self)
    return (
      <div class="stack stack-s">
        <VoicePlayer room={self.room} note={draft.words.voice} />
        <div class="row">
          <Button look="plain" onClick={() => draft.change({ voice: null })}>
            {t("letters.form.voice.out")}
          </Button>
        </div>
      </div>
    );
  return (
    <div class="stack stack-s">
      <AddVoice draftKey={draft.key} words={t("letters.form.voice")} />
      {had && (
        <div class="row">
          <Button look="plain" onClick={() => draft.change({ voice: had })}>
            {t("letters.form.voice.in")}
          </Button>
        </div>
      )}
    </div>
  );
}

function ThrowAway({ draft, isNew }: { draft: LetterDraft; isNew: boolean }) {
  const [, go] = useLocation();
  const [asking, setAsking] = useState(false);
  const run = async () => {
    await draft.throwAway();
    if (isNew) go("/letters", { replace: true });
  };
  return (
    <>
      <Button look="plain" onClick={() => setAsking(true)}>
        {t("letters.draft.throw")}
      </Button>
      {asking && (
        <Confirm
          title={t("letters.draft.throw.ask")}
          yes={t("letters.draft.throw")}
          run={run}
          done={t("letters.draft.throw.done")}
          onClose={() => setAsking(false)}
        >
          <p>{t(isNew ? "letters.draft.throw.new" : "letters.draft.throw.edit")}</p>
        </Confirm>
      )}
    </>
  );
}
