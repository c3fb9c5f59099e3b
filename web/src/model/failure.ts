/* SPDX-License-Identifier: AGPL-3.0-or-later */
// One place where what went wrong below becomes what a person can be told.

import { ApiProblem } from "../api/problem";
import { CryptoError } from "../crypto/face";
import { ModelFailure, type FailureCode } from "./face";

const OF_HOUSE: Partial<Record<ApiProblem["code"], FailureCode>> = {
  unreachable: "offline",
  "slow-down": "busy",
  busy: "busy",
  store: "busy",
  "store-full": "busy",
  "unknown-fate": "busy",
  memory: "busy",
  internal: "busy",
  "too-many": "limit",
  "too-big": "too-long",
  "voice-full": "voice-full",
  "not-signed-in": "session-ended",
  "sign-in-failed": "sign-in-failed",
  "name-taken": "name-taken",
  "invite-gone": "invite-gone",
  "own-invite": "own-invite",
  "already-bonded": "already-bonded",
  "room-ended": "room-ended",
  "already-member": "already-member",
  "circle-full": "circle-full",
  "two-keepers": "two-keepers",
  "last-keeper": "last-keeper",
  "not-your-turn": "not-your-turn",
  paused: "paused",
  "door-closed": "door-closed",
  taken: "taken",
  "too-early": "too-early",
  "roll-due": "busy",
  "not-found": "gone",
  unreadable: "unexpected",
};

const OF_CRYPTO: Record<CryptoError["code"], FailureCode> = {
  "bad-name": "bad-name",
  "bad-passphrase": "bad-passphrase",
  "bad-card": "bad-card",
  untrusted: "untrusted",
  "unknown-epoch": "untrusted",
  locked: "locked",
  "too-early": "too-early",
  "too-long": "too-long",
};

export function toFailure(error: unknown): ModelFailure {
  if (error instanceof ModelFailure) return error;
  if (error instanceof ApiProblem) return ofHouse(error);
  if (error instanceof CryptoError) return new ModelFailure(OF_CRYPTO[error.code], null, detailOf(error));
  if (isStorage(error)) return new ModelFailure("storage");
  return new ModelFailure("unexpected", null, error instanceof Error ? error.name : "");
}

function ofHouse(problem: ApiProblem): ModelFailure {
  // A code that this client does not know still has a status that says whether to try again.
  const code = OF_HOUSE[problem.code] ?? (problem.passing ? "busy" : "unexpected");
  return new ModelFailure(code, problem.retryAfterMs, code === "unexpected" ? problem.code : "");
}

function detailOf(error: CryptoError): string {
  return error.code === "bad-card" ? error.reason.replace(/^group-/, "") : error.reason;
}

// IndexedDB's own errors: no room, no permission, broken, closing.
function isStorage(error: unknown): boolean {
  return typeof DOMException !== "undefined" && error instanceof DOMException && error.name !== "OperationError";
}
