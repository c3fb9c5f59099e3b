// SPDX-License-Identifier: AGPL-3.0-or-later
// Invites: one secret in a link, from it an id and a proof for the house and a key it never has. The greeting tells the
// joiner who invites, the answer tells the inviter who joined; both are sealed with that key, so nobody who lacks the
// link can read, change or invent one.
//
// Whoever does hold the link could still claim to be somebody else, or answer it with a room that somebody else founded
// for another invite. So both carry a proof: a signature, by the identity shown, over what the seal is bound to. It is
// over nothing else: what people write to each other here stays as deniable as everywhere.

import { concat, type Bytes } from "../lib/bytes";
import { fromBase64url, toBase64url } from "../lib/base64url";
import { fromId, ID_BYTES, type Id } from "../lib/id";
import { CryptoError, type Introduced } from "./face";
import { readIdentity, type Identity } from "./identity";
import { openJson, sealJson, type Seal } from "./seal";
import { derive, KEY_BYTES, label, sign, signed, type Random } from "./sodium";

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
interface Speaker {
  readonly identity: Identity;
  readonly signSecret: Bytes;
  readonly name: string;
}

export function sealGreeting(keys: InviteKeys, from: Speaker, words: string, random: Random): Bytes {
  return sealJson(greetingSeal(keys), { ...shown(greetingSeal(keys), from), words }, GREETING_MAX_BYTES, random);
}

export function openGreeting(keys: InviteKeys, greeting: Uint8Array): Introduced & { words: string } {
  const value = openJson(greetingSeal(keys), greeting);
  return { ...introduced(greetingSeal(keys), value), words: text(value, "words") };
}

/** What an answer is bound to besides its invite: whom it answers, and the room it founds. */
export interface AnswerPlace {
  readonly inviter: Id;
  readonly room: Id;
}

export function sealAnswer(keys: InviteKeys, place: AnswerPlace, from: Speaker, random: Random): Bytes {
  return sealJson(answerSeal(keys, place), shown(answerSeal(keys, place), from), ANSWER_MAX_BYTES, random);
}

export function openAnswer(keys: InviteKeys, place: AnswerPlace, answer: Uint8Array): Introduced {
  return introduced(answerSeal(keys, place), openJson(answerSeal(keys, place), answer));
}

function greetingSeal(keys: InviteKeys): Seal {
  return { key: keys.key, purpose: "greeting", context: keys.id };
}

function answerSeal(keys: InviteKeys, place: AnswerPlace): Seal {
  const context = concat(keys.id, fromId(place.inviter), fromId(place.room));
  return { key: keys.key, purpose: "answer", context };
}

function shown(how: Seal, { identity, signSecret, name }: Speaker): Record<string, string> {
  const proof = sign(signSecret, proofLabel(how), how.context);
  return { identity: toBase64url(identity.bytes), proof: toBase64url(proof), name };
}

function introduced(how: Seal, value: Record<string, unknown>): Introduced {
  const identity = readIdentity(fromBase64url(text(value, "identity")));
  const proof = fromBase64url(text(value, "proof"));
  if (!signed(identity.signKey, proof, proofLabel(how), how.context)) {
    throw new CryptoError("untrusted", `${how.purpose}-proof`);
  }
  return { personId: identity.personId, identity: identity.bytes, name: text(value, "name") };
}

function proofLabel(how: Seal): Bytes {
  return label(`beside/${how.purpose}-proof/1`);
}

function text(value: Record<string, unknown>, field: string): string {
  const found = value[field];
  if (typeof found !== "string") throw new CryptoError("untrusted", `invite-${field}`);
  return found;
}

