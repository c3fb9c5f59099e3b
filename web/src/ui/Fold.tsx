// SPDX-License-Identifier: AGPL-3.0-or-later
// Something that most do not need: one line that opens what lies under it.
import type { ComponentChildren } from "preact";

export function Fold({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details class="folded">
      <summary>{title}</summary>
      {children}
    </details>
  );
}
