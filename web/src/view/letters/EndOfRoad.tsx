// SPDX-License-Identifier: AGPL-3.0-or-later
// The last step: the letter as they would see it, the wish that goes with it, and three ways, of which sending is one.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { formatDate, formatTime, t } from "../../i18n";
import type { Letter, ModelFailure, Sending, Wish } from "../../model/face";
import { Button, ButtonLink, Notice, toast } from "../../ui";
import { useHouse } from "../house-context";
import { WishChoice } from "../talk/WishChoice";
import { useTask } from "../use-task";
import { AsTheySeeIt } from "./AsTheySeeIt";
import { StopRoad } from "./StopRoad";
import { nameOf, sayTo, wordsOf } from "./words";

export function EndOfRoad({ letter, road }: { letter: Letter; road: Sending }) {
  const house = useHouse();
  const [, go] = useLocation();
  const [wish, setWish] = useState<Wish>("none");
  const sending = useTask();
  const name = nameOf(house, road.room);
  const words = wordsOf(letter);
  const send = async () => {
    if (!(await sending.run(() => house.letters.send(letter.id, { wish, text: words.text })))) return;
    toast(t("letters.ready.done", { name }));
    go(`/people/${road.room}`);
  };
  return (
    <div class="stack stack-l">
      <p>{t("letters.ready.lead", { name })}</p>
      <AsTheySeeIt words={words} wish={wish} name={name} />
      {words.to !== "" && <p class="soft">{t("letters.ready.to", { to: sayTo(words.to) })}</p>}
      <WishChoice value={wish} onChange={setWish} />
      {sending.failure && <Notice tone="wrong">{sayWhy(sending.failure, sending.wrong!)}</Notice>}
      <div class="row">
        <Button busy={sending.busy} onClick={() => void send()}>
          {t("letters.ready.send", { name })}
        </Button>
        <StopRoad letter={letter} />
        <ButtonLink look="plain" href={`/letters/${letter.id}`}>
          {t("letters.ready.later")}
        </ButtonLink>
      </div>
    </div>
  );
}

function sayWhy({ code, detail }: ModelFailure, words: string): string {
  if (code === "offline") return t("letters.ready.offline");
  return code === "too-early" ? t("letters.wait.early", { day: formatDate(Number(detail)), time: formatTime(Number(detail)) }) : words;
}
