// SPDX-License-Identifier: AGPL-3.0-or-later
// The first letter of a name in a soft stone shape: a picture for a person who has none, and needs none.
// The shade follows the name, so that the same person looks the same on every screen. The name itself stands beside it.

const SHADES = 4;

export function Disc({ name, size = "m" }: { name: string; size?: "m" | "l" }) {
  const letter = [...name.trim()][0]?.toLocaleUpperCase() ?? "·";
  return (
    <span class={`disc disc-${size} disc-shade-${shadeOf(name)}`} aria-hidden="true">
      {letter}
    </span>
  );
}

function shadeOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum % SHADES;
}
