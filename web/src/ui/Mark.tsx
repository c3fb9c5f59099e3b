// SPDX-License-Identifier: AGPL-3.0-or-later
// The mark: two stones side by side, one leaning a little towards the other, on one line of ground.
// It is only a picture; the words beside it say what it stands for.

export function Mark({ size = "m" }: { size?: "s" | "m" | "l" }) {
  return (
    <svg class={`mark mark-${size}`} viewBox="0 0 64 48" aria-hidden="true" focusable="false">
      <path class="mark-ground" d="M3 45.25h58" />
      <path class="mark-first" d="M9 43.5C5.2 27 8.6 6.5 19.4 6.5S35 26.8 31.6 43.5Z" />
      <path class="mark-second" d="M33.5 43.5c-2-11.6-.2-25.2 9.3-26.3 9.9-1.2 15.6 12.6 13.5 26.3Z" />
    </svg>
  );
}
