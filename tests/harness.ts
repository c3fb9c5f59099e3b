// SPDX-License-Identifier: AGPL-3.0-or-later
// Opens a house for a test: ./build/beside as it is shipped, on a free loopback port, on SQLite in a temporary folder or
// on a database of its own in a throw-away PostgreSQL. It ends what it started and sweeps up, and touches nothing else.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accepts, freePort, run, start, until, type Child } from "./children";
import { postgres, stopPostgres } from "./postgres";

declare const __TOP__: string;
export const TOP = __TOP__;
export const BESIDE = process.env.BESIDE_PROGRAM ?? join(TOP, "build/beside");

export type Store = "sqlite" | "postgres";
/** The store that this run is about; ./test api runs everything once for each. */
export const STORE: Store = process.env.BESIDE_STORE === "postgres" ? "postgres" : "sqlite";

export interface House {
  readonly origin: string;
  readonly port: number;
  readonly store: Store;
  /** Its data folder; on PostgreSQL an empty one. */
  readonly folder: string;
  /** The database's URL, on PostgreSQL. */
  readonly database: string | null;
  pid(): number;
  /** All that every life of this house has logged. */
  log(): string;
  running(): boolean;
  /** A fresh link of this kind, made as an operator makes it. */
  invite(kind: "steward" | "house"): Promise<string>;
  admin(...words: string[]): Promise<string>;
  /** `beside check`: throws when an invariant of the store does not hold. */
  check(): Promise<string>;
  /** Ends the server: TERM asks, KILL does not. */
  end(signal?: NodeJS.Signals): Promise<void>;
  open(): Promise<void>;
  /** Another server on the same store (PostgreSQL only). */
  secondNode(): Promise<House>;
  close(): Promise<void>;
}

export interface HouseOptions {
  store?: Store;
  /** More words for `beside serve`. */
  flags?: readonly string[];
  /** A command that the server is started by, e.g. one that gives it a small disk. */
  inside?: readonly string[];
  /** SQLite: the data folder, when the test must choose it. */
  folder?: string;
  /** PostgreSQL: the URL of an empty database, when the test must choose it. */
  database?: string;
}

interface Place {
  store: Store;
  folder: string;
  database: string | null;
  /** How the commands of beside are told where the house is. */
  where: string[];
}

async function findPlace(options: HouseOptions): Promise<Place> {
  const store = options.store ?? STORE;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "beside-house-"));
  if (store === "sqlite") return { store, folder, database: null, where: ["--data", folder] };
  const database = options.database ?? (await (await postgres()).newDatabase());
  return { store, folder, database, where: ["--store", database] };
}

async function openAt(place: Place, options: HouseOptions): Promise<House> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let server: Child | null = null;
  let before = "";
  const nodes: House[] = [];

  const house: House = {
    origin,
    port,
    store: place.store,
    folder: place.folder,
    database: place.database,
    pid: () => server?.pid ?? -1,
    log: () => before + (server?.said() ?? ""),
    running: () => server?.running() ?? false,
    admin: (...words) => run(BESIDE, ["admin", ...words, ...place.where]),
    check: () => run(BESIDE, ["check", ...place.where]),
    async invite(kind) {
      const said = await house.admin("invite", kind, "--url", origin);
      const link = said.match(/https?:\/\/\S+\/join#[A-Za-z0-9_-]+/)?.[0];
      if (!link) throw new Error(`beside admin invite gave no link:\n${said}`);
      return link;
    },
    async open() {
      before += server?.said() ?? "";
      const [command, ...args] = [...(options.inside ?? []), BESIDE, "serve", "--listen", `127.0.0.1:${port}`, ...place.where, ...(options.flags ?? [])];
      const child = start(command as string, args);
      server = child;
      await until("the house answers", async () => {
        if (!child.running()) throw new Error(`beside serve ended:\n${child.said()}`);
        return (await accepts(port)) && fetch(`${origin}/api/health`).then(({ ok }) => ok, () => false);
      });
    },
    async end(signal = "SIGTERM") {
      await server?.end(signal);
    },
    async secondNode() {
      if (place.store === "sqlite") throw new Error("SQLite houses have one node.");
      const node = await openAt(place, options);
      nodes.push(node);
      return node;
    },
    async close() {
      for (const node of nodes) await node.end();
      await house.end();
      rmSync(place.folder, { recursive: true, force: true });
    },
  };
  await house.open();
  return house;
}

const opened = new Set<House>();

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const house = await openAt(await findPlace(options), options);
  opened.add(house);
  return house;
}

/** For after(): closes whatever a test that failed has left open, and the throw-away PostgreSQL. */
export async function sweepUp(): Promise<void> {
  for (const house of opened) await house.close();
  opened.clear();
  await stopPostgres();
}
