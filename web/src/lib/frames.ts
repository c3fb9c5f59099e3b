// SPDX-License-Identifier: AGPL-3.0-or-later
// The server's octet-stream lists, parsed: entries, vault items, roster links, envelopes, voice chunks. Shapes only; whether a thing
// can be trusted is judged in crypto. Anything that does not fit to the last byte throws BadBytes.

import { BadBytes, Reader, type Bytes } from "./bytes";
import { ID_BYTES, toId, type Id } from "./id";

/** One line of a room's log as the server tells it. */
export interface EntryFrame {
  readonly room: Id;
  /** Gapless in its room, from 1. */
  readonly seq: number;
  readonly timeMs: number;
  readonly author: Id;
  readonly id: Id;
  readonly state: EntryState;
  /** Sealed for "plain", the target's id (16 bytes) for "takeback", else empty. */
  readonly body: Bytes;
}

/** plain: readable · erased: taken back or let go · takeback: this line takes another back · withheld: behind a block. */
export type EntryState = "plain" | "erased" | "takeback" | "withheld";

export interface VaultFrame {
  readonly key: Id;
  readonly version: number;
  /** Sealed; empty once deleted. */
  readonly body: Bytes;
}

export interface EnvelopeFrame {
  readonly epoch: number;
  readonly author: Id;
  readonly body: Bytes;
}

/** A piece of a voice note, sealed. */
export interface VoiceFrame {
  readonly n: number;
  readonly chunk: Bytes;
}

const STATES = new Map<number, EntryState>([[0, "plain"], [1, "erased"], [2, "takeback"], [4, "withheld"]]);

export function readEntryFrames(list: Uint8Array): EntryFrame[] {
  return readAll(list, (reader) => readEntryFrame(reader));
}

/** One frame alone, as the stream carries it. */
export function readOneEntryFrame(bytes: Uint8Array): EntryFrame {
  const reader = new Reader(bytes);
  const frame = readEntryFrame(reader);
  reader.end();
  return frame;
}

function readEntryFrame(outer: Reader): EntryFrame {
  const reader = new Reader(outer.bytes(outer.u32()));
  const room = readId(reader);
  const seq = reader.u64();
  const timeMs = reader.u64();
  const author = readId(reader);
  const id = readId(reader);
  const state = STATES.get(reader.u8());
  const body = reader.rest();
  if (state === undefined || seq < 1 || !bodyFits(state, body)) throw new BadBytes("no entry frame");
  return { room, seq, timeMs, author, id, state, body };
}

function bodyFits(state: EntryState, body: Bytes): boolean {
  if (state === "plain") return body.length > 0;
  return body.length === (state === "takeback" ? ID_BYTES : 0);
}

export function readVaultFrames(list: Uint8Array): VaultFrame[] {
  return readAll(list, (outer) => {
    const reader = new Reader(outer.bytes(outer.u32()));
    return { key: readId(reader), version: reader.u64(), body: reader.rest() };
  });
}

export function readRosterList(list: Uint8Array): Bytes[] {
  return readAll(list, (reader) => reader.bytes(reader.u16()));
}

const LINK_BEFORE_AUTHOR_BYTES = 1 + ID_BYTES + 1 + 4 + 32 + 8;

/** Everybody whom a roster link names: those whose identities it takes to judge it. Nobody, if it is none. */
export function linkPeople(link: Uint8Array): Id[] {
  try {
    const reader = new Reader(link);
    reader.bytes(LINK_BEFORE_AUTHOR_BYTES);
    const author = readId(reader);
    const members = Array.from({ length: reader.u8() }, () => readId(reader));
    return [author, ...members];
  } catch {
    return [];
  }
}

export function readEnvelopeList(list: Uint8Array): EnvelopeFrame[] {
  return readAll(list, (reader) => ({
    epoch: reader.u32(),
    author: readId(reader),
    body: reader.bytes(reader.u16()),
  }));
}

const VOICE_HEAD_BYTES = 8;
const VOICE_CHUNK_MAX_BYTES = (32 << 10) + 64;

/** The voice frames that are whole in BYTES, which may be the beginning of a list that still comes in; and what is left. */
export function takeVoiceFrames(bytes: Uint8Array): { readonly frames: readonly VoiceFrame[]; readonly rest: Uint8Array } {
  const frames: VoiceFrame[] = [];
  let rest = bytes;
  for (let reader = new Reader(rest); reader.left >= VOICE_HEAD_BYTES; reader = new Reader(rest)) {
    const n = reader.u32();
    const length = reader.u32();
    if (length > VOICE_CHUNK_MAX_BYTES) throw new BadBytes("no voice frame");
    if (length > reader.left) break;
    frames.push({ n, chunk: reader.bytes(length) });
    rest = rest.subarray(VOICE_HEAD_BYTES + length);
  }
  return { frames, rest };
}

function readId(reader: Reader): Id {
  return toId(reader.bytes(ID_BYTES));
}

function readAll<T>(list: Uint8Array, one: (reader: Reader) => T): T[] {
  const reader = new Reader(list);
  const all: T[] = [];
  while (reader.left > 0) all.push(one(reader));
  return all;
}
