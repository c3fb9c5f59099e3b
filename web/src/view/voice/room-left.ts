// SPDX-License-Identifier: AGPL-3.0-or-later
// How much longer a person may talk: what one recording may hold, and what is left of their room at the house. Said only
// when it is getting short, and before it is hit.
import type { Voices } from "../../model/face";

/** What we ask of the encoder: speech stays clear, and ten minutes are under three megabytes. */
export const BITS_PER_SECOND = 32_000;

/** The encoder keeps to it roughly; better to promise a little less than the house will take. */
const BYTES_PER_MS = (BITS_PER_SECOND / 8 / 1000) * 1.25;
const MINUTE = 60_000;
const SHORT_MINUTES = 15;

export type Quota = Voices["quota"]["value"];

/** How long all further recordings may be together; null while that is not known. */
export function msLeft(quota: Quota): number | null {
  return quota && Math.max(0, quota.quotaBytes - quota.usedBytes) / BYTES_PER_MS;
}

export type RoomLeft =
  | { readonly is: "enough" } // or not known: the house says so itself in the end, and the recording stays
  | { readonly is: "short"; readonly minutes: number }
  | { readonly is: "gone" }
  | { readonly is: "none" }; // this house keeps no voice notes

export function roomLeft(quota: Quota): RoomLeft {
  if (quota?.quotaBytes === 0) return { is: "none" };
  const left = msLeft(quota);
  if (left === null || left >= SHORT_MINUTES * MINUTE) return { is: "enough" };
  return left < MINUTE ? { is: "gone" } : { is: "short", minutes: Math.floor(left / MINUTE) };
}

/** The longest that a recording begun now may become. */
export function longest(longestMs: number, quota: Quota): number {
  return Math.min(longestMs, msLeft(quota) ?? longestMs);
}
