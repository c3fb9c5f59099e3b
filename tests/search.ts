// SPDX-License-Identifier: AGPL-3.0-or-later
// Looks for secrets where they must not be: in files, and in the memory of a running program, in every shape that they could
// take there (bytes, UTF-16, base64 of any alignment, base64url, hex).
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";

export interface Needle {
  readonly name: string;
  readonly shapes: readonly Buffer[];
}

const MIN_BYTES = 8;

/** Base64 says three bytes by four letters: what stands at an odd place is looked for by its middle. */
function base64Shapes(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const letters = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64").replace(/=+$/, "");
    return letters.slice(shift === 0 ? 0 : shift + 1, shift + bytes.length - ((shift + bytes.length) % 3) === 0 ? undefined : -2);
  });
}

export function needle(name: string, secret: string | Uint8Array): Needle {
  const bytes = Buffer.from(secret as string);
  const plain = typeof secret === "string" ? [bytes, Buffer.from(secret, "utf16le")] : [bytes];
  const base64 = base64Shapes(bytes).flatMap((text) => [text, text.replace(/\+/g, "-").replace(/\//g, "_")]);
  const texts = [...base64, bytes.toString("hex"), bytes.toString("hex").toUpperCase()].filter((text) => text.length >= MIN_BYTES);
  const shapes = [...plain, ...texts.map((text) => Buffer.from(text))];
  if (bytes.length < MIN_BYTES) throw new Error(`"${name}" is too short to be told from chance`);
  return { name, shapes };
}

const LONGEST = 4096;

/** The names of the needles that stand in these bytes. */
export function findIn(bytes: Buffer, needles: readonly Needle[]): string[] {
  return needles.filter(({ shapes }) => shapes.some((shape) => bytes.includes(shape))).map(({ name }) => name);
}

export function findInFolder(folder: string, needles: readonly Needle[]): { file: string; found: string[] }[] {
  return filesUnder(folder).map((file) => ({ file, found: findIn(readFileSync(join(folder, file)), needles) }));
}

/** Not readdir's own recursion: Node 18 stumbles over the sockets that a database keeps beside its files. */
function filesUnder(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((item) => {
    const name = join(below, item.name);
    return item.isDirectory() ? filesUnder(folder, name) : item.isFile() ? [name] : [];
  });
}

/** Every readable page of a process: heap, stacks, what its libraries keep, what was freed and not overwritten. */
export function findInMemory(pid: number, needles: readonly Needle[]): { bytes: number; found: string[] } {
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, "r");
  const block = Buffer.alloc(4 << 20);
  let bytes = 0;
  for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
    const [, from, to, rights, name] = line.match(/^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)$/) ?? [];
    if (!from || !to || !rights?.startsWith("r") || name === "[vvar]" || name === "[vsyscall]") continue;
    for (let at = parseInt(from, 16), end = parseInt(to, 16); at < end; at += block.length - LONGEST) {
      const got = readBlock(memory, block, Math.min(block.length, end - at), at);
      bytes += got;
      findIn(block.subarray(0, got), needles).forEach((one) => found.add(one));
    }
  }
  closeSync(memory);
  return { bytes, found: [...found] };
}

// A mapping may go away between its line and its bytes.
function readBlock(file: number, block: Buffer, count: number, at: number): number {
  try {
    return readSync(file, block, 0, count, at);
  } catch {
    return 0;
  }
}
