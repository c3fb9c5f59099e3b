// SPDX-License-Identifier: AGPL-3.0-or-later
// The hands of the box: reads and writes the draft, sends it where it is aimed, and holds back an idea until it was
// asked about. The words leave the draft, and the recording leaves its place, only when both are safe in the log.
import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Id, Log, Wish } from "../../model/face";
import { useHouse } from "../house-context";
import { useTask, type Task } from "../use-task";
import { takeVoice } from "../voice/take-voice";
import { aimOf, draftKey, lastWishOfMine, noteKey, type Aim } from "./compose";
import { isAskedAbout } from "./ideas";

export interface Composer {
  readonly text: string;
  readonly aim: Aim;
  /** What it is about, if the words are to be folded; "" for none. */
  readonly note: string;
  setNote(note: string): void;
  /** The field for it is open. Closing it takes the note away. */
  readonly noting: boolean;
  setNoting(noting: boolean): void;
  /** Set while an idea waits for the question about it. */
  readonly held: Exclude<Wish, "ideas"> | null;
  readonly sending: Task;
  /** Talking instead of writing: asked for, or a recording waits from before. The text is then a few words with it. */
  readonly aloud: boolean;
  setAloud(aloud: boolean): void;
  readonly box: { current: HTMLTextAreaElement | null };
  write(text: string): void;
  setWish(wish: Wish): void;
  startNew(): void;
  replyTo(id: Id | null): void;
  send(): Promise<void>;
  sendAsItIs(): Promise<void>;
  askFirst(): Promise<void>;
  keepWriting(): void;
}

export function useComposer(log: Log): Composer {
  const { drafts, voices } = useHouse();
  const box = useRef<HTMLTextAreaElement | null>(null);
  const sending = useTask();
  const [held, setHeld] = useState<Composer["held"]>(null);
  const [wanted, setWanted] = useState(false);
  const [noteWanted, setNoteWanted] = useState(false);
  const key = draftKey(log.room);
  const recording = voices.recording(key);
  const draft = drafts.read(key).value;
  const text = draft?.text ?? "";
  const aim = aimOf(log, draft);
  const note = drafts.read(noteKey(log.room)).value?.text ?? "";

  const put = (text: string, aim: Aim) =>
    drafts.write(key, aim.is === "new" ? { text, wish: aim.wish } : { text, to: aim.to });
  const focus = () => box.current?.focus();
  const setNoting = (noting: boolean) => {
    setNoteWanted(noting);
    if (!noting) drafts.clear(noteKey(log.room));
  };

  /** KEEP: what stays in the box, words and voice, because something else goes first. */
  const deliver = async (words: string, keep: string | null) => {
    const sent = await sending.run(async () => {
      const voice = keep === null ? await takeVoice(voices, key, log.room) : null;
      const withVoice = voice ? { voice } : {};
      const withNote = note.trim() ? { note: note.trim() } : {};
      if (aim.is === "new") await log.share({ text: words, wish: aim.wish, ...withVoice, ...withNote });
      else await log.reply(aim.to, words, voice ?? undefined);
      // The entry has it now: whatever happens to what is left of the recording, it was not "not sent".
      if (voice) await voices.drop(key).catch(() => undefined);
    });
    if (!sent) return;
    if (keep !== null) return (put(keep, aim), focus());
    drafts.clear(key);
    if (aim.is === "new") setNoting(false);
    setWanted(false);
    requestAnimationFrame(focus); // the box may be about to come back in place of the recorder
  };

  return {
    text,
    aim,
    note,
    setNote: (text) => drafts.write(noteKey(log.room), { text }),
    noting: noteWanted || note !== "",
    setNoting,
    held,
    sending,
    aloud: wanted || recording.value !== null,
    setAloud: (aloud) => {
      setWanted(aloud);
      if (!aloud) requestAnimationFrame(focus);
    },
    box,
    write: (text) => put(text, aim),
    setWish: (wish) => put(text, { is: "new", wish }),
    startNew: () => {
      put(text, { is: "new", wish: lastWishOfMine(log.lines.value) });
      focus();
    },
    replyTo: (to) => {
      if (to) put(text, { is: "reply", to, wish: null });
      else drafts.write(key, { text });
      focus();
    },
    send: async () => {
      const words = text.trim();
      if (!words && recording.peek() === null) return focus();
      const wish = aim.is === "reply" ? aim.wish : null;
      if (isAskedAbout(words, wish)) setHeld(wish);
      else await deliver(words, null);
    },
    sendAsItIs: async () => {
      setHeld(null);
      await deliver(text.trim(), null);
    },
    askFirst: async () => {
      setHeld(null);
      await deliver(t("talk.idea.first.words"), text);
    },
    keepWriting: () => {
      setHeld(null);
      requestAnimationFrame(focus); // after the sheet has given the focus back to the button
    },
  };
}
