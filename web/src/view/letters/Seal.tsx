// SPDX-License-Identifier: AGPL-3.0-or-later
// Sealing a letter until a day. What that protects against, and what it does not, stands before the button, not after it.
import { useState } from "preact/hooks";
import { formatDate, t } from "../../i18n";
import type { Letter } from "../../model/face";
import { Button, Field, Notice, Sheet, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useNow } from "../talk/when";
import { useTask } from "../use-task";
import { beginOf, later, tomorrow, type Day } from "./days";

const WHAT = ["shut", "house", "other", "self", "versions"] as const;

export function Seal({ letter, onClose }: { letter: Letter; onClose: () => void }) {
  const { letters } = useHouse();
  const now = useNow();
  const [day, setDay] = useState<Day>("");
  const [asked, setAsked] = useState(false);
  const sealing = useTask();
  const first = tomorrow(now);
  const until = beginOf(day);
  const early = until === null || day < first;
  const seal = async () => {
    setAsked(true);
    if (until === null || early || !(await sealing.run(() => letters.sealUntil(letter.id, until)))) return;
    onClose();
    toast(t("letters.seal.done", { day: formatDate(until) }));
  };
  return (
    <Sheet
      title={t("letters.seal.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button look="main" busy={sealing.busy} onClick={() => void seal()}>
            {t("letters.seal.do")}
          </Button>
        </>
      }
    >
      <Field
        label={t("letters.seal.day")}
        hint={t("letters.seal.day.hint")}
        type="date"
        value={day}
        min={first}
        onInput={setDay}
        error={asked && early ? t("letters.seal.early") : null}
      />
      <div class="row">
        <Button onClick={() => setDay(later(now, { days: 7 }))}>{t("letters.seal.week")}</Button>
        <Button onClick={() => setDay(later(now, { months: 1 }))}>{t("letters.seal.month")}</Button>
        <Button onClick={() => setDay(later(now, { months: 12 }))}>{t("letters.seal.year")}</Button>
      </div>
      <p role="status">{!early && t("letters.seal.opens", { day: formatDate(until) })}</p>
      <h3>{t("letters.seal.what")}</h3>
      <ul class="letter-what">
        {WHAT.map((what) => (
          <li key={what}>{t(`letters.seal.what.${what}`)}</li>
        ))}
      </ul>
      {sealing.failure && <Notice tone="wrong">{sayWrong(sealing.failure.code, sealing.wrong!)}</Notice>}
    </Sheet>
  );
}

function sayWrong(code: string, words: string): string {
  if (code === "offline") return t("letters.seal.offline");
  return code === "too-early" ? t("letters.seal.early") : words;
}
