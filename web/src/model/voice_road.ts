/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The road of voice notes between this device and the house: sealed chunks go up before the entry that carries them, come
// down when somebody listens, and are deleted when that entry is taken back. Nothing is sealed or opened here.
//
// Chunks go up in order. The house says how many it has; so after a cut, a reload or an evening without a network the next
// one that is missing goes, and none goes twice.

import { signal } from "@preact/signals";
import { ApiProblem } from "../api/problem";
import type { Bytes } from "../lib/bytes";
import type { Id } from "../lib/id";
import type { VoiceRow } from "../local/local";
import type { Core } from "./core";
import { ModelFailure, type Voices } from "./face";

export interface Chunk {
  readonly n: number;
  readonly chunk: Bytes;
  readonly from: "here" | "house";
}

export interface VoiceRoad {
  readonly quota: Voices["quota"];
  refresh(): Promise<void>;
  /** Brings what is missing of a note of mine to the house; STEP is called after each chunk. What is not here, or is there
   *  already, needs nothing. Rejects "gone" if a chunk that the house asks for is not here. */
  send(voice: Id, step: () => void): Promise<void>;
  /** Deletes notes of mine at the house and here. What is not there is deleted. */
  delete(room: Id, voices: readonly Id[]): Promise<void>;
  /** Takes what was sent of them off the house again; they stay here. */
  withdraw(voices: readonly Id[]): Promise<void>;
  /** COUNT chunks at most, in order, from this device and else from the house. */
  chunks(room: Id, voice: Id, count: number): AsyncGenerator<Chunk>;
  clear(): void;
}

export function createVoiceRoad(core: Core): VoiceRoad {
  const quota = signal<{ readonly usedBytes: number; readonly quotaBytes: number } | null>(null);
  const stored = core.local.voices;

  async function refresh(): Promise<void> {
    const { era } = core;
    const { used_bytes: usedBytes, quota_bytes: quotaBytes } = await core.api.voiceUse();
    if (core.era === era && core.isOpen()) quota.value = { usedBytes, quotaBytes };
  }

  async function send(voice: Id, step: () => void): Promise<void> {
    const row = await stored.get(voice);
    if (row?.is !== "mine") return;
    const { era } = core;
    let { have, done } = await standing(row);
    await stored.begin(voice);
    while (!done) {
      const chunk = await stored.chunk(voice, have);
      if (core.era !== era) throw new ModelFailure("locked");
      if (chunk === null) return missing(voice);
      const said = await core.api.putVoiceChunk(row.room, voice, have, have + 1 === row.count, chunk).catch(passing);
      if (said.have <= have) throw new ModelFailure("untrusted");
      ({ have, done } = said);
      step();
    }
    if (have !== row.count) throw new ModelFailure("untrusted");
  }

  async function standing({ room, voice }: VoiceRow): Promise<{ have: number; done: boolean }> {
    try {
      return await core.api.voice(room, voice);
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "not-found") return { have: 0, done: false };
      throw error;
    }
  }

  /** A room that is not there may be on its way there, as my own is on the first day: what is spoken waits for it, as what is
      written does. */
  function passing(error: unknown): never {
    throw error instanceof ApiProblem && error.code === "not-found" ? new ModelFailure("busy") : error;
  }

  /** Taken back meanwhile: then it is not wanted any more. */
  async function missing(voice: Id): Promise<void> {
    if ((await stored.get(voice)) !== null) throw new ModelFailure("gone");
  }

  async function deleteThere(room: Id, voice: Id): Promise<void> {
    try {
      await core.api.deleteVoice(room, voice);
    } catch (error) {
      // Not mine, or I am not in that room: then nothing of mine is there.
      if (!(error instanceof ApiProblem) || (error.code !== "not-found" && error.code !== "forbidden")) throw error;
    }
  }

  async function* chunks(room: Id, voice: Id, count: number): AsyncGenerator<Chunk> {
    for (let n = 0; n < count; ) {
      const chunk = await stored.chunk(voice, n);
      if (chunk !== null) yield { n: n++, chunk, from: "here" };
      else {
        const before = n;
        for await (const frame of core.api.voiceChunks(room, voice, n)) {
          if (frame.n !== n || n === count) throw new ModelFailure("untrusted");
          yield { n: n++, chunk: frame.chunk, from: "house" };
        }
        if (n === before) return; // the house has no more
      }
    }
  }

  return {
    quota,
    refresh,
    send,
    async delete(room, voices) {
      for (const voice of voices) await deleteThere(room, voice);
      await stored.delete(voices);
      if (voices.length > 0) core.background(refresh);
    },
    async withdraw(voices) {
      for (const voice of voices) {
        const row = await stored.get(voice);
        if (row?.is === "mine") await deleteThere(row.room, voice);
      }
      await refresh();
    },
    chunks,
    clear: () => void (quota.value = null),
  };
}
