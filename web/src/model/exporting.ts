/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Everything readable, for its owner to keep: a zip with Markdown to read and JSON for programs. Made on the device from
// what opens here; the house sees only that old lines are fetched.

import { zipSync, strToU8 } from "fflate";
import { signal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import type { Bond, Exporting, ExportState, ExportWords, Line, Log, OutsidePerson } from "./face";
import { toFailure } from "./failure";
import type { PeopleNoun } from "./people";
import type { Vault } from "./vault";

export interface ExportingDeps {
  readonly people: PeopleNoun;
  readonly vault: Vault;
  readonly self: () => Log | null;
  readonly log: (room: Id) => Log;
  readonly myName: () => string;
}

export function createExporting(core: Core, { people, vault, self, log, myName }: ExportingDeps): Exporting {
  const state = signal<ExportState>({ is: "idle" });

  async function whole(room: Log): Promise<readonly Line[]> {
    while (room.hasOlder.peek()) {
      const before = room.lines.peek().length;
      await room.loadOlder();
      if (room.hasOlder.peek() && room.lines.peek().length === before) break; // the house gives no more
    }
    return room.lines.peek();
  }

  async function make(words: ExportWords): Promise<{ fileName: string; bytes: Uint8Array }> {
    core.me();
    const bonds = people.bonds.peek();
    const mine = self();
    const of = bonds.length + 1;
    const files: Record<string, Uint8Array> = {};
    const rooms: unknown[] = [];
    state.value = { is: "working", done: 0, of };

    if (mine !== null) {
      const lines = await whole(mine);
      files["me.md"] = strToU8(page(words.checkins, lines, words, () => words.me));
      rooms.push({ room: mine.room, kind: "self", lines });
    }
    for (const [i, bond] of bonds.entries()) {
      state.value = { is: "working", done: i + 1, of };
      const lines = await whole(log(bond.room));
      files[`people/${fileName(bond, i)}.md`] = strToU8(page(bond.name, lines, words, (own) => (own ? words.me : bond.name)));
      rooms.push({ room: bond.room, kind: "bond", person: bond.person, name: bond.name, started: bond.started, ended: bond.endedAt, lines });
    }
    const outside = people.outside.peek();
    files["outside.md"] = strToU8(outsidePage(outside, words));
    files["everything.json"] = strToU8(JSON.stringify({ v: 1, made: core.clock.now(), me: { person: core.me(), name: myName() }, settings: vault.get("settings"), outside, rooms }, null, 2));
    const day = new Date(core.clock.now()).toISOString().slice(0, 10);
    return { fileName: `beside-${day}.zip`, bytes: zipSync(files, { level: 6 }) };
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

/** Safe on every file system, and still to be recognised; the number keeps two of the same name apart. */
function fileName(bond: Bond, i: number): string {
  const plain = bond.name.normalize("NFC").replace(/[^\p{L}\p{N} _-]/gu, "").trim().slice(0, 40);
  return `${String(i + 1).padStart(3, "0")} ${plain}`.trim();
}

function page(title: string, lines: readonly Line[], words: ExportWords, who: (mine: boolean) => string): string {
  return [`# ${inline(title)}`, ...lines.map((line) => paragraph(line, words, who))].join("\n\n") + "\n";
}

function paragraph(line: Line, words: ExportWords, who: (mine: boolean) => string): string {
  if (line.is === "missing") return `*${words.missing}*`;
  if (line.is === "untrusted") return `*${words.when(line.at)}: ${words.untrusted}*`;
  if (line.is === "erased") return `*${words.when(line.at)}, ${inline(who(line.mine))}: ${words.erased}*`;
  const said = words.say(line.content).split("\n").map((one) => `> ${one}`).join("\n");
  const responses = line.responses.map((one) => `> — ${inline(who(one.mine))}: ${words.say({ kind: "response", to: line.id, word: one.word })}`);
  return [`**${inline(who(line.mine))}**, ${words.when(line.at)}`, "", said, ...responses].join("\n");
}

function outsidePage(outside: readonly OutsidePerson[], words: ExportWords): string {
  const people = outside.map(({ name, phone, email, note }) => [`## ${inline(name)}`, phone, email, note].filter((one) => one !== "").join("\n\n"));
  return [`# ${words.outside}`, ...people].join("\n\n") + "\n";
}

/** A name on one line, without a meaning in Markdown. */
function inline(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#]/g, (mark) => `\\${mark}`);
}
