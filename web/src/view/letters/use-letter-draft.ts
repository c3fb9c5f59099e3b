// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter being written or changed: a draft, so that a reload or a crash loses nothing, and the one way to keep it.
import type { Id } from "../../model/face";
import { useHouse } from "../house-context";
import { useTask, type Task } from "../use-task";
import { finishRecording } from "../voice/live";
import { takeVoice } from "../voice/take-voice";
import type { OpenWords } from "./words";

export interface LetterDraft {
  readonly key: string;
  readonly words: OpenWords;
  /** Whether something was written that is not kept yet. */
  readonly begun: boolean;
  readonly saving: Task;
  change(part: Partial<OpenWords>): void;
  /** Null: it did not work, and `saving` says why. */
  keep(): Promise<Id | null>;
  throwAway(): Promise<void>;
}

export const NO_WORDS: OpenWords = { to: "", text: "", voice: null };

/** ID null: a new letter. BEFORE: what it says now, and the versions that say it. */
export function useLetterDraft(id: Id | null, before: OpenWords, newest: readonly Id[]): LetterDraft {
  const { drafts, letters, rooms, voices } = useHouse();
  const saving = useTask();
  const key = `letter:${id ?? "new"}`;
  const draft = drafts.read(key).value;
  const recorded = voices.recording(key).value !== null;
  const { to, text, voice } = draft?.letter ?? before;
  const words: OpenWords = { to, text, voice };
  const after = draft?.after ?? newest;

  const clear = async () => {
    await finishRecording(key);
    drafts.clear(key);
    if (voices.recording(key).peek()) await voices.drop(key);
  };

  return {
    key,
    words,
    begun: draft?.letter !== undefined || recorded,
    saving,
    change(part) {
      const next = { ...words, ...part };
      drafts.write(key, { text: next.text, letter: { ...next, until: null, sealed: null }, after });
    },
    async keep() {
      let kept: Id | null = null;
      await saving.run(async () => {
        const voice = (await takeVoice(voices, key, rooms.self.peek()!.room)) ?? words.voice;
        const letter = { to: to.trim(), text: text.trim(), voice };
        if (id === null) kept = await letters.write(letter);
        else await letters.edit(id, letter, after);
        kept ??= id;
        await clear().catch(() => undefined); // it is kept: what is left of the draft changes nothing about that
      });
      return kept;
    },
    throwAway: clear,
  };
}
