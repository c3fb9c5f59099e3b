// SPDX-License-Identifier: AGPL-3.0-or-later
// Keeps the eye where it was: at the newest words when the talk opens and while one stays there, at the same words when an
// older page appears above them. Not every browser does this by itself, so it is done here for all.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Line } from "../../model/face";

const NEAR_END = 160; // px from the end that still count as being there
const BAR = 80; // px that the bar at the top covers, and a little air

const page = () => document.documentElement;
const fromEnd = () => page().scrollHeight - scrollY;

/** The end of the page; but a long letter is read from its beginning, unless one is writing. */
function toNewest(log: HTMLElement | null): void {
  const end = page().scrollHeight - innerHeight;
  const newest = log?.lastElementChild;
  if (!newest) return;
  const writing = document.activeElement instanceof HTMLTextAreaElement;
  const begins = newest.getBoundingClientRect().top + scrollY - BAR;
  scrollTo(0, writing ? end : Math.min(end, begins));
}

/** `log` holds the lines as its children. */
export function useReadingPlace(log: { readonly current: HTMLElement | null }, lines: readonly Line[], ready: boolean): void {
  const before = useRef({ first: lines[0]?.key, fromEnd: 0, atEnd: true });
  const opened = useRef(false);

  useEffect(() => {
    const note = () => {
      before.current.fromEnd = fromEnd();
      before.current.atEnd = fromEnd() - innerHeight < NEAR_END;
    };
    addEventListener("scroll", note, { passive: true });
    return () => removeEventListener("scroll", note);
  }, []);

  // The page itself goes to its top when it opens; this comes a moment later.
  useEffect(() => {
    if (opened.current || !ready) return;
    opened.current = true;
    const frame = requestAnimationFrame(() => toNewest(log.current));
    return () => cancelAnimationFrame(frame);
  }, [ready]);

  useLayoutEffect(() => {
    const { first, fromEnd: distance, atEnd } = before.current;
    const olderCame = first !== undefined && lines[0]?.key !== first;
    before.current.first = lines[0]?.key;
    if (!opened.current) return;
    if (olderCame && !atEnd) scrollTo(0, page().scrollHeight - distance);
    else if (atEnd) toNewest(log.current);
    before.current.fromEnd = fromEnd();
  }, [lines]);
}
