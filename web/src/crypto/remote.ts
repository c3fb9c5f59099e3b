// SPDX-License-Identifier: AGPL-3.0-or-later
// The main thread's end of the crypto worker: `Crypto` over messages, one call one answer, errors carried as
// CryptoError. Calls may overlap; answers find theirs by number.
//
// lock() ends the worker itself after it has wiped its keys: only that surely frees the library's memory. The next call
// starts a new, locked one. Whatever was under way then fails as "locked". A worker that breaks is ended the same way.

import { CryptoError, type Crypto, type CryptoCode } from "./face";

/** The part of Worker (and of Node's MessagePort) that is used here. */
export interface Line {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror?: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export interface Call {
  readonly number: number;
  readonly method: keyof Crypto;
  readonly args: readonly unknown[];
}

export type Answer =
  | { readonly number: number; readonly value: unknown }
  | { readonly number: number; readonly failed: Failure };

/** CODE null: a fault of ours, not a judgement; its message has no content in it. */
export interface Failure {
  readonly code: CryptoCode | null;
  readonly reason: string;
}

/** Every method of Crypto and nothing else; the compiler keeps it so. */
const METHODS: Readonly<Record<keyof Crypto, true>> = {
  newAccount: true, signIn: true, readCard: true, openWrap: true, newPassphrase: true, newCard: true, deletion: true,
  me: true, locked: true, lock: true, park: true, unpark: true, fingerprintWords: true, newInvite: true,
  openInvite: true, readGreeting: true, acceptInvite: true, readAnswer: true, foundSelf: true, trust: true,
  loadRoster: true, loadEnvelopes: true, roll: true, sealEntry: true, openEntry: true, reveal: true,
  verifyCommitment: true, vaultKey: true, sealVault: true, openVault: true, sealLocal: true, openLocal: true,
  sealLabel: true, openLabel: true, sealVoice: true, openVoice: true, openVoiceChunk: true, closeVoice: true,
  sealUntil: true, openUntil: true, answerCircle: true, foundCircle: true, changeMembers: true, leave: true,
  sealBox: true, openBox: true, sealSignal: true, openSignal: true,
};

export function isMethod(name: string): name is keyof Crypto {
  return Object.hasOwn(METHODS, name);
}

/** SPAWN starts a worker that runs worker.ts; it is called when first needed, and again after each lock. */
export function connectCrypto(spawn: () => Line): Crypto {
  let current: Caller | null = null;
  const call = (method: keyof Crypto, args: readonly unknown[]): Promise<unknown> => {
    if (current === null || current.ended) current = new Caller(spawn());
    return current.call(method, args);
  };
  const lock = async (): Promise<void> => {
    const leaving = current;
    current = null;
    if (leaving === null || leaving.ended) return;
    await leaving.call("lock", []).catch(() => undefined); // a broken worker has nothing left to wipe
    leaving.end();
  };
  const names = Object.keys(METHODS) as (keyof Crypto)[];
  const methods = names.map((name) => [name, (...args: unknown[]) => call(name, args)]);
  return { ...(Object.fromEntries(methods) as unknown as Crypto), lock };
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

class Caller {
  ended = false;
  private count = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(private readonly line: Line) {
    line.onmessage = (event) => this.settle(event.data as Answer);
    line.onerror = () => this.end();
  }

  call(method: keyof Crypto, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const number = ++this.count;
      this.line.postMessage({ number, method, args } satisfies Call); // throws, so rejects, before it is waited for
      this.waiting.set(number, { resolve, reject });
    });
  }

  end(): void {
    this.ended = true;
    this.line.terminate();
    for (const { reject } of this.waiting.values()) reject(new CryptoError("locked"));
    this.waiting.clear();
  }

  private settle(answer: Answer): void {
    const waiting = this.waiting.get(answer.number);
    this.waiting.delete(answer.number);
    if (waiting === undefined) return;
    if ("failed" in answer) waiting.reject(errorOf(answer.failed));
    else waiting.resolve(answer.value);
  }
}

function errorOf({ code, reason }: Failure): Error {
  return code === null ? new Error(`crypto worker: ${reason}`) : new CryptoError(code, reason);
}
