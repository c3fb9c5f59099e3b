/* SPDX-License-Identifier: AGPL-3.0-or-later */
// A zip that grows file by file. Between files the page breathes, so that ten thousand pages do not freeze it; sound is packed
// as it is, for it cannot be made smaller.

import { strToU8, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { concat, type Bytes } from "../lib/bytes";

export interface ZipMaker {
  text(name: string, text: string): Promise<void>;
  /** In pieces, as they come. */
  sound(name: string, pieces: readonly Uint8Array[]): Promise<void>;
  end(): Bytes;
}

/** What is packed between two breaths. */
const BREATH_BYTES = 1 << 20;
const BREATH_FILES = 50;

export function makeZip(breathe: () => Promise<void>): ZipMaker {
  const pieces: Uint8Array[] = [];
  let since = { bytes: 0, files: 0 };
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });

  async function breath(bytes: number): Promise<void> {
    since = { bytes: since.bytes + bytes, files: since.files + 1 };
    if (since.bytes < BREATH_BYTES && since.files < BREATH_FILES) return;
    since = { bytes: 0, files: 0 };
    await breathe();
  }

  return {
    async text(name, text) {
      const bytes = strToU8(text);
      const file = new ZipDeflate(name, { level: 6 });
      zip.add(file);
      file.push(bytes, true);
      await breath(bytes.length);
    },
    async sound(name, sound) {
      const file = new ZipPassThrough(name);
      zip.add(file);
      for (const [i, piece] of sound.entries()) file.push(piece, i === sound.length - 1);
      if (sound.length === 0) file.push(new Uint8Array(), true);
      await breath(sound.reduce((sum, { length }) => sum + length, 0));
    },
    end() {
      zip.end();
      return concat(...pieces);
    },
  };
}
