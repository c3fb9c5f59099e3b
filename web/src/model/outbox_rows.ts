/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The outbox's rows in memory, by everything that is asked of them, so that no answer takes longer because ten thousand
// pages of an import wait too. No storage, no key, no signal.

import type { Id } from "../lib/id";
import type { StoredRow } from "../local/local";
import type { Content } from "./face";

export interface Live {
  readonly row: StoredRow;
  readonly content: Content;
  readonly json: Record<string, unknown>;
}

interface InRoom {
  readonly all: Ordered;
  /** Of those that the house has not refused: what a person wrote here, and what an import put here. */
  readonly own: Ordered;
  readonly bulk: Ordered;
}

export class OutboxRows {
  private readonly inRooms = new Map<Id, InRoom>();
  private readonly byId = new Map<Id, Live[]>();
  /** Of each id, the ids of those that leave after it. */
  private readonly waitFor = new Map<Id, Set<Id>>();

  /** In place of the row of the same order. */
  set(live: Live): void {
    const { row } = live;
    const room = this.inRoom(row.room);
    room.all.set(live);
    for (const [queue, belongs] of [[room.own, !row.bulk], [room.bulk, row.bulk === true]] as const) {
      if (belongs && row.refused === null) queue.set(live);
      else queue.delete(row.order);
    }
    this.byId.set(row.id, [...this.of(row.id).filter((one) => one.row.order !== row.order), live]);
    for (const id of row.after ?? []) this.waitFor.set(id, (this.waitFor.get(id) ?? new Set()).add(row.id));
  }

  /** It does not leave any more; it is still among those of its room. */
  retire({ row }: Live): void {
    const { own, bulk } = this.inRoom(row.room);
    own.delete(row.order);
    bulk.delete(row.order);
    const left = this.of(row.id).filter((one) => one.row.order !== row.order);
    if (left.length > 0) this.byId.set(row.id, left);
    else this.byId.delete(row.id);
  }

  delete(live: Live): void {
    this.retire(live);
    this.inRoom(live.row.room).all.delete(live.row.order);
  }

  /** The rows of one id: its put, its takeback. */
  of = (id: Id): readonly Live[] => this.byId.get(id) ?? [];
  put = (id: Id): Live | undefined => this.of(id).find(({ row }) => row.what === "put");
  /** The ids of those that leave after ID. */
  behind = (id: Id): readonly Id[] => [...(this.waitFor.get(id) ?? [])];
  /** In the order they were written. */
  all = (room: Id): readonly Live[] => [...(this.inRooms.get(room)?.all.values() ?? [])];
  count = (room: Id): number => this.inRooms.get(room)?.all.size ?? 0;
  rooms = (): readonly Id[] => [...this.inRooms.keys()];
  waits = (room: Id): boolean => (this.inRooms.get(room)?.own.size ?? 0) + (this.inRooms.get(room)?.bulk.size ?? 0) > 0;

  /** What this row must not overtake. */
  private before = ({ row }: Live): readonly Live[] => (row.after ?? []).flatMap((id) => this.put(id) ?? []);

  /** The next to leave: what a person wrote goes before what an import put here, and takes along what it hangs on. */
  first(room: Id, bulkToo: boolean): Live | undefined {
    const here = this.inRooms.get(room);
    for (const live of here?.own.values() ?? []) {
      const before = this.before(live);
      if (before.length === 0) return live;
      const page = before.find(({ row }) => row.bulk === true && row.room === room && row.refused === null);
      if (page !== undefined) return page;
    }
    return bulkToo ? here?.bulk.values().next().value : undefined;
  }

  clear(): void {
    for (const map of [this.inRooms, this.byId, this.waitFor]) map.clear();
  }

  private inRoom(room: Id): InRoom {
    const known = this.inRooms.get(room);
    if (known !== undefined) return known;
    const made = { all: new Ordered(), own: new Ordered(), bulk: new Ordered() };
    this.inRooms.set(room, made);
    return made;
  }
}

/** Rows by their order, ascending. They nearly always come in that order; another tab's may come late. */
class Ordered {
  private rows = new Map<number, Live>();
  private last = 0;

  get size(): number {
    return this.rows.size;
  }

  set(live: Live): void {
    const { order } = live.row;
    const late = order < this.last && !this.rows.has(order);
    this.rows.set(order, live);
    this.last = Math.max(this.last, order);
    if (late) this.rows = new Map([...this.rows].sort(([a], [b]) => a - b));
  }

  delete = (order: number): boolean => this.rows.delete(order);
  values = (): IterableIterator<Live> => this.rows.values();
}
