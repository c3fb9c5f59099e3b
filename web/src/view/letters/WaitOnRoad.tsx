// SPDX-License-Identifier: AGPL-3.0-or-later
// The day of waiting: until when, and that nobody knows of it. A talk that ended meanwhile ends the road, in words.
import { t } from "../../i18n";
import type { Letter, Sending } from "../../model/face";
import { ButtonLink, Card } from "../../ui";
import { useHouse } from "../house-context";
import { sayClock, useNow } from "../talk/when";
import { StopRoad } from "./StopRoad";
import { bondOf, nameOf } from "./words";

export function WaitOnRoad({ letter, road }: { letter: Letter; road: Sending }) {
  const house = useHouse();
  const now = useNow();
  const name = nameOf(house, road.room);
  const bond = bondOf(house, road.room);
  const ended = bond?.state !== "alive" || bond.blocked;
  return (
    <Card title={t("letters.wait.title", { name })}>
      {ended ? (
        <p>{t("letters.ended.say", { name })}</p>
      ) : (
        <>
          <p>{t("letters.wait.say", { name })}</p>
          <p>
            <strong>{t("letters.wait.until", { when: sayClock(road.ready, now) })}</strong>
          </p>
        </>
      )}
      <div class="row">
        <StopRoad letter={letter} />
        {!ended && (
          <ButtonLink look="plain" href={`/letters/${letter.id}/edit`}>
            {t("letters.change")}
          </ButtonLink>
        )}
      </div>
    </Card>
  );
}
