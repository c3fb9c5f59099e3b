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
  /** Puts, in any room, that the house must have before this leaves. */
  readonly after?: readonly Id[];
  /** For a takeback: voice notes that go with it. */
  readonly voices?: readonly Id[];
}

/** A vault item: as the house has it, and what of mine it does not have yet. */
export interface VaultRow {
  readonly key: Id;
  readonly version: number;
  /** As the house has it; empty: not there. */
  readonly body: Bytes;
  /** Mine, sealed, not taken by the house yet; empty: to be deleted; null: nothing waits. */
  readonly pending: Bytes | null;
}

/** What the house has said about a room's keys; all of it is checked again whenever it is loaded. */
export interface KeysRow {
  readonly room: Id;
  readonly links: readonly Bytes[];
  readonly envelopes: readonly { readonly epoch: number; readonly author: Id; readonly body: Bytes }[];
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
}

const VERSION = 2;
const READ = ["facts", "entries", "vault", "keys", "shelf"] as const;
const OF_ACCOUNT = [...READ, "outbox", "drafts"] as const;
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
      after: async (room: Id, seq: number, limit?: number): Promise<EntryRow[]> => (await db()).getAll("entries", lines(room, seq + 1, Number.MAX_SAFE_INTEGER), limit),
      find: async (room: Id, id: Id): Promise<EntryRow | null> => (await (await db()).getFromIndex("entries", "id", [room, id])) ?? null,
      /** Those of these lines that are here. */
      async at(room: Id, seqs: readonly number[]): Promise<EntryRow[]> {
        const { store } = (await db()).transaction("entries");
        const rows = await Promise.all(seqs.map((seq) => store.get([room, seq])));
        return rows.filter((row) => row !== undefined);
      },
      /** Puts lines down. A line already erased stays erased; a line that takes another back erases that one too, if
          it is its author's. With ACKNOWLEDGED, its outbox row goes at the same moment, so that a word is never in
          both places and never in none. */
      async put(rows: readonly EntryRow[], acknowledged: Id | null = null): Promise<void> {
        const tx = (await db()).transaction(["entries", "outbox"], "readwrite");
        const entries = tx.objectStore("entries");
        for (const row of rows) {
          const held = await entries.get([row.room, row.seq]);
          if (held?.state !== "erased") await entries.put(row);
        }
        for (const row of rows.filter(({ state }) => state === "takeback")) {
          const target = await entries.index("id").get([row.room, toId(row.body)]);
          if (target?.state === "plain" && target.author === row.author) await entries.put({ ...target, state: "erased", body: new Uint8Array() });
        }
        if (acknowledged !== null) await deleteOutbox(tx.objectStore("outbox"), acknowledged, (row) => row.what === "put");
        await tx.done;
      },
    },

    outbox: {
      /** In the order they were written. */
      all: async (): Promise<OutboxRow[]> => (await db()).getAll("outbox"),
      /** Puts PUTS down and takes BACKS back, in one step. What waits here or stands in its room already is not put down
          again. What never left is gone at once, unless a voice of it may have, or the takeback waits for other words: then
          it stands beside the put, so that those words can still be thrown away. Gives each put's order; null: not anew. */
      async step(puts: readonly OutboxRow[], backs: readonly OutboxRow[]): Promise<(number | null)[]> {
        const tx = (await db()).transaction(["entries", "outbox"], "readwrite");
        const [entries, outbox] = [tx.objectStore("entries").index("id"), tx.objectStore("outbox")];
        const orders: (number | null)[] = [];
        for (const row of puts) {
          const known = (await outbox.index("id").getKey(row.id)) ?? (await entries.getKey([row.room, row.id]));
          orders.push(known === undefined ? await outbox.add(row) : null);
        }
        for (const row of backs) {
          const held = await outbox.index("id").get(row.id);
          const waits = (await Promise.all((row.after ?? []).map((id) => outbox.index("id").get(id)))).some((one) => one?.what === "put");
          if (held === undefined || (waits && held.what === "put")) await outbox.add(row);
          else if (held.what === "put" && held.body === null && !row.voices?.length) await outbox.delete(held.order!);
          else if (held.what === "put") await outbox.put({ ...row, body: held.body, order: held.order! });
        }
        await tx.done;
        return orders;
      },
      /** The rows of one id: its put, its takeback. */
      of: async (id: Id): Promise<OutboxRow[]> => (await db()).getAllFromIndex("outbox", "id", id),
      /** Changes a row that is still there, unless CHANGE says null; false if nothing was changed. */
      async change(id: Id, change: (row: OutboxRow) => OutboxRow | null): Promise<boolean> {
        const tx = (await db()).transaction("outbox", "readwrite");
        const row = await tx.store.index("id").get(id);
        const changed = row === undefined ? null : change(row);
        if (changed !== null) await tx.store.put(changed);
        await tx.done;
        return changed !== null;
      },
      /** Deletes the row unless ALLOWED says no to what stands there; false if it said no or the row is gone. */
      async delete(id: Id, allowed: (row: OutboxRow) => boolean = () => true): Promise<boolean> {
        const tx = (await db()).transaction("outbox", "readwrite");
        const gone = await deleteOutbox(tx.store, id, allowed);
        await tx.done;
        return gone;
      },
      /** The same, with whatever was to leave after it: a takeback that made room for these words must not outlive them. */
      async discard(id: Id, allowed: (row: OutboxRow) => boolean): Promise<boolean> {
        const tx = (await db()).transaction("outbox", "readwrite");
        const gone = await deleteOutbox(tx.store, id, allowed);
        const behind = gone ? (await tx.store.getAll()).filter(({ after }) => after?.includes(id)) : [];
        for (const row of behind) await tx.store.delete(row.order!);
        await tx.done;
        return gone;
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
        and learned of it; the words that have not been sent stay, sealed, for its owner to come back to. */
    async wipe(what: "all" | "account" | "read"): Promise<void> {
      const tables = WIPED[what];
      const tx = (await db()).transaction(tables, "readwrite");
      await Promise.all(tables.map((table) => tx.objectStore(table).clear()));
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

interface OutboxStore {
  index(name: "id"): { getAll(id: Id): Promise<OutboxRow[]> };
  delete(key: number): Promise<void>;
}

async function deleteOutbox(store: OutboxStore, id: Id, allowed: (row: OutboxRow) => boolean): Promise<boolean> {
  const rows = (await store.index("id").getAll(id)).filter(allowed);
  for (const row of rows) if (row.order !== undefined) await store.delete(row.order);
  return rows.length > 0;
}
