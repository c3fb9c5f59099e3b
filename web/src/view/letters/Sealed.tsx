// SPDX-License-Identifier: AGPL-3.0-or-later
// A sealed letter: until when, and why it stays shut. The day is the house's to tell; turning this device's clock only brings
// the button, not the letter.
import { LockKeyhole, LockKeyholeOpen } from "lucide-preact";
import { formatDate, t } from "../../i18n";
import type { Letter, LetterWords, ModelFailure, Version } from "../../model/face";
import { Button, Card, Icon, Notice } from "../../ui";
import { useHouse } from "../house-context";
import { useNow } from "../talk/when";
import { useTask } from "../use-task";

export function Sealed({ letter, shut }: { letter: Letter; shut: Version<LetterWords> }) {
  const { letters } = useHouse();
  const now = useNow();
  const opening = useTask();
  const until = shut.words.until ?? 0;
  const due = until <= now;
  return (
    <Card look="sunken">
      <p class="letter-sealed">
        <Icon of={due ? LockKeyholeOpen : LockKeyhole} />
        <strong>{due ? t("letters.sealed.due") : t("letters.sealed.title", { day: formatDate(until) })}</strong>
      </p>
      <p>{t(due ? "letters.sealed.due.say" : "letters.sealed.shut")}</p>
      {due && (
        <div class="row">
          <Button look="main" busy={opening.busy} onClick={() => void opening.run(() => letters.open(letter.id))}>
            {t("letters.sealed.open")}
          </Button>
        </div>
      )}
      {opening.failure && <Notice tone="info">{sayWhy(opening.failure, opening.wrong!)}</Notice>}
    </Card>
  );
}

function sayWhy({ code, detail }: ModelFailure, words: string): string {
  if (code === "offline") return t("letters.sealed.offline");
  return code === "too-early" ? t("letters.sealed.early", { when: formatDate(Number(detail)) }) : words;
}
