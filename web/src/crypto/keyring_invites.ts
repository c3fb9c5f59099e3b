// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyring's invites: made, read, accepted, answered.

import { concat, u16, type Bytes } from "../lib/bytes";
import { fromId, ID_BYTES, toId, type Id } from "../lib/id";
import { CryptoError, type Introduced } from "./face";
import type { Held } from "./held";
import { readIdentity } from "./identity";
import { inviteKeys, openAnswer, openGreeting, sealAnswer, sealGreeting, type Greeting, type InviteKeys, type Speaker } from "./invite";
import type { Part } from "./keyring";
import { changeRoom } from "./keyring_rooms";
import { sortMembers } from "./roster";
import { KEY_BYTES, wipe } from "./sodium";

type Method = "newInvite" | "openInvite" | "readGreeting" | "acceptInvite" | "readAnswer" | "answerCircle";

export function invitePart(held: Held): Part<Method> {
  const { random } = held.platform;
  return {
    newInvite({ name, words, circle = null }) {
      const from = speaker(held, name);
      const secret = random(KEY_BYTES);
      return withKeys(secret, (keys) => {
        return { id: toId(keys.id), auth: keys.auth, greeting: sealGreeting(keys, from, { words, circle }, random), secret };
      });
    },

    openInvite({ secret }) {
      return withKeys(secret, (keys) => ({ id: toId(keys.id), auth: keys.auth }));
    },

    readGreeting({ secret, greeting, from }) {
      return withKeys(secret, (keys) => greetingFrom(keys, greeting, from));
    },

    acceptInvite({ secret, greeting, name, from }) {
      return withKeys(secret, (keys) => {
        const { personId, identity, name: inviterName, circle } = greetingFrom(keys, greeting, from);
        if (circle !== null) throw new CryptoError("untrusted", "greeting-circle");
        const { room, change } = foundBond(held, personId, identity);
        const answer = sealAnswer(keys, { inviter: personId, room }, speaker(held, name), random);
        const body = concat(u16(answer.length), answer, fromId(room), change);
        return { body, room, personId, identity, name: inviterName };
      });
    },

    readAnswer({ secret, room, answer, inviter }) {
      const me = held.me.identity.personId;
      return withKeys(secret, (keys) => {
        const introduced = openAnswer(keys, { inviter: inviter ?? me, room }, answer);
        if (introduced.personId === me || introduced.personId === inviter) throw new CryptoError("untrusted", "own-invite");
        held.meet(readIdentity(introduced.identity));
        return introduced;
      });
    },

    answerCircle({ secret, greeting, name, from }) {
      return withKeys(secret, (keys) => {
        const { circle, personId, identity, name: inviterName } = greetingFrom(keys, greeting, from);
        if (circle === null) throw new CryptoError("untrusted", "greeting-bond");
        if (personId === held.me.identity.personId) throw new CryptoError("untrusted", "own-invite");
        held.meet(readIdentity(identity));
        const answer = sealAnswer(keys, { inviter: personId, room: circle.room }, speaker(held, name), random);
        return { answer, circle, from: { personId, identity, name: inviterName } };
      });
    },
  };
}

function speaker(held: Held, name: string): Speaker {
  const { identity, signing } = held.me;
  return { identity, signSecret: signing.secretKey, name };
}

/** FROM is what the house says of the inviter; it must not say otherwise than the greeting. */
function greetingFrom(keys: InviteKeys, greeting: Bytes, from?: Id | null): Introduced & Greeting {
  const introduced = openGreeting(keys, greeting);
  const otherwise = from !== undefined && from !== null && from !== introduced.personId;
  if (otherwise) throw new CryptoError("untrusted", "greeting-from");
  return introduced;
}

function foundBond(held: Held, inviter: Id, inviterIdentity: Bytes): { room: Id; change: Bytes } {
  const me = held.me.identity.personId;
  if (inviter === me) throw new CryptoError("untrusted", "own-invite");
  held.meet(readIdentity(inviterIdentity));
  const room = toId(held.platform.random(ID_BYTES));
  const members = sortMembers([me, inviter]);
  const change = changeRoom(held, { room, kind: "bond", members, previous: undefined });
  held.rooms.set(room, { trust: { room, kind: "bond", members, firstAuthor: me }, chain: [], keys: new Map() });
  return { room, change };
}

function withKeys<T>(secret: Bytes, use: (keys: InviteKeys) => T): T {
  const keys = inviteKeys(secret);
  try {
    return use(keys);
  } finally {
    wipe(keys.key);
  }
}
