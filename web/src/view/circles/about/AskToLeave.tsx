// SPDX-License-Identifier: AGPL-3.0-or-later
// A keeper asks someone to leave: never without words, which go to that person alone.
import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import type { Id } from "../../../model/face";
import { Button, Notice, Sheet, TextArea, toast } from "../../../ui";
import { useHouse } from "../../house-context";
import { useDraftText } from "../../talk/use-draft-text";
import { useTask } from "../../use-task";

export function AskToLeave({ room, person, name, onClose }: { room: Id; person: Id; name: string; onClose: () => void }) {
  const { circles } = useHouse();
  const words = useDraftText(`parting:${room}:${person}`);
  const [asked, setAsked] = useState(false);
  const task = useTask();
  const text = words.text.trim();
  const send = async () => {
    setAsked(true);
    if (text === "" || !(await task.run(() => circles.askToLeave(room, person, text)))) return;
    words.clear();
    onClose();
    toast(t("circles.remove.done", { name }));
  };
  return (
    <Sheet
      title={t("circles.remove.title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="danger" busy={task.busy} onClick={() => void send()}>
            {t("circles.remove.yes")}
          </Button>
        </>
      }
    >
      <p>{t("circles.remove.say", { name })}</p>
      <TextArea
        label={t("circles.remove.words", { name })}
        hint={t("circles.remove.kind")}
        value={words.text}
        onInput={words.write}
        rows={4}
        maxLength={4000}
        error={asked && text === "" ? t("circles.remove.missing") : null}
      />
      {task.wrong && <Notice tone="wrong">{task.wrong}</Notice>}
    </Sheet>
  );
}
