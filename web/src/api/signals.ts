/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Signals: sealed for a room, delivered to whoever is there now, and kept nowhere.

import { BadBytes, type Bytes } from "../lib/bytes";
import { fromBase64url } from "../lib/base64url";
import { ID_BYTES, toId, type Id } from "../lib/id";
import type { Asking } from "./client";

export function signalCalls({ nothing }: Pick<Asking, "nothing">) {
  return {
    sendSignal: (room: Id, body: Bytes) => nothing("POST", `/rooms/${room}/signals`, { body: { octets: body } }),
  };
}

export interface SignalFrame {
  readonly room: Id;
  readonly author: Id;
  readonly body: Bytes;
}

/** The data of an event `signal`. Throws BadBytes. */
export function readSignalFrame(data: string): SignalFrame {
  const bytes = fromBase64url(data);
  if (bytes.length <= 2 * ID_BYTES) throw new BadBytes("not a signal");
  const id = (n: number) => toId(bytes.subarray(n * ID_BYTES, (n + 1) * ID_BYTES));
  return { room: id(0), author: id(1), body: bytes.slice(2 * ID_BYTES) };
}
