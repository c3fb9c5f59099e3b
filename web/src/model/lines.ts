/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What a person sees of a room's log: its judged lines, and what is still on its way, as one list. Pure.
//
// Responses hang on the entry they answer. What was undone within its thirty seconds leaves nothing, on either side; what
// was taken back later leaves a line that says so. What is withheld by my block is not there, nor what has no place outside
// a self room, nor what faded. What is no line of its own (a circle's words, what is carried, turns) is read elsewhere.
//
// In a circle a word in answer to a share goes to its author alone, in a box. So to all others a share is merely heard or
// not yet: by a reply that all can read, or by its author's device saying so.

import type { Id } from "../lib/id";
import { target } from "./content";
import type { Content, Line, Ms, Place, ResponseWord, RoomKind } from "./face";
import type { Seen } from "./logs";
import type { Waiting } from "./outbox";

export const UNDO_MS = 30_000;
/** The takeback's way to the house is not counted against the thirty seconds. */
const UNDO_SLACK_MS = 15_000;

export interface LinesOf {
  readonly me: Id;
  readonly kind: RoomKind;
  readonly seen: readonly Seen[];
  readonly waiting: readonly Waiting[];
  /** The house's clock minus mine. */
  readonly offsetMs: number;
  readonly before: (t: Ms) => boolean;
  /** Thoughts that quiet hours hold back, or that are folded into another; words of whom I block. */
  readonly hidden: (one: Seen) => boolean;
  /** Said before this, it has faded; null: nothing fades. */
  readonly fadedBefore: Ms | null;
}

type EntryLine = Extract<Line, { is: "entry" }>;
type Answer = NonNullable<EntryLine["answer"]>;
type Response = EntryLine["responses"][number];

/** A journal's entries are for the one who wrote them; in another's room they would mean nothing. */
const OF_SELF: readonly Content["kind"][] = ["page", "letter", "edit", "shared", "sending", "afterwards", "gift"];
/** Read by other nouns, or by nobody but who has the key of the box. */
const NO_LINES: readonly Content["kind"][] = ["circle", "door", "gathering", "turn", "box", "taking", "thanks", "plan", "going"];

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
  for (const one of ahead) if (isLine(one.content, given.kind)) lines.push(entryLine(one.id, null, one.at, me, me, one.content, one.place));
  return hang(lines, given);
}

function lineOf(one: Seen, given: LinesOf, takenBackAt: ReadonlyMap<Id | null, Ms>, undone: ReadonlyMap<Id, Ms>): Line | null {
  const { id, seq, at, author } = one;
  const mine = author === given.me;
  if (one.state === "withheld" || given.hidden(one) || (given.fadedBefore !== null && at < given.fadedBefore)) return null;
  if (one.refused !== null) return { is: "untrusted", key: `untrusted/${seq}`, at, author, reason: one.refused };
  if (one.state === "takeback") return null;
  const gone = one.state === "erased" ? takenBackAt.get(id) : undone.has(id) ? undone.get(id)! + given.offsetMs : null;
  if (gone !== null) return gone !== undefined && gone - at <= UNDO_MS + UNDO_SLACK_MS ? null : { is: "erased", key: id, id, at, mine };
  if (one.content === null || !isLine(one.content, given.kind)) return null;
  const until = at - given.offsetMs + UNDO_MS;
  const undoUntil = mine && given.before(until) ? until : null;
  return entryLine(id, seq, at, author, given.me, one.content, { is: "sent", undoUntil });
}

function isLine(content: Content, kind: RoomKind): boolean {
  if (kind === "self") return true;
  const carried = (content.kind === "ask" && content.what === "help") || (content.kind === "aside" && content.said.kind === "thanks");
  return !carried && !OF_SELF.includes(content.kind) && !NO_LINES.includes(content.kind) && (kind !== "circle" || content.kind !== "name");
}

function entryLine(id: Id, seq: number | null, at: Ms, author: Id, me: Id, content: Content, place: Place): EntryLine {
  return { is: "entry", key: id, id, seq, at, author, mine: author === me, content, place, responses: [], answer: null, heard: true };
}

/** What hangs on the lines of a log. */
interface Hanging {
  readonly responses: Map<Id, Response[]>;
  readonly answers: Map<Id, Answer & { readonly by: Id }>;
  /** What was answered in a way that I can read; and of what somebody says so, with who says it. */
  readonly heard: Set<string>;
}

/** Takes responses out of the list and hangs them, and answers, on what they are about. */
function hang(lines: readonly Line[], { kind, me }: LinesOf): Line[] {
  const hanging: Hanging = { responses: new Map(), answers: new Map(), heard: new Set() };
  for (const line of lines) if (line.is === "entry") hangOne(line, kind, hanging);
  return lines.flatMap((line) => (line.is === "entry" ? hung(line, kind === "circle", me, hanging) : [line]));
}

function hangOne(line: EntryLine, kind: RoomKind, { responses, answers, heard }: Hanging): void {
  const { content, author } = line;
  const word = responseIn(content);
  const to = word?.to ?? target(content);
  if (to === null) return;
  heard.add(content.kind === "heard" ? `${to}/${author}` : to);
  // A word that all of a circle could read is not how this is done there.
  const counts = kind !== "circle" || content.kind === "aside";
  if (word !== null && counts) responses.set(to, addResponse(responses.get(to) ?? [], line, word.word));
  if (content.kind === "answer") answers.set(to, { answer: content.answer, at: content.at, text: content.text, by: author });
}

const responseIn = (content: Content): { readonly to: Id; readonly word: ResponseWord } | null => {
  if (content.kind === "response") return content;
  return content.kind === "aside" && content.said.kind === "response" ? content.said : null;
};

function addResponse(before: readonly Response[], { id, author, mine, at }: EntryLine, word: ResponseWord): Response[] {
  const again = before.some((one) => one.word === word && one.author === author);
  return again ? [...before] : [...before, { id, word, author, mine, at }];
}

function hung(line: EntryLine, circle: boolean, me: Id, { responses, answers, heard }: Hanging): Line[] {
  const { content, id, author } = line;
  if (responseIn(content) !== null || content.kind === "heard") return [];
  const found = content.kind === "ask" ? answers.get(id) : undefined;
  // Only the one who was asked can answer.
  const answer = found !== undefined && found.by !== author ? { answer: found.answer, at: found.at, text: found.text } : null;
  const open = circle && content.kind === "share" && author !== me;
  return [{ ...line, responses: responses.get(id) ?? [], answer, heard: !open || heard.has(id) || heard.has(`${id}/${author}`) }];
}

/** The share that stands over the reply box: theirs, the newest, and not replied to by me. */
export function wishOver(lines: readonly Line[]): EntryLine | null {
  const entries = lines.filter((line): line is EntryLine => line.is === "entry");
  const repliedTo = new Set(entries.filter((line) => line.mine).map((line) => target(line.content)));
  const shares = entries.filter((line) => !line.mine && line.content.kind === "share");
  const newest = shares[shares.length - 1];
  return newest === undefined || repliedTo.has(newest.id) ? null : newest;
}
