/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What my vault keeps of a circle, so that all my devices find it by the passphrase alone: whom to trust to have begun it, and
// what it says of itself. The latter is folded from the log's entries, and kept because those may fade, or lie far back.

import { isId, type Id } from "../lib/id";
import { toContent } from "./content";
import type { CircleDoor, CircleWords, Content, Ms } from "./face";
import type { Seen } from "./logs";
import type { Vault } from "./vault";

/** `circle/ROOM`. */
export interface CircleRecord {
  readonly firstAuthor: Id;
  /** What I am called there. */
  readonly myName: string;
  /** When I was first seen to be in, by the house's clock; 0: not yet (I knocked). Who founded it came in when it began. */
  readonly since: Ms;
  /** I am in it no more. */
  readonly gone: boolean;
  readonly founder: boolean;
  /** What was said to me at the end. */
  readonly parting: string;
}

/** `said/ROOM`: what the circle says of itself, up to the line `seq`. */
export interface Said {
  readonly seq: number;
  /** Under which the newest telling of the whole was sealed; who came in later cannot read it. */
  readonly epoch: number;
  readonly words: CircleWords;
  readonly names: Readonly<Record<Id, string>>;
  readonly doors: readonly CircleDoor[];
}

/** More are not carried along; the oldest go first. */
const MOST_DOORS = 32;

export const NOTHING_SAID: Said = { seq: 0, epoch: 0, words: { name: "", purpose: "", agreements: "", welcome: "" }, names: {}, doors: [] };

export function toCircleRecord(value: Record<string, unknown> | null): CircleRecord | null {
  if (value === null || !isId(value.firstAuthor)) return null;
  const { firstAuthor, myName, since, gone, founder, parting } = value;
  return {
    firstAuthor,
    myName: typeof myName === "string" ? myName : "",
    since: typeof since === "number" ? since : 0,
    gone: gone === true,
    founder: founder === true,
    parting: typeof parting === "string" ? parting : "",
  };
}

/** Read as an entry is: nothing else has judged its shape since. */
export function toSaid(value: Record<string, unknown> | null): Said {
  const content = toContent({ v: 1, kind: "circle", ...value });
  if (value === null || content.kind !== "circle") return NOTHING_SAID;
  const number = (one: unknown) => (Number.isSafeInteger(one) ? Number(one) : 0);
  const { words, names, doors } = content;
  return { seq: number(value.seq), epoch: number(value.epoch), words, names, doors };
}

export const recordIn = (vault: Pick<Vault, "get">, room: Id): CircleRecord | null => toCircleRecord(vault.get(`circle/${room}`));

/** SAID with what SEEN says after it. */
export function fold(said: Said, seen: readonly Seen[]): Said {
  let now = said;
  for (const { seq, epoch, author, content, refused, state } of seen) {
    if (seq > said.seq && refused === null && state === "plain" && content !== null) now = foldOne(now, { seq, epoch, author, content });
  }
  return now;
}

export function foldOne(said: Said, { seq, epoch, author, content }: Pick<Seen, "seq" | "epoch" | "author"> & { content: Content }): Said {
  // Names of those who left stay: their words may stand in the log.
  if (content.kind === "circle") return { seq, epoch, words: content.words, names: { ...said.names, ...content.names }, doors: content.doors };
  if (content.kind === "name") return { ...said, seq, names: { ...said.names, [author]: content.name } };
  if (content.kind === "door") return { ...said, seq, doors: withDoor(said.doors, content.door) };
  return said;
}

function withDoor(doors: readonly CircleDoor[], door: CircleDoor): readonly CircleDoor[] {
  return [...doors.filter((one) => doorKey(one) !== doorKey(door)), door].slice(-MOST_DOORS);
}

const doorKey = (door: CircleDoor): string => (door.by === "link" ? door.invite : door.person);
