// SPDX-License-Identifier: AGPL-3.0-or-later
// What anyone in a gathering can do at any moment: the one sign of those who listen, the bell, leaving. For host and guardian
// also going on to the next round, ending, and a private question to one person.
import { useState } from "preact/hooks";
import { BellRing, HeartHandshake, LogOut } from "lucide-preact";
import { t } from "../../i18n";
import type { Stage } from "../../model/face";
import { Button, Menu, Notice, toast } from "../../ui";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { useTask } from "../use-task";
import type { Here } from "./Gathering";
import { TakePart } from "./Manage";
import { goesOn, isMe, nameOf } from "./words";

/** Ending asks first, in whichever round. */
const ONWARD = { "check-in": "on.main", main: "on.closing" } as const satisfies Partial<Record<Stage, string>>;

export function Ways(here: Here) {
  const { gathering, circle } = here;
  const leads = isMe(circle, gathering.host) || isMe(circle, gathering.guardian);
  return (
    <>
      {goesOn(gathering) && !gathering.iHold && <Listening {...here} />}
      <Always {...here} />
      {leads && goesOn(gathering) && <Leading {...here} />}
      {gathering.host === null && <TakePart {...here} part="host" />}
    </>
  );
}

function Listening({ gathering: { id, holder, people } }: Here) {
  const { gatherings } = useHouse();
  const showing = useTask();
  const waits = people.some(({ me, waits }) => me && waits);
  return (
    <div class="stack stack-s">
      <p class="soft">{t(waits ? "gatherings.listen" : "gatherings.listen.had")}</p>
      {holder !== null && (
        <div class="row">
          <Button icon={HeartHandshake} busy={showing.busy} onClick={() => void showing.run(() => gatherings.sign(id))}>
            {t("gatherings.here")}
          </Button>
          <span class="soft small">{t("gatherings.here.hint")}</span>
        </div>
      )}
      {showing.wrong && <Notice tone="wrong">{showing.wrong}</Notice>}
    </div>
  );
}

function Always({ gathering }: Here) {
  const { gatherings } = useHouse();
  const ringing = useTask();
  const [leaving, setLeaving] = useState(false);
  const { id, pausedUntil } = gathering;
  return (
    <div class="stack stack-s">
      <div class="row">
        {goesOn(gathering) && (
          <Button icon={BellRing} busy={ringing.busy || pausedUntil !== null} onClick={() => void ringing.run(() => gatherings.bell(id))}>
            {t("gatherings.bell")}
          </Button>
        )}
        <Button look="plain" icon={LogOut} onClick={() => setLeaving(true)}>
          {t("gatherings.leave")}
        </Button>
      </div>
      {goesOn(gathering) && <p class="soft small">{t("gatherings.bell.hint")}</p>}
      {ringing.wrong && <Notice tone="wrong">{ringing.wrong}</Notice>}
      {leaving && (
        <Confirm title={t("gatherings.leave.ask")} yes={t("gatherings.leave")} run={() => gatherings.go(id)} onClose={() => setLeaving(false)}>
          <p>{t("gatherings.leave.say")}</p>
        </Confirm>
      )}
    </div>
  );
}

function Leading({ gathering, circle }: Here) {
  const { gatherings } = useHouse();
  const going = useTask();
  const [ending, setEnding] = useState(false);
  const { id, stage, people } = gathering;
  const onward = stage in ONWARD ? ONWARD[stage as keyof typeof ONWARD] : null;
  const others = people.filter(({ me }) => !me);
  const ask = async (person: string) => {
    if (await going.run(() => gatherings.allRight(id, person))) toast(t("gatherings.all-right.sent", { name: nameOf(circle, person) }));
  };
  return (
    <div class="stack stack-s gathering-leading">
      <div class="row">
        {onward && (
          <Button look="plain" busy={going.busy} onClick={() => void going.run(() => gatherings.on(id))}>
            {t(`gatherings.${onward}`)}
          </Button>
        )}
        <Button look="plain" onClick={() => setEnding(true)}>
          {t("gatherings.end")}
        </Button>
        {others.length > 0 && (
          <Menu label={t("gatherings.care")} items={others.map(({ person }) => ({ label: t("gatherings.care.way", { name: nameOf(circle, person) }), onPick: () => void ask(person) }))}>
            {t("gatherings.care")}
          </Menu>
        )}
      </div>
      {onward && <p class="soft small">{t("gatherings.on.say")}</p>}
      {going.wrong && <Notice tone="wrong">{going.wrong}</Notice>}
      {ending && (
        <Confirm title={t("gatherings.end.ask")} yes={t("gatherings.end")} run={() => gatherings.end(id)} onClose={() => setEnding(false)}>
          <p>{t("gatherings.end.say")}</p>
        </Confirm>
      )}
    </div>
  );
}
