// SPDX-License-Identifier: AGPL-3.0-or-later
// Asking for something practical: what, and by when if that matters.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Card, Check, Field, Notice, TextArea, toast } from "../../ui";
import { fromLocalField, toLocalField, tomorrowNoon } from "../ask/times";
import { useHouse } from "../house-context";
import { useDraftText } from "../talk/use-draft-text";
import { useNow } from "../talk/when";
import { useTask } from "../use-task";

export function NewHelp({ room, onDone }: { room: string; onDone: () => void }) {
  const { carrying } = useHouse();
  const now = useNow();
  const words = useDraftText(`help:${room}`);
  const sending = useTask();
  const [timed, setTimed] = useState(false);
  const [time, setTime] = useState(() => toLocalField(tomorrowNoon(now)));
  const when = timed ? fromLocalField(time) : null;
  const past = timed && (when === null || when <= now);
  const send = async () => {
    const done = await sending.run(async () => {
      await carrying.askHelp(room, { text: words.text.trim(), when });
      words.clear();
    });
    if (!done) return;
    toast(t("carry.help.asked"));
    onDone();
  };
  return (
    <Card title={t("carry.help.new")}>
      <TextArea label={t("carry.help.text")} hint={t("carry.help.hint")} value={words.text} onInput={words.write} rows={2} />
      <Check checked={timed} onChange={setTimed}>
        {t("carry.help.timed")}
      </Check>
      {timed && <Field label={t("carry.help.when")} type="datetime-local" value={time} min={toLocalField(now)} onInput={setTime} error={past ? t("ask.when.past") : null} />}
      {sending.wrong && <Notice tone="wrong">{sending.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={sending.busy} disabled={words.text.trim() === "" || past} onClick={() => void send()}>
          {t("carry.help.ask")}
        </Button>
        <Button look="plain" onClick={onDone}>
          {t("ui.cancel")}
        </Button>
      </div>
    </Card>
  );
}
