// SPDX-License-Identifier: AGPL-3.0-or-later
// What was said in turn, round by round. What the house does not say was said in turn is not here.
import { t } from "../../i18n";
import type { Circle, Gathering, Turn } from "../../model/face";
import { PlaceNote } from "../talk/PlaceNote";
import { Told } from "../talk/Entry";
import { sayWho } from "./words";

export function Turns({ circle, gathering: { room, turns } }: { circle: Circle; gathering: Gathering }) {
  return (
    <div class="gathering-turns" role="log" aria-label={t("gatherings.said")} aria-live="polite">
      {turns.map((turn, place) => (
        <div key={turn.key}>
          {turns[place - 1]?.stage !== turn.stage && <h2 class="gathering-round">{t(`gatherings.stage.${turn.stage}`)}</h2>}
          <One circle={circle} room={room} turn={turn} />
        </div>
      ))}
    </div>
  );
}

function One({ circle, room, turn }: { circle: Circle; room: string; turn: Turn }) {
  const name = sayWho(circle, turn.author);
  return (
    <article class={`gathering-said${turn.mine ? " gathering-said-mine" : ""}${turn.reply ? " gathering-said-reply" : ""}`} aria-label={t(turn.reply ? "gatherings.said.reply" : "gatherings.said.by", { name })}>
      <p class="gathering-said-by">
        <bdi>{name}</bdi>
        {turn.reply && <span class="soft small"> {t("gatherings.reply")}</span>}
      </p>
      {turn.is === "said" ? <Told content={turn} room={room} /> : <p class="soft small">{t(`gatherings.said.${turn.is}`)}</p>}
      {turn.place.is !== "sent" && <PlaceNote place={turn.place} />}
    </article>
  );
}
