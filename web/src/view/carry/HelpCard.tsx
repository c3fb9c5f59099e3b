// SPDX-License-Identifier: AGPL-3.0-or-later
// One ask for help. Whoever takes it on can hand it back without a reason; when it is done there are words of thanks, and
// nobody is counted.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Help, Id } from "../../model/face";
import { Button, Card, Notice, TextArea, toast } from "../../ui";
import { Afterwards } from "../given/Afterwards";
import { useHouse } from "../house-context";
import { Confirm } from "../talk/Confirm";
import { PlaceNote } from "../talk/PlaceNote";
import { useDraftText } from "../talk/use-draft-text";
import { sayClock, useNow } from "../talk/when";
import { Words } from "../talk/Words";
import { useTask } from "../use-task";

export interface HelpCardProps {
  readonly help: Help;
  readonly nameOf: (person: Id) => string;
}

export function HelpCard({ help, nameOf }: HelpCardProps) {
  const now = useNow();
  const { state, mine, iTook, place } = help;
  const by = mine ? t("carry.by.me") : t("carry.by", { name: nameOf(help.by) });
  return (
    <Card look={mine || iTook ? "warm" : "plain"} title={by}>
      <Words>{help.text}</Words>
      {help.when !== null && <p>{t("carry.when", { when: sayClock(help.when, now) })}</p>}
      <p class="soft">{sayState(help, nameOf)}</p>
      {place.is !== "sent" && <PlaceNote place={place} />}
      <Steps help={help} />
      {help.thanks.map(({ by, text }) => (
        <blockquote key={`${by}/${text}`} class="carry-thanks">
          <Words>{text}</Words>
        </blockquote>
      ))}
      {state === "done" && mine && help.thanks.length === 0 && <Thank help={help} nameOf={nameOf} />}
      {state === "done" && (mine || iTook) && <Afterwards of={{ what: "ask", room: help.room, id: help.id }} />}
    </Card>
  );
}

function sayState({ state, takenBy, iTook }: Help, nameOf: (person: Id) => string): string {
  if (state === "open") return t("carry.open");
  const name = takenBy === null ? t("talk.someone") : nameOf(takenBy);
  if (state === "taken") return iTook ? t("carry.taken.me") : t("carry.taken", { name });
  return iTook ? t("carry.done.me") : t("carry.done", { name });
}

function Steps({ help: { room, id, state, mine, iTook } }: { help: Help }) {
  const { carrying } = useHouse();
  const step = useTask();
  const [asking, setAsking] = useState(false);
  const does = (work: () => Promise<void>, said: string) => async () => {
    if (await step.run(work)) toast(said);
  };
  if (state === "done" || state === "taken-back") return null;
  return (
    <>
      {step.wrong && <Notice tone="wrong">{step.wrong}</Notice>}
      <div class="row">
        {state === "open" && !mine && (
          <Button look="main" busy={step.busy} onClick={does(() => carrying.take(room, id), t("carry.took"))}>
            {t("carry.take")}
          </Button>
        )}
        {state === "taken" && (mine || iTook) && (
          <Button look={iTook ? "main" : "quiet"} busy={step.busy} onClick={does(() => carrying.done(room, id), t("carry.did"))}>
            {t("carry.isdone")}
          </Button>
        )}
        {state === "taken" && iTook && (
          <Button busy={step.busy} onClick={does(() => carrying.handBack(room, id), t("carry.handed"))}>
            {t("carry.handback")}
          </Button>
        )}
        {mine && (
          <Button look="plain" onClick={() => setAsking(true)}>
            {t("carry.takeback")}
          </Button>
        )}
      </div>
      {asking && (
        <Confirm title={t("carry.takeback.ask")} yes={t("carry.takeback")} run={() => carrying.takeBack(room, id)} onClose={() => setAsking(false)}>
          <p>{t("carry.takeback.say")}</p>
        </Confirm>
      )}
    </>
  );
}

function Thank({ help: { room, id, takenBy }, nameOf }: HelpCardProps) {
  const { carrying } = useHouse();
  const words = useDraftText(`thanks:${id}`);
  const sending = useTask();
  const send = () =>
    sending.run(async () => {
      await carrying.thank(room, id, words.text.trim());
      words.clear();
    });
  return (
    <>
      <TextArea label={t("carry.thank", { name: takenBy === null ? t("talk.someone") : nameOf(takenBy) })} hint={t("carry.thank.hint")} value={words.text} onInput={words.write} rows={2} />
      {sending.wrong && <Notice tone="wrong">{sending.wrong}</Notice>}
      <div class="row">
        <Button busy={sending.busy} disabled={words.text.trim() === ""} onClick={() => void send()}>
          {t("carry.thank.send")}
        </Button>
      </div>
    </>
  );
}
