// SPDX-License-Identifier: AGPL-3.0-or-later
// One gathering in the list: when, what it is about, who holds it; and what can still be changed before it begins.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Circle, GatheringInfo } from "../../model/face";
import { Button, ButtonLink, Card, Field, Fold, Notice, toast } from "../../ui";
import { fromLocalField, toLocalField } from "../ask/times";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { Words } from "../talk/Words";
import { useTask } from "../use-task";
import { AboutFields } from "./Schedule";
import { isGoing, myIdIn, sayTime, sayTitle, sayWho } from "./words";

export interface GatheringCardProps {
  readonly circle: Circle;
  readonly gathering: GatheringInfo;
}

export function GatheringCard({ circle, gathering }: GatheringCardProps) {
  const { room, id, stage, words } = gathering;
  const href = `/circles/${room}/gatherings/${id}`;
  return (
    <Card look={isGoing(gathering) ? "warm" : "plain"} title={sayTitle(gathering)}>
      <p>{sayTime(gathering)}</p>
      {words.question && <Words>{words.question}</Words>}
      {stage === "cancelled" && <p class="soft">{t("gatherings.cancelled")}</p>}
      {stage === "ahead" && <Holding circle={circle} gathering={gathering} />}
      {stage !== "cancelled" && (
        <div class="row">
          <ButtonLink look={isGoing(gathering) ? "main" : "quiet"} href={href}>
            {t(isGoing(gathering) ? "gatherings.go.now" : stage === "over" ? "gatherings.go.over" : "gatherings.go")}
          </ButtonLink>
        </div>
      )}
      {stage === "ahead" && <Change circle={circle} gathering={gathering} />}
    </Card>
  );
}

/** Who opens and leads, and who watches time and care beside them; free places are offered, not assigned. */
export function Holding({ circle, gathering: { id, host, guardian } }: GatheringCardProps) {
  const { gatherings } = useHouse();
  const task = useTask();
  const me = myIdIn(circle);
  return (
    <>
      <p class="soft">
        {host === null ? t("gatherings.host.free") : t("gatherings.host", { name: sayWho(circle, host) })}{" "}
        {guardian === null ? t("gatherings.guardian.free") : t("gatherings.guardian", { name: sayWho(circle, guardian) })}
      </p>
      {task.wrong && <Notice tone="wrong">{task.wrong}</Notice>}
      <div class="row">
        {host === null && guardian !== me && (
          <Button busy={task.busy} onClick={() => void task.run(() => gatherings.setHost(id, true))}>
            {t("gatherings.host.take")}
          </Button>
        )}
        {host === me && (
          <Button look="plain" busy={task.busy} onClick={() => void task.run(() => gatherings.setHost(id, false))}>
            {t("gatherings.host.give")}
          </Button>
        )}
        {guardian === null && host !== me && (
          <Button busy={task.busy} onClick={() => void task.run(() => gatherings.setGuardian(id, true))}>
            {t("gatherings.guardian.take")}
          </Button>
        )}
        {guardian === me && (
          <Button look="plain" busy={task.busy} onClick={() => void task.run(() => gatherings.setGuardian(id, false))}>
            {t("gatherings.guardian.give")}
          </Button>
        )}
      </div>
    </>
  );
}

function Change({ circle, gathering }: GatheringCardProps) {
  const mayMove = circle.iKeep || gathering.host === myIdIn(circle);
  return (
    <Fold title={t("gatherings.change")}>
      <Describe gathering={gathering} />
      {mayMove && <Move gathering={gathering} />}
      {mayMove && <Cancel gathering={gathering} />}
    </Fold>
  );
}

function Describe({ gathering: { id, words } }: { gathering: GatheringInfo }) {
  const { gatherings } = useHouse();
  const saving = useTask();
  const [about, setAbout] = useState(words);
  const save = async () => {
    if (await saving.run(() => gatherings.describe(id, about))) toast(t("settings.saved"));
  };
  return (
    <div class="stack stack-s">
      <AboutFields about={about} onChange={setAbout} />
      {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
      <div class="row">
        <Button busy={saving.busy} onClick={() => void save()}>
          {t("gatherings.about.save")}
        </Button>
      </div>
    </div>
  );
}

function Move({ gathering: { id, start, minutes } }: { gathering: GatheringInfo }) {
  const { gatherings } = useHouse();
  const moving = useTask();
  const [time, setTime] = useState(() => toLocalField(start));
  const at = fromLocalField(time);
  const past = at === null || at <= Date.now();
  const move = async () => {
    if (at !== null && (await moving.run(() => gatherings.move(id, at, minutes)))) toast(t("gatherings.moved"));
  };
  return (
    <div class="stack stack-s">
      <Field label={t("gatherings.move")} type="datetime-local" value={time} onInput={setTime} error={past ? t("ask.when.past") : null} />
      {moving.wrong && <Notice tone="wrong">{moving.wrong}</Notice>}
      <div class="row">
        <Button busy={moving.busy} disabled={past || at === start} onClick={() => void move()}>
          {t("gatherings.move.do")}
        </Button>
      </div>
    </div>
  );
}

function Cancel({ gathering: { id } }: { gathering: GatheringInfo }) {
  const { gatherings } = useHouse();
  const [asking, setAsking] = useState<"one" | "rest" | null>(null);
  return (
    <>
      <div class="row">
        <Button look="plain" onClick={() => setAsking("one")}>
          {t("gatherings.cancel.one")}
        </Button>
        <Button look="plain" onClick={() => setAsking("rest")}>
          {t("gatherings.cancel.rest")}
        </Button>
      </div>
      {asking !== null && (
        <Confirm title={t(`gatherings.cancel.${asking}.ask`)} yes={t(`gatherings.cancel.${asking}`)} run={() => gatherings.cancel(id, asking === "rest")} onClose={() => setAsking(null)}>
          <p>{t("gatherings.cancel.say")}</p>
        </Confirm>
      )}
    </>
  );
}
