// SPDX-License-Identifier: AGPL-3.0-or-later
// The page of a sitting. The time left stands in words above it, without an alarm; "stop and land" stands beside it all the time.
import { useEffect, useRef, useState } from "preact/hooks";
import { Anchor } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Notice, Page, TextArea, VisuallyHidden } from "../../ui";
import { leftOf, spokenBetween, type Left, type Minutes } from "./sitting";
import type { PageDraft } from "./use-page-draft";

const LOOK_AGAIN_MS = 1_000;

export interface GuidedWritingProps {
  draft: PageDraft;
  minutes: Minutes;
  /** By this device's clock. */
  ends: number;
  onLand: () => void;
}

export function GuidedWriting({ draft, minutes, ends, onLand }: GuidedWritingProps) {
  const clock = useSoftClock(minutes * 60_000, ends);
  const over = clock.left === "end";
  return (
    <Page title={t("journal.guided.writing")}>
      <div class="guided-bar">
        <p class="guided-clock">
          <VisuallyHidden>{`${t("journal.guided.clock.label")}: `}</VisuallyHidden>
          {sayLeft(clock.left)}
        </p>
        <Button icon={Anchor} onClick={onLand}>
          {t(over ? "journal.guided.done" : "journal.guided.stop")}
        </Button>
        <span class="visually-hidden" role="status">
          {clock.spoken && t(`journal.guided.clock.${clock.spoken}`)}
        </span>
      </div>
      <div class="stack stack-s">
        <p>{t("journal.guided.task")}</p>
        <p class="soft">{t("journal.guided.task.more")}</p>
      </div>
      <div class="write-page-words">
        <TextArea label={t("journal.guided.words")} hideLabel value={draft.words.text} onInput={(text) => draft.change({ text })} rows={12} />
        {draft.saved === "failed" ? (
          <Notice tone="wrong">{t("journal.draft.failed")}</Notice>
        ) : (
          <p class="write-page-saved soft small">{t(`journal.draft.${draft.saved === "nothing" ? "none" : draft.saved}`)}</p>
        )}
      </div>
    </Page>
  );
}

function sayLeft(left: Left): string {
  return typeof left === "number" ? t("journal.guided.clock.most", { count: left }) : t(`journal.guided.clock.${left}`);
}

/** Follows the time itself, not the ticks: a device that slept wakes up with the right words. */
function useSoftClock(wholeMs: number, ends: number): { left: Left; spoken: "half" | "two" | null } {
  const before = useRef(ends - Date.now());
  const [left, setLeft] = useState<Left>(() => leftOf(before.current));
  const [spoken, setSpoken] = useState<"half" | "two" | null>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = ends - Date.now();
      const word = spokenBetween(before.current, now, wholeMs);
      before.current = now;
      setLeft(leftOf(now));
      if (word) setSpoken(word);
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [ends, wholeMs]);
  return { left, spoken };
}
