// SPDX-License-Identifier: AGPL-3.0-or-later
// A note to someone who is not in this house: the words, and the roads that lead to the device's own apps.
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import type { OutsidePerson, OutsideRoad } from "../../model/face";
import { ButtonLink, Notice, TextArea } from "../../ui";
import { useHouse } from "../house-context";

const sayRoad = (road: OutsideRoad): string => t(`thought.outside.${road.by}`);

export function ThoughtOutside({ person }: { person: OutsidePerson }) {
  const { people } = useHouse();
  const [words, setWords] = useState(() => t("thought.outside.words"));
  const roads = people.roadsTo(person, words);
  if (roads.length === 0) {
    return (
      <Notice live={false} actions={<ButtonLink href={`/outside/${person.id}`}>{t("thought.outside.edit")}</ButtonLink>}>
        {t("thought.outside.none", { name: person.name })}
      </Notice>
    );
  }
  return (
    <div class="stack">
      <TextArea label={t("thought.words.label")} value={words} onInput={setWords} rows={2} />
      <div class="row">
        {roads.map((road) => (
          <a key={road.by} class="button button-quiet" href={road.href} rel="noreferrer noopener">
            {sayRoad(road)}
          </a>
        ))}
      </div>
      <p class="soft small">{t("thought.outside.say")}</p>
    </div>
  );
}
