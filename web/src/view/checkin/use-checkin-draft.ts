// SPDX-License-Identifier: AGPL-3.0-or-later
// The check-in being made. It is a draft, so it is the same on Today and on the longer page, and a reload loses nothing.
import type { CheckinWords } from "../../model/face";
import { useHouse } from "../house-context";
import { useTask, type Task } from "../use-task";
import { NOTHING } from "./words";

const KEY = "checkin";

export interface CheckinDraft {
  /** Null until something was picked or written. */
  readonly words: CheckinWords | null;
  readonly saving: Task;
  change(change: Partial<CheckinWords>): void;
  clear(): void;
  /** Keeps it for me alone. True if it is safe. */
  save(): Promise<boolean>;
}

export function useCheckinDraft(): CheckinDraft {
  const house = useHouse();
  const saving = useTask();
  const words = house.drafts.read(KEY).value?.checkin ?? null;
  const clear = () => house.drafts.clear(KEY);
  const change = (part: Partial<CheckinWords>) => {
    const next = { ...(words ?? NOTHING), ...part };
    house.drafts.write(KEY, { text: next.text, checkin: next });
  };
  const save = async () => {
    const saved = await saving.run(() => house.checkins.save(trimmed(words ?? NOTHING)));
    if (saved) clear();
    return saved;
  };
  return { words, saving, change, clear, save };
}

const trimmed = (words: CheckinWords): CheckinWords => ({ ...words, text: words.text.trim() });
