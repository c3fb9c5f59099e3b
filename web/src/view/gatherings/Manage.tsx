// SPDX-License-Identifier: AGPL-3.0-or-later
// Who holds a gathering and who guards it, each free to be taken on and given up; and for the host and the keepers: what it
// is about, another time, calling it off.
import { useState } from "preact/hooks";
import { CalendarClock, CalendarX2, PenLine } from "lucide-preact";
import { t } from "../../i18n";
import type { GatheringInfo } from "../../model/face";
import { Button, Card, Choice, Field, Notice, Select, Sheet, toast } from "../../ui";
import { fromLocalField, toLocalField } from "../ask/times";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { useTask } from "../use-task";
import type { Here } from "./Gathering";
import { LENGTHS } from "./NewGathering";
import { isMe, nameOf } from "./words";
import { WordsFields } from "./WordsFields";

type Part = "host" | "guardian";

export function Manage(here: Here) {
  const { gathering, circle } = here;
  const mayChange = gathering.stage === "ahead" && (isMe(circle, gathering.host) || circle.iKeep);
  return (
    <>
      <Card>
        <TakePart {...here} part="host" />
        <TakePart {...here} part="guardian" />
      </Card>
      {mayChange && <Change gathering={gathering} />}
    </>
  );
}

export function TakePart({ gathering, circle, part }: Here & { part: Part }) {
  const { gatherings } = useHouse();
  const taking = useTask();
  const who = gathering[part];
  const mine = isMe(circle, who);
  // The guardian is somebody else than the host.
  const free = who === null && !(part === "guardian" && isMe(circle, gathering.host));
  const set = async (on: boolean) => {
    const done = await taking.run(() => (part === "host" ? gatherings.setHost(gathering.id, on) : gatherings.setGuardian(gathering.id, on)));
    if (done && on) toast(t(`gatherings.${part}.taken`));
  };
  return (
    <div class="stack stack-s">
      <p>
        <strong>{who === null ? t(`gatherings.${part}.none`) : mine ? t(`gatherings.${part}.me`) : t(`gatherings.${part}`, { name: nameOf(circle, who) })}</strong>
      </p>
      <p class="soft">{t(`gatherings.${part}.say`)}</p>
      {taking.wrong && <Notice tone="wrong">{taking.wrong}</Notice>}
      {(free || mine) && (
        <div class="row">
          <Button busy={taking.busy} onClick={() => void set(!mine)}>
            {t(mine ? `gatherings.${part}.give` : `gatherings.${part}.take`)}
          </Button>
        </div>
      )}
    </div>
  );
}

function Change({ gathering }: { gathering: GatheringInfo }) {
  const [open, setOpen] = useState<"describe" | "move" | "cancel" | null>(null);
  const close = () => setOpen(null);
  return (
    <div class="row">
      <Button look="plain" icon={PenLine} onClick={() => setOpen("describe")}>
        {t("gatherings.describe")}
      </Button>
      <Button look="plain" icon={CalendarClock} onClick={() => setOpen("move")}>
        {t("gatherings.move")}
      </Button>
      <Button look="plain" icon={CalendarX2} onClick={() => setOpen("cancel")}>
        {t("gatherings.cancel")}
      </Button>
      {open === "describe" && <Describe gathering={gathering} onClose={close} />}
      {open === "move" && <Move gathering={gathering} onClose={close} />}
      {open === "cancel" && <Cancel gathering={gathering} onClose={close} />}
    </div>
  );
}

interface Changing {
  readonly gathering: GatheringInfo;
  readonly onClose: () => void;
}

function Describe({ gathering, onClose }: Changing) {
  const { gatherings } = useHouse();
  const saving = useTask();
  const [words, setWords] = useState(gathering.words);
  const save = async () => {
    if (!(await saving.run(() => gatherings.describe(gathering.id, words)))) return;
    onClose();
    toast(t("gatherings.described"));
  };
  return (
    <Sheet
      title={t("gatherings.describe")}
      onClose={onClose}
      actions={
        <Button look="main" busy={saving.busy} onClick={() => void save()}>
          {t("ui.save")}
        </Button>
      }
    >
      <WordsFields words={words} onChange={setWords} />
      {saving.wrong && <Notice tone="wrong">{saving.wrong}</Notice>}
    </Sheet>
  );
}

function Move({ gathering, onClose }: Changing) {
  const { gatherings } = useHouse();
  const moving = useTask();
  const [time, setTime] = useState(() => toLocalField(gathering.start));
  const [minutes, setMinutes] = useState(gathering.minutes);
  const start = fromLocalField(time);
  const wrong = start === null ? "missing" : start <= gatherings.now() ? "past" : null;
  const move = async () => {
    if (start === null || wrong || !(await moving.run(() => gatherings.move(gathering.id, start, minutes)))) return;
    onClose();
    toast(t("gatherings.moved"));
  };
  return (
    <Sheet
      title={t("gatherings.move")}
      onClose={onClose}
      actions={
        <Button look="main" busy={moving.busy} disabled={wrong !== null} onClick={() => void move()}>
          {t("gatherings.move.do")}
        </Button>
      }
    >
      <p>{t("gatherings.move.say")}</p>
      <Field label={t("gatherings.time")} type="datetime-local" value={time} onInput={setTime} error={wrong && t(`gatherings.time.${wrong}`)} />
      <Select
        label={t("gatherings.minutes")}
        value={String(minutes)}
        options={[...new Set([...LENGTHS, gathering.minutes])].map((count) => ({ value: String(count), label: t("gatherings.minutes.of", { count }) }))}
        onChange={(count) => setMinutes(Number(count))}
      />
      {moving.wrong && <Notice tone="wrong">{moving.wrong}</Notice>}
    </Sheet>
  );
}

function Cancel({ gathering, onClose }: Changing) {
  const { gatherings } = useHouse();
  const [which, setWhich] = useState<"one" | "rest">("one");
  const follow = gatherings.inCircle(gathering.room).value.some(({ series, start }) => series === gathering.series && start > gathering.start);
  return (
    <Confirm title={t("gatherings.cancel.ask")} yes={t("gatherings.cancel")} run={() => gatherings.cancel(gathering.id, which === "rest")} done={t("gatherings.cancel.done")} onClose={onClose}>
      <p>{t("gatherings.cancel.say")}</p>
      {follow && (
        <Choice
          label={t("gatherings.cancel.which")}
          look="rows"
          options={(["one", "rest"] as const).map((value) => ({ value, label: t(`gatherings.cancel.${value}`) }))}
          value={which}
          onChange={setWhich}
        />
      )}
    </Confirm>
  );
}
