// SPDX-License-Identifier: AGPL-3.0-or-later
// Follows what is said, for whoever is where things happen, at its end: new words come into view there, a long one from its
// beginning. Who reads further up, or writes, is left in peace.
import { useEffect, useRef } from "preact/hooks";

/** px below the window at which the end still counts as being there, and px that the bars of the shell cover. */
const NEAR = 240;
const BAR = 80;

/** LIST holds what was said; what one does stands right below it. */
export function useAtTheEnd(list: { readonly current: HTMLElement | null }, length: number): void {
  const near = useRef(length > 0);
  useEffect(() => {
    const note = () => void (near.current = (list.current?.getBoundingClientRect().bottom ?? Infinity) < innerHeight + NEAR);
    addEventListener("scroll", note, { passive: true });
    return () => removeEventListener("scroll", note);
  }, []);
  useEffect(() => {
    if (length === 0 || !near.current || document.activeElement instanceof HTMLTextAreaElement) return undefined;
    // The page itself goes to its top when it opens; this comes a moment later.
    const frame = requestAnimationFrame(() => {
      const newest = list.current?.lastElementChild;
      if (newest) scrollBy(0, Math.max(0, Math.min(newest.getBoundingClientRect().bottom - innerHeight / 2, newest.getBoundingClientRect().top - BAR)));
    });
    return () => cancelAnimationFrame(frame);
  }, [length]);
}
