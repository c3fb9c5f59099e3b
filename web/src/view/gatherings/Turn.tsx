// SPDX-License-Identifier: AGPL-3.0-or-later
// Whose turn it is and who comes next, in a sentence that is told aloud politely when it changes; for the holder the soft
// time; and the pause after a bell, which all see. Handing on over somebody who is away is offered here, too.
import { formatList, t } from "../../i18n";
import type { Gathering } from "../../model/face";
import { Button, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { useTask } from "../use-task";
import type { Here } from "./Gathering";
import { useAfter } from "./use-after";
import { isMe, nameOf, nextOf } from "./words";

export function Turn(here: Here) {
  const { gathering } = here;
  const { stage, iHold, pausedUntil } = gathering;
  return (
    <section class={`gathering-turn${iHold ? " gathering-turn-mine" : ""}`} aria-labelledby="gathering-stage">
      <h2 id="gathering-stage">{t(`gatherings.stage.${stage}`)}</h2>
      {(stage === "opening" || stage === "check-in" || stage === "main" || stage === "closing") && <p class="soft">{t(`gatherings.say.${stage}`)}</p>}
      <p class="gathering-holder" role="status">
        {sayHolder(here)}
      </p>
      {iHold && stage !== "opening" && <SoftTime key={gathering.turnBegan} gathering={gathering} />}
      {iHold && (
        <p class="visually-hidden" role="status">
          {saySigns(here)}
        </p>
      )}
      <div role="status">{pausedUntil !== null && <Pause />}</div>
      <PassOver {...here} />
    </section>
  );
}

/** "Ida has the talking piece. Next: Per." */
function sayHolder({ gathering, circle }: Here): string {
  const { holder, iHold, stage, repliesWelcome } = gathering;
  if (holder === null) return t("gatherings.nobody");
  const name = nameOf(circle, holder);
  const opening = stage === "opening";
  if (opening) return iHold ? t("gatherings.opens.me") : t("gatherings.opens", { name });
  const has = iHold ? t("gatherings.has.me") : t("gatherings.has", { name });
  const replies = repliesWelcome && !iHold ? ` ${t("gatherings.replies.open", { name })}` : "";
  return `${has} ${sayNext({ gathering, circle })}${replies}`.trim();
}

function sayNext({ gathering, circle }: Here): string {
  const next = nextOf(gathering);
  // Somebody away who comes back has a turn yet.
  const more = gathering.people.some(({ person, waits }) => waits && person !== gathering.holder);
  if (next === null) return more ? "" : t("gatherings.next.last");
  return next.me ? t("gatherings.next.me") : t("gatherings.next", { name: nameOf(circle, next.person) });
}

/** For a holder who listens to the screen; the others see it at the names. */
function saySigns({ gathering: { signs, people }, circle }: Here): string {
  const names = people.filter(({ me, person }) => !me && signs.includes(person)).map(({ person }) => nameOf(circle, person));
  return names.length === 0 ? "" : t("gatherings.here.names", { names: formatList(names) });
}

/** A line that fills as slowly as the turn is meant to last. When it is full nothing happens but a sentence. */
function SoftTime({ gathering: { turnBegan, turnSeconds } }: { gathering: Gathering }) {
  const { gatherings } = useHouse();
  const over = useAfter(turnBegan + turnSeconds * 1000);
  const gone = Math.max(0, gatherings.now() - turnBegan);
  return (
    <div class="soft-time">
      <div class="soft-time-line" aria-hidden="true">
        <span ref={(line) => void (line && begin(line, turnSeconds, gone))} />
      </div>
      <p class="soft small">{over ? t("gatherings.turn.over") : t("gatherings.turn.line")}</p>
    </div>
  );
}

/** Once: drawing again must not set it back. */
function begin(line: HTMLElement, seconds: number, gone: number): void {
  if (line.style.animationDuration !== "") return;
  line.style.animationDuration = `${seconds}s`;
  line.style.animationDelay = `-${gone}ms`;
}

function Pause() {
  return (
    <div class="gathering-pause">
      <span class="gathering-breath" aria-hidden="true" />
      <p>{t("gatherings.pause")}</p>
    </div>
  );
}

function PassOver({ gathering, circle }: Here) {
  const { gatherings } = useHouse();
  const passing = useTask();
  const { id, holder, mayPassOver, people } = gathering;
  if (!mayPassOver || holder === null || isMe(circle, holder)) return null;
  const name = nameOf(circle, holder);
  const away = people.find(({ person }) => person === holder)?.here === false;
  return (
    <Notice
      actions={
        <Button busy={passing.busy} onClick={() => void passing.run(() => gatherings.passOver(id))}>
          {t("gatherings.pass-over", { name })}
        </Button>
      }
    >
      {t(away ? "gatherings.pass-over.say" : "gatherings.pass-over.long", { name })}
      {passing.wrong && ` ${passing.wrong}`}
    </Notice>
  );
}
