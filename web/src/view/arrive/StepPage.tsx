// SPDX-License-Identifier: AGPL-3.0-or-later
// One step of arriving: where one stands in words ("Step 2 of 5"), the heading, and a way back that keeps everything.
import type { ComponentChildren } from "preact";
import { ArrowLeft } from "lucide-preact";
import { t } from "../../i18n";
import { Button, Page } from "../../ui";

export interface StepPageProps {
  /** Left out where the same screen is shown outside of arriving. */
  number?: 1 | 2 | 3 | 4 | 5 | undefined;
  title: string;
  lead?: ComponentChildren;
  onBack?: (() => void) | undefined;
  children: ComponentChildren;
}

const STEPS = 5;

export function StepPage({ number, title, lead, onBack, children }: StepPageProps) {
  return (
    <div class="step-page">
      <div class="step-page-where">
        {onBack && (
          <Button look="plain" icon={ArrowLeft} onClick={onBack}>
            {t("ui.back")}
          </Button>
        )}
        {number && <p class="soft small">{t("arrive.step", { number, of: STEPS })}</p>}
      </div>
      {/* The key lets each step be a new page: its heading takes the focus. */}
      <Page key={title} title={title} lead={lead}>
        {children}
      </Page>
    </div>
  );
}
