// SPDX-License-Identifier: AGPL-3.0-or-later
// The hands of the box: reads and writes the draft, sends it where it is aimed, and holds back an idea until it was
// asked about. The words leave the draft only when they are safe in the log.
import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Id, Log, Wish } from "../../model/face";
import { useHouse } from "../house-context";
import { useTask, type Task } from "../use-task";
import { aimOf, draftKey, lastWishOfMine, type Aim } from "./compose";
import { isAskedAbout } from "./ideas";

export interface Composer {
  readonly text: string;
  readonly aim: Aim;
  /** Set while an idea waits for the question about it. */
  readonly held: Exclude<Wish, "ideas"> | null;
  readonly sending: Task;
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
  const { drafts } = useHouse();
  const box = useRef<HTMLTextAreaElement | null>(null);
  const sending = useTask();
  const [held, setHeld] = useState<Composer["held"]>(null);
  const key = draftKey(log.room);
  const draft = drafts.read(key).value;
  const text = draft?.text ?? "";
  const aim = aimOf(log, draft);

  const put = (text: string, aim: Aim) =>
    drafts.write(key, aim.is === "new" ? { text, wish: aim.wish } : { text, to: aim.to });
  const focus = () => box.current?.focus();

  const deliver = async (words: string, keep: string) => {
    const sent = await sending.run(() =>
      aim.is === "new" ? log.share({ text: words, wish: aim.wish }) : log.reply(aim.to, words),
    );
    if (!sent) return;
    if (keep) put(keep, aim);
    else drafts.clear(key);
    focus();
  };

  return {
    text,
    aim,
    held,
    sending,
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
      if (!words) return focus();
      const wish = aim.is === "reply" ? aim.wish : null;
      if (isAskedAbout(words, wish)) setHeld(wish);
      else await deliver(words, "");
    },
    sendAsItIs: async () => {
      setHeld(null);
      await deliver(text.trim(), "");
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
