/* SPDX-License-Identifier: AGPL-3.0-or-later */
// Pages from other journals: read on the device, looked at, then kept.
import { signal } from "@preact/signals";
import { ModelFailure, type Importing } from "./face";

export function createImporting(): Importing {
  const reject = async (): Promise<never> => {
    throw new ModelFailure("unexpected");
  };
  return { state: signal({ is: "idle" }), read: reject, keep: reject };
}
