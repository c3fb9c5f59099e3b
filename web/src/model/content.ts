/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Entries' contents: what they are inside the seal, and back. The other side's client is not trusted with shapes: what does
// not fit reads as "unknown", never as half an entry.

import type { EntryContent } from "../crypto/face";
import { isId, type Id } from "../lib/id";
import type { AnswerWord, CheckinWords, Content, ResponseWord, Wish } from "./face";

const WISHES: readonly Wish[] = ["listen", "ask", "stay", "ideas", "none"];
const RESPONSES: readonly ResponseWord[] = ["me-too", "with-you", "thank-you"];
const ANSWERS: readonly AnswerWord[] = ["yes", "later", "not-today"];
const UNKNOWN: Content = { kind: "unknown" };

/** Without `unknown`: what can be written. */
export type Written = Exclude<Content, { kind: "unknown" }>;

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
    return text === null || wish === null || checkin === undefined ? null : { kind: "share", text, wish, checkin };
  },
  reply(json) {
    const text = words(json.text);
    return text !== null && isId(json.to) ? { kind: "reply", to: json.to, text } : null;
  },
  response(json) {
    const word = oneOf(RESPONSES, json.word);
    return word !== null && isId(json.to) ? { kind: "response", to: json.to, word } : null;
  },
  thought: (json) => ({ kind: "thought", text: words(json.text) ?? "" }),
  ask(json) {
    const when = json.when === null ? null : time(json.when);
    const until = time(json.until);
    return until === undefined || when === undefined ? null : { kind: "ask", when, until, text: words(json.text) ?? "" };
  },
  answer(json) {
    const answer = oneOf(ANSWERS, json.answer);
    if (answer === null || !isId(json.to)) return null;
    return { kind: "answer", to: json.to, answer, at: time(json.at) ?? null, text: words(json.text) ?? "" };
  },
  checkin(json) {
    const checkin = toCheckin(json);
    return checkin ? { kind: "checkin", checkin } : null;
  },
  name(json) {
    const name = words(json.name);
    return name === null ? null : { kind: "name", name: shortName(name) };
  },
  goodbye: (json) => ({ kind: "goodbye", text: words(json.text) ?? "" }),
};

/** Undefined: no check-in. */
function toCheckin(value: unknown): CheckinWords | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { weight, feelings, opening, text } = value as Json;
  const fits = weight === null || (Number.isInteger(weight) && Number(weight) >= 0 && Number(weight) <= 10);
  if (!fits) return undefined;
  const named = Array.isArray(feelings) ? feelings.filter((one): one is string => typeof one === "string") : [];
  return { weight: weight as number | null, feelings: named.slice(0, 30), opening: words(opening) ?? "", text: words(text) ?? "" };
}

const words = (value: unknown): string | null => (typeof value === "string" ? value : null);
const time = (value: unknown): number | undefined => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined);

function oneOf<T extends string>(all: readonly T[], value: unknown): T | null {
  return all.find((one) => one === value) ?? null;
}

/** A name fits on a line, whatever was sent. */
export function shortName(name: string): string {
  return [...name.replace(/\s+/g, " ").trim()].slice(0, 60).join("");
}

/** The ids that this content is about: what it hangs on. */
export function target(content: Content): Id | null {
  return "to" in content ? content.to : null;
}
