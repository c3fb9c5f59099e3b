// SPDX-License-Identifier: AGPL-3.0-or-later
// Follows what is said for whoever reads at its end: new words come into view. Who reads further up, or writes, is left there.
import { useEffect, useRef } from "preact/hooks";

/** px around the window in which the end still counts as being read. */
const NEAR = 240;

export function useAtTheEnd(end: { readonly current: HTMLElement | null }, length: number): void {
  const near = useRef(false);
  useEffect(() => {
    const note = () => {
      const at = end.current?.getBoundingClientRect().top ?? Infinity;
      near.current = scrollY > 0 && at > 0 && at < innerHeight + NEAR;
    };
    addEventListener("scroll", note, { passive: true });
    return () => removeEventListener("scroll", note);
  }, []);
  useEffect(() => {
    if (near.current && !(document.activeElement instanceof HTMLTextAreaElement)) end.current?.scrollIntoView({ block: "center" });
  }, [length]);
}
