// SPDX-License-Identifier: AGPL-3.0-or-later
// Setting a gathering: when, by which clock, how often, how long, and what it is about. A class is a series in which each
// meeting has a text and a question of its own.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { Repeat } from "../../model/face";
import { Button, Card, Choice, Field, Fold, Notice, Page, Select, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { NoCircle } from "./Gatherings";
import { meetings, toAsked, useForm, wordsOf, wrongTime, type Form } from "./use-form";
import { sayTurn, sayZone } from "./words";
import { WordsFields } from "./WordsFields";

const REPEATS: readonly Repeat[] = ["none", "weekly", "fortnightly", "monthly"];
const MANY = [2, 3, 4, 5, 6, 8, 10, 12, 26, 52];
export const LENGTHS = [15, 30, 45, 60, 75, 90];
const TURNS = [30, 60, 120, 180, 300, 600];
const ABOUT = ["none", "one", "each"] as const;

type Change = (part: Partial<Form>) => void;
type Part = { form: Form; change: Change };

export function NewGathering({ room }: { room: string }) {
  const { gatherings, circles } = useHouse();
  const [, go] = useLocation();
  const { form, change, describe, clear } = useForm(room);
  const [asked, setAsked] = useState(false);
  const setting = useTask();
  const circle = circles.circle(room).value;
  if (circle?.state !== "alive") return <NoCircle />;
  const wrong = wrongTime(form);
  const set = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (wrong) return;
    void setting.run(async () => {
      await gatherings.schedule(room, toAsked(form));
      clear();
      toast(t("gatherings.new.done"));
      go(`/circles/${room}/gatherings`, { replace: true });
    });
  };
  return (
    <Page title={t("gatherings.new.title")} lead={t("gatherings.new.lead")} back={{ href: `/circles/${room}/gatherings`, label: t("gatherings.title") }}>
      <form class="stack stack-l" onSubmit={set} noValidate>
        <When form={form} change={change} wrong={asked && wrong ? t(`gatherings.time.${wrong}`) : null} />
        <HowOften form={form} change={change} />
        <HowLong form={form} change={change} />
        <About form={form} change={change} describe={describe} />
        {setting.wrong && <Notice tone="wrong">{setting.wrong}</Notice>}
        <div class="row">
          <Button look="main" type="submit" busy={setting.busy}>
            {t("gatherings.new.do")}
          </Button>
        </div>
      </form>
    </Page>
  );
}

function When({ form, change, wrong }: Part & { wrong: string | null }) {
  return (
    <div class="stack">
      <div class="gathering-when">
        <Field label={t("gatherings.date")} type="date" value={form.date} onInput={(date) => change({ date })} error={wrong} />
        <Field label={t("gatherings.time")} type="time" value={form.time} onInput={(time) => change({ time })} />
      </div>
      <p class="soft">{t("gatherings.zone.say", { zone: sayZone(form.zone) })}</p>
      <Fold title={t("gatherings.zone")}>
        <Select label={t("gatherings.zone")} hint={t("gatherings.zone.hint")} value={form.zone} options={zones(form.zone)} onChange={(zone) => change({ zone })} />
      </Fold>
    </div>
  );
}

const zones = (mine: string) => [...new Set([mine, ...Intl.supportedValuesOf("timeZone")])].map((value) => ({ value, label: sayZone(value) }));

function HowOften({ form, change }: Part) {
  const again = (repeat: Repeat) => change({ repeat, ...(repeat === "none" && form.about === "each" && { about: "one" as const }) });
  return (
    <>
      <Choice
        label={t("gatherings.repeat")}
        options={REPEATS.map((value) => ({ value, label: t(`gatherings.repeat.${value}`) }))}
        hint={form.repeat === "monthly" ? t("gatherings.repeat.monthly.hint") : undefined}
        value={form.repeat}
        onChange={again}
      />
      {form.repeat !== "none" && (
        <Select
          label={t("gatherings.many")}
          value={String(form.count)}
          options={MANY.map((count) => ({ value: String(count), label: t("gatherings.many.meetings", { count }) }))}
          onChange={(count) => change({ count: Number(count) })}
        />
      )}
    </>
  );
}

function HowLong({ form, change }: Part) {
  return (
    <>
      <Select
        label={t("gatherings.minutes")}
        value={String(form.minutes)}
        options={LENGTHS.map((count) => ({ value: String(count), label: t("gatherings.minutes.of", { count }) }))}
        onChange={(minutes) => change({ minutes: Number(minutes) })}
      />
      <Select
        label={t("gatherings.turn")}
        hint={t("gatherings.turn.hint")}
        value={String(form.turnSeconds)}
        options={TURNS.map((seconds) => ({ value: String(seconds), label: sayTurn(seconds) }))}
        onChange={(seconds) => change({ turnSeconds: Number(seconds) })}
      />
    </>
  );
}

function About({ form, change, describe }: Part & { describe: ReturnType<typeof useForm>["describe"] }) {
  const offered = meetings(form) > 1 ? ABOUT : ABOUT.slice(0, 2);
  const all = form.about === "none" ? [] : form.about === "one" ? wordsOf(form).slice(0, 1) : wordsOf(form);
  return (
    <>
      <Choice
        label={t("gatherings.about")}
        hint={t("gatherings.about.sealed")}
        look="rows"
        options={offered.map((value) => ({ value, label: t(`gatherings.about.${value}`), detail: t(`gatherings.about.${value}.detail`) }))}
        value={form.about}
        onChange={(about) => change({ about })}
      />
      {all.map((words, at) => (
        <Card key={at} title={form.about === "each" ? t("gatherings.about.meeting", { count: at + 1 }) : undefined}>
          <WordsFields words={words} onChange={(next) => describe(at, next)} />
        </Card>
      ))}
    </>
  );
}
