// SPDX-License-Identifier: AGPL-3.0-or-later
// The first step: how the road goes, a word of warning without advice, and one person. It begins a day of waiting and no more.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Bond, Id, Letter } from "../../model/face";
import { Button, ButtonLink, Link, Notice, toast } from "../../ui";
import { useHouse } from "../house-context";
import { PersonChoice } from "../people/PersonChoice";
import { sayClock, useNow } from "../talk/when";
import { useTask } from "../use-task";

const DAY = 24 * 3_600_000;

export function BeginRoad({ letter, bonds }: { letter: Letter; bonds: readonly Bond[] }) {
  const { letters } = useHouse();
  const now = useNow();
  const [room, setRoom] = useState<Id | null>(null);
  const [asked, setAsked] = useState(false);
  const beginning = useTask();
  const begin = async () => {
    setAsked(true);
    if (room === null || !(await beginning.run(() => letters.beginSending(letter.id, room)))) return;
    toast(t("letters.send.begin.done"));
  };
  return (
    <div class="stack stack-l">
      <section class="stack stack-s" aria-labelledby="road-steps">
        <h2 id="road-steps">{t("letters.send.steps")}</h2>
        <ol class="letter-what">
          <li>{t("letters.send.step.1")}</li>
          <li>{t("letters.send.step.2")}</li>
          <li>{t("letters.send.step.3")}</li>
        </ol>
      </section>
      <Notice tone="warm" live={false} title={t("letters.send.warn.title")}>
        {t("letters.send.warn")} <Link href={room === null ? "/ask" : `/ask/${room}`}>{t("letters.send.warn.ask")}</Link>
      </Notice>
      <PersonChoice label={t("letters.send.who")} bonds={bonds} value={room} onChange={setRoom} />
      <div class="stack stack-s">
        <p>{t("letters.send.when", { when: sayClock(now + DAY, now) })}</p>
        {asked && room === null && <Notice tone="wrong">{t("letters.send.pick")}</Notice>}
        {beginning.wrong && <Notice tone="wrong">{beginning.wrong}</Notice>}
        <div class="row">
          <Button busy={beginning.busy} onClick={() => void begin()}>
            {t("letters.send.begin")}
          </Button>
          <ButtonLink look="plain" href={`/letters/${letter.id}`}>
            {t("letters.send.keep")}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}
