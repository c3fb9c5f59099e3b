// SPDX-License-Identifier: AGPL-3.0-or-later
// After a gathering: what was said, until it fades; how it is now, for oneself alone; and the next one, which somebody may hold.
import { formatDate, t } from "../../i18n";
import type { Circle, Gathering } from "../../model/face";
import { Button, Card, Notice } from "../../ui";
import { Afterwards } from "../given/Afterwards";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import { About } from "./About";
import { Turns } from "./Turns";
import { sayTime } from "./words";

export function Over({ circle, gathering }: { circle: Circle; gathering: Gathering }) {
  const { id, room, fades, turns } = gathering;
  const was = gathering.people.some(({ me }) => me);
  return (
    <>
      <p>{t("gatherings.over")}</p>
      {was && <Afterwards of={{ what: "gathering", room, id }} />}
      <Next gathering={gathering} />
      <About gathering={gathering} />
      {fades !== null && turns.length > 0 && <p class="soft">{t("gatherings.fades", { day: formatDate(fades) })}</p>}
      {turns.length > 0 ? <Turns circle={circle} gathering={gathering} /> : <p class="soft">{t("gatherings.said.nothing")}</p>}
    </>
  );
}

/** The host's place goes round: whoever likes to may take the next. */
function Next({ gathering }: { gathering: Gathering }) {
  const { gatherings } = useHouse();
  const task = useTask();
  const next = gatherings.inCircle(gathering.room).value.find(({ stage, start }) => stage === "ahead" && start > gathering.start);
  if (!next || next.host !== null) return null;
  return (
    <Card look="warm" title={t("gatherings.host.next")}>
      <p>{sayTime(next)}</p>
      {task.wrong && <Notice tone="wrong">{task.wrong}</Notice>}
      <div class="row">
        <Button busy={task.busy} onClick={() => void task.run(() => gatherings.setHost(next.id, true))}>
          {t("gatherings.host.take")}
        </Button>
      </div>
    </Card>
  );
}
