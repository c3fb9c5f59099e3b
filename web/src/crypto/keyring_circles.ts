// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyring's circles: founded, their members changed, left; and what is said in a room to some alone (boxes) or to who is
// there now (signals).

import { type Bytes } from "../lib/bytes";
import { ID_BYTES, toId, type Id } from "../lib/id";
import { openBox, readersOf, sealBox } from "./box";
import { CryptoError } from "./face";
import type { Held } from "./held";
import { readIdentity } from "./identity";
import type { Part } from "./keyring";
import { changeRoom, linkOf, mineToChange, newest, roomKey } from "./keyring_rooms";
import { checkLeave, makeLeave } from "./leave";
import { MOST_MEMBERS, sortMembers, type Link } from "./roster";
import { openSignal, sealSignal, signalEpoch } from "./signal";

type Method = "foundCircle" | "changeMembers" | "leave" | "sealBox" | "openBox" | "sealSignal" | "openSignal";

export function circlePart(held: Held): Part<Method> {
  const { random } = held.platform;
  return {
    foundCircle() {
      const me = held.me.identity.personId;
      const room = toId(random(ID_BYTES));
      const change = changeRoom(held, { room, kind: "circle", members: [me], previous: undefined });
      held.rooms.set(room, { trust: { room, kind: "circle", members: [me], firstAuthor: me }, chain: [], keys: new Map() });
      return { room, change };
    },

    changeMembers({ room, add, remove, leaves }) {
      const previous = mineToChange(held, circle(held, room));
      for (const { person, leave } of leaves) {
        checkLeave(held.room(room).chain, person, held.identity(person).signKey, leave);
      }
      const going = [...remove, ...leaves.map(({ person }) => person)];
      const members = changed(held.me.identity.personId, previous, met(held, add), going);
      return changeRoom(held, { room, kind: "circle", members, previous });
    },

    leave({ room }) {
      const { epoch } = mineToChange(held, circle(held, room));
      const { identity, signing } = held.me;
      return makeLeave(room, identity.personId, epoch, signing.secretKey);
    },

    sealBox({ place, to, value }) {
      const { identity } = held.me;
      const readers = readersOf(identity, to.map(readIdentity));
      return sealBox({ ...place, author: identity.personId }, readers, value, random);
    },

    openBox: ({ place, box }) => openBox(place, held.me, box),

    sealSignal({ room, value }) {
      const { epoch } = mineToChange(held, room);
      const place = { room, epoch, author: held.me.identity.personId };
      return sealSignal(place, roomKey(held.room(room), epoch), value, random);
    },

    /** Of the newest epoch only: what is kept nowhere has no past, and who is out says nothing more. */
    openSignal({ room, author, body }) {
      const epoch = signalEpoch(body);
      const inside = held.room(room);
      const link = linkOf(inside, epoch);
      if (epoch !== newest(inside).epoch) throw new CryptoError("untrusted", "signal-epoch");
      if (!link.members.includes(author)) throw new CryptoError("untrusted", "signal-author");
      return openSignal({ room, epoch, author }, roomKey(inside, epoch), body);
    },
  };
}

function circle(held: Held, room: Id): Id {
  if (held.room(room).trust.kind !== "circle") throw new CryptoError("untrusted", "no-circle");
  return room;
}

function met(held: Held, identities: readonly Bytes[]): Id[] {
  const read = identities.map(readIdentity);
  read.forEach((identity) => held.meet(identity));
  return read.map(({ personId }) => personId);
}

/** Who is in the next link. Nobody comes into a room they are in: who left and comes back is first out of a link, so that
 *  their leave is spent. */
function changed(me: Id, previous: Link, coming: readonly Id[], going: readonly Id[]): Id[] {
  if (going.includes(me)) throw new CryptoError("untrusted", "own-removal");
  if (going.some((person) => !previous.members.includes(person))) throw new CryptoError("untrusted", "not-member");
  if (coming.some((person) => previous.members.includes(person))) throw new CryptoError("untrusted", "already-member");
  const members = [...new Set([...previous.members.filter((person) => !going.includes(person)), ...coming])];
  if (members.length > MOST_MEMBERS) throw new CryptoError("too-long", "members");
  return sortMembers(members);
}
