// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is here, in the order of turns. Who holds the talking piece is marked by words and by a lamp; who is away keeps the place.
import { t } from "../../i18n";
import type { Circle, Gathering } from "../../model/face";
import { sayWho } from "./words";

export function People({ circle, gathering }: { circle: Circle; gathering: Gathering }) {
  const { people, holder, host, guardian, signs } = gathering;
  return (
    <ol class="gathering-people" role="list" aria-label={t("gatherings.people")}>
      {people.map(({ person, here }) => {
        const notes = [
          person === holder && t("gatherings.holds"),
          person === host && t("gatherings.is.host"),
          person === guardian && t("gatherings.is.guardian"),
          !here && t("gatherings.away"),
        ].filter((note) => note !== false);
        return (
          <li key={person} class={`gathering-person${person === holder ? " gathering-holder" : ""}${here ? "" : " gathering-away"}${signs.includes(person) ? " gathering-sign" : ""}`}>
            <span class="gathering-lamp" aria-hidden="true" />
            <span>
              <bdi>{sayWho(circle, person)}</bdi>
              {notes.length > 0 && <span class="soft small gathering-note">{notes.join(", ")}</span>}
              {signs.includes(person) && <span class="small gathering-note">{t("gatherings.signs")}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
