/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What this browser keeps, in IndexedDB: sealed bytes, and the ids and numbers that the house knows as well. Whoever
// reads the disk learns no word, no name and no key.
//
// Two seals stand behind it, and this file has neither. Most rows are sealed by the caller with keys of the open
// account. The few that must be readable before anyone has typed a passphrase (who is signed in here, the theme, the
// parked root) go through `device`, sealed under a key that the browser keeps and does not give out.
//
// Each method is one transaction: it happened whole or not at all.

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Bytes } from "../lib/bytes";
import { toId, type Id } from "../lib/id";

/** A line of a room's log as it came, one row each. */
export interface EntryRow {
  readonly room: Id;
  readonly seq: number;
  readonly timeMs: number;
  readonly author: Id;
  readonly id: Id;
  readonly state: "plain" | "erased" | "takeback" | "withheld";
  readonly body: Bytes;
}

/** Something of mine on its way to the house. `order` is given by the store and says which was first. */
export interface OutboxRow {
  readonly order?: number;
  readonly id: Id;
  readonly room: Id;
  /** put: add the entry. takeback: take it back (it was sent, or may have been). */
  readonly what: "put" | "takeback";
  readonly writtenMs: number;
  /** The content, sealed for this device. Empty for a takeback. */
  readonly content: Bytes;
  /** The entry as sealed for the room when it was first sent: a repeat must send the same bytes. */
  readonly body: Bytes | null;
  /** The house refused it for good. */
  readonly refused: string | null;
  /** Of a put: one of an import's many, which anything else of its room goes before. */
  readonly bulk?: boolean;
  /** Puts, in any room, that the house must have before this leaves. */
  readonly after?: readonly Id[];
  /** Of a put: the voice notes that it carries, which the house must have before it. Of a takeback: those that go with it. */
  readonly voices?: readonly Id[];
}

/** As it stands in the store. */
export type StoredRow = OutboxRow & { readonly order: number };

/** A vault item: as the house has it, and what of mine it does not have yet. */
export interface VaultRow {
  readonly key: Id;
  readonly version: number;
  /** As the house has it; empty: not there. */
  readonly body: Bytes;
  /** Mine, sealed, not taken by the house yet; empty: to be deleted; null: nothing waits. */
  readonly pending: Bytes | null;
}

/** A recording that waits to become a voice note. Its pieces stand beside it, in order. */
export interface RecordingRow {
  readonly id: Id;
  /** What is known of it, sealed for this device. */
  readonly sealed: Bytes;
}

/** A voice note whose sealed chunks are here. The key to them stands in the entry that carries it, never in this row. */
export interface VoiceRow {
  readonly voice: Id;
  readonly room: Id;
  /** "mine": no entry that carries it is at the house yet; these chunks may be all there is. "copy": for playing it again. */
  readonly is: "mine" | "copy";
  /** Of mine: some chunks may be at the house. */
  readonly begun: boolean;
  /** Of mine: how many it has in all. */
  readonly count: number;
  readonly bytes: number;
  readonly atMs: number;
}

/** What the house has said about a room's keys; all of it is checked again whenever it is loaded. */
export interface KeysRow {
  readonly room: Id;
  readonly links: readonly Bytes[];
  readonly envelopes: readonly { readonly epoch: number; readonly author: Id; readonly body: Bytes }[];
  /** Of the people of a circle: public, and checked like the rest. */
  readonly identities?: Readonly<Record<Id, Bytes>>;
}

interface Tables extends DBSchema {
  device: { key: string; value: { readonly iv: Bytes; readonly sealed: Bytes } };
  deviceKey: { key: string; value: CryptoKey };
  facts: { key: string; value: Bytes };
  entries: { key: [Id, number]; value: EntryRow; indexes: { id: [Id, Id] } };
  outbox: { key: number; value: OutboxRow; indexes: { id: Id } };
  drafts: { key: string; value: Bytes };
  vault: { key: Id; value: VaultRow };
  keys: { key: Id; value: KeysRow };
  shelf: { key: string; value: Bytes };
  recordings: { key: string; value: RecordingRow };
  pieces: { key: [Id, number]; value: Bytes };
  voices: { key: Id; value: VoiceRow };
  chunks: { key: [Id, number]; value: Bytes };
}

const VERSION = 3;
const LAST = Number.MAX_SAFE_INTEGER;
const READ = ["facts", "entries", "vault", "keys", "shelf"] as const;
const OF_ACCOUNT = [...READ, "outbox", "drafts", "recordings", "pieces", "voices", "chunks"] as const;
const WIPED = { all: [...OF_ACCOUNT, "device", "deviceKey"], account: OF_ACCOUNT, read: READ } as const;

export type Local = ReturnType<typeof openLocal>;

/** NAME of the database; WEB to seal what the device keeps, asked for when it is needed (old Node gets it late). Opens at
 *  the first use. */
export function openLocal(name: string, web: () => Pick<Crypto, "subtle" | "getRandomValues"> = () => globalThis.crypto) {
  let opening: Promise<IDBPDatabase<Tables>> | null = null;

  function db(): Promise<IDBPDatabase<Tables>> {
    opening ??= openDB<Tables>(name, VERSION, {
      upgrade: (database, from) => {
        if (from < 1) makeFirstShape(database);
        if (from < 2) database.createObjectStore("shelf");
        if (from < 3) makeVoiceStores(database);
      },
      // Another tab wants to upgrade, or to delete: let it; the next call opens anew.
      blocking: () => void forget(),
      terminated: () => void (opening = null),
    });
    opening.catch(() => (opening = null));
    return opening;
  }

  async function forget(): Promise<void> {
    const held = opening;
    opening = null;
    (await held)?.close();
  }

  async function deviceKey(): Promise<CryptoKey> {
    const database = await db();
    const held = await database.get("deviceKey", "key");
    if (held !== undefined) return held;
    const made = await web().subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    // Another tab may have been faster: the one that stands counts.
    const tx = database.transaction("deviceKey", "readwrite");
    const standing = await tx.store.get("key");
    if (standing === undefined) await tx.store.put(made, "key");
    await tx.done;
    return standing ?? made;
  }

  const lines = (room: Id, from: number, to: number) => IDBKeyRange.bound([room, from], [room, to]);

  return {
    /** Rows readable without a passphrase, on this device only. */
    device: {
      key: deviceKey,
      async get(row: string): Promise<Bytes | null> {
        const held = await (await db()).get("device", row);
        if (held === undefined) return null;
        try {
          const opened = await web().subtle.decrypt({ name: "AES-GCM", iv: held.iv, additionalData: new TextEncoder().encode(row) }, await deviceKey(), held.sealed);
          return new Uint8Array(opened);
        } catch {
          return null; // sealed under a key that this browser has lost: as good as not there
        }
      },
      async put(row: string, bytes: Bytes): Promise<void> {
        const iv = web().getRandomValues(new Uint8Array(12));
        const sealed = new Uint8Array(await web().subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(row) }, await deviceKey(), bytes));
        await (await db()).put("device", { iv, sealed }, row);
      },
      async delete(row: string): Promise<void> {
        await (await db()).delete("device", row);
      },
    },

    /** What the house last said about me (bonds, heads, invites …), for reading without a network. */
    facts: {
      get: async (key: string): Promise<Bytes | null> => (await (await db()).get("facts", key)) ?? null,
      put: async (key: string, sealed: Bytes): Promise<void> => void (await (await db()).put("facts", sealed, key)),
    },

    entries: {
      /** Ascending; the last LIMIT lines below BEFORE. */
      async page(room: Id, before: number, limit: number): Promise<EntryRow[]> {
        const rows: EntryRow[] = [];
        let cursor = await (await db()).transaction("entries").store.openCursor(lines(room, 0, before - 1), "prev");
        while (cursor !== null && rows.length < limit) {
          rows.push(cursor.value);
          cursor = await cursor.continue();
        }
        return rows.reverse();
      },
      /** Ascending; the lines above SEQ, the first LIMIT of them. */
      after: async (room: Id, seq: number, limit?: number): Promise<EntryRow[]> => (await db()).getAll("entries", lines(room, seq + 1, LAST), limit),
      find: async (room: Id, id: Id): Promise<EntryRow | null> => (await (await db()).getFromIndex("entries", "id", [room, id])) ?? null,
      /** Those of these lines that are here. */
      async at(room: Id, seqs: readonly number[]): Promise<EntryRow[]> {
        const { store } = (await db()).transaction("entries");
        const rows = await Promise.all(seqs.map((seq) => store.get([room, seq])));
        return rows.filter((row) => row !== undefined);
      },
      /** Puts lines down. A line already erased stays erased; a line that takes another back erases that one too, if
          it is its author's. With ACKNOWLEDGED, its outbox row goes at the same moment, so that a word is never in
          both places and never in none; its voices are at the house then, too. */
      async put(rows: readonly EntryRow[], acknowledged: Id | null = null): Promise<void> {
        const tx = (await db()).transaction(["entries", "outbox", "voices"], "readwrite");
        const entries = tx.objectStore("entries");
        for (const row of rows) {
          const held = await entries.get([row.room, row.seq]);
          if (held?.state !== "erased") await entries.put(row);
        }
        for (const row of rows.filter(({ state }) => state === "takeback")) {
          const target = await entries.index("id").get([row.room, toId(row.body)]);
          if (target?.state === "plain" && target.author === row.author) await entries.put({ ...target, state: "erased", body: new Uint8Array() });
        }
        if (acknowledged !== null) await arrived(tx.objectStore("voices"), await deleteOutbox(tx.objectStore("outbox"), acknowledged, isPut));
        await tx.done;
      },
      /** These lines fade: no words of them stay here, nor the voices that they carried. */
      async fade(room: Id, seqs: readonly number[], voices: readonly Id[]): Promise<void> {
        const tx = (await db()).transaction(["entries", "voices", "chunks"], "readwrite");
        const entries = tx.objectStore("entries");
        for (const seq of seqs) {
          const row = await entries.get([room, seq]);
          if (row?.state === "plain") await entries.put({ ...row, state: "erased", body: new Uint8Array() });
        }
        await eraseVoices(tx, voices);
        await tx.done;
      },
    },

    /** All that is held of a room goes, words that have not been sent too. */
    async forgetRoom(room: Id): Promise<void> {
      const tx = (await db()).transaction(["entries", "keys", "outbox", "voices", "chunks"], "readwrite");
      await tx.objectStore("entries").delete(lines(room, 0, LAST));
      await tx.objectStore("keys").delete(room);
      for (const row of await tx.objectStore("outbox").getAll()) if (row.room === room) await tx.objectStore("outbox").delete(row.order!);
      const voices = (await tx.objectStore("voices").getAll()).filter((row) => row.room === room);
      await eraseVoices(tx, voices.map(({ voice }) => voice));
      await tx.done;
    },

    outbox: {
      /** In the order they were written. */
      all: async (): Promise<StoredRow[]> => (await (await db()).getAll("outbox")) as StoredRow[],
      /** Puts PUTS down and takes BACKS back, in one step. What waits here or stands in its room already is not put down
          again. What never left is gone at once, unless a voice of it may have, or the takeback waits for other words: then
          it stands beside the put, so that those words can still be thrown away. Voices go from here with what they are taken
          back with. Gives each put's order; null: not anew. */
      async step(puts: readonly OutboxRow[], backs: readonly OutboxRow[]): Promise<(number | null)[]> {
        const tx = (await db()).transaction(["entries", "outbox", "voices", "chunks"], "readwrite");
        const [entries, outbox] = [tx.objectStore("entries").index("id"), tx.objectStore("outbox")];
        const orders: (number | null)[] = [];
        for (const row of puts) {
          const known = (await outbox.index("id").getKey(row.id)) ?? (await entries.getKey([row.room, row.id]));
          orders.push(known === undefined ? await outbox.add(row) : null);
        }
        for (const row of backs) {
          const held = await outbox.index("id").get(row.id);
          const waits = (await Promise.all((row.after ?? []).map((id) => outbox.index("id").get(id)))).some((one) => one?.what === "put");
          if (waits && held?.what !== "takeback") {
            await outbox.add(row);
            continue;
          }
          const voices = await eraseVoices(tx, row.voices ?? []);
          if (held === undefined) await outbox.add({ ...row, voices });
          else if (held.what === "put" && held.body === null && voices.length === 0) await outbox.delete(held.order!);
          else if (held.what === "put") await outbox.put({ ...row, voices, body: held.body, order: held.order! });
        }
        await tx.done;
        return orders;
      },
      /** The rows of one id: its put, its takeback. */
      of: async (id: Id): Promise<StoredRow[]> => (await (await db()).getAllFromIndex("outbox", "id", id)) as StoredRow[],
      /** Changes a row that is still there, unless CHANGE says null; false if nothing was changed. */
      async change(id: Id, change: (row: OutboxRow) => OutboxRow | null): Promise<boolean> {
        const tx = (await db()).transaction("outbox", "readwrite");
        const row = await tx.store.index("id").get(id);
        const changed = row === undefined ? null : change(row);
        if (changed !== null) await tx.store.put(changed);
        await tx.done;
        return changed !== null;
      },
      /** Deletes the row unless ALLOWED says no to what stands there; false if it said no or the row is gone. A put that goes
          this way is at the house, and its voices with it. */
      async delete(id: Id, allowed: (row: OutboxRow) => boolean = () => true): Promise<boolean> {
        const tx = (await db()).transaction(["outbox", "voices"], "readwrite");
        const gone = await deleteOutbox(tx.objectStore("outbox"), id, allowed);
        await arrived(tx.objectStore("voices"), gone.filter(isPut));
        await tx.done;
        return gone.length > 0;
      },
      /** Throws words away that the house does not have, with whatever was to leave after them: a takeback that made room for
          them must not outlive them. Voices that nothing else here carries go along; a takeback stays for those of which the
          house may have a part. */
      async discard(id: Id, allowed: (row: OutboxRow) => boolean): Promise<boolean> {
        const tx = (await db()).transaction(["outbox", "voices", "chunks"], "readwrite");
        const outbox = tx.objectStore("outbox");
        const gone = await deleteOutbox(outbox, id, allowed);
        const left = await outbox.getAll();
        if (gone.length > 0) for (const row of left) if (row.after?.includes(id)) await outbox.delete(row.order!);
        for (const row of gone.filter(isPut)) {
          const voices = await eraseVoices(tx, await lonely(tx.objectStore("voices"), row.voices ?? [], left));
          if (voices.length > 0) await outbox.put({ ...row, what: "takeback", content: new Uint8Array(), refused: null, after: [], voices });
        }
        await tx.done;
        return gone.length > 0;
      },
    },

    drafts: {
      async all(): Promise<{ key: string; sealed: Bytes }[]> {
        const tx = (await db()).transaction("drafts");
        const [keys, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
        return keys.map((key, i) => ({ key, sealed: values[i]! }));
      },
      put: async (key: string, sealed: Bytes): Promise<void> => void (await (await db()).put("drafts", sealed, key)),
      delete: async (key: string): Promise<void> => (await db()).delete("drafts", key),
    },

    /** Recordings that wait, under the keys of drafts. */
    recordings: {
      keys: async (): Promise<string[]> => (await db()).getAllKeys("recordings"),
      get: async (key: string): Promise<RecordingRow | null> => (await (await db()).get("recordings", key)) ?? null,
      pieces: async (id: Id): Promise<Bytes[]> => (await db()).getAll("pieces", allOf(id)),
      /** In place of what was there. */
      async put(key: string, row: RecordingRow, pieces: readonly Bytes[] = []): Promise<void> {
        const tx = (await db()).transaction(["recordings", "pieces"], "readwrite");
        const before = await tx.objectStore("recordings").get(key);
        if (before !== undefined) await tx.objectStore("pieces").delete(allOf(before.id));
        await tx.objectStore("recordings").put(row, key);
        for (const [n, piece] of pieces.entries()) await tx.objectStore("pieces").put(piece, [row.id, n]);
        await tx.done;
      },
      /** What is known of it now, with its piece N if there is a new one; false if another recording stands under KEY. */
      async change(key: string, row: RecordingRow, n = 0, piece: Bytes | null = null): Promise<boolean> {
        const tx = (await db()).transaction(["recordings", "pieces"], "readwrite");
        const stands = (await tx.objectStore("recordings").get(key))?.id === row.id;
        if (stands) await tx.objectStore("recordings").put(row, key);
        if (stands && piece !== null) await tx.objectStore("pieces").put(piece, [row.id, n]);
        await tx.done;
        return stands;
      },
      async delete(key: string): Promise<void> {
        const tx = (await db()).transaction(["recordings", "pieces"], "readwrite");
        const row = await tx.objectStore("recordings").get(key);
        if (row !== undefined) await tx.objectStore("pieces").delete(allOf(row.id));
        await tx.objectStore("recordings").delete(key);
        await tx.done;
      },
    },

    voices: {
      get: async (voice: Id): Promise<VoiceRow | null> => (await (await db()).get("voices", voice)) ?? null,
      chunk: async (voice: Id, n: number): Promise<Bytes | null> => (await (await db()).get("chunks", [voice, n])) ?? null,
      /** A note of mine, whole. */
      async put(row: Pick<VoiceRow, "voice" | "room" | "atMs">, chunks: readonly Bytes[]): Promise<void> {
        const tx = (await db()).transaction(["voices", "chunks"], "readwrite");
        const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
        await tx.objectStore("voices").put({ ...row, is: "mine", begun: false, count: chunks.length, bytes });
        for (const [n, chunk] of chunks.entries()) await tx.objectStore("chunks").put(chunk, [row.voice, n]);
        await tx.done;
      },
      /** Its chunks begin to leave. */
      async begin(voice: Id): Promise<void> {
        const tx = (await db()).transaction("voices", "readwrite");
        const row = await tx.store.get(voice);
        if (row !== undefined) await tx.store.put({ ...row, begun: true });
        await tx.done;
      },
      /** A chunk that came from the house. */
      async copy(row: Pick<VoiceRow, "voice" | "room" | "atMs">, n: number, chunk: Bytes): Promise<void> {
        const tx = (await db()).transaction(["voices", "chunks"], "readwrite");
        const held = await tx.objectStore("voices").get(row.voice);
        const isNew = (await tx.objectStore("chunks").getKey([row.voice, n])) === undefined;
        if (isNew && held?.is !== "mine") {
          await tx.objectStore("voices").put({ ...row, is: "copy", begun: false, count: 0, bytes: (held?.bytes ?? 0) + chunk.length });
          await tx.objectStore("chunks").put(chunk, [row.voice, n]);
        }
        await tx.done;
      },
      /** Mine is lost with it. */
      async delete(voices: readonly Id[]): Promise<void> {
        const tx = (await db()).transaction(["voices", "chunks"], "readwrite");
        await eraseVoices(tx, voices);
        await tx.done;
      },
      /** Whether an entry that carries it was put down here: it waits, or is at the house. */
      async carried(voice: Id): Promise<boolean> {
        const tx = (await db()).transaction(["voices", "outbox"]);
        const row = await tx.objectStore("voices").get(voice);
        if (row === undefined || row.is === "copy") return row !== undefined;
        return (await lonely(tx.objectStore("voices"), [voice], await tx.objectStore("outbox").getAll())).length === 0;
      },
      /** Copies go, the oldest first, until they have at most KEPT bytes; and so does what was sealed before LONG_AGO and is
          carried by nothing. */
      async tidy(kept: number, longAgo: number): Promise<void> {
        const tx = (await db()).transaction(["outbox", "voices", "chunks"], "readwrite");
        const rows = (await tx.objectStore("voices").getAll()).sort((a, b) => b.atMs - a.atMs);
        const old = rows.filter(({ atMs }) => atMs < longAgo).map(({ voice }) => voice);
        const lost = await lonely(tx.objectStore("voices"), old, await tx.objectStore("outbox").getAll());
        let sum = 0;
        const tooMany = rows.filter((row) => row.is === "copy" && (sum += row.bytes) > kept);
        await eraseVoices(tx, [...lost, ...tooMany.map(({ voice }) => voice)]);
        await tx.done;
      },
    },

    vault: {
      all: async (): Promise<VaultRow[]> => (await db()).getAll("vault"),
      /** Reads, changes and writes a row in one go; CHANGE may return null to leave it alone; then false. */
      async change(key: Id, change: (row: VaultRow | null) => VaultRow | null): Promise<boolean> {
        const tx = (await db()).transaction("vault", "readwrite");
        const row = change((await tx.store.get(key)) ?? null);
        if (row !== null) await tx.store.put(row);
        await tx.done;
        return row !== null;
      },
    },

    keys: {
      get: async (room: Id): Promise<KeysRow | null> => (await (await db()).get("keys", room)) ?? null,
      put: async (row: KeysRow): Promise<void> => void (await (await db()).put("keys", row)),
    },

    /** The index of the self room: sealed rows under names of their own. */
    shelf: {
      get: async (name: string): Promise<Bytes | null> => (await (await db()).get("shelf", name)) ?? null,
      /** All of them, in one step. */
      async put(rows: readonly { readonly name: string; readonly sealed: Bytes }[]): Promise<void> {
        const tx = (await db()).transaction("shelf", "readwrite");
        for (const { name, sealed } of rows) await tx.store.put(sealed, name);
        await tx.done;
      },
      clear: async (): Promise<void> => (await db()).clear("shelf"),
    },

    /** all: everything. account: the account; theme, country and the like stay with the device. read: what was read
        and learned of it; the words that have not been sent stay, spoken ones too, sealed, for its owner to come back to. */
    async wipe(what: "all" | "account" | "read"): Promise<void> {
      const tables = WIPED[what];
      const tx = (await db()).transaction([...new Set([...tables, "voices", "chunks"] as const)], "readwrite");
      await Promise.all(tables.map((table) => tx.objectStore(table).clear()));
      const copies = (await tx.objectStore("voices").getAll()).filter((row) => row.is === "copy");
      await eraseVoices(tx, copies.map(({ voice }) => voice));
      await tx.done;
    },

    close: forget,
  };
}

function makeFirstShape(database: IDBPDatabase<Tables>): void {
  database.createObjectStore("device");
  database.createObjectStore("deviceKey");
  database.createObjectStore("facts");
  database.createObjectStore("entries", { keyPath: ["room", "seq"] }).createIndex("id", ["room", "id"], { unique: false });
  database.createObjectStore("outbox", { keyPath: "order", autoIncrement: true }).createIndex("id", "id", { unique: false });
  database.createObjectStore("drafts");
  database.createObjectStore("vault", { keyPath: "key" });
  database.createObjectStore("keys", { keyPath: "room" });
}

function makeVoiceStores(database: IDBPDatabase<Tables>): void {
  database.createObjectStore("recordings");
  database.createObjectStore("pieces");
  database.createObjectStore("voices", { keyPath: "voice" });
  database.createObjectStore("chunks");
}

const isPut = (row: OutboxRow): boolean => row.what === "put";

/** All pieces, or all chunks, of one. */
const allOf = (id: Id): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, LAST]);

interface OutboxStore {
  index(name: "id"): { getAll(id: Id): Promise<OutboxRow[]> };
  delete(key: number): Promise<void>;
}

/** Gives those that went. */
async function deleteOutbox(store: OutboxStore, id: Id, allowed: (row: OutboxRow) => boolean): Promise<OutboxRow[]> {
  const rows = (await store.index("id").getAll(id)).filter(allowed);
  for (const row of rows) if (row.order !== undefined) await store.delete(row.order);
  return rows;
}

interface VoiceStore {
  get(voice: Id): Promise<VoiceRow | undefined>;
}

/** Entries that carry these are at the house: what is here of their voices is a copy from now on. */
async function arrived(store: VoiceStore & { put(row: VoiceRow): Promise<unknown> }, rows: readonly OutboxRow[]): Promise<void> {
  for (const voice of rows.flatMap(({ voices = [] }) => voices)) {
    const row = await store.get(voice);
    if (row !== undefined) await store.put({ ...row, is: "copy" });
  }
}

/** Those of VOICES that stand only here, and that none of OUTBOX carries. */
async function lonely(store: VoiceStore, voices: readonly Id[], outbox: readonly OutboxRow[]): Promise<Id[]> {
  const carried = new Set(outbox.filter(isPut).flatMap((row) => row.voices ?? []));
  const rows = await Promise.all(voices.filter((voice) => !carried.has(voice)).map((voice) => store.get(voice)));
  return rows.flatMap((row) => (row?.is === "mine" ? [row.voice] : []));
}

interface VoiceStores {
  objectStore(name: "voices"): VoiceStore & { delete(voice: Id): Promise<void> };
  objectStore(name: "chunks"): { delete(range: IDBKeyRange): Promise<void> };
}

/** Gives those of which the house may have something. */
async function eraseVoices(tx: VoiceStores, voices: readonly Id[]): Promise<Id[]> {
  const sent: Id[] = [];
  for (const voice of voices) {
    const row = await tx.objectStore("voices").get(voice);
    if (row?.is !== "mine" || row.begun) sent.push(voice);
    await tx.objectStore("chunks").delete(allOf(voice));
    await tx.objectStore("voices").delete(voice);
  }
  return sent;
}
