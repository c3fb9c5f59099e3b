// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is here, in the order of turns: each a slow light with a name. The one who holds the piece has a ring and the words for
// it; whoever shows "I'm here" has a few words for a moment.
import { t } from "../../i18n";
import type { GatheringPerson } from "../../model/face";
import type { Here } from "./Gathering";
import { goesOn, nameOf } from "./words";

export function People(here: Here) {
  const { gathering } = here;
  return (
    <ol class="gathering-people" role="list" aria-label={t("gatherings.people")}>
      {gathering.people.map((one, place) => (
        <Person key={one.person} {...here} one={one} place={place} />
      ))}
    </ol>
  );
}

function Person({ gathering, circle, one, place }: Here & { one: GatheringPerson; place: number }) {
  const { person, me, here } = one;
  const holds = goesOn(gathering) && gathering.holder === person;
  const name = `gathering-person${holds ? " gathering-person-holds" : ""}${here ? "" : " gathering-person-away"}`;
  const marks = marksOf(gathering, one, holds);
  return (
    <li class={name} style={{ "--place": place }}>
      <span class="gathering-light" aria-hidden="true" />
      <bdi class="gathering-name">{me ? t("gatherings.you") : nameOf(circle, person)}</bdi>
      {marks.map((mark) => (
        <span class="gathering-mark" key={mark}>
          {mark}
        </span>
      ))}
    </li>
  );
}

function marksOf({ host, guardian, signs }: Here["gathering"], { person, me, here }: GatheringPerson, holds: boolean): string[] {
  return [
    ...(holds ? [t(me ? "gatherings.mark.holds.me" : "gatherings.mark.holds")] : []),
    ...(person === host && !holds ? [t(me ? "gatherings.mark.host.me" : "gatherings.mark.host")] : []),
    ...(person === guardian ? [t("gatherings.mark.guardian")] : []),
    ...(here ? [] : [t("gatherings.mark.away")]),
    ...(signs.includes(person) ? [t(me ? "gatherings.mark.sent" : "gatherings.mark.here")] : []),
  ];
}
