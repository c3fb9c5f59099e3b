// SPDX-License-Identifier: AGPL-3.0-or-later
// Sign-in names and passphrases: how what a person types becomes what the house is told (an id it cannot turn back
// without guessing the name) and the key it never hears of.

import { utf8, type Bytes } from "../lib/bytes";
import { fromId } from "../lib/id";
import { CryptoError, type Credentials } from "./face";
import { derive, hash, label, stretch, wipe } from "./sodium";

/** NFKC, then trimmed, then small letters; null unless it has 3 to 40 characters (code points). */
export function normalName(typed: string): string | null {
  const name = typed.normalize("NFKC").trim().toLowerCase();
  const length = [...name].length;
  return length >= 3 && length <= 40 ? name : null;
}

export interface Login {
  readonly loginId: Bytes;
  readonly loginSecret: Bytes;
  readonly wrapKey: Bytes;
}

/** Takes about a quarter of a second and 64 MiB. The caller wipes the wrap key. */
export function logIn(credentials: Credentials): Login {
  const name = normalName(credentials.name);
  if (name === null) throw new CryptoError("bad-name");
  const house = fromId(credentials.houseId);
  const passphrase = utf8(credentials.passphrase.normalize("NFKC"));
  const stretched = stretch(passphrase, hash(16, null, label("beside/salt/1"), house, utf8(name)));
  const login = {
    loginId: hash(32, null, label("beside/name/1"), house, utf8(name)),
    wrapKey: derive(stretched, "besidePw", 1),
    loginSecret: derive(stretched, "besidePw", 2),
  };
  wipe(passphrase, stretched);
  return login;
}
