// SPDX-License-Identifier: AGPL-3.0-or-later
// For the tests of this folder: people whose root is known, so that a test can also be the forger, and a house small
// enough to take a room change apart and hand its pieces out again. Not shipped.

import assert from "node:assert/strict";
import { Reader, type Bytes } from "../lib/bytes";
import type { EntryFrame, EnvelopeFrame } from "../lib/frames";
import { ID_BYTES, toId, type Id } from "../lib/id";
import { accountOf, type Account } from "./account";
import { CryptoError, type Crypto, type CryptoCode, type EntryContent, type NewAccount, type RosterMark } from "./face";
import { createKeyring } from "./keyring";
import { readLink } from "./roster";
import { randomBytes, sodiumReady } from "./sodium";

export const HOUSE = toId(new Uint8Array(ID_BYTES).fill(7));
export const OTHER_HOUSE = toId(new Uint8Array(ID_BYTES).fill(8));

export interface Person {
  readonly crypto: Crypto;
  readonly id: Id;
  /** The same keys as CRYPTO holds. */
  readonly account: Account;
  readonly made: NewAccount;
  readonly credentials: { houseId: Id; name: string; passphrase: string };
}

/** Somebody with an unlocked keyring. */
export async function person(name: string): Promise<Person> {
  await sodiumReady();
  const root = randomBytes(32);
  let first = true;
  const random = (count: number): Bytes => {
    if (!first) return randomBytes(count);
    first = false;
    return new Uint8Array(root);
  };
  const crypto = await createKeyring({ random });
  const credentials = { houseId: HOUSE, name, passphrase: `the passphrase of ${name}` };
  const made = await crypto.newAccount(credentials);
  return { crypto, id: made.personId, account: accountOf(root), made, credentials };
}

export interface Change {
  readonly link: Bytes;
  readonly envelopes: ReadonlyMap<Id, EnvelopeFrame>;
}

export function splitChange(change: Bytes): Change {
  const reader = new Reader(change);
  assert.equal(reader.u8(), 1);
  const link = reader.bytes(reader.u16());
  const { epoch, author } = readLink(link);
  const envelopes = new Map<Id, EnvelopeFrame>();
  for (let left = reader.u8(); left > 0; left--) {
    const member = toId(reader.bytes(ID_BYTES));
    envelopes.set(member, { epoch, author, body: reader.bytes(reader.u16()) });
  }
  reader.end();
  return { link, envelopes };
}

export function splitAccept(body: Bytes): { answer: Bytes; room: Id; change: Change } {
  const reader = new Reader(body);
  const answer = reader.bytes(reader.u16());
  const room = toId(reader.bytes(ID_BYTES));
  return { answer, room, change: splitChange(reader.rest()) };
}

export interface Bond {
  readonly a: Person;
  readonly b: Person;
  readonly room: Id;
  readonly change: Change;
  readonly answer: Bytes;
  readonly secret: Bytes;
}

/** A invited, B accepted; nothing of the room is loaded yet. */
export async function accepted(a: Person, b: Person): Promise<Bond> {
  const invite = await a.crypto.newInvite({ name: "Ada", words: "come in" });
  const { body } = await b.crypto.acceptInvite({ secret: invite.secret, greeting: invite.greeting, name: "Bo" });
  return { a, b, secret: invite.secret, ...splitAccept(body) };
}

/** Both are in the room and hold its first key. */
export async function bonded(a: Person, b: Person): Promise<Bond> {
  const bond = await accepted(a, b);
  const { personId } = await a.crypto.readAnswer({ secret: bond.secret, room: bond.room, answer: bond.answer });
  await a.crypto.trust({ room: bond.room, kind: "bond", members: [a.id, personId], firstAuthor: personId });
  for (const one of [a, b]) await load(one, bond.room, bond.change);
  return bond;
}

export async function load(who: Person, room: Id, change: Change): Promise<void> {
  await who.crypto.loadRoster({ room, links: [change.link], identities: {} });
  await who.crypto.loadEnvelopes({ room, envelopes: [change.envelopes.get(who.id)!] });
}

/** A circle as a house keeps it: its links, and everybody's envelopes. */
export interface Circle {
  readonly room: Id;
  readonly founder: Person;
  readonly changes: Change[];
  readonly everybody: Person[];
}

export async function founded(founder: Person): Promise<Circle> {
  const { room, change } = await founder.crypto.foundCircle();
  const circle: Circle = { room, founder, changes: [], everybody: [founder] };
  await took(circle, change, founder);
  return circle;
}

/** The house takes CHANGE, and PEOPLE hear of it. */
export async function took(circle: Circle, change: Bytes, ...people: Person[]): Promise<Change> {
  const split = splitChange(change);
  circle.changes.push(split);
  for (const one of people) await hear(circle, one);
  return split;
}

export async function hear(circle: Circle, who: Person, known?: RosterMark): Promise<void> {
  const { room, founder, changes, everybody } = circle;
  if (who !== founder) await who.crypto.trust({ room, kind: "circle", members: [founder.id], firstAuthor: founder.id });
  const identities = Object.fromEntries(everybody.map((one) => [one.id, one.made.identity]));
  const links = changes.map(({ link }) => link);
  await who.crypto.loadRoster({ room, links, identities, ...(known === undefined ? {} : { known }) });
  await who.crypto.loadEnvelopes({ room, envelopes: changes.flatMap(({ envelopes }) => envelopes.get(who.id) ?? []) });
}

export async function letIn(circle: Circle, by: Person, ...people: Person[]): Promise<void> {
  circle.everybody.push(...people.filter((one) => !circle.everybody.includes(one)));
  const { room } = circle;
  await took(circle, await by.crypto.changeMembers({ room, add: people.map(({ made }) => made.identity), remove: [], leaves: [] }));
}

/** A circle of PEOPLE, the first its founder, all of whom have heard of everything. */
export async function circleOf(...people: Person[]): Promise<Circle> {
  const circle = await founded(people[0]!);
  if (people.length > 1) await letIn(circle, people[0]!, ...people.slice(1));
  for (const one of people) await hear(circle, one);
  return circle;
}

/** The change that began the newest epoch. */
export const last = (circle: Circle): Change => circle.changes.at(-1)!;

export const newId = (): Id => toId(randomBytes(ID_BYTES));

export function entryFrame(room: Id, seq: number, author: Id, id: Id, body: Bytes): EntryFrame {
  return { room, seq, timeMs: 1, author, id, state: "plain", body };
}

export async function say(who: Person, room: Id, content: EntryContent = { prev: "" }): Promise<EntryFrame> {
  const id = newId();
  const { body } = await who.crypto.sealEntry({ room, id, content });
  return entryFrame(room, 1, who.id, id, body);
}

export async function refuses(work: Promise<unknown>, code: CryptoCode, reason?: string): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof CryptoError, String(error));
    assert.equal(error.code, code);
    if (reason !== undefined) assert.equal(error.reason, reason);
    return true;
  });
}

/** BYTES with one bit turned over. */
export function flipped(bytes: Bytes, at: number = bytes.length - 1): Bytes {
  const copy = new Uint8Array(bytes);
  copy[at < 0 ? bytes.length + at : at]! ^= 1;
  return copy;
}
