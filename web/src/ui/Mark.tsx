// SPDX-License-Identifier: AGPL-3.0-or-later
// The mark: two people on one bench, seen from behind, one leaning a little towards the other.
// It is only a picture; the words beside it say what it stands for.

export function Mark({ size = "m" }: { size?: "s" | "m" | "l" }) {
  return (
    <svg class={`mark mark-${size}`} viewBox="0 0 64 48" aria-hidden="true" focusable="false">
      <g class="mark-first">
        <circle cx="20" cy="10.5" r="7.25" />
        <path d="M7.4 44c-.5-14.5 3.5-23 12.6-23s12.5 8.5 11.5 23Z" />
      </g>
      <g class="mark-second" transform="rotate(-9 45 42)">
        <circle cx="46" cy="13.5" r="7" />
        <path d="M34.4 44.2c-.4-14 3.4-21.5 11.6-21.5s12.2 7.5 11.5 21.5Z" />
      </g>
      <path class="mark-ground" d="M4 44.5h56" />
    </svg>
  );
}
