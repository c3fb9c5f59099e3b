// SPDX-License-Identifier: AGPL-3.0-or-later
// Guided writing: what to know before, a quiet page with a soft clock, and a landing. Three steps on one address; the words are a
// draft all along, so nothing is lost by leaving, and nothing is in the journal before one says so.
import { useMemo, useState } from "preact/hooks";
import { useHouse } from "../house-context";
import { useNow } from "../talk/when";
import { dayOf } from "./days";
import { GuidedBefore } from "./GuidedBefore";
import { GuidedLanding } from "./GuidedLanding";
import { GuidedOver } from "./GuidedOver";
import { GuidedWriting } from "./GuidedWriting";
import { nextSitting, promptOfSitting, sittingOfPrompt, type Minutes } from "./sitting";
import { blankPage, usePageDraft } from "./use-page-draft";

const KEY = "page:guided";

type Step = { readonly is: "before" } | { readonly is: "writing"; readonly minutes: Minutes; readonly ends: number } | { readonly is: "landing" };

export function Guided() {
  const { journal } = useHouse();
  const now = useNow();
  const next = nextSitting(journal.kept.value, now);
  const start = useMemo(() => blankPage(dayOf(Date.now()), promptOfSitting(next ?? 1)), [next]);
  const draft = usePageDraft(KEY, start);
  const [step, setStep] = useState<Step>({ is: "before" });
  const [minutes, setMinutes] = useState<Minutes>(15);
  const left = draft.words.text.trim() !== "";
  const begin = () => setStep({ is: "writing", minutes, ends: Date.now() + minutes * 60_000 });
  const land = () => setStep({ is: "landing" });

  if (step.is === "writing") return <GuidedWriting draft={draft} minutes={step.minutes} ends={step.ends} onLand={land} />;
  if (step.is === "landing") return <GuidedLanding draft={draft} onBack={begin} />;
  if (next === null && !left) return <GuidedOver />;
  const sitting = sittingOfPrompt(draft.words.prompt) ?? next ?? 1;
  return <GuidedBefore draft={draft} sitting={sitting} left={left} minutes={minutes} onMinutes={setMinutes} onBegin={begin} onLand={land} />;
}
