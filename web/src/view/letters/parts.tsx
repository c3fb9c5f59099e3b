// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands under a letter: who has it, where its newest version is, what it said before, and the road of sending.
import { t } from "../../i18n";
import type { Letter } from "../../model/face";
import { ButtonLink, Fold, Link, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { sayClock, sayWhen, useNow } from "../talk/when";
import { SaidIn } from "./LetterWords";
import { isSealed, nameOf } from "./words";

export function Shared({ letter }: { letter: Letter }) {
  const house = useHouse();
  const now = useNow();
  return (
    <>
      {letter.shared.map(({ room, entry, at }) => {
        const name = nameOf(house, room);
        return (
          <p key={entry} class="soft">
            {t("letters.read.shared", { name, when: sayWhen(at, now) })}{" "}
            <Link href={`/people/${room}`}>{t("letters.read.talk", { name })}</Link>
          </p>
        );
      })}
    </>
  );
}

/** Said only while the house does not have it: that it is kept is what one expects. */
export function Place({ letter }: { letter: Letter }) {
  const places = letter.newest.map(({ place }) => place.is);
  if (places.includes("refused")) return <Notice tone="wrong">{t("letters.read.place.refused")}</Notice>;
  return places.includes("unsent") ? <p class="soft small">{t("letters.read.place.unsent")}</p> : null;
}

export function Earlier({ letter }: { letter: Letter }) {
  const now = useNow();
  const newest = new Set(letter.newest.map(({ id }) => id));
  const before = letter.versions.filter((version) => !newest.has(version.id) && !isSealed(version)).reverse();
  if (before.length === 0) return null;
  return (
    <Fold title={t("letters.read.earlier")}>
      {before.map(({ id, at, words }) => (
        <article key={id} class="letter-former stack stack-s">
          <h2 class="letter-version">{t("letters.read.version", { when: sayWhen(at, now) })}</h2>
          <SaidIn words={words} />
        </article>
      ))}
    </Fold>
  );
}

export function Road({ letter }: { letter: Letter }) {
  const house = useHouse();
  const now = useNow();
  const { sending } = letter;
  return (
    <section class="letter-road" aria-labelledby="letter-road">
      <h2 id="letter-road">{sending ? t("letters.wait.title", { name: nameOf(house, sending.room) }) : t("letters.road.title")}</h2>
      <p class="soft">
        {sending ? t("letters.wait.until", { when: sayClock(Math.max(now, sending.ready), now) }) : t("letters.road.say")}
      </p>
      <ButtonLink look="plain" href={`/letters/${letter.id}/send`}>
        {t("letters.road.look")}
      </ButtonLink>
    </section>
  );
}
