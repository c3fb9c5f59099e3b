// SPDX-License-Identifier: AGPL-3.0-or-later
// The vault: small named things of one person, kept by the house under keys that tell nothing and sealed with one key.
// The item's name is inside as well, so that the house cannot answer for one item with another.

import { fromId, ID_BYTES, toId, type Id } from "../lib/id";
import { utf8, type Bytes } from "../lib/bytes";
import type { Account } from "./account";
import { CryptoError } from "./face";
import { openJson, sealJson, type Seal } from "./seal";
import { hash, type Random } from "./sodium";

export const VAULT_MAX_BYTES = 65_536;
const LABEL_MAX_BYTES = 4096;

export function vaultKeyOf(account: Account, name: string): Id {
  return toId(hash(32, account.vaultNameKey, utf8(name)).subarray(0, ID_BYTES));
}

export function sealVaultItem(account: Account, name: string, value: unknown, random: Random): { key: Id; body: Bytes } {
  const key = vaultKeyOf(account, name);
  return { key, body: sealJson(vaultSeal(account, key), { name, value }, VAULT_MAX_BYTES, random) };
}

export function openVaultItem(account: Account, key: Id, body: Bytes): { name: string; value: unknown } {
  const { name, value } = openJson(vaultSeal(account, key), body);
  if (typeof name !== "string" || vaultKeyOf(account, name) !== key) throw new CryptoError("untrusted", "vault-name");
  return { name, value };
}

function vaultSeal(account: Account, key: Id): Seal {
  return { key: account.vaultKey, purpose: "vault", context: fromId(key) };
}

export function sealSessionLabel(account: Account, session: Id, text: string, random: Random): Bytes {
  return sealJson(labelSeal(account, session), { label: text }, LABEL_MAX_BYTES, random);
}

export function openSessionLabel(account: Account, session: Id, body: Bytes): string {
  const found = openJson(labelSeal(account, session), body)["label"];
  if (typeof found !== "string") throw new CryptoError("untrusted", "session-label");
  return found;
}

function labelSeal(account: Account, session: Id): Seal {
  return { key: account.labelKey, purpose: "session-label", context: fromId(session) };
}
