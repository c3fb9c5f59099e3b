// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { concat, u16, u32, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import { VOICE_SOUND_MAX_BYTES, type Crypto } from "./face";
import { hash, label, randomBytes, streamBegin, streamEnd, streamSeal } from "./sodium";
import { flipped, newId, person, refuses, type Person } from "./test_kit";

const FULL = 32_766;
const SEALED = 32_768 + 17;

let ada: Person;
let crypto: Crypto;
before(async () => {
  ada = await person("ada");
  ({ crypto } = ada);
});

/** A sound that differs from chunk to chunk. Drawing as much at random takes long. */
const recorded = (size: number): Bytes => new Uint8Array(size).map((_, i) => (i * 2_654_435_761) >>> 13);

interface Note {
  readonly room: Id;
  readonly voice: Id;
  readonly key: Bytes;
  readonly digest: Bytes;
  readonly chunks: readonly Bytes[];
}

async function note(sound: Bytes, place = { room: newId(), voice: newId() }): Promise<Note> {
  return { ...place, ...(await crypto.sealVoice({ ...place, sound })) };
}

async function heard({ chunks, ...how }: Note): Promise<{ sounds: Bytes[]; lasts: boolean[] }> {
  const handle = await crypto.openVoice(how);
  const [sounds, lasts]: [Bytes[], boolean[]] = [[], []];
  for (const chunk of chunks) {
    const { sound, last } = await crypto.openVoiceChunk({ handle, chunk });
    sounds.push(sound);
    lasts.push(last);
  }
  await crypto.closeVoice(handle);
  return { sounds, lasts };
}

/** CHUNKS must be refused at the last of them, and at none before. */
async function refusesLast(whole: Note, chunks: readonly Bytes[], reason = "voice-chunk"): Promise<void> {
  const { room, voice, key, digest } = whole;
  const handle = await crypto.openVoice({ room, voice, key, digest });
  for (const chunk of chunks.slice(0, -1)) await crypto.openVoiceChunk({ handle, chunk });
  await refuses(crypto.openVoiceChunk({ handle, chunk: chunks.at(-1)! }), "untrusted", reason);
  await refuses(crypto.openVoiceChunk({ handle, chunk: whole.chunks[0]! }), "untrusted", "voice-closed");
}

/** A note whose sender seals what they please: each plaintext as it stands, the last one marked if LAST. */
function forged(plains: readonly Bytes[], last = true, { room, voice, key } = { room: newId(), voice: newId(), key: randomBytes(32) }): Note {
  const header = randomBytes(24);
  const stream = streamBegin(key, header);
  const sealed = plains.map((plain, n) => streamSeal(stream, plain, boundTo(room, voice, n), last && n === plains.length - 1));
  streamEnd(stream);
  const chunks = [concat(header, sealed[0]!), ...sealed.slice(1)];
  return { room, voice, key, digest: digestOf({ room, voice }, chunks), chunks };
}

function digestOf({ room, voice }: { room: Id; voice: Id }, chunks: readonly Bytes[]): Bytes {
  const start = hash(32, null, label("beside/voice-digest/1"), fromId(room), fromId(voice));
  return chunks.reduce((before, chunk) => hash(32, null, before, chunk), start);
}

const boundTo = (room: Id, voice: Id, n: number): Bytes => concat(label("beside/voice/1"), fromId(room), fromId(voice), u32(n));

function plain(length: number, bytes: number = length, padding: (zeros: Bytes) => Bytes = (zeros) => zeros): Bytes {
  return concat(u16(length), new Uint8Array(bytes).fill(7), padding(new Uint8Array(FULL - bytes)));
}

test("a recording of any size opens to what it was, in chunks that tell its length only roughly", async () => {
  for (const size of [0, 1, 2, 255, FULL - 1, FULL, FULL + 1, 2 * FULL - 1, 2 * FULL, 2 * FULL + 1, 65_535, 65_536, 300_000]) {
    const sound = recorded(size);
    const before = new Uint8Array(sound);
    const made = await note(sound);
    assert.deepEqual(sound, before);
    const count = Math.max(1, Math.ceil(size / FULL));
    assert.deepEqual(made.chunks.map(({ length }) => length), [24 + SEALED, ...Array(count - 1).fill(SEALED)]);
    const { sounds, lasts } = await heard(made);
    assert.deepEqual(concat(...sounds), sound);
    assert.deepEqual(lasts, [...Array(count - 1).fill(false), true]);
  }
});

test("the longest recording fits, a longer one is told before anything is sealed", async () => {
  const sound = new Uint8Array(VOICE_SOUND_MAX_BYTES + 1).fill(1);
  await refuses(crypto.sealVoice({ room: newId(), voice: newId(), sound }), "too-long");
  const made = await note(sound.subarray(1));
  assert.equal(made.chunks.length, 513);
  assert.ok(made.chunks.every(({ length }) => length <= 32_768 + 64));
  assert.ok(made.chunks.reduce((sum, { length }) => sum + length, 0) <= 17 << 20);
  const { sounds } = await heard(made);
  assert.equal(sounds.reduce((sum, { length }) => sum + length, 0), VOICE_SOUND_MAX_BYTES);
});

test("every note has a key of its own, and only that opens it", async () => {
  const sound = recorded(50);
  const [one, two] = [await note(sound), await note(sound)];
  assert.notDeepEqual(one.key, two.key);
  await refusesLast({ ...one, key: two.key }, one.chunks);
  await refusesLast({ ...one, key: flipped(one.key) }, one.chunks);
  for (const length of [0, 31, 33]) {
    await refuses(crypto.openVoice({ ...one, key: new Uint8Array(length) }), "untrusted", "voice-key");
  }
  const kept = new Uint8Array(one.key);
  const handle = await crypto.openVoice({ ...one, key: kept });
  kept.fill(0);
  assert.equal((await crypto.openVoiceChunk({ handle, chunk: one.chunks[0]! })).last, true);
});

test("nobody who knows the key can put another sound in its place", async () => {
  const made = await note(recorded(FULL + 10));
  const other = forged([plain(FULL), plain(10)], true, made);
  assert.equal((await heard(other)).lasts.length, 2);
  await refusesLast({ ...other, digest: made.digest }, other.chunks, "voice-digest");
  await refusesLast({ ...made, digest: flipped(made.digest) }, made.chunks, "voice-digest");
  for (const length of [0, 31, 33]) await refuses(crypto.openVoice({ ...made, digest: new Uint8Array(length) }), "untrusted", "voice-digest");
});

test("a chunk altered anywhere is refused", async () => {
  const made = await note(recorded(FULL + 10));
  const [first, second] = made.chunks as [Bytes, Bytes];
  for (const at of [0, 15, 16, 23, 24, 25, 26, 27, 20_000, -17, -16, -1]) await refusesLast(made, [flipped(first, at)]);
  for (const at of [0, 1, 2, 20_000, -17, -16, -1]) await refusesLast(made, [first, flipped(second, at)]);
  for (const size of [0, 1, 23, 24, 40, 41, first.length - 1]) await refusesLast(made, [first.slice(0, size)]);
  for (const size of [0, 16, 17, second.length - 1]) await refusesLast(made, [first, second.slice(0, size)]);
  await refusesLast(made, [concat(first, new Uint8Array(1))]);
  await refusesLast(made, [first, concat(second, new Uint8Array(1))]);
});

test("no chunk can be moved, repeated, left out or added", async () => {
  const made = await note(recorded(3 * FULL + 10));
  const [a, b, c, d] = made.chunks as [Bytes, Bytes, Bytes, Bytes];
  await refusesLast(made, [b]);
  await refusesLast(made, [a, a]);
  await refusesLast(made, [a, a.slice(24)]);
  await refusesLast(made, [a, c]);
  await refusesLast(made, [a, b, d]);
  await refusesLast(made, [a, b, b]);
  await refusesLast(made, [a, b, c, d, d], "voice-closed");
  await refusesLast(made, [a, b, c, d, new Uint8Array(SEALED)], "voice-closed");
});

test("a note that was cut short never says that it ended", async () => {
  const made = await note(recorded(2 * FULL));
  const { lasts } = await heard({ ...made, chunks: made.chunks.slice(0, -1) });
  assert.deepEqual(lasts, [false]);
});

test("a chunk of another note or room is refused, even under the same key and header", async () => {
  const made = await note(recorded(FULL + 1));
  const header = made.chunks[0]!.slice(0, 24);
  const sealedAs = (room: Id, voice: Id, first: number): Bytes[] => {
    const stream = streamBegin(made.key, header);
    const chunks = [plain(FULL), plain(1)].map((bytes, n) => streamSeal(stream, bytes, boundTo(room, voice, first + n), n === 1));
    streamEnd(stream);
    return [concat(header, chunks[0]!), chunks[1]!];
  };
  const chunks = sealedAs(made.room, made.voice, 0);
  const good = chunks[0]!;
  await heard({ ...made, digest: digestOf(made, chunks), chunks });
  await refusesLast(made, [sealedAs(made.room, newId(), 0)[0]!]);
  await refusesLast(made, [sealedAs(newId(), made.voice, 0)[0]!]);
  await refusesLast(made, [sealedAs(made.room, made.voice, 1)[0]!]);
  await refusesLast(made, [good, sealedAs(made.room, newId(), 0)[1]!]);
  await refusesLast({ ...made, voice: newId() }, [made.chunks[0]!]);
  await refusesLast({ ...made, room: newId() }, [made.chunks[0]!]);
});

test("the recording has one form: no padding but zeros, every chunk but the last full, none empty that need not be", async () => {
  const lastByte = (zeros: Bytes): Bytes => flipped(zeros);
  const firstByte = (zeros: Bytes): Bytes => flipped(zeros, 0);
  const bad: [string, Note][] = [
    ["padding, its end", forged([plain(5, 5, lastByte)])],
    ["padding, its beginning", forged([plain(5, 5, firstByte)])],
    ["padding of nothing", forged([plain(0, 0, lastByte)])],
    ["padding shorter than the sound", forged([plain(4, 5)])],
    ["longer than the chunk", forged([plain(FULL + 1, FULL)])],
    ["as long as can be told", forged([plain(65_535, FULL)])],
    ["not full, not last", forged([plain(FULL - 1), plain(1)])],
    ["empty, not last", forged([plain(0), plain(1)])],
    ["an empty end", forged([plain(FULL), plain(0)])],
  ];
  for (const [what, made] of bad) {
    await refuses(heard(made), "untrusted", "voice-padding").catch((error: Error) => assert.fail(`${what}: ${error.message}`));
  }
  await heard(forged([plain(0)]));
  await heard(forged([plain(FULL)]));
  for (const size of [0, 1, 2, FULL + 1, FULL + 3]) await refuses(heard(forged([new Uint8Array(size)])), "untrusted", "voice-chunk");
});

test("marks that libsodium knows and beside does not use are refused", async () => {
  const { default: sodium } = await import("libsodium-wrappers-sumo");
  for (const tag of [1, 2, 4, 255]) {
    const [room, voice] = [newId(), newId()];
    const key = randomBytes(32);
    const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key);
    const chunk = sodium.crypto_secretstream_xchacha20poly1305_push(state, plain(FULL), boundTo(room, voice, 0), tag);
    const chunks = [concat(header, chunk)];
    await refuses(heard({ room, voice, key, digest: digestOf({ room, voice }, chunks), chunks }), "untrusted", "voice-chunk");
  }
});

test("what libsodium itself seals is what is opened", async () => {
  const { default: sodium } = await import("libsodium-wrappers-sumo");
  const [room, voice, key] = [newId(), newId(), randomBytes(32)];
  const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key);
  const chunk = sodium.crypto_secretstream_xchacha20poly1305_push(state, plain(3), boundTo(room, voice, 0), sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL);
  const chunks = [concat(header, chunk)];
  const { sounds } = await heard({ room, voice, key, digest: digestOf({ room, voice }, chunks), chunks });
  assert.deepEqual(sounds, [new Uint8Array(3).fill(7)]);
});

test("nobody can be kept listening for ever", async () => {
  const endless = forged(Array<Bytes>(514).fill(plain(FULL)), false);
  await refusesLast(endless, endless.chunks, "voice-endless");
});

test("of more notes than a screen opens, the oldest is closed", async () => {
  const made = await note(recorded(FULL + 1));
  const handles: number[] = [];
  for (let i = 0; i < 9; i++) handles.push(await crypto.openVoice(made));
  assert.equal(new Set(handles).size, 9);
  const hear = (handle: number): Promise<unknown> => crypto.openVoiceChunk({ handle, chunk: made.chunks[0]! });
  await refuses(hear(handles[0]!), "untrusted", "voice-closed");
  for (const handle of handles.slice(1)) await hear(handle);
  await crypto.closeVoice(handles[1]!);
  await crypto.closeVoice(handles[1]!);
  await refuses(hear(handles[1]!), "untrusted", "voice-closed");
  await crypto.openVoice(made);
  await crypto.openVoiceChunk({ handle: handles[2]!, chunk: made.chunks[1]! });
  for (const handle of [...handles, -1, Number.NaN]) await crypto.closeVoice(handle);
  await refuses(hear(Number.NaN), "untrusted", "voice-closed");
});

test("notes side by side do not disturb each other", async () => {
  const [one, two] = [await note(recorded(2 * FULL)), await note(recorded(2 * FULL))];
  const [first, second] = [await crypto.openVoice(one), await crypto.openVoice(two)];
  for (const n of [0, 1]) {
    for (const [handle, { chunks }] of [[first, one], [second, two]] as const) {
      assert.equal((await crypto.openVoiceChunk({ handle, chunk: chunks[n]! })).last, n === 1);
    }
  }
});

test("a stream that ended leaves no key in the library's memory, and its room to the next", async () => {
  const { default: sodium } = await import("libsodium-wrappers-sumo");
  const { HEAPU8 } = (sodium as unknown as { libsodium: { HEAPU8: Uint8Array } }).libsodium;
  const stream = streamBegin(randomBytes(32), randomBytes(24));
  const at = stream.state as unknown as number;
  const key = (): Uint8Array => HEAPU8.slice(at + 16, at + 32); // before it stands what malloc writes into what is free
  assert.ok(key().some((byte) => byte !== 0));
  streamEnd(stream);
  assert.deepEqual(key(), new Uint8Array(16));
  const next = streamBegin(randomBytes(32), randomBytes(24));
  assert.equal(next.state, stream.state);
  streamEnd(next);
});

test("places that are no ids are refused", async () => {
  const sound = new Uint8Array(1);
  await refuses(crypto.sealVoice({ room: "x", voice: newId(), sound }), "untrusted", "malformed");
  await refuses(crypto.sealVoice({ room: newId(), voice: "", sound }), "untrusted", "malformed");
  await refuses(crypto.openVoice({ room: newId(), voice: "", key: randomBytes(32), digest: randomBytes(32) }), "untrusted", "malformed");
});

test("locking closes what was open, and nothing is sealed or opened while locked", async () => {
  const bo = await person("bob");
  const made = await note(recorded(2 * FULL));
  const handle = await bo.crypto.openVoice(made);
  await bo.crypto.openVoiceChunk({ handle, chunk: made.chunks[0]! });
  await bo.crypto.lock();
  await refuses(bo.crypto.openVoiceChunk({ handle, chunk: made.chunks[1]! }), "locked");
  await refuses(bo.crypto.openVoice(made), "locked");
  await refuses(bo.crypto.sealVoice({ ...made, sound: new Uint8Array(1) }), "locked");
  await bo.crypto.signIn(bo.credentials);
  await bo.crypto.openWrap({ personId: bo.id, wrap: bo.made.wrapPassphrase });
  await refuses(bo.crypto.openVoiceChunk({ handle, chunk: made.chunks[1]! }), "untrusted", "voice-closed");
  assert.ok(await bo.crypto.openVoice(made) > handle);
});
