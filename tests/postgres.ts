// SPDX-License-Identifier: AGPL-3.0-or-later
// A throw-away PostgreSQL on a temporary folder and a free loopback port: started by the first test that wants one, gone
// with the process. PostgreSQL refuses to run as root, so root lends it the user "postgres".
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { accepts, freePort, run, start, until, type Child } from "./children";

export interface Postgres {
  /** Makes an empty database and gives its URL. */
  newDatabase(): Promise<string>;
  /** SQL through psql; gives what it printed. */
  sql(url: string, text: string): Promise<string>;
  dump(url: string): Promise<string>;
  /** As if the machine went away and came back. */
  crash(): Promise<void>;
  comeBack(): Promise<void>;
  readonly folder: string;
  stop(): Promise<void>;
}

function programs(): string {
  const versions = readdirSync("/usr/lib/postgresql").sort((a, b) => Number(b) - Number(a));
  const newest = versions[0];
  if (!newest) throw new Error("PostgreSQL is not installed; ./test installs it.");
  return `/usr/lib/postgresql/${newest}/bin`;
}

const isRoot = process.getuid?.() === 0;

function lend(folder: string): { asUser?: string; env: NodeJS.ProcessEnv } {
  if (!isRoot) return { env: process.env };
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  chownSync(folder, id("-u"), id("-g"));
  return { asUser: "postgres", env: { ...process.env, HOME: folder } };
}

export async function startPostgres(): Promise<Postgres> {
  const bin = programs();
  const folder = mkdtempSync(join(tmpdir(), "beside-pg-"));
  const options = { ...lend(folder), cwd: folder };
  const data = join(folder, "data");
  await run(join(bin, "initdb"), ["-D", data, "-U", "beside", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"], options);
  const port = await freePort();
  const url = (name: string) => `postgres://beside@127.0.0.1:${port}/${name}`;
  let server: Child | null = null;
  let made = 0;

  const sql = (to: string, text: string) => run(join(bin, "psql"), ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", to, "-c", text], options);

  const comeBack = async () => {
    // fsync is for power cuts, and no test pulls the plug.
    server = start(join(bin, "postgres"), ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-F", "-c", "max_connections=200"], options);
    await until("PostgreSQL answers", async () => {
      if (!server?.running()) throw new Error(`PostgreSQL ended:\n${server?.said()}`);
      return (await accepts(port)) && sql(url("postgres"), "SELECT 1").then(() => true, () => false);
    }, 30_000, 50);
  };

  await comeBack();
  return {
    folder,
    sql,
    comeBack,
    async newDatabase() {
      const name = `house_${process.pid}_${++made}`;
      await sql(url("postgres"), `CREATE DATABASE ${name}`);
      return url(name);
    },
    dump: (to) => run(join(bin, "pg_dump"), ["--inserts", to], options),
    // SIGQUIT: at once, without good-bye to anyone.
    crash: async () => server?.end("SIGQUIT"),
    async stop() {
      await server?.end("SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let shared: Promise<Postgres> | null = null;

/** The one of this process: most tests want a database, not a server of their own. */
export function postgres(): Promise<Postgres> {
  shared ??= startPostgres().then((it) => {
    process.on("exit", () => rmSync(it.folder, { recursive: true, force: true }));
    return it;
  });
  return shared;
}

export async function stopPostgres(): Promise<void> {
  await (await shared)?.stop();
  shared = null;
}
