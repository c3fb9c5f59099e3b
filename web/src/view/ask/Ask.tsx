// SPDX-License-Identifier: AGPL-3.0-or-later
// "Can we talk?", or with `?sit` "will you sit with me?": whom, when, and by when one would like to know. If nobody answers,
// only the asker is ever told.
import { useState } from "preact/hooks";
import { useSearch } from "wouter-preact";
import { t } from "../../i18n";
import type { Ask as Asked, Bond } from "../../model/face";
import { Button, ButtonLink, Card, Choice, Empty, Field, Loading, Notice, Page, TextArea } from "../../ui";
import { useHouse } from "../house-context";
import { livingBonds, PersonChoice } from "../people/PersonChoice";
import { PlaceNote } from "../talk/PlaceNote";
import { useDraftText } from "../talk/use-draft-text";
import { sayClock, useNow } from "../talk/when";
import { useTask } from "../use-task";
import { fromLocalField, offeredTimes, offeredUntil, toLocalField, type UntilChoice, type WhenChoice } from "./times";

const HOUR = 3_600_000;

export function Ask({ room }: { room?: string }) {
  const { people } = useHouse();
  const what = new URLSearchParams(useSearch()).has("sit") ? "sit" : "talk";
  const bonds = livingBonds(people.bonds.value);
  const [picked, setPicked] = useState<string | null>(room ?? null);
  const [sent, setSent] = useState<{ ask: string; room: string } | null>(null);
  const bond = bonds.find((bond) => bond.room === picked) ?? (bonds.length === 1 ? bonds[0] : undefined);
  const back = room ? { href: `/people/${room}` } : { href: "/", label: t("today.title") };
  if (sent) return <Sent {...sent} />;
  if (bonds.length === 0) return <Nobody waiting={people.state.value.is === "loading"} />;
  return (
    <Page title={t(what === "sit" ? "ask.title.sit" : "ask.title")} lead={bond ? t("ask.lead", { name: bond.name }) : t("ask.lead.open")} back={back}>
      {(!room || !bond) && <PersonChoice label={t("ask.who")} bonds={bonds} value={bond?.room ?? null} onChange={setPicked} />}
      {bond && <AskForm bond={bond} what={what} onSent={(ask) => setSent({ ask, room: bond.room })} />}
    </Page>
  );
}

function AskForm({ bond, what, onSent }: { bond: Bond; what: Asked["what"]; onSent: (ask: string) => void }) {
  const { asks } = useHouse();
  const now = useNow();
  const words = useDraftText(`ask:${bond.room}`);
  const sending = useTask();
  const [choice, setChoice] = useState<WhenChoice>("now");
  const [own, setOwn] = useState(() => toLocalField(now + 2 * HOUR));
  const [untilChoice, setUntilChoice] = useState<UntilChoice | null>(null);

  const offered = offeredTimes(now);
  const when = choice === "now" ? null : choice === "time" ? fromLocalField(own) : (offered.find((time) => time.choice === choice)?.at ?? null);
  const past = choice === "time" && (when === null || when <= now);
  const untils = offeredUntil(now, past ? null : when);
  const until = untils.find((time) => time.choice === untilChoice) ?? untils[0];

  const send = async () => {
    if (past || !until) return;
    const done = await sending.run(async () => {
      const ask = await asks.ask(bond.room, { what, when, until: until.at, text: words.text.trim() });
      words.clear();
      onSent(ask);
    });
    return done;
  };
  return (
    <>
      <Choice
        label={t("ask.when.legend")}
        options={[
          { value: "now" as WhenChoice, label: t("ask.when.now") },
          ...offered.map(({ choice, at }) => ({ value: choice as WhenChoice, label: startWithCapital(sayClock(at, now)) })),
          { value: "time" as WhenChoice, label: t("ask.when.time") },
        ]}
        value={choice}
        onChange={setChoice}
      />
      {choice === "time" && (
        <Field
          label={t("ask.when.label")}
          type="datetime-local"
          value={own}
          min={toLocalField(now)}
          onInput={setOwn}
          error={past ? t("ask.when.past") : null}
        />
      )}
      <Choice
        label={t("ask.until.legend")}
        hint={t("ask.until.say")}
        options={untils.map(({ choice }) => ({ value: choice, label: t(`ask.until.${choice}`) }))}
        value={until?.choice ?? null}
        onChange={setUntilChoice}
      />
      <TextArea label={t("ask.text.label")} hint={t("ask.text.hint")} value={words.text} onInput={words.write} rows={2} />
      {sending.wrong && <Notice tone="wrong">{sending.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={sending.busy} onClick={() => void send()}>
          {t("ask.send", { name: bond.name })}
        </Button>
      </div>
    </>
  );
}

const startWithCapital = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);

function Sent({ ask, room }: { ask: string; room: string }) {
  const { asks, people } = useHouse();
  const name = people.bond(room).value?.name ?? t("talk.someone");
  const place = asks.mine.value.find(({ id }) => id === ask)?.place;
  return (
    <Page title={t("ask.sent", { name })} back={{ href: "/", label: t("today.title") }}>
      <Card>
        {place && place.is !== "sent" && <PlaceNote place={place} />}
        <p>{t("ask.sent.say")}</p>
      </Card>
      <div class="row">
        <ButtonLink look="main" href="/">
          {t("ask.back")}
        </ButtonLink>
        <ButtonLink href={`/people/${room}`}>{t("ask.write", { name })}</ButtonLink>
      </div>
    </Page>
  );
}

function Nobody({ waiting }: { waiting: boolean }) {
  return (
    <Page title={t("ask.title")} back={{ href: "/", label: t("today.title") }}>
      {waiting ? (
        <Loading>{t("people.loading")}</Loading>
      ) : (
        <Empty title={t("ask.nobody")} action={<ButtonLink href="/invite/new">{t("ask.nobody.invite")}</ButtonLink>} />
      )}
    </Page>
  );
}
