/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Talking out loud. A recording is kept on this device piece by piece as it is made, sealed; then it is sealed whole for a
// room, as a voice note that an entry carries, and listened to chunk by chunk. How notes travel is voice_road.ts; when they
// leave is the outbox's business.
//
// Sound is never written over by what may yet fail: a recording stays until its owner drops it, a sealed note stays until
// an entry that carries it is at the house. What a crash leaves twice is told apart when the session opens: a recording
// whose note an entry carries already is not offered again.

import { signal } from "@preact/signals";
import { VOICE_SOUND_MAX_BYTES } from "../crypto/face";
import { fromBase64url, toBase64url } from "../lib/base64url";
import { concat, type Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import { createMemo, createQueue, type Core } from "./core";
import { ModelFailure, type Ms, type Recording, type VoiceNote, type Voices } from "./face";
import { toFailure } from "./failure";
import type { VoiceRoad } from "./voice_road";

export interface VoicesNoun extends Voices {
  /** The same sound under a key and an id of its own, for another room. It is mine; it waits for an entry there. */
  copy(note: VoiceNote, from: Id, to: Id): Promise<VoiceNote>;
  /** The sound of a note that never left becomes the recording under KEY. Rejects "recording-waits" if there is another. */
  toRecording(key: string, room: Id, note: VoiceNote): Promise<void>;
  load(): Promise<void>;
  /** What is kept here of voices stays within its bound. */
  tidy(): Promise<void>;
  /** On lock: the signals stay the same for the views that hold them. */
  forget(): void;
}

const LONGEST_MS = 10 * 60_000;
/** A house with less than this left takes no chunk. */
const CHUNK_BYTES = 33_000;
/** What may be kept here of voices that are at the house. */
const COPIES_BYTES = 30 << 20;
/** A note that no entry carries after this time will not be carried. */
const LOST_MS = 86_400_000;

/** What is known of a recording. `kept`: the note that was made of it as it is. */
interface Held extends Recording {
  readonly pieces: number;
  readonly kept: { readonly room: Id; readonly note: VoiceNote } | null;
}

export function createVoices(core: Core, road: VoiceRoad): VoicesNoun {
  const stored = core.local.recordings;
  const held = new Map<string, Held>();
  const slot = createMemo((_key) => signal<Recording | null>(null));
  const queue = createMemo((_key) => createQueue());

  /** One thing at a time under a key, and only while the session is open. */
  const under = <T>(key: string, work: () => Promise<T>): Promise<T> => core.act(() => queue(key)(async () => (core.me(), work())));

  // ── Recordings ────────────────────────────────────────────────────────────────────────────────────────────────────

  function show(key: string, what: Held | null): void {
    if (what === null) held.delete(key);
    else held.set(key, what);
    slot(key).value = what && recordingOf(what);
  }

  /** Shows what was stored, unless the session has closed since ERA, in which the work began. */
  async function storing(era: number, key: string, what: Held | null, store: () => Promise<unknown>): Promise<void> {
    await store();
    if (core.era === era) show(key, what);
  }

  function need(key: string): Held {
    const found = held.get(key);
    if (found === undefined) throw new ModelFailure("gone");
    return found;
  }

  const rowOf = async (key: string, what: Held) => ({ id: what.id, sealed: await core.sealJson(what, place(key)) });

  async function begin(key: string, what: Held, pieces: readonly Uint8Array[]): Promise<void> {
    const { era } = core;
    const sealed = await Promise.all(pieces.map((piece, n) => sealPiece(what.id, n, piece)));
    const row = await rowOf(key, what);
    await storing(era, key, what, () => stored.put(key, row, sealed));
    core.tabs.tell({ news: "recordings" });
  }

  const sealPiece = (id: Id, n: number, piece: Uint8Array): Promise<Bytes> => core.crypto.sealLocal(new Uint8Array(piece), piecePlace(id, n));

  async function add(key: string, piece: Uint8Array, ms: Ms): Promise<void> {
    const { era } = core;
    const before = need(key);
    const bytes = before.bytes + piece.length;
    if (ms > LONGEST_MS || bytes > VOICE_SOUND_MAX_BYTES) throw new ModelFailure("too-long");
    const now: Held = { ...before, ms: Math.round(ms), bytes, pieces: before.pieces + 1, kept: null };
    const [sealed, row] = await Promise.all([sealPiece(now.id, before.pieces, piece), rowOf(key, now)]);
    await storing(era, key, now, () => change(stored.change(key, row, before.pieces, sealed)));
  }

  /** Another tab has begun another one there. */
  async function change(changing: Promise<boolean>): Promise<void> {
    if (!(await changing)) throw new ModelFailure("gone");
  }

  async function whole(key: string): Promise<Bytes> {
    const { id, pieces } = need(key);
    const sealed = (await stored.pieces(id)).slice(0, pieces);
    const opened = await Promise.all(sealed.map((piece, n) => core.crypto.openLocal(piece, piecePlace(id, n))));
    return concat(...opened);
  }

  async function erase(key: string): Promise<void> {
    const { era } = core;
    await storing(era, key, null, () => stored.delete(key));
    core.tabs.tell({ news: "recordings" });
  }

  /** Another that another tab began there meanwhile stays. */
  async function drop(key: string): Promise<void> {
    const there = await stored.get(key);
    await (there === null || there.id === held.get(key)?.id ? erase(key) : reload(key));
  }

  async function reload(key: string): Promise<void> {
    const { era } = core;
    const row = await stored.get(key);
    const what = row && ((await core.openJson(row.sealed, place(key))) as Held | null);
    if (what?.kept && (await core.local.voices.carried(what.kept.note.voice))) return erase(key);
    await storing(era, key, what, async () => undefined);
  }

  /** Shows what waits there, which another tab may have recorded. Rejects "recording-waits" if more does than was seen here. */
  async function mustBeSeen(key: string): Promise<void> {
    const seen = held.get(key);
    await reload(key);
    const there = held.get(key);
    if (there !== undefined && there.bytes > 0 && (there.id !== seen?.id || there.bytes !== seen.bytes)) throw new ModelFailure("recording-waits");
  }

  async function load(): Promise<void> {
    const { era } = core;
    for (const key of new Set([...(await stored.keys()), ...held.keys()])) if (core.era === era) await under(key, () => reload(key));
  }

  // ── Notes ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  async function seal(room: Id, sound: Bytes, about: Pick<VoiceNote, "ms" | "type">): Promise<VoiceNote> {
    const voice = core.newId();
    const { key, digest, chunks } = await core.crypto.sealVoice({ room, voice, sound });
    await core.local.voices.put({ voice, room, atMs: core.platform.now() }, chunks);
    return { voice, key: toBase64url(key), digest: toBase64url(digest), ms: about.ms, chunks: chunks.length, type: about.type };
  }

  async function keep(key: string, room: Id): Promise<VoiceNote> {
    const { era } = core;
    const what = need(key);
    if (what.bytes === 0) throw new ModelFailure("gone");
    if (what.kept?.room === room && (await waits(what.kept.note.voice))) return what.kept.note;
    const note = await seal(room, await whole(key), what);
    const now: Held = { ...what, kept: { room, note } };
    const row = await rowOf(key, now);
    await storing(era, key, now, () => change(stored.change(key, row)));
    return note;
  }

  /** It is sealed here, and nothing carries it yet. */
  async function waits(voice: Id): Promise<boolean> {
    return (await core.local.voices.get(voice)) !== null && !(await core.local.voices.carried(voice));
  }

  async function* open(room: Id, note: VoiceNote): AsyncGenerator<Bytes> {
    core.me();
    const { era } = core;
    const { voice } = note;
    const handle = await core.crypto.openVoice({ room, voice, ...secretsOf(note) });
    try {
      for await (const { n, chunk, from } of road.chunks(room, voice, note.chunks)) {
        const { sound, last } = await core.crypto.openVoiceChunk({ handle, chunk });
        if (from === "house" && core.era === era) await core.local.voices.copy({ voice, room, atMs: core.platform.now() }, n, chunk);
        yield sound;
        if (last) return core.background(tidy);
      }
      throw new ModelFailure("untrusted");
    } catch (error) {
      // A copy that was spoiled here is fetched anew the next time.
      if (toFailure(error).code === "untrusted") await forgetCopy(voice);
      throw error;
    } finally {
      if (core.era === era) await core.crypto.closeVoice(handle);
    }
  }

  async function forgetCopy(voice: Id): Promise<void> {
    if ((await core.local.voices.get(voice))?.is === "copy") await core.local.voices.delete([voice]);
  }

  async function* play(room: Id, note: VoiceNote): AsyncGenerator<Uint8Array> {
    const sound = open(room, note);
    try {
      for (let next = await core.act(() => sound.next()); !next.done; next = await core.act(() => sound.next())) yield next.value;
    } finally {
      await sound.return(undefined);
    }
  }

  async function soundOf(room: Id, note: VoiceNote): Promise<Bytes> {
    const pieces: Bytes[] = [];
    for await (const piece of open(room, note)) pieces.push(piece);
    return concat(...pieces);
  }

  const tidy = () => core.local.voices.tidy(COPIES_BYTES, core.platform.now() - LOST_MS);

  function isFull(): boolean {
    const known = road.quota.peek();
    return known !== null && known.quotaBytes - known.usedBytes < CHUNK_BYTES;
  }

  const fresh = (type: string): Held => ({ id: core.newId(), began: core.platform.now(), ms: 0, bytes: 0, type, pieces: 0, kept: null });

  return {
    quota: road.quota,
    longestMs: LONGEST_MS,
    recording: slot,
    start: (key, type) => under(key, async () => {
      if (isFull()) throw new ModelFailure("voice-full");
      await mustBeSeen(key);
      await begin(key, fresh(type), []);
    }),
    add: (key, piece, ms) => under(key, () => add(key, piece, ms)),
    sound: (key) => under(key, () => whole(key)),
    drop: (key) => under(key, () => drop(key)),
    keep: (key, room) => under(key, () => keep(key, room)),
    play,
    copy: (note, from, to) => core.act(async () => seal(to, await soundOf(from, note), note)),
    toRecording: (key, room, note) => under(key, async () => {
      await reload(key);
      const there = held.get(key);
      if (there !== undefined && there.bytes > 0 && there.kept?.note.voice !== note.voice) throw new ModelFailure("recording-waits");
      const sound = await soundOf(room, note);
      await begin(key, { ...fresh(note.type), ms: note.ms, bytes: sound.length, pieces: 1, kept: { room, note } }, [sound]);
    }),
    load,
    tidy,
    forget() {
      for (const key of [...held.keys()]) show(key, null);
      road.clear();
    },
  };
}

const recordingOf = ({ id, began, ms, bytes, type }: Held): Recording => ({ id, began, ms, bytes, type });

const place = (key: string) => `recording/${key}`;
const piecePlace = (id: Id, n: number) => `recording/${id}/${n}`;

/** Another's client says what it likes. */
function secretsOf({ key, digest }: VoiceNote): { key: Bytes; digest: Bytes } {
  try {
    return { key: fromBase64url(key), digest: fromBase64url(digest) };
  } catch {
    throw new ModelFailure("untrusted");
  }
}
