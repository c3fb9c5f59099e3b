// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter being changed. What it said before stays an earlier version. A sealed one cannot be changed: it is read instead.
import { Redirect } from "wouter-preact";
import { t } from "../../i18n";
import type { Id, Letter } from "../../model/face";
import { Notice, Page } from "../../ui";
import { LetterForm } from "./LetterForm";
import { NoLetter } from "./NoLetter";
import { useLetterDraft } from "./use-letter-draft";
import { useLetter } from "./use-letter";
import { shutIn, wordsOf } from "./words";

export function LetterEdit({ letter: id }: { letter: Id }) {
  const letter = useLetter(id);
  if (!letter) return <NoLetter id={id} title={t("letters.edit.title")} />;
  if (shutIn(letter)) return <Redirect to={`/letters/${id}`} replace />;
  return <Editing letter={letter} />;
}

function Editing({ letter }: { letter: Letter }) {
  const before = wordsOf(letter);
  const draft = useLetterDraft(
    letter.id,
    before,
    letter.newest.map(({ id }) => id),
  );
  return (
    <Page title={t("letters.edit.title")} back={{ href: `/letters/${letter.id}` }}>
      {letter.newest.length > 1 && !draft.begun && <Notice live={false}>{t("letters.two.form")}</Notice>}
      <LetterForm draft={draft} before={before} />
    </Page>
  );
}
