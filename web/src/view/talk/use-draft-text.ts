// SPDX-License-Identifier: AGPL-3.0-or-later
// Words being written in a small form (an ask, a goodbye, a thought): kept as a draft, so that nothing is lost.
import { useHouse } from "../house-context";

export function useDraftText(key: string): { text: string; write: (text: string) => void; clear: () => void } {
  const { drafts } = useHouse();
  return {
    text: drafts.read(key).value?.text ?? "",
    write: (text) => drafts.write(key, { text }),
    clear: () => drafts.clear(key),
  };
}
