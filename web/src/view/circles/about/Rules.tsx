// SPDX-License-Identifier: AGPL-3.0-or-later
// What the house must know of a circle to hold to it: how many, whether it is listed, what fades, when a door closes. All can
// read it; keepers change it.
import { useState } from "preact/hooks";
import { t } from "../../../i18n";
import type { Circle, CircleRules } from "../../../model/face";
import { Button, Card, Field, Notice, Select, toast } from "../../../ui";
import { useHouse } from "../../house-context";
import { useTask } from "../../use-task";

const SIZES = [3, 4, 5, 6, 7, 8];
const TWO_KEEPERS_ABOVE = 6;
const FADES = [0, 7, 30, 90, 365] as const;
const DOORS = [0, 5, 10, 15];

const sayFade = (days: number): string => {
  const known = FADES.find((one) => one === days);
  return known === undefined ? t("circles.fade.days", { count: days }) : t(`circles.fade.${known}`);
};
const sayDoor = (minutes: number): string => (minutes === 0 ? t("circles.door.0") : t("circles.door.minutes", { count: minutes }));

export function Rules({ circle }: { circle: Circle }) {
  const [changing, setChanging] = useState(false);
  const { rules, iKeep } = circle;
  return (
    <Card title={t("circles.rules.title")}>
      <p class="soft">{t("circles.rules.say")}</p>
      {changing ? (
        <Change circle={circle} onDone={() => setChanging(false)} />
      ) : (
        <>
          <dl class="rules">
            <Rule name={t("circles.rules.size")}>{t("circles.size.people", { count: rules.size })}</Rule>
            <Rule name={t("circles.rules.listed")}>{rules.line === null ? t("circles.rules.line.none") : t("circles.rules.line.shown", { line: rules.line })}</Rule>
            <Rule name={t("circles.rules.fade")}>{sayFade(rules.fadeDays)}</Rule>
            <Rule name={t("circles.rules.gathering-fade")}>{sayFade(rules.gatheringFadeDays)}</Rule>
            <Rule name={t("circles.rules.door")}>{sayDoor(rules.doorMinutes)}</Rule>
          </dl>
          {iKeep ? (
            <div class="row">
              <Button onClick={() => setChanging(true)}>{t("circles.rules.change")}</Button>
            </div>
          ) : (
            <p class="soft small">{t("circles.rules.keepers")}</p>
          )}
        </>
      )}
    </Card>
  );
}

function Rule({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

/** Choices of a number, with the one that holds now among them. */
const numbers = (choices: readonly number[], now: number, say: (value: number) => string) =>
  [...new Set([...choices, now])].sort((a, b) => a - b).map((value) => ({ value: String(value), label: say(value) }));

function Change({ circle: { room, rules: before, members }, onDone }: { circle: Circle; onDone: () => void }) {
  const { circles } = useHouse();
  const [rules, setRules] = useState<CircleRules>(before);
  const saving = useTask();
  const set = (part: Partial<CircleRules>) => setRules({ ...rules, ...part });
  const sizes = SIZES.filter((size) => size >= members.length);
  const lacksKeeper = rules.size > TWO_KEEPERS_ABOVE && members.filter(({ keeper }) => keeper).length < 2;
  const save = async (event: Event) => {
    event.preventDefault();
    if (lacksKeeper) return;
    const line = rules.line?.trim() || null;
    if (!(await saving.run(() => circles.setRules(room, { ...rules, line })))) return;
    onDone();
    toast(t("circles.rules.changed"));
  };
  return (
    <form class="stack stack-l" onSubmit={(event) => void save(event)} noValidate>
      <div class="stack stack-s">
        <Select
          label={t("circles.rules.size")}
          hint={t("circles.size.hint")}
          value={String(rules.size)}
          options={numbers(sizes, before.size, (count) => t("circles.size.people", { count }))}
          onChange={(size) => set({ size: Number(size) })}
        />
        {lacksKeeper && <Notice>{t("circles.rules.size.two")}</Notice>}
      </div>
      <Field label={t("circles.rules.line")} hint={t("circles.rules.line.hint")} value={rules.line ?? ""} onInput={(line) => set({ line })} maxLength={160} />
      <Select
        label={t("circles.rules.fade")}
        hint={t("circles.rules.fade.hint")}
        value={String(rules.fadeDays)}
        options={numbers(FADES, before.fadeDays, sayFade)}
        onChange={(days) => set({ fadeDays: Number(days) })}
      />
      <Select
        label={t("circles.rules.gathering-fade")}
        value={String(rules.gatheringFadeDays)}
        options={numbers(FADES, before.gatheringFadeDays, sayFade)}
        onChange={(days) => set({ gatheringFadeDays: Number(days) })}
      />
      <Select
        label={t("circles.rules.door")}
        value={String(rules.doorMinutes)}
        options={numbers(DOORS, before.doorMinutes, sayDoor)}
        onChange={(minutes) => set({ doorMinutes: Number(minutes) })}
      />
      {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
      <div class="row">
        <Button look="main" type="submit" busy={saving.busy} disabled={lacksKeeper}>
          {t("ui.save")}
        </Button>
        <Button look="plain" onClick={onDone}>
          {t("ui.cancel")}
        </Button>
      </div>
    </form>
  );
}
