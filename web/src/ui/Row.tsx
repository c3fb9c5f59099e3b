// SPDX-License-Identifier: AGPL-3.0-or-later
// Lines of a list: a picture, words, more words, and where it leads. A row with an href can be pressed as a whole.
import type { ComponentChildren } from "preact";
import { ChevronRight } from "lucide-preact";
import { Icon } from "./Icon";
import { Link } from "./Link";

export interface RowProps {
  title: ComponentChildren;
  detail?: ComponentChildren;
  /** An Icon or a Disc. */
  start?: ComponentChildren;
  /** A word, a dot or a button at the end. */
  end?: ComponentChildren;
  href?: string;
}

export function Rows({ children, label }: { children: ComponentChildren; label?: string }) {
  return (
    <ul class="rows" role="list" aria-label={label}>
      {children}
    </ul>
  );
}

export function Row({ title, detail, start, end, href }: RowProps) {
  const inside = (
    <>
      {start && <span class="row-start">{start}</span>}
      <span class="row-words">
        <span class="row-title">{title}</span>
        {detail && <span class="row-detail">{detail}</span>}
      </span>
      {end && <span class="row-end">{end}</span>}
      {href && <Icon of={ChevronRight} size="s" />}
    </>
  );
  return (
    <li class="row-item">
      {href ? (
        <Link href={href} class="row-line row-link">
          {inside}
        </Link>
      ) : (
        <div class="row-line">{inside}</div>
      )}
    </li>
  );
}
