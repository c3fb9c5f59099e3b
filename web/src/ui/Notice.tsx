// SPDX-License-Identifier: AGPL-3.0-or-later
// A plain sentence about how things stand. It is told aloud when it appears: at once only if something went wrong.
import type { ComponentChildren } from "preact";
import { CircleAlert, CircleCheck, Info, type LucideIcon } from "lucide-preact";
import { Icon } from "./Icon";

export type NoticeTone = "info" | "warm" | "done" | "wrong";

export interface NoticeProps {
  children: ComponentChildren;
  tone?: NoticeTone;
  title?: string;
  /** False for a notice that is simply part of the page. */
  live?: boolean;
  actions?: ComponentChildren;
}

const DRAWING: Record<NoticeTone, LucideIcon> = { info: Info, warm: Info, done: CircleCheck, wrong: CircleAlert };

export function Notice({ children, tone = "info", title, live = true, actions }: NoticeProps) {
  const role = !live ? undefined : tone === "wrong" ? "alert" : "status";
  return (
    <div class={`notice notice-${tone}`} role={role}>
      <Icon of={DRAWING[tone]} />
      <div class="notice-words">
        {title && <p class="notice-title">{title}</p>}
        <div>{children}</div>
        {actions && <div class="row">{actions}</div>}
      </div>
    </div>
  );
}
