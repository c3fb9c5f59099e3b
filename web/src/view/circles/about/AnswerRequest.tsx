// SPDX-License-Identifier: AGPL-3.0-or-later
// A keeper answers who asks to come in: yes or not this time, and in both cases with words.
import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import type { Id } from "../../../model/face";
import { Button, Notice, Sheet, TextArea, toast } from "../../../ui";
import { useHouse } from "../../house-context";
import { useDraftText } from "../../talk/use-draft-text";
import { useTask } from "../../use-task";

export function AnswerRequest({ room, person, name, onClose }: { room: Id; person: Id; name: string; onClose: () => void }) {
  const { circles } = useHouse();
  const words = useDraftText(`circle-answer:${room}:${person}`);
  const [asked, setAsked] = useState(false);
  const task = useTask();
  const text = words.text.trim();
  const answer = async (welcome: boolean) => {
    setAsked(true);
    if (text === "" || !(await task.run(() => circles.answer(room, person, { welcome, words: text })))) return;
    words.clear();
    onClose();
    toast(t(welcome ? "circles.door.said.yes" : "circles.door.said.no", { name }));
  };
  return (
    <Sheet
      title={t("circles.door.answer.title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button busy={task.busy} onClick={() => void answer(false)}>
            {t("circles.door.no")}
          </Button>
          <Button busy={task.busy} onClick={() => void answer(true)}>
            {t("circles.door.yes")}
          </Button>
        </>
      }
    >
      <TextArea
        label={t("circles.door.answer.words")}
        hint={t("circles.door.answer.hint")}
        value={words.text}
        onInput={words.write}
        rows={4}
        maxLength={4000}
        error={asked && text === "" ? t("circles.door.answer.missing") : null}
      />
      {task.wrong && <Notice tone="wrong">{task.wrong}</Notice>}
    </Sheet>
  );
}
