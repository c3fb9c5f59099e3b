// SPDX-License-Identifier: AGPL-3.0-or-later
// Before sitting down: who sits already, how long, whether a bell is to be heard. Nobody is put into a silence; one enters it.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { t } from "../../i18n";
import type { Sitting } from "../../model/face";
import { Button, ButtonLink, Card, Choice, Empty, Notice, Page } from "../../ui";
import { useHouse } from "../house-context";
import { roomWith } from "../people/room-with";
import { useTask } from "../use-task";
import { ringBell } from "./bell";
import { BellChoice } from "./BellChoice";
import { sayEnd, sayTitle, sayWho } from "./words";

const LENGTHS = ["open", "10", "20", "30", "45"] as const;
type Length = (typeof LENGTHS)[number];

export function OpenSeat({ room }: { room: string }) {
  const house = useHouse();
  const others = roomWith(house, room);
  if (others === null) return <NoSeat />;
  const here = house.sittings.open.value.filter((one) => one.room === room);
  return (
    <Page title={sayTitle(others)} lead={others.name === null ? t("sit.lead.circle") : t("sit.lead", { name: others.name })} back={others.back}>
      {here.map((sitting) => (
        <Join key={sitting.sit} sitting={sitting} />
      ))}
      <Begin room={room} name={others.name} others={here.length > 0} />
    </Page>
  );
}

/** Somebody sits here already. */
export function Join({ sitting }: { sitting: Sitting }) {
  const { room, sit, ends, iSit } = sitting;
  const sitDown = useSitDown();
  return (
    <Card look="warm">
      <p>{sayWho(sitting)}</p>
      {ends !== null && <p>{sayEnd(ends)}</p>}
      {sitDown.wrong && <Notice tone="wrong">{sitDown.wrong}</Notice>}
      <div class="row">
        {iSit ? (
          <ButtonLink look="main" href={`/sit/${room}/${sit}`}>
            {t("sit.back")}
          </ButtonLink>
        ) : (
          <Button look="main" busy={sitDown.busy} onClick={() => sitDown.run(room, sit, null)}>
            {t("sit.join")}
          </Button>
        )}
      </div>
    </Card>
  );
}

function Begin({ room, name, others }: { room: string; name: string | null; others: boolean }) {
  const [length, setLength] = useState<Length>("open");
  const sitDown = useSitDown();
  const minutes = length === "open" ? null : Number(length);
  return (
    <>
      <Choice
        label={t("sit.length")}
        options={LENGTHS.map((value) => ({ value, label: value === "open" ? t("sit.length.open") : t("sit.length.minutes", { count: Number(value) }) }))}
        value={length}
        onChange={setLength}
      />
      <BellChoice />
      {sitDown.wrong && <Notice tone="wrong">{sitDown.wrong}</Notice>}
      <div class="row">
        <Button look={others ? "quiet" : "main"} busy={sitDown.busy} onClick={() => sitDown.run(room, undefined, minutes)}>
          {others ? t("sit.open.own") : t("sit.open")}
        </Button>
        {name !== null && <ButtonLink href={`/ask/${room}?sit`}>{t("sit.ask", { name })}</ButtonLink>}
      </div>
      <p class="soft">{t("sit.kept")}</p>
    </>
  );
}

/** Sits down and goes there; the press is what lets the bell sound. */
export function useSitDown() {
  const { sittings, settings } = useHouse();
  const [, navigate] = useLocation();
  const task = useTask();
  const run = (room: string, sit: string | undefined, minutes: number | null) =>
    void task.run(async () => {
      ringBell(settings.values.peek().bell);
      const at = await sittings.sit(room, { ...(sit !== undefined && { sit }), minutes });
      navigate(`/sit/${room}/${at}`);
    });
  return { busy: task.busy, wrong: task.wrong, run };
}

export function NoSeat() {
  return (
    <Page title={t("sit.title")} back={{ href: "/people", label: t("people.title") }}>
      <Empty title={t("sit.none")} action={<ButtonLink href="/people">{t("people.title")}</ButtonLink>} />
    </Page>
  );
}
