// SPDX-License-Identifier: AGPL-3.0-or-later
// How a screen comes by the model: `const house = useHouse()`. The shell puts it there once, around everything.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { House } from "../model/face";

export const HouseContext = createContext<House | null>(null);

export function useHouse(): House {
  const house = useContext(HouseContext);
  if (!house) throw new Error("a screen was drawn outside the shell");
  return house;
}
