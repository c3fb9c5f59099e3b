// SPDX-License-Identifier: AGPL-3.0-or-later
// Plain byte work for every layer: joining, comparing, integers (big-endian, always), UTF-8, and a cursor that reads
// what a stranger sent. Nothing here is constant time; secrets are compared in crypto.

/** Bytes over a buffer of their own kind (never shared memory), so that fetch and WebCrypto take them as they are. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What arrived is not shaped as it must be. The message says what, never with the bytes themselves. */
export class BadBytes extends Error {
  override readonly name = "BadBytes";
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Order as memcmp has it; the shorter of two equal beginnings comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function u8(value: number): Bytes {
  return whole(value, 1);
}

export function u16(value: number): Bytes {
  return whole(value, 2);
}

export function u32(value: number): Bytes {
  return whole(value, 4);
}

/** Eight bytes. Numbers here are counters and times: whole, not negative, exact in a double. */
export function u64(value: number): Bytes {
  return whole(value, 8);
}

function whole(value: number, size: number): Bytes {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** (8 * size)) throw new RangeError(`no u${8 * size}`);
  const bytes = new Uint8Array(size);
  for (let i = size - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes;
}

/** The text of BYTES, exactly: a byte order mark stays, and bytes that are not UTF-8 are refused. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new BadBytes("not UTF-8");
  }
}

/** A cursor over bytes from outside. Every read copies, checks its length, and throws BadBytes past the end. */
export class Reader {
  private at = 0;

  constructor(private readonly source: Uint8Array) {}

  get left(): number {
    return this.source.length - this.at;
  }

  bytes(count: number): Bytes {
    if (count > this.left) throw new BadBytes("too short");
    const piece = new Uint8Array(count);
    piece.set(this.source.subarray(this.at, this.at + count));
    this.at += count;
    return piece;
  }

  u8(): number {
    return this.number(1);
  }

  u16(): number {
    return this.number(2);
  }

  u32(): number {
    return this.number(4);
  }

  /** Also reads an i64, since a negative one is out of range here too. */
  u64(): number {
    const value = this.number(8);
    if (!Number.isSafeInteger(value)) throw new BadBytes("number too large");
    return value;
  }

  rest(): Bytes {
    return this.bytes(this.left);
  }

  end(): void {
    if (this.left !== 0) throw new BadBytes("too long");
  }

  private number(size: number): number {
    return this.bytes(size).reduce((sum, byte) => sum * 256 + byte, 0);
  }
}
