// SPDX-License-Identifier: AGPL-3.0-or-later
// What a screen says when it has nothing: what belongs here, and one thing that can be done. Never an accusing void.
import type { ComponentChildren } from "preact";
import { Mark } from "./Mark";

export interface EmptyProps {
  title: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
}

export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div class="empty">
      <Mark size="l" />
      <p class="empty-title">{title}</p>
      {children && <div class="empty-words">{children}</div>}
      {action && <div class="empty-action">{action}</div>}
    </div>
  );
}
