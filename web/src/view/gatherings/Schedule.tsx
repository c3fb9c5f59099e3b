// SPDX-License-Identifier: AGPL-3.0-or-later
// Setting a gathering, or a series of them. The time is the wall clock's here, and stays at that hour summer and winter; who
// lives elsewhere sees it by their own clock. A class is a series in which each meeting has a text and a question.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { GatheringWords, Repeat } from "../../model/face";
import { Button, Card, Choice, Field, Fold, Notice, Select, TextArea, toast } from "../../ui";
import { fromLocalField, toLocalField } from "../ask/times";
import { useHouse } from "../house-context";
import { useNow } from "../talk/when";
import { useTask } from "../use-task";

const DAY = 86_400_000;
const REPEATS: readonly Repeat[] = ["none", "weekly", "fortnightly", "monthly"];
const COUNTS = ["4", "6", "8", "10", "12", "26", "52"] as const;
const LENGTHS = ["15", "30", "45", "60", "75", "90"] as const;
const TURNS = ["60", "120", "180", "300", "420"] as const;
const EMPTY: GatheringWords = { title: "", text: "", question: "" };

/** Tomorrow at seven in the evening: an hour at which people meet. */
function firstTime(now: number): string {
  const day = new Date(now + DAY);
  day.setHours(19, 0, 0, 0);
  return toLocalField(day.getTime());
}

export function Schedule({ room, onDone }: { room: string; onDone: () => void }) {
  const { gatherings } = useHouse();
  const now = useNow();
  const setting = useTask();
  const [start, setStart] = useState(() => firstTime(now));
  const [repeat, setRepeat] = useState<Repeat>("none");
  const [count, setCount] = useState<(typeof COUNTS)[number]>("6");
  const [minutes, setMinutes] = useState<(typeof LENGTHS)[number]>("60");
  const [turn, setTurn] = useState<(typeof TURNS)[number]>("180");
  const [each, setEach] = useState<readonly GatheringWords[]>([EMPTY]);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = fromLocalField(start);
  const past = at === null || at <= now;
  const many = repeat === "none" ? 1 : Number(count);
  const words = each.length > 1 ? Array.from({ length: many }, (_, i) => each[i] ?? EMPTY) : each;
  const set = async () => {
    const done = await setting.run(() => gatherings.schedule(room, { start, zone, repeat, count: many, minutes: Number(minutes), turnSeconds: Number(turn), words }));
    if (!done) return;
    toast(t("gatherings.isset"));
    onDone();
  };
  return (
    <Card title={t("gatherings.set")}>
      <Field label={t("gatherings.start")} hint={t("gatherings.start.hint", { zone: zone.replaceAll("_", " ") })} type="datetime-local" value={start} min={toLocalField(now)} onInput={setStart} error={past ? t("ask.when.past") : null} />
      <Choice label={t("gatherings.repeat")} options={REPEATS.map((value) => ({ value, label: t(`gatherings.repeat.${value}`) }))} value={repeat} onChange={setRepeat} />
      {repeat !== "none" && <Select label={t("gatherings.count")} value={count} options={COUNTS.map((value) => ({ value, label: t("gatherings.count.times", { count: Number(value) }) }))} onChange={setCount} />}
      <Select label={t("gatherings.minutes")} value={minutes} options={LENGTHS.map((value) => ({ value, label: t("sit.length.minutes", { count: Number(value) }) }))} onChange={setMinutes} />
      <Select label={t("gatherings.turn")} hint={t("gatherings.turn.hint")} value={turn} options={TURNS.map((value) => ({ value, label: t("sit.length.minutes", { count: Number(value) / 60 }) }))} onChange={setTurn} />
      <About each={words} many={many} onChange={setEach} />
      {setting.wrong && <Notice tone="wrong">{setting.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={setting.busy} disabled={past} onClick={() => void set()}>
          {t("gatherings.set.do")}
        </Button>
        <Button look="plain" onClick={onDone}>
          {t("ui.cancel")}
        </Button>
      </div>
    </Card>
  );
}

/** One for all; or, for a class, one for each meeting. */
function About({ each, many, onChange }: { each: readonly GatheringWords[]; many: number; onChange: (each: readonly GatheringWords[]) => void }) {
  const change = (place: number, words: GatheringWords) => onChange(each.map((one, i) => (i === place ? words : one)));
  return (
    <Fold title={t("gatherings.about")}>
      {each.map((about, place) => (
        <fieldset class="stack stack-s" key={place}>
          {each.length > 1 && <legend>{t("gatherings.about.meeting", { number: place + 1 })}</legend>}
          <AboutFields about={about} onChange={(words) => change(place, words)} />
        </fieldset>
      ))}
      {many > 1 && each.length === 1 && (
        <div class="row">
          <Button onClick={() => onChange(Array.from({ length: many }, (_, i) => each[i] ?? EMPTY))}>{t("gatherings.about.each")}</Button>
        </div>
      )}
    </Fold>
  );
}

export function AboutFields({ about, onChange }: { about: GatheringWords; onChange: (about: GatheringWords) => void }) {
  return (
    <>
      <Field label={t("gatherings.about.title")} value={about.title} onInput={(title) => onChange({ ...about, title })} maxLength={60} />
      <TextArea label={t("gatherings.about.text")} value={about.text} onInput={(text) => onChange({ ...about, text })} rows={2} maxLength={8000} />
      <TextArea label={t("gatherings.about.question")} value={about.question} onInput={(question) => onChange({ ...about, question })} rows={2} maxLength={1000} />
    </>
  );
}
