/* SPDX-License-Identifier: AGPL-3.0-or-later */
// From lines to things: which versions of a page stand, which of them is the newest, and what a list shows of it. Pure.

import type { Id } from "../lib/id";
import type { Kept, Ms } from "./face";
import type { Sum } from "./shelf_lines";

/** A standing line of one thing; `seq` is null while it waits. */
export interface Part {
  readonly id: Id;
  readonly seq: number | null;
  readonly at: Ms;
  readonly sum: Sum;
}

/** Where and when a thing's root stands, erased or not. */
export interface Root {
  readonly at: Ms;
}

export type VersionPart = Part & { readonly sum: Extract<Sum, { is: "version" }> };

/** Of one kind: the root's, or of the oldest edit if the root was let go. Edits of another kind belong to nothing. */
export function versionsOf(parts: readonly Part[]): VersionPart[] {
  const versions = parts.filter((part): part is VersionPart => part.sum.is === "version").sort(inOrder);
  const kind = versions[0]?.sum.face.kind;
  return versions.filter(({ sum }, i) => sum.face.kind === kind && (kind !== "checkin" || i === 0));
}

/** As the log has them; waiting ones after them, as they were written. */
export function inOrder(a: Part, b: Part): number {
  return (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER);
}

/**
 * Those that no other was made from. VERSIONS in order. A version that was let go no longer says what it was made from; all
 * that stood before it counts as that, so that letting go of an earlier version makes no conflict. SEQ_OF tells where a line
 * stands that stands no more; undefined: it never left this device, and then it was made just before the one that names it.
 */
export function newestOf<V extends { readonly id: Id; readonly seq: number | null; readonly after: readonly Id[] }>(versions: readonly V[], seqOf: (id: Id) => number | undefined): readonly V[] {
  if (versions.length <= 1) return versions;
  const standing = new Set(versions.map(({ id }) => id));
  const older = new Set<Id>();
  for (const [i, { after }] of versions.entries()) {
    for (const id of after) {
      if (standing.has(id)) older.add(id);
      else for (const before of versions.slice(0, placeOf(versions, seqOf(id), i))) older.add(before.id);
    }
  }
  const newest = versions.filter(({ id }) => !older.has(id));
  return newest.length > 0 ? newest : versions.slice(-1);
}

/** How many of VERSIONS, before the one at I, stand before SEQ. */
function placeOf(versions: readonly { readonly seq: number | null }[], seq: number | undefined, i: number): number {
  if (seq === undefined) return i;
  const next = versions.findIndex((one) => one.seq === null || one.seq > seq);
  return Math.min(next === -1 ? versions.length : next, i);
}

/** Null if no version stands, or its root is not known here. */
export function keptOf(id: Id, root: Root | null, parts: readonly Part[], seqOf: (id: Id) => number | undefined): Kept | null {
  const newest = newestParts(parts, seqOf);
  const last = newest[newest.length - 1];
  if (root === null || last === undefined) return null;
  const { face } = last.sum;
  const at = face.written ?? root.at;
  const rooms = parts.flatMap(({ sum }) => (sum.is === "shared" ? [sum.room] : []));
  return {
    id,
    kind: face.kind,
    day: face.day || dayAt(root.at),
    at,
    first: face.first,
    feelings: face.feelings,
    weight: face.weight,
    weightAfter: face.weightAfter,
    hasVoice: face.hasVoice,
    prompt: face.prompt,
    to: face.to,
    until: face.until,
    sharedWith: [...new Set(rooms)],
    twoVersions: newest.length > 1,
  };
}

export function newestParts(parts: readonly Part[], seqOf: (id: Id) => number | undefined): VersionPart[] {
  const versions = versionsOf(parts).map((part) => ({ id: part.id, seq: part.seq, after: part.sum.after, part }));
  return newestOf(versions, seqOf).map(({ part }) => part);
}

/** YYYY-MM-DD, by this device's calendar. */
export function dayAt(t: Ms): string {
  const date = new Date(t);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Newest day first; on the same day, newest first. */
export function newestDayFirst(a: Kept, b: Kept): number {
  if (a.day !== b.day) return a.day < b.day ? 1 : -1;
  return b.at - a.at;
}
