// SPDX-License-Identifier: AGPL-3.0-or-later
// A gathering that goes on: whose turn it is, what was said, and the few things that one can do from here. Only the holder of
// the piece has a box to write in; the others have one sign, the bell, and the door.
import { Bell, Hand } from "lucide-preact";
import { t } from "../../i18n";
import type { Circle, Gathering } from "../../model/face";
import { Button, Check, Notice, toast } from "../../ui";
import { useHouse } from "../house-context";
import { useScreenAwake } from "../sit/screen-awake";
import { useTask } from "../use-task";
import { About, Few } from "./About";
import { People } from "./People";
import { Say } from "./Say";
import { SoftTime } from "./SoftTime";
import { Turns } from "./Turns";
import { sayWho } from "./words";

interface RoundProps {
  readonly circle: Circle;
  readonly gathering: Gathering;
}

export function Round({ circle, gathering }: RoundProps) {
  const { connection } = useHouse();
  useScreenAwake();
  const { stage, holder, iHold, pausedUntil, repliesWelcome } = gathering;
  return (
    <>
      {connection.state.value.is !== "live" && <Notice>{t("gatherings.offline")}</Notice>}
      <p class="gathering-stage">{t(`gatherings.stage.${stage}`)}</p>
      <p role="status" class="gathering-turn">
        {sayTurn(circle, gathering)}
      </p>
      {pausedUntil !== null ? <Pause /> : holder !== null && stage !== "opening" && <SoftTime key={gathering.turnBegan} began={gathering.turnBegan} seconds={gathering.turnSeconds} />}
      <People circle={circle} gathering={gathering} />
      <About gathering={gathering} />
      <Turns circle={circle} gathering={gathering} />
      {(iHold || repliesWelcome) && <Say gathering={gathering} />}
      {iHold && <Holder circle={circle} gathering={gathering} />}
      <Others circle={circle} gathering={gathering} />
      <Few gathering={gathering} />
    </>
  );
}

function sayTurn(circle: Circle, { stage, holder, iHold, pausedUntil, people }: Gathering): string {
  if (pausedUntil !== null) return t("gatherings.paused");
  if (holder === null) return t("gatherings.nobody");
  if (stage === "opening") return iHold ? t("gatherings.open.me") : t("gatherings.open", { name: sayWho(circle, holder) });
  const place = people.findIndex(({ person }) => person === holder);
  const next = [...people.slice(place + 1), ...people.slice(0, place)].find(({ waits, here, person }) => waits && here && person !== holder);
  const after = next ? ` ${t("gatherings.next", { name: next.me ? t("gatherings.you") : sayWho(circle, next.person) })}` : "";
  return (iHold ? t("gatherings.turn.me") : t("gatherings.turn.of", { name: sayWho(circle, holder) })) + after;
}

/** Thirty seconds in which nobody speaks; a slow breath to look at. */
function Pause() {
  return (
    <div class="gathering-pause">
      <span class="gathering-breath" aria-hidden="true" />
      <p class="soft">{t("gatherings.pause.say")}</p>
    </div>
  );
}

/** Handing on is the same whether one spoke or not. */
function Holder({ gathering: { id, stage, repliesWelcome } }: RoundProps) {
  const { gatherings } = useHouse();
  const task = useTask();
  if (stage === "opening") return null;
  return (
    <div class="stack stack-s">
      <Check checked={repliesWelcome} onChange={(on) => void task.run(() => gatherings.welcomeReplies(id, on))} detail={t("gatherings.replies.detail")}>
        {t("gatherings.replies")}
      </Check>
      {task.wrong && <Notice tone="wrong">{task.wrong}</Notice>}
      <div class="row">
        <Button look="main" busy={task.busy} onClick={() => void task.run(() => gatherings.handOn(id))}>
          {t("gatherings.handon")}
        </Button>
      </div>
    </div>
  );
}

function Others({ circle, gathering }: RoundProps) {
  const { gatherings } = useHouse();
  const task = useTask();
  const { id, stage, host, guardian, holder, iHold, pausedUntil, mayPassOver, people } = gathering;
  const me = people.find((one) => one.me)?.person ?? null;
  const leads = me !== null && (me === host || me === guardian);
  const does = (work: () => Promise<unknown>) => () => void task.run(work);
  return (
    <>
      {task.wrong && <Notice tone="wrong">{task.wrong}</Notice>}
      {mayPassOver && !iHold && holder !== null && (
        <Notice>
          <p>{t("gatherings.passover.say", { name: sayWho(circle, holder) })}</p>
          <Button busy={task.busy} onClick={does(() => gatherings.passOver(id))}>
            {t("gatherings.passover")}
          </Button>
        </Notice>
      )}
      <div class="row">
        {!iHold && (
          <Button icon={Hand} busy={task.busy} onClick={does(() => gatherings.sign(id))}>
            {t("gatherings.sign")}
          </Button>
        )}
        <Button icon={Bell} busy={task.busy} disabled={pausedUntil !== null} onClick={does(() => gatherings.bell(id))}>
          {t("gatherings.bell")}
        </Button>
        <Button look="plain" busy={task.busy} onClick={does(() => gatherings.go(id))}>
          {t("gatherings.leave")}
        </Button>
      </div>
      {leads && (
        <div class="row" role="group" aria-label={t("gatherings.leading")}>
          <Button look={stage === "opening" ? "main" : "plain"} busy={task.busy} onClick={does(() => gatherings.on(id))}>
            {t(stage === "opening" ? "gatherings.on.opening" : stage === "closing" ? "gatherings.on.closing" : "gatherings.on")}
          </Button>
          {stage !== "closing" && (
            <Button look="plain" busy={task.busy} onClick={does(() => gatherings.end(id))}>
              {t("gatherings.end")}
            </Button>
          )}
        </div>
      )}
      {me !== null && me === guardian && <AllRight circle={circle} gathering={gathering} />}
    </>
  );
}

/** The guardian's one private question. */
function AllRight({ circle, gathering: { id, people } }: RoundProps) {
  const { gatherings } = useHouse();
  const task = useTask();
  const ask = async (person: string, name: string) => {
    if (await task.run(() => gatherings.allRight(id, person))) toast(t("gatherings.allright.sent", { name }));
  };
  return (
    <div class="row" role="group" aria-label={t("gatherings.allright.label")}>
      {task.wrong && <Notice tone="wrong">{task.wrong}</Notice>}
      {people
        .filter(({ me }) => !me)
        .map(({ person }) => (
          <Button key={person} look="plain" busy={task.busy} onClick={() => void ask(person, sayWho(circle, person))}>
            {t("gatherings.allright", { name: sayWho(circle, person) })}
          </Button>
        ))}
    </div>
  );
}
