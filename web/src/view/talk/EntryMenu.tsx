// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be done with a line, kept behind one small button so that the words stand alone: answer theirs, take back mine.
import { useState } from "preact/hooks";
import { HeartHandshake, Reply, Undo2 } from "lucide-preact";
import { t } from "../../i18n";
import type { ResponseWord } from "../../model/face";
import { Menu, toast, type MenuItem } from "../../ui";
import { sayFailure } from "../failure";
import { KindWords } from "../circles/KindWords";
import type { EntryLine } from "./compose";
import { Confirm } from "./Confirm";
import { sayResponse } from "./Responses";
import type { Talking } from "./talking";

const WORDS: readonly ResponseWord[] = ["me-too", "with-you", "thank-you"];

export function EntryMenu({ line, talking }: { line: EntryLine; talking: Talking }) {
  const [asking, setAsking] = useState<"take-back" | "kindness" | null>(null);
  const close = () => setAsking(null);
  const { circle } = talking;
  const items = line.mine ? mineItems(line, () => setAsking("take-back")) : theirItems(line, talking, () => setAsking("kindness"));
  if (items.length === 0 && asking === null) return null;
  const takeBackSay = circle ? "circles" : "talk";
  return (
    <>
      <Menu label={t(line.mine ? "talk.line.more.label" : "talk.line.more")} items={items} />
      {asking === "kindness" && circle && <KindWords circle={circle} person={line.author} name={talking.name} onClose={close} />}
      {asking === "take-back" && (
        <Confirm
          title={t("talk.takeback.ask")}
          yes={t("talk.takeback.yes")}
          run={() => talking.log.takeBack(line.id)}
          done={t("talk.takeback.done")}
          onClose={close}
        >
          <p>{t(`${takeBackSay}.takeback.say`, { name: talking.name })}</p>
          <p class="soft">{t(`${takeBackSay}.takeback.say.seen`, { name: talking.name })}</p>
        </Confirm>
      )}
    </>
  );
}

function mineItems(line: EntryLine, onTakeBack: () => void): MenuItem[] {
  if (line.place.is !== "sent") return [];
  return [{ label: t("talk.takeback"), icon: Undo2, danger: true, onPick: onTakeBack }];
}

function theirItems(line: EntryLine, { log, composer, circle }: Talking, onKindness: () => void): MenuItem[] {
  const { kind } = line.content;
  if (!log.writable.value || (kind !== "share" && kind !== "reply")) return [];
  const given = line.responses.filter(({ mine }) => mine);
  const give = (word: ResponseWord) =>
    log.respond(line.id, word).catch((error: unknown) => void toast(sayFailure(error)));
  return [
    { label: t("talk.line.reply"), icon: Reply, onPick: () => composer.replyTo(line.id) },
    ...WORDS.filter((word) => !given.some((response) => response.word === word)).map((word) => ({
      label: sayResponse(word),
      onPick: () => void give(word),
    })),
    ...given.map(({ id, word }) => ({
      label: t("talk.response.undo", { words: sayResponse(word) }),
      icon: Undo2,
      onPick: () => void log.takeBack(id).catch((error: unknown) => void toast(sayFailure(error))),
    })),
    ...(circle?.members.some(({ person }) => person === line.author) ? [{ label: t("circles.kind.do"), icon: HeartHandshake, onPick: onKindness }] : []),
  ];
}
