/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Letters never sent: kept, sealed until a day, let go; and the slow road of sending one.
import { signal } from "@preact/signals";
import { ModelFailure, type Letters } from "./face";

export function createLetters(): Letters {
  const reject = async (): Promise<never> => {
    throw new ModelFailure("unexpected");
  };
  return {
    list: signal([]),
    letter: () => signal(null),
    write: reject,
    edit: reject,
    sealUntil: reject,
    open: reject,
    letGo: reject,
    beginSending: reject,
    stopSending: reject,
    send: reject,
  };
}
