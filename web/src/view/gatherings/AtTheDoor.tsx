// SPDX-License-Identifier: AGPL-3.0-or-later
// Before one is in: when it is, what is agreed, who holds it, and how the door stands. Each state of the door has a next step.
import { DoorOpen } from "lucide-preact";
import { formatTime, t } from "../../i18n";
import { Button, ButtonLink, Card, Notice, Page } from "../../ui";
import { Agreements } from "../circles/Agreements";
import { useHouse } from "../house-context";
import { sayClock, useNow } from "../talk/when";
import { useTask } from "../use-task";
import { backOf, type Here } from "./Gathering";
import { Manage } from "./Manage";
import { Theme } from "./Theme";
import { goesOn, myZone, sayTime, sayTurn, sayZone, titleOf } from "./words";
import "./gatherings.css";

export function AtTheDoor(here: Here) {
  const { gathering, circle } = here;
  const now = useNow();
  return (
    <Page title={<bdi>{titleOf(gathering)}</bdi>} lead={t("gatherings.begins.zone", { when: sayTime(gathering.start, now), zone: sayZone(myZone()) })} back={backOf(gathering.room)}>
      {gathering.door === "not-yet" && <Theme words={gathering.words} />}
      <Card look="warm" title={t("gatherings.agreed")}>
        <Agreements text={circle.words.agreements} />
      </Card>
      <Door {...here} />
      {gathering.door !== "not-yet" && <Theme words={gathering.words} />}
      <p class="soft">
        {t("gatherings.begins.length", { count: gathering.minutes })} {t("gatherings.turns.length", { length: sayTurn(gathering.turnSeconds).toLowerCase() })}
      </p>
      <Manage {...here} />
    </Page>
  );
}

function Door({ gathering, circle }: Here) {
  const { room, door, doorOpens, doorCloses } = gathering;
  const now = useNow();
  const hasSeat = gathering.people.some(({ me }) => me);
  if (hasSeat && goesOn(gathering)) return <ComeIn id={gathering.id} title={t("gatherings.door.seat")} say={t("gatherings.door.seat.say")} words={t("gatherings.come.back")} />;
  if (door === "not-yet")
    return (
      <Notice live={false} title={t("gatherings.door.early", { when: sayClock(doorOpens, now) })}>
        {t("gatherings.door.early.say")}
      </Notice>
    );
  if (door === "closed" && !hasSeat) return <Closed room={room} />;
  return (
    <ComeIn
      id={gathering.id}
      title={t("gatherings.door.open")}
      say={t("gatherings.door.until", { time: formatTime(doorCloses) })}
      words={t("gatherings.come")}
      yes={circle.words.agreements.trim() !== ""}
    />
  );
}

function ComeIn({ id, title, say, words, yes = false }: { id: string; title: string; say: string; words: string; yes?: boolean }) {
  const { gatherings } = useHouse();
  const coming = useTask();
  return (
    <Card title={title}>
      <p>
        {say} {yes && t("gatherings.come.yes")}
      </p>
      {coming.wrong && <Notice tone="wrong">{coming.wrong}</Notice>}
      <div class="row">
        <Button look="main" icon={DoorOpen} busy={coming.busy} onClick={() => void coming.run(() => gatherings.come(id))}>
          {words}
        </Button>
      </div>
    </Card>
  );
}

function Closed({ room }: { room: string }) {
  return (
    <Notice title={t("gatherings.door.closed")} actions={<Instead room={room} />}>
      {t("gatherings.door.closed.say")}
    </Notice>
  );
}

function Instead({ room }: { room: string }) {
  return (
    <>
      <ButtonLink href={`/circles/${room}/gatherings`}>{t("gatherings.all")}</ButtonLink>
      <ButtonLink href={`/sit/${room}`}>{t("gatherings.sit.instead")}</ButtonLink>
    </>
  );
}
