/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What a person sees of a gathering: what the house rules (order, piece, clock), what the circle's log says (words, turns), and
// what waits here, as one picture. Pure.
//
// The house says which entries were said in turn; the log says what they are and whose. A turn is shown only when both agree:
// an entry that the house marks and that is none of this gathering's turns fails, and a turn that it does not mark was not said
// here. My own stands at once, in its place, from the moment it was said.

import type { GatheringFact, GatheringWhole } from "../api/gatherings";
import type { Id } from "../lib/id";
import type { Gathering, GatheringInfo, GatheringPerson, GatheringWords, Ms, Stage, Turn } from "./face";
import type { Seen } from "./logs";
import type { Waiting } from "./outbox";

export interface Seeing {
  readonly me: Id;
  readonly told: GatheringWhole;
  readonly words: GatheringWords;
  readonly seen: readonly Seen[];
  readonly waiting: readonly Waiting[];
  /** Turns of mine that this device sent, by entry: in which stage, and whether into another's turn. */
  readonly said: ReadonlyMap<Id, Said>;
  readonly nameOf: (person: Id) => string;
  /** Whether it is earlier than T by the house's clock; whoever asks is asked again at T. */
  readonly before: (t: Ms) => boolean;
  readonly signs: readonly Id[];
  /** I came in on this device and have not left. A seat alone says nothing: who leaves keeps it. */
  readonly sits: boolean;
  /** I left here, and the house may not have heard it yet. */
  readonly gone: boolean;
}

export interface Said {
  readonly stage: Stage;
  readonly reply: boolean;
}

export const NO_WORDS: GatheringWords = { title: "", text: "", question: "" };

const EARLY_MS = 10 * 60_000;
/** So long after the start a host is waited for. */
const HOST_MS = 3 * 60_000;
/** Fewer than these are few. */
const ENOUGH = 3;
/** A turn of this many times its length may be passed over by the host or guardian. */
const LONG_TURNS = 3;
const MINUTE_MS = 60_000;
const GOING: readonly Stage[] = ["opening", "check-in", "main", "closing"];

export const isGoing = (stage: Stage): boolean => GOING.includes(stage);
export const isAhead = (stage: Stage): boolean => stage === "ahead" || isGoing(stage);

export const opensAt = ({ start_ms: start }: GatheringFact): Ms => start - EARLY_MS;

export function toInfo(told: GatheringFact, words: GatheringWords, before: Seeing["before"]): GatheringInfo {
  const [doorOpens, doorCloses] = [opensAt(told), told.start_ms + told.door_minutes * MINUTE_MS];
  return {
    id: told.id,
    room: told.room,
    series: told.series,
    start: told.start_ms,
    minutes: told.minutes,
    doorMinutes: told.door_minutes,
    turnSeconds: told.turn_s,
    host: told.host,
    guardian: told.guardian,
    stage: told.stage,
    words,
    doorOpens,
    doorCloses,
    door: before(doorOpens) ? "not-yet" : before(doorCloses) ? "open" : "closed",
  };
}

export function toGathering(seeing: Seeing): Gathering {
  const { told, words, before, nameOf, signs, me } = seeing;
  const iAmIn = isIn(seeing);
  const people = told.people.map(({ person, here, waits }): GatheringPerson => ({ person, name: nameOf(person), me: person === me, here, waits }));
  return {
    ...toInfo(told, words, before),
    people,
    holder: told.holder,
    iHold: told.holder === me && iAmIn,
    iAmIn,
    mayBegin: iAmIn && mayBegin(seeing),
    stageBegan: told.stage_began_ms,
    turnBegan: told.turn_began_ms,
    repliesWelcome: told.replies,
    pausedUntil: told.paused_until_ms !== null && before(told.paused_until_ms) ? told.paused_until_ms : null,
    mayPassOver: mayPassOver(seeing),
    signs: signs.filter((one) => people.some(({ person }) => person === one)),
    turns: toTurns(seeing),
    fades: told.fades_ms,
    few: isFew(told, before),
  };
}

/** By this device, or by another of mine that is there. */
function isIn({ told, me, sits, gone }: Seeing): boolean {
  const mine = told.people.find(({ person }) => person === me);
  return mine !== undefined && (sits || (mine.here && !gone));
}

function mayBegin({ told: { stage, host, start_ms: start, people }, me, before }: Seeing): boolean {
  if (stage !== "ahead") return false;
  return host === me || (!before(start + HOST_MS) && people.find(({ person }) => person === host)?.here !== true);
}

function mayPassOver({ told, me, before }: Seeing): boolean {
  const { holder, stage, people, host, guardian } = told;
  if (holder === null || holder === me || !isGoing(stage)) return false;
  const away = people.find(({ person }) => person === holder)?.here === false;
  const long = !before(told.turn_began_ms + LONG_TURNS * told.turn_s * 1000);
  return away || (long && (host === me || guardian === me));
}

/** Before its time nobody is missing. */
function isFew({ stage, start_ms: start, people }: GatheringWhole, before: Seeing["before"]): boolean {
  const begun = isGoing(stage) || (stage === "ahead" && !before(start));
  return begun && people.filter(({ here }) => here).length < ENOUGH;
}

// ── What was said ─────────────────────────────────────────────────────────────────────────────────────────────────────

function toTurns(seeing: Seeing): Turn[] {
  const { told, seen, waiting, said, me } = seeing;
  const byId = new Map(seen.map((one) => [one.id, one]));
  const marked = new Set(told.turns.map(({ entry }) => entry));
  const inTurn = told.turns.flatMap(({ entry, stage, reply }) => {
    const one = byId.get(entry);
    return one === undefined ? [] : (toTurn(one, told.id, { stage, reply }, me) ?? []);
  });
  // What has just arrived, before the house has told that it counts; then what is on its way.
  const arrived = seen.flatMap((one) => {
    const how = marked.has(one.id) ? undefined : said.get(one.id);
    return how === undefined ? [] : (toTurn(one, told.id, how, me) ?? []);
  });
  const ahead = waiting.flatMap((one) => (marked.has(one.id) || byId.has(one.id) ? [] : (toWaitingTurn(one, seeing) ?? [])));
  return [...inTurn, ...arrived, ...ahead];
}

function toTurn(one: Seen, gathering: Id, how: Said, me: Id): Turn | null {
  if (one.state === "withheld" || one.state === "takeback") return null;
  const { id, author, at, content } = one;
  const turn = { key: id, id, author, at, ...how, mine: author === me, place: SENT, text: "", voice: null };
  if (one.state === "erased") return { ...turn, is: "faded" };
  if (content?.kind !== "turn" || content.gathering !== gathering) return { ...turn, is: "untrusted" };
  return { ...turn, is: "said", text: content.text, voice: content.voice };
}

const SENT = { is: "sent", undoUntil: null } as const;

function toWaitingTurn({ id, what, at, content, place }: Waiting, { told, said, me }: Seeing): Turn | null {
  if (what !== "put" || content.kind !== "turn" || content.gathering !== told.id) return null;
  const { stage, reply } = said.get(id) ?? { stage: told.stage, reply: told.holder !== me };
  return { key: id, id, stage, author: me, mine: true, at, reply, is: "said", text: content.text, voice: content.voice, place };
}

// ── What it is about ──────────────────────────────────────────────────────────────────────────────────────────────────

export interface SaidWords {
  /** Where in the log; what waits here is newer than all. */
  readonly seq: number;
  readonly words: GatheringWords;
}

/** Of each gathering the newest that is said about it. */
export function wordsIn(kept: ReadonlyMap<Id, SaidWords>, seen: readonly Seen[], waiting: readonly Waiting[]): ReadonlyMap<Id, SaidWords> {
  const all = new Map(kept);
  const say = (gathering: Id, said: SaidWords) => void (said.seq >= (all.get(gathering)?.seq ?? 0) && all.set(gathering, said));
  for (const { seq, content } of seen) if (content?.kind === "gathering") say(content.gathering, { seq, words: content.words });
  for (const { what, content } of waiting) if (what === "put" && content.kind === "gathering") say(content.gathering, { seq: Infinity, words: content.words });
  return all;
}
