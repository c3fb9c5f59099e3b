// SPDX-License-Identifier: AGPL-3.0-or-later
// The test vectors: two people, every format of docs/CRYPTO.md once or more, made by the shipped keyring with scripted
// randomness and a still clock, and beside them the inner values (keys, shared secrets, plaintexts) that a second
// implementation needs to find where it differs. Everything is hexadecimal but names, texts, counts and times.

import { createHash } from "node:crypto";
import { concat, fromUtf8, Reader, u32, u64, u8, utf8, type Bytes } from "../../web/src/lib/bytes";
import { fromId, ID_BYTES, toId, type Id } from "../../web/src/lib/id";
import { padme } from "../../web/src/lib/padme";
import { accountOf, type Account } from "../../web/src/crypto/account";
import { cardKeys, readCardWords } from "../../web/src/crypto/card";
import { openEnvelope } from "../../web/src/crypto/envelope";
import { readEntryParts } from "../../web/src/crypto/entry";
import type { Crypto, EntryContent, NewAccount } from "../../web/src/crypto/face";
import { inviteKeys } from "../../web/src/crypto/invite";
import { createKeyring } from "../../web/src/crypto/keyring";
import { logIn, normalName } from "../../web/src/crypto/name";
import { readLink } from "../../web/src/crypto/roster";
import { open, unpad, unpadFrom, type Seal } from "../../web/src/crypto/seal";
import { aeadOpen, derive, hash, kemKeys, kemOpen, kemSeal, label, sodiumReady, stretch } from "../../web/src/crypto/sodium";

const HOUSE = toId(createHash("sha256").update("a house").digest().subarray(0, ID_BYTES));
const NOW_MS = 1_760_000_000_000;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const unhex = (text: string): Bytes => new Uint8Array(Buffer.from(text, "hex"));
const idHex = (id: Id): string => hex(fromId(id));

/** A person whose randomness is SHA-256(who ‖ 0x00 ‖ draw u32 ‖ block u32), block after block. */
interface Scripted {
  readonly crypto: Crypto;
  readonly made: NewAccount;
  readonly account: Account;
  readonly credentials: { houseId: Id; name: string; passphrase: string };
}

function scripted(who: string): (count: number) => Bytes {
  let draw = 0;
  return (count) => {
    const number = draw++;
    const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, block) =>
      createHash("sha256").update(concat(label(who), u32(number), u32(block))).digest());
    return new Uint8Array(concat(...blocks).subarray(0, count));
  };
}

async function person(who: string, name: string, passphrase: string): Promise<Scripted> {
  const crypto = await createKeyring({ random: scripted(who), now: () => NOW_MS });
  const credentials = { houseId: HOUSE, name, passphrase };
  const made = await crypto.newAccount(credentials);
  return { crypto, made, account: accountOf(scripted(who)(32)), credentials };
}

export async function makeVectors(): Promise<object> {
  await sodiumReady();
  const ada = await person("Ada", "  ＡＤＡ Lovelace ", "correct hörse ﬁve");
  const bo = await person("Bo", "bo-bo", "another passphrase");
  return {
    about: "Test vectors of beside. docs/CRYPTO.md says what each value is; `node tests/run-node.mjs --run tests/vectors/make.ts` makes this file.",
    padme: [0, 1, 2, 9, 100, 256, 257, 1000, 5000, 65_535].map((length) => [length, padme(length)]),
    xwing: xwing(),
    house_id: idHex(HOUSE),
    accounts: [await accountVector(ada), await accountVector(bo)],
    ...(await sealedVectors(ada)),
    ...(await bondVectors(ada, bo)),
    voice: await voiceVector(ada),
    letter: await letterVector(ada),
    circle: await circleVector(ada, bo),
  };
}

function xwing(): object {
  const seed = "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26";
  const coins = "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2";
  const { publicKey } = kemKeys(unhex(seed));
  const { sealed, shared } = kemSeal(publicKey, unhex(coins))!;
  return { about: "the first vector of draft-connolly-cfrg-xwing-kem", seed, public_key: hex(publicKey), eseed: coins, ciphertext: hex(sealed), shared: hex(shared) };
}

async function accountVector({ crypto, made, account, credentials }: Scripted): Promise<object> {
  const name = normalName(credentials.name)!;
  const passphrase = credentials.passphrase.normalize("NFKC");
  const salt = hash(16, null, label("beside/salt/1"), fromId(HOUSE), utf8(name));
  const { root, identity } = account;
  const newer = await crypto.newPassphrase({ ...credentials, passphrase: "a newer one", counter: 2 });
  const card = await crypto.newCard({ houseId: HOUSE, counter: 3 });
  const deletion = await crypto.deletion({ houseId: HOUSE, counter: 4 });
  return {
    name_typed: credentials.name, name, passphrase, login_id: hex(made.loginId), salt: hex(salt),
    stretched: hex(stretch(utf8(passphrase), salt)), wrap_key: hex(logIn(credentials).wrapKey), login_secret: hex(made.loginSecret),
    root: hex(root), sign_seed: hex(derive(root, "besideRt", 1)), kem_seed: hex(derive(root, "besideRt", 2)),
    local_key: hex(account.localKey), vault_key: hex(account.vaultKey), label_key: hex(account.labelKey),
    self_room: idHex(account.selfRoom), vault_name_key: hex(account.vaultNameKey), letter_key: hex(account.letterKey),
    identity: hex(identity.bytes), fingerprint: hex(hash(32, null, label("beside/identity/1"), identity.bytes)),
    person_id: idHex(identity.personId), spoken: await crypto.fingerprintWords(identity.personId),
    wrap_passphrase: hex(made.wrapPassphrase), card: cardVector(made.card),
    change_passphrase: { passphrase: "a newer one", counter: 2, login_id: hex(newer.loginId), login_secret: hex(newer.loginSecret), wrap: hex(newer.wrap), signature: hex(newer.signature) },
    change_card: { counter: 3, ...cardVector(card), signature: hex(card.signature) },
    deletion: { counter: 4, signature: hex(deletion.signature) },
  };
}

function cardVector(card: { words: string; id: Id; secret: Bytes; wrap: Bytes }): object {
  const bytes = readCardWords(card.words);
  const key = hash(32, null, label("beside/card/1"), bytes);
  return { bytes: hex(bytes), words: card.words, key: hex(key), id: idHex(card.id), secret: hex(card.secret), wrap_key: hex(cardKeys(bytes).wrapKey), wrap: hex(card.wrap) };
}

async function sealedVectors({ crypto, account }: Scripted): Promise<object> {
  const item = await crypto.sealVault({ name: "rooms/seen", value: { epoch: 3, words: "übrig" } });
  const session = toId(scripted("session")(ID_BYTES));
  const body = await crypto.sealLabel({ session, label: "Firefox on Android" });
  const vaultHow: Seal = { key: account.vaultKey, purpose: "vault", context: fromId(item.key) };
  const labelHow: Seal = { key: account.labelKey, purpose: "session-label", context: fromId(session) };
  return {
    vault: { name: "rooms/seen", key: idHex(item.key), json: jsonIn(vaultHow, item.body), body: hex(item.body) },
    session_label: { session: idHex(session), json: jsonIn(labelHow, body), body: hex(body) },
  };
}

const jsonIn = (how: Seal, sealed: Bytes): string => fromUtf8(unpad(open(how, sealed)!));

async function bondVectors(ada: Scripted, bo: Scripted): Promise<object> {
  const { id, auth, secret, greeting } = await ada.crypto.newInvite({ name: "Ada", words: "Komm herein." });
  const accepted = await bo.crypto.acceptInvite({ secret, greeting, name: "Bo" });
  const reader = new Reader(accepted.body);
  const answer = reader.bytes(reader.u16());
  reader.bytes(ID_BYTES);
  const founding = reader.rest();
  const { room } = accepted;
  const keys = inviteKeys(secret);
  const answerContext = concat(keys.id, fromId(ada.made.personId), fromId(room));
  const invite = {
    secret: hex(secret), link_end: Buffer.from(secret).toString("base64url"), id: idHex(id), auth: hex(auth), key: hex(keys.key),
    inviter: idHex(ada.made.personId), room: idHex(room),
    greeting_json: jsonIn({ key: keys.key, purpose: "greeting", context: keys.id }, greeting), greeting: hex(greeting),
    answer_json: jsonIn({ key: keys.key, purpose: "answer", context: answerContext }, answer), answer: hex(answer), accept_body: hex(accepted.body),
  };
  await ada.crypto.readAnswer({ secret, room, answer });
  await ada.crypto.trust({ room, kind: "bond", members: [ada.made.personId, bo.made.personId], firstAuthor: bo.made.personId });
  const founded = await changeVector(room, founding, [ada, bo]);
  const share = { v: 1, kind: "share", prev: "", text: "Es ist schwer heute.", wish: "listen" } as const;
  const one = await entryVector(bo, room, founded.roomKey, 1, share);
  const rolled = await changeVector(room, await ada.crypto.roll({ room }), [ada, bo]);
  const reply = { v: 1, kind: "reply", prev: "", to: one.id, text: "I am here. ".repeat(60) } as const;
  const two = await entryVector(ada, room, rolled.roomKey, 2, reply);
  return { invite, changes: [founded.vector, rolled.vector], entries: [one.vector, two.vector] };
}

/** The change taken apart and taken into both keyrings. */
async function changeVector(room: Id, body: Bytes, people: Scripted[]): Promise<{ roomKey: Bytes; vector: object }> {
  const reader = new Reader(body.subarray(1));
  const bytes = reader.bytes(reader.u16());
  const link = readLink(bytes);
  const author = people.find(({ made }) => made.personId === link.author)!;
  const envelopes: object[] = [];
  let roomKey = new Uint8Array(0);
  for (let left = reader.u8(); left > 0; left--) {
    const member = toId(reader.bytes(ID_BYTES));
    const envelope = reader.bytes(reader.u16());
    const { crypto, account } = people.find(({ made }) => made.personId === member)!;
    await crypto.loadRoster({ room, links: [bytes], identities: {} });
    await crypto.loadEnvelopes({ room, envelopes: [{ epoch: link.epoch, author: link.author, body: envelope }] });
    const place = { room, epoch: link.epoch, author: link.author, member, linkHash: link.hash };
    roomKey = openEnvelope(place, envelope, author.account.signing.publicKey, account.kem.secretKey);
    const shared = kemOpen(account.kem.secretKey, envelope.subarray(1, 1121));
    envelopes.push({ member: idHex(member), shared: hex(shared), room_key: hex(roomKey), envelope: hex(envelope) });
  }
  const vector = {
    body: hex(body), link: hex(bytes), hash: hex(link.hash), kind: link.kind, epoch: link.epoch, before: hex(link.before),
    time_ms: link.timeMs, author: idHex(link.author), members: link.members.map(idHex), envelopes,
  };
  return { roomKey, vector };
}

async function entryVector(
  author: Scripted, room: Id, roomKey: Bytes, seq: number, content: EntryContent,
): Promise<{ id: Id; vector: object }> {
  const id = toId(scripted(`entry ${seq}`)(ID_BYTES));
  const { body, epoch } = await author.crypto.sealEntry({ room, id, content });
  const { plaintext, commitKey } = await author.crypto.reveal({ room, id, author: author.made.personId, body });
  const key = hash(32, roomKey, label("beside/entry-key/1"), fromId(room), u32(epoch));
  const rest = concat(fromId(room), u64(seq), u64(NOW_MS), fromId(author.made.personId), fromId(id), u8(0), body);
  return {
    id,
    vector: {
      room: idHex(room), epoch, author: idHex(author.made.personId), id: idHex(id), room_key: hex(roomKey), entry_key: hex(key),
      commit_key: hex(commitKey), json: fromUtf8(plaintext), commitment: hex(readEntryParts(body).commitment), body: hex(body),
      seq, time_ms: NOW_MS, frame: hex(concat(u32(rest.length), rest)),
    },
  };
}

/** A note of two chunks, the first full. Of the sound only the hash stands there: the chunks give it. */
async function voiceVector({ crypto }: Scripted): Promise<object> {
  const ids = scripted("voice");
  const [room, voice] = [toId(ids(ID_BYTES)), toId(ids(ID_BYTES))];
  const sound = scripted("sound")(33_000);
  const { key, digest, chunks } = await crypto.sealVoice({ room, voice, sound });
  return { room: idHex(room), voice: idHex(voice), key: hex(key), digest: hex(digest), sound_bytes: sound.length, sound_hash: hex(hash(32, null, sound)), chunks: chunks.map(hex) };
}

async function letterVector({ crypto, account }: Scripted): Promise<object> {
  const entry = toId(scripted("letter")(ID_BYTES));
  const until = NOW_MS + 86_400_000;
  const sealed = await crypto.sealUntil({ entry, until, value: { text: "Ich vergebe dir noch nicht.", voice: null } });
  const context = concat(fromId(entry), u64(until));
  const key = open({ key: account.letterKey, purpose: "letter-key", context }, sealed.subarray(9, 82))!;
  const json = jsonIn({ key, purpose: "letter", context }, sealed.slice(82));
  return { entry: idHex(entry), until_ms: until, key: hex(key), json, sealed: hex(sealed) };
}

/** Ada founds a circle, invites Bo, lets him in; things are said; Bo leaves, and Ada changes the key without him. */
async function circleVector(ada: Scripted, bo: Scripted): Promise<object> {
  const { room, change } = await ada.crypto.foundCircle();
  const founded = await changeVector(room, change, [ada]);
  const invite = await circleInviteVector(ada, bo, room);
  await bo.crypto.loadRoster({ room, links: [readChange(change)], identities: {} });
  const add = [bo.made.identity];
  const grown = await changeVector(room, await ada.crypto.changeMembers({ room, add, remove: [], leaves: [] }), [ada, bo]);
  const box = await boxVector(bo, ada, room);
  const signal = await signalVector(bo, room, grown.roomKey);
  const leave = await bo.crypto.leave({ room });
  const person = bo.made.personId;
  const left = await changeVector(room, await ada.crypto.changeMembers({ room, add: [], remove: [], leaves: [{ person, leave }] }), [ada]);
  return {
    room: idHex(room), invite, changes: [founded.vector, grown.vector, left.vector], box, signal,
    leave: { person: idHex(person), epoch: 2, leave: hex(leave) },
  };
}

const readChange = (change: Bytes): Bytes => {
  const reader = new Reader(change.subarray(1));
  return reader.bytes(reader.u16());
};

async function circleInviteVector(ada: Scripted, bo: Scripted, room: Id): Promise<object> {
  const mark = await ada.crypto.loadRoster({ room, links: [], identities: {} });
  const firstAuthor = ada.made.personId;
  const said = { name: "Dienstag", purpose: "to sit together", agreements: "One speaks,\nall listen." };
  const { id, secret, greeting } = await ada.crypto.newInvite({ name: "Ada", words: "Komm dazu.", circle: { room, firstAuthor, mark, ...said } });
  const { answer, circle } = await bo.crypto.answerCircle({ secret, greeting, name: "Bo" });
  await bo.crypto.trust({ room, kind: "circle", members: [circle.firstAuthor], firstAuthor: circle.firstAuthor });
  const { key } = inviteKeys(secret);
  const context = concat(fromId(id), fromId(firstAuthor), fromId(room));
  return {
    secret: hex(secret), id: idHex(id), inviter: idHex(firstAuthor), author: idHex(firstAuthor), epoch: mark.epoch, hash: hex(mark.hash),
    greeting_json: jsonIn({ key, purpose: "greeting", context: fromId(id) }, greeting), greeting: hex(greeting),
    answer_json: jsonIn({ key, purpose: "answer", context }, answer), answer: hex(answer),
  };
}

async function boxVector(from: Scripted, to: Scripted, room: Id): Promise<object> {
  const id = toId(scripted("box")(ID_BYTES));
  const author = from.made.personId;
  const place = { purpose: "aside", room, id } as const;
  const box = await from.crypto.sealBox({ place, to: [to.made.identity], value: { text: "Ich habe es gehört." } });
  const context = concat(u8(1), fromId(room), fromId(id), fromId(author));
  const reader = new Reader(box.subarray(2));
  const slots: object[] = [];
  let key = new Uint8Array(0);
  for (let left = box[1]!; left > 0; left--) {
    const [c, nonce, sealed] = [reader.bytes(1120), reader.bytes(24), reader.bytes(48)];
    for (const { account, made } of [from, to]) {
      const shared = kemOpen(account.kem.secretKey, c);
      const slotKey = hash(32, shared, label("beside/box-key/1"), context);
      const opened = aeadOpen(slotKey, nonce, sealed, concat(label("beside/box-slot/1"), context));
      if (opened === null) continue;
      key = opened;
      slots.push({ reader: idHex(made.personId), shared: hex(shared), slot_key: hex(slotKey) });
    }
  }
  return { purpose: 1, room: idHex(room), id: idHex(id), author: idHex(author), slots, key: hex(key), json: jsonIn({ key, purpose: "box", context }, reader.rest()), box: hex(box) };
}

async function signalVector(from: Scripted, room: Id, roomKey: Bytes): Promise<object> {
  const body = await from.crypto.sealSignal({ room, value: { here: true } });
  const author = from.made.personId;
  const where = concat(fromId(room), u32(2));
  const key = hash(32, roomKey, label("beside/signal-key/1"), where);
  const plain = aeadOpen(key, body.subarray(5, 29), body.subarray(29), concat(label("beside/signal/1"), where, fromId(author)))!;
  return { room: idHex(room), epoch: 2, author: idHex(author), room_key: hex(roomKey), signal_key: hex(key), json: fromUtf8(unpadFrom(() => 512, plain)), body: hex(body) };
}
