// SPDX-License-Identifier: AGPL-3.0-or-later
// A person's own words, exactly as written: their lines, their direction, their alphabet. An address in them stays text,
// so that a press by mistake opens nothing and no other site hears of this one.

export function Words({ children, class: extra = "" }: { children: string; class?: string }) {
  return (
    <p class={`words ${extra}`.trim()} dir="auto">
      {children}
    </p>
  );
}

/** A name within a sentence: its direction does not disturb the words around it. */
export function Name({ children }: { children: string }) {
  return <bdi class="name">{children}</bdi>;
}
