/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The files in a zip, one after another, with a bound for each and for all. fflate inflates; the table of contents is read
// here, because fflate's own reader believes the sizes that a zip states: a few kilobytes that unpack to gigabytes, or a
// thousand names for the same bytes, would hang the page. Here a file that grows beyond what it stated is dropped at once,
// and everything that was unpacked, wanted or not, counts against one budget.

import { Inflate } from "fflate";
import { concat } from "../lib/bytes";
import type { Ms } from "./face";

export interface Zipped {
  readonly name: string;
  readonly modified: Ms;
  readonly bytes: Uint8Array | "left-out" | "too-long" | "broken";
}

export interface ZipLimits {
  /** Bytes of all files together. */
  readonly total: number;
  /** Bytes of one file by its name; 0: it is not wanted. */
  readonly each: (name: string) => number;
}

interface Listed {
  readonly name: string;
  readonly modified: Ms;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const LISTED = 0x02014b50;
const LISTED_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** Deflate makes at most 1032 bytes of one: this much is unpacked before it is looked at again. */
const PIECE = 1024;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** Null: it is no zip that can be read (cut short, split, or beyond 4 GiB). */
export function unzipped(zip: Uint8Array, limits: ZipLimits): Iterable<Zipped> | null {
  const list = contents(zip);
  return list === null ? null : unpack(zip, list, limits);
}

function* unpack(zip: Uint8Array, list: readonly Listed[], { total, each }: ZipLimits): Iterable<Zipped> {
  const budget = { left: total };
  for (const one of list) {
    if (one.name.endsWith("/")) continue;
    const limit = each(one.name);
    yield { name: one.name, modified: one.modified, bytes: limit === 0 ? "left-out" : one.size > Math.min(limit, budget.left) ? "too-long" : unpackOne(zip, one, budget) };
  }
}

function contents(zip: Uint8Array): Listed[] | null {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = endOf(view);
  if (end === -1) return null;
  const list: Listed[] = [];
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; n--) {
    if (at + LISTED_BYTES > end || view.getUint32(at, true) !== LISTED) return null;
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number];
    const flags = view.getUint16(at + 8, true);
    list.push({
      name: toName(zip.subarray(at + LISTED_BYTES, at + LISTED_BYTES + name)),
      modified: toTime(view.getUint16(at + 14, true), view.getUint16(at + 12, true)),
      encrypted: (flags & 1) === 1,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += LISTED_BYTES + name + extra + comment;
  }
  return list;
}

/** Where the end record stands: behind it is at most a comment. */
function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - 0xffff);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) if (view.getUint32(at, true) === END) return at;
  return -1;
}

function unpackOne(zip: Uint8Array, { encrypted, method, packed, size, at }: Listed, budget: { left: number }): Uint8Array | "broken" {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  if (encrypted || at + LOCAL_BYTES > zip.length || view.getUint32(at, true) !== LOCAL) return "broken";
  const from = at + LOCAL_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from + packed > zip.length) return "broken";
  const bytes = zip.subarray(from, from + packed);
  if (method === 8) return inflate(bytes, size, budget);
  budget.left -= bytes.length;
  return method === 0 && packed === size ? bytes : "broken";
}

function inflate(packed: Uint8Array, size: number, budget: { left: number }): Uint8Array | "broken" {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((piece) => {
    pieces.push(piece);
    length += piece.length;
    budget.left -= piece.length;
  });
  try {
    for (let at = 0; at < packed.length && length <= size; at += PIECE) stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  } catch {
    return "broken";
  }
  return length === size ? concat(...pieces) : "broken";
}

/** UTF-8 as zips of this century have it; else byte by byte, so that at least the plain letters of an old name are right. */
function toName(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\\", "/");
  } catch {
    return String.fromCharCode(...bytes.subarray(0, 1000));
  }
}

/** A zip knows the clock on the wall where it was made, not its zone. */
function toTime(date: number, time: number): Ms {
  return new Date((date >> 9) + 1980, ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2).getTime();
}
