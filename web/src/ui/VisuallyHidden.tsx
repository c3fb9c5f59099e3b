// SPDX-License-Identifier: AGPL-3.0-or-later
// Words for those who listen, where the eye already knows.
import type { ComponentChildren } from "preact";

export function VisuallyHidden({ children }: { children: ComponentChildren }) {
  return <span class="visually-hidden">{children}</span>;
}
