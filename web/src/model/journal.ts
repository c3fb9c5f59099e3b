/* SPDX-License-Identifier: AGPL-3.0-or-later */
// The journal: pages in the self room, their versions, and with whom they are shared.
import { signal } from "@preact/signals";
import { ModelFailure, type Journal } from "./face";

const later = (): never => {
  throw new ModelFailure("unexpected");
};

export function createJournal(): Journal {
  const reject = async (): Promise<never> => later();
  return {
    state: signal({ is: "idle" }),
    kept: signal([]),
    find: async () => [],
    page: () => signal(null),
    write: reject,
    edit: reject,
    letGoVersions: reject,
    letGo: reject,
    share: reject,
    takeBack: reject,
  };
}
