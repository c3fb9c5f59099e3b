// SPDX-License-Identifier: AGPL-3.0-or-later
// Sitting together: lights, and one way to leave. No words, no clock that runs. When its time is over the bell rings once,
// and one may stay. Going elsewhere in the house does not end it; leaving does, or closing the page.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Sitting } from "../../model/face";
import { Button, ButtonLink, Notice, Page } from "../../ui";
import { Afterwards } from "../given/Afterwards";
import { useHouse } from "../house-context";
import { roomWith } from "../people/room-with";
import { useTask } from "../use-task";
import { ringBell } from "./bell";
import { Lights } from "./Lights";
import { NoSeat, useSitDown } from "./OpenSeat";
import { useScreenAwake } from "./screen-awake";
import { sayEnd, sayTitle, sayWho } from "./words";
import "./Sit.css";

export function Sit({ room, sit }: { room: string; sit: string }) {
  const house = useHouse();
  const others = roomWith(house, room);
  const found = house.sittings.open.value.find((one) => one.sit === sit && one.room === room) ?? null;
  const [left, setLeft] = useState(false);
  const together = useRef(false);
  if (found?.iSit && found.people.length > 1) together.current = true;
  if (left) return <GotUp room={room} sit={sit} together={together.current} />;
  if (others === null) return <NoSeat />;
  if (found === null || !found.iSit) return <AtTheSeat room={room} sit={sit} sitting={found} />;
  return <Sits sitting={found} title={sayTitle(others)} onLeft={() => setLeft(true)} />;
}

function Sits({ sitting, title, onLeft }: { sitting: Sitting; title: string; onLeft: () => void }) {
  const { sittings, connection } = useHouse();
  const leaving = useTask();
  const over = useBellAtTheEnd(sitting.ends);
  useScreenAwake();
  const leave = async () => {
    if (await leaving.run(() => sittings.leave())) onLeft();
  };
  return (
    <Page title={title}>
      <div class="sit">
        <Lights people={sitting.people} />
        <p class="sit-words" role="status">
          {connection.state.value.is !== "live" ? t("sit.offline") : over ? t("sit.over") : ""}
        </p>
        {sitting.ends !== null && !over && <p class="sit-words">{sayEnd(sitting.ends)}</p>}
        {leaving.wrong && <Notice tone="wrong">{leaving.wrong}</Notice>}
        <Button look={over ? "main" : "quiet"} busy={leaving.busy} onClick={() => void leave()}>
          {t("sit.leave")}
        </Button>
      </div>
    </Page>
  );
}

/** Rings once when it is time; true from then on. What was over before one came does not ring. */
function useBellAtTheEnd(ends: number | null): boolean {
  const { settings } = useHouse();
  const [over, setOver] = useState(ends !== null && ends <= Date.now());
  useEffect(() => {
    if (ends === null || over) return undefined;
    const timer = setTimeout(() => {
      ringBell(settings.values.peek().bell);
      setOver(true);
    }, ends - Date.now());
    return () => clearTimeout(timer);
  }, [ends, over]);
  return over;
}

/** An address that leads to a seat: a yes to an ask, or a page that was loaded again. */
function AtTheSeat({ room, sit, sitting }: { room: string; sit: string; sitting: Sitting | null }) {
  const others = roomWith(useHouse(), room);
  const sitDown = useSitDown();
  return (
    <Page title={others ? sayTitle(others) : t("sit.title")} lead={t("sit.at")} {...(others && { back: others.back })}>
      {sitting !== null && <p>{sayWho(sitting)}</p>}
      {sitDown.wrong && <Notice tone="wrong">{sitDown.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={sitDown.busy} onClick={() => sitDown.run(room, sit, null)}>
          {t("sit.open")}
        </Button>
        <ButtonLink href={`/sit/${room}`}>{t("sit.other")}</ButtonLink>
      </div>
    </Page>
  );
}

interface GotUpProps {
  room: string;
  sit: string;
  /** Somebody else's light was there. */
  together: boolean;
}

function GotUp({ room, sit, together }: GotUpProps) {
  const back = roomWith(useHouse(), room)?.back ?? { href: "/", label: t("today.title") };
  return (
    <Page title={t(together ? "sit.after" : "sit.after.alone")} lead={t("sit.after.lead")} back={back}>
      {together && <Thank room={room} sit={sit} />}
      <Afterwards of={{ what: "sitting", room, id: sit }} />
      <div class="row">
        <ButtonLink look="main" href="/">
          {t("thought.done")}
        </ButtonLink>
      </div>
    </Page>
  );
}

function Thank({ room, sit }: { room: string; sit: string }) {
  const { sittings } = useHouse();
  const thanking = useTask();
  const [thanked, setThanked] = useState(false);
  const thank = async () => {
    if (await thanking.run(() => sittings.thank(room, sit))) setThanked(true);
  };
  if (thanked) return <p role="status">{t("sit.thanked")}</p>;
  return (
    <>
      {thanking.wrong && <Notice tone="wrong">{thanking.wrong}</Notice>}
      <div class="row">
        <Button busy={thanking.busy} onClick={() => void thank()}>
          {t("sit.thank")}
        </Button>
      </div>
    </>
  );
}
