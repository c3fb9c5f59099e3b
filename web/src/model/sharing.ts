/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Opening what is mine to others, little by little: one way for pages, check-ins and letters.
//
// What someone gets is a share in their room; what I have of it is a record in the self room that names it. Both are put
// down in one step, and the share leaves after its record, so that nobody can read what is not known here to be readable.
// Taking back takes both, wherever it is asked for. Where a bond's log says that a share is gone, it counts over the record.

import { computed, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import { voicesIn } from "./content";
import type { Core } from "./core";
import { ModelFailure, type CheckinWords, type Log, type Ms, type SharedWith, type VoiceNote, type Wish } from "./face";
import type { Logs } from "./logs";
import type { Back, Outbox, Put } from "./outbox";
import type { Shelf, Standing, StandingVersion } from "./shelf";
import type { Things } from "./things";

/** My record that ENTRY in ROOM carries something of mine. */
export interface ShareRecord {
  /** The record's own line. */
  readonly line: Id;
  readonly room: Id;
  readonly entry: Id;
  readonly at: Ms;
}

export interface Told {
  readonly text: string;
  readonly wish: Wish;
  readonly checkin: CheckinWords | null;
  readonly voice: VoiceNote | null;
}

/** Seals a note of mine anew for another room, under a key and an id of its own. */
export type CopyVoice = (note: VoiceNote, from: Id, to: Id) => Promise<VoiceNote>;

export interface Sharing {
  /** Records near the end of the self room's log, with what they are about; those on their way too. */
  readonly near: ReadonlySignal<readonly (ShareRecord & { readonly of: Id })[]>;
  /** With whom this stands open. An ended bond counts: they can still read it. Reads signals. */
  readable(records: readonly ShareRecord[]): readonly SharedWith[];
  /** Opens OF to ROOMS; BACKS are taken back in the same step. Gives the shares' ids. */
  open(of: Id, rooms: readonly Id[], told: Told, backs?: readonly Back[]): Promise<readonly Id[]>;
  /** Closes OF to ROOM again. */
  close(of: Id, room: Id): Promise<void>;
  /** The records of an entry in a bond: they go when it goes. */
  recordsOf(room: Id, entry: Id): Promise<readonly Back[]>;
  /** Takes back all that stands of a thing: versions, voices, records, a letter's road. What others were given stays. */
  letGo(id: Id): Promise<void>;
  /** My room, or "locked". */
  mine(): Id;
}

export interface SharingDeps {
  readonly outbox: Outbox;
  readonly logs: Logs;
  readonly shelf: Shelf;
  readonly things: Things;
  readonly self: ReadonlySignal<Log | null>;
  readonly log: (room: Id) => Pick<Log, "writable">;
  readonly copyVoice: CopyVoice;
}

export function createSharing(core: Core, { outbox, logs, shelf, things, self, log, copyVoice }: SharingDeps): Sharing {
  const near = computed(() =>
    (self.value?.lines.value ?? []).flatMap((line) => {
      if (line.is !== "entry" || line.content.kind !== "shared") return [];
      const { of, room, entry } = line.content;
      return [{ line: line.id, of, room, entry, at: line.at }];
    }),
  );

  function mine(): Id {
    const room = self.peek()?.room;
    if (room === undefined) throw new ModelFailure("locked");
    return room;
  }

  function isGone({ room, entry }: ShareRecord): boolean {
    const seen = logs.all.value.find((one) => one.room === room)?.seen.value ?? [];
    if (seen.some(({ id, state }) => id === entry && state === "erased")) return true;
    return outbox.waitingIn(room).value.some(({ id, what, place }) => id === entry && (what === "takeback" || place.is === "refused"));
  }

  async function open(of: Id, rooms: readonly Id[], told: Told, backs: readonly Back[] = []): Promise<readonly Id[]> {
    if (rooms.some((room) => !log(room).writable.peek())) throw new ModelFailure("room-ended");
    const home = mine();
    const puts: Put[] = [];
    for (const room of new Set(rooms)) {
      const voice = told.voice === null ? null : await copyVoice(told.voice, home, room);
      const [record, entry] = [core.newId(), core.newId()];
      puts.push({ room: home, id: record, content: { kind: "shared", of, room, entry, voice: voice?.voice ?? null } });
      puts.push({ room, id: entry, after: [record], content: { kind: "share", ...told, voice, note: null } });
    }
    await outbox.step(puts, backs);
    return puts.flatMap(({ content, id }) => (content.kind === "share" ? [id!] : []));
  }

  const recordBack = ({ line }: { readonly line: Id }): Back => ({ room: mine(), id: line });

  async function recordsOf(room: Id, entry: Id): Promise<readonly Back[]> {
    const here = near.peek().filter((one) => one.entry === entry && one.room === room);
    if (here.length > 0) return here.map(recordBack);
    await shelf.ready().catch(() => undefined); // the words are to go whatever the shelf can say
    for (const { id } of shelf.kept.peek().filter(({ sharedWith }) => sharedWith.includes(room))) {
      const found = (await shelf.standing(id))?.shared.filter((one) => one.entry === entry) ?? [];
      if (found.length > 0) return found.map(recordBack);
    }
    return [];
  }

  return {
    near,
    mine,
    open,
    recordsOf,
    readable: (records) => records.filter((one) => !isGone(one)).map(({ room, entry, at }) => ({ room, entry, at })),
    async close(of, room) {
      const records = (await things.need(of)).shared.filter((one) => one.room === room);
      await outbox.step([], records.flatMap((one) => [recordBack(one), { room, id: one.entry, voices: one.voice === null ? [] : [one.voice] }]));
    },
    async letGo(id) {
      const standing = await things.need(id);
      const roads = [...standing.shared, ...standing.sending].map(recordBack);
      await outbox.step([], [...versionBacks(mine(), standing, standing.versions), ...roads]);
    },
  };
}

/** Takes back these VERSIONS; a voice goes with the last version that has it. The first entry keeps its place in the log as
    long as an edit stands: it is taken back when the house has the edits, and not cancelled before it has left. */
export function versionBacks(room: Id, standing: Standing, versions: readonly StandingVersion[]): Back[] {
  const going = new Set(versions.map(({ id }) => id));
  const staying = standing.versions.filter(({ id }) => !going.has(id));
  const voices = new Set(staying.flatMap(voicesOf));
  return versions.map((version) => ({
    room,
    id: version.id,
    voices: voicesOf(version).filter((voice) => !voices.has(voice)),
    after: version.id === standing.id ? staying.map(({ id }) => id) : [],
  }));
}

/** The voice of the newest words that have one. */
export function newestVoice({ newest }: Standing): VoiceNote | null {
  const notes = newest.flatMap(({ page, letter }) => page?.voice ?? letter?.voice ?? []);
  return notes[notes.length - 1] ?? null;
}

const voicesOf = ({ page, letter }: StandingVersion): Id[] => voicesIn({ voice: page?.voice ?? letter?.voice ?? null, sealedVoice: letter?.sealedVoice });
