// SPDX-License-Identifier: AGPL-3.0-or-later
// "Can we talk?" or "will you sit with me?" as it stands in a talk: the question, and what can still be done with it from this side.
import { t } from "../../i18n";
import type { Content } from "../../model/face";
import { Button, ButtonLink } from "../../ui";
import { useHouse } from "../house-context";
import type { EntryLine } from "../talk/compose";
import type { Talking } from "../talk/talking";
import { sayClock } from "../talk/when";
import { Words } from "../talk/Words";
import { useTask } from "../use-task";
import { AnswerAsk } from "./AnswerAsk";

type AskContent = Extract<Content, { kind: "ask" }>;

export function AskedHere({ line, ask, talking }: { line: EntryLine; ask: AskContent; talking: Talking }) {
  const { name, now, log } = talking;
  const who = line.mine ? "i" : "asks";
  const does = ask.what === "sit" ? (`${who}.sit` as const) : who;
  const question = ask.when === null ? t(`ask.${does}.now`, { name }) : t(`ask.${does}.at`, { name, when: sayClock(ask.when, now) });
  const open = line.answer === null && ask.until > now && log.writable.value;
  const agreed = line.answer === null ? open && line.mine : line.answer.answer !== "not-today";
  return (
    <>
      <p class="entry-event">{question}</p>
      {ask.text && <Words>{ask.text}</Words>}
      {line.answer === null && (line.mine ? <Mine line={line} ask={ask} open={open} talking={talking} /> : <Theirs line={line} ask={ask} open={open} talking={talking} />)}
      {ask.what === "sit" && agreed && (
        <div class="row">
          <ButtonLink href={`/sit/${talking.room}/${line.id}`}>{t("ask.sit")}</ButtonLink>
        </div>
      )}
    </>
  );
}

interface StateProps {
  line: EntryLine;
  ask: AskContent;
  open: boolean;
  talking: Talking;
}

function Theirs({ line, ask, open, talking }: StateProps) {
  if (!open) return <p class="soft small">{t("ask.answer.over")}</p>;
  return (
    <>
      <p class="soft small">{t("ask.asks.until", { when: sayClock(ask.until, talking.now) })}</p>
      <AnswerAsk ask={line.id} name={talking.name} />
    </>
  );
}

function Mine({ line, ask, open, talking }: StateProps) {
  const { asks } = useHouse();
  const task = useTask();
  if (!open && ask.until > talking.now) return null;
  if (!open) {
    return (
      <>
        <p class="soft small">{t("talk.ask.none")}</p>
        <div class="row">
          <ButtonLink href={`/ask/${talking.room}/next`}>{t("talk.ask.next")}</ButtonLink>
        </div>
      </>
    );
  }
  return (
    <>
      <p class="soft small">{t("ask.state.waiting", { when: sayClock(ask.until, talking.now) })}</p>
      <div class="row">
        <Button look="plain" busy={task.busy} onClick={() => void task.run(() => asks.takeBack(line.id))}>
          {t("ask.takeback")}
        </Button>
      </div>
      {task.wrong && <p class="soft small">{task.wrong}</p>}
    </>
  );
}
