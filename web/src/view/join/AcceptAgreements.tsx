// SPDX-License-Identifier: AGPL-3.0-or-later
// At a circle's door: what it is for, what is agreed there, and the yes to it, without which nobody goes further.
import { useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { t } from "../../i18n";
import type { CircleWords } from "../../model/face";
import { Button, Check, Notice } from "../../ui";
import type { Task } from "../use-task";
import { CircleSays } from "./CircleSays";

export interface AcceptAgreementsProps {
  words: CircleWords;
  /** On the button. */
  go: string;
  onAccept: () => void;
  /** What the button began, if it takes a while. */
  doing?: Task;
  /** A field to fill first, above the yes. */
  children?: ComponentChildren;
  /** Tells that the button was pressed, so that the field above can say what it lacks. */
  onAsked?: () => void;
  /** Another way on, beside the button. */
  other?: ComponentChildren;
}

export function AcceptAgreements({ words, go, onAccept, doing, children, onAsked, other }: AcceptAgreementsProps) {
  const [yes, setYes] = useState(false);
  const [asked, setAsked] = useState(false);
  const press = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    onAsked?.();
    if (yes) onAccept();
  };
  return (
    <>
      <CircleSays words={words} />
      <form class="stack" onSubmit={press} noValidate>
        {children}
        <Check checked={yes} onChange={setYes} error={asked && !yes ? t("join.circle.yes.missing") : null}>
          {t("join.circle.yes")}
        </Check>
        {doing?.wrong && <Notice tone="wrong">{doing.wrong}</Notice>}
        <div class="row">
          <Button look="main" type="submit" busy={doing?.busy ?? false}>
            {doing?.busy ? t("join.circle.going") : go}
          </Button>
          {other}
        </div>
      </form>
    </>
  );
}
