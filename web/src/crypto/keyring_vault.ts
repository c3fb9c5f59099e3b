// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyring's vault, and what it seals for this device and for the list of sessions.

import { utf8 } from "../lib/bytes";
import { CryptoError } from "./face";
import type { Held } from "./held";
import type { Part } from "./keyring";
import { open, seal, type Seal } from "./seal";
import { openSessionLabel, openVaultItem, sealSessionLabel, sealVaultItem, vaultKeyOf } from "./vault";

type Method =
  | "vaultKey" | "sealVault" | "openVault" | "sealLocal" | "openLocal" | "sealLabel" | "openLabel";

export function vaultPart(held: Held): Part<Method> {
  const { random } = held.platform;
  return {
    vaultKey: (name) => vaultKeyOf(held.me, name),

    sealVault: ({ name, value }) => sealVaultItem(held.me, name, value, random),

    openVault: ({ key, body }) => openVaultItem(held.me, key, body),

    sealLocal: (bytes, place) => seal(localSeal(held, place), bytes, random),

    openLocal(bytes, place) {
      const opened = open(localSeal(held, place), bytes);
      if (opened === null) throw new CryptoError("untrusted", "local");
      return opened;
    },

    sealLabel: ({ session, label }) => sealSessionLabel(held.me, session, label, random),

    openLabel: ({ session, body }) => openSessionLabel(held.me, session, body),
  };
}

function localSeal(held: Held, place: string = ""): Seal {
  return { key: held.me.localKey, purpose: "local", context: utf8(place) };
}
