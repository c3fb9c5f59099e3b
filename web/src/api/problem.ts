/* SPDX-License-Identifier: AGPL-3.0-or-later */
// How the API says no: one error for everything that a call can come to, a lost network included.

import type { components } from "./schema";

export type ProblemCode = components["schemas"]["ProblemCode"];

export class ApiProblem extends Error {
  override readonly name = "ApiProblem";

  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** "unreachable": no answer, so it may or may not be done. "unreadable": an answer that the contract does not know. */
    readonly code: ProblemCode | "unreachable" | "unreadable",
    readonly retryAfterMs: number | null = null,
    /** The problem's own numbers: epoch, seq, time_ms, version. */
    readonly numbers: Readonly<Record<string, number>> = {},
  ) {
    super(code);
  }

  /** No answer came: the request may be repeated, and must be by whoever needs to know. */
  get network(): boolean {
    return this.status === 0;
  }

  /** The house could not do it now; nothing is wrong with the request. */
  get passing(): boolean {
    return this.network || this.status === 429 || this.status >= 500;
  }
}

/** Retry-After in seconds, as this API sends it. */
export function retryAfter(headers: Headers): number | null {
  const seconds = headers.get("retry-after");
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : null;
}

export async function readProblem(reply: Response): Promise<ApiProblem> {
  const wait = retryAfter(reply.headers);
  const text = await reply.text().catch(() => "");
  const document = parseObject(text);
  if (document === null || typeof document.code !== "string") return new ApiProblem(reply.status, "unreadable", wait);
  const numbers = Object.fromEntries(Object.entries(document).filter((pair): pair is [string, number] => typeof pair[1] === "number"));
  return new ApiProblem(reply.status, document.code as ProblemCode, wait, numbers);
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
