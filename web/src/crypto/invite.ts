// SPDX-License-Identifier: AGPL-3.0-or-later
// Invites: one secret in a link, from it an id and a proof for the house and a key it never has. The greeting tells the
// joiner who invites, the answer tells the inviter who joined; both are sealed with that key, so nobody who lacks the
// link can read, change or invent one.
//
// Whoever does hold the link could still claim in a greeting to be somebody else. So the greeting carries a signature
// over the invite's id by the identity it shows. The answer needs none: the roster of the room it founds is signed.

import { concat, type Bytes } from "../lib/bytes";
import { fromBase64url, toBase64url } from "../lib/base64url";
import { fromId, ID_BYTES, type Id } from "../lib/id";
import { CryptoError, type Introduced } from "./face";
import { readIdentity, type Identity } from "./identity";
import { openJson, sealJson, type Seal } from "./seal";
import { derive, KEY_BYTES, label, sign, signed, type Random } from "./sodium";

/** Both travel inside JSON or beside it; neither is long. */
export const GREETING_MAX_BYTES = 8192;
export const ANSWER_MAX_BYTES = 8192;

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

interface Inviter {
  readonly identity: Identity;
  readonly signSecret: Bytes;
  readonly name: string;
  readonly words: string;
}

export function sealGreeting(keys: InviteKeys, from: Inviter, random: Random): Bytes {
  const value = {
    identity: toBase64url(from.identity.bytes),
    proof: toBase64url(sign(from.signSecret, label("beside/greeting/1"), keys.id)),
    name: from.name,
    words: from.words,
  };
  return sealJson(greetingSeal(keys), value, GREETING_MAX_BYTES, random);
}

export function openGreeting(keys: InviteKeys, greeting: Uint8Array): Introduced & { words: string } {
  const value = openJson(greetingSeal(keys), greeting);
  const identity = readIdentity(fromBase64url(text(value, "identity")));
  const proof = fromBase64url(text(value, "proof"));
  if (!signed(identity.signKey, proof, label("beside/greeting/1"), keys.id)) {
    throw new CryptoError("untrusted", "greeting-proof");
  }
  return { ...introduced(identity, value), words: text(value, "words") };
}

/** What an answer is bound to besides its invite: whom it answers, and the room it founds. */
export interface AnswerPlace {
  readonly inviter: Id;
  readonly room: Id;
}

export function sealAnswer(keys: InviteKeys, place: AnswerPlace, me: Identity, name: string, random: Random): Bytes {
  const value = { identity: toBase64url(me.bytes), name };
  return sealJson(answerSeal(keys, place), value, ANSWER_MAX_BYTES, random);
}

export function openAnswer(keys: InviteKeys, place: AnswerPlace, answer: Uint8Array): Introduced {
  const value = openJson(answerSeal(keys, place), answer);
  return introduced(readIdentity(fromBase64url(text(value, "identity"))), value);
}

function greetingSeal(keys: InviteKeys): Seal {
  return { key: keys.key, purpose: "greeting", context: keys.id };
}

function answerSeal(keys: InviteKeys, place: AnswerPlace): Seal {
  const context = concat(keys.id, fromId(place.inviter), fromId(place.room));
  return { key: keys.key, purpose: "answer", context };
}

function introduced(identity: Identity, value: Record<string, unknown>): Introduced {
  return { personId: identity.personId, identity: identity.bytes, name: text(value, "name") };
}

function text(value: Record<string, unknown>, field: string): string {
  const found = value[field];
  if (typeof found !== "string") throw new CryptoError("untrusted", `invite-${field}`);
  return found;
}

