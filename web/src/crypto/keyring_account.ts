// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyring's account: born, signed in, wrapped anew, parked, locked.

import { concat, Reader, u8, type Bytes } from "../lib/bytes";
import { fromId, ID_BYTES, toId } from "../lib/id";
import { accountOf, signDeletion, signWrapChange, unwrapRoot, wipeAccount, wrapRoot, type Account } from "./account";
import { CARD_BYTES, cardKeys, cardWords, readCardWords } from "./card";
import { CryptoError, type NewCard } from "./face";
import type { Held } from "./held";
import { speakable } from "./identity";
import type { Part } from "./keyring";
import { logIn } from "./name";
import { KEY_BYTES, label, wipe, type Random } from "./sodium";

type Method =
  | "newAccount" | "signIn" | "readCard" | "openWrap" | "newPassphrase" | "newCard" | "deletion" | "me" | "locked"
  | "lock" | "park" | "unpark" | "fingerprintWords";

const PARKED_VERSION = 1;
const PARKED_NONCE_BYTES = 12;

export function accountPart(held: Held): Part<Method> {
  const { random } = held.platform;
  return {
    newAccount(credentials) {
      const login = logIn(credentials);
      const account = held.unlock(random(KEY_BYTES));
      const { personId, bytes: identity } = account.identity;
      const wrapPassphrase = wrapRoot("passphrase", login.wrapKey, personId, account.root, random);
      wipe(login.wrapKey);
      const { loginId, loginSecret } = login;
      return { personId, identity, loginId, loginSecret, wrapPassphrase, card: makeCard(account, random) };
    },

    signIn(credentials) {
      const { loginId, loginSecret, wrapKey } = logIn(credentials);
      held.setPending("passphrase", wrapKey);
      return { loginId, loginSecret };
    },

    readCard(text) {
      const card = readCardWords(text);
      const { id, secret, wrapKey } = cardKeys(card);
      wipe(card);
      held.setPending("card", wrapKey);
      return { cardId: id, cardSecret: secret };
    },

    openWrap({ personId, wrap }) {
      const { kind, key } = held.takePending();
      const root = unwrapRoot(kind, key, personId, wrap);
      wipe(key);
      if (root === null) throw kind === "card" ? new CryptoError("bad-card", "wrap") : new CryptoError("bad-passphrase");
      const account = held.unlock(root);
      if (account.identity.personId === personId) return;
      held.lock();
      throw new CryptoError("untrusted", "wrap-person");
    },

    newPassphrase({ counter, ...credentials }) {
      const account = held.me;
      const { loginId, loginSecret, wrapKey } = logIn(credentials);
      const wrap = wrapRoot("passphrase", wrapKey, account.identity.personId, account.root, random);
      wipe(wrapKey);
      const change = { houseId: credentials.houseId, counter };
      const signature = signWrapChange(account, change, "passphrase", [loginId, loginSecret, wrap]);
      return { loginId, loginSecret, wrap, signature };
    },

    newCard(change) {
      const account = held.me;
      const card = makeCard(account, random);
      const signature = signWrapChange(account, change, "card", [fromId(card.id), card.secret, card.wrap]);
      return { ...card, signature };
    },

    deletion(change) {
      return { signature: signDeletion(held.me, change) };
    },

    me() {
      const { identity, selfRoom } = held.me;
      return { personId: identity.personId, identity: identity.bytes, selfRoom };
    },

    locked: () => held.locked,

    lock: () => held.lock(),

    park: (deviceKey) => park(held, deviceKey),

    unpark: (parked, deviceKey) => unpark(held, parked, deviceKey),

    fingerprintWords: (personId) => speakable(personId),
  };
}

function makeCard(account: Account, random: Random): NewCard {
  const card = random(CARD_BYTES);
  const { id, secret, wrapKey } = cardKeys(card);
  const wrap = wrapRoot("card", wrapKey, account.identity.personId, account.root, random);
  const words = cardWords(card);
  wipe(card, wrapKey);
  return { words, id, secret, wrap };
}

/** 0x01 ‖ person id ‖ nonce ‖ AES-256-GCM(root), bound to the person id. AES only because a browser can hold such a key
 *  without ever giving it out. */
async function park(held: Held, deviceKey: CryptoKey): Promise<Bytes> {
  const { root, identity } = held.me;
  if (deviceKey.extractable) throw new CryptoError("untrusted", "device-key");
  const nonce = held.platform.random(PARKED_NONCE_BYTES);
  const person = fromId(identity.personId);
  const sealed = await held.platform.subtle.encrypt(parking(nonce, person), deviceKey, root);
  return concat(u8(PARKED_VERSION), person, nonce, new Uint8Array(sealed));
}

async function unpark(held: Held, parked: Bytes, deviceKey: CryptoKey): Promise<void> {
  const began = ++held.generation;
  const reader = new Reader(parked);
  const version = reader.u8();
  const person = reader.bytes(ID_BYTES);
  const root = await openParked(held, reader.bytes(PARKED_NONCE_BYTES), person, reader.rest(), deviceKey);
  if (held.generation !== began) {
    wipe(root);
    throw new CryptoError("locked");
  }
  if (version !== PARKED_VERSION || !givesPerson(root, toId(person))) throw new CryptoError("untrusted", "parked");
  held.unlock(root);
}

async function openParked(
  held: Held, nonce: Bytes, person: Bytes, sealed: Bytes, deviceKey: CryptoKey,
): Promise<Bytes> {
  try {
    return new Uint8Array(await held.platform.subtle.decrypt(parking(nonce, person), deviceKey, sealed));
  } catch {
    throw new CryptoError("untrusted", "parked");
  }
}

function parking(nonce: Bytes, person: Bytes): AesGcmParams {
  return { name: "AES-GCM", iv: nonce, additionalData: concat(label("beside/park/1"), person) };
}

function givesPerson(root: Bytes, person: string): boolean {
  if (root.length !== KEY_BYTES) return false;
  const account = accountOf(new Uint8Array(root));
  wipeAccount(account);
  return account.identity.personId === person;
}
