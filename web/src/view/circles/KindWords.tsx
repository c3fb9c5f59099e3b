// SPDX-License-Identifier: AGPL-3.0-or-later
// A few kind words for one person of the circle, without my name on the screen. It says plainly what that means: it still
// comes from somebody in this circle.
import { t } from "../../i18n";
import type { Circle, Id } from "../../model/face";
import { Button, Notice, Sheet, TextArea, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useDraftText } from "../talk/use-draft-text";
import { useTask } from "../use-task";

export function KindWords({ circle, person, name, onClose }: { circle: Circle; person: Id; name: string; onClose: () => void }) {
  const { circles } = useHouse();
  const words = useDraftText(`kindness:${circle.room}:${person}`);
  const sending = useTask();
  const text = words.text.trim();
  const send = async () => {
    if (!(await sending.run(() => circles.kindness(circle.room, person, text)))) return;
    words.clear();
    onClose();
    toast(t("circles.kind.sent", { name }));
  };
  return (
    <Sheet
      title={t("circles.kind.title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="main" busy={sending.busy} disabled={text === ""} onClick={() => void send()}>
            {t("circles.kind.send")}
          </Button>
        </>
      }
    >
      <p>{t("circles.kind.say", { name })}</p>
      <TextArea label={t("circles.kind.words")} value={words.text} onInput={words.write} rows={3} maxLength={2000} />
      {sending.wrong && <Notice tone="wrong">{sending.wrong}</Notice>}
    </Sheet>
  );
}
