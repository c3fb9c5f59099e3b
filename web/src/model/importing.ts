/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Pages from other journals: read on this device, looked at, then kept. No byte of a file leaves the device as it is; what is
// kept goes to the house like any page, sealed.
//
// A page's id is made of what it was elsewhere (keyed, so that the house learns nothing by it): bringing the same file again
// makes no doubles, on any device. A page that was brought, let go, and is wanted back gets an id of its own.

import { signal, type ReadonlySignal } from "@preact/signals";
import type { Id } from "../lib/id";
import type { Core } from "./core";
import { ModelFailure, type ExportState, type ImportFormat, type Importing, type ImportPreview, type Kept, type PageWords, type PickedFile } from "./face";
import { toFailure } from "./failure";
import type { Found } from "./importing_found";
import type { Outbox } from "./outbox";

export interface ImportingDeps {
  readonly outbox: Pick<Outbox, "step" | "waitingIn">;
  /** What is kept here; ready when all that this device holds is in it. */
  readonly shelf: { readonly kept: ReadonlySignal<readonly Kept[]>; ready(): Promise<void> };
  readonly mine: () => Id;
}

/** Ids made, and pages put down, in one go. */
const STEP = 100;
/** How often one and the same page can be let go and brought again. */
const AGAIN_MOST = 20;

export function createImporting(core: Core, { outbox, shelf, mine }: ImportingDeps): Importing {
  const state = signal<ExportState>({ is: "idle" });

  async function during<T>(work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      state.value = { is: "idle" };
      return done;
    } catch (error) {
      state.value = { is: "failed", failure: toFailure(error) };
      throw error;
    }
  }

  /** Lets the page breathe: the screen is drawn, a press is heard. */
  const breathe = () => new Promise<void>((done) => core.platform.setTimeout(done, 0));

  async function read(files: readonly PickedFile[]): Promise<ImportPreview> {
    const room = mine();
    // The readers are wanted by few: they are fetched when somebody brings something.
    const { Gathered, readFile } = await import("./importing_files");
    const gathered = new Gathered();
    for (const [i, file] of files.entries()) {
      state.value = { is: "working", done: i, of: files.length };
      await breathe();
      await readFile(file, gathered, breathe);
    }
    const { pages, format } = gathered;
    if (pages.length === 0) throw new ModelFailure("bad-file", null, gathered.oneReason());
    await shelf.ready();
    return { format, pages: oldestFirst(await identified(room, pages)), unread: gathered.unread };
  }

  async function identified(room: Id, found: readonly (Found & { readonly format: ImportFormat })[]): Promise<ImportPreview["pages"]> {
    const here = new Set(shelf.kept.peek().map(({ id }) => id));
    const going = new Set(outbox.waitingIn(room).peek().filter(({ what }) => what === "takeback").map(({ id }) => id));
    const pages = new Map<Id, ImportPreview["pages"][number]>();
    for (let i = 0; i < found.length; i += STEP) {
      state.value = { is: "working", done: i, of: found.length };
      const some = await Promise.all(found.slice(i, i + STEP).map(({ format, stable, words }) => identify(`import/${format}/${stable}`, words)));
      for (const page of some) if (!pages.has(page.key)) pages.set(page.key, page);
      await breathe();
    }
    return [...pages.values()];

    async function identify(name: string, words: PageWords): Promise<ImportPreview["pages"][number]> {
      for (let again = 0; ; again++) {
        const key = await core.crypto.vaultKey(again === 0 ? name : `${name}/again/${again}`);
        if (here.has(key)) return { key, words, known: true };
        const gone = going.has(key) || (await core.local.entries.find(room, key))?.state === "erased";
        if (!gone || again === AGAIN_MOST) return { key, words, known: false };
      }
    }
  }

  async function keep({ pages }: ImportPreview): Promise<void> {
    const room = mine();
    const fresh = pages.filter(({ known }) => !known);
    for (let i = 0; i < fresh.length; i += STEP) {
      state.value = { is: "working", done: i, of: fresh.length };
      const puts = fresh.slice(i, i + STEP).map(({ key, words }) => ({ room, id: key, content: { kind: "page" as const, page: words }, bulk: true }));
      await outbox.step(puts, []);
      await breathe();
    }
  }

  return {
    state,
    read: (files) => core.act(() => during(() => read(files))),
    keep: (preview) => core.act(() => during(() => keep(preview))),
  };
}

function oldestFirst(pages: ImportPreview["pages"]): ImportPreview["pages"] {
  return [...pages].sort((a, b) => (a.words.day === b.words.day ? (a.words.written ?? 0) - (b.words.written ?? 0) : a.words.day < b.words.day ? -1 : 1));
}
