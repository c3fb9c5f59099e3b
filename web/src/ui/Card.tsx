// SPDX-License-Identifier: AGPL-3.0-or-later
// A quiet sheet of paper on the page: one matter, with a heading if it needs one.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface CardProps {
  children: ComponentChildren;
  title?: ComponentChildren;
  /** "sunken" for something beside the matter; "warm" for what came from a person. */
  look?: "plain" | "sunken" | "warm";
  class?: string;
}

export function Card({ children, title, look = "plain", class: extra = "" }: CardProps) {
  const id = useId();
  const name = `card card-${look} ${extra}`.trim();
  if (!title) return <div class={name}>{children}</div>;
  return (
    <section class={name} aria-labelledby={id}>
      <h2 id={id} class="card-title">
        {title}
      </h2>
      {children}
    </section>
  );
}
