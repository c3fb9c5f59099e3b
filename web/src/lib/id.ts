// SPDX-License-Identifier: AGPL-3.0-or-later
// Ids: 16 bytes on the wire, 22 letters of base64url everywhere else in the client.

import { BadBytes, type Bytes } from "./bytes";
import { fromBase64url, toBase64url } from "./base64url";

export type Id = string;

export const ID_BYTES = 16;

export function toId(bytes: Uint8Array): Id {
  if (bytes.length !== ID_BYTES) throw new BadBytes("not an id");
  return toBase64url(bytes);
}

export function fromId(id: Id): Bytes {
  const bytes = fromBase64url(id);
  if (bytes.length !== ID_BYTES) throw new BadBytes("not an id");
  return bytes;
}

export function isId(value: unknown): value is Id {
  if (typeof value !== "string") return false;
  try {
    fromId(value);
    return true;
  } catch {
    return false;
  }
}
