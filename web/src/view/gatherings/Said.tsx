// SPDX-License-Identifier: AGPL-3.0-or-later
// What was said, round by round, oldest first. While the gathering goes on, new words are told aloud politely.
import { useRef } from "preact/hooks";
import { t } from "../../i18n";
import type { Turn } from "../../model/face";
import { EntrySheet, Told } from "../talk/Entry";
import { PlaceNote } from "../talk/PlaceNote";
import { useNow } from "../talk/when";
import type { Here } from "./Gathering";
import { useAtTheEnd } from "./use-at-the-end";
import { nameOf } from "./words";

export function Said({ live = false, ...here }: Here & { live?: boolean }) {
  const { turns } = here.gathering;
  const list = useRef<HTMLDivElement>(null);
  useAtTheEnd(list, live ? turns.length : 0);
  return (
    <section class="stack" aria-labelledby="gathering-said">
      <h2 id="gathering-said">{t("gatherings.said")}</h2>
      {turns.length === 0 && <p class="soft">{t(live ? "gatherings.said.none" : "gatherings.over.nothing")}</p>}
      <div class="stack" role={live ? "log" : undefined} aria-labelledby={live ? "gathering-said" : undefined} aria-relevant="additions" ref={list}>
        {turns.map((turn, at) => (
          <div class="stack stack-s" key={turn.key}>
            {startsRound(turns, at) && <h3 class="gathering-round">{t(`gatherings.stage.${turn.stage}`)}</h3>}
            <OneTurn {...here} turn={turn} />
          </div>
        ))}
      </div>
    </section>
  );
}

const startsRound = (turns: readonly Turn[], at: number): boolean => turns[at - 1]?.stage !== turns[at]?.stage;

function OneTurn({ gathering, circle, turn }: Here & { turn: Turn }) {
  const now = useNow();
  const { author, mine, at, reply, is, place } = turn;
  const name = nameOf(circle, author);
  if (is === "untrusted") return <p class="soft">{t("gatherings.said.untrusted", { name })}</p>;
  return (
    <EntrySheet mine={mine} who={mine ? t("talk.you") : name} at={at} now={now}>
      {reply && <p class="soft small">{t("gatherings.said.reply")}</p>}
      {is === "faded" ? <p class="soft">{t("gatherings.said.faded")}</p> : <Told content={turn} room={gathering.room} />}
      {mine && place.is !== "sent" && <PlaceNote place={place} />}
    </EntrySheet>
  );
}
