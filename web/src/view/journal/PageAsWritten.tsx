// SPDX-License-Identifier: AGPL-3.0-or-later
// A page as it was written: the question that stood there, the words, the voice, and how it felt.
import { formatDate, formatList, t } from "../../i18n";
import { isPrompt } from "../../i18n/prompts";
import type { PageWords } from "../../model/face";
import { sayFeeling, sayWeightInFull } from "../checkin/words";
import { useHouse } from "../house-context";
import { Words } from "../talk/Words";
import { VoicePlayer } from "../voice/VoicePlayer";
import { usePrompts } from "./PromptLine";
import { sittingOfPrompt } from "./sitting";

export function PageAsWritten({ words }: { words: PageWords }) {
  const room = useHouse().rooms.self.value?.room;
  return (
    <article class="page-as-written">
      {words.prompt && <Answered prompt={words.prompt} />}
      {words.text ? <Words>{words.text}</Words> : !words.voice && <p class="soft">{t("journal.read.noWords")}</p>}
      {words.voice && room !== undefined && <VoicePlayer room={room} note={words.voice} />}
      <Felt words={words} />
      {words.written !== null && <p class="soft small">{t("journal.read.written", { day: formatDate(words.written) })}</p>}
    </article>
  );
}

function Answered({ prompt }: { prompt: string }) {
  const prompts = usePrompts();
  const sitting = sittingOfPrompt(prompt);
  if (sitting !== null) return <p class="soft">{t("journal.guided.prompt", { number: sitting })}</p>;
  if (!prompts || !isPrompt(prompts, prompt)) return null;
  return (
    <p class="page-question">
      <span class="soft small">{t("journal.prompt.answered")}</span>
      <span>{prompts[prompt]}</span>
    </p>
  );
}

function Felt({ words: { feelings, weight, weightAfter } }: { words: PageWords }) {
  if (feelings.length === 0 && weight === null && weightAfter === null) return null;
  return (
    <dl class="felt">
      {feelings.length > 0 && <Fact name={t("journal.read.feelings")}>{formatList(feelings.map(sayFeeling))}</Fact>}
      {(weight !== null || weightAfter !== null) && <Fact name={t("journal.read.weight")}>{sayWeights(weight, weightAfter)}</Fact>}
    </dl>
  );
}

function sayWeights(before: number | null, after: number | null): string[] {
  if (after === null) return [sayWeightInFull(before)];
  return [
    ...(before === null ? [] : [t("journal.read.before", { weight: sayWeightInFull(before) })]),
    t("journal.read.after", { weight: sayWeightInFull(after) }),
  ];
}

function Fact({ name, children }: { name: string; children: string | string[] }) {
  const said = typeof children === "string" ? [children] : children;
  return (
    <div class="felt-fact">
      <dt class="soft small">{name}</dt>
      {said.map((one) => (
        <dd key={one} dir="auto">
          {one}
        </dd>
      ))}
    </div>
  );
}
