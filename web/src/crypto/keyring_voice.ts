// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyring's voice notes. Their keys come from entries, not from the account; still they are opened only for somebody
// who is here, and forgotten with everything else.

import type { Held } from "./held";
import type { Part } from "./keyring";
import { sealVoice, VoiceReader } from "./voice";

type Method = "sealVoice" | "openVoice" | "openVoiceChunk" | "closeVoice";

export function voicePart(held: Held): Part<Method> {
  return {
    sealVoice({ room, voice, sound }) {
      held.mustBeUnlocked();
      return sealVoice({ room, voice }, sound, held.platform.random);
    },

    openVoice({ room, voice, key, digest }) {
      held.mustBeUnlocked();
      return held.addVoice(new VoiceReader({ room, voice }, key, digest));
    },

    openVoiceChunk({ handle, chunk }) {
      held.mustBeUnlocked();
      const reader = held.voice(handle);
      let over = true; // as it is if anything fails
      try {
        const opened = reader.open(chunk);
        over = opened.last;
        return opened;
      } finally {
        if (over) held.closeVoice(handle);
      }
    },

    closeVoice: (handle) => held.closeVoice(handle),
  };
}
