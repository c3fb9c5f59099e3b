// SPDX-License-Identifier: AGPL-3.0-or-later
// The account root and all that comes of it, the two wraps that give it back, and the signatures by which its owner,
// and nobody who merely holds a session, changes a wrap or deletes the account.

import { concat, u64, u8, type Bytes } from "../lib/bytes";
import { fromId, ID_BYTES, toId, type Id } from "../lib/id";
import { makeIdentity, type Identity } from "./identity";
import { open, seal, type Seal } from "./seal";
import { derive, hash, kemKeys, KEY_BYTES, label, sign, signKeys, wipe, type KeyPair, type Random } from "./sodium";

export interface Account {
  readonly root: Bytes;
  readonly identity: Identity;
  readonly signing: KeyPair;
  readonly kem: KeyPair;
  readonly localKey: Bytes;
  readonly vaultKey: Bytes;
  readonly labelKey: Bytes;
  readonly vaultNameKey: Bytes;
  readonly letterKey: Bytes;
  readonly selfRoom: Id;
}

export function accountOf(root: Bytes): Account {
  const signSeed = derive(root, "besideRt", 1);
  const kemSeed = derive(root, "besideRt", 2);
  const signing = signKeys(signSeed);
  const kem = kemKeys(kemSeed);
  wipe(signSeed, kemSeed);
  return {
    root,
    identity: makeIdentity(signing.publicKey, kem.publicKey),
    signing,
    kem,
    localKey: derive(root, "besideRt", 3),
    vaultKey: derive(root, "besideRt", 4),
    labelKey: derive(root, "besideRt", 5),
    selfRoom: toId(derive(root, "besideRt", 6, ID_BYTES)),
    vaultNameKey: derive(root, "besideRt", 7),
    letterKey: derive(root, "besideRt", 8),
  };
}

export function wipeAccount(account: Account): void {
  const { root, signing, kem, localKey, vaultKey, labelKey, vaultNameKey, letterKey } = account;
  wipe(root, signing.secretKey, kem.secretKey, localKey, vaultKey, labelKey, vaultNameKey, letterKey);
}

export type WrapKind = "passphrase" | "card";

export function wrapRoot(kind: WrapKind, key: Bytes, person: Id, root: Bytes, random: Random): Bytes {
  return seal(wrapSeal(kind, key, person), root, random);
}

/** The root, or null if KEY does not open this wrap as this person's. The length is checked so that one wrap cannot be
 *  made to open under many keys at once. */
export function unwrapRoot(kind: WrapKind, key: Bytes, person: Id, wrap: Bytes): Bytes | null {
  const root = open(wrapSeal(kind, key, person), wrap);
  return root?.length === KEY_BYTES ? root : null;
}

function wrapSeal(kind: WrapKind, key: Bytes, person: Id): Seal {
  return { key, purpose: `wrap-${kind}`, context: fromId(person) };
}

interface Change {
  readonly houseId: Id;
  readonly counter: number;
}

/** Over the fields as the house stores them, in their order; the counter makes each change good for once. */
export function signWrapChange(account: Account, change: Change, kind: WrapKind, fields: readonly Bytes[]): Bytes {
  const which = u8(kind === "passphrase" ? 1 : 2);
  return signChange(account, change, "beside/wraps/1", which, hash(32, null, ...fields));
}

export function signDeletion(account: Account, change: Change): Bytes {
  return signChange(account, change, "beside/delete/1");
}

function signChange(account: Account, change: Change, what: string, ...more: readonly Bytes[]): Bytes {
  const who = concat(fromId(change.houseId), fromId(account.identity.personId), u64(change.counter));
  return sign(account.signing.secretKey, label(what), who, ...more);
}
