// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyring: `Crypto` done for real, in whatever thread it is made. Browsers make it in a worker (worker.ts); Node
// makes it directly. It puts the parts together, has them wait for nothing but themselves, and turns every "these bytes
// are not shaped so" into the one error the layers above know.

import { BadBytes } from "../lib/bytes";
import { CryptoError, type Crypto } from "./face";
import { Held, type Platform } from "./held";
import { accountPart } from "./keyring_account";
import { circlePart } from "./keyring_circles";
import { invitePart } from "./keyring_invites";
import { letterPart } from "./keyring_letters";
import { roomPart } from "./keyring_rooms";
import { vaultPart } from "./keyring_vault";
import { voicePart } from "./keyring_voice";
import { randomBytes, sodiumReady } from "./sodium";

/** PLATFORM is for tests: scripted randomness and time. */
export async function createKeyring(platform: Partial<Platform> = {}): Promise<Crypto> {
  await sodiumReady();
  const held = new Held({ random: randomBytes, now: Date.now, subtle: globalThis.crypto.subtle, ...platform });
  return guarded({
    ...accountPart(held), ...invitePart(held), ...roomPart(held), ...vaultPart(held), ...voicePart(held), ...letterPart(held),
    ...circlePart(held),
  });
}

/** `Crypto` as the parts write it: without waiting where there is nothing to wait for. */
export type Part<Method extends keyof Crypto> = {
  [Name in Method]: (
    ...args: Parameters<Crypto[Name]>
  ) => Awaited<ReturnType<Crypto[Name]>> | ReturnType<Crypto[Name]>;
};

function guarded(parts: Part<keyof Crypto>): Crypto {
  const names = Object.keys(parts) as (keyof Crypto)[];
  return Object.fromEntries(names.map((name) => [name, guard(parts[name] as AnyMethod)])) as unknown as Crypto;
}

type AnyMethod = (...args: unknown[]) => unknown;

function guard(method: AnyMethod): AnyMethod {
  return async (...args) => {
    try {
      return await method(...args);
    } catch (error) {
      if (error instanceof BadBytes) throw new CryptoError("untrusted", "malformed");
      throw error;
    }
  };
}
