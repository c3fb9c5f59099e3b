/* SPDX-License-Identifier: AGPL-3.0-or-later */
// All that stands of one kept thing, put together from its lines. Pure.

import type { Id } from "../lib/id";
import type { CheckinWords, Content, Kept, LetterWords, Ms, PageWords, Place } from "./face";
import { newestParts, versionsOf, type Part, type Root, type VersionPart } from "./shelf_things";

/** One version of a kept thing. Exactly one of page, letter, checkin is set, by the thing's kind. */
export interface StandingVersion {
  readonly id: Id;
  readonly at: Ms;
  /** The versions it was made from; empty for the root. */
  readonly after: readonly Id[];
  readonly place: Place;
  readonly page: PageWords | null;
  readonly letter: LetterWords | null;
  readonly checkin: CheckinWords | null;
}

/** A line of the self room that hangs on a kept thing. `line` is the line's own id: take that back, and it is gone. */
export interface StandingShared {
  readonly line: Id;
  readonly room: Id;
  /** The share in that room, and its sound. */
  readonly entry: Id;
  readonly voice: Id | null;
  readonly at: Ms;
  readonly place: Place;
}

export interface StandingSending {
  readonly line: Id;
  readonly room: Id;
  readonly at: Ms;
  readonly place: Place;
}

/**
 * All that stands of one thing: opened, judged, with what still waits in the outbox, without what was taken back or waits to
 * be. Nothing refused by a check is in it. Oldest first everywhere.
 */
export interface Standing {
  /** The root's id, even when the root itself was let go and only edits stand. */
  readonly id: Id;
  readonly kind: Kept["kind"];
  readonly at: Ms;
  readonly versions: readonly StandingVersion[];
  /** Those that no other was made from: what `edit` names in `after`. Two or more: edits that did not know of one another. */
  readonly newest: readonly StandingVersion[];
  readonly shared: readonly StandingShared[];
  readonly sending: readonly StandingSending[];
}

export interface StandingFrom {
  readonly id: Id;
  readonly root: Root;
  /** In order. */
  readonly parts: readonly Part[];
  /** Of versions, by their ids; a version without is left out. */
  readonly contents: ReadonlyMap<Id, Content>;
  readonly seqOf: (id: Id) => number | undefined;
  readonly placeOf: (part: Part) => Place;
}

/** Null if no version stands. */
export function standingOf({ id, root, parts, contents, seqOf, placeOf }: StandingFrom): Standing | null {
  const opened = versionsOf(parts).filter((one) => contents.has(one.id));
  const versions = new Map(opened.map((part) => [part.id, toVersion(part, contents.get(part.id)!, placeOf(part))]));
  const first = opened[0];
  if (first === undefined) return null;
  const hung = parts.map((part) => ({ sum: part.sum, line: part.id, at: part.at, place: placeOf(part) }));
  return {
    id,
    kind: first.sum.face.kind,
    at: root.at,
    versions: [...versions.values()],
    newest: newestParts(opened, seqOf).map((part) => versions.get(part.id)!),
    shared: hung.flatMap(({ sum, ...line }) => (sum.is === "shared" ? [{ ...line, room: sum.room, entry: sum.entry, voice: sum.voice }] : [])),
    sending: hung.flatMap(({ sum, ...line }) => (sum.is === "sending" ? [{ ...line, room: sum.room }] : [])),
  };
}

function toVersion({ id, at, sum }: VersionPart, content: Content, place: Place): StandingVersion {
  return {
    id,
    at,
    after: sum.after,
    place,
    page: "page" in content ? content.page : null,
    letter: "letter" in content ? content.letter : null,
    checkin: content.kind === "checkin" ? content.checkin : null,
  };
}
