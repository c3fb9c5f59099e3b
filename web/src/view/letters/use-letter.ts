// SPDX-License-Identifier: AGPL-3.0-or-later
// One letter as it stands now; null while it is being read, and when it is gone (NoLetter tells which).
import type { Id, Letter } from "../../model/face";
import { useHouse } from "../house-context";

export function useLetter(id: Id): Letter | null {
  return useHouse().letters.letter(id).value;
}
