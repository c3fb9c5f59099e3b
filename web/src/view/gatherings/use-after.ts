// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a moment is past, by the house's clock; drawn again when it is.
import { useEffect, useState } from "preact/hooks";
import { useHouse } from "../house-context";

export function useAfter(at: number): boolean {
  const { gatherings } = useHouse();
  const [, again] = useState(0);
  const left = at - gatherings.now();
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => again((times) => times + 1), Math.min(left + 50, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [at]);
  return left <= 0;
}
