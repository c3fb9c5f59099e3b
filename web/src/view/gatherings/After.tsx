// SPDX-License-Identifier: AGPL-3.0-or-later
// After a gathering: how it is now for oneself, the next one and whether one would like to hold it, and what was said until it
// fades.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button, ButtonLink, Card, Notice, Page } from "../../ui";
import { Afterwards } from "../given/Afterwards";
import { useHouse } from "../house-context";
import { sayClock, useNow } from "../talk/when";
import { useTask } from "../use-task";
import { backOf, type Here } from "./Gathering";
import { Said } from "./Said";
import { isMe, titleOf } from "./words";
import "./gatherings.css";

export function After(here: Here) {
  const { gathering } = here;
  const { id, room, fades, people, turns } = gathering;
  const now = useNow();
  const wasThere = people.some(({ me }) => me);
  return (
    <Page title={<bdi>{titleOf(gathering)}</bdi>} lead={t(wasThere ? "gatherings.over" : "gatherings.over.away")} back={backOf(room)}>
      {wasThere && <Afterwards of={{ what: "gathering", room, id }} />}
      <Next {...here} />
      {turns.length > 0 && <p class="soft">{fades === null ? t("gatherings.over.stays") : t("gatherings.over.fades", { when: sayClock(fades, now) })}</p>}
      <Said {...here} />
      <div class="row">
        <ButtonLink look="main" href="/">
          {t("gatherings.done")}
        </ButtonLink>
        <ButtonLink href={`/circles/${room}/gatherings`}>{t("gatherings.all")}</ButtonLink>
      </div>
    </Page>
  );
}

function Next({ gathering: { room, start }, circle }: Here) {
  const { gatherings } = useHouse();
  const now = useNow();
  const taking = useTask();
  const [took, setTook] = useState(false);
  const next = gatherings.inCircle(room).value.find((one) => one.stage === "ahead" && one.start > start);
  if (next === undefined) return null;
  const when = sayClock(next.start, now);
  const take = async () => {
    if (await taking.run(() => gatherings.setHost(next.id, true))) setTook(true);
  };
  const free = next.host === null && !took;
  return (
    <Card look="warm" title={free ? t("gatherings.next.hold") : t("gatherings.next.held", { when })}>
      {free ? <p>{t("gatherings.next.hold.say", { when })}</p> : (took || isMe(circle, next.host)) && <p role="status">{t("gatherings.host.taken")}</p>}
      {taking.wrong && <Notice tone="wrong">{taking.wrong}</Notice>}
      <div class="row">
        {free && (
          <Button busy={taking.busy} onClick={() => void take()}>
            {t("gatherings.host.take")}
          </Button>
        )}
        <ButtonLink look="plain" href={`/circles/${room}/gatherings/${next.id}`}>
          {t("gatherings.next.see")}
        </ButtonLink>
      </div>
    </Card>
  );
}
