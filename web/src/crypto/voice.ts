// SPDX-License-Identifier: AGPL-3.0-or-later
// Voice notes: one recording, sealed under a key of its own as a stream of chunks of one size, so that it can be heard
// before all of it has come and so that the house learns its length only roughly. The key stands inside the entry that
// speaks of the note. Chunks are bound to room, note and number, the last is marked: none can be moved, left out or added.
//
// One recording has one form: every chunk but the last is full, none is empty that need not be. So nothing can be hidden
// between chunks, and nobody can be kept listening for ever. The entry also carries the digest of all chunks: so what was
// said is part of what its author committed to, and nobody who knows the key can put another sound in its place.

import { concat, u32, type Bytes } from "../lib/bytes";
import { fromId, type Id } from "../lib/id";
import { CryptoError, VOICE_SOUND_MAX_BYTES } from "./face";
import {
  equal, hash, KEY_BYTES, label, STREAM_HEADER_BYTES, STREAM_TAG_BYTES, streamBegin, streamEnd, streamOpen, streamSeal, wipe, type Random, type Stream,
} from "./sodium";

const PLAIN_BYTES = 32_768;
const LENGTH_BYTES = 2;
const SEALED_BYTES = PLAIN_BYTES + STREAM_TAG_BYTES;
export const SOUND_BYTES = PLAIN_BYTES - LENGTH_BYTES;
const DIGEST_BYTES = 32;
const CHUNKS_MAX = chunksOf(VOICE_SOUND_MAX_BYTES);

export interface VoicePlace {
  readonly room: Id;
  readonly voice: Id;
}

export function sealVoice(place: VoicePlace, sound: Uint8Array, random: Random): { key: Bytes; digest: Bytes; chunks: Bytes[] } {
  if (sound.length > VOICE_SOUND_MAX_BYTES) throw new CryptoError("too-long");
  const where = bound(place);
  const key = random(KEY_BYTES);
  const header = random(STREAM_HEADER_BYTES);
  const stream = streamBegin(key, header);
  try {
    const [first, ...others] = sealChunks(stream, where, sound);
    const chunks = [concat(header, first!), ...others];
    return { key, digest: chunks.reduce(digestNext, digestStart(place)), chunks };
  } finally {
    streamEnd(stream);
  }
}

/** A chain, so that it grows chunk by chunk without a state that must be wiped. */
const digestStart = ({ room, voice }: VoicePlace): Bytes => hash(DIGEST_BYTES, null, label("beside/voice-digest/1"), fromId(room), fromId(voice));
const digestNext = (before: Bytes, chunk: Uint8Array): Bytes => hash(DIGEST_BYTES, null, before, chunk);

function sealChunks(stream: Stream, where: Where, sound: Uint8Array): Bytes[] {
  const plain = new Uint8Array(PLAIN_BYTES);
  const count = chunksOf(sound.length);
  const chunks = Array.from({ length: count }, (_, n) => {
    fill(plain, sound.subarray(n * SOUND_BYTES, (n + 1) * SOUND_BYTES));
    return streamSeal(stream, plain, where(n), n === count - 1);
  });
  wipe(plain);
  return chunks;
}

function chunksOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / SOUND_BYTES));
}

function fill(plain: Bytes, sound: Uint8Array): void {
  new DataView(plain.buffer).setUint16(0, sound.length);
  plain.set(sound, LENGTH_BYTES);
  plain.fill(0, LENGTH_BYTES + sound.length);
}

/** What chunk N is bound to. */
type Where = (n: number) => Bytes;

function bound({ room, voice }: VoicePlace): Where {
  const where = concat(label("beside/voice/1"), fromId(room), fromId(voice));
  return (n) => concat(where, u32(n));
}

/** Opens one note, chunk by chunk in order. After the last chunk, and after anything thrown, it must be closed. */
export class VoiceReader {
  private readonly where: Where;
  private readonly key: Bytes;
  private heard: Bytes;
  private stream: Stream | null = null;
  private next = 0;

  constructor(place: VoicePlace, key: Uint8Array, private readonly digest: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new CryptoError("untrusted", "voice-key");
    if (digest.length !== DIGEST_BYTES) throw new CryptoError("untrusted", "voice-digest");
    this.where = bound(place);
    this.heard = digestStart(place);
    this.key = new Uint8Array(key);
  }

  open(chunk: Uint8Array): { sound: Bytes; last: boolean } {
    const n = this.next++;
    if (n === CHUNKS_MAX) throw new CryptoError("untrusted", "voice-endless");
    const { stream, sealed } = this.stream === null ? this.begin(chunk) : { stream: this.stream, sealed: chunk };
    const opened = sealed.length === SEALED_BYTES ? streamOpen(stream, sealed, this.where(n)) : null;
    if (opened === null) throw new CryptoError("untrusted", "voice-chunk");
    this.heard = digestNext(this.heard, chunk);
    if (opened.last && !equal(this.heard, this.digest)) throw new CryptoError("untrusted", "voice-digest");
    const sound = soundIn(opened.plaintext, { first: n === 0, last: opened.last });
    wipe(opened.plaintext);
    if (sound === null) throw new CryptoError("untrusted", "voice-padding");
    return { sound, last: opened.last };
  }

  /** The first chunk brings the header of the stream along; once it is there, the state holds what the key was for. */
  private begin(chunk: Uint8Array): { stream: Stream; sealed: Uint8Array } {
    if (chunk.length < STREAM_HEADER_BYTES) throw new CryptoError("untrusted", "voice-chunk");
    this.stream = streamBegin(this.key, chunk.subarray(0, STREAM_HEADER_BYTES));
    wipe(this.key);
    return { stream: this.stream, sealed: chunk.subarray(STREAM_HEADER_BYTES) };
  }

  close(): void {
    wipe(this.key);
    if (this.stream !== null) streamEnd(this.stream);
    this.stream = null;
  }
}

/** Null if the plaintext has not the one form that sealVoice gives it. */
function soundIn(plain: Bytes, { first, last }: { first: boolean; last: boolean }): Bytes | null {
  const length = new DataView(plain.buffer).getUint16(0);
  if (length > SOUND_BYTES || (length < SOUND_BYTES && !last) || (length === 0 && !first)) return null;
  const end = LENGTH_BYTES + length;
  return plain.subarray(end).some((byte) => byte !== 0) ? null : plain.slice(LENGTH_BYTES, end);
}
