// SPDX-License-Identifier: AGPL-3.0-or-later
// Picks one of my people by name.
import type { Bond } from "../../model/face";
import { Choice } from "../../ui";

/** Those whom one can write to now. */
export function livingBonds(bonds: readonly Bond[]): Bond[] {
  return bonds.filter(({ state, blocked }) => state === "alive" && !blocked);
}

export interface PersonChoiceProps {
  label: string;
  bonds: readonly Bond[];
  value: string | null;
  onChange: (room: string) => void;
}

export function PersonChoice({ label, bonds, value, onChange }: PersonChoiceProps) {
  return (
    <Choice
      label={label}
      look="rows"
      options={bonds.map(({ room, name }) => ({ value: room, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}
