// SPDX-License-Identifier: AGPL-3.0-or-later
// The three answers to "can we talk?" and "will you sit with me?". Yes, and not today, go with one touch; later asks for a
// time. Each is kind, so none stands out. A yes to sitting now leads to the seat.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { AnswerWord } from "../../model/face";
import { Button, Field, Notice, Sheet, TextArea, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { fromLocalField, toLocalField } from "./times";

const HOUR = 3_600_000;

export function AnswerAsk({ ask, name }: { ask: string; name: string }) {
  const { asks } = useHouse();
  const [, navigate] = useLocation();
  const task = useTask();
  const [later, setLater] = useState(false);
  const answer = async (answer: AnswerWord, at: number | null, text: string) => {
    const asked = asks.forMe.peek().find(({ id }) => id === ask);
    const done = await task.run(() => asks.answer(ask, { answer, at, text }));
    if (!done) return;
    setLater(false);
    if (answer === "yes" && asked?.what === "sit" && asked.when === null) navigate(`/sit/${asked.room}/${ask}`);
    toast(t("ask.answer.sent", { name }));
  };
  return (
    <div class="stack stack-s">
      <div class="row" role="group" aria-label={t("ask.answer.title", { name })}>
        <Button busy={task.busy} onClick={() => void answer("yes", null, "")}>
          {t("ask.answer.yes")}
        </Button>
        <Button busy={task.busy} onClick={() => setLater(true)}>
          {t("ask.answer.later")}
        </Button>
        <Button busy={task.busy} onClick={() => void answer("not-today", null, "")}>
          {t("ask.answer.not-today")}
        </Button>
      </div>
      {task.wrong && !later && <Notice tone="wrong">{task.wrong}</Notice>}
      {later && (
        <Later name={name} busy={task.busy} wrong={task.wrong} onClose={() => setLater(false)} onSend={(at, text) => void answer("later", at, text)} />
      )}
    </div>
  );
}

interface LaterProps {
  name: string;
  busy: boolean;
  wrong: string | null;
  onClose: () => void;
  onSend: (at: number | null, text: string) => void;
}

function Later({ name, busy, wrong, onClose, onSend }: LaterProps) {
  const [when, setWhen] = useState(() => toLocalField(Date.now() + 3 * HOUR));
  const [text, setText] = useState("");
  const at = fromLocalField(when);
  const past = at !== null && at <= Date.now();
  return (
    <Sheet
      title={t("ask.answer.later")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="main" busy={busy} disabled={past} onClick={() => onSend(at, text.trim())}>
            {t("ask.answer.send")}
          </Button>
        </>
      }
    >
      <Field
        label={t("ask.answer.later.when")}
        hint={t("ask.answer.later.open")}
        type="datetime-local"
        value={when}
        onInput={setWhen}
        error={past ? t("ask.when.past") : null}
      />
      <TextArea label={t("ask.text.label")} hint={t("ask.answer.text.hint", { name })} value={text} onInput={setText} rows={2} />
      {wrong && <Notice tone="wrong">{wrong}</Notice>}
    </Sheet>
  );
}
