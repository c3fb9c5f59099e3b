/* SPDX-License-Identifier: AGPL-3.0-or-later */
// A line of the self room as the shelf keeps it: what its check needs, and the little that lists show. The text itself stays
// in the entry and, cut into words, in the index. Pure.

import type { EntryContent } from "../crypto/face";
import { fromBase64url, toBase64url } from "../lib/base64url";
import type { EntryFrame, EntryState } from "../lib/frames";
import type { Id } from "../lib/id";
import type { Afterwards, CheckinWords, Content, Kept, LetterWords, Ms, PageWords } from "./face";

/** What a list shows of one version. */
export interface Face {
  readonly kind: Kept["kind"];
  /** "": the day of its line. */
  readonly day: string;
  readonly first: string;
  readonly feelings: readonly string[];
  readonly weight: number | null;
  readonly weightAfter: number | null;
  readonly hasVoice: boolean;
  readonly prompt: string;
  readonly to: string;
  readonly until: Ms | null;
  readonly written: Ms | null;
}

/** What a line says, as far as it is kept here. A root's `of` is its own id. */
export type Sum =
  | { readonly is: "version"; readonly of: Id; readonly after: readonly Id[]; readonly face: Face }
  | { readonly is: "shared"; readonly of: Id; readonly room: Id; readonly entry: Id; readonly voice: Id | null }
  | { readonly is: "sending"; readonly of: Id; readonly room: Id }
  /** Of giving and receiving; these are on no list of the shelf. A gift's `of` is its own id, the other's what it came after. */
  | { readonly is: "gift"; readonly of: Id; readonly way: "gave" | "received"; readonly day: string }
  | { readonly is: "afterwards"; readonly of: Id; readonly feel: Afterwards };

export interface ShelfLine {
  readonly seq: number;
  readonly id: Id;
  readonly author: Id;
  readonly at: Ms;
  readonly state: EntryState;
  /** How its body begins (version, epoch, commitment), for a takeback its target: what LogCheck compares. Base64url. */
  readonly head: string;
  /** Null: it did not open. */
  readonly prev: Id | "" | null;
  readonly refused: string | null;
  /** Null: it did not open, it was taken back, or it says nothing that belongs here. */
  readonly sum: Sum | null;
}

const HEAD_BYTES = 37;
const FIRST = 140;

export function toLine(frame: EntryFrame, content: EntryContent | null, said: Content | null): ShelfLine {
  return {
    seq: frame.seq,
    id: frame.id,
    author: frame.author,
    at: frame.timeMs,
    state: frame.state,
    head: toBase64url(frame.body.subarray(0, HEAD_BYTES)),
    prev: content === null ? null : content.prev,
    refused: null,
    sum: said === null ? null : sumOf(frame.id, said),
  };
}

/** What LogCheck is fed: all that it looks at, and no word. */
export function checkable(room: Id, line: ShelfLine): { readonly frame: EntryFrame; readonly content: EntryContent | null } {
  const { seq, id, author, at: timeMs, state, prev } = line;
  return { frame: { room, seq, timeMs, author, id, state, body: fromBase64url(line.head) }, content: prev === null ? null : { prev } };
}

export const erased = (line: ShelfLine): ShelfLine => ({ ...line, state: "erased", head: "", prev: null, sum: null });

export function sumOf(id: Id, content: Content): Sum | null {
  switch (content.kind) {
    case "page":
      return { is: "version", of: id, after: [], face: pageFace(content.page) };
    case "letter":
      return { is: "version", of: id, after: [], face: letterFace(content.letter) };
    case "checkin":
      return { is: "version", of: id, after: [], face: checkinFace(content.checkin) };
    case "edit":
      return { is: "version", of: content.of, after: content.after, face: content.page !== null ? pageFace(content.page) : letterFace(content.letter!) };
    case "shared":
      return { is: "shared", of: content.of, room: content.room, entry: content.entry, voice: content.voice };
    case "sending":
      return { is: "sending", of: content.of, room: content.room };
    case "gift":
      return { is: "gift", of: id, way: content.way, day: content.day };
    case "afterwards":
      return { is: "afterwards", of: content.of.id, feel: content.feel };
    default:
      return null;
  }
}

const PLAIN: Omit<Face, "kind"> = { day: "", first: "", feelings: [], weight: null, weightAfter: null, hasVoice: false, prompt: "", to: "", until: null, written: null };

function pageFace({ text, day, feelings, weight, weightAfter, prompt, voice, written }: PageWords): Face {
  return { ...PLAIN, kind: "page", day, first: firstOf(text), feelings, weight, weightAfter, hasVoice: voice !== null, prompt, written };
}

function letterFace({ to, text, voice, until, sealed }: LetterWords): Face {
  const open = sealed === null;
  return { ...PLAIN, kind: "letter", first: open ? firstOf(text) : "", hasVoice: voice !== null, to, until: open ? null : until };
}

function checkinFace({ weight, feelings, opening, text }: CheckinWords): Face {
  return { ...PLAIN, kind: "checkin", first: firstOf(text || opening), feelings, weight };
}

/** The first words on one line; never half a character. */
export function firstOf(text: string): string {
  const start = text.slice(0, FIRST * 8).replace(/\s+/g, " ").trim();
  return start.length <= FIRST ? start : [...start].slice(0, FIRST).join("").trimEnd();
}

/** All of a version that can be searched for. A sealed letter is found by whom it is for. */
export function textOf(content: Content): string {
  switch (content.kind) {
    case "page":
      return textOfPage(content.page);
    case "letter":
      return textOfLetter(content.letter);
    case "edit":
      return content.page !== null ? textOfPage(content.page) : textOfLetter(content.letter!);
    case "checkin":
      return [content.checkin.text, content.checkin.opening, ...content.checkin.feelings].join("\n");
    default:
      return "";
  }
}

const textOfPage = ({ text, feelings }: PageWords): string => [text, ...feelings].join("\n");
const textOfLetter = ({ to, text, sealed }: LetterWords): string => (sealed === null ? `${to}\n${text}` : to);
