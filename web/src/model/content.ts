/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Entries' contents: what they are inside the seal, and back. The other side's client is not trusted with shapes: what does
// not fit reads as "unknown", never as half an entry.

import type { EntryContent } from "../crypto/face";
import { isId, type Id } from "../lib/id";
import type { Afterwards, AnswerWord, Aside, CheckinWords, CircleDoor, CircleWords, Content, GatheringWords, JustDone, LetterWords, PageWords, PlanAnswer, ResponseWord, VoiceNote, Wish } from "./face";

const WISHES: readonly Wish[] = ["listen", "ask", "stay", "ideas", "none"];
const RESPONSES: readonly ResponseWord[] = ["me-too", "with-you", "thank-you"];
const ANSWERS: readonly AnswerWord[] = ["yes", "later", "not-today"];
const ASKS: readonly Extract<Content, { kind: "ask" }>["what"][] = ["talk", "sit", "help"];
const STEPS: readonly Extract<Content, { kind: "taking" }>["step"][] = ["take", "back", "done"];
const GOING: readonly PlanAnswer[] = ["yes", "maybe", "not-this-time"];
const FEELS: readonly Afterwards[] = ["lighter", "same", "heavier"];
const DONE: readonly JustDone["what"][] = ["gathering", "sitting", "ask"];
const WAYS: readonly Extract<Content, { kind: "gift" }>["way"][] = ["gave", "received"];
const UNKNOWN: Content = { kind: "unknown" };
/** More than a circle can have of either. */
const MOST_NAMES = 64;
const MOST_DOORS = 64;

/** Without `unknown`, and without `aside`, which goes inside a `box`: what can be written. */
export type Written = Exclude<Content, { kind: "unknown" } | { kind: "aside" }>;

/** The JSON of an entry, but for `prev`, which is put in when it is sealed. */
export function toJson(content: Written): Record<string, unknown> {
  const { kind } = content;
  if (kind === "checkin") return { v: 1, kind, ...content.checkin };
  const { checkin, ...rest } = content as Written & { checkin?: CheckinWords | null };
  const fields = Object.entries(rest).filter(([name, value]) => name === "when" || value !== null);
  return { v: 1, ...Object.fromEntries(fields), ...(checkin ? { checkin } : {}) };
}

type Json = Record<string, unknown>;

export function toContent(json: EntryContent | Json): Content {
  if (json.v !== 1) return UNKNOWN;
  const read = READERS[json.kind as Content["kind"]];
  return (typeof json.kind === "string" && Object.hasOwn(READERS, json.kind) && read?.(json)) || UNKNOWN;
}

const READERS: Partial<Record<Content["kind"], (json: Json) => Content | null>> = {
  share(json) {
    const checkin = json.checkin === undefined ? null : toCheckin(json.checkin);
    const text = words(json.text);
    const wish = oneOf(WISHES, json.wish);
    const voice = toVoice(json.voice);
    if (text === null || wish === null || checkin === undefined || voice === undefined) return null;
    return { kind: "share", text, wish, checkin, voice, note: shortNote(json.note) };
  },
  reply(json) {
    const text = words(json.text);
    const voice = toVoice(json.voice);
    return text !== null && isId(json.to) && voice !== undefined ? { kind: "reply", to: json.to, text, voice } : null;
  },
  response(json) {
    const word = oneOf(RESPONSES, json.word);
    return word !== null && isId(json.to) ? { kind: "response", to: json.to, word } : null;
  },
  thought: (json) => ({ kind: "thought", text: words(json.text) ?? "" }),
  ask(json) {
    const when = json.when === null ? null : time(json.when);
    const until = time(json.until);
    const what = json.what === undefined ? "talk" : oneOf(ASKS, json.what);
    if (until === undefined || when === undefined || what === null) return null;
    return { kind: "ask", what, when, until, text: words(json.text) ?? "", minutes: time(json.minutes) ?? null };
  },
  answer(json) {
    const answer = oneOf(ANSWERS, json.answer);
    if (answer === null || !isId(json.to)) return null;
    return { kind: "answer", to: json.to, answer, at: time(json.at) ?? null, text: words(json.text) ?? "" };
  },
  taking(json) {
    const step = oneOf(STEPS, json.step);
    return step !== null && isId(json.to) ? { kind: "taking", to: json.to, step } : null;
  },
  thanks: (json) => (isId(json.to) ? { kind: "thanks", to: json.to, text: words(json.text) ?? "" } : null),
  plan(json) {
    const [text, start, minutes] = [words(json.text), time(json.start), time(json.minutes)];
    return text === null || start === undefined || minutes === undefined ? null : { kind: "plan", text, where: words(json.where) ?? "", start, minutes };
  },
  going(json) {
    const answer = oneOf(GOING, json.answer);
    return answer !== null && isId(json.to) ? { kind: "going", to: json.to, answer } : null;
  },
  circle(json) {
    const said = toCircleWords(json.words);
    return said === null ? null : { kind: "circle", words: said, names: toNames(json.names), doors: toDoors(json.doors) };
  },
  door(json) {
    const door = toDoor(json.door);
    return door === null ? null : { kind: "door", door };
  },
  gathering(json) {
    const said = toGatheringWords(json.words);
    return said !== null && isId(json.gathering) ? { kind: "gathering", gathering: json.gathering, words: said } : null;
  },
  turn(json) {
    const [text, voice] = [words(json.text), toVoice(json.voice)];
    return text !== null && voice !== undefined && isId(json.gathering) ? { kind: "turn", gathering: json.gathering, text, voice } : null;
  },
  box: (json) => (typeof json.box === "string" ? { kind: "box", box: json.box } : null),
  heard: (json) => (isId(json.to) ? { kind: "heard", to: json.to } : null),
  afterwards(json) {
    const { what, room, id } = (typeof json.of === "object" && json.of !== null ? json.of : {}) as Json;
    const [feel, done] = [oneOf(FEELS, json.feel), oneOf(DONE, what)];
    return feel !== null && done !== null && isId(room) && isId(id) ? { kind: "afterwards", of: { what: done, room, id }, feel } : null;
  },
  gift(json) {
    const [way, text] = [oneOf(WAYS, json.way), words(json.text)];
    return way !== null && text !== null && typeof json.day === "string" && DAY.test(json.day) ? { kind: "gift", way, text, day: json.day } : null;
  },
  checkin(json) {
    const checkin = toCheckin(json);
    return checkin ? { kind: "checkin", checkin } : null;
  },
  page(json) {
    const page = toPage(json.page);
    return page ? { kind: "page", page } : null;
  },
  letter(json) {
    const letter = toLetter(json.letter);
    return letter ? { kind: "letter", letter } : null;
  },
  edit(json) {
    const [page, letter] = [toPage(json.page), toLetter(json.letter)];
    if (!isId(json.of) || !isIds(json.after) || (page === null) === (letter === null)) return null;
    return { kind: "edit", of: json.of, after: json.after, page, letter };
  },
  shared: ({ of, room, entry, voice }) => (isId(of) && isId(room) && isId(entry) ? { kind: "shared", of, room, entry, voice: isId(voice) ? voice : null } : null),
  sending: ({ of, room }) => (isId(of) && isId(room) ? { kind: "sending", of, room } : null),
  name(json) {
    const name = words(json.name);
    return name === null ? null : { kind: "name", name: shortName(name) };
  },
  goodbye: (json) => ({ kind: "goodbye", text: words(json.text) ?? "" }),
};

/** What stands in an opened box; null: nothing that this client knows. */
export function toAside(value: unknown): Aside | null {
  if (typeof value !== "object" || value === null) return null;
  const { said, to, word, text, gathering } = value as Json;
  const response = oneOf(RESPONSES, word);
  if (said === "response") return response !== null && isId(to) ? { kind: "response", to, word: response } : null;
  if (said === "kindness" || said === "parting") return typeof text === "string" ? { kind: said, text } : null;
  if (said === "thanks") return typeof text === "string" && isId(to) ? { kind: said, to, text } : null;
  return said === "all-right" && isId(gathering) ? { kind: "all-right", gathering } : null;
}

/** What goes into a box. */
export function asideJson({ kind, ...rest }: Aside): Record<string, unknown> {
  return { said: kind, ...rest };
}

export function toCircleWords(value: unknown): CircleWords | null {
  if (typeof value !== "object" || value === null) return null;
  const { name, purpose, agreements, welcome } = value as Json;
  if (typeof name !== "string") return null;
  return { name: shortName(name), purpose: words(purpose) ?? "", agreements: words(agreements) ?? "", welcome: words(welcome) ?? "" };
}

function toGatheringWords(value: unknown): GatheringWords | null {
  if (typeof value !== "object" || value === null) return null;
  const { title, text, question } = value as Json;
  return { title: shortName(words(title) ?? ""), text: words(text) ?? "", question: words(question) ?? "" };
}

function toNames(value: unknown): Record<Id, string> {
  const all = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const good = all.filter((one): one is [Id, string] => isId(one[0]) && typeof one[1] === "string");
  return Object.fromEntries(good.slice(0, MOST_NAMES).map(([id, name]) => [id, shortName(name)]));
}

const toDoors = (value: unknown): CircleDoor[] => (Array.isArray(value) ? value.slice(0, MOST_DOORS).flatMap((one) => toDoor(one) ?? []) : []);

function toDoor(value: unknown): CircleDoor | null {
  if (typeof value !== "object" || value === null) return null;
  const { by, invite, secret, from, person, name } = value as Json;
  if (by === "link") return isId(invite) && isId(from) && typeof secret === "string" ? { by, invite, secret, from } : null;
  return by === "request" && isId(person) ? { by, person, name: shortName(words(name) ?? "") } : null;
}

/** A content note fits on a line. */
function shortNote(value: unknown): string | null {
  const note = shortName(words(value) ?? "");
  return note === "" ? null : note;
}

/** Undefined: no check-in. */
function toCheckin(value: unknown): CheckinWords | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { weight, feelings, opening, text } = value as Json;
  if (!isWeight(weight)) return undefined;
  return { weight, feelings: toFeelings(feelings), opening: words(opening) ?? "", text: words(text) ?? "" };
}

const isWeight = (value: unknown): value is number | null =>
  value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10);

function toFeelings(value: unknown): string[] {
  const named = Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
  return named.slice(0, 30);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function toPage(value: unknown): PageWords | null {
  if (typeof value !== "object" || value === null) return null;
  const { text, day, feelings, weight = null, weightAfter = null, prompt, written, voice: note } = value as Json;
  const voice = toVoice(note);
  if (typeof text !== "string" || typeof day !== "string" || !DAY.test(day) || voice === undefined) return null;
  if (!isWeight(weight) || !isWeight(weightAfter)) return null;
  return { text, day, feelings: toFeelings(feelings), weight, weightAfter, prompt: words(prompt) ?? "", voice, written: time(written) ?? null };
}

function toLetter(value: unknown): LetterWords | null {
  if (typeof value !== "object" || value === null) return null;
  const { to, text, until, sealed, sealedVoice, voice: note } = value as Json;
  const voice = toVoice(note);
  if (typeof to !== "string" || typeof text !== "string" || voice === undefined) return null;
  return { to, text, voice, until: time(until) ?? null, sealed: words(sealed), ...(isId(sealedVoice) && { sealedVoice }) };
}

/** Null: there is none. Undefined: what stands there is no voice note. */
function toVoice(value: unknown): VoiceNote | null | undefined {
  if (value === undefined || value === null) return null;
  const { voice, key, digest, ms, chunks, type } = value as Json;
  const fits = isId(voice) && typeof key === "string" && typeof digest === "string" && time(ms) !== undefined && time(chunks) !== undefined && typeof type === "string";
  return fits ? { voice, key, digest, ms: Number(ms), chunks: Number(chunks), type: SOUND.test(type) ? type : "audio/webm" } : undefined;
}

/** What a browser may be asked to play; anything else a mate's client says is not handed to it. */
const SOUND = /^audio\/(webm|ogg|mp4)(;codecs="?[a-z0-9.]+"?)?$/;

const isIds = (value: unknown): value is Id[] => Array.isArray(value) && value.length > 0 && value.length <= 16 && value.every(isId);

const words = (value: unknown): string | null => (typeof value === "string" ? value : null);
const time = (value: unknown): number | undefined => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined);

function oneOf<T extends string>(all: readonly T[], value: unknown): T | null {
  return all.find((one) => one === value) ?? null;
}

/** A name fits on a line, whatever was sent. */
export function shortName(name: string): string {
  return [...name.replace(/\s+/g, " ").trim()].slice(0, 60).join("");
}

/** The voice notes that go when this content goes. */
export function voicesOf(content: Content): Id[] {
  if (content.kind === "share" || content.kind === "reply" || content.kind === "turn") return voicesIn(content);
  if (content.kind === "page") return voicesIn(content.page);
  if (content.kind === "letter") return voicesIn(content.letter);
  return content.kind === "edit" ? voicesIn(content.page ?? content.letter!) : [];
}

export const voicesIn = ({ voice, sealedVoice }: { readonly voice: VoiceNote | null; readonly sealedVoice?: Id | undefined }): Id[] =>
  [voice?.voice, sealedVoice].filter((one) => one !== undefined);

/** The ids that this content is about: what it hangs on. */
export function target(content: Content): Id | null {
  return "to" in content && content.kind !== "aside" ? content.to : null;
}
