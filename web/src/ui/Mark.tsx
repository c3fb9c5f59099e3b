// SPDX-License-Identifier: AGPL-3.0-or-later
// The mark: two people on one bench, seen from behind, one leaning a little towards the other.
// It is only a picture; the words beside it say what it stands for.

export function Mark({ size = "m" }: { size?: "s" | "m" | "l" }) {
  return (
    <svg class={`mark mark-${size}`} viewBox="0 0 64 48" aria-hidden="true" focusable="false">
      <path class="mark-ground" d="M4 45h56" />
      <g class="mark-first">
        <circle cx="21.5" cy="11.5" r="7.5" />
        <path d="M9.5 42.5c-.6-13 3.200-20.5 12-20.5s12 7.5 11 20.5Z" />
      </g>
      <g class="mark-second" transform="rotate(-7 44 42)">
        <circle cx="45" cy="17.5" r="6.5" />
        <path d="M35.300 42.5c-.4-11 2.5-16.5 9.700-16.5s10.300 5.5 9.700 16.5Z" />
      </g>
    </svg>
  );
}
