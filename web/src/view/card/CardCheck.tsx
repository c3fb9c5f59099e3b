// SPDX-License-Identifier: AGPL-3.0-or-later
// Two groups of the card are asked back, so that a card that was not written down is noticed now and not on the worst day.
// It can be put off: the account works, and a new card can be made at any time.
import { useMemo, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Card as RecoveryCard } from "../../model/face";
import { Button, Field } from "../../ui";
import { StepPage } from "../arrive/StepPage";

export interface CardCheckProps {
  card: RecoveryCard;
  /** Which step of arriving this is, if it is one. */
  step?: 4;
  onBack: () => void;
  onGo: () => void;
}

export function CardCheck({ card, step, onBack, onGo }: CardCheckProps) {
  const asked = useMemo(() => pickTwo(card.groups.length - 1), [card]);
  const [answers, setAnswers] = useState<[string, string]>(["", ""]);
  const [tried, setTried] = useState(false);
  const right = asked.map((place, i) => readGroup(answers[i] ?? "") === readGroup(card.groups[place] ?? ""));
  const go = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (right.every(Boolean)) onGo();
  };
  const answer = (i: number, text: string) => setAnswers(i === 0 ? [text, answers[1]] : [answers[0], text]);
  return (
    <StepPage number={step} title={t("card.checkTitle")} lead={t("card.checkLead")} onBack={onBack}>
      <form class="stack" onSubmit={go} noValidate>
        {asked.map((place, i) => (
          <Field
            key={place}
            label={t("card.group", { number: place + 1 })}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={12}
            value={answers[i] ?? ""}
            onInput={(text) => answer(i, text)}
            error={tried && !right[i] ? t("card.groupWrong") : null}
          />
        ))}
        <Button look="main" type="submit" wide>
          {t("card.checkGo")}
        </Button>
        <Button look="plain" wide onClick={onGo}>
          {t("card.checkLater")}
        </Button>
      </form>
    </StepPage>
  );
}

/** Two different places among the first COUNT groups. The check character alone would be no proof. */
function pickTwo(count: number): [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  const first = a % count;
  const second = (first + 1 + (b % (count - 1))) % count;
  return first < second ? [first, second] : [second, first];
}

/** What looks alike is read alike, as the card itself is read: o is 0, i and l are 1. */
function readGroup(text: string): string {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}
