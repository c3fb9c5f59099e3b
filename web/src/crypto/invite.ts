// SPDX-License-Identifier: AGPL-3.0-or-later
// Invites: one secret in a link, from it an id and a proof for the house and a key it never has. The greeting tells the
// joiner who invites, the answer tells the inviter who joined; both are sealed with that key, so nobody who lacks the
// link can read, change or invent one.
//
// Whoever does hold the link could still claim to be somebody else, or answer it with a room that somebody else founded
// for another invite. So both carry a proof: a signature, by the identity shown, over what the seal is bound to. It is
// over nothing else: what people write to each other here stays as deniable as everywhere. A greeting into a circle is
// signed for that circle too: its room, its founder, and the link that its roster must contain.

import { concat, u32, utf8, type Bytes } from "../lib/bytes";
import { fromBase64url, toBase64url } from "../lib/base64url";
import { fromId, ID_BYTES, isId, type Id } from "../lib/id";
import {
  CIRCLE_AGREEMENTS_MAX_BYTES, CIRCLE_NAME_MAX_BYTES, CIRCLE_PURPOSE_MAX_BYTES, CryptoError, type CircleCard, type Introduced,
} from "./face";
import { readIdentity, type Identity } from "./identity";
import { openJson, sealJson, type Seal } from "./seal";
import { derive, HASH_BYTES, KEY_BYTES, label, sign, signed, type Random } from "./sodium";

/** Both travel inside JSON or beside it; neither is long. */
export const GREETING_MAX_BYTES = 8192;
export const ANSWER_MAX_BYTES = 3072;

export interface InviteKeys {
  readonly id: Bytes;
  readonly auth: Bytes;
  readonly key: Bytes;
}

export function inviteKeys(secret: Uint8Array): InviteKeys {
  if (secret.length !== KEY_BYTES) throw new CryptoError("untrusted", "invite-secret");
  return {
    id: derive(secret, "besideIv", 1, ID_BYTES),
    auth: derive(secret, "besideIv", 2),
    key: derive(secret, "besideIv", 3),
  };
}

/** Who speaks in a greeting or an answer, and the key that proves it. */
export interface Speaker {
  readonly identity: Identity;
  readonly signSecret: Bytes;
  readonly name: string;
}

export interface Greeting {
  readonly words: string;
  /** What the invite leads into; null for a bond. */
  readonly circle: CircleCard | null;
}

export function sealGreeting(keys: InviteKeys, from: Speaker, { words, circle }: Greeting, random: Random): Bytes {
  if (circle !== null) checkLengths(circle, "too-long");
  const said = circle === null ? { words } : { words, circle: cardJson(circle) };
  return sealJson(greetingSeal(keys), { ...shown(greetingProof(keys, circle), from), ...said }, GREETING_MAX_BYTES, random);
}

export function openGreeting(keys: InviteKeys, greeting: Uint8Array): Introduced & Greeting {
  const value = openJson(greetingSeal(keys), greeting);
  const circle = value["circle"] === undefined ? null : readCard(value["circle"]);
  return { ...introduced(greetingProof(keys, circle), value), words: text(value, "words"), circle };
}

function cardJson({ room, firstAuthor, mark, name, purpose, agreements }: CircleCard): Record<string, unknown> {
  return { room, author: firstAuthor, epoch: mark.epoch, hash: toBase64url(mark.hash), name, purpose, agreements };
}

function readCard(value: unknown): CircleCard {
  if (typeof value !== "object" || value === null) throw new CryptoError("untrusted", "invite-circle");
  const card = value as Record<string, unknown>;
  const { room, author, epoch } = card;
  const hash = fromBase64url(text(card, "hash"));
  const shaped = isId(room) && isId(author) && isEpoch(epoch) && hash.length === HASH_BYTES;
  if (!shaped) throw new CryptoError("untrusted", "invite-circle");
  const words = { name: text(card, "name"), purpose: text(card, "purpose"), agreements: text(card, "agreements") };
  checkLengths(words, "untrusted");
  return { room, firstAuthor: author, mark: { epoch, hash }, ...words };
}

function isEpoch(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value < 2 ** 32;
}

function checkLengths(words: Pick<CircleCard, "name" | "purpose" | "agreements">, code: "too-long" | "untrusted"): void {
  const checks = [
    [words.name, CIRCLE_NAME_MAX_BYTES, "circle-name"],
    [words.purpose, CIRCLE_PURPOSE_MAX_BYTES, "circle-purpose"],
    [words.agreements, CIRCLE_AGREEMENTS_MAX_BYTES, "circle-agreements"],
  ] as const;
  for (const [words, most, reason] of checks) {
    if (utf8(JSON.stringify(words)).length - 2 > most) throw new CryptoError(code, reason);
  }
}

/** What an answer is bound to besides its invite: whom it answers, and the room it founds. */
export interface AnswerPlace {
  readonly inviter: Id;
  readonly room: Id;
}

export function sealAnswer(keys: InviteKeys, place: AnswerPlace, from: Speaker, random: Random): Bytes {
  return sealJson(answerSeal(keys, place), shown(answerProof(keys, place), from), ANSWER_MAX_BYTES, random);
}

export function openAnswer(keys: InviteKeys, place: AnswerPlace, answer: Uint8Array): Introduced {
  return introduced(answerProof(keys, place), openJson(answerSeal(keys, place), answer));
}

function greetingSeal(keys: InviteKeys): Seal {
  return { key: keys.key, purpose: "greeting", context: keys.id };
}

function answerSeal(keys: InviteKeys, place: AnswerPlace): Seal {
  return { key: keys.key, purpose: "answer", context: answerContext(keys, place) };
}

function answerContext(keys: InviteKeys, { inviter, room }: AnswerPlace): Bytes {
  return concat(keys.id, fromId(inviter), fromId(room));
}

/** What a speaker signs, and nothing besides. */
interface Proof {
  readonly kind: "greeting" | "circle-greeting" | "answer";
  readonly over: Bytes;
}

function greetingProof(keys: InviteKeys, circle: CircleCard | null): Proof {
  if (circle === null) return { kind: "greeting", over: keys.id };
  const { room, firstAuthor, mark } = circle;
  return { kind: "circle-greeting", over: concat(keys.id, fromId(room), fromId(firstAuthor), u32(mark.epoch), mark.hash) };
}

function answerProof(keys: InviteKeys, place: AnswerPlace): Proof {
  return { kind: "answer", over: answerContext(keys, place) };
}

function shown({ kind, over }: Proof, { identity, signSecret, name }: Speaker): Record<string, string> {
  const proof = sign(signSecret, label(`beside/${kind}-proof/1`), over);
  return { identity: toBase64url(identity.bytes), proof: toBase64url(proof), name };
}

function introduced({ kind, over }: Proof, value: Record<string, unknown>): Introduced {
  const identity = readIdentity(fromBase64url(text(value, "identity")));
  const proof = fromBase64url(text(value, "proof"));
  if (!signed(identity.signKey, proof, label(`beside/${kind}-proof/1`), over)) throw new CryptoError("untrusted", `${kind}-proof`);
  return { personId: identity.personId, identity: identity.bytes, name: text(value, "name") };
}

function text(value: Record<string, unknown>, field: string): string {
  const found = value[field];
  if (typeof found !== "string") throw new CryptoError("untrusted", `invite-${field}`);
  return found;
}

