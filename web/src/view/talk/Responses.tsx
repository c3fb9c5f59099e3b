// SPDX-License-Identifier: AGPL-3.0-or-later
// Three answers in words, one touch each. The author alone sees who gave which; nobody sees how many.
import { t } from "../../i18n";
import type { ResponseWord } from "../../model/face";
import { Button, Notice } from "../../ui";
import { useTask } from "../use-task";

const WORDS: readonly ResponseWord[] = ["me-too", "with-you", "thank-you"];

export const sayResponse = (word: ResponseWord): string => t(`talk.respond.${word}`);

export function Responses({ given, onGive }: { given: readonly ResponseWord[]; onGive: (word: ResponseWord) => Promise<unknown> }) {
  const giving = useTask();
  const left = WORDS.filter((word) => !given.includes(word));
  if (left.length === 0) return null;
  return (
    <div class="responses" role="group" aria-label={t("talk.respond.title")}>
      {left.map((word) => (
        <Button key={word} onClick={() => void giving.run(() => onGive(word))}>
          {sayResponse(word)}
        </Button>
      ))}
      {giving.wrong && <Notice tone="wrong">{giving.wrong}</Notice>}
    </div>
  );
}
