// SPDX-License-Identifier: AGPL-3.0-or-later
// One screen. Its heading takes focus when the screen opens, so that those who listen know where they are; on the very
// first screen after loading the browser's own order is left alone. The title of the tab never tells: the shell sets it.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ArrowLeft } from "lucide-preact";
import { t } from "../i18n";
import { Icon } from "./Icon";
import { Link } from "./Link";

export interface PageProps {
  title: ComponentChildren;
  children: ComponentChildren;
  lead?: ComponentChildren;
  back?: { href: string; label?: string };
  /** Something beside the heading, such as a menu. */
  aside?: ComponentChildren;
  /** "wide" for a screen with two columns; "fill" for one that arranges its own height, such as a talk. */
  width?: "read" | "wide" | "fill";
}

let opened = false;

export function Page({ title, children, lead, back, aside, width = "read" }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (opened) heading.current?.focus({ preventScroll: true });
    opened = true;
    scrollTo(0, 0);
  }, []);
  return (
    <div class={`page page-${width}`}>
      <header class="page-head">
        {back && (
          <Link href={back.href} class="page-back">
            <Icon of={ArrowLeft} />
            <span>{back.label ?? t("ui.back")}</span>
          </Link>
        )}
        <div class="page-title">
          <h1 tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {aside}
        </div>
        {lead && <p class="page-lead">{lead}</p>}
      </header>
      {children}
    </div>
  );
}
