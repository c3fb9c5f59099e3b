// SPDX-License-Identifier: AGPL-3.0-or-later
// Programs that a test starts: each dies with the test that started it, and nothing else is ever ended.
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { createServer, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface Child {
  readonly pid: number;
  /** What it printed, both streams: the latest of it. */
  said(): string;
  running(): boolean;
  /** Sends the signal and waits for the end. A child that has ended already is left alone. */
  end(signal?: NodeJS.Signals): Promise<void>;
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
}

const living = new Set<Child>();
process.on("exit", () => living.forEach((child) => child.process.kill("SIGKILL")));

/** For after(): ends, kindly, whatever a test that failed has left running. */
export async function endAll(): Promise<void> {
  for (const child of living) await child.end().catch(() => undefined);
}

/** What is kept of one that runs on and on, in characters. */
const KEPT = 4_000_000;

/** setpriv has the kernel end the child when we die, however we die. */
export function start(command: string, args: readonly string[], options: SpawnOptions & { asUser?: string; kept?: number } = {}): Child {
  const { asUser, kept = KEPT, ...rest } = options;
  const who = asUser ? [`--reuid=${asUser}`, `--regid=${asUser}`, "--clear-groups"] : [];
  const child = spawn("setpriv", [...who, "--pdeathsig", "KILL", "--", command, ...args], { stdio: ["ignore", "pipe", "pipe"], ...rest });
  let said = "";
  const keep = (bytes: Buffer) => (said = (said + bytes.toString("utf8")).slice(-kept));
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const running = () => child.exitCode === null && child.signalCode === null;
  const ended = new Promise<number | null>((done, fail) => {
    child.on("close", (code) => {
      living.delete(self);
      done(code);
    });
    child.on("error", (error) => (living.delete(self), fail(new Error(`${command} cannot be started: ${error.message}`))));
  });
  ended.catch(() => undefined);
  const self: Child = {
    pid: child.pid ?? -1,
    process: child,
    said: () => said,
    running,
    ended,
    async end(signal = "SIGTERM") {
      if (running()) child.kill(signal);
      await ended;
    },
  };
  living.add(self);
  return self;
}

/** Runs a program to its end and gives all that it printed (a dump may be long); throws with it if it failed. */
export async function run(command: string, args: readonly string[], options: Parameters<typeof start>[2] = {}): Promise<string> {
  const child = start(command, args, { ...options, kept: Infinity });
  const code = await child.ended;
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${child.said()}`);
  return child.said();
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => (socket.destroy(), done(true)));
    socket.on("error", () => done(false));
  });
}

/** Waits until WANTED gives something true; throws with WHAT after LIMIT_MS. */
export async function until<T>(what: string, wanted: () => T | Promise<T>, limitMs = 10_000, everyMs = 20): Promise<Exclude<T, false | null | undefined>> {
  const start = Date.now();
  for (;;) {
    const got = await wanted();
    if (got) return got as Exclude<T, false | null | undefined>;
    if (Date.now() - start > limitMs) throw new Error(`After ${limitMs} ms still not: ${what}`);
    await sleep(everyMs);
  }
}
