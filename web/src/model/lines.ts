/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What a person sees of a room's log: its judged lines, and what is still on its way, as one list. Pure.
//
// Responses hang on the entry they answer. What was undone within its thirty seconds leaves nothing, on either side; what
// was taken back later leaves a line that says so. What is withheld by my block is not there, nor what has no place outside
// a self room.

import type { Id } from "../lib/id";
import { target } from "./content";
import type { Content, Line, Ms, Place, ResponseWord } from "./face";
import type { Seen } from "./logs";
import type { Waiting } from "./outbox";

export const UNDO_MS = 30_000;
/** The takeback's way to the house is not counted against the thirty seconds. */
const UNDO_SLACK_MS = 15_000;

export interface LinesOf {
  readonly me: Id;
  /** It is my self room's log. */
  readonly self: boolean;
  readonly seen: readonly Seen[];
  readonly waiting: readonly Waiting[];
  /** The house's clock minus mine. */
  readonly offsetMs: number;
  readonly before: (t: Ms) => boolean;
  /** Thoughts that quiet hours hold back, or that are folded into another. */
  readonly hidden: (one: Seen) => boolean;
}

type EntryLine = Extract<Line, { is: "entry" }>;
type Answer = NonNullable<EntryLine["answer"]>;
type Response = EntryLine["responses"][number];

/** A journal's entries are for the one who wrote them; in another's room they would mean nothing. */
const OF_SELF: readonly Content["kind"][] = ["page", "letter", "edit", "shared", "sending", "afterwards", "gift"];

export function makeLines(given: LinesOf): Line[] {
  const { seen, waiting, me } = given;
  const takenBackAt = new Map(seen.filter((one) => one.state === "takeback" && one.refused === null).map((one) => [one.target, one.at]));
  const undone = new Map(waiting.filter(({ what }) => what === "takeback").map(({ id, at }) => [id, at]));
  const inLog = new Set(seen.map(({ id }) => id));
  const ahead = waiting.filter(({ id, what }) => what === "put" && !inLog.has(id) && !undone.has(id));

  const lines: Line[] = [];
  for (const one of seen) {
    if (one.missingBefore) lines.push({ is: "missing", key: `missing/${one.seq}`, author: one.author });
    const line = lineOf(one, given, takenBackAt, undone);
    if (line !== null) lines.push(line);
  }
  for (const one of ahead) lines.push(entryLine(one.id, null, one.at, me, me, one.content, one.place));
  return hang(lines, me);
}

function lineOf(one: Seen, given: LinesOf, takenBackAt: ReadonlyMap<Id | null, Ms>, undone: ReadonlyMap<Id, Ms>): Line | null {
  const { id, seq, at, author } = one;
  const mine = author === given.me;
  if (one.state === "withheld" || given.hidden(one)) return null;
  if (one.refused !== null) return { is: "untrusted", key: `untrusted/${seq}`, at, author, reason: one.refused };
  if (one.state === "takeback") return null;
  const gone = one.state === "erased" ? takenBackAt.get(id) : undone.has(id) ? undone.get(id)! + given.offsetMs : null;
  if (gone !== null) return gone !== undefined && gone - at <= UNDO_MS + UNDO_SLACK_MS ? null : { is: "erased", key: id, id, at, mine };
  if (one.content === null || (!given.self && OF_SELF.includes(one.content.kind))) return null;
  const until = at - given.offsetMs + UNDO_MS;
  const undoUntil = mine && given.before(until) ? until : null;
  return entryLine(id, seq, at, author, given.me, one.content, { is: "sent", undoUntil });
}

function entryLine(id: Id, seq: number | null, at: Ms, author: Id, me: Id, content: Content, place: Place): EntryLine {
  return { is: "entry", key: id, id, seq, at, author, mine: author === me, content, place, responses: [], answer: null, heard: true };
}

/** Takes responses out of the list and hangs them, and answers, on what they are about. */
function hang(lines: readonly Line[], me: Id): Line[] {
  const responses = new Map<Id, Response[]>();
  const answers = new Map<Id, Answer & { readonly by: Id }>();
  for (const line of lines) {
    if (line.is !== "entry") continue;
    const { content } = line;
    const to = target(content);
    if (to === null) continue;
    if (content.kind === "response") responses.set(to, addResponse(responses.get(to) ?? [], line, content.word, me));
    if (content.kind === "answer") answers.set(to, { answer: content.answer, at: content.at, text: content.text, by: line.author });
  }
  return lines.flatMap((line) => (line.is === "entry" ? hung(line, responses, answers) : [line]));
}

function addResponse(before: readonly Response[], line: EntryLine, word: ResponseWord, me: Id): Response[] {
  const again = before.some((one) => one.word === word && one.mine === line.mine);
  return again ? [...before] : [...before, { id: line.id, word, mine: line.author === me, at: line.at }];
}

function hung(line: EntryLine, responses: ReadonlyMap<Id, Response[]>, answers: ReadonlyMap<Id, Answer & { by: Id }>): Line[] {
  if (line.content.kind === "response") return [];
  const found = line.content.kind === "ask" ? answers.get(line.id) : undefined;
  // Only the one who was asked can answer.
  const answer = found !== undefined && found.by !== line.author ? { answer: found.answer, at: found.at, text: found.text } : null;
  return [{ ...line, responses: responses.get(line.id) ?? [], answer }];
}

/** The share that stands over the reply box: theirs, the newest, and not replied to by me. */
export function wishOver(lines: readonly Line[]): EntryLine | null {
  const entries = lines.filter((line): line is EntryLine => line.is === "entry");
  const repliedTo = new Set(entries.filter((line) => line.mine).map((line) => target(line.content)));
  const shares = entries.filter((line) => !line.mine && line.content.kind === "share");
  const newest = shares[shares.length - 1];
  return newest === undefined || repliedTo.has(newest.id) ? null : newest;
}
