// SPDX-License-Identifier: AGPL-3.0-or-later
// A line drawing beside words. It is hidden from those who listen, unless it stands alone and is given a label.
import type { LucideIcon } from "lucide-preact";

export interface IconProps {
  /** One drawing of lucide-preact: `<Icon of={Sun} />`. Each is bundled only if some screen names it. */
  of: LucideIcon;
  size?: "s" | "m" | "l";
  label?: string;
}

const PIXELS = { s: 18, m: 22, l: 30 } as const;

export function Icon({ of: Drawing, size = "m", label }: IconProps) {
  const name = label === undefined ? { "aria-hidden": true as const } : { role: "img" as const, "aria-label": label };
  return <Drawing class="icon" size={PIXELS[size]} strokeWidth={1.75} focusable="false" {...name} />;
}
