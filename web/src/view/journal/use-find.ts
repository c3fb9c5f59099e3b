// SPDX-License-Identifier: AGPL-3.0-or-later
// What is looked for in the journal, and where one was in the list: kept while one reads a page and comes back, in memory only,
// and gone as soon as the session is not open any more. It never stands in an address: a browser keeps those.
import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { House, Kept } from "../../model/face";
import { useHouse } from "../house-context";

export interface Looking {
  readonly words: string;
  readonly month: string;
  readonly feeling: string;
}

export interface Place {
  looking: Looking;
  /** How many rows were drawn, and which one was opened from here. */
  shown: number;
  opened: string | null;
}

export const EVERYTHING: Looking = { words: "", month: "", feeling: "" };
export const SLICE = 60;

const places = new WeakMap<House, Place>();

export function usePlace(): Place {
  const house = useHouse();
  const known = places.get(house);
  if (known) return known;
  const place: Place = { looking: EVERYTHING, shown: SLICE, opened: null };
  places.set(house, place);
  const stop = effect(() => {
    if (house.session.state.value.is === "open") return;
    places.delete(house);
    queueMicrotask(() => stop());
  });
  return place;
}

export const isLooking = ({ words, month, feeling }: Looking): boolean => words.trim() !== "" || month !== "" || feeling !== "";

export type Found = { readonly is: "all" } | { readonly is: "found"; readonly list: readonly Kept[] } | { readonly is: "looking"; readonly before: readonly Kept[] | null } | { readonly is: "failed" };

const PAUSE_MS = 120;

/** Asks again after a pause in typing and whenever the journal changes; a late answer to an older question is dropped. */
export function useFound(looking: Looking): Found {
  const { journal } = useHouse();
  const all = journal.kept.value;
  const [found, setFound] = useState<Found>({ is: "all" });
  const asked = useRef(0);
  const { words, month, feeling } = looking;
  useEffect(() => {
    const mine = ++asked.current;
    if (!isLooking(looking)) return setFound({ is: "all" });
    setFound((before) => (before.is === "found" ? { is: "looking", before: before.list } : before.is === "looking" ? before : { is: "looking", before: null }));
    const timer = setTimeout(() => {
      journal.find({ ...(words.trim() && { words: words.trim() }), ...(month && { month }), ...(feeling && { feeling }) }).then(
        (list) => mine === asked.current && setFound({ is: "found", list }),
        () => mine === asked.current && setFound({ is: "failed" }),
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words, month, feeling, all]);
  return found;
}
