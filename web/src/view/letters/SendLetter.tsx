// SPDX-License-Identifier: AGPL-3.0-or-later
// The road of sending: choose one person, wait a day, read it again as they would see it, decide. Each step can be the last,
// and nothing leaves before the end of it.
import { t } from "../../i18n";
import type { Id, Letter } from "../../model/face";
import { ButtonLink, Empty, Page } from "../../ui";
import { useHouse } from "../house-context";
import { livingBonds } from "../people/PersonChoice";
import { useNow } from "../talk/when";
import { BeginRoad } from "./BeginRoad";
import { EndOfRoad } from "./EndOfRoad";
import { NoLetter } from "./NoLetter";
import { useLetter } from "./use-letter";
import { WaitOnRoad } from "./WaitOnRoad";
import { shutIn, sayTo, wordsOf } from "./words";
import "./letters.css";

export function SendLetter({ letter: id }: { letter: Id }) {
  const letter = useLetter(id);
  if (!letter) return <NoLetter id={id} title={t("letters.send.title")} />;
  const back = { href: `/letters/${id}`, label: sayTo(wordsOf(letter).to) };
  return (
    <Page title={t("letters.send.title")} lead={t("letters.send.lead")} back={back}>
      <Step letter={letter} />
    </Page>
  );
}

function Step({ letter }: { letter: Letter }) {
  const house = useHouse();
  const now = useNow();
  const bonds = livingBonds(house.people.bonds.value);
  const { sending } = letter;
  if (shutIn(letter)) return <Empty title={t("letters.send.sealed")} />;
  if (letter.newest.length > 1)
    return (
      <Empty
        title={t("letters.send.two")}
        action={<ButtonLink href={`/letters/${letter.id}/edit`}>{t("letters.read.two.join")}</ButtonLink>}
      />
    );
  if (!sending && bonds.length === 0)
    return <Empty title={t("letters.send.nobody")} action={<ButtonLink href="/invite/new">{t("letters.send.invite")}</ButtonLink>} />;
  if (!sending) return <BeginRoad letter={letter} bonds={bonds} />;
  if (sending.ready > now || !bonds.some(({ room }) => room === sending.room)) return <WaitOnRoad letter={letter} road={sending} />;
  return <EndOfRoad letter={letter} road={sending} />;
}
