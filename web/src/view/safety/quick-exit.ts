// SPDX-License-Identifier: AGPL-3.0-or-later
// Leaving at once: by the button, by the hidden link early in Tab order, or by Shift pressed three times in five seconds.
// In this order: at once a plain cover over the page, then keys out of memory and off this device (milliseconds), then this
// history entry replaced by an ordinary site. What it cannot do is said in LeavingQuickly.tsx.
//
// A browser may keep the page as it was and bring it back by the back button: then the cover is still on, and it loads anew.
import { useEffect } from "preact/hooks";
import type { House } from "../../model/face";

const PRESSES = 3;
const WITHIN_MS = 5_000;

/** The cover hides the page meanwhile; no broken storage may hold anyone here. */
const LONGEST_WAIT_MS = 250;

export function leaveNow(house: House): void {
  const site = house.settings.values.value.quickExitSite;
  document.documentElement.dataset.leaving = "yes";
  document.title = "";
  const late = new Promise<void>((done) => setTimeout(done, LONGEST_WAIT_MS));
  void Promise.race([house.session.quickLock(), late]).then(() => location.replace(site));
}

/** Counts lone presses of Shift; any other key begins again, so that writing capitals never leaves the page. */
export function countShift(): (key: string, repeated: boolean, nowMs: number) => boolean {
  let presses: number[] = [];
  return (key, repeated, nowMs) => {
    if (key !== "Shift") presses = [];
    else if (!repeated) presses = [...presses, nowMs].filter((at) => nowMs - at < WITHIN_MS);
    return presses.length >= PRESSES;
  };
}

export function useQuickExitKeys(house: House): void {
  useEffect(() => {
    const enough = countShift();
    const press = (event: KeyboardEvent) => {
      if (enough(event.key, event.repeat, event.timeStamp)) leaveNow(house);
    };
    const broughtBack = (event: PageTransitionEvent) => {
      if (event.persisted && document.documentElement.dataset.leaving) location.replace("/");
    };
    addEventListener("keydown", press, { capture: true });
    addEventListener("pageshow", broughtBack);
    return () => {
      removeEventListener("keydown", press, { capture: true });
      removeEventListener("pageshow", broughtBack);
    };
  }, [house]);
}
