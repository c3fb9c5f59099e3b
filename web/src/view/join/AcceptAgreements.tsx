// SPDX-License-Identifier: AGPL-3.0-or-later
// The last step at a circle's door: what is agreed there, the yes to it and, for who comes by a link, the name to be called.
import { useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { t } from "../../i18n";
import type { CircleWords } from "../../model/face";
import { Button, Check, Notice } from "../../ui";
import type { Task } from "../use-task";
import { CircleSays } from "./CircleSays";

export interface AcceptAgreementsProps {
  words: CircleWords;
  doing: Task;
  /** Called once the yes is given. */
  onAccept: () => void;
  /** A field to fill first, above the yes. */
  children?: ComponentChildren;
  /** Tells that the button was pressed, so that the field above can say what it lacks. */
  onAsked?: () => void;
  /** Another way on, beside the button. */
  other?: ComponentChildren;
}

export function AcceptAgreements({ words, doing, onAccept, children, onAsked, other }: AcceptAgreementsProps) {
  const [yes, setYes] = useState(false);
  const [asked, setAsked] = useState(false);
  const go = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    onAsked?.();
    if (yes) onAccept();
  };
  return (
    <>
      <CircleSays words={words} />
      <form class="stack" onSubmit={go} noValidate>
        {children}
        <Check checked={yes} onChange={setYes} error={asked && !yes ? t("join.circle.yes.missing") : null}>
          {t("join.circle.yes")}
        </Check>
        {doing.wrong && <Notice tone="wrong">{doing.wrong}</Notice>}
        <div class="row">
          <Button look="main" type="submit" busy={doing.busy}>
            {doing.busy ? t("join.circle.going") : t("join.circle.in")}
          </Button>
          {other}
        </div>
      </form>
    </>
  );
}
