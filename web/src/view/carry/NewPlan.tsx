// SPDX-License-Identifier: AGPL-3.0-or-later
// Planning something simple together: what, where, from when, for how long.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, Card, Choice, Field, Notice, TextArea, toast } from "../../ui";
import { fromLocalField, toLocalField, tomorrowNoon } from "../ask/times";
import { useHouse } from "../house-context";
import { useDraftText } from "../talk/use-draft-text";
import { useNow } from "../talk/when";
import { useTask } from "../use-task";

const LENGTHS = ["30", "60", "120", "240"] as const;
type Length = (typeof LENGTHS)[number];

export function NewPlan({ room, onDone }: { room: string; onDone: () => void }) {
  const { carrying } = useHouse();
  const now = useNow();
  const words = useDraftText(`plan:${room}`);
  const sending = useTask();
  const [where, setWhere] = useState("");
  const [time, setTime] = useState(() => toLocalField(tomorrowNoon(now)));
  const [length, setLength] = useState<Length>("60");
  const start = fromLocalField(time);
  const past = start === null || start <= now;
  const send = async () => {
    if (start === null) return;
    const done = await sending.run(async () => {
      await carrying.plan(room, { text: words.text.trim(), where: where.trim(), start, minutes: Number(length) });
      words.clear();
    });
    if (!done) return;
    toast(t("carry.plan.made"));
    onDone();
  };
  return (
    <Card title={t("carry.plan.new")}>
      <TextArea label={t("carry.plan.text")} hint={t("carry.plan.hint")} value={words.text} onInput={words.write} rows={2} />
      <Field label={t("carry.plan.place")} value={where} onInput={setWhere} maxLength={200} />
      <Field label={t("carry.plan.start")} type="datetime-local" value={time} min={toLocalField(now)} onInput={setTime} error={past ? t("ask.when.past") : null} />
      <Choice label={t("carry.plan.length")} options={LENGTHS.map((value) => ({ value, label: t(`carry.plan.length.${value}`) }))} value={length} onChange={setLength} />
      {sending.wrong && <Notice tone="wrong">{sending.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={sending.busy} disabled={words.text.trim() === "" || past} onClick={() => void send()}>
          {t("carry.plan.make")}
        </Button>
        <Button look="plain" onClick={onDone}>
          {t("ui.cancel")}
        </Button>
      </div>
    </Card>
  );
}
