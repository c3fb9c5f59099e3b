// SPDX-License-Identifier: AGPL-3.0-or-later
// What the box at the end of a talk is for right now: a reply to certain words of theirs, under the wish that came with
// them, or something new of mine, with my own wish. No drawing here.
//
// By itself the box replies to the newest words of theirs if nothing of mine stands after them, else to an older share of
// theirs that still waits for a word; a person may point it elsewhere, and the draft remembers where (`to` for a reply,
// `wish` for something new).
import type { Content, Draft, Id, Line, Log, Wish } from "../../model/face";

export type Aim =
  | { readonly is: "new"; readonly wish: Wish }
  | { readonly is: "reply"; readonly to: Id; readonly wish: Wish | null };

export type EntryLine = Extract<Line, { is: "entry" }>;

const FIRST_WISH: Wish = "listen";

export const draftKey = (room: Id): string => `room:${room}`;
/** The content note that goes with what stands in the box. */
export const noteKey = (room: Id): string => `note:${room}`;

export function findEntry(lines: readonly Line[], id: Id): EntryLine | null {
  const line = lines.find((line) => line.is === "entry" && line.id === id);
  return line?.is === "entry" ? line : null;
}

export const hasVoice = (content: Content): boolean => "voice" in content && content.voice !== null;

/** Words of theirs after which nothing of mine stands: the natural thing to answer. */
export function unanswered(lines: readonly Line[]): EntryLine | null {
  for (const line of [...lines].reverse()) {
    if (line.is !== "entry") continue;
    const { kind } = line.content;
    if (kind !== "share" && kind !== "reply") continue;
    return line.mine ? null : line;
  }
  return null;
}

/** The wish of their share that these words belong to; null in back and forth about my own words. */
export function wishOver(lines: readonly Line[], id: Id): Wish | null {
  const share = shareOver(lines, id);
  return share?.content.kind === "share" ? share.content.wish : null;
}

export function shareOver(lines: readonly Line[], id: Id): EntryLine | null {
  const seen = new Set<Id>();
  for (let entry = findEntry(lines, id); entry && !seen.has(entry.id); ) {
    seen.add(entry.id);
    if (entry.content.kind === "share") return entry.mine ? null : entry;
    if (entry.content.kind !== "reply") return null;
    entry = findEntry(lines, entry.content.to);
  }
  return null;
}

export function lastWishOfMine(lines: readonly Line[]): Wish {
  for (const line of [...lines].reverse())
    if (line.is === "entry" && line.mine && line.content.kind === "share") return line.content.wish;
  return FIRST_WISH;
}

/** What the box replies to when nothing was chosen. In a circle nobody is answered unless one means to. */
export function replyTarget(log: Log): Id | null {
  if (log.kind === "circle") return null;
  return unanswered(log.lines.value)?.id ?? stillWaiting(log);
}

/** An older share without a reply of mine; not one that needs no reply, nor one that got a word from me ("me too"). */
function stillWaiting(log: Log): Id | null {
  const open = log.wish.value;
  if (!open || open.wish === "none") return null;
  const share = findEntry(log.lines.value, open.share);
  return share && !share.responses.some(({ mine }) => mine) ? share.id : null;
}

export function aimOf(log: Log, draft: Draft | null): Aim {
  const lines = log.lines.value;
  if (draft?.wish) return { is: "new", wish: draft.wish };
  const chosen = draft?.to && findEntry(lines, draft.to) ? draft.to : null;
  const to = chosen ?? replyTarget(log);
  return to ? { is: "reply", to, wish: wishOver(lines, to) } : { is: "new", wish: lastWishOfMine(lines) };
}
