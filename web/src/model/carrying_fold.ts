/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What is carried in a room, told from its entries: asks for help with who took them on, plans with who said what. Pure.
//
// All of it hangs on the order in which the house put the entries, which is the same for all: of two who take something on at once
// the first has it. What waits here comes after, as it was written, so that it shows at once and shows where it is.

import type { Id } from "../lib/id";
import type { Content, Help, Line, Ms, Place, Plan, PlanAnswer } from "./face";
import { UNDO_MS } from "./lines";
import type { Seen } from "./logs";
import type { Waiting } from "./outbox";

export interface FoldOf {
  readonly me: Id;
  readonly seen: readonly Seen[];
  readonly waiting: readonly Waiting[];
  /** The house's clock minus mine. */
  readonly offsetMs: number;
  /** Whether it is before T, by this device's clock. */
  readonly before: (t: Ms) => boolean;
  /** Nothing of theirs counts. */
  readonly blocked: readonly Id[];
}

interface Said<C extends Content = Content> {
  readonly id: Id;
  readonly author: Id;
  readonly at: Ms;
  readonly content: C;
  readonly place: Place;
}

type Of<K extends Content["kind"]> = Said<Extract<Content, { kind: K }>>;

/** What is over is shown for so long. */
export const KEPT_MS = 14 * 86_400_000;

// ── What was said ─────────────────────────────────────────────────────────────────────────────────────────────────────

interface Fold extends FoldOf {
  readonly said: readonly Said[];
  /** When, and by whom, by what it was. */
  readonly takenBack: ReadonlyMap<Id, { readonly author: Id; readonly at: Ms }>;
}

function toFold(given: FoldOf): Fold {
  const { me, seen, waiting, blocked } = given;
  const believed = seen.filter(({ refused, author }) => refused === null && !blocked.includes(author));
  const undone = waiting.filter(({ what }) => what === "takeback").map(({ id, at }) => [id, { author: me, at: at + given.offsetMs }] as const);
  const told = believed.flatMap(({ target, author, at }) => (target === null ? [] : [[target, { author, at }] as const]));
  const takenBack = new Map([...told, ...undone]);
  const here = new Set(seen.map(({ id }) => id));
  const fromLog = believed.flatMap(({ id, author, at, state, content }): Said[] => (state === "plain" && content !== null ? [{ id, author, at, content, place: placeOf(author, at, given) }] : []));
  const onItsWay = waiting.flatMap(({ id, what, at, content, place }): Said[] => (what === "put" && !here.has(id) ? [{ id, author: me, at: at + given.offsetMs, content, place }] : []));
  return { ...given, said: [...fromLog, ...onItsWay].filter(({ id }) => !takenBack.has(id)), takenBack };
}

function placeOf(author: Id, at: Ms, { me, offsetMs, before }: FoldOf): Place {
  const until = at - offsetMs + UNDO_MS;
  return { is: "sent", undoUntil: author === me && before(until) ? until : null };
}

const ofKind = <K extends Content["kind"]>(said: readonly Said[], kind: K): Of<K>[] => said.filter((one): one is Of<K> => one.content.kind === kind);

/** Those about one thing that were not refused by the house: what it will never have changes nothing. */
const about = <C extends Content & { readonly to: Id }>(said: readonly Said<C>[], id: Id): Said<C>[] => said.filter(({ content, place }) => content.to === id && place.is !== "refused");

/** Of a thing and what I last said to it: the one that is not at the house yet. */
function placeWith(thing: Place, mine: readonly Said[]): Place {
  const last = mine[mine.length - 1];
  return thing.is !== "sent" || last === undefined || last.place.is === "sent" ? thing : last.place;
}

const shownUntil = (t: Ms, { offsetMs }: FoldOf): Ms => t - offsetMs + KEPT_MS;

/** All that was said of what is carried, as lines, for who keeps a copy of the room. */
export function carriedLines(given: FoldOf): Line[] {
  const seqs = new Map(given.seen.map(({ id, seq }) => [id, seq]));
  const all = toFold(given).said.filter(({ content }) => isCarried(content));
  return all.map(({ id, author, at, content, place }) => ({ is: "entry", key: id, id, seq: seqs.get(id) ?? null, at, author, mine: author === given.me, content, place, responses: [], answer: null, heard: true }));
}

function isCarried(content: Content): boolean {
  if (content.kind === "ask") return content.what === "help";
  if (content.kind === "aside") return content.said.kind === "thanks";
  return content.kind === "taking" || content.kind === "thanks" || content.kind === "plan" || content.kind === "going";
}

// ── Help ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Carried {
  readonly by: Id | null;
  readonly done: Ms | null;
}

/** Who has it, and whether it is done. Only who has it hands it back; only they or the asker say that it is done. */
function carry(asker: Id, steps: readonly Of<"taking">[]): Carried {
  let by: Id | null = null;
  for (const { author, at, content } of steps) {
    if (content.step === "take" && author !== asker) by ??= author;
    if (content.step === "back" && author === by) by = null;
    if (content.step === "done" && (author === by || author === asker)) return { by, done: at };
  }
  return { by, done: null };
}

const STATES: readonly Help["state"][] = ["open", "taken", "done", "taken-back"];

export function helpsOf(room: Id, given: FoldOf): Help[] {
  const fold = toFold(given);
  const taking = ofKind(fold.said, "taking");
  const standing = ofKind(fold.said, "ask").filter(({ content }) => content.what === "help").flatMap((ask) => toHelp(room, ask, taking, fold));
  const back = [...fold.takenBack].flatMap(([id, { author, at }]) => helpTakenBack(room, id, author, at, taking, fold));
  const rank = ({ state }: Help) => STATES.indexOf(state);
  return [...standing, ...back].sort((a, b) => rank(a) - rank(b) || b.at - a.at);
}

function toHelp(room: Id, ask: Of<"ask">, taking: readonly Of<"taking">[], fold: Fold): Help[] {
  const { id, author: by, at, content } = ask;
  const { me, before } = fold;
  const steps = about(taking, id);
  const carried = carry(by, steps);
  const state = carried.done !== null ? "done" : carried.by !== null ? "taken" : "open";
  const over = carried.done !== null ? shownUntil(carried.done, fold) : content.when === null ? null : content.when + KEPT_MS;
  if (over !== null && !before(over)) return [];
  const place = placeWith(ask.place, steps.filter(({ author }) => author === me));
  const iTook = carried.by === me;
  return [{ id, room, by, mine: by === me, at, text: content.text, when: content.when, state, takenBy: carried.by, iTook, thanks: thanksFor(id, carried.by, fold), place }];
}

/** Only who had taken it on needs to know; its words are gone. */
function helpTakenBack(room: Id, id: Id, by: Id, at: Ms, taking: readonly Of<"taking">[], fold: Fold): Help[] {
  const carried = carry(by, about(taking, id));
  if (carried.by !== fold.me || carried.done !== null || !fold.before(shownUntil(at, fold))) return [];
  return [{ id, room, by, mine: false, at, text: "", when: null, state: "taken-back", takenBy: carried.by, iTook: true, thanks: [], place: { is: "sent", undoUntil: null } }];
}

/** Between who thanks and who is thanked; nobody else is shown them. In a circle they travel in a box, so nobody else could. */
function thanksFor(help: Id, taker: Id | null, { said, me }: Fold): Help["thanks"] {
  const given = said.flatMap(({ author, content, place }) => {
    const thanks = content.kind === "aside" ? content.said : content;
    return thanks.kind === "thanks" && thanks.to === help && place.is !== "refused" ? [{ by: author, text: thanks.text }] : [];
  });
  return given.filter(({ by }) => by !== taker && (by === me || taker === me));
}

// ── Plans ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function plansOf(room: Id, given: FoldOf): Plan[] {
  const fold = toFold(given);
  const going = ofKind(fold.said, "going");
  const standing = ofKind(fold.said, "plan").map((plan) => toPlan(room, plan, going, fold));
  const shown = standing.filter(({ start, minutes }) => fold.before(endOf(start, minutes) + KEPT_MS));
  const back = [...fold.takenBack].flatMap(([id, { author, at }]) => planTakenBack(room, id, author, at, going, fold));
  return [...shown, ...back].sort(byState);
}

export const endOf = (start: Ms, minutes: number): Ms => start + minutes * 60_000;

function toPlan(room: Id, plan: Of<"plan">, going: readonly Of<"going">[], fold: Fold): Plan {
  const { id, author: by, content } = plan;
  const { text, where, start, minutes } = content;
  const said = about(going, id);
  const answers = lastAnswers(said);
  const place = placeWith(plan.place, said.filter(({ author }) => author === fold.me));
  const state = fold.before(endOf(start, minutes)) ? "ahead" : "past";
  return { id, room, by, mine: by === fold.me, text, where, start, minutes, ...answersOf(answers, fold.me), state, place };
}

/** Only who may be on the way needs to know. */
function planTakenBack(room: Id, id: Id, by: Id, at: Ms, going: readonly Of<"going">[], fold: Fold): Plan[] {
  const answers = lastAnswers(about(going, id));
  const mine = answers.get(fold.me);
  if (by === fold.me || mine === undefined || mine === "not-this-time" || !fold.before(shownUntil(at, fold))) return [];
  return [{ id, room, by, mine: false, text: "", where: "", start: at, minutes: 0, ...answersOf(answers, fold.me), state: "taken-back", place: { is: "sent", undoUntil: null } }];
}

const lastAnswers = (going: readonly Of<"going">[]): Map<Id, PlanAnswer> => new Map(going.map(({ author, content }) => [author, content.answer]));

function answersOf(answers: ReadonlyMap<Id, PlanAnswer>, me: Id): Pick<Plan, "answers" | "myAnswer"> {
  return { answers: [...answers].map(([person, answer]) => ({ person, answer })), myAnswer: answers.get(me) ?? null };
}

const ORDER: readonly Plan["state"][] = ["ahead", "past", "taken-back"];

/** What is ahead by when it begins; what is past, the last first. */
function byState(a: Plan, b: Plan): number {
  const rank = ORDER.indexOf(a.state) - ORDER.indexOf(b.state);
  return rank !== 0 ? rank : a.state === "ahead" ? a.start - b.start : b.start - a.start;
}
