// SPDX-License-Identifier: AGPL-3.0-or-later
// What a letter says, on a sheet of its own. Two versions that know nothing of each other stand under each other.
import { t } from "../../i18n";
import type { Letter, LetterWords as Said, Version } from "../../model/face";
import { ButtonLink, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { sayWhen, useNow } from "../talk/when";
import { Words } from "../talk/Words";
import { VoicePlayer } from "../voice/VoicePlayer";

export function LetterWords({ letter, versions }: { letter: Letter; versions: readonly Version<Said>[] }) {
  const now = useNow();
  const many = versions.length > 1;
  return (
    <>
      {many && (
        <Notice live={false} actions={<ButtonLink href={`/letters/${letter.id}/edit`}>{t("letters.read.two.join")}</ButtonLink>}>
          {t("letters.read.two")}
        </Notice>
      )}
      {versions.map((version) => (
        <article key={version.id} class="letter-sheet">
          {many && <h2 class="letter-version">{t("letters.read.version", { when: sayWhen(version.at, now) })}</h2>}
          <SaidIn words={version.words} />
        </article>
      ))}
    </>
  );
}

export function SaidIn({ words }: { words: Said }) {
  const self = useHouse().rooms.self.value;
  return (
    <>
      {words.voice && self && <VoicePlayer room={self.room} note={words.voice} />}
      {words.text && <Words>{words.text}</Words>}
    </>
  );
}
