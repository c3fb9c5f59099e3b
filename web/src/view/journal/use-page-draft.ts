// SPDX-License-Identifier: AGPL-3.0-or-later
// A page being written. It is a draft from the first letter on, sealed on this device: a reload, the lock, the quick exit or a
// lost connection take nothing of it. Whether the last words are safe is said, because one cannot see it.
import { useEffect, useState } from "preact/hooks";
import type { Id, PageWords } from "../../model/face";
import { useHouse } from "../house-context";

export type Saved = "nothing" | "saving" | "safe" | "failed";

export interface PageDraft {
  readonly key: string;
  readonly words: PageWords;
  /** Something was changed that is not in the journal yet. */
  readonly begun: boolean;
  readonly saved: Saved;
  /** Of an edit: the versions that were there when it began. */
  readonly after: readonly Id[];
  change(part: Partial<PageWords>): void;
  /** Resolves when nothing of it is on this device any more: a reload right after keeping must not bring it back. */
  clear(): Promise<void>;
}

const EMPTY: PageWords = { text: "", day: "", feelings: [], weight: null, weightAfter: null, prompt: "", voice: null, written: null };

export const blankPage = (day: string, prompt = ""): PageWords => ({ ...EMPTY, day, prompt });

/** START: what stands there as long as nothing was changed. AFTER: for an edit, the versions that START was made from. */
export function usePageDraft(key: string, start: PageWords, after: readonly Id[] = []): PageDraft {
  const { drafts } = useHouse();
  const draft = drafts.read(key).value;
  const words = draft?.page ?? start;
  const change = (part: Partial<PageWords>) => {
    const now = drafts.read(key).peek();
    const next = { ...(now?.page ?? start), ...part };
    if (saysTheSame(next, start, after.length === 0)) drafts.clear(key);
    else drafts.write(key, { text: next.text, page: next, after: now?.after ?? after });
  };
  const clear = async () => {
    drafts.clear(key);
    await drafts.settled();
  };
  const begun = draft?.page !== undefined;
  return { key, words, begun, saved: useSaved(begun ? words : null), after: draft?.after ?? after, change, clear };
}

/** Above a new page, a question that merely stands there is no beginning. */
function saysTheSame(one: PageWords, other: PageWords, isNew: boolean): boolean {
  const told = (words: PageWords) => JSON.stringify(isNew ? { ...words, prompt: "" } : words);
  return told(one) === told(other);
}

export function saysAnything({ text, feelings, weight, weightAfter, voice }: PageWords): boolean {
  return text.trim() !== "" || feelings.length > 0 || weight !== null || weightAfter !== null || voice !== null;
}

/** A little longer than the drafts wait by themselves, so that this asks only for what is on its way already. */
const PAUSE_MS = 500;

export function useSaved(words: PageWords | null): Saved {
  const { drafts } = useHouse();
  const [saved, setSaved] = useState<Saved>(words === null ? "nothing" : "safe");
  const [seen, setSeen] = useState(words);
  if (seen !== words) {
    setSeen(words);
    setSaved(words === null ? "nothing" : "saving");
  }
  useEffect(() => {
    if (saved !== "saving") return;
    let here = true;
    const settle = () => drafts.settled().then(() => here && setSaved("safe"), () => here && setSaved("failed"));
    const timer = setTimeout(() => void settle(), PAUSE_MS);
    // Whoever puts the phone away may not come back to this page.
    const away = () => document.visibilityState === "hidden" && void settle();
    document.addEventListener("visibilitychange", away);
    return () => {
      here = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", away);
    };
  }, [words, saved]);
  return saved;
}
