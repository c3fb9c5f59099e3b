// SPDX-License-Identifier: AGPL-3.0-or-later
// The formats stand still: the shipped code makes the stored vectors to the byte, a keyring that knows nothing but them
// reads them, and a second implementation (check_vectors.c, written from docs/CRYPTO.md, on Debian's older libsodium)
// agrees with every part that needs no X-Wing, and refuses each of them with a bit turned over.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { concat } from "../../web/src/lib/bytes";
import { toId, type Id } from "../../web/src/lib/id";
import { readOneEntryFrame } from "../../web/src/lib/frames";
import { createKeyring } from "../../web/src/crypto/keyring";
import { hash } from "../../web/src/crypto/sodium";
import { makeVectors } from "./vectors";

declare const __TOP__: string;

const file = join(__TOP__, "tests/vectors/vectors.json");
const folder = mkdtempSync(join(tmpdir(), "beside-vectors-"));
const checker = join(folder, "check_vectors");
after(() => rmSync(folder, { recursive: true }));

const unhex = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "hex"));
const id = (text: string): Id => toId(unhex(text));
const stored = JSON.parse(readFileSync(file, "utf8"));

before(() => {
  const flags = execFileSync("pkg-config", ["--cflags", "--libs", "libsodium", "jansson"], { encoding: "utf8" }).trim().split(/\s+/);
  const warnings = ["-std=c17", "-D_DEFAULT_SOURCE", "-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wshadow"];
  execFileSync("cc", [...warnings, "-O1", "-o", checker, join(__TOP__, "tests/vectors/check_vectors.c"), ...flags]);
});

test("the shipped code makes the stored vectors, to the byte", async () => {
  assert.deepEqual(JSON.parse(JSON.stringify(await makeVectors())), stored);
});

test("a keyring that knows nothing but the vectors reads them", async () => {
  const crypto = await createKeyring();
  const [account, other] = stored.accounts;
  const houseId = id(stored.house_id);
  const login = await crypto.signIn({ houseId, name: account.name_typed, passphrase: account.passphrase });
  assert.deepEqual(login, { loginId: unhex(account.login_id), loginSecret: unhex(account.login_secret) });
  await crypto.openWrap({ personId: id(account.person_id), wrap: unhex(account.wrap_passphrase) });
  const { key, body, json } = stored.vault;
  assert.deepEqual(await crypto.openVault({ key: id(key), body: unhex(body) }), JSON.parse(json));
  const label = await crypto.openLabel({ session: id(stored.session_label.session), body: unhex(stored.session_label.body) });
  assert.equal(label, JSON.parse(stored.session_label.json).label);

  const { invite, changes, entries } = stored;
  const room = id(invite.room);
  const answered = await crypto.readAnswer({ secret: unhex(invite.secret), room, answer: unhex(invite.answer) });
  assert.equal(answered.personId, id(other.person_id));
  await crypto.trust({ room, kind: "bond", members: changes[0].members.map(id), firstAuthor: answered.personId });
  await crypto.loadRoster({ room, links: changes.map((change: { link: string }) => unhex(change.link)), identities: {} });
  for (const change of changes) {
    const mine = change.envelopes.find((envelope: { member: string }) => envelope.member === account.person_id);
    await crypto.loadEnvelopes({ room, envelopes: [{ epoch: change.epoch, author: id(change.author), body: unhex(mine.envelope) }] });
  }
  for (const entry of entries) {
    const frame = readOneEntryFrame(unhex(entry.frame));
    assert.deepEqual([frame.room, frame.seq, frame.timeMs, frame.author, frame.id], [room, entry.seq, entry.time_ms, id(entry.author), id(entry.id)]);
    assert.deepEqual(await crypto.openEntry(frame), JSON.parse(entry.json));
  }
});

test("a keyring that knows nothing but the vectors hears the note and reads the letter, on its day", async () => {
  const crypto = await createKeyring();
  const { accounts: [account], voice, letter } = stored;
  await crypto.readCard(account.card.words);
  await crypto.openWrap({ personId: id(account.person_id), wrap: unhex(account.card.wrap) });
  const handle = await crypto.openVoice({ room: id(voice.room), voice: id(voice.voice), key: unhex(voice.key), digest: unhex(voice.digest) });
  const sounds: Uint8Array[] = [];
  for (const [n, chunk] of voice.chunks.entries()) {
    const { sound, last } = await crypto.openVoiceChunk({ handle, chunk: unhex(chunk) });
    assert.equal(last, n === voice.chunks.length - 1);
    sounds.push(sound);
  }
  const sound = concat(...sounds);
  assert.deepEqual([sound.length, Buffer.from(hash(32, null, sound)).toString("hex")], [voice.sound_bytes, voice.sound_hash]);
  const { entry, until_ms: until, json, sealed } = letter;
  await assert.rejects(crypto.openUntil({ entry: id(entry), now: until - 1, sealed: unhex(sealed) }), { code: "too-early" });
  assert.deepEqual(await crypto.openUntil({ entry: id(entry), now: until, sealed: unhex(sealed) }), { until, ...JSON.parse(json) });
});

test("a keyring that knows nothing but the vectors reads the circle: its door, what was said to it alone, and who left", async () => {
  const crypto = await createKeyring();
  const { accounts: [ada, bo], circle } = stored;
  const { invite, box, signal, leave } = circle;
  const room = id(circle.room);
  await crypto.readCard(ada.card.words);
  await crypto.openWrap({ personId: id(ada.person_id), wrap: unhex(ada.card.wrap) });
  const { circle: card } = await crypto.readGreeting({ secret: unhex(invite.secret), greeting: unhex(invite.greeting) });
  const { circle: shown } = JSON.parse(invite.greeting_json);
  assert.deepEqual(card, {
    room, firstAuthor: id(ada.person_id), mark: { epoch: 1, hash: unhex(circle.changes[0].hash) },
    name: shown.name, purpose: shown.purpose, agreements: shown.agreements,
  });
  const answered = await crypto.readAnswer({ secret: unhex(invite.secret), room, answer: unhex(invite.answer), inviter: id(invite.inviter) });
  assert.equal(answered.personId, id(bo.person_id));
  const load = async (change: { link: string; epoch: number; author: string; envelopes: { member: string; envelope: string }[] }): Promise<void> => {
    await crypto.loadRoster({ room, links: [unhex(change.link)], identities: {}, known: card!.mark });
    const mine = change.envelopes.find(({ member }) => member === ada.person_id)!;
    await crypto.loadEnvelopes({ room, envelopes: [{ epoch: change.epoch, author: id(change.author), body: unhex(mine.envelope) }] });
  };
  const [founded, grown, left] = circle.changes;
  await load(founded);
  await load(grown);
  const heard = await crypto.openSignal({ room, author: id(signal.author), body: unhex(signal.body) });
  assert.deepEqual(heard, JSON.parse(signal.json).value);
  const place = { purpose: "aside" as const, room, id: id(box.id), author: id(box.author) };
  assert.deepEqual(await crypto.openBox({ place, box: unhex(box.box) }), JSON.parse(box.json).value);
  await crypto.changeMembers({ room, add: [], remove: [], leaves: [{ person: id(leave.person), leave: unhex(leave.leave) }] });
  await load(left);
});

test("the card of the vectors opens its account", async () => {
  const crypto = await createKeyring();
  const [account] = stored.accounts;
  const { cardId, cardSecret } = await crypto.readCard(account.card.words);
  assert.deepEqual([cardId, cardSecret], [id(account.card.id), unhex(account.card.secret)]);
  await crypto.openWrap({ personId: id(account.person_id), wrap: unhex(account.card.wrap) });
});

test("a second implementation, in C, agrees", () => {
  const { status, stdout, stderr } = spawnSync(checker, [file], { encoding: "utf8" });
  assert.equal(status, 0, stderr + stdout);
  assert.match(stdout, /^[1-9]\d+ checks hold\n$/);
});

/** Where in the vectors something is sealed, signed or hashed. */
const PLACES = [
  "accounts.0.login_id", "accounts.0.login_secret", "accounts.0.identity", "accounts.0.person_id", "accounts.0.wrap_passphrase",
  "accounts.0.card.words", "accounts.0.card.wrap", "accounts.0.change_passphrase.signature", "accounts.0.change_card.signature",
  "accounts.0.deletion.signature", "accounts.1.self_room", "vault.body", "vault.key", "session_label.body", "invite.auth",
  "invite.greeting", "invite.answer", "invite.room", "changes.0.link", "changes.1.link", "changes.0.hash", "changes.1.before",
  "changes.0.envelopes.0.envelope", "changes.1.envelopes.1.shared", "changes.1.body", "entries.0.body", "entries.1.commitment",
  "entries.1.commit_key", "entries.0.json", "entries.0.author", "entries.1.frame", "accounts.1.letter_key",
  "voice.room", "voice.voice", "voice.key", "voice.digest", "voice.sound_hash", "voice.chunks.0", "voice.chunks.1", "letter.entry", "letter.key",
  "letter.json", "letter.sealed", "circle.room", "circle.invite.id", "circle.invite.greeting", "circle.invite.answer", "circle.invite.author",
  "circle.invite.hash", "circle.invite.greeting_json", "circle.changes.0.link", "circle.changes.1.link", "circle.changes.2.before",
  "circle.changes.1.envelopes.0.envelope", "circle.leave.leave", "circle.leave.person", "circle.box.box", "circle.box.id", "circle.box.author",
  "circle.box.key", "circle.box.slots.0.shared", "circle.box.slots.1.slot_key", "circle.signal.body", "circle.signal.author", "circle.signal.room_key",
];

test("the second implementation refuses each part with one digit changed", () => {
  for (const place of PLACES) {
    const copy = structuredClone(stored);
    const path = place.split(".");
    const last = path.pop()!;
    const holder = path.reduce((value, step) => value[step], copy);
    const text: string = holder[last];
    const at = text.length - 1;
    holder[last] = text.slice(0, at) + (text[at] === "0" ? "1" : "0");
    const changed = join(folder, "changed.json");
    writeFileSync(changed, JSON.stringify(copy));
    assert.equal(spawnSync(checker, [changed]).status, 1, place);
  }
});
