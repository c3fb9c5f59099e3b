// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody who lives in a house, for API tests: the shipped keyring makes every sealed byte, and calls are made bare so
// that a test can send what it likes.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Crypto } from "../web/src/crypto/face";
import { createKeyring } from "../web/src/crypto/keyring";
import { fromBase64url, toBase64url } from "../web/src/lib/base64url";
import { concat, u32 } from "../web/src/lib/bytes";
import { readEnvelopeList, readRosterList } from "../web/src/lib/frames";
import { toId, type Id } from "../web/src/lib/id";
import { Caller } from "./caller";
import type { House } from "./harness";

export const b64 = toBase64url;
export const newId = (): Id => toId(randomBytes(16));
export const random = (count: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(count));

/** The secret that a link carries after its #. */
export const secretOf = (link: string) => fromBase64url(link.slice(link.indexOf("#") + 1));

/** What the server sees of an entry: version, epoch, and bytes it cannot read. */
export const sealedEntry = (epoch = 1, size = 400): Uint8Array<ArrayBuffer> => concat(new Uint8Array([1]), u32(epoch), random(size - 5));

export class Member extends Caller {
  houseId = "";
  id: Id = "";
  session: Id = "";
  name = "";
  passphrase = "";
  card = "";
  selfRoom: Id = "";
  /** The body of the account's making, for sending it again. */
  arrival: Record<string, unknown> = {};

  private constructor(
    origin: string,
    fetch: typeof globalThis.fetch,
    readonly keys: Crypto,
  ) {
    super(origin, fetch);
  }

  /** Somebody at the door: no account yet. */
  static async at(origin: string, fetch: typeof globalThis.fetch, chance = random): Promise<Member> {
    return new Member(origin, fetch, await createKeyring({ random: chance }));
  }

  /** Makes the account with a steward or house link, and founds the self room. */
  async arrive(link: string, name: string, passphrase = `correct horse ${name} staple`): Promise<this> {
    const made = await this.tryToArrive(link, name, passphrase);
    assert.equal(made.status, 201, new TextDecoder().decode(made.bytes));
    this.session = made.json().session;
    const { room, change } = await this.keys.foundSelf();
    this.selfRoom = room;
    assert.equal((await this.call("PUT", `/api/rooms/${room}`, { octets: change })).status, 201);
    await this.learn(room);
    return this;
  }

  async tryToArrive(link: string, name: string, passphrase: string) {
    this.houseId = (await this.call("GET", "/api/house")).json().id;
    const invite = await this.keys.openInvite({ secret: secretOf(link) });
    const account = await this.keys.newAccount({ houseId: this.houseId, name, passphrase });
    Object.assign(this, { name, passphrase, id: account.personId, card: account.card.words });
    this.arrival = {
      invite: invite.id,
      login_id: b64(account.loginId),
      login_secret: b64(account.loginSecret),
      identity: b64(account.identity),
      wrap_passphrase: b64(account.wrapPassphrase),
      card: { id: account.card.id, secret: b64(account.card.secret), wrap: b64(account.card.wrap) },
      adult: true,
    };
    return this.call("POST", "/api/person", { json: this.arrival, headers: { "Beside-Invite": b64(invite.auth) } });
  }

  /** Another device of the same person: signed in, keys open. */
  async secondDevice(): Promise<Member> {
    const device = await Member.at(this.origin, this.fetch);
    Object.assign(device, { houseId: this.houseId, name: this.name, passphrase: this.passphrase, id: this.id, selfRoom: this.selfRoom });
    const reply = await device.signInByName();
    assert.equal(reply.status, 201);
    device.session = reply.json().session;
    await device.keys.openWrap({ personId: this.id, wrap: fromBase64url(reply.json().wrap) });
    return device;
  }

  async signInByName() {
    const { loginId, loginSecret } = await this.keys.signIn({ houseId: this.houseId, name: this.name, passphrase: this.passphrase });
    return this.call("POST", "/api/session", { json: { login_id: b64(loginId), login_secret: b64(loginSecret) } });
  }

  async newInvite(expiresMs = Date.now() + 7 * 86_400_000) {
    const invite = await this.keys.newInvite({ name: this.name, words: "come in" });
    const body = { id: invite.id, auth: b64(invite.auth), greeting: b64(invite.greeting), expires_ms: expiresMs };
    const reply = await this.call("POST", "/api/invites", { json: body });
    return { ...invite, body, reply, header: { "Beside-Invite": b64(invite.auth) } };
  }

  /** Accepts somebody's invite; the room is known to this keyring afterwards. */
  async accept(invite: { id: Id; secret: Uint8Array<ArrayBuffer>; greeting: Uint8Array<ArrayBuffer>; header: Record<string, string> }) {
    const { body, room } = await this.keys.acceptInvite({ secret: invite.secret, greeting: invite.greeting, name: this.name });
    const reply = await this.call("POST", `/api/invites/${invite.id}/accept`, { octets: body, headers: invite.header });
    return { body, room, reply };
  }

  async bondWith(other: Member): Promise<Id> {
    const invite = await other.newInvite();
    const { room, reply } = await this.accept(invite);
    assert.equal(reply.status, 201, new TextDecoder().decode(reply.bytes));
    await this.learn(room);
    const bond = (await other.call("GET", "/api/bonds")).json().bonds.find((one: { room: Id }) => one.room === room);
    const { personId } = await other.keys.readAnswer({ secret: invite.secret, room, answer: fromBase64url(bond.answer) });
    await other.keys.trust({ room, kind: "bond", members: [personId, other.id], firstAuthor: personId });
    await other.learn(room);
    return room;
  }

  /** Loads roster, identities and envelopes of a room, checked by the keyring. */
  async learn(room: Id): Promise<void> {
    const links = readRosterList((await this.call("GET", `/api/rooms/${room}/roster`)).bytes);
    const bond = (await this.call("GET", "/api/bonds")).json().bonds.find((one: { room: Id }) => one.room === room);
    const identities: Record<Id, Uint8Array<ArrayBuffer>> = { [this.id]: (await this.keys.me()).identity };
    if (bond) identities[bond.person] = new Uint8Array((await this.call("GET", `/api/people/${bond.person}/identity`)).bytes);
    await this.keys.loadRoster({ room, links, identities });
    await this.keys.loadEnvelopes({ room, envelopes: readEnvelopeList((await this.call("GET", `/api/rooms/${room}/envelopes`)).bytes) });
  }

  put(room: Id, entry: Id, body: Uint8Array) {
    return this.call("PUT", `/api/rooms/${room}/entries/${entry}`, { octets: body });
  }
}

export async function newMember(house: House, fetch: typeof globalThis.fetch, name: string, kind: "steward" | "house" = "house"): Promise<Member> {
  return (await Member.at(house.origin, fetch)).arrive(await house.invite(kind), name);
}
