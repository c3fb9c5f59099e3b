// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's end of remote.ts: takes calls from one line and answers each from a `Crypto`. Only methods of Crypto can
// be called, and no error carries more than its code and reason across.

import { CryptoError, type Crypto } from "./face";
import { isMethod, type Answer, type Call, type Failure } from "./remote";

export interface ServedLine {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** CRYPTO may still be on its way: calls wait for it. */
export function serveCrypto(line: ServedLine, crypto: Promise<Crypto>): void {
  line.onmessage = (event) => void answer(line, crypto, event.data as Call);
}

async function answer(line: ServedLine, crypto: Promise<Crypto>, call: Call): Promise<void> {
  const { number } = call;
  try {
    const value = await run(await crypto, call);
    line.postMessage({ number, value } satisfies Answer, handedOver(call.method, value));
  } catch (error) {
    line.postMessage({ number, failed: failureOf(error) } satisfies Answer, []);
  }
}

async function run(crypto: Crypto, { method, args }: Call): Promise<unknown> {
  if (!isMethod(method)) throw new TypeError("no such method");
  return (crypto[method] as (...args: readonly unknown[]) => Promise<unknown>)(...args);
}

/** Buffers that cross without being copied: those of voice notes, which are large, and of which the keyring keeps none. */
function handedOver(method: keyof Crypto, value: unknown): Transferable[] {
  if (method === "openVoiceChunk") return [(value as Result<"openVoiceChunk">).sound.buffer];
  if (method !== "sealVoice") return [];
  const { key, digest, chunks } = value as Result<"sealVoice">;
  return [key, digest, ...chunks].map((bytes) => bytes.buffer);
}

type Result<Method extends keyof Crypto> = Awaited<ReturnType<Crypto[Method]>>;

function failureOf(error: unknown): Failure {
  if (error instanceof CryptoError) return { code: error.code, reason: error.reason };
  return { code: null, reason: error instanceof Error ? error.name : "unknown" };
}
