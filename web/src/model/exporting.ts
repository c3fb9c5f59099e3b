/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Everything readable, for its owner to keep: a zip with Markdown to read, voices to hear and JSON for programs. Made on the
// device from what opens here; the house sees only that old lines and voices are fetched. What is sealed until a day stays
// sealed, and no key of a voice note goes into the file.

import { effect, signal } from "@preact/signals";
import type { Id } from "../lib/id";
import { dayAt } from "./shelf_things";
import type { CirclesNoun } from "./circles";
import type { Core } from "./core";
import type { Bond, Circle, Exporting, ExportState, ExportWords, Kept, Line, Log, VoiceNote, Voices } from "./face";
import { bondFile, checkinsPage, fileWords, givenPage, journalPage, letterPage, outsidePage, pageFile, talkPage, voiceOf, type VoiceAt, type Who } from "./exporting_pages";
import type { ZipMaker } from "./exporting_zip";
import { toFailure } from "./failure";
import type { PeopleNoun } from "./people";
import type { Shelf, Standing } from "./shelf";
import type { Vault } from "./vault";

export interface ExportingDeps {
  readonly people: PeopleNoun;
  readonly circles: Pick<CirclesNoun, "mine" | "nameOf">;
  /** What is no line of a room's talk: help, plans. */
  readonly carried: (room: Id) => readonly Line[];
  readonly vault: Vault;
  readonly shelf: Shelf;
  readonly voices: Pick<Voices, "play">;
  readonly self: () => Log | null;
  readonly log: (room: Id) => Log;
  readonly myName: () => string;
}

/** One export while it is made. */
interface Making {
  readonly zip: ZipMaker;
  readonly words: ExportWords;
  /** Names taken: two pages of a day may begin with the same words. */
  readonly names: Map<string, number>;
  /** Where the voices stand that could be had, by their ids. */
  readonly voices: Map<Id, string>;
  step(): void;
}

const ENDINGS: readonly (readonly [type: string, ending: string])[] = [["audio/ogg", "ogg"], ["audio/mp4", "m4a"]];

export function createExporting(core: Core, { people, circles, carried, vault, shelf, voices, self, log, myName }: ExportingDeps): Exporting {
  const state = signal<ExportState>({ is: "idle" });
  const breathe = () => new Promise<void>((done) => core.platform.setTimeout(done, 0));

  async function whole(room: Log): Promise<readonly Line[]> {
    while (room.hasOlder.peek()) {
      const before = room.lines.peek().length;
      await room.loadOlder();
      if (room.hasOlder.peek() && room.lines.peek().length === before) break; // the house gives no more
    }
    return room.lines.peek();
  }

  /** Everything I keep for myself, oldest first; what this device does not hold yet is fetched before. */
  async function wholeShelf(): Promise<readonly Kept[]> {
    await shelf.ready();
    const mine = self();
    if (mine !== null && !shelf.whole.peek()) {
      const lines = await whole(mine);
      if (lines.some((line) => line.is === "entry" && line.seq !== null)) await reached();
    }
    return [...shelf.kept.peek()].reverse();
  }

  /** The lines are here; the shelf takes them up by itself. */
  function reached(): Promise<void> {
    const { era } = core;
    return new Promise((done) => {
      const late = core.platform.setTimeout(() => end(), 10_000); // what waits in the outbox alone is never "whole"
      const stop = effect(() => {
        if (shelf.whole.value || core.era !== era) end();
      });
      function end(): void {
        core.platform.clearTimeout(late);
        queueMicrotask(() => (stop(), done()));
      }
    });
  }

  // ── Voices ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Puts the voices of a room into the zip. One that cannot be had is told where it would stand, and keeps no other back. */
  async function putVoices(making: Making, room: Id, notes: readonly (VoiceNote | null)[]): Promise<void> {
    for (const note of notes) {
      if (note === null || making.voices.has(note.voice)) continue;
      const sound = await listen(room, note);
      if (sound === null) continue;
      const name = `voice/${note.voice}.${ENDINGS.find(([type]) => note.type.startsWith(type))?.[1] ?? "webm"}`;
      await making.zip.sound(name, sound);
      making.voices.set(note.voice, name);
    }
  }

  async function listen(room: Id, note: VoiceNote): Promise<Uint8Array[] | null> {
    const pieces: Uint8Array[] = [];
    try {
      for await (const piece of voices.play(room, note)) pieces.push(piece);
      return pieces;
    } catch (error) {
      const { code } = toFailure(error);
      if (code === "locked" || code === "session-ended") throw error;
      return null;
    }
  }

  // ── The parts ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Gives what everything.json says of them. */
  async function putKept(making: Making, kept: readonly Kept[]): Promise<unknown[]> {
    const { zip, words } = making;
    const mine = core.me() && self()!.room;
    const said: unknown[] = [];
    const checkins: { at: number; checkin: NonNullable<Standing["versions"][number]["checkin"]> }[] = [];
    for (const { id } of kept) {
      making.step();
      const standing = await shelf.standing(id);
      if (standing === null) continue;
      const { kind, at, versions, newest, shared } = standing;
      await putVoices(making, mine, versions.map(({ page, letter }) => page?.voice ?? letter?.voice ?? null));
      if (kind === "checkin") checkins.push({ at, checkin: newest[0]!.checkin! });
      else await zip.text(`${unused(making, nameOf(standing))}.md`, kind === "page" ? journalPage(standing, words, from(making, 2)) : letterPage(standing, words, from(making, 1)));
      const plain = versions.map(({ id: version, at: when, after, page, letter, checkin }) => ({ id: version, at: when, after, ...(page ?? letter ?? checkin) }));
      said.push({ id, kind, at, versions: plain, newest: newest.map((one) => one.id), shared: shared.map(({ room, entry, at: since }) => ({ room, entry, at: since })) });
    }
    await zip.text("checkins.md", checkinsPage(checkins, words));
    return said;
  }

  /** All that was said in a room, with its voices in the zip. */
  async function putRoom(making: Making, room: Id): Promise<readonly Line[]> {
    making.step();
    const lines = await whole(log(room));
    await putVoices(making, room, lines.map((line) => (line.is === "entry" ? voiceOf(line.content) : null)));
    return withCarried(lines, carried(room)).map(unnamed);
  }

  /** Gives what everything.json says of it. */
  async function putGiven({ zip, words }: Making): Promise<unknown[]> {
    const given = await shelf.given();
    if (given.length > 0) await zip.text("given.md", givenPage(given, words));
    return given.map(({ id, at, content }) => ({ id, at, ...content }));
  }

  async function putTalk(making: Making, bond: Bond, i: number): Promise<unknown> {
    const lines = await putRoom(making, bond.room);
    const who = ({ mine }: { mine: boolean }) => (mine ? making.words.me : bond.name);
    await making.zip.text(`people/${bondFile(bond, i)}.md`, talkPage(bond.name, lines, making.words, who, from(making, 1)));
    return { room: bond.room, kind: "bond", person: bond.person, name: bond.name, started: bond.started, ended: bond.endedAt, lines };
  }

  async function putCircle(making: Making, circle: Circle): Promise<unknown> {
    const { room, words } = circle;
    const lines = await putRoom(making, room);
    const who: Who = ({ mine, author = "" }) => (mine ? making.words.me : circles.nameOf(room, author) || making.words.someone);
    const file = unused(making, `circles/${fileWords(words.name) || room}`);
    await making.zip.text(`${file}.md`, talkPage(words.name, lines, making.words, who, from(making, 1), [words.purpose, words.agreements, words.welcome]));
    const members = circle.members.map(({ person, name }) => ({ person, name }));
    return { room, kind: "circle", words, members, parting: circle.parting, lines };
  }

  async function make(words: ExportWords): Promise<{ fileName: string; bytes: Uint8Array<ArrayBuffer> }> {
    const me = core.me();
    const bonds = people.bonds.peek();
    const mine = circles.mine.peek();
    const talks = bonds.length + mine.length;
    const progress = { done: 0, of: talks + 1 };
    const tell = () => void (state.value = { is: "working", ...progress });
    tell();
    const kept = await wholeShelf();
    progress.of = Math.max(1, talks + kept.length);
    const { makeZip } = await import("./exporting_zip"); // few take everything along on their first visit
    const zip = makeZip(breathe);
    const making: Making = { zip, words, names: new Map(), voices: new Map(), step: () => (tell(), void (progress.done += 1)) };

    const journal = kept.length > 0 ? await putKept(making, kept) : [];
    const rooms: unknown[] = [];
    for (const [i, bond] of bonds.entries()) rooms.push(await putTalk(making, bond, i));
    for (const circle of mine) rooms.push(await putCircle(making, circle));
    const given = await putGiven(making);
    const outside = people.outside.peek();
    await zip.text("outside.md", outsidePage(outside, words));
    const everything = { v: 2, made: core.clock.now(), me: { person: me, name: myName() }, settings: vault.get("settings"), outside, journal, given, rooms };
    await zip.text("everything.json", JSON.stringify(everything, withoutKeys(making.voices), 2));
    return { fileName: `beside-${dayAt(core.clock.now())}.zip`, bytes: zip.end() };
  }

  return {
    state,
    make: (words) => core.act(async () => {
      try {
        const made = await make(words);
        state.value = { is: "idle" };
        return made;
      } catch (error) {
        state.value = { is: "failed", failure: toFailure(error) };
        throw error;
      }
    }),
  };
}

/** In the order in which the house had them; a hole stays before what follows it, and what waits comes last. */
function withCarried(lines: readonly Line[], carried: readonly Line[]): readonly Line[] {
  const all = [...lines];
  for (const line of carried) {
    const before = all.findIndex((one) => "at" in one && "at" in line && one.at > line.at);
    all.splice(before === -1 ? all.length : before, 0, line);
  }
  return all;
}

/** Kindness was given without a name: this file does not say it either. */
function unnamed(line: Line): Line {
  const kind = line.is === "entry" && !line.mine && line.content.kind === "aside" && line.content.said.kind === "kindness";
  return kind ? { ...line, author: "" } : line;
}

function nameOf({ newest, at }: Standing): string {
  const { page, letter } = newest[newest.length - 1]!;
  return page === null ? `letters/${`${dayAt(at)} ${fileWords(letter?.to ?? "")}`.trim()}` : pageFile(page);
}

function unused({ names }: Making, name: string): string {
  const key = name.toLowerCase(); // some file systems know no difference
  const before = names.get(key) ?? 0;
  names.set(key, before + 1);
  return before === 0 ? name : `${name} (${before + 1})`;
}

/** The way to a voice from a file that stands so many folders deep. */
function from({ voices }: Making, deep: number): VoiceAt {
  return ({ voice }) => {
    const name = voices.get(voice);
    return name === undefined ? null : `${"../".repeat(deep)}${name}`;
  };
}

/** For JSON: of a voice note its file in place of its key; of a sealed letter that it is sealed, not the sealed bytes. */
function withoutKeys(files: ReadonlyMap<Id, string>): (name: string, value: unknown) => unknown {
  return (name, value) => {
    if (name === "sealed" && typeof value === "string") return true;
    if (name !== "voice" || typeof value !== "object" || value === null) return value;
    const { key: _, ...note } = value as VoiceNote;
    return { ...note, file: files.get(note.voice) ?? null };
  };
}
